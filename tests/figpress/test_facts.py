"""Facts are found by name and written as readers expect them."""

import math

import pytest

from figpress.figure.facts import look_up, shown, words

FACTS = {"walk": {"steps": 10, "weights": [5.0, 4.5], "rows": [{"step": 0, "w": 5.0}]}}


@pytest.mark.parametrize(("path", "value"), [("walk.steps", 10), ("walk.weights.1", 4.5), ("walk.rows.0.w", 5.0)])
def test_facts_are_found(path, value):
    assert look_up(FACTS, path) == value


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("wlk.steps", "walk"),
        ("walk.step", "steps, weights"),
        ("walk.weights.2", "list"),
        ("walk.weights.x", "list"),
        ("walk.steps.0", "int"),
    ],
)
def test_an_unknown_fact_is_named_with_what_there_is(path, word):
    with pytest.raises(KeyError) as caught:
        look_up(FACTS, path)
    assert path in str(caught.value) and word in str(caught.value)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (10, "", "10"),
        (10, "words", "ten"),
        (10.0, "Words", "Ten"),
        (0, "words", "zero"),
        (21, "words", "twenty-one"),
        (1077, "words", "1,077"),
        (-3, "words", "−3"),
        (-1077, "Words", "−1,077"),
        (0.5, "", "0.5"),
        (-0.4, "", "−0.4"),
        (4.9e-324, "sci", "4.9 × 10⁻³²⁴"),
        (1234.5, "sci2", "1.23 × 10³"),
        (0.5, "fraction", "½"),
        (1 / 3, ".3f", "0.333"),
        (-1.5, ".1f", "−1.5"),
        (0.25, ".0%", "25%"),
        (5.0, "", "5"),
        (1 / 3, "", "0.333333"),
        (math.inf, "", "∞"),
        (-math.inf, "", "−∞"),
        (math.nan, "", "NaN"),
        (True, "", "yes"),
        ("two-cycle", "", "two-cycle"),
        (1e300, "", "1e+300"),
    ],
)
def test_values_are_written(value, form, text):
    assert shown(value, form) == text


@pytest.mark.parametrize(
    ("value", "form"), [(0.5, "words"), (0.3, "fraction"), ([1], ""), ("text", ".2f"), (1.0, "q"), (10**400, "")]
)
def test_what_cannot_be_written_so_is_refused(value, form):
    with pytest.raises(ValueError):
        shown(value, form)


def test_words_are_distinct_below_a_hundred():
    assert len({words(number) for number in range(100)}) == 100

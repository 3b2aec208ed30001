"""Equations are read from pages as readers see them, and a wrong factor is seen."""

import pytest

from figpress.equations import compare, equations_in

NAMES = {"lambda": "lam", "eta": "eta"}


def pull(w, lam):
    return (w - 2 * lam * w) - w


def half(w, lam, eta=1.0):
    return w - eta * lam * w / 2


def shrink(v, threshold):
    return max(abs(v) - threshold, 0.0) * (1 if v > 0 else -1)


@pytest.mark.parametrize(
    ("latex", "function"),
    [
        (r"w_{\text{new}} = (w - 2\lambda w) - w", pull),
        (r"w_{\text{new}} = (w - \textcolor{l2}{2\lambda} w) - w.", pull),
        (r"w_{\text{new}} = w - \tfrac12 \lambda w", half),
        (r"w = w(1 - \frac{\lambda}{2})", half),
    ],
)
def test_a_right_equation_agrees(latex, function):
    result = compare(latex, function, NAMES)
    assert result.points == 50 and result.largest < 1e-12


@pytest.mark.parametrize("latex", [r"w_{\text{new}} = (w - \lambda w) - w", r"w_{\text{new}} = (w + 2\lambda w) - w"])
def test_a_wrong_factor_or_sign_is_seen(latex):
    assert compare(latex, pull, NAMES).largest > 1e-2


def test_all_that_is_said_to_be_equal_is_compared():
    assert compare(r"a = w - 2\lambda w - w = -2\lambda w", pull, NAMES).largest < 1e-12
    assert compare(r"a = 3 w \lambda = -2\lambda w", pull, NAMES).largest > 1e-2


def test_functions_of_the_project_can_be_called_by_letter_or_name():
    for latex in (r"w = S(w, \lambda)", r"w = \operatorname{shrink}(w, \lambda)"):
        result = compare(latex, lambda w, lam: shrink(w, lam), NAMES, {"S": shrink, "shrink": shrink})
        assert result.largest == 0


def test_conditions_choose_the_points():
    assert compare(r"a = w", lambda w: abs(w), NAMES, condition="w > 0").largest == 0
    assert compare(r"a = w", lambda w: abs(w), NAMES).largest > 0


@pytest.mark.parametrize(
    ("latex", "word"),
    [
        (r"w + \lambda", "equals"),
        (r"a = w , 7", "read"),
        (r"a = w - 2\lambda w - w ] + 7 w", "read"),
        (r"a = w - 2\lambda w - w ) 5", "read"),
        (r"a = \sqrt{-1 - w^2 - \lambda^2}", "real value"),
        (r"a = w + H", "takes"),
        (r"a = w", "takes"),
        (r"a = \frac{w", "read"),
    ],
)
def test_what_cannot_be_compared_is_refused(latex, word):
    with pytest.raises(ValueError, match=word):
        compare(latex, pull, NAMES)


@pytest.mark.parametrize(
    ("condition", "word"),
    [("w > 5", "hardly any"), ("v > 0", "cannot be used"), ("w >", "cannot be used"), ("1 / 0", "cannot be used")],
)
def test_a_condition_that_cannot_be_met_or_read_is_named(condition, word):
    with pytest.raises(ValueError, match=word):
        compare(r"a = w", lambda w: w, NAMES, condition=condition)


def test_blocks_are_found_with_number_options_and_line():
    text = "intro\n\n/// equation | 3.1\n    function: shrinkage.f\n    where: w > 0\n\na = w\n///\n\n/// equation\n    reason: a picture\n\nb = c\n///\n"
    first, second = equations_in(text, "p.md")
    assert (first.number, first.function, first.where, first.latex, first.line) == (
        "3.1",
        "shrinkage.f",
        "w > 0",
        "a = w",
        3,
    )
    assert (second.number, second.reason, second.latex) == ("", "a picture", "b = c")

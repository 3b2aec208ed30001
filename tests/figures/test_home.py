"""The answer in one picture: both curves are error plus penalty, marked where their slopes allow a minimum."""

import numpy as np
import pytest

from figures import given

CORNERS = [{}, {"y": -0.9, "lam": 1}, {"y": 0.3, "lam": 6}, {"y": 0.8, "lam": 0}, {"y": 0, "lam": 0}]


@pytest.mark.parametrize("parameters", CORNERS)
def test_curves_are_error_plus_penalty_and_marks_are_minima(drawn, tidy, parameters):
    figure = drawn("home", **parameters)
    tidy(figure.canvas)
    y, lam = parameters.get("y", given.HOME_Y), parameters.get("lam", given.HOME_LAM)
    terms = {"l1": np.abs, "l2": np.square}
    for key, term in terms.items():
        w, loss = figure.artist(key, key).get_xydata().T
        error_w, error = figure.artist("error", key).get_xydata().T
        assert np.array_equal(w, error_w) and 0 in w
        np.testing.assert_allclose(error, (w - y) ** 2, atol=1e-12)
        np.testing.assert_allclose(loss - error, lam * term(w), atol=1e-12)
        ((at, lowest),) = figure.artist(f"{key}_lowest").get_xydata()
        assert lowest == pytest.approx((at - y) ** 2 + lam * term(at), abs=1e-12)
        slope = 2 * (at - y)
        if key == "l2":
            assert slope + 2 * lam * at == pytest.approx(0, abs=1e-12)
        elif at == 0:
            assert abs(slope) <= lam
        else:
            assert slope + lam * np.sign(at) == pytest.approx(0, abs=1e-12)
        assert np.all(loss >= lowest - 1e-12)
        assert figure.facts[f"{key}_minimiser"] == at


def test_default_answers_the_question(drawn):
    figure = drawn("home")
    assert figure.facts["l1_minimiser"] == 0 and 0 < figure.facts["l2_minimiser"] == pytest.approx(0.25)
    assert figure.axes("l1").get_title(loc="left") == "L1: lowest at exactly 0"
    assert figure.axes("l2").get_title(loc="left") == "L2: lowest at 0.25"
    assert figure.facts["lam_that_zeroes"] == 2 * abs(given.HOME_Y) <= given.HOME_LAM
    assert "lowest exactly there" in figure.description and "lowest at 0.25" in figure.description


def test_below_the_threshold_neither_is_zero(drawn):
    figure = drawn("home", lam=1)
    assert figure.axes("l1").get_title(loc="left") == "L1: lowest at 0.5"
    assert figure.facts["l1_minimiser"] == figure.facts["l2_minimiser"] == 0.5


def test_names_and_colours(drawn):
    figure = drawn("home")
    for key, style, marker, text in (("l1", "-", "o", "is steep"), ("l2", "--", "s", "is flat")):
        axes = figure.axes(key)
        assert axes.get_xlabel() == "weight w" and axes.get_xlim() == figure.axes("l1").get_xlim()
        assert axes.get_ylim() == figure.axes("l1").get_ylim()
        assert figure.artist(key, key).get_color() == figure.artist(f"{key}_lowest").get_color() == key
        assert figure.artist(key, key).get_linestyle() == style
        assert figure.artist(f"{key}_lowest").get_marker() == marker
        assert figure.artist("at_zero_label", key).get_text() == f"at 0 the penalty\n{text}"
        assert figure.artist("error", key).get_color() == "data"
    assert figure.axes("l1").get_ylabel() == "loss"
    assert figure.axes("l1").get_position().x1 < figure.axes("l2").get_position().x0

"""The three losses: each marked minimum meets its optimality condition, and the slopes are those of the curves."""

import numpy as np
import pytest

from shrinkage import loss_l1, loss_l2, squared_error

CORNERS = [
    {},
    {"lam": 0},
    {"lam": 20},
    {"lam": 0, "y": -3.9, "b": -0.4, "x": 1.5},
    {"lam": 8},
    {"x": 0.5, "y": -4, "b": 2},
    {"y": 1},
    {"lam": 0.5},
    {"y": -1.3, "lam": 3},
    {"x": 3, "y": -4, "b": 2, "lam": 20},
]
LOSSES = {
    "plain": lambda w, x, y, b, lam: squared_error(w, x, y, b),
    "l1": loss_l1,
    "l2": loss_l2,
}
STYLES = {"plain": ("ink", "-", "^"), "l1": ("l1", "-", "o"), "l2": ("l2", "--", "s")}


@pytest.mark.parametrize("parameters", CORNERS)
def test_curves_and_minima(drawn, tidy, parameters):
    figure = drawn("losses", **parameters)
    tidy(figure.canvas)
    point = [figure.data[key] for key in ("x", "y", "b", "lam")]
    x, y, b, lam = point
    for name, loss in LOSSES.items():
        curve = figure.artist(name, "loss").get_xydata()
        np.testing.assert_allclose(curve[:, 1], loss(curve[:, 0], *point), rtol=1e-12)
        ((w, least),) = figure.artist(f"{name}_minimum", "loss").get_xydata()
        assert least == pytest.approx(loss(w, *point), rel=1e-12, abs=1e-12)
        # Optimality: 0 is a slope. At its corner L1 has all slopes within lam of the data's.
        H = 2 * x * (w * x + b - y)
        if name == "l1" and w == 0:
            assert abs(H) <= lam
        else:
            pull = {"plain": 0.0, "l1": lam * np.sign(w), "l2": 2 * lam * w}[name]
            assert H + pull == pytest.approx(0, abs=1e-9)
        assert figure.artist(f"{name}_minimiser", "slope").get_xydata().tolist() == [[w, 0]]
        assert figure.facts[f"{name}_minimiser"] == w and figure.facts[f"{name}_least_loss"] == least


@pytest.mark.parametrize("parameters", CORNERS)
def test_slopes_are_those_of_the_curves(drawn, parameters):
    figure = drawn("losses", **parameters)
    for name in LOSSES:
        curve = figure.artist(name, "loss").get_xydata()
        slopes = figure.artist(f"{name}_slopes", "slope").get_xydata()
        np.testing.assert_array_equal(curve[:, 0], slopes[:, 0])
        # On a parabola the secant's slope is the mean of the slopes at its ends; no piece lies across the corner at 0.
        width = np.diff(curve[:, 0])
        pieces = width > 0
        secants = np.diff(curve[:, 1])[pieces] / width[pieces]
        means = ((slopes[1:, 1] + slopes[:-1, 1]) / 2)[pieces]
        np.testing.assert_allclose(means, secants, rtol=1e-6, atol=1e-6 * np.max(np.abs(secants)))
    jump = figure.artist("l1_slopes").get_xydata()
    at_zero = jump[jump[:, 0] == 0, 1]
    assert at_zero.max() - at_zero.min() == pytest.approx(2 * figure.data["lam"], abs=1e-9)


def test_l1_is_zero_exactly_from_the_named_lam_on(drawn):
    for lam, zero in ((7.9, False), (8, True), (8.1, True)):
        facts = drawn("losses", lam=lam).facts
        assert facts["lam_that_zeroes"] == 8
        assert (facts["l1_minimiser"] == 0) is zero and facts["l2_minimiser"] != 0


def test_words_colours_and_axes(drawn):
    figure = drawn("losses")
    assert [figure.facts[f"{name}_minimiser"] for name in STYLES] == [1, 0.25, 0.4]
    labels = [figure.artist(f"{name}_label").get_text() for name in STYLES]
    assert labels == ["L is least at 1", "L₁ at 0.25", "L₂ at 0.4"]
    for name, (color, line, marker) in STYLES.items():
        for key in (name, f"{name}_slopes"):
            assert (figure.artist(key).get_color(), figure.artist(key).get_linestyle()) == (color, line)
        mark = figure.artist(f"{name}_minimum")
        assert (mark.get_color(), mark.get_marker()) == (color, marker)
        assert figure.artist(f"{name}_label").get_color() == figure.artist(f"{name}_end").get_color() == color
    loss, slope = figure.axes("loss"), figure.axes("slope")
    assert (loss.get_ylabel(), slope.get_ylabel(), slope.get_xlabel()) == ("loss", "slope of the loss", "weight w")
    for text in ("w = 1", "at 0.25", "at 0.4", "λ = 6", "jumps by 12", "λ = 8"):
        assert text in figure.description

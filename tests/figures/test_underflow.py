"""The end of halving: the drawn powers of two are those of float64 arithmetic done step by step here."""

import math

import numpy as np
import pytest

from figures import given

# Written out, because what is typed below goes with them.
HALVING = {"w0": 5.0, "eta": 0.5}

CORNERS = [{}, {"eta": 0.1}, {"eta": 0.9, "w0": 0.1}, {"eta": 0.25, "w0": 10}, {"w0": 0.1}, {"eta": 0.6}]
SMALLEST = math.ulp(0.0)


@pytest.mark.parametrize("parameters", CORNERS)
def test_drawn_walks_are_float64_arithmetic(drawn, tidy, parameters):
    figure = drawn("underflow", **parameters)
    tidy(figure.canvas)
    eta, start = parameters.get("eta", given.ETA * given.LAM), parameters.get("w0", given.W0)
    shelf = figure.data["shelf"]
    for key, step in (("product", lambda w: (1 - eta) * w), ("difference", lambda w: w - eta * w)):
        w, expected = start, []
        for _ in figure.artist(key).get_xdata():
            expected.append(math.log2(w) if w else shelf)
            w = step(w)
        assert figure.artist(key).get_ydata().tolist() == expected
        assert w == figure.facts[f"{key}_last"], "the walk still changes where the drawing ends"
        assert np.array_equal(figure.artist(key).get_xydata(), figure.artist(f"{key}_line", "walk").get_xydata())
    # The shelf for 0 lies below every number.
    assert shelf < math.log2(SMALLEST)


def test_the_two_endings(drawn):
    figure = drawn("underflow", **HALVING)
    facts = figure.facts
    assert facts["product_steps_to_zero"] == 1077 and facts["product_last"] == 0
    assert facts["difference_steps_to_zero"] is None and facts["difference_last"] == SMALLEST == facts["smallest"]
    assert facts["smallest_log2"] == -1074
    # 5 · 2^−1076 rounds to the smallest number; half of that rounds to 0, and leaves nothing to take away.
    assert math.ldexp(5, -1076) == SMALLEST and 0.5 * SMALLEST == 0 and SMALLEST - 0.5 * SMALLEST == SMALLEST
    assert figure.artist("product_label").get_text() == "w ← 0.5 w:\n0 at step 1,077"
    assert figure.artist("difference_label").get_text() == "w ← w − 0.5 w:\nstuck above 0"
    assert "exactly 0 after 1,077 steps" in figure.description and "the smallest number above 0" in figure.description


def test_names_and_colours(drawn):
    figure = drawn("underflow", **HALVING)
    for label in ("walk", "end"):
        assert (figure.axes(label).get_xlabel(), figure.axes(label).get_ylabel()) == ("step", "log₂ w")
    product, difference = figure.artist("product"), figure.artist("difference")
    assert (product.get_color(), product.get_marker()) == ("l2", "s")
    assert (difference.get_color(), difference.get_marker()) == ("third", "D")
    for key, artist in (("product", product), ("difference", difference)):
        assert figure.artist(f"{key}_label").get_color() == artist.get_color()
    axis = figure.axes("end").yaxis
    ticks = dict(zip(axis.get_ticklocs(), [label.get_text() for label in axis.get_ticklabels()], strict=True))
    assert ticks[product.get_ydata()[-1]] == "w = 0" and ticks[-1074] == "−1,074"
    low, high = figure.axes("end").get_xlim()
    assert low < 1076 and high > 1077

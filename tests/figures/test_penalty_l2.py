"""The half squared L2 penalty and its slope: the slope panel is the derivative, and it vanishes at 0."""

import numpy as np
import pytest

from figures import given


@pytest.mark.parametrize("lam", [given.LAM, 0.1, 2.3, 4.9, 5])
def test_slope_panel_is_the_slope_of_the_penalty_panel(drawn, tidy, lam):
    figure = drawn("penalty_l2", lam=lam)
    tidy(figure.canvas)
    w, penalty = figure.artist("penalty").get_xydata().T
    np.testing.assert_allclose(penalty, lam * w**2 / 2, rtol=1e-15)
    # Of a parabola the difference quotient is the slope half-way, exactly but for rounding.
    halfway, quotient = (w[1:] + w[:-1]) / 2, np.diff(penalty) / np.diff(w)
    for gid, side in (("slope_left", halfway < 0), ("slope_right", halfway > 0)):
        ends, slopes = figure.artist(gid).get_xydata().T
        np.testing.assert_allclose(quotient[side], np.interp(halfway[side], ends, slopes), rtol=1e-9)
    assert figure.artist("slope_at_zero").get_xydata().tolist() == [[0, 0]]


def test_facts_and_names(drawn):
    figure = drawn("penalty_l2", lam=2)
    facts = figure.facts
    assert (facts["slope_at_zero"], facts["slope_at_one"], facts["slope_at_edge"]) == (0, 2, 2 * facts["edge"])
    assert "6 at w = 3, 2 at w = 1 and 0 at w = 0" in figure.description
    above, below = figure.axes("penalty"), figure.axes("slope")
    assert (above.get_ylabel(), below.get_ylabel(), below.get_xlabel()) == ("penalty ½λw²", "slope of ½λw²", "weight w")
    for gid in ("penalty", "slope_left", "slope_right"):
        assert figure.artist(gid).get_color() == "l2" and figure.artist(gid).get_linestyle() == "--"
    for gid in ("bottom", "slope_at_zero"):
        assert figure.artist(gid).get_color() == "l2" and figure.artist(gid).get_marker() == "s"
    # Every tick of the slope panel says the λ-multiple it stands at.
    labels = {tick: label.get_text() for tick, label in zip(below.get_yticks(), below.get_yticklabels(), strict=True)}
    assert labels == {-4: "−4", -2: "−2", 0: "0", 2: "2", 4: "4"}

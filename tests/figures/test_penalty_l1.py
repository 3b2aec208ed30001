"""The L1 penalty and its slope: the panels agree, and the bar at 0 holds every slope of a supporting line."""

import numpy as np
import pytest

from figures import given


@pytest.mark.parametrize("lam", [given.LAM, 0.1, 2.3, 4.9, 5])
def test_slope_panel_is_the_slope_of_the_penalty_panel(drawn, tidy, lam):
    figure = drawn("penalty_l1", lam=lam)
    tidy(figure.canvas)
    w, penalty = figure.artist("penalty").get_xydata().T
    np.testing.assert_allclose(penalty, lam * np.abs(w), rtol=1e-15)
    assert 0 in w
    for gid, side in (("slope_left", w <= 0), ("slope_right", w >= 0)):
        ends, slopes = figure.artist(gid).get_xydata().T
        assert ends.tolist() == [w[side].min(), w[side].max()]
        # The difference quotient of a straight piece is its slope, up to rounding of both ends.
        np.testing.assert_allclose(np.diff(penalty[side]) / np.diff(w[side]), slopes[0], rtol=1e-12)
        assert slopes[0] == slopes[1]


@pytest.mark.parametrize("lam", [given.LAM, 3])
def test_bar_at_zero_is_the_subdifferential(drawn, lam):
    figure = drawn("penalty_l1", lam=lam)
    w, penalty = figure.artist("penalty").get_xydata().T
    places, (low, high) = figure.artist("interval").get_xydata().T
    assert places.tolist() == [0, 0]
    for slope in (low, 0, high):
        assert np.all(slope * w <= penalty)
    for slope in (1.01 * low, 1.01 * high):
        assert np.any(slope * w > penalty)
    assert (figure.facts["interval_low"], figure.facts["interval_high"]) == (low, high) == (-lam, lam)
    assert figure.artist("interval_label").get_text() == f"at 0: every slope\nfrom −{lam:g} to {lam:g}"
    assert f"all slopes from −{lam:g} to {lam:g}" in figure.description


def test_names_colours_and_common_sheet(drawn):
    figure, other = drawn("penalty_l1"), drawn("penalty_l2")
    above, below = figure.axes("penalty"), figure.axes("slope")
    assert (above.get_ylabel(), below.get_ylabel(), below.get_xlabel()) == ("penalty λ|w|", "slope of λ|w|", "weight w")
    for gid in ("penalty", "slope_left", "slope_right", "interval"):
        assert figure.artist(gid).get_color() == "l1" and figure.artist(gid).get_linestyle() == "-"
    assert figure.artist("kink").get_xydata().tolist() == [[0, 0]] and figure.artist("kink").get_marker() == "o"
    for label in ("penalty", "slope"):
        assert figure.axes(label).get_xlim() == other.axes(label).get_xlim()
        assert figure.axes(label).get_ylim() == other.axes(label).get_ylim()

"""The dead zone: every drawn point satisfies the optimality condition of its loss, and the zone is where L1 gives 0."""

import numpy as np
import pytest

from figures import given

CORNERS = [
    {},
    {"lam": 0, "pull": -5.5},
    {"lam": 5, "pull": 5.5},
    {"lam": 0.4, "pull": -0.3},
    {"lam": 3.6, "pull": -2.9},
    {"lam": 1, "pull": 0},
    {"lam": 5, "pull": -1},
]


@pytest.mark.parametrize("parameters", CORNERS)
def test_every_drawn_point_is_a_minimiser(drawn, tidy, parameters):
    figure = drawn("dead_zone", **parameters)
    tidy(figure.canvas)
    lam, marked = parameters.get("lam", given.DEAD_ZONE_LAM), parameters.get("pull", given.DEAD_ZONE_PULL)
    # With x = 1 the error's slope at w is 2w − pull.
    for line, point in (("plain", None), ("l1", "at_l1"), ("l2", "at_l2")):
        corners = figure.artist(line).get_xydata()
        points = np.vstack([corners, figure.artist(point).get_xydata()]) if point else corners
        pull, w = points.T
        slope = 2 * w - pull
        if line == "plain":
            np.testing.assert_allclose(slope, 0, atol=1e-12)
        elif line == "l2":
            np.testing.assert_allclose(slope + 2 * lam * w, 0, atol=1e-12)
        else:
            assert np.all(np.abs(slope[w == 0]) <= lam)
            np.testing.assert_allclose((slope + lam * np.sign(w))[w != 0], 0, atol=1e-12)
        if point:
            assert pull[-1] == marked
            # The point lies on its line.
            assert np.interp(marked, *corners.T) == pytest.approx(w[-1], abs=1e-12)


@pytest.mark.parametrize("lam", [0, 0.5, 2, 5])
def test_zone_ends_where_the_pull_equals_lam(drawn, lam):
    figure = drawn("dead_zone", lam=lam)
    assert figure.artist("zone").get_xydata().tolist() == [[-lam, 0], [lam, 0]]
    pull, w = figure.artist("l1").get_xydata().T
    assert np.all(np.abs(w[np.abs(pull) > lam]) > 0)
    facts = figure.facts
    assert (facts["zone_low"], facts["zone_high"], facts["zone_width"]) == (-lam, lam, 2 * lam)
    assert facts["l2_share"] == pytest.approx(1 / (1 + lam)) and facts["l1_shift"] == pytest.approx(lam / 2)
    band = figure.artist("zone_area").get_extents().transformed(figure.axes("minimiser").transData.inverted())
    np.testing.assert_allclose([band.x0, band.x1], [-lam, lam], atol=1e-9)
    assert figure.artist("zone_label").get_text() == ("L1: exactly 0 here" if lam else "λ = 0: no dead zone")


def test_names_and_colours(drawn):
    figure = drawn("dead_zone")
    axes = figure.axes("minimiser")
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("the data’s pull at w = 0, 2xr", "minimiser w*")
    for gid, colour, style, marker in (("l1", "l1", "-", "o"), ("l2", "l2", "--", "s")):
        assert figure.artist(gid).get_color() == figure.artist(f"at_{gid}").get_color() == colour
        assert figure.artist(gid).get_linestyle() == style and figure.artist(f"at_{gid}").get_marker() == marker
    labels = {key: figure.artist(f"{key}_label") for key in ("plain", "l1", "l2")}
    assert {key: label.get_text() for key, label in labels.items()} == {
        "plain": "no penalty", "l1": "L1", "l2": "squared L2"}
    ends = {key: figure.artist(key).get_ydata()[-1] for key in labels}
    # Labels stand in the order of the lines' ends.
    assert sorted(ends, key=ends.get) == sorted(labels, key=lambda key: labels[key].xy[1])
    assert all(label.get_color() == figure.artist(key).get_color() for key, label in labels.items())
    assert figure.artist("pull_label").get_text() == "pull 1.6:\nL1 0, L2 0.27"
    assert "At the pull 1.6: 0 under L1, 0.2667 under L2, 0.8 without penalty" in figure.description

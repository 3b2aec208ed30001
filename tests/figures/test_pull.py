"""The shifts: L1 level, both conventions of L2 in proportion, their crossings, and the three influences."""

import numpy as np
import pytest

from shrinkage import update_half_squared_l2, update_l1, update_squared_l2

CORNERS = [
    {},
    {"w": -0.7, "lam": 1.5},
    {"w": 0.0},
    {"w": 0.5, "lam": 0.4},
    {"w": 0.05, "lam": 0.5},
    {"w": 0.7, "lam": 0.4},
]
UPDATES = {"l1": update_l1, "l2": update_squared_l2, "half": update_half_squared_l2}


@pytest.mark.parametrize("parameters", CORNERS)
def test_lines_are_minus_the_slopes_of_the_penalties(drawn, tidy, parameters):
    figure = drawn("pull", **parameters)
    tidy(figure.canvas)
    lam = figure.data["lam"]
    for key, penalty in (("l2", lambda w: lam * w**2), ("half", lambda w: lam / 2 * w**2)):
        w, shift = figure.artist(key).get_xydata().T
        # A central difference is exact for a polynomial of degree two.
        np.testing.assert_allclose(shift, penalty(w - 0.5) - penalty(w + 0.5), rtol=1e-9, atol=1e-9)
    w, shift = figure.artist("l1").get_xydata().T
    assert shift[:2].tolist() == [lam, lam] and shift[3:].tolist() == [-lam, -lam] and w[1] == w[3] == 0
    assert figure.artist("l1_at_zero").get_xydata().tolist() == [[0, -lam], [0, lam]]


@pytest.mark.parametrize("parameters", CORNERS)
def test_points_are_what_an_update_adds(drawn, parameters):
    figure = drawn("pull", **parameters)
    w, lam = figure.data["w"], figure.data["lam"]
    for name, update in UPDATES.items():
        ((at, shift),) = figure.artist(f"{name}_point").get_xydata()
        assert (at, shift) == pytest.approx((w, update(w, 0.0, lam) - w), abs=1e-12)
        assert figure.artist(f"{name}_stem").get_xydata().tolist() == [[w, 0], [w, shift]]
        others = figure.artist(f"{name}_others").get_xydata()
        assert len(others) == (0 if w == 0 else 2)
        for at, other in others:
            assert other == pytest.approx(update(at, 0.0, lam) - at, abs=1e-12)
        if w:
            minus, double = others[:, 1]
            # Sign and magnitude.
            assert others[:, 0].tolist() == [-w, 2 * w] and minus == -shift
            assert double == pytest.approx(shift if name == "l1" else 2 * shift)
        assert figure.facts[f"{name}_shift"] == shift
    # The doubling.
    assert figure.facts["l2_shift"] == pytest.approx(2 * figure.facts["half_shift"])


@pytest.mark.parametrize("lam", [0.4, 1.0, 1.5])
def test_crossings_lie_on_both_lines(drawn, lam):
    figure = drawn("pull", lam=lam)
    for key, line, at in (("crossings", "l2", 0.5), ("half_crossings", "half", 1)):
        places = figure.artist(key).get_xydata()
        assert places == pytest.approx(np.array([[-at, lam], [at, -lam]]), rel=1e-12)
        assert np.interp(places[:, 0], *figure.artist(line).get_xydata().T) == pytest.approx(places[:, 1])
    assert (figure.facts["equal_pull_weight"], figure.facts["equal_pull_weight_half"]) == (0.5, 1)
    assert figure.facts["equal_pull"] == lam
    assert "has size 0.5" in figure.description and "has size 1" in figure.description
    for key, side in (("l2_ahead", 1), ("l2_ahead_left", -1)):
        corners = figure.artist(key).get_path().vertices[:3]
        assert np.all(np.abs(corners[:, 0]) >= 0.5) and np.all(np.sign(corners[:, 0]) == side)
        assert np.all(np.abs(corners[:, 1]) >= lam - 1e-12)


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({}, "L1 pulls harder, as |w| is 0.3"),
        ({"w": -0.7}, "squared L2 pulls harder, as |w| is 0.7"),
        ({"w": 0.5}, "both pull alike, as |w| is 0.5"),
        ({"w": 0.0}, "squared L2 does not pull at all; L1 holds the weight with any force up to 1"),
    ],
)
def test_the_verdict_says_who_pulls_harder(drawn, parameters, says):
    figure = drawn("pull", **{"w": 0.3, "lam": 1.0} | parameters)
    assert says in figure.facts["verdict"] and figure.facts["verdict"] in figure.description


def test_names_and_colours(drawn):
    figure = drawn("pull")
    for name, color, line in (("l1", "l1", "-"), ("l2", "l2", "--"), ("half", "l2", "--")):
        assert figure.artist(name).get_color() == figure.artist(f"{name}_label").get_color() == color
        assert figure.artist(name).get_linestyle() == line
        assert figure.artist(f"{name}_point").get_marker() == ("o" if name == "l1" else "s")
    assert [figure.artist(key).get_text() for key in ("at_w", "at_minus_w", "at_2w")] == ["w", "−w", "2w"]
    axes = figure.axes("pull")
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("weight w", "shift in one step, η = 1")

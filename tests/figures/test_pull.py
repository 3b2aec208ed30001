"""The pulls: L1 level, both conventions of L2 rising from 0, and their crossings at 1/2 and at 1 whatever lam."""

import numpy as np
import pytest


@pytest.mark.parametrize("lam", [0.1, 0.7, 1, 5])
def test_pulls_are_the_slopes_of_the_penalties(drawn, tidy, lam):
    figure = drawn("pull", lam=lam)
    tidy(figure.canvas)
    penalties = {"l1": lambda w: lam * w, "l2": lambda w: lam * w**2, "half_l2": lambda w: lam / 2 * w**2}
    for key, penalty in penalties.items():
        w, pull = figure.artist(key).get_xydata().T
        # A central difference is exact for a polynomial of degree two.
        np.testing.assert_allclose(pull, (penalty(w + 0.5) - penalty(w - 0.5)), rtol=1e-9, atol=1e-9)
    assert figure.artist("l1_at_zero").get_xydata().tolist() == [[0, 0], [0, lam]]
    assert figure.axes("pull").get_ylim() == pytest.approx((0, 3 * lam))
    assert [label.get_text() for label in figure.axes("pull").get_yticklabels()][1] == f"λ = {lam:g}"


@pytest.mark.parametrize("lam", [0.1, 1, 5])
def test_crossings_lie_on_both_lines(drawn, lam):
    figure = drawn("pull", lam=lam)
    for key, line, at in (("crossing", "l2", 0.5), ("half_crossing", "half_l2", 1)):
        ((w, pull),) = figure.artist(key).get_xydata()
        assert w == pytest.approx(at, rel=1e-12) and pull == lam
        assert np.interp(w, *figure.artist(line).get_xydata().T) == pytest.approx(pull, rel=1e-12)
    assert (figure.facts["equal_pull_weight"], figure.facts["equal_pull_weight_half"]) == (0.5, 1)
    assert figure.facts["l1_pull"] == figure.facts["equal_pull"] == lam
    assert "has size 0.5" in figure.description and "has size 1" in figure.description


def test_who_pulls_harder_where(drawn):
    figure = drawn("pull")
    for key, color in (("l1_ahead", "l1"), ("l2_ahead", "l2")):
        assert figure.artist(f"{key}_label").get_color() == color
        area = figure.artist(key).get_path().vertices
        # Between the two lines, and on the side of the crossing where the named one is the higher.
        harder = "l1" if np.interp(area[:, 0].mean(), *figure.artist("l2").get_xydata().T) < 1 else "l2"
        assert harder == color
        note = figure.artist(f"{key}_label").xy
        assert figure.artist(key).get_path().contains_point((max(note[0], 0.05), note[1]))
    for key, color in (("l1", "l1"), ("l2", "l2"), ("half_l2", "l2")):
        assert figure.artist(key).get_color() == figure.artist(f"{key}_label").get_color() == color
    axes = figure.axes("pull")
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("size of the weight |w|", "pull towards 0")

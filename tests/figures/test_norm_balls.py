"""The unit balls: every drawn point has length 1 in its own p-norm, and the chord tells norms from the rest."""

import random

import numpy as np
import pytest

from figures import given
from shrinkage import p_norm

ORDERS = {"1": 1, "2": 2, "4": 4, "inf": np.inf}
CHOSEN = [0.5, 0.503, 0.67, 0.99999, 1, 1.00001, 1.333, 2, 4, 100, 1e300, np.inf]


@pytest.mark.parametrize("p", CHOSEN)
def test_every_point_of_a_curve_has_length_one(drawn, tidy, p):
    drawing = drawn("norm_balls", p=p)
    tidy(drawing.canvas)
    shown, hidden = ("dent", "ball") if p < 1 else ("ball", "dent")
    assert len(drawing.artist(hidden, "balls").get_xdata()) == 0
    curves = {f"curve_{key}": order for key, order in ORDERS.items()} | {shown: p}
    for key, order in curves.items():
        points = drawing.artist(key, "balls").get_xydata()
        # Powers up to 100 and their roots lose a few digits.
        np.testing.assert_allclose([p_norm(point, order) for point in points], 1, rtol=1e-12)
        assert np.array_equal(points[0], points[-1]), "the curve is closed"
        turns = np.unwrap(np.arctan2(points[:, 1], points[:, 0]))
        assert np.all(np.diff(turns) >= 0) and turns[-1] == pytest.approx(2 * np.pi)
        for corner in ([1, 0], [0, 1], [-1, 0], [0, -1]):
            assert corner in points.tolist()
    assert len(drawing.artist("dent_area", "balls").get_path().vertices) > (100 if p < 1 else 0)
    assert drawing.artist("place", "scale").get_xydata().tolist() == [[1 - 1 / p, 0]]


@pytest.mark.parametrize("p", CHOSEN)
def test_chord_leaves_the_ball_exactly_where_p_is_no_norm(drawn, p):
    drawing = drawn("norm_balls", p=p)
    facts = drawing.facts
    ends = drawing.artist("chord").get_xydata()
    np.testing.assert_allclose([p_norm(end, p) for end in ends], 1, rtol=1e-12)
    (middle,) = drawing.artist("middle").get_xydata()
    np.testing.assert_allclose(middle, ends.mean(axis=0), rtol=1e-12)
    assert facts["p"] == p and facts["middle_norm"] == pytest.approx(p_norm(middle, p), rel=1e-12)
    where = (
        "outside"
        if facts["middle_norm"] > 1 + 1e-12
        else "inside"
        if facts["middle_norm"] < 1 - 1e-12
        else "on the side"
    )
    assert drawing.artist("length").get_text().endswith(f": {where}")
    assert where in facts["verdict"].replace("along the side", "on the side")
    assert (
        (where == "outside")
        == (p < 1)
        == ("no norm" in facts["verdict"])
        == (drawing.artist("kind").get_text() == "not a norm")
    )
    assert facts["verdict"] in drawing.description
    # No other p is called 1.
    assert ("= 1" == drawing.artist("order").get_text()[2:]) == (p == 1)


def test_random_places_are_tidy(drawn, tidy):
    source = random.Random(1)
    for _ in range(6):
        tidy(drawn("norm_balls", p=1 / (1 - source.uniform(-1, 1))).canvas)


def test_the_default_is_the_given_p(drawn):
    assert drawn("norm_balls").facts["p"] == pytest.approx(given.BALL_P, rel=1e-12)


def test_a_half_in_closed_form(drawn):
    drawing = drawn("norm_balls", p=0.5)
    assert drawing.facts["p"] == 0.5
    # (16, 1) has length (4 + 1)^2 = 25 for p = 1/2, so the middle is 17/50 (1, -1), of length 4 * 17/50.
    assert drawing.facts["middle_norm"] == pytest.approx(1.36, rel=1e-12)
    assert drawing.artist("length").get_text() == "length 1.36: outside"
    assert drawing.artist("order").get_text() == "p = 0.5" and drawing.facts["kind"] == "no norm"
    for key, diagonal in {"diagonal": 1 / 4, "diagonal_1": 1 / 2, "diagonal_2": 0.5**0.5, "diagonal_inf": 1}.items():
        assert drawing.facts[key] == pytest.approx(diagonal, rel=1e-12)
    for text in ("0.5", "0.7071", "0.8409", "0.25", "1.36", "gives no norm"):
        assert text in drawing.description
    assert drawn("norm_balls", p=np.inf).artist("order").get_text() == "p = ∞"


def test_colours_and_labels_belong_to_the_norms(drawn):
    drawing = drawn("norm_balls")
    assert drawing.artist("curve_1").get_color() == drawing.artist("label_1").get_color() == "l1"
    assert drawing.artist("curve_2").get_color() == drawing.artist("label_2").get_color() == "l2"
    assert drawing.artist("curve_1").get_linestyle() == "-" and drawing.artist("curve_2").get_linestyle() == "--"
    assert drawing.artist("ball").get_linestyle() == "-" != drawing.artist("dent").get_linestyle()
    assert drawing.artist("label_1").get_text() == "p = 1" and drawing.artist("label_2").get_text() == "2"
    for key, order in ORDERS.items():
        assert p_norm(np.array(drawing.artist(f"label_{key}").xy, dtype=float), order) == pytest.approx(1, rel=1e-12)
    assert drawing.axes("balls").get_aspect() == 1
    assert drawing.artist("axis_1").get_text() == "w₁" and drawing.artist("axis_1").xy[0] > 1


def test_the_scale_says_where_each_p_lies(drawn):
    scale = drawn("norm_balls").axes("scale")
    ticks = {
        text.get_text().removeprefix("p = "): place
        for place, text in zip(scale.get_xticks(), scale.get_xticklabels(), strict=True)
    }
    for text, p in {"½": 0.5, "1": 1, "2": 2, "4": 4, "∞": np.inf}.items():
        assert ticks[text] == 1 - 1 / p

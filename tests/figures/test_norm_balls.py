"""The unit balls: every drawn point has length 1 in its own p-norm, and the chord tells norms from the rest."""

import numpy as np
import pytest

from shrinkage import p_norm

ORDERS = {"ball_1": 1, "ball_2": 2, "ball_4": 4, "ball_inf": np.inf}


@pytest.mark.parametrize("p", [0.2, 0.5, 1, 3, 20])
def test_every_point_of_a_curve_has_length_one(drawn, tidy, p):
    figure = drawn("norm_balls", p=p)
    tidy(figure.canvas)
    for key, order in {**ORDERS, "ball": p}.items():
        points = figure.artist(key).get_xydata()
        # Powers up to 20 and their roots lose a few digits.
        np.testing.assert_allclose([p_norm(point, order) for point in points], 1, rtol=1e-12)
        assert np.array_equal(points[0], points[-1]), "the curve is closed"
        for corner in ([1, 0], [0, 1], [-1, 0], [0, -1]):
            assert np.min(np.abs(points - corner).sum(axis=1)) < 1e-6


@pytest.mark.parametrize(("p", "outside"), [(0.2, True), (0.5, True), (0.9, True), (1.5, False), (20, False)])
def test_chord_leaves_the_ball_exactly_where_p_is_no_norm(drawn, p, outside):
    drawing = drawn("norm_balls", p=p)
    facts = drawing.facts
    ends = drawing.artist("chord").get_xydata()
    np.testing.assert_allclose([p_norm(end, p) for end in ends], 1, rtol=1e-12)
    (middle,) = drawing.artist("middle").get_xydata()
    np.testing.assert_allclose(middle, ends.mean(axis=0), rtol=1e-12)
    assert (p_norm(middle, p) > 1) is outside
    assert facts["middle_norm"] == pytest.approx(p_norm(middle, p), rel=1e-12)
    assert facts["verdict"] == ("not a norm" if outside else "a norm")
    assert drawing.artist("p").get_text() == f"p = {p:g}: {facts['verdict']}"
    assert drawing.has("ball_area") is outside
    assert (drawing.artist("ball").get_linestyle() == "-") is not outside


def test_default_in_closed_form(drawn):
    figure = drawn("norm_balls")
    # (16, 1) has length (4 + 1)^2 = 25 for p = 1/2, so the middle is 17/50 (1, -1), of length 4 * 17/50.
    assert figure.facts["middle_norm"] == pytest.approx(1.36, rel=1e-12)
    assert figure.artist("middle_norm").get_text() == "length 1.36 > 1"
    for key, diagonal in {"diagonal": 1 / 4, "diagonal_1": 1 / 2, "diagonal_2": 0.5**0.5, "diagonal_inf": 1}.items():
        assert figure.facts[key] == pytest.approx(diagonal, rel=1e-12)
    for text in ("0.5", "0.707", "0.841", "0.25", "1.36", "gives no norm"):
        assert text in figure.description


def test_colours_and_labels_belong_to_the_norms(drawn):
    figure = drawn("norm_balls")
    assert figure.artist("ball_1").get_color() == figure.artist("label_1").get_color() == "l1"
    assert figure.artist("ball_2").get_color() == figure.artist("label_2").get_color() == "l2"
    assert figure.artist("ball_1").get_linestyle() == "-" and figure.artist("ball_2").get_linestyle() == "--"
    assert figure.artist("label_1").get_text() == "p = 1" and figure.artist("label_2").get_text() == "2"
    for key, order in {"label_1": 1, "label_2": 2, "label_4": 4, "label_inf": np.inf}.items():
        assert p_norm(np.array(figure.artist(key).xy, dtype=float), order) == pytest.approx(1, rel=1e-12)
    assert figure.axes("balls").get_aspect() == 1
    assert figure.artist("axis_1").get_text() == "w₁" and figure.artist("axis_1").xy[0] > 1

"""The absolute value: lines of every slope in [-1, 1] stay below it, and the lower panel shows exactly these slopes."""

import numpy as np
import pytest


@pytest.mark.parametrize("g", [-1, -0.6, 0, 0.4, 1])
def test_lines_through_the_corner_stay_below_the_curve(drawn, tidy, g):
    figure = drawn("absolute_value", g=g)
    tidy(figure.canvas)
    curve = figure.artist("curve", "value").get_xydata()
    np.testing.assert_array_equal(curve[:, 1], np.abs(curve[:, 0]))
    assert [0, 0] in curve.tolist()
    slopes = []
    for key in (*(f"fan_{index}" for index in range(9)), "line"):
        points = figure.artist(key, "value").get_xydata()
        slopes.append(points[1, 1] / points[1, 0])
        np.testing.assert_allclose(points[:, 1], slopes[-1] * points[:, 0], rtol=1e-12)
        assert np.all(points[:, 1] <= np.abs(points[:, 0]) + 1e-12)
    np.testing.assert_allclose(slopes, [*np.linspace(-1, 1, 9), g], atol=1e-12)
    assert figure.artist("g", "slope").get_xydata().tolist() == [[0, g]]


def test_slopes_below_are_those_of_the_curve_above(drawn):
    figure = drawn("absolute_value")
    curve = figure.artist("curve").get_xydata()
    rises = np.diff(curve[:, 1]) / np.diff(curve[:, 0])
    for key, rise, ends in zip(("slope_left", "slope_right"), rises, (curve[:2, 0], curve[1:, 0]), strict=True):
        steps = figure.artist(key, "slope").get_xydata()
        np.testing.assert_array_equal(steps[:, 0], ends)
        np.testing.assert_array_equal(steps[:, 1], rise)
    assert figure.artist("interval", "slope").get_xydata().tolist() == [[0, rises[0]], [0, rises[1]]]
    assert (figure.facts["low"], figure.facts["high"]) == (-1, 1)


def test_words_and_colours(drawn):
    figure = drawn("absolute_value", g=-0.6)
    assert figure.artist("line_label").get_text() == "slope −0.6" and figure.artist("g_label").get_text() == "g = −0.6"
    assert figure.artist("interval_label").get_text() == "at 0: all of [−1, 1]"
    assert {figure.artist(key).get_color() for key in ("curve", "slope_left", "slope_right", "interval")} == {"l1"}
    assert figure.artist("curve").get_linestyle() == "-"
    value, slope = figure.axes("value"), figure.axes("slope")
    assert (slope.get_xlabel(), slope.get_ylabel(), value.get_ylabel()) == ("weight w", "slope", "value")
    assert value.get_xlim() == slope.get_xlim()
    assert "slope −0.6" in figure.description and "from −1 to 1" in figure.description

"""The one-variable model: the residual, its square drawn true, and the slope H of that square against the weight."""

import numpy as np
import pytest

# Written out, because what is typed below goes with them.
POINT = {"w": 1, "x": 2, "y": 3, "b": -1}

CORNERS = [
    {},
    {"w": -2, "y": 4, "b": -2, "x": 3},
    {"w": 3, "y": -4, "b": 2, "x": 3},
    {"w": 1},
    {"w": 0, "x": 0.5, "y": 0},
    {"w": 1.2, "y": 2.9},
    {"w": -0.2, "x": 2.7, "y": 0.5, "b": 0.9},
    {"w": 3, "x": 0.5, "y": -4, "b": -2},
]


@pytest.mark.parametrize("parameters", CORNERS)
def test_drawing_is_tidy_and_true(drawn, tidy, parameters):
    figure = drawn("model", **parameters)
    tidy(figure.canvas)
    w, x, y, b = (figure.data[key] for key in "wxyb")
    line = figure.artist("line", "plane").get_xydata()
    np.testing.assert_allclose(line[:, 1], w * line[:, 0] + b, rtol=1e-12, atol=1e-12)
    assert line[0, 0] == 0 and line[1, 0] > x
    residual = figure.artist("residual_line").get_xydata()
    np.testing.assert_allclose(residual, [[x, w * x + b], [x, y]], rtol=1e-12, atol=1e-12)
    assert figure.artist("point").get_xydata().tolist() == [[x, y]]
    losses = figure.artist("losses", "valley").get_xydata()
    np.testing.assert_allclose(losses[:, 1], (losses[:, 0] * x + b - y) ** 2, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("parameters", CORNERS)
def test_square_is_a_square_of_the_loss(drawn, parameters):
    figure = drawn("model", **parameters)
    corners = figure.artist("square").get_path().vertices[:4]
    sides = np.diff(np.vstack([corners, corners[:1]]), axis=0)
    loss = figure.facts["loss"]
    np.testing.assert_allclose((sides**2).sum(axis=1), loss, rtol=1e-9, atol=1e-12)
    assert figure.axes("plane").get_aspect() == 1
    # No corner of the square lies beyond the line: all are on the side of the data point.
    w, b, y, x = (figure.data[key] for key in "wbyx")
    over = corners[:, 1] - (w * corners[:, 0] + b)
    assert np.all(over * (y - w * x - b) >= -1e-9)


def test_tangent_touches_with_slope_h(drawn):
    for parameters in CORNERS:
        figure = drawn("model", **parameters)
        w, x, y, b = (figure.data[key] for key in "wxyb")
        (left, right) = figure.artist("tangent").get_xydata()
        H = 2 * x * (w * x + b - y)
        assert (right[1] - left[1]) / (right[0] - left[0]) == pytest.approx(H, rel=1e-9, abs=1e-9)
        np.testing.assert_allclose((left + right) / 2, [w, (w * x + b - y) ** 2], rtol=1e-9, atol=1e-9)
        assert figure.facts["slope"] == pytest.approx(H, rel=1e-12, abs=1e-12)


def test_words(drawn):
    figure = drawn("model", **POINT)
    assert figure.facts == POINT | {"prediction": 1, "residual": -2, "loss": 4, "slope": -8, "best": 2}
    texts = figure.texts()
    for text in (
        "error ŷ − y = −2",
        "ŷ = 1 · 2 − 1 = 1",
        "slope H = −8",
        "no error at w = 2",
        "b = −1",
        "at w = 1 the square has area 4",
    ):
        assert text in texts
    plane, valley = figure.axes("plane"), figure.axes("valley")
    assert (plane.get_xlabel(), plane.get_ylabel()) == ("feature x", "target y")
    assert (valley.get_xlabel(), valley.get_ylabel()) == ("weight w", "squared error")
    for text in ("ŷ = 1 x − 1", "x = 2", "y = 3", "predicts 1", "length −2", "area 4", "0 at w = 2", "H = −8"):
        assert text in figure.description
    assert {figure.artist(key, "plane").get_color() for key in ("residual_line", "point")} == {"data"}


@pytest.mark.parametrize("parameters", [{"y": 0}, {"b": 0}, {"y": 0, "b": 0, "w": 1.5}])
def test_labels_interrupt_the_line_through_zero(drawn, parameters):
    figure = drawn("model", **parameters)
    for key in ("b", "y", "residual", "prediction"):
        assert figure.artist(f"{key}_label").get_bbox_patch().get_facecolor()[3] == 1

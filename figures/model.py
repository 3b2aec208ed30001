"""The error of one prediction is the side of a square, and the loss is its area.

Above: the model ŷ = wx + b, one data point, the residual between them and its square, at the same scale in both
directions. Below: that area against the weight w, with b fixed. Its slope at the present weight is the H of equation
(0).
"""

from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._marks import apart, tag, zero_lines
from figures._texts import number
from shrinkage import minimiser_plain, predict, squared_error, squared_error_slope

SIZE = (5.6, 6.0)


def data(
    w: Annotated[float, Range(-2, 3, 0.1, symbol="w", label="weight")] = given.POINT_W,
    x: Annotated[float, Range(0.5, 3, 0.1, symbol="x", label="feature")] = given.POINT_X,
    y: Annotated[float, Range(-4, 4, 0.1, symbol="y", label="target")] = given.POINT_Y,
    b: Annotated[float, Range(-2, 2, 0.1, symbol="b", label="bias")] = given.POINT_B,
) -> dict:
    """The model's line, the point, the residual and its square; the loss against the weight with its tangent."""
    prediction = predict(x, w, b)
    residual = prediction - y
    best = minimiser_plain(x, y, b)
    slope = squared_error_slope(w, x, y, b)
    loss = squared_error(w, x, y, b)
    # The square lies on the side of the residual that the line does not enter.
    side = -abs(residual) if w * residual < 0 else abs(residual)
    reach = 1.35 * max(abs(w - best), 0.5)
    weights = np.linspace(best - reach, best + reach, 201)
    # A tangent about as long on the page however steep it is: both directions are measured in panels.
    steepness = slope * reach / squared_error(best + reach, x, y, b)
    step = 0.4 * reach / (1 + steepness**2) ** 0.5
    return {
        "w": w,
        "x": x,
        "y": y,
        "b": b,
        "line": [[0.0, b], [1.2 * x, predict(1.2 * x, w, b)]],
        "prediction": prediction,
        "residual": residual,
        "residual_line": [[x, prediction], [x, y]],
        "square": [[x, y], [x + side, y], [x + side, prediction], [x, prediction]],
        "weights": weights,
        "losses": squared_error(weights, x, y, b),
        "loss": loss,
        "slope": slope,
        "tangent": [[w - step, loss - step * slope], [w + step, loss + step * slope]],
        "best": best,
    }


def facts(data: dict) -> dict:
    """The prediction, its error, the loss, its slope H and the weight of no loss."""
    return {key: data[key] for key in ("w", "x", "y", "b", "prediction", "residual", "loss", "slope", "best")}


def draw(figure, data: dict) -> None:
    """The plane of feature and target above, the loss against the weight below."""
    plane, valley = figure.subplots(2, height_ratios=(1.25, 1))
    _draw_plane(plane, data)
    _draw_valley(valley, data)


def _draw_plane(axes, data):
    axes.set_label("plane")
    w, x, y, b, prediction = (data[key] for key in ("w", "x", "y", "b", "prediction"))
    corners = np.array([*data["line"], *data["square"], [0.0, 0.0]])
    low, high = corners.min(axis=0), corners.max(axis=0)
    height = max(high[1] - low[1], 1.0)
    room = np.array([[-0.32, -0.08], [0.9, 0.1]]) * height
    axes.set_aspect("equal", adjustable="datalim")
    axes.margins(0)
    axes.update_datalim([low + room[0], high + room[1]])
    # One scale serves both directions: the wider the content, the more of the target's axis a line of text takes.
    line_height = max(0.11 * height, 0.045 * (high[0] - low[0] + 1.22 * height))
    zero_lines(axes)
    axes.set(
        xlabel="feature x",
        ylabel="target y",
        xticks=[x],
        yticks=[y],
        xticklabels=[f"x = {number(x)}"],
        yticklabels=[f"y = {number(y)}"],
    )

    axes.fill(*np.transpose(data["square"]), color="data_soft", gid="square")
    axes.plot(*np.transpose(data["line"]), color="ink", gid="line")
    axes.plot(*np.transpose(data["residual_line"]), color="data", linewidth=2.4, gid="residual_line")
    axes.plot(0, b, color="ink", marker="o", markersize=5, gid="b")
    axes.plot(x, prediction, color="ink", marker="o", markersize=5, gid="prediction")
    axes.plot(x, y, color="data", marker="D", markersize=7, gid="point")

    # A label may lie on the line through y = 0, which it interrupts.
    clear = {"bbox": {"facecolor": "paper", "edgecolor": "none", "pad": 1.5}}
    tag(axes, 0, b, f"b = {number(b)}", "b_label", "ink", dx=-7, ha="right", **clear)
    words = {
        "y": ("the data point", "data"),
        "residual": (f"error ŷ − y = {number(data['residual'])}", "data"),
        "prediction": (f"ŷ = {number(w)} · {number(x)} {_signed(b)} = {number(prediction)}", "ink"),
    }
    wanted = [y, (y + prediction) / 2, prediction]
    if prediction > y:
        words, wanted = dict(reversed(words.items())), wanted[::-1]
    right = max(corner[0] for corner in (*data["line"], *data["square"])) + 0.06 * height
    for (key, (text, color)), place in zip(words.items(), apart(wanted, line_height), strict=True):
        tag(axes, right, place, text, f"{key}_label", color, **clear)


def _draw_valley(axes, data):
    axes.set_label("valley")
    top = data["losses"][0]
    axes.plot(data["weights"], data["losses"], color="ink", gid="losses")
    axes.plot(*np.transpose(data["tangent"]), color="data", linestyle="--", gid="tangent")
    axes.plot(data["w"], data["loss"], color="data", marker="D", markersize=7, gid="loss")
    axes.set(xlabel="weight w", ylabel="squared error", ylim=(-0.14 * top, 1.04 * top))
    axes.locator_params(nbins=5)
    zero_lines(axes, x=False)
    # A tangent never enters the bowl of the curve: words are safe there.
    for key, text, color, height in (
        ("loss", f"at w = {number(data['w'])} the square has area {number(data['loss'])}", "data", 0.92),
        ("slope", f"slope H = {number(data['slope'])}", "data", 0.77),
        ("best", f"no error at w = {number(data['best'])}", "ink", 0.25),
    ):
        tag(axes, data["best"], height * top, text, f"{key}_label", color, ha="center")


def _signed(value):
    return f"− {number(-value)}" if value < 0 else f"+ {number(value)}"


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Above, the straight line ŷ = {number(facts['w'])} x {_signed(facts['b'])} and one data point at x = "
        f"{number(facts['x'])}, y = {number(facts['y'])}. The line predicts {number(facts['prediction'])}; the "
        f"vertical segment between them, of signed length {number(facts['residual'])}, is one side of a shaded square "
        f"of area {number(facts['loss'])}. Below, that area against the weight: a parabola that touches 0 at w = "
        f"{number(facts['best'])}. Its tangent at w = {number(facts['w'])} has slope H = {number(facts['slope'])}."
    )


run_script(__name__)

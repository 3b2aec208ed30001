"""Each penalty moves the minimum towards 0; at a large enough λ, L1 moves it onto 0.

Above: the losses of the one-variable model without penalty, with λ|w| and with λw², for one data point and a fixed bias
b. They agree at w = 0, where no penalty is paid. Below: their slopes; a minimum is where the slope passes through 0.
That of L1 jumps at w = 0 by 2λ, and a jump that straddles 0 puts the minimum there.
"""

from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._marks import L1, L2, apart, number, tag, zero_lines
from shrinkage import (
    l1_subdifferential,
    lam_that_zeroes,
    loss_l1,
    loss_l1_slope,
    loss_l2,
    loss_l2_slope,
    minimiser_l1,
    minimiser_l2,
    minimiser_plain,
    squared_error,
    squared_error_slope,
)

SIZE = (5.6, 6.2)
N_POINTS = 121


def data(
    x: Annotated[float, Range(0.5, 3, 0.1, symbol="x", label="feature")] = given.POINT_X,
    y: Annotated[float, Range(-4, 4, 0.1, symbol="y", label="target")] = given.POINT_Y,
    b: Annotated[float, Range(-2, 2, 0.1, symbol="b", label="bias, fixed")] = given.POINT_B,
    lam: Annotated[float, Range(0, 20, 0.1, symbol="λ", label="strength")] = given.POINT_LAM,
) -> dict:
    """Values and slopes of the three losses on both sides of 0, and their minimisers in closed form."""
    best = {"plain": minimiser_plain(x, y, b), "l1": minimiser_l1(x, y, b, lam), "l2": minimiser_l2(x, y, b, lam)}
    # From 0 to the unpenalised minimiser, and about half as far again at both ends.
    span = best["plain"] if abs(best["plain"]) > 0.05 else 0.05
    ends = sorted([-0.55 * span, 1.55 * span])
    below, above = np.linspace(ends[0], 0, N_POINTS), np.linspace(0, ends[1], N_POINTS)
    weights = np.concatenate([below, above])
    low, high = l1_subdifferential(0.0, lam)
    pull = squared_error_slope(0.0, x, y, b)
    l1_slopes = loss_l1_slope(weights, x, y, b, lam)
    # At 0 the curve of slopes runs through the whole interval: its two points there are the interval's ends.
    l1_slopes[N_POINTS - 1], l1_slopes[N_POINTS] = pull + low, pull + high
    return {
        "x": x, "y": y, "b": b, "lam": lam,
        "weights": weights,
        "plain": squared_error(weights, x, y, b),
        "l1": loss_l1(weights, x, y, b, lam),
        "l2": loss_l2(weights, x, y, b, lam),
        "plain_slopes": squared_error_slope(weights, x, y, b),
        "l1_slopes": l1_slopes,
        "l2_slopes": loss_l2_slope(weights, x, y, b, lam),
        "plain_minimum": [best["plain"], squared_error(best["plain"], x, y, b)],
        "l1_minimum": [best["l1"], loss_l1(best["l1"], x, y, b, lam)],
        "l2_minimum": [best["l2"], loss_l2(best["l2"], x, y, b, lam)],
        "at_zero": squared_error(0.0, x, y, b),
        "lam_that_zeroes": lam_that_zeroes(x, y, b),
    }


def facts(data: dict) -> dict:
    """The minimisers, the least losses, the common value at 0 and the λ from which L1's minimiser is 0."""
    return {
        **{key: data[key] for key in ("x", "y", "b", "lam", "at_zero", "lam_that_zeroes")},
        **{f"{name}_minimiser": data[f"{name}_minimum"][0] for name in ("plain", "l1", "l2")},
        **{f"{name}_least_loss": data[f"{name}_minimum"][1] for name in ("plain", "l1", "l2")},
    }


METHODS = (("plain", "L", {"color": "ink", "linestyle": "-"}, "^"), ("l1", "L₁", L1, "o"), ("l2", "L₂", L2, "s"))


def draw(figure, data: dict) -> None:
    """Losses above, slopes below; the markers stand on the minima and, below, where the slope passes through 0."""
    loss, slope = figure.subplots(2, sharex=True, height_ratios=(1.35, 1))
    loss.set_label("loss")
    slope.set_label("slope")
    weights = data["weights"]
    top = 2.1 * max(data["at_zero"], 0.05)
    steepest = 1.25 * max(abs(data["plain_slopes"]))
    zero_lines(loss)
    zero_lines(slope)
    for index, (name, symbol, style, marker) in enumerate(METHODS):
        color, minimum = style["color"], data[f"{name}_minimum"]
        loss.plot(weights, data[name], gid=name, **style)
        slope.plot(weights, data[f"{name}_slopes"], gid=f"{name}_slopes", **style)
        mark = {"color": color, "marker": marker, "markersize": 8, "markeredgecolor": "paper", "zorder": 3}
        loss.plot(*minimum, gid=f"{name}_minimum", **mark)
        slope.plot(minimum[0], 0, gid=f"{name}_minimiser", **mark)
        verb = "is least at" if name == "plain" else "at"
        loss.annotate(f"{symbol} {verb} {number(minimum[0], 3)}", (0.36 * index, 1), xytext=(0, 24), color=color,
                      xycoords="axes fraction", textcoords="offset points", gid=f"{name}_label")
    loss.set(ylabel="loss", ylim=(-0.05 * top, top), xlim=(weights[0], weights[-1]))
    slope.set(ylabel="slope of the loss", xlabel="weight w", ylim=(-steepest, steepest))
    loss.locator_params(nbins=5)
    slope.locator_params(nbins=5)
    _name_where_they_leave(loss, data, top)


def _name_where_they_leave(axes, data, top):
    """Write each curve's symbol where it leaves the panel, above it or on its right."""
    weights, above, right = data["weights"], {}, {}
    for name, *_ in METHODS:
        last = np.flatnonzero(data[name] <= top)[-1]
        if last == len(weights) - 1:
            right[name] = data[name][-1]
        else:
            above[name] = np.interp(top, data[name][last:last + 2], weights[last:last + 2])
    gap = 0.055 * (weights[-1] - weights[0])
    places = dict(zip(above, apart(list(above.values()), gap, high=weights[-1]), strict=True))
    heights = dict(zip(right, apart(list(right.values()), 0.075 * top), strict=True))
    for name, symbol, style, _ in METHODS:
        if name in above:
            tag(axes, places[name], top, symbol, f"{name}_end", style["color"], dy=3, ha="center", va="bottom")
        else:
            tag(axes, weights[-1], heights[name], symbol, f"{name}_end", style["color"], dx=4)


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    zeroed = facts["l1_minimiser"] == 0
    return (
        f"Three curves of loss against the weight, equal to {number(facts['at_zero'])} where w = 0. Without penalty "
        f"the least loss is at w = {number(facts['plain_minimiser'])}, with L1 at {number(facts['l1_minimiser'])}, "
        f"with squared L2 at {number(facts['l2_minimiser'])}, for λ = {number(facts['lam'])}. Below, the slopes of the "
        f"three curves cross 0 at the same weights; that of L1 jumps by {number(2 * facts['lam'])} at w = "
        f"0{' and passes 0 in the jump' if zeroed else ''}. From λ = {number(facts['lam_that_zeroes'])} on, L1's least "
        "loss is at exactly 0."
    )


run_script(__name__)

"""A step size of 1 bounces from side to side, and with a larger feature or strength it bounces away.

Above, the squared L2 loss of one data point with its bias fixed, and the weight that walks on it. Below, what each step
multiplies the distance to the lowest point by, 1 − 2η(x² + λ): between 0 and 1 the weight comes closer on one side, between
−1 and 0 it changes sides and still comes closer, below −1 each step takes it farther away.
"""

from typing import Annotated

from figpress import Live, Range, label, plot, run_script
from figures import given
from figures._marks import L2, zero_lines
from figures._texts import number
from shrinkage import (
    loss_squared_l2,
    minimiser_squared_l2,
    squared_error_slope,
    squared_l2_step_factor,
    stable_step_limit,
    update_squared_l2,
)

SIZE = (5.2, 4.0)
HORIZON = 12
LEFT, RIGHT, TOP = -2.0, 4.0, 9.4
"""Limits: weights from LEFT to RIGHT, losses up to TOP."""

LOWEST = -3.0
"""The smallest factor on the sheet."""

N = 60

LIVE = Live(
    controls=("eta", "x", "lam", "n"),
    play="n",
    pace=500,
    begin={"n": 0},
    ask="Predict, then play: does the weight settle? Then try to break it: how large may x be with a step size of 1? "
    "And which step size takes it to the lowest point at once?",
    verdict="verdict",
)


def data(
    eta: Annotated[float, Range(0.05, 1.5, 0.05, symbol="η", label="step size")] = given.ETA_ONE,
    x: Annotated[float, Range(0.3, 1.2, 0.05, symbol="x", label="feature")] = given.STABILITY_X,
    lam: Annotated[float, Range(0, 1, 0.05, symbol="λ", label="strength")] = given.STABILITY_LAM,
    n: Annotated[int, Range(0, HORIZON, 1, label="step")] = HORIZON,
) -> dict:
    """The loss, the walk on it up to step n, and the factor of a step."""
    y = given.STABILITY_Y
    walk = [given.STABILITY_W0]
    for k in range(HORIZON):
        walk.append(update_squared_l2(walk[k], squared_error_slope(walk[k], x, y, 0.0), lam, eta))
    losses = [loss_squared_l2(w, x, y, 0.0, lam) for w in walk]
    weights = [LEFT + (RIGHT - LEFT) * k / N for k in range(N + 1)]
    best = minimiser_squared_l2(x, y, 0.0, lam)
    factor = squared_l2_step_factor(x, lam, eta)
    return {
        "eta": eta,
        "x": x,
        "lam": lam,
        "n": n,
        "walk": walk,
        "best": best,
        "factor": factor,
        "curve": {"x": weights, "y": [loss_squared_l2(w, x, y, 0.0, lam) for w in weights]},
        "bounces": {"x": walk[: n + 1], "y": losses[: n + 1]},
        "ball": {"x": [walk[n]], "y": [losses[n]]},
        "now": {
            "x": LEFT,
            "y": TOP,
            "text": f"step {n}: w = {number(walk[n], 3)}, the lowest point is at {number(best, 3)}",
        },
        "factor_mark": {"x": [factor], "y": [0.0]} if factor >= LOWEST else {"x": [], "y": []},
        "factor_text": {"x": LOWEST, "y": 1.0, "text": f"each step multiplies the distance by {number(factor, 3)}"},
    }


def verdict(factor: float, limit: float) -> str:
    """What becomes of the walk, and from which step size on it no longer settles."""
    settles = f"With this x and λ it settles for step sizes below {number(limit)}."
    if abs(factor) < 1e-9:
        return f"The factor is 0: the first step takes the weight to the lowest point. {settles}"
    if factor > 0:
        return f"The factor is {number(factor)}: the weight comes closer on one side. {settles}"
    if abs(factor + 1) < 1e-9:
        return f"The factor is −1: the weight jumps from side to side for ever. {settles}"
    if factor > -1:
        return f"The factor is {number(factor)}: the weight changes sides and comes closer. {settles}"
    return f"The factor is {number(factor)}: each step takes the weight farther away. {settles}"


def facts(data: dict) -> dict:
    """The factor of a step, the lowest point, the step size at which the walk no longer settles, and the verdict."""
    limit = stable_step_limit(2 * (data["x"] * data["x"] + data["lam"]))
    return {
        "factor": data["factor"],
        "minimiser": data["best"],
        "step_limit": limit,
        "verdict": verdict(data["factor"], limit),
    }


def draw(figure, data: dict) -> None:
    """The parabola above, the number line of factors below."""
    loss, line = figure.subplots(2, height_ratios=(3.4, 1))
    loss.set_label("loss")
    loss.set(xlim=(LEFT, RIGHT), ylim=(0, TOP), ylabel="squared L2 loss", xlabel="weight w", yticks=[])
    loss.set_title(" ")
    zero_lines(loss, y=False)
    plot(loss, data, "curve", **L2, linewidth=2.2)
    plot(loss, data, "bounces", color="muted", linewidth=1, marker="o", markersize=4)
    plot(loss, data, "ball", color="l2", marker="s", markersize=10, markeredgecolor="paper", linestyle="none", zorder=4)
    label(loss, data, "now", dy=6, ha="left", va="bottom")

    line.set_label("factor")
    line.set(xlim=(LOWEST, 1.2), ylim=(-1, 1), xlabel="factor 1 − 2η(x² + λ)", yticks=[], xticks=(-3, -2, -1, 0, 1))
    line.spines["left"].set_visible(False)
    line.set_title(" ")
    line.axvspan(-1, 1, color="l2_soft", linewidth=0, zorder=0.3)
    line.axvline(0, color="grid", linewidth=1, zorder=0.5)
    for x, words in ((-2, "farther away"), (-0.5, "changes sides"), (0.5, "one side")):
        line.text(x, -0.62, words, ha="center", va="center", color="l2")
    plot(line, data, "factor_mark", color="l2", marker="s", markersize=9, markeredgecolor="paper", linestyle="none")
    label(line, data, "factor_text", dy=5, ha="left", va="bottom")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"A parabola, the squared L2 loss for x = {number(data['x'])} and λ = {number(data['lam'])}, and a weight that takes steps of "
        f"size {number(data['eta'])} on it, after {data['n']} of them at {number(data['walk'][data['n']])}; the lowest point is at "
        f"{number(facts['minimiser'])}. Below, a number line of factors, of which those between −1 and 1 settle. {facts['verdict']}"
    )


run_script(__name__)

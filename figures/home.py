"""Same data, same strength: the L1 loss is lowest exactly at 0, the L2 loss only near it.

The squared error of one data point with x = 1 and b = 0, plus λ|w| on the left and λw² on the right. All three curves
meet at w = 0, where neither penalty costs anything. There the square is flat, so that its loss still falls with the
error; the absolute value rises with slope λ at once, and where that is steeper than the error falls, the lowest point
stays at 0.
"""

from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._marks import L1, L1_MARK, L2, L2_MARK, note, number
from shrinkage import (
    lam_that_zeroes,
    loss_l1,
    loss_squared_l2,
    minimiser_l1,
    minimiser_plain,
    minimiser_squared_l2,
    squared_error,
)

SIZE = (5.6, 3.9)
X, B = 1.0, 0.0
REACH, FLOOR, TOP = 1.2, -0.25, 3.2
"""Limits: weights from −REACH to REACH, losses from FLOOR to TOP."""


def data(
    y: Annotated[float, Range(-1, 1, 0.05, symbol="y", label="target")] = given.HOME_Y,
    lam: Annotated[float, Range(0, 6, 0.1, symbol="λ", label="strength")] = given.HOME_LAM,
) -> dict:
    """The error and both losses near 0, and where each is lowest."""
    w = np.union1d(np.linspace(-REACH, REACH, 121), [0.0])
    at = {"error": minimiser_plain(X, y, B), "l1": minimiser_l1(X, y, B, lam), "l2": minimiser_squared_l2(X, y, B, lam)}
    return {
        "y": y,
        "lam": lam,
        "w": w,
        "error": squared_error(w, X, y, B),
        "l1": loss_l1(w, X, y, B, lam),
        "l2": loss_squared_l2(w, X, y, B, lam),
        "minimiser": at,
        "lowest": {
            "error": squared_error(at["error"], X, y, B),
            "l1": loss_l1(at["l1"], X, y, B, lam),
            "l2": loss_squared_l2(at["l2"], X, y, B, lam),
        },
        "at_zero": squared_error(0.0, X, y, B),
        "lam_that_zeroes": lam_that_zeroes(X, y, B),
    }


def facts(data: dict) -> dict:
    """The minimisers, and the strength from which L1's is 0."""
    return {
        "y": data["y"],
        "lam": data["lam"],
        "plain_minimiser": data["minimiser"]["error"],
        "l1_minimiser": data["minimiser"]["l1"],
        "l2_minimiser": data["minimiser"]["l2"],
        "lam_that_zeroes": data["lam_that_zeroes"],
    }


def claim(name: str, w: float) -> str:
    """What a panel shows."""
    return f"{name}: lowest at exactly 0" if w == 0 else f"{name}: lowest at {number(w, 2)}"


def draw(figure, data: dict) -> None:
    """L1 on the left, squared L2 on the right; the error alone in both."""
    panels = figure.subplots(1, 2, sharey=True)
    side = 1 if data["y"] >= 0 else -1
    for axes, key, name, line, mark, size in (
        (panels[0], "l1", "L1", L1, L1_MARK, 10),
        (panels[1], "l2", "L2", L2, L2_MARK, 9),
    ):
        lowest_w, lowest = data["minimiser"][key], data["lowest"][key]
        axes.set_label(key)
        axes.set_title(claim(name, lowest_w), color=key)
        axes.axvline(0, color="grid", linewidth=1, zorder=0.5)
        axes.plot(data["w"], data["error"], color="data", linewidth=1.3, linestyle=(0, (1, 2)), gid="error")
        axes.plot(data["w"], data[key], **line, linewidth=2.6, gid=key)
        axes.plot([lowest_w, lowest_w], [FLOOR, lowest], color=key, linewidth=1, gid=f"{key}_drop")
        axes.plot([lowest_w], [lowest], **mark, markersize=size, gid=f"{key}_lowest")
        axes.set(xlim=(-REACH, REACH), ylim=(FLOOR, TOP), xlabel="weight w")
        axes.set_xticks([-1, 0, 1], ["−1", "0", "1"])
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
    panels[0].set_ylabel("loss")

    # All other curves lie above the error, so that its outer side is free: where it passes |w| = 0.65, or higher up.
    level = min(2.2, (abs(data["y"]) + 0.65) ** 2)
    outside = "right" if side > 0 else "left"
    note(
        panels[0],
        "error\nalone",
        (side * (abs(data["y"]) - level**0.5), level),
        (-5 * side, 0),
        color="data",
        ha=outside,
        va="top",
        gid="error_label",
    )
    if data["at_zero"] >= 0.6 and data["lam"] > 0:
        panels[1].plot([0], [data["at_zero"]], marker="o", markersize=6, color="ink", mfc="paper", gid="at_zero")
        for axes, text in ((panels[0], "at 0 the penalty\nis steep"), (panels[1], "at 0 the penalty\nis flat")):
            note(axes, text, (0, data["at_zero"]), (-9 * side, -9), ha=outside, va="top", gid="at_zero_label")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    if facts["lam"] == 0:
        return f"With λ = 0 both losses are the error alone, lowest at w = {number(facts['plain_minimiser'])}."
    lowest = "exactly there" if facts["l1_minimiser"] == 0 else f"at {number(facts['l1_minimiser'])}"
    return (
        f"Two curves of loss against weight for the same data and the same λ = {number(facts['lam'])}. With L1 the "
        f"curve has a kink at w = 0 and is lowest {lowest}. "
        f"With squared L2 it is smooth and lowest at {number(facts['l2_minimiser'])}. "
        f"The error alone is lowest at {number(facts['plain_minimiser'])}."
    )


run_script(__name__)

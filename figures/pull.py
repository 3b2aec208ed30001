"""Near 0 the L1 penalty pulls harder, farther out squared L2 does: they cross at one |w|, whatever λ.

The size of the slope of each penalty against the size of the weight: λ for λ|w|, 2λ|w| for λw², and λ|w| for ½λw²,
which meets λ at |w| = 1. At w = 0 itself the pull of L1 is any number up to λ: whatever it takes to hold the weight
there.
"""

from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._marks import L1, L2, number, tag
from shrinkage import (
    equal_pull_weight_half_squared_l2,
    equal_pull_weight_squared_l2,
    l1_subdifferential,
    pull_half_squared_l2,
    pull_l1,
    pull_squared_l2,
)

SIZE = (5.6, 3.7)
REACH = 1.5


def data(lam: Annotated[float, Range(0.1, 5, 0.1, symbol="λ", label="strength")] = given.LAM) -> dict:
    """The three pulls, each as a straight piece, and where those of L2 meet that of L1."""
    equal, equal_half = equal_pull_weight_squared_l2(lam), equal_pull_weight_half_squared_l2(lam)
    return {
        "lam": lam,
        "l1": [[w, float(pull_l1(w, lam))] for w in (REACH / 1000, REACH)],
        "l1_at_zero": [[0.0, 0.0], [0.0, l1_subdifferential(0.0, lam)[1]]],
        "l2": [[w, pull_squared_l2(w, lam)] for w in (0.0, REACH)],
        "half_l2": [[w, pull_half_squared_l2(w, lam)] for w in (0.0, REACH)],
        "crossing": [equal, pull_l1(equal, lam)],
        "half_crossing": [equal_half, pull_l1(equal_half, lam)],
        "l1_ahead": [[0.0, 0.0], [0.0, lam], [equal, lam]],
        "l2_ahead": [[equal, lam], [REACH, pull_squared_l2(REACH, lam)], [REACH, lam]],
    }


def facts(data: dict) -> dict:
    """The size of the weight at which L1 pulls as hard as squared L2, and as half squared L2; the pull there."""
    return {
        "lam": data["lam"],
        "equal_pull_weight": data["crossing"][0],
        "equal_pull_weight_half": data["half_crossing"][0],
        "equal_pull": data["crossing"][1],
        "l1_pull": data["l1"][1][1],
    }


def draw(figure, data: dict) -> None:
    """One panel: L1 level, the two L2 conventions rising from 0, their crossings marked."""
    axes = figure.subplots()
    axes.set_label("pull")
    lam = data["lam"]
    axes.set(
        xlim=(0, REACH),
        ylim=(0, 2 * REACH * lam),
        xlabel="size of the weight |w|",
        ylabel="pull towards 0",
        xticks=[0, data["crossing"][0], data["half_crossing"][0], REACH],
        yticks=[0, lam, 2 * lam],
        xticklabels=["0", "½", "1", "1½"],
        yticklabels=["0", f"λ = {number(lam)}", f"2λ = {number(2 * lam)}"],
    )
    axes.fill(*np.transpose(data["l1_ahead"]), color="l1_soft", gid="l1_ahead")
    axes.fill(*np.transpose(data["l2_ahead"]), color="l2_soft", gid="l2_ahead")
    axes.plot(*np.transpose(data["half_l2"]), **L2, linewidth=1.2, gid="half_l2")
    axes.plot(*np.transpose(data["l2"]), **L2, gid="l2")
    axes.plot(*np.transpose(data["l1"]), **L1, gid="l1")
    axes.plot(
        *np.transpose(data["l1_at_zero"]), **L1, linewidth=6, solid_capstyle="butt", clip_on=False, gid="l1_at_zero"
    )
    for key in ("crossing", "half_crossing"):
        w, pull = data[key]
        axes.plot([w, w], [0, pull], color="muted", linewidth=0.9, linestyle=":", zorder=1, gid=f"{key}_line")
        axes.plot(w, pull, color="ink", marker="D", markeredgecolor="paper", markersize=8, gid=key)
    tag(axes, 0, 0.85 * lam, "L1 pulls harder", "l1_ahead_label", "l1", dx=8)
    tag(axes, 1.22, 1.65 * lam, "squared L2\npulls harder", "l2_ahead_label", "l2", ha="center")
    tag(axes, 1.25, 2.5 * lam, "squared L2: 2λ|w|", "l2_label", "l2", ha="right", dx=-10)
    tag(axes, REACH, lam, "L1: λ", "l1_label", "l1", ha="right", dy=-10)
    tag(axes, 0.65, 0.42 * lam, "half squared\nL2: λ|w|", "half_l2_label", "l2")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"A level line at λ = {number(facts['lam'])}, the pull of L1, and two lines that rise from 0, the pulls of "
        "squared and of half squared L2. Squared L2 crosses the level line where the weight has size "
        f"{number(facts['equal_pull_weight'])}, half squared L2 where it has size "
        f"{number(facts['equal_pull_weight_half'])}. For smaller weights L1 pulls harder, for larger ones L2. At 0 a "
        "bar from 0 to λ: there L1 holds the weight against any pull up to λ."
    )


run_script(__name__)

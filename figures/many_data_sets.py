"""L1’s zeros fill bands, which have an area; those of squared L2 lie on lines, which have none.

Each mark is a data set: the weights of least error that it gives, scattered round those of the ring, which all have in common.
The marks say how many weights the penalty puts at exactly 0. The shaded bands hold all least errors for which L1 makes a
zero; the thin lines hold those for which squared L2 does. Both weights belong to features with sum of squares 1 and
correlation ρ.
"""

from math import nan
from typing import Annotated

import numpy as np

from figpress import Live, Range, fill, label, plot, precomputed, run_script
from figures import given
from figures._marks import zero_lines
from figures._texts import count
from shrinkage import elastic_net_pair, lam_that_zeroes_smaller

SIZE = (5.6, 3.6)
REACH = 3.6
# Beyond the sheet.
FAR = 40.0

LIVE = Live(
    controls=("lam", "rho", "m1", "m2"),
    drag={"truth_l1": ("m1", "m2"), "truth_l2": ("m1", "m2")},
    ask="Predict, then drag the ring: where must it stand for nearly all data sets to give a zero under L1? "
    "And under squared L2?",
    verdict="verdict",
)


@precomputed
def scatter() -> dict:
    """What noise adds to both weights of least error, one data set after another."""
    noise = np.random.default_rng(given.MANY_SEED).standard_normal((2, given.MANY_N))
    # Half a hundredth off all round numbers, at which a ring can stand: under squared L2 those would be zeros by choice.
    return {"x": (noise[0].round(2) + 0.005).round(3), "y": (noise[1].round(2) + 0.005).round(3)}


def best(m1: float, m2: float, rho: float, lam_l1: float, lam_l2: float) -> list:
    """The weights with the least sum of error and penalty."""
    return elastic_net_pair(1.0, rho, 1.0, m1 + rho * m2, m2 + rho * m1, lam_l1, lam_l2)


def data(
    lam: Annotated[float, Range(0, 6, 0.1, symbol="λ", label="strength")] = given.MANY_LAM,
    rho: Annotated[float, Range(-0.8, 0.8, 0.05, symbol="ρ", label="correlation")] = given.MANY_RHO,
    m1: Annotated[float, Range(-3, 3, 0.1, symbol="m₁", label="middle, across")] = given.MANY_M1,
    m2: Annotated[float, Range(-3, 3, 0.1, symbol="m₂", label="middle, up")] = given.MANY_M2,
) -> dict:
    """The least errors of all data sets, sorted by how many weights each penalty puts at 0, and where it does so."""
    x = [m1 + dx for dx in scatter()["x"]]
    y = [m2 + dy for dy in scatter()["y"]]
    found = {"lam": lam, "rho": rho, "n": len(x)}
    for name, lam_l1, lam_l2 in (("l1", lam, 0.0), ("l2", 0.0, lam)):
        # By how many zeros they have. Each keeps its place in the list of all, so that the page moves only what changes.
        across = [[nan for _ in x], [nan for _ in x], [nan for _ in x]]
        n_with = [0, 0, 0]
        for i in range(len(x)):
            many = n_zeros(x[i], y[i], rho, lam_l1, lam_l2) if lam > 0 else 0
            across[many][i] = x[i]
            n_with[many] += 1
        for many, key in ((0, "none"), (1, "one"), (2, "both")):
            found[f"{name}_{key}"] = {"x": across[many], "y": y} if n_with[many] > 0 else {"x": [], "y": []}
        n_zero = n_with[1] + n_with[2]
        found[f"n_{name}"] = n_zero
        found[f"n_{name}_both"] = n_with[2]
        found[f"count_{name}"] = {"x": REACH, "y": REACH, "text": f"{n_zero} of {len(x)}"}
        found[f"truth_{name}"] = {"x": [m1], "y": [m2]}
    found["band"] = bands(lam, rho) if lam > 0 else {"x": [], "y": []}
    found["line_1"] = line(lam, rho, 0)
    found["line_2"] = line(lam, rho, 1)
    return found


def n_zeros(m1: float, m2: float, rho: float, lam_l1: float, lam_l2: float) -> int:
    """How many of the two weights are exactly 0."""
    w1, w2 = best(m1, m2, rho, lam_l1, lam_l2)
    return (w1 == 0) + (w2 == 0)


def bands(lam: float, rho: float) -> dict:
    """The border of all least errors for which L1 makes a zero: a cross, with the corners where its arms meet."""
    # How far the smaller weight may be from 0, where both have the same sign and where they have opposite ones.
    same = lam / lam_that_zeroes_smaller(1.0, rho)
    other = lam / lam_that_zeroes_smaller(1.0, -rho)
    x = [FAR, FAR, same, same, -other, -other, -FAR, -FAR, -same, -same, other, other]
    y = [-other, same, same, FAR, FAR, other, other, -same, -same, -FAR, -FAR, -other]
    return {"x": x, "y": y}


def line(lam: float, rho: float, which: int) -> dict:
    """The least errors for which squared L2 puts a weight at 0: its weights are sums of multiples of both."""
    if lam == 0:
        return {"x": [], "y": []}
    a = best(1.0, 0.0, rho, 0.0, lam)[which]
    b = best(0.0, 1.0, rho, 0.0, lam)[which]
    return {"x": [-FAR * b, FAR * b], "y": [FAR * a, -FAR * a]}


def facts(data: dict) -> dict:
    """How many data sets give a zero under each penalty, and how many give two."""
    n, n_l1, n_l2 = data["n"], data["n_l1"], data["n_l2"]
    n_both = data["n_l1_both"]
    if data["lam"] == 0:
        verdict = "Without a penalty no weight is exactly 0."
    else:
        also = f", {n_both} of them both weights" if n_both > 0 else ""
        under_l2 = "none" if n_l2 == 0 else f"{n_l2}, which happen to lie on a line"
        verdict = f"L1 puts a weight at exactly 0 in {n_l1} of {count(n, 'data set')}{also}; squared L2 in {under_l2}."
    return {"n": n, "n_l1": n_l1, "n_l1_both": n_both, "n_l2": n_l2, "share_l1": n_l1 / n, "verdict": verdict}


def draw(figure, data: dict) -> None:
    """The same data sets in two planes of least errors, L1's on the left and squared L2's on the right."""
    panels = figure.subplots(1, 2, sharey=True, gridspec_kw={"wspace": 0.1})
    kinds = (("l1", "L1 makes a zero in", "o"), ("l2", "Squared L2 in", "s"))
    marks = []
    for axes, (name, title, marker) in zip(panels, kinds, strict=True):
        axes.set_label(name)
        axes.set_aspect("equal", anchor="N")
        axes.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=(-2, 0, 2), yticks=(-2, 0, 2))
        axes.set_xlabel("least error at w₁")
        axes.set_title(title, color=name, loc="left", pad=6)
        zero_lines(axes)
        if name == "l1":
            fill(axes, data, "band", color="l1_soft", zorder=0.4)
            axes.set_ylabel("least error at w₂")
        else:
            plot(axes, data, "line_1", color="l2", linewidth=1.2, linestyle=(0, (5, 2)))
            lines = plot(axes, data, "line_2", color="l2", linewidth=1.2, linestyle=(0, (5, 2)))
        look = {"linestyle": "none", "markeredgewidth": 0}
        drawn = [
            plot(axes, data, f"{name}_none", color="muted", marker=".", markersize=4, alpha=0.7, **look),
            plot(axes, data, f"{name}_one", color=name, marker=marker, markersize=4, **look),
            plot(axes, data, f"{name}_both", color=name, marker="D", markersize=5, **look),
        ]
        marks = marks or drawn
        label(axes, data, f"count_{name}", dy=6, ha="right", va="baseline", color=name, size=12.5, weight="semibold")
        plot(
            axes,
            data,
            f"truth_{name}",
            color="ink",
            marker="o",
            markersize=9,
            markerfacecolor="none",
            markeredgewidth=1.6,
            linestyle="none",
            zorder=4,
        )
    figure.legend(
        marks,
        ["no zero", "one", "two"],
        ncols=3,
        loc="outside lower left",
        handletextpad=0.2,
        columnspacing=1.2,
        markerscale=1.3,
    )
    figure.legend([lines], ["on a line: a zero"], loc="outside lower right", labelcolor="l2")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Two planes with the weights of least error of the same {facts['n']} random data sets. On the left, L1's zeros fill two "
        f"crossing bands, which hold {facts['n_l1']} of them. On the right, squared L2's zeros lie on two lines, on which "
        f"there {'is' if facts['n_l2'] == 1 else 'are'} {facts['n_l2']}. {facts['verdict']}"
    )


run_script(__name__)

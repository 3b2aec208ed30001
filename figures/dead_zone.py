"""L1 ignores a weak pull of the data altogether, L2 never does.

One feature with x² = 1, squared error plus λ|w| or λw². Across: the data's pull on the weight at w = 0, which is 2xr
with r the target less the bias. Up: the minimiser. Without a penalty it is half the pull; L2 makes the line less
steep; L1 moves it λ/2 towards 0 and leaves a zone, as wide as 2λ, where it is exactly 0. The vertical line is one
data set.
"""

from typing import Annotated

from figpress import Range, run_script
from figures import given
from figures._marks import L1, L1_MARK, L2, L2_MARK, note, number, spread, zero_lines
from shrinkage import orthonormal_lasso, orthonormal_ridge

SIZE = (5.6, 4.3)
REACH = 6.0
"""Pulls are shown from −REACH to REACH."""


def data(
    lam: Annotated[float, Range(0, 5, 0.1, symbol="λ", label="strength")] = given.DEAD_ZONE_LAM,
    pull: Annotated[float, Range(-5.5, 5.5, 0.1, symbol="2xr", label="the data's pull")] = given.DEAD_ZONE_PULL,
) -> dict:
    """Minimisers against the pull, as lines with corners at the ends of the dead zone, and those of one data set."""
    low = 0 - lam  # not −0 where lam is 0
    corners = [-REACH, low, lam, REACH]
    return {
        "lam": lam, "pull": pull, "pulls": corners,
        # z = x r is half the pull.
        "plain": [p / 2 for p in corners],
        "l1": [orthonormal_lasso(p / 2, lam) for p in corners],
        "l2": [orthonormal_ridge(p / 2, lam) for p in corners],
        "zone": [low, lam], "zone_w": [0.0, 0.0],
        "at_plain": pull / 2, "at_l1": orthonormal_lasso(pull / 2, lam), "at_l2": orthonormal_ridge(pull / 2, lam),
    }


def facts(data: dict) -> dict:
    """The ends of the zone, the slopes, and the minimisers for the pull that is marked."""
    return {
        "lam": data["lam"], "pull": data["pull"],
        "zone_low": data["zone"][0], "zone_high": data["zone"][1], "zone_width": data["zone"][1] - data["zone"][0],
        "l1_minimiser": data["at_l1"], "l2_minimiser": data["at_l2"], "plain_minimiser": data["at_plain"],
        "l2_share": orthonormal_ridge(1.0, data["lam"]),
        "l1_shift": 1.0 + data["lam"] - orthonormal_lasso(1.0 + data["lam"], data["lam"]),
    }


def draw(figure, data: dict) -> None:
    """Three lines with their names at the right, the zone, and one data set."""
    axes = figure.subplots()
    axes.set_label("minimiser")
    zero_lines(axes)
    low, high = data["zone"]
    axes.axvspan(low, high, color="l1_soft", linewidth=0, zorder=0.3, gid="zone_area")
    axes.plot(data["pulls"], data["plain"], color="ink", linewidth=1, linestyle=(0, (1, 2)), gid="plain")
    axes.plot(data["pulls"], data["l2"], **L2, gid="l2")
    axes.plot(data["pulls"], data["l1"], **L1, gid="l1")
    axes.plot(data["zone"], data["zone_w"], color="l1", linewidth=4.5, solid_capstyle="butt", gid="zone")

    axes.axvline(data["pull"], color="data", linewidth=1, zorder=0.6, gid="pull")
    axes.plot([data["pull"]], [data["at_l2"]], **L2_MARK, markersize=7.5, gid="at_l2")
    axes.plot([data["pull"]], [data["at_l1"]], **L1_MARK, markersize=8, gid="at_l1")

    axes.set(xlim=(-REACH, REACH), ylim=(-REACH / 2, REACH / 2))
    axes.set(xlabel="the data’s pull at w = 0, 2xr", ylabel="minimiser w*")
    # The ends of the zone are named where there is room between their neighbours.
    ends = [] if high > REACH - 2 else [-REACH, REACH]
    inner = [low, high] if high >= 1 else []
    names = [f"−λ = {number(low)}", f"λ = {number(high)}"] if inner else []
    axes.set_xticks([*ends, 0, *inner], [*map(number, ends), "0", *names])
    axes.yaxis.get_major_locator().set_params(nbins=6, integer=True)

    note(axes, "L1: exactly 0 here" if high > 0 else "λ = 0: no dead zone", (0, 1), (0, 5), color="l1",
         xycoords=("data", "axes fraction"), ha="center", va="bottom", gid="zone_label")
    names = ("no penalty", "L1", "squared L2")
    keys, colours = ("plain", "l1", "l2"), ("ink", "l1", "l2")
    # 17 points apart, on axes that are some 250 points high.
    places = spread([data[key][-1] for key in keys], gap=17 * REACH / 250)
    for name, key, colour, place in zip(names, keys, colours, places, strict=True):
        note(axes, name, (REACH, place), (6, 0), color=colour, gid=f"{key}_label")
    # In the half where no line runs: inside the zone where it has room, else on the wider side of the line.
    side, size = (1 if data["pull"] >= 0 else -1), abs(data["pull"])
    inward = size >= REACH / 2 or (size <= high and size + high > 0.45 * REACH)
    outward = -side if inward else side
    outcome = f"pull {number(data['pull'])}:\nL1 {number(data['at_l1'], 2)}, L2 {number(data['at_l2'], 2)}"
    note(axes, outcome, (data["pull"], -0.47 * REACH * side), (6 * outward, 0), color="data",
         ha="left" if outward > 0 else "right", va="bottom" if side > 0 else "top", gid="pull_label")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Minimiser against the data’s pull, with λ = {number(facts['lam'])}. Under L1 it is exactly 0 for every "
        f"pull up to {number(facts['zone_high'])} in size, and further out parallel to the line without penalty. "
        f"Under squared L2 it is a straight line through 0, {number(facts['l2_share'])} times as steep. At the pull "
        f"{number(facts['pull'])}: {number(facts['l1_minimiser'])} under L1, {number(facts['l2_minimiser'])} under L2, "
        f"{number(facts['plain_minimiser'])} without penalty."
    )


run_script(__name__)

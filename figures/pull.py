"""L1 pulls every weight alike, squared L2 in proportion: they pull equally hard at one |w|, whatever λ.

The shift that each penalty adds to a weight in one step with η = 1, against the weight: −λ or λ for λ|w|, −2λw for λw², and
−λw for ½λw². Filled marks stand at the weight w, hollow ones at its opposite and at its double. The sign counts for both
penalties, the magnitude for squared L2 alone, and the doubling is the factor between λw² and ½λw². At w = 0 the shift by L1 is
whatever it takes to hold the weight there, up to λ in size.
"""

from typing import Annotated

from figpress import Live, Range, fill, label, plot, run_script
from figures import given
from figures._marks import L1, L2, zero_lines
from figures._texts import number
from shrinkage import (
    equal_pull_weight_half_squared_l2,
    equal_pull_weight_squared_l2,
    half_squared_l2_gradient,
    l1_subgradient,
    pull_l1,
    pull_squared_l2,
    squared_l2_gradient,
)

SIZE = (5.2, 4.2)
REACH = 1.5
TOP = 5.0
"""Weights from −REACH to REACH, shifts from −TOP to TOP."""

ROOM = 2.45
"""Where the sheet ends on the right, with the names of the lines."""

GAP = 0.62
"""How far apart names must be, in shifts."""

LIVE = Live(
    controls=("w", "lam"),
    drag={"weight": ("w", None)},
    ask="Predict, then drag w: whose shift changes its length, whose only turns round, and at which |w| do L1 and squared L2 pull "
    "alike? Does λ move that place?",
    verdict="verdict",
)


def data(
    w: Annotated[float, Range(-0.7, 0.7, 0.05, symbol="w", label="weight, beside −w and 2w")] = given.INFLUENCES_W,
    lam: Annotated[float, Range(0.4, 1.5, 0.1, symbol="λ", label="strength")] = given.LAM,
) -> dict:
    """The shifts against the weight as lines, and at the weights w, −w and 2w as points."""
    equal = equal_pull_weight_squared_l2(lam)
    equal_half = equal_pull_weight_half_squared_l2(lam)
    ends = [-REACH, REACH]
    others = [] if w == 0 else [-w, 2 * w]
    found = {
        "w": w,
        "lam": lam,
        "equal": equal,
        "equal_half": equal_half,
        "l1": {"x": [-REACH, 0.0, float("nan"), 0.0, REACH], "y": [lam, lam, float("nan"), -lam, -lam]},
        "l1_at_zero": {"x": [0.0, 0.0], "y": [-lam, lam]},
        "l2": {"x": ends, "y": [shift("l2", at, lam) for at in ends]},
        "half": {"x": ends, "y": [shift("half", at, lam) for at in ends]},
        "l2_ahead": area(1.0, equal, lam),
        "l2_ahead_left": area(-1.0, equal, lam),
        "crossings": {"x": [-equal, equal], "y": [shift("l2", -equal, lam), shift("l2", equal, lam)]},
        "half_crossings": {"x": [-equal_half, equal_half], "y": [lam, -lam]},
        "weight": {"x": [w], "y": [0.0]},
        "at_w": word(w, "" if w == 0 else "w"),
        # Close to 0 there is no room for three names.
        "at_minus_w": word(-w, "−w" if abs(w) >= 0.18 else ""),
        "at_2w": word(2 * w, "2w" if abs(w) >= 0.18 else ""),
        "l1_label": {"x": REACH, "y": max(-lam, -1.5 * lam + GAP), "text": "L1"},
        "half_label": {"x": REACH, "y": -1.5 * lam, "text": "half squared L2"},
        "l2_label": {"x": REACH, "y": min(-3 * lam, -1.5 * lam - GAP), "text": "squared L2"},
    }
    for name in ("l1", "l2", "half"):
        found[f"{name}_point"] = {"x": [w], "y": [shift(name, w, lam)]}
        found[f"{name}_others"] = {"x": others, "y": [shift(name, at, lam) for at in others]}
        found[f"{name}_stem"] = {"x": [w, w], "y": [0.0, shift(name, w, lam)]}
    return found


def shift(name: str, w: float, lam: float) -> float:
    """What one step with η = 1 on a penalty alone adds to a weight."""
    if name == "l1":
        return -l1_subgradient(w, lam)
    return -squared_l2_gradient(w, lam) if name == "l2" else -half_squared_l2_gradient(w, lam)


def area(side: float, equal: float, lam: float) -> dict:
    """Between the two lines, where squared L2 pulls harder."""
    return {
        "x": [side * equal, side * REACH, side * REACH],
        "y": [-side * lam, shift("l2", side * REACH, lam), -side * lam],
    }


def word(at: float, text: str) -> dict:
    """The name of a weight, on the side of the axis where no shift is."""
    return {"x": at, "y": 0.33 if at >= 0 else -0.33, "text": text}


def verdict(w: float, lam: float, equal: float) -> str:
    """What the shifts at w, −w and 2w say of sign, magnitude and doubling, and who pulls harder here."""
    if w == 0:
        return f"At w = 0 squared L2 does not pull at all; L1 holds the weight with any force up to {number(lam)}."
    l1 = pull_l1(w, lam)
    l2 = pull_squared_l2(w, lam)
    harder = "both pull alike" if l1 == l2 else "L1 pulls harder" if l1 > l2 else "squared L2 pulls harder"
    return (
        f"L1 shifts w by {number(shift('l1', w, lam))}, squared L2 by {number(shift('l2', w, lam))}: {harder}, as |w| is "
        f"{number(abs(w))} and they pull alike at {number(equal)}. At −w both shifts turn round. At 2w that of squared L2 is twice "
        f"as long, and that of L1 is not. Half squared L2 shifts by {number(shift('half', w, lam))}: there is no doubling in it."
    )


def facts(data: dict) -> dict:
    """The weights at which pulls are equal, the shifts at w, and the verdict."""
    w = data["w"]
    lam = data["lam"]
    return {
        "equal_pull_weight": data["equal"],
        "equal_pull_weight_half": data["equal_half"],
        "equal_pull": pull_l1(data["equal"], lam),
        "l1_shift": shift("l1", w, lam),
        "l2_shift": shift("l2", w, lam),
        "half_shift": shift("half", w, lam),
        "verdict": verdict(w, lam, data["equal"]),
    }


def draw(figure, data: dict) -> None:
    """One panel: L1 level on either side, both conventions of squared L2 falling through 0, the three weights marked."""
    axes = figure.subplots()
    axes.set_label("pull")
    axes.set(xlim=(-REACH, ROOM), ylim=(-TOP, TOP), xlabel="weight w", ylabel="shift in one step, η = 1")
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1", "−½", "0", "½", "1"])
    axes.set_yticks([-4, -2, 0, 2, 4])
    zero_lines(axes)
    for key in ("l2_ahead", "l2_ahead_left"):
        fill(axes, data, key, color="l2_soft", zorder=0.3)
    plot(axes, data, "half", **L2, linewidth=1.1)
    plot(axes, data, "l2", **L2)
    plot(axes, data, "l1", **L1)
    plot(axes, data, "l1_at_zero", **L1, linewidth=5, solid_capstyle="butt")
    crossing = {"color": "ink", "marker": "|", "markersize": 13, "markeredgewidth": 1.4, "linestyle": "none"}
    plot(axes, data, "crossings", **crossing)
    plot(axes, data, "half_crossings", **crossing)
    for name, color, marker in (("half", "l2", "s"), ("l2", "l2", "s"), ("l1", "l1", "o")):
        small = {"marker": marker, "linestyle": "none", "color": color}
        plot(axes, data, f"{name}_stem", color=color, linewidth=1)
        plot(axes, data, f"{name}_others", **small, markerfacecolor="paper", markersize=6)
        plot(
            axes,
            data,
            f"{name}_point",
            **small,
            markeredgecolor="paper",
            markersize=8 if name != "half" else 6.5,
            zorder=3,
        )
        label(axes, data, f"{name}_label", dx=6, ha="left", va="center", color=color)
    plot(
        axes, data, "weight", color="ink", marker="o", markersize=8, markerfacecolor="paper", linestyle="none", zorder=3
    )
    for key in ("at_w", "at_minus_w", "at_2w"):
        label(axes, data, key, ha="center", va="center", color="ink")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"The shift that each penalty adds to a weight in one step, against the weight, for λ = {number(data['lam'])}. L1 is level: "
        f"{number(data['lam'])} for negative weights, {number(-data['lam'])} for positive ones, and a bar between them at 0. Squared and half "
        "squared L2 are straight lines that fall through 0. Squared L2 and L1 are equal in size where the weight has size "
        f"{number(facts['equal_pull_weight'])}, half squared L2 and L1 where it has size {number(facts['equal_pull_weight_half'])}; for "
        f"smaller weights L1 pulls harder, for larger ones squared L2. {facts['verdict']}"
    )


run_script(__name__)

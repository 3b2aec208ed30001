"""One update is a pair of moves, the data's by −H and the penalty's towards 0, and their order does not matter.

One step with η = 1 from the weight w: without penalty (0), with λ|w| (1.1 or 1.2, by the sign of w) and with λw² (2).
Each move goes one level down. The strong arrows make the data's move first; the thin ones make the penalty's first, as
in (3.1), (3.2) and (4), and end at the same weight. The hollow square is where half squared L2 would end, after half
of squared L2's move.
"""

from math import sqrt
from typing import Annotated

from figpress import Live, Range, fill, label, plot, run_script
from figures import given
from figures._marks import L1, L2
from figures._texts import number
from shrinkage import (
    equal_pull_weight_squared_l2,
    pull_half_squared_l2,
    pull_l1,
    pull_squared_l2,
    sign,
    update_half_squared_l2,
    update_l1,
    update_plain,
    update_squared_l2,
)

SIZE = (5.6, 4.9)

REACH = 5.45
"""Weights from −REACH to REACH are on the sheet: every update within the ranges of the parameters."""

UNIT = 36.2
"""Points on paper between two whole weights; heights are given in points."""

SHEET = 308.0
LEVEL = 30.0
"""Height of the drawing, and of one move, in points."""

TOPS = {"plain": 282.0, "l1": 196.0, "l2": 86.0}
"""Heights at which the three updates start."""

FORMS = -3.68
"""Where the written equations begin."""

LIVE = Live(
    controls=("w", "H", "lam"),
    drag={"plain_start": ("w", None)},
    ask="Predict, then move w: which penalty’s arrow changes its length, and where do both take off the same? "
    "Can H turn a penalty’s arrow round?",
    verdict="verdict",
)


def data(
    w: Annotated[float, Range(-2.5, 2.5, 0.1, symbol="w", label="weight")] = given.UPDATE_W,
    H: Annotated[float, Range(-2, 2, 0.1, symbol="H", label="slope of the error at w")] = given.UPDATE_H,
    lam: Annotated[float, Range(0, 1, 0.05, symbol="λ", label="strength")] = given.UPDATE_LAM,
) -> dict:
    """The three updates with both orders of their moves, as arrows and in numbers."""
    plain = update_plain(w, H)
    l1 = update_l1(w, H, lam)
    l2 = update_squared_l2(w, H, lam)
    half = update_half_squared_l2(w, H, lam)
    # The penalty alone, without data.
    l1_first = update_l1(w, 0.0, lam)
    l2_first = update_squared_l2(w, 0.0, lam)
    towards = "" if w == 0 else "−λ" if w > 0 else "+λ"
    low = TOPS["l2"] - 2 * LEVEL
    return {
        "w": w,
        "H": H,
        "lam": lam,
        "plain": plain,
        "l1": l1,
        "l2": l2,
        "half": half,
        "before": sticks([w, w, w], [TOPS["plain"], TOPS["l1"], TOPS["l2"]], [LEVEL, 2 * LEVEL, 2 * LEVEL]),
        "plain_data_shaft": shaft(w, plain, TOPS["plain"]),
        "plain_data_head": head(w, plain, TOPS["plain"]),
        "plain_start": {"x": [w], "y": [TOPS["plain"]]},
        "plain_new": {"x": [plain], "y": [TOPS["plain"] - LEVEL]},
        "plain_sum": written(0.0, TOPS["plain"], f"(0)  w − H = {number(w)} {minus(H)} = {number(plain)}"),
        "plain_data_label": beside(w, plain, TOPS["plain"], 1.0 if plain >= w else -1.0, 9.0, "−H"),
        "l1_data_shaft": shaft(w, plain, TOPS["l1"]),
        "l1_data_head": head(w, plain, TOPS["l1"]),
        "l1_shaft": shaft(plain, l1, TOPS["l1"] - LEVEL),
        "l1_head": head(plain, l1, TOPS["l1"] - LEVEL),
        "l1_first_shaft": shaft(w, l1_first, TOPS["l1"]),
        "l1_first_head": head(w, l1_first, TOPS["l1"]),
        "l1_last_shaft": shaft(l1_first, l1, TOPS["l1"] - LEVEL),
        "l1_last_head": head(l1_first, l1, TOPS["l1"] - LEVEL),
        "l1_start": {"x": [w], "y": [TOPS["l1"]]},
        "l1_new": {"x": [l1], "y": [TOPS["l1"] - 2 * LEVEL]},
        "l1_sum": written(15.0, TOPS["l1"], l1_sum(w, H, lam, l1)),
        "l1_regrouped": written(0.0, TOPS["l1"], l1_regrouped(w, H, lam, l1)),
        "l1_data_label": beside(w, plain, TOPS["l1"], outer(plain, l1_first), 9.0, "−H"),
        "l1_label": beside(plain, l1, TOPS["l1"] - LEVEL, outer(plain, l1_first), 9.0, towards),
        "l2_data_shaft": shaft(w, plain, TOPS["l2"]),
        "l2_data_head": head(w, plain, TOPS["l2"]),
        "l2_shaft": shaft(plain, l2, TOPS["l2"] - LEVEL),
        "l2_head": head(plain, l2, TOPS["l2"] - LEVEL),
        "l2_first_shaft": shaft(w, l2_first, TOPS["l2"]),
        "l2_first_head": head(w, l2_first, TOPS["l2"]),
        "l2_last_shaft": shaft(l2_first, l2, TOPS["l2"] - LEVEL),
        "l2_last_head": head(l2_first, l2, TOPS["l2"] - LEVEL),
        "l2_start": {"x": [w], "y": [TOPS["l2"]]},
        "l2_new": {"x": [l2], "y": [low]},
        "l2_sum": written(15.0, TOPS["l2"], l2_sum(w, H, lam, l2)),
        "l2_regrouped": written(0.0, TOPS["l2"], l2_regrouped(w, H, lam, l2)),
        "l2_data_label": beside(w, plain, TOPS["l2"], outer(plain, l2_first), 9.0, "−H"),
        "l2_label": beside(plain, l2, TOPS["l2"] - LEVEL, outer(plain, l2_first), 16.0, "−2λw", 0.25),
        "half_new": {"x": [half], "y": [low]},
        "half_label": {"x": within(half, 62.0), "y": low - 15, "text": f"half squared L2: −λw, to {number(half)}"},
    }


def sticks(places: list, tops: list, lengths: list) -> dict:
    """Upright lines, as one line with gaps."""
    x = []
    y = []
    for place, top, length in zip(places, tops, lengths):
        x.extend([place, place, float("nan")])
        y.extend([top, top - length, float("nan")])
    return {"x": x, "y": y}


def course(start: float, end: float) -> list:
    """The length on paper, in points, of a move one level down, and its direction across and down."""
    across = (end - start) * UNIT
    length = sqrt(across * across + LEVEL * LEVEL)
    return [length, across / length, LEVEL / length]


def shaft(start: float, end: float, top: float) -> dict:
    """The line of an arrow one level down; it ends inside the arrow's head."""
    length, across, down = course(start, end)
    reach = length - 10
    return {"x": [start, start + reach * across / UNIT], "y": [top, top - reach * down]}


def head(start: float, end: float, top: float) -> dict:
    """The head of that arrow, a triangle whose tip stays clear of a marker at the end."""
    length, across, down = course(start, end)
    tip = length - 4
    back = length - 13
    return {
        "x": [
            start + tip * across / UNIT,
            start + (back * across + 3.6 * down) / UNIT,
            start + (back * across - 3.6 * down) / UNIT,
        ],
        "y": [top - tip * down, top - back * down + 3.6 * across, top - back * down - 3.6 * across],
    }


def outer(plain: float, penalised: float) -> float:
    """On which side of the thin arrows the strong ones run: 1 right, −1 left."""
    return 1.0 if plain >= penalised else -1.0


def beside(start: float, end: float, top: float, side: float, half_width: float, text: str, share: float = 0.5) -> dict:
    """A text beside an arrow, at a share of its length and as far off as the text's own size asks for."""
    _, across, down = course(start, end)
    distance = abs(down) * half_width + abs(across) * 6 + 4
    x = start + share * (end - start) + side * down * distance / UNIT
    return {"x": within(x, half_width), "y": top - share * LEVEL + side * across * distance, "text": text}


def within(x: float, half_width: float) -> float:
    """The place nearest to x at which a text of that half width, in points, is on the sheet."""
    limit = REACH - half_width / UNIT
    return min(max(x, -limit), limit)


def written(raised: float, top: float, text: str) -> dict:
    """A line of text above the arrows that start at a height."""
    return {"x": FORMS, "y": top + 18 + raised, "text": text}


def minus(value: float) -> str:
    """``value`` subtracted: − 2, + 1."""
    return f"+ {number(-value)}" if value < 0 else f"− {number(value)}"


def factor(value: float) -> str:
    """``value`` after a sign: in brackets where it is negative."""
    return f"({number(value)})" if value < 0 else number(value)


def l1_sum(w: float, H: float, lam: float, new: float) -> str:
    """Equation (1.1) or (1.2) with its numbers."""
    if w == 0:
        return f"at w = 0 with slope 0:  w − H = 0 {minus(H)} = {number(new)}"
    if w > 0:
        return f"(1.1)  (w − H) − λ = ({number(w)} {minus(H)}) − {number(lam)} = {number(new)}"
    return f"(1.2)  (w − H) + λ = ({number(w)} {minus(H)}) + {number(lam)} = {number(new)}"


def l1_regrouped(w: float, H: float, lam: float, new: float) -> str:
    """Equation (3.1) or (3.2) with its numbers; neither is said of w = 0."""
    if w == 0:
        return ""
    if w > 0:
        return f"(3.1)  (w − λ) − H = ({number(w)} − {number(lam)}) {minus(H)} = {number(new)}"
    return f"(3.2)  (w + λ) − H = ({number(w)} + {number(lam)}) {minus(H)} = {number(new)}"


def l2_sum(w: float, H: float, lam: float, new: float) -> str:
    """Equation (2) with its numbers."""
    return f"(2)  (w − H) − 2λw = ({number(w)} {minus(H)}) − 2 · {number(lam)} · {factor(w)} = {number(new)}"


def l2_regrouped(w: float, H: float, lam: float, new: float) -> str:
    """Equation (4) with its numbers."""
    return f"(4)  (w − 2λw) − H = ({number(w)} − 2 · {number(lam)} · {factor(w)}) {minus(H)} = {number(new)}"


def verdict(w: float, lam: float, l1_taken: float, l2_taken: float, half_taken: float) -> str:
    """What each penalty takes off, which takes more, and which way."""
    if lam == 0:
        return "With λ = 0 nothing is taken off: all three updates are the data’s alone."
    if w == 0:
        return "At w = 0 squared L2 has nothing to take, and L1 takes the slope 0: the data alone move the weight."
    alike = equal_pull_weight_squared_l2()
    size = abs(w)
    compared = (
        f"the same, as |w| is {number(alike)}"
        if size == alike
        else f"more, as |w| is above {number(alike)}"
        if size > alike
        else f"less, as |w| is below {number(alike)}"
    )
    way = "down, because w is positive" if sign(w) > 0 else "up, because w is negative"
    return (
        f"L1 takes off λ = {number(l1_taken)}. Squared L2 takes off 2λ|w| = {number(l2_taken)}: {compared}. "
        f"Half squared L2 would take {number(half_taken)}. All point {way}; H has no part in that."
    )


def facts(data: dict) -> dict:
    """The new weights, what each penalty takes off the size of w, the equation that applied for L1, and the verdict."""
    w = data["w"]
    lam = data["lam"]
    l1_taken = pull_l1(w, lam)
    l2_taken = pull_squared_l2(w, lam)
    half_taken = pull_half_squared_l2(w, lam)
    return {
        "plain_new": data["plain"],
        "l1_new": data["l1"],
        "l2_new": data["l2"],
        "half_new": data["half"],
        "l1_taken": l1_taken,
        "l2_taken": l2_taken,
        "half_taken": half_taken,
        "l1_equation": "none" if w == 0 else "1.1" if w > 0 else "1.2",
        "verdict": verdict(w, lam, l1_taken, l2_taken, half_taken),
    }


def draw(figure, data: dict) -> None:
    """Three updates over one number line: strong arrows with the data first, thin ones with the penalty first."""
    axes = figure.subplots()
    axes.set_label("steps")
    axes.set(xlim=(-REACH, REACH), ylim=(0, SHEET), xticks=range(-5, 6), yticks=[], xlabel="weight w")
    axes.spines["left"].set_visible(False)
    lowest = {"plain": TOPS["plain"] - LEVEL, "l1": TOPS["l1"] - 2 * LEVEL, "l2": TOPS["l2"] - 2 * LEVEL}
    for name, top in TOPS.items():
        axes.plot([0, 0], [lowest[name] - 8, top + 8], color="grid", linewidth=1, zorder=0)
    plot(axes, data, "before", color="muted", linewidth=0.9, linestyle=":", zorder=0.5)

    ink = {"color": "ink", "linestyle": "-"}
    rows = (("plain", "no penalty", ink, "^"), ("l1", "L1", L1, "o"), ("l2", "squared L2", L2, "s"))
    for name, title, style, _ in rows:
        color = style["color"]
        raised = 0 if name == "plain" else 15
        axes.text(-REACH, TOPS[name] + 18 + raised, title, color=color, va="center", fontweight="semibold")
        label(axes, data, f"{name}_sum", color=color, ha="left", va="center")
        if name != "plain":
            label(axes, data, f"{name}_regrouped", color=color, ha="left", va="center")
            _arrow(axes, data, f"{name}_first", style, thin=True)
            _arrow(axes, data, f"{name}_last", {"color": "data"}, thin=True)
            _arrow(axes, data, name, style)
            label(axes, data, f"{name}_label", color=color, ha="center", va="center")
        _arrow(axes, data, f"{name}_data", {"color": "data"})
        label(axes, data, f"{name}_data_label", color="data", ha="center", va="center")
        ring = {"marker": "o", "linestyle": "none", "markerfacecolor": "paper"}
        # The one that can be dragged looks it.
        plot(axes, data, f"{name}_start", color="ink", markersize=9 if name == "plain" else 5, **ring)
    hollow = {"marker": "s", "linestyle": "none", "markersize": 7, "markerfacecolor": "none"}
    plot(axes, data, "half_new", color="l2", **hollow)
    label(axes, data, "half_label", color="l2", ha="center", va="center", fontsize=10.5)
    for name, _, style, marker in rows:
        mark = {"marker": marker, "linestyle": "none", "markersize": 8, "markeredgecolor": "paper"}
        plot(axes, data, f"{name}_new", color=style["color"], **mark)


def _arrow(axes, data: dict, key: str, style: dict, thin: bool = False) -> None:
    width, opacity = (1.0, 0.55) if thin else (2.0, 1.0)
    plot(axes, data, f"{key}_shaft", **style, linewidth=width, alpha=opacity, solid_capstyle="butt")
    fill(axes, data, f"{key}_head", color=style["color"], alpha=opacity)


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Three updates of the weight {number(data['w'])} over a number line, as arrows. In all of them the data shift "
        f"it by {number(-data['H'])}. Without penalty that leads to {number(facts['plain_new'])}; L1 takes another "
        f"{number(facts['l1_taken'])} off its size and leads to {number(facts['l1_new'])}, squared L2 takes "
        f"{number(facts['l2_taken'])} and leads to {number(facts['l2_new'])}, for λ = {number(data['lam'])}. With the "
        f"penalty's move first the arrows end at the same weights. Half squared L2 would take "
        f"{number(facts['half_taken'])} and lead to {number(facts['half_new'])}."
    )


run_script(__name__)

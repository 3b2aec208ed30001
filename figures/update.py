"""One update is two moves: the data's by −H, down the slope of the error, and then the penalty's, towards 0.

One step with η = 1 from the weight w. Above, the error of one data point: H is its slope at w, drawn as a tangent. Below, time
runs downwards: first the data shift the weight by −H, equation (0); then λ|w| shifts it by −λ or λ, equations (1.1) and (1.2),
or λw² by −2λw, equation (2), or half of that where the penalty is ½λw².
"""

from math import nan
from typing import Annotated

from figpress import Live, Range, fill, label, plot, run_script
from figures import given
from figures._arrows import arrow
from figures._marks import L1, L2
from figures._texts import number, without_dust
from shrinkage import (
    equal_pull_weight_squared_l2,
    pull_half_squared_l2,
    pull_l1,
    pull_squared_l2,
    sign,
    squared_error,
    squared_error_slope,
    update_half_squared_l2,
    update_l1,
    update_plain,
    update_squared_l2,
)

SIZE = (5.2, 4.5)
REACH = 6.4
TOP = 14.0
"""Weights from −REACH to REACH and errors up to TOP are on the sheet."""

ROWS = {"data": 0.0, "l1": -1.0, "l2": -2.0, "half": -3.0}
"""Heights of the moves, the data's first."""

TEXT = (0.22, 0.7)
"""How far above a move its text begins and ends."""

N = 60

LIVE = Live(
    controls=("w", "want", "lam"),
    drag={"ball": ("w", None), "data": ("want", None)},
    ask="Predict, then drag the weight or the triangle: which penalty’s move changes its length, and which only turns round? Can the "
    "data turn a penalty’s move round?",
    verdict="verdict",
)


def data(
    w: Annotated[float, Range(-2.5, 2.5, 0.1, symbol="w", label="weight")] = given.UPDATE_W,
    want: Annotated[float, Range(-4, 4.8, 0.2, label="the weight that the data want")] = given.UPDATE_WANT,
    lam: Annotated[float, Range(0, 1, 0.05, symbol="λ", label="strength")] = given.UPDATE_LAM,
) -> dict:
    """The error and its slope at w, and the moves of the updates in numbers and as arrows."""
    x = given.UPDATE_X
    y = x * want
    H = squared_error_slope(w, x, y, 0.0)
    error = squared_error(w, x, y, 0.0)
    plain = without_dust(update_plain(w, H))
    ends = {
        "data": plain,
        "l1": without_dust(update_l1(w, H, lam)),
        "l2": without_dust(update_squared_l2(w, H, lam)),
        "half": without_dust(update_half_squared_l2(w, H, lam)),
    }
    weights = [REACH * k / N for k in range(-N, N + 1, 2)]
    found = {
        "w": w,
        "want": want,
        "lam": lam,
        "H": H,
        "ends": ends,
        "curve": {"x": weights, "y": [squared_error(v, x, y, 0.0) for v in weights]},
        "tangent": {"x": [w - 1.6, w + 1.6], "y": [error - 1.6 * H, error + 1.6 * H]},
        "ball": {"x": [w], "y": [error]},
        "data": {"x": [want], "y": [0.0]},
        "slope_text": {"x": -REACH, "y": TOP, "text": f"the error’s slope at w = {number(w)} is H = {number(H)}"},
        "from_w": upright(w, ["data"]),
        "from_plain": upright(plain, ["l1", "l2", "half"]),
        "data_sum": written("data", f"(0)  w − H = {number(w)} {minus(H)} = {number(plain)}"),
        "l1_sum": written("l1", l1_sum(w, plain, lam, ends["l1"])),
        "l2_sum": written(
            "l2", f"(2)  … − 2λw = {number(plain)} − 2 · {number(lam)} · {factor(w)} = {number(ends['l2'])}"
        ),
        "half_sum": written(
            "half", f"half:  … − λw = {number(plain)} − {number(lam)} · {factor(w)} = {number(ends['half'])}"
        ),
    }
    for name, start in (("data", w), ("l1", plain), ("l2", plain), ("half", plain)):
        shaft, head = arrow(start, ends[name] - start, ROWS[name], 0.3, 0.13)
        found[f"{name}_shaft"] = shaft
        found[f"{name}_head"] = head
        found[f"{name}_new"] = {"x": [ends[name]], "y": [ROWS[name]]}
    return found


def upright(w: float, rows: list) -> dict:
    """A line at w from each of these moves up to the one before, with room for the text between them."""
    x, y = [], []
    for row in rows:
        x.extend([w, w, nan, w, w, nan])
        y.extend([ROWS[row] + 1, ROWS[row] + TEXT[1], nan, ROWS[row] + TEXT[0], ROWS[row], nan])
    return {"x": x, "y": y}


def written(row: str, text: str) -> dict:
    """A line of text above a move."""
    return {"x": -REACH, "y": ROWS[row] + 0.46, "text": text}


def minus(value: float) -> str:
    """``value`` subtracted: − 2, + 1."""
    return f"+ {number(-value)}" if value < 0 else f"− {number(value)}"


def factor(value: float) -> str:
    """``value`` after a sign: in brackets where it is negative."""
    return f"({number(value)})" if value < 0 else number(value)


def l1_sum(w: float, plain: float, lam: float, new: float) -> str:
    """What equation (1.1) or (1.2) takes off, with its numbers."""
    if w == 0:
        return f"at w = 0 the slope 0 is taken:  {number(new)}"
    if w > 0:
        return f"(1.1)  … − λ = {number(plain)} − {number(lam)} = {number(new)}"
    return f"(1.2)  … + λ = {number(plain)} + {number(lam)} = {number(new)}"


def verdict(w: float, lam: float, l1_taken: float, l2_taken: float, half_taken: float) -> str:
    """What each penalty takes off, which takes more, and which way."""
    if lam == 0:
        return "With λ = 0 nothing is taken off: all updates are the data’s alone."
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
        f"Half squared L2 would take {number(half_taken)}. All point {way}; the data have no part in that."
    )


def facts(data: dict) -> dict:
    """H, the new weights, what each penalty takes off the size of w, the equation that applied for L1, and the verdict."""
    w = data["w"]
    lam = data["lam"]
    l1_taken = pull_l1(w, lam)
    l2_taken = pull_squared_l2(w, lam)
    half_taken = pull_half_squared_l2(w, lam)
    return {
        "H": data["H"],
        "plain_new": data["ends"]["data"],
        "l1_new": data["ends"]["l1"],
        "l2_new": data["ends"]["l2"],
        "half_new": data["ends"]["half"],
        "l1_taken": l1_taken,
        "l2_taken": l2_taken,
        "half_taken": half_taken,
        "l1_equation": "none" if w == 0 else "1.1" if w > 0 else "1.2",
        "verdict": verdict(w, lam, l1_taken, l2_taken, half_taken),
    }


def draw(figure, data: dict) -> None:
    """The error and its slope above; below, on the same weights, the moves one after the other."""
    loss, steps = figure.subplots(2, sharex=True, height_ratios=(1, 1.35))
    loss.set_label("error")
    loss.set(xlim=(-REACH, REACH), ylim=(0, TOP), ylabel="error", yticks=[])
    loss.set_title(" ")
    loss.axvline(0, color="grid", linewidth=1, zorder=0.5)
    plot(loss, data, "curve", color="data", linewidth=2)
    plot(loss, data, "tangent", color="ink", linewidth=1.3)
    hollow = {"marker": "v", "markersize": 9, "markerfacecolor": "paper", "linestyle": "none"}
    plot(loss, data, "data", color="data", **hollow, clip_on=False).set_in_layout(False)
    plot(loss, data, "ball", color="ink", marker="o", markersize=9, markeredgecolor="paper", linestyle="none", zorder=4)
    label(loss, data, "slope_text", dy=5, ha="left", va="bottom")

    steps.set_label("steps")
    steps.set(ylim=(-3.4, 0.9), xlabel="weight w", ylabel="← time", yticks=[])
    # With room for the texts, as the dotted lines have.
    for low, high in (
        (-3.4, TEXT[0] - 3),
        *((row + TEXT[1], row + 1 + TEXT[0]) for row in (-3, -2, -1)),
        (TEXT[1], 0.9),
    ):
        steps.plot([0, 0], [low, high], color="muted", linewidth=0.9, zorder=0.5)
    for key in ("from_w", "from_plain"):
        plot(steps, data, key, color="muted", linewidth=0.9, linestyle=":")
    for name, color, marker, style in (
        ("data", "data", "^", {"linestyle": "-"}),
        ("l1", "l1", "o", L1),
        ("l2", "l2", "s", L2),
        ("half", "l2", "s", L2),
    ):
        opacity = 0.55 if name == "half" else 1.0
        look = {"color": color, "linestyle": style["linestyle"], "linewidth": 2, "alpha": opacity}
        plot(steps, data, f"{name}_shaft", **look, solid_capstyle="butt")
        fill(steps, data, f"{name}_head", color=color, alpha=opacity)
        inner = {"markerfacecolor": "none"} if name == "half" else {"markeredgecolor": "paper"}
        plot(steps, data, f"{name}_new", color=color, marker=marker, markersize=7, linestyle="none", **inner)
        label(steps, data, f"{name}_sum", dx=6, color=color, ha="left", va="center")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Above, the error of one data point over the weight, a parabola whose lowest point is at {number(data['want'])}; its slope at "
        f"w = {number(data['w'])} is H = {number(data['H'])}. Below, on a number line with time running downwards, the data shift the weight "
        f"by {number(-data['H'])} to {number(facts['plain_new'])}. Then L1 takes {number(facts['l1_taken'])} off the size of w and leads to "
        f"{number(facts['l1_new'])}, squared L2 takes {number(facts['l2_taken'])} and leads to {number(facts['l2_new'])}, for λ = "
        f"{number(data['lam'])}. Half squared L2 would take {number(facts['half_taken'])} and lead to {number(facts['half_new'])}."
    )


run_script(__name__)

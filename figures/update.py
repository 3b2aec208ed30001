"""One update is two shifts: the data's by −H, then the penalty's towards 0.

One step of gradient descent with η = 1 from the weight w, three times: without penalty (0), with λ|w| (1.1 or 1.2, by
the sign of w) and with λw² (2). The first arrow is the same in all three; the second is the penalty's, and its length
is λ or 2λ|w|.
"""

from typing import Annotated

from matplotlib.patches import FancyArrowPatch

from figpress import Range, run_script
from figures import given
from figures._marks import number, tag
from shrinkage import (
    l1_subgradient,
    squared_l2_gradient,
    update_l1,
    update_l2,
    update_plain,
)

SIZE = (5.6, 4.4)


def data(
    w: Annotated[float, Range(-4, 4, 0.1, symbol="w", label="weight")] = given.UPDATE_W,
    H: Annotated[float, Range(-4, 4, 0.1, symbol="H", label="slope of the error at w")] = given.UPDATE_H,
    lam: Annotated[float, Range(0, 1, 0.05, symbol="λ", label="strength")] = given.UPDATE_LAM,
) -> dict:
    """The weight after the data's shift, after each penalty's shift, and the arrows between, each as [from, to]."""
    plain = update_plain(w, H)
    new_l1, new_l2 = update_l1(w, H, lam), update_l2(w, H, lam)
    return {
        "w": w, "H": H, "lam": lam,
        "plain_new": plain,
        "l1_new": new_l1,
        "l2_new": new_l2,
        "l1_shift": -l1_subgradient(w, lam),
        "l2_shift": -squared_l2_gradient(w, lam),
        "data_arrow": [w, plain],
        "l1_arrow": [plain, new_l1],
        "l2_arrow": [plain, new_l2],
    }


def facts(data: dict) -> dict:
    """The three new weights, the two penalties' shifts, and the equation that applied for L1."""
    equation = "1.1" if data["w"] > 0 else "1.2" if data["w"] < 0 else "none: w = 0"
    return {**{key: value for key, value in data.items() if not key.endswith("arrow")}, "l1_equation": equation}


ROWS = (("plain", 2.0, "ink", "^"), ("l1", 1.0, "l1", "o"), ("l2", 0.0, "l2", "s"))


def draw(figure, data: dict) -> None:
    """Three rows over one number line; in each the sum in numbers, the data's arrow, and the penalty's below it."""
    axes = figure.subplots()
    axes.set_label("steps")
    w, plain = data["w"], data["plain_new"]
    ends = [0.0, w, plain, data["l1_new"], data["l2_new"]]
    low, high = min(ends), max(ends)
    margin = 0.08 * max(high - low, 1.0)
    axes.set(xlim=(low - margin, high + margin), ylim=(-0.3, 2.75), yticks=[], xlabel="weight w")
    axes.spines["left"].set_visible(False)
    axes.axvline(0, color="grid", linewidth=1, zorder=0)
    axes.plot([w, w], [-0.3, 2.45], color="muted", linewidth=0.9, linestyle=":", zorder=0, gid="w")
    for name, row, color, marker in ROWS:
        new = data[f"{name}_new"]
        axes.annotate(_sum(name, data), (0, row + 0.5), xycoords=("axes fraction", "data"), color=color, va="center",
                      gid=f"{name}_label", bbox={"facecolor": "paper", "edgecolor": "none", "pad": 1})
        axes.plot(w, row + 0.22, color="ink", marker="o", markersize=4, gid=f"{name}_start")
        if name == "plain":
            _arrow(axes, w, plain, row + 0.22, "data", "plain_data_arrow", before_marker=True)
            _above_or_below(axes, w, plain, row + 0.22, "|H|", "data", "data_shift", 9)
            tag(axes, w, row + 0.22, "w", "w_label", "ink", dy=-13, ha="center",
                bbox={"facecolor": "paper", "edgecolor": "none", "pad": 0.5})
        else:
            _arrow(axes, w, plain, row + 0.22, "data", f"{name}_data_arrow")
            axes.plot([plain, plain], [row, row + 0.22], color="muted", linewidth=0.9, gid=f"{name}_turn")
            _arrow(axes, plain, new, row, color, f"{name}_arrow", before_marker=True)
            _above_or_below(axes, plain, new, row, {"l1": "λ", "l2": "2λ|w|"}[name], color, f"{name}_shift", -9)
        height = row + 0.22 if name == "plain" else row
        axes.plot(new, height, color=color, marker=marker, markersize=8, markeredgecolor="paper", gid=f"{name}_new")


def _arrow(axes, start, end, height, color, key, before_marker=False):
    arrow = FancyArrowPatch((start, height), (end, height), arrowstyle="-|>,head_length=6,head_width=3", color=color,
                            linewidth=2, shrinkA=0, shrinkB=4 if before_marker else 0, gid=key)
    # An arrow without length has no direction to point in.
    arrow.set_visible(start != end)
    axes.add_patch(arrow)


def _above_or_below(axes, start, end, height, text, color, key, dy):
    """Name the length of an arrow beside its middle; one without length has no name."""
    if start != end:
        tag(axes, (start + end) / 2, height, text, key, color, dy=dy, ha="center")


def _sum(name, data):
    """The update as an equation in numbers, headed by its number in the article."""
    w, H, lam, new = data["w"], data["H"], data["lam"], number(data[f"{name}_new"])
    shifted = f"{number(w)} {_minus(H)}"
    if name == "plain":
        return f"no penalty (0):  w − H = {shifted} = {new}"
    if name == "l2":
        return f"squared L2 (2):  (w − H) − 2λw = {shifted} − 2 · {number(lam)} · {_factor(w)} = {new}"
    if w == 0:
        return f"L1 (subgradient 0):  w − H = {shifted} = {new}"
    head, sign = ("L1 (1.1):  (w − H) − λ", "−") if w > 0 else ("L1 (1.2):  (w − H) + λ", "+")
    return f"{head} = {shifted} {sign} {number(lam)} = {new}"


def _minus(value):
    return f"+ {number(-value)}" if value < 0 else f"− {number(value)}"


def _factor(value):
    return f"({number(value)})" if value < 0 else number(value)


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Three rows of arrows over a number line, each from the weight {number(facts['w'])}. In all three the data "
        f"shift it by {number(-facts['H'])} to {number(facts['plain_new'])}. Without penalty that is the new weight; "
        f"L1 then shifts by {number(facts['l1_shift'])} to {number(facts['l1_new'])}, squared L2 by "
        f"{number(facts['l2_shift'])} to {number(facts['l2_new'])}, for λ = {number(facts['lam'])}."
    )


run_script(__name__)

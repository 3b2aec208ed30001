"""A penalty's shift can depend on the sign of the weight, on its size, and on how the penalty is written.

The shift that one update with η = 1 adds to w, for each penalty. Sign: on the two sides of 0 the shifts are opposite,
for L1 and for L2. Magnitude: at twice the weight the shift of squared L2 doubles, that of L1 stays. Doubling: the
factor 2 in 2λw comes from writing λw²; for ½λw² the shift is half of it.
"""

from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._marks import L1, L2, number, tag, zero_lines
from shrinkage import half_squared_l2_gradient, l1_subgradient, squared_l2_gradient

SIZE = (5.6, 6.4)
REACH = 1.25


def data(
    w: Annotated[float, Range(0.1, 0.6, 0.05, symbol="w", label="weight, set beside −w and 2w")] = given.INFLUENCES_W,
    lam: Annotated[float, Range(0.1, 5, 0.1, symbol="λ", label="strength")] = given.LAM,
) -> dict:
    """The shifts against the weight as lines, and at the weights −w, w and 2w as points [weight, shift]."""
    sides = (-REACH, REACH)
    return {
        "w": w,
        "lam": lam,
        "l1_negative": [[-REACH, -l1_subgradient(-REACH, lam)], [0.0, -l1_subgradient(-REACH, lam)]],
        "l1_positive": [[0.0, -l1_subgradient(REACH, lam)], [REACH, -l1_subgradient(REACH, lam)]],
        "l2": [[at, -squared_l2_gradient(at, lam)] for at in sides],
        "half_l2": [[at, -half_squared_l2_gradient(at, lam)] for at in sides],
        "l1_points": [[at, -l1_subgradient(at, lam)] for at in (-w, w, 2 * w)],
        "l2_points": [[at, -squared_l2_gradient(at, lam)] for at in (-w, w, 2 * w)],
        "half_l2_points": [[at, -half_squared_l2_gradient(at, lam)] for at in (-w, w, 2 * w)],
    }


def facts(data: dict) -> dict:
    """The shifts at −w, w and 2w, and the ratios that the three panels show."""
    found = {"w": data["w"], "lam": data["lam"]}
    for name in ("l1", "l2", "half_l2"):
        (_, at_minus), (_, at_w), (_, at_double) = data[f"{name}_points"]
        found |= {
            f"{name}_shift_at_minus_w": at_minus,
            f"{name}_shift": at_w,
            f"{name}_shift_at_2w": at_double,
            f"{name}_ratio_of_double_weight": at_double / at_w,
        }
    return found | {"ratio_of_conventions": found["l2_shift"] / found["half_l2_shift"]}


def draw(figure, data: dict) -> None:
    """Three panels with the same axes; each compares shifts at two weights, or by two conventions."""
    panels = figure.subplots(3, sharex=True, sharey=True)
    lam = data["lam"]
    titles = {
        "sign": "Sign: opposite weights get opposite shifts",
        "magnitude": "Magnitude: twice the weight, twice the shift, for L2 alone",
        "doubling": "Doubling: the 2 in 2λw is there for λw², not for ½λw²",
    }
    for axes, (name, title) in zip(panels, titles.items(), strict=True):
        axes.set_label(name)
        axes.set_title(title)
        zero_lines(axes)
        axes.set(
            xlim=(-REACH, REACH),
            ylim=(-2.6 * lam, 2.6 * lam),
            ylabel="shift",
            xticks=[-1, 0, 1],
            yticks=[-2 * lam, -lam, 0, lam, 2 * lam],
            yticklabels=["−2λ", "−λ", "0", "λ", "2λ"],
        )
        axes.plot(*np.transpose(data["l2"]), **L2, gid=f"{name}_l2")
    panels[-1].set_xlabel("weight w")
    sign, magnitude, doubling = panels
    for name, axes in (("sign", sign), ("magnitude", magnitude)):
        for side in ("negative", "positive"):
            axes.plot(*np.transpose(data[f"l1_{side}"]), **L1, gid=f"{name}_l1_{side}")
    doubling.plot(*np.transpose(data["half_l2"]), **L2, linewidth=1.2, gid="doubling_half_l2")

    _compare(sign, data, ("l1", "l2"), (0, 1), ("−w", "w"))
    _compare(magnitude, data, ("l1", "l2"), (1, 2), ("w", "2w"))
    _compare(doubling, data, ("l2", "half_l2"), (1,), ("w",))
    tag(sign, -REACH, lam, "L1: λ or −λ", "l1_label", "l1", dx=4, dy=-10)
    tag(sign, -0.75, 1.5 * lam, "squared L2: −2λw", "l2_label", "l2", dx=8, dy=4)
    tag(doubling, -0.75, 1.5 * lam, "from λw²: −2λw", "doubling_l2_label", "l2", dx=8, dy=4)
    tag(doubling, REACH, -0.35 * lam, "from ½λw²: −λw", "half_l2_label", "l2", dx=-2, ha="right")


def _compare(axes, data, names, picked, words):
    """Stems from the zero line to the shifts at the picked weights, the weights named on the other side of the line."""
    panel = axes.get_label()
    for index, word in zip(picked, words, strict=True):
        at = data["l2_points"][index][0]
        tag(axes, at, 0, word, f"{panel}_at_{index}", "ink", dy=9 if at > 0 else -9, ha="center")
        for name in names:
            color, marker = ("l1", "o") if name == "l1" else ("l2", "s")
            _, shift = data[f"{name}_points"][index]
            axes.plot([at, at], [0, shift], color=color, linewidth=1, gid=f"{panel}_{name}_stem_{index}")
            axes.plot(
                at,
                shift,
                color=color,
                marker=marker,
                markersize=7,
                markeredgecolor="paper",
                zorder=3,
                gid=f"{panel}_{name}_point_{index}",
            )


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Three panels: the shift that a penalty adds to the weight, for λ = {number(facts['lam'])}. Sign: at w = "
        f"{number(-facts['w'])} and {number(facts['w'])} L1 shifts by {number(facts['l1_shift_at_minus_w'])} and "
        f"{number(facts['l1_shift'])}, squared L2 by {number(facts['l2_shift_at_minus_w'])} and "
        f"{number(facts['l2_shift'])}. Magnitude: at twice the weight L1 still shifts by "
        f"{number(facts['l1_shift_at_2w'])}, squared L2 by {number(facts['l2_shift_at_2w'])}. Doubling: half squared "
        f"L2 shifts by {number(facts['half_l2_shift'])} where squared L2 shifts by {number(facts['l2_shift'])}."
    )


run_script(__name__)

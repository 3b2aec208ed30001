"""Only for p ≥ 1 is the unit ball convex, and only then is the p-norm a norm.

All vectors (w₁, w₂) with p-norm 1, for p = 1, 2, 4, ∞ and one p to choose. Between two points of each such curve runs a
chord. For a norm the middle of the chord has length 1 at most, by the triangle inequality; for p < 1 it lies outside.
"""

from typing import Annotated

from figpress import Range, run_script
from figures import given
from figures._marks import L1, L2, number, tag
from shrinkage import is_norm, p_norm_pair, unit_ball

SIZE = (5.6, 3.9)
INF = float("inf")

# Where the chord ends: a direction close to one axis, and its mirror image close to the other.
STEEP = (1.0, -1 / 16)


def data(p: Annotated[float, Range(0.2, 20, 0.1, symbol="p", label="order of the norm")] = given.BALL_P) -> dict:
    """The unit balls as closed curves, and a chord of the one for ``p`` with its middle."""
    length = p_norm_pair(STEEP[0], STEEP[1], p)
    near, far = STEEP[0] / length, STEEP[1] / length
    middle = (near - far) / 2
    return {
        "p": p,
        "ball": unit_ball(p),
        "ball_1": unit_ball(1),
        "ball_2": unit_ball(2),
        "ball_4": unit_ball(4),
        "ball_inf": unit_ball(INF),
        "chord": [[near, far], [-far, -near]],
        "middle": [middle, -middle],
        "middle_norm": p_norm_pair(middle, -middle, p),
    }


def facts(data: dict) -> dict:
    """Whether p gives a norm, the p-norm of the chord's middle, and where each ball meets the diagonal."""
    return {
        "p": data["p"],
        "verdict": "a norm" if is_norm(data["p"]) else "not a norm",
        "middle_norm": data["middle_norm"],
        "diagonal": 1 / p_norm_pair(1.0, 1.0, data["p"]),
        "diagonal_1": 1 / p_norm_pair(1.0, 1.0, 1),
        "diagonal_2": 1 / p_norm_pair(1.0, 1.0, 2),
        "diagonal_4": 1 / p_norm_pair(1.0, 1.0, 4),
        "diagonal_inf": 1 / p_norm_pair(1.0, 1.0, INF),
    }


def draw(figure, data: dict) -> None:
    """One square panel with the balls inside one another, and beside it what the chord says."""
    axes = figure.subplots()
    axes.set_label("balls")
    axes.set_aspect("equal", anchor="W")
    axes.set(xlim=(-1.2, 2.3), ylim=(-1.2, 1.25), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.plot([-1.18, 1.18], [0, 0], color="grid", linewidth=1, zorder=0)
    axes.plot([0, 0], [-1.18, 1.18], color="grid", linewidth=1, zorder=0)
    tag(axes, 1.18, 0, "w₁", "axis_1", "muted", dx=3)
    tag(axes, 0, 1.18, "w₂", "axis_2", "muted", dy=1, ha="center", va="bottom")

    norm = is_norm(data["p"])
    if not norm:
        axes.fill(*data["ball"].T, color="data_soft", zorder=0.5, gid="ball_area")
    axes.plot(*data["ball_inf"].T, color="muted", linewidth=1.3, gid="ball_inf")
    axes.plot(*data["ball_4"].T, color="muted", linewidth=1.3, gid="ball_4")
    axes.plot(*data["ball_2"].T, **L2, gid="ball_2")
    axes.plot(*data["ball_1"].T, **L1, gid="ball_1")
    # What is no norm is dotted: the dots say so where the colour does not.
    axes.plot(*data["ball"].T, color="data", linestyle="-" if norm else (0, (1, 1.2)), linewidth=2.4, gid="ball")
    for p, text, color in ((1, "p = 1", "l1"), (2, "2", "l2"), (4, "4", "muted")):
        corner = 1 / p_norm_pair(1.0, 1.0, p)
        tag(axes, corner, corner, text, f"label_{p}", color, ha="center",
            bbox={"facecolor": "paper", "edgecolor": "none", "pad": 1.5})
    tag(axes, 1, 1, "∞", "label_inf", "muted", dx=4, dy=4, size=13)

    axes.plot(*zip(*data["chord"], strict=True), color="ink", linewidth=1.4, marker="o", markersize=4, gid="chord")
    axes.plot(*data["middle"], color="ink", marker="X", markersize=8, markeredgecolor="paper", gid="middle")
    note = (1.25, -0.62)
    axes.annotate("", data["middle"], note, gid="leader", arrowprops={
        "arrowstyle": "-", "color": "muted", "linewidth": 0.8, "shrinkA": 3, "shrinkB": 7})
    tag(axes, *note, f"p = {number(data['p'], 3)}: {'a norm' if norm else 'not a norm'}", "p", "data", dy=15)
    tag(axes, *note, "middle of the chord:", "middle_words", "ink")
    tag(axes, *note, f"length {_against_one(data['middle_norm'])}", "middle_norm", "ink", dy=-15)


def _against_one(value):
    text = number(value, 3)
    return text if text == "1" else f"{text} {'>' if value > 1 else '<'} 1"


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        "Nested closed curves through (1, 0) and (0, 1): a diamond for p = 1, a circle for p = 2, a rounded square for "
        f"p = 4, a square for p = ∞. They meet the diagonal at {number(facts['diagonal_1'], 3)}, "
        f"{number(facts['diagonal_2'], 3)}, {number(facts['diagonal_4'], 3)} and {number(facts['diagonal_inf'], 3)}; "
        f"the curve for p = {number(facts['p'], 3)} meets it at {number(facts['diagonal'], 3)}. That p gives "
        f"{facts['verdict'].replace('not a', 'no')}: the middle of a chord of its curve has length "
        f"{number(facts['middle_norm'], 3)}."
    )


run_script(__name__)

"""Only for p ≥ 1 is the unit ball convex, and only then is the p-norm a norm.

All vectors (w₁, w₂) with p-norm 1, for p = 1, 2, 4, ∞ and one p to choose. Between two points of the chosen curve runs a
chord. For a norm the middle of the chord has length 1 at most, by the triangle inequality; for p < 1 it lies outside.
The choice is made on a scale that is even in 1 − 1/p, because it has room for all p up to ∞.
"""

from math import inf
from typing import Annotated

from figpress import Live, Range, fill, label, plot, run_script
from figures import given
from figures._marks import L1, L2, tag
from figures._texts import number
from shrinkage import is_norm, p_norm_pair

SIZE = (5.6, 4.7)

# Where the chord ends: a direction close to one axis, and its mirror image close to the other.
STEEP = [1.0, -1 / 16]

# The directions (1, r) of an eighth of the curve: dense near the axis, where a dented curve turns, and near the diagonal,
# where a square does.
SLOPES = [(k / 16) ** 3 * (10 - 15 * (k / 16) + 6 * (k / 16) ** 2) for k in range(17)]

LIVE = Live(
    controls=("p",),
    drag={"place": ("p", None)},
    ask="Predict, then move: from which p on does the middle of the chord stay in the ball? "
    "And what has become of the ball when p is ∞?",
    verdict="verdict",
)


def data(
    p: Annotated[
        float, Range(0.5, inf, 0.01, symbol="p", label="order: from ½ up, or ∞", scale="reciprocal")
    ] = given.BALL_P,
) -> dict:
    """The unit balls as closed curves, a chord of the one for p with its middle, and what is written beside it."""
    length = p_norm_pair(STEEP[0], STEEP[1], p)
    near = STEEP[0] / length
    far = STEEP[1] / length
    middle = (near - far) / 2
    middle_norm = p_norm_pair(middle, -middle, p)
    curve = ball(p)
    norm = is_norm(p)
    nothing = {"x": [], "y": []}
    return {
        "p": p,
        "middle_norm": middle_norm,
        "ball": curve if norm else nothing,
        "dent_area": nothing if norm else curve,
        "dent": nothing if norm else curve,
        "chord": {"x": [near, -far], "y": [far, -near]},
        "middle": {"x": [middle], "y": [-middle]},
        "leader": {"x": [middle + 0.07, 1.2], "y": [-middle - 0.01, -0.72]},
        "order": {"x": 1.25, "y": -0.2, "text": f"p {order(p)}"},
        "kind": {"x": 1.25, "y": -0.2, "text": "a norm" if norm else "not a norm"},
        "length": {"x": 1.25, "y": -0.72, "text": f"length {number(middle_norm)}: {side(p)}"},
        "place": {"x": [1 - 1 / p], "y": [0.0]},
    }


def ball(p: float) -> dict:
    """The closed curve of all points with p-norm 1, anticlockwise from (1, 0)."""
    low = []
    for slope in SLOPES:
        length = p_norm_pair(1.0, slope, p)
        low.append([1 / length, slope / length])
    # The second eighth mirrors the first; the other quarters are quarter turns.
    quarter = [*low, *[[point[1], point[0]] for point in reversed(low)]]
    x = [*[a for a, b in quarter], *[-b for a, b in quarter], *[-a for a, b in quarter], *[b for a, b in quarter]]
    y = [*[b for a, b in quarter], *[a for a, b in quarter], *[-b for a, b in quarter], *[-a for a, b in quarter]]
    return {"x": x, "y": y}


def order(p: float) -> str:
    """p in words that tell it from 1 where it is another."""
    if p == inf:
        return "= ∞"
    if p != 1 and number(p) == "1":
        return "just above 1" if p > 1 else "just below 1"
    return f"= {number(p)}"


def side(p: float) -> str:
    """Where the middle of the chord lies, by the theorem rather than by a comparison of rounded lengths."""
    if p == 1:
        return "on the side"
    return "inside" if is_norm(p) else "outside"


def facts(data: dict) -> dict:
    """Whether p gives a norm, the p-norm of the chord's middle, and where each ball meets the diagonal."""
    p = data["p"]
    length = number(data["middle_norm"])
    if p == 1:
        verdict = f"p = 1 is the first norm: the chord runs along the side of the diamond, and its middle has length {length}."
    elif p == inf:
        verdict = (
            f"p = ∞ is a norm: only the larger entry counts, the ball is a square, "
            f"and the middle of the chord lies inside it, with length {length}."
        )
    elif is_norm(p):
        verdict = f"p {order(p)} gives a norm: the ball bulges, and the middle of the chord lies inside it, with length {length}."
    else:
        verdict = f"p {order(p)} gives no norm: the ball caves in, and the middle of the chord lies outside it, with length {length}."
    return {
        "p": p,
        "kind": "a norm" if is_norm(p) else "no norm",
        "middle_norm": data["middle_norm"],
        "diagonal": 1 / p_norm_pair(1.0, 1.0, p),
        "diagonal_1": 1 / p_norm_pair(1.0, 1.0, 1.0),
        "diagonal_2": 1 / p_norm_pair(1.0, 1.0, 2.0),
        "diagonal_4": 1 / p_norm_pair(1.0, 1.0, 4.0),
        "diagonal_inf": 1 / p_norm_pair(1.0, 1.0, inf),
        "verdict": verdict,
    }


def draw(figure, data: dict) -> None:
    """The balls inside one another, beside them what the chord says, and below the scale from which p is chosen."""
    axes, scale = figure.subplots(2, 1, height_ratios=(8, 1))
    axes.set_label("balls")
    axes.set_aspect("equal", anchor="W")
    axes.set(xlim=(-1.2, 2.3), ylim=(-1.2, 1.25), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.plot([-1.18, 1.18], [0, 0], color="grid", linewidth=1, zorder=0)
    axes.plot([0, 0], [-1.18, 1.18], color="grid", linewidth=1, zorder=0)
    tag(axes, 1.18, 0, "w₁", "axis_1", "muted", dx=3)
    tag(axes, 0, 1.18, "w₂", "axis_2", "muted", dy=1, ha="center", va="bottom")

    fill(axes, data, "dent_area", color="data_soft", zorder=0.5)
    # What stays as it is: the page has neither to compute nor to move it.
    for key, p, style in (
        ("inf", inf, {"color": "muted"}),
        ("4", 4.0, {"color": "muted"}),
        ("2", 2.0, L2),
        ("1", 1.0, L1),
    ):
        curve = ball(p)
        axes.plot(
            curve["x"], curve["y"], **style, linewidth=1.3 if style["color"] == "muted" else 2, gid=f"curve_{key}"
        )
    plot(axes, data, "ball", color="data", linewidth=2.4)
    # What is no norm is dotted: the dots say so where the colour does not.
    plot(axes, data, "dent", color="data", linestyle=(0, (1, 1.2)), linewidth=2.4)
    for p, text, color in ((1, "p = 1", "l1"), (2, "2", "l2"), (4, "4", "muted")):
        corner = 1 / p_norm_pair(1.0, 1.0, p)
        tag(
            axes,
            corner,
            corner,
            text,
            f"label_{p}",
            color,
            ha="center",
            zorder=5,
            bbox={"facecolor": "paper", "edgecolor": "none", "pad": 1.5},
        )
    tag(axes, 1, 1, "∞", "label_inf", "muted", dx=4, dy=4, size=13)

    plot(axes, data, "leader", color="muted", linewidth=0.8)
    plot(axes, data, "chord", color="ink", linewidth=1.4, marker="o", markersize=4)
    plot(axes, data, "middle", color="ink", marker="X", markersize=8, markeredgecolor="paper", linestyle="none")
    label(axes, data, "order", dy=3, ha="left", va="baseline", color="data", size=17, weight="semibold")
    label(axes, data, "kind", dy=-15, ha="left", va="baseline", color="data")
    tag(axes, 1.25, -0.72, "middle of the chord:", "middle_words", "ink", dy=4, va="baseline")
    label(axes, data, "length", dy=-12, ha="left", va="baseline", color="ink")

    scale.set_label("scale")
    scale.set(xlim=(-1.1, 1.1), ylim=(-1, 1), yticks=[])
    scale.set_xticks([-1, 0, 0.5, 0.75, 1], ["p = ½", "1", "2", "4", "∞"])
    scale.tick_params(axis="x", length=0, pad=-6)
    scale.spines[:].set_visible(False)
    scale.plot([-1, 0], [0, 0], color="data", linestyle=(0, (1, 1.2)), linewidth=2.4)
    scale.plot([0, 1], [0, 0], color="data", linewidth=2.4)
    scale.plot([-1, 0, 0.5, 0.75, 1], [0] * 5, color="data", marker="|", markersize=9, linestyle="none")
    tag(scale, -0.5, 0, "no norms", "no_norms", "muted", dy=9, ha="center", va="bottom")
    tag(scale, 0.5, 0, "norms", "norms", "muted", dy=9, ha="center", va="bottom")
    plot(
        scale,
        data,
        "place",
        color="data",
        marker="o",
        markersize=11,
        markeredgecolor="paper",
        linestyle="none",
        zorder=4,
        clip_on=False,
    )


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        "Nested closed curves through (1, 0) and (0, 1): a diamond for p = 1, a circle for p = 2, a rounded square for "
        f"p = 4, a square for p = ∞. They meet the diagonal at {number(facts['diagonal_1'])}, "
        f"{number(facts['diagonal_2'])}, {number(facts['diagonal_4'])} and {number(facts['diagonal_inf'])}; "
        f"the curve for p {order(data['p'])} meets it at {number(facts['diagonal'])}. {facts['verdict']}"
    )


run_script(__name__)

"""What a fit minimised, read off its weights: four fits of the same data, and the slopes of four penalties.

Eight features, orthonormal, so that each weight answers its own datum alone. A point stands for a fitted weight and for the
pull of the data that is left there, 2 x · r. At a minimiser the pull is a slope of the penalty, so the points lie on the graph of
the slopes: a step for L1, a line for squared L2, a step and a line for both. The last fit is of least error in a box, as AdamW
has it: nothing pulls inside, and at the wall the pull may be anything outwards.
"""

from typing import Annotated

from figpress import Live, Range, label, plot, run_script
from figures._marks import L1, L2, THIRD, zero_lines
from figures._texts import count, number
from shrinkage import l1_prox, l1_subgradient, squared_l2_gradient, squared_l2_prox

SIZE = (5.6, 4.9)
REACH = 3.0
PULL = 6.4

# What each weight would be without a penalty.
LEAST = [2.7, -2.2, 1.7, -1.3, 1.0, 0.7, -0.5, 0.2]
PANELS = ["l1", "l2", "net", "box"]
NAMES = ["L1: a step", "squared L2: a line", "elastic net: both", "AdamW: a box"]

LIVE = Live(
    controls=("lam", "share", "wall"),
    ask="Predict, then move λ: which of the four clouds of points never have one on the vertical line through 0?",
    verdict="verdict",
)


def data(
    lam: Annotated[float, Range(0, 5, 0.1, symbol="λ", label="strength")] = 1.6,
    share: Annotated[float, Range(0, 1, 0.05, symbol="ρ", label="share of L1 in the elastic net")] = 0.5,
    wall: Annotated[float, Range(0.2, 3, 0.1, symbol="c", label="wall of the box, 1 / decay")] = 1.2,
) -> dict:
    """The points of each fit, and the graph of its penalty's slopes."""
    parts = [[lam, 0.0], [0.0, lam], [share * lam, (1 - share) * lam]]
    fits = [points([best(z, lam_l1, lam_l2) for z in LEAST]) for lam_l1, lam_l2 in parts]
    graphs = [graph(lam_l1, lam_l2) for lam_l1, lam_l2 in parts]
    return {
        "lam": lam,
        "share": share,
        "wall": wall,
        "points_l1": fits[0],
        "points_l2": fits[1],
        "points_net": fits[2],
        "points_box": points([min(max(z, -wall), wall) for z in LEAST]),
        "slopes_l1": graphs[0],
        "slopes_l2": graphs[1],
        "slopes_net": graphs[2],
        "slopes_box": {"x": [-wall, -wall, wall, wall], "y": [-PULL, 0.0, 0.0, PULL]},
        "said_l1": words(f"λ₁ = {number(lam)}"),
        "said_l2": words(f"λ₂ = {number(lam)}"),
        "said_net": words(f"λ₁ = {number(parts[2][0])}, λ₂ = {number(parts[2][1])}"),
        "said_box": words(f"c = {number(wall)}"),
    }


def best(z: float, lam_l1: float, lam_l2: float) -> float:
    """The weight with the least (w - z)^2 and penalty: the prox of both, with step size 1/2, one after the other."""
    return squared_l2_prox(l1_prox(z, lam_l1, 0.5), lam_l2, 0.5)


def points(weights: list) -> dict:
    """Each weight with the pull that is left there: twice what the datum is off, as the features are orthonormal."""
    return {"x": weights, "y": [2 * (z - w) for z, w in zip(LEAST, weights)]}


def graph(lam_l1: float, lam_l2: float) -> dict:
    """The slopes of the penalty, with the whole step at 0."""
    low, high = [l1_subgradient(w, lam_l1) + squared_l2_gradient(w, lam_l2) for w in (-REACH, REACH)]
    return {"x": [-REACH, 0.0, 0.0, REACH], "y": [low, -lam_l1, lam_l1, high]}


def words(text: str) -> dict:
    """What can be read off, in the corner of a panel."""
    return {"x": REACH, "y": -PULL, "text": text}


def facts(data: dict) -> dict:
    """How many weights are exactly 0 in each fit, and how many stand at the wall."""
    zeros_l1, zeros_l2, zeros_net = [zeros_of(data[f"points_{name}"]) for name in PANELS[:3]]
    at_wall = sum([abs(w) == data["wall"] for w in data["points_box"]["x"]])
    return {
        "zeros_l1": zeros_l1,
        "zeros_l2": zeros_l2,
        "zeros_net": zeros_net,
        "at_wall": at_wall,
        "n_weights": len(LEAST),
        "verdict": verdict(data["lam"], zeros_l1, zeros_l2, zeros_net, at_wall),
    }


def zeros_of(drawn: dict) -> int:
    """How many weights are exactly 0."""
    return sum([w == 0 for w in drawn["x"]])


def verdict(lam: float, zeros_l1: int, zeros_l2: int, zeros_net: int, at_wall: int) -> str:
    """The numbers of zeros, and of weights at the wall."""
    in_the_box = f"{count(at_wall, 'weight')} at the wall of the box, each with a pull of its own."
    if lam == 0:
        return f"Without a penalty nothing pulls at any weight, and all points but the box’s lie on the level line. {in_the_box}"
    return (
        f"Exactly 0 are {count(zeros_l1, 'weight')} under L1, {zeros_l2} under squared L2, {zeros_net} under the elastic net. "
        f"{in_the_box}"
    )


def draw(figure, data: dict) -> None:
    """Four panels of one scale."""
    panels = figure.subplots(2, 2, sharex=True, sharey=True)
    looks = ((L1, "o"), (L2, "s"), (THIRD, "D"), ({"color": "data", "linestyle": ":"}, "^"))
    for axes, name, title, (line, marker) in zip(panels.flat, PANELS, NAMES, looks):
        axes.set_label(name)
        axes.set(xlim=(-REACH, REACH), ylim=(-PULL, PULL), xticks=(-2, 0, 2), yticks=(-4, 0, 4))
        axes.set_title(title, color=line["color"])
        zero_lines(axes)
        plot(axes, data, f"slopes_{name}", **line, linewidth=1.8)
        plot(
            axes,
            data,
            f"points_{name}",
            color=line["color"],
            marker=marker,
            linestyle="none",
            markersize=7.5,
            markeredgecolor="paper",
            zorder=3,
        )
        label(axes, data, f"said_{name}", dx=-4, dy=6, ha="right", va="baseline", color="muted")
    for axes in panels[1]:
        axes.set_xlabel("fitted weight w")
    for axes in panels[:, 0]:
        axes.set_ylabel("pull left, 2 x · r")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Four panels, each with the pull that the data keep at {facts['n_weights']} fitted weights. Under L1 the points lie on a step of height "
        f"{number(data['lam'])}, under squared L2 on a line through 0 of slope {number(2 * data['lam'])}, under the elastic net on a step and "
        f"a line. In the box of size {number(data['wall'])} the points inside have no pull, and those at the wall any. {facts['verdict']}"
    )


run_script(__name__)

"""Where the same decay leads: inside the gradient to ridge, in AdamW into a square, beside clipped gradients into a circle.

Two weights, of two features with sum of squares 1 and correlation ρ; the rings are contours of the squared error round its lowest
point. All walks start at the hollow mark, with one step size. Inside the gradient, decay d is the slope of d/2 · (w₁² + w₂²), whatever
the optimiser makes of that gradient. Beside the step it is a force of its own, and where the step has a greatest length, so has the
weight.
"""

from math import sqrt
from typing import Annotated

from figpress import Live, Range, fill, label, plot, run_script
from figures import given
from figures._plane import HOLLOW, plane_and_notes, rings, unit_circle
from figures._texts import number
from shrinkage import (
    box_minimiser_pair,
    elastic_net_pair,
    walk_adam_pair,
    walk_clipped_pair,
    walk_momentum_pair,
)

SIZE = (5.6, 4.3)
REACH = 3.2
HORIZON = 300
RINGS = [0.7, 1.4, 2.1, 2.8, 3.5]

NAMES = ["sgd", "adam", "adamw", "clipped"]
WORDS = {
    "sgd": "SGD, decay inside",
    "adam": "Adam, decay inside",
    "adamw": "AdamW",
    "clipped": "clipped, then decay",
}
LOOKS = {
    "sgd": {"color": "l2", "linestyle": (0, (5, 2)), "marker": "s", "markersize": 9.5},
    "adam": {"color": "ink", "linestyle": (0, (1, 1.6)), "marker": "X", "markersize": 6.5},
    "adamw": {"color": "data", "linestyle": ":", "marker": "^", "markersize": 9},
    "clipped": {"color": "third", "linestyle": "-.", "marker": "D", "markersize": 7.5},
}

LIVE = Live(
    controls=("decay", "clip", "rho", "m1", "m2", "n"),
    play="n",
    pace=160,
    begin={"n": 0},
    drag={"minimum": ("m1", "m2")},
    ask="Predict, then play: which of the walks will end at the same place? And where on its square, or on its circle, will "
    "each of the others?",
    verdict="verdict",
)


def data(
    decay: Annotated[float, Range(0.5, 3, 0.1, symbol="d", label="decay")] = given.DECAY,
    clip: Annotated[float, Range(0.2, 4, 0.1, symbol="c", label="gradients clipped to")] = given.DECAY_CLIP,
    rho: Annotated[float, Range(-0.8, 0.8, 0.05, symbol="ρ", label="correlation")] = given.GEOMETRY_RHO,
    m1: Annotated[float, Range(-3, 3, 0.1, symbol="m₁", label="least error, across")] = given.GEOMETRY_M1,
    m2: Annotated[float, Range(-3, 3, 0.1, symbol="m₂", label="least error, up")] = given.GEOMETRY_M2,
    n: Annotated[int, Range(0, HORIZON, 10, label="step")] = HORIZON,
) -> dict:
    """The four walks up to step n, the places that are expected, and what is written beside."""
    w1, w2 = given.DECAY_W1, given.DECAY_W2
    eta = given.DECAY_ETA
    walks = {
        "sgd": walk_momentum_pair(w1, w2, m1, m2, rho, decay, 0.0, 0.0, eta, n),
        "adam": walk_adam_pair(w1, w2, m1, m2, rho, decay, 0.0, eta, n, 0.9, given.DECAY_BETA2),
        "adamw": walk_adam_pair(w1, w2, m1, m2, rho, 0.0, decay, eta, n, 0.9, given.DECAY_BETA2),
        "clipped": walk_clipped_pair(w1, w2, m1, m2, rho, decay, clip, eta, n),
    }
    wall, radius = 1 / decay, clip / decay
    circle = unit_circle()
    found = {
        "decay": decay,
        "clip": clip,
        "rho": rho,
        "m1": m1,
        "m2": m2,
        "n": n,
        "eta": eta,
        "wall": wall,
        "radius": radius,
        "rings": rings(circle, RINGS, m1, m2, rho),
        "square": square(wall),
        "square_rim": square(wall),
        "circle_rim": {"x": [radius * c for c, s in circle], "y": [radius * s for c, s in circle]},
        "start": {"x": [w1], "y": [w2]},
        "minimum": {"x": [m1], "y": [m2]},
        "wall_value": {"x": 0.17, "y": 0.17, "text": f"square: 1/d = {number(wall, 3)}"},
        "radius_value": {"x": 0.17, "y": 0.09, "text": f"circle: c/d = {number(radius, 3)}"},
    }
    for k in range(len(NAMES)):
        name = NAMES[k]
        walk = walks[name]
        end = walk[len(walk) - 1]
        found[f"at_{name}"] = end
        found[f"walk_{name}"] = {"x": [w[0] for w in walk], "y": [w[1] for w in walk]}
        found[f"end_{name}"] = {"x": [end[0]], "y": [end[1]]}
        found[f"value_{name}"] = {"x": 0.17, "y": 0.91 - 0.15 * k, "text": pair(end)}
    return found


def pair(w: list) -> str:
    """Two weights, to two places: a walk that has nearly arrived need not look it."""
    return f"({hundredth(w[0])}, {hundredth(w[1])})"


def hundredth(value: float) -> str:
    """A number to two places, without a minus before 0."""
    text = f"{value:.2f}"
    return "0.00" if text == "-0.00" else text.replace("-", "−")


def square(wall: float) -> dict:
    """The border of all weights that are at most ``wall`` in size."""
    return {"x": [wall, -wall, -wall, wall, wall], "y": [wall, wall, -wall, -wall, wall]}


def ridge(m1: float, m2: float, rho: float, lam: float) -> list:
    """The weights of least error and λ · (w₁² + w₂²)."""
    return elastic_net_pair(1.0, rho, 1.0, m1 + rho * m2, m2 + rho * m1, 0.0, lam)


def facts(data: dict) -> dict:
    """The places where the walks end, and what momentum would leave of a decay beside it."""
    m1, m2, rho, decay = data["m1"], data["m2"], data["rho"], data["decay"]
    at_ridge = ridge(m1, m2, rho, decay / 2)
    in_box = box_minimiser_pair(m1, m2, rho, data["wall"])
    beta = given.DECAY_BETA
    return {
        "lam": decay / 2,
        "wall": data["wall"],
        "radius": data["radius"],
        "eta": data["eta"],
        "beta": beta,
        "horizon": HORIZON,
        "ridge_1": at_ridge[0],
        "ridge_2": at_ridge[1],
        "box_1": in_box[0],
        "box_2": in_box[1],
        "momentum_share": 1 - beta,
        "verdict": verdict(data, at_ridge, in_box),
    }


def verdict(data: dict, at_ridge: list, in_box: list) -> str:
    """Which place each walk is bound for."""
    wall, radius = data["wall"], data["radius"]
    walls = (abs(in_box[0]) == wall) + (abs(in_box[1]) == wall)
    side = ["inside its square", "on a side of its square", "in a corner of its square"][walls]
    if walls == 0:
        side += ", at the least error itself"
    size = sqrt(at_ridge[0] * at_ridge[0] + at_ridge[1] * at_ridge[1])
    where = "on its circle" if size > radius else "at ridge too, as that lies within its circle"
    return (
        f"Both walks with the decay inside end at ridge, {pair(at_ridge)}. AdamW ends {side}, {pair(in_box)}. "
        f"The clipped walk ends {where}."
    )


def draw(figure, data: dict) -> None:
    """The plane, and beside it whose mark is whose."""
    axes, notes = plane_and_notes(figure, REACH, (2.35, 1), "W")
    plot(axes, data, "rings", color="grid", linewidth=1, zorder=0.6)
    fill(axes, data, "square", color="data_soft", alpha=0.6, zorder=0.3)
    plot(axes, data, "square_rim", color="data", linewidth=1.3, zorder=1)
    plot(axes, data, "circle_rim", color="third", linewidth=1.3, zorder=1)
    for k, name in enumerate(NAMES):
        look = LOOKS[name]
        color = look["color"]
        mark = {"color": color, "marker": look["marker"], "markersize": look["markersize"], "markeredgecolor": "paper"}
        plot(axes, data, f"walk_{name}", color=color, linestyle=look["linestyle"], linewidth=1.8, zorder=2)
        plot(axes, data, f"end_{name}", **mark, linestyle="none", zorder=4 + k / 10)
        height = 0.91 - 0.15 * k
        notes.plot([0.0, 0.12], [height, height], color=color, linestyle=look["linestyle"], linewidth=1.8)
        notes.plot(0.06, height, **mark, linestyle="none")
        notes.text(0.17, height, WORDS[name], color=color, va="center")
        label(notes, data, f"value_{name}", dy=-14, va="center", color=color)
    plot(axes, data, "start", **HOLLOW, markersize=6, zorder=3)
    plot(axes, data, "minimum", **HOLLOW, markersize=9, zorder=3)
    for y, size, words in ((0.33, 6, "start"), (0.25, 9, "least error")):
        notes.plot(0.06, y, **HOLLOW, markersize=size)
        notes.text(0.17, y, words, color="ink", va="center")
    notes.plot([0.0, 0.12], [0.17, 0.17], color="data", linewidth=1.3)
    notes.plot([0.0, 0.12], [0.09, 0.09], color="third", linewidth=1.3)
    for key, color in (("wall_value", "data"), ("radius_value", "third")):
        label(notes, data, key, va="center", color=color)


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"The plane of two weights with contours of the error round {pair([data['m1'], data['m2']])}, a square of all weights "
        f"up to {number(data['wall'], 3)} in size and a circle of radius {number(data['radius'], 3)}. Four walks from one start, at step "
        f"{data['n']}: gradient descent with the decay inside at {pair(data['at_sgd'])}, Adam with it inside at {pair(data['at_adam'])}, AdamW at "
        f"{pair(data['at_adamw'])}, clipped steps with decay at {pair(data['at_clipped'])}. {facts['verdict']}"
    )


run_script(__name__)

"""Under L1 every step is equally long, and the weight arrives at 0.

Gradient descent on the penalty λ|w| alone: w − ηλ·sign(w). Above, the weight after each step, as a staircase whose
drops are the steps; below, the same weights on the curve of the penalty. Its slope is λ however small the weight is,
so the drops do not shrink. Arriving exactly at 0 takes a step length that divides the starting weight.
"""

from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._marks import L1, L1_MARK, drop_labels, padded, stairs, zero_lines
from figures._texts import count, number
from shrinkage import l1, steps_to_zero, two_cycle, walk_l1

SIZE = (5.6, 5.4)


def data(
    w0: Annotated[float, Range(-10, 10, 0.1, symbol="w₀", label="starting weight")] = given.W0,
    eta: Annotated[float, Range(0.05, 2.5, 0.05, symbol="η", label="step size")] = given.ETA,
    lam: Annotated[float, Range(0.1, 4, 0.1, symbol="λ", label="strength")] = given.LAM,
    n_steps: Annotated[int, Range(1, 60, 1, label="number of steps")] = given.N_STEPS,
) -> dict:
    """The walk, its staircase, and its place on the curve of the penalty."""
    walk = walk_l1(w0, lam, eta, n_steps)
    stairs_step, stairs_w = stairs(walk)
    low, high = padded(walk)
    curve_w = np.union1d(np.linspace(low, high, 101), [0.0])
    return {
        "eta": eta,
        "lam": lam,
        "step": list(range(n_steps + 1)),
        "walk": walk,
        "stairs_step": stairs_step,
        "stairs": stairs_w,
        "penalty_walk": [l1(w, lam) for w in walk],
        "curve_w": curve_w,
        "curve": l1(curve_w, lam),
        "step_length": eta * lam,
        "steps_to_zero": steps_to_zero(walk),
        "cycle": two_cycle(walk),
    }


def facts(data: dict) -> dict:
    """When the walk arrives (none: it does not), how long a step is, where the walk ends."""
    return {
        "start": data["walk"][0],
        "eta": data["eta"],
        "lam": data["lam"],
        "n_steps": len(data["walk"]) - 1,
        "step_length": data["step_length"],
        "steps_to_zero": data["steps_to_zero"],
        "first": data["walk"][1],
        "last": data["walk"][-1],
        "cycle": data["cycle"],
        "walk": data["walk"],
    }


def verdict(steps: int | None, cycle: list[float]) -> str:
    """What becomes of the walk, in a few words."""
    if steps == 0:
        return "starts at 0 and stays there"
    if steps is not None:
        return f"{count(steps, 'equal step')} to 0, where it stays"
    if cycle:
        return "equal steps that jump over 0 for ever"
    return "equal steps, not at 0 yet"


def draw(figure, data: dict) -> None:
    """The staircase above, the walk on the penalty's curve below."""
    above, below = figure.subplots(2, 1)
    walk, arrival = data["walk"], data["steps_to_zero"]
    size = 6.5 if len(walk) <= 30 else 4

    above.set_label("walk")
    above.set_title("L1: " + verdict(arrival, data["cycle"]))
    zero_lines(above, x=False)
    above.plot(data["stairs_step"], data["stairs"], **L1, linewidth=1.3, gid="stairs")
    above.plot(data["step"], walk, **L1_MARK, markersize=size, gid="walk", clip_on=False)
    drop_labels(above, walk, "l1", most=1)
    above.set(xlabel="step", ylabel="weight w", ylim=padded(walk))
    above.xaxis.get_major_locator().set_params(integer=True)

    below.set_label("penalty")
    below.set_title(f"λ|w| is equally steep all the way: each step is {number(data['step_length'])}")
    zero_lines(below)
    below.plot(data["curve_w"], data["curve"], **L1, linewidth=1.3, gid="curve")
    below.vlines(walk, 0, data["penalty_walk"], color="l1", linewidth=0.9, alpha=0.35)
    below.plot(walk, data["penalty_walk"], **L1_MARK, markersize=size, gid="penalty_walk", clip_on=False)
    below.set(xlabel="weight w", ylabel="penalty λ|w|", xlim=padded(walk), ylim=padded(data["penalty_walk"]))
    figure.align_ylabels()


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"A staircase of weights against steps, under L1 from w = {number(facts['start'])}: "
        f"{verdict(facts['steps_to_zero'], facts['cycle'])}. Every step is {number(facts['step_length'])} long. "
        f"After {count(facts['n_steps'], 'step')} the weight is {number(facts['last'])}. "
        f"Below, the same weights as points on the V of the penalty, evenly spaced."
    )


run_script(__name__)

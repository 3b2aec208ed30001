"""Under L1 every step is equally long, and the weight arrives at 0.

Gradient descent on the penalty λ|w| alone: w − ηλ·sign(w). Above, the weight after each step, as a staircase whose
drops are the steps; below, the same weights on the curve of the penalty. Its slope is λ however small the weight is,
so the drops do not shrink. Arriving exactly at 0 takes a step length that divides the starting weight.
"""

from typing import Annotated

from figpress import Range, run_script
from figures import given
from figures._marks import L1, L1_MARK
from figures._paper import l1_end, misses
from figures._steps import N_STEPS
from figures._texts import count, number
from figures._walk import course, sheet
from shrinkage import l1, steps_to_zero, two_cycle, walk_l1

SIZE = (5.6, 5.4)


def data(
    w0: Annotated[float, Range(-10, 10, 0.1, symbol="w₀", label="starting weight")] = given.W0,
    eta: Annotated[float, Range(0.05, 2.5, 0.05, symbol="η", label="step size")] = given.ETA,
    lam: Annotated[float, Range(0.1, 4, 0.1, symbol="λ", label="strength")] = given.LAM,
    n_steps: Annotated[int, Range(1, 60, 1, label="number of steps")] = N_STEPS,
) -> dict:
    """The walk, its staircase, and its place on the curve of the penalty."""
    walk = walk_l1(w0, lam, eta, n_steps)
    end = l1_end(w0, lam, eta)
    missed = misses(end, walk)
    return {
        "eta": eta,
        "lam": lam,
        "walk": walk,
        **course(walk, lambda w: l1(w, lam)),
        "step_length": eta * lam,
        "steps_to_zero": steps_to_zero(walk),
        "cycle": two_cycle(walk),
        # On paper where that differs, else as computed.
        "arrival": end["arrival"] if missed else steps_to_zero(walk),
        "remark": f"in floating point: {outcome(walk)}" if missed else "",
    }


def facts(data: dict) -> dict:
    """When the walk arrives as computed (none: it does not), how long a step is, what becomes of it, where it ends."""
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
        "verdict": verdict(data),
        "walk": data["walk"],
    }


def outcome(walk: list[float]) -> str:
    """What becomes of the walk as computed, where that is not what holds on paper."""
    arrival, cycle = steps_to_zero(walk), two_cycle(walk)
    if arrival is not None:
        return f"0 after {count(arrival, 'step')}"
    return f"{number(cycle[0])}, {number(cycle[1])}, …" if cycle else f"{number(walk[-1])} at the end"


def verdict(data: dict) -> str:
    """What becomes of the walk, in a few words."""
    if data["arrival"] == 0:
        return "starts at 0 and stays there"
    if data["arrival"] is not None:
        return f"{count(data['arrival'], 'equal step')} to 0{' on paper' if data['remark'] else ', where it stays'}"
    return "equal steps that jump over 0 for ever" if data["cycle"] else "equal steps, not at 0 yet"


def draw(figure, data: dict) -> None:
    """The staircase above, the walk on the penalty's curve below."""
    length = number(data["step_length"])
    sheet(
        figure,
        data,
        title=f"L1: {verdict(data)}",
        formula="λ|w|",
        curve_title="λ|w| is least at 0: no step leads away"
        if data["arrival"] == 0
        else f"λ|w| is equally steep all the way: each step is {length}",
        line=L1,
        mark=L1_MARK,
        drops=1,
    )


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    text = f"A staircase of weights against steps, under L1 from w = {number(facts['start'])}: {facts['verdict']}."
    if data["arrival"] == 0:
        return f"{text} Below, one point at the corner of the V of the penalty."
    remark = f" {data['remark'].capitalize()}." if data["remark"] else ""
    return (
        f"{text}{remark} Every step is {number(facts['step_length'])} long. "
        f"After {count(facts['n_steps'], 'step')} the weight is {number(facts['last'])}. "
        f"Below, the same weights as points on the V of the penalty, evenly spaced."
    )


run_script(__name__)

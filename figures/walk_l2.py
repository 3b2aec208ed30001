"""Under half squared L2 each step takes the same share of what is left, and the weight never arrives at 0.

Gradient descent on the penalty ½λw² alone: w − ηλw = (1 − ηλ)w. Above, the weight after each step, as a staircase
whose drops shrink with the weight; below, the same weights on the curve of the penalty. The nearer to 0, the flatter
it is, and the shorter the step.
"""

from typing import Annotated

from figpress import Range, run_script
from figures import given
from figures._marks import L2, L2_MARK
from figures._paper import l2_factor
from figures._steps import N_STEPS
from figures._texts import count, number
from figures._walk import course, sheet
from shrinkage import half_squared_l2, steps_to_zero, walk_half_squared_l2

SIZE = (5.6, 5.4)


def data(
    w0: Annotated[float, Range(-10, 10, 0.1, symbol="w₀", label="starting weight")] = given.W0,
    eta: Annotated[float, Range(0.05, 2.5, 0.05, symbol="η", label="step size")] = given.ETA,
    lam: Annotated[float, Range(0.1, 4, 0.1, symbol="λ", label="strength")] = given.LAM,
    n_steps: Annotated[int, Range(1, 60, 1, label="number of steps")] = N_STEPS,
) -> dict:
    """The walk, its staircase, and its place on the curve of the penalty."""
    walk = walk_half_squared_l2(w0, lam, eta, n_steps)
    factor = l2_factor(lam, eta)
    return {
        "eta": eta,
        "lam": lam,
        "walk": walk,
        **course(walk, lambda w: half_squared_l2(w, lam)),
        "factor": factor,
        "steps_to_zero": steps_to_zero(walk),
        "remark": remark(walk, factor),
    }


def remark(walk: list[float], factor: float) -> str:
    """Where the walk is at the end, while it comes closer on its own side and has not arrived."""
    if walk[-1] == 0 or not 0 < factor < 1:
        return ""
    return f"after {count(len(walk) - 1, 'step')}: {number(walk[-1], 2)}"


def facts(data: dict) -> dict:
    """What one step multiplies the weight by, and where the walk ends (steps_to_zero none: it does not arrive)."""
    return {
        "start": data["walk"][0],
        "eta": data["eta"],
        "lam": data["lam"],
        "n_steps": len(data["walk"]) - 1,
        "factor": data["factor"],
        "first": data["walk"][1],
        "last": data["walk"][-1],
        "steps_to_zero": data["steps_to_zero"],
        "walk": data["walk"],
    }


def verdict(start: float, factor: float) -> str:
    """What becomes of the walk, in a few words."""
    if start == 0:
        return "starts at 0 and stays there"
    if factor == 0:
        return "one step lands exactly on 0"
    if factor == 0.5:
        return "each step takes half of what is left"
    if factor > 0:
        return f"each step leaves {number(100 * factor)}% of the weight"
    if factor > -1:
        return f"jumps over 0, but comes closer: × {number(factor)}"
    if factor == -1:
        return "jumps to and fro, for ever equally far from 0"
    return f"jumps over 0 and away: × {number(factor)}"


def draw(figure, data: dict) -> None:
    """The staircase above, the walk on the penalty's curve below."""
    start = data["walk"][0]
    share = number(data["eta"] * data["lam"])
    sheet(
        figure,
        data,
        title=f"Half squared L2: {verdict(start, data['factor'])}",
        formula="½λw²",
        curve_title=f"½λw² flattens towards 0: each step is {share} times w"
        if start != 0
        else "½λw² is least at 0: no step leads away",
        line=L2,
        mark=L2_MARK,
        drops=3,
    )


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    start = facts["start"]
    text = (
        f"A staircase of weights against steps, under half squared L2 from w = {number(start)}: "
        f"{verdict(start, facts['factor'])}."
    )
    if start == 0:
        return f"{text} Below, one point at the bottom of the parabola of the penalty."
    return (
        f"{text} After {count(facts['n_steps'], 'step')} the weight is {number(facts['last'])}. Below, the same weights as "
        f"points on the parabola of the penalty."
    )


run_script(__name__)

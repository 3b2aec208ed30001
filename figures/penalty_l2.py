"""The half squared L2 penalty is flat at 0: its slope λw fades with the weight.

Above the penalty ½λw², below its slope. The pull towards 0 is in proportion to w and is gone where w is 0. Same axes
as the figure of L1.
"""

from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._marks import L2, L2_MARK, note, number
from figures._penalty import REACH, sheet
from shrinkage import half_squared_l2, half_squared_l2_gradient

SIZE = (3.7, 4.6)


def data(lam: Annotated[float, Range(0.1, 5, 0.1, symbol="λ", label="strength")] = given.LAM) -> dict:
    """Penalty and slope on a grid with 0 in it."""
    w = np.linspace(-REACH, REACH, 121)
    left, middle, right = (half_squared_l2_gradient(at, lam) for at in (-REACH, 0.0, REACH))
    return {
        "lam": lam,
        "w": w,
        "penalty": half_squared_l2(w, lam),
        "w_left": [-REACH, 0.0],
        "slope_left": [left, middle],
        "w_right": [0.0, REACH],
        "slope_right": [middle, right],
        "slope_at_one": half_squared_l2_gradient(1.0, lam),
    }


def facts(data: dict) -> dict:
    """The slope at 0, at the weight 1, and at the edge of what is shown."""
    return {
        "lam": data["lam"],
        "slope_at_zero": data["slope_right"][0],
        "slope_at_one": data["slope_at_one"],
        "edge": REACH,
        "slope_at_edge": data["slope_right"][1],
    }


def draw(figure, data: dict) -> None:
    """The penalty above, its slope below."""
    above, below = sheet(
        figure,
        data,
        formula="½λw²",
        line=L2,
        soft="l2_soft",
        title="Half squared L2: flat at 0",
        slope_title="Its slope: gone at 0",
    )
    above.plot([0], [0], **L2_MARK, markersize=6.5, gid="bottom")
    below.plot([0], [data["slope_right"][0]], **L2_MARK, markersize=6.5, gid="slope_at_zero")
    note(below, "at 0: only the slope 0", (0, 0), (10, -16), color="l2", gid="zero_label")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Above, the half squared L2 penalty, a parabola that is flat at w = 0. Below, its slope, a straight line: "
        f"{number(facts['slope_at_edge'])} at w = {number(facts['edge'])}, {number(facts['slope_at_one'])} at w = 1 "
        f"and {number(facts['slope_at_zero'])} at w = 0."
    )


run_script(__name__)

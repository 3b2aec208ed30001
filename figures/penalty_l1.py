"""The L1 penalty has a kink at 0: its slope is λ or −λ, and at 0 everything between.

Above the penalty λ|w|, below its slope, λ·sign(w). The pull towards 0 does not weaken as w gets small; at 0 itself
every slope from −λ to λ belongs to a line that touches the penalty from below (a subgradient). Same axes as the
figure of half squared L2.
"""

from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._marks import L1, L1_MARK, note, number
from figures._penalty import REACH, sheet
from shrinkage import l1, l1_subdifferential, l1_subgradient

SIZE = (3.7, 4.6)


def data(lam: Annotated[float, Range(0.1, 5, 0.1, symbol="λ", label="strength")] = given.LAM) -> dict:
    """Penalty and slope on a grid with 0 in it, and the interval of slopes at 0."""
    w = np.linspace(-REACH, REACH, 121)
    low, high = l1_subdifferential(0.0, lam)
    return {
        "lam": lam,
        "w": w,
        "penalty": l1(w, lam),
        # Up to 0 from either side, with the slope that holds there.
        "w_left": [-REACH, 0.0],
        "slope_left": [l1_subgradient(-REACH, lam)] * 2,
        "w_right": [0.0, REACH],
        "slope_right": [l1_subgradient(REACH, lam)] * 2,
        "interval": [low, high],
    }


def facts(data: dict) -> dict:
    """The slopes on either side, and the interval at 0."""
    return {
        "lam": data["lam"],
        "slope_left": data["slope_left"][0],
        "slope_right": data["slope_right"][0],
        "interval_low": data["interval"][0],
        "interval_high": data["interval"][1],
        "interval_width": data["interval"][1] - data["interval"][0],
    }


def draw(figure, data: dict) -> None:
    """The penalty above, its slope below."""
    lam = number(data["lam"])
    above, below = sheet(
        figure,
        data,
        formula="λ|w|",
        line=L1,
        soft="l1_soft",
        title="L1: a kink at 0",
        slope_title=f"Its slope: always {lam} in size",
    )
    above.plot([0], [0], **L1_MARK, markersize=7, gid="kink")
    below.plot([0, 0], data["interval"], **L1, linewidth=5, solid_capstyle="butt", gid="interval")
    note(
        below,
        f"at 0: every slope\nfrom −{lam} to {lam}",
        (0, data["interval"][0] / 2),
        (12, 0),
        color="l1",
        gid="interval_label",
    )


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Above, the L1 penalty, a V with its kink at w = 0. Below, its slope: {number(facts['slope_left'])} for all "
        f"negative weights, {number(facts['slope_right'])} for all positive ones, and at w = 0 a bar of all slopes "
        f"from {number(facts['interval_low'])} to {number(facts['interval_high'])}."
    )


run_script(__name__)

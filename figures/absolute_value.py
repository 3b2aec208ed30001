"""At 0, |w| has no one slope: every slope from −1 to 1 belongs to it.

Above: |w|, and lines through 0 that nowhere rise above it; one of them to choose. Below: the slopes of |w|, which are
−1 on the left, +1 on the right, and at 0 the whole interval between: the subdifferential. All for λ = 1.
"""

from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._marks import L1, tag, zero_lines
from figures._texts import number
from shrinkage import l1, l1_subdifferential

SIZE = (5.6, 5.2)
REACH = 1.5


def data(
    g: Annotated[float, Range(-1, 1, 0.05, symbol="g", label="slope of one line below |w|")] = given.SLOPE_AT_0,
) -> dict:
    """The curve, lines of admissible slopes through its corner, the line of slope ``g``, and the slopes of |w|."""
    low, high = l1_subdifferential(0.0, 1.0)
    return {
        "g": g,
        "curve": [[w, l1(w, 1.0)] for w in (-REACH, 0.0, REACH)],
        "fan": [[[-REACH, -slope * REACH], [REACH, slope * REACH]] for slope in np.linspace(low, high, 9).tolist()],
        "line": [[-REACH, -g * REACH], [REACH, g * REACH]],
        "slope_left": [[-REACH, l1_subdifferential(-REACH, 1.0)[0]], [0.0, low]],
        "slope_right": [[0.0, high], [REACH, l1_subdifferential(REACH, 1.0)[1]]],
        "interval": [[0.0, low], [0.0, high]],
    }


def facts(data: dict) -> dict:
    """The chosen slope and the ends of the interval at 0."""
    return {"g": data["g"], "low": data["interval"][0][1], "high": data["interval"][1][1]}


def draw(figure, data: dict) -> None:
    """The curve with its fan of lines above, the slopes below."""
    value, slope = figure.subplots(2, sharex=True, height_ratios=(1.5, 1))
    value.set_label("value")
    zero_lines(value)
    for index, line in enumerate(data["fan"]):
        value.plot(*np.transpose(line), color="l1", alpha=0.3, linewidth=1.2, gid=f"fan_{index}")
    value.plot(*np.transpose(data["line"]), color="ink", linestyle=(0, (4, 2)), linewidth=1.8, gid="line")
    value.plot(*np.transpose(data["curve"]), **L1, linewidth=2.6, gid="curve")
    value.plot(0, 0, color="ink", marker="D", markersize=6)
    tag(value, -1, 1, "|w|", "curve_label", "l1", dx=8, dy=3)
    tag(value, REACH, data["g"] * REACH, f"slope {number(data['g'])}", "line_label", "ink", dx=5)
    value.set(ylabel="value", xlim=(-REACH, REACH), ylim=(-1.6, 1.6), xticks=[-1, 0, 1], yticks=[-1, 0, 1])

    slope.set_label("slope")
    zero_lines(slope)
    slope.plot(*np.transpose(data["slope_left"]), **L1, gid="slope_left")
    slope.plot(*np.transpose(data["slope_right"]), **L1, gid="slope_right")
    slope.plot(*np.transpose(data["interval"]), **L1, linewidth=6, alpha=0.45, solid_capstyle="butt", gid="interval")
    slope.plot(0, data["g"], color="ink", marker="D", markersize=7, markeredgecolor="paper", gid="g")
    low, high = data["interval"][0][1], data["interval"][1][1]
    tag(slope, 0, 0.5 * low, f"at 0: all of [{number(low)}, {number(high)}]", "interval_label", "l1", dx=10)
    tag(slope, 0, max(data["g"], -0.68), f"g = {number(data['g'])}", "g_label", "ink", dx=-11, ha="right")
    tag(slope, -REACH, low, "falls: −1", "slope_left_label", "l1", dx=4, dy=10)
    tag(slope, REACH, high, "rises: +1", "slope_right_label", "l1", dx=-4, dy=-10, ha="right")
    slope.set(xlabel="weight w", ylabel="slope", ylim=(-1.35, 1.35), yticks=[-1, 0, 1])


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        "Above, the V of |w| with its corner at 0, and a fan of straight lines through the corner that stay on or "
        f"below it; the one of slope {number(facts['g'])} is marked. Below, the slope of |w|: −1 for negative weights, "
        f"+1 for positive ones, and at 0 a vertical bar that holds every slope from {number(facts['low'])} to "
        f"{number(facts['high'])}."
    )


run_script(__name__)

"""In float64 halving ends: the product underflows to 0, the difference stops at the smallest number above 0.

Half squared L2 never takes a real number to 0, but a float64 has no room below 2 to the power −1074. Written as a
product, w ← (1 − η)w, half of the smallest number is rounded to 0. Written as a difference, w ← w − ηw, the half that
would be taken away is rounded to 0, and nothing changes any more. Above the whole walk, below its end.
"""

import math
from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._marks import L2, L2_MARK, THIRD, THIRD_MARK, apart, note
from figures._texts import number
from shrinkage import steps_to_zero, walk_half_squared_l2, walk_half_squared_l2_factor

SIZE = (5.6, 5.6)
SMALLEST = float(np.finfo(np.float64).smallest_subnormal)
STRENGTH = 1.0
"""Of the penalty ½w²: only ηλ matters, and one slider is enough for it."""
SPARE = 12
"""Steps shown after the last change, and before it in the lower panel."""
SHELF = 3
"""How far below the smallest number, in powers of two, the place of 0 is drawn: it has no place on this axis."""


def data(
    w0: Annotated[float, Range(0.1, 10, 0.1, symbol="w₀", label="starting weight")] = given.W0,
    eta: Annotated[float, Range(0.1, 0.9, 0.05, symbol="η", label="step size")] = given.ETA * given.LAM,
) -> dict:
    """Both walks until neither changes, as powers of two; a weight of 0 has none and is left out."""
    span = math.log2(w0) - math.log2(SMALLEST)
    n_steps = math.ceil(span / -math.log2(1 - eta)) + SPARE
    product = walk_half_squared_l2_factor(w0, STRENGTH, eta, n_steps)
    difference = walk_half_squared_l2(w0, STRENGTH, eta, n_steps)
    bottom = math.log2(SMALLEST)
    return {
        "start": w0,
        "eta": eta,
        "step": list(range(n_steps + 1)),
        "bottom": bottom,
        "shelf": bottom - SHELF,
        "product": [math.log2(w) if w > 0 else bottom - SHELF for w in product],
        "difference": [math.log2(w) if w > 0 else bottom - SHELF for w in difference],
        "product_steps_to_zero": steps_to_zero(product),
        "difference_steps_to_zero": steps_to_zero(difference),
        "product_last": product[-1],
        "difference_last": difference[-1],
        "product_stops": product.index(product[-1]),
        "difference_stops": difference.index(difference[-1]),
    }


def facts(data: dict) -> dict:
    """When each walk arrives at 0 (none: never), from which step on it stands still, and where."""
    return {
        "start": data["start"],
        "eta": data["eta"],
        "smallest": SMALLEST,
        "smallest_log2": data["bottom"],
        "product_steps_to_zero": data["product_steps_to_zero"],
        "product_last": data["product_last"],
        "product_stops": data["product_stops"],
        "difference_steps_to_zero": data["difference_steps_to_zero"],
        "difference_last": data["difference_last"],
        "difference_stops": data["difference_stops"],
    }


def outcome(steps: int | None) -> str:
    """Where a walk ends, in a few words."""
    return f"0 at step {steps:,}" if steps is not None else "stuck above 0"


def draw(figure, data: dict) -> None:
    """The whole walks above, their end below."""
    above, below = figure.subplots(2, 1)
    step, shelf = data["step"], data["shelf"]
    first_stop = min(data["product_stops"], data["difference_stops"])
    for axes, name in ((above, "walk"), (below, "end")):
        axes.set_label(name)
        axes.axhline(shelf, color="grid", linewidth=1, zorder=0.5)
        axes.plot(step, data["difference"], **THIRD, linewidth=1.4, gid="difference_line")
        axes.plot(step, data["product"], **L2, linewidth=1.4, gid="product_line")
        axes.set(xlabel="step", ylabel="log₂ w")
        axes.xaxis.set_major_formatter("{x:,.0f}")
    above.set_title("The weight falls by the same factor at every step …")
    above.set(xlim=(0, step[-1]), ylim=(shelf - 60, 40))
    above.set_yticks([0, -250, -500, -750, -1000], ["0", "−250", "−500", "−750", "−1,000"])

    below.set_title("… until float64 has no smaller number")
    below.plot(step, data["difference"], **THIRD_MARK, markersize=7, mfc="none", mew=1.3, gid="difference")
    below.plot(step, data["product"], **L2_MARK, markersize=4, gid="product")
    near = next(k for k in step if data["product"][k] < data["bottom"] + 11)
    left = max(first_stop - SPARE, near)
    low, high = shelf - 1, max(data["product"][left], data["difference"][left]) + 0.5
    below.set(xlim=(left - 0.5, step[-1] + 0.5), ylim=(low, high))
    marked = [data["bottom"] + 6, data["bottom"] + 3, data["bottom"]]
    below.set_yticks([*[m for m in marked if m < high], shelf], [*[f"−{-m:,.0f}" for m in marked if m < high], "w = 0"])
    below.xaxis.get_major_locator().set_params(integer=True)
    figure.align_ylabels()

    keys = ("product", "difference")
    texts = (f"w ← {number(1 - data['eta'])} w:", f"w ← w − {number(data['eta'])} w:")
    # Two lines of text are some 32 points, the axes some 125.
    places = apart([data[key][-1] for key in keys], gap=32 * (high - low) / 125)
    for key, text, place, colour in zip(keys, texts, places, ("l2", "third"), strict=True):
        end = outcome(data[f"{key}_steps_to_zero"])
        note(
            below,
            f"{text}\n{end}",
            (1, place),
            (8, 0),
            xycoords=("axes fraction", "data"),
            color=colour,
            gid=f"{key}_label",
        )


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    ends = {}
    for key in ("product", "difference"):
        steps, last = facts[f"{key}_steps_to_zero"], facts[f"{key}_last"]
        times = round(last / SMALLEST)
        stays = "the smallest number above 0" if times == 1 else f"{times} times the smallest number above 0"
        ends[key] = f"is exactly 0 after {steps:,} steps" if steps is not None else f"stops for ever at {stays}"
    return (
        f"The logarithm of a weight that starts at {number(facts['start'])} falls in a straight line. Near 2 to the "
        f"power {number(facts['smallest_log2'])} float64 ends: the weight written as a product {ends['product']}, "
        f"written as a difference it {ends['difference']}."
    )


run_script(__name__)

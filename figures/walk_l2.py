"""Under half squared L2 each step takes the same share of what is left, and the weight never arrives at 0.

Gradient descent on the penalty ½λw² alone: w − ηλw = (1 − ηλ)w. Above, the weight after each step, as a staircase
whose drops shrink with the weight; below, its size on a logarithmic axis, where equal shares are a straight line, and
where 0 is infinitely far down.
"""

from typing import Annotated

from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from figpress import Range, run_script
from figures import given
from figures._marks import L2, L2_MARK, drop_labels, padded, stairs, zero_lines
from figures._texts import count, number
from shrinkage import contraction_factor, steps_to_zero, walk_half_squared_l2

SIZE = (5.6, 5.4)


def data(
    w0: Annotated[float, Range(-10, 10, 0.1, symbol="w₀", label="starting weight")] = given.W0,
    eta: Annotated[float, Range(0.05, 2.5, 0.05, symbol="η", label="step size")] = given.ETA,
    lam: Annotated[float, Range(0.1, 4, 0.1, symbol="λ", label="strength")] = given.LAM,
    n_steps: Annotated[int, Range(1, 60, 1, label="number of steps")] = given.N_STEPS,
) -> dict:
    """The walk, its staircase, and its size where that is not 0."""
    walk = walk_half_squared_l2(w0, lam, eta, n_steps)
    stairs_step, stairs_w = stairs(walk)
    return {
        "eta": eta,
        "lam": lam,
        "step": list(range(n_steps + 1)),
        "walk": walk,
        "stairs_step": stairs_step,
        "stairs": stairs_w,
        "size_step": [k for k in range(n_steps + 1) if walk[k] != 0],
        "size": [abs(w) for w in walk if w != 0],
        "factor": contraction_factor(lam, eta),
        "steps_to_zero": steps_to_zero(walk),
    }


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


def verdict(factor: float, steps: int | None) -> str:
    """What becomes of the walk, in a few words."""
    if steps == 0:
        return "starts at 0 and stays there"
    if steps == 1:
        return "one step lands exactly on 0"
    if factor == 0.5:
        return "each step takes half of what is left"
    if factor > 0:
        return f"each step leaves {number(100 * factor)} % of the weight"
    if factor > -1:
        return f"jumps over 0, but comes closer: × {number(factor)}"
    if factor == -1:
        return "jumps to and fro, for ever equally far from 0"
    return f"jumps over 0 and away: × {number(factor)}"


def draw(figure, data: dict) -> None:
    """The staircase above, the size on a logarithmic axis below."""
    above, below = figure.subplots(2, 1, sharex=True)
    walk, size = data["walk"], data["size"]
    marker = 6 if len(walk) <= 30 else 4

    above.set_label("walk")
    above.set_title("L2: " + verdict(data["factor"], data["steps_to_zero"]))
    zero_lines(above, x=False)
    above.plot(data["stairs_step"], data["stairs"], **L2, linewidth=1.3, gid="stairs")
    above.plot(data["step"], walk, **L2_MARK, markersize=marker, gid="walk", clip_on=False)
    drop_labels(above, walk, "l2", most=3)
    above.set(ylabel="weight w", ylim=padded(walk))
    above.xaxis.get_major_locator().set_params(integer=True)

    below.set_label("size")
    below.plot(data["size_step"], size, **L2, linewidth=1.3, gid="size_line")
    below.plot(data["size_step"], size, **L2_MARK, markersize=marker, gid="size", clip_on=False)
    below.set(xlabel="step", ylabel="size |w|, logarithmic", yscale="log")
    low, high = (min(size), max(size)) if size else (0.1, 1.0)
    # At least a decade, so that there is a tick.
    margin = 2 if high > 10 * low else 10**0.5
    below.set_ylim(low / margin, high * margin)
    below.yaxis.set_major_locator(LogLocator(numticks=6))
    below.yaxis.set_minor_locator(NullLocator())
    below.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    if size and data["steps_to_zero"] is None:
        below.set_title("On a logarithmic axis: a straight line, and 0 is nowhere")
        falling = size[-1] * size[-1] < low * high
        last = f"after {count(len(walk) - 1, 'step')}: {number(size[-1], 2)}"
        below.text(
            0.99,
            0.94 if falling else 0.06,
            last,
            transform=below.transAxes,
            color="l2",
            ha="right",
            va="top" if falling else "bottom",
            gid="last",
        )
    else:
        below.set_title("0 has no place on a logarithmic axis")
    figure.align_ylabels()


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    text = (
        f"A staircase of weights against steps, under half squared L2 from w = {number(facts['start'])}: "
        f"{verdict(facts['factor'], facts['steps_to_zero'])}. After {count(facts['n_steps'], 'step')} the weight is "
        f"{number(facts['last'])}."
    )
    if facts["steps_to_zero"] is None:
        text += " Below, on a logarithmic axis, the sizes lie on a straight line that never meets 0."
    return text


run_script(__name__)

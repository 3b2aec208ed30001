"""The step size decides: under half squared L2 a weight shrinks, arrives, alternates, cycles or flies off.

Gradient descent on ½λw² multiplies the weight by 1 − ηλ at every step. Only a factor of exactly 0 arrives, and only a
factor smaller than 1 in size comes closer. One row for each step size, all on the same scale.
"""

from typing import Annotated

from figpress import Range, run_script
from figures import given
from figures._marks import L2, L2_MARK, note, zero_lines
from figures._paper import l2_factor
from figures._texts import number
from shrinkage import steps_to_zero, walk_half_squared_l2

SIZE = (5.6, 6.2)


def data(
    w0: Annotated[float, Range(-10, 10, 0.1, symbol="w₀", label="starting weight")] = given.W0,
    lam: Annotated[float, Range(0.1, 2, 0.1, symbol="λ", label="strength")] = given.LAM,
    n_steps: Annotated[int, Range(2, 20, 1, label="number of steps")] = given.N_STEPS_L2_STEP_SIZES,
) -> dict:
    """One walk for each of the given step sizes."""
    return {
        "lam": lam,
        "eta": list(given.L2_STEP_SIZES),
        "factor": [l2_factor(lam, eta) for eta in given.L2_STEP_SIZES],
        "step": list(range(n_steps + 1)),
        "walks": [walk_half_squared_l2(w0, lam, eta, n_steps) for eta in given.L2_STEP_SIZES],
    }


def facts(data: dict) -> dict:
    """For each step size: the factor, what becomes of the walk, where it is at the end, when it arrives (none: never)."""
    return {
        "start": data["walks"][0][0],
        "n_steps": len(data["step"]) - 1,
        "lam": data["lam"],
        "eta": data["eta"],
        "factor": data["factor"],
        "verdicts": [verdict(factor, data["walks"][0][0]) for factor in data["factor"]],
        "last": [walk[-1] for walk in data["walks"]],
        "steps_to_zero": [steps_to_zero(walk) for walk in data["walks"]],
    }


def verdict(factor: float, start: float) -> str:
    """What a walk with this factor does."""
    if start == 0:
        return "is at 0 and stays"
    if factor == 0:
        return "arrives in one step"
    if factor == -1:
        return "cycles, comes no closer"
    if factor < -1:
        return "alternates and diverges"
    return "alternates and converges" if factor < 0 else "converges, never arrives"


def frame(walk: list[float]) -> tuple[float, float]:
    """Limits for one walk; one that flies off leaves its frame rather than flatten the others."""
    start = abs(walk[0]) or 1.0
    low, high = max(-2.4 * start, min(0.0, *walk)), min(2.4 * start, max(0.0, *walk))
    return low - 0.2 * start, high + 0.2 * start


def draw(figure, data: dict) -> None:
    """Rows of walks; at the right of each its step size and what becomes of it."""
    start = data["walks"][0][0]
    limits = [frame(walk) for walk in data["walks"]]
    # Every row is as high as its walk needs, so that all have the same scale.
    rows = figure.subplots(len(limits), 1, sharex=True, height_ratios=[high - low for low, high in limits])
    entries = zip(rows, data["eta"], data["factor"], data["walks"], limits, strict=True)
    for i, (axes, eta, factor, walk, limit) in enumerate(entries):
        axes.set_label(f"row_{i}")
        zero_lines(axes, x=False)
        # What comes after a walk has left its frame would only be a hatching.
        inside = next((k for k, w in enumerate(walk) if not limit[0] < w < limit[1]), len(walk)) + 1
        axes.plot(data["step"][:inside], walk[:inside], **L2, linewidth=1.2, gid=f"line_{i}")
        axes.plot(data["step"][:inside], walk[:inside], **L2_MARK, markersize=5, gid=f"walk_{i}")
        axes.set_ylim(limit)
        axes.set_yticks([0, start] if start else [0])
        axes.spines["bottom"].set_visible(axes is rows[-1])
        axes.tick_params(axis="x", length=3.5 if axes is rows[-1] else 0)
        note(
            axes,
            f"η = {number(eta)}",
            (1, 0.5),
            (10, 2),
            xycoords="axes fraction",
            va="bottom",
            color="l2",
            weight="semibold",
            gid=f"eta_{i}",
        )
        note(
            axes,
            verdict(factor, start),
            (1, 0.5),
            (10, -1),
            xycoords="axes fraction",
            va="top",
            color="ink",
            gid=f"verdict_{i}",
        )
    rows[-1].set_xlabel("step")
    rows[-1].xaxis.get_major_locator().set_params(integer=True)
    figure.supylabel("weight w", fontsize=11.5)


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    rows = "; ".join(
        f"at η = {number(eta)} it {text}, at {number(last)} after {facts['n_steps']} steps"
        for eta, text, last in zip(facts["eta"], facts["verdicts"], facts["last"], strict=True)
    )
    return f"Five walks of one weight under half squared L2 from w = {number(facts['start'])}: {rows}."


run_script(__name__)

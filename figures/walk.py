"""Step by step: L1 arrives or jumps over 0, its proximal step lands on 0, and L2 only comes closer.

One weight under a penalty alone, three ways: subgradient steps w − ηλ·sign(w) on λ|w|; proximal steps on λ|w|, which
take ηλ off and stop at 0; gradient steps w − ηλw on λ/2·w². The strong part of each line is the walk up to the chosen
step, whose update is written out above it.
"""

from typing import Annotated

from figpress import Live, Range, label, plot, run_script
from figures import given
from figures._marks import L1, L2, THIRD, zero_lines
from figures._texts import count, number
from shrinkage import contraction_factor, sign, steps_to_zero, two_cycle, walk_half_squared_l2, walk_l1, walk_l1_prox

SIZE = (5.6, 6.9)
HORIZON = 20
REACH = 6.6

LIVE = Live(
    controls=("w0", "eta", "lam", "n"),
    play="n",
    drag={"l1_start": (None, "w0")},
    ask=f"Predict, then move: set w₀ to {given.W0_UNEVEN}. Where does the subgradient walk end now, and where the proximal one? "
    "And which step sizes make the walk under half squared L2 leave the sheet?",
    verdict="verdict",
)


def data(
    w0: Annotated[float, Range(-6, 6, 0.1, symbol="w₀", label="starting weight")] = given.W0,
    eta: Annotated[float, Range(0.05, 2.5, 0.05, symbol="η", label="step size")] = given.ETA,
    lam: Annotated[float, Range(0, 4, 0.1, symbol="λ", label="strength")] = given.LAM,
    n: Annotated[int, Range(0, HORIZON, 1, label="step shown")] = 4,
) -> dict:
    """The three walks, whole and up to step n, and the update of that step written out."""
    l1 = walk_l1(w0, lam, eta, HORIZON)
    prox = walk_l1_prox(w0, lam, eta, HORIZON)
    l2 = walk_half_squared_l2(w0, lam, eta, HORIZON)
    steps = [k for k in range(HORIZON + 1)]
    shown = steps[: n + 1]
    return {
        "w0": w0,
        "eta": eta,
        "lam": lam,
        "n": n,
        "l1_start": {"x": [0], "y": [w0]},
        "l1_all": {"x": steps, "y": l1},
        "prox_all": {"x": steps, "y": prox},
        "l2_all": {"x": steps, "y": l2},
        "l1": {"x": shown, "y": l1[: n + 1]},
        "prox": {"x": shown, "y": prox[: n + 1]},
        "l2": {"x": shown, "y": l2[: n + 1]},
        "l1_update": above(l1_update(l1, n, eta, lam)),
        "prox_update": above(prox_update(prox, n, eta, lam)),
        "l2_update": above(l2_update(l2, n, eta, lam)),
    }


def above(text: str) -> dict:
    """A text at the upper left corner of a panel."""
    return {"x": -0.5, "y": REACH, "text": text}


def l1_update(walk: list, n: int, eta: float, lam: float) -> str:
    """The subgradient step that led to weight n, with its numbers."""
    if n == 0:
        return f"start: {number(walk[0])}"
    before = walk[n - 1]
    if before == 0:
        return f"step {n}: 0 − {number(eta)} × 0 = 0"
    way = "−" if sign(before) > 0 else "+"
    return f"step {n}: {number(before)} {way} {number(eta)} × {number(lam)} = {number(walk[n])}"


def prox_update(walk: list, n: int, eta: float, lam: float) -> str:
    """The proximal step that led to weight n, with its numbers."""
    if n == 0:
        return f"start: {number(walk[0])}"
    before = walk[n - 1]
    if walk[n] == 0:
        return f"step {n}: |{number(before)}| ≤ {number(eta)} × {number(lam)}, so 0"
    way = "−" if sign(before) > 0 else "+"
    return f"step {n}: {number(before)} {way} {number(eta)} × {number(lam)} = {number(walk[n])}"


def l2_update(walk: list, n: int, eta: float, lam: float) -> str:
    """The gradient step that led to weight n, with its numbers."""
    if n == 0:
        return f"start: {number(walk[0])}"
    before = number(walk[n - 1])
    pulled = f"({before})" if walk[n - 1] < 0 else before
    return f"step {n}: {before} − {number(eta)} × {number(lam)} × {pulled} = {number(walk[n])}"


def l1_verdict(walk: list, width: float) -> str:
    """What becomes of a walk under L1, in a few words."""
    arrival = steps_to_zero(walk)
    cycle = two_cycle(walk)
    if arrival == 0:
        return "starts at 0 and stays"
    if arrival > 0:
        return f"arrives at 0 after {count(arrival, 'step')} and stays"
    if width == 0:
        return "stays where it starts"
    if len(cycle) > 0:
        return f"jumps between {number(max(cycle))} and {number(min(cycle))} for ever"
    return f"is at {number(walk[-1])} after {count(len(walk) - 1, 'step')}"


def l2_verdict(w0: float, factor: float) -> str:
    """What becomes of the walk under half squared L2, in a few words."""
    if w0 == 0:
        return "starts at 0 and stays"
    if factor == 1:
        return "stays where it starts"
    if factor == 0:
        return "arrives at 0 in one step"
    if factor == 0.5:
        return "halves for ever and never arrives"
    if factor > 0:
        return f"keeps {number(factor)} of itself at each step and never arrives"
    if factor > -1:
        return "changes sides, comes closer and never arrives"
    if factor == -1:
        return f"jumps between {number(abs(w0))} and {number(-abs(w0))} for ever"
    return f"diverges: {number(-factor)} times as far at each step"


def facts(data: dict) -> dict:
    """Where each walk stands at step n, when it arrives at 0 (−1: not within the horizon), what becomes of it."""
    l1 = data["l1_all"]["y"]
    prox = data["prox_all"]["y"]
    l2 = data["l2_all"]["y"]
    n = data["n"]
    width = data["eta"] * data["lam"]
    factor = contraction_factor(data["lam"], data["eta"])
    l1_text = l1_verdict(l1, width)
    prox_text = l1_verdict(prox, width)
    l2_text = l2_verdict(data["w0"], factor)
    return {
        "horizon": len(l1) - 1,
        "l1_now": l1[n],
        "prox_now": prox[n],
        "l2_now": l2[n],
        "l1_steps_to_zero": steps_to_zero(l1),
        "prox_steps_to_zero": steps_to_zero(prox),
        "l2_steps_to_zero": steps_to_zero(l2),
        "cycle": two_cycle(l1),
        "step_length": width,
        "l2_factor": factor,
        "l1_verdict": l1_text,
        "prox_verdict": prox_text,
        "l2_verdict": l2_text,
        "verdict": f"Under L1 the subgradient walk {l1_text}; the proximal walk {prox_text}. "
        f"Under half squared L2 the walk {l2_text}.",
    }


def draw(figure, data: dict) -> None:
    """One panel for each walk; all have the same scales."""
    panels = figure.subplots(3, 1, sharex=True, sharey=True)
    kinds = (
        ("l1", "L1, subgradient steps", L1, "o"),
        ("prox", "L1, proximal steps", THIRD, "D"),
        ("l2", "Half squared L2", L2, "s"),
    )
    for axes, (name, title, style, marker) in zip(panels, kinds, strict=True):
        axes.set_label(name)
        axes.set_title(title, color=style["color"], pad=23)
        axes.set(xlim=(-0.5, HORIZON + 0.5), ylim=(-REACH, REACH), ylabel="weight w", yticks=(-5, 0, 5))
        zero_lines(axes, x=False)
        plot(
            axes,
            data,
            f"{name}_all",
            color="muted",
            linewidth=0.8,
            marker=marker,
            markersize=3,
            linestyle=style["linestyle"],
            alpha=0.6,
        )
        plot(axes, data, name, **style, linewidth=1.6, marker=marker, markersize=6)
        label(axes, data, f"{name}_update", dy=7, ha="left", va="bottom")
    plot(panels[0], data, "l1_start", color="l1", marker="o", markersize=9, markerfacecolor="none", linestyle="none")
    panels[-1].set(xlabel="step", xticks=range(0, HORIZON + 1, 5))


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Three walks of one weight from {number(data['w0'])} with step size {number(data['eta'])} and strength "
        f"{number(data['lam'])}, weight against step. {facts['verdict']} At step {data['n']} they stand at "
        f"{number(facts['l1_now'])}, {number(facts['prox_now'])} and {number(facts['l2_now'])}."
    )


run_script(__name__)

"""Step by step: L1 arrives or jumps over 0, its proximal step lands on 0, and half squared L2 only comes closer.

One weight under a penalty alone, three ways: subgradient steps w − ηλ·sign(w) on λ|w|; proximal steps on λ|w|, which
take ηλ off and stop at 0; gradient steps w − ηλw on λ/2·w². The strong part of each line is the walk up to the chosen
step, whose update is written out above. What becomes of the walks is said for the numbers as they are typed, on paper,
and for floating point where that ends otherwise.
"""

from typing import Annotated

from matplotlib.transforms import Affine2D, ScaledTranslation

from figpress import Live, Range, label, plot, run_script
from figures import given
from figures._marks import L1, L2, THIRD, tag, zero_lines
from figures._paper import l1_end, l1_prox_end, l2_factor
from figures._texts import count, number
from shrinkage import sign, steps_to_zero, two_cycle, walk_half_squared_l2, walk_l1, walk_l1_prox

SIZE = (5.6, 4.9)
HORIZON = 20
REACH = 6.6

ROWS = {"l1": 36, "prox": 21, "l2": 6}
"""How many points above the sheet each update is written."""

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
    kept = inside(l2)
    steps = [k for k in range(HORIZON + 1)]
    shown = steps[: n + 1]
    return {
        "w0": w0,
        "eta": eta,
        "lam": lam,
        "n": n,
        "l1_paper": l1_end(w0, lam, eta),
        "prox_paper": l1_prox_end(w0, lam, eta),
        "l2_factor": l2_factor(lam, eta),
        "moment": {"x": -0.5, "y": REACH, "text": f"After {count(n, 'step')}" if n > 0 else "The start"},
        "l1_start": {"x": [0], "y": [w0]},
        "l1_all": {"x": steps, "y": l1},
        "prox_all": {"x": steps, "y": prox},
        "l2_walk": l2,
        "l2_all": {"x": steps[: len(kept)], "y": kept},
        "l1": {"x": shown, "y": l1[: n + 1]},
        "prox": {"x": shown, "y": prox[: n + 1]},
        "l2": {"x": shown[: len(kept)], "y": kept[: n + 1]},
        "l1_update": above(l1_update(l1, n, eta, lam)),
        "prox_update": above(prox_update(prox, n, eta, lam)),
        "l2_update": above(l2_update(l2, n, eta, lam)),
    }


def inside(walk: list) -> list:
    """The walk up to the first weight beyond the sheet: what comes after it would only be a hatching."""
    for k in range(len(walk)):
        if abs(walk[k]) > REACH:
            return walk[: k + 1]
    return walk


def above(text: str) -> dict:
    """A text above the sheet."""
    return {"x": -0.5, "y": REACH, "text": text}


def l1_update(walk: list, n: int, eta: float, lam: float) -> str:
    """The subgradient step that led to weight n, with its numbers."""
    if n == 0:
        return f"w = {number(walk[0])}"
    before = walk[n - 1]
    if before == 0:
        return f"0 − {number(eta)} × 0 = 0"
    way = "−" if sign(before) > 0 else "+"
    return f"{number(before)} {way} {number(eta)} × {number(lam)} = {number(walk[n])}"


def prox_update(walk: list, n: int, eta: float, lam: float) -> str:
    """The proximal step that led to weight n, with its numbers."""
    if n == 0:
        return f"w = {number(walk[0])}"
    before = walk[n - 1]
    if walk[n] == 0:
        return f"|{number(before)}| ≤ {number(eta)} × {number(lam)}, so 0"
    way = "−" if sign(before) > 0 else "+"
    return f"{number(before)} {way} {number(eta)} × {number(lam)} = {number(walk[n])}"


def l2_update(walk: list, n: int, eta: float, lam: float) -> str:
    """The gradient step that led to weight n, with its numbers; that of a huge weight as one product, to be short."""
    if n == 0:
        return f"w = {number(walk[0])}"
    before = number(walk[n - 1])
    pulled = f"({before})" if walk[n - 1] < 0 else before
    if abs(walk[n - 1]) >= 1e6:
        return f"(1 − {number(eta)} × {number(lam)}) × {pulled} = {number(walk[n])}"
    return f"{before} − {number(eta)} × {number(lam)} × {pulled} = {number(walk[n])}"


def outcome(arrival: int | None, cycle: list) -> str:
    """What becomes of a walk that is at 0 after so many steps or jumps between two weights; nothing where it does neither."""
    if arrival == 0:
        return "starts at 0 and stays"
    if arrival is not None:
        return f"arrives at 0 after {count(arrival, 'step')} and stays"
    if len(cycle) > 0:
        return f"jumps between {number(max(cycle))} and {number(min(cycle))} for ever"
    return ""


def l1_verdict(paper: dict | None, walk: list) -> str:
    """What becomes of a walk under L1 on paper, and in floating point where that differs or is not there yet."""
    n_steps = len(walk) - 1
    arrival = steps_to_zero(walk)
    seen = outcome(arrival, two_cycle(walk))
    if walk[1] == walk[0] and arrival is None:
        return "stays where it starts"
    if seen == "":
        seen = f"is at {number(walk[-1])} after {count(n_steps, 'step')}"
        if paper is not None and (paper["arrival"] is None or paper["arrival"] > n_steps):
            return f"{seen}; followed further on paper, it {outcome(paper['arrival'], paper['cycle'])}"
    if paper is None:
        return f"in floating point {seen}"
    said = outcome(paper["arrival"], paper["cycle"])
    return said if said == seen else f"on paper {said}; in floating point it {seen}"


def l2_verdict(walk: list, factor: float) -> str:
    """What becomes of the walk under half squared L2, in a few words."""
    if walk[0] == 0:
        return "starts at 0 and stays"
    if factor == 1:
        return "stays where it starts"
    if factor == 0 and walk[1] != 0:
        return f"on paper arrives at 0 in one step; in floating point it is at {number(walk[1])} then"
    if factor == 0:
        return "arrives at 0 in one step"
    if factor == 0.5:
        return "halves for ever and never arrives"
    if factor > 0:
        return f"keeps {number(factor)} of itself at each step and never arrives"
    if factor > -1:
        return "changes sides, comes closer and never arrives"
    if factor == -1:
        return f"jumps between {number(abs(walk[0]))} and {number(-abs(walk[0]))} for ever"
    return f"diverges: {number(-factor)} times as far at each step"


def facts(data: dict) -> dict:
    """Where each walk stands at step n, when it arrives at 0 (none: not within the horizon), what becomes of it."""
    l1 = data["l1_all"]["y"]
    prox = data["prox_all"]["y"]
    l2 = data["l2_walk"]
    n = data["n"]
    l1_text = l1_verdict(data["l1_paper"], l1)
    prox_text = l1_verdict(data["prox_paper"], prox)
    l2_text = l2_verdict(l2, data["l2_factor"])
    return {
        "horizon": len(l1) - 1,
        "l1_now": l1[n],
        "prox_now": prox[n],
        "l2_now": l2[n],
        "l1_steps_to_zero": steps_to_zero(l1),
        "prox_steps_to_zero": steps_to_zero(prox),
        "l2_steps_to_zero": steps_to_zero(l2),
        "cycle": two_cycle(l1),
        "step_length": data["eta"] * data["lam"],
        "l2_factor": data["l2_factor"],
        "l1_verdict": l1_text,
        "prox_verdict": prox_text,
        "l2_verdict": l2_text,
        "verdict": f"Under L1 the subgradient walk {l1_text}. The proximal walk {prox_text}. "
        f"Under half squared L2 the walk {l2_text}.",
    }


def draw(figure, data: dict) -> None:
    """The three walks on one sheet, the chosen step of each written out above it."""
    axes = figure.subplots()
    axes.set_label("walks")
    # Room for the title and the three updates.
    axes.set_title(" ", pad=58)
    axes.set(xlim=(-0.5, HORIZON + 0.5), ylim=(-REACH, REACH), xlabel="step", ylabel="weight w")
    axes.set(xticks=range(0, HORIZON + 1, 5), yticks=range(-6, 7, 2))
    zero_lines(axes, x=False)
    label(axes, data, "moment", dy=56, ha="left", va="baseline", fontsize=12.5, weight="semibold")
    # The diamond is open, so that the dot inside can be seen where the two walks under L1 agree.
    kinds = (
        ("l2", "half squared L2", {**L2, "marker": "s", "markersize": 5.5}),
        ("l1", "L1, subgradient", {**L1, "marker": "o", "markersize": 5.5}),
        ("prox", "L1, proximal", {**THIRD, "marker": "D", "markersize": 8.5, "markerfacecolor": "none"}),
    )
    for name, words, style in kinds:
        faint = {**style, "markersize": style["markersize"] - 2.5, "alpha": 0.4, "zorder": 1.5}
        plot(axes, data, f"{name}_all", linewidth=0.8, **faint)
        plot(axes, data, name, linewidth=1.6, **style)
        _sample(axes, style, ROWS[name])
        tag(axes, -0.5, REACH, words, f"{name}_name", style["color"], dx=26, dy=ROWS[name], va="baseline")
        label(axes, data, f"{name}_update", dx=122, dy=ROWS[name], ha="left", va="baseline", color=style["color"])
    plot(axes, data, "l1_start", color="l1", marker="o", markersize=10, markerfacecolor="none", linestyle="none")


def _sample(axes, style: dict, height: float) -> None:
    """A piece of a walk before its name, ``height`` points above the sheet."""
    points = Affine2D().scale(1 / 72) + axes.figure.dpi_scale_trans + ScaledTranslation(0, 1, axes.transAxes)
    heights = [height + 4] * 3
    axes.plot([0, 11, 22], heights, **style, markevery=[1], transform=points, clip_on=False, in_layout=False)


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Three walks of one weight from {number(data['w0'])} with step size {number(data['eta'])} and strength "
        f"{number(data['lam'])}, weight against step. {facts['verdict']} At step {data['n']} they stand at "
        f"{number(facts['l1_now'])}, {number(facts['prox_now'])} and {number(facts['l2_now'])}."
    )


run_script(__name__)

"""A step that does not divide the start jumps over 0 for ever; the proximal step lands on 0 and stays.

Both walks descend the penalty λ|w| alone, in steps of length ηλ, and agree until one step is longer than what is
left. The subgradient step w − ηλ·sign(w) is taken whole and changes sides; the proximal step (soft thresholding)
stops at 0. The lower panel is the end of the upper one, close to 0.
"""

from typing import Annotated

from figpress import Range, run_script
from figures import given
from figures._marks import L1, L1_MARK, THIRD, THIRD_MARK, apart, note, padded, zero_lines
from figures._paper import l1_end, l1_prox_end, misses
from figures._steps import N_STEPS_UNEVEN
from figures._texts import count, number
from shrinkage import steps_to_zero, two_cycle, walk_l1, walk_l1_prox

SIZE = (5.6, 5.6)
OPEN = {"markerfacecolor": "none", "markeredgewidth": 1.4}


def data(
    w0: Annotated[float, Range(-10, 10, 0.1, symbol="w₀", label="starting weight")] = given.W0_UNEVEN,
    eta: Annotated[float, Range(0.05, 2.5, 0.05, symbol="η", label="step size")] = given.ETA,
    lam: Annotated[float, Range(0.1, 4, 0.1, symbol="λ", label="strength")] = given.LAM,
    n_steps: Annotated[int, Range(4, 60, 1, label="number of steps")] = N_STEPS_UNEVEN,
) -> dict:
    """Both walks; when each arrives, and between which values the first one jumps."""
    walk = walk_l1(w0, lam, eta, n_steps)
    prox = walk_l1_prox(w0, lam, eta, n_steps)
    ends = {"walk": l1_end(w0, lam, eta), "prox": l1_prox_end(w0, lam, eta)}
    return {
        "step": list(range(n_steps + 1)),
        "walk": walk,
        "prox": prox,
        "eta": eta,
        "lam": lam,
        "step_length": eta * lam,
        "steps_to_zero": steps_to_zero(walk),
        "prox_steps_to_zero": steps_to_zero(prox),
        "cycle": sorted(two_cycle(walk)),
        # On paper, where the walk as computed ends otherwise.
        "on_paper": {
            name: {"arrival": end["arrival"]}
            for (name, end), taken in zip(ends.items(), (walk, prox), strict=True)
            if misses(end, taken)
        },
    }


def facts(data: dict) -> dict:
    """The cycle (empty where there is none) and when each walk arrives at 0 (none: it does not)."""
    cycle = data["cycle"]
    return {
        "start": data["walk"][0],
        "eta": data["eta"],
        "lam": data["lam"],
        "n_steps": len(data["walk"]) - 1,
        "step_length": data["step_length"],
        "cycle": cycle,
        "cycle_low": cycle[0] if cycle else 0.0,
        "cycle_high": cycle[1] if cycle else 0.0,
        "cycle_width": cycle[1] - cycle[0] if cycle else 0.0,
        "l1_steps_to_zero": data["steps_to_zero"],
        "prox_steps_to_zero": data["prox_steps_to_zero"],
        "last": data["walk"][-1],
        "prox_last": data["prox"][-1],
    }


def outcome(cycle: list[float], steps: int | None) -> str:
    """What becomes of a walk, in a few words."""
    if cycle:
        return f"{number(cycle[1])}, {number(cycle[0])}, …"
    return "not at 0 yet" if steps is None else f"0 at step {steps}"


def outcomes(data: dict, name: str) -> str:
    """The same of the walk or prox walk, on paper and in floating point where these differ."""
    cycle, steps = (data["cycle"], data["steps_to_zero"]) if name == "walk" else ([], data["prox_steps_to_zero"])
    seen = outcome(cycle, steps)
    if name not in data["on_paper"]:
        return seen
    return f"{outcome([], data['on_paper'][name]['arrival'])}\non paper; in floats\n{seen}"


def ending(data: dict) -> str:
    """What the last steps are, for the title above them."""
    if data["on_paper"]:
        return "floating point differs from paper"
    if data["cycle"]:
        return f"a two-cycle of width {number(data['cycle'][1] - data['cycle'][0])}"
    return "not there yet" if data["steps_to_zero"] is None else "both have arrived"


def draw(figure, data: dict) -> None:
    """The whole walks above, their end close to 0 below."""
    above, below = figure.subplots(2, 1)
    walk, prox, step = data["walk"], data["prox"], data["step"]
    size = 6.5 if len(walk) <= 30 else 4

    for axes, name in ((above, "walk"), (below, "end")):
        axes.set_label(name)
        zero_lines(axes, x=False)
        axes.plot(step, walk, **L1, linewidth=1.3, gid="walk_line")
        axes.plot(step, prox, **THIRD, linewidth=1.3, gid="prox_line")
        axes.plot(step, walk, **L1_MARK, markersize=size, gid="walk")
        # The diamond is open, so that the dot inside can be seen where the two walks agree.
        axes.plot(step, prox, **THIRD_MARK, **OPEN, markersize=size + 2.5, gid="prox")
        axes.set(xlabel="step", ylabel="weight w")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.yaxis.get_major_locator().set_params(nbins=5)

    above.set_title(f"Two ways to take steps of {number(data['step_length'])} from {number(walk[0])}")
    above.set(xlim=(-0.4, step[-1] + 0.4), ylim=padded([*walk, *prox], share=0.1))

    arrival = data["prox_steps_to_zero"]
    # Three steps at least; the last ones before an arrival, and what comes of it.
    shown = max(0, min(step[-1] if arrival is None else arrival, step[-1] - 3) - 2)
    low, high = padded([*walk[shown + 1 :], *prox[shown + 1 :]], share=0.2)
    below.set_title(f"Close to 0: {ending(data)}")
    below.set(xlim=(shown - 0.4, step[-1] + 0.4), ylim=(low, high))

    texts = [f"subgradient:\n{outcomes(data, 'walk')}", f"proximal:\n{outcomes(data, 'prox')}"]
    # Points, roughly, only to keep the labels apart: a line of text has 15, the axes 125.
    gap = 8 * (texts[0] + texts[1]).count("\n") + 14
    places = apart([walk[-1], prox[-1]], gap=gap * (high - low) / 125)
    for text, place, colour, key in zip(texts, places, ("l1", "third"), ("walk_label", "prox_label"), strict=True):
        note(below, text, (1, place), (8, 0), xycoords=("axes fraction", "data"), color=colour, gid=key)


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    on_paper = {
        name: f"on paper is at 0 after {count(end['arrival'], 'step')}, in floating point "
        for name, end in data["on_paper"].items()
    }
    cycle, arrival, prox_arrival = facts["cycle"], facts["l1_steps_to_zero"], facts["prox_steps_to_zero"]
    if cycle:
        end = f"in the end jumps between {number(cycle[1])} and {number(cycle[0])} for ever"
    else:
        end = "is not at 0 yet" if arrival is None else f"is at 0 after {count(arrival, 'step')}"
    prox_end = "is not at 0 yet" if prox_arrival is None else f"lands on 0 at step {prox_arrival} and stays"
    return (
        f"Two walks under L1 from w = {number(facts['start'])} in steps of {number(facts['step_length'])}, "
        f"{facts['n_steps']} of them. The walk by subgradient {on_paper.get('walk', '')}{end}. "
        f"The walk by proximal steps {on_paper.get('prox', '')}{prox_end}."
    )


run_script(__name__)

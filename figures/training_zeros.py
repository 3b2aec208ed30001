"""One weight that should be 0, trained with L1 in different ways: most hover round 0, and some are exactly 0.

The data pull at the weight less hard than λ, so that 0 is best. Batches tell the pull with noise. Subgradient steps cross 0 again and
again; shrinking steps cross it in ever smaller ones; a proximal step stops at 0 and leaves it when a batch pulls harder than λ;
dual averaging looks at the mean of all slopes so far, in which the noise cancels.
"""

import numpy as np

from figpress import run_script
from figures import given
from figures._marks import L1, THIRD, zero_lines
from figures._texts import number
from shrinkage import squared_error_slope, update_dual_averaging, update_l1, update_l1_prox

SIZE = (5.6, 5.6)
LOW, HIGH = -0.62, 0.8
PANELS = {
    "subgradient": "subgradient, all data",
    "noisy": "subgradient, batches",
    "shrinking": "the same, steps shrink",
    "proximal": "proximal, batches",
    "whole": "proximal, all data",
    "dual": "dual averaging, batches",
}


def data() -> dict:
    """The weights of each training, step by step."""
    noise = given.TRAINING_NOISE * np.random.default_rng(given.TRAINING_SEED).standard_normal(given.TRAINING_STEPS)
    quiet = np.zeros(given.TRAINING_STEPS)
    walks = {
        "subgradient": train("subgradient", quiet),
        "noisy": train("subgradient", noise),
        "shrinking": train("shrinking", noise),
        "proximal": train("proximal", noise),
        "whole": train("proximal", quiet),
        "dual": train("dual", noise),
    }
    noisy = np.array(walks["noisy"])
    return {**walks, "average": (np.cumsum(noisy) / np.arange(1, len(noisy) + 1)).tolist()}


def train(kind: str, noise) -> list:
    """The weights under one kind of step; ``noise`` is what each batch adds to the slope of the error."""
    lam, eta = given.TRAINING_LAM, given.TRAINING_ETA
    w, total = given.TRAINING_W0, 0.0
    walk = [w]
    for k, error in enumerate(noise.tolist(), 1):
        # x = 1 and b = 0: at w = 0 the data pull with 2y.
        H = squared_error_slope(w, 1.0, given.TRAINING_Y, 0.0) + error
        if kind == "dual":
            total += H
            w = update_dual_averaging(total / k, lam, given.TRAINING_GAMMA, k)
        elif kind == "proximal":
            w = update_l1_prox(w, H, lam, eta)
        else:
            w = update_l1(w, H, lam, eta / k**0.5 if kind == "shrinking" else eta)
        walk.append(w)
    return walk


def facts(data: dict) -> dict:
    """Over the second half of the steps: how far from 0 each is typically, and how often it is exactly 0."""
    half = given.TRAINING_STEPS // 2
    found = {
        "pull": 2 * given.TRAINING_Y,
        "half": half,
        "average": data["average"][-1],
        "n_ways": len(PANELS),
    }
    for name in PANELS:
        late = np.array(data[name][half + 1 :])
        found[f"{name}_size"] = float(np.sqrt(np.mean(late**2)))
        found[f"{name}_zeros"] = int(np.sum(late == 0))
        found[f"{name}_zero_share"] = float(np.mean(late == 0))
    last = np.flatnonzero(np.array(data["dual"]) != 0)[-1]
    found["dual_from"] = int(last) + 1
    found["whole_from"] = int(np.flatnonzero(np.array(data["whole"]) != 0)[-1]) + 1
    return found


def draw(figure, data: dict) -> None:
    """A panel for each way."""
    panels = figure.subplots(3, 2, sharex=True, sharey=True)
    found = facts(data)
    for axes, (name, title) in zip(panels.flat, PANELS.items(), strict=True):
        axes.set_label(name)
        exact = found[f"{name}_zeros"] > 0
        look = THIRD if exact else L1
        axes.set_title(title, color=look["color"])
        axes.set(xlim=(0, given.TRAINING_STEPS), ylim=(LOW, HIGH), yticks=(-0.3, 0, 0.3))
        ticks = (0, given.TRAINING_STEPS // 2, given.TRAINING_STEPS)
        axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
        # The last number of a panel keeps clear of the first of the next; only those of the last row are there.
        for label, side in zip(axes.get_xticklabels(), ("left", "center", "right"), strict=False):
            label.set_horizontalalignment(side)
        zero_lines(axes, x=False)
        axes.plot(data[name], color=look["color"], linewidth=0.9, gid=f"walk_{name}")
        if exact:
            share = found[f"{name}_zero_share"]
            text = f"exactly 0: {number(100 * share, 3)}%"
        else:
            text = f"never 0, off by {number(found[f'{name}_size'], 2)}"
        axes.text(given.TRAINING_STEPS, HIGH, text, ha="right", va="top", color="muted")
        if name == "noisy":
            axes.plot(data["average"], color="ink", linewidth=1.6, linestyle=(0, (5, 2)), gid="average")
            axes.text(given.TRAINING_STEPS, LOW, "dashed: average", ha="right", va="bottom", color="ink")
    for axes in panels[-1]:
        axes.set_xlabel("step")
    for axes in panels[:, 0]:
        axes.set_ylabel("weight w")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    said = [
        f"{title}: exactly 0 in {number(100 * facts[f'{name}_zero_share'], 3)}% of the last {facts['half']} steps, typically off by "
        f"{number(facts[f'{name}_size'], 2)}"
        for name, title in PANELS.items()
    ]
    return f"{facts['n_ways']} panels, each with one weight over {given.TRAINING_STEPS} steps of training. {'; '.join(said)}."


run_script(__name__)

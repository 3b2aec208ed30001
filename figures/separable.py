"""Classes that a threshold parts: without a penalty the loss falls for ever, and any penalty gives it a lowest point.

Logistic loss of one weight, its bias fixed at 0, on samples of which those above 0 are of one class and those below of the other.
Left, the loss against the weight, alone and with λ|w| or λw²; right, the weight in gradient descent (proximal under L1).
"""

import numpy as np

from figpress import run_script
from figures import given
from figures._marks import L1, L2, note
from figures._texts import number
from shrinkage import (
    gradient_descent,
    l1,
    l1_prox,
    logistic_gradient,
    logistic_loss,
    proximal_descent,
    squared_l2,
    squared_l2_gradient,
)

SIZE = (5.6, 3.6)
REACH = 6.0
TOP = 12.0
NAMES = ("none", "l1", "l2")
LOOKS = {"none": {"color": "data", "linestyle": (0, (1, 1.4))}, "l1": L1, "l2": L2}
MARKERS = {"none": "^", "l1": "o", "l2": "s"}


def slope(w):
    """Of the loss, at weights of shape (1,)."""
    return logistic_gradient(w, 0.0, SAMPLES, CLASSES)[0]


SAMPLES = np.array([[x] for x in given.SEPARABLE_X])
CLASSES = (SAMPLES[:, 0] > 0).astype(float)


def data() -> dict:
    """Losses against the weight, and the weights step by step."""
    lam, eta, n_steps = given.SEPARABLE_LAM, given.SEPARABLE_ETA, given.SEPARABLE_STEPS
    across = np.linspace(-1, REACH, 71)
    loss = np.array([logistic_loss([w], 0.0, SAMPLES, CLASSES) for w in across])
    start = np.zeros(1)
    return {
        "across": across,
        "none": loss,
        "l1": loss + l1(across, lam),
        "l2": loss + squared_l2(across, lam),
        "walk_none": gradient_descent(slope, start, eta, n_steps)[:, 0],
        "walk_l1": proximal_descent(slope, lambda v, eta: l1_prox(v, lam, eta), start, eta, n_steps)[:, 0],
        "walk_l2": gradient_descent(lambda w: slope(w) + squared_l2_gradient(w, lam), start, eta, n_steps)[:, 0],
    }


def facts(data: dict) -> dict:
    """Where each weight is after a tenth of the steps and after all of them."""
    tenth = given.SEPARABLE_STEPS // 10
    found = {"n_samples": len(CLASSES), "tenth": tenth, "zeroing_lam": float(abs(slope(np.zeros(1))[0]))}
    for name in NAMES:
        found[f"{name}_early"] = float(data[f"walk_{name}"][tenth])
        found[f"{name}_end"] = float(data[f"walk_{name}"][-1])
    return found


def draw(figure, data: dict) -> None:
    """Two panels."""
    loss, walk = figure.subplots(1, 2)
    loss.set_label("loss")
    loss.set_title("Loss")
    loss.set(xlim=(-1, REACH), ylim=(0, 5.5), xticks=(0, 3, 6), yticks=(0, 2, 4), xlabel="weight w")
    walk.set_label("walk")
    walk.set_title("Training")
    walk.set(xscale="log", xlim=(1, given.SEPARABLE_STEPS), ylim=(0, TOP), yticks=(0, 5, 10), xlabel="step")
    walk.set_xticks((1, 10, 100, 1000), ("1", "10", "100", "1,000"))
    walk.minorticks_off()
    words = {"none": "no penalty", "l1": "L1", "l2": "squared L2"}
    for name in NAMES:
        look = LOOKS[name]
        loss.plot(data["across"], data[name], **look, gid=name)
        steps = np.arange(1, len(data[f"walk_{name}"]))
        walk.plot(steps, data[f"walk_{name}"][1:], **look, gid=f"walk_{name}")
        if name != "none":
            low = int(np.argmin(data[name]))
            loss.plot(
                data["across"][low],
                data[name][low],
                color=look["color"],
                marker=MARKERS[name],
                linestyle="none",
                gid=f"low_{name}",
            )
        end = float(data[f"walk_{name}"][-1])
        note(
            walk,
            words[name],
            (given.SEPARABLE_STEPS, end),
            (-2, 9),
            ha="right",
            color=look["color"],
        )
    for name, at, offset in (("none", 4.5, (0, 14)), ("l1", 5.2, (0, 11)), ("l2", 3.5, (5, 0))):
        k = int(np.argmin(np.abs(data["across"] - at)))
        ha = "left" if name == "l2" else "center"
        note(loss, words[name], (data["across"][k], data[name][k]), offset, color=LOOKS[name]["color"], ha=ha)


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Left, the logistic loss of {facts['n_samples']} samples against one weight: alone it falls for ever, with L1 or squared L2 it "
        f"has a lowest point. Right, the weight over {given.SEPARABLE_STEPS} steps: without a penalty it is "
        f"{number(facts['none_early'], 3)} after {facts['tenth']} steps and {number(facts['none_end'], 3)} at the end, still rising; "
        f"with L1 it rests at {number(facts['l1_end'], 3)}, with squared L2 at {number(facts['l2_end'], 3)}."
    )


run_script(__name__)

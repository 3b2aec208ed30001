"""With a step size of 1, squared L2 is stable only where x² + λ < 1, and with a trained bias nowhere.

One step on (wx + b − y)² + λw² with η = 1. With b fixed it multiplies the distance to the minimiser by 1 − 2(x² + λ),
which is smaller than 1 in size only inside the parabola. With b trained as well, the largest eigenvalue of the step
matrix decides: it is above 1 in size for every x but 0. The lower panel is a cut through the upper one at the λ of
the dotted line.
"""

from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._marks import L2, THIRD, note, number
from shrinkage import joint_step_matrix, spectral_radius, squared_l2_step_factor

SIZE = (5.6, 6)
REACH = 1.5
"""Features are shown from −REACH to REACH."""


def data(lam: Annotated[float, Range(0, 1.4, 0.05, symbol="λ", label="strength")] = given.STABILITY_LAM) -> dict:
    """The edge of the stable region, and both growth factors along one cut through it."""
    x = np.union1d(np.linspace(-REACH, REACH, 121), [0.0])
    edge_x = np.linspace(-1.0, 1.0, 81)
    return {
        "lam": lam,
        "x": x,
        # Where 1 − 2(x² + λ) is −1.
        "edge_x": edge_x,
        "edge": 1 / given.ETA_ONE - edge_x * edge_x,
        "fixed": np.abs(squared_l2_step_factor(x, lam, given.ETA_ONE)),
        "joint": np.array([spectral_radius(joint_step_matrix(v, lam, given.ETA_ONE)) for v in x]),
    }


def facts(data: dict) -> dict:
    """Up to which size of x the step is stable at this λ with b fixed, and how small the growth gets with b trained."""
    lam, apart = data["lam"], data["x"] != 0
    edge = (1 / given.ETA_ONE - lam) ** 0.5 if lam < 1 / given.ETA_ONE else 0.0
    return {
        "lam": lam,
        "stable_x": edge,
        "fixed_at_edge": abs(squared_l2_step_factor(edge, lam, given.ETA_ONE)),
        "joint_at_zero": float(data["joint"][~apart][0]),
        "joint_smallest_apart": float(data["joint"][apart].min()),
        "joint_at_one": spectral_radius(joint_step_matrix(1.0, lam, given.ETA_ONE)),
        "fixed_at_one": abs(squared_l2_step_factor(1.0, lam, given.ETA_ONE)),
    }


def draw(figure, data: dict) -> None:
    """The plane of x and λ above, a cut through it below."""
    plane, cut = figure.subplots(2, 1, sharex=True, height_ratios=[1, 1.1])
    lam = data["lam"]

    plane.set_label("plane")
    plane.set_title("With b fixed: stable where x² + λ < 1")
    plane.fill_between(data["edge_x"], 0, data["edge"], color="l2_soft", linewidth=0, gid="stable")
    plane.plot(data["edge_x"], data["edge"], **L2, gid="edge")
    plane.plot([-REACH, REACH], [lam, lam], color="ink", linewidth=1, linestyle=(0, (1, 2)), gid="cut")
    plane.set(ylabel="strength λ", xlim=(-REACH, REACH), ylim=(0, 1.5))
    plane.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    note(plane, f"cut at λ = {number(lam)}", (REACH, lam), (0, 3), ha="right", va="bottom", gid="cut_label")

    height = 0.7 if lam < 0.45 else 0.2
    plane.text(0, height, "stable", color="l2", ha="center", va="center")
    plane.text(-0.78 * REACH, height, "diverges", color="l2", ha="center", va="center")

    cut.set_label("cut")
    cut.set_title(f"Growth per step at λ = {number(lam)}: above 1 it diverges")
    cut.axhline(1, color="muted", linewidth=0.9, zorder=0.5)
    cut.plot(data["x"], data["joint"], **THIRD, gid="joint")
    cut.plot(data["x"], data["fixed"], **L2, gid="fixed")
    cut.set(xlabel="feature x", ylabel="growth factor", ylim=(0, 3))
    cut.set_yticks([0, 1, 2, 3])
    cut.set_xticks([-1, 0, 1], ["−1", "0", "1"])
    # Beside the right branch of each curve, high up: the steeper curve has its name inside, the other outside.
    right, height = data["x"] > 0, 2.5
    joint, fixed = (float(np.interp(height, data[key][right], data["x"][right])) for key in ("joint", "fixed"))
    note(cut, "b trained", (joint, height), (-7, 0), color="third", ha="right", gid="joint_label")
    note(cut, "b fixed", (fixed, height), (7, 0), color="l2", gid="fixed_label")
    figure.align_ylabels()


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    lam = number(facts["lam"])
    edge = facts["stable_x"]
    fixed = f"below 1 for x up to {number(edge)} in size" if edge > 0 else "at least 1 for every x"
    return (
        f"Above, the plane of feature x and strength λ: with the bias fixed, a step of size 1 is stable under the "
        f"parabola x² + λ = 1. Below, at λ = {lam}, the growth of the distance to the minimum in one step: with the "
        f"bias fixed it is {fixed}; with the bias trained as well it is {number(facts['joint_at_zero'])} at x = 0 and "
        f"more everywhere else, {number(facts['joint_at_one'])} at x = 1."
    )


run_script(__name__)

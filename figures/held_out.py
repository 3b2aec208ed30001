"""Held-out samples choose λ, and other samples choose another: on these data little is gained, but the list is shorter.

The diabetes data, shuffled and split: on one part the lasso and ridge are fitted at every λ, on the other, held out, their
error is measured (as a mean of squared errors). Lines: one shuffle, with its lowest points marked. The small marks below are the
λ that other shuffles choose; those at the left edge would rather have no penalty at all.
"""

from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._diabetes import diabetes
from figures._marks import L1, L2, tag
from shrinkage import (
    L1 as L1_PENALTY,
)
from shrinkage import (
    along_directions,
    between_knots,
    lam_max,
    lasso_knots,
    least_squares,
    linear_model,
    mean_squared_error,
    ridge_directions,
    standardise,
)

SIZE = (5.6, 3.9)
LOW = 0.0
HIGH = 5.0
STRENGTHS = 10 ** np.linspace(LOW, HIGH, 251)
LEAST = 1.9
THOUSAND = 1000


def split(seed: int) -> dict:
    """Training and held-out samples, standardised by what the training samples say."""
    table = diabetes()
    order = np.random.default_rng(seed).permutation(len(table["y"]))
    training, held_out = order[: -given.HELD_OUT_N], order[-given.HELD_OUT_N :]
    Z, mean, scale = standardise(table["X"][training])
    return {
        "Z": Z,
        "y": table["y"][training],
        "Z_held_out": (table["X"][held_out] - mean) / scale,
        "y_held_out": table["y"][held_out],
    }


def tried(parts: dict) -> dict:
    """The weights and held-out errors at all strengths, for the lasso and for ridge, and of least squares."""
    knots, directions = lasso_knots(parts["Z"], parts["y"]), ridge_directions(parts["Z"], parts["y"])
    plain = least_squares(parts["Z"], parts["y"])

    def errors(weights):
        # All at once: to work them out one by one would take as long as all else here.
        missed = parts["y_held_out"] - plain.b - np.asarray(weights) @ parts["Z_held_out"].T
        return np.mean(np.square(missed), axis=1)

    plain_error, mean_error = errors([plain.w, 0 * plain.w])
    found = {
        "plain_error": plain_error,
        "mean_error": mean_error,
        "lam_max": lam_max(parts["Z"], parts["y"]),
        "knots": knots,
    }
    for name, read, stored in (("lasso", between_knots, knots), ("ridge", along_directions, directions)):
        weights = [read(lam, *stored) for lam in STRENGTHS]
        held_out_errors = errors(weights)
        best = int(np.argmin(held_out_errors))
        found[name] = {
            "errors": held_out_errors,
            "best": float(STRENGTHS[best]),
            "error": held_out_errors[best],
            "weights": weights[best],
        }
    return found


def data(seed: Annotated[int, Range(0, 9999, 1, label="seed of the shuffle")] = given.HELD_OUT_SEED) -> dict:
    """Held-out errors against λ in one shuffle, and the λ that other shuffles choose."""
    parts = split(seed)
    found = tried(parts)
    others = [tried(split(seed + 1 + k)) for k in range(given.HELD_OUT_SHUFFLES)]
    kept = np.flatnonzero(found["lasso"]["weights"])
    lam = found["lasso"]["best"]
    table = diabetes()
    refit = least_squares(parts["Z"][:, kept], parts["y"])
    return {
        "n_training": len(parts["y"]),
        "n_held_out": len(parts["y_held_out"]),
        "lams": STRENGTHS,
        "kept_elsewhere": [np.flatnonzero(between_knots(lam, *other["knots"])).tolist() for other in others],
        "kept_of_all": np.flatnonzero(between_knots(lam, *lasso_knots(standardise(table["X"])[0], table["y"]))),
        "tc_with_ldl": float(np.corrcoef(*(table["X"][:, table["names"].index(name)] for name in ("tc", "ldl")))[0, 1]),
        "lasso": found["lasso"],
        "ridge": found["ridge"],
        "plain_error": found["plain_error"],
        "mean_error": found["mean_error"],
        "lasso_elsewhere": [other["lasso"]["best"] for other in others],
        "ridge_elsewhere": [other["ridge"]["best"] for other in others],
        "names": table["names"],
        "kept": kept,
        "refit": refit.w,
        "refit_error": mean_squared_error(
            parts["y_held_out"], linear_model(parts["Z_held_out"][:, kept], refit.w, refit.b)
        ),
    }


def facts(data: dict) -> dict:
    """The chosen λ and what it gains; what other shuffles choose and keep; the kept weights, shrunk and fitted anew."""
    lasso = np.array(data["lasso"]["weights"])
    tc, ldl = (data["names"].index(name) for name in ("tc", "ldl"))
    return {
        "n_training": data["n_training"],
        "n_held_out": data["n_held_out"],
        "n_shuffles": len(data["lasso_elsewhere"]),
        "plain_error": data["plain_error"],
        "mean_error": data["mean_error"],
        "lasso_lam": data["lasso"]["best"],
        "lasso_error": data["lasso"]["error"],
        "ridge_lam": data["ridge"]["best"],
        "ridge_error": data["ridge"]["error"],
        "lasso_gain": 1 - data["lasso"]["error"] / data["plain_error"],
        "ridge_gain": 1 - data["ridge"]["error"] / data["plain_error"],
        "n_kept": len(data["kept"]),
        "names_kept": ", ".join(data["names"][j] for j in data["kept"]),
        "only_here": ", ".join(data["names"][j] for j in data["kept"] if j not in data["kept_of_all"]),
        "only_of_all": ", ".join(data["names"][j] for j in data["kept_of_all"] if j not in data["kept"]),
        "tc_with_ldl": data["tc_with_ldl"],
        "n_tc_alone": sum(tc in kept and ldl not in kept for kept in data["kept_elsewhere"]),
        "n_ldl_alone": sum(ldl in kept and tc not in kept for kept in data["kept_elsewhere"]),
        "lowest_elsewhere": min(data["lasso_elsewhere"]),
        "highest_elsewhere": max(data["lasso_elsewhere"]),
        "n_without": int(sum(lam == STRENGTHS[0] for lam in data["lasso_elsewhere"])),
        "kept": [
            {"name": data["names"][j], "shrunk": float(lasso[j]), "refit": float(w)}
            for j, w in zip(data["kept"], data["refit"], strict=True)
        ],
        "share_left": L1_PENALTY(1.0).value(lasso) / L1_PENALTY(1.0).value(data["refit"]),
        "refit_error": data["refit_error"],
    }


def draw(figure, data: dict) -> None:
    """Two curves with their lowest points, the level of least squares, and a row of marks for other shuffles."""
    axes = figure.subplots()
    axes.set_label("held_out")
    places = np.log10(data["lams"])
    most = max(*data["lasso"]["errors"], *data["ridge"]["errors"]) / THOUSAND
    axes.set(
        xlim=(LOW - 0.1, HIGH + 0.1),
        ylim=(LEAST, 1.06 * most),
        xlabel="strength λ",
        ylabel="held-out error, in thousands",
        xticks=range(int(LOW), int(HIGH) + 1),
        yticks=range(2, int(most) + 1),
    )
    axes.set_xticklabels([f"{10**place:,}" for place in range(int(LOW), int(HIGH) + 1)])
    axes.axhline(data["plain_error"] / THOUSAND, color="muted", linewidth=1, gid="plain_error")
    tag(axes, LOW, data["plain_error"] / THOUSAND, "least squares", "plain_label", "muted", dx=2, dy=9)
    for row, (name, style, mark) in enumerate((("lasso", L1, "o"), ("ridge", L2, "s"))):
        colour = style["color"]
        axes.plot(places, np.array(data[name]["errors"]) / THOUSAND, **style, gid=name)
        axes.plot(
            [np.log10(data[name]["best"])],
            [data[name]["error"] / THOUSAND],
            color=colour,
            marker=mark,
            linestyle="none",
            markersize=8,
            markeredgecolor="paper",
            gid=f"{name}_best",
        )
        level = LEAST + 0.5 - 0.28 * row
        axes.plot(
            np.log10(data[f"{name}_elsewhere"]),
            [level] * len(data[f"{name}_elsewhere"]),
            color=colour,
            marker=mark,
            markersize=5,
            linestyle="none",
            alpha=0.5,
            markeredgewidth=0,
            gid=f"{name}_elsewhere",
        )
    tag(axes, HIGH, data["lasso"]["errors"][-1] / THOUSAND, "L1", "lasso_label", "l1", dy=9, ha="right")
    middle = int(0.72 * len(places))
    tag(
        axes,
        places[middle],
        data["ridge"]["errors"][middle] / THOUSAND,
        "squared L2",
        "ridge_label",
        "l2",
        dx=-10,
        ha="right",
    )
    tag(axes, HIGH, LEAST + 0.36, "other shuffles", "elsewhere_label", "muted", ha="right")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Held-out error against λ for L1 and squared L2, fitted on {facts['n_training']} samples and measured on "
        f"{facts['n_held_out']} others. Both curves are nearly flat at first, dip a little below the {facts['plain_error']:,.0f} of least "
        f"squares, and then climb to {facts['mean_error']:,.0f}. L1 is lowest at λ = {facts['lasso_lam']:,.0f}, with "
        f"{facts['lasso_error']:,.0f} and {facts['n_kept']} features; squared L2 at λ = {facts['ridge_lam']:,.0f}, with "
        f"{facts['ridge_error']:,.0f}. In {facts['n_shuffles']} other shuffles L1's best λ lies between {facts['lowest_elsewhere']:,.0f} and "
        f"{facts['highest_elsewhere']:,.0f}."
    )


run_script(__name__)

"""Held-out samples choose λ, and other samples choose another: on these data little is gained, but the list is shorter.

The diabetes data, shuffled and split: on one part the lasso and ridge are fitted at every λ, on the other, held out, their
error is measured (as a mean of squared errors). Above: one shuffle, with its lowest points marked. In the middle: the λ at which
other shuffles have their lowest points; those at the left edge would rather have no penalty at all. Below, cross-validation:
all samples are held out once, a part at a time, and the errors are averaged over the parts.
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

SIZE = (5.6, 6.4)
LOW = 0.0
HIGH = 5.0
STRENGTHS = 10 ** np.linspace(LOW, HIGH, 251)
THOUSAND = 1000


def split(seed: int) -> dict:
    """Training and held-out samples of one shuffle."""
    order = np.random.default_rng(seed).permutation(len(diabetes()["y"]))
    return parted(order[: -given.HELD_OUT_N], order[-given.HELD_OUT_N :])


def parted(training, held_out) -> dict:
    """Training and held-out samples, given their places in the table, standardised by what the training samples say."""
    table = diabetes()
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


def cross_validated(seed: int) -> dict:
    """For the lasso and ridge at every λ the held-out error, averaged over the parts, and its standard error."""
    order = np.random.default_rng(seed).permutation(len(diabetes()["y"]))
    parts = np.array_split(order, given.HELD_OUT_PARTS)
    rounds = [tried(parted(np.setdiff1d(order, part), part)) for part in parts]
    found = {}
    for name in ("lasso", "ridge"):
        errors = np.array([one[name]["errors"] for one in rounds])
        mean = errors.mean(axis=0)
        deviation = errors.std(axis=0, ddof=1) / np.sqrt(len(parts))
        best = int(np.argmin(mean))
        # The largest strength whose average is not clearly worse than the lowest.
        simplest = int(np.flatnonzero(mean <= mean[best] + deviation[best])[-1])
        found[name] = {"mean": mean, "deviation": deviation, "best": best, "simplest": simplest}
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
    validated = cross_validated(seed)
    # Fitted once more, on all samples: where the error is a sum, that asks for a stronger penalty.
    lam_again = STRENGTHS[validated["lasso"]["simplest"]] * given.HELD_OUT_PARTS / (given.HELD_OUT_PARTS - 1)
    again = between_knots(lam_again, *lasso_knots(standardise(table["X"])[0], table["y"]))
    return {
        "validated": validated,
        "lam_again": lam_again,
        "kept_again": np.flatnonzero(again),
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
        "n_parts": given.HELD_OUT_PARTS,
        **{
            f"{name}_{which}_{what}": float(value)
            for name in ("lasso", "ridge")
            for which in ("best", "simplest")
            for what, value in (
                ("lam_validated", STRENGTHS[data["validated"][name][which]]),
                ("error_validated", data["validated"][name]["mean"][data["validated"][name][which]]),
            )
        },
        "lam_again": float(data["lam_again"]),
        "n_kept_again": len(data["kept_again"]),
    }


def draw(figure, data: dict) -> None:
    """Above, the curves of one shuffle; in the middle, what others choose; below, averages over parts that take turns."""
    above, choices, below = figure.subplots(3, sharex=True, height_ratios=(4, 1, 4))
    places = np.log10(data["lams"])
    errors = [*data["lasso"]["errors"], *data["ridge"]["errors"], data["plain_error"]]
    least, most = min(2.8, *(0.98 * error / THOUSAND for error in errors)), max(errors) / THOUSAND
    kinds = (("lasso", L1, "o"), ("ridge", L2, "s"))
    ticks = range(int(LOW), int(HIGH) + 1)
    for axes, name, title in (
        (above, "held_out", "One shuffle"),
        (below, "validated", f"Cross-validation: {given.HELD_OUT_PARTS} parts take turns"),
    ):
        axes.set_label(name)
        axes.set_title(title, loc="left")
        axes.set(
            xlim=(LOW - 0.1, HIGH + 0.1), ylim=(least - 0.1, 1.06 * most), ylabel="error / 1,000", yticks=(3, 4, 5)
        )
    above.axhline(data["plain_error"] / THOUSAND, color="muted", linewidth=1, gid="plain_error")
    tag(above, LOW, data["plain_error"] / THOUSAND, "least squares", "plain_label", "muted", dx=2, dy=9)
    choices.set_label("choices")
    choices.set_title(f"Best λ in {len(data['lasso_elsewhere'])} other shuffles", loc="left")
    choices.set(ylim=(-0.6, 1.6), yticks=[])
    choices.spines["left"].set_visible(False)
    for row, (name, style, mark) in enumerate(kinds):
        colour = style["color"]
        look = {"color": colour, "marker": mark, "linestyle": "none", "markersize": 8, "markeredgecolor": "paper"}
        above.plot(places, np.array(data[name]["errors"]) / THOUSAND, **style, gid=name)
        above.plot(np.log10([data[name]["best"]]), [data[name]["error"] / THOUSAND], **look, gid=f"{name}_best")
        elsewhere = np.log10(data[f"{name}_elsewhere"])
        # Strokes along the scale of λ: they have no height.
        choices.plot(
            elsewhere,
            [1 - row] * len(elsewhere),
            color=colour,
            marker="|",
            markersize=13,
            markeredgewidth=1.6,
            linestyle="none",
            alpha=0.7,
            gid=f"{name}_elsewhere",
        )
        found = data["validated"][name]
        mean, deviation = found["mean"] / THOUSAND, found["deviation"] / THOUSAND
        below.plot(places, mean, **style, gid=f"{name}_validated")
        below.fill_between(places, mean - deviation, mean + deviation, color=colour, alpha=0.12, linewidth=0)
        below.plot([places[found["best"]]], [mean[found["best"]]], **look, gid=f"{name}_best_validated")
        hollow = {**look, "markerfacecolor": "paper", "markeredgecolor": colour, "markeredgewidth": 1.6}
        below.plot([places[found["simplest"]]], [mean[found["simplest"]]], **hollow, gid=f"{name}_simplest_validated")
    tag(above, HIGH, data["lasso"]["errors"][-1] / THOUSAND, "L1", "lasso_label", "l1", dy=9, ha="right")
    middle = int(0.72 * len(places))
    tag(
        above,
        places[middle],
        data["ridge"]["errors"][middle] / THOUSAND,
        "squared L2",
        "ridge_label",
        "l2",
        dx=-10,
        ha="right",
    )
    tag(choices, HIGH, 1, "L1", "lasso_row", "l1", ha="right")
    tag(choices, HIGH, 0, "squared L2", "ridge_row", "l2", ha="right")
    tag(below, LOW, 5.0, "filled: lowest average", "filled_words", "muted", dx=2)
    tag(below, LOW, 4.62, "hollow: largest λ within one", "hollow_words", "muted", dx=2)
    tag(below, LOW, 4.3, "standard error of it (shaded)", "shade_words", "muted", dx=2)
    below.set(xlabel="strength λ", xticks=ticks)
    below.set_xticklabels([f"{10**place:,}" for place in ticks])


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Held-out error against λ for L1 and squared L2, fitted on {facts['n_training']} samples and measured on "
        f"{facts['n_held_out']} others. Both curves are nearly flat at first, dip a little below the {facts['plain_error']:,.0f} of least "
        f"squares, and then climb to {facts['mean_error']:,.0f}. L1 is lowest at λ = {facts['lasso_lam']:,.0f}, with "
        f"{facts['lasso_error']:,.0f} and {facts['n_kept']} features; squared L2 at λ = {facts['ridge_lam']:,.0f}, with "
        f"{facts['ridge_error']:,.0f}. In {facts['n_shuffles']} other shuffles L1's best λ lies between {facts['lowest_elsewhere']:,.0f} and "
        f"{facts['highest_elsewhere']:,.0f}. Averaged over {facts['n_parts']} parts that take turns, L1 is lowest at "
        f"λ = {facts['lasso_best_lam_validated']:,.0f}, with {facts['lasso_best_error_validated']:,.0f}, and within one standard error "
        f"of it up to λ = {facts['lasso_simplest_lam_validated']:,.0f}."
    )


run_script(__name__)

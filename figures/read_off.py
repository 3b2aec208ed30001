"""The penalty of a reader's own fit, read off the weights: points, the penalty's slopes, and what they say.

Rows of numbers are pasted, the target last, and the fitted weights. A point stands for a weight and the pull of the data that is
left there, 2 x · r; the line is the graph of the slopes of the penalty that was read off. Both axes are measured in the largest
weight and the largest pull, which the corners name. `shrinkage.implied_penalty` reads by the same code, and looks further where
this finds nothing: for one wrong weight, for zeros that are missing, for an early stop, and under other losses.
"""

from typing import Annotated

import numpy as np

from figpress import Live, Range, Text, label, plot, run_script
from figures._marks import THIRD, THIRD_MARK, zero_lines
from shrinkage import (
    elastic_net,
    l1_subgradient,
    squared_l2_gradient,
    to_sklearn_elastic_net,
    to_sklearn_lasso,
    to_sklearn_ridge,
)
from shrinkage.points import (
    NOUNS,
    bias_in_words,
    deviations,
    errors_of,
    largest,
    mean,
    penalty_in_words,
    pulls_of,
    read_bias,
    read_points,
    read_scaled,
    sklearn_call,
    zeros_in_words,
)

SIZE = (5.6, 3.5)
# Of the sheet, in largest weights and largest pulls.
REACH = 1.25
LAM_L1, LAM_L2 = 8.0, 3.0
PRESENT = [1.6, -1.2, 0.0, 0.8, -0.6, 2.2]


def example() -> list[str]:
    """Rows and weights of an elastic net, as one would paste them."""
    rng = np.random.default_rng(3)
    X = np.round(rng.normal(size=(11, len(PRESENT))), 1) + 0.0
    y = np.round(X @ PRESENT + 2 + 0.5 * rng.normal(size=len(X)), 1)
    fit = elastic_net(X, y, LAM_L1, LAM_L2)
    rows = [", ".join(f"{value:g}" for value in [*row, target]) for row, target in zip(X, y)]
    return ["\n".join(rows), ", ".join(f"{value:.10g}" for value in [*fit.w, fit.b])]


ROWS, WEIGHTS = example()

LIVE = Live(controls=("rows", "weights", "times"), verdict="verdict")


def data(
    rows: Annotated[str, Text(6, label="Data: a line for each sample, its features and, last, the target")] = ROWS,
    weights: Annotated[str, Text(2, label="Fitted weights and, last, the bias where there is one")] = WEIGHTS,
    times: Annotated[float, Range(0, 2, 0.05, label="the first weight, multiplied by")] = 1.0,
) -> dict:
    """The points, the slopes of the penalty that was read off, and all that the words need."""
    table = table_of(rows, "rows")
    n_features = len(table[0]) - 1
    if n_features < 1:
        raise ValueError("rows must hold features and, last, the target, got one column")
    given = [value for row in table_of(weights, "weights") for value in row]
    if len(given) != n_features and len(given) != n_features + 1:
        raise ValueError(
            f"weights must be {n_features}, or {n_features + 1} numbers with the bias last, as rows has {n_features} features, "
            f"got {len(given)}"
        )
    w = [given[0] * times] + given[1:n_features]
    found = read(table, w, given[n_features] if len(given) > n_features else None)
    # Where nothing pulls, rounding is not made to look like pulls.
    width = largest(found["w"]) or 1.0
    height = (found["start"] if found["kind"] == "none" else largest(found["pulls"])) or 1.0
    return {
        "found": found,
        "points": points(found, width, height, False),
        "zeros": points(found, width, height, True),
        "slopes": slopes(found, width, height),
        "most_w": {"x": 1.0, "y": -REACH, "text": printed(f"{width:.4g}")},
        "most_pull": {"x": -REACH, "y": 1.0, "text": printed(f"{height:.4g}")},
    }


def table_of(text: str, name: str) -> list:
    """Rows of numbers, parted by commas, semicolons, tabs or blanks; a first line without any number holds names and is left out.
    Brackets, as around a printed array, count as blanks."""
    plain = text.replace("\r", "\n").replace("\t", " ").replace(";", " ").replace(",", " ").replace("−", "-")
    plain = plain.replace("[", " ").replace("]", " ")
    lines = [[cell for cell in line.split(" ") if cell != ""] for line in plain.split("\n")]
    lines = [cells for cells in lines if len(cells) > 0]
    if len(lines) > 1 and not any(is_number(cell) for cell in lines[0]):
        lines = lines[1:]
    if len(lines) == 0:
        raise ValueError(f"{name} must hold numbers, got none")
    for cells in lines:
        for cell in cells:
            if not is_number(cell):
                raise ValueError(
                    f"{name} must hold numbers with a decimal point, parted by commas or blanks, got {cell[:20]}"
                )
        if len(cells) != len(lines[0]) and name == "rows":
            raise ValueError(
                f"{name} must be of one length, got {len(lines[0])} numbers and then {len(cells)} in {' '.join(cells)[:40]}"
            )
    return [[float(cell) for cell in cells] for cells in lines]


def is_number(cell: str) -> bool:
    """Whether it is a decimal number, such as -3, .5 or 1.2e-7."""
    parts = unsigned(cell.lower()).split("e")
    digits = parts[0].split(".")
    right = len(parts) == 1 or len(parts) == 2 and are_digits(unsigned(parts[1]))
    return right and len(digits) <= 2 and are_digits("".join(digits))


def unsigned(text: str) -> str:
    """Without a sign before it."""
    return text[1:] if text.startswith("-") or text.startswith("+") else text


def are_digits(text: str) -> bool:
    """Whether there is one or more, and nothing else."""
    return text != "" and all(character in "0123456789" for character in text)


def read(table: list, w: list, b: float) -> dict:
    """What the weights tell: the fields of an ImpliedPenalty, the weights and pulls in the units that were read, and the pull at 0."""
    X, y = [row[:-1] for row in table], [row[-1] for row in table]
    residuals = errors_of(X, y, w, 0.0 if b is None else b)
    pulls = pulls_of(X, residuals)
    start = largest(pulls_of(X, y if b is None else errors_of(X, y, [0.0] * len(w), mean(y))))
    total, summed = 0.0, 0.0
    for residual in residuals:
        total, summed = total + abs(residual), summed + residual
    if not all(abs(value) < 1e300 for value in pulls + [start, total]):
        raise ValueError("rows and weights must be small enough for finite pulls, got overflow")
    found, units, scale = read_points(w, pulls, start), "raw", [1.0] * len(w)
    if found["kind"] == "unexplained" or len(found["unjustified_zeros"]) > 0:
        spread = deviations(X)
        if min(spread) > 0:
            other = read_scaled(w, pulls, spread)
            if other["kind"] in ["l1", "squared_l2", "elastic_net"] and len(other["unjustified_zeros"]) == 0:
                found, units, scale = other, "standardised", spread
    bias = read_bias(b, 2 * summed, 2 * total, found["lam_l1"], found["lam_l2"], found["misfit"])
    at_zeros = [pull / s for one, pull, s in zip(w, pulls, scale) if one == 0]
    return {
        **found,
        "loss": "squared_error",
        "units": units,
        "n_samples": len(y),
        "w": [one * s for one, s in zip(w, scale)],
        "pulls": [pull / s for pull, s in zip(pulls, scale)],
        "start": start,
        "n_zeros": len(at_zeros),
        "pull_at_zeros": largest(at_zeros),
        "missing_zeros": [],
        "residual_sum": summed,
        "bias": bias[0],
        "bias_lam": bias[1],
    }


def points(found: dict, width: float, height: float, zero: bool) -> dict:
    """The weights that are 0, or those that are not, with their pulls, as shares of the largest."""
    chosen = [j for j in range(len(found["w"])) if (found["w"][j] == 0) == zero]
    return {"x": [found["w"][j] / width for j in chosen], "y": [found["pulls"][j] / height for j in chosen]}


def slopes(found: dict, width: float, height: float) -> dict:
    """The graph of the slopes of what was read off, with the whole step at 0; none where nothing was."""
    if found["kind"] == "box":
        wall = found["box"] / width
        return {"x": [-wall, -wall, wall, wall], "y": [-REACH, 0.0, 0.0, REACH]}
    if found["lam_l1"] is None:
        return {"x": [], "y": []}
    ends = [-REACH * width, REACH * width]
    low, high = [l1_subgradient(w, found["lam_l1"]) + squared_l2_gradient(w, found["lam_l2"]) for w in ends]
    step = found["lam_l1"] / height
    return {"x": [-REACH, 0.0, 0.0, REACH], "y": [low / height, -step, step, high / height]}


def call_of(found: dict) -> str:
    """scikit-learn's call for the same fit; empty where there is none."""
    kind, lam_l1, lam_l2, n = found["kind"], found["lam_l1"], found["lam_l2"], found["n_samples"]
    if lam_l1 is None or found["bias"] not in ["free", "absent"] or found["units"] != "raw":
        return ""
    has_bias = found["bias"] != "absent"
    if kind == "l1":
        return sklearn_call("Lasso", ["alpha"], [to_sklearn_lasso(lam_l1, n)], [], has_bias)
    if kind == "squared_l2":
        return sklearn_call("Ridge", ["alpha"], [to_sklearn_ridge(lam_l2)], [], has_bias)
    if kind == "elastic_net":
        return sklearn_call(
            "ElasticNet", ["alpha", "l1_ratio"], to_sklearn_elastic_net(lam_l1, lam_l2, n), [], has_bias
        )
    return sklearn_call("LinearRegression", [], [], [], has_bias)


def facts(data: dict) -> dict:
    """What was read off, and the sentences."""
    found = data["found"]
    return {
        "kind": found["kind"],
        "lam_l1": found["lam_l1"],
        "lam_l2": found["lam_l2"],
        "n_weights": len(found["w"]),
        "n_zeros": found["n_zeros"],
        "verdict": verdict(found),
    }


def verdict(found: dict) -> str:
    """All that was read off, in the words of implied_penalty."""
    call = call_of(found)
    said = [penalty_in_words(found, NOUNS), bias_in_words(found), *zeros_in_words(found)]
    said = [*said, f"scikit-learn would call it {call}." if call != "" else ""]
    return printed(" ".join([sentence for sentence in said if sentence != ""]))


def printed(text: str) -> str:
    """With the minus of print, as all numbers of a page."""
    return text.replace("e-", "e−").replace(" -", " −")


def draw(figure, data: dict) -> None:
    """One panel."""
    axes = figure.subplots()
    axes.set_label("points")
    axes.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=(-1, 0, 1), yticks=(-1, 0, 1))
    axes.set_xticklabels(["", "0", ""])
    axes.set_yticklabels(["", "0", ""])
    axes.set_xlabel("fitted weight w")
    axes.set_ylabel("pull left, 2 x · r")
    zero_lines(axes)
    plot(axes, data, "slopes", **THIRD, linewidth=1.8)
    looks = {"markersize": 8, "markeredgecolor": "paper", "zorder": 3}
    plot(axes, data, "points", **THIRD_MARK | looks)
    plot(axes, data, "zeros", color="data", marker="o", linestyle="none", **looks)
    # In the two corners that no penalty's slopes reach.
    label(axes, data, "most_w", dy=7, ha="center", va="baseline", color="muted")
    label(axes, data, "most_pull", dx=7, ha="left", va="center", color="muted")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return f"Points, one for each of {facts['n_weights']} fitted weights, by weight and by the pull that the data keep there. {facts['verdict']}"


run_script(__name__)

"""Fit the same small problems with one call of a library, and read off what it minimised.

This runs inside the library's own environment, so it needs NumPy and `shrinkage` alone.
"""

import contextlib
import importlib
import io
import json
import sys
import traceback
import warnings
from dataclasses import dataclass, field

import numpy as np

import shrinkage

SIZES = (40, 100)
UNIT = 10.0
# The context in which a formula is confirmed: what is not listed by the row.
N_FEATURES = 6


def problem(n_samples, loss="squared_error", seed=0):
    """Features of unequal scale, a little off-centre, of which some matter to the target."""
    rng = np.random.default_rng(seed + n_samples)
    X = rng.normal(size=(n_samples, N_FEATURES)) * [0.7, 1.0, 1.3, 0.9, 1.5, 1.1] + [0.3, -0.2, 0.5, 0.1, -0.4, 0.2]
    z = X @ [1.5, -1.0, 0.7, 0.04, -0.5, 0.25]
    if loss == "logistic":
        return X, (rng.uniform(size=n_samples) < 1 / (1 + np.exp(-z - 0.5))).astype(float)
    if loss == "poisson":
        return X, rng.poisson(np.exp(0.4 * z + 0.3)).astype(float)
    return X, z + 2.0 + 0.5 * rng.normal(size=n_samples)


def leaf_problem(n_samples, loss="squared_error"):
    """Six groups of rows, unequal in size and mean. A tree can give each a leaf, whose value is then a weight of a linear model
    on who belongs where; for the tree, the one feature is X.argmax(axis=1)."""
    rng = np.random.default_rng(n_samples)
    sizes = np.array([4, 5, 6, 8, 10, 12]) * n_samples // 45 + 1
    X = np.repeat(np.eye(6), sizes, axis=0)
    y = X @ [8.0, -5.0, 6.0, -4.0, 7.0, -6.5] + 0.1 * rng.normal(size=len(X))
    # Some start from the mean.
    return X, y - y.mean()


@dataclass(frozen=True)
class Row:
    """One call of a library.

    Attributes:
        id: a short name, unique among all rows.
        call: as a user writes it, with the parameters' names for their values.
        fit: fit(X, y, **strengths) -> (w, b), with b None where there is none.
        strengths: the values to try, each a mapping from parameter names to numbers.
        convention: key of shrinkage.CONVENTIONS that its strengths follow, or None where no factor describes it.
        loss: the error beside the penalty.
        near: relative distance up to which a strength agrees with the formula.
        default: the default strength, in words.
        depends: what else it depends on, in words.
        context: more for the formula, e.g. the momentum.
        weighted: fit_weighted(X, y, sample_weight, **strengths) -> (w, b), or None.
        documentation: what the library's documentation says, and where.
        problem: problem(n_samples, loss) -> (X, y).
        library: where it is another than the module's: a package of R. The module's version(library) tells its version.
    """

    id: str
    call: str
    fit: object
    strengths: tuple
    convention: str | None = None
    loss: str = "squared_error"
    near: float = 1e-5
    default: str = "none"
    depends: str = ""
    context: dict = field(default_factory=dict)
    weighted: object = None
    documentation: str = ""
    problem: object = problem
    library: str = ""


@dataclass(frozen=True)
class Finding:
    """A behaviour that no factor describes: what was done, and numbers that show it.

    Attributes:
        id: a short name.
        says: one sentence, with {names} of the numbers.
        measure: measure() -> mapping from names to numbers.
        holds: holds(numbers) -> whether the sentence is true of them.
    """

    id: str
    says: str
    measure: object
    holds: object
    documentation: str = ""
    library: str = ""


def read(row, X, y, strengths):
    """The implied penalty of one fit."""
    w, b = row.fit(X, y, **strengths)
    return shrinkage.implied_penalty(
        X, y, np.asarray(w, dtype=float).ravel(), None if b is None else float(b), row.loss
    )


def expected(row, X, y, strengths, found):
    """(lam_l1, lam_l2) by the formula, in the units of the reading."""
    convention = shrinkage.CONVENTIONS[row.convention]
    context = {"n_samples": len(y), "sd_y": float(np.std(y)), "sd_x": 1.0, **row.context}
    return convention.ours({name: strengths[name] for name in convention.names}, context)


def _distance(read_off, wanted):
    scale = max(abs(value) for value in wanted)
    return max(abs(a - b) for a, b in zip(read_off, wanted)) / scale if scale else 0.0


def _ratio(first, second):
    """second / first of two readings' strengths, None where one is not known or 0."""
    ratios = {}
    for name in ("lam_l1", "lam_l2"):
        one, other = getattr(first, name), getattr(second, name)
        ratios[name] = other / one if one and other is not None else None
    return ratios


def _rounded(value):
    return None if value is None else float(f"{value:.6g}")


def measure(row):
    """All that the table says of one call, as a mapping that JSON can hold."""
    once, fits, distances = None, [], []
    for strengths in row.strengths:
        for n_samples in SIZES:
            X, y = row.problem(n_samples, row.loss)
            found = read(row, X, y, strengths)
            once = once or found
            wanted = None
            if row.convention is not None and found.lam_l1 is not None:
                wanted = expected(row, X, y, strengths, found)
                distances.append(_distance((found.lam_l1, found.lam_l2), wanted))
            fits.append(
                {
                    "n": n_samples,
                    "strengths": strengths,
                    "kind": found.kind,
                    "units": found.units,
                    "lam_l1": _rounded(found.lam_l1),
                    "lam_l2": _rounded(found.lam_l2),
                    "box": _rounded(found.box),
                    "expected": None if wanted is None else [_rounded(value) for value in wanted],
                    "misfit": float(f"{found.misfit:.1e}"),
                    "bias": found.bias,
                    "bias_lam": _rounded(found.bias_lam),
                    "n_zeros": found.n_zeros,
                    "missing_zeros": len(found.missing_zeros),
                    "unjustified_zeros": len(found.unjustified_zeros),
                }
            )
    strengths = row.strengths[0]
    X, y = row.problem(SIZES[0], row.loss)
    twice = read(row, np.vstack([X, X]), np.append(y, y), strengths)
    in_unit = read(row, X, UNIT * y, strengths) if row.loss == "squared_error" else None
    formulas = shrinkage.CONVENTIONS[row.convention].formulas() if row.convention else ("?", "?")
    confirmed = bool(row.convention) and len(distances) == len(fits) and max(distances) <= row.near
    result = {
        "id": row.id,
        "call": row.call,
        "loss": row.loss,
        "convention": row.convention,
        "l1": formulas[0],
        "l2": formulas[1],
        "confirmed": confirmed,
        "deviation": float(f"{max(distances):.1e}") if distances else None,
        "kinds": sorted({fit["kind"] for fit in fits}),
        "units": sorted({fit["units"] for fit in fits if fit["lam_l1"] is not None or fit["box"] is not None}),
        "bias": sorted({fit["bias"] for fit in fits}),
        "zeros": any(fit["n_zeros"] for fit in fits),
        "rows_twice": {name: _rounded(value) for name, value in _ratio(once, twice).items()},
        "unit_of_y": None if in_unit is None else {k: _rounded(v) for k, v in _ratio(once, in_unit).items()},
        "default": row.default,
        "depends": row.depends,
        "documentation": row.documentation,
        "fits": fits,
    }
    if row.weighted is not None:
        w, b = row.weighted(X, y, np.full(len(y), 2.0), **strengths)
        weighted = shrinkage.implied_penalty(
            np.vstack([X, X]), np.append(y, y), np.ravel(w), None if b is None else float(b), row.loss
        )
        result["weights_of_two"] = {name: _rounded(value) for name, value in _ratio(twice, weighted).items()}
    return result


def measure_finding(finding):
    """A Finding with its numbers and whether it holds, as a mapping that JSON can hold."""
    numbers = {name: float(f"{float(value):.6g}") for name, value in finding.measure().items()}
    return {
        "id": finding.id,
        "says": finding.says,
        "numbers": numbers,
        "holds": bool(finding.holds(numbers)),
        "documentation": finding.documentation,
    }


def main(name):
    """Measure one library; one line of JSON on stdout for each row or finding, and nothing else there."""
    out = sys.stdout
    library = importlib.import_module(f"measurements.libraries.{name}")
    for kind, items, measured in (
        ("row", library.ROWS, measure),
        ("finding", getattr(library, "FINDINGS", ()), measure_finding),
    ):
        for item in items:
            try:
                # Libraries print and warn; what matters is read off their weights.
                with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    result = measured(item)
            except Exception as error:
                traceback.print_exc()
                result = {"id": item.id, "error": f"{type(error).__name__}: {error}"[:300]}
            if getattr(item, "library", ""):
                result |= {"library": item.library, "version": library.version(item.library)}
            print(json.dumps({"kind": kind, "result": result}), file=out, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])

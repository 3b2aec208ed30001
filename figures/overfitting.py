"""Without penalty the curve chases the noise; either penalty calms it, and L1 drops features as well.

The same noisy training points, drawn from the dotted curve, fitted by a polynomial three times: without penalty, with
L1, with squared L2. The features are x to x¹², standardised on the training points. The small dots are test points that
no fit has seen, drawn from the same curve with the same noise. Errors are means of squared errors.
"""

from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._marks import L1, L2, number, tag
from shrinkage import (
    lam_max,
    lasso,
    least_squares,
    linear_model,
    mean_squared_error,
    polynomial_features,
    ridge,
    standardise,
)

SIZE = (5.6, 6.6)


def data(
    lam_l1: Annotated[float, Range(0.01, 30, 0.01, symbol="λ₁", label="strength of L1")] = given.OVERFIT_LAM,
    lam_l2: Annotated[float, Range(0.01, 30, 0.01, symbol="λ₂", label="strength of squared L2")] = given.OVERFIT_LAM,
    noise: Annotated[float, Range(0, 1, 0.05, symbol="σ", label="spread of the noise")] = given.OVERFIT_NOISE,
    seed: Annotated[int, Range(0, 9999, 1, label="seed of the noise")] = given.OVERFIT_SEED,
) -> dict:
    """Training and test points, the three fitted curves with their weights and errors."""
    random = np.random.default_rng(seed)
    x = np.linspace(-1, 1, given.OVERFIT_N_TRAIN)
    y = np.sin(np.pi * x) + noise * random.standard_normal(len(x))
    x_test = random.uniform(-1, 1, given.OVERFIT_N_TEST)
    y_test = np.sin(np.pi * x_test) + noise * random.standard_normal(len(x_test))
    Z, mean, scale = standardise(polynomial_features(x, given.OVERFIT_DEGREE))
    grid = np.linspace(-1, 1, 401)
    found = {"lam_l1": lam_l1, "lam_l2": lam_l2, "x": x, "y": y, "x_test": x_test, "y_test": y_test, "grid": grid,
             "truth": np.sin(np.pi * grid), "lam_that_empties": lam_max(Z, y)}
    for name, fit in (("plain", least_squares(Z, y)), ("l1", lasso(Z, y, lam_l1)), ("l2", ridge(Z, y, lam_l2))):
        def predict(points, fit=fit):
            return linear_model((polynomial_features(points, given.OVERFIT_DEGREE) - mean) / scale, fit.w, fit.b)

        found |= {
            f"{name}_curve": predict(grid),
            f"{name}_weights": fit.w,
            f"{name}_train_error": mean_squared_error(y, predict(x)),
            f"{name}_test_error": mean_squared_error(y_test, predict(x_test)),
        }
    return found


def facts(data: dict) -> dict:
    """Errors on training and test points, weights that are not 0, and the λ from which L1 keeps no feature."""
    found = {"lam_l1": data["lam_l1"], "lam_l2": data["lam_l2"], "lam_that_empties": data["lam_that_empties"],
             "n_train": len(data["x"]), "n_test": len(data["x_test"]), "n_weights": len(data["l1_weights"])}
    for name in ("plain", "l1", "l2"):
        found |= {f"{name}_{part}_error": data[f"{name}_{part}_error"] for part in ("train", "test")}
        found[f"{name}_n_nonzero"] = int(np.count_nonzero(data[f"{name}_weights"]))
    return found


PANELS = (("plain", "No penalty", {"color": "ink", "linestyle": "-"}), ("l1", "L1", L1), ("l2", "Squared L2", L2))


def draw(figure, data: dict) -> None:
    """Three panels with the same points and axes, one fit in each."""
    low, high = min(*data["y"], *data["y_test"]), max(*data["y"], *data["y_test"])
    margin = 0.06 * (high - low)
    kept = facts(data)
    for axes, (name, title, style) in zip(figure.subplots(3, sharex=True, sharey=True), PANELS, strict=True):
        axes.set_label(name)
        axes.set(xlim=(-1.04, 1.04), ylim=(low - margin, high + margin), xticks=[-1, 0, 1], yticks=[-1, 0, 1],
                 ylabel="target y")
        test, = axes.plot(data["x_test"], data["y_test"], color="muted", linestyle="none", marker=".", markersize=3,
                          alpha=0.55, markeredgewidth=0, gid=f"{name}_test_points")
        truth, = axes.plot(data["grid"], data["truth"], color="muted", linewidth=1.2, linestyle=":",
                           gid=f"{name}_truth")
        axes.plot(data["grid"], data[f"{name}_curve"], **style, gid=f"{name}_curve")
        train, = axes.plot(data["x"], data["y"], color="data", linestyle="none", marker="D", markersize=5,
                           markeredgecolor="paper", gid=f"{name}_points")
        axes.set_title(title, color=style["color"])
        errors = [number(kept[f"{name}_{part}_error"], 2) for part in ("train", "test")]
        axes.annotate(
            f"training error {errors[0]}, test error {errors[1]}, "
            f"weights ≠ 0: {kept[f'{name}_n_nonzero']} of {kept['n_weights']}",
            (1, 1), xycoords="axes fraction", xytext=(0, 8), textcoords="offset points", ha="right",
            gid=f"{name}_label")
    axes.set_xlabel("feature x")
    # Points have no line to be named at, and where there is room for words depends on the seed.
    figure.legend([train, test, truth], ["training points", "test points", "the true curve"], ncols=3,
                  loc="outside lower center", handletextpad=0.3, columnspacing=1.8, markerscale=1.4)


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Three panels with the same {facts['n_train']} training points and one fitted curve each. Without penalty: "
        f"training error {number(facts['plain_train_error'], 2)}, test error {number(facts['plain_test_error'], 2)}. "
        f"With L1 at λ = {number(facts['lam_l1'])}: training error {number(facts['l1_train_error'], 2)}, test error "
        f"{number(facts['l1_test_error'], 2)}, and {facts['l1_n_nonzero']} of {facts['n_weights']} weights are not 0. "
        f"With squared L2 at λ = {number(facts['lam_l2'])}: training error {number(facts['l2_train_error'], 2)}, test "
        f"error {number(facts['l2_test_error'], 2)}, and {facts['l2_n_nonzero']} weights are not 0."
    )


run_script(__name__)

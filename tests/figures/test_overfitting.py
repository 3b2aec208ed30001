"""Overfitting: each drawn curve is the fit it is named after, and the errors are those on the drawn points."""

import numpy as np
import pytest

from figures import overfitting
from shrinkage import lasso_kkt_violation, standardise, sum_squared_errors_gradient

CORNERS = [
    {},
    {"lam_l1": 0.01, "lam_l2": 0.01, "seed": 3},
    {"lam_l1": 30, "lam_l2": 30, "noise": 1},
    {"noise": 0},
    {"seed": 2},
    {"seed": 9999, "noise": 1, "lam_l1": 0.01, "lam_l2": 30},
]
DEGREE = 12


def on_training_scale(figure, points):
    """Standardised powers of ``points``, by mean and scale of the drawn training points."""
    powers = np.vander(figure.artist("plain_points").get_xdata(), DEGREE + 1, increasing=True)[:, 1:]
    return (np.vander(points, DEGREE + 1, increasing=True)[:, 1:] - powers.mean(axis=0)) / powers.std(axis=0)


@pytest.mark.parametrize("parameters", CORNERS)
def test_curves_are_optimal_fits(drawn, tidy, parameters):
    figure = drawn("overfitting", **parameters)
    tidy(figure.canvas)
    x, y = figure.artist("plain_points").get_xydata().T
    Z = on_training_scale(figure, x)
    np.testing.assert_allclose(Z, standardise(np.vander(x, DEGREE + 1, increasing=True)[:, 1:])[0], atol=1e-12)
    b = y.mean()
    for name in ("plain", "l1", "l2"):
        w = figure.data[f"{name}_weights"]
        grid, curve = figure.artist(f"{name}_curve", name).get_xydata().T
        # Weights without penalty reach 1e3 and more: their cancellation costs digits.
        np.testing.assert_allclose(curve, on_training_scale(figure, grid) @ w + b, atol=1e-12 * max(1, np.abs(w).max()))
        slope = sum_squared_errors_gradient(w, b, Z, y)[0]
        scale = 2 * np.sqrt(len(y)) * np.linalg.norm(y)
        if name == "plain":
            np.testing.assert_allclose(slope, 0, atol=1e-9 * scale)
        elif name == "l2":
            np.testing.assert_allclose(slope + 2 * figure.data["lam_l2"] * w, 0, atol=1e-9 * scale)
        else:
            # A duality gap of 1e-10 of the objective allows slopes that are off by about its root.
            assert lasso_kkt_violation(w, b, Z, y, figure.data["lam_l1"]) < 1e-5 * scale


@pytest.mark.parametrize("parameters", [{}, {"seed": 9999, "noise": 1, "lam_l1": 0.01, "lam_l2": 30}])
def test_errors_are_those_on_the_drawn_points(drawn, parameters):
    figure = drawn("overfitting", **parameters)
    for name in ("plain", "l1", "l2"):
        w, b = figure.data[f"{name}_weights"], figure.artist(f"{name}_points").get_ydata().mean()
        for part, key in (("train", "points"), ("test", "test_points")):
            points = figure.artist(f"{name}_{key}", name).get_xydata()
            residuals = on_training_scale(figure, points[:, 0]) @ w + b - points[:, 1]
            expected = pytest.approx(np.mean(residuals**2), rel=1e-6, abs=1e-12)
            assert figure.facts[f"{name}_{part}_error"] == expected
    assert figure.facts["n_test"] == 200 and figure.facts["n_train"] == 15
    assert not set(figure.artist("l1_points").get_xdata()) & set(figure.artist("l1_test_points").get_xdata())


def test_the_story_does_not_hang_on_the_seed():
    for seed in range(20):
        facts = overfitting.facts(overfitting.data(seed=seed))
        assert facts["plain_train_error"] < min(facts["l1_train_error"], facts["l2_train_error"])
        assert facts["plain_test_error"] > max(facts["l1_test_error"], facts["l2_test_error"])
        assert facts["l1_n_nonzero"] < facts["l2_n_nonzero"] == facts["n_weights"] == 12


def test_l1_keeps_nothing_exactly_from_the_named_lam_on():
    edge = overfitting.data()["lam_that_empties"]
    for factor, kept in ((0.999, 1), (1.001, 0)):
        assert overfitting.facts(overfitting.data(lam_l1=factor * edge))["l1_n_nonzero"] == kept


def test_words_and_colours(drawn):
    figure = drawn("overfitting")
    for name, title, color in (("plain", "No penalty", "ink"), ("l1", "L1", "l1"), ("l2", "Squared L2", "l2")):
        axes, facts = figure.axes(name), figure.facts
        assert axes.get_title(loc="left") == title and axes.get_ylabel() == "target y"
        assert figure.artist(f"{name}_curve", name).get_color() == color
        words = [format(facts[f"{name}_{part}_error"], ".2g") for part in ("train", "test")]
        assert figure.artist(f"{name}_label").get_text() == (
            f"training error {words[0]}, test error {words[1]}, weights ≠ 0: {facts[f'{name}_n_nonzero']} of 12")
        assert all(word in figure.description for word in words)
    assert figure.artist("l2_curve").get_linestyle() == "--" and figure.axes("l2").get_xlabel() == "feature x"

"""What is true of fits whatever solver made them, in a few lines of NumPy; and data on which solvers could go wrong."""

import numpy as np
import pytest
from hypothesis import strategies as st

KINDS = ("tall", "square", "wide", "alike", "off centre")


def problem(kind, seed):
    """Features and targets: more, as many or fewer samples than features; features much alike; features far from 0."""
    draw = np.random.default_rng(seed)
    n_samples, n_features = {"square": (4, 4), "wide": (4, 7)}.get(kind, (12, 4))
    X = draw.standard_normal((n_samples, n_features))
    if kind == "alike":
        X = X[:, [0]] + 0.1 * X
    if kind == "off centre":
        X = X * (1, 10, 0.1, 1) + (0, 30, -5, 2)
    return X, X @ draw.standard_normal(n_features) + 3 + draw.standard_normal(n_samples)


problems = st.builds(problem, st.sampled_from(KINDS), st.integers(0, 1000))


def centred(X, y):
    """What is left of the data when the bias has taken its part: for all weights, the best one is mean(y) - mean(X) . w."""
    return X - X.mean(axis=0), y - y.mean()


def assert_has_best_bias(fit, X, y):
    """The bias takes the mean of what the weights leave."""
    assert fit.b == pytest.approx(np.mean(y - X @ fit.w), abs=1e-9 * (1 + np.abs(X).mean(axis=0) @ np.abs(fit.w)))


def assert_least_squares(fit, X, y):
    """No weights have a smaller error, and of those with as small a one none are shorter: w = pinv(X) y, centred."""
    A, target = centred(X, y)
    assert fit.w == pytest.approx(np.linalg.pinv(A) @ target, rel=1e-6, abs=1e-9)
    assert_has_best_bias(fit, X, y)


def assert_ridge(fit, X, y, lam):
    """The slope of error plus penalty is 0, which makes a minimum of a strictly convex function."""
    A, target = centred(X, y)
    slope = A.T @ (A @ fit.w - target) + lam * fit.w
    assert slope == pytest.approx(0, abs=1e-9 * np.linalg.norm(A) * np.linalg.norm(target))
    assert_has_best_bias(fit, X, y)


def assert_lasso(fit, X, y, lam):
    """The objective is above a lower bound of all objectives by no more than solvers are asked for, 1e-10 of y'y.

    The bound, for any theta with |2 x_j . theta| <= lam: |A w - t|^2 + lam |w|_1 >= 2 theta . t - |theta|^2.
    """
    A, target = centred(X, y)
    residual = target - A @ fit.w
    steepest = np.max(np.abs(2 * A.T @ residual))
    theta = residual * min(1.0, lam / steepest) if steepest > 0 else residual
    value = residual @ residual + lam * np.sum(np.abs(fit.w))
    assert value - (2 * theta @ target - theta @ theta) <= 2e-10 * target @ target
    assert_has_best_bias(fit, X, y)

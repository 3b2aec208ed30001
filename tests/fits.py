"""Fits whose penalty is known, made without any solver: weights and residuals first, then the data that they suit."""

import numpy as np
from scipy.optimize import brentq


def data(seed, n_samples=40, n_features=8, noise=1.0):
    """Features of unequal scale, off-centre, and a target."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_samples, n_features)) * rng.uniform(0.5, 2, n_features) + rng.normal(size=n_features)
    beta = rng.normal(size=n_features) * (np.arange(n_features) % 3 != 2)
    return X, X @ beta + 3 + noise * rng.normal(size=n_samples)


def exact(seed, lam_l1, lam_l2, n_zeros=3, bias_lam=0.0, scale=None, n_samples=40, n_features=8):
    """(X, y, w, b) of which (w, b) is a minimiser: weights first, then residuals whose pull is a slope of the penalty."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_samples, n_features)) * rng.uniform(0.5, 2, n_features) + rng.normal(size=n_features)
    scale = np.ones(n_features) if scale is None else X.std(axis=0)
    v = rng.uniform(0.3, 3, n_features) * rng.choice([-1, 1], n_features)
    v[rng.permutation(n_features)[:n_zeros]] = 0.0
    slopes = lam_l1 * np.sign(v) + 2 * lam_l2 * v
    slopes[v == 0] = lam_l1 * rng.uniform(-0.9, 0.9, n_zeros)
    w, b = v / scale, 1.5
    conditions = np.vstack([X.T, np.ones(n_samples)])
    wanted = np.append(slopes * scale, 2 * bias_lam * b) / 2
    # Any residuals, moved as little as makes the conditions hold.
    residuals = 5 * rng.normal(size=n_samples)
    residuals += np.linalg.lstsq(conditions, wanted - conditions @ residuals, rcond=None)[0]
    return X, X @ w + b + residuals, w, b


def exact_for(loss, seed, lam_l1, lam_l2, n_samples=60, n_features=8):
    """(X, y, w, b, factor): a minimiser for factor times the strengths. y is given by counting, so that X must do it.

    Features moved by r d^T, with d orthogonal to w, predict the same and pull by |r|^2 d more.
    """
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_samples, n_features))
    w = rng.uniform(0.2, 0.8, n_features) * rng.choice([-1, 1], n_features)
    w[:2] = 0.0

    def predict(z):
        return 1 / (1 + np.exp(-z)) if loss == "logistic" else np.exp(z)

    if loss == "logistic":
        y = (rng.uniform(size=n_samples) < predict(2 * X @ w)).astype(float)
    else:
        y = rng.poisson(np.exp(1.5 * X @ w)).astype(float)
    b = brentq(lambda b: np.sum(y - predict(X @ w + b)), -20, 20, xtol=1e-15, rtol=1e-15)
    r = y - predict(X @ w + b)
    slopes = lam_l1 * np.sign(w) + 2 * lam_l2 * w
    slopes[:2] = lam_l1 * rng.uniform(-0.9, 0.9, 2)
    factor = (w @ X.T @ r) / (w @ slopes)
    return X + np.outer(r, factor * slopes - X.T @ r) / (r @ r), y, w, b, factor

"""Fits to many resamples of the same data at once: how much of a fit is the data's, and how much is chance."""

import numpy as np

from ._checks import array, checked, integer, nonnegative_number
from .penalties import soft_threshold

# Of the largest pull of the data: how far from optimal any weight may be.
TOLERANCE = 1e-7
MOST_SWEEPS = 20_000


@checked(
    X=array("n_samples", "n_features"),
    y=array("n_samples"),
    lam_l1=nonnegative_number,
    lam_l2=nonnegative_number,
    n_resamples=integer(1),
    seed=integer(0),
)
def bootstrap_elastic_net(X, y, lam_l1, lam_l2, n_resamples, seed):
    """The weights of `elastic_net` on resamples of the rows, each as many rows drawn with replacement.

    By cyclic coordinate descent on all resamples side by side: w_j <- soft_threshold(x_j . r_j, lam_l1/2) / (x_j . x_j + lam_l2) with r_j
    what the other weights leave, the columns centred in each resample, until every weight of every resample is optimal.
    Rows are drawn by numpy.random.default_rng(seed).integers(n_samples, size=(n_resamples, n_samples)).

    Args:
        X: shape (n_samples, n_features).
        y: shape (n_samples,).
        lam_l1: strength of L1, >= 0.
        lam_l2: strength of squared L2, >= 0.
        n_resamples: how many resamples, >= 1.
        seed: of the draws, >= 0.

    Returns:
        Shape (n_resamples, n_features).

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, a strength is < 0, or a whole number is too
            small.
        RuntimeError: a resample is not solved within many sweeps: its features are too much alike for this method.

    Source:
        Efron and Tibshirani (1993), An Introduction to the Bootstrap, section 9.5 (resampling pairs); Friedman, Hastie and
        Tibshirani (2010), Regularization paths for generalized linear models via coordinate descent, section 2.
    """
    rows = np.random.default_rng(seed).integers(len(y), size=(n_resamples, len(y)))
    columns = (X - X.mean(axis=0))[rows]
    columns -= columns.mean(axis=1, keepdims=True)
    gram = columns.transpose(0, 2, 1) @ columns
    pull = (columns.transpose(0, 2, 1) @ (y - y.mean())[rows][:, :, np.newaxis])[:, :, 0]
    squares = np.diagonal(gram, axis1=1, axis2=2)
    # A column that a resample has made constant is orthogonal to everything, and its weight stays at 0.
    divisors = np.where(squares > 0, squares + lam_l2, 1.0)
    w = np.zeros(pull.shape)
    allowed = TOLERANCE * np.max(np.abs(pull))
    for _ in range(MOST_SWEEPS):
        for j in range(w.shape[1]):
            left = pull[:, j] - np.einsum("rk,rk->r", gram[:, j], w) + squares[:, j] * w[:, j]
            w[:, j] = soft_threshold(left, lam_l1 / 2) / divisors[:, j]
        slope = pull - np.einsum("rjk,rk->rj", gram, w) - lam_l2 * w
        off = np.where(w == 0, np.abs(slope) - lam_l1 / 2, np.abs(slope - lam_l1 / 2 * np.sign(w)))
        if np.max(off) <= allowed:
            return w
    raise RuntimeError(f"not solved in {MOST_SWEEPS} sweeps: features too much alike in a resample; add squared L2")

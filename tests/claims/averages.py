"""Averages over noise, exact: over all patterns of plus and minus one spread, which have mean 0 and that variance.

Functions for the equations of pages that state an average, and for the tests beside them.
"""

import numpy as np

from shrinkage import least_squares, ridge
from tests.claims.draws import sign_patterns


def mean_squared_distance(x, w_true, sigma, lam):
    """The average over noise of (w - w_true)^2, w being ridge's weight at the features x, whose mean is 0."""
    fits = [ridge(x[:, None], x * w_true + noise, lam).w[0] for noise in sign_patterns(len(x), sigma)]
    return np.mean((np.array(fits) - w_true) ** 2)


def all_fits(X, w_true, sigma):
    """The weights of least squares for each noise, one behind the other."""
    return np.concatenate([least_squares(X, X @ w_true + noise).w for noise in sign_patterns(len(X), sigma)])


def mean_squared_length(X, w_true, sigma):
    """The average over noise of the squared length of least squares' weights."""
    return np.sum(all_fits(X, w_true, sigma) ** 2) / 2 ** len(X)

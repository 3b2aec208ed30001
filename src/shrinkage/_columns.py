"""Data as solvers want them: columns with mean 0 and sizes near 1, so that neither units nor offsets cost digits.

All sizes are powers of two: to divide by them rounds nothing, and what is found can be carried back exactly.
"""

from dataclasses import dataclass

import numpy as np


def power_of_two(array):
    """For each column (or for a vector) the largest power of two that is not above its largest size; 1 for zeros."""
    largest = np.maximum(array.max(axis=0), -array.min(axis=0))
    return np.where(largest > 0, np.ldexp(1.0, np.frexp(largest)[1] - 1), 1.0)


def centred(array):
    """(columns, mean, size) with array = mean + size * columns; the columns have mean 0, and sizes from 1 to 2.

    A column that does not vary, but for the rounding of its last digits, becomes 0.
    """
    outer = power_of_two(array)
    columns = np.divide(array, outer, order="F")
    still = columns.max(axis=0) - columns.min(axis=0) <= 4 * np.finfo(float).eps
    mean = columns.mean(axis=0)
    columns -= mean
    # What the mean was rounded by is much, where the offset is large beside the variation.
    rest = columns.mean(axis=0)
    columns -= rest
    columns[..., still] = 0.0
    inner = power_of_two(columns)
    columns /= inner
    return columns, (mean + rest) * outer, inner * outer


@dataclass(frozen=True)
class Centred:
    """A problem of regression, centred: minimise |target - columns @ v|^2 + ..., where w = v * y_size / x_sizes.

    Attributes:
        columns: shape (n_samples, n_features), by columns in memory.
        target: shape (n_samples,).
        x_means, x_sizes: what was taken off each feature, and what it was divided by.
        y_mean, y_size: the same for the targets.
    """

    columns: np.ndarray
    target: np.ndarray
    x_means: np.ndarray
    x_sizes: np.ndarray
    y_mean: float
    y_size: float

    @classmethod
    def of(cls, X, y):
        target, y_mean, y_size = centred(y)
        columns, x_means, x_sizes = centred(X)
        return cls(columns, target, x_means, x_sizes, float(y_mean), float(y_size))

    def weights(self, v):
        """The weights of the features as they were given."""
        with np.errstate(over="ignore"):
            w = v / self.x_sizes * self.y_size
        if not np.all(np.isfinite(w)):
            raise ValueError(f"X must be larger beside y: the weight of column {np.argmin(np.isfinite(w))} overflows")
        return w

    def scaled(self, w):
        """The inverse of weights."""
        return w / self.y_size * self.x_sizes

    def bias(self, w):
        """The best bias for these weights."""
        return float(self.y_mean - self.x_means @ w)

    def strengths(self, lam_l1, lam_l2):
        """What L1 and squared L2 cost for each v, in units of y_size^2; 1e300 stands for more than a float can hold."""
        with np.errstate(over="ignore"):
            l1, l2 = lam_l1 / self.y_size / self.x_sizes, lam_l2 / self.x_sizes / self.x_sizes
        # Nor does a strength vanish because a float has no room for it.
        return np.clip(l1, 1e-300 * (lam_l1 > 0), 1e300), np.minimum(l2, 1e300)

    def pull(self, v):
        """2 x_j . r for every feature, with the residuals r that v leaves.

        Computed here for all who ask, so that they get the same to the last bit.
        """
        with np.errstate(over="ignore"):
            return 2 * (self.columns.T @ (self.target - self.columns @ v)) * self.y_size * self.x_sizes

"""What happens to features before a fit, and to coefficients after it."""

import numpy as np

from ._checks import array, checked, integer, nonnegative_number, number
from ._columns import centred


def _require_variation(X):
    constant = np.flatnonzero(~centred(X)[0].any(axis=0))
    if len(constant):
        raise ValueError(f"X must have no constant column, got a constant column {constant[0]}")


@checked(_require_variation, X=array("n_samples", "n_features"))
def standardise(X):
    """Z = (X - mean) / scale column by column, with the population standard deviation (divisor n) as scale.

    Args:
        X: shape (n_samples, n_features).

    Returns:
        (Z of the shape of X, mean of shape (n_features,), scale of shape (n_features,)).

    Raises:
        ValueError: X not a finite, non-empty matrix, or one of its columns is constant, but for rounding.

    Source:
        Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 3.4.1.
    """
    columns, mean, size = centred(X)
    spread = np.sqrt(np.mean(columns * columns, axis=0))
    return columns / spread, mean, size * spread


@checked(w=array("n_features"), b=number, mean=array("n_features"), scale=array("n_features", positive=True))
def unstandardise_coefficients(w, b, mean, scale):
    """The same model on the original features: (w / scale, b - sum_j w_j mean_j / scale_j).

    Args:
        w: weights on standardised features, shape (n_features,).
        b: bias on standardised features.
        mean: as standardise returned it.
        scale: as standardise returned it, > 0.

    Returns:
        (weights of shape (n_features,), bias as a float).

    Raises:
        ValueError: an argument is not finite, the shapes differ, or a scale is not > 0.

    Source:
        Derived here: w . (x - mean) / scale + b, multiplied out.
    """
    return w / scale, float(b - np.sum(w * mean / scale))


@checked(w=array("n_features"), threshold=nonnegative_number)
def drop_small(w, threshold):
    """A copy of w in which every |w_j| <= threshold is 0.

    How small a coefficient is depends on the units of its feature: standardise first.

    Args:
        w: shape (n_features,).
        threshold: number >= 0.

    Returns:
        Shape (n_features,).

    Raises:
        ValueError: w not a finite, non-empty vector, or threshold not finite and >= 0.

    Source:
        Karim, section 4.3; Donoho and Johnstone (1994), section 2 (hard thresholding).
    """
    return np.where(np.abs(w) <= threshold, 0.0, w)


@checked(x=array("n_samples"), degree=integer(1))
def polynomial_features(x, degree):
    """Columns x, x^2, ..., x^degree; no constant column, because the bias is apart.

    Args:
        x: shape (n_samples,).
        degree: of the polynomial, >= 1.

    Returns:
        Shape (n_samples, degree).

    Raises:
        ValueError: x not a finite, non-empty vector, or degree not an integer >= 1.

    Source:
        Bishop (2006), Pattern Recognition and Machine Learning, section 1.1.
    """
    return x[:, np.newaxis] ** np.arange(1, degree + 1)

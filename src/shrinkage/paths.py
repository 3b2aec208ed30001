"""Whole paths, lambda -> weights: a few numbers that give the lasso and ridge exactly at every strength.

The lasso's path is made of straight pieces, so the strengths at which it bends (its knots) and the weights there say
all. Ridge's path is a sum over the principal directions of the features, each divided by a square + lam. Finding these
is work for NumPy; `between_knots` and `along_directions`, which read weights off them, can be compiled for live figures.
"""

import numpy as np

from ._checks import array, checked, nonnegative_number
from .solvers import lasso_kkt_violation

MATRIX = array("n_samples", "n_features")
TARGETS = array("n_samples")


@checked(X=MATRIX, y=TARGETS, lam_low=nonnegative_number)
def lasso_knots(X, y, lam_low=0.0):
    """The strengths at which the lasso's path bends, from lam_max down to lam_low, and its weights there.

    While the signs s of the weights A that are not 0 stay the same, w_A = (X_A^T X_A)^-1 (X_A^T y - lam s / 2) on
    centred data, a straight line in lam. It ends where a weight meets 0 and leaves, or where the slope of the error
    for another weight reaches lam in size, and that weight joins. Every knot is checked by its optimality conditions.

    Args:
        X: shape (n_samples, n_features).
        y: shape (n_samples,).
        lam_low: where to end, >= 0.

    Returns:
        (strengths, falling, of shape (n_knots,), weights of shape (n_knots, n_features)). The first strength is
        lam_max, with all weights 0; the last is lam_low, unless lam_max is not above it.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, or lam_low < 0.
        RuntimeError: a knot is not optimal: two weights join or leave at once, or the features are too much alike.

    Source:
        Osborne, Presnell and Turlach (2000), A new approach to variable selection in least squares problems;
        Efron, Hastie, Johnstone and Tibshirani (2004), Least angle regression, section 3.1.
    """
    A, target = X - X.mean(axis=0), y - y.mean()
    pull = 2 * A.T @ target
    allowed = 1e-9 * np.max(np.abs(pull))
    changed = int(np.argmax(np.abs(pull)))
    lam = abs(pull[changed])
    signs = np.zeros(len(pull))
    signs[changed], sign_before = np.sign(pull[changed]), 0.0
    knots = [(lam, np.zeros(len(pull)))]
    while lam > lam_low:
        start, slope = _line(A, target, signs)
        fixed, growing = 2 * A.T @ (target - A @ start), 2 * A.T @ (A @ slope)
        events = [(lam_low, -1, 0.0)]
        for j in range(len(signs)):
            # Straight lines meet once: what has just changed meets its border here and not again.
            if signs[j] != 0:
                events += [(start[j] / slope[j], j, 0.0)] if j != changed and slope[j] != 0 else []
            else:
                events += [
                    (fixed[j] / (sign - growing[j]), j, sign)
                    for sign in (1.0, -1.0)
                    if growing[j] != sign and not (j == changed and sign == sign_before)
                ]
        # Where the error is all but 0 so are all pulls, and rounding would decide who is next.
        lam, changed, sign = max(event for event in events if event[0] < lam and (event[0] > allowed or event[1] < 0))
        w = start - lam * slope
        if changed >= 0:
            w[changed], sign_before, signs[changed] = 0.0, signs[changed], sign
        if lasso_kkt_violation(w, y.mean() - X.mean(axis=0) @ w, X, y, lam) > allowed:
            raise RuntimeError(f"the path cannot be followed beyond lam = {lam:.6g}: its weights there are not optimal")
        knots.append((lam, w))
    return np.array([lam for lam, _ in knots]), np.array([w for _, w in knots])


def _line(A, target, signs):
    """(start, slope): the best weights with these signs, 0 where the sign is 0, are start - lam slope."""
    active = signs != 0
    start, slope = np.zeros(len(signs)), np.zeros(len(signs))
    B = A[:, active]
    start[active] = np.linalg.lstsq(B, target)[0]
    # Twice by least squares instead of once by B^T B, which has half the digits.
    slope[active] = np.linalg.lstsq(B, np.linalg.lstsq(B.T, signs[active])[0])[0] / 2
    return start, slope


def _require_covered(lam, lams, weights):
    for k in np.flatnonzero(np.diff(lams) >= 0):
        before, after = float(lams[k]), float(lams[k + 1])
        raise ValueError(f"lams must be falling, as lasso_knots returns them, got {before!r} before {after!r}")
    if lam < lams[-1]:
        raise ValueError(f"lam must be at least that of the last knot, {float(lams[-1])!r}, got {lam!r}")


@checked(_require_covered, lam=nonnegative_number, lams=array("n_knots"), weights=array("n_knots", "n_features"))
def between_knots(lam, lams, weights):
    """The lasso's weights at the strength lam, on the straight line between the two knots beside it.

    Args:
        lam: strength, not below that of the last knot; above the first one the weights are those of the first.
        lams: strengths of the knots, falling, shape (n_knots,).
        weights: weights at the knots, shape (n_knots, n_features).

    Returns:
        A list of n_features numbers; a weight that is 0 at both knots is exactly 0.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, lams does not fall, or lam lies below it.

    Source:
        Efron, Hastie, Johnstone and Tibshirani (2004), Least angle regression, section 3.1: the path is piecewise linear.
    """
    if lam >= lams[0]:
        return [float(w) for w in weights[0]]
    k = 1
    while lam < lams[k]:
        k += 1
    share = (lams[k - 1] - lam) / (lams[k - 1] - lams[k])
    return [float(weights[k - 1][j] + share * (weights[k][j] - weights[k - 1][j])) for j in range(len(weights[k]))]


@checked(X=MATRIX, y=TARGETS)
def ridge_directions(X, y):
    """What ridge's path is a sum of: squares s_i^2 and vectors v_i (s_i u_i . y) with X = sum_i s_i u_i v_i^T, centred.

    Args:
        X: shape (n_samples, n_features).
        y: shape (n_samples,).

    Returns:
        (squares of shape (n_directions,), all > 0, directions of shape (n_directions, n_features)).

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, or all columns of X are constant.

    Source:
        Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, equation 3.47 (there for the
        fitted values).
    """
    u, s, v = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    # A direction in which the features do not vary gets no weight, as with least_squares.
    seen = s > max(X.shape) * np.finfo(float).eps * np.max(np.abs(X))
    if not seen.any():
        raise ValueError("X must have a column that is not constant, got constant columns alone")
    # The columns of u have mean 0, as the features have now, so y may keep its mean.
    return s[seen] ** 2, v[seen] * (s * (u.T @ y))[seen, np.newaxis]


@checked(
    lam=nonnegative_number, squares=array("n_directions", positive=True), directions=array("n_directions", "n_features")
)
def along_directions(lam, squares, directions):
    """Ridge's weights at the strength lam, sum_i directions_i / (squares_i + lam).

    Args:
        lam: strength >= 0; 0 gives the weights of least_squares.
        squares: as ridge_directions returns them, > 0, shape (n_directions,).
        directions: as ridge_directions returns them, shape (n_directions, n_features).

    Returns:
        A list of n_features numbers.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, lam < 0, or a square is not > 0.

    Source:
        Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, equation 3.47 (there for the
        fitted values).
    """
    found = []
    for j in range(len(directions[0])):
        w = 0.0
        for i in range(len(squares)):
            w += directions[i][j] / (squares[i] + lam)
        found.append(float(w))
    return found

"""Whole paths, lambda -> weights: a few numbers that give the lasso and ridge exactly at every strength.

The lasso's path is made of straight pieces, so the strengths at which it bends (its knots) and the weights there say
all. Ridge's path is a sum over the principal directions of the features, each divided by a square + lam. Finding these
is work for NumPy; `between_knots`, `along_directions` and `along_descent`, which read weights off them, can be compiled for
live figures.
"""

import numpy as np

from ._checks import array, checked, integer, nonnegative, nonnegative_number, positive, positive_number
from ._columns import Centred, centred

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
    data = Centred.of(X, y)
    C, target, unit = data.columns, data.target, data.strengths(1.0, 0.0)[0]
    pull = 2 * (C.T @ target)
    changed = int(np.argmax(np.abs(pull) / unit))
    lam = abs(pull[changed]) / unit[changed]
    # Where the error is all but 0 so are all pulls, and rounding would decide who is next.
    allowed = 1e-9 * np.max(np.abs(pull))
    signs = np.zeros(len(pull))
    signs[changed], sign_before = np.sign(pull[changed]), 0.0
    knots = [(lam, np.zeros(len(pull)))]
    while lam > lam_low:
        start, slope = _line(C, target, signs * unit)
        fixed, growing = 2 * (C.T @ (target - C @ start)), 2 * (C.T @ (C @ slope))
        with np.errstate(divide="ignore", invalid="ignore"):
            meetings = np.stack([fixed / (unit - growing), fixed / (-unit - growing), start / slope])
        meetings[:2, signs != 0] = meetings[2, signs == 0] = np.nan
        # Straight lines meet once: what has just changed met its border here and does not again.
        meetings[2 if sign_before == 0 else 0 if sign_before > 0 else 1, changed] = np.nan
        meetings[~((meetings < lam) & (meetings > lam_low) & (meetings * unit > allowed))] = lam_low
        kind, changed = np.unravel_index(np.argmax(meetings), meetings.shape)
        lam = float(meetings[kind, changed])
        v = start - lam * slope
        if lam > lam_low:
            v[changed], sign_before, signs[changed] = 0.0, signs[changed], (1.0, -1.0, 0.0)[kind]
        pull = 2 * (C.T @ (target - C @ v))
        off = np.where(v == 0, np.abs(pull) - lam * unit, np.abs(pull - lam * unit * np.sign(v)))
        if np.max(off) > allowed:
            raise RuntimeError(f"the path cannot be followed beyond lam = {lam:.6g}: its weights there are not optimal")
        knots.append((lam, v))
    return np.array([lam for lam, _ in knots]), np.array([data.weights(v) for _, v in knots])


def _line(C, target, forces):
    """(start, slope): the best weights against these forces times lam, 0 where there is none, are start - lam slope."""
    active = forces != 0
    A, forces = C[:, active], forces[active]
    start, slope = np.zeros(len(active)), np.zeros(len(active))
    wanted = np.column_stack([A.T @ target, forces / 2])
    gram = A.T @ A
    found = np.linalg.solve(gram, wanted) if np.linalg.cond(gram, 1) < 1e8 else np.full(wanted.shape, np.nan)
    if not np.all(np.abs(gram @ found - wanted) <= 1e-12 * np.max(np.abs(wanted), axis=0)):
        # By least squares on A, which has twice the digits of A^T A.
        found = np.column_stack(
            [np.linalg.lstsq(A, target)[0], np.linalg.lstsq(A, np.linalg.lstsq(A.T, forces)[0])[0] / 2]
        )
    start[active], slope[active] = found.T
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
    columns, _, sizes = centred(X)
    if not columns.any():
        raise ValueError("X must have a column that is not constant, got constant columns alone")
    u, s, v = np.linalg.svd(columns * sizes, full_matrices=False)
    # A direction in which the features do not vary gets no weight, as with least_squares.
    seen = s > max(X.shape) * np.finfo(float).eps * s[0]
    if np.linalg.matrix_rank(columns) > seen.sum():
        raise ValueError(
            f"X must have columns of comparable sizes, got some that vary {np.max(sizes) / np.min(sizes):.0e} times as much "
            "as others: standardise first"
        )
    return s[seen] ** 2, v[seen] * (s * (u.T @ centred(y)[0]))[seen, np.newaxis] * centred(y)[2]


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


@checked(square=positive, lam=nonnegative)
def ridge_share(square, lam):
    """square / (square + lam): which share of a direction's least-squares weight ridge keeps.

    Args:
        square: s^2 of the direction, as ridge_directions returns it, > 0.
        lam: strength >= 0.

    Returns:
        The broadcast shape, from 0 to 1.

    Raises:
        ValueError: square not finite and > 0, or lam not finite and >= 0.

    Source:
        Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, equation 3.47.
    """
    return square / (square + lam)


@checked(square=positive, eta=positive, n_steps=integer(0))
def descent_share(square, eta, n_steps):
    """1 - (1 - 2 eta square)^n_steps: which share n_steps of gradient descent on the sum of squared errors, from 0, have won.

    The 2 is the derivative's: the error has no factor 1/2. Between 0 and 1 for eta <= 1 / (2 square), and without end for
    eta > 1 / square, where the steps are too long.

    Args:
        square: s^2 of the direction, as ridge_directions returns it, > 0.
        eta: step size > 0.
        n_steps: number of steps >= 0.

    Returns:
        The broadcast shape of square and eta.

    Raises:
        ValueError: square or eta not finite and > 0, or n_steps not an integer >= 0.

    Source:
        Bishop (1995), Regularization and complexity control in feed-forward networks, section 3; Goodfellow, Bengio and
        Courville (2016), Deep Learning, section 7.8.
    """
    return 1 - (1 - 2 * eta * square) ** n_steps


@checked(eta=positive, n_steps=integer(1))
def matching_lam(eta, n_steps):
    """1 / (2 eta n_steps): the strength at which ridge keeps the same share of the faintest directions as n_steps steps.

    There both shares are square / lam, up to its square.

    Args:
        eta: step size > 0.
        n_steps: number of steps >= 1.

    Returns:
        The shape of eta.

    Raises:
        ValueError: eta not finite and > 0, or n_steps not an integer >= 1.

    Source:
        Ali, Kolter and Tibshirani (2019), A continuous-time view of early stopping for least squares regression, there
        lam = 1 / t; in our convention.
    """
    return 1 / (2 * eta * n_steps)


@checked(
    eta=positive_number,
    n_steps=integer(0),
    squares=array("n_directions", positive=True),
    directions=array("n_directions", "n_features"),
)
def along_descent(eta, n_steps, squares, directions):
    """The weights after n_steps of gradient descent from 0, sum_i directions_i / squares_i descent_share(squares_i).

    The bias is the best one at each step, as with ridge.

    Args:
        eta: step size > 0.
        n_steps: number of steps >= 0.
        squares: as ridge_directions returns them, > 0, shape (n_directions,).
        directions: as ridge_directions returns them, shape (n_directions, n_features).

    Returns:
        A list of n_features numbers.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, eta or a square is not > 0, or n_steps not
            an integer >= 0.

    Source:
        As descent_share.
    """
    found = []
    for j in range(len(directions[0])):
        w = 0.0
        for i in range(len(squares)):
            w += directions[i][j] / squares[i] * descent_share(squares[i], eta, n_steps)
        found.append(float(w))
    return found

"""Fits in many variables: least squares, ridge, lasso, elastic net, each with the bias free and unpenalised.

The bias is removed by centring: for every w the best b is mean(y) - mean(X) . w. The columns then get sizes near 1
(`_columns`), so that no feature is lost for its unit. Squared L2 is as good as further samples: |X w - y|^2 + lam_l2 |w|^2
is the squared error of X over sqrt(lam_l2) I, and y over 0. So one solver of least squares and one of the lasso
(`_working_set`) serve all. `elastic_net_pair` can be compiled for live figures.
"""

from dataclasses import dataclass

import numpy as np

from ._checks import array, checked, integer, nonnegative_number, number, positive_number
from ._columns import Centred
from ._working_set import Problem, augmented
from .losses import linear_model
from .penalties import sign, soft_threshold


@dataclass(frozen=True)
class Fit:
    """A fitted linear model.

    Attributes:
        w: weights, shape (n_features,).
        b: bias.
    """

    w: np.ndarray
    b: float

    def predict(self, X):
        """y_hat_i = x_i . w + b, the model's predictions.

        Args:
            X: features, shape (n_samples, n_features).

        Returns:
            Shape (n_samples,).

        Raises:
            ValueError: X is not finite, is empty, or has another number of features than w.

        Source:
            Karim, section 0.
        """
        return linear_model(X, self.w, self.b)


@dataclass(frozen=True)
class CertifiedFit(Fit):
    """A fit by iteration, with the proof of how good it is.

    Attributes:
        w: weights, shape (n_features,).
        b: bias.
        duality_gap: no (w, b) has an objective lower by more than this.
        kkt_violation: largest distance of a slope from where optimality wants it.
        n_sweeps: sweeps of coordinate descent that were made over a working set; 0 where none was needed.
    """

    duality_gap: float
    kkt_violation: float
    n_sweeps: int


MATRIX = array("n_samples", "n_features")
TARGETS = array("n_samples")
WEIGHTS = array("n_features")
STRENGTHS = array("n_strengths")
# How many features join a working set at once: with more, their new weights get in each other's way.
JOINING = 10


@checked(X=MATRIX, y=TARGETS)
def least_squares(X, y):
    """argmin_{w,b} sum_i (x_i . w + b - y_i)^2, and of all minimisers the one with the smallest |w|.

    Args:
        X: shape (n_samples, n_features).
        y: shape (n_samples,).

    Returns:
        A Fit.

    Raises:
        ValueError: an argument is not finite, is empty, or the shapes do not match.

    Source:
        Golub and Van Loan (2013), Matrix Computations, section 5.5.
    """
    return ridge(X, y, 0.0)


@checked(X=MATRIX, y=TARGETS, lam=nonnegative_number)
def ridge(X, y, lam):
    """argmin_{w,b} sum_i (x_i . w + b - y_i)^2 + lam |w|^2, that is w = (X^T X + lam I)^-1 X^T y on centred data.

    Computed as a least-squares problem with lam as further samples, which keeps twice the digits of the formula.

    Args:
        X: shape (n_samples, n_features).
        y: shape (n_samples,).
        lam: strength of squared L2, >= 0; 0 gives least_squares.

    Returns:
        A Fit.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, or lam < 0.

    Source:
        Hoerl and Kennard (1970), Ridge regression, section 2; Golub and Van Loan (2013), section 6.1.4.
    """
    data = Centred.of(X, y)
    w = data.weights(_least_squares(data, lam))
    return Fit(w, data.bias(w))


def _least_squares(data, lam):
    """argmin_v |columns v - target|^2 + lam |w|^2, and for lam = 0 of all minimisers that with the smallest |w|."""
    kept = np.flatnonzero(data.columns.any(axis=0))
    v = np.zeros(data.columns.shape[1])
    C, sizes = data.columns[:, kept], data.x_sizes[kept]
    if lam > 0:
        A, target = augmented(C, data.target, data.strengths(0.0, lam)[1][kept])
        lengths = np.sqrt(np.sum(A * A, axis=0))
        v[kept] = np.linalg.lstsq(A / lengths, target)[0] / lengths
        return v
    v[kept], _, rank, _ = np.linalg.lstsq(C, data.target)
    if rank < len(kept):
        # What counts of v is V^T v, its part among the samples. The shortest w with that part is Q R^-T V^T v, where
        # Q R are the rows of V times their sizes. With the large ones first, the small ones lose no digits.
        V = np.linalg.svd(C, full_matrices=False)[2][:rank].T
        order = np.argsort(-sizes, kind="stable")
        Q, R = np.linalg.qr((sizes[:, np.newaxis] * V)[order])
        v[kept[order]] = sizes[order] * (Q @ np.linalg.solve(R.T, V.T @ v[kept]))
    return v


@checked(X=MATRIX, y=TARGETS, lam=nonnegative_number, tol=positive_number, max_sweeps=integer(1))
def lasso(X, y, lam, tol=1e-10, max_sweeps=100_000):
    """argmin_{w,b} sum_i (x_i . w + b - y_i)^2 + lam |w|_1 by coordinate descent, certified by its duality gap.

    Args:
        X: shape (n_samples, n_features).
        y: shape (n_samples,).
        lam: strength of L1, >= 0.
        tol: the duality gap that is allowed, as a share of sum_i (y_i - mean(y))^2.
        max_sweeps: sweeps, over a working set, before giving up.

    Returns:
        A CertifiedFit.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, lam < 0, tol <= 0 or max_sweeps < 1.
        RuntimeError: the gap is still too large after max_sweeps.

    Source:
        Friedman, Hastie, Höfling and Tibshirani (2007), Pathwise coordinate optimization.
    """
    return elastic_net(X, y, lam, 0.0, tol, max_sweeps)


@checked(
    X=MATRIX,
    y=TARGETS,
    lam_l1=nonnegative_number,
    lam_l2=nonnegative_number,
    tol=positive_number,
    max_sweeps=integer(1),
)
def elastic_net(X, y, lam_l1, lam_l2, tol=1e-10, max_sweeps=100_000):
    """argmin_{w,b} sum_i (x_i . w + b - y_i)^2 + lam_l1 |w|_1 + lam_l2 |w|^2 by coordinate descent, certified as lasso.

    Args:
        X: shape (n_samples, n_features).
        y: shape (n_samples,).
        lam_l1: strength of L1, >= 0.
        lam_l2: strength of squared L2, >= 0.
        tol: the duality gap that is allowed, as a share of sum_i (y_i - mean(y))^2.
        max_sweeps: sweeps, over a working set, before giving up.

    Returns:
        A CertifiedFit.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, a strength < 0, tol <= 0 or max_sweeps
            < 1.
        RuntimeError: the gap is still too large after max_sweeps.

    Source:
        Zou and Hastie (2005), Regularization and variable selection via the elastic net, section 2.1 and lemma 1.
    """
    data = Centred.of(X, y)
    v, n_sweeps = _minimise(data, lam_l1, lam_l2, tol, max_sweeps, np.zeros(X.shape[1]))
    w = data.weights(v)
    b = data.bias(w)
    gap, violation = _duality_gap(data, v, lam_l1, lam_l2), _kkt_violation(data, w, b, lam_l1, lam_l2)
    return CertifiedFit(w, b, duality_gap=gap, kkt_violation=violation, n_sweeps=n_sweeps)


def _minimise(data, lam_l1, lam_l2, tol, max_sweeps, start):
    """(v, number of sweeps): the least |columns v - target|^2 + l1 . |v| + l2 . v^2, within the gap that tol allows.

    Most weights will be 0. So descent is for a working set alone: the features that have weights, and those that are
    pulled harder than L1 can hold. When it is done, the pulls on all features tell who has to join.
    """
    problem = Problem(data.columns, data.target, *data.strengths(lam_l1, lam_l2))
    v = np.zeros(len(start))
    if np.all(np.abs(problem.pull(v)) <= problem.l1):
        return v, 0
    if not problem.l1.any():
        return _least_squares(data, lam_l2), 0
    v, n_sweeps, best_gap, value = start, 0, np.inf, np.inf
    allowed = tol * (data.target @ data.target)
    while True:
        pull = problem.pull(v)
        gap, _ = problem.gap(v, pull)
        joining = _strongest(np.where(v == 0, np.abs(pull) - problem.l1 - problem.rounding(v), 0.0))
        if gap > allowed and len(joining) == 0:
            # Where v is large its pulls are rounded much. Those of weights exactly at rest are not.
            sharper, _, pull = problem.gap_for_signs(v, pull, np.flatnonzero(v))
            gap = min(gap, sharper)
            joining = _strongest(np.where(v == 0, np.abs(pull) - problem.l1 - problem.rounding(0.0 * v), 0.0))
        # A start may be good enough and yet have the wrong zeros: just below lam_max one weight is not 0.
        if gap <= allowed and (n_sweeps > 0 or len(joining) == 0):
            return v, n_sweeps
        if n_sweeps == max_sweeps:
            raise RuntimeError(
                f"duality gap {gap * data.y_size**2:.3g} after max_sweeps = {max_sweeps}, wanted at most "
                f"{allowed * data.y_size**2:.3g}"
            )
        before, value = value, problem.objective(v)
        if gap > best_gap / 2 and value > (1 - 1e-12) * before:
            return _without_l1(data, problem, lam_l2, gap, allowed), n_sweeps
        best_gap = min(best_gap, gap)
        working = np.union1d(np.flatnonzero(v), joining)
        found, made = problem.restricted(working).descend(v[working], max_sweeps - n_sweeps)
        v = np.zeros(len(start))
        v[working] = found
        n_sweeps += made


def _without_l1(data, problem, lam_l2, gap, allowed):
    """Least squares or ridge, where L1 is so weak that rounding hides it and its whole cost is within what tol allows."""
    v = _least_squares(data, lam_l2)
    left, _, _ = problem.gap_for_signs(v, problem.pull(v), np.arange(len(v)))
    if min(gap, left) > allowed:
        raise RuntimeError(
            f"duality gap {gap * data.y_size**2:.3g}, wanted at most {allowed * data.y_size**2:.3g}: features are so much "
            "alike that rounding leaves no better weights; allow more by tol, or leave one of them out"
        )
    return v


def _strongest(excess):
    """The features where it is largest, and above 0."""
    first = np.argsort(-excess)[:JOINING]
    return first[excess[first] > 0]


@checked(w=WEIGHTS, b=number, X=MATRIX, y=TARGETS, lam=nonnegative_number)
def lasso_duality_gap(w, b, X, y, lam):
    """The lasso's objective at (w, b) minus a lower bound of its minimum: an upper bound of what could still be gained.

    Args:
        w: shape (n_features,).
        b: bias.
        X: shape (n_samples, n_features).
        y: shape (n_samples,).
        lam: strength of L1, >= 0.

    Returns:
        A float, >= 0 up to rounding.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, or lam < 0.

    Source:
        Kim, Koh, Lustig, Boyd and Gorinevsky (2007), An interior-point method for large-scale l1-regularized least
        squares.
    """
    return elastic_net_duality_gap(w, b, X, y, lam, 0.0)


@checked(w=WEIGHTS, b=number, X=MATRIX, y=TARGETS, lam_l1=nonnegative_number, lam_l2=nonnegative_number)
def elastic_net_duality_gap(w, b, X, y, lam_l1, lam_l2):
    """The elastic net's objective at (w, b) minus a lower bound of its minimum.

    Args:
        w: shape (n_features,).
        b: bias.
        X: shape (n_samples, n_features).
        y: shape (n_samples,).
        lam_l1: strength of L1, >= 0.
        lam_l2: strength of squared L2, >= 0.

    Returns:
        A float, >= 0 up to rounding.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, or a strength < 0.

    Source:
        Kim, Koh, Lustig, Boyd and Gorinevsky (2007), An interior-point method for large-scale l1-regularized least
        squares, on augmented data.
    """
    data = Centred.of(X, y)
    return _duality_gap(data, data.scaled(w), lam_l1, lam_l2) + len(y) * (b - data.bias(w)) ** 2


def _duality_gap(data, v, lam_l1, lam_l2):
    problem = Problem(data.columns, data.target, *data.strengths(lam_l1, lam_l2))
    pull = problem.pull(v)
    bounds = [problem.gap(v, pull)]
    if bounds[0][0] > 1e-12 * (data.target @ data.target):
        for among in (v != 0, (v != 0) | (np.abs(pull) > problem.l1)):
            bounds.append(problem.gap_for_signs(v, pull, np.flatnonzero(among))[:2])
    # What rounding may add is no proof: it counts against v.
    with np.errstate(over="ignore"):
        return min(gap + lost for gap, lost in bounds) * data.y_size * data.y_size


@checked(w=WEIGHTS, b=number, X=MATRIX, y=TARGETS, lam=nonnegative_number)
def lasso_kkt_violation(w, b, X, y, lam):
    """How far (w, b) is from the lasso's optimality conditions; 0 exactly at a minimiser.

    With residuals r = y - X w - b: the largest of the distances of 2 x_j . r from lam times the subdifferential of
    |w_j|, and of |2 sum_i r_i| for the bias.

    Args:
        w: shape (n_features,).
        b: bias.
        X: shape (n_samples, n_features).
        y: shape (n_samples,).
        lam: strength of L1, >= 0.

    Returns:
        A float >= 0.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, or lam < 0.

    Source:
        Hastie, Tibshirani and Wainwright (2015), Statistical Learning with Sparsity, section 2.2, in our convention.
    """
    return elastic_net_kkt_violation(w, b, X, y, lam, 0.0)


@checked(w=WEIGHTS, b=number, X=MATRIX, y=TARGETS, lam_l1=nonnegative_number, lam_l2=nonnegative_number)
def elastic_net_kkt_violation(w, b, X, y, lam_l1, lam_l2):
    """As lasso_kkt_violation, with 2 x_j . r - 2 lam_l2 w_j in the place of 2 x_j . r.

    Args:
        w: shape (n_features,).
        b: bias.
        X: shape (n_samples, n_features).
        y: shape (n_samples,).
        lam_l1: strength of L1, >= 0.
        lam_l2: strength of squared L2, >= 0.

    Returns:
        A float >= 0.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, or a strength < 0.

    Source:
        Hastie, Tibshirani and Wainwright (2015), Statistical Learning with Sparsity, section 4.2, in our convention.
    """
    return _kkt_violation(Centred.of(X, y), w, b, lam_l1, lam_l2)


def _kkt_violation(data, w, b, lam_l1, lam_l2):
    residual_sum = len(data.target) * (data.bias(w) - b)
    pull = data.pull(data.scaled(w)) + 2 * (data.x_means * residual_sum - lam_l2 * w)
    at_zero = np.abs(soft_threshold(pull, lam_l1))
    elsewhere = np.abs(pull - lam_l1 * np.sign(w))
    return float(max(np.max(np.where(w == 0, at_zero, elsewhere)), abs(2 * residual_sum)))


@checked(X=MATRIX, y=TARGETS)
def lam_max(X, y):
    """max_j |2 x_j . (y - mean(y))| on centred features: the smallest lam for which the lasso's w is 0.

    Args:
        X: shape (n_samples, n_features).
        y: shape (n_samples,).

    Returns:
        A float >= 0.

    Raises:
        ValueError: an argument is not finite, is empty, or the shapes do not match.

    Source:
        Hastie, Tibshirani and Wainwright (2015), Statistical Learning with Sparsity, section 2.4, in our convention.
    """
    data = Centred.of(X, y)
    return float(np.max(np.abs(data.pull(np.zeros(X.shape[1])))))


@checked(X=MATRIX, y=TARGETS, lams=STRENGTHS, tol=positive_number, max_sweeps=integer(1))
def lasso_path(X, y, lams, tol=1e-10, max_sweeps=100_000):
    """The lasso's weights for each lam, every fit certified; the largest lam is solved first and starts the next.

    Args:
        X: shape (n_samples, n_features).
        y: shape (n_samples,).
        lams: strengths of L1, >= 0, in any order, shape (n_strengths,).
        tol: as for lasso.
        max_sweeps: as for lasso.

    Returns:
        Shape (n_strengths, n_features), in the order of lams.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, a lam < 0, tol <= 0 or max_sweeps < 1.
        RuntimeError: a gap is still too large after max_sweeps.

    Source:
        Friedman, Hastie, Höfling and Tibshirani (2007), Pathwise coordinate optimization.
    """
    data = Centred.of(X, y)
    path = np.zeros((len(lams), X.shape[1]))
    v = path[0]
    for k in np.argsort(-lams):
        v, _ = _minimise(data, nonnegative_number("lams", lams[k]), 0.0, tol, max_sweeps, v)
        path[k] = data.weights(v)
    return path


@checked(X=MATRIX, y=TARGETS, lams=STRENGTHS)
def ridge_path(X, y, lams):
    """The weights of ridge for each lam.

    Args:
        X: shape (n_samples, n_features).
        y: shape (n_samples,).
        lams: strengths of squared L2, >= 0, in any order, shape (n_strengths,).

    Returns:
        Shape (n_strengths, n_features), in the order of lams.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, or a lam < 0.

    Source:
        Hoerl and Kennard (1970), Ridge regression (the ridge trace).
    """
    data = Centred.of(X, y)
    return np.array([data.weights(_least_squares(data, nonnegative_number("lams", lam))) for lam in lams])


def _require_positive_definite(a11, a12, a22, c1, c2, lam_l1, lam_l2):
    if not (a11 + lam_l2 > 0 and (a11 + lam_l2) * (a22 + lam_l2) - a12 * a12 > 0):
        raise ValueError(
            "a11, a12, a22 must make [[a11, a12], [a12, a22]] + lam_l2 I positive definite, "
            f"got {a11!r}, {a12!r}, {a22!r} with lam_l2 = {lam_l2!r}"
        )


@checked(
    _require_positive_definite,
    a11=number,
    a12=number,
    a22=number,
    c1=number,
    c2=number,
    lam_l1=nonnegative_number,
    lam_l2=nonnegative_number,
)
def elastic_net_pair(a11, a12, a22, c1, c2, lam_l1, lam_l2):
    """argmin_w w^T A w - 2 c . w + lam_l1 (|w1| + |w2|) + lam_l2 (w1^2 + w2^2) for two weights, without iteration.

    For a linear model A = X^T X and c = X^T y. The sign of w1 is read off at w1 = 0: let w2 take its best value there;
    w1 is 0 exactly where the slope that is left fits into [-lam_l1, lam_l1], otherwise it has the sign of that slope's
    pull. The same for w2. Known signs leave a linear system of at most two equations.

    Args:
        a11: first diagonal entry of A.
        a12: off-diagonal entry of A.
        a22: second diagonal entry of A; A + lam_l2 I positive definite.
        c1: first entry of c.
        c2: second entry of c.
        lam_l1: strength of L1, >= 0.
        lam_l2: strength of squared L2, >= 0.

    Returns:
        [w1, w2].

    Raises:
        ValueError: an argument is not finite, a strength < 0, or A + lam_l2 I is not positive definite.

    Source:
        Derived here; the conditions are those of Hastie, Tibshirani and Wainwright (2015), section 4.2.
    """
    d11 = a11 + lam_l2
    d22 = a22 + lam_l2
    half = lam_l1 / 2
    alone1 = soft_threshold(c1, half) / d11
    alone2 = soft_threshold(c2, half) / d22
    sign1 = sign(soft_threshold(c1 - a12 * alone2, half))
    sign2 = sign(soft_threshold(c2 - a12 * alone1, half))
    if sign1 == 0:
        return [0.0, alone2]
    if sign2 == 0:
        return [alone1, 0.0]
    g1 = c1 - half * sign1
    g2 = c2 - half * sign2
    determinant = d11 * d22 - a12 * a12
    w1 = (d22 * g1 - a12 * g2) / determinant
    w2 = (d11 * g2 - a12 * g1) / determinant
    # Rounding can carry a weight that is all but 0 across it; its sign is known better.
    return [w1 * (w1 * sign1 > 0), w2 * (w2 * sign2 > 0)]

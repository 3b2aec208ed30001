"""Fits in many variables: least squares, ridge, lasso, elastic net, each with the bias free and unpenalised.

The bias is removed by centring: for every w the best b is mean(y) - mean(X) . w. Squared L2 is then removed by
augmentation: |X w - y|^2 + lam_l2 |w|^2 is the squared error of X over sqrt(lam_l2) I, and y over 0. So one solver of
least squares and one of the lasso serve all. `elastic_net_pair` can be compiled for live figures.
"""

from dataclasses import dataclass

import numpy as np

from ._checks import array, checked, integer, nonnegative_number, number, positive_number
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
        n_sweeps: sweeps of coordinate descent that were made.
    """

    duality_gap: float
    kkt_violation: float
    n_sweeps: int


MATRIX = array("n_samples", "n_features")
TARGETS = array("n_samples")
WEIGHTS = array("n_features")
STRENGTHS = array("n_strengths")


def _augmented(X, y, lam_l2):
    """Centred data, with the squared L2 penalty as further samples; for lam_l2 = 0 these are 0 and change nothing."""
    n_features = X.shape[1]
    A = np.vstack([X - X.mean(axis=0), np.sqrt(lam_l2) * np.eye(n_features)])
    return A, np.concatenate([y - y.mean(), np.zeros(n_features)])


def _bias(w, X, y):
    return float(y.mean() - X.mean(axis=0) @ w)


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
    w = np.linalg.lstsq(*_augmented(X, y, lam))[0]
    return Fit(w, _bias(w, X, y))


@checked(X=MATRIX, y=TARGETS, lam=nonnegative_number, tol=positive_number, max_sweeps=integer(1))
def lasso(X, y, lam, tol=1e-10, max_sweeps=100_000):
    """argmin_{w,b} sum_i (x_i . w + b - y_i)^2 + lam |w|_1 by coordinate descent, certified by its duality gap.

    Args:
        X: shape (n_samples, n_features).
        y: shape (n_samples,).
        lam: strength of L1, >= 0.
        tol: the duality gap that is allowed, as a share of sum_i (y_i - mean(y))^2.
        max_sweeps: sweeps before giving up.

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
        max_sweeps: sweeps before giving up.

    Returns:
        A CertifiedFit.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, a strength < 0, tol <= 0 or max_sweeps
            < 1.
        RuntimeError: the gap is still too large after max_sweeps.

    Source:
        Zou and Hastie (2005), Regularization and variable selection via the elastic net, section 2.1 and lemma 1.
    """
    return _certified_fit(X, y, lam_l1, lam_l2, tol, max_sweeps, np.zeros(X.shape[1]))


def _certified_fit(X, y, lam_l1, lam_l2, tol, max_sweeps, start):
    A, target = _augmented(X, y, lam_l2)
    w, n_sweeps = _coordinate_descent(A, target, lam_l1, tol * (target @ target), max_sweeps, start)
    b = _bias(w, X, y)
    return CertifiedFit(
        w,
        b,
        duality_gap=elastic_net_duality_gap(w, b, X, y, lam_l1, lam_l2),
        kkt_violation=elastic_net_kkt_violation(w, b, X, y, lam_l1, lam_l2),
        n_sweeps=n_sweeps,
    )


def _coordinate_descent(A, target, lam, allowed_gap, max_sweeps, start):
    """(argmin_w |A w - target|^2 + lam |w|_1, number of sweeps), each weight in turn put to its minimiser."""
    squares = np.sum(A * A, axis=0)
    w = start.copy()
    for n_sweeps in range(1, max_sweeps + 1):
        residual = target - A @ w
        for j in np.flatnonzero(squares):
            new = soft_threshold(A[:, j] @ residual + squares[j] * w[j], lam / 2) / squares[j]
            residual -= A[:, j] * (new - w[j])
            w[j] = new
        w = _best_for_signs(w, A, target, lam)
        gap = _lasso_gap(w, A, target, lam)
        if gap <= allowed_gap:
            return w, n_sweeps
    raise RuntimeError(f"duality gap {gap:.3g} after max_sweeps = {max_sweeps}, wanted at most {allowed_gap:.3g}")


def _best_for_signs(w, A, target, lam):
    """The point where steps to the minimiser for given signs end; its objective is not higher than at w.

    Where features are much alike, coordinate descent creeps; these steps end the creeping. With the signs of w fixed
    and its zeros left out, the objective is a parabola. On the straight way to its lowest point only that point and
    those where a weight meets 0 can be best; then it is the turn of the signs found there. The bound on the number of
    turns is for rounding: in real numbers the objective falls each time, and there are finitely many signs.
    """
    for _ in range(10 * len(w)):
        active = w != 0
        if not active.any():
            break
        signs = np.sign(w[active])
        B = A[:, active]
        aim = np.zeros(len(w))
        flat = signs - np.linalg.lstsq(B, B @ signs)[0]
        if lam > 0 and np.max(np.abs(flat)) > 1e-9:
            # B w is the same all along `flat` and the penalty falls against it, at least until a weight is 0.
            shrinking = flat * signs > 0
            aim[active] = w[active] - flat * 2 * np.max(w[active][shrinking] / flat[shrinking])
            points = []
        else:
            shift = lam / 2 * np.linalg.lstsq(B.T, signs)[0]
            aim[active] = np.linalg.lstsq(B, target - shift)[0]
            points = [aim]
        for j in np.flatnonzero(w * aim < 0):
            point = w + w[j] / (w[j] - aim[j]) * (aim - w)
            point[j] = 0.0
            points.append(point)
        if len(points) == 1:
            return aim
        w = min(points, key=lambda point: np.sum((target - A @ point) ** 2) + lam * np.sum(np.abs(point)))
    return w


def _lasso_gap(w, A, target, lam):
    """Objective minus a lower bound of it, for |A w - target|^2 + lam |w|_1.

    The dual is: maximise 2 theta . target - |theta|^2 over all theta with |2 A^T theta| <= lam. The residual is
    made feasible by scaling, or for lam = 0 by projection.
    """
    residual = target - A @ w
    if lam == 0:
        theta = residual - A @ np.linalg.lstsq(A, residual)[0]
    else:
        steepest = np.max(np.abs(2 * A.T @ residual))
        theta = residual * (lam / max(lam, steepest))
    return residual @ residual + lam * np.sum(np.abs(w)) - (2 * theta @ target - theta @ theta)


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
    off_best_bias = b - _bias(w, X, y)
    return float(_lasso_gap(w, *_augmented(X, y, lam_l2), lam_l1) + len(y) * off_best_bias**2)


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
    residual = y - X @ w - b
    pull = 2 * X.T @ residual - 2 * lam_l2 * w
    at_zero = np.abs(soft_threshold(pull, lam_l1))
    elsewhere = np.abs(pull - lam_l1 * np.sign(w))
    return float(max(np.max(np.where(w == 0, at_zero, elsewhere)), abs(2 * residual.sum())))


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
    A, target = _augmented(X, y, 0.0)
    return float(np.max(np.abs(2 * A.T @ target)))


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
    path = np.zeros((len(lams), X.shape[1]))
    w = path[0]
    for k in np.argsort(-lams):
        w = path[k] = _certified_fit(X, y, nonnegative_number("lams", lams[k]), 0.0, tol, max_sweeps, w).w
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
    return np.array([ridge(X, y, nonnegative_number("lams", lam)).w for lam in lams])


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

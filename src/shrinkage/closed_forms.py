"""Minimisers that need no iteration, and the step sizes at which iteration is stable.

One variable: L = (w x + b - y)^2 with b fixed, r = y - b. All functions but the two about matrices can be compiled for
live figures: plain arithmetic that serves floats and arrays alike, with the same result to the last bit.
"""

import numpy as np

from ._checks import array, checked, finite, nonnegative, nonnegative_number, nonzero, number, positive, positive_number
from .penalties import soft_threshold


def _require_range(x, y, b, lam):
    """The products of a minimiser may neither overflow nor, where they are not 0, underflow to 0."""
    with np.errstate(over="ignore", under="ignore"):
        product, square = x * (y - b), x * x + lam
        kept = (abs(product) < np.inf) & ((product != 0) | (y == b)) & (square < np.inf)
    if not np.all(kept):
        raise ValueError(
            "x, y, b and lam must be of sizes for which x (y - b) and x^2 + lam stay within the range of floats, "
            f"got x = {x!r}, y = {y!r}, b = {b!r}, lam = {lam!r}"
        )


@checked(x=nonzero, y=finite, b=finite)
def minimiser_plain(x, y, b):
    """argmin_w (w x + b - y)^2 = (y - b) / x.

    Args:
        x: feature, x^2 > 0.
        y: target.
        b: bias, fixed.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: an argument is not finite, or x^2 = 0.

    Source:
        Derived here from Karim, section 2.1.
    """
    return (y - b) / x


@checked(_require_range, x=nonzero, y=finite, b=finite, lam=nonnegative)
def minimiser_l1(x, y, b, lam):
    """argmin_w (w x + b - y)^2 + lam |w| = soft_threshold(x r, lam/2) / x^2 with r = y - b.

    The threshold is lam/2 because the squared error has no factor 1/2. Exactly 0 where |2 x r| <= lam.

    Args:
        x: feature, x^2 > 0.
        y: target.
        b: bias, fixed.
        lam: strength >= 0.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: an argument is not finite, x^2 = 0, lam < 0, or a product exceeds the range of floats.

    Source:
        Tibshirani (1996), Regression shrinkage and selection via the lasso, section 2.2, in our convention.
    """
    return soft_threshold(x * (y - b), lam / 2) / (x * x)


@checked(_require_range, x=nonzero, y=finite, b=finite, lam=nonnegative)
def minimiser_squared_l2(x, y, b, lam):
    """argmin_w (w x + b - y)^2 + lam w^2 = x r / (x^2 + lam) with r = y - b; 0 only where x r = 0.

    Args:
        x: feature, x^2 > 0.
        y: target.
        b: bias, fixed.
        lam: strength >= 0.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: an argument is not finite, x^2 = 0, lam < 0, or a product exceeds the range of floats.

    Source:
        Hoerl and Kennard (1970), Ridge regression, section 2.
    """
    return x * (y - b) / (x * x + lam)


@checked(x=finite, y=finite, b=finite)
def data_pull(x, y, b):
    """2 x (y - b): how hard the data pull w away from 0, minus the slope of the squared error at w = 0.

    Under L1 the minimiser is 0 exactly where |data_pull| <= lam; under squared L2 only where data_pull = 0.

    Args:
        x: feature, number or array.
        y: target.
        b: bias, fixed.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: an argument is not finite.

    Source:
        Derived here from Karim, section 4 (-H at w = 0).
    """
    return 2 * (x * (y - b))


@checked(x=finite, y=finite, b=finite)
def lam_that_zeroes(x, y, b):
    """|2 x (y - b)|: the smallest lam for which minimiser_l1 is 0.

    Args:
        x: feature, number or array.
        y: target.
        b: bias, fixed.

    Returns:
        The broadcast shape, >= 0.

    Raises:
        ValueError: an argument is not finite.

    Source:
        Tibshirani (1996), Regression shrinkage and selection via the lasso, section 2.2, in our convention.
    """
    return abs(data_pull(x, y, b))


@checked(z=finite, lam=nonnegative)
def orthonormal_lasso(z, lam):
    """argmin_w |X w - y|^2 + lam |w|_1 for X^T X = I: soft_threshold(z, lam/2) with z = X^T y.

    Args:
        z: least-squares weights, number or array.
        lam: strength >= 0.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: z not finite, or lam not finite and >= 0.

    Source:
        Tibshirani (1996), Regression shrinkage and selection via the lasso, section 2.2, in our convention.
    """
    return soft_threshold(z, lam / 2)


@checked(z=finite, lam=nonnegative)
def orthonormal_ridge(z, lam):
    """argmin_w |X w - y|^2 + lam |w|^2 for X^T X = I: z / (1 + lam) with z = X^T y.

    Args:
        z: least-squares weights, number or array.
        lam: strength >= 0.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: z not finite, or lam not finite and >= 0.

    Source:
        Tibshirani (1996), Regression shrinkage and selection via the lasso, section 2.2.
    """
    return z / (1 + lam)


@checked(curvature=positive)
def stable_step_limit(curvature):
    """2 / curvature: gradient descent on a parabola converges for 0 < eta < this limit, and cycles at it.

    Args:
        curvature: second derivative > 0, e.g. 2 (x^2 + lam) for the squared-L2 loss, lam for lam/2 w^2 alone.

    Returns:
        A number, or the shape of curvature.

    Raises:
        ValueError: curvature not finite and > 0.

    Source:
        Nesterov (2004), Introductory Lectures on Convex Optimization, section 1.2.3.
    """
    return 2 / curvature


@checked(x=finite, lam=nonnegative, eta=positive)
def squared_l2_step_factor(x, lam, eta):
    """1 - 2 eta (x^2 + lam): what one step on the squared-L2 loss multiplies the distance to its minimiser by, b fixed.

    Stable where the factor is below 1 in size; with eta = 1 that is x^2 + lam < 1.

    Args:
        x: feature, number or array.
        lam: strength >= 0.
        eta: step size > 0.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: x not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Derived here from Karim, equation (2).
    """
    return 1 - 2 * eta * (x * x + lam)


@checked(x=number, lam=nonnegative_number, eta=positive_number)
def joint_step_matrix(x, lam, eta):
    """I - 2 eta [[x^2 + lam, x], [x, 1]]: one step on the squared-L2 loss in (w, b) together, acting on their errors.

    With eta = 1 its spectral radius is above 1 for every x other than 0.

    Args:
        x: feature.
        lam: strength >= 0, on w alone.
        eta: step size > 0.

    Returns:
        Shape (2, 2).

    Raises:
        ValueError: x not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Derived here from Karim, section 3, with the bias trained as well.
    """
    return np.eye(2) - 2 * eta * np.array([[x * x + lam, x], [x, 1.0]])


def _require_square(M):
    if M.shape[0] != M.shape[1]:
        raise ValueError(f"M must be square, got shape {M.shape}")


@checked(_require_square, M=array("n_rows", "n_columns"))
def spectral_radius(M):
    """The largest size of an eigenvalue: the iteration e -> M e dies out from every start exactly where it is below 1.

    Args:
        M: shape (n, n).

    Returns:
        A float >= 0.

    Raises:
        ValueError: M not a square array of finite numbers.

    Source:
        Golub and Van Loan (2013), Matrix Computations, section 11.2.3.
    """
    return float(np.max(np.abs(np.linalg.eigvals(M))))

"""Two weights, whose loss and penalty can be drawn in the plane: contours, balls, and the strength that zeroes one.

The two features have mean 0, sum_i x_ij^2 = 1 and the correlation rho = sum_i x_i1 x_i2, so that the squared
error is its least value, at (m1, m2), plus a quadratic form in what the weights differ from that. The minimiser under a penalty is
`elastic_net_pair(1, rho, 1, m1 + rho m2, m2 + rho m1, lam_l1, lam_l2)`. All functions can be compiled for live figures.
"""

from math import sqrt

from ._checks import checked, correlation, finite, nonnegative, nonnegative_number, number


@checked(w1=finite, w2=finite, m1=finite, m2=finite, rho=correlation)
def excess_error_pair(w1, w2, m1, m2, rho):
    """d1^2 + 2 rho d1 d2 + d2^2 with d = w - m: what the squared error at (w1, w2) exceeds its least value, at (m1, m2).

    Written as a sum of squares, so that rounding never makes it negative.

    Args:
        w1: first weight.
        w2: second weight.
        m1: first weight of least error.
        m2: second weight of least error.
        rho: correlation of the features, between -1 and 1.

    Returns:
        The broadcast shape, >= 0.

    Raises:
        ValueError: an argument is not finite, or rho is not between -1 and 1.

    Source:
        Derived here: the Taylor expansion of a quadratic function at its minimum.
    """
    d1 = w1 - m1
    d2 = w2 - m2
    return (d1 + rho * d2) * (d1 + rho * d2) + (1 - rho * rho) * (d2 * d2)


@checked(w1=finite, w2=finite, m1=finite, m2=finite, rho=correlation)
def data_pull_pair(w1, w2, m1, m2, rho):
    """2 (m1 - w1 + rho (m2 - w2)), and the same with 1 and 2 exchanged: minus the gradient of the squared error.

    Args:
        w1: first weight.
        w2: second weight.
        m1: first weight of least error.
        m2: second weight of least error.
        rho: correlation of the features, between -1 and 1.

    Returns:
        [pull on w1, pull on w2], each of the broadcast shape.

    Raises:
        ValueError: an argument is not finite, or rho is not between -1 and 1.

    Source:
        Derived here.
    """
    d1 = m1 - w1
    d2 = m2 - w2
    return [2 * (d1 + rho * d2), 2 * (d2 + rho * d1)]


@checked(c=number, s=number, level=nonnegative_number, m1=number, m2=number, rho=correlation)
def contour_pair(c, s, level, m1, m2, rho):
    """The point that (c, s) of the unit circle is carried to on the ellipse {w: excess_error_pair(w, m, rho) = level}.

    Args:
        c: first coordinate, with c^2 + s^2 = 1.
        s: second coordinate.
        level: excess error >= 0.
        m1: first weight of least error, the centre.
        m2: second weight of least error.
        rho: correlation of the features, between -1 and 1.

    Returns:
        [w1, w2].

    Raises:
        ValueError: an argument is not finite, level < 0, or rho is not between -1 and 1.

    Source:
        Derived here: the Cholesky factor of [[1, rho], [rho, 1]], inverted.
    """
    d2 = sqrt(level / (1 - rho * rho)) * s
    return [m1 + sqrt(level) * c - rho * d2, m2 + d2]


@checked(w1=finite, w2=finite, lam_l1=nonnegative, lam_l2=nonnegative)
def penalty_pair(w1, w2, lam_l1, lam_l2):
    """lam_l1 (|w1| + |w2|) + lam_l2 (w1^2 + w2^2), the elastic net's penalty of two weights.

    Args:
        w1: first weight.
        w2: second weight.
        lam_l1: strength of L1, >= 0.
        lam_l2: strength of squared L2, >= 0.

    Returns:
        The broadcast shape, >= 0.

    Raises:
        ValueError: an argument is not finite, or a strength < 0.

    Source:
        Zou and Hastie (2005), Regularization and variable selection via the elastic net, section 2.1.
    """
    return lam_l1 * (abs(w1) + abs(w2)) + lam_l2 * (w1 * w1 + w2 * w2)


def _require_direction(u, v, bound, lam_l1, lam_l2):
    if u == 0 and v == 0:
        raise ValueError("u and v must not both be 0: that is no direction")
    if lam_l1 == 0 and lam_l2 == 0:
        raise ValueError("lam_l1 and lam_l2 must not both be 0: all weights would cost the same")


@checked(
    _require_direction,
    u=number,
    v=number,
    bound=nonnegative_number,
    lam_l1=nonnegative_number,
    lam_l2=nonnegative_number,
)
def ball_pair(u, v, bound, lam_l1, lam_l2):
    """The point in the direction (u, v) with penalty_pair = bound: the border of all weights that cost no more than bound.

    The factor r of the direction solves lam_l2 (u^2 + v^2) r^2 + lam_l1 (|u| + |v|) r = bound, in the form that also holds for
    lam_l2 = 0 and loses no digits.

    Args:
        u: first coordinate of the direction.
        v: second coordinate of the direction, not both 0.
        bound: of the penalty, >= 0.
        lam_l1: strength of L1, >= 0.
        lam_l2: strength of squared L2, >= 0, not both 0.

    Returns:
        [w1, w2], which is [0, 0] for bound = 0.

    Raises:
        ValueError: an argument is not finite, bound or a strength is < 0, or there is no direction or no penalty.

    Source:
        Derived here.
    """
    if bound == 0:
        return [0.0, 0.0]
    slope = lam_l1 * (abs(u) + abs(v))
    r = 2 * bound / (slope + sqrt(slope * slope + 4 * lam_l2 * (u * u + v * v) * bound))
    return [r * u, r * v]


@checked(m=finite, rho=correlation)
def lam_that_zeroes_smaller(m, rho):
    """2 |m| (1 + rho): the strength of L1 from which on the smaller of two weights is exactly 0.

    At w1 = 0 the other weight is m2 + rho m1 - lam/2, and the pull on w1 is 2 m1 (1 - rho^2) + rho lam, which is at most lam exactly
    where lam >= 2 m1 (1 + rho), for m1 > 0.

    Args:
        m: the weight that is smaller in size at the least error.
        rho: correlation of the features; with the opposite sign where the two weights of least error have opposite signs.

    Returns:
        The shape of m, >= 0.

    Raises:
        ValueError: m is not finite, or rho is not between -1 and 1.

    Source:
        Derived here.
    """
    return 2 * abs(m) * (1 + rho)

"""p-norms, and the shapes of their unit balls.

`p_norm_pair` can be compiled for live figures: plain arithmetic that serves floats and arrays alike.
"""

import numpy as np

from ._checks import array, checked, finite, integer, order


@checked(w=array("n_features"), p=order)
def p_norm(w, p):
    """(sum_j |w_j|^p)^(1/p), and max_j |w_j| for p = inf.

    A norm for p >= 1 only. For 0 < p < 1 the triangle inequality fails: the value is a quasi-norm, *not a norm*.
    The largest entry is taken out first, so that no power overflows or underflows on the way. The value is inf where it
    exceeds the largest float.

    Args:
        w: shape (n_features,).
        p: in (0, inf].

    Returns:
        A float >= 0.

    Raises:
        ValueError: w is not a non-empty vector of finite numbers, or p is not in (0, inf].

    Source:
        Hardy, Littlewood and Pólya (1934), Inequalities, sections 2.9 to 2.11; Karim, section 0.
    """
    size = np.abs(w)
    largest = size.max()
    if largest == 0 or np.isinf(p):
        return float(largest)
    with np.errstate(over="ignore"):
        return float(largest * np.sum((size / largest) ** p) ** (1 / p))


@checked(p=order)
def is_norm(p):
    """Whether p_norm(., p) is a norm, that is whether p >= 1.

    Args:
        p: in (0, inf].

    Returns:
        A bool.

    Raises:
        ValueError: p is not in (0, inf].

    Source:
        Hardy, Littlewood and Pólya (1934), Inequalities, section 2.11 (Minkowski's inequality, reversed for p < 1).
    """
    return p >= 1


@checked(u=finite, v=finite, p=order)
def p_norm_pair(u, v, p):
    """(|u|^p + |v|^p)^(1/p), and max(|u|, |v|) for p = inf: the p-norm of the two-component vector (u, v).

    Powers are rounded differently by different libraries: equal on floats, arrays and in a browser to about 1e-14
    relative, not to the last bit.

    Args:
        u: number or array.
        v: number or array that broadcasts with u.
        p: in (0, inf]; a norm for p >= 1 only.

    Returns:
        A number or array >= 0.

    Raises:
        ValueError: u or v not finite, or p not in (0, inf].
        OverflowError: plain numbers whose p-norm is too large for the power; arrays give inf there.

    Source:
        Hardy, Littlewood and Pólya (1934), Inequalities, sections 2.9 to 2.11; Karim, section 0.
    """
    largest = (abs(u) >= abs(v)) * abs(u) + (abs(u) < abs(v)) * abs(v)
    smallest = (abs(u) < abs(v)) * abs(u) + (abs(u) >= abs(v)) * abs(v)
    # A browser's 1 ** Infinity is NaN, so p = inf has a way of its own. Only p = inf has 1 / p == 0: the reciprocal of
    # the largest float is still a positive number.
    if 1 / p == 0:
        return largest
    # The added comparison makes 0 / 0 a 0 / 1 where both components are 0.
    return largest * (1 + (smallest / (largest + (largest == 0))) ** p) ** (1 / p)


def _require_corners(p, n_points):
    if (n_points - 1) % 8:
        raise ValueError(f"n_points must be 8 k + 1, so that every corner is a point, got {n_points}")


@checked(_require_corners, p=order, n_points=integer(9))
def unit_ball(p, n_points=401):
    """The closed curve {(u, v): p-norm = 1}, anticlockwise from (1, 0), with all corners among its points.

    In the first quadrant u = cos(t)^(2/p), v = sin(t)^(2/p), because then u^p + v^p = cos(t)^2 + sin(t)^2 = 1.

    Args:
        p: in (0, inf]; for p < 1 the "ball" is not convex.
        n_points: 8 k + 1; the last point repeats the first.

    Returns:
        Shape (n_points, 2).

    Raises:
        ValueError: p not in (0, inf], or n_points not 8 k + 1 with k >= 1.

    Source:
        Gardner (1975), Mathematical Carnival, Knopf, pp. 240-254 (Lamé's curves).
    """
    rise = np.sin(np.linspace(0, np.pi / 2, n_points // 4 + 1))
    fall = rise[::-1]
    if np.isinf(p):
        u, v = fall / np.maximum(rise, fall), rise / np.maximum(rise, fall)
    else:
        u, v = fall ** (2 / p), rise ** (2 / p)
    quarter = np.column_stack([u, v])[:-1]
    turned = quarter @ np.array([[0.0, 1.0], [-1.0, 0.0]])
    return np.concatenate([quarter, turned, -quarter, -turned, quarter[:1]])

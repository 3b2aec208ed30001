"""Whole trajectories: descent in any number of weights, and the walks of one weight under a penalty alone.

The walks and what is asked of them can be compiled for live figures, but for `walk_literal_sign`.
"""

import numpy as np

from ._checks import (
    checked,
    finite,
    function,
    integer,
    iterates,
    nonnegative,
    nonnegative_number,
    number,
    positive,
    positive_number,
)
from .updates import update_half_squared_l2, update_l1, update_l1_prox, update_squared_l2

# Iterates whose squares come near the largest float.
FAR_OUT = 1e150


def _trajectory(name, slope, w0, eta, n_steps, prox=lambda v, eta: v):
    """w0 and what steps v = w - eta slope(w), w = prox(v, eta) make of it; what a user's function gets wrong is refused."""
    trajectory = np.empty((n_steps + 1, *np.shape(w0)))
    trajectory[0] = w0
    for k in range(n_steps):
        w = trajectory[k]
        with np.errstate(over="ignore", invalid="ignore"):
            v = w - eta * _returned(name, slope(w.copy()), k + 1, w, eta)
            trajectory[k + 1] = _returned("prox", prox(v, eta), k + 1, v, eta)
        if not np.all(np.isfinite(trajectory[k + 1])):
            raise ValueError(f"eta must be small enough for finite iterates, got {eta!r}: step {k + 1} is not finite")
    return trajectory


def _returned(name, value, step, at, eta):
    """What a user's function returned, as an array of real numbers of the shape of w0."""
    value = np.asarray(value)
    if value.shape != np.shape(at):
        raise ValueError(f"{name} must return the shape of w0, {np.shape(at)}: step {step} has shape {value.shape}")
    if value.dtype.kind not in "iuf":
        raise ValueError(f"{name} must return real numbers: step {step} has {value.dtype}")
    if np.any(np.isnan(value)):
        # Far out, NaN is what inf - inf came to: the steps are to blame, and not the function.
        if np.max(np.abs(at)) < FAR_OUT:
            raise ValueError(f"{name} must return numbers: step {step} has nan")
        raise ValueError(f"eta must be small enough for finite iterates, got {eta!r}: step {step} is not finite")
    return value


@checked(gradient=function, w0=finite, eta=positive_number, n_steps=integer(0))
def gradient_descent(gradient, w0, eta, n_steps):
    """w_{k+1} = w_k - eta gradient(w_k).

    Args:
        gradient: function of w that returns the shape of w.
        w0: start, number or array of any shape.
        eta: step size > 0.
        n_steps: number of steps >= 0.

    Returns:
        All iterates, shape (n_steps + 1, *shape of w0), the start first.

    Raises:
        ValueError: gradient cannot be called or returns another shape, complex numbers or NaN, w0 not finite, eta not finite and > 0, n_steps
            not an integer >= 0, or the iterates leave the floating-point range.

    Source:
        Nesterov (2004), Introductory Lectures on Convex Optimization, section 1.2.3; Karim, section 3.
    """
    return _trajectory("gradient", gradient, w0, eta, n_steps)


@checked(subgradient=function, w0=finite, eta=positive_number, n_steps=integer(0))
def subgradient_descent(subgradient, w0, eta, n_steps):
    """w_{k+1} = w_k - eta g_k with g_k any subgradient at w_k: the recursion of gradient_descent.

    A step need *not* lower the loss, however small eta: with a constant eta the iterates only come near the minimiser,
    and may circle it for ever.

    Args:
        subgradient: function of w that returns one subgradient, of the shape of w.
        w0: start, number or array of any shape.
        eta: step size > 0.
        n_steps: number of steps >= 0.

    Returns:
        All iterates, shape (n_steps + 1, *shape of w0), the start first.

    Raises:
        ValueError: as gradient_descent.

    Source:
        Shor (1985), Minimization Methods for Non-Differentiable Functions.
    """
    return _trajectory("subgradient", subgradient, w0, eta, n_steps)


@checked(gradient=function, prox=function, w0=finite, eta=positive_number, n_steps=integer(0))
def proximal_descent(gradient, prox, w0, eta, n_steps):
    """w_{k+1} = prox(w_k - eta gradient(w_k), eta): a gradient step on the smooth part, then the penalty's prox.

    Args:
        gradient: gradient of the smooth part, function of w that returns the shape of w.
        prox: function of (v, eta), e.g. `lambda v, eta: l1_prox(v, lam, eta)`.
        w0: start, number or array of any shape.
        eta: step size > 0.
        n_steps: number of steps >= 0.

    Returns:
        All iterates, shape (n_steps + 1, *shape of w0), the start first.

    Raises:
        ValueError: as gradient_descent, or prox cannot be called.

    Source:
        Beck and Teboulle (2009), A fast iterative shrinkage-thresholding algorithm (ISTA).
    """
    return _trajectory("gradient", gradient, w0, eta, n_steps, prox)


@checked(w0=number, lam=nonnegative_number, eta=positive_number, n_steps=integer(0))
def walk_l1(w0, lam, eta, n_steps):
    """Subgradient steps on lam |w| alone: w_{k+1} = w_k - eta lam sign(w_k).

    On paper it meets 0 only where eta lam divides w0, and otherwise ends in a two-cycle of width eta lam around 0. In floating
    point rounding may make it miss 0 there, and meet it elsewhere.

    Args:
        w0: start.
        lam: strength >= 0.
        eta: step size > 0.
        n_steps: number of steps >= 0.

    Returns:
        List of n_steps + 1 floats, the start first.

    Raises:
        ValueError: w0 not finite, lam not finite and >= 0, eta not finite and > 0, or n_steps not an integer >= 0.

    Source:
        Cross Validated, answer 159379.
    """
    walk = [w0]
    for k in range(n_steps):
        walk.append(update_l1(walk[k], 0.0, lam, eta))
    return walk


@checked(w0=number, lam=nonnegative_number, eta=positive_number, n_steps=integer(0))
def walk_l1_prox(w0, lam, eta, n_steps):
    """Proximal steps on lam |w| alone: w_{k+1} = soft_threshold(w_k, eta lam), which lands on 0 and stays.

    Args:
        w0: start.
        lam: strength >= 0.
        eta: step size > 0.
        n_steps: number of steps >= 0.

    Returns:
        List of n_steps + 1 floats, the start first.

    Raises:
        ValueError: w0 not finite, lam not finite and >= 0, eta not finite and > 0, or n_steps not an integer >= 0.

    Source:
        Parikh and Boyd (2014), Proximal Algorithms, section 4.1.
    """
    walk = [w0]
    for k in range(n_steps):
        walk.append(update_l1_prox(walk[k], 0.0, lam, eta))
    return walk


@checked(w0=number, lam=nonnegative_number, eta=positive_number, n_steps=integer(0))
def walk_half_squared_l2(w0, lam, eta, n_steps):
    """Gradient steps on lam/2 w^2 alone: w_{k+1} = w_k - eta lam w_k.

    In real numbers it never meets 0 unless eta lam = 1. In floating point it stops for ever at the smallest subnormal
    number for eta lam = 1/2: half of that is rounded to 0, and nothing is taken away.

    Args:
        w0: start.
        lam: strength >= 0.
        eta: step size > 0.
        n_steps: number of steps >= 0.

    Returns:
        List of n_steps + 1 floats, the start first.

    Raises:
        ValueError: w0 not finite, lam not finite and >= 0, eta not finite and > 0, n_steps not an integer >= 0, or the
            walk diverges beyond the largest float.

    Source:
        Cross Validated, answer 159379.
    """
    walk = [w0]
    for k in range(n_steps):
        walk.append(update_half_squared_l2(walk[k], 0.0, lam, eta))
    return walk


@checked(w0=number, lam=nonnegative_number, eta=positive_number, n_steps=integer(0))
def walk_half_squared_l2_factor(w0, lam, eta, n_steps):
    """The walk of walk_half_squared_l2 written as a product: w_{k+1} = (1 - eta lam) w_k.

    The same in real numbers, not in floating point: halving underflows to 0 in the end.

    Args:
        w0: start.
        lam: strength >= 0.
        eta: step size > 0.
        n_steps: number of steps >= 0.

    Returns:
        List of n_steps + 1 floats, the start first.

    Raises:
        ValueError: w0 not finite, lam not finite and >= 0, eta not finite and > 0, or n_steps not an integer >= 0.

    Source:
        Derived here from Cross Validated, answer 159379.
    """
    walk = [w0]
    for k in range(n_steps):
        walk.append(contraction_factor(lam, eta) * walk[k])
    return walk


@checked(w0=number, lam=nonnegative_number, eta=positive_number, n_steps=integer(0))
def walk_squared_l2(w0, lam, eta, n_steps):
    """Gradient steps on lam w^2 alone: w_{k+1} = w_k - 2 eta lam w_k.

    Args:
        w0: start.
        lam: strength >= 0.
        eta: step size > 0.
        n_steps: number of steps >= 0.

    Returns:
        List of n_steps + 1 floats, the start first.

    Raises:
        ValueError: w0 not finite, lam not finite and >= 0, eta not finite and > 0, n_steps not an integer >= 0, or the
            walk diverges beyond the largest float.

    Source:
        Karim, equation (2) with H = 0.
    """
    walk = [w0]
    for k in range(n_steps):
        walk.append(update_squared_l2(walk[k], 0.0, lam, eta))
    return walk


@checked(w0=number, lam=nonnegative_number, eta=positive_number, n_steps=integer(0))
def walk_literal_sign(w0, lam, eta, n_steps):
    """w_{k+1} = w_k - eta lam w_k / |w_k|: the Q&A's sign taken literally, as a warning.

    After a step that lands on 0 comes 0 / 0: the walk is NaN from there on. walk_l1 is what was meant.

    Args:
        w0: start.
        lam: strength >= 0.
        eta: step size > 0.
        n_steps: number of steps >= 0.

    Returns:
        List of n_steps + 1 floats, the start first; NaN after a 0.

    Raises:
        ValueError: w0 not finite, lam not finite and >= 0, eta not finite and > 0, or n_steps not an integer >= 0.

    Source:
        Cross Validated, answer 159379.
    """
    walk = [np.float64(w0)]
    with np.errstate(invalid="ignore"):
        for k in range(n_steps):
            walk.append(walk[k] - eta * lam * (walk[k] / abs(walk[k])))
    return [float(w) for w in walk]


@checked(walk=iterates)
def steps_to_zero(walk):
    """The index of the first value that is exactly 0, or None where there is none.

    Args:
        walk: non-empty sequence of numbers, NaN allowed.

    Returns:
        An int, or None.

    Raises:
        ValueError: walk is empty or not a sequence of numbers.

    Source:
        Cross Validated, answer 159379 (its count of ten updates).
    """
    for k in range(len(walk)):
        if walk[k] == 0:
            return k
    return None


@checked(walk=iterates)
def two_cycle(walk):
    """The last two values [a, b] where the walk jumps between two values for ever, or [] where it does not.

    It does where the last value is exactly that of two steps before, and not that of one step before: from the same
    value every later step is the same. A walk that comes closer, however slowly, never has a value twice.

    Args:
        walk: non-empty sequence of numbers, NaN allowed.

    Returns:
        List of two floats, or an empty list.

    Raises:
        ValueError: walk is empty or not a sequence of numbers.

    Source:
        Strogatz (2015), Nonlinear Dynamics and Chaos, section 10.3 (2-cycles of maps).
    """
    if len(walk) < 3:
        return []
    if walk[-1] == walk[-3] and walk[-1] != walk[-2]:
        return [walk[-2], walk[-1]]
    return []


@checked(lam=nonnegative, eta=positive)
def contraction_factor(lam, eta):
    """1 - eta lam: what one gradient step on lam/2 w^2 alone multiplies w by.

    In size below 1 for 0 < eta lam < 2; negative, so alternating in sign, for eta lam > 1; 0 at eta lam = 1.

    Args:
        lam: strength.
        eta: step size, number or array.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Derived here from Cross Validated, answer 159379.
    """
    return 1 - eta * lam

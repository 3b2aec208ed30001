"""One step of gradient descent on one weight: the article's equations, with its eta = 1 as the default.

H is the slope of the squared error at w, eta the step size, lam the strength. Each body keeps the grouping of its
equation. All functions can be compiled for live figures: plain arithmetic that serves floats and arrays alike, with the
same result to the last bit.
"""

from ._checks import checked, finite, integer, nonnegative, positive
from .penalties import sign, soft_threshold


@checked(w=finite, H=finite, eta=positive)
def update_plain(w, H, eta=1.0):
    """Equation (0): w - eta H.

    Args:
        w: weight, number or array.
        H: slope of the error at w.
        eta: step size > 0.

    Returns:
        The new weight, in the broadcast shape.

    Raises:
        ValueError: w or H not finite, or eta not finite and > 0.

    Source:
        Karim, equation (0).
    """
    return w - eta * H


@checked(w=finite, H=finite, lam=nonnegative, eta=positive)
def update_l1_positive(w, H, lam, eta=1.0):
    """Equation (1.1), meant for w > 0: (w - eta H) - eta lam.

    Args:
        w: weight, number or array.
        H: slope of the error at w.
        lam: strength >= 0.
        eta: step size > 0.

    Returns:
        The new weight, in the broadcast shape.

    Raises:
        ValueError: w or H not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Karim, equation (1.1).
    """
    return (w - eta * H) - eta * lam


@checked(w=finite, H=finite, lam=nonnegative, eta=positive)
def update_l1_negative(w, H, lam, eta=1.0):
    """Equation (1.2), meant for w < 0: (w - eta H) + eta lam.

    Args:
        w: weight, number or array.
        H: slope of the error at w.
        lam: strength >= 0.
        eta: step size > 0.

    Returns:
        The new weight, in the broadcast shape.

    Raises:
        ValueError: w or H not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Karim, equation (1.2).
    """
    return (w - eta * H) + eta * lam


@checked(w=finite, H=finite, lam=nonnegative, eta=positive)
def update_squared_l2(w, H, lam, eta=1.0):
    """Equation (2), for lam w^2: (w - eta H) - 2 eta lam w.

    Args:
        w: weight, number or array.
        H: slope of the error at w.
        lam: strength >= 0.
        eta: step size > 0.

    Returns:
        The new weight, in the broadcast shape.

    Raises:
        ValueError: w or H not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Karim, equation (2).
    """
    return (w - eta * H) - 2 * eta * lam * w


@checked(w=finite, H=finite, lam=nonnegative, eta=positive)
def update_l1_positive_regrouped(w, H, lam, eta=1.0):
    """Equation (3.1), meant for w > 0: (w - eta lam) - eta H.

    Args:
        w: weight, number or array.
        H: slope of the error at w.
        lam: strength >= 0.
        eta: step size > 0.

    Returns:
        The new weight, in the broadcast shape.

    Raises:
        ValueError: w or H not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Karim, equation (3.1).
    """
    return (w - eta * lam) - eta * H


@checked(w=finite, H=finite, lam=nonnegative, eta=positive)
def update_l1_negative_regrouped(w, H, lam, eta=1.0):
    """Equation (3.2), meant for w < 0: (w + eta lam) - eta H.

    Args:
        w: weight, number or array.
        H: slope of the error at w.
        lam: strength >= 0.
        eta: step size > 0.

    Returns:
        The new weight, in the broadcast shape.

    Raises:
        ValueError: w or H not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Karim, equation (3.2).
    """
    return (w + eta * lam) - eta * H


@checked(w=finite, H=finite, lam=nonnegative, eta=positive)
def update_squared_l2_regrouped(w, H, lam, eta=1.0):
    """Equation (4), for lam w^2: (w - 2 eta lam w) - eta H.

    Args:
        w: weight, number or array.
        H: slope of the error at w.
        lam: strength >= 0.
        eta: step size > 0.

    Returns:
        The new weight, in the broadcast shape.

    Raises:
        ValueError: w or H not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Karim, equation (4).
    """
    return (w - 2 * eta * lam * w) - eta * H


@checked(w=finite, H=finite, lam=nonnegative, eta=positive)
def update_l1(w, H, lam, eta=1.0):
    """(w - eta H) - eta lam sign(w): equations (1.1) and (1.2) in one, with the subgradient 0 at w = 0.

    Args:
        w: weight, number or array.
        H: slope of the error at w.
        lam: strength >= 0.
        eta: step size > 0.

    Returns:
        The new weight, in the broadcast shape.

    Raises:
        ValueError: w or H not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Karim, section 3; Shor (1985), Minimization Methods for Non-Differentiable Functions, for the case w = 0.
    """
    return (w - eta * H) - eta * lam * sign(w)


@checked(w=finite, H=finite, lam=nonnegative, eta=positive)
def update_l1_prox(w, H, lam, eta=1.0):
    """soft_threshold(w - eta H, eta lam): the proximal step, which stops at 0 where update_l1 would step across it.

    Args:
        w: weight, number or array.
        H: slope of the error at w.
        lam: strength >= 0.
        eta: step size > 0.

    Returns:
        The new weight, in the broadcast shape.

    Raises:
        ValueError: w or H not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Daubechies, Defrise and De Mol (2004), An iterative thresholding algorithm for linear inverse problems.
    """
    return soft_threshold(w - eta * H, eta * lam)


@checked(w=finite, H=finite, lam=nonnegative, eta=positive)
def update_half_squared_l2(w, H, lam, eta=1.0):
    """For lam/2 w^2: (w - eta H) - eta lam w.

    Args:
        w: weight, number or array.
        H: slope of the error at w.
        lam: strength >= 0.
        eta: step size > 0.

    Returns:
        The new weight, in the broadcast shape.

    Raises:
        ValueError: w or H not finite, lam not finite and >= 0, or eta not finite and > 0.

    Source:
        Cross Validated, answer 159379.
    """
    return (w - eta * H) - eta * lam * w


@checked(g=finite, lam=nonnegative, gamma=positive, n_steps=integer(1))
def update_dual_averaging(g, lam, gamma, n_steps):
    """-(sqrt(n_steps) / gamma) soft_threshold(g, lam): the weight after n_steps whose slopes had the mean g.

    It minimises g w + lam |w| + gamma / (2 sqrt(n_steps)) w^2, and is exactly 0 where |g| <= lam. The more steps there are, the
    less does one batch move g.

    Args:
        g: mean slope of the error over all steps so far.
        lam: strength >= 0.
        gamma: what slows the weight, > 0.
        n_steps: number of steps so far, >= 1.

    Returns:
        The new weight, in the broadcast shape.

    Raises:
        ValueError: g not finite, lam not finite and >= 0, gamma not finite and > 0, or n_steps not an integer >= 1.

    Source:
        Xiao (2010), Dual averaging methods for regularized stochastic learning and online optimization, section 1.3.
    """
    return -(n_steps**0.5 / gamma) * soft_threshold(g, lam)

"""Where weight decay leads: optimisers as walks of two weights on a squared error, with decay inside the gradient or beside it.

The error is `excess_error_pair`, with its least value at (m1, m2). Two strengths say where the decay acts: `coupled` adds
coupled w to the gradient, as lam w^2 with lam = coupled/2 in the loss does; `decoupled` takes eta decoupled w off the weight
beside the optimiser's own step. All functions can be compiled for live figures, and round alike there.
"""

from math import sqrt

from ._checks import below_1, checked, correlation, integer, nonnegative_number, number, positive_number
from .pairs import excess_error_pair

PLANE = dict(w1=number, w2=number, m1=number, m2=number, rho=correlation)
DECAYS = dict(coupled=nonnegative_number, decoupled=nonnegative_number)
STEPS = dict(eta=positive_number, n_steps=integer(0))


def _slope(w, other, m, other_m, rho):
    """The slope of the error along one weight."""
    return 2 * ((w - m) + rho * (other - other_m))


@checked(**PLANE, **DECAYS, beta=below_1, **STEPS)
def walk_momentum_pair(w1, w2, m1, m2, rho, coupled, decoupled, beta, eta, n_steps):
    """v <- beta v + (g + coupled w), then w <- (w - eta decoupled w) - eta v, with g the gradient of the error.

    Plain gradient descent for beta = 0. It rests where the pull of the data is (coupled + (1 - beta) decoupled) w: at
    ridge with half that strength. PyTorch's SGD couples its weight_decay, Keras' SGD does not.

    Args:
        w1: first weight at the start.
        w2: second weight at the start.
        m1: first weight of least error.
        m2: second weight of least error.
        rho: correlation of the features, between -1 and 1.
        coupled: decay inside the gradient, >= 0.
        decoupled: decay beside the step, >= 0.
        beta: momentum, from 0 to below 1.
        eta: step size > 0.
        n_steps: number of steps >= 0.

    Returns:
        List of n_steps + 1 pairs [w1, w2], the start first.

    Raises:
        ValueError: an argument is not finite, rho or beta is out of range, a decay < 0, eta not > 0, or n_steps no
            integer >= 0.

    Source:
        Polyak (1964), Some methods of speeding up the convergence of iteration methods; Loshchilov and Hutter (2019),
        Decoupled weight decay regularization, algorithm 1.
    """
    walk = [[w1, w2]]
    v1 = 0.0
    v2 = 0.0
    for _ in range(n_steps):
        g1 = _slope(w1, w2, m1, m2, rho) + coupled * w1
        g2 = _slope(w2, w1, m2, m1, rho) + coupled * w2
        v1 = beta * v1 + g1
        v2 = beta * v2 + g2
        w1 = (w1 - eta * decoupled * w1) - eta * v1
        w2 = (w2 - eta * decoupled * w2) - eta * v2
        walk.append([w1, w2])
    return walk


@checked(**PLANE, **DECAYS, **STEPS, beta1=below_1, beta2=below_1, eps=positive_number)
def walk_adam_pair(w1, w2, m1, m2, rho, coupled, decoupled, eta, n_steps, beta1=0.9, beta2=0.999, eps=1e-8):
    """w <- (w - eta decoupled w) - eta mean(g) / (sqrt(mean(g^2)) + eps), with running means of g = gradient + coupled w.

    Adam with squared L2 in the loss for decoupled = 0; AdamW for coupled = 0. A running mean of a is
    sum_k beta^(n-k) a_k / sum_k beta^(n-k), which is the bias-corrected moment of the source. As |mean(g)| comes to
    sqrt(mean(g^2)) where g is steady, and never counts for much more, AdamW is held within |w_j| <= 1/decoupled, and rests
    at `box_minimiser_pair` up to what eps and the last steps leave.

    Args:
        w1: first weight at the start.
        w2: second weight at the start.
        m1: first weight of least error.
        m2: second weight of least error.
        rho: correlation of the features, between -1 and 1.
        coupled: decay inside the gradient, >= 0.
        decoupled: decay beside the step, >= 0.
        eta: step size > 0.
        n_steps: number of steps >= 0.
        beta1: of the mean of g, from 0 to below 1.
        beta2: of the mean of g^2, from 0 to below 1.
        eps: what keeps the division finite, > 0.

    Returns:
        List of n_steps + 1 pairs [w1, w2], the start first.

    Raises:
        ValueError: an argument is not finite, rho or a beta is out of range, a decay < 0, eta or eps not > 0, or n_steps
            no integer >= 0.

    Source:
        Kingma and Ba (2015), Adam: a method for stochastic optimization, algorithm 1; Loshchilov and Hutter (2019),
        Decoupled weight decay regularization, algorithm 2 (its schedule multiplies both terms, as eta does here).
    """
    walk = [[w1, w2]]
    mean1 = 0.0
    mean2 = 0.0
    seen = 0.0
    square1 = 0.0
    square2 = 0.0
    seen_squares = 0.0
    for _ in range(n_steps):
        g1 = _slope(w1, w2, m1, m2, rho) + coupled * w1
        g2 = _slope(w2, w1, m2, m1, rho) + coupled * w2
        mean1 = beta1 * mean1 + (1 - beta1) * g1
        mean2 = beta1 * mean2 + (1 - beta1) * g2
        seen = beta1 * seen + (1 - beta1)
        square1 = beta2 * square1 + (1 - beta2) * (g1 * g1)
        square2 = beta2 * square2 + (1 - beta2) * (g2 * g2)
        seen_squares = beta2 * seen_squares + (1 - beta2)
        w1 = (w1 - eta * decoupled * w1) - eta * (mean1 / seen) / (sqrt(square1 / seen_squares) + eps)
        w2 = (w2 - eta * decoupled * w2) - eta * (mean2 / seen) / (sqrt(square2 / seen_squares) + eps)
        walk.append([w1, w2])
    return walk


@checked(**PLANE, decoupled=nonnegative_number, clip=positive_number, **STEPS)
def walk_clipped_pair(w1, w2, m1, m2, rho, decoupled, clip, eta, n_steps):
    """w <- (w - eta decoupled w) - eta g min(1, clip / |g|), with g the gradient of the error and |g| its length.

    It rests where decoupled w is the pull of the data, cut to the length clip: at ridge with strength decoupled/2 if that
    lies in the circle |w| <= clip/decoupled, and at the least error on the circle otherwise.

    Args:
        w1: first weight at the start.
        w2: second weight at the start.
        m1: first weight of least error.
        m2: second weight of least error.
        rho: correlation of the features, between -1 and 1.
        decoupled: decay beside the step, >= 0.
        clip: greatest length of a gradient, > 0.
        eta: step size > 0.
        n_steps: number of steps >= 0.

    Returns:
        List of n_steps + 1 pairs [w1, w2], the start first.

    Raises:
        ValueError: an argument is not finite, rho is not between -1 and 1, decoupled < 0, clip or eta not > 0, or n_steps
            no integer >= 0.

    Source:
        Pascanu, Mikolov and Bengio (2013), On the difficulty of training recurrent neural networks, algorithm 1; the
        resting place is derived here.
    """
    walk = [[w1, w2]]
    for _ in range(n_steps):
        g1 = _slope(w1, w2, m1, m2, rho)
        g2 = _slope(w2, w1, m2, m1, rho)
        length = sqrt(g1 * g1 + g2 * g2)
        kept = clip / length if length > clip else 1.0
        w1 = (w1 - eta * decoupled * w1) - eta * kept * g1
        w2 = (w2 - eta * decoupled * w2) - eta * kept * g2
        walk.append([w1, w2])
    return walk


@checked(m1=number, m2=number, rho=correlation, wall=positive_number)
def box_minimiser_pair(m1, m2, rho, wall):
    """The weights of least error with |w1| <= wall and |w2| <= wall.

    (m1, m2) where it lies in the box, and else the best point of its four sides; along the side w1 = a the error is least
    at w2 = m2 + rho (m1 - a), or at the end of the side that is nearest to it.

    Args:
        m1: first weight of least error.
        m2: second weight of least error.
        rho: correlation of the features, between -1 and 1.
        wall: of the box, > 0.

    Returns:
        [w1, w2].

    Raises:
        ValueError: an argument is not finite, rho is not between -1 and 1, or wall is not > 0.

    Source:
        Derived here.
    """
    if abs(m1) <= wall and abs(m2) <= wall:
        return [m1, m2]
    best = [wall, min(max(m2 + rho * (m1 - wall), -wall), wall)]
    for side in (
        [-wall, min(max(m2 + rho * (m1 + wall), -wall), wall)],
        [min(max(m1 + rho * (m2 - wall), -wall), wall), wall],
        [min(max(m1 + rho * (m2 + wall), -wall), wall), -wall],
    ):
        if excess_error_pair(side[0], side[1], m1, m2, rho) < excess_error_pair(best[0], best[1], m1, m2, rho):
            best = side
    return best

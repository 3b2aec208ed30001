"""Worked examples of the teaching pages that belong to no figure: the numbers chosen, and what comes of them."""

from figures import given
from figures._paper import l1_end
from figures._steps import N_STEPS
from shrinkage import (
    minimiser_l1,
    minimiser_squared_l2,
    p_norm,
    squared_error_slope,
    squared_l2,
    steps_to_zero,
    two_cycle,
    update_l1,
    update_l1_prox,
    update_squared_l2,
    walk_half_squared_l2,
    walk_l1,
    walk_l1_prox,
)

INFINITY = float("inf")

# Two weights as a place on a city map.
PAIR = (3.0, -4.0)

# An odd power.
CUBE = 3

# Two vectors whose order depends on the norm.
LEVEL = (1.0, 1.0)
SPIKE = (1.25, 0.0)

# The strength of the home page's figure, lowered below the pull of the data.
HOME_LAM_LOWERED = 1.5

# The strength of the losses figure, raised.
LAM_RAISED = 18.0

# A weight that is nearer to zero than L1's step is long.
CROSSING_W = 0.1
CROSSING_LAM = 0.25

# A large and a small weight under the same strength.
LARGE_W = 3.0
SMALL_W = 0.2
CHECK_LAM = 0.1

# A step size that does not go into the walkthrough's start.
ODD_ETA = next(eta for eta in (0.8, 0.7, 0.3) if l1_end(given.W0, given.LAM, eta)["arrival"] is None)

# A step size for the data of the home page.
DATA_ETA = 0.1


def facts() -> dict:
    """All results by name."""
    return norms() | minimisers() | updates() | walks()


def norms() -> dict:
    """Lengths of the example vectors, and what doubling a vector does to its squared length."""
    orders = {"l1": 1, "l2": 2, "inf": INFINITY}
    vectors = {"pair": PAIR, "level": LEVEL, "spike": SPIKE}
    return {
        **{f"{name}_{suffix}": p_norm(vector, p) for name, vector in vectors.items() for suffix, p in orders.items()},
        "pair_cubes": sum(entry**CUBE for entry in PAIR),
        "square_doubled": squared_l2(2.0, given.LAM) / squared_l2(1.0, given.LAM),
    }


def minimisers() -> dict:
    """Where lowest points go when the strength of a figure is changed."""
    point = (given.POINT_X, given.POINT_Y, given.POINT_B)
    home = (1.0, given.HOME_Y, 0.0)
    return {
        "raised_l1": minimiser_l1(*point, LAM_RAISED),
        "raised_l2": minimiser_squared_l2(*point, LAM_RAISED),
        "home_l1_lowered": minimiser_l1(*home, HOME_LAM_LOWERED),
        "home_l2_lowered": minimiser_squared_l2(*home, HOME_LAM_LOWERED),
    }


def updates() -> dict:
    """Single steps: with the article's step size, and from zero with the data of the home page."""
    H = squared_error_slope(0.0, 1.0, given.HOME_Y, 0.0)
    return {
        # On |w| alone, from a fifth of a step away from its lowest point.
        "outward": [given.ETA / 5, update_l1(given.ETA / 5, 0.0, 1.0, given.ETA)],
        "prox_from_zero": update_l1_prox(0.0, H, given.HOME_LAM, DATA_ETA),
        "subgradient_from_zero": update_l1(0.0, H, given.HOME_LAM, DATA_ETA),
        "crossing_l1": update_l1(CROSSING_W, 0.0, CROSSING_LAM, given.ETA_ONE),
        "crossing_l2": update_squared_l2(CROSSING_W, 0.0, CROSSING_LAM, given.ETA_ONE),
        "large_w_l1": update_l1(LARGE_W, 0.0, CHECK_LAM, given.ETA_ONE),
        "large_w_l2": update_squared_l2(LARGE_W, 0.0, CHECK_LAM, given.ETA_ONE),
        "small_w_l1": update_l1(SMALL_W, 0.0, CHECK_LAM, given.ETA_ONE),
        "small_w_l2": update_squared_l2(SMALL_W, 0.0, CHECK_LAM, given.ETA_ONE),
        "share_lost": 1 - update_squared_l2(1.0, 0.0, CHECK_LAM, given.ETA_ONE),
    }


def walks() -> dict:
    """The Q&A's walk as a table, from the start to L1's arrival, and a walk from the same start that does not arrive."""
    n_steps = steps_to_zero(walk_l1(given.W0, given.LAM, given.ETA, N_STEPS))
    by_l1 = walk_l1(given.W0, given.LAM, given.ETA, n_steps)
    by_l2 = walk_half_squared_l2(given.W0, given.LAM, given.ETA, n_steps)
    odd = (given.W0, given.LAM, ODD_ETA, 4 * N_STEPS)
    return {
        "rows": [{"step": k, "l1": by_l1[k], "l2": by_l2[k]} for k in range(n_steps + 1)],
        "odd_cycle": sorted(two_cycle(walk_l1(*odd)), reverse=True),
        "odd_prox_arrival": steps_to_zero(walk_l1_prox(*odd)),
    }

"""What the home page claims."""

from shrinkage import (
    data_pull,
    l1_subdifferential,
    loss_l1,
    loss_squared_l2,
    loss_squared_l2_slope,
    minimiser_l1,
    minimiser_squared_l2,
)
from tests.claims.exact import assume, proved


@proved(wrong=("low <= pull <= high", "low <= pull"))
def test_at_zero_l1_holds_and_squared_l2_does_not(x, y, b, lam, v):
    """For any data that pull, and any other weight v."""
    pull = data_pull(x, y, b)
    assume(lam > 0, pull != 0)
    low, high = l1_subdifferential(0.0, lam)
    if low <= pull <= high:
        assert minimiser_l1(x, y, b, lam) == 0
        assert loss_l1(v, x, y, b, lam) >= loss_l1(0.0, x, y, b, lam)
    # Squared L2 has no slope there to answer with, so somewhere else it costs less.
    assert loss_squared_l2_slope(0.0, x, y, b, lam) == -pull
    best = minimiser_squared_l2(x, y, b, lam)
    assert best != 0 and loss_squared_l2(best, x, y, b, lam) < loss_squared_l2(0.0, x, y, b, lam)


@proved(wrong=("lam >= abs(pull)", "lam > abs(pull)"))
def test_below_the_pull_l1_lets_go(x, y, b, lam, v):
    pull = data_pull(x, y, b)
    assume(x != 0, lam >= 0)
    best = minimiser_l1(x, y, b, lam)
    assert (best == 0) == (lam >= abs(pull))
    if best != 0:
        assert loss_l1(best, x, y, b, lam) < loss_l1(0.0, x, y, b, lam)
    assert loss_l1(best, x, y, b, lam) <= loss_l1(v, x, y, b, lam)

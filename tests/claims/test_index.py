"""What the home page claims."""

from hypothesis import given

from figures import given as chosen
from shrinkage import data_pull, l1_subdifferential, loss_squared_l2_slope, minimiser_l1, minimiser_squared_l2
from tests.claims.draws import features, strengths, values


def test_at_zero_l1_holds_and_squared_l2_does_not():
    x, y, b, lam = 1.0, chosen.HOME_Y, 0.0, chosen.HOME_LAM
    pull = data_pull(x, y, b)
    low, high = l1_subdifferential(0.0, lam)
    assert low < pull < high
    assert minimiser_l1(x, y, b, lam) == 0
    assert loss_squared_l2_slope(0.0, x, y, b, lam) == -pull
    assert minimiser_squared_l2(x, y, b, lam) > 0


@given(x=features, y=values, b=values, lam=strengths)
def test_below_the_pull_l1_lets_go(x, y, b, lam):
    assert (minimiser_l1(x, y, b, lam) == 0) == (lam >= abs(data_pull(x, y, b)))

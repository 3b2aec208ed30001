"""The worked examples of the teaching pages, against arithmetic done by hand."""

from fractions import Fraction

import pytest

from figures import examples, given


@pytest.fixture(scope="module")
def facts():
    """All facts of the module."""
    return examples.facts()


def test_lengths_of_the_example_vectors(facts):
    assert (facts["pair_l1"], facts["pair_l2"], facts["pair_inf"]) == (7, 5, 4)
    assert facts["pair_cubes"] == 27 - 64
    assert facts["level_l1"] == 2 and facts["level_l2"] ** 2 == pytest.approx(2) and facts["level_inf"] == 1
    assert facts["spike_l1"] == facts["spike_l2"] == facts["spike_inf"] == 1.25
    assert facts["square_doubled"] == 2**2


def test_minimisers_with_another_strength(facts):
    # The squared error pulls with 2 x r at 0; squared L2 gives x r / (x² + lam).
    x, r, lam = given.POINT_X, given.POINT_Y - given.POINT_B, examples.LAM_RAISED
    assert facts["raised_l1"] == 0 and lam >= 2 * x * r > given.POINT_LAM
    assert facts["raised_l2"] == pytest.approx(x * r / (x**2 + lam))
    # x = 1, b = 0: half of lam is taken off.
    y, lowered = given.HOME_Y, examples.HOME_LAM_LOWERED
    assert facts["home_l1_lowered"] == pytest.approx(y - lowered / 2) and 0 < lowered / 2 < y < given.HOME_LAM / 2
    assert facts["home_l2_lowered"] == pytest.approx(y / (1 + lowered))


def test_single_steps(facts):
    assert facts["crossing_l1"] == pytest.approx(0.1 - 0.25)
    assert facts["crossing_l2"] == pytest.approx(0.1 * (1 - 0.5))
    assert facts["large_w_l1"] == pytest.approx(2.9) and facts["small_w_l1"] == pytest.approx(0.1)
    assert facts["large_w_l2"] == pytest.approx(3 * 0.8) and facts["small_w_l2"] == pytest.approx(0.2 * 0.8)
    assert facts["share_lost"] == pytest.approx(0.2)
    # The pull is 2 y, below lam: the proximal step stays at 0, the subgradient step goes eta 2 y.
    assert 2 * given.HOME_Y < given.HOME_LAM and facts["prox_from_zero"] == 0
    assert facts["subgradient_from_zero"] == pytest.approx(examples.DATA_ETA * 2 * given.HOME_Y)


def test_the_table_and_the_walk_that_does_not_arrive(facts):
    w0, step = Fraction(given.W0), Fraction(given.ETA) * Fraction(given.LAM)
    # The table ends where L1 arrives.
    assert [row["step"] for row in facts["rows"]] == list(range(int(w0 / step) + 1)) and w0 % step == 0
    for k, row in enumerate(facts["rows"]):
        assert row["l1"] == float(w0 - k * step) and row["l2"] == pytest.approx(float(w0 * (1 - step) ** k), rel=1e-14)
    odd = Fraction(str(examples.ODD_ETA)) * Fraction(given.LAM)
    left = w0 % odd
    assert left != 0 and facts["odd_cycle"] == pytest.approx([float(left), float(left - odd)])
    assert facts["odd_prox_arrival"] == w0 // odd + 1

"""The worked examples of the teaching pages, against arithmetic done by hand."""

import pytest

from figures import examples


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
    # x = 2, r = 4, lam = 18: the pull 2 x r = 16 is below lam; squared L2 gives 8 / (4 + 18).
    assert facts["raised_l1"] == 0
    assert facts["raised_l2"] == pytest.approx(4 / 11)
    # x = 1, r = 1, lam = 1.5: 1 - 0.75, and 1 / (1 + 1.5).
    assert facts["home_l1_lowered"] == pytest.approx(0.25)
    assert facts["home_l2_lowered"] == pytest.approx(0.4)


def test_single_steps(facts):
    assert facts["crossing_l1"] == pytest.approx(0.1 - 0.25)
    assert facts["crossing_l2"] == pytest.approx(0.1 * (1 - 0.5))
    assert facts["giant_l1"] == pytest.approx(2.9) and facts["dwarf_l1"] == pytest.approx(0.1)
    assert facts["giant_l2"] == pytest.approx(3 * 0.8) and facts["dwarf_l2"] == pytest.approx(0.2 * 0.8)
    assert facts["share_lost"] == pytest.approx(0.2)
    # The pull is 2: eta times it is 0.2, below eta lam = 0.3.
    assert facts["prox_from_zero"] == 0 and facts["subgradient_from_zero"] == pytest.approx(0.2)


def test_the_table_and_the_walk_that_does_not_arrive(facts):
    assert facts["rows"] == [{"step": k, "l1": 5 - k / 2, "l2": 5 / 2**k} for k in range(11)]
    # 5 = 6 * 0.8 + 0.2.
    assert facts["odd_cycle"] == pytest.approx([0.2, 0.2 - 0.8])
    assert facts["odd_prox_arrival"] == 7

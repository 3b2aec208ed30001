"""Labels that keep apart: the gap and the order hold, and nothing moves that need not."""

import numpy as np
import pytest

from figures._marks import apart


@pytest.mark.parametrize("places", [[], [3.0], [1, 2, 3], [0, 0, 0], [2, 0, 1.9, 2.1, 0.3], [5, 5, -1, -1.2]])
def test_gap_order_and_mean(places):
    moved = apart(places, 0.5)
    order = np.argsort(places, kind="stable")
    assert np.all(np.diff(moved[order]) >= 0.5 - 1e-12)
    # Least squares moves labels as groups, each about its own mean.
    assert moved.sum() == pytest.approx(sum(places), abs=1e-12)


def test_what_is_apart_stays_and_what_is_close_parts_evenly():
    assert apart([1, 9, 4], 2).tolist() == [1, 9, 4]
    assert apart([1, 1], 2).tolist() == [0, 2]
    assert apart([1, 1, 10], 2).tolist() == [0, 2, 10]


def test_ends_of_the_room_hold():
    assert apart([9.5, 9.8], 1, high=10).tolist() == [9, 10]
    assert apart([0.1, 0.2], 1, low=0).tolist() == [0, 1]

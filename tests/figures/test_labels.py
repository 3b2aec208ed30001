"""Labels that keep apart: the gap and the order hold, and nothing moves that need not."""

import numpy as np
import pytest

from figures._marks import apart
from figures._texts import number


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


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.4, "−0.4"),
        (2.0, "2"),
        (1234567 / 1000, "1235"),
        (12345.0, "12345"),
        (123456.7, "123457"),
        (1e6, "10⁶"),
        (-1.5e20, "−1.5 · 10²⁰"),
        (2**-52, "2.2e−16"),
        (-0.0007, "−0.0007"),
        (1 / 3, "0.3333"),
    ],
)
def test_numbers_in_words_of_the_page(value, text):
    assert number(value) == text
    # What is shown reads back as the value, to four digits (two where it is tiny).
    back = text.replace("−", "-").replace(" · 10", "e").replace("10⁶", "1e6")
    back = back.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    assert float(back) == pytest.approx(value, rel=5e-4 if abs(value) >= 0.0005 else 5e-2)

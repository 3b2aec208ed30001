"""What the page on norms claims."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures import examples
from shrinkage import is_norm, p_norm, p_norm_pair, squared_l2, unit_ball
from tests.claims.draws import values

vectors = st.lists(values, min_size=3, max_size=3).map(np.array)
INFINITY = float("inf")
# A p-norm takes two powers and a sum: a few units in the last place.
ROUNDING = 1e-12


@given(u=vectors, v=vectors, scale=values, p=st.floats(1, 30) | st.just(INFINITY))
def test_p_norm_is_a_norm_from_one_on(u, v, scale, p):
    assert is_norm(p)
    assert (p_norm(u, p) == 0) == (not u.any())
    assert p_norm(scale * u, p) == pytest.approx(abs(scale) * p_norm(u, p), rel=ROUNDING, abs=1e-290)
    assert p_norm(u + v, p) <= (p_norm(u, p) + p_norm(v, p)) * (1 + ROUNDING)


@given(first=values, second=values, p=st.floats(0.1, 0.999), n=st.integers(2, 6))
def test_p_norm_is_a_norm_only_from_one_on(first, second, p, n):
    """The other half of the claim above: below one it is none for two weights or more, and for a single one it always is."""
    assert not is_norm(p)
    east, north = np.eye(n)[0], np.eye(n)[1]
    assert p_norm(east + north, p) > (p_norm(east, p) + p_norm(north, p)) * (1 + 1e-6)
    assert p_norm([first + second], p) <= (p_norm([first], p) + p_norm([second], p)) * (1 + ROUNDING)


@given(w=vectors, p=st.floats(0.2, 30), q=st.floats(0.2, 30))
def test_p_norm_falls_to_the_largest_size(w, p, q):
    largest = abs(w).max()
    assert p_norm(w, INFINITY) == largest
    assert p_norm(w, max(p, q)) <= p_norm(w, min(p, q)) * (1 + ROUNDING)
    # Between the largest size and the largest size times n^(1/p), whose limit is the same.
    assert largest <= p_norm(w, p) * (1 + ROUNDING)
    assert p_norm(w, p) <= largest * len(w) ** (1 / p) * (1 + ROUNDING)


@given(w=st.lists(st.integers(1, 50), min_size=3, max_size=3).map(np.array), p=st.sampled_from((1, 3, 5)))
def test_without_bars_odd_powers_cancel(w, p):
    mirrored = np.concatenate([w, -w])
    assert sum(entry**p for entry in mirrored) == 0
    assert p_norm(mirrored, p) > 0
    # With an even power the bars make no difference.
    assert sum(entry ** (p + 1) for entry in mirrored) ** (1 / (p + 1)) == pytest.approx(p_norm(mirrored, p + 1))


@given(p=st.floats(1.05, 20))
def test_only_l1_has_corners_on_the_axes(p):
    def rise(p, step):
        """How fast the norm grows when one leaves the axis at (1, 0) by a step sideways."""
        return (p_norm_pair(1.0, step, p) - 1) / abs(step)

    # A corner: the same positive slope on both sides, however small the step. No corner: the slope goes to 0.
    for step in (1e-3, -1e-3, 1e-9, -1e-9):
        assert rise(1, step) == pytest.approx(1, rel=1e-6)
        assert rise(INFINITY, step) == 0
    # (1 + h^p)^(1/p) - 1 <= h^p / p, so the slope is at most h^(p-1) / p, which tends to 0 with h.
    for step in (1e-2, 1e-4, 1e-6):
        assert rise(p, step) <= step ** (p - 1) / p + 1e-9


@given(p=st.floats(0.1, 0.99))
def test_triangle_inequality_fails_below_one(p):
    east, north = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    assert not is_norm(p)
    assert p_norm(east + north, p) > p_norm(east, p) + p_norm(north, p)


@given(p=st.floats(0.05, 0.99))
def test_below_one_the_penalty_is_not_convex(p):
    # Halfway between 0 and 1 a convex function is at most the mean of its values there.
    assert abs(0.5) ** p > (abs(0.0) ** p + abs(1.0) ** p) / 2


@given(u=vectors, v=vectors, p=st.floats(0.1, 0.999))
def test_l1_is_the_last_norm_with_a_corner(u, v, p):
    assert p_norm(u + v, 1) <= (p_norm(u, 1) + p_norm(v, 1)) * (1 + ROUNDING)
    assert p_norm([1.0, 1.0], p) > 2
    corners = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]], dtype=float)
    assert all(np.min(np.abs(unit_ball(1) - corner).max(axis=1)) == 0 for corner in corners)


@given(w=vectors)
def test_squared_l2_quadruples(w):
    assert p_norm(2 * w, 2) == pytest.approx(2 * p_norm(w, 2))
    assert squared_l2(2 * w, 1.0).sum() == pytest.approx(examples.facts()["square_doubled"] * squared_l2(w, 1.0).sum())


@given(w=vectors, j=st.integers(0, 2))
def test_at_equal_l2_length_one_entry_is_shortest_for_l1(w, j):
    single = p_norm(w, 2) * np.eye(3)[j]
    assert p_norm(single, 2) == pytest.approx(p_norm(w, 2))
    assert p_norm(single, 1) <= p_norm(w, 1) * (1 + ROUNDING)

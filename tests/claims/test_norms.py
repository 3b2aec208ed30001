"""What the page on norms claims."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures import examples
from figures import given as chosen
from shrinkage import is_norm, p_norm, p_norm_pair, squared_l2, unit_ball
from tests.claims.draws import values
from tests.claims.exact import assume, cases, proved
from tests.claims.pages import quoted

vectors = st.lists(values, min_size=2, max_size=6).map(np.array)
INFINITY = float("inf")
# A p-norm takes two powers and a sum: a few units in the last place.
ROUNDING = 1e-12
below_one = st.floats(0.05, 0.9999)


@given(
    u=vectors,
    direction=vectors,
    along=values,
    # Not so small that products underflow.
    scale=st.floats(1e-3, 1e3) | st.floats(-1e3, -1e-3) | st.just(0.0),
    p=st.floats(1, 30) | st.sampled_from((1, INFINITY)),
    q=below_one,
)
def test_p_norm_is_a_norm_from_one_on(u, direction, along, scale, p, q):
    assert is_norm(p) and not is_norm(q)
    # From one on, all three promises; a detour that is none is where the last could fail.
    v = np.resize(direction, len(u))
    for w in (v, along * u, along * u + 1e-6 * v):
        assert p_norm(u + w, p) <= (p_norm(u, p) + p_norm(w, p)) * (1 + ROUNDING)
    for order in (p, q):
        assert (p_norm(u, order) == 0) == (not u.any())
        assert p_norm(scale * u, order) == pytest.approx(abs(scale) * p_norm(u, order), rel=ROUNDING, abs=1e-290)
    # Below one, the last is broken by two weights out of however many; a single weight keeps it.
    east, north = np.eye(len(u))[:2]
    assert p_norm(east + north, q) > (p_norm(east, q) + p_norm(north, q)) * (1 + 1e-6)
    assert p_norm(u[:1] + u[1:2], q) <= (p_norm(u[:1], q) + p_norm(u[1:2], q)) * (1 + ROUNDING)


@given(w=vectors, p=st.floats(0.2, 1e4), more=st.floats(0, 1) | st.floats(0, 1e4))
def test_p_norm_falls_to_the_largest_size(w, p, more):
    largest = abs(w).max()
    assert p_norm(w, INFINITY) == largest
    assert p_norm(w, p + more) <= p_norm(w, p) * (1 + ROUNDING)
    # Between the largest size and the largest size times n^(1/p), whose limit is the same.
    assert largest <= p_norm(w, p) * (1 + ROUNDING)
    assert p_norm(w, p) <= largest * len(w) ** (1 / p) * (1 + ROUNDING)
    # Nor is it the largest size all along: two entries of the same size are longer than one.
    assert p_norm(np.append(w, largest), p) == pytest.approx(
        ((p_norm(w, p) / (largest or 1)) ** p + 1) ** (1 / p) * largest, rel=1e-6
    )
    assert quoted("examples.pair_inf") == max(map(abs, examples.PAIR))


@proved(wrong=("b < 0", "b > 0"))
def test_without_bars_odd_powers_cancel(a, b):
    assume(a > 0, b < 0)
    for p in (1, 3, 5):
        assert abs(a**p + b**p) < abs(a) ** p + abs(b) ** p
        assert a**p + (-a) ** p == 0
    cube, pair = quoted("examples.cube"), np.array(examples.PAIR)
    assert cube % 2 == 1 and pair[0] * pair[1] < 0
    assert quoted("examples.pair_cubes") == pair[0] ** cube + pair[1] ** cube
    assert p_norm(pair, cube) == pytest.approx((abs(pair[0]) ** cube + abs(pair[1]) ** cube) ** (1 / cube))


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
    # The same of the curve: it turns by a right angle where L1's meets an axis, and where that of infinity meets a diagonal.
    for order, at_the_turn in ((1, (1.0, 0.0)), (INFINITY, (1.0, 1.0))):
        curve = unit_ball(order)
        before, after = np.diff(np.vstack([curve[-2:-1], curve[:-1]]), axis=0), np.diff(curve, axis=0)
        lengths = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
        turns = np.abs(np.sum(before * after, axis=1)) < 1e-9 * lengths
        assert len(curve) % 8 == 1 and np.sum(turns) == 4
        assert np.min(np.abs(curve[:-1][turns] - at_the_turn).max(axis=1)) < 1e-12


@given(p=st.floats(0.02, 0.9999), unit=st.floats(1e-3, 1e3))
def test_triangle_inequality_fails_below_one(p, unit):
    east, north = unit * np.eye(2)
    assert not is_norm(p)
    assert p_norm(east, p) == p_norm(north, p) == pytest.approx(unit)
    assert p_norm(east + north, p) == pytest.approx(unit * 2 ** (1 / p))
    assert p_norm(east + north, p) > (p_norm(east, p) + p_norm(north, p)) * (1 + 1e-6)
    # The numbers: each leg is 1 long.
    assert 0 < quoted("given.ball_p") == chosen.BALL_P < 1
    assert quoted("results.sum_of_quasi_norms") == 2
    assert quoted("results.quasi_norm_of_sum") == pytest.approx(2 ** (1 / chosen.BALL_P), rel=1e-12)


@given(p=below_one, w=st.floats(1e-3, 1e3) | st.floats(-1e3, -1e-3))
def test_below_one_the_penalty_is_not_convex(p, w):
    def penalty(w):
        return p_norm([w], p) ** p

    assert penalty(w) == pytest.approx(abs(w) ** p)
    # Halfway between 0 and w a convex function is at most the mean of its values there.
    assert penalty(w / 2) > (penalty(0.0) + penalty(w)) / 2 * (1 + 1e-6)


@given(u=vectors, v=vectors, p=below_one)
def test_l1_is_the_last_norm_with_a_corner(u, v, p):
    v = np.resize(v, len(u))
    assert is_norm(1) and p_norm(u, 1) == pytest.approx(np.sum(np.abs(u)))
    assert p_norm(u + v, 1) <= (p_norm(u, 1) + p_norm(v, 1)) * (1 + ROUNDING)
    assert not is_norm(p) and not is_norm(np.nextafter(1, 0))
    assert p_norm([1.0, 1.0], p) > 2
    corners = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]], dtype=float)
    assert all(np.min(np.abs(unit_ball(1) - corner).max(axis=1)) == 0 for corner in corners)
    # A ball with a dent is drawn too: closed, once round, anticlockwise, at the length 1 all along.
    curve = unit_ball(p, 41)
    assert len(curve) == 41 and np.all(curve[0] == (1, 0)) and np.all(curve[-1] == curve[0])
    assert np.allclose([p_norm(point, p) for point in curve], 1, rtol=1e-9)
    assert np.all(curve[:-1, 0] * curve[1:, 1] - curve[1:, 0] * curve[:-1, 1] >= 0)


@proved(wrong=("factor * squared_l2(w, 1)", "2 * squared_l2(w, 1)"))
def test_squared_l2_quadruples(length, w):
    # One weight w after the other: those before have the L2 norm `length`, which for none is 0.
    assume(length >= 0)
    cases(w >= 0, length >= abs(w))
    assert p_norm_pair(2 * length, 2 * w, 2) == 2 * p_norm_pair(length, w, 2)
    factor = quoted("examples.square_doubled")
    assert squared_l2(2 * w, 1) == factor * squared_l2(w, 1)


@proved(wrong=("<= sizes + abs(w)", "< sizes + abs(w)"))
def test_at_equal_l2_length_one_entry_is_shortest_for_l1(length, sizes, w):
    # One weight w after the other: those before have the L2 norm `length` and the L1 norm `sizes`, which for none are 0. By
    # induction the L1 norm is never below the L2 norm, and equal to it where no two weights differ from 0.
    assume(0 <= length, length <= sizes)
    assert p_norm_pair(length, w, 2) <= sizes + abs(w)
    only_one = (length == sizes) & ((length == 0) | (w == 0))
    assert (p_norm_pair(length, w, 2) == sizes + abs(w)) == only_one
    assert p_norm_pair(0, w, 2) == p_norm_pair(0, w, 1) == abs(w)


@given(w=vectors)
def test_norms_are_made_one_weight_after_the_other(w):
    """What the two proofs above build on."""
    for p in (1, 2):
        length = 0.0
        for weight in w:
            length = p_norm_pair(length, weight, p)
        assert p_norm(w, p) == pytest.approx(length, rel=ROUNDING, abs=1e-290)

"""Trajectories: recursions with known solutions, and the exact walks of one weight."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shrinkage as s
from tests.shrinkage.laws import NUMBERS

SMALLEST = math.ulp(0.0)
WALKS = [
    s.walk_l1,
    s.walk_l1_prox,
    s.walk_half_squared_l2,
    s.walk_half_squared_l2_factor,
    s.walk_squared_l2,
    s.walk_literal_sign,
]


# Descent in any number of weights


def test_gradient_descent_on_a_parabola_is_a_geometric_series():
    walk = s.gradient_descent(lambda w: 4 * (w - 3), 7.0, 0.125, 20)
    assert walk.shape == (21,)
    # Halves are exact.
    assert walk.tolist() == [3 + 4 * 0.5**k for k in range(21)]


@pytest.mark.parametrize("shape", [(1,), (3,), (2, 3)])
def test_trajectories_have_the_shape_of_the_start(shape):
    w0 = np.arange(1.0, 1 + math.prod(shape)).reshape(shape)
    for walk in (
        s.gradient_descent(lambda w: w, w0, 0.5, 4),
        s.subgradient_descent(lambda w: w, w0, 0.5, 4),
        s.proximal_descent(lambda w: 0 * w, lambda v, eta: v * eta, w0, 0.5, 4),
    ):
        assert walk.shape == (5, *shape)
        assert np.array_equal(walk, [w0 * 0.5**k for k in range(5)])


def test_no_step_returns_the_start():
    assert s.gradient_descent(lambda w: w, [1.0, 2.0], 0.5, 0).tolist() == [[1.0, 2.0]]
    for walk in WALKS:
        assert walk(5, 0.5, 1, 0) == [5.0]


def test_the_start_and_past_iterates_are_safe_from_the_callback():
    def spoiling(w):
        w *= 0
        return np.ones(2)

    w0 = np.array([1.0, 2.0])
    walk = s.gradient_descent(lambda w: spoiling(w.copy()), w0, 0.5, 2)
    s.gradient_descent(spoiling, w0, 0.5, 2)
    assert w0.tolist() == [1.0, 2.0]
    assert s.gradient_descent(spoiling, w0, 0.5, 2)[0].tolist() == walk[0].tolist()


def test_lists_are_welcome_as_gradients():
    assert s.gradient_descent(lambda w: [2.0, 4.0], [1.0, 1.0], 0.5, 1).tolist() == [[1, 1], [0, -1]]
    assert s.proximal_descent(lambda w: [2.0, 4.0], lambda v, eta: v, [1.0, 1.0], 0.5, 1).tolist() == [[1, 1], [0, -1]]


def test_a_gradient_of_another_shape_is_refused():
    for descent, name in ((s.gradient_descent, "gradient"), (s.subgradient_descent, "subgradient")):
        for wrong in (np.ones((2, 1)), 1.0, np.ones(1), np.ones(3)):
            with pytest.raises(ValueError) as caught:
                descent(lambda w: wrong, [1.0, 2.0], 0.5, 3)
            shape = np.shape(wrong)
            assert str(caught.value) == f"{name} must return the shape of w0, (2,): step 1 has shape {shape}"
    with pytest.raises(ValueError, match=r"^prox must return the shape of w0, \(2,\): step 1 has shape \(\)$"):
        s.proximal_descent(lambda w: w, lambda v, eta: 0.0, [1.0, 2.0], 0.5, 3)


def test_what_is_no_real_number_is_refused_and_blamed_on_the_function():
    with pytest.raises(ValueError, match="^gradient must return real numbers: step 1 has complex128$"):
        s.gradient_descent(lambda w: w * 1j, [1.0, 2.0], 0.5, 3)
    with pytest.raises(ValueError, match="^gradient must return real numbers: step 1 has bool$"):
        s.gradient_descent(lambda w: w > 0, [1.0, 2.0], 0.5, 3)
    with pytest.raises(ValueError, match="^gradient must return numbers: step 2 has nan$"):
        s.gradient_descent(lambda w: w * (np.nan if w[0] < 1 else 1.0), [1.0, 2.0], 0.5, 3)
    with pytest.raises(ValueError, match="^prox must return numbers: step 1 has nan$"):
        s.proximal_descent(lambda w: w, lambda v, eta: v * np.nan, [1.0, 2.0], 0.5, 3)
    # Far out, it is the steps that led there.
    with pytest.raises(ValueError, match="^eta must be small enough for finite iterates, got 3.0: step "):
        s.gradient_descent(lambda w: 1e200 * w * w - 1e200 * w * w * w, 2.0, 3.0, 9)


def test_divergence_beyond_the_largest_float_is_refused():
    with pytest.raises(ValueError) as caught:
        s.gradient_descent(lambda w: w * [0.5, 1e200], [1.0, 1.0], 1.0, 9)
    assert str(caught.value) == "eta must be small enough for finite iterates, got 1.0: step 2 is not finite"
    with pytest.raises(ValueError, match="^eta must be small enough"):
        s.proximal_descent(lambda w: w * 1e200 - w * 2e200, lambda v, eta: v, 1e150, 1.0, 1)
    with pytest.raises(ValueError, match="^w must be a finite number, got -?inf$"):
        s.walk_half_squared_l2(1.0, 1.0, 1e200, 9)


def test_proximal_descent_on_the_lasso_falls_to_its_minimiser():
    rng = np.random.default_rng(3)
    X, y, lam = rng.normal(size=(12, 3)), rng.normal(size=12), 4.0
    eta = 1 / (2 * np.linalg.norm(X, 2) ** 2)
    walk = s.proximal_descent(
        lambda w: s.sum_squared_errors_gradient(w, 0.0, X, y)[0],
        lambda v, eta: s.l1_prox(v, lam, eta),
        np.ones(3),
        eta,
        2000,
    )
    values = [s.objective(w, 0.0, X, y, s.L1(lam)) for w in walk]
    # With eta up to one over the curvature the objective never rises (but for rounding).
    assert all(after <= before + 1e-12 for before, after in zip(values, values[1:]))
    pull = -s.sum_squared_errors_gradient(walk[-1], 0.0, X, y)[0]
    low, high = s.l1_subdifferential(walk[-1], lam)
    assert np.all((low - 1e-9 <= pull) & (pull <= high + 1e-9))


def test_a_subgradient_step_can_raise_the_loss():
    walk = s.subgradient_descent(lambda w: s.l1_subgradient(w, 1.0), 0.1, 0.5, 1)
    assert abs(walk[1]) > abs(walk[0])


def test_a_step_from_the_minimiser_itself_can_raise_the_loss():
    """At w = 0 the loss |w| + |w - 1| / 2 is least; 0 - 1/2 is no descent, though -1/2 is a slope there."""
    loss = lambda w: abs(w) + abs(w - 1) / 2  # noqa: E731
    subgradient = lambda w: s.l1_subgradient(w, 1.0) + s.l1_subgradient(w - 1, 0.5)  # noqa: E731
    walk = s.subgradient_descent(subgradient, 0.0, 0.25, 1)
    assert loss(walk[1]) > loss(walk[0])


# Walks of one weight under a penalty alone


def test_l1_arrives_after_ten_steps_and_stays():
    walk = s.walk_l1(5, 1, 0.5, 14)
    assert walk == [5, 4.5, 4, 3.5, 3, 2.5, 2, 1.5, 1, 0.5, 0, 0, 0, 0, 0]
    assert s.steps_to_zero(walk) == 10
    assert s.two_cycle(walk) == []
    assert s.walk_l1_prox(5, 1, 0.5, 14) == walk
    assert s.walk_l1(-5, 1, 0.5, 14) == [-w for w in walk]


def test_half_squared_l2_halves_what_is_left():
    assert s.walk_half_squared_l2(5, 1, 0.5, 40) == [5 * 0.5**k for k in range(41)]
    assert s.walk_half_squared_l2_factor(5, 1, 0.5, 40) == [5 * 0.5**k for k in range(41)]
    assert s.walk_squared_l2(5, 1, 0.25, 40) == [5 * 0.5**k for k in range(41)]
    assert s.steps_to_zero(s.walk_half_squared_l2(5, 1, 0.5, 40)) is None


def test_halving_underflows_to_0_and_taking_away_half_stops_at_the_smallest_number():
    assert s.steps_to_zero(s.walk_half_squared_l2_factor(5, 1, 0.5, 1100)) == 1077
    walk = s.walk_half_squared_l2(5, 1, 0.5, 1200)
    assert s.steps_to_zero(walk) is None
    assert walk[-1] == walk[-2] == SMALLEST


@pytest.mark.parametrize(("w0", "eta", "lam"), [(5.1, 0.5, 1), (1, 0.3, 1), (-2, 0.7, 1.3), (0.05, 0.5, 2)])
def test_l1_ends_in_a_two_cycle_of_width_eta_lam_around_0(w0, eta, lam):
    a, b = s.two_cycle(s.walk_l1(w0, lam, eta, 60))
    assert abs(a - b) == pytest.approx(eta * lam, rel=1e-12)
    assert a * b < 0


def test_the_two_cycle_from_5_1():
    walk = s.walk_l1(5.1, 1, 0.5, 13)
    assert walk[-3:] == pytest.approx([-0.4, 0.1, -0.4], abs=1e-14)
    assert s.two_cycle(walk) == walk[-2:]
    assert s.steps_to_zero(walk) is None


def test_l1_misses_0_where_sums_are_not_exact():
    """0.3 is three times 0.1, but not in floating point."""
    assert s.steps_to_zero(s.walk_l1(0.3, 1, 0.1, 50)) is None
    assert s.steps_to_zero(s.walk_l1_prox(0.3, 1, 0.1, 50)) in (3, 4)


def test_l1_meets_0_where_rounding_makes_the_rest_a_whole_step():
    assert s.walk_l1(1e-20, 1, 1, 3) == [1e-20, -1, 0, 0]


@given(NUMBERS, st.floats(0.1, 10), st.floats(0.1, 10))
def test_the_proximal_walk_lands_on_0_and_stays(w0, eta, lam):
    enough = math.ceil(abs(w0) / (eta * lam)) + 1
    walk = s.walk_l1_prox(w0, lam, eta, enough + 2)
    arrival = s.steps_to_zero(walk)
    assert 0 <= arrival <= enough
    assert not any(walk[arrival:])
    assert all(abs(after) < abs(before) for before, after in zip(walk[:arrival], walk[1:]))


@pytest.mark.parametrize(
    ("eta", "factor", "cycle"),
    [(0.5, 0.5, False), (1.0, 0.0, False), (1.5, -0.5, False), (2.0, -1.0, True), (2.25, -1.25, False)],
)
def test_half_squared_l2_by_step_size(eta, factor, cycle):
    """Halves, arrives at once, alternates and converges, cycles, diverges."""
    assert s.contraction_factor(1, eta) == factor
    walk = s.walk_half_squared_l2(5, 1, eta, 20)
    assert walk == s.walk_half_squared_l2_factor(5, 1, eta, 20) == [5 * factor**k for k in range(21)]
    assert walk == s.walk_squared_l2(5, 1, eta / 2, 20)
    assert s.two_cycle(walk) == ([-5, 5] if cycle else [])
    assert s.steps_to_zero(walk) == (1 if eta == 1 else None)


@given(st.floats(0.01, 5), st.floats(0.01, 5), NUMBERS)
def test_contraction_factor_is_the_ratio_of_neighbours(eta, lam, w0):
    walk = s.walk_half_squared_l2(w0, lam, eta, 1)
    assert walk[1] == pytest.approx(s.contraction_factor(lam, eta) * w0, rel=1e-12, abs=1e-13 * abs(w0))


@pytest.mark.parametrize("w0", [3.0, -3.0])
def test_lam_scales_the_step(w0):
    assert s.walk_l1(w0, 2, 0.5, 5) == s.walk_l1(w0, 1, 1, 5)
    assert s.walk_l1_prox(w0, 2, 0.5, 5) == s.walk_l1_prox(w0, 1, 1, 5)
    assert s.walk_half_squared_l2(w0, 2, 0.25, 5) == s.walk_half_squared_l2(w0, 1, 0.5, 5)
    assert s.walk_squared_l2(w0, 2, 0.125, 5) == s.walk_squared_l2(w0, 1, 0.25, 5)
    assert s.walk_literal_sign(w0, 2, 0.25, 5) == s.walk_literal_sign(w0, 1, 0.5, 5)


def test_the_literal_sign_is_nan_after_0():
    walk = s.walk_literal_sign(5, 1, 0.5, 12)
    assert walk[:11] == s.walk_l1(5, 1, 0.5, 10)
    assert all(math.isnan(w) for w in walk[11:]) and len(walk) == 13
    assert s.steps_to_zero(walk) == 10
    assert s.two_cycle(walk) == []
    assert s.walk_literal_sign(-5.1, 1, 0.5, 12) == s.walk_l1(-5.1, 1, 0.5, 12)


@pytest.mark.parametrize("walk", WALKS)
def test_walks_are_lists_of_floats(walk):
    values = walk(5, 1, 1, 4)
    assert type(values) is list and len(values) == 5
    assert all(type(w) is float for w in values)


@pytest.mark.parametrize(
    ("walk", "steps"), [([0], 0), ([-0.0, 1], 0), ([1, 0, 0], 1), ([1, -2, 0], 2), ([1e-300], None), ([math.nan, 0], 1)]
)
def test_steps_to_zero(walk, steps):
    assert s.steps_to_zero(walk) == steps


@pytest.mark.parametrize(
    ("walk", "cycle"),
    [
        ([1], []),
        ([1, -1], []),
        ([1, -1, 1], [-1, 1]),
        ([9, 8, 3, 2, 3], [2, 3]),
        ([3, 2, 3, 2, 1], []),
        ([1, 1, 1], []),
        ([0, 0, 0, 0], []),
        ([1, -1, math.nextafter(1, 2)], []),
        ([1, -1, math.nextafter(1, 0)], []),
        ([0, -1, 5e-324], []),
        ([1e-20, -1e-20, 1e-20], [-1e-20, 1e-20]),
        ([1, -1, math.nan], []),
    ],
)
def test_two_cycle(walk, cycle):
    assert s.two_cycle(walk) == cycle


@pytest.mark.parametrize("eta", [2 - 1e-6, 2 - 1e-10, 2 - 1e-15])
def test_a_walk_that_comes_closer_is_no_cycle_however_slowly_it_does(eta):
    walk = s.walk_half_squared_l2(5.0, 1.0, eta, 50)
    assert all(abs(after) < abs(before) for before, after in zip(walk, walk[1:]))
    assert s.two_cycle(walk) == []
    assert s.two_cycle(s.walk_half_squared_l2(5.0, 1.0, 2.0, 50)) == [-5.0, 5.0]


def test_walks_under_l1_reach_their_cycle_to_the_last_bit():
    """So equality finds it: a value that comes back leads to the same next one."""
    for w0 in (5.1, 0.3, -2.7, 1.0):
        for lam, eta in ((1.0, 0.5), (0.3, 0.35), (1.7, 0.15), (3.1, 0.05)):
            walk = s.walk_l1(w0, lam, eta, 200)
            assert (s.steps_to_zero(walk) is None) == (len(s.two_cycle(walk)) == 2)

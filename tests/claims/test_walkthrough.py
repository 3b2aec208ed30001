"""What the walkthrough claims."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from figures import examples, results
from figures import given as chosen
from shrinkage import (
    HALF_SQUARED_L2,
    contraction_factor,
    data_pull,
    half_squared_l2_gradient,
    l1_subgradient,
    minimiser_l1,
    minimiser_squared_l2,
    squared_error_slope,
    steps_to_zero,
    two_cycle,
    update_l1,
    update_l1_prox,
    walk_half_squared_l2,
    walk_half_squared_l2_factor,
    walk_l1,
    walk_l1_prox,
    walk_literal_sign,
    walk_squared_l2,
)
from tests.claims.draws import features, sixty_fourths, step_sizes, strengths, values, weights

START = (chosen.W0, chosen.LAM, chosen.ETA)
QUOTED = results.facts()


def test_l1_arrives_after_ten_steps_and_stays():
    walk = walk_l1(*START, 100)
    assert steps_to_zero(walk) == 10
    assert set(walk[10:]) == {0.0}
    assert set(np.diff(walk[:11])) == {-0.5}


def test_half_squared_l2_leaves_half_at_every_step():
    walk = walk_half_squared_l2(*START, 1000)
    assert all(after == before / 2 for before, after in zip(walk, walk[1:]))
    assert all(walk)


@given(w=values)
def test_slope_of_half_the_square_is_the_weight(w):
    assert half_squared_l2_gradient(w, 1.0) == w
    # The central difference of a parabola is its slope.
    assert HALF_SQUARED_L2.value(w + 0.5, 1.0) - HALF_SQUARED_L2.value(w - 0.5, 1.0) == pytest.approx(w, abs=1e-12)


@given(w=weights, share=st.floats(0.001, 0.999), eta=st.floats(0.001, 10))
def test_l1_steps_do_not_shrink(w, share, eta):
    assert abs(eta * l1_subgradient(share * w, 1.0)) == abs(eta * l1_subgradient(w, 1.0)) == eta
    assert eta * half_squared_l2_gradient(share * w, 1.0) == pytest.approx(
        share * eta * half_squared_l2_gradient(w, 1.0)
    )


def test_l2_leads_at_first():
    by_l1, by_l2 = walk_l1(*START, 10), walk_half_squared_l2(*START, 10)
    assert all(by_l2[k] < by_l1[k] for k in range(1, 10))
    assert [row["l1"] for row in examples.facts()["rows"]] == by_l1
    assert [row["l2"] for row in examples.facts()["rows"]] == by_l2


def test_l2_is_overtaken_at_the_step_that_arrives():
    by_l1, by_l2 = walk_l1(*START, 10), walk_half_squared_l2(*START, 10)
    assert by_l2[9] < by_l1[9] == chosen.ETA * chosen.LAM
    assert by_l1[10] == 0 < by_l2[10]


@given(k=st.integers(0, 10_000))
def test_no_power_of_a_half_is_zero(k):
    assert Fraction(contraction_factor(chosen.LAM, chosen.ETA)) == Fraction(1, 2)
    assert Fraction(1, 2) ** k * Fraction(chosen.W0) > 0


def test_the_literal_sign_breaks_one_step_after_arrival():
    walk = walk_literal_sign(*START, 12)
    assert walk[:11] == walk_l1(*START, 10)
    assert walk[10] == 0
    assert math.isnan(walk[11]) and math.isnan(walk[12])


@given(start=sixty_fourths, step=sixty_fourths)
def test_l1_arrives_only_where_the_step_divides_the_start(start, step):
    # Exact sums, so the floats walk as real numbers would.
    arrives = steps_to_zero(walk_l1(start, 1.0, step, 250)) > 0
    assert arrives == ((64 * start) % (64 * step) == 0)


@given(start=sixty_fourths, step=sixty_fourths)
def test_otherwise_a_two_cycle_as_wide_as_a_step(start, step):
    assume((64 * start) % (64 * step) != 0)
    low, high = sorted(two_cycle(walk_l1(start, 1.0, step, 250)))
    assert low < 0 < high
    assert high - low == step


def test_a_tenth_does_not_add_up():
    start, step, n_steps = results.TENTHS_W0, results.TENTHS_ETA, QUOTED["tenths_steps"]
    assert Fraction("1") == n_steps * Fraction("0.1") and (start, step) == (1.0, 0.1)
    left = walk_l1(start, 1.0, step, n_steps)[-1]
    assert left == QUOTED["tenths_left"]
    assert 0 < left < 1e-15
    assert steps_to_zero(walk_l1(start, 1.0, step, 1000)) == -1


def test_the_walkthrough_is_exact_in_binary():
    for walk, step in ((walk_l1(*START, 10), lambda w: Fraction(1)), (walk_half_squared_l2(*START, 10), lambda w: w)):
        exact = Fraction(5)
        for k in range(10):
            assert Fraction(walk[k]) == exact
            exact -= Fraction(1, 2) * step(exact)
        assert Fraction(walk[10]) == exact


@given(w0=st.floats(-10, 10), eta=st.floats(0.05, 10), lam=st.floats(0.5, 10))
def test_the_proximal_walk_always_arrives(w0, eta, lam):
    enough = math.ceil(abs(w0) / (eta * lam)) + 1
    walk = walk_l1_prox(w0, lam, eta, enough + 5)
    assert set(walk[enough:]) == {0.0}
    assert all(abs(after) <= abs(before) for before, after in zip(walk, walk[1:]))


@given(n=st.integers(1, 400), part=st.floats(0, 1), power=st.integers(-900, 900), side=st.sampled_from((-1, 1)))
def test_the_proximal_walk_arrives_at_any_scale_unless_steps_are_lost(n, part, power, side):
    """The same claim for tiny and huge numbers, and the exception that it makes."""
    w0, eta = side * (n - part) * 2.0**power, 2.0**power
    assert set(walk_l1_prox(w0, 1.0, eta, n + 3)[n + 1 :]) == {0.0}
    # A step below half the distance of neighbouring floats takes nothing off.
    w0 = side * (1 + part) * 2.0**power
    assert walk_l1_prox(w0, 1.0, math.ulp(w0) / 4, 3)[1:] == [w0] * 3


@given(
    x=features,
    b=values,
    lam=strengths,
    eta=step_sizes,
    near=st.floats(0.999, 1.001) | st.floats(0, 3),
    side=st.sampled_from((-1, 1)),
)
def test_the_proximal_step_rests_at_zero_where_zero_is_best(x, b, lam, eta, near, side):
    """Near the border above all, where the pull is lam."""
    y = b + side * near * lam / (2 * x)
    D = data_pull(x, y, b)
    assert D == -squared_error_slope(0.0, x, y, b) or D == pytest.approx(-squared_error_slope(0.0, x, y, b), rel=1e-9)
    # Within rounding of the border both sides are right.
    assume(abs(abs(D) / lam - 1) > 1e-12)
    after = update_l1_prox(0.0, -D, lam, eta)
    assert (after == 0) == (minimiser_l1(x, y, b, lam) == 0) == (abs(D) <= lam)
    assert after * D >= 0


@given(log_pull=st.floats(-200, 2), side=st.sampled_from((-1, 1)), lam=strengths, eta=step_sizes)
def test_the_subgradient_step_leaves_zero_at_the_faintest_pull(log_pull, side, lam, eta):
    D = side * 10**log_pull
    assert update_l1(0.0, -D, lam, eta) == eta * D != 0


@given(w0=weights, eta=st.floats(0.01, 3))
def test_half_squared_l2_arrives_at_one_step_size_only(w0, eta):
    assert walk_half_squared_l2(w0, 1.0, 1.0, 3)[1:] == [0, 0, 0]
    assume(abs(eta - 1) > 1e-6)
    # A product is zero only if a factor is; as real numbers, because floats underflow.
    factor = 1 - Fraction(eta)
    assert factor != 0 and Fraction(w0) * factor**50 != 0
    assert walk_half_squared_l2(w0, 1.0, eta, 1)[1] == pytest.approx(float(Fraction(w0) * factor))


@given(w0=weights, power=st.integers(-5, 5), factor=st.sampled_from((0.5, 0.9, 1.1, 2.5)))
def test_squared_l2_arrives_at_one_over_two_lambda(w0, power, factor):
    lam = 2.0**power
    eta = 1 / (2 * lam)
    assert walk_squared_l2(w0, lam, eta, 1)[1] == 0
    assert walk_squared_l2(w0, lam, factor * eta, 1)[1] != 0


@given(w0=weights, eta=st.floats(1.001, 1.999))
def test_between_one_and_two_alternates_and_converges(w0, eta):
    walk = walk_half_squared_l2(w0, 1.0, eta, 20)
    assert all(before * after < 0 and abs(after) < abs(before) for before, after in zip(walk, walk[1:]))
    assert -1 < contraction_factor(1.0, eta) < 0


@given(w0=weights, eta=st.floats(2.001, 5))
def test_at_two_it_cycles_above_it_diverges(w0, eta):
    assert walk_half_squared_l2(w0, 1.0, 2.0, 20) == [w0, -w0] * 10 + [w0]
    walk = walk_half_squared_l2(w0, 1.0, eta, 20)
    assert all(abs(after) > abs(before) for before, after in zip(walk, walk[1:]))


def test_the_product_underflows_to_zero():
    w, halvings = 5.0, 0
    while w != 0:
        w *= 0.5
        halvings += 1
    assert halvings == 1077 == steps_to_zero(walk_half_squared_l2_factor(*START, 1200))
    # After 1074 halvings 5 of the smallest numbers are left; from there rounding to even gives 2, 1, 0.
    assert [2.5 * math.ulp(0.0), 0.5 * (2 * math.ulp(0.0)), 0.5 * math.ulp(0.0)] == [
        2 * math.ulp(0.0),
        math.ulp(0.0),
        0,
    ]


def test_the_difference_stops_at_the_smallest_number():
    w = 5.0
    for _ in range(5000):
        w -= 0.5 * w
    assert w == math.ulp(0.0) == float(np.finfo(float).smallest_subnormal)
    assert walk_half_squared_l2(*START, 5000)[-1] == w
    assert 0.5 * w == 0


@given(x=features, y=values, b=values, lam=strengths)
def test_with_data_l2_is_zero_only_without_a_pull(x, y, b, lam):
    assert (minimiser_squared_l2(x, y, b, lam) == 0) == (data_pull(x, y, b) == 0)
    assert minimiser_squared_l2(x, b, b, lam) == 0

"""What holds where the sources are imprecise: one group of tests for each section of the corrections page."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures import given as chosen
from figures import results
from shrinkage import (
    L1,
    HalfSquaredL2,
    SquaredL2,
    contraction_factor,
    data_pull,
    half_squared_l2,
    half_squared_l2_gradient,
    is_norm,
    joint_step_matrix,
    l1,
    l1_subdifferential,
    l1_subgradient,
    lam_max,
    lasso,
    least_squares,
    linear_model,
    loss_l1,
    loss_squared_l2,
    mean_squared_error,
    minimiser_l1,
    minimiser_plain,
    minimiser_squared_l2,
    p_norm,
    pull_half_squared_l2,
    pull_l1,
    pull_squared_l2,
    ridge,
    soft_threshold,
    spectral_radius,
    squared_error,
    squared_error_bias_slope,
    squared_error_slope,
    squared_l2,
    squared_l2_gradient,
    squared_l2_step_factor,
    subgradient_descent,
    sum_squared_errors_gradient,
    two_cycle,
    update_half_squared_l2,
    update_l1,
    update_l1_prox,
    update_plain,
    update_squared_l2,
    walk_half_squared_l2,
    walk_half_squared_l2_factor,
    walk_l1,
    walk_l1_prox,
    walk_literal_sign,
)
from tests.claims.draws import hard_data
from tests.claims.exact import assume, exhaustive, proved
from tests.claims.pages import quoted

START = (chosen.W0, chosen.LAM, chosen.ETA)
N_STEPS = int(Fraction(chosen.W0) / (Fraction(chosen.ETA) * Fraction(chosen.LAM)))
shares = st.floats(0.02, 1.1)
"""Of the strength at which the lasso has no weight left."""


def close(size):
    """What sums of numbers of this size may be off by, and solvers with them."""
    return 1e-7 * (1 + size)


# Both penalties pull to zero.


@proved(wrong=("w != 0, ", ""))
def test_each_penalty_shifts_a_weight_towards_zero(w, H, lam, eta):
    """A shift against the sign of the weight, by the pull."""
    assume(w != 0, lam > 0, eta > 0)
    there = update_plain(w, H, eta)
    assert (update_l1(w, H, lam, eta) - there) * w < 0
    assert (update_squared_l2(w, H, lam, eta) - there) * w < 0
    assert (update_half_squared_l2(w, H, lam, eta) - there) * w < 0


@proved(wrong=("2 * lam * abs(w)", "lam * abs(w)"))
def test_the_pulls_are_lam_and_two_lam_w(w, lam):
    assume(w != 0, lam > 0)
    assert pull_l1(w, lam) == abs(w - update_l1(w, 0.0, lam)) == lam
    assert pull_squared_l2(w, lam) == abs(w - update_squared_l2(w, 0.0, lam)) == 2 * lam * abs(w)


@proved(wrong=("abs(w) > border", "abs(w) >= border"))
def test_squared_l2_outpulls_l1_while_the_weight_exceeds_one_half(w, lam):
    assume(w != 0, lam > 0)
    border = quoted("results.equal_pull_squared_l2")
    assert (pull_squared_l2(w, lam) > pull_l1(w, lam)) == (abs(w) > border)
    assert (pull_squared_l2(w, lam) == pull_l1(w, lam)) == (abs(w) == border)


@proved(wrong=("abs(w) > border", "abs(w) >= border"))
def test_half_squared_l2_outpulls_l1_while_the_weight_exceeds_one(w, lam):
    assume(w != 0, lam > 0)
    border = quoted("results.equal_pull_half_squared_l2")
    assert (pull_half_squared_l2(w, lam) > pull_l1(w, lam)) == (abs(w) > border)
    assert (pull_half_squared_l2(w, lam) == pull_l1(w, lam)) == (abs(w) == border)


# The direction.


@proved(wrong=("shift * w < 0", "shift * H < 0"))
def test_the_direction_of_the_shift_ignores_the_data(w, x, y, b, lam, eta):
    assume(w != 0, lam > 0, eta > 0)
    H = squared_error_slope(w, x, y, b)
    for update in (update_l1, update_squared_l2, update_half_squared_l2):
        shift = update(w, H, lam, eta) - update_plain(w, H, eta)
        assert shift == update(w, 0.0, lam, eta) - w
        assert shift * w < 0


@proved(wrong=("fitted * truth > 0, ", ""))
def test_the_penalty_hurts_where_the_weight_was_too_small(x, y, b, lam, truth):
    assume(x != 0, lam > 0)
    fitted = minimiser_plain(x, y, b)
    assume(fitted * truth > 0, abs(fitted) < abs(truth))
    assert abs(minimiser_l1(x, y, b, lam) - truth) > abs(fitted - truth)
    assert abs(minimiser_squared_l2(x, y, b, lam) - truth) > abs(fitted - truth)


@proved(wrong=("if w != 0", "if w == w"))
def test_at_rest_the_slope_of_the_error_answers_the_pull(x, y, b, lam):
    assume(x != 0, lam > 0)
    w = minimiser_squared_l2(x, y, b, lam)
    assert -squared_error_slope(w, x, y, b) == squared_l2_gradient(w, lam) == 2 * lam * w
    w = minimiser_l1(x, y, b, lam)
    if w != 0:
        assert -squared_error_slope(w, x, y, b) == l1_subgradient(w, lam) == (lam if w > 0 else -lam)


# The doubling.


@proved(wrong=("lam * h * (2 * w + h)", "lam * h * (w + h)"))
def test_the_doubling_of_lambda_comes_from_the_square_without_its_half(w, h, H, lam, eta, x, y, b):
    # What a difference h of the weight adds, over h, is the slope as h vanishes: 2 lam w of the square, lam w of its half.
    assert squared_l2(w + h, lam) - squared_l2(w, lam) == lam * h * (2 * w + h)
    assert half_squared_l2(w + h, lam) - half_squared_l2(w, lam) == lam * h * (w + h / 2)
    assert squared_l2_gradient(w, lam) == 2 * lam * w and half_squared_l2_gradient(w, lam) == lam * w
    # The same steps and the same fit under another name for lam.
    assert update_half_squared_l2(w, H, 2 * lam, eta) == update_squared_l2(w, H, lam, eta)
    assert squared_l2(w, lam) == half_squared_l2(w, 2 * lam)
    assume(x != 0, lam > 0)
    fit = minimiser_squared_l2(x, y, b, lam)
    assert squared_error_slope(fit, x, y, b) + half_squared_l2_gradient(fit, 2 * lam) == 0


# The slope at zero.


@proved(wrong=("-1 <= slope <= 1", "-1 <= slope <= 2"))
def test_at_zero_every_slope_from_minus_one_to_one_is_a_subgradient(slope, w):
    low, high = l1_subdifferential(0.0, 1.0)
    if -1 <= slope <= 1:
        assert low <= slope <= high and slope * w <= l1(w, 1.0)
    else:
        # A steeper line is above the curve on the side to which it rises.
        assert not low <= slope <= high
        if slope * w > 0:
            assert slope * w > l1(w, 1.0)


@proved(wrong=("g * lam != D", "g == g"))
def test_however_small_the_step_size_a_subgradient_step_can_raise_the_loss(x, y, b, lam, eta, g):
    """From zero where zero is best, with all subgradients but one; and from nearer to zero than half a step."""
    D = data_pull(x, y, b)
    assume(x != 0, lam > 0, eta > 0, abs(D) <= lam, -1 <= g, g <= 1)
    if g * lam != D:
        after = 0.0 - eta * (squared_error_slope(0.0, x, y, b) + g * lam)
        assert loss_l1(after, x, y, b, lam) > loss_l1(0.0, x, y, b, lam)
    w = g * eta * lam / 2
    if 0 < abs(g) < 1:
        assert abs(update_l1(w, 0.0, lam, eta)) > abs(w) and update_l1(w, 0.0, lam, eta) * w < 0


# The sign.


def test_the_literal_sign_yields_nan_on_the_step_after_zero():
    walk = walk_literal_sign(*START, N_STEPS + 2)
    assert walk[: N_STEPS + 1] == walk_l1(*START, N_STEPS) and walk[N_STEPS] == 0
    assert all(math.isnan(w) for w in walk[N_STEPS + 1 :])
    for lam, eta in ((2.0, 0.25), (0.5, 4.0)):
        walk = walk_literal_sign(-3 * eta * lam, lam, eta, 4)
        assert walk[:4] == [k * eta * lam for k in (-3, -2, -1, 0)] and math.isnan(walk[4])
    assert update_l1(0.0, 0.0, chosen.LAM, chosen.ETA) == 0
    low, high = l1_subdifferential(0.0, 1.0)
    assert low <= 0 <= high


# L1 arrives only where the step divides the start.


@proved(wrong=("change == 0 or ", ""))
def test_on_paper_the_subgradient_walk_meets_zero_only_where_the_step_divides_the_start(w, lam, eta):
    """By induction: a step changes the weight by its length or not at all, so whole steps lead from 0 back to the start."""
    assume(lam > 0, eta > 0)
    change = update_l1(w, 0.0, lam, eta) - w
    assert change == eta * lam or change == 0 or change == -eta * lam
    walk = walk_l1(w, lam, eta, 2)
    if walk[2] == 0:
        assert w == 0 or abs(w) == eta * lam or abs(w) == 2 * (eta * lam)


@proved(wrong=("abs(w) < step", "abs(w) <= step"))
def test_a_walk_that_misses_zero_ends_in_a_two_cycle_of_one_step(w, lam, eta):
    """While a step fits, the walk comes a step closer; once none fits and zero was missed, it jumps."""
    assume(lam > 0, eta > 0, w != 0)
    step = eta * lam
    walk = walk_l1(w, lam, eta, 3)
    if abs(w) < step:
        assert walk[2] == w and walk[3] == walk[1] and walk[1] * w < 0
        assert abs(walk[1] - w) == step and two_cycle(walk) == [walk[2], walk[3]]
    else:
        assert abs(walk[1]) == abs(w) - step


def test_from_five_point_one_the_walk_jumps_between_one_tenth_and_minus_four_tenths():
    start, step = Fraction(str(quoted("given.w0_uneven"))), Fraction(chosen.ETA) * Fraction(chosen.LAM)
    above = start % step
    assert quoted("given.w0_uneven") == chosen.W0_UNEVEN and 0 < above
    ends = [quoted("results.uneven_cycle.0"), quoted("results.uneven_cycle.1")]
    assert ends == pytest.approx([float(above), float(above - step)], abs=1e-12)
    walk = walk_l1(chosen.W0_UNEVEN, chosen.LAM, chosen.ETA, 2 * int(start / step) + 10)
    assert sorted(walk[-2:], reverse=True) == sorted(two_cycle(walk), reverse=True) == ends


def test_tenths_miss_zero_in_floating_point():
    start, step, n_steps = (quoted(f"results.{name}") for name in ("tenths_w0", "tenths_eta", "tenths_steps"))
    assert Fraction(str(start)) == n_steps * Fraction(str(step))
    w = start
    for _ in range(n_steps):
        w -= step
    assert w == quoted("results.tenths_left") != 0
    walk = walk_l1(start, 1.0, step, 50 * n_steps)
    assert walk[n_steps] == w and 0 not in walk
    assert sorted(two_cycle(walk)) == sorted(walk[-2:]) and walk[-2] == walk[-4]


@exhaustive(wrong=("abs(w) <= step", "abs(w) < step"), lam=(0.003, 1, 20, 1000), eta=(0.001, 0.3, 1, 5))
def test_the_proximal_walk_lands_on_zero_and_stays(w, lam, eta):
    """A step that is not lost comes closer, and there are finitely many floats; the last is to 0, which stays."""
    step = eta * lam
    after = walk_l1_prox(w, lam, eta, 1)[1]
    assert (after == update_l1_prox(w, 0.0, lam, eta)).all()
    arrives, lost = abs(w) <= step, abs(w) - step == abs(w)
    assert ((after == 0) == arrives).all() and (update_l1_prox(0 * w, 0.0, lam, eta) == 0).all()
    assert ((abs(after) < abs(w)) | arrives | lost).all() and (after * np.sign(w) >= 0).all()


# L2 and the last number before zero.


@proved(wrong=("eta != 1 / lam", "eta <= 1 / lam"))
def test_in_real_numbers_half_squared_l2_never_reaches_zero_unless_the_step_size_is_one(w, lam, eta):
    """By induction: what is not zero is not zero after one more step."""
    assume(w != 0, lam > 0, eta > 0)
    if eta != 1 / lam:
        after = update_half_squared_l2(w, 0.0, lam, eta)
        assert after != 0 and after == contraction_factor(lam, eta) * w == walk_half_squared_l2(w, lam, eta, 1)[1]
    else:
        assert walk_half_squared_l2(w, lam, eta, 1) == [w, 0]


@exhaustive(wrong=("walk[-1] == 0", "walk[-10] == 0"), lam=(1,), eta=(0.5,))
def test_multiplying_by_one_half_underflows_to_zero(w, lam, eta):
    """From the page's start in 64 bits; and from every number of 16 bits."""
    halved, halvings = chosen.W0, 0
    while halved != 0:
        halved *= 0.5
        halvings += 1
    assert quoted("given.w0") == chosen.W0 and quoted("results.halvings_to_zero") == halvings
    assert walk_half_squared_l2_factor(*START, halvings).index(0) == halvings
    assert walk_half_squared_l2_factor(*START, halvings + 5)[halvings:] == [0.0] * 6
    walk = walk_half_squared_l2_factor(w, lam, eta, 42)
    assert (walk[1] == w.dtype.type(0.5) * w).all() and (walk[-1] == 0).all()


@exhaustive(wrong=("* smallest", "* 2 * smallest"), lam=(1,), eta=(0.5,))
def test_subtracting_one_half_stops_at_the_smallest_subnormal_number(w, lam, eta):
    left, before = chosen.W0, None
    while left != before:
        left, before = left - 0.5 * left, left
    assert quoted("results.smallest_subnormal") == left == np.nextafter(0.0, 1.0)
    # What is to be taken away is rounded to zero.
    assert 0.5 * left == 0.0 and walk_half_squared_l2(*START, 1200)[-1] == left
    smallest = np.finfo(w.dtype).smallest_subnormal
    walk = walk_half_squared_l2(w, lam, eta, 45)
    assert (walk[1] == w - w.dtype.type(0.5) * w).all()
    assert (abs(walk[-1]) == (w != 0) * smallest).all() and (walk[-1] == walk[-2]).all()


# The step sizes of L2.


@proved(wrong=("eta == 1 / (2 * lam)", "eta == 1 / lam"))
def test_one_step_to_zero_needs_exactly_one_step_size(w, lam, eta):
    assume(w != 0, lam > 0, eta > 0)
    assert (update_half_squared_l2(w, 0.0, lam, eta) == 0) == (contraction_factor(lam, eta) == 0) == (eta == 1 / lam)
    assert (update_squared_l2(w, 0.0, lam, eta) == 0) == (eta == 1 / (2 * lam))


@proved(wrong=("elif times == 2", "elif times >= 2"))
def test_beyond_one_the_l2_walk_alternates_at_two_it_cycles_above_it_diverges(w, lam, eta):
    """The size is multiplied by the same number at each step: below 1 it vanishes, above 1 it exceeds every bound."""
    assume(w != 0, lam > 0, eta > 0)
    times = eta * lam
    assume(times > 1)
    walk = walk_half_squared_l2(w, lam, eta, 3)
    ratio = abs(contraction_factor(lam, eta))
    for before, after in zip(walk, walk[1:]):
        assert before * after < 0 and abs(after) == ratio * abs(before)
    if times < 2:
        assert ratio < 1
    elif times == 2:
        assert walk == [w, -w, w, -w]
    else:
        assert ratio > 1


def test_two_step_sizes_and_their_factors():
    lam = Fraction(quoted("given.lam"))
    for k in (2, 4):
        eta, factor = quoted(f"given.l2_step_sizes.{k}"), quoted(f"results.l2_factors.{k}")
        assert factor == pytest.approx(float(1 - Fraction(eta) * lam), abs=1e-14)
        assert update_half_squared_l2(1.0, 0.0, float(lam), eta) == pytest.approx(factor, abs=1e-14)


# Force and minimiser.


@proved(wrong=("abs(pull) <= lam", "pull <= lam"))
def test_zero_is_optimal_under_l1_when_the_slope_fits_the_interval(x, y, b, lam, v):
    assume(lam > 0)
    pull = data_pull(x, y, b)
    assert pull == 2 * x * (y - b)
    low, high = l1_subdifferential(0.0, lam)
    assert (low <= pull <= high) == (abs(pull) <= lam)
    if abs(pull) <= lam:
        assert loss_l1(v, x, y, b, lam) >= loss_l1(0.0, x, y, b, lam)
        assert x == 0 or minimiser_l1(x, y, b, lam) == 0


@settings(max_examples=40)
@given(hard_data(), shares)
def test_the_interval_decides_for_every_weight_of_many(X_y, share):
    X, y = X_y
    lam = share * lam_max(X, y)
    fit = lasso(X, y, lam, tol=1e-11)
    assert fit.b == pytest.approx(np.mean(y - X @ fit.w), abs=close(np.abs(y).max()))
    for j, w in enumerate(fit.w):
        # What the others leave over, at their final values.
        left = y - fit.b - X @ fit.w + X[:, j] * w
        pull = 2 * X[:, j] @ left
        assert abs(pull) <= lam + close(lam) if w == 0 else abs(pull) > lam - close(lam)
        # The rule of one variable gives its weight.
        square = X[:, j] @ X[:, j]
        assert w * square == pytest.approx(np.sign(pull) * max(abs(pull) - lam, 0) / 2, abs=1e-5 * (lam + square))


@proved(wrong=("(pull == 0)", "(y == 0)"))
def test_zero_is_optimal_under_squared_l2_only_without_any_slope(x, y, b, lam):
    assume(x != 0, lam > 0)
    pull = data_pull(x, y, b)
    best = minimiser_squared_l2(x, y, b, lam)
    assert squared_l2_gradient(0.0, lam) == 0
    assert (loss_squared_l2(0.0, x, y, b, lam) <= loss_squared_l2(best, x, y, b, lam)) == (pull == 0) == (best == 0)


# One variable.


@proved(wrong=("<= lam / 2", "< lam / 2"))
def test_with_one_variable_l1_gives_zero_exactly_up_to_half_lambda(x, y, b, lam, v):
    assume(x != 0, lam >= 0)
    best = minimiser_l1(x, y, b, lam)
    assert (best == 0) == (abs(x * (y - b)) <= lam / 2)
    assert loss_l1(best, x, y, b, lam) <= loss_l1(v, x, y, b, lam)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 12), st.floats(0.05, 5))
def test_with_orthonormal_features_the_lasso_is_one_threshold_for_each_weight(seed, n_samples, lam):
    draw = np.random.default_rng(seed)
    start = draw.standard_normal((n_samples, draw.integers(1, n_samples)))
    X = np.linalg.qr(start - start.mean(axis=0))[0]
    assert X.T @ X == pytest.approx(np.eye(X.shape[1])) and X.sum(axis=0) == pytest.approx(0, abs=1e-12)
    y = 2 * draw.standard_normal(n_samples) + 3
    # For each weight its feature on its own, as if it were the only variable.
    each = [minimiser_l1(1.0, x @ y, 0.0, lam) for x in X.T]
    assert each == pytest.approx([np.sign(x @ y) * max(abs(x @ y) - lam / 2, 0) for x in X.T])
    assert lasso(X, y, lam, tol=1e-11).w == pytest.approx(each, abs=1e-5)


# The step size one.


@proved(wrong=("x * x + lam < 1", "x * x + lam <= 1"))
def test_with_step_size_one_and_b_fixed_l2_is_stable_only_below_one(w, x, y, b, lam):
    assume(lam >= 0, x != 0)
    factor = squared_l2_step_factor(x, lam, chosen.ETA_ONE)
    assert factor == 1 - 2 * (x * x + lam)
    best = minimiser_squared_l2(x, y, b, lam)
    after = update_squared_l2(w, squared_error_slope(w, x, y, b), lam, chosen.ETA_ONE)
    assert after - best == factor * (w - best)
    assert (abs(factor) < 1) == (x * x + lam < 1)


@proved(wrong=("x != 0, ", ""))
def test_with_step_size_one_and_b_trained_l2_diverges_for_every_x_but_zero(x, y, lam, w, b, factor):
    """One part of the error is multiplied by the same factor at each step, and that factor is below -1.

    The factor is 1 - 2 k with k the larger eigenvalue of [[x^2 + lam, x], [x, 1]]; the part is the one along its eigenvector.
    Only on the line of starts without such a part does it stay 0.
    """
    assume(x != 0, lam >= 0)
    first = x * x + lam
    k = (1 - factor) / 2
    assume((first - k) * (1 - k) == x * x, 2 * k >= first + 1)
    assert factor < -1
    after_w = update_squared_l2(w, squared_error_slope(w, x, y, b), lam, chosen.ETA_ONE)
    after_b = update_plain(b, squared_error_bias_slope(w, x, y, b), chosen.ETA_ONE)
    # With no penalty to pay at w = 0 and no error at b = y, that is the minimiser.
    assert x * after_w + (k - first) * (after_b - y) == factor * (x * w + (k - first) * (b - y))


def test_one_point_suits_the_weight_and_not_the_pair():
    x, lam = quoted("results.joint_x"), quoted("results.joint_lam")
    assert (x, lam) == (results.JOINT_X, results.JOINT_LAM)
    alone = quoted("results.joint_factor_b_fixed")
    assert alone == squared_l2_step_factor(x, lam, chosen.ETA_ONE) == 1 - 2 * (x * x + lam) == 0
    w, b, target = 1.0, 0.0, 2.0
    once = update_squared_l2(w, squared_error_slope(w, x, target, b), lam, chosen.ETA_ONE)
    assert once == minimiser_squared_l2(x, target, b, lam)
    sizes = []
    for _ in range(80):
        H, slope = squared_error_slope(w, x, target, b), squared_error_bias_slope(w, x, target, b)
        w, b = update_squared_l2(w, H, lam, chosen.ETA_ONE), update_plain(b, slope, chosen.ETA_ONE)
        sizes.append(math.hypot(w, b - target))
    assert quoted("results.joint_factor_b_trained") == pytest.approx(sizes[-1] / sizes[-2], rel=1e-9)
    assert spectral_radius(joint_step_matrix(x, lam, chosen.ETA_ONE)) == pytest.approx(sizes[-1] / sizes[-2], rel=1e-9)


# One sample.


@proved(wrong=("w != 0 or b != y", "w != 0"))
def test_one_sample_with_a_free_bias_is_fitted_by_weight_zero(x, y, lam, w, b):
    """Error and penalty are both 0 there, and at least one of them is not anywhere else."""
    assume(lam > 0)
    assert squared_error(0.0, x, y, y) == 0
    assert loss_l1(0.0, x, y, y, lam) == 0 and loss_squared_l2(0.0, x, y, y, lam) == 0
    anywhere_else = w != 0 or b != y
    assert (loss_l1(w, x, y, b, lam) > 0) == anywhere_else
    assert (loss_squared_l2(w, x, y, b, lam) > 0) == anywhere_else


@proved(wrong=("lam / 2", "lam"))
def test_with_b_fixed_the_minimisers_have_closed_forms(x, y, b, lam, v):
    assume(x != 0, lam > 0)
    r = y - b
    best = minimiser_squared_l2(x, y, b, lam)
    assert best == x * r / (x * x + lam)
    assert loss_squared_l2(best, x, y, b, lam) <= loss_squared_l2(v, x, y, b, lam)
    best = minimiser_l1(x, y, b, lam)
    assert best * x**2 == soft_threshold(x * r, lam / 2)
    assert loss_l1(best, x, y, b, lam) <= loss_l1(v, x, y, b, lam)


# The bias.


@proved(wrong=("2 * (w * x + b - y)", "2 * (w * x + b - y) + lam"))
def test_the_slope_in_the_bias_has_no_lambda(w, x, y, b, h, lam):
    slope = squared_error_bias_slope(w, x, y, b)
    assert slope == 2 * (w * x + b - y)
    # What a difference h of the bias adds, over h, is the slope as h vanishes.
    assert loss_l1(w, x, y, b + h, lam) - loss_l1(w, x, y, b, lam) == h * (slope + h)
    assert loss_squared_l2(w, x, y, b + h, lam) - loss_squared_l2(w, x, y, b, lam) == h * (slope + h)
    assert squared_error(w, x, y, b + h) - squared_error(w, x, y, b) == h * (slope + h)


@settings(max_examples=30)
@given(hard_data(), shares, st.sampled_from((-7.0, 0.5, 100.0)))
def test_with_a_free_bias_predictions_move_with_the_targets(X_y, share, shift):
    X, y = X_y
    lam = share * lam_max(X, y)
    for fit in (lambda X, y: lasso(X, y, lam, tol=1e-11), lambda X, y: ridge(X, y, lam)):
        before, after = fit(X, y), fit(X, y + shift)
        assert linear_model(X, after.w, after.b) == pytest.approx(linear_model(X, before.w, before.b) + shift, abs=1e-4)
        assert after.w == pytest.approx(before.w, rel=1e-4, abs=1e-4)


def with_penalised_bias(X, y, lam):
    """Weights and bias of least error plus lam (|w|^2 + b^2): no slope is left."""
    ones = np.column_stack([X, np.ones(len(y))])
    *w, b = np.linalg.solve(ones.T @ ones + lam * np.eye(X.shape[1] + 1), ones.T @ y)
    slope, bias_slope = sum_squared_errors_gradient(w, b, X, y)
    assert slope + SquaredL2(lam).subgradient(w) == pytest.approx(0, abs=1e-7 * (1 + np.abs(ones.T @ y).max()))
    assert bias_slope + SquaredL2(lam).subgradient(b) == pytest.approx(0, abs=1e-7 * (1 + np.abs(ones.T @ y).max()))
    return np.array(w), b


@settings(max_examples=40)
@given(hard_data(), st.floats(0.1, 10), st.sampled_from((-7.0, 0.5, 100.0)))
def test_a_penalised_bias_ties_the_fit_to_an_origin(X_y, lam, shift):
    X, y = X_y
    for features, moves in ((X, True), (X - X.mean(axis=0), False)):
        (w, b), (w_after, b_after) = (with_penalised_bias(features, target, lam) for target in (y, y + shift))
        moved = features @ (w_after - w) + b_after - b
        assert np.abs(moved - shift).max() > 1e-6 * abs(shift)
        assert (np.abs(w_after - w).max() > 1e-10 * abs(shift)) == moves
    # The same shift with the bias free.
    assert ridge(X, y + shift, lam).b == pytest.approx(ridge(X, y, lam).b + shift, rel=1e-6, abs=1e-6)


# Penalty and bound.


@settings(max_examples=40)
@given(hard_data(), shares)
def test_a_penalised_fit_solves_a_bounded_fit(X_y, share):
    """The error is convex, so (w, b) is best within |w| <= t exactly where no u of the ball has slope . (u - w) < 0.

    The lowest slope . u in the ball is -t times the dual norm of the slope.
    """
    X, y = X_y
    lam = share * lam_max(X, y)
    for fit, order, dual in ((lasso(X, y, lam, tol=1e-11), 1, np.inf), (ridge(X, y, lam), 2, 2)):
        residual = X @ fit.w + fit.b - y
        slope, scale = 2 * X.T @ residual, np.abs(X).sum() * np.abs(y).max()
        assert residual.sum() == pytest.approx(0, abs=1e-9 * scale)
        t = p_norm(fit.w, order)
        assert t == pytest.approx(np.linalg.norm(fit.w, order))
        assert slope @ fit.w == pytest.approx(-t * np.linalg.norm(slope, dual), abs=1e-5 * (1 + t) * (1 + lam))


@proved(wrong=("abs(v) <= bound", "abs(v) <= 2 * bound"))
def test_the_bound_that_matches_lambda_depends_on_the_data(v):
    lam, bounds = quoted("results.bound_lam"), set()
    for k in (0, 1):
        y, bound = quoted(f"results.bound_targets.{k}"), quoted(f"results.bounds.{k}")
        best = minimiser_l1(1.0, y, 0.0, lam)
        assert bound == abs(best) == y - lam / 2 > 0
        if abs(v) <= bound:
            assert squared_error(v, 1.0, y, 0.0) >= squared_error(best, 1.0, y, 0.0)
        bounds.add(bound)
    assert len(bounds) == 2


# The choice of lambda.


@proved(wrong=("lam == best", "lam == 2 * best"))
def test_held_out_data_choose_lambda(lam):
    """For any other strength the fit is further from what held-out data suggest."""
    assume(lam >= 0)
    wanted, found = quoted("results.held_out_slope"), set()
    for k in (0, 1):
        slope, best = quoted(f"results.training_slopes.{k}"), quoted(f"results.best_lams.{k}")
        assert minimiser_plain(1.0, slope, 0.0) == slope
        miss = squared_error(minimiser_squared_l2(1.0, slope, 0.0, lam), 1.0, wanted, 0.0)
        least = squared_error(minimiser_squared_l2(1.0, slope, 0.0, best), 1.0, wanted, 0.0)
        assert (miss <= least) == (lam == best)
        found.add(best)
    assert len(found) == 2


# Small coefficients.


@settings(max_examples=40)
@given(hard_data(most_samples=20, most_features=3), st.integers(0, 2))
def test_a_coefficient_grows_with_the_unit_of_its_feature(X_y, j):
    X, y = X_y
    j, factor = j % X.shape[1], quoted("given.spread")
    larger_unit = X.copy()
    larger_unit[:, j] /= factor
    before, after = least_squares(X, y), least_squares(larger_unit, y)
    assert len(y) <= X.shape[1] or after.w[j] == pytest.approx(factor * before.w[j], rel=1e-6)
    assert linear_model(larger_unit, after.w, after.b) == pytest.approx(linear_model(X, before.w, before.b), abs=1e-6)
    assert quoted("results.in_larger_unit") == pytest.approx(factor * quoted("given.six_weights.3"), rel=1e-12)
    assert quoted("given.six_weights.3") == chosen.SIX_WEIGHTS[3] and factor == chosen.SPREAD


def test_subgradient_descent_leaves_small_numbers_where_the_lasso_solver_leaves_zeros():
    draw = np.random.default_rng(0)
    X = draw.standard_normal((12, 5))
    X, y = X - X.mean(axis=0), draw.standard_normal(12) + X[:, 0]
    y, lam = y - y.mean(), 0.5 * lam_max(X, y)
    zeros = lasso(X, y, lam).w == 0
    assert zeros.any() and not zeros.all()
    limit = 1 / np.linalg.norm(X, 2) ** 2
    left = []
    for eta in (0.1 * limit, 0.04 * limit):
        walk = subgradient_descent(
            lambda w: 2 * X.T @ (X @ w - y) + L1(lam).subgradient(w), np.ones(5), eta, round(80 * limit / eta)
        )
        assert np.all(walk[len(walk) // 2 :] != 0)
        # Small: within its step, eta times the largest slope that it meets, but not much smaller.
        left.append(np.abs(walk[-100:, zeros]).max())
        assert 0.1 * eta * lam < left[-1] < 2 * eta * lam
    assert left[1] < left[0] / 1.5


# Overfitting without complexity.


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(2, 12), st.integers(1, 10), st.floats(0.1, 10))
def test_more_features_than_samples_fit_pure_noise(seed, n_samples, more, sigma):
    draw = np.random.default_rng(seed)
    X, y = draw.standard_normal((n_samples, n_samples + more)), sigma * draw.standard_normal(n_samples)
    fit = least_squares(X, y)
    assert mean_squared_error(y, linear_model(X, fit.w, fit.b)) < 1e-16 * sigma**2
    # A special position: two samples alike in all features, with different targets.
    X[1] = X[0]
    fit = least_squares(X, y)
    assert sum((linear_model(X, fit.w, fit.b) - y) ** 2) >= (1 - 1e-9) * (y[1] - y[0]) ** 2 / 2 > 0


def test_noise_that_is_fitted_costs_more_than_noise():
    """Averaged in three steps: over fresh samples and over the training targets exactly, over training features by drawing.

    A fresh sample has its own noise, and |w|^2 + b^2 more. The fit is linear in the targets, so on average over noise the
    squares of the fits to single units add up. In the centred features that gives the trace of an inverse matrix, and the
    bias, a mean of n samples, adds one n-th of everything.
    """
    n, p, variance = (quoted(f"results.noise_{name}") for name in ("samples", "features", "variance"))
    draw = np.random.default_rng(1)
    X = draw.standard_normal((8000, n, p))
    X -= X.mean(axis=1, keepdims=True)
    # The smallest eigenvalue is 0: the centred samples add up to 0.
    traces = (1 / np.linalg.eigvalsh(X @ X.transpose(0, 2, 1))[:, 1:]).sum(axis=1)
    units = [least_squares(X[0], unit) for unit in np.eye(n)]
    assert sum(fit.w @ fit.w for fit in units) == pytest.approx(traces[0])
    assert [fit.b for fit in units] == pytest.approx([1 / n] * n)
    expected = variance * (1 + 1 / n) * (1 + traces.mean())
    assert quoted("results.noise_expected_error") == pytest.approx(expected, rel=0.004)
    assert quoted("results.noise_expected_error") > 2 * variance


# Norms.


@given(
    st.lists(st.tuples(st.floats(-10, 10), st.floats(-10, 10)), min_size=1, max_size=4),
    st.floats(1, 20) | st.sampled_from((1.0, np.inf)),
)
def test_the_triangle_inequality_holds_from_p_equal_to_one(pairs, p):
    u, v = np.array(pairs).T
    assert is_norm(p)
    lengths = [p_norm(w, p) for w in (u, v, u + v)]
    assert lengths == pytest.approx([np.linalg.norm(w, p) for w in (u, v, u + v)], rel=1e-9)
    assert lengths[2] <= (lengths[0] + lengths[1]) * (1 + 1e-12)


@given(p=st.floats(0.1, 0.999))
def test_below_one_the_triangle_inequality_fails(p):
    for order in (p, quoted("given.ball_p")):
        assert not is_norm(order)
        lengths = p_norm([1.0, 0.0], order) + p_norm([0.0, 1.0], order)
        assert lengths == 2 < p_norm([1.0, 1.0], order)
    assert quoted("given.ball_p") == chosen.BALL_P
    assert quoted("results.sum_of_quasi_norms") == lengths
    # (1 + 1)^(1/p).
    assert quoted("results.quasi_norm_of_sum") == pytest.approx(2 ** (1 / chosen.BALL_P), rel=1e-12)


@proved(wrong=("abs(w) <= 1 / 16", "abs(w) <= 1"))
def test_a_penalty_with_p_below_one_can_make_several_local_minima(w):
    """An example with p = 1/2: zero is lower than all near it, and so is a place between 1/2 and 5/4."""

    def loss(w):
        return squared_error(w, 1.0, 1.0, 0.0) + abs(w) ** 0.5 / 2

    if 0 < abs(w) <= 1 / 16:
        assert loss(w) > loss(0.0)
    # Lower inside than at both ends, so the least value of this stretch lies inside.
    assert loss(0.75) < loss(0.5) and loss(0.75) < loss(1.25)


# The conventions: see also test_notation.


@settings(max_examples=40)
@given(hard_data(), st.floats(0.01, 10))
def test_one_lambda_means_three_fits(X_y, share):
    X, y = X_y
    X = X - X.mean(axis=0)
    lam = share * np.linalg.norm(X, 2) ** 2
    fits = {"ours": ridge(X, y, lam), "half the penalty": ridge(X, y, lam / 2), "half the error": ridge(X, y, 2 * lam)}
    for name, error_share, penalty in (
        ("ours", 1, SquaredL2),
        ("half the penalty", 1, HalfSquaredL2),
        ("half the error", 0.5, SquaredL2),
    ):
        w, residual = fits[name].w, y - y.mean() - X @ fits[name].w
        # Stationary, and the objective is convex: the minimiser of that convention for the same lam.
        slope = -2 * error_share * X.T @ residual + penalty(lam).subgradient(w)
        assert slope == pytest.approx(0, abs=1e-9 * (1 + np.abs(X.T @ y).max()))
    # Three lengths, so three fits.
    lengths = [np.linalg.norm(fits[name].w) for name in ("half the error", "ours", "half the penalty")]
    assert lengths[0] < 0.999 * lengths[1] < 0.998 * lengths[2]

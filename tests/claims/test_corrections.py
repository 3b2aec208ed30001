"""What holds where the sources are imprecise: one group of tests for each section of the corrections page."""

from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from figures import given as chosen
from figures import results
from shrinkage import (
    L1,
    HalfSquaredL2,
    SquaredL2,
    data_pull,
    half_squared_l2,
    is_norm,
    joint_step_matrix,
    l1_subdifferential,
    lam_max,
    lasso,
    lasso_kkt_violation,
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
    spectral_radius,
    squared_error,
    squared_error_bias_slope,
    squared_error_slope,
    squared_l2,
    squared_l2_step_factor,
    steps_to_zero,
    subgradient_descent,
    sum_squared_errors_gradient,
    two_cycle,
    update_half_squared_l2,
    update_l1,
    update_plain,
    update_squared_l2,
    walk_half_squared_l2,
    walk_half_squared_l2_factor,
    walk_l1,
    walk_l1_prox,
    walk_literal_sign,
)

weights = st.floats(0.001, 100) | st.floats(-100, -0.001)
strengths = st.floats(0.01, 100)
# Multiples of 1/64, so that sums and differences are exact and nothing underflows.
values = st.integers(-640, 640).map(lambda n: n / 64)
features = st.integers(7, 640).map(lambda n: n / 64) | st.integers(-640, -7).map(lambda n: n / 64)

QUOTED = results.facts()


@pytest.fixture
def data():
    """Twelve samples of five features, of which two matter, far from zero in mean."""
    draw = np.random.default_rng(5)
    X = draw.standard_normal((12, 5)) + 3
    return X, X @ np.array([2.0, -1.0, 0.0, 0.0, 0.0]) + 4 + 0.3 * draw.standard_normal(12)


# Both penalties pull to zero.


@given(w=weights, lam=strengths, H=values)
def test_each_penalty_shifts_a_weight_towards_zero(w, lam, H):
    # Below the weight's size over its pull, a step cannot jump over 0: there "towards 0" is "closer to 0".
    eta = 0.5 * min(1.0, abs(w)) / (lam * max(1.0, 2 * abs(w)))
    for update, pull in (
        (update_l1, pull_l1),
        (update_squared_l2, pull_squared_l2),
        (update_half_squared_l2, pull_half_squared_l2),
    ):
        assert abs(update(w, 0.0, lam, eta)) < abs(w)
        shift = update(w, H, lam, eta) - update_plain(w, H, eta)
        # The difference of two numbers of the size of w and H rounds like them.
        assert shift == pytest.approx(-np.sign(w) * eta * pull(w, lam), rel=1e-9, abs=1e-12 * (abs(w) + abs(H)))


@given(w=weights, lam=strengths)
def test_the_pulls_are_lam_and_two_lam_w(w, lam):
    assert pull_l1(w, lam) == lam
    assert pull_squared_l2(w, lam) == pytest.approx(2 * lam * abs(w), rel=1e-15)


@given(share=st.floats(0, 0.999), lam=strengths)
def test_squared_l2_outpulls_l1_while_the_weight_exceeds_one_half(share, lam):
    half = QUOTED["equal_pull_squared_l2"]
    assert half == 0.5
    assert pull_squared_l2(half, lam) == pull_l1(half, lam)
    assert pull_squared_l2(share * half, lam) < pull_l1(half, lam)
    assert pull_squared_l2(half / max(share, 1e-3), lam) > pull_l1(half, lam)


@given(share=st.floats(0, 0.999), lam=strengths)
def test_half_squared_l2_outpulls_l1_while_the_weight_exceeds_one(share, lam):
    one = QUOTED["equal_pull_half_squared_l2"]
    assert one == 1
    assert pull_half_squared_l2(one, lam) == pull_l1(one, lam)
    assert pull_half_squared_l2(share * one, lam) < pull_l1(one, lam)
    assert pull_half_squared_l2(one / max(share, 1e-3), lam) > pull_l1(one, lam)


# The slope at zero.


@given(slope=st.floats(-1, 1), excess=st.floats(1.001, 10), w=values)
def test_at_zero_every_slope_from_minus_one_to_one_is_a_subgradient(slope, excess, w):
    assert l1_subdifferential(0.0, 1.0) == (-1.0, 1.0)
    # A line through (0, 0) of such a slope stays below |w|; a steeper one does not.
    assert abs(w) >= slope * w
    assert abs(1.0) < excess * 1.0 and abs(-1.0) < -excess * -1.0


@given(share=st.floats(0.01, 0.49), eta=st.floats(1e-6, 1))
def test_however_small_the_step_size_a_subgradient_step_can_raise_the_loss(share, eta):
    w = share * eta
    after = update_l1(w, 0.0, 1.0, eta)
    assert L1(1.0).value(after) > L1(1.0).value(w)
    # Even the minimiser can be left: 1 is a subgradient at 0.
    low, high = l1_subdifferential(0.0, 1.0)
    assert low <= 1.0 <= high and L1(1.0).value(0.0 - eta * high) > L1(1.0).value(0.0)


# The sign.


def test_the_literal_sign_yields_nan_on_the_step_after_zero():
    walk = walk_literal_sign(chosen.W0, chosen.LAM, chosen.ETA, 12)
    arrival = steps_to_zero(walk)
    assert arrival == 10
    assert np.all(np.isfinite(walk[: arrival + 1])) and np.all(np.isnan(walk[arrival + 1 :]))
    assert walk_l1(chosen.W0, chosen.LAM, chosen.ETA, 12)[arrival:] == [0.0, 0.0, 0.0]


# L1 arrives only where the step divides the start.


def _exact_walk(w0, eta, n_steps):
    """The walk under |w| in fractions, which do not round."""
    walk = [Fraction(w0)]
    for _ in range(n_steps):
        walk.append(walk[-1] - Fraction(eta) * ((walk[-1] > 0) - (walk[-1] < 0)))
    return walk


@given(numerator=st.integers(1, 60), denominator=st.integers(1, 12))
def test_on_paper_the_subgradient_walk_meets_zero_only_where_the_step_divides_the_start(numerator, denominator):
    w0, eta = Fraction(numerator, 4), Fraction(1, denominator)
    walk = _exact_walk(w0, eta, int(w0 / eta) + 2)
    assert (0 in walk) == ((w0 / eta).denominator == 1)


@given(w0=st.floats(0.1, 10), eta=st.floats(0.01, 1))
def test_a_walk_that_misses_zero_ends_in_a_two_cycle_of_one_step(w0, eta):
    walk = walk_l1(w0, 1.0, eta, int(w0 / eta) + 4)
    if 0 not in walk:
        above, below = sorted(two_cycle(walk), reverse=True)
        assert below < 0 < above
        assert above - below == pytest.approx(eta, rel=1e-9)


def test_from_five_point_one_the_walk_jumps_between_one_tenth_and_minus_four_tenths():
    exact = _exact_walk("51/10", "1/2", 40)
    assert (
        exact[-4:] == [Fraction(-4, 10), Fraction(1, 10)] * 2 or exact[-4:] == [Fraction(1, 10), Fraction(-4, 10)] * 2
    )
    assert QUOTED["uneven_cycle"] == pytest.approx([0.1, -0.4], abs=1e-14)
    assert (chosen.W0_UNEVEN, chosen.ETA) == (5.1, 0.5)


def test_tenths_miss_zero_in_floating_point():
    n_steps = QUOTED["tenths_steps"]
    assert _exact_walk("1", "1/10", n_steps)[-1] == 0
    walk = walk_l1(results.TENTHS_W0, 1.0, results.TENTHS_ETA, 50 * n_steps)
    assert steps_to_zero(walk) is None
    assert walk[n_steps] == QUOTED["tenths_left"] > 0


@given(w0=values, eta=st.floats(0.01, 1), lam=st.floats(0.1, 10))
def test_the_proximal_walk_lands_on_zero_and_stays(w0, eta, lam):
    arrival = int(abs(w0) / (eta * lam)) + 1
    walk = walk_l1_prox(w0, lam, eta, arrival + 5)
    # Rounded differences may ask for one step more than the quotient says.
    assert walk[arrival + 1 :] == [0.0] * 5


# L2 and the last number before zero.


@given(w0=st.fractions(-10, 10).filter(bool), eta=st.fractions(Fraction(1, 100), 3), n_steps=st.integers(1, 60))
def test_in_real_numbers_half_squared_l2_never_reaches_zero_unless_the_step_size_is_one(w0, eta, n_steps):
    w = w0
    for _ in range(n_steps):
        w = w - eta * w
    assert w == w0 * (1 - eta) ** n_steps
    assert (w == 0) == (eta == 1)


def test_multiplying_by_one_half_underflows_to_zero():
    walk = walk_half_squared_l2_factor(chosen.W0, chosen.LAM, chosen.ETA, 1200)
    w, halvings = 5.0, 0
    while w != 0:
        w *= 0.5
        halvings += 1
    assert steps_to_zero(walk) == halvings == QUOTED["halvings_to_zero"] == 1077
    assert set(walk[halvings:]) == {0.0}


def test_subtracting_one_half_stops_at_the_smallest_subnormal_number():
    walk = walk_half_squared_l2(chosen.W0, chosen.LAM, chosen.ETA, 1200)
    smallest = np.nextafter(0.0, 1.0)
    assert steps_to_zero(walk) is None
    assert walk[-1] == walk[-100] == smallest == QUOTED["smallest_subnormal"]
    # Half of it lies midway between it and 0, and is rounded to 0: nothing is taken away.
    assert 0.5 * smallest == 0.0 and smallest - 0.5 * smallest == smallest


# The step sizes of L2.


@given(w0=weights, lam=st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0]), factor=st.floats(0.1, 3))
def test_one_step_to_zero_needs_exactly_one_step_size(w0, lam, factor):
    # Powers of two, so that the products are exact.
    assert update_half_squared_l2(w0, 0.0, lam, 1 / lam) == 0
    assert update_squared_l2(w0, 0.0, lam, 1 / (2 * lam)) == 0
    if abs(factor - 1) > 1e-9:
        assert update_half_squared_l2(w0, 0.0, lam, factor / lam) != 0
        assert update_squared_l2(w0, 0.0, lam, factor / (2 * lam)) != 0


@given(w0=weights, between=st.floats(1.01, 1.99), above=st.floats(2.01, 3))
def test_beyond_one_the_l2_walk_alternates_at_two_it_cycles_above_it_diverges(w0, between, above):
    alternating = np.array(walk_half_squared_l2(w0, 1.0, between, 20))
    assert np.all(alternating[1:] * alternating[:-1] < 0)
    assert np.all(np.abs(alternating[1:]) < np.abs(alternating[:-1]))
    assert walk_half_squared_l2(w0, 1.0, 2.0, 5) == [w0, -w0] * 3
    diverging = np.abs(walk_half_squared_l2(w0, 1.0, above, 20))
    assert np.all(diverging[1:] > diverging[:-1])
    factors = QUOTED["l2_factors"]
    assert factors == pytest.approx([1 - eta for eta in chosen.L2_STEP_SIZES], abs=1e-15)


# The step size one.


def test_with_step_size_one_and_b_fixed_l2_is_stable_only_below_one():
    c = sp.symbols("c", positive=True)
    # c stands for x^2 + lambda.
    assert sp.solveset(sp.Abs(1 - 2 * c) < 1, c, sp.S.Reals) == sp.Interval.open(0, 1)
    x, lam, w, b, y = sp.symbols("x lam w b y")
    best = x * (y - b) / (x**2 + lam)
    step = w - 2 * x * (w * x + b - y) - 2 * lam * w
    assert sp.simplify((step - best) - (1 - 2 * (x**2 + lam)) * (w - best)) == 0
    for x, lam, stable in ((0.5, 0.7, True), (0.5, 0.8, False), (0.9, 0.1, True), (1.0, 0.01, False)):
        assert (abs(squared_l2_step_factor(x, lam, 1.0)) < 1) == stable == (x * x + lam < 1)
        w, best = 3.0, minimiser_squared_l2(x, 2.0, 0.5, lam)
        for _ in range(400):
            w = update_squared_l2(w, squared_error_slope(w, x, 2.0, 0.5), lam)
        assert (abs(w - best) < 1e-3) == stable


def test_with_step_size_one_and_b_trained_l2_diverges_for_every_x_but_zero():
    x, lam = sp.symbols("x lam", positive=True)
    # The top eigenvalue of [[x^2 + lam, x], [x, 1]] exceeds 1 because its characteristic polynomial is negative at 1.
    curvature = sp.Matrix([[x**2 + lam, x], [x, 1]])
    assert sp.expand((curvature - sp.eye(2)).det()) == -(x**2)
    for size in (1e-3, 0.1, 0.5, 1.0, 5.0):
        for strength in (0.0, 0.01, 0.25, 2.0):
            assert spectral_radius(joint_step_matrix(size, strength, 1.0)) > 1
            assert spectral_radius(joint_step_matrix(-size, strength, 1.0)) > 1
    w, b = 1.0, 0.0
    errors = []
    for _ in range(60):
        H, G = squared_error_slope(w, 0.5, 2.0, b), squared_error_bias_slope(w, 0.5, 2.0, b)
        w, b = update_squared_l2(w, H, 0.25), update_plain(b, G)
        errors.append(np.hypot(w, b - 2.0))
    # The error grows by the larger eigenvalue per step once the smaller one has died out.
    assert errors[-1] / errors[-2] == pytest.approx(QUOTED["joint_factor_b_trained"], rel=1e-6)
    assert QUOTED["joint_factor_b_trained"] > 1
    assert QUOTED["joint_factor_b_fixed"] == 0


# One sample.


@given(x=features, y=values, lam=strengths, w=weights, b=values)
def test_one_sample_with_a_free_bias_is_fitted_by_weight_zero(x, y, lam, w, b):
    # Error and penalty are both 0 there, and neither can be less; with any other weight the penalty is more.
    assert squared_error(0.0, x, y, y) == loss_l1(0.0, x, y, y, lam) == loss_squared_l2(0.0, x, y, y, lam) == 0
    assert loss_l1(w, x, y, b, lam) > 0 and loss_squared_l2(w, x, y, b, lam) > 0


@given(x=features, y=values, b=values, lam=strengths)
def test_with_b_fixed_the_minimisers_have_closed_forms(x, y, b, lam):
    r = y - b
    ridge_weight = minimiser_squared_l2(x, y, b, lam)
    assert ridge_weight == pytest.approx(x * r / (x**2 + lam), rel=1e-12, abs=1e-15)
    scale = abs(2 * x * r) + lam
    assert squared_error_slope(ridge_weight, x, y, b) + 2 * lam * ridge_weight == pytest.approx(0, abs=1e-12 * scale)
    lasso_weight = minimiser_l1(x, y, b, lam)
    soft = np.sign(x * r) * max(abs(x * r) - lam / 2, 0)
    assert lasso_weight == pytest.approx(soft / x**2, rel=1e-9, abs=1e-12)
    # Optimal: minus the slope of the error is one of the slopes of the penalty.
    low, high = l1_subdifferential(lasso_weight, lam)
    assert low - 1e-12 * scale <= -squared_error_slope(lasso_weight, x, y, b) <= high + 1e-12 * scale


# The doubling.


def test_the_doubling_of_lambda_comes_from_the_square_without_its_half():
    w, lam = sp.symbols("w lam", positive=True)
    assert sp.diff(lam * w**2, w) == 2 * lam * w
    assert sp.diff(lam / 2 * w**2, w) == lam * w
    for weight in (-3.0, 0.4, 7.0):
        assert squared_l2(weight, 0.8) == 2 * half_squared_l2(weight, 0.8)
        # One half of the strength, and the two penalties are one.
        assert update_squared_l2(weight, 1.3, 0.4) == update_half_squared_l2(weight, 1.3, 0.8)


# Penalty and bound.


@pytest.mark.parametrize("lam", [0.5, 5.0, 20.0])
def test_a_penalised_fit_solves_a_bounded_fit(data, lam):
    X, y = data
    for fit, dual_size, size in (
        (lasso(X, y, lam, tol=1e-13), lambda g: np.max(np.abs(g)), p_norm(lasso(X, y, lam).w, 1)),
        (ridge(X, y, lam), np.linalg.norm, p_norm(ridge(X, y, lam).w, 2)),
    ):
        slope, bias_slope = sum_squared_errors_gradient(fit.w, fit.b, X, y)
        assert bias_slope == pytest.approx(0, abs=1e-9)
        # The error is convex: (w, b) is its minimiser within the ball |w| <= t exactly where no point u of the ball has
        # slope . (u - w) < 0. The lowest slope . u is -t times the dual norm of the slope.
        lowest = -size * dual_size(slope)
        assert slope @ fit.w == pytest.approx(lowest, rel=1e-6)


def test_the_bound_that_matches_lambda_depends_on_the_data():
    bounds = QUOTED["bounds"]
    lam = results.BOUND_LAM
    for y, t in zip(results.BOUND_TARGETS, bounds, strict=True):
        # The error (w - y)^2 falls all the way up to w = y > t, so its minimiser within |w| <= t is t.
        assert 0 < t < y
        assert squared_error_slope(t, 1.0, y, 0.0) == -lam
    assert bounds[0] != bounds[1]


# The direction.


@given(w=weights, lam=strengths, x=features, y=values, b=values)
def test_the_direction_of_the_shift_ignores_the_data(w, lam, x, y, b):
    H = squared_error_slope(w, x, y, b)
    for update in (update_l1, update_squared_l2):
        shift = update(w, H, lam) - update_plain(w, H)
        without_data = update(w, 0.0, lam) - update_plain(w, 0.0)
        assert shift == pytest.approx(without_data, rel=1e-9, abs=1e-12 * (abs(w) + abs(H)))
        assert without_data * w < 0


@given(fitted=st.floats(0.1, 10), truth=st.floats(1.001, 3), lam=strengths)
def test_the_penalty_hurts_where_the_weight_was_too_small(fitted, truth, lam):
    # One data point at x = 1 suggests the weight y = fitted; the true weight is larger.
    for penalised in (minimiser_l1(1.0, fitted, 0.0, lam), minimiser_squared_l2(1.0, fitted, 0.0, lam)):
        assert abs(penalised - truth * fitted) > abs(minimiser_plain(1.0, fitted, 0.0) - truth * fitted)


@given(x=features, y=values, b=values, lam=strengths)
def test_at_rest_the_slope_of_the_error_answers_the_pull(x, y, b, lam):
    scale = abs(2 * x * (y - b)) + lam
    w = minimiser_squared_l2(x, y, b, lam)
    assert -squared_error_slope(w, x, y, b) == pytest.approx(2 * lam * w, abs=1e-12 * scale)
    w = minimiser_l1(x, y, b, lam)
    if w != 0:
        assert -squared_error_slope(w, x, y, b) == pytest.approx(lam * np.sign(w), abs=1e-12 * scale)


# The choice of lambda.


def test_held_out_data_choose_lambda():
    lam, x, slope, wanted = sp.symbols("lam x slope wanted", positive=True)
    # With x = 1 and b = 0 the fit is slope / (1 + lam); the held-out error is least where that is the held-out slope.
    fitted = x * slope / (x**2 + lam)
    (best,) = sp.solve(sp.diff((fitted.subs(x, 1) - wanted) ** 2, lam), lam)
    assert sp.simplify(best - (slope / wanted - 1)) == 0
    for slope, strength in zip(results.TRAINING_SLOPES, QUOTED["best_lams"], strict=True):
        assert minimiser_squared_l2(1.0, slope, 0.0, strength) == results.HELD_OUT_SLOPE
    assert len(set(QUOTED["best_lams"])) == 2


# Small coefficients.


def test_a_coefficient_grows_with_the_unit_of_its_feature(data):
    X, y = data
    factor = chosen.SPREAD
    in_larger_unit = X / np.where(np.arange(X.shape[1]) == 1, factor, 1.0)
    before, after = least_squares(X, y), least_squares(in_larger_unit, y)
    assert after.w[1] == pytest.approx(factor * before.w[1], rel=1e-9)
    assert linear_model(in_larger_unit, after.w, after.b) == pytest.approx(
        linear_model(X, before.w, before.b), rel=1e-9
    )
    assert QUOTED["in_larger_unit"] == pytest.approx(0.9, rel=1e-12)


def test_subgradient_descent_leaves_small_numbers_where_the_lasso_solver_leaves_zeros(data):
    X, y = data
    X = X - X.mean(axis=0)
    y = y - y.mean()
    lam = 0.5 * lam_max(X, y)
    solved = lasso(X, y, lam).w
    eta = 0.1 / np.linalg.norm(X, 2) ** 2
    walk = subgradient_descent(
        lambda w: sum_squared_errors_gradient(w, 0.0, X, y)[0] + L1(lam).subgradient(w), np.ones(5), eta, 3000
    )
    zeros = solved == 0
    assert zeros.sum() >= 2
    assert np.all(walk[1000:] != 0)
    # Small: each stays within its step, eta times the largest slope that it meets.
    assert np.all(np.abs(walk[-100:, zeros]) < 2 * eta * lam)


# Overfitting without complexity.


def test_more_features_than_samples_fit_pure_noise(data):
    assert QUOTED["noise_training_error"] < 1e-20
    assert QUOTED["noise_fresh_error"] > 1.2
    for seed in range(5):
        draw = np.random.default_rng(seed)
        X, y = draw.standard_normal((10, 20)), draw.standard_normal(10)
        fit = least_squares(X, y)
        assert mean_squared_error(y, linear_model(X, fit.w, fit.b)) < 1e-20
    # The expected error on fresh samples, measured: its standard error at this size is below 0.01.
    draw = np.random.default_rng(results.NOISE_SEED)
    X, y = (
        draw.standard_normal((results.NOISE_SAMPLES, results.NOISE_FEATURES)),
        draw.standard_normal(results.NOISE_SAMPLES),
    )
    fit = least_squares(X, y)
    fresh = draw.standard_normal((100_000, results.NOISE_FEATURES))
    measured = mean_squared_error(draw.standard_normal(100_000), linear_model(fresh, fit.w, fit.b))
    assert measured == pytest.approx(QUOTED["noise_fresh_error"], abs=0.04)


# Norms.


@given(u=st.lists(values, min_size=3, max_size=3), v=st.lists(values, min_size=3, max_size=3), p=st.floats(1, 20))
def test_the_triangle_inequality_holds_from_p_equal_to_one(u, v, p):
    assert is_norm(p)
    together = p_norm(np.add(u, v), p)
    assert together <= p_norm(u, p) + p_norm(v, p) + 1e-9


@given(p=st.floats(0.1, 0.99))
def test_below_one_the_triangle_inequality_fails(p):
    assert not is_norm(p)
    assert p_norm([1.0, 1.0], p) > p_norm([1.0, 0.0], p) + p_norm([0.0, 1.0], p)
    assert (QUOTED["quasi_norm_of_sum"], QUOTED["sum_of_quasi_norms"]) == (4, 2)


def test_a_penalty_with_p_below_one_can_make_several_local_minima():
    w = sp.symbols("w", positive=True)
    loss = (w - 1) ** 2 + sp.Rational(1, 2) * sp.sqrt(w)
    slope = sp.diff(loss, w)
    # The slope at 0 is +oo to the right and, |w| being even, -oo to the left: one minimum is 0.
    assert sp.limit(slope, w, 0, "+") == sp.oo
    # Another lies where the slope changes sign from - to +.
    assert slope.subs(w, sp.Rational(1, 2)) < 0 < slope.subs(w, 1)


# One variable.


@given(x=features, y=values, b=values, lam=strengths)
def test_with_one_variable_l1_gives_zero_exactly_up_to_half_lambda(x, y, b, lam):
    assert (minimiser_l1(x, y, b, lam) == 0) == (abs(x * (y - b)) <= lam / 2)
    threshold = 2 * abs(x * (y - b))
    if threshold > 0:
        assert minimiser_l1(x, y, b, threshold) == 0
        assert minimiser_l1(x, y, b, 0.999 * threshold) != 0


@pytest.mark.parametrize("lam", [0.5, 2.0, 4.0])
def test_with_orthonormal_features_the_lasso_is_one_threshold_for_each_weight(lam):
    draw = np.random.default_rng(3)
    centred = draw.standard_normal((12, 4))
    X = np.linalg.qr(centred - centred.mean(axis=0))[0]
    y = X @ np.array([3.0, -1.5, 0.4, 0.0]) + 0.1 * draw.standard_normal(12)
    each = np.array([minimiser_l1(1.0, z, 0.0, lam) for z in X.T @ (y - y.mean())])
    assert lasso(X, y, lam, tol=1e-13).w == pytest.approx(each, abs=1e-6)
    assert np.any(each == 0) and np.any(each != 0)


# The bias.


def test_the_slope_in_the_bias_has_no_lambda():
    w, x, y, b, lam = sp.symbols("w x y b lam", positive=True)
    for penalty in (lam * w, lam * w**2):
        assert sp.expand(sp.diff((w * x + b - y) ** 2 + penalty, b) - 2 * (w * x + b - y)) == 0
    assert squared_error_bias_slope(1.5, 2.0, 7.0, 0.5) == 2 * (1.5 * 2.0 + 0.5 - 7.0)


@pytest.mark.parametrize("shift", [-7.0, 100.0])
def test_with_a_free_bias_predictions_move_with_the_targets(data, shift):
    X, y = data
    for fit in (lambda X, y: lasso(X, y, 5.0, tol=1e-13), lambda X, y: ridge(X, y, 5.0)):
        before, after = fit(X, y), fit(X, y + shift)
        assert after.w == pytest.approx(before.w, rel=1e-6, abs=1e-7)
        assert after.b == pytest.approx(before.b + shift, rel=1e-6)
    # With the bias penalised as one more weight, w changes: ridge without centring, by its normal equations.
    ones = np.column_stack([X, np.ones(len(y))])
    penalised = [np.linalg.solve(ones.T @ ones + 5.0 * np.eye(6), ones.T @ target) for target in (y, y + shift)]
    assert np.max(np.abs(penalised[1][:5] - penalised[0][:5])) > 0.1


# Force and minimiser.


@given(pull=values, w=values, lam=strengths)
def test_zero_is_optimal_under_l1_when_the_slope_fits_the_interval(pull, w, lam):
    # One data point at x = 1, b = 0 with 2 y = pull.
    y = pull / 2
    assert data_pull(1.0, y, 0.0) == pull
    low, high = l1_subdifferential(0.0, lam)
    assert (minimiser_l1(1.0, y, 0.0, lam) == 0) == (low <= pull <= high)
    if low <= pull <= high:
        assert loss_l1(w, 1.0, y, 0.0, lam) >= loss_l1(0.0, 1.0, y, 0.0, lam) - 1e-9


def test_the_interval_decides_for_every_weight_of_many(data):
    X, y = data
    lam = 0.4 * lam_max(X, y)
    fit = lasso(X, y, lam, tol=1e-13)
    pulls = -sum_squared_errors_gradient(fit.w, fit.b, X, y)[0]
    assert lasso_kkt_violation(fit.w, fit.b, X, y, lam) < 1e-5
    zero = fit.w == 0
    assert zero.any() and not zero.all()
    assert np.all(np.abs(pulls[zero]) <= lam)
    assert pulls[~zero] == pytest.approx(lam * np.sign(fit.w[~zero]), rel=1e-5)


@given(x=features, y=values.filter(bool), lam=strengths)
def test_zero_is_optimal_under_squared_l2_only_without_any_slope(x, y, lam):
    assert minimiser_squared_l2(x, y, 0.0, lam) != 0
    assert minimiser_squared_l2(x, y, y, lam) == 0
    # At 0 the penalty has no slope of its own, so a small step along the data's pull lowers the loss.
    step = 1e-3 * minimiser_squared_l2(x, y, 0.0, lam)
    assert loss_squared_l2(step, x, y, 0.0, lam) < loss_squared_l2(0.0, x, y, 0.0, lam)


# The conventions: see also test_notation.


def test_one_lambda_means_three_fits(data):
    X, y = data
    lam = 2.0
    ours, halved_penalty, halved_error = (ridge(X, y, strength).w for strength in (lam, lam / 2, 2 * lam))
    for w, error_share, penalty in (
        (ours, 1, SquaredL2),
        (halved_penalty, 1, HalfSquaredL2),
        (halved_error, 0.5, SquaredL2),
    ):
        b = float(np.mean(y - X @ w))
        slope = error_share * sum_squared_errors_gradient(w, b, X, y)[0] + penalty(lam).subgradient(w)
        # Stationary, and the objective is convex: the minimiser of that convention for the same lambda.
        assert np.max(np.abs(slope)) < 1e-9
    assert np.max(np.abs(ours - halved_penalty)) > 1e-3 and np.max(np.abs(ours - halved_error)) > 1e-3

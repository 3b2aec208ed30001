"""Minimisers proved by their optimality conditions, and step sizes by what steps of that size do."""

import math

import numpy as np
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

import shrinkage as s
from tests.shrinkage.laws import NUMBERS, STRENGTHS, vectors

FEATURES = st.floats(0.1, 10) | st.floats(-10, -0.1)


@given(FEATURES, NUMBERS, NUMBERS)
def test_plain_minimiser_fits_its_sample(x, y, b):
    w = s.minimiser_plain(x, y, b)
    assert s.predict(x, w, b) == pytest.approx(y, rel=1e-12, abs=1e-12 * abs(b))
    assert s.minimiser_l1(x, y, b, 0) == pytest.approx(w, rel=1e-14)
    assert s.minimiser_squared_l2(x, y, b, 0) == pytest.approx(w, rel=1e-14)


@given(FEATURES, NUMBERS, NUMBERS, STRENGTHS)
def test_l1_minimiser_is_optimal(x, y, b, lam):
    """Minus the slope of the error lies in the interval of slopes of lam |w|: enough, as both are convex."""
    w = s.minimiser_l1(x, y, b, lam)
    low, high = s.l1_subdifferential(w, lam)
    rounding = 1e-12 * (1 + lam + abs(x) * (abs(y) + abs(b)))
    assert low - rounding <= -s.squared_error_slope(w, x, y, b) <= high + rounding


@given(FEATURES, NUMBERS, NUMBERS, STRENGTHS)
def test_l2_minimiser_is_optimal(x, y, b, lam):
    """The slope of a convex, smooth loss is 0."""
    slope = s.loss_squared_l2_slope(s.minimiser_squared_l2(x, y, b, lam), x, y, b, lam)
    assert slope == pytest.approx(0, abs=1e-12 * abs(x) * (abs(y) + abs(b)) + 1e-300)


def test_minimisers_are_stationary_by_sympy():
    x, y, b, lam, w = sympy.symbols("x y b lam w", positive=True)
    squared = s.squared_error.__wrapped__(w, x, y, b) + lam * w**2
    assert sympy.simplify(sympy.diff(squared, w).subs(w, s.minimiser_squared_l2.__wrapped__(x, y, b, lam))) == 0
    plain = s.squared_error.__wrapped__(w, x, y, b)
    assert sympy.simplify(sympy.diff(plain, w).subs(w, s.minimiser_plain.__wrapped__(x, y, b))) == 0


def test_known_values_show_that_the_threshold_is_half_of_lam():
    """x = 2, r = 3: (2 w - 3)^2 + 4 |w| has slope 8 w - 12 + 4 for w > 0, so w = 1; a threshold lam gives 1/2."""
    assert s.minimiser_plain(2, 4, 1) == 1.5
    assert s.minimiser_l1(2, 4, 1, 4) == 1
    assert s.minimiser_squared_l2(2, 4, 1, 4) == 0.75
    assert s.data_pull(2, 4, 1) == 12
    assert s.data_pull(2, -4, 1) == -20
    assert s.lam_that_zeroes(2, -4, 1) == 20
    assert s.orthonormal_lasso(3, 4) == 1
    assert s.orthonormal_ridge(3, 4) == 0.6


@given(FEATURES, NUMBERS, NUMBERS)
def test_l1_minimiser_reaches_0_at_the_named_lam_and_stays(x, y, b):
    lam = s.lam_that_zeroes(x, y, b)
    assert s.minimiser_l1(x, y, b, lam) == 0
    assert s.minimiser_l1(x, y, b, 2 * lam + 1) == 0
    assume(lam > 0)
    assert s.minimiser_l1(x, y, b, lam * (1 - 1e-12)) != 0


@given(FEATURES, NUMBERS, NUMBERS, STRENGTHS)
def test_zero_exactly_where_the_penalty_holds_the_data(x, y, b, lam):
    """Under L1: where |data pull| <= lam. Under squared L2: only where the data do not pull."""
    pull = s.data_pull(x, y, b)
    assert pull == pytest.approx(-s.squared_error_slope(0, x, y, b), rel=1e-14)
    assert (s.minimiser_l1(x, y, b, lam) == 0) == (abs(pull) <= lam)
    assert (s.minimiser_squared_l2(x, y, b, lam) == 0) == (pull == 0)
    assert s.lam_that_zeroes(x, y, b) == abs(pull)


@given(vectors(3), STRENGTHS, STRENGTHS, st.integers(0, 5))
def test_orthonormal_minimisers_are_optimal(y, lam, second, seed):
    X = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))[0]
    z = X.T @ y

    def pull(w):
        return -s.sum_squared_errors_gradient(w, 0, X, y)[0]

    rounding = 1e-11
    lasso = s.orthonormal_lasso(z, lam)
    low, high = s.l1_subdifferential(lasso, lam)
    assert np.all((low - rounding <= pull(lasso)) & (pull(lasso) <= high + rounding))
    ridge = s.orthonormal_ridge(z, lam)
    assert pull(ridge) == pytest.approx(s.squared_l2_gradient(ridge, lam), abs=rounding)


@pytest.mark.parametrize("curvature", [0.5, 1.0, 8.0])
def test_steps_below_the_limit_converge_at_it_cycle_and_above_diverge(curvature):
    limit = s.stable_step_limit(curvature)
    sizes = [
        abs(s.gradient_descent(lambda w: curvature * w, 1.0, factor * limit, 200)[-1]) for factor in (0.99, 1.0, 1.01)
    ]
    assert sizes[0] < 0.1 and sizes[1] == 1 and sizes[2] > 10


@given(st.floats(-3, 3), STRENGTHS, st.floats(0.01, 2), NUMBERS, NUMBERS)
def test_l2_step_factor_multiplies_the_distance_to_the_minimiser(x, lam, eta, w, y):
    assume(abs(x) > 0.1)
    b = 0.5
    target = s.minimiser_squared_l2(x, y, b, lam)
    step = s.update_squared_l2(w, s.squared_error_slope(w, x, y, b), lam, eta)
    scale = (1 + eta * (x * x + lam)) * (abs(w) + abs(target) + 1)
    assert step - target == pytest.approx(s.squared_l2_step_factor(x, lam, eta) * (w - target), abs=1e-12 * scale)


@pytest.mark.parametrize(
    ("x", "lam", "stable"), [(0.5, 0.5, True), (0.9, 0.1, True), (1, 0, False), (0.5, 0.76, False)]
)
def test_with_eta_1_and_b_fixed_stable_where_x_squared_plus_lam_is_below_1(x, lam, stable):
    assert (abs(s.squared_l2_step_factor(x, lam, 1)) < 1) is stable is (x * x + lam < 1)
    assert s.stable_step_limit(2 * (x * x + lam)) == pytest.approx(1 / (x * x + lam))


def test_known_step_factor_and_matrix():
    assert s.squared_l2_step_factor(2, 0.5, 0.25) == -1.25
    assert s.joint_step_matrix(2, 0.5, 0.25).tolist() == [[-1.25, -1.0], [-1.0, 0.5]]


@given(st.floats(-3, 3), STRENGTHS, st.floats(0.01, 2), vectors(2))
def test_joint_step_matrix_is_one_step_on_both_errors(x, lam, eta, error):
    """Around the minimiser w = 0, b = y of one sample with a free bias."""
    y = 2.0
    w, b = error[0], y + error[1]
    new_w = s.update_squared_l2(w, s.squared_error_slope(w, x, y, b), lam, eta)
    new_b = s.update_plain(b, s.squared_error_bias_slope(w, x, y, b), eta)
    scale = (1 + eta * (1 + x * x + lam)) * (np.abs(error).sum() + 2)
    assert s.joint_step_matrix(x, lam, eta) @ error == pytest.approx([new_w, new_b - y], abs=1e-12 * scale)


@given(st.floats(1e-3, 10), st.sampled_from([-1, 1]), STRENGTHS)
def test_with_eta_1_and_b_trained_it_diverges_for_every_x_but_0(size, sign, lam):
    assert s.spectral_radius(s.joint_step_matrix(sign * size, lam, 1)) > 1


@given(st.floats(-3, 3), STRENGTHS)
def test_with_b_trained_a_small_eta_is_stable(x, lam):
    assume(x * x + lam > 1e-3)
    largest = s.spectral_radius(np.array([[x * x + lam, x], [x, 1.0]]))
    eta = 0.9 * s.stable_step_limit(2 * largest)
    # Without a penalty one direction is neither held nor driven: the radius is 1, up to rounding.
    assert s.spectral_radius(s.joint_step_matrix(x, lam, eta)) <= 1 + 1e-14


@pytest.mark.parametrize(
    ("M", "radius"),
    [([[0.0, -2.0], [2.0, 0.0]], 2), ([[0.5, 9.0], [0.0, -0.75]], 0.75), ([[-3.0]], 3), ([[0.0, 1], [0, 0]], 0)],
)
def test_spectral_radius(M, radius):
    assert s.spectral_radius(M) == pytest.approx(radius, rel=1e-15)
    assert type(s.spectral_radius(M)) is float


def test_minimisers_take_arrays_of_lam():
    lams = np.array([0.0, 4.0, 12.0, 13.0])
    assert s.minimiser_l1(2, 4, 1, lams).tolist() == [1.5, 1, 0, 0]
    assert s.minimiser_squared_l2(2, 4, 1, lams).tolist() == [1.5, 0.75, 6 / 16, 6 / 17]
    assert math.isclose(s.minimiser_l1(-2, 4, 1, 4), -1)

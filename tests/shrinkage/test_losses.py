"""The model and its squared error: derivatives, sums, and a bias that is not penalised."""

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import shrinkage as s
from tests.shrinkage.laws import NUMBERS, STRENGTHS, vectors

X = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]])
Y = np.array([1.0, -2.0, 0.5])


def test_known_values():
    assert s.predict(x=2, w=3, b=-1) == 5
    assert s.squared_error(w=3, x=2, y=1, b=-1) == 16
    assert s.squared_error_slope(w=3, x=2, y=1, b=-1) == 16
    assert s.squared_error_bias_slope(w=3, x=2, y=1, b=-1) == 8
    assert s.loss_l1(w=-3, x=2, y=1, b=-1, lam=0.5) == 64 + 1.5
    assert s.loss_squared_l2(w=-3, x=2, y=1, b=-1, lam=0.5) == 64 + 4.5
    assert s.loss_l1_slope(w=-3, x=2, y=1, b=-1, lam=0.5) == -32 - 0.5
    assert s.loss_squared_l2_slope(w=-3, x=2, y=1, b=-1, lam=0.5) == -32 - 3


def test_slopes_are_derivatives_by_sympy():
    w, x, y, b = sympy.symbols("w x y b", real=True)
    error = s.squared_error.__wrapped__(w, x, y, b)
    assert sympy.expand(error - (s.predict.__wrapped__(x, w, b) - y) ** 2) == 0
    assert sympy.expand(sympy.diff(error, w) - s.squared_error_slope.__wrapped__(w, x, y, b)) == 0
    assert sympy.expand(sympy.diff(error, b) - s.squared_error_bias_slope.__wrapped__(w, x, y, b)) == 0


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, STRENGTHS)
def test_losses_are_error_plus_penalty(w, x, y, b, lam):
    error, slope = s.squared_error(w, x, y, b), s.squared_error_slope(w, x, y, b)
    assert s.loss_l1(w, x, y, b, lam) == error + s.l1(w, lam)
    assert s.loss_squared_l2(w, x, y, b, lam) == error + s.squared_l2(w, lam)
    assert s.loss_l1_slope(w, x, y, b, lam) == slope + s.l1_subgradient(w, lam)
    assert s.loss_squared_l2_slope(w, x, y, b, lam) == slope + s.squared_l2_gradient(w, lam)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_one_sample_of_one_feature_is_the_one_variable_case(w, x, y, b):
    assert s.linear_model([[x]], [w], b).tolist() == [s.predict(x, w, b)]
    assert s.sum_squared_errors([w], b, [[x]], [y]) == s.squared_error(w, x, y, b)
    gradient_w, slope_b = s.sum_squared_errors_gradient([w], b, [[x]], [y])
    assert gradient_w[0] == pytest.approx(s.squared_error_slope(w, x, y, b), rel=1e-15)
    assert slope_b == s.squared_error_bias_slope(w, x, y, b)


def test_many_variables_by_hand():
    w, b = [2.0, -1.0], 0.5
    assert s.linear_model(X, w, b).tolist() == [0.5, 1.5, 6.0]
    assert s.sum_squared_errors(w, b, X, Y) == 0.25 + 12.25 + 30.25
    gradient_w, slope_b = s.sum_squared_errors_gradient(w, b, X, Y)
    assert gradient_w.tolist() == [2 * (-0.5 + 3 * 5.5), 2 * (-0.5 * 2 - 3.5 + 5.5 / 2)]
    assert slope_b == 2 * (-0.5 + 3.5 + 5.5)
    assert s.mean_squared_error(Y, s.linear_model(X, w, b)) == 42.75 / 3
    for value in (s.sum_squared_errors(w, b, X, Y), slope_b, s.mean_squared_error(Y, Y)):
        assert type(value) is float


@given(vectors(2), NUMBERS, vectors(2), NUMBERS)
def test_gradient_is_the_slope_along_every_line(w, b, direction_w, direction_b):
    """On a parabola the central difference is exact, whatever its width."""
    gradient_w, slope_b = s.sum_squared_errors_gradient(w, b, X, Y)
    ahead = s.sum_squared_errors(w + direction_w, b + direction_b, X, Y)
    behind = s.sum_squared_errors(w - direction_w, b - direction_b, X, Y)
    along = gradient_w @ direction_w + slope_b * direction_b
    assert (ahead - behind) / 2 == pytest.approx(along, rel=1e-9, abs=1e-11 * (ahead + behind))


@given(vectors(2), NUMBERS, STRENGTHS, st.sampled_from([s.L1, s.SquaredL2, s.HalfSquaredL2]))
def test_objective_adds_the_penalty_of_w_and_nothing_of_b(w, b, lam, penalty):
    error = s.sum_squared_errors(w, b, X, Y)
    assert s.objective(w, b, X, Y, penalty(lam)) == error + penalty(lam).value(w)
    assert s.objective([0, 0], b, X, Y, penalty(lam)) == s.sum_squared_errors([0, 0], b, X, Y)


def test_one_sample_with_a_free_bias_needs_no_weight():
    """w = 0, b = y fits one sample perfectly, and no penalty is paid."""
    for penalty in (s.L1, s.SquaredL2, s.HalfSquaredL2):
        assert s.objective([0.0], 7.0, [[3.0]], [7.0], penalty(2.0)) == 0


def test_polynomial_by_hand():
    assert s.polynomial(2.0, [1.0, -3.0, 0.5], 7.0) == 7 + 2 - 12 + 4
    assert s.polynomial(0.0, [1.0, -3.0], 7.0) == 7
    # Errors 1 and -3.
    assert s.polynomial_mean_squared_error([0.0, 1.0], 2.0, [1.0, 2.0], [2.0, 9.0]) == (1 + 9) / 2


@given(vectors(4), vectors(5), NUMBERS)
def test_a_polynomial_is_the_linear_model_on_powers(x, w, b):
    x = x / 100
    y_hat = s.linear_model(s.polynomial_features(x, 5), w, b)
    assert s.polynomial(x, w, b) == pytest.approx(y_hat, rel=1e-12, abs=1e-10)
    y = np.arange(4.0)
    expected = s.mean_squared_error(y, y_hat)
    assert s.polynomial_mean_squared_error(w, b, x, y) == pytest.approx(expected, rel=1e-10)


@given(vectors(2), NUMBERS, st.lists(st.booleans(), min_size=4, max_size=4))
def test_logistic_loss_is_minus_the_log_likelihood(w, b, classes):
    X, y = np.array([[0.1, 0.2], [-0.1, 0.3], [0.05, -0.2], [0.0, 0.1]]), np.array(classes, dtype=float)
    z = X @ (w / 10) + b / 10
    p = 1 / (1 + np.exp(-z))
    likelihood = np.prod(np.where(y == 1, p, 1 - p))
    assert s.logistic_loss(w / 10, b / 10, X, y) == pytest.approx(-np.log(likelihood), rel=1e-9)
    slope, b_slope = s.logistic_gradient(w / 10, b / 10, X, y)
    assert slope == pytest.approx(X.T @ (p - y), abs=1e-12) and b_slope == pytest.approx(np.sum(p - y), abs=1e-12)


def test_logistic_loss_of_large_margins_neither_overflows_nor_vanishes():
    X, y = [[1.0], [-1.0]], [1.0, 0.0]
    assert s.logistic_loss([50.0], 0, X, y) == pytest.approx(2 * np.exp(-50.0), rel=1e-9)
    assert s.logistic_loss([-1e4], 0, X, y) == pytest.approx(2e4)
    assert s.logistic_gradient([-1e4], 0, X, y)[0] == pytest.approx([-2])
    with pytest.raises(ValueError, match="y must be 0 or 1 for each sample, got 2.0 at index 1"):
        s.logistic_loss([1.0], 0, X, [1, 2])

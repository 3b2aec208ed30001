"""What the page on the model and its losses claims."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shrinkage import (
    HALF_SQUARED_L2,
    L1,
    SQUARED_L2,
    l1_subdifferential,
    lam_that_zeroes,
    lasso,
    lasso_kkt_violation,
    least_squares,
    linear_model,
    loss_l1,
    loss_l1_slope,
    loss_l2,
    minimiser_l1,
    minimiser_l2,
    minimiser_plain,
    objective,
    ridge,
    squared_error,
    squared_error_bias_slope,
    squared_error_slope,
    sum_squared_errors,
    sum_squared_errors_gradient,
)
from tests.claims.draws import data, features, strengths, values, weights


@given(w=st.lists(values, min_size=4, max_size=4).map(np.array), b=values)
def test_without_strength_all_three_losses_agree(w, b):
    X, y = data()
    for penalty in (L1, SQUARED_L2):
        assert objective(w, b, X, y, penalty, 0.0) == sum_squared_errors(w, b, X, y)
    plain = least_squares(X, y)
    assert lasso(X, y, 0.0).w == pytest.approx(plain.w, abs=1e-6)  # certified to a duality gap, not to the last digit
    assert ridge(X, y, 0.0).w == pytest.approx(plain.w)


@given(direction=st.lists(values, min_size=4, max_size=4).map(np.array), share=st.floats(0, 1), lam=st.floats(0.5, 30))
def test_a_penalty_matches_a_bound_on_the_norm(direction, share, lam):
    X, y = data()
    for fit, penalty in ((lasso(X, y, lam), L1), (ridge(X, y, lam), SQUARED_L2)):
        bound = penalty.value(fit.w, 1.0)
        size = penalty.value(direction, 1.0)
        assume(size > 1e-6)
        # L1 grows like the scale, the square like its square: this makes a vector within the bound.
        w = direction * (share * bound / size) ** (1 if penalty is L1 else 0.5)
        assert penalty.value(w, 1.0) <= bound * (1 + 1e-12)
        b = float(np.mean(y - X @ w))
        least = sum_squared_errors(fit.w, fit.b, X, y)
        assert sum_squared_errors(w, b, X, y) >= least * (1 - 1e-9)  # the lasso's certificate


def test_the_matching_bound_depends_on_the_data():
    X, y = data()
    lam = 5.0
    bounds = [(L1.value(lasso(X, k * y, lam).w, 1.0), SQUARED_L2.value(ridge(X, k * y, lam).w, 1.0)) for k in (1, 2)]
    assert bounds[1][0] > 1.5 * bounds[0][0]
    assert bounds[1][1] > 1.5 * bounds[0][1]


@given(first=st.lists(values, min_size=5, max_size=5), second=st.lists(values, min_size=5, max_size=5), lam=strengths)
def test_each_weight_is_pulled_by_its_own_term(first, second, lam):
    second[2] = first[2]
    for penalty in (L1, SQUARED_L2, HALF_SQUARED_L2):
        pulls = [penalty.subgradient(np.array(w), lam)[2] for w in (first, second)]
        assert pulls[0] == pulls[1] == penalty.subgradient(first[2], lam)


@given(w=values, x=values, y=values, b=values, lam=strengths)
def test_the_bias_feels_the_error_alone(w, x, y, b, lam):
    step = 0.5
    # The error is a parabola in b, so its central difference is its slope; the penalties do not take part.
    for loss in (loss_l1, loss_l2):
        difference = loss(w, x, y, b + step, lam) - loss(w, x, y, b - step, lam)
        scale = loss(w, x, y, b + step, lam) + 1
        assert difference == pytest.approx(2 * step * squared_error_bias_slope(w, x, y, b), abs=1e-12 * scale)


@given(shift=values, lam=strengths)
def test_a_free_bias_makes_weights_ignore_the_origin(shift, lam):
    X, y = data()
    for solve in (lasso, ridge):
        before, after = solve(X, y, lam), solve(X, y + shift, lam)
        assert after.w == pytest.approx(before.w, abs=1e-4)  # the lasso is certified to a duality gap
        assert linear_model(X, after.w, after.b) == pytest.approx(linear_model(X, before.w, before.b) + shift, abs=1e-3)


def test_a_penalised_bias_makes_weights_depend_on_the_origin():
    X, y = data()
    X = X + 1.0
    lam = 5.0

    def ridge_with_penalised_bias(y):
        # The bias as the weight of a column of ones, penalised like the others.
        ones = np.column_stack([X, np.ones(len(y))])
        return np.linalg.solve(ones.T @ ones + lam * np.eye(5), ones.T @ y)

    before, after = ridge_with_penalised_bias(y), ridge_with_penalised_bias(y + 10)
    assert np.abs(after[:4] - before[:4]).max() > 0.1


@given(x=values, y=values, lam=strengths)
def test_one_sample_with_a_free_bias_is_fitted_perfectly_by_nothing(x, y, lam):
    assert squared_error(0.0, x, y, y) == 0
    assert loss_l1(0.0, x, y, y, lam) == 0
    assert loss_l2(0.0, x, y, y, lam) == 0


@given(x=features, y=values, b=values, lam=strengths)
def test_squared_l2_divides_the_minimiser(x, y, b, lam):
    best = minimiser_l2(x, y, b, lam)
    assert best == pytest.approx(minimiser_plain(x, y, b) / (1 + lam / x**2))
    assert squared_error_slope(best, x, y, b) + 2 * lam * best == pytest.approx(0, abs=1e-9 * (1 + lam))


@given(x=features, y=values, b=values, lam=strengths)
def test_l1_subtracts_from_the_minimiser(x, y, b, lam):
    plain, best = minimiser_plain(x, y, b), minimiser_l1(x, y, b, lam)
    left = abs(plain) - lam / (2 * x**2)
    assert abs(best) == pytest.approx(max(left, 0), abs=1e-9)
    assert best * plain >= 0


@given(x=features, lam=strengths, excess=st.floats(0.001, 10))
def test_the_threshold_is_half_lambda(x, lam, excess):
    assert minimiser_l1(x, 0.999 * lam / 2 / x, 0.0, lam) == 0
    beyond = (lam / 2 + excess) / x
    best = minimiser_l1(x, beyond, 0.0, lam)
    assert best != 0
    # Optimality at a weight that is not 0: the slope of the whole loss is 0.
    assert loss_l1_slope(best, x, beyond, 0.0, lam) == pytest.approx(0, abs=1e-9 * (1 + lam))


@given(step=st.floats(1e-12, 10))
def test_abs_has_no_derivative_at_zero(step):
    assert (abs(0 + step) - abs(0)) / step == 1
    assert (abs(0 - step) - abs(0)) / -step == -1


@given(g=st.floats(-1, 1), steeper=st.floats(1.001, 10), w=values)
def test_subgradients_of_abs_at_zero_fill_an_interval(g, steeper, w):
    low, high = l1_subdifferential(0.0, 1.0)
    assert (low, high) == (-1, 1)
    assert g * w <= abs(w)
    assert any(steeper * v > abs(v) for v in (-1, 1)) and any(-steeper * v > abs(v) for v in (-1, 1))


@given(x=features, y=values, b=values, more=st.floats(1, 100), less=st.floats(0.01, 0.99))
def test_l1_reaches_zero_at_a_finite_strength(x, y, b, more, less):
    lam = lam_that_zeroes(x, y, b)
    assert lam == pytest.approx(abs(2 * x * (y - b)))
    assert minimiser_l1(x, y, b, more * lam) == 0
    assume(lam > 1e-6)
    assert minimiser_l1(x, y, b, less * lam) != 0


@given(w=weights, x=features, lam=st.floats(0, 1e12))
def test_squared_l2_reaches_zero_at_no_finite_strength(w, x, lam):
    assert minimiser_l2(x, w * x, 0.0, lam) * w > 0


def test_the_fits_used_here_are_minimisers():
    X, y = data()
    fit = lasso(X, y, 5.0)
    assert lasso_kkt_violation(fit.w, fit.b, X, y, 5.0) < 1e-3 * 5.0
    fit = ridge(X, y, 5.0)
    slope, bias_slope = sum_squared_errors_gradient(fit.w, fit.b, X, y)
    assert slope + 2 * 5.0 * fit.w == pytest.approx(0, abs=1e-9)
    assert bias_slope == pytest.approx(0, abs=1e-9)

"""What the page on the model and its losses claims."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shrinkage import (
    L1,
    HalfSquaredL2,
    SquaredL2,
    gradient_descent,
    l1_subdifferential,
    lam_that_zeroes,
    lasso,
    lasso_kkt_violation,
    least_squares,
    linear_model,
    loss_l1,
    loss_l1_slope,
    loss_squared_l2,
    minimiser_l1,
    minimiser_plain,
    minimiser_squared_l2,
    objective,
    ridge,
    soft_threshold,
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
    for penalty in (L1, SquaredL2):
        assert objective(w, b, X, y, penalty(0.0)) == sum_squared_errors(w, b, X, y)
    plain = least_squares(X, y)
    assert lasso(X, y, 0.0).w == pytest.approx(plain.w, abs=1e-6)  # certified to a duality gap, not to the last digit
    assert ridge(X, y, 0.0).w == pytest.approx(plain.w)


@given(direction=st.lists(values, min_size=4, max_size=4).map(np.array), share=st.floats(0, 1), lam=st.floats(0.5, 30))
def test_a_penalty_matches_a_bound_on_the_norm(direction, share, lam):
    X, y = data()
    for fit, penalty in ((lasso(X, y, lam), L1), (ridge(X, y, lam), SquaredL2)):
        bound = penalty(1.0).value(fit.w)
        size = penalty(1.0).value(direction)
        assume(size > 1e-6)
        # L1 grows like the scale, the square like its square: this makes a vector within the bound.
        w = direction * (share * bound / size) ** (1 if penalty is L1 else 0.5)
        assert penalty(1.0).value(w) <= bound * (1 + 1e-12)
        b = float(np.mean(y - X @ w))
        least = sum_squared_errors(fit.w, fit.b, X, y)
        assert sum_squared_errors(w, b, X, y) >= least * (1 - 1e-9)  # the lasso's certificate


def test_the_matching_bound_depends_on_the_data():
    X, y = data()
    lam = 5.0
    bounds = [(L1(1.0).value(lasso(X, k * y, lam).w), SquaredL2(1.0).value(ridge(X, k * y, lam).w)) for k in (1, 2)]
    assert bounds[1][0] > 1.5 * bounds[0][0]
    assert bounds[1][1] > 1.5 * bounds[0][1]


@given(first=st.lists(values, min_size=5, max_size=5), second=st.lists(values, min_size=5, max_size=5), lam=strengths)
def test_each_weight_is_pulled_by_its_own_term(first, second, lam):
    second[2] = first[2]
    for penalty in (L1, SquaredL2, HalfSquaredL2):
        pulls = [penalty(lam).subgradient(np.array(w))[2] for w in (first, second)]
        assert pulls[0] == pulls[1] == penalty(lam).subgradient(first[2])


@given(
    others=st.lists(values, min_size=4, max_size=4).map(np.array),
    j=st.integers(0, 3),
    lam=strengths,
    seed=st.integers(0, 50),
)
def test_the_best_weight_holds_while_the_others_stay(others, j, lam, seed):
    """The formulas for one weight, with x^2 and x r summed over the samples and r what the others leave over."""
    X, y = data(seed=seed)
    x = X[:, j]
    r = y - X @ np.where(np.arange(4) == j, 0.0, others)
    for penalty, best in ((L1, soft_threshold(x @ r, lam / 2) / (x @ x)), (SquaredL2, x @ r / (x @ x + lam))):
        w = np.where(np.arange(4) == j, best, others)
        pull = -sum_squared_errors_gradient(w, 0.0, X, y)[0][j]
        # Optimal in w_j: the pull of the data is one of the slopes of the penalty.
        low, high = l1_subdifferential(best, lam) if penalty is L1 else (2 * lam * best,) * 2
        scale = lam + np.abs(x) @ (np.abs(y) + np.abs(X) @ np.abs(w))
        assert low - 1e-11 * scale <= pull <= high + 1e-11 * scale


def test_once_the_others_move_the_best_weight_is_another():
    """What the claim above does not say: where all weights are at their best, each is the best beside the others alone."""
    X, y = data()
    X = X + X[:, [0]]
    centred, target = X - X.mean(axis=0), y - y.mean()
    alone = [minimiser_squared_l2(1.0, (x @ target) / (x @ x), 0.0, 5.0 / (x @ x)) for x in centred.T]
    assert np.abs(ridge(X, y, 5.0).w - alone).max() > 0.1


@given(w=weights, lam=strengths, inner=weights, x=values, y=values, eta=st.floats(0.001, 1))
def test_the_penalty_moves_alike_beside_any_error(w, lam, inner, x, y, eta):
    """Descent on error plus penalty, for errors that are no square of a straight line: the logistic loss, a small network."""

    def logistic(w):
        return -y * x / (1 + np.exp(np.clip(y * x * w, -500, 500)))

    def network(w):
        hidden = np.tanh(w * x)
        return 2 * (inner * hidden - y) * inner * (1 - hidden**2) * x

    for slope in (logistic, network):
        without = gradient_descent(slope, w, eta, 1)[-1]
        for penalty, move in ((L1, -np.sign(w) * eta * lam), (SquaredL2, -2 * eta * lam * w)):
            total = gradient_descent(lambda v: slope(v) + penalty(lam).subgradient(v), w, eta, 1)[-1]
            assert total - without == pytest.approx(move, rel=1e-9, abs=1e-12 * (abs(w) + eta * abs(slope(w))))


@given(w=values, x=values, y=values, b=values, lam=strengths)
def test_the_bias_feels_the_error_alone(w, x, y, b, lam):
    step = 0.5
    # The error is a parabola in b, so its central difference is its slope; the penalties do not take part.
    for loss in (loss_l1, loss_squared_l2):
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
    assert loss_squared_l2(0.0, x, y, y, lam) == 0


@given(x=values, apart=st.floats(0.01, 5), y=values, step=st.floats(0.01, 10), lam=strengths)
def test_samples_that_differ_in_x_need_a_weight(x, apart, y, step, lam):
    X, targets = np.array([[x], [x + apart]]), np.array([y, y + step])
    # Without a weight the best bias is the mean, and an error remains.
    assert sum_squared_errors(np.zeros(1), targets.mean(), X, targets) == pytest.approx(step**2 / 2)
    assert least_squares(X, targets).w[0] == pytest.approx(step / apart, rel=1e-6)
    assert ridge(X, targets, lam).w[0] == pytest.approx(apart * step / (apart**2 + 2 * lam), rel=1e-6)
    # With one mean taken off both, x r sums up to apart * step / 2.
    assert lasso(X, targets, 0.99 * apart * step).w[0] > 0
    assert lasso(X, targets, 1.01 * apart * step).w[0] == 0
    # Two samples with the same x: nothing is left for the weight, whatever the targets are.
    same = np.array([[x], [x]])
    assert lasso(same, targets, lam).w[0] == 0 and ridge(same, targets, lam).w[0] == 0


@given(x=features, y=values, b=values, lam=strengths)
def test_squared_l2_divides_the_minimiser(x, y, b, lam):
    best = minimiser_squared_l2(x, y, b, lam)
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
    assert minimiser_squared_l2(x, w * x, 0.0, lam) * w > 0


def test_the_fits_used_here_are_minimisers():
    X, y = data()
    fit = lasso(X, y, 5.0)
    assert lasso_kkt_violation(fit.w, fit.b, X, y, 5.0) < 1e-3 * 5.0
    fit = ridge(X, y, 5.0)
    slope, bias_slope = sum_squared_errors_gradient(fit.w, fit.b, X, y)
    assert slope + 2 * 5.0 * fit.w == pytest.approx(0, abs=1e-9)
    assert bias_slope == pytest.approx(0, abs=1e-9)

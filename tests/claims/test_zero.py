"""What the page on pushing to zero claims."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from figures import given as chosen
from shrinkage import (
    L1,
    data_pull,
    drop_small,
    l1_subdifferential,
    lam_max,
    lasso,
    lasso_kkt_violation,
    least_squares,
    linear_model,
    loss_squared_l2_slope,
    minimiser_l1,
    minimiser_squared_l2,
    objective,
    orthonormal_lasso,
    ridge,
    soft_threshold,
    standardise,
    subgradient_descent,
    sum_squared_errors_gradient,
    unstandardise_coefficients,
    update_squared_l2,
)
from tests.claims.draws import data, features, ridge_zeros, strengths, values


@given(x=features, y=values, b=values, lam=strengths)
def test_l1_minimiser_is_zero_iff_the_pull_fits(x, y, b, lam):
    low, high = l1_subdifferential(0.0, lam)
    # 0 is a minimiser exactly where 0 is a subgradient there: where a slope of the penalty equals the data's pull.
    assert (minimiser_l1(x, y, b, lam) == 0) == (low <= data_pull(x, y, b) <= high)


@given(x=features, y=values, b=values, lam=strengths)
def test_squared_l2_minimiser_is_zero_iff_no_pull(x, y, b, lam):
    assert (minimiser_squared_l2(x, y, b, lam) == 0) == (data_pull(x, y, b) == 0)
    assert minimiser_squared_l2(x, b, b, lam) == 0


@given(x=features, lam=strengths, excess=st.floats(0.001, 10), side=st.sampled_from((-1, 1)))
def test_a_strong_pull_keeps_l1_away_from_zero(x, lam, excess, side):
    y = side * (lam + excess) / (2 * x)
    assert abs(data_pull(x, y, 0.0)) > lam
    assert minimiser_l1(x, y, 0.0, lam) * side > 0


@given(pull=st.floats(1e-6, 10) | st.floats(-10, -1e-6), x=features, lam=strengths)
def test_any_pull_moves_squared_l2_off_zero(pull, x, lam):
    y = pull / (2 * x)
    slope = loss_squared_l2_slope(0.0, x, y, 0.0, lam)
    # At zero the penalty has no slope, so the strength does not show in the first step.
    assert slope == loss_squared_l2_slope(0.0, x, y, 0.0, 0.0) == pytest.approx(-pull)
    assert update_squared_l2(0.0, slope, lam) * pull > 0
    assert minimiser_squared_l2(x, y, 0.0, lam) * pull > 0


@given(share=st.floats(-1, 1), excess=st.floats(1.001, 10), lam=strengths)
def test_l1_balances_any_pull_up_to_lambda(share, excess, lam):
    low, high = l1_subdifferential(0.0, lam)
    pull = share * lam
    assert low <= pull <= high
    assert not low <= excess * lam <= high


@given(x=features, y=values, b=values, lam=strengths)
def test_the_threshold_is_one_dimensional(x, y, b, lam):
    assert (minimiser_l1(x, y, b, lam) == 0) == (abs(x * (y - b)) <= lam / 2)


@given(others=st.lists(values, min_size=3, max_size=3), lam=st.floats(0.5, 60), j=st.integers(0, 3))
def test_each_lasso_weight_has_its_own_threshold(others, lam, j):
    X, y = data()
    w = np.insert(np.array(others), j, 0.0)
    residual = y - X @ w
    pull = 2 * X[:, j] @ residual
    excess = abs(pull) - lam
    at_zero = objective(w, 0.0, X, y, L1(lam))
    if excess <= 0:
        # Convex in w_j: no lower on either side of 0, near or far.
        for step in (1e-3, -1e-3, 0.1, -0.1, 3.0, -3.0):
            moved = w.copy()
            moved[j] = step
            assert objective(moved, 0.0, X, y, L1(lam)) >= at_zero - 1e-9 * abs(at_zero)
    else:
        # The minimum of a parabola with that slope and the curvature 2 |x_j|^2.
        moved = w.copy()
        moved[j] = np.sign(pull) * excess / (2 * X[:, j] @ X[:, j])
        gain = excess**2 / (4 * X[:, j] @ X[:, j])
        assert at_zero - objective(moved, 0.0, X, y, L1(lam)) == pytest.approx(gain, abs=1e-9 * at_zero)
    # And in a certified fit.
    fit = lasso(X, y, lam)
    pulls = 2 * X.T @ (y - linear_model(X, fit.w, fit.b))
    assert np.all(np.abs(pulls[fit.w == 0]) <= lam * (1 + 1e-6))


def test_above_lam_max_all_weights_are_zero():
    X, y = data()
    # At lam_max itself the last bit of a sum decides.
    for factor in (1.001, 1.5, 100):
        assert not lasso(X, y, factor * lam_max(X, y)).w.any()
    assert lasso(X, y, 0.99 * lam_max(X, y)).w.any()


@given(log_lam=st.floats(-2, 4), seed=st.integers(0, 50), j=st.integers(0, 3))
def test_ridge_zeroes_only_by_accident(log_lam, seed, j):
    X, y = data(seed=seed)
    assert np.all(ridge(X, y, 10**log_lam).w != 0)
    # A weight is a row of this matrix times y. No row is zero, so it takes targets on a plane to make the weight 0.
    centred = X - X.mean(axis=0)
    row = np.linalg.solve(centred.T @ centred + 10**log_lam * np.eye(4), centred.T)[j]
    assert row @ row > 0
    y = y - row * (row @ y) / (row @ row)
    scale = np.abs(row) @ np.abs(y)
    # On that plane there is such an accident, and to one side of it as to the other the weight is not 0.
    assert ridge(X, y, 10**log_lam).w[j] == pytest.approx(0, abs=1e-10 * scale)
    zeros = np.sort(ridge_zeros(X, y, j))
    assert len(zeros) < 4 and np.min(np.abs(np.log(zeros / 10**log_lam))) < 1e-5
    between = np.concatenate([zeros[:1] / 2, np.sqrt(zeros[1:] * zeros[:-1]), 2 * zeros[-1:]])
    assert all(ridge(X, y, lam).w[j] != 0 for lam in between)
    # The slope of the weight in lam is not 0 there, so it passes.
    below, above = (ridge(X, y, share * 10**log_lam).w[j] for share in (0.999, 1.001))
    assert below * above < 0


@given(seed=st.integers(0, 1000), factor=st.floats(1e-3, 1e3), shift=values)
def test_a_standardised_feature_forgets_its_unit(seed, factor, shift):
    x = np.random.default_rng(seed).standard_normal((30, 1))
    as_measured, elsewhere = (standardise(numbers)[0] for numbers in (x, factor * x + shift))
    assert np.std(as_measured) == pytest.approx(1) and np.mean(as_measured) == pytest.approx(0, abs=1e-12)
    # Adding a shift to small numbers rounds them at the size of the shift.
    assert elsewhere == pytest.approx(as_measured, abs=1e-13 * (1 + abs(shift) / factor))


@given(seed=st.integers(0, 1000), w=st.lists(values, min_size=6, max_size=6).map(np.array), j=st.integers(0, 5))
def test_dropping_small_weights_on_standardised_features_loses_little(seed, w, j):
    # Features that go together as they like, each with a spread of one.
    draw = np.random.default_rng(seed)
    X = standardise(draw.standard_normal((40, 6)) @ draw.standard_normal((6, 6)))[0]
    without = np.where(np.arange(6) == j, 0.0, w)
    assert np.std(linear_model(X, w, 1.0) - linear_model(X, without, 1.0)) == pytest.approx(abs(w[j]), abs=1e-12)
    # The article's model, on all sign patterns: six features of mean 0 and variance 1 that vary independently.
    X = np.array(list(product((-1.0, 1.0), repeat=6)))
    w = np.array(chosen.SIX_WEIGHTS)
    prediction = linear_model(X, w, chosen.SIX_BIAS)
    for j in range(6):
        without = w.copy()
        without[j] = 0
        assert np.std(prediction - linear_model(X, without, chosen.SIX_BIAS)) == pytest.approx(abs(w[j]))
    kept = drop_small(w, chosen.SIX_THRESHOLD)
    assert np.flatnonzero(kept == 0).tolist() == [1, 3, 4]
    assert np.std(prediction - linear_model(X, kept, chosen.SIX_BIAS)) < 0.002 * np.std(prediction)


def test_a_unit_can_make_any_weight_small():
    X, y = data()
    in_metres = X.copy()
    in_metres[:, 0] *= chosen.SPREAD
    before, after = least_squares(X, y), least_squares(in_metres, y)
    assert after.w[0] == pytest.approx(before.w[0] / chosen.SPREAD)
    assert linear_model(in_metres, after.w, after.b) == pytest.approx(linear_model(X, before.w, before.b))
    # The translation back is that of standardised features.
    w, _ = unstandardise_coefficients(before.w, before.b, np.zeros(4), np.array([chosen.SPREAD, 1, 1, 1]))
    assert w == pytest.approx(after.w)


def test_the_lasso_depends_on_the_units():
    X, y = data()
    lam = 0.5 * lam_max(X, y)
    scaled = X.copy()
    scaled[:, 3] *= chosen.SPREAD
    assert lasso(X, y, lam).w[3] == 0
    assert lasso(scaled, y, lam).w[3] != 0


def descend(X, y, lam, eta, n_steps):
    """Subgradient descent on the lasso's objective, with the bias as the last entry."""

    def subgradient(parameters):
        slope, bias_slope = sum_squared_errors_gradient(parameters[:-1], float(parameters[-1]), X, y)
        return np.append(slope + L1(lam).subgradient(parameters[:-1]), bias_slope)

    return subgradient_descent(subgradient, np.full(X.shape[1] + 1, 0.3), eta, n_steps)


def test_subgradient_descent_leaves_small_numbers():
    X, y = data()
    lam, eta = 0.5 * lam_max(X, y), 0.005
    zeros = lasso(X, y, lam).w == 0
    assert zeros.any()
    last = descend(X, y, lam, eta, 4000)[-200:, :-1][:, zeros]
    # Small: less than two steps of the penalty's length. Not zero: in none of the last steps.
    assert np.all(last != 0)
    assert np.all(np.abs(last) < 2 * eta * lam)


def test_a_lasso_solver_leaves_exact_zeros():
    X, y = data()
    lam = 0.5 * lam_max(X, y)
    fit = lasso(X, y, lam)
    assert np.count_nonzero(fit.w == 0) > 0
    assert lasso_kkt_violation(fit.w, fit.b, X, y, lam) < 1e-3 * lam


@given(small=st.floats(1e-9, 1e-2))
def test_squared_l2_comes_as_close_as_you_like(small):
    X, y = data()
    # (X^T X + lam I)^-1 is at most 1 / lam in size.
    lam = np.linalg.norm((X - X.mean(axis=0)).T @ y) / small
    assert np.abs(ridge(X, y, lam).w).max() <= small


@given(lam=strengths, excess=st.floats(0.001, 100), side=st.sampled_from((-1, 1)))
def test_l1_lags_by_a_constant_beyond_the_threshold(lam, excess, side):
    z = side * (lam / 2 + excess)
    assume(abs(z) > lam / 2)
    assert side * (z - orthonormal_lasso(z, lam)) == pytest.approx(lam / 2)
    assert orthonormal_lasso(z, lam) == soft_threshold(z, lam / 2)

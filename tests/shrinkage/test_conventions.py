"""Translations of lam: there and back, and the objectives that they make proportional."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shrinkage as s
from tests.claims.draws import gaussian, laplace
from tests.shrinkage.laws import NUMBERS, STRENGTHS, vectors

SAMPLES = st.integers(1, 1000)
X = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]])
Y = np.array([1.0, -2.0, 0.5])
N = 3


@given(STRENGTHS, SAMPLES)
def test_there_and_back(lam, n_samples):
    assert s.from_half_squared_l2(s.to_half_squared_l2(lam)) == lam
    assert s.from_half_squared_error(s.to_half_squared_error(lam)) == lam
    assert s.from_sklearn_ridge(s.to_sklearn_ridge(lam)) == lam
    assert s.from_sklearn_lasso(s.to_sklearn_lasso(lam, n_samples), n_samples) == pytest.approx(lam, rel=1e-15)
    assert s.from_mean_squared_error(s.to_mean_squared_error(lam, n_samples), n_samples) == pytest.approx(
        lam, rel=1e-15
    )
    assert s.from_weight_decay(s.to_weight_decay(lam, n_samples), n_samples) == pytest.approx(lam, rel=1e-15)


@given(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_priors_there_and_back(lam, noise_variance):
    assert s.from_gaussian_prior(s.to_gaussian_prior(lam, noise_variance), noise_variance) == pytest.approx(
        lam, rel=1e-15
    )
    assert s.from_laplace_prior(s.to_laplace_prior(lam, noise_variance), noise_variance) == pytest.approx(
        lam, rel=1e-15
    )


@given(vectors(2), vectors(2), NUMBERS, st.floats(0.1, 10), st.floats(0.1, 10))
def test_a_prior_says_how_much_less_probable_one_model_is_than_another(w, other, b, lam, noise_variance):
    """The logarithm of the densities' ratio is the difference of the objectives."""
    scale, weight_variance = s.to_laplace_prior(lam, noise_variance), s.to_gaussian_prior(lam, noise_variance)
    for prior, of, penalty in ((laplace, scale, s.L1), (gaussian, weight_variance, s.SquaredL2)):

        def log_density(w):
            return gaussian(Y - s.linear_model(X, w, b), noise_variance) + prior(w, of)

        first, second = (s.objective(v, b, X, Y, penalty(lam)) for v in (w, other))
        expected = (second - first) / (2 * noise_variance)
        assert log_density(w) - log_density(other) == pytest.approx(
            expected, abs=1e-12 * (1 + first + second) / noise_variance
        )


@given(STRENGTHS, STRENGTHS, SAMPLES)
def test_elastic_net_there_and_back(lam_l1, lam_l2, n_samples):
    there = s.to_sklearn_elastic_net(lam_l1, lam_l2, n_samples)
    back = s.from_sklearn_elastic_net(*there, n_samples)
    # 1 - l1_ratio loses the digits of a small lam_l2.
    assert back == pytest.approx((lam_l1, lam_l2), rel=1e-13, abs=1e-13)


@given(st.floats(0, 10), st.floats(0, 1), SAMPLES)
def test_elastic_net_back_and_there(strength, l1_ratio, n_samples):
    there = s.to_sklearn_elastic_net(*s.from_sklearn_elastic_net(strength, l1_ratio, n_samples), n_samples)
    assert there[0] == pytest.approx(strength, rel=1e-13)
    if strength > 1e-6:
        assert there[1] == pytest.approx(l1_ratio, abs=1e-13)


def test_known_values():
    assert s.to_half_squared_l2(3) == 6
    assert s.from_half_squared_l2(3) == 1.5
    assert s.to_half_squared_error(3) == 1.5
    assert s.from_half_squared_error(3) == 6
    assert s.to_mean_squared_error(3, 6) == 0.5
    assert s.from_mean_squared_error(0.5, 6) == 3
    assert s.to_weight_decay(3, 6) == 1
    assert s.from_weight_decay(1, 6) == 3
    assert s.to_gaussian_prior(3, 6) == s.from_gaussian_prior(3, 6) == 2
    assert s.to_laplace_prior(3, 6) == s.from_laplace_prior(3, 6) == 4
    assert s.to_sklearn_ridge(3) == s.from_sklearn_ridge(3) == 3
    assert s.to_sklearn_lasso(3, 6) == 0.25
    assert s.from_sklearn_lasso(0.25, 6) == 3
    assert s.to_sklearn_elastic_net(3, 1.5, 6) == (0.5, 0.5)
    assert s.from_sklearn_elastic_net(0.5, 0.5, 6) == (3, 1.5)
    assert s.to_sklearn_elastic_net(3, 0, 6) == (0.25, 1)
    assert s.to_sklearn_elastic_net(0, 3, 6) == (0.5, 0)
    assert s.to_sklearn_elastic_net(0, 0, 6) == (0, 1)


@given(vectors(2), NUMBERS, STRENGTHS, STRENGTHS)
def test_objectives_are_proportional(w, b, lam, second):
    """Written out as their own conventions state them, on the same data."""
    error = s.sum_squared_errors(w, b, X, Y)
    l1, l2 = np.abs(w).sum(), np.sum(w * w)
    close = dict(rel=1e-12)
    assert error + s.to_half_squared_l2(lam) / 2 * l2 == pytest.approx(error + lam * l2, **close)
    assert 2 * (error / 2 + s.to_half_squared_error(lam) * l1) == pytest.approx(error + lam * l1, **close)
    assert error + s.to_sklearn_ridge(lam) * l2 == pytest.approx(error + lam * l2, **close)
    assert 2 * N * (error / (2 * N) + s.to_sklearn_lasso(lam, N) * l1) == pytest.approx(error + lam * l1, **close)
    assert N * (error / N + s.to_mean_squared_error(lam, N) * l1) == pytest.approx(error + lam * l1, **close)
    assert N * (error / N + s.to_weight_decay(lam, N) / 2 * l2) == pytest.approx(error + lam * l2, **close)
    strength, l1_ratio = s.to_sklearn_elastic_net(lam, second, N)
    theirs = error / (2 * N) + strength * l1_ratio * l1 + strength * (1 - l1_ratio) / 2 * l2
    assert 2 * N * theirs == pytest.approx(error + lam * l1 + second * l2, **close)

"""Features before, coefficients after."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shrinkage as s
from tests.shrinkage.laws import NUMBERS, vectors


def features(seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(6, 3)) * [1e-3, 1.0, 1e4] + [0.0, 5.0, -1e4]


def test_standardise_by_hand():
    Z, mean, scale = s.standardise([[1.0, 10.0], [3.0, -10.0]])
    assert mean.tolist() == [2, 0]
    assert scale.tolist() == [1, 10]
    assert Z.tolist() == [[-1, 1], [1, -1]]


@given(st.integers(0, 50))
def test_standardised_columns_have_mean_0_and_population_deviation_1(seed):
    X = features(seed)
    Z, mean, scale = s.standardise(X)
    assert Z.mean(axis=0) == pytest.approx(np.zeros(3), abs=1e-12)
    assert np.mean(Z**2, axis=0) == pytest.approx(np.ones(3), rel=1e-12)
    assert Z * scale + mean == pytest.approx(X, rel=1e-12)
    again = s.standardise(Z)[0]
    assert again == pytest.approx(Z, abs=1e-12)


@given(st.integers(0, 50), st.sampled_from([1e-3, 2.0, 1e6]))
def test_standardising_forgets_the_units(seed, unit):
    X = features(seed)
    assert s.standardise(X * unit)[0] == pytest.approx(s.standardise(X)[0], abs=1e-10)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e9])
def test_a_constant_column_is_refused(value):
    X = np.column_stack([features(0), np.full(6, value)])
    with pytest.raises(ValueError, match="^X must have no constant column, got a constant column 3$"):
        s.standardise(X)


@pytest.mark.parametrize("size", [1e-300, 1e-200, 1.0, 1e200, 1.5e308])
def test_no_size_of_a_column_is_too_small_or_too_large(size):
    Z, mean, scale = s.standardise([[0.0, -size], [size, size]])
    assert Z.tolist() == [[-1, -1], [1, 1]]
    assert mean == pytest.approx([size / 2, 0], rel=1e-15) and scale == pytest.approx([size / 2, size], rel=1e-15)


def test_a_column_that_varies_by_its_last_digit_alone_is_constant():
    with pytest.raises(ValueError, match="constant column 1$"):
        s.standardise([[0.0, 0.3], [1.0, 0.1 + 0.2], [3.0, 0.3]])


@given(st.integers(0, 50), vectors(3), NUMBERS)
def test_unstandardised_coefficients_are_the_same_model(seed, w, b):
    X = features(seed)
    Z, mean, scale = s.standardise(X)
    weights, bias = s.unstandardise_coefficients(w, b, mean, scale)
    predicted = s.linear_model(Z, w, b)
    assert s.linear_model(X, weights, bias) == pytest.approx(predicted, abs=1e-9 * (1 + np.abs(w).sum() + abs(b)))
    assert type(bias) is float


def test_drop_small_keeps_what_is_larger_than_the_threshold():
    w = np.array([0.4561, -0.0007, 0.3251, 0.0009, 0.0001, -0.9142])
    before = w.copy()
    assert s.drop_small(w, 0.001).tolist() == [0.4561, 0, 0.3251, 0, 0, -0.9142]
    assert s.drop_small(w, 0.0009).tolist() == [0.4561, 0, 0.3251, 0, 0, -0.9142]
    assert s.drop_small(w, 0.0008).tolist() == [0.4561, 0, 0.3251, 0.0009, 0, -0.9142]
    assert s.drop_small(w, 0).tolist() == w.tolist()
    kept = s.drop_small(w, 0)
    kept[0] = 9
    assert np.array_equal(w, before)


def test_polynomial_features():
    assert s.polynomial_features([2.0, -3.0], 3).tolist() == [[2, 4, 8], [-3, 9, -27]]
    assert s.polynomial_features([2.0, -3.0], 1).tolist() == [[2], [-3]]

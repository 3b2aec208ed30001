"""Centred columns: exact powers of two for sizes, means of 0, and nothing of the data lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shrinkage._columns import Centred, centred, power_of_two


@pytest.mark.parametrize(
    ("column", "power"),
    [
        ([1.0, 0.5], 1.0),
        ([-5.0, -7.0], 4.0),
        ([1.999, 1.0], 1.0),
        ([-8.0, 3.0], 8.0),
        ([0.0, -0.0], 1.0),
        ([5e-324, 0.0], 5e-324),
        ([1.7e308, -1.0], 2.0**1023),
    ],
)
def test_the_power_of_two_at_or_below_the_largest_size(column, power):
    assert power_of_two(np.array(column)) == power
    assert power_of_two(np.array([column, column]).T).tolist() == [power, power]


@given(st.integers(0, 1000), st.floats(-300, 300), st.floats(-2, 4))
def test_centred_columns_are_the_data(seed, log_size, log_offset):
    rng = np.random.default_rng(seed)
    array = (rng.normal(size=(9, 3)) + 10**log_offset) * 10.0**log_size
    columns, mean, size = centred(array)
    rounding = 1e-15 * np.abs(array).max(axis=0)
    assert np.all(np.abs(mean + size * columns - array) <= rounding)
    assert np.all(np.abs(columns.mean(axis=0)) <= 1e-15)
    largest = np.abs(columns).max(axis=0)
    assert np.all((largest >= 1) & (largest < 2)) and np.all(np.frexp(size)[0] == 0.5)
    assert columns.flags.f_contiguous


def test_a_column_that_does_not_vary_is_0():
    columns, mean, size = centred(np.array([[0.1, 1e300, 1.0], [0.1, 1e300, 1.0 + 4e-16]]))
    assert not columns[:, :2].any() and mean[:2] == pytest.approx([0.1, 1e300], rel=1e-15) and size[1] > 1
    # But for the last digits: what varies by more is kept.
    assert columns[:, 2].tolist() == [0, 0] and centred(np.array([1.0, 1.0 + 1e-14]))[0].all()


def test_weights_strengths_and_bias_go_back_and_forth():
    X, y = np.array([[4.0, 1.0], [-4.0, 1.5], [0.0, 3.0]]), np.array([8.0, 24.0, 64.0])
    data = Centred.of(X, y)
    v = np.array([0.25, -3.0])
    w = data.weights(v)
    assert data.scaled(w).tolist() == v.tolist()
    left = y - y.mean() - (X - X.mean(axis=0)) @ w
    assert (data.target - data.columns @ v) * data.y_size == pytest.approx(left, rel=1e-14)
    assert data.pull(v) == pytest.approx(2 * (X - X.mean(axis=0)).T @ left, rel=1e-14)
    assert data.bias(w) == pytest.approx(y.mean() - X.mean(axis=0) @ w, rel=1e-15)
    # lam |w| and lam w^2 in units of y_size^2.
    l1, l2 = data.strengths(3.0, 5.0)
    assert l1 * np.abs(v) * data.y_size**2 == pytest.approx(3.0 * np.abs(w), rel=1e-15)
    assert l2 * v**2 * data.y_size**2 == pytest.approx(5.0 * w**2, rel=1e-15)
    assert data.strengths(0.0, 0.0)[0].tolist() == [0, 0]


def test_no_strength_overflows_or_vanishes():
    tiny, huge = (Centred.of(np.array([[size], [-size]]), np.array([1.0, -1.0])) for size in (1e-300, 1e300))
    assert [float(one[0]) for one in tiny.strengths(1e100, 1e100)] == [1e300, 1e300]
    assert float(huge.strengths(1e-100, 0.0)[0][0]) == 1e-300

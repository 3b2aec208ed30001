"""The arithmetic of plain lists that the page's form and the function share: as NumPy has it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shrinkage.points import deviations, errors_of, median, pulls_of


@given(st.integers(0, 10**6), st.integers(1, 9), st.integers(1, 4))
def test_residuals_pulls_and_deviations(seed, n_samples, n_features):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(n_samples, n_features)), rng.normal(size=n_samples)
    w, b = rng.normal(size=n_features), rng.normal()
    residuals = errors_of(X.tolist(), y.tolist(), w.tolist(), b)
    assert residuals == pytest.approx(y - X @ w - b)
    assert pulls_of(X.tolist(), residuals) == pytest.approx(2 * X.T @ (y - X @ w - b))
    assert deviations(X.tolist()) == pytest.approx(X.std(axis=0), abs=1e-12)
    assert median(y.tolist()) == pytest.approx(np.median(y))

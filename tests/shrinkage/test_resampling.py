"""Fits to resamples: each is the elastic net's own fit to its rows."""

import numpy as np
import pytest

import shrinkage as s


@pytest.mark.parametrize(("lam_l1", "lam_l2"), [(8.0, 0.0), (8.0, 5.0), (0.0, 3.0), (0.0, 0.0), (1e4, 0.0)])
def test_each_resample_has_its_own_fit(lam_l1, lam_l2):
    draw = np.random.default_rng(1)
    X = draw.normal(size=(40, 4)) @ draw.normal(size=(4, 4)) + 5
    y = X @ [1.0, -2.0, 0, 0] + 3 + draw.normal(size=40)
    weights = s.bootstrap_elastic_net(X, y, lam_l1, lam_l2, 6, 7)
    rows = np.random.default_rng(7).integers(40, size=(6, 40))
    for w, picked in zip(weights, rows, strict=True):
        fit = s.elastic_net(X[picked], y[picked], lam_l1, lam_l2)
        assert w == pytest.approx(fit.w, abs=1e-5)
        assert (w == 0).tolist() == (fit.w == 0).tolist()


def test_seeds_repeat_and_differ():
    X, y = np.random.default_rng(0).normal(size=(20, 2)), np.arange(20.0)
    one, again, other = (s.bootstrap_elastic_net(X, y, 1.0, 0.0, 3, seed) for seed in (0, 0, 1))
    assert np.array_equal(one, again) and not np.array_equal(one, other)
    # More resamples are not the same ones and some more, but each is drawn alike.
    assert len({tuple(w) for w in one}) == 3


def test_a_column_that_a_resample_makes_constant_keeps_the_weight_0():
    X = np.array([[0.0, 1.0], [0.0, 2.0], [0.0, 3.0], [1.0, 4.0]])
    y = np.array([1.0, 2.0, 2.5, 9.0])
    weights = s.bootstrap_elastic_net(X, y, 0.1, 0.1, 30, 0)
    rows = np.random.default_rng(0).integers(4, size=(30, 4))
    without = ~np.any(rows == 3, axis=1)
    assert without.any() and np.all(weights[without, 0] == 0) and np.all(np.isfinite(weights))


def test_features_too_much_alike_are_an_error(monkeypatch):
    monkeypatch.setattr("shrinkage.resampling.MOST_SWEEPS", 3)
    X = np.random.default_rng(0).normal(size=(30, 1)) + 1e-6 * np.random.default_rng(1).normal(size=(30, 3))
    with pytest.raises(RuntimeError, match="not solved in 3 sweeps"):
        s.bootstrap_elastic_net(X, np.arange(30.0), 0.0, 0.0, 2, 0)

"""Penalties read off fits: exact minimisers made without any solver, laws, other programs' fits, and decoys."""

import dataclasses
import statistics
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import lsq_linear
from sklearn import linear_model as sk
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC, LinearSVR
from threadpoolctl import threadpool_limits

import shrinkage as s
from tests.fits import data, exact, exact_for

SEEDS = st.integers(0, 10**6)
# No solver's tolerance enters: what is put in comes back but for rounding and the conditioning of small problems.
EXACT = dict(rel=1e-7, abs=1e-9)


STRENGTH_PAIRS = [("l1", 3.0, 0.0), ("squared_l2", 0.0, 2.0), ("elastic_net", 3.0, 2.0)]


# What was put in comes back.


@given(SEEDS, st.floats(1e-2, 100), st.floats(1e-2, 100), st.sampled_from(["l1", "squared_l2", "elastic_net"]))
def test_the_strengths_put_in_come_back(seed, lam_l1, lam_l2, kind):
    lam_l1 *= kind != "squared_l2"
    lam_l2 *= kind != "l1"
    X, y, w, b = exact(seed, lam_l1, lam_l2, n_zeros=0 if kind == "squared_l2" else 3)
    found = s.implied_penalty(X, y, w, b)
    assert found.kind == kind and found.units == "raw" and found.bias == "free"
    assert (found.lam_l1, found.lam_l2) == pytest.approx((lam_l1, lam_l2), **EXACT)
    assert found.misfit < 1e-9 and found.distance < 1e-9
    assert not found.missing_zeros and not found.unjustified_zeros and found.wrong_weight is None
    assert found.n_zeros == np.sum(w == 0)
    assert s.elastic_net_kkt_violation(w, b, X, y, found.lam_l1, found.lam_l2) < 1e-6 * (1 + lam_l1 + lam_l2)


@given(SEEDS, st.sampled_from(STRENGTH_PAIRS), st.sampled_from(["logistic", "poisson"]))
def test_the_strengths_put_in_come_back_from_other_losses(seed, pair, loss):
    kind, lam_l1, lam_l2 = pair
    X, y, w, b, factor = exact_for(loss, seed, lam_l1, lam_l2)
    if not factor > 0.02:
        return
    if kind == "squared_l2":
        X, w = X[:, 2:], w[2:]
    found = s.implied_penalty(X, y, w, b, loss=loss)
    assert found.kind == kind and found.loss == loss and found.bias == "free"
    assert (found.lam_l1, found.lam_l2) == pytest.approx((factor * lam_l1, factor * lam_l2), rel=1e-7, abs=1e-8)
    # And it is another fit under another loss.
    assert s.implied_penalty(X, y, w, b).lam_l2 != pytest.approx(factor * lam_l2, rel=1e-3) or lam_l2 == 0


def test_factors_of_other_losses_are_positive_often_enough():
    for loss in ("logistic", "poisson"):
        assert sum(exact_for(loss, seed, 1.0, 1.0)[-1] > 0.02 for seed in range(100)) > 80


@given(SEEDS, st.floats(0.1, 10))
def test_a_fit_without_penalty_has_none(seed, noise):
    X, y = data(seed, noise=noise)
    fit = s.least_squares(X, y)
    found = s.implied_penalty(X, y, fit.w, fit.b)
    assert (found.kind, found.lam_l1, found.lam_l2, found.bias) == ("none", 0.0, 0.0, "free")
    assert found.distance < 1e-12
    assert found.sentence.startswith("This is least squares")


@given(SEEDS, st.sampled_from(STRENGTH_PAIRS), st.floats(0.1, 10), st.floats(-5, 5), st.floats(0.1, 10))
def test_scale_and_shift_laws(seed, pair, factor, shift, unit):
    kind, lam_l1, lam_l2 = pair
    n_zeros = 0 if kind == "squared_l2" else 3
    X, y, w, b = exact(seed, lam_l1, lam_l2, n_zeros)

    def read(X, y, w, b):
        found = s.implied_penalty(X, y, w, b)
        assert found.kind == kind
        return found.lam_l1, found.lam_l2

    near = dict(rel=1e-6, abs=1e-8)
    assert read(factor * X, y, w / factor, b) == pytest.approx((factor * lam_l1, factor**2 * lam_l2), **near)
    assert read(X, unit * y, unit * w, unit * b) == pytest.approx((unit * lam_l1, lam_l2), **near)
    assert read(X + shift, y, w, b - shift * w.sum()) == pytest.approx((lam_l1, lam_l2), **near)
    assert read(X, y + shift, w, b + shift) == pytest.approx((lam_l1, lam_l2), **near)
    assert read(np.vstack([X, X]), np.append(y, y), w, b) == pytest.approx((2 * lam_l1, 2 * lam_l2), **near)
    order = np.random.default_rng(seed).permutation(len(w))
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], len(w))
    assert read((X * signs)[:, order], y, (w * signs)[order], b) == pytest.approx((lam_l1, lam_l2), **near)


@given(SEEDS, st.floats(0.1, 50), st.floats(0.1, 50))
def test_the_bias_penalty_is_read_off(seed, lam, bias_lam):
    X, y, w, b = exact(seed, 0.0, lam, 0, bias_lam=bias_lam)
    found = s.implied_penalty(X, y, w, b)
    assert found.lam_l2 == pytest.approx(lam, **EXACT) and found.bias_lam == pytest.approx(bias_lam, rel=1e-6)
    assert found.bias == ("same" if abs(bias_lam - lam) <= 1e-6 * lam else "own")
    assert found.residual_sum == pytest.approx(bias_lam * b, rel=1e-6)
    same = s.implied_penalty(*exact(seed, 0.0, lam, 0, bias_lam=lam))
    assert same.bias == "same" and same.sklearn is None and "The bias carries the same penalty." in str(same)
    assert s.implied_penalty(X, y - b, w).bias == "absent"


@given(SEEDS, st.sampled_from(STRENGTH_PAIRS))
def test_a_penalty_on_standardised_features_is_named(seed, pair):
    kind, lam_l1, lam_l2 = pair
    X, y, w, b = exact(seed, lam_l1, lam_l2, 0 if kind == "squared_l2" else 3, scale=True)
    found = s.implied_penalty(X, y, w, b)
    assert (found.kind, found.units) == (kind, "standardised")
    assert (found.lam_l1, found.lam_l2) == pytest.approx((lam_l1, lam_l2), **EXACT)
    assert "divided by their standard deviations" in found.sentence and found.sklearn is None


# Zeros.


@given(SEEDS)
def test_a_zero_that_is_missing_is_found_and_one_too_many_too(seed):
    X, y, w, b = exact(seed, 5.0, 0.0)
    zeros = tuple(np.flatnonzero(w == 0).tolist())
    assert s.implied_penalty(X, y, w, b).pull_at_zeros <= 5.0
    w[list(zeros)] = 1e-45
    found = s.implied_penalty(X, y, w, b)
    assert found.missing_zeros == zeros and found.lam_l1 == pytest.approx(5.0, **EXACT) and found.n_zeros == 0
    assert f"w[{zeros[0]}]" in found.sentence and "should be exactly 0" in found.sentence


@given(SEEDS)
def test_a_zero_without_reason_is_found(seed):
    """The data pull at a zero by twice what L1 holds."""
    rng = np.random.default_rng(seed)
    X, y, w, b = exact(seed, 5.0, 0.0)
    zero = int(rng.choice(np.flatnonzero(w == 0)))
    pulls = 2 * X.T @ (y - X @ w - b)
    conditions = np.vstack([X.T, np.ones(len(y))])
    wanted = np.zeros(len(w) + 1)
    wanted[zero] = (10.0 - pulls[zero]) / 2
    y = y + np.linalg.lstsq(conditions, wanted, rcond=None)[0]
    found = s.implied_penalty(X, y, w, b)
    assert found.unjustified_zeros == (zero,) and found.lam_l1 == pytest.approx(5.0, **EXACT)
    assert found.violation == pytest.approx(5.0, rel=1e-6)
    assert f"w[{zero}] should not be 0" in found.sentence


# A box.


@given(SEEDS)
def test_a_box_is_named(seed):
    X, y = data(seed, noise=0.3)
    least = s.least_squares(X, y)
    c = float(np.sort(np.abs(least.w))[-4])
    bounds = np.append(np.full(X.shape[1], c), 1e3)
    w = lsq_linear(np.column_stack([X, np.ones(len(y))]), y, (-bounds, bounds), method="bvls", tol=1e-14).x
    found = s.implied_penalty(X, y, w[:-1], w[-1])
    if np.sum(np.abs(w[:-1]) == c) >= 2:
        assert found.kind == "box" and found.box == pytest.approx(c, rel=1e-9)
        assert found.lam_l1 is None and found.lam_l2 is None and "AdamW" in found.sentence


def test_descent_with_decay_that_knows_only_signs_ends_in_a_box():
    """AdamW's step in the limit: w - eta (decay w - sign(pull)), all of the data, a step size that shrinks."""
    X, y = data(4, noise=0.3)
    X, y = X - X.mean(axis=0), y - y.mean()
    decay, w = 4.0, np.zeros(X.shape[1])
    for step in range(1, 60_000):
        w += 1 / (step + 10) * (np.sign(X.T @ (y - X @ w)) - decay * w)
    found = s.implied_penalty(X, y, w)
    assert found.kind == "box" and found.box == pytest.approx(1 / decay, rel=2e-2)


# Groups.


@given(SEEDS, st.floats(0.5, 50))
def test_each_group_has_its_strength(seed, lam):
    """Decay on some parameters only."""
    rng = np.random.default_rng(seed)
    X, y = data(seed)
    labels = ["decayed"] * 5 + ["free"] * 3
    strengths = np.array([lam] * 5 + [0.0] * 3)
    order = rng.permutation(8)
    centred = X - X.mean(axis=0)
    w = np.linalg.solve(centred.T @ centred + np.diag(strengths), centred.T @ (y - y.mean()))
    b = y.mean() - X.mean(axis=0) @ w
    found = s.implied_penalty(X[:, order], y, w[order], b, groups=[labels[j] for j in order])
    assert found.kind == "by_group" and found.lam_l2 is None
    assert found.groups["decayed"].lam_l2 == pytest.approx(lam, rel=1e-6)
    assert (found.groups["free"].kind, found.groups["free"].lam_l2) == ("none", 0.0)
    assert f"Group 'decayed': squared L2 with lambda = {lam:.6g}" in found.sentence
    # Without the labels nothing is made up.
    assert s.implied_penalty(X[:, order], y, w[order], b).kind == "unexplained"


def test_groups_that_agree_are_one():
    X, y, w, b = exact(3, 4.0, 1.0, n_features=12, n_zeros=2)
    found = s.implied_penalty(X, y, w, b, groups=np.arange(12) % 2)
    assert found.kind == "elastic_net" and found.lam_l1 == pytest.approx(4, **EXACT) and set(found.groups) == {0, 1}


# No strength is made up.


def unknown(found):
    return found.lam_l1 is None and found.lam_l2 is None and found.box is None and found.sklearn is None


@given(SEEDS)
def test_weights_of_nobody_have_no_penalty(seed):
    rng = np.random.default_rng(seed)
    X, y = data(seed)
    found = s.implied_penalty(X, y, rng.normal(size=8), 0.5)
    assert found.kind == "unexplained" and unknown(found) and found.misfit > 1e-2 and found.wrong_weight is None
    assert found.sentence.startswith("No penalty of L1 and squared L2 explains this fit")


@given(SEEDS, st.floats(0.5, 20))
def test_weights_of_one_size_tell_neither_penalty(seed, total):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(30, 5))
    w = 0.7 * rng.choice([-1.0, 1.0], 5)
    r = np.linalg.lstsq(X.T, total * np.sign(w) / 2, rcond=None)[0]
    found = s.implied_penalty(X, X @ w + r, w)
    assert found.kind == "undetermined" and unknown(found)
    assert "cannot be told apart" in found.sentence and f"{total:.6g}" in found.sentence


def test_too_few_weights_do_not_tell():
    X, y, w, b = exact(0, 3.0, 1.0, n_features=1, n_zeros=0)
    one = s.implied_penalty(X, y, w, b)
    assert one.kind == "undetermined" and unknown(one) and "One weight" in one.sentence
    X, y, w, b = exact(0, 3.0, 1.0, n_features=2, n_zeros=0)
    two = s.implied_penalty(X, y, w, b)
    assert two.kind == "undetermined" and unknown(two)
    assert "lam_l1 = 3 and lam_l2 = 1" in two.sentence  # what would be needed is told, as a condition
    X, y, w, b = exact(1, 3.0, 0.0, n_features=4, n_zeros=3)
    held = s.implied_penalty(X, y, w, b)
    assert (
        held.kind == "undetermined" and f"lam_l1 is at least {np.max(np.abs(held.pulls[w == 0])):.6g}" in held.sentence
    )


def test_all_weights_zero_tell_a_bound_only():
    X, y = data(0)
    found = s.implied_penalty(X, y, np.zeros(8), y.mean())
    assert found.kind == "undetermined" and unknown(found)
    assert (
        found.pull_at_zeros == pytest.approx(s.lam_max(X, y), rel=1e-12) and f"{s.lam_max(X, y):.6g}" in found.sentence
    )


def test_a_penalty_that_falls_with_the_weight_is_none_of_ours():
    """As of non-convex penalties: the line would need a negative strength."""
    X, y, w, b = exact(5, 10.0, -1.0, n_zeros=0)
    assert unknown(s.implied_penalty(X, y, w, b))


# Decoys.


@pytest.mark.parametrize("seed", range(5))
def test_rounding_to_float32_does_not_fool_it(seed):
    X, y, w, b = exact(seed, 0.0, 30.0, 0)
    found = s.implied_penalty(X, y, w.astype(np.float32), float(np.float32(b)))
    assert found.kind == "squared_l2" and found.lam_l2 == pytest.approx(30, rel=1e-4) and found.single_precision
    assert "float32" in found.sentence
    assert not s.implied_penalty(X, y, w, b).single_precision


@given(SEEDS, st.sampled_from(STRENGTH_PAIRS), st.floats(0.05, 0.5))
def test_one_wrong_weight_is_found_and_put_right(seed, pair, change):
    kind, lam_l1, lam_l2 = pair
    X, y, w, b = exact(seed, lam_l1, lam_l2, 0 if kind == "squared_l2" else 2, n_features=12)
    wrong = int(np.argmax(np.abs(w)))
    right, w[wrong] = w[wrong], w[wrong] * (1 + change)
    found = s.implied_penalty(X, y, w, b)
    assert (found.kind, found.wrong_weight) == (kind, wrong)
    assert found.right_value == pytest.approx(right, rel=1e-6)
    assert (found.lam_l1, found.lam_l2) == pytest.approx((lam_l1, lam_l2), rel=1e-5, abs=1e-7)
    assert f"w[{wrong}] should be" in found.sentence


@pytest.mark.parametrize("loss", ["squared_error", "logistic", "poisson"])
def test_a_wrong_bias_is_found_and_put_right(loss):
    if loss == "squared_error":
        X, y, w, b = exact(2, 0.0, 7.0, 0)
        lam = 7.0
    else:
        X, y, w, b, lam = exact_for(loss, 2, 0.0, 1.0)
        X, w = X[:, 2:], w[2:]
    found = s.implied_penalty(X, y, w, b + 0.5, loss=loss)
    assert found.wrong_weight == -1 and found.right_value == pytest.approx(b, rel=1e-6)
    assert found.lam_l2 == pytest.approx(lam, rel=1e-6) and "the bias should be" in found.sentence


@pytest.mark.parametrize("loss", ["logistic", "poisson"])
def test_one_wrong_weight_of_another_loss_is_found(loss):
    X, y, w, b, lam = exact_for(loss, 0, 0.0, 1.0, n_features=12)
    X, w = X[:, 2:], w[2:]
    right, w[4] = w[4], 1.2 * w[4]
    found = s.implied_penalty(X, y, w, b, loss=loss)
    assert found.wrong_weight == 4 and found.right_value == pytest.approx(right, rel=1e-6)
    assert found.lam_l2 == pytest.approx(lam, rel=1e-5)


@pytest.mark.parametrize("n_steps", [10, 100, 1000])
def test_a_fit_that_was_stopped_early_is_named(n_steps):
    X, y = data(3)
    centre, eta = X.mean(axis=0), 1e-5
    w = np.zeros(8)
    for _ in range(n_steps):
        w += eta * 2 * (X - centre).T @ (y - y.mean() - (X - centre) @ w)
    found = s.implied_penalty(X, y, w, y.mean() - centre @ w)
    assert unknown(found) and found.stopped_after == pytest.approx(n_steps * eta, rel=1e-2)
    assert "early stop" in found.sentence


@pytest.mark.parametrize(("tol", "distance"), [(1e-1, 1e-1), (1e-3, 1e-3), (1e-6, 1e-6)])
def test_how_far_from_converged(tol, distance):
    """A fit that was moved by a known amount is as far from converged as that amount pulls."""
    X, y, w, b = exact(6, 5.0, 0.0)
    y = y + np.linalg.lstsq(X.T, np.where(w != 0, tol * 5.0 * np.sign(w) * (np.arange(8) % 2), 0) / 2, rcond=None)[0]
    found = s.implied_penalty(X, y, w, b)
    start = 2 * np.max(np.abs(X.T @ (y - y.mean())))
    left = found.violation if found.violation is not None else None
    if tol < 1e-2:
        assert found.kind == "l1" and 0.1 * tol * 5 < left < 2 * tol * 5
        assert found.distance == pytest.approx(left / start, rel=1e-9)
    else:
        assert found.kind == "unexplained" and found.distance == pytest.approx(
            np.max(np.abs(2 * X.T @ (y - X @ w - b))) / start, rel=1e-9
        )


# Fits of scikit-learn: each estimator's strength, and its name for it.

TIGHT = dict(tol=1e-13, max_iter=200_000)
N = 80
REGRESSORS = [
    (sk.LinearRegression(), 0, 0, "LinearRegression()"),
    (sk.Ridge(30.0), 0, 30, "Ridge(alpha=30)"),
    (sk.Ridge(0.5, fit_intercept=False), 0, 0.5, "Ridge(alpha=0.5, fit_intercept=False)"),
    (sk.RidgeCV([4.0]), 0, 4, "Ridge(alpha=4)"),
    (sk.Lasso(0.2, **TIGHT), 2 * N * 0.2, 0, "Lasso(alpha=0.2)"),
    (sk.LassoLars(0.2), 2 * N * 0.2, 0, "Lasso(alpha=0.2)"),
    (sk.LassoCV(alphas=[0.2], cv=2, **TIGHT), 2 * N * 0.2, 0, "Lasso(alpha=0.2)"),
    (sk.ElasticNet(0.2, l1_ratio=0.3, **TIGHT), 2 * N * 0.06, N * 0.14, "ElasticNet(alpha=0.2, l1_ratio=0.3)"),
    (sk.ElasticNetCV(alphas=[0.2], l1_ratio=0.3, cv=2, **TIGHT), 2 * N * 0.06, N * 0.14, None),
    (sk.MultiTaskLasso(0.2, **TIGHT), 2 * N * 0.2, 0, "Lasso(alpha=0.2)"),
    (sk.TweedieRegressor(power=0, alpha=0.2, solver="newton-cholesky", tol=1e-12), 0, N * 0.2, "Ridge(alpha=16)"),
    (sk.MultiTaskElasticNet(0.2, l1_ratio=0.3, **TIGHT), 2 * N * 0.06, N * 0.14, None),
    (sk.MultiTaskLassoCV(alphas=[0.2], cv=2, **TIGHT), 2 * N * 0.2, 0, "Lasso(alpha=0.2)"),
    (
        LinearSVR(C=0.05, epsilon=0, loss="squared_epsilon_insensitive", dual=False, tol=1e-14, max_iter=10**6),
        0,
        10,
        None,
    ),
    (
        MLPRegressor(hidden_layer_sizes=(), alpha=9.0, solver="lbfgs", tol=1e-14, max_iter=10**5, max_fun=10**6),
        0,
        9,
        "Ridge(alpha=9)",
    ),
]
CLASSIFIERS = [
    (sk.LogisticRegression(C=0.3, solver="newton-cholesky", tol=1e-13), 0, 1 / 0.6),
    (sk.LogisticRegression(C=0.3, l1_ratio=1, solver="saga", tol=1e-13, max_iter=10**6), 1 / 0.3, 0),
    (sk.LogisticRegression(C=0.3, l1_ratio=0.4, solver="saga", tol=1e-13, max_iter=10**6), 0.4 / 0.3, 0.6 / 0.6),
]


@pytest.mark.parametrize("case", REGRESSORS, ids=lambda case: repr(case[0])[:40])
def test_regressors_of_scikit_learn(case):
    model, lam_l1, lam_l2, name = case
    X, y = data(1, n_samples=N)
    many = type(model).__name__.startswith("MultiTask")
    model.fit(X, y[:, None] if many else y)
    coefs = model.coefs_[0] if hasattr(model, "coefs_") else model.coef_
    biases = model.intercepts_[0] if hasattr(model, "intercepts_") else model.intercept_
    b = float(np.ravel(biases)[0]) if getattr(model, "fit_intercept", True) else None
    found = s.implied_penalty(X, y, np.ravel(coefs), b)
    # Its L-BFGS cannot be asked for more digits.
    near = 1e-4 if isinstance(model, MLPRegressor) else 1e-6
    assert (found.lam_l1, found.lam_l2) == pytest.approx((lam_l1, lam_l2), rel=near)
    assert found.bias == ("absent" if b is None else "same" if isinstance(model, LinearSVR) else "free")
    if name is not None:
        # The name makes the same fit again.
        found = dataclasses.replace(found, lam_l1=float(lam_l1), lam_l2=float(lam_l2))
        assert found.sklearn == name
        again = eval(name, vars(sk)).fit(X, y)
        assert again.coef_ == pytest.approx(np.ravel(coefs), rel=1e-2)


@pytest.mark.parametrize("case", CLASSIFIERS, ids=lambda case: repr(case[0])[:60])
def test_classifiers_of_scikit_learn(case):
    model, lam_l1, lam_l2 = case
    X, y = data(1, n_samples=N)
    X = X - X.mean(axis=0)
    y = (y > np.median(y)).astype(float)
    model.fit(X, y)
    found = s.implied_penalty(X, y, model.coef_[0], float(model.intercept_[0]), loss="logistic")
    assert (found.lam_l1, found.lam_l2) == pytest.approx((lam_l1, lam_l2), rel=1e-6)
    assert found.bias == "free"
    again = eval(found.sklearn, vars(sk)).set_params(tol=1e-10, max_iter=10**5).fit(X, y)
    assert again.coef_ == pytest.approx(model.coef_, rel=1e-4, abs=1e-6)


def test_liblinear_penalises_the_bias():
    X, y = data(1, n_samples=N)
    y = (y > np.median(y) + 1).astype(float)
    found = []
    for model in (
        sk.LogisticRegression(C=0.3, solver="liblinear", tol=1e-12, max_iter=10**6),
        sk.LogisticRegression(C=0.3, l1_ratio=1, solver="liblinear", tol=1e-12, max_iter=10**6),
    ):
        model.fit(X, y)
        found.append(s.implied_penalty(X, y, model.coef_[0], float(model.intercept_[0]), loss="logistic"))
    assert [reading.bias for reading in found] == ["same", "same"]
    assert found[0].lam_l2 == pytest.approx(1 / 0.6, rel=1e-6) and found[1].lam_l1 == pytest.approx(1 / 0.3, rel=1e-6)
    # LinearSVC has another loss: nothing is made of it.
    svc = LinearSVC(C=0.3, dual=False, tol=1e-12, max_iter=10**6).fit(X, y)
    assert unknown(s.implied_penalty(X, y, svc.coef_[0], float(svc.intercept_[0]), loss="logistic"))


def test_poisson_regression_of_scikit_learn():
    X, y = data(1, n_samples=N)
    counts = np.random.default_rng(0).poisson(np.exp((y - y.mean()) / np.std(y)))
    model = sk.PoissonRegressor(alpha=0.1, solver="newton-cholesky", tol=1e-13).fit(X, counts)
    found = s.implied_penalty(X, counts, model.coef_, float(model.intercept_), loss="poisson")
    assert found.lam_l2 == pytest.approx(N * 0.05, rel=1e-6) and found.bias == "free"
    assert found.sklearn == "PoissonRegressor(alpha=0.1)" and found.sentence.startswith(
        "This is Poisson regression with squared L2"
    )


def test_classes_fitted_as_numbers_are_ridge():
    """RidgeClassifier: the squared error to -1 and 1."""
    X, y = data(1, n_samples=N)
    y = np.where(y > np.median(y) + 1, 1.0, -1.0)
    model = sk.RidgeClassifier(alpha=5.0).fit(X, y)
    found = s.implied_penalty(X, y, np.ravel(model.coef_), float(np.ravel(model.intercept_)[0]))
    assert (found.lam_l1, found.lam_l2) == pytest.approx((0, 5), rel=1e-6)
    assert found.bias == "free"


def test_ridge_behind_a_scaler_is_named_as_such():
    X, y = data(1)
    scaler = StandardScaler().fit(X)
    model = sk.Ridge(30).fit(scaler.transform(X), y)
    w = model.coef_ / scaler.scale_
    found = s.implied_penalty(X, y, w, float(model.intercept_ - w @ scaler.mean_))
    assert (found.kind, found.units) == ("squared_l2", "standardised") and found.lam_l2 == pytest.approx(30, rel=1e-6)


def test_the_sentence_of_the_example():
    X, y, w, b = exact(0, 0.0, 30.0, 0, bias_lam=30.0)
    assert str(s.implied_penalty(X, y, w, b)).startswith("This is ridge with lambda = 30 in our convention")
    X, y, w, b = exact(0, 0.0, 30.0, 0)
    assert str(s.implied_penalty(X, y, w, b)).endswith("The bias is free. scikit-learn would call it Ridge(alpha=30).")


# Bad input.


@pytest.mark.parametrize("loss", ["squared_error", "logistic", "poisson"])
@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("column", [0, 1, 2])
def test_a_number_of_X_that_is_not_finite_is_told(bad, column, loss):
    X = np.array([[1.0, 2.0, 1.0], [0.0, -1.0, 3.0], [3.0, 0.5, 0.0], [1.0, 1.0, 1.0]])
    X[2, column] = bad
    for y in ([0, 1, 1, 0], [0, 0, 1, 1]):
        with pytest.raises(
            ValueError, match=rf"^X must be an array of finite numbers .*, got {bad} at index \(2, {column}\)$"
        ):
            s.implied_penalty(X, y, [1.0, 0.0, -1.0], 0.5, loss=loss)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (dict(loss="logistic", y=[0, 1, 2]), "y must be 0 or 1 for the logistic loss, got 2.0"),
        (dict(loss="poisson", y=[0, 1, -2]), "y must be >= 0 for the Poisson loss, got -2.0"),
        (dict(loss="hinge"), "loss must be one of squared_error, logistic, poisson, got 'hinge'"),
        (dict(groups=["a"]), "groups must have n_features = 2 labels as X has columns, got 1"),
        (
            dict(w=[1e300, 1e300], X=[[1e300, 1], [1, 1], [2, 1]]),
            "X, y and w must be small enough for finite residuals",
        ),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    good = dict(X=[[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]], y=[0.0, 1.0, 1.0], w=[1.0, -1.0], b=0.0)
    s.implied_penalty(**good)
    with pytest.raises(ValueError) as caught:
        s.implied_penalty(**good | arguments)
    assert str(caught.value).startswith(message)


def test_any_layout_and_type_of_numbers_will_do():
    X, y, w, b = exact(0, 3.0, 2.0)
    X, y = np.round(X, 2), np.round(y, 2)
    expected = s.implied_penalty(X, y, w, b)
    for other in (np.asfortranarray(X), X[:, ::-1][:, ::-1], X.tolist(), np.repeat(X, 2, axis=0)[::2]):
        assert s.implied_penalty(other, y.tolist(), list(w), b).pulls == pytest.approx(expected.pulls, rel=1e-12)
    whole = s.implied_penalty(np.round(X).astype(int), y, w, b)
    assert whole.pulls == pytest.approx(2 * np.round(X).T @ (y - np.round(X) @ w - b), rel=1e-12)


def test_blocks_of_rows_make_no_difference():
    X, y, w, b = exact(0, 3.0, 0.0, n_samples=2000, n_features=300, n_zeros=100)
    found = s.implied_penalty(X, y, w, b)
    assert found.pulls == pytest.approx(2 * X.T @ (y - X @ w - b), rel=1e-9, abs=1e-9)
    assert found.lam_l1 == pytest.approx(3.0, **EXACT)


@pytest.mark.parametrize("kind", ["none", "l1", "squared_l2", "elastic_net"])
def test_many_weights_are_read_as_few_are(kind, monkeypatch):
    """Only with many weights does it go without the pull at weights of 0, which tells rounding errors from pulls."""
    lam_l1, lam_l2 = 3.0 * (kind in ("l1", "elastic_net")), 2.0 * (kind in ("squared_l2", "elastic_net"))
    X, y, w, b = exact(0, lam_l1, lam_l2, n_samples=400, n_features=150, n_zeros=10 if lam_l1 else 0)
    if kind == "none":
        # Rounding errors of very few sizes, so that many of them are equal.
        X, w, b = np.sign(X), np.round(8 * w) / 8, 0.0
        y = X @ w + np.random.default_rng(0).choice([-1, 1], len(y)) * 2.0**-44
    found = s.implied_penalty(X, y, w, b)
    assert found.kind == kind and (found.lam_l1, found.lam_l2) == pytest.approx((lam_l1, lam_l2), **EXACT)
    start = np.max(np.abs(2 * X.T @ (y - y.mean())))
    assert found.distance == pytest.approx(found.violation / start, rel=1e-9, abs=1e-14)
    monkeypatch.setattr(s.reading, "MANY", len(w) + 1)
    assert s.implied_penalty(X, y, w, b) == found


def test_it_takes_no_longer_than_three_products():
    rng = np.random.default_rng(0)
    X, w, r = rng.normal(size=(10_000, 1000)), rng.normal(size=1000), rng.normal(size=10_000)
    r += X @ np.linalg.solve(X.T @ X, 30 * w - X.T @ r)
    y = X @ w + r
    assert s.implied_penalty(X, y, w).lam_l2 == pytest.approx(30, rel=1e-9)

    def measured(function):
        start = time.process_time()
        function()
        return time.process_time() - start

    # Processor time of one thread: neither what else runs here nor how well a product is spread over threads counts.
    with threadpool_limits(1):
        times = [(measured(lambda: X.T @ r), measured(lambda: s.implied_penalty(X, y, w))) for _ in range(11)]
    product, reading = map(statistics.median, zip(*times))
    assert reading <= 3 * product

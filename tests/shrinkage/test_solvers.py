"""Fits: proved by optimality conditions and duality, and compared with an independent library."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sklearn.linear_model import ElasticNet, Lasso, Ridge

import shrinkage as s
from tests.shrinkage.laws import STRENGTHS

STRENGTH_SHARES = [0.9, 0.5, 0.1, 1e-3]


def problem(seed, n_samples=15, n_features=4):
    """Correlated features of unequal scale, off-centre, with a target that some of them matter to."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_samples, n_features)) @ rng.normal(size=(n_features, n_features)) + 3 * rng.normal(
        size=n_features
    )
    return X, X[:, 0] - 2 * X[:, -1] + 5 + rng.normal(size=n_samples)


SHAPES = pytest.mark.parametrize(("n_samples", "n_features"), [(15, 4), (30, 1), (6, 6), (5, 12), (1, 2)])


def alike():
    """Standardised powers of one variable: features so much alike that descent along coordinates alone creeps."""
    x = np.linspace(-1, 1, 20)
    return s.standardise(s.polynomial_features(x, 12))[0], np.sin(3 * x) + 0.2 * np.cos(40 * x)


def slopes(fit, X, y, lam_l2=0.0):
    """Gradient of the smooth part of the objective at a fit."""
    gradient_w, slope_b = s.sum_squared_errors_gradient(fit.w, fit.b, X, y)
    return gradient_w + s.squared_l2_gradient(fit.w, lam_l2), slope_b


# Least squares and ridge


@SHAPES
def test_least_squares_is_stationary(n_samples, n_features):
    X, y = problem(0, n_samples, n_features)
    fit = s.least_squares(X, y)
    gradient_w, slope_b = slopes(fit, X, y)
    assert gradient_w == pytest.approx(np.zeros(n_features), abs=1e-9)
    assert slope_b == pytest.approx(0, abs=1e-9)
    assert type(fit.b) is float and fit.w.shape == (n_features,)


def test_least_squares_recovers_an_exact_model():
    X, _ = problem(1)
    fit = s.least_squares(X, X @ [1.0, -2.0, 0.0, 0.5] + 7)
    assert fit.w == pytest.approx([1, -2, 0, 0.5], abs=1e-10)
    assert fit.b == pytest.approx(7, abs=1e-10)


def test_least_squares_chooses_the_shortest_minimiser():
    """Two equal columns share their weight; a constant column gets none, as the bias has its part."""
    X, _ = problem(2, n_features=1)
    fit = s.least_squares(np.column_stack([X, X, np.ones(15)]), 4 * X[:, 0] + 1)
    assert fit.w == pytest.approx([2, 2, 0], abs=1e-12)
    X, y = problem(3, 5, 12)
    w = s.least_squares(X, y).w
    centred = X - X.mean(axis=0)
    # The shortest minimiser is a combination of the samples.
    assert np.linalg.lstsq(centred.T, w, rcond=None)[0] @ centred == pytest.approx(w, abs=1e-10)


@SHAPES
@pytest.mark.parametrize("lam", [1e-3, 1.0, 100.0])
def test_ridge_is_stationary(n_samples, n_features, lam):
    X, y = problem(4, n_samples, n_features)
    fit = s.ridge(X, y, lam)
    gradient_w, slope_b = slopes(fit, X, y, lam)
    assert gradient_w == pytest.approx(np.zeros(n_features), abs=1e-9)
    assert slope_b == pytest.approx(0, abs=1e-9)


@given(st.integers(0, 20), st.floats(1e-3, 100))
def test_ridge_is_its_closed_form(seed, lam):
    X, y = problem(seed)
    centred = X - X.mean(axis=0)
    direct = np.linalg.solve(centred.T @ centred + lam * np.eye(4), centred.T @ y)
    assert s.ridge(X, y, lam).w == pytest.approx(direct, rel=1e-8, abs=1e-10)


def test_ridge_without_strength_is_least_squares():
    X, y = problem(5)
    assert s.ridge(X, y, 0).w == pytest.approx(s.least_squares(X, y).w, rel=1e-12)


def test_overfitting_needs_no_complex_model():
    """More features than samples: a linear model fits pure noise without error."""
    rng = np.random.default_rng(6)
    X, y = rng.normal(size=(5, 12)), rng.normal(size=5)
    fit = s.least_squares(X, y)
    assert s.sum_squared_errors(fit.w, fit.b, X, y) < 1e-20


# Lasso and elastic net


@SHAPES
@pytest.mark.parametrize("share", STRENGTH_SHARES)
@pytest.mark.parametrize("lam_l2", [0.0, 2.0])
def test_fits_meet_the_optimality_conditions(n_samples, n_features, share, lam_l2):
    X, y = problem(7, n_samples, n_features)
    lam = share * s.lam_max(X, y)
    fit = s.elastic_net(X, y, lam, lam_l2)
    gradient_w, slope_b = slopes(fit, X, y, lam_l2)
    low, high = s.l1_subdifferential(fit.w, lam)
    scale = 1 + lam
    assert np.all((low - 1e-9 * scale <= -gradient_w) & (-gradient_w <= high + 1e-9 * scale))
    assert slope_b == pytest.approx(0, abs=1e-9)
    assert fit.kkt_violation <= 1e-9 * scale
    # The gap that was asked for, as a share of the squared error without features.
    assert abs(fit.duality_gap) <= 1e-10 * np.sum((y - y.mean()) ** 2) + 1e-20
    # Where all weights are 0 the pulls at 0 say so, before any sweep.
    assert (fit.n_sweeps == 0) == (not fit.w.any())


@given(st.integers(0, 30), st.sampled_from(STRENGTH_SHARES))
def test_lasso_agrees_with_an_independent_library(seed, share):
    X, y = problem(seed)
    lam = share * s.lam_max(X, y)
    theirs = Lasso(alpha=s.to_sklearn_lasso(lam, 15), tol=1e-12, max_iter=100_000).fit(X, y)
    ours = s.lasso(X, y, s.from_sklearn_lasso(theirs.alpha, 15))
    assert ours.w == pytest.approx(theirs.coef_, abs=1e-5)
    assert ours.b == pytest.approx(theirs.intercept_, abs=1e-5)


@given(st.integers(0, 30), st.floats(1e-2, 50))
def test_ridge_agrees_with_an_independent_library(seed, lam):
    X, y = problem(seed)
    theirs = Ridge(alpha=s.to_sklearn_ridge(lam)).fit(X, y)
    ours = s.ridge(X, y, s.from_sklearn_ridge(theirs.alpha))
    assert ours.w == pytest.approx(theirs.coef_, rel=1e-8, abs=1e-10)
    assert ours.b == pytest.approx(theirs.intercept_, rel=1e-8, abs=1e-9)


@given(st.integers(0, 30), st.sampled_from(STRENGTH_SHARES), st.floats(0.1, 20))
def test_elastic_net_agrees_with_an_independent_library(seed, share, lam_l2):
    X, y = problem(seed)
    strength, l1_ratio = s.to_sklearn_elastic_net(share * s.lam_max(X, y), lam_l2, 15)
    theirs = ElasticNet(alpha=strength, l1_ratio=l1_ratio, tol=1e-12, max_iter=100_000).fit(X, y)
    ours = s.elastic_net(X, y, *s.from_sklearn_elastic_net(strength, l1_ratio, 15))
    assert ours.w == pytest.approx(theirs.coef_, abs=1e-5)
    assert ours.b == pytest.approx(theirs.intercept_, abs=1e-5)


@SHAPES
def test_lam_max_is_the_smallest_strength_that_leaves_nothing(n_samples, n_features):
    X, y = problem(8, n_samples, n_features)
    largest = s.lam_max(X, y)
    fit = s.lasso(X, y, largest)
    assert not fit.w.any()
    assert fit.b == pytest.approx(y.mean(), rel=1e-15)
    assert s.lasso(X, y, 3 * largest + 1).w.any() == False  # noqa: E712
    if n_samples > 1:
        assert s.lasso(X, y, 0.999 * largest).w.any()
    centred = X - X.mean(axis=0)
    assert largest == pytest.approx(max(abs(2 * centred.T @ y)), rel=1e-10, abs=1e-10)
    assert type(largest) is float


def test_without_l1_the_fits_are_least_squares_and_ridge():
    X, y = problem(9)
    assert s.lasso(X, y, 0).w == pytest.approx(s.least_squares(X, y).w, abs=1e-9)
    assert s.elastic_net(X, y, 0, 3).w == pytest.approx(s.ridge(X, y, 3).w, abs=1e-9)
    X, y = problem(9, 5, 12)
    assert s.lasso(X, y, 0).duality_gap == pytest.approx(0, abs=1e-10)


def test_orthonormal_features_have_a_closed_form():
    """Four features and their mirror images: the columns are centred, and the bias keeps out of the way."""
    rng = np.random.default_rng(10)
    half = np.linalg.qr(rng.normal(size=(6, 4)))[0] / np.sqrt(2)
    X, y = np.vstack([half, -half]), rng.normal(size=12)
    y -= y.mean()
    z = X.T @ y
    for lam in (0.1, 0.5, 2.0):
        assert s.lasso(X, y, lam).w == pytest.approx(s.orthonormal_lasso(z, lam), abs=1e-12)
        assert s.ridge(X, y, lam).w == pytest.approx(s.orthonormal_ridge(z, lam), abs=1e-12)
        assert s.elastic_net(X, y, lam, 0.7).w == pytest.approx(s.orthonormal_lasso(z, lam) / 1.7, abs=1e-12)


def test_degenerate_data():
    X, y = problem(11)
    constant = s.lasso(np.column_stack([X, np.full(15, 3.0)]), y, 1.0)
    assert constant.w[-1] == 0
    assert constant.w[:-1] == pytest.approx(s.lasso(X, y, 1.0).w, abs=1e-9)
    still = s.lasso(X, np.full(15, 3.0), 1.0)
    assert not still.w.any() and still.b == 3 and still.duality_gap == 0
    twice = s.lasso(np.column_stack([X, X]), y, 1.0)
    assert twice.w[:4] + twice.w[4:] == pytest.approx(s.lasso(X, y, 1.0).w, abs=1e-9)


def test_nearly_equal_features_need_few_sweeps():
    """Coordinate descent alone would make tens of thousands of sweeps here."""
    X, y = alike()
    for share in (1e-1, 1e-2, 1e-3, 1e-4, 1e-5):
        fit = s.lasso(X, y, share * s.lam_max(X, y), max_sweeps=10)
        assert fit.kkt_violation < 1e-9


def test_more_features_than_samples_at_small_strength():
    """Here features that are kept can be dependent, and a whole line of weights has the same predictions."""
    rng = np.random.default_rng(12)
    X, y = rng.normal(size=(8, 40)), rng.normal(size=8)
    for share in (0.5, 0.1, 1e-2, 1e-5):
        fit = s.lasso(X, y, share * s.lam_max(X, y), max_sweeps=10)
        assert fit.kkt_violation < 1e-9
        assert np.count_nonzero(fit.w) <= 8


@pytest.mark.parametrize("w", [np.zeros(4), np.array([1.0, -2.0, 0.0, 3.0])], ids=["at 0", "elsewhere"])
def test_at_strength_0_the_gap_is_what_can_be_gained(w):
    X, y = problem(13)
    best = s.least_squares(X, y)
    b = np.mean(y - X @ w)
    gained = np.sum((y - X @ w - b) ** 2) - np.sum((y - X @ best.w - best.b) ** 2)
    assert s.lasso_duality_gap(w, b, X, y, 0) == pytest.approx(gained, rel=1e-9)


@pytest.mark.parametrize("side", [1, -1])
def test_a_weight_that_is_held_at_0_too_weakly_violates_the_conditions(side):
    X, y = [[1.0], [-1.0]], [2.0 * side, -2.0 * side]
    # The pull is 2 (2 + 2) to that side, of which a strength of 3 answers 3.
    assert s.lasso_kkt_violation([0.0], 0.0, X, y, 3.0) == 5


def test_too_few_sweeps_are_an_error():
    X, y = alike()
    lam = 0.01 * s.lam_max(X, y)
    sweeps = s.lasso(X, y, lam).n_sweeps
    assert sweeps > 1
    assert s.lasso(X, y, lam, max_sweeps=sweeps).n_sweeps == sweeps
    with pytest.raises(
        RuntimeError, match=rf"^duality gap \d\S* after max_sweeps = {sweeps - 1}, wanted at most \d\S*$"
    ):
        s.lasso(X, y, lam, max_sweeps=sweeps - 1)
    with pytest.raises(RuntimeError):
        s.lasso_path(X, y, [lam], max_sweeps=sweeps - 1)


def test_a_loose_tolerance_is_a_share_of_the_error_without_features():
    X, y = problem(12, 40, 60)
    lam = 0.01 * s.lam_max(X, y)
    null_error = np.sum((y - y.mean()) ** 2)
    loose, tight = s.lasso(X, y, lam, tol=0.1), s.lasso(X, y, lam)
    assert loose.n_sweeps < tight.n_sweeps
    assert tight.duality_gap <= 1e-10 * null_error < loose.duality_gap <= 0.1 * null_error


@given(st.integers(0, 20), st.floats(0.01, 1.5), st.sampled_from([0.0, 3.0]), st.floats(-2, 2), st.floats(-1, 1))
def test_the_duality_gap_bounds_what_can_be_gained(seed, share, lam_l2, move, bias_move):
    X, y = problem(seed)
    lam = share * s.lam_max(X, y)
    best = s.elastic_net(X, y, lam, lam_l2)
    w = best.w + move * np.random.default_rng(seed).normal(size=4)
    b = best.b + bias_move

    def value(w, b):
        return s.objective(w, b, X, y, s.L1(lam)) + s.SquaredL2(lam_l2).value(w)

    gain = value(w, b) - value(best.w, best.b)
    gap = s.elastic_net_duality_gap(w, b, X, y, lam, lam_l2)
    assert gap >= gain - 1e-9 * (1 + value(w, b))
    if lam_l2 == 0:
        assert s.lasso_duality_gap(w, b, X, y, lam) == gap
    assert type(gap) is float


def test_the_duality_gap_by_hand():
    """X = (1, -1), y = (2, -2), lam = 2: at w = 0 the residual is y, its steepest slope 8; a quarter is feasible."""
    X, y = [[1.0], [-1.0]], [2.0, -2.0]
    # To some digits, because of two bounds the better one is taken, and both are rounded.
    assert s.lasso_duality_gap([0.0], 0.0, X, y, 2.0) == pytest.approx(8 - (2 * 2 - 0.5), rel=1e-13)
    assert s.lasso_duality_gap([0.0], 1.0, X, y, 2.0) == pytest.approx(10 - (2 * 2 - 0.5), rel=1e-13)
    assert s.lasso_duality_gap([1.5], 0.0, X, y, 2.0) == 0
    assert s.lasso_duality_gap([0.0], 3.0, X, [5.0, 1.0], 2.0) == pytest.approx(8 - (2 * 2 - 0.5), rel=1e-13)
    # All of y is explained, so without a penalty nothing is left at the best weight.
    assert s.lasso_duality_gap([0.0], 0.0, X, y, 0.0) == pytest.approx(8, rel=1e-12)
    assert s.elastic_net_duality_gap([1.0], 0.0, X, y, 2.0, 1.0) == pytest.approx(0, abs=1e-14)


def test_the_violation_by_hand():
    """The same data: the pull at w is 8 - 4 w."""
    X, y = [[1.0], [-1.0]], [2.0, -2.0]
    assert s.lasso_kkt_violation([0.0], 0.0, X, y, 2.0) == 6
    assert s.lasso_kkt_violation([0.0], 0.0, X, y, 8.0) == 0
    assert s.lasso_kkt_violation([0.0], 0.0, X, y, 9.0) == 0
    assert s.lasso_kkt_violation([1.0], 0.0, X, y, 2.0) == 2
    assert s.lasso_kkt_violation([1.5], 0.0, X, y, 2.0) == 0
    assert s.lasso_kkt_violation([-1.0], 0.0, X, y, 2.0) == 14
    assert s.lasso_kkt_violation([1.5], 1.0, X, y, 2.0) == 4
    assert s.elastic_net_kkt_violation([1.0], 0.0, X, y, 2.0, 1.0) == 0
    assert s.elastic_net_kkt_violation([1.0], 0.0, X, y, 2.0, 3.0) == 4
    # A weight that is not 0 is held to one slope, however near to 0 it is.
    assert s.lasso_kkt_violation([-1e-12], 0.0, X, y, 8.0) == pytest.approx(16)
    assert type(s.lasso_kkt_violation([0.0], 0.0, X, y, 2.0)) is float


# Paths


def test_paths_are_the_single_fits_in_the_order_asked_for():
    X, y = problem(14, 30, 6)
    lams = s.lam_max(X, y) * np.array([0.1, 1.0, 0.01, 0.5, 0.0])
    lasso, ridge = s.lasso_path(X, y, lams), s.ridge_path(X, y, lams)
    assert lasso.shape == ridge.shape == (5, 6)
    for k, lam in enumerate(lams):
        assert lasso[k] == pytest.approx(s.lasso(X, y, lam).w, abs=1e-9)
        assert ridge[k] == pytest.approx(s.ridge(X, y, lam).w, abs=1e-12)


def test_a_path_starts_each_fit_where_the_last_one_ended():
    X, y = alike()
    lams = np.geomspace(1, 0.01, 60) * s.lam_max(X, y)
    with pytest.raises(RuntimeError):
        s.lasso(X, y, lams[-1], max_sweeps=2)
    assert s.lasso_path(X, y, lams, max_sweeps=2)[-1] == pytest.approx(s.lasso(X, y, lams[-1]).w, abs=1e-9)
    assert s.lasso_path(X, y, lams[::-1], max_sweeps=2)[0] == pytest.approx(s.lasso(X, y, lams[-1]).w, abs=1e-9)


# Two weights


def definite(seed, correlation):
    scales = np.random.default_rng(seed).uniform(0.3, 3, 2)
    return scales[0] ** 2, correlation * scales[0] * scales[1], scales[1] ** 2


PAIRS = dict(
    seed=st.integers(0, 20),
    correlation=st.floats(-0.99, 0.99),
    c1=st.floats(-5, 5),
    c2=st.floats(-5, 5),
    lam_l1=STRENGTHS.filter(lambda lam: lam < 20),
    lam_l2=STRENGTHS,
)


@settings(max_examples=400)
@given(**PAIRS)
def test_pair_is_optimal(seed, correlation, c1, c2, lam_l1, lam_l2):
    a11, a12, a22 = definite(seed, correlation)
    w1, w2 = s.elastic_net_pair(a11, a12, a22, c1, c2, lam_l1, lam_l2)
    for w, pull in (
        (w1, 2 * (c1 - a11 * w1 - a12 * w2 - lam_l2 * w1)),
        (w2, 2 * (c2 - a12 * w1 - a22 * w2 - lam_l2 * w2)),
    ):
        low, high = s.l1_subdifferential(w, lam_l1)
        assert low - 1e-10 <= pull <= high + 1e-10
    assert type(w1) is type(w2) is float


@given(**PAIRS)
def test_pair_is_the_many_variable_fit(seed, correlation, c1, c2, lam_l1, lam_l2):
    """X = (C, -C) / sqrt(2) has X^T X = C^T C and centred columns."""
    a11, a12, a22 = definite(seed, correlation)
    C = np.linalg.cholesky([[a11, a12], [a12, a22]]).T / np.sqrt(2)
    target = np.linalg.solve(C.T, [c1, c2]) / 2
    X, y = np.vstack([C, -C]), np.concatenate([target, -target])
    fit = s.elastic_net(X, y, lam_l1, lam_l2)
    assert s.elastic_net_pair(a11, a12, a22, c1, c2, lam_l1, lam_l2) == pytest.approx(fit.w, abs=1e-7)


def test_pair_by_hand():
    assert s.elastic_net_pair(1, 0, 1, 3, -2, 0, 0) == [3, -2]
    assert s.elastic_net_pair(1, 0, 1, 3, -2, 2, 0) == [2, -1]
    assert s.elastic_net_pair(1, 0, 1, 3, -2, 2, 1) == [1, -0.5]
    assert s.elastic_net_pair(1, 0, 1, 3, -2, 4, 0) == [1, 0]
    assert s.elastic_net_pair(1, 0, 1, 2, -3, 4, 0) == [0, -1]
    assert s.elastic_net_pair(1, 0, 1, 3, -2, 6, 0) == [0, 0]
    assert s.elastic_net_pair(2, 1, 2, 5, 4, 0, 0) == [2, 1]
    assert s.elastic_net_pair(2, 1, 2, 6, 5, 2, 0) == [2, 1]
    # Strong correlation: the second feature alone would matter, next to the first it does not.
    assert s.elastic_net_pair(1, 0.9, 1, 3, 2, 1, 0) == [2.5, 0]
    assert s.elastic_net_pair(1, 0.9, 1, 2, 3, 1, 0) == [0, 2.5]


@example(0.91, -4.9, 3.9)
@given(st.floats(-0.99, 0.99), st.floats(-5, 5), st.floats(0.01, 5))
def test_pair_keeps_the_signs_it_found_where_rounding_would_cross_0(correlation, c2, lam):
    """At the border of the zone where a weight is 0 the linear system answers with rounding: it may be 0, not of the other sign."""
    alone2 = s.soft_threshold(c2, lam / 2)
    border = correlation * alone2 + lam / 2
    for beside in (border, np.nextafter(border, 9), np.nextafter(border, -9)):
        pull = beside - correlation * alone2
        first, _ = s.elastic_net_pair(1, correlation, 1, beside, c2, lam, 0)
        _, second = s.elastic_net_pair(1, correlation, 1, c2, beside, lam, 0)
        for weight in (first, second):
            assert weight == 0 or (weight > 0) == (pull > 0)
            assert weight == pytest.approx(0, abs=1e-13)


@pytest.mark.parametrize(
    ("a11", "a12", "a22", "lam_l2"),
    [
        (1, 1, 1, 0),
        (1, -2, 1, 0),
        (-1, 0, -1, 0),
        (0, 0, 1, 0),
        (1, 0, 0, 0),
        (-3, 0, -3, 2),
        (1, 2, 1, 1),
        (-1, 0, 2, 1),
    ],
)
def test_pair_refuses_what_has_no_single_minimiser(a11, a12, a22, lam_l2):
    with pytest.raises(ValueError, match="positive definite"):
        s.elastic_net_pair(a11, a12, a22, 1, 1, 1, lam_l2)


def test_squared_l2_makes_a_singular_pair_definite():
    """Two equal features share the weight."""
    w1, w2 = s.elastic_net_pair(1, 1, 1, 3, 3, 2, 0.5)
    assert w1 == w2 == pytest.approx(2 / 2.5)


@given(st.integers(0, 20), st.floats(0.2, 1.5))
def test_penalty_and_bound_are_one_but_the_match_depends_on_the_data(seed, share):
    """Among all weights with no larger L1 norm, the lasso's has the smallest error."""
    X, y = problem(seed)
    fit = s.lasso(X, y, share * s.lam_max(X, y))
    error = s.sum_squared_errors(fit.w, fit.b, X, y)
    bound = np.abs(fit.w).sum()
    rng = np.random.default_rng(seed)
    for _ in range(20):
        other = fit.w + 0.1 * rng.normal(size=4)
        other *= min(1, bound / np.abs(other).sum())
        assert s.sum_squared_errors(other, fit.b, X, y) >= error - 1e-7 * (1 + error)


@pytest.mark.parametrize("fit", [s.least_squares, lambda X, y: s.ridge(X, y, 0.5), lambda X, y: s.lasso(X, y, 0.5)])
def test_a_fit_predicts(fit):
    X, y = problem(3)
    model = fit(X, y)
    assert model.predict(X[:4]) == pytest.approx([model.w @ x + model.b for x in X[:4]], rel=1e-13)
    # The bias is free, so the errors of a fit add up to 0.
    assert np.sum(model.predict(X) - y) == pytest.approx(0, abs=1e-12 * np.abs(y).sum())
    with pytest.raises(ValueError, match="^w must have n_features = 1 as X has, got shape"):
        model.predict(X[:, :1])

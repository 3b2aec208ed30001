"""Data on which digits, features or minutes are easily lost: the right value, or an error that names the cause.

HARD_PROBLEMS=500 runs so many random problems instead of a few.
"""

import os
import tracemalloc
from fractions import Fraction

import numpy as np
import pytest

import shrinkage as s
from tests.shrinkage.test_solvers import problem

N_PROBLEMS = int(os.environ.get("HARD_PROBLEMS", "25"))


def hard_problem(seed):
    """(X, y, lam): correlated, more features than samples, twins a part in 1e8 apart, any scale, shifted, any strength."""
    rng = np.random.default_rng(seed)
    n_samples, n_features = int(rng.integers(2, 25)), int(rng.integers(1, 30))
    X = rng.normal(size=(n_samples, n_features))
    kind = rng.integers(4)
    if kind == 1:
        X = X @ rng.normal(size=(n_features, n_features))
    if kind == 2:
        X = X[:, :1] + rng.normal(size=X.shape) * 10 ** rng.uniform(-3, 0)
    if kind == 3:
        for j in range(1, n_features, 2):
            X[:, j] = X[:, j - 1] + 1e-8 * rng.normal(size=n_samples)
    y = X @ (rng.normal(size=n_features) * (rng.random(n_features) < 0.4))
    y += rng.normal(size=n_samples) * 10 ** rng.uniform(-3, 1)
    if rng.random() < 0.5:
        X = X * 10 ** rng.uniform(-8, 8, n_features)
    if rng.random() < 0.3:
        y = y * 10 ** rng.uniform(-8, 8)
    if rng.random() < 0.3:
        X = X + 10 ** rng.uniform(0, 4) * X.std(axis=0)
    if rng.random() < 0.3:
        y = y + 10 ** rng.uniform(0, 8) * y.std()
    shares = (0.0, 1.0, 10 ** rng.uniform(-14, 0), rng.random(), *10 ** rng.uniform(-3, 0, 2))
    return X, y, shares[rng.integers(6)] * s.lam_max(X, y)


def exactly(X, y):
    """The columns and the target, centred, in fractions: no digit is lost."""
    columns = [[Fraction(float(value)) for value in column] for column in (*X.T, y)]
    return [[value - sum(column) / len(column) for value in column] for column in columns]


def exact_excess(fit, X, y, lam):
    """What the fit's objective exceeds a lower bound of the minimum by, as a share of y . y, in exact arithmetic.

    The bound is the dual's at residuals near those of the fit: any point is allowed, so rounding in finding it is no
    matter, and whether it is feasible is decided in fractions.
    """
    *columns, target = exactly(X, y)
    w, lam = [Fraction(float(one)) for one in fit.w], Fraction(lam)
    active = [j for j, one in enumerate(w) if one]
    residual = [t - sum(w[j] * columns[j][i] for j in active) for i, t in enumerate(target)]
    objective = sum(r * r for r in residual) + lam * sum(map(abs, w))
    theta = exactly_balanced(residual, [columns[j] for j in active], [lam if w[j] > 0 else -lam for j in active])
    pulls = [2 * sum(x * r for x, r in zip(column, theta)) for column in columns]
    steepest = max(map(abs, pulls))
    share = min(Fraction(1), lam / steepest) if steepest else Fraction(1)
    theta = [share * r for r in theta]
    bound = 2 * sum(r * t for r, t in zip(theta, target)) - sum(r * r for r in theta)
    return float((objective - bound) / sum(t * t for t in target))


def exactly_balanced(residual, columns, wanted):
    """The residuals nearest to these whose pull 2 x_j . r is what is wanted, by elimination; dependent columns are skipped."""
    basis, theta = [], list(residual)
    for column, pull in zip(columns, wanted):
        rest, goal = list(column), pull / 2
        for other, aim, square in basis:
            share = sum(a * b for a, b in zip(rest, other)) / square
            rest, goal = [a - share * b for a, b in zip(rest, other)], goal - share * aim
        square = sum(a * a for a in rest)
        if square:
            basis.append((rest, goal, square))
            off = (sum(a * r for a, r in zip(rest, theta)) - goal) / square
            theta = [r - off * a for r, a in zip(theta, rest)]
    return theta


@pytest.mark.parametrize("seed", range(N_PROBLEMS))
def test_a_random_hard_problem_is_solved_and_certified(seed):
    X, y, lam = hard_problem(seed)
    fit = s.lasso(X, y, lam)
    null_error = np.sum((y - y.mean()) ** 2)
    # What the certificate says of weights so large that rounding moves the objective is that rounding.
    rounding = 1e-14 * float(np.abs(fit.w) @ (np.linalg.norm(X - X.mean(axis=0), axis=0))) * np.sqrt(null_error)
    assert -1e-12 * null_error <= fit.duality_gap <= 1e-10 * null_error + rounding
    assert exact_excess(fit, X, y, lam) <= max(1e-9, fit.duality_gap / null_error)
    assert fit.n_sweeps < 200
    if lam >= s.lam_max(X, y):
        assert not fit.w.any()


# Units and offsets


@pytest.mark.parametrize(
    "fit",
    [s.least_squares, lambda X, y: s.ridge(X, y, 0.0), lambda X, y: s.lasso(X, y, 0.0)],
    ids=["least squares", "ridge", "lasso"],
)
def test_a_small_feature_beside_time_stamps_keeps_its_weight(fit):
    """Nanoseconds since 1970 beside a feature of size 1: in one matrix their sizes differ by 1e18."""
    rng = np.random.default_rng(0)
    X = np.column_stack([1.7e18 + 1e15 * np.arange(20.0), rng.normal(size=20)])
    y = 3e-15 * (X[:, 0] - 1.7e18) - 2 * X[:, 1] + 7
    assert fit(X, y).w == pytest.approx([3e-15, -2], rel=1e-10)
    assert s.ridge_path(X, y, [0.0, 1e-6])[1] == pytest.approx([3e-15, -2], rel=1e-6)
    assert s.lasso_knots(X, y)[1][-1] == pytest.approx([3e-15, -2], rel=1e-10)


def test_the_shortest_minimiser_is_found_whatever_the_sizes_of_columns():
    """X w = y has many solutions; the shortest is X^T u, here in fractions for two centred samples: w_j = x_j y / |x|^2."""
    x = np.array([1e-8, 1.0, 3e5, 2e8])
    fit = s.least_squares(np.array([x, -x]), [1.0, -1.0])
    assert fit.w == pytest.approx(x / np.sum(x * x), rel=1e-12)


@pytest.mark.parametrize("offset", [0.0, 1e4, -1e6])
@pytest.mark.parametrize("size", [1e-8, 1.0, 2.0**40])
@pytest.mark.parametrize("level", [0.0, 1e8])
def test_fits_and_knots_do_not_depend_on_offsets_and_units(offset, size, level):
    X, y = problem(3, 30, 5)
    moved, raised = (X + offset) * size, y + level
    # What the offsets leave of the digits.
    rel = 1e-13 * (10 + abs(offset) + level) / 0.1
    lams, weights = s.lasso_knots(X, y)
    moved_lams, moved_weights = s.lasso_knots(moved, raised)
    assert moved_lams / size == pytest.approx(lams, rel=rel, abs=rel * lams[0])
    assert moved_weights * size == pytest.approx(weights, abs=rel * np.abs(weights).max())
    assert moved_lams[0] == s.lam_max(moved, raised)
    lam = 0.1 * lams[0]
    assert s.lasso(moved, raised, lam * size).w * size == pytest.approx(s.lasso(X, y, lam).w, abs=rel * 10)
    assert s.ridge(moved, raised, 2 * size**2).w * size == pytest.approx(s.ridge(X, y, 2).w, abs=rel * 10)


@pytest.mark.parametrize("value", [0.1, 1e8 / 3, -7.7e300])
def test_a_constant_target_needs_no_feature(value):
    X, _ = problem(4, 15, 4)
    y = np.full(15, value)
    assert s.lam_max(X, y) == 0
    assert s.lasso_knots(X, y)[0].tolist() == [0]
    for fit in (s.lasso(X, y, 0.0), s.lasso(X, y, 1.0), s.least_squares(X, y), s.ridge(X, y, 1.0)):
        assert not fit.w.any() and fit.b == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize("value", [0.1, 1e8 / 3, 1e300])
def test_a_constant_feature_gets_no_weight(value):
    X, y = problem(5, 15, 4)
    wider = np.column_stack([X, np.full(15, value)])
    for fit in (s.least_squares, lambda X, y: s.ridge(X, y, 1e-9), lambda X, y: s.lasso(X, y, 1e-3)):
        assert fit(wider, y).w == pytest.approx([*fit(X, y).w, 0.0], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seed", range(40))
def test_at_lam_max_every_weight_is_exactly_0_and_the_first_knot_is_there(seed):
    X, y = problem(seed, 12, 3 + seed % 20)
    largest = s.lam_max(X, y)
    assert not s.lasso(X, y, largest).w.any()
    assert not s.lasso_path(X, y, [largest, 2 * largest]).any()
    for share in (0.999, 1 - 1e-6, 1 - 1e-9):
        assert np.count_nonzero(s.lasso(X, y, share * largest).w) == 1
    assert s.lasso_knots(X, y, largest / 2)[0][0] == largest


def test_no_certificate_of_a_useless_point():
    """The second column is 1e16 times the first and explains nothing; at w = 0 all of y can be gained by the first."""
    X = np.array([[1.0, 1e16], [-1.0, 1e16], [1.0, -1e16], [-1.0, -1e16]])
    y = X[:, 0].copy()
    assert s.lasso_duality_gap([0.0, 0.0], 0.0, X, y, 0.0) == pytest.approx(4, rel=1e-12)
    assert s.lasso(X, y, 0.0).w == pytest.approx([1, 0], abs=1e-15)


@pytest.mark.parametrize("share", [1e-11, 1e-12, 1e-13, 1e-15, 1e-18])
def test_a_strength_next_to_nothing_is_least_squares(share):
    X, y = problem(6, 40, 8)
    fit = s.lasso(X, y, share * s.lam_max(X, y))
    assert fit.w == pytest.approx(s.least_squares(X, y).w, rel=1e-7) and fit.n_sweeps < 20


def test_ridge_directions_refuse_sizes_in_which_features_would_be_lost():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(12, 3)) * [1e18, 1.0, 1.0]
    with pytest.raises(
        ValueError, match="^X must have columns of comparable sizes, got some that vary .*: standardise"
    ):
        s.ridge_directions(X, rng.normal(size=12))


def test_what_does_not_fit_into_a_float_is_named():
    with pytest.raises(ValueError, match="^X must be larger beside y: the weight of column 1 overflows$"):
        s.least_squares([[1.0, 0.0], [0.0, 1e-300], [3.0, 2e-300]], [1e100, 0.0, 2e100])
    for minimiser in (s.minimiser_l1, s.minimiser_squared_l2):
        for x, y in ((1e200, 1e200), (1e200, 1.0), (1e-160, 1e-170)):
            with pytest.raises(ValueError, match=r"^x, y, b and lam must be of sizes for which .*, got x = "):
                minimiser(x, y, 0.0, 1.0)
        with pytest.raises(ValueError, match="^x, y, b and lam must be of sizes"):
            minimiser([1.0, 1e200], 1e200, 0.0, 1.0)
        assert minimiser(1e150, 1e-150, 1e-150, 1e300) == 0


# Kinds of arrays


def test_masked_entries_are_refused_and_masks_without_any_are_not():
    X, y = problem(7, 10, 3)
    masked = np.ma.array(X, mask=np.arange(30).reshape(10, 3) % 7 == 0)
    for call in (lambda: s.lasso(masked, y, 1.0), lambda: s.standardise(masked)):
        with pytest.raises(ValueError, match="^X must be .*, got a masked array with 5 masked entries: fill or drop"):
            call()
    with pytest.raises(ValueError, match="^w must be .* masked"):
        s.l1(np.ma.array([1.0, 2.0], mask=[True, False]), 1.0)
    assert s.ridge(np.ma.array(X), y, 1.0).w.tolist() == s.ridge(X, y, 1.0).w.tolist()


def test_features_may_be_truth_values():
    rng = np.random.default_rng(2)
    X, y = rng.random((20, 3)) < 0.5, rng.normal(size=20)
    assert s.lasso(X, y, 0.5).w.tolist() == s.lasso(X * 1.0, y, 0.5).w.tolist()
    assert s.standardise(X)[0].tolist() == s.standardise(X * 1.0)[0].tolist()
    with pytest.raises(ValueError, match="^y must be an array of finite numbers"):
        s.lasso(X, y > 0, 0.5)


# Memory


@pytest.mark.parametrize("shape", [(200, 2000), (2000, 200)])
def test_the_lasso_needs_less_than_three_times_the_memory_of_its_data(shape):
    rng = np.random.default_rng(3)
    X = rng.normal(size=shape)
    y = X[:, :5].sum(axis=1) + rng.normal(size=shape[0])
    lam = 0.1 * s.lam_max(X, y)
    tracemalloc.start()
    fit = s.lasso(X, y, lam)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert fit.w.any() and peak < 3 * X.nbytes

"""What the page on pushing to zero claims."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures import given as chosen
from figures._diabetes import diabetes
from shrinkage import (
    L1,
    data_pull,
    drop_small,
    l1_subdifferential,
    l1_subgradient,
    lam_max,
    lasso,
    linear_model,
    loss_l1,
    loss_squared_l2,
    loss_squared_l2_slope,
    minimiser_l1,
    minimiser_plain,
    minimiser_squared_l2,
    objective,
    orthonormal_lasso,
    orthonormal_ridge,
    predict,
    ridge,
    soft_threshold,
    squared_error_slope,
    standardise,
    subgradient_descent,
    sum_squared_errors_gradient,
    unstandardise_coefficients,
    update_l1,
    update_squared_l2,
)
from tests.claims.draws import ridge_zeros, values
from tests.claims.exact import assume, cases, exhaustive, proved
from tests.claims.optimal import KINDS, assert_lasso, assert_ridge, centred, problem, problems
from tests.claims.pages import quoted


@proved(wrong=("<= lam", "< lam"))
def test_l1_minimiser_is_zero_iff_the_pull_fits(x, y, b, lam, w):
    assume(x != 0, lam > 0)
    fits = abs(data_pull(x, y, b)) <= lam
    assert (minimiser_l1(x, y, b, lam) == 0) == fits
    # The data pull against the slope of the error; where the pull fits, no weight costs less than zero.
    assert data_pull(x, y, b) == -squared_error_slope(0, x, y, b)
    cases(w > 0)
    if fits:
        assert loss_l1(w, x, y, b, lam) >= loss_l1(0, x, y, b, lam)


@proved(wrong=("data_pull(x, y, b) == 0", "data_pull(x, y, b) <= 0"))
def test_squared_l2_minimiser_is_zero_iff_no_pull(x, y, b, lam, off):
    assume(x != 0, lam > 0)
    best = minimiser_squared_l2(x, y, b, lam)
    assert (best == 0) == (data_pull(x, y, b) == 0)
    assert orthonormal_ridge(y, lam) == minimiser_squared_l2(1, y, 0, lam)
    assert loss_squared_l2(best + off, x, y, b, lam) >= loss_squared_l2(best, x, y, b, lam)


@proved(wrong=("abs(pull) > lam", "abs(pull) >= lam"))
def test_a_strong_pull_keeps_l1_away_from_zero(x, y, b, lam):
    pull = data_pull(x, y, b)
    assume(x != 0, lam > 0, abs(pull) > lam)
    # Not zero, and on the side that the data pull to.
    assert minimiser_l1(x, y, b, lam) * pull > 0


@proved(wrong=("assume(pull != 0)", "assume(pull == pull)"))
def test_any_pull_moves_squared_l2_off_zero(x, y, b, lam, eta):
    assume(x != 0, lam > 0, eta > 0)
    pull = data_pull(x, y, b)
    slope = squared_error_slope(0, x, y, b)
    # At zero the penalty has no slope: the first step is that of the data alone.
    assert loss_squared_l2_slope(0, x, y, b, lam) == slope == -pull
    assume(pull != 0)
    after = update_squared_l2(0, slope, lam, eta)
    assert after == eta * pull
    assert minimiser_squared_l2(x, y, b, lam) * pull > 0
    # There it begins to answer, against the pull.
    assert (loss_squared_l2_slope(after, x, y, b, lam) - squared_error_slope(after, x, y, b)) * pull > 0


@proved(wrong=("<= lam)", "<= 2 * lam)"))
def test_l1_balances_any_pull_up_to_lambda(x, y, b, lam):
    assume(lam > 0)
    pull = data_pull(x, y, b)
    low, high = l1_subdifferential(0, lam)
    # One of the slopes is the pull itself.
    assert ((low <= pull) & (pull <= high)) == (abs(pull) <= lam)
    assert (low, high) == (-lam, lam)


@proved(wrong=("lam / 2", "lam"))
def test_the_threshold_is_one_dimensional(x, y, b, lam):
    assume(x != 0, lam >= 0)
    assert (minimiser_l1(x, y, b, lam) == 0) == (abs(x * (y - b)) <= lam / 2)


@given(
    problem=problems,
    others=st.lists(values, min_size=6, max_size=6),
    b=values,
    share=st.floats(0.05, 3),
    j=st.integers(0, 3),
)
def test_each_lasso_weight_has_its_own_threshold(problem, others, b, share, j):
    X, y = problem
    w = np.insert(np.array(others)[: X.shape[1] - 1], j, 0.0)
    pull = 2 * X[:, j] @ (y - linear_model(X, w, b))
    lam = share * abs(pull)
    at_zero = objective(w, b, X, y, L1(lam))
    moved = w.copy()
    if share >= 1:
        # Convex in w_j: no lower on either side of 0, near or far.
        for step in (1e-3, -1e-3, 0.1, -0.1, 3.0, -3.0):
            moved[j] = step
            assert objective(moved, b, X, y, L1(lam)) >= at_zero * (1 - 1e-12)
    else:
        # The minimum of a parabola with that slope and the curvature 2 |x_j|^2.
        excess, square = abs(pull) - lam, X[:, j] @ X[:, j]
        moved[j] = np.sign(pull) * excess / (2 * square)
        gain = excess**2 / (4 * square)
        assert at_zero - objective(moved, b, X, y, L1(lam)) == pytest.approx(gain, abs=1e-9 * at_zero)
    # And in a certified fit.
    lam = min(share, 1) * lam_max(X, y)
    fit = lasso(X, y, lam)
    assert_lasso(fit, X, y, lam)
    pulls = 2 * X.T @ (y - linear_model(X, fit.w, fit.b))
    rounding = 1e-4 * np.linalg.norm(X, 2) * np.linalg.norm(y - y.mean())
    assert np.all(np.abs(pulls[fit.w == 0]) <= lam + rounding)
    assert np.all(np.abs(pulls[fit.w != 0]) >= lam - rounding)


@given(problem=problems, beyond=st.floats(1.0001, 100))
def test_above_lam_max_all_weights_are_zero(problem, beyond):
    X, y = problem
    A, target = centred(X, y)
    strength = np.max(np.abs(2 * A.T @ target))
    assert lam_max(X, y) == pytest.approx(strength, rel=1e-9)
    # From there on, and no sooner; at the strength itself the last bit of a sum decides.
    for factor in (1.0001, beyond):
        assert not lasso(X, y, factor * strength).w.any()
    assert lasso(X, y, 0.999 * strength).w.any()


@given(kind=st.sampled_from(KINDS), seed=st.integers(0, 50), log_share=st.floats(-3, 2), j=st.integers(0, 3))
def test_ridge_zeroes_only_by_accident(kind, seed, log_share, j):
    X, y = problem(kind, seed)
    A, _ = centred(X, y)
    n_features = X.shape[1]
    at = 10**log_share * np.linalg.norm(A, 2) ** 2
    fit = ridge(X, y, at)
    assert_ridge(fit, X, y, at)
    assert np.all(fit.w != 0)
    # A weight is a row of this matrix times y. No row is zero, so it takes targets on a plane to make the weight 0.
    row = np.linalg.solve(A.T @ A + at * np.eye(n_features), A.T)[j]
    assert row @ row > 0
    y = y - row * (row @ y) / (row @ row)
    scale = np.abs(row) @ np.abs(y)
    # On that plane there is such an accident, and to one side of it as to the other the weight is not 0.
    assert ridge(X, y, at).w[j] == pytest.approx(0, abs=1e-9 * scale)
    zeros = np.sort(ridge_zeros(X, y, j))
    assert len(zeros) < n_features and np.min(np.abs(np.log(zeros / at))) < 1e-4
    between = np.concatenate([zeros[:1] / 2, np.sqrt(zeros[1:] * zeros[:-1]), 2 * zeros[-1:]])
    assert all(ridge(X, y, lam).w[j] != 0 for lam in between)
    # The slope of the weight in lam is not 0 there, so it passes.
    below, above = (ridge(X, y, share * at).w[j] for share in (0.99, 1.01))
    assert below * above < 0


@given(seed=st.integers(0, 1000), factor=st.floats(1e-3, 1e3), shift=values)
def test_a_standardised_feature_forgets_its_unit(seed, factor, shift):
    x = np.random.default_rng(seed).standard_normal((30, 1))
    as_measured, elsewhere = (standardise(numbers)[0] for numbers in (x, factor * x + shift))
    assert np.std(as_measured) == pytest.approx(1) and np.mean(as_measured) == pytest.approx(0, abs=1e-12)
    # Adding a shift to small numbers rounds them at the size of the shift.
    assert elsewhere == pytest.approx(as_measured, abs=1e-13 * (1 + abs(shift) / factor))
    # Nothing is lost: the numbers can be had back.
    Z, mean, scale = standardise(x)
    assert Z * scale + mean == pytest.approx(x) and scale == pytest.approx(np.std(x))


@given(seed=st.integers(0, 1000), w=st.lists(values, min_size=6, max_size=6).map(np.array), j=st.integers(0, 5))
def test_dropping_small_weights_on_standardised_features_loses_little(seed, w, j):
    # Features that go together as they like, each with a spread of one.
    draw = np.random.default_rng(seed)
    X = standardise(draw.standard_normal((40, 6)) @ draw.standard_normal((6, 6)))[0]
    without = np.where(np.arange(6) == j, 0.0, w)
    assert np.std(linear_model(X, w, 1.0) - linear_model(X, without, 1.0)) == pytest.approx(abs(w[j]), abs=1e-12)


def test_what_the_article_drops_is_a_small_share():
    """Its model on all sign patterns: features of mean 0 and variance 1 that vary independently."""
    w = np.array(chosen.SIX_WEIGHTS)
    X = np.array(list(product((-1.0, 1.0), repeat=len(w))))
    kept = drop_small(w, chosen.SIX_THRESHOLD)
    assert np.array_equal(kept, [weight if abs(weight) > chosen.SIX_THRESHOLD else 0 for weight in w])
    # What is exactly as large goes too.
    assert drop_small([0.25, -0.25, 0.5], 0.25).tolist() == [0, 0, 0.5]
    assert quoted("six_variables.dropped") == (np.flatnonzero(kept == 0) + 1).tolist()
    prediction = linear_model(X, w, chosen.SIX_BIAS)
    lost = np.std(prediction - linear_model(X, kept, chosen.SIX_BIAS))
    assert quoted("six_variables.share_standardised") == pytest.approx(lost / np.std(prediction))


@proved(wrong=("w / times", "w * times"))
def test_a_unit_can_make_any_weight_small(x, w, b):
    times = quoted("given.spread")
    assert times == chosen.SPREAD > 1
    assert predict(times * x, w / times, b) == predict(x, w, b)
    assert abs(w / times) <= abs(w)
    # The translation of a model back from standardised features is of the same kind.
    scale = np.array([times, 1.0])
    back, bias = unstandardise_coefficients(np.array([2.0, 3.0]), 0.5, np.array([4.0, 5.0]), scale)
    assert back.tolist() == [2.0 / times, 3.0] and bias == pytest.approx(0.5 - 2 * 4 / times - 15)


@proved(wrong=("pull != 0", "pull == pull"))
def test_the_lasso_depends_on_the_units(x, y, b, lam):
    pull = data_pull(x, y, b)
    assume(x != 0, lam > 0, pull != 0)
    dropped = minimiser_l1(x, y, b, lam) == 0
    if dropped:
        times = 2 * lam / abs(pull)
        assert minimiser_l1(times * x, y, b, lam) != 0


def test_the_lasso_keeps_other_features_in_another_unit():
    """The claim above with many features, by the unit that the page speaks of."""
    X, y = problem("tall", 3)
    lam = 0.5 * lam_max(X, y)
    fit = lasso(X, y, lam)
    dropped = int(np.flatnonzero(fit.w == 0)[0])
    scaled = X.copy()
    scaled[:, dropped] *= chosen.SPREAD
    assert lasso(scaled, y, lam).w[dropped] != 0


@proved(wrong=("2 * eta * lam\n", "eta * lam\n"))
def test_subgradient_descent_leaves_small_numbers(x, y, b, lam, eta, w):
    # Where zero is best and steps are short enough for the error.
    assume(x != 0, lam > 0, eta > 0, abs(data_pull(x, y, b)) <= lam, 2 * eta * x * x <= 1)
    reach = 2 * eta * lam
    after = update_l1(w, squared_error_slope(w, x, y, b), lam, eta)
    if abs(w) <= reach:
        # Once near, the weight stays near.
        assert abs(after) <= reach
    else:
        # From farther away it comes nearer by at least this share of the way, or is near.
        cases(w > 0)
        assert (abs(after) <= (1 - 2 * eta * x * x) * abs(w)) | (abs(after) <= reach)


@exhaustive(wrong=("ratio == np.floor(ratio)", "2 * ratio == np.floor(2 * ratio)"), lam=(1, 0.5), eta=(0.5, 0.25))
def test_subgradient_steps_land_on_zero_by_luck(w, lam, eta):
    # Weights from a sixteenth of a step to 24 steps away: nearer ones are rounded away when a step goes past zero.
    length = eta * lam
    w = w[np.asarray((abs(w) >= length / 16) * (abs(w) <= 24 * length), dtype=bool)]
    now = w
    for _ in range(26):
        now = update_l1(now, np.float16(0), lam, eta)
    ratio = np.asarray(abs(w) / length, dtype=float)
    assert np.array_equal(np.asarray(now) == 0, ratio == np.floor(ratio))
    # The others jump from one side to the other for ever, a step apart.
    other = update_l1(now, np.float16(0), lam, eta)
    assert np.all((now == 0) | (np.sign(other) == -np.sign(now)))
    assert np.array_equal(update_l1(other, np.float16(0), lam, eta), now)


def test_what_long_steps_leave_may_exceed_what_ought_to_stay():
    data = diabetes()
    Z, y = standardise(data["X"])[0], data["y"] - np.mean(data["y"])
    lam = 0.08 * lam_max(Z, y)
    fit = lasso(Z, y, lam)
    assert_lasso(fit, Z, y, lam)
    dropped = fit.w == 0
    assert dropped.any() and not dropped.all()

    def subgradient(w):
        return sum_squared_errors_gradient(w, 0.0, Z, y)[0] + l1_subgradient(w, lam)

    # Half as long as the error alone would bear.
    eta = 0.5 / np.linalg.norm(Z, 2) ** 2
    last = subgradient_descent(subgradient, np.zeros(len(dropped)), eta, 2000)[-200:]
    assert np.abs(last[:, dropped]).max() > np.abs(fit.w[~dropped]).min()
    # With steps a hundred times shorter it is not so, but zero they are no more.
    last = subgradient_descent(subgradient, fit.w, eta / 100, 2000)[-200:]
    assert np.all(last[:, dropped] != 0)
    assert np.abs(last[:, dropped]).max() < np.abs(fit.w[~dropped]).min()


@exhaustive(wrong=("<= lam / 2", "< lam / 2"), lam=(0.1, 1, 3, 20))
def test_a_lasso_solver_leaves_exact_zeros(w, lam):
    # One weight: what the data ask of it, in the place of x r with x = 1.
    one, nothing = np.float16(1), np.float16(0)
    zero = np.asarray(abs(w) <= lam / 2, dtype=bool)
    for fit in (minimiser_l1(one, w, nothing, lam), soft_threshold(w, lam / 2), orthonormal_lasso(w, lam)):
        assert np.array_equal(np.asarray(fit) == 0, zero)
    # Many weights, and a solver.
    for kind in KINDS:
        X, y = problem(kind, 1)
        strength = float(lam) / 50 * lam_max(X, y)
        solved = lasso(X, y, strength)
        pulls = 2 * X.T @ (y - linear_model(X, solved.w, solved.b))
        held = np.abs(pulls) < 0.999 * strength
        assert np.all(solved.w[held] == 0)
        assert lam < 20 or kind != "tall" or held.any()


@given(problem=problems, small=st.floats(1e-9, 1e-2))
def test_squared_l2_comes_as_close_as_you_like(problem, small):
    X, y = problem
    A, target = centred(X, y)
    # (X^T X + lam I)^-1 is at most 1 / lam in size.
    lam = np.linalg.norm(A.T @ target) / small
    for strength in (lam, 10 * lam):
        fit = ridge(X, y, strength)
        assert_ridge(fit, X, y, strength)
        assert np.abs(fit.w).max() <= small


@proved(wrong=("lam / (2 * x * x)", "lam / (x * x)"))
def test_l1_lags_by_a_constant_beyond_the_threshold(x, y, b, lam):
    assume(x != 0, lam > 0)
    pull = data_pull(x, y, b)
    best = minimiser_l1(x, y, b, lam)
    # Up to the threshold it stays at zero.
    assert (best == 0) == (abs(pull) <= lam)
    if abs(pull) > lam:
        cases(x > 0, pull > 0)
        lag = minimiser_plain(x, y, b) - best
        assert abs(lag) == lam / (2 * x * x)
        assert lag * pull > 0

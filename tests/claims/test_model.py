"""What the page on the model and its losses claims."""

import numpy as np
import pytest
from hypothesis import assume as only_where
from hypothesis import given
from hypothesis import strategies as st

from figures import given as chosen
from shrinkage import (
    L1,
    HalfSquaredL2,
    SquaredL2,
    half_squared_l2_gradient,
    l1,
    l1_subdifferential,
    l1_subgradient,
    lam_that_zeroes,
    lasso,
    least_squares,
    linear_model,
    loss_l1,
    loss_squared_l2,
    minimiser_l1,
    minimiser_plain,
    minimiser_squared_l2,
    objective,
    predict,
    ridge,
    sign,
    soft_threshold,
    squared_error,
    squared_error_bias_slope,
    squared_error_slope,
    squared_l2_gradient,
    sum_squared_errors,
    sum_squared_errors_gradient,
    update_l1,
    update_plain,
    update_squared_l2,
)
from tests.claims.draws import data, features, strengths, values
from tests.claims.exact import assume, cases, proved
from tests.claims.optimal import assert_lasso, assert_least_squares, assert_ridge, centred, problems
from tests.claims.pages import quoted

vectors = st.lists(values, min_size=7, max_size=7).map(np.array)


@given(problem=problems, w=vectors, b=values)
def test_without_strength_all_three_losses_agree(problem, w, b):
    X, y = problem
    w = w[: X.shape[1]]
    error = np.sum((y - X @ w - b) ** 2)
    for penalty in (L1, SquaredL2):
        assert objective(w, b, X, y, penalty(0.0)) == sum_squared_errors(w, b, X, y) == pytest.approx(error)
        assert objective(w, b, X, y, penalty(1.0)) == pytest.approx(
            error + (np.sum(np.abs(w)) if penalty is L1 else w @ w)
        )
    # So do the fits, where there is but one; where there are many, they are all as good.
    plain = least_squares(X, y)
    assert_least_squares(plain, X, y)
    assert_least_squares(ridge(X, y, 0.0), X, y)
    fit = lasso(X, y, 0.0)
    least = sum_squared_errors(plain.w, plain.b, X, y)
    assert sum_squared_errors(fit.w, fit.b, X, y) == pytest.approx(least, abs=1e-9 * np.sum((y - y.mean()) ** 2))


@given(
    problem=problems, lam=st.floats(0.1, 30), off=vectors, size=st.sampled_from((1e-3, 0.1, 10)), share=st.floats(0, 1)
)
def test_a_penalty_matches_a_bound_on_the_norm(problem, lam, off, size, share):
    X, y = problem
    for fit, optimal, norm in (
        (lasso(X, y, lam), assert_lasso, 1),
        (ridge(X, y, lam), assert_ridge, 2),
    ):
        optimal(fit, X, y, lam)
        bound = np.linalg.norm(fit.w, norm)
        # Some other weights, near or far, brought within the bound or onto it.
        w = fit.w + size * off[: len(fit.w)]
        w = w * min(1.0, bound / max(np.linalg.norm(w, norm), 1e-300)) * (1 - share / 10)
        assert np.linalg.norm(w, norm) <= bound * (1 + 1e-12)
        b = float(np.mean(y - X @ w))
        # Less by no more than the lasso is certified for.
        least = sum_squared_errors(fit.w, fit.b, X, y)
        assert sum_squared_errors(w, b, X, y) >= least - 1e-9 * np.sum((y - y.mean()) ** 2)


@proved(wrong=("farther > r", "farther >= r"))
def test_the_matching_bound_depends_on_the_data(x, r, farther, lam):
    # The bound is the size of the minimiser; the mirror image serves where the data pull to the other side.
    assume(x > 0, lam > 0, farther > r)
    if x * r > lam / 2:
        assert abs(minimiser_l1(x, farther, 0, lam)) > abs(minimiser_l1(x, r, 0, lam))
        assert minimiser_l1(x, -r, 0, lam) == -minimiser_l1(x, r, 0, lam)
    if r > 0:
        assert abs(minimiser_squared_l2(x, farther, 0, lam)) > abs(minimiser_squared_l2(x, r, 0, lam))
        assert minimiser_squared_l2(x, -r, 0, lam) == -minimiser_squared_l2(x, r, 0, lam)


@given(first=vectors, second=vectors, i=st.integers(0, 6), lam=strengths)
def test_each_weight_is_pulled_by_its_own_term(first, second, i, lam):
    second[i] = first[i]
    own = first[i]
    for penalty, slope, pull in (
        (L1, l1_subgradient, lam * np.sign(own)),
        (SquaredL2, squared_l2_gradient, 2 * lam * own),
        (HalfSquaredL2, half_squared_l2_gradient, lam * own),
    ):
        pulls = [penalty(lam).subgradient(w)[i] for w in (first, second)]
        assert pulls[0] == pulls[1] == slope(own, lam) == pytest.approx(pull)
        # And that is the slope of the sum of all terms: a central difference is exact for squares, and for sizes but at 0.
        step = min(abs(own) / 2, 1.0) or 1.0
        moved = step * (np.arange(7) == i)
        rise = (penalty(lam).value(first + moved) - penalty(lam).value(first - moved)) / (2 * step)
        if abs(own) > 1e-3:
            assert rise == pytest.approx(pull, rel=1e-9, abs=1e-12 * penalty(lam).value(np.abs(first) + 1) / step)


@given(problem=problems, others=vectors, j=st.integers(0, 3), lam=strengths, off=values)
def test_the_best_weight_holds_while_the_others_stay(problem, others, j, lam, off):
    """The formulas for one weight, with x^2 and x r summed over the samples and r what the others leave over."""
    X, y = problem
    w = others[: X.shape[1]].copy()
    w[j] = 0.0
    x, r = X[:, j], y - X @ w
    # Many samples of one feature pull like one sample of the length of x.
    length = np.linalg.norm(x)
    as_one = (length, x @ r / length, 0.0, lam)
    for penalty, minimiser in ((L1, minimiser_l1), (SquaredL2, minimiser_squared_l2)):
        best = w.copy()
        best[j] = minimiser(*as_one)
        pull = -sum_squared_errors_gradient(best, 0.0, X, y)[0][j]
        # Optimal in w_j: the pull of the data is one of the slopes of the penalty.
        low, high = l1_subdifferential(best[j], lam) if penalty is L1 else (2 * lam * best[j],) * 2
        scale = lam * (1 + abs(best[j])) + np.abs(x) @ (np.abs(y) + np.abs(X) @ np.abs(best))
        assert low - 1e-11 * scale <= pull <= high + 1e-11 * scale
        moved = best.copy()
        moved[j] += off
        least = objective(best, 0.0, X, y, penalty(lam))
        assert objective(moved, 0.0, X, y, penalty(lam)) >= least * (1 - 1e-12)


def test_once_the_others_move_the_best_weight_is_another():
    """What the claim above does not say: where all weights are at their best, each is the best beside the others alone."""
    X, y = data()
    X = X + X[:, [0]]
    A, target = centred(X, y)
    alone = [minimiser_squared_l2(np.linalg.norm(x), x @ target / np.linalg.norm(x), 0.0, 5.0) for x in A.T]
    assert np.abs(ridge(X, y, 5.0).w - alone).max() > 0.1


@proved(wrong=("2 * eta * lam * w", "eta * lam * w"))
def test_the_penalty_moves_alike_beside_any_error(w, slope, lam, eta):
    # The slope of the error is any number, whatever the error is.
    assume(lam >= 0, eta > 0)
    assert update_l1(w, slope, lam, eta) - update_plain(w, slope, eta) == -eta * lam * sign(w)
    assert update_squared_l2(w, slope, lam, eta) - update_plain(w, slope, eta) == -(2 * eta * lam * w)
    assert update_plain(w, slope, eta) == w - eta * slope


@proved(wrong=("2 * step * squared_error_bias_slope", "step * squared_error_bias_slope"))
def test_the_bias_feels_the_error_alone(w, x, y, b, lam, step):
    # The error is a parabola in b, so its central difference over any step is its slope; no penalty takes part.
    for loss in (loss_l1, loss_squared_l2):
        difference = loss(w, x, y, b + step, lam) - loss(w, x, y, b - step, lam)
        assert difference == 2 * step * squared_error_bias_slope(w, x, y, b)


@given(problem=problems, shift=values, w=vectors, b=values, lam=strengths)
def test_a_free_bias_makes_weights_ignore_the_origin(problem, shift, w, b, lam):
    X, y = problem
    w = w[: X.shape[1]]
    # Any weights lose as much as before when the bias takes the constant, so those that lose least do.
    for penalty in (L1, SquaredL2):
        before = objective(w, b, X, y, penalty(lam))
        assert objective(w, b + shift, X, y + shift, penalty(lam)) == pytest.approx(before, rel=1e-9)
    for solve, optimal in ((lasso, assert_lasso), (ridge, assert_ridge)):
        fit, moved = solve(X, y, lam), solve(X, y + shift, lam)
        optimal(fit, X, y, lam)
        # The lasso is certified to a gap of 1e-10, and weights are held the less the more features are alike.
        close = 1e-3 if solve is lasso else 1e-9
        assert moved.w == pytest.approx(fit.w, abs=close)
        before, after = linear_model(X, fit.w, fit.b), linear_model(X, moved.w, moved.b)
        assert after == pytest.approx(before + shift, abs=close * (1 + np.abs(X).max()))


@given(problem=problems, shift=st.floats(0.1, 10) | st.floats(-10, -0.1), lam=st.floats(0.1, 30))
def test_a_penalised_bias_makes_weights_depend_on_the_origin(problem, shift, lam):
    X, y = problem

    def ridge_with_penalised_bias(X, y):
        """Weights, then the bias: the weight of a column of ones, penalised like the others."""
        ones = np.column_stack([X, np.ones(len(y))])
        # Beside their mirror image all means are 0, so that the solver's own free bias stays out; two of each ask for 2 lam.
        fit = ridge(np.vstack([ones, -ones]), np.append(y, -y), 2 * lam)
        assert ones.T @ (ones @ fit.w - y) + lam * fit.w == pytest.approx(
            0, abs=1e-9 * (1 + np.abs(ones).max() ** 2 * len(y) * 100)
        )
        return fit.w

    for Z in (X, X - X.mean(axis=0)):
        change = ridge_with_penalised_bias(Z, y + shift) - ridge_with_penalised_bias(Z, y)
        # The predictions move by less on average, the weights by A^-1 times the sums of the columns: by 0 where these are.
        left = shift - change[-1]
        assert abs(np.mean(Z @ change[:-1] + change[-1])) < abs(shift) * (1 - 1e-6)
        A = Z.T @ Z + lam * np.eye(Z.shape[1])
        assert change[:-1] == pytest.approx(np.linalg.solve(A, Z.sum(axis=0)) * left, abs=1e-7)
        assert abs(left) > 1e-6 * abs(shift)
        assert (np.abs(change[:-1]).max() > 1e-9) == (Z is X)


@proved(wrong=("minimiser_squared_l2(x, y, y, lam) == 0", "minimiser_squared_l2(x, y, 0, lam) == 0"))
def test_one_sample_with_a_free_bias_is_fitted_perfectly_by_nothing(x, y, lam):
    assume(lam >= 0)
    assert squared_error(0, x, y, y) == 0
    assert loss_l1(0, x, y, y, lam) == 0
    assert loss_squared_l2(0, x, y, y, lam) == 0
    if x != 0:
        assert minimiser_l1(x, y, y, lam) == 0
        assert minimiser_squared_l2(x, y, y, lam) == 0
    for solve in (lasso, ridge):
        fit = solve(np.array([[chosen.POINT_X]]), np.array([chosen.POINT_Y]), chosen.POINT_LAM)
        assert fit.w[0] == 0 and fit.b == chosen.POINT_Y


@proved(wrong=("== (v != 0)", "== (v != 1)"))
def test_samples_that_differ_in_x_need_a_weight(x1, x2, y1, y2, b, v):
    # Any two of them. Their predictions differ by a weight alone, whatever it and the bias are.
    assume(x1 != x2, y1 != y2)
    assert (predict(x1, v, b) != predict(x2, v, b)) == (v != 0)
    assert squared_error(0, x1, y1, b) + squared_error(0, x2, y2, b) > 0
    # With this weight no error remains.
    w = (y2 - y1) / (x2 - x1)
    best = y1 - w * x1
    assert w != 0 and predict(x1, w, best) == y1 and predict(x2, w, best) == y2


@given(x=values, apart=st.floats(0.01, 5), y=values, step=st.floats(0.01, 10), lam=strengths)
def test_fits_of_two_samples(x, apart, y, step, lam):
    """The fits of the claim above in closed form."""
    X, targets = np.array([[x], [x + apart]]), np.array([y, y + step])
    assert sum_squared_errors(np.zeros(1), targets.mean(), X, targets) == pytest.approx(step**2 / 2)
    assert least_squares(X, targets).w[0] == pytest.approx(step / apart, rel=1e-6)
    assert ridge(X, targets, lam).w[0] == pytest.approx(apart * step / (apart**2 + 2 * lam), rel=1e-6)
    # With one mean taken off both, x r sums up to apart * step / 2.
    half = apart * step / 2
    assert lasso(X, targets, lam).w[0] == pytest.approx(max(half - lam / 2, 0) / (apart**2 / 2), rel=1e-4, abs=1e-9)
    assert lasso(X, targets, 2.001 * half).w[0] == 0 < lasso(X, targets, 1.99 * half).w[0]
    # Two samples with the same x: nothing is left for the weight, whatever the targets are.
    same = np.array([[x], [x]])
    assert lasso(same, targets, lam).w[0] == 0 and ridge(same, targets, lam).w[0] == 0


@proved(wrong=("(1 + lam / x**2)", "(1 + lam / (2 * x**2))"))
def test_squared_l2_divides_the_minimiser(x, y, b, lam, off):
    assume(x != 0, lam >= 0)
    best = minimiser_squared_l2(x, y, b, lam)
    assert best * (1 + lam / x**2) == minimiser_plain(x, y, b)
    # It is the best weight: any other costs more.
    assert loss_squared_l2(best + off, x, y, b, lam) == loss_squared_l2(best, x, y, b, lam) + (x**2 + lam) * off**2


@proved(wrong=("lam / (2 * x**2)", "lam / x**2"))
def test_l1_subtracts_from_the_minimiser(x, y, b, lam, off):
    assume(x != 0, lam >= 0)
    plain, best = minimiser_plain(x, y, b), minimiser_l1(x, y, b, lam)
    cases(x > 0, x * (y - b) > lam / 2, x * (y - b) < -lam / 2, best + off > 0)
    assert abs(best) == max(abs(plain) - lam / (2 * x**2), 0)
    assert best * plain >= 0
    # It is the best weight: no other costs less.
    assert loss_l1(best + off, x, y, b, lam) >= loss_l1(best, x, y, b, lam) + x**2 * off**2


@proved(wrong=("abs(x * r) <= lam / 2", "abs(x * r) <= lam"))
def test_the_threshold_is_half_lambda(x, y, b, lam, other):
    assume(x != 0, lam >= 0)
    r = y - b
    assert (minimiser_l1(x, y, b, lam) == 0) == (abs(x * r) <= lam / 2)
    # With half the error zero is the best weight up to the strength itself, and no farther.
    best = soft_threshold(x * r, lam) / x**2

    def with_half(w):
        return squared_error(w, x, y, b) / 2 + l1(w, lam)

    if abs(x * r) <= lam:
        assert with_half(other) >= with_half(0)
    else:
        assert with_half(best) < with_half(0)


@proved(wrong=("== -1", "== 1"))
def test_abs_has_no_derivative_at_zero(step):
    assume(step > 0)
    assert (l1(step, 1) - l1(0, 1)) / step == 1
    assert (l1(-step, 1) - l1(0, 1)) / -step == -1


@proved(wrong=("-1 <= g", "-2 <= g"))
def test_subgradients_of_abs_at_zero_fill_an_interval(g, w):
    if (-1 <= g) & (g <= 1):
        assert g * w <= l1(w, 1)
    else:
        assert (g * 1 > l1(1, 1)) | (g * -1 > l1(-1, 1))
    low, high = l1_subdifferential(0, 1)
    assert (low, high) == (-1, 1)


@proved(wrong=("lam >= lam_that_zeroes", "lam > lam_that_zeroes"))
def test_l1_reaches_zero_at_a_finite_strength(x, y, b, lam):
    assume(x != 0, lam >= 0)
    cases(x * (y - b) > lam / 2, x * (y - b) < -lam / 2)
    assert (minimiser_l1(x, y, b, lam) == 0) == (lam >= lam_that_zeroes(x, y, b))
    assert lam_that_zeroes(x, y, b) == abs(2 * x * (y - b))
    here = abs(2 * chosen.POINT_X * (chosen.POINT_Y - chosen.POINT_B))
    assert quoted("losses.lam_that_zeroes") == pytest.approx(here, rel=1e-12)


@proved(wrong=("y != b", "y == y"))
def test_squared_l2_reaches_zero_at_no_finite_strength(x, y, b, lam):
    assume(x != 0, y != b, lam >= 0)
    # Not 0, and on the side that the data pull to.
    assert minimiser_squared_l2(x, y, b, lam) * (x * (y - b)) > 0


@given(x=features, y=values, b=values, lam=strengths)
def test_the_slopes_at_the_lowest_points_are_zero(x, y, b, lam):
    """How the page finds them, in floating point."""
    only_where(abs(x * (y - b)) > lam / 2)
    at_plain, at_l1, at_l2 = minimiser_plain(x, y, b), minimiser_l1(x, y, b, lam), minimiser_squared_l2(x, y, b, lam)
    for slope in (
        squared_error_slope(at_plain, x, y, b),
        squared_error_slope(at_l1, x, y, b) + lam * np.sign(at_l1),
        squared_error_slope(at_l2, x, y, b) + 2 * lam * at_l2,
    ):
        assert slope == pytest.approx(0, abs=1e-9 * (1 + lam))

"""What the page on overfitting claims."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import assume, given
from hypothesis import strategies as st

from figures import overfitting, results
from shrinkage import (
    L1,
    SquaredL2,
    elastic_net_pair,
    from_gaussian_prior,
    from_laplace_prior,
    gradient_descent,
    lam_max,
    lasso,
    least_squares,
    linear_model,
    loss_squared_l2_slope,
    mean_squared_error,
    minimiser_l1,
    minimiser_plain,
    minimiser_squared_l2,
    polynomial_features,
    ridge,
    squared_error,
    squared_error_slope,
    stable_step_limit,
    standardise,
    sum_squared_errors,
    update_l1,
    update_plain,
    update_squared_l2,
)
from tests.claims.draws import data, features, gaussian, laplace, sign_patterns, strengths, values, weights

QUOTED = results.facts()
steps = st.lists(values, min_size=5, max_size=5).map(np.array)


@given(
    seed=st.integers(0, 1000),
    true_w=st.lists(values, min_size=2, max_size=2).map(np.array),
    true_b=values,
    sigma=st.floats(0.01, 3),
)
def test_noise_lengthens_the_weights_on_average(seed, true_w, true_b, sigma):
    X = np.random.default_rng(seed).standard_normal((6, 2))
    targets = X @ true_w + true_b
    lengths = [np.sum(least_squares(X, targets + noise).w ** 2) for noise in sign_patterns(len(X), sigma)]
    # With a free bias the features count from their means.
    centred = X - X.mean(axis=0)
    expected = np.sum(true_w**2) + sigma**2 * np.trace(np.linalg.inv(centred.T @ centred))
    assert np.mean(lengths) == pytest.approx(expected, rel=1e-10)
    assert expected > np.sum(true_w**2)


@given(lam=st.floats(0.01, 200), seed=st.integers(0, 50))
def test_the_penalty_never_lowers_the_training_error(lam, seed):
    X, y = data(seed=seed)
    plain = least_squares(X, y)
    least = sum_squared_errors(plain.w, plain.b, X, y)
    for fit in (lasso(X, y, lam), ridge(X, y, lam)):
        assert sum_squared_errors(fit.w, fit.b, X, y) >= least * (1 - 1e-12)


@given(log_lam=st.floats(-2, 2.5), more=st.floats(1.0001, 10), seed=st.integers(0, 50))
def test_the_training_error_never_falls_as_lambda_grows(log_lam, more, seed):
    X, y = data(seed=seed)
    lam = 10**log_lam

    def error(fit):
        return sum_squared_errors(fit.w, fit.b, X, y)

    # The lasso's solver ends at the minimiser for its signs, so that only rounding is left.
    weak, strong = lasso(X, y, lam, tol=1e-14), lasso(X, y, more * lam, tol=1e-14)
    assert error(weak) <= error(strong) * (1 + 1e-12)
    assert error(ridge(X, y, lam)) <= error(ridge(X, y, more * lam)) * (1 + 1e-12)
    # Ridge's error rises all the way. The lasso's is flat once no weight is left, and rises before.
    assert error(ridge(X, y, lam)) < error(ridge(X, y, 1.1 * more * lam))
    limit = lam_max(X, y)
    if lam > limit:
        assert error(weak) == error(strong) == pytest.approx(np.sum((y - y.mean()) ** 2))
    elif more > 1.01:
        assert error(weak) < error(strong)


def test_the_test_error_first_falls_then_rises():
    points = overfitting.points()
    Z, mean, scale = standardise(polynomial_features(points["x"], overfitting.given.OVERFIT_DEGREE))
    Z_test = (polynomial_features(points["x_test"], overfitting.given.OVERFIT_DEGREE) - mean) / scale

    def test_error(fit):
        return mean_squared_error(points["y_test"], linear_model(Z_test, fit.w, fit.b))

    facts = overfitting.facts(overfitting.data())
    for solver, best in ((lasso, facts["l1_best_lam"]), (ridge, facts["l2_best_lam"])):
        weakest, weak, lowest, strong, strongest = (
            test_error(solver(Z, points["y"], lam)) for lam in (0.003, best / 5, best, 5 * best, 30.0)
        )
        assert weakest > weak > lowest < strong < strongest
    assert not lasso(Z, points["y"], 1.0001 * facts["lam_that_empties"]).w.any()
    assert np.count_nonzero(lasso(Z, points["y"], facts["l1_best_lam"]).w) == facts["l1_n_at_best"]


@given(w=weights, x=values, y=values, b=values, lam=strengths)
def test_the_pull_is_towards_zero_whatever_the_data(w, x, y, b, lam):
    H = squared_error_slope(w, x, y, b)
    for update in (update_l1, update_squared_l2):
        shift = update(w, H, lam) - update_plain(w, H)
        # A shift that is lost in the rounding of w - H is no shift.
        assert shift * w < 0 or abs(shift) < 1e-12 * (abs(w) + abs(H))


@given(truth=st.floats(0.1, 10), share=st.floats(0.01, 0.99), x=features, lam=strengths)
def test_shrinking_hurts_a_weight_that_was_too_small(truth, share, x, lam):
    fitted = share * truth
    for minimiser in (minimiser_l1, minimiser_squared_l2):
        shrunk = minimiser(x, fitted * x, 0.0, lam)
        assert abs(shrunk - truth) > abs(fitted - truth)


@given(x=features, y=values, b=values, away=st.floats(0.01, 5))
def test_the_error_answers_back(x, y, b, away):
    best = minimiser_plain(x, y, b)
    assert squared_error_slope(best, x, y, b) == pytest.approx(0, abs=1e-11)
    for w in (best + away, best - away):
        # A step against H leads back, and H grows with the distance.
        assert squared_error_slope(w, x, y, b) * (w - best) > 0
        farther = squared_error_slope(best + 2 * (w - best), x, y, b)
        assert farther == pytest.approx(2 * squared_error_slope(w, x, y, b), rel=1e-6)


@given(w0=values, x=features, y=values, b=values, lam=strengths)
def test_the_resting_point_is_where_the_forces_cancel(w0, x, y, b, lam):
    eta = 0.45 * stable_step_limit(2 * (x * x + lam))
    rest = gradient_descent(lambda w: loss_squared_l2_slope(w, x, y, b, lam), w0, eta, 100)[-1]
    assert rest == pytest.approx(x * (y - b) / (x * x + lam), abs=1e-9)
    assert -squared_error_slope(rest, x, y, b) == pytest.approx(2 * lam * rest, abs=1e-7 * (1 + lam))
    best = minimiser_l1(x, y, b, lam)
    if best != 0:
        assert -squared_error_slope(best, x, y, b) == pytest.approx(lam * np.sign(best), abs=1e-9 * (1 + lam))


def mean_squared_distance(x, true_w, sigma, lam):
    """Of ridge's weight from the truth, averaged exactly over noise of variance sigma^2."""
    noises = sign_patterns(len(x), sigma)
    return np.mean([(ridge(x[:, None], x * true_w + noise, lam).w[0] - true_w) ** 2 for noise in noises])


def test_a_little_squared_l2_always_helps_on_average():
    x = np.array([-2.0, -0.5, 0.5, 2.0])
    s, true_w, sigma = float(x @ x), 1.5, 0.4
    for lam in (0.0, 0.05, 1.0, 4.0):
        printed = (lam**2 * true_w**2 + s * sigma**2) / (s + lam) ** 2
        assert mean_squared_distance(x, true_w, sigma, lam) == pytest.approx(printed, rel=1e-10)
    # For all truths, features and noises: the slope of the printed formula at 0 is negative.
    S, W, V, LAM = sp.symbols("S W V LAM", positive=True)
    formula = (LAM**2 * W**2 + S * V) / (S + LAM) ** 2
    assert sp.simplify(sp.diff(formula, LAM).subs(LAM, 0) + 2 * V / S**2) == 0


def test_the_best_strength_is_noise_over_truth():
    S, W, V, LAM = sp.symbols("S W V LAM", positive=True)
    formula = (LAM**2 * W**2 + S * V) / (S + LAM) ** 2
    assert sp.solve(sp.diff(formula, LAM), LAM) == [V / W**2]
    x, true_w, sigma = np.array([-2.0, -0.5, 0.5, 2.0]), 1.5, 0.4
    best = sigma**2 / true_w**2
    at_best = mean_squared_distance(x, true_w, sigma, best)
    assert all(
        at_best < mean_squared_distance(x, true_w, sigma, lam)
        for lam in (0.0, 0.5 * best, 0.9 * best, 1.1 * best, 10 * best)
    )


def test_too_much_strength_underfits():
    X, y = data()
    fit = lasso(X, y, 1.001 * lam_max(X, y))
    assert not fit.w.any()
    assert linear_model(X, fit.w, fit.b) == pytest.approx(y.mean())
    for lam in (1e3, 1e6, 1e9):
        # (X^T X + lam I)^-1 is at most 1 / lam in size.
        fit = ridge(X, y, lam)
        assert np.linalg.norm(fit.w) <= np.linalg.norm((X - X.mean(axis=0)).T @ y) / lam
    assert linear_model(X, fit.w, fit.b) == pytest.approx(y.mean(), abs=1e-6)


@given(seed=st.integers(0, 50), sigma=st.floats(0.1, 3), width=st.floats(0.05, 3), off=steps, short=st.floats(-4, 0))
def test_a_gaussian_prior_gives_ridge(seed, sigma, width, off, short):
    _most_probable(ridge, sigma, sigma**2 / width**2, lambda w: gaussian(w, width**2), seed, 10**short * off)
    assert from_gaussian_prior(width**2, sigma**2) == pytest.approx(sigma**2 / width**2)


@given(seed=st.integers(0, 50), sigma=st.floats(0.1, 3), c=st.floats(0.05, 3), off=steps, short=st.floats(-4, 0))
def test_a_laplace_prior_gives_the_lasso(seed, sigma, c, off, short):
    _most_probable(lasso, sigma, 2 * sigma**2 / c, lambda w: laplace(w, c), seed, 10**short * off)
    assert from_laplace_prior(c, sigma**2) == pytest.approx(2 * sigma**2 / c)


def _most_probable(solver, sigma, lam, prior, seed, off):
    """No weights and bias, near or far, are more probable than the fit's, by the densities of noise and prior alone."""
    X, y = data(seed=seed)
    fit = solver(X, y, lam)

    def log_density(w, b):
        return gaussian(y - linear_model(X, w, b), sigma**2) + prior(w)

    best = log_density(fit.w, fit.b)
    # The lasso's certificate, in units of 2 sigma^2, and rounding.
    allowed = 1e-9 * np.sum((y - y.mean()) ** 2) / (2 * sigma**2) + 1e-12 * abs(best)
    for sign in (1, -1):
        assert log_density(fit.w + sign * off[:4], fit.b + sign * off[4]) <= best + allowed
        # Shrinking the weights, or growing them, is where a wrong strength would show.
        for factor in (0.99, 1.01):
            w = factor * fit.w
            assert log_density(w, float(np.mean(y - X @ w))) <= best + allowed


@given(
    x=features,
    sigma=st.floats(0.3, 3),
    c=st.floats(0.1, 3),
    share=st.floats(0.99, 1) | st.floats(0.001, 1),
    side=st.sampled_from((-1, 1)),
)
def test_the_zero_is_most_probable_not_average(x, sigma, c, share, side):
    lam = from_laplace_prior(c, sigma**2)
    # A pull inside the interval: on paper at most lam, here not so near that rounding decides.
    y = side * 0.999 * share * lam / (2 * x)
    assert minimiser_l1(x, y, 0.0, lam) == 0

    def log_density(w):
        return -((w * x - y) ** 2) / (2 * sigma**2) - np.abs(w) / c

    reach = 40 * min(c, sigma / abs(x)) + 2 * abs(y / x)
    w = np.linspace(0, reach, 4001)[1:]
    right, left = log_density(w), log_density(-w)
    assert np.all(right < log_density(0.0)) and np.all(left < log_density(0.0))
    # Opposite values are not alike: everywhere the one that the data pull to is the more probable. So the average lies there.
    assert np.all((right > left) == (x * y > 0))
    density = np.exp(right - log_density(0.0)), np.exp(left - log_density(0.0))
    average = np.sum(w * (density[0] - density[1])) / np.sum(density)
    assert average * x * y > 0


def test_the_chosen_strength_depends_on_held_out_data():
    lams = [0.0, 0.25, 1.0, 4.0]

    def chosen(held_out):
        errors = [squared_error(minimiser_squared_l2(1.0, 2.0, 0.0, lam), 1.0, held_out, 0.0) for lam in lams]
        return lams[int(np.argmin(errors))]

    # One training sample at w = 2; a held-out sample that wants w = 2 / (1 + lam) chooses that lam.
    assert [chosen(2.0 / (1 + lam)) for lam in lams] == lams


@given(x=features, y=values, b=values, lam=strengths)
def test_the_first_move_is_towards_zero(x, y, b, lam):
    best = minimiser_plain(x, y, b)
    assume(abs(best) > 1e-3)
    H = squared_error_slope(best, x, y, b)
    assert H == pytest.approx(0, abs=1e-12)
    for update in (update_l1, update_squared_l2):
        assert (update(best, H, lam) - best) * best < 0


@given(x=features, y=values, b=values, lam=strengths)
def test_the_minimiser_lies_between_zero_and_the_fit(x, y, b, lam):
    plain = minimiser_plain(x, y, b)
    for minimiser in (minimiser_l1, minimiser_squared_l2):
        assert min(0.0, plain) <= minimiser(x, y, b, lam) <= max(0.0, plain)


@given(lam=st.floats(0.01, 200), seed=st.integers(0, 50))
def test_the_penalised_vector_is_never_longer(lam, seed):
    X, y = data(seed=seed)
    plain = least_squares(X, y)
    assert L1(1.0).value(lasso(X, y, lam).w) <= L1(1.0).value(plain.w) * (1 + 1e-9)
    assert SquaredL2(1.0).value(ridge(X, y, lam).w) <= SquaredL2(1.0).value(plain.w) * (1 + 1e-9)


def test_a_single_weight_may_grow():
    # Two features that go together, and an unpenalised best of (1, 0).
    _, without = elastic_net_pair(1.0, 0.9, 1.0, 1.0, 0.9, 0.0, 0.0)
    _, with_penalty = elastic_net_pair(1.0, 0.9, 1.0, 1.0, 0.9, 0.0, 0.5)
    assert without == pytest.approx(0, abs=1e-12)
    assert with_penalty > 0.1


@given(seed=st.integers(0, 100), extra=st.integers(0, 10))
def test_a_linear_model_with_many_features_fits_pure_noise(seed, extra):
    draw = np.random.default_rng(seed)
    X, y = draw.standard_normal((10, 11 + extra)), draw.standard_normal(10)
    fit = least_squares(X, y)
    assert mean_squared_error(y, linear_model(X, fit.w, fit.b)) < 1e-15
    # Fresh features of mean 0 and variance 1: what the prediction varies by is added to the noise.
    assert 1 + fit.w @ fit.w + fit.b**2 > 1
    assert QUOTED["noise_training_error"] < 1e-25 and QUOTED["noise_fresh_error"] > 1
    assert results.NOISE_FEATURES > results.NOISE_SAMPLES


@given(n=st.integers(2, 40), lam=strengths)
def test_more_data_weaken_a_given_strength(n, lam):
    x = np.tile([-1.0, 1.0], n)
    y = 2 * x
    plain, penalised = least_squares(x[:, None], y).w[0], ridge(x[:, None], y, lam).w[0]
    s = float(x @ x)
    assert 1 - penalised / plain == pytest.approx(lam / (s + lam), abs=1e-12)
    assert lam / (s + 1 + lam) < lam / (s + lam)

"""What the page on overfitting claims."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures import given as chosen
from figures import overfitting, results
from shrinkage import (
    elastic_net_pair,
    from_gaussian_prior,
    from_laplace_prior,
    gradient_descent,
    l1_subdifferential,
    lasso,
    lasso_path,
    least_squares,
    linear_model,
    loss_l1,
    loss_squared_l2,
    loss_squared_l2_slope,
    mean_squared_error,
    minimiser_l1,
    minimiser_plain,
    minimiser_squared_l2,
    polynomial_features,
    ridge,
    ridge_path,
    soft_threshold,
    squared_error,
    squared_error_slope,
    squared_l2_gradient,
    stable_step_limit,
    standardise,
    sum_squared_errors,
    update_l1,
    update_plain,
    update_squared_l2,
)
from tests.claims.draws import features, gaussian, laplace, sign_patterns, strengths, values
from tests.claims.exact import assume, cases, proved
from tests.claims.optimal import assert_lasso, assert_least_squares, assert_ridge, centred, problems
from tests.claims.pages import quoted

some_steps = st.lists(values, min_size=8, max_size=8).map(np.array)


@given(
    seed=st.integers(0, 1000),
    alike=st.sampled_from((1.0, 0.05)),
    true_w=st.lists(values, min_size=2, max_size=2).map(np.array),
    true_b=values,
    n_samples=st.integers(3, 6),
    sigma=st.floats(0.01, 3),
)
def test_noise_lengthens_the_weights_on_average(seed, alike, true_w, true_b, n_samples, sigma):
    # As few samples as settle two weights and a bias, and more; features that have much in common, and not.
    draw = np.random.default_rng(seed)
    X = draw.standard_normal((n_samples, 1)) + alike * draw.standard_normal((n_samples, 2))
    # Noise that is louder on one sample than on another will do as well.
    loudness = sigma * np.linspace(1, 2, n_samples)
    targets = linear_model(X, true_w, true_b)
    lengths = [np.sum(least_squares(X, targets + noise).w ** 2) for noise in sign_patterns(n_samples, 1.0) * loudness]
    A, _ = centred(X, targets)
    added = np.sum((np.linalg.pinv(A) * loudness) ** 2)
    assert added > 0
    assert np.mean(lengths) == pytest.approx(np.sum(true_w**2) + added, rel=1e-6)
    # With noise as loud everywhere, the equation of the page.
    if n_samples == 3:
        printed = np.sum(true_w**2) + sigma**2 * np.trace(np.linalg.inv(A.T @ A))
        lengths = [np.sum(least_squares(X, targets + noise).w ** 2) for noise in sign_patterns(n_samples, sigma)]
        assert np.mean(lengths) == pytest.approx(printed, rel=1e-6)


def training_error(fit, X, y):
    return sum_squared_errors(fit.w, fit.b, X, y)


@given(lam=st.floats(0.01, 200), problem=problems)
def test_the_penalty_never_lowers_the_training_error(lam, problem):
    X, y = problem
    plain = least_squares(X, y)
    assert_least_squares(plain, X, y)
    rounding = 1e-12 * np.sum((y - y.mean()) ** 2)
    for fit in (lasso(X, y, lam), ridge(X, y, lam)):
        assert training_error(fit, X, y) >= training_error(plain, X, y) - rounding


@given(log_lam=st.floats(-2, 2.5), more=st.floats(1.0001, 10), problem=problems)
def test_the_training_error_never_falls_as_lambda_grows(log_lam, more, problem):
    X, y = problem
    lam = 10**log_lam
    whole = np.sum((y - y.mean()) ** 2)
    for solve, optimal, certified in ((lasso, assert_lasso, 1e-9), (ridge, assert_ridge, 1e-12)):
        weak, strong = solve(X, y, lam), solve(X, y, more * lam)
        optimal(weak, X, y, lam)
        optimal(strong, X, y, more * lam)
        assert training_error(weak, X, y) <= training_error(strong, X, y) + certified * whole


def test_the_test_error_is_lowest_in_between():
    points = overfitting.points()
    Z, mean, scale = standardise(polynomial_features(points["x"], chosen.OVERFIT_DEGREE))
    Z_test = (polynomial_features(points["x_test"], chosen.OVERFIT_DEGREE) - mean) / scale
    y, bias = np.array(points["y"]), np.mean(points["y"])
    powers = np.power.outer(points["x"], np.arange(1, chosen.OVERFIT_DEGREE + 1))
    assert Z == pytest.approx((powers - powers.mean(axis=0)) / powers.std(axis=0))
    # The scale: the strengths at which the figure draws errors, from end to end of its slider.
    lams = np.array(overfitting.along()["x"])
    assert (lams[0], lams[-1]) == (overfitting.LOW, overfitting.HIGH) and np.all(lams[1:] <= 1.3 * lams[:-1])
    plain = least_squares(Z, y)
    unpenalised = mean_squared_error(points["y_test"], linear_model(Z_test, plain.w, plain.b))
    best = {}
    for name, path in (("L1", lasso_path(Z, y, lams)), ("squared L2", ridge_path(Z, y, lams))):
        errors = [mean_squared_error(points["y_test"], linear_model(Z_test, w, bias)) for w in path]
        drawn = overfitting.along()["l1_test" if name == "L1" else "l2_test"]
        assert drawn == pytest.approx(errors, rel=1e-3, abs=1e-3)
        lowest = int(np.argmin(errors))
        assert errors[lowest] < min(errors[0], errors[-1], unpenalised)
        best[name] = lams[lowest], np.count_nonzero(path[lowest])
    lam, n_left = best["L1"]
    assert quoted("overfitting.l1_best_lam") == pytest.approx(lam, rel=1e-9)
    assert quoted("overfitting.l1_n_at_best") == n_left
    # With one strength at a time, too; and where L1 gives up its last weight.
    assert np.count_nonzero(lasso(Z, y, lam).w) == n_left
    empties = np.max(np.abs(2 * Z.T @ (y - bias)))
    assert quoted("overfitting.lam_that_empties") == pytest.approx(empties, rel=1e-8)
    assert lasso(Z, y, 0.999 * empties).w.any()
    fit = lasso(Z, y, 1.001 * empties)
    assert np.ptp(linear_model(Z_test, fit.w, fit.b)) == 0


@proved(wrong=("shift * w < 0", "shift * (w - minimiser_plain(x, y, b)) < 0"))
def test_the_pull_is_towards_zero_whatever_the_data(w, x, y, b, lam, eta):
    assume(w != 0, x != 0, lam > 0, eta > 0)
    H = squared_error_slope(w, x, y, b)
    for update in (update_l1, update_squared_l2):
        shift = update(w, H, lam, eta) - update_plain(w, H, eta)
        assert shift * w < 0


@proved(wrong=("assume(fitted * truth > 0", "assume(fitted != 0"))
def test_shrinking_hurts_a_weight_that_was_too_small(x, y, b, truth, lam):
    assume(x != 0, lam > 0)
    fitted = minimiser_plain(x, y, b)
    assume(fitted * truth > 0, abs(fitted) <= abs(truth))
    for shrunk in (minimiser_l1(x, y, b, lam), minimiser_squared_l2(x, y, b, lam)):
        assert abs(shrunk - truth) > abs(fitted - truth)


@proved(wrong=("abs(far - best) > abs(near - best)", "abs(far) > abs(near)"))
def test_the_error_answers_back(near, far, x, y, b):
    assume(x != 0)
    best = minimiser_plain(x, y, b)
    assert squared_error_slope(best, x, y, b) == 0
    assume(near != best, abs(far - best) > abs(near - best))
    for w in (near, far):
        # A step against H leads back.
        assert squared_error_slope(w, x, y, b) * (w - best) > 0
    assert abs(squared_error_slope(far, x, y, b)) > abs(squared_error_slope(near, x, y, b))


@proved(wrong=("(x * x * w == threshold)", "((x * x + lam) * w == threshold)"))
def test_the_resting_point_is_where_the_forces_cancel(w, other, x, y, b, lam):
    assume(x != 0, lam > 0)
    # The minimisers, multiplied by what they are divided by.
    threshold = soft_threshold(x * (y - b), lam / 2)
    assert x * x * minimiser_l1(x, y, b, lam) == threshold
    assert minimiser_squared_l2(x, y, b, lam) == x * (y - b) / (x * x + lam)
    cases(w > 0, w < 0, x * (y - b) > lam / 2, x * (y - b) < -lam / 2)
    assert (x * x * w > 0) == (w > 0)
    assert (x * x * w < 0) == (w < 0)
    # At these weights alone the pull of the data is answered by the slope of the penalty, for L1 by one of its slopes.
    pull = -squared_error_slope(w, x, y, b)
    low, high = l1_subdifferential(w, lam)
    by_squared_l2, by_l1 = pull == squared_l2_gradient(w, lam), (low <= pull) & (pull <= high)
    assert by_squared_l2 == ((x * x + lam) * w == x * (y - b))
    assert by_l1 == (x * x * w == threshold)
    # And there no other weight costs less.
    cases(other > 0)
    if by_squared_l2:
        assert loss_squared_l2(other, x, y, b, lam) >= loss_squared_l2(w, x, y, b, lam)
    if by_l1:
        assert loss_l1(other, x, y, b, lam) >= loss_l1(w, x, y, b, lam)


@given(w0=values, x=features, y=values, b=values, lam=strengths, share=st.floats(0.2, 0.8))
def test_descent_on_squared_l2_comes_to_rest(w0, x, y, b, lam, share):
    rest = x * (y - b) / (x * x + lam)
    eta = share * stable_step_limit(2 * (x * x + lam))
    walk = gradient_descent(lambda w: loss_squared_l2_slope(w, x, y, b, lam), w0, eta, 60)
    assert walk[0] == w0 and len(walk) == 61
    # Each step leaves the same share of the way.
    assert walk[1] - rest == pytest.approx((1 - 2 * share) * (w0 - rest), abs=1e-11 * (1 + abs(w0) + abs(rest)))
    assert walk[-1] == pytest.approx(rest, abs=1e-11 * (1 + abs(w0) + abs(rest)))
    assert rest == pytest.approx(minimiser_squared_l2(x, y, b, lam), rel=1e-12)


def mean_squared_distance(x, true_w, sigma, lam):
    """Of ridge's weight from the truth, averaged exactly over noise of variance sigma^2."""
    noises = sign_patterns(len(x), sigma)
    return np.mean([(ridge(x[:, None], x * true_w + noise, lam).w[0] - true_w) ** 2 for noise in noises])


def printed_distance(s, true_w_squared, variance, lam):
    """The page's formula."""
    return (lam**2 * true_w_squared + s * variance) / (s + lam) ** 2


# Samples that leave no bias to fit, for a truth and a noise.
BALANCED, TRUE_W, SIGMA = np.array([-2.0, -0.5, 0.5, 2.0]), 1.5, 0.4


@proved(wrong=("variance / true_w_squared if", "1 / true_w_squared if"))
def test_a_little_squared_l2_always_helps_on_average(s, true_w_squared, variance, x, true_w, noise, lam):
    assume(s > 0, true_w_squared >= 0, variance > 0)
    # One strength that helps: where there is a truth, the noise over it, else any.
    helps = variance / true_w_squared if true_w_squared > 0 else variance
    assert helps > 0
    assert printed_distance(s, true_w_squared, variance, helps) < printed_distance(s, true_w_squared, variance, 0)
    # And the formula is that of the fits. They are (s true_w + e) / (s + lam) with e the sum of the x times their noise, of
    # mean 0 and variance s sigma^2. Averages of squares ask no more: one sample that is as often above as below will do.
    assume(x != 0, lam >= 0)
    above, below = (minimiser_squared_l2(x, true_w * x + error, 0, lam) - true_w for error in (noise, -noise))
    assert above * (x * x + lam) == x * noise - lam * true_w
    assert below * (x * x + lam) == -x * noise - lam * true_w
    assert (above**2 + below**2) / 2 == printed_distance(x * x, true_w**2, noise**2, lam)
    # Of four samples, with all patterns of noise.
    for strength in (0.0, 0.05, 4.0):
        printed = printed_distance(BALANCED @ BALANCED, TRUE_W**2, SIGMA**2, strength)
        assert mean_squared_distance(BALANCED, TRUE_W, SIGMA, strength) == pytest.approx(printed, rel=1e-10)


@proved(wrong=("variance / true_w_squared\n", "variance\n"))
def test_the_best_strength_is_noise_over_truth(s, true_w_squared, variance, lam):
    assume(s > 0, true_w_squared > 0, variance > 0, lam >= 0)
    best = variance / true_w_squared
    assume(lam != best)
    assert printed_distance(s, true_w_squared, variance, best) < printed_distance(s, true_w_squared, variance, lam)
    # Of four samples, with all patterns of noise.
    here = SIGMA**2 / TRUE_W**2
    others = [mean_squared_distance(BALANCED, TRUE_W, SIGMA, share * here) for share in (0.0, 0.9, 1.1, 10.0)]
    assert mean_squared_distance(BALANCED, TRUE_W, SIGMA, here) < min(others)


@given(problem=problems, large=st.floats(3, 9))
def test_too_much_strength_underfits(problem, large):
    X, y = problem
    A, target = centred(X, y)
    fit = lasso(X, y, 1.001 * np.max(np.abs(2 * A.T @ target)))
    assert not fit.w.any()
    assert linear_model(X, fit.w, fit.b) == pytest.approx(y.mean())
    # (X^T X + lam I)^-1 is at most 1 / lam in size, so weights go to 0 as lam grows; and not at a finite one.
    lam = 10**large * np.linalg.norm(A, 2) ** 2
    fit = ridge(X, y, lam)
    assert_ridge(fit, X, y, lam)
    assert 0 < np.linalg.norm(fit.w) <= np.linalg.norm(A.T @ target) / lam
    far = np.linalg.norm(A, 2) * np.linalg.norm(A.T @ target) / lam
    assert np.max(np.abs(linear_model(X, fit.w, fit.b) - y.mean())) <= far * (1 + 1e-9) + 1e-12 * np.abs(y).max()


@given(problem=problems, sigma=st.floats(0.1, 3), width=st.floats(0.05, 3), off=some_steps, short=st.floats(-4, 0))
def test_a_gaussian_prior_gives_ridge(problem, sigma, width, off, short):
    lam = sigma**2 / width**2
    assert from_gaussian_prior(width**2, sigma**2) == pytest.approx(lam)
    fit = ridge(*problem, lam)
    assert_ridge(fit, *problem, lam)
    _assert_most_probable(fit, sigma, lambda w: gaussian(w, width**2), problem, 10**short * off)


@given(problem=problems, sigma=st.floats(0.1, 3), c=st.floats(0.05, 3), off=some_steps, short=st.floats(-4, 0))
def test_a_laplace_prior_gives_the_lasso(problem, sigma, c, off, short):
    lam = 2 * sigma**2 / c
    assert from_laplace_prior(c, sigma**2) == pytest.approx(lam)
    fit = lasso(*problem, lam)
    assert_lasso(fit, *problem, lam)
    _assert_most_probable(fit, sigma, lambda w: laplace(w, c), problem, 10**short * off)


def _assert_most_probable(fit, sigma, prior, problem, off):
    """No weights and bias, near or far, are more probable than the fit's, by the densities of noise and prior alone.

    The noise and the weights are independent, so their densities multiply; that of the bias is the same everywhere.
    """
    X, y = problem

    def log_density(w, b):
        return gaussian(y - linear_model(X, w, b), sigma**2) + prior(w)

    best = log_density(fit.w, fit.b)
    # The lasso's certificate, in units of 2 sigma^2, and rounding.
    allowed = 1e-9 * np.sum((y - y.mean()) ** 2) / (2 * sigma**2) + 1e-12 * abs(best)
    for sign in (1, -1):
        assert log_density(fit.w + sign * off[: len(fit.w)], fit.b + sign * off[-1]) <= best + allowed
        # Shrinking the weights, or growing them, is where a wrong strength would show.
        for factor in (0.99, 1.01):
            w = factor * fit.w
            assert log_density(w, float(np.mean(y - X @ w))) <= best + allowed


@given(
    x=features,
    sigma=st.floats(0.3, 3),
    c=st.floats(0.1, 3),
    share=st.floats(0.99, 0.999) | st.floats(0.001, 0.999) | st.just(0.0),
    side=st.sampled_from((-1, 1)),
)
def test_the_zero_is_most_probable_not_average(x, sigma, c, share, side):
    lam = from_laplace_prior(c, sigma**2)
    # A pull inside the interval: on paper at most lam, here not so near that rounding decides.
    y = side * share * lam / (2 * x)
    assert minimiser_l1(x, y, 0.0, lam) == 0

    def log_density(w):
        return -((w * x - y) ** 2) / (2 * sigma**2) - np.abs(w) / c

    reach = 40 * min(c, sigma / abs(x)) + 2 * abs(y / x)
    w = np.linspace(0, reach, 4001)[1:]
    right, left = log_density(w), log_density(-w)
    assert np.all(right < log_density(0.0)) and np.all(left < log_density(0.0))
    density = np.exp(right - log_density(0.0)), np.exp(left - log_density(0.0))
    average = np.sum(w * (density[0] - density[1])) / np.sum(density)
    if share == 0:
        assert average == 0
    else:
        # Of two opposite values the one that the data pull to is the more probable. So the average lies on that side.
        assert np.all((right > left) == (x * y > 0))
        assert average * x * y > 0


@proved(wrong=("slope / held_out - 1", "slope / held_out"))
def test_the_chosen_strength_depends_on_held_out_data(slope, held_out, other, lam):
    # The training data suggest a slope, held-out data a smaller one (x = 1, b = 0). They choose this strength, which is
    # another for each of them.
    assume(held_out > 0, slope > held_out, lam >= 0)

    def error(lam):
        return squared_error(minimiser_squared_l2(1, slope, 0, lam), 1, held_out, 0)

    choice = slope / held_out - 1
    assert error(choice) == 0
    assert (error(lam) == 0) == (lam == choice)
    # Another slope, and this is not its choice.
    assume(other > 0, other != held_out)
    assert squared_error(minimiser_squared_l2(1, slope, 0, choice), 1, other, 0) > 0


@proved(wrong=("best != 0", "best == best"))
def test_the_first_move_is_towards_zero(x, y, b, lam, eta):
    assume(x != 0, lam > 0, eta > 0)
    best = minimiser_plain(x, y, b)
    H = squared_error_slope(best, x, y, b)
    assert H == 0
    assume(best != 0)
    for update in (update_l1, update_squared_l2):
        assert (update(best, H, lam, eta) - best) * best < 0


@proved(wrong=("max(plain, 0)", "plain"))
def test_the_minimiser_lies_between_zero_and_the_fit(x, y, b, lam):
    assume(x != 0, lam >= 0)
    plain = minimiser_plain(x, y, b)
    for lowest in (minimiser_l1(x, y, b, lam), minimiser_squared_l2(x, y, b, lam)):
        assert min(plain, 0) <= lowest
        assert lowest <= max(plain, 0)


@given(lam=st.floats(0.01, 200), problem=problems, along=some_steps)
def test_the_penalised_vector_is_never_longer(lam, problem, along):
    X, y = problem
    plain = least_squares(X, y).w
    # With more features than samples there are many unpenalised solutions, in the directions in which X is 0.
    A, _ = centred(X, y)
    along = along[: len(plain)]
    others = plain + along - np.linalg.pinv(A) @ (A @ along)
    by_l1, by_l2 = lasso(X, y, lam), ridge(X, y, lam)
    assert_lasso(by_l1, X, y, lam)
    assert_ridge(by_l2, X, y, lam)
    for w in (plain, others):
        assert np.linalg.norm(by_l1.w, 1) <= np.linalg.norm(w, 1) * (1 + 1e-9)
        assert np.linalg.norm(by_l2.w, 2) <= np.linalg.norm(w, 2) * (1 + 1e-9)


@proved(wrong=("0 < rho", "0 <= rho"))
def test_a_single_weight_may_grow(rho, lam):
    # Two features that go together, by a correlation rho, and an unpenalised best of (1, 0).
    assume(0 < rho, rho < 1, lam > 0)
    taken_back, grown = elastic_net_pair(1, rho, 1, 1, rho, 0, lam)
    assert taken_back < 1
    assert grown > 0
    assert elastic_net_pair(1, rho, 1, 1, rho, 0, 0) == [1, 0]


def test_a_linear_model_with_many_features_fits_pure_noise():
    for seed, n_samples, extra in product(range(10), (2, 5, 10), (1, 10)):
        draw = np.random.default_rng(seed)
        X, y = draw.standard_normal((n_samples, n_samples + extra)), draw.standard_normal(n_samples)
        fit = least_squares(X, y)
        assert mean_squared_error(y, linear_model(X, fit.w, fit.b)) < 1e-20 * (1 + np.sum(fit.w**2))
    # The draw of the page, and the mean over draws.
    n, p, variance = (quoted(f"results.noise_{name}") for name in ("samples", "features", "variance"))
    assert (n, p, variance) == (results.NOISE_SAMPLES, results.NOISE_FEATURES, results.NOISE_VARIANCE)
    assert p > n

    def fresh_error(draw):
        X, y = draw.standard_normal((n, p)), variance**0.5 * draw.standard_normal(n)
        fit = least_squares(X, y)
        assert mean_squared_error(y, linear_model(X, fit.w, fit.b)) < 1e-20
        # Fresh features of mean 0 and variance 1: what the prediction varies by is added to the noise.
        return variance + fit.w @ fit.w + fit.b**2

    here = fresh_error(np.random.default_rng(results.NOISE_SEED))
    assert quoted("results.noise_fresh_error") == pytest.approx(here, rel=1e-9)
    # The mean over all draws, within five of its standard errors.
    draw = np.random.default_rng(1)
    errors = [fresh_error(draw) for _ in range(500)]
    mean = variance * (1 + 1 / n) * (1 + (n - 1) / (p - n))
    assert quoted("results.noise_expected_error") == pytest.approx(mean, rel=1e-12)
    standard_error = np.std(errors) / len(errors) ** 0.5
    assert abs(np.mean(errors) - mean) < 5 * standard_error < 0.2 * (mean - variance)
    assert min(here, mean) > variance


@proved(wrong=("== (more != 0)", "== (more != 1)"))
def test_more_data_weaken_a_given_strength(x, more, y, b, lam):
    # Samples in which the squares of the x sum up to s pull like one with x = root(s).
    assume(x > 0, lam > 0, y != b)
    with_more = (x * x + more * more) ** 0.5

    def share(x):
        return 1 - minimiser_squared_l2(x, y, b, lam) / minimiser_plain(x, y, b)

    assert share(x) == lam / (x * x + lam)
    assert (share(with_more) < share(x)) == (more != 0)
    assert share(with_more) == lam / (x * x + more * more + lam)
    one, two = (np.append(BALANCED, extra) for extra in ((0.0, 0.0), (-1.0, 1.0)))
    for samples in (one, two):
        s = float(samples @ samples)
        plain, penalised = (ridge(samples[:, None], 2 * samples, strength).w[0] for strength in (0.0, 1.5))
        assert 1 - penalised / plain == pytest.approx(1.5 / (s + 1.5), abs=1e-12)

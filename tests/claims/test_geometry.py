"""What the page on penalty and constraint claims, for two features with sum of squares 1 and correlation rho."""

import numpy as np
import pytest
from hypothesis import assume as only_where
from hypothesis import given, settings
from hypothesis import strategies as st

from shrinkage import (
    L1,
    ball_pair,
    data_pull_pair,
    elastic_net,
    elastic_net_pair,
    excess_error_pair,
    l1,
    lam_that_zeroes_smaller,
    lasso,
    objective,
    penalty_pair,
    ridge,
    sign,
    squared_l2,
)
from tests.claims.exact import assume, proved

places = st.floats(-3, 3)
correlations = st.floats(-0.9, 0.9)
strengths = st.floats(0.05, 12)
shares = st.floats(0.02, 0.999) | st.floats(-8, -2).map(lambda k: 10**k)
signs = st.sampled_from((1, -1))
ONLY_L1, SQUARED_L2, NET = (1, 0), (0, 1), (0.5, 0.5)
parts = st.sampled_from((ONLY_L1, SQUARED_L2, NET))
# Differences of numbers up to about 100, in a solution of two equations with a determinant of at least 0.19.
ROUNDING = 1e-10


def best(m1, m2, rho, lam_l1, lam_l2):
    """The best weights at a price."""
    return elastic_net_pair(1, rho, 1, m1 + rho * m2, m2 + rho * m1, lam_l1, lam_l2)


@proved(wrong=("lam >= 0, ", ""))
def test_best_at_a_price_is_best_within_a_bound(error, cost, other_error, other_cost, lam):
    """For any error and any cost: of these weights, and of others, than which these are no worse at the price lam."""
    assume(lam >= 0, error + lam * cost <= other_error + lam * other_cost)
    if other_cost <= cost:
        assert other_error >= error


@given(st.tuples(places, places), correlations, strengths, parts, st.floats(-4, 4), st.floats(0, 1))
def test_the_fit_at_a_price_touches_its_ellipse(m, rho, lam, part, angle, share):
    """The same on the page's picture: all that costs as much or less lies outside the ellipse."""
    w = best(*m, rho, lam * part[0], lam * part[1])
    bound = penalty_pair(*w, *part)
    other = ball_pair(np.cos(angle), np.sin(angle), share * bound, *part)
    assert penalty_pair(*other, *part) == pytest.approx(share * bound, abs=1e-12)
    assert excess_error_pair(*other, *m, rho) >= excess_error_pair(*w, *m, rho) - ROUNDING
    # Optimal: what pulls at each weight is a slope of its penalty.
    for w_j, pull in zip(w, data_pull_pair(*w, *m, rho), strict=True):
        left = pull - 2 * lam * part[1] * w_j
        assert abs(left) <= lam * part[0] + ROUNDING
        assert w_j == 0 or left == pytest.approx(lam * part[0] * sign(w_j), abs=ROUNDING)


@proved(wrong=("abs(pull) <= lam", "abs(pull) < lam"))
def test_a_corner_holds_a_weight_for_a_range_of_pulls(w2, m1, m2, rho, lam):
    """Wherever the least error is, as long as the pull at the corner (0, w2) is lam along w2."""
    assume(-1 < rho, rho < 1, lam > 0, w2 != 0)
    pull, along = data_pull_pair(0, w2, m1, m2, rho)
    assume(along == lam * sign(w2))
    w = best(m1, m2, rho, lam, 0)
    assert (w[0] == 0) == (abs(pull) <= lam)
    if abs(pull) <= lam:
        assert w[1] == w2


@settings(max_examples=40)
@given(m=st.tuples(places, places), rho=correlations, part=parts, share=shares)
def test_every_bound_that_bites_has_its_strength(m, rho, part, share):
    """Also bounds that are all but zero, where squared L2 needs a large strength."""
    least = penalty_pair(*m, *part)
    only_where(least > 0.01)
    bound = share * least
    low, high = 0.0, 1e9
    for _ in range(120):
        middle = (low + high) / 2
        cost = penalty_pair(*best(*m, rho, middle * part[0], middle * part[1]), *part)
        low, high = (middle, high) if cost > bound else (low, middle)
    # Its best weights use the bound up, so by the first claim they are the best within it.
    assert penalty_pair(*best(*m, rho, high * part[0], high * part[1]), *part) == pytest.approx(bound, rel=1e-6, abs=0)


@proved(wrong=("w == [m1, m2]", "w == [m2, m1]"))
def test_without_a_price_any_larger_bound_will_do(m1, m2, u1, u2, rho):
    """The best at no price has the least error of all weights u, whatever they may cost."""
    assume(-1 < rho, rho < 1)
    w = best(m1, m2, rho, 0, 0)
    assert w == [m1, m2] and excess_error_pair(w[0], w[1], m1, m2, rho) == 0
    assert excess_error_pair(u1, u2, m1, m2, rho) >= 0
    assert (excess_error_pair(u1, u2, m1, m2, rho) == 0) == (u1 == m1 and u2 == m2)


@proved(wrong=("lam >= last", "lam > last"))
def test_the_bound_zero_goes_with_many_strengths(m1, m2, rho, lam):
    assume(-1 < rho, rho < 1, lam >= 0)
    last = max(abs(pull) for pull in data_pull_pair(0, 0, m1, m2, rho))
    w = best(m1, m2, rho, lam, 0)
    assert (w[0] == 0 and w[1] == 0) == (lam >= last)


@proved(wrong=("pull1 == 0 and pull2 == 0", "pull1 == 0"))
def test_squared_l2_reaches_the_bound_zero_at_no_strength(m1, m2, rho, lam):
    assume(-1 < rho, rho < 1, lam >= 0)
    pull1, pull2 = data_pull_pair(0, 0, m1, m2, rho)
    w = best(m1, m2, rho, 0, lam)
    assert (w[0] == 0 and w[1] == 0) == (pull1 == 0 and pull2 == 0)


@given(
    w2=st.sampled_from((0.0, 1.0, -1.0)).flatmap(lambda side: st.floats(0.05, 3).map(lambda size: side * size)),
    pulls=st.tuples(st.floats(-0.999, 0.999), st.floats(-1, 1)),
    rho=correlations,
    lam=strengths,
    angle=st.floats(-4, 4),
)
def test_under_l1_a_zero_survives_small_changes(w2, pulls, rho, lam, angle):
    """Small: a quarter of what is left between the pull and the end of the interval. At (0, 0) as well."""
    pull = lam * np.array([pulls[0], sign(w2) if w2 else pulls[1]])
    m = np.array([0, w2]) + np.linalg.solve([[1, rho], [rho, 1]], pull / 2)
    assert data_pull_pair(0, w2, *m, rho) == pytest.approx(pull, abs=ROUNDING)
    step = np.array([np.cos(angle), np.sin(angle)])
    moved = m + 0.249 * (lam - abs(pull[0])) * step / np.abs(step).sum()
    assert best(*m, rho, lam, 0)[0] == 0 == best(*moved, rho, lam, 0)[0]


@proved(wrong=("extra / 2", "extra - extra"))
def test_under_squared_l2_a_zero_is_an_accident(m1, m2, rho, lam, extra):
    """An extra pull on the first weight alone, however faint: products with its feature are half the pull."""
    assume(-1 < rho, rho < 1, lam >= 0, extra != 0)
    if best(m1, m2, rho, 0, lam)[0] == 0:
        assert elastic_net_pair(1, rho, 1, m1 + rho * m2 + extra / 2, m2 + rho * m1, 0, lam)[0] * extra > 0


@proved(wrong=("abs(m1) <= lam / 2", "abs(m1) <= lam"))
def test_without_correlation_the_zeros_fill_a_band(m1, m2, lam):
    assume(lam > 0)
    assert (best(m1, m2, 0, lam, 0)[0] == 0) == (abs(m1) <= lam / 2)
    assert (best(m1, m2, 0, 0, lam)[0] == 0) == (m1 == 0)


@proved(wrong=("pull1 * w1 >= 0 and ", ""))
def test_a_square_makes_equal_weights(w1, w2, m1, m2, u1, u2, rho):
    """A corner is best within the square for all least errors that pull out of it both ways: for more than a line of them."""
    bound = abs(w1)
    assume(-1 < rho, rho < 1, bound > 0, abs(w2) == bound, abs(u1) <= bound, abs(u2) <= bound)
    pull1, pull2 = data_pull_pair(w1, w2, m1, m2, rho)
    if pull1 * w1 >= 0 and pull2 * w2 >= 0:
        # The error at u, written from the corner: the pulls do not help on the way there, and the rest is no error less.
        gap = excess_error_pair(u1, u2, m1, m2, rho) - excess_error_pair(w1, w2, m1, m2, rho)
        assert gap == excess_error_pair(u1, u2, w1, w2, rho) - pull1 * (u1 - w1) - pull2 * (u2 - w2)
        assert pull1 * (u1 - w1) <= 0 and pull2 * (u2 - w2) <= 0
        assert excess_error_pair(u1, u2, w1, w2, rho) >= 0


@proved(wrong=("abs(m1) <= lam_l1 / 2", "abs(m1) <= lam_l1"))
def test_the_elastic_net_keeps_its_corners(w2, step, m1, m2, lam_l1, lam_l2):
    assume(lam_l1 > 0, lam_l2 > 0, w2 != 0)
    # A corner: leaving the axis costs at least the same share of the step on both sides, however small the step.
    assert penalty_pair(step, w2, lam_l1, lam_l2) - penalty_pair(0, w2, lam_l1, lam_l2) >= lam_l1 * abs(step)
    # The side bulges: half-way between two corners costs less than they do.
    assert penalty_pair(w2 / 2, w2 / 2, lam_l1, lam_l2) < penalty_pair(0, w2, lam_l1, lam_l2)
    # And the zeros are exact: without correlation in a band as wide as L1's part makes it.
    assert (best(m1, m2, 0, lam_l1, lam_l2)[0] == 0) == (abs(m1) <= lam_l1 / 2)


@proved(wrong=("lam < border", "lam < 2 * border"))
def test_a_weak_l1_makes_no_zero(m1, m2, rho, lam):
    """Any strength below the one of the page's equation; other signs are the same, mirrored, and so is the order."""
    assume(-1 < rho, rho < 1, 0 < m1, m1 <= m2, lam > 0)
    border = lam_that_zeroes_smaller(m1, rho)
    assert border > 0
    if lam < border:
        w1, w2 = best(m1, m2, rho, lam, 0)
        assert w1 > 0 and w2 > 0
        assert best(m2, m1, rho, lam, 0) == [w2, w1] and best(-m1, -m2, rho, lam, 0) == [-w1, -w2]
        assert best(m1, -m2, -rho, lam, 0) == [w1, -w2]


@proved(wrong=("m1 <= m2", "m1 <= 2 * m2"))
def test_positive_correlation_delays_the_zero(m1, m2, rho, lam):
    """The smaller weight is zero exactly from a strength on that grows with the correlation."""
    assume(-1 < rho, rho < 1, 0 < m1, m1 <= m2, lam >= 0)
    border = lam_that_zeroes_smaller(m1, rho)
    assert (best(m1, m2, rho, lam, 0)[0] == 0) == (lam >= border)
    without = lam_that_zeroes_smaller(m1, 0)
    assert (border > without) == (rho > 0) and (border < without) == (rho < 0)


@proved(wrong=("same = best(m1, m2, -rho", "same = best(m1, m2, rho"))
def test_opposite_signs_turn_the_correlation_round(m1, m2, rho, lam):
    assume(-1 < rho, rho < 1, 0 < m1, m1 <= m2, lam >= 0)
    opposite = best(m1, -m2, rho, lam, 0)
    same = best(m1, m2, -rho, lam, 0)
    assert opposite == [same[0], -same[1]]
    assert (opposite[0] == 0) == (lam >= lam_that_zeroes_smaller(m1, -rho))


@proved(wrong=("m1 < rho * m2", "m1 < m2"))
def test_a_ridge_weight_can_pass_through_zero(m1, m2, rho, lam, more):
    """The first weight as lam grows, where it is positive at first; where it is negative all is mirrored."""
    assume(0 < rho, rho < 1, 0 < m1, m1 < rho * m2, lam >= 0, more > lam)
    w1 = best(m1, -m2, rho, 0, lam)[0]
    # One strength at which it is zero, above all others at which it is positive.
    crossing = m1 * (1 - rho * rho) / (rho * m2 - m1)
    assert (w1 > 0) == (lam < crossing) and (w1 == 0) == (lam == crossing)
    if w1 > 0:
        assert best(m1, -m2, rho, 0, more)[0] < w1


@proved(wrong=("0 <= share and share <= 1", "share <= 1"))
def test_l1_does_not_mind_how_twins_share(total, share, lam):
    """The error sees the sum alone; of one sign are just the shares from 0 to 1."""
    assume(total != 0, lam > 0)
    first, second = share * total, total - share * total
    same_sign = 0 <= share and share <= 1
    assert same_sign == (first * second >= 0)
    cost = l1(first, lam) + l1(second, lam)
    assert cost == l1(total, lam) if same_sign else cost > l1(total, lam)


@proved(wrong=("first == second", "first >= second"))
def test_squared_l2_shares_equally_between_twins(first, second, lam):
    assume(lam > 0)
    equally = 2 * squared_l2((first + second) / 2, lam)
    cost = squared_l2(first, lam) + squared_l2(second, lam)
    assert cost >= equally and (cost == equally) == (first == second)


def twins(seed, n_samples=12):
    """Features [x, x, z] with mean 0 and z orthogonal to x, and targets with mean 0."""
    draw = np.random.default_rng(seed)
    orthonormal = np.linalg.qr(draw.standard_normal((n_samples, 3)))[0]
    x, z, noise = np.concatenate([orthonormal, -orthonormal]).T
    return np.column_stack([x, x, z]), 3 * x + draw.standard_normal() * z + noise


@settings(max_examples=40)
@given(seed=st.integers(0, 1000), part=st.floats(0.01, 0.99), share=st.floats(0, 1), lam_l2=strengths)
def test_fits_of_twins_are_as_their_penalties_say(seed, part, share, lam_l2):
    X, y = twins(seed)
    x, X = X[:, 0], X[:, :2]
    lam = part * abs(2 * x @ y)
    total = np.sign(x @ y) * (abs(x @ y) - lam / 2) / (x @ x)
    fit = lasso(X, y, lam, tol=1e-12)
    assert fit.w.sum() == pytest.approx(total, abs=1e-5) and np.all(fit.w * total >= 0)
    # Any other sharing is as good.
    shared = np.array([share * total, total - share * total])
    assert objective(shared, 0.0, X, y, L1(lam)) == pytest.approx(objective(fit.w, fit.b, X, y, L1(lam)), rel=1e-9)
    assert ridge(X, y, lam_l2).w == pytest.approx([x @ y / (2 * x @ x + lam_l2)] * 2)


@settings(max_examples=40)
@given(seed=st.integers(0, 1000), near=st.floats(0.99, 1.01) | st.floats(0.1, 5), lam_l2=strengths)
def test_the_elastic_net_shares_and_makes_zeros(seed, near, lam_l2):
    """In closed form, with a strength near the pull on the third feature; strictly convex, so there is no other minimiser."""
    X, y = twins(seed)
    x, z = X[:, 0], X[:, 2]
    lam_l1 = near * abs(2 * z @ y)
    only_where(abs(near - 1) > 1e-6 and lam_l1 > 1e-3)
    twin = np.sign(x @ y) * max(abs(x @ y) - lam_l1 / 2, 0) / (2 * x @ x + lam_l2)
    third = np.sign(z @ y) * max(abs(z @ y) - lam_l1 / 2, 0) / (z @ z + lam_l2)
    w = elastic_net(X, y, lam_l1, lam_l2, tol=1e-14).w
    assert w == pytest.approx([twin, twin, third], abs=1e-6)
    # Zero in exactly the cases in which the pull fits.
    assert (w[2] == 0) == (near > 1) == (third == 0)


@proved(wrong=("lam < last", "lam <= last"))
def test_equal_weights_go_together(m, rho, lam):
    assume(-1 < rho, rho < 1, m != 0, lam >= 0)
    w1, w2 = best(m, m, rho, lam, 0)
    last = lam_that_zeroes_smaller(m, rho)
    assert last == 2 * abs(m) * (1 + rho)
    # Equal weights are the middle of a side.
    assert w1 == w2 and (w1 * m > 0) == (lam < last) and (w1 == 0) == (lam >= last)

"""What the page on penalty and constraint claims, for two features with sum of squares 1 and correlation rho."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shrinkage import L1 as L1_NORM
from shrinkage import (
    ball_pair,
    data_pull_pair,
    elastic_net,
    elastic_net_kkt_violation,
    elastic_net_pair,
    excess_error_pair,
    lam_that_zeroes_smaller,
    lasso_kkt_violation,
    objective,
    p_norm_pair,
    penalty_pair,
    ridge,
    soft_threshold,
)

places = st.floats(-3, 3)
sizes = st.floats(0.05, 3)
correlations = st.floats(-0.9, 0.9)
strengths = st.floats(0.05, 12)
shares = st.floats(0.02, 0.999) | st.floats(-8, -2).map(lambda k: 10**k)
signs = st.sampled_from((1, -1))
L1, SQUARED_L2, NET = (1, 0), (0, 1), (0.5, 0.5)
parts = st.sampled_from((L1, SQUARED_L2, NET))
# Differences of numbers up to about 100, in a solution of two equations with a determinant of at least 0.19.
ROUNDING = 1e-10


def best(m, rho, lam, part=L1):
    """The best weights at a price."""
    m1, m2 = m
    return elastic_net_pair(1, rho, 1, m1 + rho * m2, m2 + rho * m1, lam * part[0], lam * part[1])


@given(
    m=st.tuples(places, places),
    rho=correlations,
    lam=strengths,
    part=parts,
    angle=st.floats(-4, 4),
    share=st.floats(0, 1),
)
def test_best_at_a_price_is_best_within_a_bound(m, rho, lam, part, angle, share):
    w = best(m, rho, lam, part)
    bound = penalty_pair(*w, *part)
    other = ball_pair(np.cos(angle), np.sin(angle), share * bound, *part)
    assert penalty_pair(*other, *part) <= bound * (1 + 1e-12)
    assert excess_error_pair(*other, *m, rho) >= excess_error_pair(*w, *m, rho) - ROUNDING


@given(w2=sizes, sign=signs, rho=correlations, lam=strengths, pull=st.floats(-2, 2))
def test_a_corner_holds_a_weight_for_a_range_of_pulls(w2, sign, rho, lam, pull):
    """Any least error whose pull at the corner (0, w2) is (pull, 1) lam: the corner is best exactly where |pull| <= 1."""
    assume(abs(abs(pull) - 1) > 1e-6)
    w2 = sign * w2
    # pull = 2 A (m - w), solved for m.
    gap1, gap2 = np.linalg.solve([[1, rho], [rho, 1]], [pull * lam / 2, sign * lam / 2])
    m = (gap1, w2 + gap2)
    assert data_pull_pair(0, w2, *m, rho) == pytest.approx([pull * lam, sign * lam], abs=ROUNDING)
    w = best(m, rho, lam)
    assert (w == [0, pytest.approx(w2, abs=ROUNDING)]) == (abs(pull) <= 1)


@given(m=st.tuples(places, places), rho=correlations, part=parts, share=shares)
def test_every_bound_that_bites_has_its_strength(m, rho, part, share):
    """Also bounds that are all but zero, where squared L2 needs a large strength."""
    least = penalty_pair(*m, *part)
    assume(least > 0.01)
    bound = share * least
    low, high = 0.0, 1e9
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if penalty_pair(*best(m, rho, middle, part), *part) > bound else (low, middle)
    # Its best weights use the bound up, so by the other claim they are the best within it.
    assert penalty_pair(*best(m, rho, high, part), *part) == pytest.approx(bound, rel=1e-6, abs=0)


@given(m=st.tuples(places, places), rho=correlations, part=parts, more=st.floats(0, 10), angle=st.floats(-4, 4))
def test_without_a_price_any_larger_bound_will_do(m, rho, part, more, angle):
    w = best(m, rho, 0, part)
    assert w == pytest.approx(m, abs=ROUNDING)
    other = ball_pair(np.cos(angle), np.sin(angle), penalty_pair(*m, *part) + more, *part)
    assert excess_error_pair(*other, *m, rho) >= excess_error_pair(*w, *m, rho) - ROUNDING


@given(m=st.tuples(places, places), rho=correlations, more=st.floats(1e-9, 100))
def test_the_bound_zero_goes_with_many_strengths(m, rho, more):
    last = max(map(abs, data_pull_pair(0, 0, *m, rho)))
    assert best(m, rho, last + more) == [0, 0]
    assume(last > 0.01)
    assert penalty_pair(*best(m, rho, last * 0.999), *L1) > 0


@given(m=st.tuples(places, places), rho=correlations, log_lam=st.floats(-3, 12))
def test_squared_l2_reaches_the_bound_zero_at_no_strength(m, rho, log_lam):
    assume(max(map(abs, m)) > 1e-6)
    w = best(m, rho, 10**log_lam, SQUARED_L2)
    assert penalty_pair(*w, *SQUARED_L2) > 0
    # A bound of zero allows w = 0 alone, where the data pull and the penalty has no slope to answer with.
    assert max(map(abs, data_pull_pair(0, 0, *m, rho))) > 0


@given(w2=sizes, rho=correlations, lam=strengths, pull=st.floats(-0.9, 0.9), angle=st.floats(-4, 4))
def test_under_l1_a_zero_survives_small_changes(w2, rho, lam, pull, angle):
    gap1, gap2 = np.linalg.solve([[1, rho], [rho, 1]], [pull * lam / 2, lam / 2])
    # The pull changes by at most 4 times the distance that m moves: well within what is left of the interval.
    step = 0.02 * min(lam, w2)
    moved = (gap1 + step * np.cos(angle), w2 + gap2 + step * np.sin(angle))
    assert best(moved, rho, lam)[0] == 0


@given(w2=sizes, rho=correlations, lam=strengths, extra=st.floats(1e-6, 1) | st.floats(-1, -1e-6))
def test_under_squared_l2_a_zero_is_an_accident(w2, rho, lam, extra):
    # The least error for which (0, w2) is best: no pull on w1, 2 lam w2 on w2.
    m = np.array([0, w2]) + np.linalg.solve([[1, rho], [rho, 1]], [0, lam * w2])
    assert best(m, rho, lam, SQUARED_L2) == pytest.approx([0, w2], abs=ROUNDING)
    # An extra pull on w1 alone.
    moved = m + np.linalg.solve([[1, rho], [rho, 1]], [extra, 0])
    assert best(moved, rho, lam, SQUARED_L2)[0] * extra > 0


@given(m=st.tuples(places, places), lam=strengths)
def test_without_correlation_the_zeros_fill_a_band(m, lam):
    assume(m[0] == 0 or abs(m[0]) > 1e-100)
    assert (best(m, 0, lam)[0] == 0) == (abs(m[0]) <= lam / 2)
    assert (best(m, 0, lam, SQUARED_L2)[0] == 0) == (m[0] == 0)


@given(
    m1=st.floats(0.5, 3),
    m2=st.floats(0.5, 3),
    share=st.floats(0.05, 0.95),
    sign=signs,
    inside=st.tuples(st.floats(-1, 1), st.floats(-1, 1)),
)
def test_a_square_makes_equal_weights(m1, m2, share, sign, inside):
    """Without correlation the best weights with max |w_j| <= t are m, cut off at t: proved by the slopes towards the square."""
    t = share * min(m1, m2)
    m = np.array([m1, sign * m2])
    w = np.clip(m, -t, t)
    assert abs(w[0]) == abs(w[1]) == p_norm_pair(*w, float("inf")) == t > 0
    other = t * np.array(inside)
    assert np.dot(data_pull_pair(*w, *m, 0), other - w) <= ROUNDING
    assert excess_error_pair(*other, *m, 0) >= excess_error_pair(*w, *m, 0) - ROUNDING


@given(m2=sizes, share=st.floats(-0.9, 0.9), lam=st.floats(0.5, 5), bound=st.floats(0.1, 5))
def test_the_elastic_net_keeps_its_corners(m2, share, lam, bound):
    # A corner: leaving the axis sideways costs the same share of the step on both sides, however small the step.
    w2 = ball_pair(0, 1, bound, *NET)[1]
    for step in (1e-6, -1e-6):
        assert (penalty_pair(step, w2, *NET) - bound) / abs(step) == pytest.approx(NET[0], abs=1e-5)
    # The side bulges: half-way between two corners costs less than they do.
    assert penalty_pair(w2 / 2, w2 / 2, *NET) < bound
    # And the zeros are exact: without correlation for |2 m1| up to L1's part of lam.
    assert best((share * NET[0] * lam / 2, m2), 0, lam, NET)[0] == 0


@given(m1=sizes, m2=sizes, sign=signs, rho=correlations)
def test_a_weak_l1_makes_no_zero(m1, m2, sign, rho):
    lam = 0.5 * lam_that_zeroes_smaller(min(m1, m2), rho * sign)
    assert lam > 0
    w1, w2 = best((m1, sign * m2), rho, lam)
    assert w1 > 0 and w2 * sign > 0


@given(m=sizes, ratio=st.floats(1.01, 4), rho=st.floats(0.01, 0.9))
def test_positive_correlation_delays_the_zero(m, ratio, rho):
    without = lam_that_zeroes_smaller(m, 0)
    assert lam_that_zeroes_smaller(m, -rho) < without < lam_that_zeroes_smaller(m, rho)
    # Seen on the fits, at the strength that zeroes it without correlation.
    zeroed = [best((m, ratio * m), r, without * 1.0001)[0] == 0 for r in (-rho, 0, rho)]
    assert zeroed == [True, True, False]


@given(m=sizes, ratio=st.floats(1.01, 4), rho=correlations, lam=strengths)
def test_opposite_signs_turn_the_correlation_round(m, ratio, rho, lam):
    same, opposite = best((m, ratio * m), -rho, lam), best((m, -ratio * m), rho, lam)
    assert opposite == [same[0], -same[1]]
    border = lam_that_zeroes_smaller(m, -rho)
    assert best((m, -ratio * m), rho, border * 1.0001)[0] == 0 < best((m, -ratio * m), rho, border * 0.9999)[0]


@given(m2=st.floats(0.5, 3), share=st.floats(0.1, 0.9), rho=st.floats(0.1, 0.9), sign=signs)
def test_a_ridge_weight_can_pass_through_zero(m2, share, rho, sign):
    m1 = share * rho * m2
    m = (sign * m1, -sign * m2)
    # (1 + lam) (m1 - rho m2) + rho (m2 - rho m1) = 0, the numerator of w1, has one root.
    crossing = m1 * (1 - rho * rho) / (rho * m2 - m1)
    w1 = [
        sign * best(m, rho, lam, SQUARED_L2)[0]
        for lam in (0, crossing * 0.999, crossing, crossing * 1.001, crossing * 1.1)
    ]
    assert w1[0] == pytest.approx(m1) and w1[0] > w1[1] > 0 > w1[3] > w1[4]
    assert w1[2] == pytest.approx(0, abs=ROUNDING)


def twins(seed):
    """Features [x, x, z] with mean 0 and z orthogonal to x, and targets with mean 0."""
    draw = np.random.default_rng(seed)
    orthonormal = np.linalg.qr(draw.standard_normal((12, 3)))[0]
    x, z, noise = np.concatenate([orthonormal, -orthonormal]).T
    return np.column_stack([x, x, z]), 3 * x + draw.standard_normal() * z + noise


@given(seed=st.integers(0, 1000), part=st.floats(0.01, 0.99), share=st.floats(0, 1), beyond=st.floats(1e-3, 1))
def test_l1_does_not_mind_how_twins_share(seed, part, share, beyond):
    X, y = twins(seed)
    x, X = X[:, 0], X[:, :2]
    lam = part * abs(2 * x @ y)
    total = soft_threshold(x @ y, lam / 2) / (x @ x)

    def shared(share):
        return np.array([share * total, total - share * total])

    least = objective(shared(0.5), 0.0, X, y, L1_NORM(lam))
    assert lasso_kkt_violation(shared(share), 0.0, X, y, lam) < 1e-9 * lam
    assert objective(shared(share), 0.0, X, y, L1_NORM(lam)) == pytest.approx(least, rel=1e-12)
    # With opposite signs the sum is the same and the price is higher.
    for outside in (-beyond, 1 + beyond):
        assert objective(shared(outside), 0.0, X, y, L1_NORM(lam)) == pytest.approx(
            least + 2 * beyond * lam * abs(total)
        )
        assert lasso_kkt_violation(shared(outside), 0.0, X, y, lam) > lam


@given(seed=st.integers(0, 1000), lam=strengths, off=st.floats(1e-3, 3), side=signs)
def test_squared_l2_shares_equally_between_twins(seed, lam, off, side):
    X, y = twins(seed)
    X = X[:, :2]
    w = ridge(X, y, lam).w
    assert w[0] == pytest.approx(w[1]) != 0
    # The slope of error and penalty is 0 there, and any other sharing of the same sum costs more.
    x = X[:, 0]
    assert 2 * x @ (y - X @ w) == pytest.approx(2 * lam * w[0])
    uneven = w + side * off * np.array([1, -1])
    assert X @ uneven == pytest.approx(X @ w) and np.sum(uneven**2) > np.sum(w**2)


@given(seed=st.integers(0, 1000), near=st.floats(0.99, 1.01) | st.floats(0.1, 5), lam_l2=strengths)
def test_the_elastic_net_shares_and_makes_zeros(seed, near, lam_l2):
    """Its weights in closed form, with a strength near the pull on the third feature, and proved by the slopes."""
    X, y = twins(seed)
    x, z = X[:, 0], X[:, 2]
    lam_l1 = near * abs(2 * z @ y)
    assume(abs(near - 1) > 1e-9 and lam_l1 > 1e-3)
    twin = soft_threshold(x @ y, lam_l1 / 2) / (2 * x @ x + lam_l2)
    third = soft_threshold(z @ y, lam_l1 / 2) / (z @ z + lam_l2)
    assert elastic_net_kkt_violation(np.array([twin, twin, third]), 0.0, X, y, lam_l1, lam_l2) < 1e-9 * (lam_l1 + 10)
    assert (third == 0) == (near > 1)
    assert (twin == 0) == (abs(2 * x @ y) <= lam_l1)
    # Strictly convex: there is no other minimiser.
    assert elastic_net(X, y, lam_l1, lam_l2, tol=1e-14).w == pytest.approx([twin, twin, third], abs=1e-5)


@given(m=sizes, rho=correlations, share=st.floats(0.01, 0.99), sign=signs)
def test_equal_weights_go_together(m, rho, share, sign):
    last = lam_that_zeroes_smaller(m, rho)
    w1, w2 = best((sign * m, sign * m), rho, share * last)
    assert w1 == pytest.approx(w2) and w1 * sign > 0
    assert best((sign * m, sign * m), rho, last * (1 + 1e-12)) == [0, 0]

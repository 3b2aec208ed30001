"""Two weights in the plane: contours and balls by their definition, the strength that zeroes one by the solver."""

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import shrinkage as s
from tests.shrinkage.laws import NUMBERS, STRENGTHS, vectors

CORRELATIONS = st.floats(-0.95, 0.95)
PLACES = st.floats(-5, 5)
BOUNDS = st.floats(1e-6, 20)


def features(rho):
    """Two centred features with sum of squares 1 and that correlation."""
    C = np.linalg.cholesky([[1, rho], [rho, 1]]).T / np.sqrt(2)
    return np.vstack([C, -C])


@given(PLACES, PLACES, PLACES, PLACES, CORRELATIONS, st.integers(0, 5))
def test_excess_error_is_what_the_error_exceeds_its_least_value(w1, w2, m1, m2, rho, seed):
    X = features(rho)
    # Noise that is orthogonal to the features, so that m stays the best fit.
    noise = np.random.default_rng(seed).normal(size=2)
    y = X @ [m1, m2] + np.concatenate([noise, noise]) - noise.mean()
    excess = s.sum_squared_errors([w1, w2], 0, X, y) - s.sum_squared_errors([m1, m2], 0, X, y)
    assert s.excess_error_pair(w1, w2, m1, m2, rho) == pytest.approx(excess, abs=1e-10)
    gradient, _ = s.sum_squared_errors_gradient([w1, w2], 0, X, y)
    assert s.data_pull_pair(w1, w2, m1, m2, rho) == pytest.approx(list(-gradient), abs=1e-10)
    assert s.excess_error_pair(w1, w2, m1, m2, rho) >= 0 == s.excess_error_pair(m1, m2, m1, m2, rho)


def test_the_pull_is_minus_the_gradient_by_sympy():
    names = w1, w2, m1, m2, rho = sympy.symbols("w1 w2 m1 m2 rho")
    excess = s.excess_error_pair.__wrapped__(*names)
    for w, pull in zip((w1, w2), s.data_pull_pair.__wrapped__(*names), strict=True):
        assert sympy.expand(pull + sympy.diff(excess, w)) == 0


@given(st.floats(-4, 4), st.floats(0, 30), PLACES, PLACES, CORRELATIONS)
def test_points_of_a_contour_have_its_level_and_go_round_once(angle, level, m1, m2, rho):
    w1, w2 = s.contour_pair(np.cos(angle), np.sin(angle), level, m1, m2, rho)
    assert s.excess_error_pair(w1, w2, m1, m2, rho) == pytest.approx(level, rel=1e-11, abs=1e-11)
    # The lowest point of (1, 0) lies level with the centre, to its right; (0, 1) is the highest.
    assert s.contour_pair(1, 0, level, m1, m2, rho) == pytest.approx([m1 + level**0.5, m2])
    top = s.contour_pair(0, 1, level, m1, m2, rho)
    assert top[1] >= w2 - 1e-12 and s.data_pull_pair(*top, m1, m2, rho)[0] == pytest.approx(0, abs=1e-10)


@given(PLACES, PLACES, STRENGTHS, STRENGTHS)
def test_the_penalty_of_a_pair_is_the_elastic_net(w1, w2, lam_l1, lam_l2):
    penalty = s.ElasticNet(lam_l1, lam_l2)
    assert s.penalty_pair(w1, w2, lam_l1, lam_l2) == pytest.approx(penalty.value([w1, w2]), rel=1e-13)


@given(
    st.floats(-4, 4),
    BOUNDS,
    st.sampled_from([(1, 0), (0, 1), (0.5, 0.5), (1e-9, 3), (3, 1e-9), (2, 0.1)]),
    st.floats(0.1, 10),
)
def test_points_of_a_ball_cost_its_bound_in_their_direction(angle, bound, lams, length):
    u, v = length * np.cos(angle), length * np.sin(angle)
    w1, w2 = s.ball_pair(u, v, bound, *lams)
    assert s.penalty_pair(w1, w2, *lams) == pytest.approx(bound, rel=1e-12)
    assert w1 * v == pytest.approx(w2 * u) and w1 * u + w2 * v > 0
    assert s.ball_pair(u, v, 0, *lams) == [0, 0]


def test_balls_by_hand():
    assert s.ball_pair(1, 1, 3, 1, 0) == [1.5, 1.5]
    assert s.ball_pair(3, 4, 25, 0, 1) == [3, 4]
    assert s.ball_pair(0, -2, 6, 1, 1) == [0, -2]
    assert s.lam_that_zeroes_smaller(1.5, 0.5) == 4.5
    assert s.excess_error_pair(2, 1, 0, 0, 0.5) == 7
    assert s.data_pull_pair(2, 1, 0, 0, 0.5) == [-5, -4]


@given(
    st.floats(0.01, 5),
    st.floats(1.001, 4),
    CORRELATIONS,
    st.sampled_from([1, -1]),
    st.sampled_from([1, -1]),
    st.booleans(),
)
def test_the_smaller_weight_goes_at_that_strength_and_not_before(m, ratio, rho, sign1, sign2, turned):
    small, large = sign1 * m, sign2 * m * ratio
    border = s.lam_that_zeroes_smaller(small, rho * sign1 * sign2)

    def fitted(lam):
        w1, w2 = (large, small) if turned else (small, large)
        fit = s.elastic_net_pair(1, rho, 1, w1 + rho * w2, w2 + rho * w1, lam, 0)
        return fit[turned], fit[not turned]

    assert fitted(border * 0.9999)[0] * sign1 > 0
    assert fitted(border * 1.0001) == (0, pytest.approx(large + rho * small - sign2 * border * 1.0001 / 2))
    assert fitted(border * 1.0001)[1] * sign2 >= 0 and fitted(border * 3)[0] == 0


@given(vectors(3), vectors(3), NUMBERS, NUMBERS, CORRELATIONS, STRENGTHS)
def test_arrays_are_treated_element_by_element(w1, w2, m1, m2, rho, lam):
    for function, rest in ((s.excess_error_pair, (m1, m2, rho)), (s.penalty_pair, (lam, 2 * lam))):
        assert function(w1, w2, *rest).tolist() == [
            function(a, b, *rest) for a, b in zip(w1.tolist(), w2.tolist(), strict=True)
        ]
    pulls = s.data_pull_pair(w1, w2, m1, m2, rho)
    single = [s.data_pull_pair(a, b, m1, m2, rho) for a, b in zip(w1.tolist(), w2.tolist(), strict=True)]
    assert np.array(pulls).T.tolist() == single
    assert s.lam_that_zeroes_smaller(w1, rho).tolist() == [s.lam_that_zeroes_smaller(m, rho) for m in w1.tolist()]


@pytest.mark.parametrize(
    ("function", "arguments", "words"),
    [
        (s.excess_error_pair, (1, 1, 0, 0, 1), "rho must be a number between -1 and 1, got 1.0"),
        (s.excess_error_pair, (1, 1, 0, float("nan"), 0), "m2 must be a finite number"),
        (s.data_pull_pair, (1, 1, 0, 0, -1), "rho must be"),
        (s.data_pull_pair, ("1", 1, 0, 0, 0), "w1 must be"),
        (s.contour_pair, (1, 0, -1, 0, 0, 0), "level must be a finite number >= 0, got -1.0"),
        (s.contour_pair, (1, 0, 1, 0, 0, float("nan")), "rho must be"),
        (s.contour_pair, (1, float("inf"), 1, 0, 0, 0), "s must be"),
        (s.penalty_pair, (1, 1, -1, 0), "lam_l1 must be"),
        (s.ball_pair, (0, 0, 1, 1, 0), "u and v must not both be 0: that is no direction$"),
        (s.ball_pair, (1, 0, 1, 0, 0), "lam_l1 and lam_l2 must not both be 0: all weights would cost the same$"),
        (s.ball_pair, (1, 0, -1, 1, 0), "bound must be"),
        (s.ball_pair, (1, 0, 1, 1, -1), "lam_l2 must be"),
        (s.lam_that_zeroes_smaller, (float("inf"), 0), "m must be"),
        (s.lam_that_zeroes_smaller, (1, 1.5), "rho must be"),
    ],
)
def test_bad_input_is_named(function, arguments, words):
    with pytest.raises(ValueError, match=words):
        function(*arguments)

"""What the page on gradient descent claims."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from figures import given as chosen
from shrinkage import (
    gradient_descent,
    joint_step_matrix,
    loss_l1,
    loss_l1_slope,
    loss_squared_l2_slope,
    minimiser_l1,
    minimiser_squared_l2,
    spectral_radius,
    squared_error_bias_slope,
    squared_error_slope,
    squared_l2_step_factor,
    stable_step_limit,
    update_l1,
    update_plain,
    update_squared_l2,
)
from tests.claims.draws import features, step_sizes, strengths, values, weights

ETA_ONE = chosen.ETA_ONE


@given(w=weights, H=values, lam=strengths, eta=step_sizes)
def test_step_of_l1_has_length_eta_lambda(w, H, lam, eta):
    second_move = update_l1(w, H, lam, eta) - update_plain(w, H, eta)
    # Differences round like the numbers they are taken of.
    assert abs(second_move) == pytest.approx(eta * lam, rel=1e-9, abs=1e-12 * (abs(w) + eta * abs(H)))
    assert update_l1(w, 0.0, lam, eta) == w - np.sign(w) * (eta * lam)


@given(w=weights, H=values, lam=strengths, eta=step_sizes)
def test_step_of_squared_l2_has_length_two_eta_lambda_w(w, H, lam, eta):
    second_move = update_squared_l2(w, H, lam, eta) - update_plain(w, H, eta)
    assert abs(second_move) == pytest.approx(2 * eta * lam * abs(w), rel=1e-9, abs=1e-12 * (abs(w) + eta * abs(H)))
    assert np.sign(second_move) in (0, -np.sign(w))


@given(w=weights, lam=strengths, x=values, y=values, b=values)
def test_the_shift_ignores_the_data(w, lam, x, y, b):
    H = squared_error_slope(w, x, y, b)
    for update in (update_l1, update_squared_l2):
        shift_here = update(w, H, lam, ETA_ONE) - update_plain(w, H, ETA_ONE)
        shift_without_data = update(w, 0.0, lam, ETA_ONE) - w
        assert shift_here == pytest.approx(shift_without_data, rel=1e-9, abs=1e-12 * (abs(w) + abs(H)))


@given(w=weights, lam=strengths)
def test_both_shifts_point_to_zero(w, lam):
    for update in (update_l1, update_squared_l2):
        assert np.sign(update(w, 0.0, lam, ETA_ONE) - w) == -np.sign(w)


@given(g=st.floats(-1, 1), outside=st.floats(1.001, 5), v=values)
def test_any_subgradient_may_serve_at_zero(g, outside, v):
    # Subgradient at 0: |v| >= |0| + g (v - 0) for every v.
    assert abs(v) >= g * v
    assert not all(abs(v) >= outside * v for v in (-1.0, 1.0))
    assert not all(abs(v) >= -outside * v for v in (-1.0, 1.0))


@given(lam=strengths, eta=step_sizes)
def test_zero_subgradient_rests_at_zero(lam, eta):
    assert update_l1(0.0, 0.0, lam, eta) == 0
    # The subgradient 1 is allowed as well, and leaves.
    assert gradient_descent(lambda w: lam * 1.0, 0.0, eta, 1)[-1] == -eta * lam != 0


@given(w=weights, x=features, y=values, b=values, lam=strengths, share=st.floats(0.01, 0.99))
def test_a_short_subgradient_step_comes_closer(w, x, y, b, lam, share):
    best = minimiser_l1(x, y, b, lam)
    slope = loss_l1_slope(w, x, y, b, lam)
    excess = loss_l1(w, x, y, b, lam) - loss_l1(best, x, y, b, lam)
    assume(abs(w - best) > 1e-3)
    # |w - eta g - best|^2 <= |w - best|^2 - 2 eta excess + eta^2 g^2, which is less for eta < 2 excess / g^2.
    eta = share * 2 * excess / slope**2
    after = gradient_descent(lambda w: loss_l1_slope(w, x, y, b, lam), w, eta, 1)[-1]
    assert abs(after - best) < abs(w - best)


@given(x=st.floats(-2, 2), lam=st.floats(0, 2), y=values, b=values, w=weights)
def test_step_size_one_is_stable_only_below_the_arc(x, lam, y, b, w):
    # At the border itself rounding decides; and without curvature there is nothing to settle.
    assume(abs(x * x + lam - 1) > 1e-9 and x * x + lam > 1e-9)
    assert (abs(squared_l2_step_factor(x, lam, ETA_ONE)) < 1) == (x * x + lam < 1)
    if abs(x) > 0.1:
        best = minimiser_squared_l2(x, y, b, lam)
        after = gradient_descent(lambda w: loss_squared_l2_slope(w, x, y, b, lam), w, ETA_ONE, 1)[-1]
        assert after - best == pytest.approx(
            squared_l2_step_factor(x, lam, ETA_ONE) * (w - best), abs=1e-9 * (1 + abs(w - best))
        )


@given(x=st.floats(0.05, 5) | st.floats(-5, -0.05), lam=st.floats(0, 5))
def test_step_size_one_with_a_bias_diverges(x, lam):
    assert spectral_radius(joint_step_matrix(x, lam, ETA_ONE)) > 1

    def gradient(parameters):
        w, b = parameters
        return np.array([loss_squared_l2_slope(w, x, 1.0, b, lam), squared_error_bias_slope(w, x, 1.0, b)])

    # The perfect fit is w = 0, b = 1; a start off it is driven away.
    walk = gradient_descent(gradient, np.array([0.3, 0.4]), ETA_ONE, 60)
    distance = np.hypot(walk[:, 0], walk[:, 1] - 1)
    growth = spectral_radius(joint_step_matrix(x, lam, ETA_ONE)) ** 30
    assert distance[-1] > 0.5 * growth * distance[30] > 0


@given(x=st.floats(0.1, 3) | st.floats(-3, -0.1), lam=st.floats(0.1, 3), share=st.floats(0.05, 0.95))
def test_a_small_enough_step_settles(x, lam, share):
    assert abs(squared_l2_step_factor(x, lam, share * stable_step_limit(2 * (x * x + lam)))) < 1
    # Curvatures 2 mu of the joint problem: with eta below 2 / (2 mu_max) every factor 1 - 2 eta mu is below 1 in size.
    curvature = 1 - np.linalg.eigvalsh(joint_step_matrix(x, lam, 1.0))
    assert spectral_radius(joint_step_matrix(x, lam, share * stable_step_limit(curvature.max()))) < 1

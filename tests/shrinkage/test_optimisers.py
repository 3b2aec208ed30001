"""Walks under weight decay: each against the rule in its source's words, and where each comes to rest."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shrinkage as s

PLACES = st.floats(-3, 3)
CORRELATIONS = st.floats(-0.8, 0.8)
DECAYS = st.floats(0, 3)
MOMENTA = st.floats(0, 0.9)


def gradient(w, m, rho):
    """Of the squared error of two features with sum of squares 1 and that correlation."""
    return 2 * np.array([[1, rho], [rho, 1]]) @ (w - np.asarray(m))


def ridge(m, rho, lam):
    """The least error plus lam w^2."""
    return s.elastic_net_pair(1, rho, 1, m[0] + rho * m[1], m[1] + rho * m[0], 0, lam)


@given(PLACES, PLACES, PLACES, PLACES, CORRELATIONS, DECAYS, DECAYS, MOMENTA, st.floats(0.01, 0.2))
def test_momentum_keeps_its_rule(w1, w2, m1, m2, rho, coupled, decoupled, beta, eta):
    walk = s.walk_momentum_pair(w1, w2, m1, m2, rho, coupled, decoupled, beta, eta, 6)
    w, velocity = np.array([w1, w2]), np.zeros(2)
    for found in walk:
        assert found == pytest.approx(w, abs=1e-12)
        velocity = beta * velocity + gradient(w, (m1, m2), rho) + coupled * w
        w = w - eta * (velocity + decoupled * w)


@given(PLACES, PLACES, PLACES, PLACES, CORRELATIONS, DECAYS, DECAYS, st.floats(0.3, 0.6))
def test_momentum_rests_at_ridge_and_feels_decoupled_decay_the_less(w1, w2, m1, m2, rho, coupled, decoupled, beta):
    end = s.walk_momentum_pair(w1, w2, m1, m2, rho, coupled, decoupled, beta, 0.1, 800)[-1]
    lam = (coupled + (1 - beta) * decoupled) / 2
    assert end == pytest.approx(ridge((m1, m2), rho, lam), abs=1e-9)


@given(PLACES, PLACES, PLACES, PLACES, CORRELATIONS, DECAYS, st.floats(0.01, 0.2))
def test_without_momentum_it_does_not_matter_where_the_decay_is(w1, w2, m1, m2, rho, decay, eta):
    inside = s.walk_momentum_pair(w1, w2, m1, m2, rho, decay, 0, 0, eta, 20)
    beside = s.walk_momentum_pair(w1, w2, m1, m2, rho, 0, decay, 0, eta, 20)
    assert np.array(inside) == pytest.approx(np.array(beside), abs=1e-12)
    slopes = gradient(np.array([w1, w2]), (m1, m2), rho)
    one = [s.update_half_squared_l2(w, H, decay, eta) for w, H in zip((w1, w2), slopes)]
    assert inside[1] == pytest.approx(one, abs=1e-13)


@given(
    PLACES, PLACES, PLACES, PLACES, CORRELATIONS, DECAYS, DECAYS, MOMENTA, st.floats(0.5, 0.999), st.floats(1e-8, 0.1)
)
def test_adam_keeps_the_rule_of_its_source(w1, w2, m1, m2, rho, coupled, decoupled, beta1, beta2, eps):
    """Moments that start at 0, corrected by 1 - beta^t."""
    eta = 0.05
    walk = s.walk_adam_pair(w1, w2, m1, m2, rho, coupled, decoupled, eta, 6, beta1, beta2, eps)
    w, m, v = np.array([w1, w2]), 0.0, 0.0
    for t, found in enumerate(walk, 1):
        # Where a gradient is all but 0, its sign is rounding's.
        if np.any(np.abs(gradient(w, (m1, m2), rho) + coupled * w) < 1e-6):
            return
        assert found == pytest.approx(w, abs=1e-9)
        g = gradient(w, (m1, m2), rho) + coupled * w
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        w = w - eta * ((m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps) + decoupled * w)


def test_adams_defaults_are_those_of_its_source():
    plane = (0.3, -1.0, 1.2, 2.6, -0.5)
    assert s.walk_adam_pair(*plane, 0.5, 0.2, 0.1, 9) == s.walk_adam_pair(
        *plane, 0.5, 0.2, 0.1, 9, beta1=0.9, beta2=0.999, eps=1e-8
    )


@given(PLACES, PLACES, st.floats(-0.6, 0.6), st.floats(0.5, 2))
def test_l2_inside_adam_rests_near_ridge_and_adamw_in_its_box(m1, m2, rho, decay):
    """Near: with a step size that stays, the last steps never quite stop, and a wall just touched is approached slowly."""
    end = s.walk_adam_pair(0.5, -0.5, m1, m2, rho, decay, 0, 0.02, 1500, beta2=0.95)[-1]
    assert end == pytest.approx(ridge((m1, m2), rho, decay / 2), abs=0.02)
    end = s.walk_adam_pair(0.5, -0.5, m1, m2, rho, 0, decay, 0.02, 1500, beta2=0.95)[-1]
    assert end == pytest.approx(s.box_minimiser_pair(m1, m2, rho, 1 / decay), abs=0.05)


@given(PLACES, PLACES, PLACES, PLACES, CORRELATIONS, DECAYS, st.floats(0.05, 5), st.floats(0.01, 0.2))
def test_clipped_steps_keep_their_rule(w1, w2, m1, m2, rho, decay, clip, eta):
    walk = s.walk_clipped_pair(w1, w2, m1, m2, rho, decay, clip, eta, 6)
    for w, new in zip(map(np.array, walk), walk[1:]):
        g = gradient(w, (m1, m2), rho)
        taken = (w - new) / eta - decay * w
        assert np.linalg.norm(taken) == pytest.approx(min(clip, np.linalg.norm(g)), abs=1e-9)
        assert taken @ g >= 0 and abs(taken[0] * g[1] - taken[1] * g[0]) < 1e-8


@given(PLACES, PLACES, CORRELATIONS, st.floats(0.2, 3), st.floats(0.2, 5))
def test_clipped_decay_rests_at_ridge_or_on_its_circle(m1, m2, rho, decay, clip):
    w = np.array(s.walk_clipped_pair(0.1, 0.2, m1, m2, rho, decay, clip, 0.05, 1500)[-1])
    at_ridge, radius = ridge((m1, m2), rho, decay / 2), clip / decay
    if np.linalg.norm(at_ridge) <= radius:
        assert w == pytest.approx(at_ridge, abs=1e-3)
    else:
        # Of least error on the circle: what pulls there points outwards.
        pull = -gradient(w, (m1, m2), rho)
        assert np.linalg.norm(w) == pytest.approx(radius, rel=1e-3)
        assert pull @ w == pytest.approx(np.linalg.norm(pull) * radius, rel=1e-3)


@given(PLACES, PLACES, CORRELATIONS, st.floats(0.05, 4))
def test_the_best_in_a_box_is_pulled_at_only_by_its_walls(m1, m2, rho, wall):
    w = np.array(s.box_minimiser_pair(m1, m2, rho, wall))
    assert np.all(np.abs(w) <= wall)
    for w_j, pull in zip(w, -gradient(w, (m1, m2), rho)):
        assert abs(pull) < 1e-12 or abs(w_j) == wall and pull * w_j > 0


def test_by_hand():
    assert s.box_minimiser_pair(1.5, 3, 0.5, 1) == [1, 1]
    assert s.box_minimiser_pair(0.25, 3, -0.5, 1) == [-0.75, 1]
    assert s.box_minimiser_pair(-3, 0.25, 0.5, 2) == [-2, -0.25]
    assert s.box_minimiser_pair(0, -3, 0.25, 1) == [-0.5, -1]
    assert s.box_minimiser_pair(0.5, 0.5, 0.5, 1) == [0.5, 0.5]
    assert s.walk_momentum_pair(1, 2, 0, 0, 0.5, 0, 0, 0, 0.25, 1) == [[1, 2], [0, 0.75]]
    assert s.walk_clipped_pair(0, 0, 3, 4, 0, 1, 5, 1, 1) == [[0, 0], [3, 4]]
    # One step of Adam is as long as eta, whatever the slope.
    assert s.walk_adam_pair(0, 0, 3, -0.01, 0, 0, 0, 0.5, 1)[1] == pytest.approx([0.5, -0.5], rel=1e-5)

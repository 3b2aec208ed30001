"""What the page on weight decay claims."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shrinkage import (
    box_minimiser_pair,
    data_pull_pair,
    elastic_net_pair,
    translate,
    update_half_squared_l2,
    walk_adam_pair,
    walk_clipped_pair,
    walk_momentum_pair,
)
from tests.claims.exact import assume, proved
from tests.claims.pages import quoted

places = st.floats(-3, 3)
correlations = st.floats(-0.7, 0.7)
decays = st.floats(0.4, 3)


def ridge(m1, m2, rho, lam):
    """The least error plus lam (w1^2 + w2^2), by its normal equations."""
    A = np.array([[1, rho], [rho, 1]])
    return np.linalg.solve(A + lam * np.eye(2), A @ [m1, m2])


def shrinking(w1, w2, m1, m2, rho, coupled, decoupled):
    """Where Adam comes to rest: with a step size that stays, its last steps would never quite stop."""
    for eta, n_steps in ((0.03, 500), (0.005, 300), (0.001, 300)):
        w1, w2 = walk_adam_pair(w1, w2, m1, m2, rho, coupled, decoupled, eta, n_steps, 0.9, 0.95)[-1]
    return np.array([w1, w2])


@settings(max_examples=30)
@given(places, places, correlations, decays, st.floats(0, 0.8))
def test_inside_the_gradient_all_end_at_ridge(m1, m2, rho, decay, beta):
    best = ridge(m1, m2, rho, decay / 2)
    for momentum in (0.0, beta):
        assert walk_momentum_pair(2, -2, m1, m2, rho, decay, 0, momentum, 0.05, 1200)[-1] == pytest.approx(
            best, abs=1e-6
        )
    adam = shrinking(2, -2, m1, m2, rho, decay, 0)
    assert adam == pytest.approx(best, abs=2e-3)


@settings(max_examples=30)
@given(places, places, correlations, decays)
def test_adamw_ends_at_the_best_weights_in_a_square(m1, m2, rho, decay):
    w = shrinking(2, -2, m1, m2, rho, 0, decay)
    best = np.array(box_minimiser_pair(m1, m2, rho, 1 / decay))
    # A wall that the least error only just passes pulls gently, and is approached slowly.
    assert w == pytest.approx(best, abs=0.03)
    # The best: nothing pulls inside, and at a wall the pull is outwards.
    for w_j, pull in zip(best, data_pull_pair(*best, m1, m2, rho), strict=True):
        assert abs(w_j) <= 1 / decay and (abs(pull) < 1e-12 or abs(w_j) == 1 / decay and pull * w_j > 0)


@proved(wrong=("decay, 0, 0, eta", "decay, 0, 0.5, eta"))
def test_plain_steps_do_not_tell_decay_from_l2(w1, w2, m1, m2, rho, decay, eta):
    """The first two steps; each step starts anew from its weights, so that what holds for one holds for all."""
    inside = walk_momentum_pair(w1, w2, m1, m2, rho, decay, 0, 0, eta, 2)
    beside = walk_momentum_pair(w1, w2, m1, m2, rho, 0, decay, 0, eta, 2)
    for one, other in zip(inside, beside):
        assert one[0] == other[0]
        assert one[1] == other[1]
    pull, _ = data_pull_pair(w1, w2, m1, m2, rho)
    assert inside[1][0] == update_half_squared_l2(w1, -pull, decay, eta)


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), places, places, st.floats(0.001, 1))
def test_adams_first_step_has_one_length(m1, m2, w1, w2, eta):
    """Steep or flat: for slopes that are large beside eps."""
    after = walk_adam_pair(w1, w2, m1, m2, 0, 0, 0, eta, 1)[1]
    for w, new, slope in zip((w1, w2), after, (2 * (w1 - m1), 2 * (w2 - m2)), strict=True):
        if abs(slope) > 1e-3:
            assert new - w == pytest.approx(-eta * np.sign(slope), rel=1e-4)


@proved(wrong=("abs(m2) <= 1 / d", "abs(m2) <= 2 / d"))
def test_adamw_lets_the_least_error_be(m1, m2, rho, d):
    """Where AdamW ends is the claim above; in the square, that is the least error."""
    assume(-1 < rho, rho < 1, d > 0)
    assume(abs(m1) <= 1 / d, abs(m2) <= 1 / d)
    assert box_minimiser_pair(m1, m2, rho, 1 / d) == [m1, m2]


@settings(max_examples=30)
@given(st.floats(1, 3), st.floats(1, 3), correlations, st.floats(1, 3))
def test_the_square_does_not_mind_the_scale_of_the_error(m1, m2, rho, decay):
    """An error a hundred times as large has gradients a hundred times as large, which Adam divides out, but for eps."""
    once = walk_adam_pair(2, -2, m1, m2, rho, 0, decay, 0.02, 900, 0.9, 0.95)
    # A hundred times the gradient over its size plus eps is the gradient over its size plus a hundredth of eps.
    scaled = walk_adam_pair(2, -2, m1, m2, rho, 0, decay, 0.02, 900, 0.9, 0.95, 1e-8 / 100)
    assert scaled[-1] == pytest.approx(once[-1], abs=0.02)
    box = box_minimiser_pair(m1, m2, rho, 1 / decay)
    assert scaled[-1] == pytest.approx(box, abs=0.05)
    # For ridge it is a hundredth of the strength.
    before, after = ridge(m1, m2, rho, decay / 2), ridge(m1, m2, rho, decay / 2 / 100)
    assert np.linalg.norm(after - [m1, m2]) < np.linalg.norm(before - [m1, m2]) / 5


@settings(max_examples=30)
@given(places, places, correlations, decays, st.floats(0.1, 0.8))
def test_momentum_dilutes_decay_beside_it(m1, m2, rho, decay, beta):
    end = walk_momentum_pair(2, -2, m1, m2, rho, 0, decay, beta, 0.05, 1500)[-1]
    assert end == pytest.approx(ridge(m1, m2, rho, (1 - beta) * decay / 2), abs=1e-6)
    usual = quoted("weight_decay.beta")
    assert 1 - usual == pytest.approx(0.1)


@given(decays, st.floats(0, 0.95), st.integers(1, 500))
def test_pytorch_and_keras_differ_by_the_momentum(decay, beta, n):
    context = {"n_samples": n, "momentum": beta}
    torch = translate("torch.weight_decay", "shrinkage", {"weight_decay": decay}, context)["lam_l2"]
    keras = translate("keras.weight_decay", "shrinkage", {"weight_decay": decay}, context)["lam_l2"]
    assert keras == pytest.approx((1 - beta) * torch)
    # One in the gradient of the mean error, the other beside the velocity: the walks with these two strengths.
    m1, m2, rho = 1.0, -2.0, 0.3
    inside = walk_momentum_pair(0, 0, m1, m2, rho, decay, 0, beta, 0.02, 2500)[-1]
    beside = walk_momentum_pair(0, 0, m1, m2, rho, 0, decay, beta, 0.02, 2500)[-1]
    # The walks' error is the sum, so that n = 1.
    assert inside == pytest.approx(ridge(m1, m2, rho, torch / n), abs=1e-4)
    assert beside == pytest.approx(ridge(m1, m2, rho, keras / n), abs=1e-4)


@settings(max_examples=40)
@given(places, places, correlations, decays, st.floats(0.2, 5))
def test_clipped_decay_ends_at_ridge_or_on_a_circle(m1, m2, rho, decay, clip):
    w = np.array(walk_clipped_pair(2, -2, m1, m2, rho, decay, clip, 0.05, 900)[-1])
    at_ridge, radius = ridge(m1, m2, rho, decay / 2), clip / decay
    if np.linalg.norm(at_ridge) <= radius:
        assert w == pytest.approx(at_ridge, abs=1e-3)
    else:
        assert np.linalg.norm(w) == pytest.approx(radius, rel=1e-3)
        # The least error on the circle is ridge of a greater strength, that which has this length.
        low, high = 0.0, 1e4
        for _ in range(80):
            lam = (low + high) / 2
            low, high = (lam, high) if np.linalg.norm(ridge(m1, m2, rho, lam)) > radius else (low, lam)
        assert w == pytest.approx(ridge(m1, m2, rho, high), abs=5e-3 * max(1, radius))
        assert elastic_net_pair(1, rho, 1, m1 + rho * m2, m2 + rho * m1, 0, high) == pytest.approx(
            w, abs=5e-3 * max(1, radius)
        )


@pytest.mark.parametrize(("decay", "noise"), [(1.0, (5.0, 15.0)), (0.5, (20.0, 8.0))])
def test_noise_turns_the_wall_into_a_spring(decay, noise):
    """AdamW in plain NumPy on noisy gradients, a hundred times side by side, and the mean of where it hovers."""
    m, noise, eta, steps = np.array([1.0, 2.0]), np.array(noise), 0.004, 2400
    draw = np.random.default_rng(0)
    w, mean, square, total = np.zeros((100, 2)), 0.0, 0.0, np.zeros(2)
    for k in range(1, steps + 1):
        g = 2 * (w - m) + noise * draw.standard_normal(w.shape)
        mean, square = 0.9 * mean + 0.1 * g, 0.999 * square + 0.001 * g**2
        w = w - eta * (mean / (1 - 0.9**k) / (np.sqrt(square / (1 - 0.999**k)) + 1e-8) + decay * w)
        total += w.mean(axis=0) * (k > steps // 2) / (steps - steps // 2)
    strengths = (m - total) / total
    assert strengths == pytest.approx(decay * noise / 2, rel=0.15)
    assert max(strengths) > 2 * min(strengths)

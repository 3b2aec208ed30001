"""What the page on training claims, for one weight that the data pull at less than L1 holds."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures import given as chosen
from shrinkage import update_dual_averaging, update_l1, update_l1_prox
from tests.claims.exact import assume, proved
from tests.claims.pages import quoted

LAM, ETA, PULL = chosen.TRAINING_LAM, chosen.TRAINING_ETA, 2 * chosen.TRAINING_Y


def noise(seed=chosen.TRAINING_SEED, size=chosen.TRAINING_NOISE, n=chosen.TRAINING_STEPS):
    return size * np.random.default_rng(seed).standard_normal(n)


def walk(step, errors):
    """The weights by ``step(w, slope, k)``, the slope of (w - y)^2 told with errors."""
    weights = [chosen.TRAINING_W0]
    for k, error in enumerate(errors.tolist(), 1):
        weights.append(step(weights[-1], 2 * weights[-1] - PULL + error, k))
    return np.array(weights)


def subgradient(w, H, k):
    return w - ETA * (H + LAM * np.sign(w))


def shrinking(w, H, k):
    return w - ETA / np.sqrt(k) * (H + LAM * np.sign(w))


def proximal(w, H, k):
    v = w - ETA * H
    return np.sign(v) * max(abs(v) - ETA * LAM, 0.0)


def late(weights):
    return weights[chosen.TRAINING_STEPS // 2 + 1 :]


def typical(weights):
    return np.sqrt(np.mean(late(weights) ** 2))


@proved(wrong=("eta * (lam + abs(pull))", "eta * (lam - abs(pull)) / 2"))
def test_subgradient_steps_hover_within_one_step(w, pull, lam, eta):
    """The longest step at zero is eta (lam + |pull|): within that distance the weight stays. The shortest is eta (lam - |pull|)."""
    assume(lam > 0, eta > 0, 2 * eta <= 1, abs(pull) < lam, w != 0)
    room = eta * (lam + abs(pull))
    assume(abs(w) <= room)
    after = update_l1(w, 2 * w - pull, lam, eta)
    assert abs(after) <= room
    # From nearer than the shortest the step crosses zero; from farther it comes nearer by that much, until one crosses.
    shortest = eta * (lam - abs(pull))
    if abs(w) < shortest:
        assert after * w < 0
    if after * w > 0:
        assert abs(after) <= abs(w) - shortest


@pytest.mark.parametrize("seed", range(5))
def test_noisy_subgradient_steps_make_no_zeros(seed):
    """The noise has a density, so that no number is hit, and zero is a number."""
    assert np.all(walk(subgradient, noise(seed)) != 0)
    drawn = walk(subgradient, noise())
    assert quoted("training_zeros.noisy_size") == pytest.approx(typical(drawn))
    assert quoted("training_zeros.subgradient_size") == pytest.approx(typical(walk(subgradient, 0 * noise())))
    assert quoted("training_zeros.subgradient_size") < quoted("training_zeros.noisy_size")


def test_the_average_is_not_zero_either():
    drawn, longer = walk(subgradient, noise()), walk(subgradient, noise(1, n=20_000))
    average = drawn.mean()
    assert quoted("training_zeros.average") == pytest.approx(average)
    # Of far more steps as well, and on the side to which the data pull.
    assert longer.mean() == pytest.approx(0.06, abs=0.03)
    assert longer.mean() > 0.5 * average > 0
    # More than half of the time it is there.
    assert min(np.mean(drawn > 0), np.mean(longer > 0)) > 0.5


def test_shrinking_steps_come_closer_but_not_to_zero():
    drawn = walk(shrinking, noise())
    assert quoted("training_zeros.shrinking_size") == pytest.approx(typical(drawn)) and np.all(drawn != 0)
    assert typical(drawn) < typical(walk(subgradient, noise())) / 5
    assert np.sqrt(np.mean(walk(shrinking, noise(n=20_000))[-2000:] ** 2)) < typical(drawn) / 2


@proved(wrong=("abs(H) <= lam", "abs(H) < lam"))
def test_a_zero_survives_a_batch_that_pulls_no_harder_than_lambda(H, lam, eta):
    assume(lam >= 0, eta > 0)
    assert (update_l1_prox(0, H, lam, eta) == 0) == (abs(H) <= lam)


def test_with_all_data_the_proximal_step_stays():
    drawn = walk(proximal, 0 * noise())
    first = quoted("training_zeros.whole_from")
    assert np.all(drawn[first:] == 0) and np.all(drawn[:first] != 0)


def test_with_batches_the_proximal_step_visits_zero():
    drawn = walk(proximal, noise())
    share = np.mean(late(drawn) == 0)
    assert quoted("training_zeros.proximal_zero_share") == pytest.approx(share)
    # It leaves and comes back many times.
    assert np.sum(np.diff(late(drawn) == 0)) > 50 and 0 < share < 1


@pytest.mark.parametrize("seed", range(5))
def test_larger_batches_keep_the_zero(seed):
    quiet = late(walk(proximal, noise(seed, chosen.TRAINING_NOISE / 10)))
    assert np.mean(quiet == 0) > 0.9
    # The noise of a mean of a hundred is a tenth.
    means = noise(seed, n=100_000).reshape(-1, 100).mean(axis=1)
    assert np.std(means) == pytest.approx(chosen.TRAINING_NOISE / 10, rel=0.1)


@given(st.floats(-3, 3), st.floats(0.1, 2), st.floats(1, 50), st.integers(1, 1000))
def test_dual_averaging_keeps_its_zeros(mean, lam, gamma, n_steps):
    w = update_dual_averaging(mean, lam, gamma, n_steps)
    assert (w == 0) == (abs(mean) <= lam)
    # It is the least of what it minimises: outside 0, slope, penalty and brake cancel.
    if w != 0:
        assert gamma / math.sqrt(n_steps) * w == pytest.approx(-mean - lam * np.sign(w), abs=1e-9 * abs(mean))
    w, total, weights = chosen.TRAINING_W0, 0.0, []
    for k, error in enumerate(noise().tolist(), 1):
        total += 2 * w - PULL + error
        w = -np.sqrt(k) / chosen.TRAINING_GAMMA * np.sign(total) * max(abs(total) / k - LAM, 0)
        weights.append(w)
    first = quoted("training_zeros.dual_from")
    assert all(w == 0 for w in weights[first - 1 :]) and (first == 1 or weights[first - 2] != 0)

"""What the page on other losses and on a network claims."""

import functools
import math

import numpy as np
import pytest
from hypothesis import assume as only_where
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from figures import given as chosen
from figures import network_weights
from shrinkage import l1_prox, logistic_gradient, logistic_loss, network, network_gradients, proximal_descent
from tests.claims.pages import quoted

SEEDS = st.integers(0, 10**6)
X = np.array(chosen.SEPARABLE_X)[:, np.newaxis]
Y = (X[:, 0] > 0) * 1.0


def best(X, y, lam_l1, lam_l2):
    """The best weight of a logistic model without a bias, by a search that knows no slope."""
    objective = lambda w: logistic_loss([w], 0, X, y) + lam_l1 * abs(w) + lam_l2 * w * w  # noqa: E731
    return minimize_scalar(objective, bounds=(-50, 50), method="bounded", options={"xatol": 1e-9}).x


@given(SEEDS, st.floats(0.05, 3))
def test_the_balance_at_zero_holds_for_logistic_loss(seed, share):
    draw = np.random.default_rng(seed)
    samples, y = draw.normal(size=(8, 1)), draw.integers(0, 2, 8) * 1.0
    pull = abs(samples[:, 0] @ (y - 0.5))
    assert abs(logistic_gradient([0.0], 0, samples, y)[0][0]) == pytest.approx(pull)
    only_where(abs(share - 1) > 0.01)
    # The loss is convex: where a small weight of either sign is no better than zero, none is; else one of them is.
    small = 1e-4 * pull
    at_zero = logistic_loss([0.0], 0, samples, y)
    gains = [at_zero - logistic_loss([w], 0, samples, y) - share * pull * small for w in (small, -small)]
    assert (max(gains) <= 0) == (share > 1)


@given(SEEDS, st.integers(1, 3))
def test_separable_classes_have_no_best_weights(seed, n_features):
    draw = np.random.default_rng(seed)
    w, b, X = draw.normal(size=n_features), draw.normal(), draw.normal(size=(10, n_features))
    y = (X @ w + b > 0) * 1.0
    # Larger and larger, as far as floating point tells the margins from infinity.
    losses = [logistic_loss(k * w, k * b, X, y) for k in (1, 2, 4, 8, 16)]
    assert all(after < before for before, after in zip(losses, losses[1:]))
    k = 30 / np.min(np.abs(X @ w + b))
    assert logistic_loss(k * w, k * b, X, y) < 1e-10


def test_without_a_penalty_the_weight_keeps_growing():
    w, walk = 0.0, [0.0]
    for _ in range(100 * quoted("separable.tenth")):
        # Of a sample that has its sign right with the margin |x| w, the loss falls by |x| / (1 + exp(|x| w)).
        w += chosen.SEPARABLE_ETA * sum(abs(x) / (1 + math.exp(abs(x) * w)) for x in chosen.SEPARABLE_X)
        walk.append(w)
    tenth = quoted("separable.tenth")
    assert quoted("separable.none_early") == pytest.approx(walk[tenth])
    assert quoted("separable.none_end") == pytest.approx(walk[chosen.SEPARABLE_STEPS])
    first, second = walk[10 * tenth] - walk[tenth], walk[100 * tenth] - walk[10 * tenth]
    assert second == pytest.approx(first, rel=0.2) and first > 0


@given(SEEDS, st.floats(0.001, 2), st.booleans())
def test_any_penalty_gives_separable_classes_best_weights(seed, lam, squared):
    """Beyond the weight whose cost alone is what the loss is at zero, nothing is better than zero; before it there is a best."""
    samples = np.random.default_rng(seed).normal(size=(6, 1))
    y = (samples[:, 0] > 0) * 1.0
    at_zero = logistic_loss([0.0], 0, samples, y)
    bound = (at_zero / lam) ** 0.5 if squared else at_zero / lam
    for w in (1.001 * bound, 3 * bound, -2 * bound):
        assert logistic_loss([w], 0, samples, y) + lam * (w * w if squared else abs(w)) > at_zero


def test_the_figures_weights_rest_where_the_slopes_balance():
    lam = chosen.SEPARABLE_LAM
    for end, slope in (
        (quoted("separable.l1_end"), lam),
        (quoted("separable.l2_end"), 2 * lam * quoted("separable.l2_end")),
    ):
        assert end > 0 and -logistic_gradient([end], 0, X, Y)[0][0] == pytest.approx(slope, abs=1e-3)


def test_from_that_strength_on_the_weight_is_zero():
    border = quoted("separable.zeroing_lam")
    assert border == pytest.approx(np.abs(X[:, 0]).sum() / 2)
    for factor in (1.0, 1.01, 3.0):
        walk = proximal_descent(
            lambda w: logistic_gradient(w, 0, X, Y)[0],
            lambda v, eta, k=factor: l1_prox(v, k * border, eta),
            np.zeros(1),
            0.1,
            50,
        )
        assert np.all(walk == 0)
    assert best(X, Y, 0.98 * border, 0) > 1e-3 and abs(best(X, Y, 1.02 * border, 0)) < 1e-6


@functools.cache
def trained():
    """The page's three networks, trained here again in plain NumPy."""
    from figures.network_weights import samples

    X, y = samples()
    found = {}
    for kind in ("proximal", "subgradient", "l2"):
        draw = np.random.default_rng(chosen.NETWORK_SEED + 1)
        W = 0.5 * draw.standard_normal((chosen.NETWORK_FEATURES, chosen.NETWORK_HIDDEN))
        v, c, d = 0.5 * draw.standard_normal(chosen.NETWORK_HIDDEN), np.zeros(chosen.NETWORK_HIDDEN), 0.0
        lam, eta = chosen.NETWORK_LAM, chosen.NETWORK_ETA

        def shrunk(a, kind=kind, lam=lam, eta=eta):
            return np.sign(a) * np.maximum(np.abs(a) - eta * lam, 0) if kind == "proximal" else a

        def pull(a, kind=kind, lam=lam):
            return {"proximal": 0 * a, "subgradient": lam * np.sign(a), "l2": 2 * lam * a}[kind]

        for _ in range(chosen.NETWORK_STEPS):
            H = np.tanh(X @ W + c)
            r = 2 * (H @ v + d - y)
            back = np.outer(r, v) * (1 - H * H)
            W, v, c, d = (
                shrunk(W - eta * (X.T @ back + pull(W))),
                shrunk(v - eta * (H.T @ r + pull(v))),
                c - eta * back.sum(axis=0),
                d - eta * r.sum(),
            )
        found[kind] = np.abs(np.append(W, v)), float(np.mean((network(W, c, v, d, X) - y) ** 2)), W
    # The functions of the site agree on the slopes where the last one ended.
    assert network_gradients(W, c, v, d, X, y)[0] == pytest.approx(
        X.T @ (np.outer(2 * (np.tanh(X @ W + c) @ v + d - y), v) * (1 - np.tanh(X @ W + c) ** 2))
    )
    return found


def test_a_network_gets_its_zeros_by_proximal_steps():
    for kind, (sizes, _, _) in trained().items():
        assert quoted(f"network_weights.{kind}_zeros") == np.sum(sizes == 0)
    assert quoted("network_weights.n_weights") == len(sizes)
    assert quoted("network_weights.proximal_zeros") > len(sizes) / 2
    assert quoted("network_weights.subgradient_zeros") == quoted("network_weights.l2_zeros") == 0


def _small():
    """What the page and the figure call small."""
    assert quoted("network_weights.small") == network_weights.SMALL
    return network_weights.SMALL


def test_subgradient_steps_leave_a_heap_of_small_weights():
    small = _small()
    for kind in ("subgradient", "proximal"):
        assert quoted(f"network_weights.{kind}_small") == np.sum(trained()[kind][0] < small)
    assert quoted("network_weights.subgradient_zeros") == 0
    assert abs(quoted("network_weights.subgradient_small") - quoted("network_weights.proximal_small")) <= 3


def test_squared_l2_leaves_few_small_weights():
    sizes = trained()["l2"][0]
    assert quoted("network_weights.l2_small") == np.sum(sizes < _small()) < len(sizes) / 4


def test_all_three_networks_fit_alike():
    errors = [trained()[kind][1] for kind in ("proximal", "subgradient", "l2")]
    assert [quoted(f"network_weights.{kind}_error") for kind in ("proximal", "subgradient", "l2")] == pytest.approx(
        errors
    )
    assert max(errors) < 1.2 * min(errors) < 0.2 * quoted("network_weights.variance")

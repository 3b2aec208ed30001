"""What the page on stopping early claims."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shrinkage import along_descent, descent_share, gradient_descent, matching_lam, ridge, ridge_directions, ridge_share
from tests.claims.exact import assume, proved
from tests.claims.pages import quoted

SEEDS = st.integers(0, 10**6)


def problem(seed):
    """Centred features, correlated, their targets, and a step size that is short enough everywhere."""
    draw = np.random.default_rng(seed)
    X = draw.normal(size=(12, 4)) @ draw.normal(size=(4, 4))
    X = X - X.mean(axis=0)
    y = draw.normal(size=12)
    values, vectors = np.linalg.eigh(X.T @ X)
    return X, y - y.mean(), values, vectors, draw.uniform(0.2, 1) / (2 * values[-1])


def after(X, y, start, eta, n_steps):
    return gradient_descent(lambda w: 2 * X.T @ (X @ w - y), start, eta, n_steps)[-1]


@given(SEEDS, st.integers(1, 30))
def test_stopping_keeps_a_share_of_each_direction(seed, n_steps):
    X, y, squares, vectors, eta = problem(seed)
    full, w = np.linalg.lstsq(X, y)[0], after(X, y, np.zeros(4), eta, n_steps)
    shares = 1 - (1 - 2 * eta * squares) ** n_steps
    assert vectors.T @ w == pytest.approx(shares * (vectors.T @ full), rel=1e-6, abs=1e-9)
    assert descent_share(squares, eta, n_steps) == pytest.approx(shares, abs=1e-12)
    assert along_descent(eta, n_steps, *ridge_directions(X, y)) == pytest.approx(w, rel=1e-6, abs=1e-9)
    # The flatter, the smaller, and never all; the squares rise.
    assert np.all(np.diff(shares) >= 0) and np.all(shares <= 1) and shares[0] < 1
    # Steps that are not short win more than there is.
    assert descent_share(1.0, 0.75, 1) > 1


@given(SEEDS, st.integers(1, 30))
def test_stopping_makes_no_exact_zeros(seed, n_steps):
    X, y, _, _, eta = problem(seed)
    assert np.all(after(X, y, np.zeros(4), eta, n_steps) != 0)
    assert np.all(ridge(X, y, matching_lam(eta, n_steps)).w != 0)
    assert quoted("early_stopping.zeros") == 0
    # The accident: a feature at which the data do not pull, and that shares nothing with the others.
    X, y = np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]), np.array([1.0, -1.0, 0.0, 0.0])
    for w in (after(X, y, np.zeros(2), 0.1, n_steps), ridge(X, y, 1.0).w):
        assert w[0] != 0 == w[1]


@given(st.floats(1e-4, 1), st.integers(1, 300), st.floats(1e-6, 0.01))
def test_steps_and_strength_match_where_both_are_faint(eta, n_steps, part):
    """Up to a share that is itself of the order of s / lam."""
    lam = 1 / (2 * eta * n_steps)
    assert matching_lam(eta, n_steps) == pytest.approx(lam)
    square = part * lam
    for share in (descent_share(square, eta, n_steps), ridge_share(square, lam)):
        assert share == pytest.approx(part, rel=1.1 * part)


@proved(wrong=("0 <= a, a <= 1", "0 <= a, a <= 2"))
def test_matched_stopping_keeps_at_least_ridges_share(a, left, n):
    """By induction on the number n of steps, with a = 2 eta s and left = (1 - a)^n, what ridge leaves being 1 / (1 + n a)."""
    assume(0 <= a, a <= 1, n >= 0)
    assert descent_share(1, a / 2, 1) == a and descent_share(1, a / 2, 2) == 1 - (1 - a) * (1 - a)
    assert (1 - a) * (1 + a) <= 1
    assume(left >= 0, left * (1 + n * a) <= 1)
    assert left * (1 - a) >= 0
    assert left * (1 - a) * (1 + (n + 1) * a) <= 1


@proved(wrong=("kept <= n * a, kept <= 1", "kept <= 1 + n * a"))
def test_matched_shares_differ_by_at_most_half(kept, a, n):
    """Descent keeps at most n a, as a line lies above a concave curve, and at most 1; ridge keeps n a / (1 + n a)."""
    assume(a > 0, n >= 1)
    assume(kept <= n * a, kept <= 1)
    assert 2 * (kept * (1 + n * a) - n * a) <= 1 + n * a


@given(st.floats(0, 1), st.integers(1, 200))
def test_what_the_last_proof_takes_for_granted(a, n):
    lam = matching_lam(a / 2 if a else 1.0, n)
    kept = descent_share(1.0, a / 2, n) if a else 0.0
    assert kept <= min(1, n * a) + 1e-12
    assert kept - ridge_share(1.0, lam) <= 0.5 + 1e-12


@given(SEEDS, st.integers(1, 30))
def test_stopping_shrinks_towards_the_start(seed, n_steps):
    X, y, squares, vectors, eta = problem(seed)
    start = np.random.default_rng(seed + 1).normal(size=4)
    full, w = np.linalg.lstsq(X, y)[0], after(X, y, start, eta, n_steps)
    share = descent_share(squares, eta, n_steps)
    assert vectors.T @ (w - start) == pytest.approx(share * (vectors.T @ (full - start)), rel=1e-6, abs=1e-9)


@proved(wrong=("eta * s > 1", "eta * s > 0.9"))
def test_too_long_a_step_is_no_penalty(s, eta, distance):
    """One step multiplies the distance from the best weight by 1 - 2 eta s, whatever the distance is."""
    assume(s > 0, eta > 0, eta * s > 1, distance > 0)
    won = descent_share(s, eta, 1)
    assert abs((1 - won) * distance) > distance


@given(st.floats(0.01, 1), st.integers(1, 40), st.integers(2, 9))
def test_smaller_steps_for_longer_win_no_more(a, n, finer):
    """a = 2 eta s; the same eta t in finer steps. At the limit of ever smaller steps exp(-a n) is left."""
    share = descent_share(1.0, a / 2, n)
    small = descent_share(1.0, a / 2 / finer, n * finer)
    assert small <= share + 1e-12
    assert small >= 1 - np.exp(-a * n) - 1e-12
    assert descent_share(1.0, a / 2e6, n * 1_000_000) == pytest.approx(1 - np.exp(-a * n), rel=1e-4)
    # With longer steps, 2 eta s = 1.5, it may be the other way round.
    assert descent_share(1.0, 0.75, 2) < descent_share(1.0, 0.375, 4)


def test_the_figure_shows_the_directions_of_its_data():
    from figures._diabetes import diabetes
    from shrinkage import standardise

    table = diabetes()
    squares, _ = ridge_directions(standardise(table["X"])[0], table["y"])
    lam = 1 / (2 * quoted("early_stopping.eta") * quoted("early_stopping.n_steps"))
    assert quoted("early_stopping.matching") == quoted("early_stopping.lam") == pytest.approx(lam)
    gaps = (
        1
        - (1 - 2 * quoted("early_stopping.eta") * squares) ** quoted("early_stopping.n_steps")
        - squares / (squares + lam)
    )
    assert quoted("early_stopping.most_apart") == pytest.approx(max(abs(gaps)))
    assert quoted("early_stopping.n_directions") == len(squares)

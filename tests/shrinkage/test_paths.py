"""Whole paths: optimal at every strength, with the knots that an independent library and closed forms give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import lars_path

import shrinkage as s
from tests.shrinkage.test_solvers import alike, problem

SHAPES = pytest.mark.parametrize(("n_samples", "n_features"), [(15, 4), (30, 1), (6, 6), (5, 12)])

# An orthonormal design whose columns have mean 0: every weight has a path of its own.
ORTHONORMAL = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]]) / 2


@SHAPES
@pytest.mark.parametrize("seed", range(5))
def test_every_strength_of_the_lasso_is_optimal(n_samples, n_features, seed):
    X, y = problem(seed, n_samples, n_features)
    lams, weights = s.lasso_knots(X, y)
    assert lams[0] == pytest.approx(s.lam_max(X, y), rel=1e-12) and lams[-1] == 0
    assert not weights[0].any() and weights.shape == (len(lams), n_features)
    assert np.all(np.diff(lams) < 0)
    middles = (lams[1:] + lams[:-1]) / 2
    for lam in (2 * lams[0], *lams, *middles, *(0.999 * lams)):
        w = np.array(s.between_knots(lam, lams, weights))
        assert s.lasso_kkt_violation(w, y.mean() - X.mean(axis=0) @ w, X, y, lam) < 1e-9 * lams[0]


def test_very_similar_features_are_followed_as_far_as_wanted():
    X, y = alike()
    lams, weights = s.lasso_knots(X, y, 0.01)
    assert lams[-1] == 0.01 and len(lams) > 12
    for lam in np.geomspace(0.01, lams[0], 40):
        w = np.array(s.between_knots(lam, lams, weights))
        assert s.lasso_kkt_violation(w, y.mean() - X.mean(axis=0) @ w, X, y, lam) < 1e-9 * lams[0]


def test_weights_join_alone_and_zeros_are_exact():
    X, y = problem(2, 40, 6)
    lams, weights = s.lasso_knots(X, y)
    nonzero = [np.array(s.between_knots(lam, lams, weights)) != 0 for lam in (lams[:-1] + lams[1:]) / 2]
    assert np.count_nonzero(nonzero[0]) == 1
    assert all(np.count_nonzero(before != after) == 1 for before, after in zip(nonzero, nonzero[1:]))
    w = s.between_knots((lams[0] + lams[1]) / 2, lams, weights)
    assert sum(one != 0 for one in w) == 1 and {type(one) for one in w} == {float}


@pytest.mark.parametrize("first", range(8))
def test_the_order_of_the_features_does_not_matter(first):
    """Nor does it at the end of a path that leaves no error: no feature is exempt from the rule for rounding there."""
    X, y = problem(0, 5, 8)
    order = np.roll(np.arange(8), -first)
    lams, weights = s.lasso_knots(X, y)
    turned_lams, turned_weights = s.lasso_knots(X[:, order], y)
    assert turned_lams == pytest.approx(lams, abs=1e-7)
    assert turned_weights == pytest.approx(weights[:, order], abs=1e-6)


@pytest.mark.parametrize("seed", range(8))
def test_knots_are_those_of_least_angle_regression(seed):
    """scikit-learn averages the error over samples and halves it: its strength is lam / (2 n)."""
    X, y = problem(seed, 25, 8)
    lams, weights = s.lasso_knots(X, y)
    strengths, _, path = lars_path(X - X.mean(axis=0), y - y.mean(), method="lasso")
    assert s.to_sklearn_lasso(lams, len(y)) == pytest.approx(strengths, abs=1e-9)
    assert weights == pytest.approx(path.T, abs=1e-8)


def test_some_weight_leaves_again():
    left = 0
    for seed in range(8):
        nonzero = s.lasso_knots(*problem(seed, 25, 8))[1] != 0
        # In at one knot, out at a later one, that is a smaller strength.
        left += np.any(nonzero[:-1] & ~nonzero[1:])
    assert left > 0


@given(st.lists(st.sampled_from([-4.0, -2.5, 0.75, 1.5, 3.0, 6.0]), min_size=3, max_size=3, unique_by=abs))
def test_without_correlation_every_weight_joins_at_its_own_strength(z):
    lams, weights = s.lasso_knots(ORTHONORMAL, ORTHONORMAL @ z + 5)
    assert lams == pytest.approx([*sorted((2 * abs(one) for one in z), reverse=True), 0])
    for lam in (0.3, 2.0, 5.5, 20.0):
        assert s.between_knots(lam, lams, weights) == pytest.approx(s.orthonormal_lasso(np.array(z), lam), abs=1e-12)


def test_the_path_ends_where_it_is_told_to():
    X, y = problem(1)
    whole, _ = s.lasso_knots(X, y)
    middle = (whole[1] + whole[2]) / 2
    lams, weights = s.lasso_knots(X, y, middle)
    assert lams.tolist() == [*whole[:2], middle]
    assert weights[-1] == pytest.approx(s.lasso(X, y, middle).w, abs=1e-6)
    for low in (whole[0], 2 * whole[0]):
        lams, weights = s.lasso_knots(X, y, low)
        assert lams.tolist() == [whole[0]] and not weights.any()


def test_a_target_that_does_not_vary_has_a_single_knot():
    lams, weights = s.lasso_knots([[1.0, 2.0], [3.0, 1.0]], [4.0, 4.0])
    assert lams.tolist() == [0] and weights.tolist() == [[0, 0]]
    assert s.between_knots(1.0, lams, weights) == [0, 0]


def test_weights_that_join_at_once_are_an_error():
    with pytest.raises(RuntimeError) as caught:
        s.lasso_knots(ORTHONORMAL, ORTHONORMAL @ [3.0, 3.0, 1.0])
    assert str(caught.value) == "the path cannot be followed beyond lam = 2: its weights there are not optimal"


def test_two_equal_features_have_no_single_path():
    """Two equal features join at once: no line is the path, since many are."""
    column = np.array([1.0, 2.0, 4.0])
    X = np.column_stack([column, column, [1.0, -1.0, 1.0]])
    with pytest.raises(
        RuntimeError, match=r"^the path cannot be followed beyond lam = \d[\d.]*: its weights there are not optimal$"
    ):
        s.lasso_knots(X, [1.0, -1.0, 3.0])


@pytest.mark.parametrize(
    ("lam", "lams", "message"),
    [
        (1.0, [8.0, 4.0, 2.0], "lam must be at least that of the last knot, 2.0, got 1.0"),
        (5.0, [2.0, 4.0], "lams must be falling, as lasso_knots returns them, got 2.0 before 4.0"),
        (5.0, [8.0, 9.0, 2.0], "lams must be falling, as lasso_knots returns them, got 8.0 before 9.0"),
        (5.0, [2.0, 2.0], "lams must be falling, as lasso_knots returns them, got 2.0 before 2.0"),
    ],
)
def test_between_knots_says_what_it_does_not_cover(lam, lams, message):
    with pytest.raises(ValueError) as caught:
        s.between_knots(lam, lams, np.zeros((len(lams), 1)))
    assert str(caught.value) == message


def test_between_knots_by_hand():
    lams, weights = [8.0, 4.0, 2.0], [[0.0, 0.0], [2.0, 0.0], [1.0, -1.0]]
    expected = {9.0: [0, 0], 8.0: [0, 0], 6.0: [1, 0], 5.0: [1.5, 0], 4.0: [2, 0], 3.0: [1.5, -0.5], 2.0: [1, -1]}
    for lam, w in expected.items():
        assert s.between_knots(lam, lams, weights) == w


@SHAPES
@pytest.mark.parametrize("lam", [0.0, 1e-3, 0.7, 50.0])
def test_directions_give_ridge(n_samples, n_features, lam):
    X, y = problem(3, n_samples, n_features)
    squares, directions = s.ridge_directions(X, y)
    assert len(squares) == len(directions) <= min(n_samples - 1, n_features) and directions.shape[1] == n_features
    w = s.along_directions(lam, squares, directions)
    assert w == pytest.approx(s.ridge(X, y, lam).w, rel=1e-7, abs=1e-9) and type(w[0]) is float


def test_directions_that_do_not_vary_are_left_out():
    column = np.array([1.0, 2.0, 4.0, 4.5])
    for X in (np.column_stack([column, column, np.ones(4)]), -np.column_stack([column, 3 * column, np.ones(4)])):
        y = np.array([1.0, 0.0, 3.0, 2.0])
        squares, directions = s.ridge_directions(X, y)
        assert len(squares) == 1
        assert s.along_directions(0, squares, directions) == pytest.approx(s.least_squares(X, y).w, abs=1e-12)


def test_directions_need_features_that_vary():
    with pytest.raises(ValueError) as caught:
        s.ridge_directions([[1.0], [1.0]], [1.0, 2.0])
    assert str(caught.value) == "X must have a column that is not constant, got constant columns alone"


def test_directions_of_an_orthonormal_design():
    z = np.array([3.0, -1.0, 2.0])
    squares, directions = s.ridge_directions(ORTHONORMAL, ORTHONORMAL @ z + 1)
    assert squares == pytest.approx(np.ones(3))
    assert s.along_directions(3.0, squares, directions) == pytest.approx(s.orthonormal_ridge(z, 3.0))


def test_along_directions_by_hand():
    assert s.along_directions(1.0, [1.0, 3.0], [[2.0, 4.0], [8.0, -4.0]]) == [3.0, 1.0]
    assert s.along_directions(0.0, [1.0, 2.0], [[2.0, 4.0], [8.0, -4.0]]) == [6.0, 2.0]


@SHAPES
@pytest.mark.parametrize("n_steps", [0, 1, 7])
def test_along_descent_is_gradient_descent_with_the_best_bias(n_samples, n_features, n_steps):
    X, y = problem(3, n_samples, n_features)
    squares, directions = s.ridge_directions(X, y)
    A, eta = X - X.mean(axis=0), 0.8 / squares.max()
    walk = s.gradient_descent(lambda w: 2 * A.T @ (A @ w - y), np.zeros(n_features), eta, n_steps)
    assert s.along_descent(eta, n_steps, squares, directions) == pytest.approx(walk[-1], rel=1e-9, abs=1e-12)


@SHAPES
def test_shares_are_of_what_least_squares_has(n_samples, n_features):
    X, y = problem(4, n_samples, n_features)
    squares, directions = s.ridge_directions(X, y)
    whole = directions / squares[:, np.newaxis]
    assert whole.sum(axis=0) == pytest.approx(s.least_squares(X, y).w, rel=1e-7, abs=1e-9)
    kept = s.ridge_share(squares, 3.0) @ whole
    assert kept == pytest.approx(s.ridge(X, y, 3.0).w, rel=1e-7, abs=1e-9)
    eta = 0.5 / squares.max()
    assert s.descent_share(squares, eta, 5) @ whole == pytest.approx(s.along_descent(eta, 5, squares, directions))


@given(st.floats(1e-4, 1), st.integers(1, 50))
def test_matching_shares_agree_where_both_are_faint(eta, n_steps):
    lam = s.matching_lam(eta, n_steps)
    faint = 1e-4 * lam
    assert s.ridge_share(faint, lam) == pytest.approx(1e-4, rel=2e-4)
    assert s.descent_share(faint, eta, n_steps) == pytest.approx(1e-4, rel=2e-4)


def test_shares_by_hand():
    assert s.ridge_share(3, 1) == 0.75 and s.ridge_share(2, 0) == 1
    assert s.descent_share(2, 0.125, 1) == 0.5 and s.descent_share(2, 0.125, 3) == 0.875
    assert s.descent_share(2, 0.25, 1) == 1 and s.descent_share(2, 0.125, 0) == 0
    assert s.descent_share(2, 1, 2) == -8
    assert s.matching_lam(0.125, 4) == 1
    assert s.along_descent(0.25, 1, [1, 2], [[1, 0], [2, 4]]) == [1.5, 2]

"""What the pages in practice say of penalties that are read off, and of what was measured."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import lsq_linear

from figures import convert
from shrinkage import CONVENTIONS, elastic_net, implied_penalty, lasso, least_squares, ridge, translate

SEEDS = st.integers(0, 10**6)
RESULTS = Path(__file__).parents[2] / "measurements" / "results.json"


def _data(seed, n_features=6):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(30, n_features)) + rng.normal(size=n_features)
    return X, X @ rng.normal(size=n_features) + 2 + rng.normal(size=30)


def _pulls(fit, X, y):
    return 2 * X.T @ (y - X @ fit.w - fit.b)


@given(SEEDS, st.floats(0.5, 50), st.floats(0.1, 50))
def test_the_points_lie_on_the_slopes_of_the_penalty(seed, lam_l1, lam_l2):
    X, y = _data(seed)
    fit = elastic_net(X, y, lam_l1, lam_l2, tol=1e-11)
    pulls, steady = _pulls(fit, X, y), 2 * lam_l2 * fit.w
    low = np.where(fit.w > 0, lam_l1, -lam_l1) + steady
    high = np.where(fit.w < 0, -lam_l1, lam_l1) + steady
    assert np.all(pulls >= low - 1e-5) and np.all(pulls <= high + 1e-5)
    # And no other weights do: moved a little, some pull is no slope any more.
    moved = fit.w + 0.01
    pulls = 2 * X.T @ (y - X @ moved - (y - X @ moved).mean())
    assert np.max(np.abs(pulls - lam_l1 * np.sign(moved) - 2 * lam_l2 * moved)) > 1e-4


@given(SEEDS, st.floats(1, 60))
def test_under_l1_all_weights_keep_the_same_pull(seed, lam):
    X, y = _data(seed)
    fit = lasso(X, y, lam, tol=1e-11)
    pulls = np.abs(_pulls(fit, X, y))
    assert pulls[fit.w != 0] == pytest.approx(lam, rel=1e-5)
    assert np.all(pulls[fit.w == 0] <= lam * (1 + 1e-6))


@given(SEEDS, st.floats(0.1, 60))
def test_under_squared_l2_the_pull_is_in_proportion(seed, lam):
    X, y = _data(seed)
    fit = ridge(X, y, lam)
    assert _pulls(fit, X, y) == pytest.approx(2 * lam * fit.w, rel=1e-7, abs=1e-9)
    # Twice the weight, twice the pull: the ratio is one for all.
    assert np.ptp(_pulls(fit, X, y) / fit.w) < 1e-5 * lam


@given(SEEDS)
def test_in_a_box_nothing_pulls_inside(seed):
    X, y = _data(seed)
    X, y = X - X.mean(axis=0), y - y.mean()
    wall = float(np.median(np.abs(least_squares(X, y).w)))
    w = lsq_linear(X, y, (-wall, wall), method="bvls", tol=1e-14).x
    pulls, inside = 2 * X.T @ (y - X @ w), np.abs(w) < wall * (1 - 1e-9)
    assert np.max(np.abs(pulls[inside]), initial=0.0) < 1e-6
    assert np.all(pulls[~inside] * w[~inside] >= -1e-6) and np.any(~inside)


@given(SEEDS, st.floats(0.1, 50), st.floats(0.1, 50))
def test_a_free_bias_makes_the_residuals_sum_to_zero(seed, lam, bias_lam):
    X, y = _data(seed)
    fit = ridge(X, y, lam)
    assert np.sum(y - X @ fit.w - fit.b) == pytest.approx(0, abs=1e-9)
    # If they do not, the sum tells the strength: here that of a penalised bias, as one more weight.
    design = np.column_stack([X, np.ones(len(y))])
    *w, b = np.linalg.solve(design.T @ design + np.diag([lam] * X.shape[1] + [bias_lam]), design.T @ y)
    found = implied_penalty(X, y, w, b)
    assert np.sum(y - X @ w - b) == pytest.approx(bias_lam * b, rel=1e-6)
    assert found.bias_lam == pytest.approx(bias_lam, rel=1e-5) and found.lam_l2 == pytest.approx(lam, rel=1e-5)


@given(SEEDS, st.floats(0.1, 10), st.floats(0, 1))
def test_weights_of_one_size_do_not_tell_l1_from_l2(seed, size, share):
    """Any split of the pull between the two explains the fit as well, so none is given."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(20, 5))
    w = size * rng.choice([-1.0, 1.0], 5)
    lam_l1, lam_l2 = share * 3.0, (1 - share) * 3.0 / (2 * size)
    y = X @ w + np.linalg.lstsq(X.T, (lam_l1 * np.sign(w) + 2 * lam_l2 * w) / 2, rcond=None)[0]
    found = implied_penalty(X, y, w)
    assert found.lam_l1 is None and found.lam_l2 is None and "cannot be told apart" in str(found)


def test_every_formula_was_confirmed():
    entries = json.loads(RESULTS.read_text(encoding="utf-8"))
    rows = [row for entry in entries for row in entry.get("rows", ()) if "error" not in row and row["convention"]]
    assert rows
    for row in rows:
        assert row["confirmed"] and len({fit["n"] for fit in row["fits"]}) >= 2
        convention = CONVENTIONS[row["convention"]]
        assert (row["l1"], row["l2"]) == convention.formulas()
        for fit in row["fits"]:
            assert [fit["lam_l1"], fit["lam_l2"]] == pytest.approx(
                fit["expected"], rel=0.06, abs=0.06 * max(fit["expected"])
            )


def _row(name):
    (row,) = [
        row for entry in json.loads(RESULTS.read_text("utf-8")) for row in entry.get("rows", ()) if row["id"] == name
    ]
    return row


def test_the_converter_says_what_translate_says():
    context = {"n_samples": 50, "sd_y": 2.0, "sd_x": 1.5, "momentum": 0.9}
    for source, target in (("sklearn.Lasso", "glmnet.string"), ("torch.weight_decay", "keras.weight_decay")):
        (name,) = {"alpha", "weight_decay"} & set(CONVENTIONS[source].names)
        found = convert.data(source, target, 0.3, n=50, sd_y=2.0, sd_x=1.5, momentum=0.9)["found"]
        assert found == pytest.approx(list(translate(source, target, {name: 0.3}, context).values()), rel=1e-12)


@pytest.mark.parametrize("name", ["torch-proximal", "keras-proximal"])
def test_the_recipes_make_the_lasso(name):
    row = _row(name)
    assert row["kinds"] == ["l1"] and row["bias"] == ["free"] and row["zeros"]
    for fit in row["fits"]:
        assert fit["lam_l1"] == pytest.approx(fit["n"] * fit["strengths"]["l1"], rel=1e-3) and fit["lam_l2"] == 0
        assert fit["missing_zeros"] == 0


@pytest.mark.parametrize(
    ("spared", "whole"), [("torch-sgd-grouped", "torch-sgd"), ("keras-sgd-decay-spared", "keras-sgd-decay")]
)
def test_biases_can_be_spared(spared, whole):
    spared, whole = _row(spared), _row(whole)
    assert spared["bias"] == ["free"] and whole["bias"] == ["same"]
    for one, other in zip(spared["fits"], whole["fits"]):
        assert one["lam_l2"] == pytest.approx(other["lam_l2"], rel=1e-3) and one["strengths"] == other["strengths"]

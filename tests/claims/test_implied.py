"""What the pages in practice say of penalties that are read off, and of what was measured."""

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import lsq_linear

from figures import convert, read_off
from shrinkage import CONVENTIONS, elastic_net, implied_penalty, lam_max, lasso, least_squares, ridge, translate
from tests.fits import data, exact, exact_for

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
    assert found.residual_sum == pytest.approx(bias_lam * b, rel=1e-6)


@pytest.mark.parametrize(("lam_l1", "lam_l2"), [(3.0, 0.0), (0.0, 2.0), (3.0, 2.0)])
def test_a_bias_with_the_weights_penalty_is_told_from_one_with_its_own(lam_l1, lam_l2):
    for seed in range(3):
        # Where it carries the weights' penalty the residuals sum to half its slope at the bias.
        n_zeros = 3 if lam_l1 else 0
        _, _, _, b = exact(seed, lam_l1, lam_l2, n_zeros)
        alike = lam_l2 + lam_l1 / (2 * b)
        for bias_lam, said in ((alike, "same"), (1.5 * alike, "own"), (0.0, "free"), (-alike, "unexplained")):
            found = implied_penalty(*exact(seed, lam_l1, lam_l2, n_zeros, bias_lam=bias_lam))
            assert found.bias == said and found.residual_sum == pytest.approx(bias_lam * b, rel=1e-6, abs=1e-9)
            assert [found.lam_l1, found.lam_l2] == pytest.approx([lam_l1, lam_l2], rel=1e-6, abs=1e-8)
            strengths = {"same": lam_l2, "own": bias_lam, "free": 0.0, "unexplained": None}
            assert found.bias_lam == (None if strengths[said] is None else pytest.approx(strengths[said], abs=1e-8))
            words = {
                "same": "The bias carries the same penalty.",
                "own": f"The bias carries a penalty of its own, squared L2 with lambda = {bias_lam:.6g}.",
                "free": "The bias is free.",
                "unexplained": "The bias is not where the error is least",
            }
            assert [said for said, text in words.items() if text in str(found)] == [found.bias]
            assert (found.sklearn is not None) == (said == "free") == ("scikit-learn would call it" in str(found))


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
    assert f"any lam_l1 + {2 * size:.6g} lam_l2 = {3.0:.6g} explains" in str(found)


def test_too_few_weights_do_not_tell_either():
    def undetermined(*fit):
        found = implied_penalty(*fit)
        assert (found.kind, found.lam_l1, found.lam_l2, found.box) == ("undetermined", None, None, None)
        return str(found)

    X, y = data(0)
    assert f"{lam_max(X, y):.6g} or more" in undetermined(X, y, np.zeros(8), y.mean())
    X, y, w, b = exact(1, 3.0, 0.0, n_features=4, n_zeros=3)
    held = np.max(np.abs(2 * X.T @ (y - X @ w - b))[w == 0])
    alone = f"3 = lam_l1 + {2 * np.max(np.abs(w)):.6g} lam_l2, where lam_l1 is at least {held:.6g}"
    assert alone in undetermined(X, y, w, b)
    X, y, w, b = exact(0, 3.0, 1.0, n_features=2, n_zeros=0)
    assert "lam_l1 = 3 and lam_l2 = 1" in undetermined(X, y, w, b)
    # Three that lie on no line are no elastic net, and not too few.
    assert implied_penalty(*exact(0, 0.0, 1.0, n_features=3, n_zeros=0)).kind == "squared_l2"
    X, y, w, b = exact(5, 10.0, -1.0, n_zeros=0)
    assert implied_penalty(X, y, w, b).kind == "unexplained"
    # Nothing pulls at the weight that is there, and something at the others.
    X, y, w, b = exact(3, 0.0, 0.0, n_zeros=0)
    y = y + np.linalg.lstsq(np.vstack([X.T, np.ones(len(y))]), np.eye(9)[0], rcond=None)[0]
    assert "pull at weights that are 0" in undetermined(X, y - X[:, 0] * w[0], np.append(0.0, w[1:]), b)


# What else shows.

PAIRS = [(3.0, 0.0), (0.0, 2.0), (3.0, 2.0), (0.03, 40.0)]
LOSSES = ("squared_error", "logistic", "poisson")


def _fit(lam_l1, lam_l2, seed, loss="squared_error", **more):
    """(X, y, w, b, lam_l1, lam_l2): a minimiser, with zeros where there is L1."""
    if loss == "squared_error":
        return *exact(seed, lam_l1, lam_l2, 3 if lam_l1 else 0, **more), lam_l1, lam_l2
    X, y, w, b, factor = exact_for(loss, seed, lam_l1, lam_l2)
    if factor < 0.02:
        return _fit(lam_l1, lam_l2, seed + 1, loss)
    kept = slice(None) if lam_l1 else slice(2, None)
    return X[:, kept], y, w[kept], b, factor * lam_l1, factor * lam_l2


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(("lam_l1", "lam_l2"), PAIRS)
def test_whatever_was_put_in_comes_out(lam_l1, lam_l2, loss):
    kind = "elastic_net" if lam_l1 and lam_l2 else "l1" if lam_l1 else "squared_l2"
    for seed in range(3):
        X, y, w, b, *wanted = _fit(lam_l1, lam_l2, seed, loss)
        found = implied_penalty(X, y, w, b, loss=loss)
        assert (found.kind, found.units, found.bias, found.bias_lam) == (kind, "raw", "free", 0)
        assert [found.lam_l1, found.lam_l2] == pytest.approx(wanted, rel=1e-6, abs=1e-7)
        assert found.n_zeros == np.sum(w == 0) and found.distance < 1e-8 and found.misfit < 1e-8
        zeros = np.abs(found.pulls[w == 0])
        assert found.pull_at_zeros == (pytest.approx(zeros.max()) if lam_l1 else None)
        assert not found.missing_zeros and not found.unjustified_zeros and found.wrong_weight is None
        assert (found.sklearn is None) == (loss == "poisson" and lam_l1 > 0)
    X, y = data(0)
    least = least_squares(X, y)
    found = implied_penalty(X, y, least.w, least.b)
    assert (found.kind, found.lam_l1, found.lam_l2) == ("none", 0, 0)
    absent = implied_penalty(X - X.mean(axis=0), y - y.mean(), least.w)
    assert (absent.kind, absent.bias, absent.bias_lam) == ("none", "absent", None)


def test_a_box_is_read_off_with_its_walls():
    for seed in range(5):
        X, y = data(seed, noise=0.3)
        X, y = X - X.mean(axis=0), y - y.mean()
        wall = float(np.sort(np.abs(least_squares(X, y).w))[-4])
        w = lsq_linear(X, y, (-wall, wall), method="bvls", tol=1e-14).x
        found = implied_penalty(X, y, w)
        assert found.kind == "box" and found.box == pytest.approx(wall, rel=1e-9)
        assert found.lam_l1 is None and found.lam_l2 is None and found.sklearn is None
        # A weight inside at which something pulls is no longer in a box of least error.
        w[np.argmin(np.abs(w))] += wall / 3
        assert implied_penalty(X, y, w).kind != "box"


@pytest.mark.parametrize(("lam_l1", "lam_l2"), PAIRS[:3])
def test_a_penalty_on_standardised_features_is_read_off_as_such(lam_l1, lam_l2):
    for seed in range(4):
        X, y, w, b, *wanted = _fit(lam_l1, lam_l2, seed, scale=True)
        found = implied_penalty(X, y, w, b)
        assert found.units == "standardised" and found.sklearn is None and found.bias == "free"
        assert [found.lam_l1, found.lam_l2] == pytest.approx(wanted, rel=1e-7, abs=1e-9)
        if lam_l1:
            assert found.pull_at_zeros == pytest.approx(np.max(np.abs(found.pulls / X.std(axis=0))[w == 0]))
        assert "divided by their standard deviations" in str(found)
        assert "divided by" not in str(implied_penalty(*exact(seed, lam_l1, lam_l2, 3 if lam_l1 else 0)))
        # A column that does not vary has no such unit.
        X[:, 0] = 1.0
        assert implied_penalty(X, y, w, b).kind == "unexplained"


def test_parts_of_the_weights_may_have_a_penalty_of_their_own():
    for seed, lam in enumerate((0.5, 5.0, 50.0)):
        X, y = data(seed)
        order = np.random.default_rng(seed).permutation(8)
        decayed = order < 5
        centred = X - X.mean(axis=0)
        w = np.linalg.solve(centred.T @ centred + np.diag(lam * decayed), centred.T @ (y - y.mean()))
        b = y.mean() - X.mean(axis=0) @ w
        found = implied_penalty(X, y, w, b, groups=np.where(decayed, "decayed", "spared"))
        assert found.kind == "by_group" and found.lam_l2 is None and found.bias == "free"
        assert found.groups["decayed"].lam_l2 == pytest.approx(lam, rel=1e-6)
        assert found.groups["spared"].kind == "none" and found.distance < 1e-8
        assert implied_penalty(X, y, w, b).kind == "unexplained"
        w = np.linalg.solve(centred.T @ centred + np.diag(lam * (1 + decayed)), centred.T @ (y - y.mean()))
        two = implied_penalty(X, y, w, y.mean() - X.mean(axis=0) @ w, groups=(order < 5).astype(int))
        assert (two.kind, two.lam_l1, two.lam_l2) == ("by_group", None, None)
        assert [two.groups[k].lam_l2 for k in (0, 1)] == pytest.approx([lam, 2 * lam], rel=1e-6)
        alike = implied_penalty(*exact(seed, 4.0, 1.0, n_features=12, n_zeros=2), groups=np.arange(12) % 2)
        assert alike.kind == "elastic_net" and [alike.lam_l1, alike.lam_l2] == pytest.approx([4, 1], rel=1e-6)
        # Indices are those of the whole fit.
        X, y, w, b = exact(seed, 4.0, 0.0, n_features=12, n_zeros=3)
        zeros = tuple(np.flatnonzero(w == 0).tolist())
        y = y + np.linalg.lstsq(np.vstack([X.T, np.ones(len(y))]), 6.0 * np.append(w == 0, 0), rcond=None)[0]
        assert implied_penalty(X, y, w, b, groups=["a", "b"] * 6).unjustified_zeros == zeros
        assert str(found).startswith(f"Group '{'decayed' if decayed[0] else 'spared'}': ")
        assert f"Group 'decayed': squared L2 with lambda = {lam:.6g} in our convention." in str(found)


@pytest.mark.parametrize(("lam_l1", "lam_l2"), [(5.0, 0.0), (5.0, 1.0)])
def test_zeros_that_l1_did_not_make_are_named(lam_l1, lam_l2):
    for seed in range(4):
        X, y, w, b = exact(seed, lam_l1, lam_l2)
        zeros = tuple(np.flatnonzero(w == 0).tolist())
        # The other way round: not quite 0, where L1 would have made it so.
        left = np.where(w == 0, 1e-12, w)
        found = implied_penalty(X, y, left, b)
        assert found.missing_zeros == zeros and found.n_zeros == 0 and found.violation < 1e-6
        assert f"w[{zeros[0]}], w[{zeros[1]}], w[{zeros[2]}] should be exactly 0" in str(found)
        right = implied_penalty(X, y, w, b)
        assert f"3 weights are exactly 0, with reason: the largest pull there is {right.pull_at_zeros:.6g}." in str(
            right
        )
        assert [found.lam_l1, found.lam_l2] == pytest.approx([lam_l1, lam_l2], rel=1e-5, abs=1e-7)
        # At the last of the zeros the data pull by more than L1 holds.
        pulls = 2 * X.T @ (y - X @ w - b)
        conditions = np.vstack([X.T, np.ones(len(y))])
        wanted = np.zeros(len(w) + 1)
        wanted[zeros[-1]] = (1.5 * lam_l1 - pulls[zeros[-1]]) / 2
        beyond = y + np.linalg.lstsq(conditions, wanted, rcond=None)[0]
        found = implied_penalty(X, beyond, w, b)
        assert found.unjustified_zeros == zeros[-1:] and found.violation == pytest.approx(0.5 * lam_l1, rel=1e-6)
        absent = implied_penalty(X, beyond - b, w)
        assert absent.distance == pytest.approx(absent.violation / np.max(np.abs(2 * X.T @ (beyond - b))))
        assert f"w[{zeros[-1]}] should not be 0" in str(found) and "with reason" not in str(found)
        assert found.distance == pytest.approx(0.5 * lam_l1 / np.max(np.abs(2 * X.T @ (beyond - beyond.mean()))))


@pytest.mark.parametrize("loss", LOSSES)
def test_a_single_wrong_number_is_found_and_put_right(loss):
    for seed, (lam_l1, lam_l2) in enumerate([*PAIRS[:3], PAIRS[1]]):
        if loss == "squared_error":
            X, y, w, b = exact(seed, lam_l1, lam_l2, 2 if lam_l1 else 0, n_features=12)
            wanted = [lam_l1, lam_l2]
        elif lam_l1:
            continue
        else:
            X, y, w, b, factor = exact_for(loss, 0, 0.0, 1.0, n_features=12)
            X, w, wanted = X[:, 2:], w[2:], [0, factor]
        near = dict(rel=1e-5, abs=1e-6)
        wrong = int(np.argmax(np.abs(w)))
        right, w[wrong] = w[wrong], 1.2 * w[wrong]
        found = implied_penalty(X, y, w, b, loss=loss)
        assert found.wrong_weight == wrong and found.right_value == pytest.approx(right, rel=1e-6)
        assert f": w[{wrong}] should be {found.right_value:.10g}. With it: This is " in str(found)
        assert [found.lam_l1, found.lam_l2] == pytest.approx(wanted, **near)
        w[wrong] = right
        found = implied_penalty(X, y, w, b + 0.5, loss=loss)
        assert found.wrong_weight == -1 and found.right_value == pytest.approx(b, rel=1e-6)
        assert f": the bias should be {found.right_value:.10g}." in str(found)
        assert [found.lam_l1, found.lam_l2] == pytest.approx(wanted, **near)


@pytest.mark.parametrize("biased", [True, False])
def test_an_early_stop_is_told_from_a_penalty(biased):
    X, y = data(3)
    centred, target = X - X.mean(axis=0), y - y.mean()
    for n_steps in (10, 100, 1000):
        w = np.zeros(8)
        for _ in range(n_steps):
            w += 1e-5 * 2 * centred.T @ (target - centred @ w)
        given = (X, y, w, y.mean() - X.mean(axis=0) @ w) if biased else (centred, target, w)
        found = implied_penalty(*given)
        assert found.stopped_after == pytest.approx(1e-5 * n_steps, rel=1e-2) and found.lam_l2 is None
    for seed in range(3):
        fit = ridge(centred, target, 10.0**seed)
        assert implied_penalty(centred, target, fit.w, fit.b).stopped_after is None


def test_weights_rounded_to_single_precision_are_read_off_too():
    for seed in range(5):
        X, y, w, b = exact(seed, 0.0, 30.0, 0)
        found = implied_penalty(X, y, w.astype(np.float32), float(np.float32(b)))
        assert found.kind == "squared_l2" and found.lam_l2 == pytest.approx(30, rel=1e-4) and found.single_precision
        assert "float32" in str(found)
        assert not implied_penalty(X, y, w, b).single_precision
        w[0] = np.float32(w[0])
        assert not implied_penalty(X, y, w, b).single_precision


@pytest.mark.parametrize("loss", LOSSES)
def test_weights_that_minimise_nothing_get_no_strength(loss):
    for seed in range(5):
        X, y, *_ = _fit(0.0, 2.0, seed, loss)
        found = implied_penalty(X, y, np.random.default_rng(seed).normal(size=X.shape[1]), 0.5, loss=loss)
        assert found.kind == "unexplained" and found.lam_l1 is None and found.lam_l2 is None and found.box is None
        assert found.misfit > 1e-2 and found.wrong_weight is None and found.sklearn is None
        assert str(found).startswith(
            f"No penalty of L1 and squared L2 explains this fit: the nearest line misses a pull by {found.misfit:.1e}"
        )


OURS = {CONVENTIONS[name].loss: name for name in CONVENTIONS if name == "shrinkage" or name.startswith("shrinkage.")}


def test_every_formula_was_confirmed():
    entries = json.loads(RESULTS.read_text(encoding="utf-8"))
    rows = [row for entry in entries for row in entry.get("rows", ()) if "error" not in row and row["convention"]]
    assert rows
    for row in rows:
        assert row["confirmed"] and len({fit["n"] for fit in row["fits"]}) >= 2
        convention = CONVENTIONS[row["convention"]]
        assert (row["l1"], row["l2"]) == convention.formulas()
        # Where a formula needs nothing but n, it turns the library's numbers into what was read off, and back.
        ours = OURS[convention.loss]
        for fit in row["fits"] if convention.needs() <= {"n_samples"} else ():
            context = {"n_samples": fit["n"]}
            found = translate(row["convention"], ours, fit["strengths"], context)
            assert list(found.values()) == pytest.approx(fit["expected"], rel=1e-5, abs=1e-9)
            assert translate(ours, row["convention"], found, context) == pytest.approx(fit["strengths"])
        for fit in row["fits"]:
            assert [fit["lam_l1"], fit["lam_l2"]] == pytest.approx(
                fit["expected"], rel=0.06, abs=0.06 * max(fit["expected"])
            )

    # An inverse strength has no number for no penalty but infinity, and none but 0 for all of it.
    inverse = "sklearn.LogisticRegression-l2"
    none, total = ({"lam_l1": 0, "lam_l2": lam} for lam in (0.0, math.inf))
    for lams, C in ((none, math.inf), (total, 0.0), ({"lam_l1": 0, "lam_l2": 0.5}, 1.0)):
        assert translate("shrinkage.logistic", inverse, lams) == {"C": C}
        assert translate(inverse, "shrinkage.logistic", {"C": C}) == lams


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


@given(
    SEEDS, st.sampled_from(["lasso", "ridge", "elastic net", "standardised", "none"]), st.floats(0.5, 30), st.booleans()
)
def test_the_form_reads_as_the_function_does(seed, fitted, lam, has_bias):
    """What is pasted, with all digits, makes the words of the function; but for the last digits of its numbers."""
    X, y = _data(seed)
    scale = X.std(axis=0) if fitted == "standardised" else np.ones(6)
    solve = {"lasso": lasso, "ridge": ridge, "standardised": ridge, "none": least_squares}.get(fitted)
    strengths = [] if fitted == "none" else [lam, 3.0] if fitted == "elastic net" else [lam]
    # Centred, so that without a bias the same weights are a fit.
    X, y = X - X.mean(axis=0), y - y.mean() + 2.0 * has_bias
    fit = (solve or elastic_net)(X / scale, y, *strengths)
    w, b = fit.w / scale, float(fit.b) if has_bias else None
    rows = "\n".join(" ".join(map(repr, [*row, target])) for row, target in zip(X.tolist(), y.tolist()))
    given = " ".join(map(repr, w.tolist() + [b] * has_bias))
    found = implied_penalty(X, y, w, b)
    if not found.strengths_known:
        return

    def apart(sentence):
        """The words, and the numbers in them, of which the last digit may be rounded either way."""
        number = r"\d+(?:\.\d+)?(?:e[-−+]\d+)?"
        return re.sub(number, "#", sentence), [float(one.replace("−", "-")) for one in re.findall(number, sentence)]

    assert found.units == ("standardised" if fitted == "standardised" else "raw")
    said = read_off.facts(read_off.data(rows, given))
    (words, numbers), (expected, near) = apart(said["verdict"]), apart(str(found))
    assert words == expected and numbers == pytest.approx(near, rel=2e-5, abs=1e-8)
    assert [said["lam_l1"], said["lam_l2"]] == pytest.approx([found.lam_l1, found.lam_l2], rel=1e-9, abs=1e-9)

"""What the page on correlated features claims."""

import functools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import ElasticNet

from figures import given as chosen
from figures._diabetes import diabetes
from shrinkage import bootstrap_elastic_net, elastic_net, l1, lasso, ridge, squared_l2, standardise
from tests.claims.exact import assume, proved
from tests.claims.pages import quoted

SEEDS = st.integers(0, 10**6)


@functools.cache
def choices(lam_l2):
    """In which resamples each feature is chosen, after a look at five fits by an independent solver."""
    table = diabetes()
    Z, y = standardise(table["X"])[0], table["y"]
    weights = bootstrap_elastic_net(Z, y, chosen.RESAMPLES_LAM_L1, lam_l2, chosen.RESAMPLES, chosen.RESAMPLES_SEED)
    rows = np.random.default_rng(chosen.RESAMPLES_SEED).integers(len(y), size=(chosen.RESAMPLES, len(y)))
    for k in range(0, chosen.RESAMPLES, chosen.RESAMPLES // 5):
        # Its convention: 1/(2n) of the error, a r for L1 and a (1 - r) / 2 for squared L2.
        one, two = chosen.RESAMPLES_LAM_L1 / (2 * len(y)), lam_l2 / len(y)
        other = ElasticNet(one + two, l1_ratio=one / (one + two), tol=1e-12, max_iter=100_000).fit(
            Z[rows[k]], y[rows[k]]
        )
        assert (weights[k] != 0).tolist() == (other.coef_ != 0).tolist()
        assert weights[k] == pytest.approx(other.coef_, rel=1e-5, abs=1e-5)
    return table["names"], weights != 0


def together(lam_l2, one, other):
    names, picked = choices(lam_l2)
    return picked[:, names.index(one)], picked[:, names.index(other)]


def test_one_of_the_pair_is_chosen_most_of_the_time():
    tc, ldl = together(0.0, "tc", "ldl")
    assert quoted("resamples.n_resamples") == len(tc)
    assert quoted("resamples.lasso_one_of_tc_ldl") == pytest.approx(np.mean(tc != ldl)) and np.mean(tc != ldl) > 0.5
    assert quoted("resamples.lasso_both_tc_ldl") == pytest.approx(np.mean(tc & ldl))


@proved(wrong=("part * (sum - part) >= 0", "part * (sum - part) >= -1"))
def test_l1_charges_the_same_for_every_split(sum, part, lam):
    assume(lam > 0, part * (sum - part) >= 0)
    assert l1(part, lam) + l1(sum - part, lam) == l1(sum, lam)


@proved(wrong=("part != sum - part", "part == part"))
def test_squared_l2_splits_evenly(sum, part, lam):
    assume(lam > 0)
    even = 2 * squared_l2(sum / 2, lam)
    assert squared_l2(part, lam) + squared_l2(sum - part, lam) >= even
    if part != sum - part:
        assert squared_l2(part, lam) + squared_l2(sum - part, lam) > even


def problem(seed):
    draw = np.random.default_rng(seed)
    X = draw.normal(size=(20, 3))
    return X, X @ [2.0, -1.0, 0.5] + draw.normal(size=20) + 1


@settings(max_examples=40)
@given(SEEDS, st.floats(0.5, 40))
def test_a_copy_changes_nothing_for_the_lasso(seed, lam):
    X, y = problem(seed)
    before, after = lasso(X, y, lam, tol=1e-12), lasso(np.column_stack([X, X[:, 0]]), y, lam, tol=1e-12)
    assert after.predict(np.column_stack([X, X[:, 0]])) == pytest.approx(before.predict(X), abs=1e-4)
    assert after.w[0] + after.w[3] == pytest.approx(before.w[0], abs=1e-4)


@settings(max_examples=40)
@given(SEEDS, st.floats(0.1, 40))
def test_a_copy_makes_a_feature_half_as_dear(seed, lam):
    """Ridge with a copy is ridge in which the sum of both weights costs lam / 2."""
    X, y = problem(seed)
    after = ridge(np.column_stack([X, X[:, 0]]), y, lam)
    A, target = X - X.mean(axis=0), y - y.mean()
    w = np.linalg.solve(A.T @ A + np.diag([lam / 2, lam, lam]), A.T @ target)
    assert [after.w[0] + after.w[3], *after.w[1:3]] == pytest.approx(w, abs=1e-9)
    assert after.w[0] == pytest.approx(after.w[3], abs=1e-9)
    # And so its predictions do change.
    assert np.max(np.abs(X @ (w - ridge(X, y, lam).w))) > 1e-4


def test_some_features_are_always_chosen():
    _, picked = choices(0.0)
    assert quoted("resamples.lasso_always") == np.sum(picked.all(axis=0)) > 0


def test_hardly_a_resample_chooses_the_same():
    _, picked = choices(0.0)
    table = diabetes()
    whole = lasso(standardise(table["X"])[0], table["y"], chosen.RESAMPLES_LAM_L1).w != 0
    assert quoted("resamples.whole_again") == pytest.approx(np.mean([(row == whole).all() for row in picked]))
    assert quoted("resamples.lasso_choices") == len({tuple(row) for row in picked})
    assert quoted("resamples.whole_again") < 0.5


@settings(max_examples=40)
@given(SEEDS, st.floats(0.01, 0.5), st.floats(0.1, 5), st.floats(0.1, 5))
def test_the_elastic_net_keeps_the_like_together(seed, noise, lam_l1, lam_l2):
    """Whatever signs the weights have, by the pulls where they have one."""
    draw = np.random.default_rng(seed)
    X = draw.normal(size=(20, 1)) + noise * draw.normal(size=(20, 3))
    X = X - X.mean(axis=0)
    X = X / np.linalg.norm(X, axis=0)
    y = draw.normal(size=20)

    def bound(fit, X, y, lam_l2):
        return np.linalg.norm(y - fit.predict(X)) * np.sqrt(2 * (1 - X[:, 0] @ X[:, 1])) / lam_l2

    for targets in (y, y + 5 * X.sum(axis=1)):
        fit = elastic_net(X, targets, lam_l1, lam_l2, tol=1e-12)
        assert abs(fit.w[0] - fit.w[1]) <= bound(fit, X, targets, lam_l2) + 1e-6
    # By the pulls, as the page has it.
    assert fit.w[0] * fit.w[1] > 0
    pulls = 2 * X.T @ (targets - fit.predict(X))
    assert pulls[0] - pulls[1] == pytest.approx(2 * lam_l2 * (fit.w[0] - fit.w[1]), abs=1e-4)
    # No smaller bound will do: where the residuals lie along the difference of the two, it is all but reached.
    both, apart = np.array([[1, -1, 0, 0], [0, 0, 1, -1]]) / 2**0.5
    X = np.column_stack([0.95**0.5 * both + 0.05**0.5 * apart, 0.95**0.5 * both - 0.05**0.5 * apart])
    r = apart + 0.26 * both
    y = X @ (X.T @ r - 0.01 / 2) + r
    fit = elastic_net(X, y, 0.01, 1.0, tol=1e-12)
    assert 0 < fit.w[1] and fit.w[0] - fit.w[1] > 0.95 * bound(fit, X, y, 1.0)


def test_with_squared_l2_the_choice_is_steadier():
    for lam_l2, kind in ((0.0, "lasso"), (chosen.RESAMPLES_LAM_L2, "net")):
        hdl, tch = together(lam_l2, "hdl", "tch")
        assert quoted(f"resamples.{kind}_both_hdl_tch") == pytest.approx(np.mean(hdl & tch))
        assert quoted(f"resamples.{kind}_choices") == len({tuple(row) for row in choices(lam_l2)[1]})
    assert quoted("resamples.net_both_hdl_tch") > quoted("resamples.lasso_both_hdl_tch")
    assert quoted("resamples.net_choices") < quoted("resamples.lasso_choices")

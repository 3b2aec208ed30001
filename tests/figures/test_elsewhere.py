"""Beside a strength stands what it is called elsewhere: what those libraries are given makes the fit that is shown."""

import numpy as np
import pytest
from sklearn.linear_model import Lasso, Ridge

from figures import overfitting, paths
from figures._diabetes import diabetes
from figures._elsewhere import CALLS, elsewhere
from shrinkage import polynomial_features, standardise


def test_scikit_learn_given_its_strength_finds_the_weights_that_are_shown():
    table = diabetes()
    Z = standardise(table["X"])[0]
    factors = {call["name"]: call["factor"] for call in paths.calls()}
    assert list(factors) == list(CALLS)
    for lam in (50.0, 3000.0):
        theirs = Lasso(alpha=lam / factors["scikit-learn Lasso: alpha"], tol=1e-12, max_iter=100_000).fit(Z, table["y"])
        assert theirs.coef_ == pytest.approx(np.array(paths.lasso(lam)), abs=1e-6)
        theirs = Ridge(alpha=lam / factors["scikit-learn Ridge: alpha"]).fit(Z, table["y"])
        assert theirs.coef_ == pytest.approx(np.array(paths.ridge(lam)), abs=1e-6)


def test_each_figure_takes_its_own_samples():
    table, points = diabetes(), overfitting.points()
    for figure, y in ((paths, table["y"]), (overfitting, points["y"])):
        assert figure.LIVE.elsewhere[1]() == elsewhere(len(y), float(np.std(y)))
    assert len(points["y"]) == len(polynomial_features(points["x"], 1))
    # By hand: a mean of halves of the squares; and beside the loss's slope.
    factors = [call["factor"] for call in elsewhere(8, 2.0)]
    assert factors == [16.0, 1.0, 16.0, 4.0, 4.0]

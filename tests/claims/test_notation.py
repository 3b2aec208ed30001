"""The tables of conventions, read from the page: each objective, its slope, its threshold and the strength for the same fit."""

import warnings
from pathlib import Path

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import ElasticNet, Lasso, Ridge
from sympy.parsing.latex import parse_latex

from shrinkage import (
    elastic_net,
    from_half_squared_error,
    from_half_squared_l2,
    from_mean_squared_error,
    from_sklearn_elastic_net,
    from_sklearn_lasso,
    from_sklearn_ridge,
    from_weight_decay,
    lasso,
    minimiser_l1,
    ridge,
    soft_threshold,
    sum_squared_errors_gradient,
    to_half_squared_error,
    to_half_squared_l2,
    to_mean_squared_error,
    to_sklearn_elastic_net,
    to_sklearn_lasso,
    to_sklearn_ridge,
    to_weight_decay,
)

LAM = 3.0


@pytest.fixture
def data():
    """Twenty samples of six features with a bias, three features of no influence."""
    draw = np.random.default_rng(8)
    X = draw.standard_normal((20, 6)) + 1
    return X, X @ np.array([1.5, 0.0, -2.0, 0.0, 0.5, 0.0]) - 2 + 0.2 * draw.standard_normal(20)


def _fitted(model, X, y):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model.fit(X, y)
    return np.append(model.coef_, model.intercept_)


def test_every_convention_translates_there_and_back():
    for lam in (0.0, 0.3, 1.0, 25.0):
        assert from_half_squared_l2(to_half_squared_l2(lam)) == lam
        assert from_half_squared_error(to_half_squared_error(lam)) == lam
        assert from_sklearn_ridge(to_sklearn_ridge(lam)) == lam
        for n_samples in (1, 7, 500):
            assert from_sklearn_lasso(to_sklearn_lasso(lam, n_samples), n_samples) == pytest.approx(lam, rel=1e-15)
            assert from_mean_squared_error(to_mean_squared_error(lam, n_samples), n_samples) == pytest.approx(
                lam, rel=1e-15
            )
            assert from_weight_decay(to_weight_decay(lam, n_samples), n_samples) == pytest.approx(lam, rel=1e-15)
            for lam_l2 in (0.0, 0.4, 9.0):
                there = to_sklearn_elastic_net(lam, lam_l2, n_samples)
                # Shares of a sum round at its size.
                assert from_sklearn_elastic_net(*there, n_samples) == pytest.approx((lam, lam_l2), rel=1e-14, abs=1e-14)


def test_a_translated_strength_gives_the_same_fit_in_scikit_learn(data):
    X, y = data
    n_samples = len(y)
    ours = ridge(X, y, LAM)
    assert _fitted(Ridge(alpha=to_sklearn_ridge(LAM)), X, y) == pytest.approx(np.append(ours.w, ours.b), rel=1e-9)
    precise = {"tol": 1e-12, "max_iter": 100_000}
    ours = lasso(X, y, LAM, tol=1e-14)
    # Both stop at a gap of about 1e-12 of the error, which leaves its square root to the weights.
    theirs = _fitted(Lasso(alpha=to_sklearn_lasso(LAM, n_samples), **precise), X, y)
    assert theirs == pytest.approx(np.append(ours.w, ours.b), abs=1e-5)
    ours = elastic_net(X, y, LAM, 0.7, tol=1e-14)
    strength, l1_ratio = to_sklearn_elastic_net(LAM, 0.7, n_samples)
    theirs = _fitted(ElasticNet(alpha=strength, l1_ratio=l1_ratio, **precise), X, y)
    assert theirs == pytest.approx(np.append(ours.w, ours.b), abs=1e-5)


@given(seed=st.integers(0, 1000), n_samples=st.integers(3, 40), log_lam=st.floats(-2, 3), shift=st.floats(1, 10))
def test_weight_decay_rests_at_our_ridge_fit(seed, n_samples, log_lam, shift):
    """PyTorch's rule: to the slope of the loss, here a mean of squares, the decay times the parameter is added."""
    draw = np.random.default_rng(seed)
    X, y = draw.standard_normal((n_samples, 2)), draw.standard_normal(n_samples) + shift
    fit, decay = ridge(X, y, 10**log_lam), to_weight_decay(10**log_lam, n_samples)
    slope, bias_slope = (part / n_samples for part in sum_squared_errors_gradient(fit.w, fit.b, X, y))
    scale = decay + np.abs(slope).max() + 1
    # A step from there goes nowhere, and the curvature is positive, so short steps lead there.
    assert slope + decay * fit.w == pytest.approx(0, abs=1e-10 * scale)
    assert bias_slope == pytest.approx(0, abs=1e-10 * scale)
    # With the bias in the same group the step is not zero.
    assert abs(bias_slope + decay * fit.b) > 0.5 * decay * abs(fit.b) > 0


w, lam, x, r, n, rho, E = sp.symbols("w lam x r n rho E", positive=True)
ERROR = (x * w - r) ** 2

# For w > 0: the part of the objective that belongs to the penalty under L1 and under L2, and the share of the error.
OBJECTIVES = {
    "Ours": (1, lam * w, lam * w**2),
    "The answer’s": (1, lam * w, lam * w**2 / 2),
    "Half the error": (sp.Rational(1, 2), lam * w, lam * w**2),
    "Mean error": (1 / n, lam * w, lam * w**2),
    "Weight decay": (1 / n, None, lam * w**2 / 2),
    "`Ridge`": (1, None, lam * w**2),
    "`Lasso`": (1 / (2 * n), lam * w, None),
    "`ElasticNet`": (1 / (2 * n), lam * rho * w, lam * (1 - rho) * w**2 / 2),
}


PAGE = (Path(__file__).parents[2] / "docs" / "notation.md").read_text(encoding="utf-8")


def _table(heading):
    """The cells of the page's table whose header holds `heading`, by convention; "–" is None, a formula is parsed for w > 0."""
    (block,) = [block for block in PAGE.split("\n\n") if block.startswith("| Convention") and heading in block]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()[2:]]
    return {row[0]: [_parsed(cell) for cell in row[1:]] for row in rows}


def _parsed(cell):
    if not cell.startswith("$"):
        return None
    latex = cell.strip("$").replace(r"\lvert w \rvert", "w")
    found = parse_latex(latex, backend="antlr")
    names = {"lambda": lam, "rho": rho, "w": w, "x": x, "n": n, "E": E}
    return found.subs({symbol: names[symbol.name] for symbol in found.free_symbols})


def test_the_objectives_of_the_page_are_those_of_each_convention():
    shown = _table("L1 penalty")
    assert list(shown) == list(OBJECTIVES)
    for convention, (share, l1_part, l2_part) in OBJECTIVES.items():
        for cell, expected in zip(shown[convention], (share * E, l1_part, l2_part), strict=True):
            assert (cell is None) == (expected is None)
            assert cell is None or sp.simplify(cell - expected) == 0


@pytest.mark.parametrize("convention", OBJECTIVES)
def test_slope_threshold_and_addend_follow_from_each_objective(convention):
    share, l1_part, l2_part = OBJECTIVES[convention]
    l1_slope, l2_slope, threshold, addend = _table("Pull of L1")[convention]
    assert (l1_part is None) == (l1_slope is None) == (threshold is None)
    assert (l2_part is None) == (l2_slope is None) == (addend is None)
    if l1_part is not None:
        assert sp.simplify(sp.diff(l1_part, w) - l1_slope) == 0
        # At w = 0+ the slope of the objective without L2 is 0 where x r is the threshold; below it, it is positive.
        at_zero = sp.diff(share * ERROR + l1_part, w).subs(w, 0)
        assert sp.simplify(sp.solve(at_zero, r)[0] * x - threshold) == 0
    if l2_part is not None:
        assert sp.simplify(sp.diff(l2_part, w) - l2_slope) == 0
        (minimiser,) = sp.solve(sp.diff(share * ERROR + l2_part, w), w)
        assert sp.simplify(minimiser - x * r / (x**2 + addend)) == 0


def test_the_threshold_is_half_of_lambda_because_the_error_has_no_half():
    # Found from the other convention, where the threshold is the strength itself.
    for lam_half_error in (0.2, 1.0, 6.0):
        ours = minimiser_l1(1.0, 4.0, 0.0, from_half_squared_error(lam_half_error))
        assert ours == soft_threshold(4.0, lam_half_error)
        assert ours == soft_threshold(4.0, from_half_squared_error(lam_half_error) / 2)


def test_averaging_makes_a_strength_depend_on_the_number_of_samples(data):
    X, y = data
    doubled_X, doubled_y = np.vstack([X, X]), np.concatenate([y, y])
    once, twice = lasso(X, y, LAM, tol=1e-13), lasso(doubled_X, doubled_y, 2 * LAM, tol=1e-13)
    # All samples twice: an averaged error is what it was, a summed error and so its lam are doubled.
    assert twice.w == pytest.approx(once.w, abs=1e-5)
    assert to_sklearn_lasso(LAM, len(y)) == to_sklearn_lasso(2 * LAM, 2 * len(y))


def test_the_translations_of_the_page_are_those_of_the_functions():
    shown = _table("For our L1")
    computed = {
        "The answer’s": (lambda strength: strength, to_half_squared_l2),
        "Half the error": (to_half_squared_error, to_half_squared_error),
        "Mean error": (lambda strength: to_mean_squared_error(strength, 17),) * 2,
        "Weight decay": (None, lambda strength: to_weight_decay(strength, 17)),
        "`Ridge`": (None, to_sklearn_ridge),
        "`Lasso`": (lambda strength: to_sklearn_lasso(strength, 17), None),
    }
    assert list(shown) == list(computed)
    for convention, functions in computed.items():
        for cell, function in zip(shown[convention], functions, strict=False):
            assert (cell is None) == (function is None)
            assert cell is None or float(cell.subs({lam: 0.6, n: 17})) == pytest.approx(function(0.6), rel=1e-15)

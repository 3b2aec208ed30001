"""The tables of conventions, read from the page: each objective, its slope, its threshold and the strength for the same fit."""

import warnings
from pathlib import Path

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
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
    gradient_descent,
    lam_max,
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
from tests.claims.draws import hard_data
from tests.claims.exact import assume, proved


def _fitted(model, X, y):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model.fit(X, y)
    return np.append(model.coef_, model.intercept_)


def _ours(fit):
    return np.append(fit.w, fit.b)


@proved(wrong=("to_half_squared_l2(lam)) == lam", "to_half_squared_error(lam)) == lam"))
def test_every_convention_translates_there_and_back(lam, lam_l2, n_samples):
    assume(lam >= 0, lam_l2 >= 0, n_samples > 0)
    assert from_half_squared_l2(to_half_squared_l2(lam)) == lam
    assert from_half_squared_error(to_half_squared_error(lam)) == lam
    assert from_sklearn_ridge(to_sklearn_ridge(lam)) == lam
    assert from_sklearn_lasso(to_sklearn_lasso(lam, n_samples), n_samples) == lam
    assert from_mean_squared_error(to_mean_squared_error(lam, n_samples), n_samples) == lam
    assert from_weight_decay(to_weight_decay(lam, n_samples), n_samples) == lam
    strength, l1_ratio = to_sklearn_elastic_net(lam, lam_l2, n_samples)
    assert from_sklearn_elastic_net(strength, l1_ratio, n_samples) == (lam, lam_l2)


@settings(max_examples=20)
@given(hard_data(), st.floats(0.02, 1.1), st.floats(0.01, 10))
def test_a_translated_strength_gives_the_same_fit_in_scikit_learn(X_y, share, lam_l2):
    X, y = X_y
    n_samples, lam = len(y), share * lam_max(X, y)
    theirs = _fitted(Ridge(alpha=to_sklearn_ridge(lam), solver="svd"), X, y)
    assert _ours(ridge(X, y, lam)) == pytest.approx(theirs, rel=1e-6, abs=1e-8)
    precise = {"tol": 1e-12, "max_iter": 1_000_000}
    # Both stop at a gap of about 1e-12 of the error, which leaves its square root to the predictions.
    close = {"abs": 1e-4 * (1 + 1 / np.abs(X - X.mean(axis=0)).max()) * (1 + np.abs(y).max())}
    theirs = _fitted(Lasso(alpha=to_sklearn_lasso(lam, n_samples), **precise), X, y)
    assert _ours(lasso(X, y, lam, tol=1e-11)) == pytest.approx(theirs, **close)
    strength, l1_ratio = to_sklearn_elastic_net(lam, lam_l2, n_samples)
    theirs = _fitted(ElasticNet(alpha=strength, l1_ratio=l1_ratio, **precise), X, y)
    assert _ours(elastic_net(X, y, lam, lam_l2, tol=1e-11)) == pytest.approx(theirs, **close)


@settings(max_examples=8)
@given(seed=st.integers(0, 1000), n_samples=st.integers(3, 20), lam=st.floats(0.5, 30), shift=st.floats(1, 10))
def test_weight_decay_rests_at_our_ridge_fit(seed, n_samples, lam, shift):
    """PyTorch's rule: to the slope of the loss, here a mean of squares, the decay times the parameter is added."""
    draw = np.random.default_rng(seed)
    X, y = draw.standard_normal((n_samples, 2)), draw.standard_normal(n_samples) + shift
    fit, decay = ridge(X, y, lam), to_weight_decay(lam, n_samples)
    decays = decay * np.array([1, 1, 0])

    def slope(parameters):
        by_weight, by_bias = sum_squared_errors_gradient(parameters[:2], parameters[2], X, y)
        return np.append(by_weight, by_bias) / n_samples + decays * parameters

    ones = np.column_stack([X, np.ones(n_samples)])
    curvatures = np.linalg.eigvalsh(2 * ones.T @ ones / n_samples + np.diag(decays))
    short, n_steps = 1 / curvatures[-1], 300
    walk = gradient_descent(slope, np.zeros(3), short, n_steps)
    distances = np.linalg.norm(walk - _ours(fit), axis=1)
    # As near as its flattest direction lets it come in so many steps, so at rest there in the end.
    assert 0 < curvatures[0] and distances[-1] <= (1 - short * curvatures[0]) ** n_steps * distances[0] + 1e-9
    # At our fit nothing moves, and with the bias decaying as well it would.
    by_weight, by_bias = sum_squared_errors_gradient(fit.w, fit.b, X, y)
    assert by_weight / n_samples + decay * fit.w == pytest.approx(0, abs=1e-9 * (1 + decay) * (1 + shift))
    assert by_bias == pytest.approx(0, abs=1e-9 * n_samples * (1 + shift)) and decay * abs(fit.b) > 0


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


@proved(wrong=("abs(x * y) <= lam", "abs(x * y) <= lam / 2"))
def test_the_threshold_is_half_of_lambda_because_the_error_has_no_half(x, y, lam, v):
    """The minimiser of half the error plus lam |w| has the threshold lam; of all the error plus lam |w|, lam / 2."""

    def halved(w):
        return (w * x - y) ** 2 / 2 + lam * abs(w)

    assume(x != 0, lam > 0)
    best = minimiser_l1(x, y, 0.0, from_half_squared_error(lam))
    assert halved(best) <= halved(v) and (best == 0) == (abs(x * y) <= lam)
    assert best * x**2 == soft_threshold(x * y, lam)
    assert minimiser_l1(x, y, 0.0, lam) * x**2 == soft_threshold(x * y, lam / 2)


@settings(max_examples=15)
@given(hard_data(), st.floats(0.02, 1.1))
def test_averaging_makes_a_strength_depend_on_the_number_of_samples(X_y, share):
    X, y = X_y
    lam = share * lam_max(X, y)
    X_twice, y_twice = np.vstack([X, X]), np.concatenate([y, y])
    close = {"abs": 1e-4 * (1 + 1 / np.abs(X - X.mean(axis=0)).max()) * (1 + np.abs(y).max())}
    once = _ours(lasso(X, y, lam, tol=1e-11))
    assert _ours(lasso(X_twice, y_twice, 2 * lam, tol=1e-11)) == pytest.approx(once, **close)
    assert _ours(ridge(X_twice, y_twice, 2 * lam)) == pytest.approx(_ours(ridge(X, y, lam)), rel=1e-7, abs=1e-9)
    same = Lasso(alpha=to_sklearn_lasso(lam, len(y)), tol=1e-12, max_iter=1_000_000)
    assert _fitted(same, X_twice, y_twice) == pytest.approx(once, **close)
    assert to_sklearn_lasso(lam, len(y)) == to_sklearn_lasso(2 * lam, 2 * len(y))


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

"""Conventions translated both ways: as formulas, and as fits of scikit-learn."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import linear_model as sk
from sklearn.svm import LinearSVR

import shrinkage as s
from shrinkage.translation import CONTEXT
from tests.shrinkage.test_reading import data

FULL = {"n_samples": 40, "sd_y": 2.5, "sd_x": 1.5, "momentum": 0.9}
BY_LOSS = {
    loss: [name for name, convention in s.CONVENTIONS.items() if convention.loss == loss]
    for loss in ("squared_error", "logistic", "poisson")
}
OURS = {"squared_error": "shrinkage", "logistic": "shrinkage.logistic", "poisson": "shrinkage.poisson"}
POSITIVE = st.floats(1e-3, 1e3)


def expressible(convention, lam_l1, lam_l2):
    return lam_l1 * (convention.l1 is not None), lam_l2 * (convention.l2 is not None)


@pytest.mark.parametrize("name", s.CONVENTIONS)
@given(POSITIVE, POSITIVE, st.sampled_from(["both", "l1", "l2"]))
def test_from_ours_and_back(name, lam_l1, lam_l2, kept):
    convention = s.CONVENTIONS[name]
    lam_l1, lam_l2 = expressible(convention, lam_l1 * (kept != "l2"), lam_l2 * (kept != "l1"))
    if lam_l1 == lam_l2 == 0:
        return
    ours = OURS[convention.loss]
    there = s.translate(ours, name, {"lam_l1": lam_l1, "lam_l2": lam_l2}, FULL)
    assert set(there) == set(convention.names)
    back = s.translate(name, ours, there, FULL)
    assert (back["lam_l1"], back["lam_l2"]) == pytest.approx((lam_l1, lam_l2), rel=1e-9, abs=1e-9 * (lam_l1 + lam_l2))


@pytest.mark.parametrize("source", s.CONVENTIONS)
def test_by_way_of_ours_or_directly(source):
    first, translated = s.CONVENTIONS[source], 0
    for target in BY_LOSS[first.loss]:
        lams = expressible(s.CONVENTIONS[target], *expressible(first, 3.0, 2.0))
        if lams != (0, 0):
            strengths = s.translate(OURS[first.loss], source, dict(zip(("lam_l1", "lam_l2"), lams)), FULL)
            there = s.translate(source, target, strengths, FULL)
            assert s.translate(target, source, there, FULL) == pytest.approx(strengths, rel=1e-12), target
            translated += 1
    assert translated > 1


def test_the_table_agrees_with_the_functions_of_conventions():
    n = {"n_samples": 7}
    for lam in (0.0, 0.3, 5.0):
        l1, l2, both = ({"lam_l1": lam * first, "lam_l2": lam * second} for first, second in ((1, 0), (0, 1), (1, 1)))
        assert s.translate("shrinkage", "sklearn.Ridge", l2) == {"alpha": s.to_sklearn_ridge(lam)}
        assert s.translate("shrinkage", "sklearn.Lasso", l1, n) == {"alpha": s.to_sklearn_lasso(lam, 7)}
        strength, share = s.to_sklearn_elastic_net(lam, lam, 7)
        assert s.translate("shrinkage", "sklearn.ElasticNet", both, n) == pytest.approx(
            {"alpha": strength, "l1_ratio": share}, rel=1e-14
        )
        half = s.to_half_squared_error(lam)
        assert s.translate("shrinkage", "half_squared_error", both) == {"lam_l1": half, "lam_l2": half}
        mean = s.to_mean_squared_error(lam, 7)
        assert s.translate("shrinkage", "mean_squared_error", both, n) == {"lam_l1": mean, "lam_l2": mean}


def test_known_values():
    assert s.translate("sklearn.Lasso", "sklearn.ElasticNet", {"alpha": 0.1}, {"n_samples": 50}) == {
        "alpha": 0.1,
        "l1_ratio": 1.0,
    }
    assert s.translate("sklearn.Ridge", "sklearn.LinearSVR", {"alpha": 10}) == {"C": 0.05}
    assert s.translate("sklearn.LogisticRegression", "shrinkage.logistic", {"C": 0.25, "l1_ratio": 0.5}) == {
        "lam_l1": 2.0,
        "lam_l2": 1.0,
    }
    assert s.translate("shrinkage.logistic", "sklearn.LogisticRegression", {"lam_l1": 0, "lam_l2": 0})["C"] == math.inf
    nothing = s.translate("sklearn.LogisticRegression", "shrinkage.logistic", {"C": math.inf, "l1_ratio": 0.5})
    assert nothing == {"lam_l1": 0.0, "lam_l2": 0.0}
    assert s.CONVENTIONS["sklearn.ElasticNet"].formulas() == ("2 n alpha l1_ratio", "n alpha (1 - l1_ratio)")
    assert s.CONVENTIONS["sklearn.LinearSVR"].formulas() == ("-", "1 / (2 C)")
    assert s.Factor(1, n=1, sd_y=-1).formula("lambda") == "n lambda / sd(y)"
    assert s.Factor(0.5, n=1, rest=1).formula("d") == "n (1 - m) d / 2"
    assert s.Factor(1, less_one=-1, sd_x=2).formula("a") == "sd(x)^2 a / ((n - 1)/n)"


POWERS = st.integers(-4, 4).map(lambda halves: halves / 2)


@given(st.floats(0.1, 5), POWERS, POWERS, POWERS, POWERS, POWERS)
def test_a_formula_says_what_its_value_is(number, n, sd_y, sd_x, rest, less_one):
    factor = s.Factor(number, n, sd_y, sd_x, rest, less_one)
    expected = number * 40**n * 2.5**sd_y * 1.5**sd_x * 0.1**rest * (39 / 40) ** less_one
    assert factor.value(FULL) == pytest.approx(expected, rel=1e-12)
    assert factor.needs() <= set(CONTEXT)
    assert factor.value({name: FULL[name] for name in factor.needs()}) == pytest.approx(expected, rel=1e-12)


# By real fits: what a target makes of the translated strength is the fit that the source makes.

FITS = {
    "sklearn.Ridge": lambda p: sk.Ridge(**p, fit_intercept=False),
    "sklearn.Lasso": lambda p: sk.Lasso(**p, fit_intercept=False, tol=1e-13, max_iter=10**6),
    "sklearn.ElasticNet": lambda p: sk.ElasticNet(**p, fit_intercept=False, tol=1e-13, max_iter=10**6),
    "sklearn.TweedieRegressor": lambda p: sk.TweedieRegressor(
        power=0, **p, fit_intercept=False, solver="newton-cholesky", tol=1e-12
    ),
    "sklearn.LinearSVR": lambda p: LinearSVR(
        **p, epsilon=0, loss="squared_epsilon_insensitive", dual=False, fit_intercept=False, tol=1e-14, max_iter=10**6
    ),
}
FITTED_PAIRS = [(a, b) for a in FITS for b in FITS if a != b]


@pytest.mark.parametrize(("source", "target"), FITTED_PAIRS)
def test_fits_agree(source, target):
    X, y = data(2, n_samples=40)
    context = {"n_samples": 40}
    first, second = s.CONVENTIONS[source], s.CONVENTIONS[target]
    lams = expressible(second, *expressible(first, 30.0, 20.0))
    if lams == (0, 0):
        return
    strengths = s.translate("shrinkage", source, dict(zip(("lam_l1", "lam_l2"), lams)), context)
    expected = FITS[source](strengths).fit(X, y).coef_
    found = FITS[target](s.translate(source, target, strengths, context)).fit(X, y).coef_
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-9)
    assert np.max(np.abs(expected - s.least_squares(X, y).w)) > 1e-2


def test_classifiers_agree_with_what_is_read_off():
    X, y = data(2, n_samples=40)
    y = (y > np.median(y)).astype(float)
    wanted = s.translate("shrinkage.logistic", "sklearn.LogisticRegression", {"lam_l1": 0.0, "lam_l2": 2.0})
    wanted.pop("l1_ratio")
    model = sk.LogisticRegression(**wanted, solver="newton-cholesky", tol=1e-12).fit(X, y)
    found = s.implied_penalty(X, y, model.coef_[0], float(model.intercept_[0]), loss="logistic")
    assert found.lam_l2 == pytest.approx(2.0, rel=1e-6)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("sklearn.Ridge", "sklearn.Lasso", {"alpha": 1.0}, {"n_samples": 3}),
            "target must have L1 of 0 and squared L2 of 1",
        ),
        (
            ("sklearn.Ridge", "sklearn.ElasticNet", {"alpha": 1.0}),
            "context must have n_samples for sklearn.ElasticNet, got nothing",
        ),
        (("sklearn.Ridge", "sklearn.Ridge", {"lam": 1.0}), "strengths must have alpha for sklearn.Ridge, got lam"),
        (("sklearn.Ridge", "sklearn.Ridge", {}), "strengths must have alpha for sklearn.Ridge, got nothing"),
        (
            ("sklearn.Ridge", "sklearn.PoissonRegressor", {"alpha": 1.0}, {"n_samples": 3}),
            "target must have the error of source",
        ),
        (
            ("sklearn.ElasticNet", "shrinkage", {"alpha": 1.0, "l1_ratio": 2.0}, {"n_samples": 3}),
            "l1_ratio must be a number from 0 to 1, got 2.0",
        ),
        (("sklearn.Ridge", "shrinkage", {"alpha": 1.0}, {"n": 3}), "context must have names among n_samples"),
        (
            ("sklearn.Ridge", "shrinkage", {"alpha": 1.0}, {"n_samples": 2.5}),
            "n_samples must be an integer >= 1, got 2.5",
        ),
        (("sklearn.Ridge", "shrinkage", {"alpha": 1.0}, {"sd_y": 0}), "sd_y must be a number > 0, got 0.0"),
        (
            ("sklearn.Ridge", "shrinkage", {"alpha": 1.0}, {"momentum": 1}),
            "momentum must be a number from 0 to less than 1",
        ),
    ],
)
def test_what_cannot_be_translated_is_refused(arguments, message):
    with pytest.raises(ValueError) as caught:
        s.translate(*arguments)
    assert str(caught.value).startswith(message)

"""Strengths beside an averaged likelihood, on the constant as well."""

import statsmodels.api as sm

import shrinkage
from measurements.measuring import Finding, Row, problem

LIBRARY = "statsmodels"
REQUIREMENTS = ["statsmodels==0.15.0"]


def ols(L1_wt):
    def fit(X, y, alpha):
        design = sm.add_constant(X)
        model = sm.OLS(y, design).fit_regularized(
            alpha=alpha, L1_wt=L1_wt, cnvrg_tol=1e-14, zero_tol=1e-12, maxiter=100_000
        )
        return model.params[1:], float(model.params[0])

    return fit


def gaussian_glm(L1_wt):
    def fit(X, y, alpha):
        model = sm.GLM(y, sm.add_constant(X)).fit_regularized(
            alpha=alpha, L1_wt=L1_wt, cnvrg_tol=1e-14, zero_tol=1e-12, maxiter=100_000
        )
        return model.params[1:], float(model.params[0])

    return fit


def binomial_glm(X, y, alpha):
    model = sm.GLM(y, sm.add_constant(X), family=sm.families.Binomial()).fit_regularized(alpha=alpha, L1_wt=0.0)
    return model.params[1:], float(model.params[0])


def logit(X, y, alpha):
    model = sm.Logit(y, sm.add_constant(X)).fit_regularized(
        alpha=alpha, method="l1", acc=1e-14, maxiter=10_000, disp=0, trim_mode="size", size_trim_tol=1e-8
    )
    return model.params[1:], float(model.params[0])


A = ({"alpha": 0.3}, {"alpha": 0.1})
ROWS = [
    Row(
        "statsmodels-ols-l1",
        "OLS(y, X).fit_regularized(alpha=alpha, L1_wt=1)",
        ols(1.0),
        A,
        "sklearn.Lasso",
        default="alpha=0.0",
    ),
    Row(
        "statsmodels-ols-mixed",
        "OLS(y, X).fit_regularized(alpha=alpha, L1_wt=l1_wt)",
        lambda X, y, alpha, l1_wt: ols(l1_wt)(X, y, alpha),
        ({"alpha": 0.3, "l1_wt": 0.5}, {"alpha": 0.1, "l1_wt": 0.8}),
        "statsmodels.OLS",
        default="alpha=0.0, L1_wt=1.0",
        depends="a constant among the columns is penalised; alpha may be an array with 0 for it",
    ),
    Row(
        "statsmodels-ols-l2",
        "OLS(y, X).fit_regularized(alpha=alpha, L1_wt=0)",
        ols(0.0),
        A,
        "sklearn.TweedieRegressor",
        default="alpha=0.0",
    ),
    Row(
        "statsmodels-glm-mixed",
        "GLM(y, X).fit_regularized(alpha=alpha, L1_wt=l1_wt)",
        lambda X, y, alpha, l1_wt: gaussian_glm(l1_wt)(X, y, alpha),
        ({"alpha": 0.3, "l1_wt": 0.5}, {"alpha": 0.1, "l1_wt": 0.01}),
        "statsmodels.OLS",
        default="alpha=0.0, L1_wt=1.0",
        depends="not on the residual variance, unlike L1_wt=0",
    ),
    Row(
        "statsmodels-glm-binomial",
        "GLM(y, X, Binomial()).fit_regularized(alpha=alpha, L1_wt=0)",
        binomial_glm,
        A,
        "sklearn.SGDClassifier",
        loss="logistic",
        near=1e-3,
        default="alpha=0.0",
    ),
    Row(
        "statsmodels-logit",
        "Logit(y, X).fit_regularized(alpha=alpha)",
        logit,
        ({"alpha": 3.0}, {"alpha": 1.0}),
        "statsmodels.Logit",
        loss="logistic",
        near=1e-3,
        default="alpha=0",
        depends="zeros are made afterwards, by trim_mode",
    ),
]


def residual_variance():
    """The strength of squared L2 as a share of n alpha, and the fit's own residual variance, at two units of y."""
    X, y = problem(4000)
    numbers = {"alpha": 0.1}
    for name, unit in (("once", 1.0), ("tenfold", 10.0)):
        w, b = gaussian_glm(0.0)(X, unit * y, 0.1)
        residuals = unit * y - X @ w - b
        numbers[f"share_{name}"] = shrinkage.implied_penalty(X, unit * y, w, b).lam_l2 / (len(y) * 0.1)
        numbers[f"variance_{name}"] = residuals @ residuals / (len(y) - X.shape[1] - 1)
    w, b = gaussian_glm(0.001)(X, y, 0.1)
    numbers["share_mixed"] = shrinkage.implied_penalty(X, y, w, b).lam_l2 / (len(y) * 0.1 * 0.999)
    return numbers


FINDINGS = [
    Finding(
        "statsmodels-glm-residual-variance",
        "The Gaussian GLM's fit_regularized(alpha, L1_wt=0) multiplies its strength, n alpha, by the variance of the fit's residuals: by {share_once:.3g} where that is {variance_once:.3g}, and with targets ten times as large by {share_tenfold:.4g} where it is {variance_tenfold:.4g}. At L1_wt=0.001 the factor is {share_mixed:.4g}.",
        residual_variance,
        lambda n: (
            abs(n["share_once"] / n["variance_once"] - 1) < 0.02
            and abs(n["share_tenfold"] / n["variance_tenfold"] - 1) < 0.02
            and abs(n["share_mixed"] - 1) < 0.001
        ),
    ),
]

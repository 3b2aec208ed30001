"""Strengths beside an averaged likelihood, on the constant as well."""

import statsmodels.api as sm

from measurements.measuring import Row

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


def residual_variance(X, y, strengths):
    """Of least squares, with the degrees of freedom as divisor: what GLM takes for its scale."""
    return float(sm.OLS(y, sm.add_constant(X)).fit().mse_resid)


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
        "statsmodels-glm-l2",
        "GLM(y, X).fit_regularized(alpha=alpha, L1_wt=0)",
        gaussian_glm(0.0),
        A,
        "statsmodels.GLM",
        near=1e-3,
        context={"residual_variance": residual_variance},
        default="alpha=0.0",
        depends="the residual variance, so the unit of y squared",
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

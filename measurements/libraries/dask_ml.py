"""Generalised linear models on dask arrays."""

import numpy as np
from dask_ml.linear_model import LinearRegression, LogisticRegression

from measurements.measuring import Row

LIBRARY = "dask-ml"
REQUIREMENTS = ["dask-ml==2025.1.0"]


def fitted(estimator, **settings):
    def fit(X, y, C):
        model = estimator(C=C, max_iter=10_000, tol=1e-14, **settings).fit(X, y)
        return np.ravel(model.coef_), float(np.ravel(model.intercept_)[0])

    return fit


C = ({"C": 0.05}, {"C": 0.2})
ROWS = [
    Row(
        "dask-linear",
        "LinearRegression(C, solver='lbfgs')",
        fitted(LinearRegression, solver="lbfgs"),
        C,
        "dask.LinearRegression",
        near=1e-3,
        default="C=1.0",
        depends="the solver: each reads it in its own way",
    ),
    Row(
        "dask-linear-admm",
        "LinearRegression(C, solver='admm')",
        fitted(LinearRegression, solver="admm"),
        C,
        default="C=1.0",
        depends="the default solver, and its default penalty",
    ),
    Row(
        "dask-logistic",
        "LogisticRegression(C, solver='lbfgs')",
        fitted(LogisticRegression, solver="lbfgs"),
        C,
        "dask.LogisticRegression",
        loss="logistic",
        near=1e-3,
        default="C=1.0",
    ),
]

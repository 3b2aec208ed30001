"""Generalised linear models on dask arrays."""

import numpy as np
from dask_ml.linear_model import LinearRegression, LogisticRegression

from measurements.measuring import Row, problem

LIBRARY = "dask-ml"
REQUIREMENTS = ["dask-ml==2025.1.0"]


def fitted(estimator, **settings):
    def fit(X, y, C):
        model = estimator(C=C, max_iter=10_000, tol=1e-14, **settings).fit(X, y)
        return np.ravel(model.coef_), float(np.ravel(model.intercept_)[0])

    return fit


SCALE = 1.5


def standardised(n_samples, loss="squared_error"):
    """The problem with features of mean 0 and one standard deviation: inside, the bias that is penalised is that of centred features."""
    X, y = problem(n_samples, loss)
    return SCALE * (X - X.mean(axis=0)) / X.std(axis=0), y


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
        context={"sd_x": SCALE},
        problem=standardised,
        depends="the solver: each reads it in its own way",
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
        context={"sd_x": SCALE},
        problem=standardised,
    ),
]

"""Generalised linear models with an averaged likelihood."""

import numpy as np
from glum import GeneralizedLinearRegressor

from measurements.measuring import Row

LIBRARY = "glum"
REQUIREMENTS = ["glum==3.4.1"]


def fitted(family, **settings):
    def fit(X, y, **strengths):
        model = GeneralizedLinearRegressor(
            family=family, gradient_tol=1e-12, max_iter=10_000, **settings, **strengths
        ).fit(X, y)
        return np.ravel(model.coef_), float(model.intercept_)

    return fit


MIXED = ({"alpha": 0.3, "l1_ratio": 0.5}, {"alpha": 0.1, "l1_ratio": 0.0})
ROWS = [
    Row(
        "glum-normal",
        "GeneralizedLinearRegressor('normal', alpha, l1_ratio)",
        fitted("normal"),
        MIXED,
        "sklearn.ElasticNet",
        near=1e-4,
        default="alpha=0, l1_ratio=0",
    ),
    Row(
        "glum-binomial",
        "GeneralizedLinearRegressor('binomial', alpha, l1_ratio)",
        fitted("binomial"),
        ({"alpha": 0.05, "l1_ratio": 0.5}, {"alpha": 0.1, "l1_ratio": 0.0}),
        "glum.binomial",
        loss="logistic",
        near=1e-4,
        default="alpha=0, l1_ratio=0",
    ),
    Row(
        "glum-poisson",
        "GeneralizedLinearRegressor('poisson', alpha, l1_ratio)",
        fitted("poisson"),
        ({"alpha": 0.1, "l1_ratio": 0.5}, {"alpha": 0.1, "l1_ratio": 0.0}),
        "glum.poisson",
        loss="poisson",
        near=1e-4,
        default="alpha=0, l1_ratio=0",
    ),
]

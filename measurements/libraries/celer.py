"""scikit-learn's conventions, from a faster solver."""

import numpy as np
from celer import ElasticNet, Lasso, LogisticRegression

from measurements.measuring import Row

LIBRARY = "celer"
REQUIREMENTS = ["celer==0.7.4"]


def fitted(make):
    def fit(X, y, **strengths):
        model = make(**strengths).fit(X, y)
        return np.ravel(model.coef_), float(np.ravel(model.intercept_)[0]) if model.fit_intercept else None

    return fit


ROWS = [
    Row(
        "celer-lasso",
        "Lasso(alpha)",
        fitted(lambda alpha: Lasso(alpha, tol=1e-13)),
        ({"alpha": 0.3}, {"alpha": 0.03}),
        "sklearn.Lasso",
        default="alpha=1.0",
    ),
    Row(
        "celer-elastic-net",
        "ElasticNet(alpha, l1_ratio)",
        fitted(lambda alpha, l1_ratio: ElasticNet(alpha, l1_ratio=l1_ratio, tol=1e-13)),
        ({"alpha": 0.3, "l1_ratio": 0.5}, {"alpha": 0.1, "l1_ratio": 0.9}),
        "sklearn.ElasticNet",
        default="alpha=1.0, l1_ratio=0.5",
    ),
    Row(
        "celer-logistic",
        "LogisticRegression(C)",
        fitted(lambda C: LogisticRegression(C, tol=1e-12, max_iter=200)),
        ({"C": 0.3}, {"C": 1.0}),
        "celer.LogisticRegression",
        loss="logistic",
        default="C=1.0",
        depends="it has no bias: fit_intercept is refused",
    ),
]

"""scikit-learn's conventions, and penalties beyond."""

import numpy as np
from skglm import ElasticNet, Lasso, MCPRegression, WeightedLasso

from measurements.measuring import Row

LIBRARY = "skglm"
REQUIREMENTS = ["skglm==0.5"]
TIGHT = dict(tol=1e-12, max_iter=500)


def fitted(make):
    def fit(X, y, **strengths):
        model = make(**strengths).fit(X, y)
        return np.ravel(model.coef_), float(np.ravel(model.intercept_)[0])

    return fit


A = ({"alpha": 0.3}, {"alpha": 0.03})
ROWS = [
    Row(
        "skglm-lasso",
        "Lasso(alpha)",
        fitted(lambda alpha: Lasso(alpha, **TIGHT)),
        A,
        "sklearn.Lasso",
        default="alpha=1.0",
    ),
    Row(
        "skglm-elastic-net",
        "ElasticNet(alpha, l1_ratio)",
        fitted(lambda alpha, l1_ratio: ElasticNet(alpha, l1_ratio=l1_ratio, **TIGHT)),
        ({"alpha": 0.3, "l1_ratio": 0.5}, {"alpha": 0.1, "l1_ratio": 0.9}),
        "sklearn.ElasticNet",
        default="alpha=1.0, l1_ratio=0.5",
    ),
    Row(
        "skglm-weighted-lasso",
        "WeightedLasso(alpha), all weights 1",
        fitted(lambda alpha: WeightedLasso(alpha, weights=np.ones(6), **TIGHT)),
        A,
        "sklearn.Lasso",
        default="alpha=1.0",
    ),
    Row(
        "skglm-mcp",
        "MCPRegression(alpha, gamma=3)",
        fitted(lambda alpha: MCPRegression(alpha, gamma=3, **TIGHT)),
        A,
        default="alpha=1.0, gamma=3",
        depends="not convex: the pull falls as the weight grows and is 0 beyond gamma alpha, which no strength of ours describes",
    ),
]

"""Losses that are averaged, penalties with names of their own."""

import copt
import numpy as np

from measurements.measuring import Row

LIBRARY = "copt"
REQUIREMENTS = ["copt==0.9.2", "scipy"]


def proximal(loss, penalty):
    """Without a bias: X and y are centred by hand for the squared error."""

    def fit(X, y, alpha):
        centre, level = (X.mean(axis=0), y.mean()) if loss is copt.loss.SquareLoss else (0.0, 0.0)
        f = loss(X - centre, y - level)
        prox = None if penalty is None else penalty(alpha).prox
        if penalty is None:
            f = loss(X - centre, y - level, alpha)
        result = copt.minimize_proximal_gradient(
            f.f_grad, np.zeros(X.shape[1]), prox, jac=True, tol=1e-12, max_iter=100_000, step=lambda _: 1 / f.lipschitz
        )
        w = result.x
        return (w, float(level - centre @ w)) if loss is copt.loss.SquareLoss else (w, None)

    return fit


A = ({"alpha": 0.3}, {"alpha": 0.1})
ROWS = [
    Row(
        "copt-l1",
        "SquareLoss + L1Norm(alpha)",
        proximal(copt.loss.SquareLoss, copt.penalty.L1Norm),
        A,
        "sklearn.Lasso",
        near=1e-4,
        default="none",
    ),
    Row(
        "copt-l2",
        "SquareLoss(X, y, alpha)",
        proximal(copt.loss.SquareLoss, None),
        A,
        "sklearn.TweedieRegressor",
        near=1e-4,
        default="alpha=0",
    ),
    Row(
        "copt-logistic-l1",
        "LogLoss + L1Norm(alpha)",
        proximal(copt.loss.LogLoss, copt.penalty.L1Norm),
        ({"alpha": 0.1}, {"alpha": 0.05}),
        "copt.LogLoss",
        loss="logistic",
        near=1e-4,
        default="none",
    ),
]

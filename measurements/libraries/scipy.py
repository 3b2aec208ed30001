"""Damped least squares."""

import numpy as np
from scipy.optimize import lsq_linear
from scipy.sparse.linalg import lsmr, lsqr

from measurements.measuring import Row

LIBRARY = "SciPy"
REQUIREMENTS = ["scipy==1.17.1"]


def damped(solver):
    """Without a bias: it would be damped as well, as one of the weights."""

    def fit(X, y, damp):
        return solver(X, y, damp=damp, atol=1e-15, btol=1e-15)[0], None

    return fit


def with_ones(solver):
    def fit(X, y, damp):
        w = solver(np.column_stack([X, np.ones(len(y))]), y, damp=damp, atol=1e-15, btol=1e-15)[0]
        return w[:-1], float(w[-1])

    return fit


def box(X, y, c):
    bounds = np.append(np.full(X.shape[1], c), np.inf)
    w = lsq_linear(np.column_stack([X, np.ones(len(y))]), y, (-bounds, bounds), method="bvls", tol=1e-14).x
    return w[:-1], float(w[-1])


D = ({"damp": 3.0}, {"damp": 1.0})
ROWS = [
    Row(
        "scipy-lsqr",
        "lsqr(X, y, damp)",
        damped(lsqr),
        D,
        "scipy.damp",
        default="damp=0.0",
        depends="the square of damp",
    ),
    Row(
        "scipy-lsmr",
        "lsmr(X, y, damp)",
        damped(lsmr),
        D,
        "scipy.damp",
        default="damp=0.0",
        depends="the square of damp",
    ),
    Row(
        "scipy-lsqr-ones",
        "lsqr([X, 1], y, damp)",
        with_ones(lsqr),
        D,
        "scipy.damp",
        default="damp=0.0",
        depends="a column of ones is damped as well",
    ),
    Row(
        "scipy-box",
        "lsq_linear(X, y, (-c, c))",
        box,
        ({"c": 0.6}, {"c": 0.4}),
        default="none",
        depends="a box, which other libraries reach by AdamW",
    ),
]

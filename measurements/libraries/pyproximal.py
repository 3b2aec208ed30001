"""Proximal operators: the penalty is the user's, the half before the squared error too."""

import numpy as np
import pylops
import pyproximal

from measurements.measuring import Row

LIBRARY = "PyProximal"
REQUIREMENTS = ["pyproximal==0.13.0"]


def proximal(penalty):
    """Proximal gradient steps on half the squared errors of centred data."""

    def fit(X, y, sigma):
        centre = X.mean(axis=0)
        operator = pylops.MatrixMult(X - centre)
        error = pyproximal.L2(Op=operator, b=y - y.mean())
        step = 0.9 / np.linalg.norm(X - centre, 2) ** 2
        w = pyproximal.optimization.primal.ProximalGradient(
            error, penalty(sigma), tau=step, x0=np.zeros(X.shape[1]), niter=20_000, acceleration="fista"
        )
        return w, float(y.mean() - centre @ w)

    return fit


ROWS = [
    Row(
        "pyproximal-l1",
        "L2(Op, b) + L1(sigma)",
        proximal(pyproximal.L1),
        ({"sigma": 10.0}, {"sigma": 3.0}),
        "pyproximal.L1",
        default="sigma=1.0",
    ),
    Row(
        "pyproximal-l2",
        "L2(Op, b) + L2(sigma=sigma)",
        proximal(lambda sigma: pyproximal.L2(sigma=sigma)),
        ({"sigma": 10.0}, {"sigma": 3.0}),
        "pyproximal.L2",
        default="sigma=1.0",
    ),
    Row(
        "pyproximal-euclidean",
        "L2(Op, b) + Euclidean(sigma)",
        proximal(pyproximal.Euclidean),
        ({"sigma": 10.0},),
        default="sigma=1.0",
        depends="the norm itself, not its square: squared L2 of a strength that depends on the fit",
    ),
]

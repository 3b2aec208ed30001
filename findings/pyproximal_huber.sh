#!/bin/sh
# PyProximal: with the Huber penalty, proximal gradient descent ends at a place that the step size chooses.
#
# Guess, before running: least squares plus the Huber penalty (a parabola up to alpha, L1 beyond) is convex with one minimiser, so
# ProximalGradient with any step up to 1/L, L the largest curvature, ends there; the step decides how fast. It does so with L1.
# Seen: with a step of 1/20 L it ends at the minimiser, with 1/5 L and 1/L at two others, where the slope of the objective is 0.13 and 0.41.
# Huber.prox takes L1's proximal step wherever |v| > alpha, as its notes say; the minimiser of Huber(x) + (x - v)^2 / (2 tau) does so only
# beyond alpha + tau. In between, the step of a larger v ends nearer to 0: at tau = 1 and alpha = 0.5, 0.4 goes to 0.13 and 0.9 to 0.
# The class beside it, HuberCircular, has the right one, and on a single weight the two are the same penalty.
# Where it matters: Huber is what one takes for an L1 without a corner. A fit that looks converged is of no stated problem.
#
# PyProximal 0.13.0, PyLops 2.8.0, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --disable-pip-version-check \
    pyproximal==0.13.0 pylops==2.8.0 numpy==2.4.6 scipy==1.17.1 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import numpy as np
import pylops
import pyproximal
from pyproximal.optimization.primal import ProximalGradient

ALPHA = 0.5
rng = np.random.default_rng(0)
A = rng.normal(size=(40, 5)) / 6
b = A @ [3.0, 1.0, 0.5, -0.2, 0.0] + 0.05 * rng.normal(size=40)
curvature = np.linalg.norm(A, 2) ** 2
error = pyproximal.L2(Op=pylops.MatrixMult(A), b=b)


def ends(penalty, share):
    return np.asarray(ProximalGradient(error, penalty, x0=np.zeros(5), tau=share / curvature, niter=2_000))


def slope(x):
    """The largest slope of  |A x - b|^2 / 2 + Huber(x): 0 at the minimiser, and only there."""
    return np.abs(A.T @ (A @ x - b) + np.clip(x / ALPHA, -1, 1)).max()


def nearest(v, tau):
    """The minimiser of  Huber(x) + (x - v)^2 / (2 tau), by trying a million numbers."""
    x = np.linspace(-2, 2, 1_000_001)
    return x[np.argmin(np.where(np.abs(x) <= ALPHA, x**2 / (2 * ALPHA), np.abs(x) - ALPHA / 2) + (x - v) ** 2 / (2 * tau))]


huber, circular, lasso = pyproximal.Huber(ALPHA), pyproximal.HuberCircular(ALPHA), pyproximal.L1(1.0)
print("PyProximal", version("pyproximal"))
found = {share: ends(huber, share) for share in (0.05, 0.2, 1.0)}
for share, x in found.items():
    print(f"step {share:<4} / L: {x.round(4)}, slope {slope(x):.3f}")
v = np.array([0.4, 0.9, 1.2])
right = np.array([nearest(one, 1.0) for one in v])
one_by_one = np.array([circular.prox(np.array([one]), 1.0)[0] for one in v])
print("proximal points of", v, "at tau = 1:", huber.prox(v.copy(), 1.0).round(4), "and by trying", right.round(4))
still = (
    version("pyproximal") == "0.13.0"
    and slope(found[0.05]) < 1e-10
    and slope(found[0.2]) > 0.1
    and slope(found[1.0]) > 0.4
    and np.allclose(ends(lasso, 0.05), ends(lasso, 1.0))
    and np.allclose(one_by_one, right, atol=1e-5)
    and np.allclose(huber.prox(v.copy(), 1.0), [0.4 / 3, 0, 0.2])
)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

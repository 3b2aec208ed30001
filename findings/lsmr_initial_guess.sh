#!/bin/sh
# SciPy's lsmr and lsqr with damping: the initial guess changes the answer, by any amount.
#
# Guess, before running: the damped problem  min |A x - b|^2 + damp^2 |x|^2  has one minimiser, so x0, described as "Initial guess
# of x", saves iterations and changes nothing else. It is what one hands over to go along a path of strengths.
# Seen: with x0 the minimiser of  |A x - b|^2 + damp^2 |x - x0|^2  comes back, to the last digits. The penalty pulls towards the
# guess instead of 0. The head of lsqr's documentation has the formula; that of lsmr has |x|^2, and so has `damp` there.
# Where it matters: a ridge path that is warm-started with the solution before is not a ridge path. With 5 steps of the same
# strength, each started where the last one ended, the damping wears off.
#
# SciPy 1.17.1, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --disable-pip-version-check scipy==1.17.1 numpy==2.4.6 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
import scipy
from scipy.sparse.linalg import lsmr, lsqr

rng = np.random.default_rng(0)
A = rng.normal(size=(50, 4))
b = A @ [3.0, -2.0, 1.0, 0.5] + 0.1 * rng.normal(size=50)
damp, guess = 5.0, np.full(4, 10.0)
exact = dict(damp=damp, atol=1e-14, btol=1e-14)


def minimiser(centre):
    """Of |A x - b|^2 + damp^2 |x - centre|^2."""
    return np.linalg.solve(A.T @ A + damp**2 * np.eye(4), A.T @ b + damp**2 * centre)


ridge, plain = minimiser(0 * guess), np.linalg.lstsq(A, b)[0]
print("SciPy", scipy.__version__)
print("ridge               ", ridge.round(4))
still = scipy.__version__ == "1.17.1"
for solve in (lsqr, lsmr):
    without, with_guess = solve(A, b, **exact)[0], solve(A, b, x0=guess, **exact)[0]
    x = None
    for _ in range(5):
        x = solve(A, b, x0=x, **exact)[0]
    print(f"{solve.__name__}, no x0         ", without.round(4))
    print(f"{solve.__name__}, x0 = 10       ", with_guess.round(4))
    print(f"{solve.__name__}, five times on ", x.round(4))
    still &= np.allclose(without, ridge, rtol=1e-9)
    still &= np.allclose(with_guess, minimiser(guess), rtol=1e-9)
    still &= bool(np.linalg.norm(x - plain) < 0.2 * np.linalg.norm(ridge - plain))
print("least squares       ", plain.round(4))
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

#!/bin/sh
# whittaker-eilers: to say that the samples lie at 0, 1, 2, ... divides the strength of the penalty by (order!)^2.
#
# Guess, before running: x_input is "The time/position at which the y measurement was taken", left out where samples are equally spaced.
# The smoother minimises  |y - z|^2 + lmbda * |D z|^2  with D the differences of the given order, a squared L2 norm, so that
# x_input = [0, 1, 2, ...] says what is assumed without it, and changes nothing.
# Seen: at order 1 nothing changes. At order 2 the smooth series is that of lmbda / 4, at order 3 that of lmbda / 36, at order 4
# that of lmbda / 576. With positions D has divided differences, which at a spacing of 1 are differences over order!, and the penalty is
# squared. Neither the page nor the docstring gives D; both name one range of lmbda to start with.
# Where it matters: a strength chosen on equally spaced data is kept for a series that has gaps, and so needs positions.
#
# whittaker-eilers 0.2.0, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --no-compile --disable-pip-version-check whittaker-eilers==0.2.0 numpy==2.4.6 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version
from math import factorial

import numpy as np
from whittaker_eilers import WhittakerSmoother

LMBDA, ROWS = 100.0, 60
rng = np.random.default_rng(0)
y = np.sin(np.arange(ROWS) / 6) + 0.3 * rng.normal(size=ROWS)


def smooth(order, positions=None):
    smoother = WhittakerSmoother(LMBDA, order, ROWS, x_input=None if positions is None else positions.tolist())
    return np.array(smoother.smooth(y.tolist()))


def minimiser(lmbda, order):
    """Of  |y - z|^2 + lmbda |D z|^2, D the differences of that order."""
    D = np.diff(np.eye(ROWS), order, axis=0)
    return np.linalg.solve(np.eye(ROWS) + lmbda * D.T @ D, y)


def apart(one, other):
    return np.abs(one - other).max()


print("whittaker-eilers", version("whittaker-eilers"))
still = version("whittaker-eilers") == "0.2.0"
for order in (1, 2, 3, 4):
    without, beside = smooth(order), smooth(order, np.arange(float(ROWS)))
    meant, weaker = minimiser(LMBDA, order), minimiser(LMBDA / factorial(order) ** 2, order)
    print(
        f"order {order}: without positions {apart(without, meant):.0e} from what lmbda means; with 0, 1, 2, ...",
        f"{apart(beside, meant):.0e} from it, {apart(beside, weaker):.0e} from lmbda / {factorial(order) ** 2}",
    )
    still &= apart(without, meant) < 1e-9 and apart(beside, weaker) < 1e-9 and (order == 1 or apart(beside, meant) > 0.05)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

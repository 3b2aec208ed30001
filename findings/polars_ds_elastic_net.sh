#!/bin/sh
# polars-ds: the smallest L1 beside it multiplies the strength of L2 by the number of rows.
#
# Guess, before running: lin_reg(..., l2_reg=0.5) is ridge, and with l1_reg so small that it does not count, 1e-9, it is
# the same ridge but for the last digits: the fit depends on both strengths continuously, as the elastic net's minimiser does.
# Seen: on 200 rows the strength read off the weights, the pull of the data over the weight, is 0.5 without L1 and 100 with it, 200 * 0.5. Alone,
# l2_reg stands beside the summed squared error, as in scikit-learn's Ridge; with L1 beside the mean, as in ElasticNet.
# The documentation gives one line for l2_reg, "Regularization factor for Ridge", and no formula.
# Where it matters: a search over l1_reg that begins at 0 begins at another L2 than all that follows.
#
# polars-ds 0.13.0, Polars 2.1.0, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --disable-pip-version-check polars-ds==0.13.0 polars==2.1.0 numpy==2.4.6 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import numpy as np
import polars as pl
import polars_ds as pds

rng = np.random.default_rng(0)
n, strength = 200, 0.5
X = rng.normal(size=(n, 3)) * [1.0, 2.0, 0.5] + [1.0, 0.0, 3.0]
y = X @ [2.0, -1.0, 0.7] + 4.0 + rng.normal(size=n)
frame = pl.DataFrame({"a": X[:, 0], "b": X[:, 1], "c": X[:, 2], "y": y})


def fit(**strengths):
    """Weights and bias, and the strength of squared L2 that each weight shows: pull of the data over weight."""
    call = pds.lin_reg("a", "b", "c", target="y", add_bias=True, tol=1e-12, max_iter=100_000, **strengths)
    w = np.array(frame.select(call).to_series()[0])
    return w, X.T @ (y - X @ w[:3] - w[3]) / w[:3]


def ridge(lam):
    """Minimiser of the summed squared error + lam |w|^2, the bias free."""
    centred = X - X.mean(axis=0)
    w = np.linalg.solve(centred.T @ centred + lam * np.eye(3), centred.T @ y)
    return np.append(w, y.mean() - X.mean(axis=0) @ w)


alone, shown_alone = fit(l2_reg=strength)
beside, shown_beside = fit(l2_reg=strength, l1_reg=1e-9)
print("polars-ds", version("polars-ds"), "Polars", version("polars"))
print("l1_reg = 0:     w =", alone.round(4), "shows", shown_alone.round(4))
print("l1_reg = 1e-9:  w =", beside.round(4), "shows", shown_beside.round(4))
still = (
    version("polars-ds") == "0.13.0"
    and np.allclose(alone, ridge(strength), rtol=1e-8)
    and np.allclose(beside, ridge(n * strength), rtol=1e-6)
)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

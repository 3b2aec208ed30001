#!/bin/sh
# mlxtend: the number of mini-batches multiplies the strength of logistic regression's L2.
#
# Guess, before running: minibatches says in how many steps an epoch is gone through, from gradient descent to stochastic gradient
# descent. With a small learning rate the fit with l2_lambda = 2 is the same for 1, 4 and 40 mini-batches of 40 rows, but for a little noise.
# Seen: the strength read off the weights, the pull of the data over the weight, is 2, 8 and about 80. A step sums the errors of its own rows, and
# each takes the whole l2_lambda: an epoch of k mini-batches counts the data once and the penalty k times. What it
# records as cost_ counts the penalty once, so with 40 mini-batches it ends far above what it gets to with one.
# Where it matters: the choice of a batch size is a choice of the penalty, here up to fortyfold.
#
# mlxtend 0.25.0, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
# Without the packages that it draws and reads tables with.
"$folder/venv/bin/python" -m pip install -q --no-compile --disable-pip-version-check --no-deps mlxtend==0.25.0 numpy==2.4.6 \
    scipy==1.17.1 scikit-learn==1.9.1 joblib==1.6.0 cloudpickle==3.1.3 threadpoolctl==3.8.0 narwhals==2.29.0 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import numpy as np
from mlxtend.classifier import LogisticRegression

rng = np.random.default_rng(0)
n, strength = 40, 2.0
X = rng.normal(size=(n, 3))
y = (X @ [2.0, -1.0, 0.7] + rng.logistic(size=n) > 0).astype(int)


def minimiser(lam):
    """Weights and bias of least logistic loss, summed, + lam / 2 |w|^2, by Newton's method; the bias is free."""
    rows, penalised = np.column_stack([X, np.ones(n)]), lam * np.diag([1.0, 1.0, 1.0, 0.0])
    w = np.zeros(4)
    for _ in range(30):
        p = 1 / (1 + np.exp(-rows @ w))
        w -= np.linalg.solve((rows.T * (p * (1 - p))) @ rows + penalised, rows.T @ (p - y) + penalised @ w)
    return w


print("mlxtend", version("mlxtend"))
still, cost = version("mlxtend") == "0.25.0", {}
for k in (1, 4, 40):
    model = LogisticRegression(eta=0.002, epochs=16_000 // k, l2_lambda=strength, minibatches=k, random_seed=0).fit(X, y)
    w, b = model.w_.ravel(), model.b_[0]
    shown = X.T @ (y - 1 / (1 + np.exp(-X @ w - b))) / w
    meant, seen = minimiser(strength), minimiser(k * strength)
    cost[k] = model.cost_[-1]
    print(f"{k:2} mini-batches: w = {w.round(3)} shows {shown.round(2)}, cost_ {cost[k]:.2f}")
    still &= np.allclose(w, seen[:3], rtol=0.02, atol=0.005) and (k == 1 or not np.allclose(w, meant[:3], rtol=0.2))
still &= cost[40] > 1.2 * cost[1]
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

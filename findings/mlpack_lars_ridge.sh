#!/bin/sh
# mlpack: ridge regression by LARS is plain least squares; lambda2 counts only beside a lambda1 that is not 0.
#
# Guess, before running: the documentation of Lars gives the objective, 0.5 |X b - y|^2 + lambda1 |b|_1 + 0.5 lambda2 |b|^2, and says "If
# lambda1 = 0 and lambda2 > 0, the problem is ridge regression". Lars(lambda2=100) is the ridge fit, and lambda1=1e-9 beside it changes nothing.
# Seen: with lambda1 = 0, the default, the weights are those of least squares: the pull of the data on each is 0. With lambda1=1e-9 the
# strength read off them is 100, on columns standardised with n - 1. In the source the squared norm is switched on where both strengths
# are other than 0. The documentation recommends LinearRegression for ridge; its lambda_=100 is on the columns as they are, and on the bias.
# Where it matters: a grid of the two strengths that has lambda1 = 0 in it has least squares there, for each lambda2.
#
# mlpack 4.8.0, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --no-compile --disable-pip-version-check \
    mlpack==4.8.0 numpy==2.4.6 pandas==3.1.1 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import mlpack
import numpy as np

STRENGTH = 100.0
rng = np.random.default_rng(0)
n = 200
X = rng.normal(size=(n, 3)) * [1.0, 2.0, 0.5] + [1.0, 0.0, 2.0]
y = X @ [2.0, -1.0, 0.5] + 5.0 + rng.normal(size=n)


def read(model):
    """Bias and weights by predictions, from matrices that are the same with rows and columns exchanged."""
    b = np.ravel(model.predict(np.zeros((3, 3))))
    return b[0], np.ravel(model.predict(np.eye(3))) - b


def pull(b, w, columns=X):
    return columns.T @ (y - X @ w - b)


def lars(**strengths):
    model = mlpack.Lars(**strengths)
    model.fit(X.copy(), y.copy())
    return read(model)


print("mlpack", version("mlpack"))
scale = X.std(axis=0, ddof=1)
standardised = (X - X.mean(axis=0)) / scale
alone, beside = lars(lambda2=STRENGTH), lars(lambda1=1e-9, lambda2=STRENGTH)
for name, (b, w) in (("lambda1 = 0", alone), ("lambda1 = 1e-9", beside)):
    shown = pull(b, w, standardised) / (w * scale)
    print(f"Lars, {name}, lambda2 = 100: weights {w.round(4)}, strength {np.abs(shown).round(3)} on standardised columns")
other = mlpack.LinearRegression(lambda_=STRENGTH)
other.fit(X.copy(), y.copy())
b, w = read(other)
on_bias = np.sum(y - X @ w - b) / b
print(f"LinearRegression, lambda_ = 100: weights {w.round(4)}, strength {(pull(b, w) / w).round(3)}, on the bias {on_bias:.3f}")
plain = np.linalg.lstsq(np.column_stack([np.ones(n), X]), y)[0]
still = (
    version("mlpack") == "4.8.0"
    and np.allclose([alone[0], *alone[1]], plain, rtol=1e-6)
    and np.allclose(pull(*beside, standardised) / (beside[1] * scale), STRENGTH, rtol=1e-6)
    and np.allclose(pull(b, w) / w, STRENGTH, rtol=1e-6)
    and np.isclose(on_bias, STRENGTH, rtol=1e-6)
)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

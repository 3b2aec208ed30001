#!/bin/sh
# abess: the best subset turns into the worst of all when a little squared L2 is added.
#
# Guess, before running: LinearRegression(support_size=2, alpha=1) gives the two columns that explain y best, shrunk a little. On
# 1000 rows with two columns of weights 3 and -2 and four of noise alone, alpha = 1 is a thousandth of what the data weigh.
# Seen: up to alpha = 0.1 the right pair, at alpha = 1 the pair that comes last of all 15 in the objective, with R^2 below 0.01. The weights
# of a pair are ridge's with the squared errors summed; which pair is kept goes by half their mean, plus alpha times the
# squared weights. That second sum favours weights near zero, so that columns are the better the less they explain.
# Both halves are in the source; the documentation names one alpha. LogisticRegression, which sums in both places, keeps the right pair.
# Where it matters: whoever adds squared L2 against correlated columns, or has alpha chosen from a grid, compares noise.
#
# abess 0.4.11, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --disable-pip-version-check \
    abess==0.4.11 numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 pandas==3.1.1 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version
from itertools import combinations

import abess
import numpy as np

rng = np.random.default_rng(0)
n = 1000
X = rng.normal(size=(n, 6))
y = X @ [3.0, -2.0, 0.0, 0.0, 0.0, 0.0] + rng.normal(size=n)
# abess centres and standardises the columns inside, so the penalty is on these.
Z, target = (X - X.mean(axis=0)) / X.std(axis=0), y - y.mean()


def ridge(pair, alpha):
    """The weights of a pair of columns, the ridge objective there, and the sum that compares pairs by the mean error."""
    columns = Z[:, list(pair)]
    w = np.linalg.solve(columns.T @ columns + alpha * np.eye(2), columns.T @ target)
    error, squares = np.sum((target - columns @ w) ** 2), w @ w
    return w, error + alpha * squares, error / n / 2 + alpha * squares


pairs = list(combinations(range(6), 2))
print("abess", version("abess"))
seen = {}
for alpha in (0.0, 0.1, 1.0, 10.0):
    model = abess.LinearRegression(support_size=2, alpha=alpha).fit(X, y)
    kept = tuple(np.flatnonzero(model.coef_).tolist())
    w = ridge(kept, alpha)[0]
    assert np.allclose(model.coef_[list(kept)] * X.std(axis=0)[list(kept)], w, rtol=1e-6)
    places = [sorted(pairs, key=lambda pair: ridge(pair, alpha)[k]).index(kept) + 1 for k in (1, 2)]
    seen[alpha] = kept, *places
    print(f"alpha = {alpha:<4}: columns {kept}, R^2 {model.score(X, y):.3f},", "place {} of 15, by the other sum {}".format(*places))
logistic = abess.LogisticRegression(support_size=2, alpha=10.0).fit(X, (y > 0).astype(int))
print("logistic, alpha = 10: columns", np.flatnonzero(logistic.coef_))
still = (
    version("abess") == "0.4.11"
    and seen[0.0] == seen[0.1] == ((0, 1), 1, 1)
    and all(seen[alpha][1:] == (15, 1) for alpha in (1.0, 10.0))
    and np.flatnonzero(logistic.coef_).tolist() == [0, 1]
)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

#!/bin/sh
# Snap ML: the L1 norm with an intercept gives a model whose weights were fitted beside an intercept, and which has none.
#
# Guess, before running: LinearRegression(penalty="l1", dual=False, fit_intercept=True), the lasso of this library, has the minimiser of half the
# summed squared error plus regularizer * (|w|_1 + |b|): the documentation says the intercept is the weight of one more column.
# Seen: the weights are that minimiser's, and so is the last objective of its own training_history_; but intercept_ is 0.0, and predict adds none.
# For y around 100 its predictions lie around 0, and R^2 is below -1000. It is so with the squared L2 norm and dual=False, too, and in
# logistic regression, which is right for 80 instead of 90 of 100 rows. With dual=True, which L1 cannot have, the intercept is there.
# The vector that the compiled solver hands over has a 0 in its last place, which the Python part reads as the intercept.
# Where it matters: L1 is to be had with dual=False only. Centred data hide it; on others weights look right and predictions are not.
#
# Snap ML 1.17.2, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --no-compile --disable-pip-version-check \
    snapml==1.17.2 numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import numpy as np
import snapml
from sklearn.metrics import r2_score

STRENGTH = 5.0
rng = np.random.default_rng(0)
n = 400
X = rng.normal(size=(n, 3))
y = X @ [2.0, -1.0, 0.5] + 100.0 + rng.normal(size=n)
label = (y > 99.0).astype(float)
exact = {"regularizer": STRENGTH, "fit_intercept": True, "tol": 1e-10, "max_iter": 10_000}


def objective(w, b):
    return np.sum((y - X @ w - b) ** 2) / 2 + STRENGTH * (np.abs(w).sum() + abs(b))


print("Snap ML", version("snapml"))
lasso = snapml.LinearRegression(penalty="l1", dual=False, generate_training_history="full", **exact).fit(X, y)
w, said = np.ravel(lasso.coef_), lasso.training_history_[0]["train_obj"][-1]
# With these weights: the best intercept, a positive one, and the pull of the data on each weight there.
b = np.mean(y - X @ w) - STRENGTH / n
pull = X.T @ (y - X @ w - b)
print("lasso: weights", w.round(4), "intercept", lasso.intercept_, "mean prediction", lasso.predict(X).mean().round(3))
print(f"  objective by its history {said:.4f}, of the model {objective(w, lasso.intercept_):.4f}, with an intercept of {b:.3f} {objective(w, b):.4f}")
primal, dual = (snapml.LinearRegression(dual=one, **exact).fit(X, y) for one in (False, True))
for name, model in (("lasso", lasso), ("squared L2, dual=False", primal), ("squared L2, dual=True", dual)):
    print(f"{name}: intercept {model.intercept_:.3f}, R^2 {r2_score(y, model.predict(X)):.3f}")
logistic = {one: snapml.LogisticRegression(dual=one, **exact).fit(X, label) for one in (False, True)}
for one, model in logistic.items():
    print(f"logistic, dual={one}: intercept {model.intercept_[0]:.3f}, right {np.mean(model.predict(X) == label):.3f}")
still = (
    version("snapml") == "1.17.2"
    and np.allclose(np.abs(pull), STRENGTH, rtol=1e-4)
    and np.isclose(said, objective(w, b), rtol=1e-6)
    and lasso.intercept_ == primal.intercept_ == logistic[False].intercept_[0] == 0
    and abs(lasso.predict(X).mean()) < 1 < 99 < y.mean()
    and np.allclose(primal.coef_, dual.coef_, rtol=1e-4)
    and dual.intercept_ > 90
    and logistic[True].intercept_[0] > 1
    and np.allclose(logistic[True].coef_, logistic[False].coef_, rtol=1e-2)
)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

#!/bin/sh
# CatBoost: every row twice is another model than every row with weight 2, where there is an L2 penalty.
#
# Guess, before running: a weight of 2 stands for two copies of a row, so that both give the same leaves, as
# both give the same weights in ridge regression: a leaf would be (sum of weight y) / (sum of weight + lambda).
# Seen: a leaf of six rows at 10 with l2_leaf_reg = 6 is 60 / (6 + 6) = 5. With every row twice it is 120 / (12 + 6) = 6.67. With weights of
# 2 it stays 5: the penalty is multiplied by the mean weight, here to 12, so that multiplying all weights changes nothing.
# Where it matters: to replace copies by weights, to save memory, makes the penalty stronger by the mean number of copies.
#
# CatBoost 1.2.10, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
# Without the packages that it draws with.
"$folder/venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps \
    catboost==1.2.10 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1 python-dateutil==4.0.0 pytz==2026.6 six==1.17.0 graphviz==0.21 || exit 2
cd "$folder"
venv/bin/python - <<'PYTHON'
import catboost
import numpy as np

x = np.repeat([0.0, 1.0], 6)[:, None]
y = np.where(x[:, 0] > 0, 10.0, -10.0)


def leaves(x, y, weight=None):
    """The two leaves of one tree of one split, by a single step of Newton's method from 0."""
    model = catboost.CatBoostRegressor(
        iterations=1,
        depth=1,
        learning_rate=1.0,
        l2_leaf_reg=6.0,
        boost_from_average=False,
        leaf_estimation_iterations=1,
        bootstrap_type="No",
        random_strength=0,
        verbose=0,
        allow_writing_files=False,
    )
    return model.fit(x, y, sample_weight=weight).predict([[0.0], [1.0]])


once, twice = leaves(x, y), leaves(np.vstack([x, x]), np.append(y, y))
weighted = leaves(x, y, np.full(len(y), 2.0))
# What is multiplied is the mean of the weights: with some of 3 and some of 1 it is 2.
mixed = leaves(x, y, np.where(np.arange(len(y)) % 2, 3.0, 1.0))
print("CatBoost", catboost.__version__)
print("every row once       ", once.round(4))
print("every row twice      ", twice.round(4))
print("every weight 2       ", weighted.round(4))
print("weights of 1 and 3   ", mixed.round(4))
still = (
    catboost.__version__ == "1.2.10"
    and np.allclose(once, [-5, 5])
    and np.allclose(twice, [-20 / 3, 20 / 3])
    and np.allclose(weighted, once)
    and np.allclose(mixed, once)
)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

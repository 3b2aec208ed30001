#!/bin/sh
# LightGBM: a column declared categorical is shrunk by a squared L2 of 10 that nobody asked for, from the fourth category on.
#
# Guess, before running: with lambda_l2 = 0, which is the default, a leaf of one tree is the mean of its rows. Whether the column
# counts as a number or as a category decides which splits are found, here the same ones, and not what a leaf says.
# Seen: with three categories all leaves are means, declared or not. With four, the two halves whose means are -10 and 10 become
# -9.52 and 9.52, which is 10 * 200 / (200 + 10): where categories are divided into two sets, cat_l2 = 10 is added, in the leaf as well. That is
# to be so above max_cat_to_onehot = 4 categories, and is so at 4; with max_cat_to_onehot = 5 four categories are means again.
# And there the tree ends, though 31 leaves are allowed and the categories of a half differ by 6: the half is scored without the
# 10 and its parts with it. The same column as a number with lambda_l2 = 10 goes on to four leaves.
# The documentation names cat_l2 and its 10, not that the leaves have it, nor where it starts.
# Where it matters: to read lambda_l2 as the L2 of a model with categories, or to compare it with another library's.
#
# LightGBM 4.7.0, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --disable-pip-version-check \
    lightgbm==4.7.0 numpy==2.4.6 scipy==1.17.1 narwhals==2.29.0 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
import lightgbm
import numpy as np

ROWS = 100


def leaves(means, categorical, **settings):
    """What one tree of one full step says for each category, with 100 rows of each, all at its mean."""
    x = np.repeat(np.arange(len(means)), ROWS).astype(float)[:, None]
    data = lightgbm.Dataset(x, np.repeat(means, ROWS), categorical_feature=[0] if categorical else [])
    fixed = {"objective": "regression", "learning_rate": 1.0, "boost_from_average": False, "num_threads": 1, "verbose": -1}
    tree = lightgbm.train(fixed | settings, data, num_boost_round=1)
    return tree.predict(np.arange(len(means))[:, None].astype(float))


def score(totals, rows, l2):
    """What a division is worth: sum over its leaves of (sum of targets)^2 / (rows + l2)."""
    return sum(total**2 / (rows + l2) for total in totals)


three, four = np.array([-10.0, 0.0, 10.0]), np.array([-13.0, -7.0, 7.0, 13.0])
number, category = leaves(four, False), leaves(four, True)
number_10, category_0 = leaves(four, False, lambda_l2=10.0), leaves(four, True, cat_l2=0.0)
print("LightGBM", lightgbm.__version__)
print("three, as a number         ", leaves(three, False).round(3))
print("three, as a category       ", leaves(three, True).round(3))
print("four, as a number          ", number.round(3))
print("four, as a category        ", category.round(3))
print("the same with cat_l2 = 0   ", category_0.round(3))
print("as a number, lambda_l2 = 10", number_10.round(3))
whole, parts = [ROWS * (13 + 7)], [ROWS * 13, ROWS * 7]
print("one half, undivided: with l2 = 0 and 10:", *(round(score(whole, 2 * ROWS, l2)) for l2 in (0, 10)))
print("its two parts, with l2 = 10:            ", round(score(parts, ROWS, 10)))
half = 10 * 2 * ROWS / (2 * ROWS + 10)
still = (
    lightgbm.__version__ == "4.7.0"
    and np.allclose(leaves(three, False), three)
    and np.allclose(leaves(three, True), three)
    and np.allclose(number, four)
    and np.allclose(category_0, four)
    and np.allclose(leaves(four, True, max_cat_to_onehot=5), four)
    and np.allclose(category, half * np.sign(four))
    and np.allclose(number_10, four * ROWS / (ROWS + 10))
    and score(whole, 2 * ROWS, 0) > score(parts, ROWS, 10) > score(whole, 2 * ROWS, 10)
)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

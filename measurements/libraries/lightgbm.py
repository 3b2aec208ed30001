"""L1 and L2 on leaves, and on linear models in them."""

import lightgbm as lgb
import numpy as np

from measurements.measuring import Finding, Row, leaf_problem

LIBRARY = "LightGBM"
REQUIREMENTS = ["lightgbm==4.7.0"]


SETTINGS = dict(
    learning_rate=1.0,
    min_data_in_leaf=1,
    min_sum_hessian_in_leaf=0,
    num_leaves=6,
    boost_from_average=False,
    verbosity=-1,
    num_threads=1,
    min_data_in_bin=1,
    seed=0,
)


def tree(X, y, lambda_l1, lambda_l2):
    data = lgb.Dataset(X.argmax(axis=1)[:, None].astype(float), y)
    model = lgb.train(SETTINGS | dict(lambda_l1=lambda_l1, lambda_l2=lambda_l2), data, 1)
    return model.predict(np.arange(6.0)[:, None]), None


def absolute_error():
    rng = np.random.default_rng(0)
    x = np.repeat([0.0, 1.0], 100)[:, None]
    y = np.where(x[:, 0] > 0, 5.0, 1.0) + rng.normal(size=200)
    settings = SETTINGS | dict(objective="l1", lambda_l2=1e8, num_leaves=2, boost_from_average=True)
    model = lgb.train(settings, lgb.Dataset(x, y), 1)
    low, high = model.predict([[0.0], [1.0]])
    return {
        "low": low,
        "high": high,
        "median_low": np.median(y[:100]),
        "median_high": np.median(y[100:]),
        "strength": 1e8,
    }


ROWS = [
    Row(
        "lightgbm-leaves",
        "train({'lambda_l1': lambda_l1, 'lambda_l2': lambda_l2}), one tree",
        tree,
        ({"lambda_l1": 3.0, "lambda_l2": 2.0}, {"lambda_l1": 0.5, "lambda_l2": 5.0}),
        "lightgbm.leaves",
        default="lambda_l1=0.0, lambda_l2=0.0",
        depends="on leaf values: the number of samples in a leaf stands against it",
        problem=leaf_problem,
    ),
]
FINDINGS = [
    Finding(
        "lightgbm-absolute-error",
        "With objective='l1' and lambda_l2 = 1e8 the leaves stay at the plain medians, {low:.4g} and {high:.4g}.",
        absolute_error,
        lambda n: abs(n["low"] - n["median_low"]) < 0.05 and abs(n["high"] - n["median_high"]) < 0.05,
    ),
]

"""Leaf values, in one step or several."""

import numpy as np
from catboost import CatBoostRegressor

from measurements.measuring import Finding, Row, leaf_problem

LIBRARY = "CatBoost"
REQUIREMENTS = ["catboost==1.2.10"]


def model(l2_leaf_reg, iterations=1, **settings):
    return CatBoostRegressor(
        iterations=iterations,
        learning_rate=1.0,
        depth=5,
        l2_leaf_reg=l2_leaf_reg,
        boost_from_average=False,
        thread_count=1,
        random_seed=0,
        random_strength=0,
        bootstrap_type="No",
        verbose=False,
        allow_writing_files=False,
        border_count=16,
        **settings,
    )


def tree(**settings):
    def fit(X, y, l2_leaf_reg):
        x = X.argmax(axis=1)[:, None].astype(float)
        fitted = model(l2_leaf_reg, **settings).fit(x, y)
        return fitted.predict(np.arange(6.0)[:, None]), None

    return fit


def steps():
    """How far a leaf of one value, 5, gets with one tree: by the number of steps."""
    x = np.zeros((20, 1))
    x[10:] = 1.0
    y = np.where(x[:, 0] > 0, 5.0, -5.0)
    reached = {}
    for count in (1, 3, 30):
        fitted = model(10.0, leaf_estimation_method="Gradient", leaf_estimation_iterations=count).fit(x, y)
        reached[f"steps_{count}"] = fitted.predict([[1.0]])[0]
    return reached | {"ridge": 5.0 * 10 / (10 + 10.0), "wanted": 5.0, "few": 3, "many": 30}


ROWS = [
    Row(
        "catboost-leaves",
        "CatBoostRegressor(l2_leaf_reg), one tree, one step",
        tree(leaf_estimation_iterations=1),
        ({"l2_leaf_reg": 2.0}, {"l2_leaf_reg": 5.0}),
        "catboost.leaves",
        near=1e-4,
        default="l2_leaf_reg=3.0",
        depends="leaf_estimation_iterations: several steps undo it",
        problem=leaf_problem,
    ),
]
FINDINGS = [
    Finding(
        "catboost-steps",
        "A leaf that should be 5 gets to {steps_1:.4g} in one step with l2_leaf_reg = 10, to {steps_3:.4g} in three and to {steps_30:.4g} in thirty: the strength brakes each step, and enough of them undo it.",
        steps,
        lambda n: (
            abs(n["steps_1"] - n["ridge"]) < 0.1 and n["steps_1"] < n["steps_3"] < n["steps_30"] and n["steps_30"] > 4.9
        ),
    ),
]

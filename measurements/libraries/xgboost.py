"""L1 and L2 on leaves, and a linear booster."""

import numpy as np
import xgboost as xgb

from measurements.measuring import Finding, Row, leaf_problem, problem

LIBRARY = "XGBoost"
REQUIREMENTS = ["xgboost-cpu==3.2.0", "scipy"]


def linear(**settings):
    """The linear booster: alpha and lambda."""

    def fit(X, y, **strengths):
        parameters = dict(booster="gblinear", updater="coord_descent", eta=1.0, base_score=0.0, nthread=1) | settings
        rounds = parameters.pop("rounds", 300)
        names = {"alpha": strengths.get("alpha", 0.0), "lambda": strengths.get("lambda_", 0.0)}
        model = xgb.train(parameters | names, xgb.DMatrix(X, y), rounds)
        dump = model.get_dump()[0].split()
        numbers = [float(text) for text in dump[1:] if text != "weight:"]
        return np.array(numbers[1:]), numbers[0]

    return fit


def tree(X, y, alpha, lambda_):
    settings = dict(eta=1.0, max_depth=8, min_child_weight=0, base_score=0.0, nthread=1, tree_method="exact", gamma=0)
    x = X.argmax(axis=1)[:, None].astype(float)
    model = xgb.train(settings | {"alpha": alpha, "lambda": lambda_}, xgb.DMatrix(x, y), 1)
    return model.predict(xgb.DMatrix(np.arange(6.0)[:, None])), None


def halving():
    X, y = problem(40)
    fit = linear(eta=0.5, rounds=400)
    w = np.abs(fit(X, y, alpha=0.4, lambda_=0.0)[0])
    exact = linear(rounds=400)(X, y, alpha=0.4, lambda_=0.0)[0]
    zero = int(np.flatnonzero(exact == 0)[0])
    early = [abs(linear(eta=0.5, rounds=k)(X, y, alpha=0.4, lambda_=0.0)[0][zero]) for k in (30, 31)]
    return {
        "smallest": w[zero],
        "ratio": early[1] / early[0],
        "zeros_at_rate_1": np.sum(exact == 0),
        "zeros": np.sum(w == 0),
    }


def absolute_error():
    rng = np.random.default_rng(0)
    x = np.repeat([0.0, 1.0], 100)[:, None]
    y = np.where(x[:, 0] > 0, 5.0, 1.0) + rng.normal(size=200)
    model = xgb.train(
        {"objective": "reg:absoluteerror", "lambda": 1e8, "eta": 1.0, "max_depth": 1, "nthread": 1},
        xgb.DMatrix(x, y),
        1,
    )
    low, high = model.predict(xgb.DMatrix([[0.0], [1.0]]))
    return {
        "low": low,
        "high": high,
        "median_low": np.median(y[:100]),
        "median_high": np.median(y[100:]),
        "strength": 1e8,
    }


ROWS = [
    Row(
        "xgboost-gblinear",
        "train({'booster': 'gblinear', 'eta': 1, 'alpha': alpha, 'lambda': lambda_})",
        linear(),
        ({"alpha": 0.3, "lambda_": 0.2}, {"alpha": 0.1, "lambda_": 0.5}),
        "xgboost.gblinear",
        near=1e-3,
        default="alpha=0, lambda=0",
        depends="a weight that has left 0 comes back to it only at a learning rate (eta) of 1; the default is 0.5",
    ),
    Row(
        "xgboost-gblinear-default-rate",
        "train({'booster': 'gblinear', 'alpha': alpha, 'lambda': lambda_})",
        linear(eta=0.5),
        ({"alpha": 0.3, "lambda_": 0.2}, {"alpha": 0.1, "lambda_": 0.5}),
        "xgboost.gblinear",
        near=1e-3,
        default="alpha=0, lambda=0",
        depends="weights that L1 should zero are halved at every round",
    ),
    Row(
        "xgboost-leaves",
        "train({'alpha': alpha, 'lambda': lambda_}), one tree",
        tree,
        ({"alpha": 3.0, "lambda_": 2.0}, {"alpha": 0.5, "lambda_": 5.0}),
        "xgboost.leaves",
        near=1e-4,
        default="alpha=0, lambda=1",
        depends="on leaf values: the number of samples in a leaf stands against it",
        problem=leaf_problem,
    ),
]
FINDINGS = [
    Finding(
        "xgboost-halves",
        "At the default learning rate a weight that L1 should zero is multiplied by {ratio:.3g} at every round and rests at {smallest:.3g}; at a rate of 1 there are {zeros_at_rate_1:.0f} zeros.",
        halving,
        lambda n: abs(n["ratio"] - 0.5) < 0.01 and 0 < n["smallest"] < 1e-40 and n["zeros_at_rate_1"] > 0,
    ),
    Finding(
        "xgboost-absolute-error",
        "With absolute error and lambda = 1e8 the leaves stay at the plain medians: {low:.4g} and {high:.4g}.",
        absolute_error,
        lambda n: abs(n["low"] - n["median_low"]) < 0.05 and abs(n["high"] - n["median_high"]) < 0.05,
    ),
]

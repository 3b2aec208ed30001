"""One sample at a time."""

import numpy as np
from river import linear_model, optim

from measurements.measuring import Row

LIBRARY = "river"
REQUIREMENTS = ["river==0.26.1"]


def fitted(epochs=1500, **settings):
    def fit(X, y, **strengths):
        rng = np.random.default_rng(0)
        schedule = optim.schedulers.InverseScaling(learning_rate=0.05, power=0.6)
        model = linear_model.LinearRegression(
            optimizer=optim.SGD(schedule),
            intercept_lr=optim.schedulers.InverseScaling(0.05, 0.6),
            **strengths,
            **settings,
        )
        rows = [dict(enumerate(row)) for row in X.tolist()]
        for _ in range(epochs):
            for i in rng.permutation(len(rows)):
                model.learn_one(rows[i], float(y[i]))
        return np.array([model.weights[j] for j in range(X.shape[1])]), model.intercept

    return fit


ROWS = [
    Row(
        "river-l2",
        "LinearRegression(l2=l2)",
        fitted(),
        ({"l2": 1.0},),
        "river.l2",
        near=3e-2,
        default="l2=0.0",
        depends="the last step sizes: it hovers",
    ),
    Row(
        "river-l1",
        "LinearRegression(l1=l1)",
        fitted(epochs=4000),
        ({"l1": 0.1},),
        "river.l1",
        near=5e-2,
        default="l1=0.0",
        depends="the last step sizes, and the truncation's running sum",
    ),
]

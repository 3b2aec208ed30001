"""One sample at a time."""

import numpy as np
from river import linear_model, optim

from measurements.measuring import Finding, Row, problem

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


def with_ftrl(l1, epochs):
    X, y = problem(40)
    rows = [dict(enumerate(row)) for row in X.tolist()]
    model = linear_model.LinearRegression(optimizer=optim.FTRLProximal(alpha=0.1, l1=l1, l2=0.0))
    for _ in range(epochs):
        for row, target in zip(rows, y.tolist()):
            model.learn_one(row, target)
    return np.array([model.weights[j] for j in range(X.shape[1])])


def wearing_off():
    """How far the weights with L1 are from those without, the largest of six."""
    passes = {"few": 1, "some": 100, "many": 1000}
    gaps = {f"gap_{name}": np.max(np.abs(with_ftrl(20.0, n) - with_ftrl(0.0, n))) for name, n in passes.items()}
    return {"l1": 20.0, **passes, **gaps}


FINDINGS = [
    Finding(
        "river-ftrl",
        "FTRLProximal(l1={l1:.0f}) wears off: after {few:.0f} pass through 40 rows a weight is {gap_few:.2g} from where it is without L1, "
        "after {some:.0f} passes {gap_some:.2g}, after {many:,.0f} {gap_many:.2g}.",
        wearing_off,
        lambda n: n["gap_few"] > 5 * n["gap_some"] and n["gap_some"] > 50 * n["gap_many"],
    ),
]

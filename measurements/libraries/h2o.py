"""Generalised linear models on a server of its own."""

import h2o
import numpy as np
from h2o.estimators import H2OGeneralizedLinearEstimator

import shrinkage
from measurements.measuring import Finding, Row

LIBRARY = "H2O"
REQUIREMENTS = ["h2o==3.46.0.12", "numpy"]
NEEDS = ["java"]

h2o.init(nthreads=1, max_mem_size="1g", ip="127.0.0.1", bind_to_localhost=True)
h2o.no_progress()


def fitted(X, y, **strengths):
    names = [f"x{j}" for j in range(X.shape[1])]
    frame = h2o.H2OFrame(np.column_stack([X, y]).tolist(), column_names=[*names, "y"])
    model = H2OGeneralizedLinearEstimator(
        family="gaussian",
        **strengths,
        solver="COORDINATE_DESCENT",
        beta_epsilon=1e-14,
        objective_epsilon=1e-16,
        gradient_epsilon=1e-14,
        max_iterations=10_000,
    )
    model.train(x=names, y="y", training_frame=frame)
    coefficients = model.coef()
    return np.array([coefficients[name] for name in names]), coefficients["Intercept"]


ROWS = [
    Row(
        "h2o-glm",
        "H2OGeneralizedLinearEstimator(lambda_, alpha)",
        fitted,
        ({"lambda_": 0.3, "alpha": 0.5}, {"lambda_": 0.1, "alpha": 0.0}),
        "h2o.glm",
        near=1e-3,
        default="lambda_ and alpha=0.5 chosen from the data",
        depends="standardize=False leaves the features alone",
    ),
]


def by_rows():
    """The strengths of L1 that the default chooses, on 79 and on 80 rows of one problem with 4 features."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(80, 4))
    y = X @ [1.5, -1.0, 0.7, 0.3] + 2 + 0.5 * rng.normal(size=80)
    found = {n: shrinkage.implied_penalty(X[:n], y[:n], *fitted(X[:n], y[:n])) for n in (79, 80)}
    return {"features": 4, "few": 79, "many": 80, "lam_few": found[79].lam_l1, "lam_many": found[80].lam_l1}


FINDINGS = [
    Finding(
        "h2o-default",
        "Without lambda_ the strength read off falls from {lam_few:.4g} on {few:.0f} rows to {lam_many:.4g} on {many:.0f}, with {features:.0f} features.",
        by_rows,
        lambda n: n["lam_few"] > 50 * n["lam_many"] > 0,
    ),
]

"""Generalised linear models on a server of its own."""

import h2o
import numpy as np
from h2o.estimators import H2OGeneralizedLinearEstimator

from measurements.measuring import Row

LIBRARY = "H2O"
REQUIREMENTS = ["h2o==3.46.0.12", "numpy"]
NEEDS = ["java"]

h2o.init(nthreads=1, max_mem_size="1g", ip="127.0.0.1", bind_to_localhost=True)
h2o.no_progress()


def fitted(X, y, lambda_, alpha):
    names = [f"x{j}" for j in range(X.shape[1])]
    frame = h2o.H2OFrame(np.column_stack([X, y]).tolist(), column_names=[*names, "y"])
    model = H2OGeneralizedLinearEstimator(
        family="gaussian",
        lambda_=lambda_,
        alpha=alpha,
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

"""The group elastic net; groups of one make it the elastic net."""

import adelie
import numpy as np

from measurements.measuring import Row

LIBRARY = "adelie"
REQUIREMENTS = ["adelie==1.1.52"]


def fitted(X, y, lmda, alpha):
    state = adelie.grpnet(
        np.asfortranarray(X),
        adelie.glm.gaussian(y),
        lmda_path=np.array([4 * lmda, 2 * lmda, lmda]),
        alpha=alpha,
        tol=1e-16,
        progress_bar=False,
        early_exit=False,
        max_iters=10**6,
        min_ratio=1e-9,
    )
    return np.ravel(state.betas[-1].toarray()), float(state.intercepts[-1])


ROWS = [
    Row(
        "adelie",
        "grpnet(X, gaussian(y), lmda_path, alpha)",
        fitted,
        ({"lmda": 0.3, "alpha": 0.5}, {"lmda": 0.1, "alpha": 0.9}),
        "adelie.grpnet",
        near=1e-4,
        default="a path of strengths chosen from the data, alpha=1",
    ),
]

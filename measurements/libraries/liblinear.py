"""The solver behind several others' `C`."""

import numpy as np
from liblinear.liblinearutil import train

from measurements.measuring import Row

LIBRARY = "LIBLINEAR"
REQUIREMENTS = ["liblinear-official==2.50.0", "scipy"]


def fitted(solver, classes=False):
    def fit(X, y, C):
        target = np.where(y > 0, 1, -1) if classes else y
        model = train(
            target,
            X,
            f"-s {solver} -c {C!r} -B 1 -e 1e-12 -p 0 -q" if not classes else f"-s {solver} -c {C!r} -B 1 -e 1e-12 -q",
        )
        weights, _ = model.get_decfun()
        numbers = np.array([model.w[j] for j in range(X.shape[1] + 1)])
        if classes and model.get_labels()[0] == -1:
            numbers = -numbers
        return numbers[:-1], float(numbers[-1])

    return fit


BIAS = "-B 1 makes the bias one of the weights; -R leaves it free for some solvers"
ROWS = [
    Row(
        "liblinear-logistic",
        "train -s 0 -c C -B 1",
        fitted(0, True),
        ({"C": 0.1}, {"C": 0.5}),
        "sklearn.LogisticRegression-l2",
        loss="logistic",
        near=1e-4,
        default="-c 1",
        depends=BIAS,
    ),
    Row(
        "liblinear-logistic-l1",
        "train -s 6 -c C -B 1",
        fitted(6, True),
        ({"C": 0.3}, {"C": 0.5}),
        "celer.LogisticRegression",
        loss="logistic",
        near=1e-4,
        default="-c 1",
        depends=BIAS,
    ),
    Row(
        "liblinear-svr",
        "train -s 11 -p 0 -c C -B 1",
        fitted(11),
        ({"C": 0.05}, {"C": 0.2}),
        "sklearn.LinearSVR",
        near=1e-4,
        default="-c 1",
        depends=BIAS,
    ),
]

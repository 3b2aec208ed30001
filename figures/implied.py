"""What `implied_penalty` says of two fits: sentences that a page quotes."""

import numpy as np

from shrinkage import implied_penalty, ridge

LAM = 30.0
N_SAMPLES = 60
WEIGHTS = (3.0, -2.0, 1.0, 0.5, -1.5, 0.8, 2.0, -0.7)
BIAS = 4.0
WRONG, FACTOR = 3, 1.5
SEED = 0


def facts() -> dict:
    """The sentences for a ridge fit, and for the same weights with one of them changed."""
    rng = np.random.default_rng(SEED)
    X = rng.normal(size=(N_SAMPLES, len(WEIGHTS)))
    y = X @ WEIGHTS + BIAS + rng.normal(size=N_SAMPLES)
    fit = ridge(X, y, LAM)
    wrong = np.where(np.arange(len(WEIGHTS)) == WRONG, FACTOR * fit.w, fit.w)
    found = implied_penalty(X, y, wrong, fit.b)
    return {
        "ridge_sentence": str(implied_penalty(X, y, fit.w, fit.b)),
        "wrong_sentence": str(found),
        "lam": LAM,
        "wrong": WRONG,
    }

"""How long do the solvers take beside scikit-learn's, for weights that are equally good?

    python -m tests.benchmark --solvers

Medians of five, in processor time of one thread, taken in turn: other processes on the machine and the number of its
processors matter little. For each problem scikit-learn's `Lasso` gets the loosest tolerance, of powers of ten, with which its
duality gap, by our function, is 1e-10 of y . y as ours is.
"""

import statistics
import time
import tracemalloc
import warnings

import numpy as np
from sklearn.linear_model import Lasso, lars_path

import shrinkage
from figures._diabetes import diabetes

SHAPES = ((100, 1000), (200, 500), (1000, 50))
SHARES = (0.5, 0.1, 0.01)
GAP = 1e-10
RUNS = 5


def problem(n_samples: int, n_features: int, correlation: float):
    """Neighbouring features have this correlation; ten of them matter."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n_samples, n_features))
    for j in range(1, n_features):
        X[:, j] = correlation * X[:, j - 1] + np.sqrt(1 - correlation**2) * X[:, j]
    w = np.zeros(n_features)
    w[:: n_features // 10] = 3 * rng.normal(size=len(w[:: n_features // 10]))
    return X, X @ w + rng.normal(size=n_samples)


def medians(*functions):
    """Of each function the median time in milliseconds, one run of each in turn."""
    times = [[] for _ in functions]
    for _ in range(RUNS):
        for function, taken in zip(functions, times):
            start = time.process_time()
            function()
            taken.append(1000 * (time.process_time() - start))
    return [statistics.median(taken) for taken in times]


def equally_good(X, y, lam):
    """scikit-learn's Lasso with the loosest tolerance that reaches the gap."""
    null_error = np.sum((y - y.mean()) ** 2)
    for power in range(4, 16):
        model = Lasso(alpha=shrinkage.to_sklearn_lasso(lam, len(y)), tol=10.0**-power, max_iter=1_000_000)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(X, y)
        if shrinkage.lasso_duality_gap(model.coef_, model.intercept_, X, y, lam) <= GAP * null_error:
            return model
    raise SystemExit(f"solver times: scikit-learn does not reach a gap of {GAP} at lam = {lam:.3g}")


def main() -> None:
    """Print the table."""
    print("lasso, ms              correlation  lam/lam_max   ours   sklearn  ratio  gap / y.y  memory / X")
    for n_samples, n_features in SHAPES:
        for correlation in (0.0, 0.9):
            X, y = problem(n_samples, n_features, correlation)
            for share in SHARES:
                lam = share * shrinkage.lam_max(X, y)
                model = equally_good(X, y, lam)
                ours, theirs = medians(lambda: shrinkage.lasso(X, y, lam), lambda: model.fit(X, y))
                tracemalloc.start()
                fit = shrinkage.lasso(X, y, lam)
                memory = tracemalloc.get_traced_memory()[1] / X.nbytes
                tracemalloc.stop()
                gap = fit.duality_gap / np.sum((y - y.mean()) ** 2)
                print(
                    f"{n_samples:5} x {n_features:<5} {correlation:20} {share:12} {ours:7.2f} {theirs:8.2f} "
                    f"{ours / theirs:6.2f} {gap:10.0e} {memory:11.2f}"
                )
    table = diabetes()
    X, y = shrinkage.standardise(table["X"])[0], table["y"] - np.mean(table["y"])
    ours, theirs = medians(lambda: shrinkage.lasso_knots(X, y), lambda: lars_path(X, y, method="lasso"))
    print(f"all knots of the diabetes data, beside lars_path: {ours:.2f} {theirs:.2f} {ours / theirs:.2f}")


if __name__ == "__main__":
    main()

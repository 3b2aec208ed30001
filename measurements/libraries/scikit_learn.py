"""A dozen meanings of `alpha` and `C` in one package."""

import numpy as np
from sklearn import linear_model as sk
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.kernel_ridge import KernelRidge
from sklearn.neural_network import MLPRegressor
from sklearn.svm import LinearSVR

from measurements.measuring import Finding, Row, leaf_problem, problem

LIBRARY = "scikit-learn"
REQUIREMENTS = ["scikit-learn==1.9.1"]

TIGHT = dict(tol=1e-13, max_iter=200_000)
SITE = "https://scikit-learn.org/1.9/modules/"


def fitted(make):
    """A fit from an estimator's maker."""

    def fit(X, y, **strengths):
        model = make(**strengths).fit(X, y)
        return np.ravel(model.coef_), float(np.ravel(model.intercept_)[0])

    return fit


def weighted(make):
    def fit(X, y, sample_weight, **strengths):
        model = make(**strengths).fit(X, y, sample_weight=sample_weight)
        return np.ravel(model.coef_), float(np.ravel(model.intercept_)[0])

    return fit


def mlp(**options):
    def fit(X, y, alpha):
        model = MLPRegressor(hidden_layer_sizes=(), alpha=alpha, random_state=0, **options).fit(X, y)
        return model.coefs_[0].ravel(), float(model.intercepts_[0][0])

    return fit


def kernel_ridge(X, y, alpha):
    # No bias: y is centred by hand.
    model = KernelRidge(alpha=alpha, kernel="linear").fit(X - X.mean(axis=0), y - y.mean())
    w = (X - X.mean(axis=0)).T @ model.dual_coef_
    return w, float(y.mean() - X.mean(axis=0) @ w)


def bayesian_ridge(X, y):
    model = sk.BayesianRidge(tol=1e-12, max_iter=10_000).fit(X, y)
    return model.coef_, float(model.intercept_)


def tree(X, y, l2_regularization):
    settings = dict(max_iter=1, learning_rate=1.0, min_samples_leaf=1, early_stopping=False)
    model = HistGradientBoostingRegressor(l2_regularization=l2_regularization, **settings)
    model.fit(X.argmax(axis=1)[:, None], y)
    return model.predict(np.arange(6.0)[:, None]), None


def lin(name, **options):
    return lambda **strengths: getattr(sk, name)(**strengths, **options)


def sgd(penalty, **options):
    settings = dict(learning_rate="invscaling", eta0=0.02, power_t=0.6, max_iter=50_000, tol=None, random_state=0)
    return lin("SGDRegressor", penalty=penalty, **(settings | options))


def svr(C):
    return LinearSVR(C=C, epsilon=0, loss="squared_epsilon_insensitive", dual=False, tol=1e-14, max_iter=10**6)


A = ({"alpha": 0.3}, {"alpha": 0.03})
BIG = ({"alpha": 10.0}, {"alpha": 3.0})
MIXED = ({"alpha": 0.3, "l1_ratio": 0.5}, {"alpha": 0.1, "l1_ratio": 0.9})
ROWS = [
    Row(
        "sklearn-ridge",
        "Ridge(alpha)",
        fitted(lin("Ridge")),
        BIG,
        "sklearn.Ridge",
        default="alpha=1.0",
        weighted=weighted(lin("Ridge")),
    ),
    Row(
        "sklearn-kernel-ridge",
        "KernelRidge(alpha, kernel='linear')",
        kernel_ridge,
        BIG,
        "sklearn.Ridge",
        default="alpha=1",
    ),
    Row(
        "sklearn-bayesian-ridge",
        "BayesianRidge()",
        bayesian_ridge,
        ({},),
        default="chosen from the data",
        depends="strength lambda_ / alpha_, both estimated",
    ),
    Row(
        "sklearn-lasso",
        "Lasso(alpha)",
        fitted(lin("Lasso", **TIGHT)),
        A,
        "sklearn.Lasso",
        default="alpha=1.0",
        weighted=weighted(lin("Lasso", **TIGHT)),
    ),
    Row("sklearn-lasso-lars", "LassoLars(alpha)", fitted(lin("LassoLars")), A, "sklearn.Lasso", default="alpha=1.0"),
    Row(
        "sklearn-elastic-net",
        "ElasticNet(alpha, l1_ratio)",
        fitted(lin("ElasticNet", **TIGHT)),
        MIXED,
        "sklearn.ElasticNet",
        default="alpha=1.0, l1_ratio=0.5",
        weighted=weighted(lin("ElasticNet", **TIGHT)),
    ),
    Row(
        "sklearn-multi-task-lasso",
        "MultiTaskLasso(alpha), one task",
        lambda X, y, alpha: fitted(lin("MultiTaskLasso", **TIGHT))(X, y[:, None], alpha=alpha),
        A,
        "sklearn.Lasso",
        default="alpha=1.0",
    ),
    Row(
        "sklearn-sgd-l2",
        "SGDRegressor(penalty='l2', alpha)",
        fitted(lambda alpha: sgd("l2")(alpha=alpha)),
        ({"alpha": 1.0},),
        "sklearn.SGDRegressor-l2",
        near=2e-2,
        default="alpha=0.0001",
        depends="the last step sizes: it hovers; sample weights multiply steps, and so the penalty's share falls",
        weighted=weighted(lambda alpha: sgd("l2")(alpha=alpha)),
    ),
    Row(
        "sklearn-huber",
        "HuberRegressor(alpha), no outliers",
        fitted(lin("HuberRegressor", epsilon=100.0, tol=1e-12, max_iter=10**5)),
        BIG,
        default="alpha=0.0001",
        depends="alpha times the scale that is estimated beside the weights, so the unit of y",
    ),
    Row(
        "sklearn-tweedie",
        "TweedieRegressor(power=0, alpha)",
        fitted(lin("TweedieRegressor", power=0, solver="newton-cholesky", tol=1e-12)),
        A,
        "sklearn.TweedieRegressor",
        default="alpha=1.0",
        weighted=weighted(lin("TweedieRegressor", power=0, solver="newton-cholesky", tol=1e-12)),
    ),
    Row(
        "sklearn-poisson",
        "PoissonRegressor(alpha)",
        fitted(lin("PoissonRegressor", solver="newton-cholesky", tol=1e-12)),
        A,
        "sklearn.PoissonRegressor",
        loss="poisson",
        default="alpha=1.0",
    ),
    Row(
        "sklearn-linear-svr",
        "LinearSVR(C, epsilon=0, loss='squared_epsilon_insensitive')",
        fitted(svr),
        ({"C": 0.05}, {"C": 0.2}),
        "sklearn.LinearSVR",
        default="C=1.0",
        depends="the bias is one of the weights; intercept_scaling divides its penalty",
    ),
    Row(
        "sklearn-logistic",
        "LogisticRegression(C)",
        fitted(lin("LogisticRegression", solver="newton-cholesky", tol=1e-13)),
        ({"C": 0.1}, {"C": 0.5}),
        "sklearn.LogisticRegression-l2",
        loss="logistic",
        default="C=1.0",
        weighted=weighted(lin("LogisticRegression", solver="newton-cholesky", tol=1e-13)),
    ),
    Row(
        "sklearn-logistic-saga",
        "LogisticRegression(C, l1_ratio, solver='saga')",
        fitted(lin("LogisticRegression", solver="saga", tol=1e-13, max_iter=10**6)),
        ({"C": 0.3, "l1_ratio": 1.0}, {"C": 0.3, "l1_ratio": 0.5}),
        "sklearn.LogisticRegression",
        loss="logistic",
        default="C=1.0",
    ),
    Row(
        "sklearn-logistic-liblinear",
        "LogisticRegression(C, solver='liblinear')",
        fitted(lin("LogisticRegression", solver="liblinear", tol=1e-13, max_iter=10**6)),
        ({"C": 0.1}, {"C": 0.5}),
        "sklearn.LogisticRegression-l2",
        loss="logistic",
        default="C=1.0",
        depends="the bias is one of the weights; intercept_scaling divides its penalty",
    ),
    Row(
        "sklearn-sgd-classifier",
        "SGDClassifier(loss='log_loss', alpha)",
        fitted(
            lin(
                "SGDClassifier",
                loss="log_loss",
                learning_rate="invscaling",
                eta0=0.1,
                power_t=0.6,
                max_iter=50_000,
                tol=None,
                random_state=0,
            )
        ),
        ({"alpha": 0.1},),
        "sklearn.SGDClassifier",
        loss="logistic",
        near=2e-2,
        default="alpha=0.0001",
        depends="the last step sizes: it hovers",
    ),
    Row(
        "sklearn-mlp-lbfgs",
        "MLPRegressor((), alpha, solver='lbfgs')",
        mlp(solver="lbfgs", tol=1e-14, max_iter=10**5, max_fun=10**6),
        BIG,
        "sklearn.MLPRegressor",
        near=1e-3,
        default="alpha=0.0001",
        depends="the solver: with mini-batches each batch pays alpha over its own size",
    ),
    Row(
        "sklearn-hist-gradient-boosting",
        "HistGradientBoostingRegressor(l2_regularization), one tree",
        tree,
        ({"l2_regularization": 2.0}, {"l2_regularization": 5.0}),
        "sklearn.HistGradientBoosting",
        default="l2_regularization=0.0",
        depends="on leaf values: the number of samples in a leaf stands against it",
        problem=leaf_problem,
    ),
]


def averaged_l1():
    X, y = problem(100)
    score = {"few": 100, "many": 10_000}
    for epochs in (100, 10_000):
        model = sk.SGDRegressor(penalty="l1", alpha=0.1, average=True, max_iter=epochs, tol=None, random_state=0).fit(
            X, y
        )
        score[f"r2_{epochs}"] = model.score(X, y)
    return score


def stump_with_l2(loss):
    rng = np.random.default_rng(0)
    x = np.repeat([0.0, 1.0], 100)[:, None]
    y = np.where(x[:, 0] > 0, 5.0, 1.0) + rng.normal(size=200)
    model = HistGradientBoostingRegressor(
        loss=loss, l2_regularization=1e8, max_iter=1, learning_rate=1.0, max_depth=1, early_stopping=False
    ).fit(x, y)
    low, high = model.predict([[0.0], [1.0]])
    return {
        "low": low,
        "high": high,
        "median_low": np.median(y[:100]),
        "median_high": np.median(y[100:]),
        "strength": 1e8,
    }


def last_batch():
    """Strengths of squared L2 at alpha=1 with batches of 200, on 200 rows and on one row more: the slope of pulls over weights."""
    found = {}
    # A batch of one row is noisy, so that several fits are averaged.
    for name, n_rows, rate, epochs, n_fits in (("even", 200, 0.1, 200, 1), ("odd", 201, 0.02, 150, 8)):
        X, y = problem(n_rows)
        settings = dict(hidden_layer_sizes=(), alpha=1.0, solver="sgd", batch_size=200, momentum=0.0)
        fits = []
        for seed in range(n_fits):
            model = MLPRegressor(
                **settings, learning_rate_init=rate, max_iter=epochs, tol=0.0, n_iter_no_change=10**6, random_state=seed
            ).fit(X, y)
            fits.append(np.append(model.coefs_[0], model.intercepts_[0]))
        *w, b = np.mean(fits, axis=0)
        pulls = 2 * X.T @ (y - X @ w - b)
        found |= {f"lam_{name}": pulls @ w / (2 * np.dot(w, w)), f"rows_{name}": n_rows}
    return found | {"batch": 200, "times": found["lam_odd"] / found["lam_even"]}


FINDINGS = [
    Finding(
        "sklearn-mlp-last-batch",
        "MLPRegressor(solver='sgd', alpha=1, batch_size={batch:.0f}): each batch pays alpha over its own size, so a last batch of one row pays "
        "all of it. The strength read off is {lam_even:.3g} on {rows_even:.0f} rows and {lam_odd:.3g} on {rows_odd:.0f}.",
        last_batch,
        lambda n: 0.9 < n["lam_even"] < 1.1 and 80 < n["times"] < 125,
    ),
    Finding(
        "sklearn-sgd-average-l1",
        "SGDRegressor(penalty='l1', average=True) leaves the shrinking out of the running average: R2 falls from {r2_100:.3g} after 100 epochs to {r2_10000:.3g} after 10,000.",
        averaged_l1,
        lambda n: n["r2_10000"] < n["r2_100"] - 0.5,
    ),
    Finding(
        "sklearn-trees-absolute-error",
        "HistGradientBoostingRegressor(loss='absolute_error', l2_regularization=1e8): the leaves stay at the plain medians, {low:.4g} and {high:.4g}.",
        lambda: stump_with_l2("absolute_error"),
        lambda n: abs(n["low"] - n["median_low"]) < 0.05 and abs(n["high"] - n["median_high"]) < 0.05,
    ),
]

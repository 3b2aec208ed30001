"""The linear model and its squared error, in one variable and in many.

    objective(w, b) = sum_i (x_i . w + b - y_i)^2 + lam penalty(w)

Squared error without 1/2, summed and not averaged; the bias b is never penalised. The one-variable functions can be
compiled for live figures: plain arithmetic that serves floats and arrays alike, with the same result to the last bit.
"""

import numpy as np

from ._checks import array, checked, finite, nonnegative, number, penalty_object
from .penalties import l1, l1_subgradient, squared_l2, squared_l2_gradient


@checked(x=finite, w=finite, b=finite)
def predict(x, w, b):
    """w x + b, the one-variable model.

    Args:
        x: feature, number or array.
        w: weight.
        b: bias.

    Returns:
        The broadcast shape, in the units of y.

    Raises:
        ValueError: an argument is not finite.

    Source:
        Karim, section 1.
    """
    return w * x + b


@checked(w=finite, x=finite, y=finite, b=finite)
def squared_error(w, x, y, b):
    """L = (w x + b - y)^2, without 1/2.

    Args:
        w: weight, number or array.
        x: feature.
        y: target.
        b: bias.

    Returns:
        The broadcast shape, in the units of y squared.

    Raises:
        ValueError: an argument is not finite.

    Source:
        Karim, section 2.1.
    """
    return (w * x + b - y) * (w * x + b - y)


@checked(w=finite, x=finite, y=finite, b=finite)
def squared_error_slope(w, x, y, b):
    """H = dL/dw = 2 x (w x + b - y).

    Args:
        w: weight, number or array.
        x: feature.
        y: target.
        b: bias.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: an argument is not finite.

    Source:
        Karim, section 4.
    """
    return 2 * x * (w * x + b - y)


@checked(w=finite, x=finite, y=finite, b=finite)
def squared_error_bias_slope(w, x, y, b):
    """dL/db = 2 (w x + b - y); no penalty is added to it, because b only places the model's mean.

    Args:
        w: weight, number or array.
        x: feature.
        y: target.
        b: bias.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: an argument is not finite.

    Source:
        Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 3.4.1 (intercept left
        out).
    """
    return 2 * (w * x + b - y)


@checked(w=finite, x=finite, y=finite, b=finite, lam=nonnegative)
def loss_l1(w, x, y, b, lam):
    """L1 loss of one sample: (w x + b - y)^2 + lam |w|.

    Args:
        w: weight, number or array.
        x: feature.
        y: target.
        b: bias.
        lam: strength >= 0.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: an argument is not finite, or lam < 0.

    Source:
        Karim, section 2.2.
    """
    return squared_error(w, x, y, b) + l1(w, lam)


@checked(w=finite, x=finite, y=finite, b=finite, lam=nonnegative)
def loss_l1_slope(w, x, y, b, lam):
    """2 x (w x + b - y) + lam sign(w): the slope of the L1 loss, and at w = 0 the subgradient with sign(0) = 0.

    Args:
        w: weight, number or array.
        x: feature.
        y: target.
        b: bias.
        lam: strength >= 0.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: an argument is not finite, or lam < 0.

    Source:
        Karim, section 3 (there for w > 0 and w < 0 only).
    """
    return squared_error_slope(w, x, y, b) + l1_subgradient(w, lam)


@checked(w=finite, x=finite, y=finite, b=finite, lam=nonnegative)
def loss_squared_l2(w, x, y, b, lam):
    """Squared-L2 loss of one sample: (w x + b - y)^2 + lam w^2.

    Args:
        w: weight, number or array.
        x: feature.
        y: target.
        b: bias.
        lam: strength >= 0.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: an argument is not finite, or lam < 0.

    Source:
        Karim, section 2.3.
    """
    return squared_error(w, x, y, b) + squared_l2(w, lam)


@checked(w=finite, x=finite, y=finite, b=finite, lam=nonnegative)
def loss_squared_l2_slope(w, x, y, b, lam):
    """2 x (w x + b - y) + 2 lam w: the slope of the squared-L2 loss.

    Args:
        w: weight, number or array.
        x: feature.
        y: target.
        b: bias.
        lam: strength >= 0.

    Returns:
        The broadcast shape.

    Raises:
        ValueError: an argument is not finite, or lam < 0.

    Source:
        Karim, section 3.
    """
    return squared_error_slope(w, x, y, b) + squared_l2_gradient(w, lam)


@checked(X=array("n_samples", "n_features"), w=array("n_features"), b=number)
def linear_model(X, w, b):
    """y_hat_i = x_i . w + b.

    Args:
        X: features, shape (n_samples, n_features).
        w: weights, shape (n_features,).
        b: bias.

    Returns:
        Predictions, shape (n_samples,).

    Raises:
        ValueError: an argument is not finite, is empty, or has a shape that does not match.

    Source:
        Karim, section 0.
    """
    return X @ w + b


@checked(w=array("n_features"), b=number, X=array("n_samples", "n_features"), y=array("n_samples"))
def sum_squared_errors(w, b, X, y):
    """sum_i (x_i . w + b - y_i)^2.

    Args:
        w: weights, shape (n_features,).
        b: bias.
        X: features, shape (n_samples, n_features).
        y: targets, shape (n_samples,).

    Returns:
        A float, in the units of y squared.

    Raises:
        ValueError: an argument is not finite, is empty, or has a shape that does not match.

    Source:
        Karim, section 0.
    """
    return float(np.sum((X @ w + b - y) ** 2))


@checked(w=array("n_features"), b=number, X=array("n_samples", "n_features"), y=array("n_samples"))
def sum_squared_errors_gradient(w, b, X, y):
    """(2 X^T (X w + b - y), 2 sum_i (x_i . w + b - y_i)).

    Args:
        w: weights, shape (n_features,).
        b: bias.
        X: features, shape (n_samples, n_features).
        y: targets, shape (n_samples,).

    Returns:
        (gradient in w of shape (n_features,), slope in b as a float).

    Raises:
        ValueError: an argument is not finite, is empty, or has a shape that does not match.

    Source:
        Karim, section 3, for one variable.
    """
    residual = X @ w + b - y
    return 2 * X.T @ residual, float(2 * residual.sum())


@checked(y=array("n_samples"), y_hat=array("n_samples"))
def mean_squared_error(y, y_hat):
    """1/n sum_i (y_hat_i - y_i)^2: an error per sample, to compare samples of different size.

    Args:
        y: targets, shape (n_samples,).
        y_hat: predictions, shape (n_samples,).

    Returns:
        A float, in the units of y squared.

    Raises:
        ValueError: an argument is not finite, is empty, or the shapes differ.

    Source:
        Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 7.2.
    """
    return float(np.mean((y_hat - y) ** 2))


@checked(x=finite, w=array("n_features"), b=finite)
def polynomial(x, w, b):
    """b + w_1 x + w_2 x^2 + ... + w_n x^n: linear_model on polynomial_features.

    Args:
        x: feature.
        w: weights of x, x^2, ..., x^n, shape (n,).
        b: bias.

    Returns:
        The broadcast shape of x and b.

    Raises:
        ValueError: an argument is not finite, or w is empty.

    Source:
        Bishop (2006), Pattern Recognition and Machine Learning, section 1.1.
    """
    y_hat = b
    power = 1.0
    for k in range(len(w)):
        power = power * x
        y_hat = y_hat + w[k] * power
    return y_hat


@checked(w=array("n_features"), b=number, x=array("n_samples"), y=array("n_samples"))
def polynomial_mean_squared_error(w, b, x, y):
    """1/n sum_i (polynomial(x_i, w, b) - y_i)^2.

    Args:
        w: weights of x, x^2, ..., x^n, shape (n,).
        b: bias.
        x: features, shape (n_samples,).
        y: targets, shape (n_samples,).

    Returns:
        A float, in the units of y squared.

    Raises:
        ValueError: an argument is not finite, is empty, or the shapes of x and y differ.

    Source:
        Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 7.2.
    """
    total = 0.0
    for i in range(len(x)):
        miss = polynomial(x[i], w, b) - y[i]
        total += miss * miss
    return float(total / len(x))


@checked(
    w=array("n_features"),
    b=number,
    X=array("n_samples", "n_features"),
    y=array("n_samples"),
    penalty=penalty_object,
)
def objective(w, b, X, y, penalty):
    """sum_i (x_i . w + b - y_i)^2 + lam penalty(w); b is not penalised.

    Args:
        w: weights, shape (n_features,).
        b: bias.
        X: features, shape (n_samples, n_features).
        y: targets, shape (n_samples,).
        penalty: a Penalty, which holds lam: `L1(lam)`, `SquaredL2(lam)`, `HalfSquaredL2(lam)` or
            `ElasticNet(lam_l1, lam_l2)`.

    Returns:
        A float, in the units of y squared.

    Raises:
        ValueError: an argument is not finite, is empty or has a shape that does not match, or penalty is none.

    Source:
        Karim, section 0.
    """
    return sum_squared_errors(w, b, X, y) + penalty.value(w)


def _require_classes(y, **_):
    wrong = ~((y == 0) | (y == 1))
    if np.any(wrong):
        index = int(np.flatnonzero(wrong)[0])
        raise ValueError(f"y must be 0 or 1 for each sample, got {float(y[index])!r} at index {index}")


@checked(_require_classes, w=array("n_features"), b=number, X=array("n_samples", "n_features"), y=array("n_samples"))
def logistic_loss(w, b, X, y):
    """sum_i log(1 + exp(z_i)) - y_i z_i with z_i = x_i . w + b: minus the logarithm of the likelihood.

    Where some (w, b) have z_i > 0 for all samples of class 1 and z_i < 0 for all of class 0, it has no minimum: along these
    weights it falls towards 0 for ever.

    Args:
        w: weights, shape (n_features,).
        b: bias.
        X: features, shape (n_samples, n_features).
        y: classes 0 and 1, shape (n_samples,).

    Returns:
        A float > 0.

    Raises:
        ValueError: an argument is not finite, is empty, or has a shape that does not match, or y is not 0 or 1.

    Source:
        Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, equation 4.20.
    """
    z = X @ w + b
    # log(1 + exp(z)) - y z is log(1 + exp(-z)) for class 1: written so, nothing overflows and nothing cancels.
    return float(np.sum(np.logaddexp(0, np.where(y == 1, -z, z))))


@checked(_require_classes, w=array("n_features"), b=number, X=array("n_samples", "n_features"), y=array("n_samples"))
def logistic_gradient(w, b, X, y):
    """(X^T (p - y), sum_i (p_i - y_i)) with p_i = 1 / (1 + exp(-z_i)) and z_i = x_i . w + b.

    Args:
        w: weights, shape (n_features,).
        b: bias.
        X: features, shape (n_samples, n_features).
        y: classes 0 and 1, shape (n_samples,).

    Returns:
        (gradient in w of shape (n_features,), slope in b as a float).

    Raises:
        ValueError: an argument is not finite, is empty, or has a shape that does not match, or y is not 0 or 1.

    Source:
        Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, equation 4.21.
    """
    # 1 / (1 + exp(-z)), which cannot overflow in this form.
    off = (1 + np.tanh((X @ w + b) / 2)) / 2 - y
    return X.T @ off, float(off.sum())

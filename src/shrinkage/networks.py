"""A small network in plain NumPy: one hidden layer of tanh, one output, squared error."""

import numpy as np

from ._checks import array, checked, number

NETWORK = dict(
    W=array("n_features", "n_hidden"),
    c=array("n_hidden"),
    v=array("n_hidden"),
    d=number,
    X=array("n_samples", "n_features"),
)


@checked(**NETWORK)
def network(W, c, v, d, X):
    """tanh(X W + c) v + d.

    Args:
        W: weights of the hidden layer, shape (n_features, n_hidden).
        c: biases of the hidden layer, shape (n_hidden,).
        v: weights of the output, shape (n_hidden,).
        d: bias of the output.
        X: features, shape (n_samples, n_features).

    Returns:
        Predictions, shape (n_samples,).

    Raises:
        ValueError: an argument is not finite, is empty, or has a shape that does not match.

    Source:
        Bishop (2006), Pattern Recognition and Machine Learning, section 5.1.
    """
    return np.tanh(X @ W + c) @ v + d


@checked(**NETWORK, y=array("n_samples"))
def network_gradients(W, c, v, d, X, y):
    """The gradients of sum_i (network(x_i) - y_i)^2 in W, c, v and d, by the chain rule backwards.

    Args:
        W: weights of the hidden layer, shape (n_features, n_hidden).
        c: biases of the hidden layer, shape (n_hidden,).
        v: weights of the output, shape (n_hidden,).
        d: bias of the output.
        X: features, shape (n_samples, n_features).
        y: targets, shape (n_samples,).

    Returns:
        Four gradients, each of the shape of its parameter.

    Raises:
        ValueError: an argument is not finite, is empty, or has a shape that does not match.

    Source:
        Rumelhart, Hinton and Williams (1986), Learning representations by back-propagating errors; Bishop (2006), Pattern
        Recognition and Machine Learning, section 5.3.
    """
    hidden = np.tanh(X @ W + c)
    slope = 2 * (hidden @ v + d - y)
    back = slope[:, np.newaxis] * v * (1 - hidden**2)
    return X.T @ back, back.sum(axis=0), hidden.T @ slope, float(slope.sum())

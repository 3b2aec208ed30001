"""Regularisers of layers, and weight_decay of optimisers, beside the mean squared error."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import keras  # noqa: E402
import numpy as np  # noqa: E402

from measurements.measuring import Row  # noqa: E402

LIBRARY = "Keras"
REQUIREMENTS = ["keras==3.15.1", "jax==0.10.2"]
keras.config.set_floatx("float64")


def trained(optimiser, X, y, regularizer=None, epochs=1500, lr=0.05, **settings):
    """(w, b) of one dense layer on all rows at once, the step size falling to nothing at the end."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((X.shape[1],)), keras.layers.Dense(1, kernel_regularizer=regularizer)])
    schedule = keras.optimizers.schedules.PolynomialDecay(lr, epochs, lr * 1e-6, power=2)
    model.compile(optimizer=optimiser(schedule, **settings), loss="mse")
    model.fit(X, y[:, None], batch_size=len(y), epochs=epochs, verbose=0)
    w, b = model.layers[-1].get_weights()
    return np.ravel(w), float(b[0])


def decayed(optimiser, **settings):
    return lambda X, y, weight_decay: trained(optimiser, X, y, weight_decay=weight_decay, **settings)


SGD, Adam = keras.optimizers.SGD, keras.optimizers.Adam
D = ({"weight_decay": 0.4},)
ROWS = [
    Row(
        "keras-l2",
        "Dense(1, kernel_regularizer=L2(l2))",
        lambda X, y, l2: trained(SGD, X, y, keras.regularizers.L2(l2)),
        ({"l2": 0.2},),
        "torch.l2_in_loss",
        near=1e-3,
        default="L2(0.01)",
        depends="not on the bias, which has a regularizer of its own",
    ),
    Row(
        "keras-l1",
        "Dense(1, kernel_regularizer=L1(l1))",
        lambda X, y, l1: trained(SGD, X, y, keras.regularizers.L1(l1)),
        ({"l1": 0.3},),
        "jax.l1_in_loss",
        near=1e-3,
        default="L1(0.01)",
        depends="no exact zeros: what should be 0 hovers around it as wide as the last steps",
    ),
    Row(
        "keras-sgd-decay",
        "SGD(weight_decay)",
        decayed(SGD),
        D,
        "keras.weight_decay",
        near=1e-3,
        context={"momentum": 0.0},
        default="weight_decay=None",
    ),
    Row(
        "keras-sgd-momentum-decay",
        "SGD(weight_decay, momentum=0.9)",
        decayed(SGD, momentum=0.9, lr=0.02),
        D,
        "keras.weight_decay",
        near=1e-3,
        context={"momentum": 0.9},
        default="weight_decay=None",
        depends="the decay acts outside the momentum, which multiplies all else by 1 / (1 - momentum)",
    ),
    Row(
        "keras-adam-decay",
        "Adam(weight_decay), all rows at once",
        decayed(Adam, lr=0.02, epochs=3000),
        ({"weight_decay": 2.0},),
        default="weight_decay=None",
        depends="Adam with weight_decay is AdamW: a box, abs(w_j) <= 1 / weight_decay, also for the bias",
    ),
]

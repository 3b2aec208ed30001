"""Regularisers of layers, and weight_decay of optimisers, beside the mean squared error."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import ops  # noqa: E402

from measurements.measuring import Finding, Row, problem  # noqa: E402

LIBRARY = "Keras"
REQUIREMENTS = ["keras==3.15.1", "jax==0.10.2"]
keras.config.set_floatx("float64")
BATCHES = 100


class Shrink(keras.constraints.Constraint):
    """After each step of the optimiser: moves every weight by `step` towards 0, and leaves it there."""

    def __init__(self, step):
        self.step = step

    def __call__(self, w):
        return ops.sign(w) * ops.maximum(ops.abs(w) - self.step, 0)


def trained(optimiser, X, y, epochs=1500, lr=0.05, constant=False, spared=(), layer=None, **settings):
    """(w, b) of one dense layer on all rows at once, the step size falling to nothing at the end unless it is constant."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((X.shape[1],)), keras.layers.Dense(1, **(layer or {}))])
    schedule = lr if constant else keras.optimizers.schedules.PolynomialDecay(lr, epochs, lr * 1e-6, power=2)
    made = optimiser(schedule, **settings)
    if spared:
        made.exclude_from_weight_decay(var_names=list(spared))
    model.compile(optimizer=made, loss="mse")
    # Each batch is all rows; many of them make what Keras calls an epoch, which by itself takes longer than a step.
    X, y = np.tile(X, (BATCHES, 1)), np.tile(y, BATCHES)
    model.fit(X, y[:, None], batch_size=len(y) // BATCHES, epochs=epochs // BATCHES, shuffle=False, verbose=0)
    w, b = model.layers[-1].get_weights()
    return np.ravel(w), float(b[0])


def decayed(optimiser, **settings):
    return lambda X, y, weight_decay: trained(optimiser, X, y, weight_decay=weight_decay, **settings)


def with_ftrl(X, y, l1_regularization_strength, steps=10_000):
    strength = {"l1_regularization_strength": l1_regularization_strength}
    return trained(keras.optimizers.Ftrl, X, y, epochs=steps, lr=0.3, constant=True, **strength)


def wearing_off():
    """How far the weights with L1 are from those without, the largest of six."""
    (X, y), steps = problem(40), {"few": 100, "some": 1000, "many": 10_000}
    gaps = {
        f"gap_{name}": np.max(np.abs(with_ftrl(X, y, 20.0, n)[0] - with_ftrl(X, y, 0.0, n)[0]))
        for name, n in steps.items()
    }
    return {"l1": 20.0, **steps, **gaps}


SGD, Adam = keras.optimizers.SGD, keras.optimizers.Adam
D = ({"weight_decay": 0.4},)
ROWS = [
    Row(
        "keras-l2",
        "Dense(1, kernel_regularizer=L2(l2))",
        lambda X, y, l2: trained(SGD, X, y, layer={"kernel_regularizer": keras.regularizers.L2(l2)}),
        ({"l2": 0.2},),
        "torch.l2_in_loss",
        near=1e-3,
        default="L2(0.01)",
        depends="not on the bias, which has a regularizer of its own",
    ),
    Row(
        "keras-l1",
        "Dense(1, kernel_regularizer=L1(l1))",
        lambda X, y, l1: trained(SGD, X, y, layer={"kernel_regularizer": keras.regularizers.L1(l1)}),
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
        decayed(SGD, momentum=0.9, lr=0.02, constant=True),
        D,
        "keras.weight_decay",
        near=1e-3,
        context={"momentum": 0.9},
        default="weight_decay=None",
        depends="the decay acts outside the momentum, which multiplies all else by 1 / (1 - momentum)",
    ),
    Row(
        "keras-sgd-decay-spared",
        "SGD(weight_decay) with exclude_from_weight_decay(var_names=['bias'])",
        decayed(SGD, spared=["bias"]),
        D,
        "keras.weight_decay",
        near=1e-3,
        context={"momentum": 0.0},
        default="weight_decay=None",
        depends="the names of the variables",
    ),
    Row(
        "keras-proximal",
        "Dense(1, kernel_constraint=Shrink(learning_rate * l1)), SGD",
        lambda X, y, l1: trained(SGD, X, y, constant=True, layer={"kernel_constraint": Shrink(0.05 * l1)}),
        ({"l1": 0.3}, {"l1": 0.1}),
        "proximal_step",
        near=1e-3,
        context={"momentum": 0.0},
        default="none",
        depends="the learning rate, which has to stand in the constraint as well",
    ),
    Row(
        "keras-adam-decay",
        "Adam(weight_decay), all rows at once",
        decayed(Adam, lr=0.02, epochs=6000),
        ({"weight_decay": 3.0},),
        default="weight_decay=None",
        depends="Adam with weight_decay is AdamW: a box, abs(w_j) <= 1 / weight_decay, also for the bias",
    ),
    Row(
        "keras-ftrl",
        "Ftrl(l1_regularization_strength), all rows at once",
        with_ftrl,
        ({"l1_regularization_strength": 20.0},),
        default="l1_regularization_strength=0.0",
        depends="the number of steps: the strength is weighed against the sum of all gradients so far, and wears off",
    ),
]
FINDINGS = [
    Finding(
        "keras-ftrl",
        "Ftrl(l1_regularization_strength={l1:.0f}) wears off: after {few:.0f} steps with all 40 rows a weight is {gap_few:.2g} from where it is without L1, "
        "after {some:,.0f} steps {gap_some:.2g}, after {many:,.0f} {gap_many:.2g}.",
        wearing_off,
        lambda n: n["gap_few"] > 50 * n["gap_some"] and n["gap_some"] > 5 * n["gap_many"],
    ),
]

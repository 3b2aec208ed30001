"""optax's optimisers beside the mean squared error, compiled by JAX."""

import jax
import jax.numpy as jnp
import numpy as np
import optax

from measurements.measuring import Finding, Row, problem

LIBRARY = "optax"
REQUIREMENTS = ["optax==0.2.8", "jax==0.10.2"]
jax.config.update("jax_enable_x64", True)


def trained(optimiser, X, y, steps=6000, l1=0.0, l2=0.0, lr=0.02):
    """(w, b) after training; `optimiser` makes one from a schedule of step sizes that falls to nothing."""
    X, y = jnp.asarray(X), jnp.asarray(y)
    made = optimiser(lambda step: lr * (1 - step / steps) ** 2 + lr * 1e-6)

    def loss(parameters):
        w, b = parameters
        return jnp.mean((X @ w + b - y) ** 2) + l1 * jnp.abs(w).sum() + l2 * w @ w

    def step(carry, _):
        parameters, state = carry
        updates, state = made.update(jax.grad(loss)(parameters), state, parameters)
        return (optax.apply_updates(parameters, updates), state), None

    start = (jnp.zeros(X.shape[1]), jnp.zeros(()))
    (w, b), _ = jax.jit(lambda carry: jax.lax.scan(step, carry, None, length=steps)[0])((start, made.init(start)))
    return np.asarray(w), float(b)


def coupled(optimiser):
    """Decay added to the gradient before the optimiser sees it."""

    def fit(X, y, weight_decay):
        return trained(lambda lr: optax.chain(optax.add_decayed_weights(weight_decay), optimiser(lr)), X, y)

    return fit


def decoupled(optimiser, **settings):
    def fit(X, y, weight_decay):
        return trained(lambda lr: optimiser(lr, weight_decay=weight_decay), X, y, **settings)

    return fit


def clipped(clip, weight_decay):
    X, y = problem(100)

    def made(lr):
        return optax.chain(optax.clip_by_global_norm(clip), optax.add_decayed_weights(weight_decay), optax.sgd(lr))

    w, b = trained(made, X, y, steps=20_000, lr=0.05)
    return {"clip": clip, "decay": weight_decay, "norm": np.hypot(np.linalg.norm(w), b), "ball": clip / weight_decay}


D = ({"weight_decay": 0.4}, {"weight_decay": 0.1})
BOXES = ({"weight_decay": 3.0}, {"weight_decay": 4.0})
BOX = "no strength but a box: abs(w_j) <= 1 / weight_decay, also for the bias"
MASK = "the bias is penalised unless it is masked"
ROWS = [
    Row(
        "optax-sgd",
        "chain(add_decayed_weights(weight_decay), sgd)",
        coupled(lambda lr: optax.sgd(lr)),
        D,
        "torch.weight_decay",
        near=1e-4,
        depends=MASK,
    ),
    Row(
        "optax-adam",
        "chain(add_decayed_weights(weight_decay), adam)",
        coupled(lambda lr: optax.adam(lr)),
        D,
        "torch.weight_decay",
        near=1e-4,
        depends=MASK,
    ),
    Row(
        "optax-adamw",
        "adamw(weight_decay), all rows at once",
        decoupled(optax.adamw, steps=60_000, lr=0.01),
        BOXES,
        default="weight_decay=0.0001",
        depends=BOX,
    ),
    Row(
        "optax-lion",
        "lion(weight_decay), all rows at once",
        decoupled(optax.lion, steps=20_000),
        BOXES,
        default="weight_decay=0.001",
        depends=BOX,
    ),
    Row(
        "optax-adam-l2",
        "adam, mean squared error + l2 (w @ w)",
        lambda X, y, l2: trained(lambda lr: optax.adam(lr), X, y, l2=l2),
        ({"l2": 0.2}, {"l2": 0.05}),
        "torch.l2_in_loss",
        near=1e-4,
    ),
    Row(
        "optax-adam-l1",
        "adam, mean squared error + l1 |w|_1",
        lambda X, y, l1: trained(lambda lr: optax.adam(lr), X, y, l1=l1),
        ({"l1": 0.3}, {"l1": 0.1}),
        "jax.l1_in_loss",
        near=1e-3,
        depends="no exact zeros: what should be 0 hovers around it as wide as the last steps",
    ),
]


def half_of_itself(dtype):
    """w - w/2, a thousand and a half times over, until it no longer changes."""
    w, kept = jnp.asarray(1.0, dtype), np.asarray(1.0, dtype)
    halve = jax.jit(lambda w: jax.lax.fori_loop(0, 1500, lambda _, w: w - w * jnp.asarray(0.5, dtype), w))
    for _ in range(1500):
        kept = (kept - kept * np.asarray(0.5, dtype)).astype(dtype)
    return float(halve(w)), float(kept)


def halving():
    numbers = {}
    for name in ("float16", "float32", "float64"):
        numbers[f"jax_{name}"], numbers[f"numpy_{name}"] = half_of_itself(getattr(np, name))
    return numbers


FINDINGS = [
    Finding(
        "jax-halving",
        "w - w/2, again and again: NumPy stops at {numpy_float64:.3g} in float64, compiled JAX reaches {jax_float64:.3g}, in float32 as well; in float16 both rest at {jax_float16:.3g}.",
        halving,
        lambda n: all(n[f"jax_{name}"] == 0 < n[f"numpy_{name}"] for name in ("float32", "float64")),
    ),
    Finding(
        "optax-clipped",
        "Gradients clipped to norm {clip:.2g} with a decay of {decay:.2g} after it: weights and bias end with norm {norm:.5g}, at most clip / decay.",
        lambda: clipped(0.5, 0.5),
        lambda n: n["norm"] <= 1.001 * n["ball"],
    ),
]

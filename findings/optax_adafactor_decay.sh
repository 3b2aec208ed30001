#!/bin/sh
# optax: Adafactor's weight decay does not know the learning rate, and goes on after the learning rate has come to zero.
#
# Guess, before running: adafactor(learning_rate=r, weight_decay_rate=d) takes r * d of a weight at each step, as adamw, lion, adan and nadamw
# of the same library do with weight_decay=d; over a schedule it takes as much as the sum of the learning rates says.
# Seen: without a gradient, a weight of 5 after 100 steps at r = 0.01 and d = 0.1 is 4.524 = 5 (1 - r d)^100 in those four, and in adafactor
# 0.00013 = 5 (1 - d)^100, at any r. With r falling to 0 over 50 steps and staying there, the four stand still and adafactor goes on.
# In the source the decay is added after the learning rate was multiplied in; the documentation says
# "Optional rate at which to decay weights".
# Where it matters: a decay carried over from AdamW is 1 / r times as strong, and a schedule that cools down ends in decay alone.
#
# optax 0.2.8, JAX 0.10.2, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --no-compile --disable-pip-version-check \
    optax==0.2.8 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6 scipy==1.17.1 || exit 2
JAX_PLATFORMS=cpu "$folder/venv/bin/python" - <<'PYTHON'
import jax
import jax.numpy as jnp
import numpy as np
import optax

jax.config.update("jax_enable_x64", True)
START, DECAY, STEPS = 5.0, 0.1, 100
DECOUPLED = {"adamw": optax.adamw, "nadamw": optax.nadamw, "adan": optax.adan, "lion": optax.lion}


def path(optimiser):
    """One weight, no gradient: where it is after each step."""
    update = jax.jit(optimiser.update)
    w, w_path = jnp.full((1,), START), []
    state = optimiser.init(w)
    for _ in range(STEPS):
        change, state = update(jnp.zeros(1), state, w)
        w = optax.apply_updates(w, change)
        w_path.append(float(w[0]))
    return np.array(w_path)


cooling = optax.linear_schedule(0.01, 0.0, 50)
rates = np.array([float(cooling(step)) for step in range(STEPS)])
print("optax", optax.__version__, "JAX", jax.__version__)
still = optax.__version__ == "0.2.8"
for name, make in DECOUPLED.items():
    constant, cooled = path(make(0.01, weight_decay=DECAY)), path(make(cooling, weight_decay=DECAY))
    print(f"{name:20} {constant[-1]:.5f}, cooled after 50 and 100 steps: {cooled[49]:.5f} {cooled[-1]:.5f}")
    still &= np.allclose(constant, START * (1 - 0.01 * DECAY) ** np.arange(1, STEPS + 1))
    still &= np.allclose(cooled, START * np.cumprod(1 - rates * DECAY))
for rate in (0.01, 0.1, cooling):
    w = path(optax.adafactor(rate, weight_decay_rate=DECAY))
    print(f"adafactor, r = {rate if isinstance(rate, float) else '0.01 to 0':9} {w[-1]:.5f}")
    still &= np.allclose(w, START * (1 - DECAY) ** np.arange(1, STEPS + 1), rtol=1e-5)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

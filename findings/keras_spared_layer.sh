#!/bin/sh
# Keras: to spare a layer from weight decay by its name spares nothing, without a word.
#
# Guess, before running: optimizer.exclude_from_weight_decay(var_names=["head"]) spares the weights of the layer called head. The documentation
# says "if any string in `var_names` appear in the model variable's name", and the weights print as path=sequential/head/kernel.
# Seen: nothing is spared, nor by "head/kernel". Searched is the last part of the path, here "kernel" or "bias", which is the same in all
# layers; "bias" spares the biases of all of them, also that of the layer called head. A name that matches nothing is no error.
# The variables themselves, var_list=layer.trainable_variables, do what is meant.
# Where it matters: what is meant to stay free is shrunk, and no message or summary tells; it shows in the weights alone.
#
# Keras 3.15.1, JAX 0.10.2, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --no-compile --disable-pip-version-check \
    keras==3.15.1 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6 scipy==1.17.1 || exit 2
cd "$folder"
KERAS_HOME="$folder" KERAS_BACKEND=jax JAX_PLATFORMS=cpu venv/bin/python - <<'PYTHON'
import keras
import numpy as np

RATE, DECAY = 0.1, 0.5


def spared(names=None, layer=None):
    """Which weights are still 1 after a step with no gradient; all others have to be  1 - rate * decay."""
    layers = keras.layers
    model = keras.Sequential([keras.Input((3,)), layers.Dense(4, name="body"), layers.Dense(1, name="head")], name="model")
    optimizer = keras.optimizers.SGD(RATE, weight_decay=DECAY)
    if names:
        optimizer.exclude_from_weight_decay(var_names=names)
    if layer:
        optimizer.exclude_from_weight_decay(var_list=model.get_layer(layer).trainable_variables)
    weights = model.trainable_variables
    for weight in weights:
        weight.assign(np.ones(weight.shape))
    optimizer.build(weights)
    optimizer.apply([np.zeros(weight.shape, "float32") for weight in weights])
    after = {weight.path: float(np.ravel(weight)[0]) for weight in weights}
    assert all(np.isclose(value, 1 - RATE * DECAY) for value in after.values() if value != 1), after
    return [path for path, value in after.items() if value == 1]


by_name = {name: spared(names=[name]) for name in ("bias", "head", "head/kernel", "model/head")}
by_list = spared(layer="head")
print("Keras", keras.__version__)
for name, paths in by_name.items():
    print(f"var_names=[{name!r}] spares", paths)
print("var_list of the layer head spares", by_list)
still = (
    keras.__version__ == "3.15.1"
    and by_name == {"bias": ["model/body/bias", "model/head/bias"], "head": [], "head/kernel": [], "model/head": []}
    and by_list == ["model/head/kernel", "model/head/bias"]
)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

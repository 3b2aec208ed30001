"""The weights of a small network: proximal steps make zeros, subgradient steps a heap of small weights, squared L2 neither.

A network of one hidden layer, trained from the same start on the same samples by gradient descent with three penalties. Across, the
size of a weight on a scale of powers of ten; the column at the left are the weights that are exactly 0.
"""

import numpy as np

from figpress import run_script
from figures import given
from figures._marks import note
from shrinkage import l1_prox, l1_subgradient, network, network_gradients, squared_l2_gradient

SIZE = (5.6, 4.9)
NAMES = {"proximal": "L1, proximal steps", "subgradient": "L1, subgradient steps", "l2": "squared L2"}
COLOURS = {"proximal": "third", "subgradient": "l1", "l2": "l2"}
HATCHES = {"proximal": "", "subgradient": "////", "l2": "...."}
# Powers of ten; what is smaller than the first is counted there.
LOW, HIGH, WIDTH = -5.0, 0.5, 0.25
ZERO_AT = LOW - 0.75
SMALL = 0.01


def samples() -> tuple:
    """Features, of which the first two matter, and targets."""
    draw = np.random.default_rng(given.NETWORK_SEED)
    X = draw.standard_normal((given.NETWORK_SAMPLES, given.NETWORK_FEATURES))
    y = np.sin(1.5 * X[:, 0]) + 0.5 * X[:, 1] ** 2 - 0.5 + 0.1 * draw.standard_normal(len(X))
    return X, y


def train(kind: str, X, y) -> tuple:
    """The parameters after gradient descent with a penalty on the weights, and none on the biases."""
    lam, eta = given.NETWORK_LAM, given.NETWORK_ETA
    draw = np.random.default_rng(given.NETWORK_SEED + 1)
    W = 0.5 * draw.standard_normal((X.shape[1], given.NETWORK_HIDDEN))
    v = 0.5 * draw.standard_normal(given.NETWORK_HIDDEN)
    c, d = np.zeros(given.NETWORK_HIDDEN), 0.0
    for _ in range(given.NETWORK_STEPS):
        slope_W, slope_c, slope_v, slope_d = network_gradients(W, c, v, d, X, y)
        if kind == "proximal":
            W, v = l1_prox(W - eta * slope_W, lam, eta), l1_prox(v - eta * slope_v, lam, eta)
        else:
            pull = l1_subgradient if kind == "subgradient" else squared_l2_gradient
            W, v = W - eta * (slope_W + pull(W, lam)), v - eta * (slope_v + pull(v, lam))
        c, d = c - eta * slope_c, d - eta * slope_d
    return W, c, v, d


def data() -> dict:
    """The sizes of all weights under each penalty, and the errors."""
    X, y = samples()
    found = {}
    for name in NAMES:
        W, c, v, d = train(name, X, y)
        found[name] = np.abs(np.concatenate([W.ravel(), v]))
        found[f"{name}_hidden"] = np.abs(W)
        found[f"{name}_error"] = float(np.mean((network(W, c, v, d, X) - y) ** 2))
    found["variance"] = float(np.var(y))
    return found


def facts(data: dict) -> dict:
    """How many weights are exactly 0 and how many small, and the mean squared errors."""
    found = {"n_weights": len(data["proximal"]), "small": SMALL, "variance": data["variance"]}
    for name in NAMES:
        found[f"{name}_zeros"] = int(np.sum(data[name] == 0))
        found[f"{name}_small"] = int(np.sum(data[name] < SMALL))
        found[f"{name}_error"] = data[f"{name}_error"]
    found["unused"] = int(np.sum(~data["proximal_hidden"].any(axis=1)))
    return found


def draw(figure, data: dict) -> None:
    """A histogram for each penalty."""
    panels = figure.subplots(3, sharex=True, sharey=True)
    edges = np.arange(LOW, HIGH + WIDTH / 2, WIDTH)
    counted = {}
    for name in NAMES:
        sizes = data[name][data[name] > 0]
        counted[name] = np.histogram(np.clip(np.log10(sizes), LOW, HIGH - 1e-9), edges)[0]
    top = 1.25 * max(max(counts.max() for counts in counted.values()), max(np.sum(data[name] == 0) for name in NAMES))
    for axes, (name, title) in zip(panels, NAMES.items(), strict=True):
        axes.set_label(name)
        axes.set_title(title, color=COLOURS[name])
        axes.set(xlim=(ZERO_AT - 0.5, HIGH), ylim=(0, top), ylabel="weights")
        axes.set_xticks([ZERO_AT, -4, -3, -2, -1, 0], ["0", "0.0001", "0.001", "0.01", "0.1", "1"])
        look = {
            "facecolor": "paper" if HATCHES[name] else COLOURS[name],
            "edgecolor": COLOURS[name],
            "hatch": HATCHES[name],
        }
        axes.bar(edges[:-1], counted[name], WIDTH, align="edge", **look, linewidth=0.8, gid=f"bars_{name}")
        zeros = int(np.sum(data[name] == 0))
        axes.bar([ZERO_AT], [zeros], 2 * WIDTH, **look, linewidth=0.8, gid=f"zeros_{name}")
        note(axes, f"{zeros} exactly 0", (ZERO_AT + 0.35, 0.8 * top), (2, 0), color="muted")
    panels[-1].set_xlabel("size of a weight")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    said = [
        f"{title}: {facts[f'{name}_zeros']} of {facts['n_weights']} weights exactly 0, {facts[f'{name}_small']} below {SMALL}"
        for name, title in NAMES.items()
    ]
    return f"Three histograms of the sizes of a network's weights. {'; '.join(said)}."


run_script(__name__)

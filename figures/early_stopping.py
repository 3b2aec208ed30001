"""Stop gradient descent early, or penalise the squared L2 norm: which share of each direction is kept, and the weights.

The diabetes data (Efron, Hastie, Johnstone and Tibshirani 2004), standardised, in its principal directions: along each the features
vary by the square s, written across. Above, the share of the least-squares weight along a direction that is kept by ridge,
s / (s + λ), and by t steps of gradient descent from 0, 1 − (1 − 2ηs)ᵗ; the marks are the directions of the data. Below, the
weights of all features that come of it.
"""

from typing import Annotated

from figpress import Live, Range, label, plot, precomputed, run_script, shown_number
from figures import given
from figures._diabetes import diabetes
from figures._marks import L2, THIRD, note, zero_lines
from figures._texts import number
from shrinkage import (
    along_descent,
    along_directions,
    descent_share,
    least_squares,
    matching_lam,
    ridge_directions,
    ridge_share,
    standardise,
)

SIZE = (5.6, 5.4)
# The squares that are shown, as powers of ten.
LOW, HIGH = -1, 4
N_CURVE = 60
ACROSS = [10 ** (LOW + (HIGH - LOW) * k / N_CURVE) for k in range(N_CURVE + 1)]
# As far as the steps are short enough.
STABLE = [square for square in ACROSS if 2 * given.EARLY_ETA * square <= 1]
REACH = 52

LIVE = Live(
    controls=("steps", "lam"),
    ask="Predict, then move: as the steps go on, which directions does descent finish first, the steep ones or the flat ones? And "
    "does a weight ever stay at 0?",
    verdict="verdict",
)


@precomputed
def parts() -> dict:
    """What both ways shrink: the directions of the data, and the weights of least error."""
    table = diabetes()
    Z = standardise(table["X"])[0]
    squares, directions = ridge_directions(Z, table["y"])
    return {
        "names": table["names"],
        "squares": squares,
        "directions": directions,
        "full": least_squares(Z, table["y"]).w,
    }


def data(
    steps: Annotated[
        float, Range(1, 10000, 0.05, symbol="t", label="number of steps, rounded", scale="log")
    ] = given.EARLY_STEPS,
    lam: Annotated[float, Range(0.1, 10000, 0.05, symbol="λ", label="strength", scale="log")] = given.EARLY_LAM,
) -> dict:
    """The shares that are kept along all directions, and the weights."""
    eta = given.EARLY_ETA
    n_steps = round(steps)
    squares, directions = parts()["squares"], parts()["directions"]
    n_features = len(parts()["names"])
    return {
        "eta": eta,
        "n_steps": n_steps,
        "lam": lam,
        "ridge_curve": {"x": ACROSS, "y": [ridge_share(square, lam) for square in ACROSS]},
        "descent_curve": {"x": STABLE, "y": [descent_share(square, eta, n_steps) for square in STABLE]},
        "ridge_shares": {"x": squares, "y": [ridge_share(square, lam) for square in squares]},
        "descent_shares": {"x": squares, "y": [descent_share(square, eta, n_steps) for square in squares]},
        "ridge_weights": {
            "x": [j + 0.18 for j in range(n_features)],
            "y": along_directions(lam, squares, directions),
        },
        "descent_weights": {
            "x": [j - 0.18 for j in range(n_features)],
            "y": along_descent(eta, n_steps, squares, directions),
        },
        "ridge_said": {"x": 45.0, "y": 1.2, "text": f"ridge, λ = {size_text(lam)}"},
        "descent_said": {"x": 0.115, "y": 1.2, "text": f"descent, {steps_text(n_steps)}"},
    }


def steps_text(n: int) -> str:
    """A number of steps in words of the page."""
    return "1 step" if n == 1 else f"{n:,} steps"


def size_text(value: float) -> str:
    """A strength in words of the page."""
    return shown_number(value, ",.0f") if value >= 100 else number(value, 3)


def facts(data: dict) -> dict:
    """Steps, the strength that matches, how far apart the shares are, and how many weights are exactly 0."""
    squares = parts()["squares"]
    pairs = [
        [descent_share(square, data["eta"], data["n_steps"]), ridge_share(square, data["lam"])] for square in squares
    ]
    gaps = [abs(descent - ridge) for descent, ridge in pairs]
    zeros = sum([w == 0 for w in [*data["descent_weights"]["y"], *data["ridge_weights"]["y"]]])
    finished = sum([descent > 0.99 for descent, ridge in pairs])
    return {
        "eta": data["eta"],
        "n_steps": data["n_steps"],
        "lam": data["lam"],
        "matching": matching_lam(data["eta"], data["n_steps"]),
        "n_directions": len(squares),
        "most_apart": max(gaps),
        "steepest": max(squares),
        "flattest": min(squares),
        "flattest_descent": min([descent for descent, ridge in pairs]),
        "flattest_ridge": min([ridge for descent, ridge in pairs]),
        "zeros": zeros,
        "finished": finished,
        "verdict": (
            f"After {steps_text(data['n_steps'])} descent keeps at least 99% along {finished} of {len(squares)} directions, the "
            f"steepest first; ridge with λ = {size_text(data['lam'])} along {sum([ridge > 0.99 for descent, ridge in pairs])}. "
            f"The λ that matches so many steps is {size_text(matching_lam(data['eta'], data['n_steps']))}. "
            f"Here the shares differ by at most {number(max(gaps), 2)}. Weights that are exactly 0: {zeros}."
        ),
    }


def draw(figure, data: dict) -> None:
    """Above, shares against squares; below, weights."""
    above, below = figure.subplots(2, height_ratios=(1.25, 1))
    above.set_label("shares")
    above.set_title("Share of each direction that is kept")
    above.set(
        xscale="log",
        xlim=(10**LOW, 10**HIGH),
        ylim=(-0.04, 1.3),
        yticks=(0, 0.5, 1),
        xlabel="square s of the direction",
        ylabel="share kept",
    )
    above.set_xticks([10**k for k in range(LOW, HIGH + 1)], ["0.1", *(f"{10**k:,}" for k in range(HIGH + 1))])
    above.axhline(0, color="grid", linewidth=1.0, zorder=0.5)
    below.set_label("weights")
    names = parts()["names"]
    below.set_title("Weights")
    below.set(xlim=(-0.6, len(names) - 0.4), ylim=(-REACH, REACH), yticks=(-40, 0, 40), ylabel="weight w")
    below.set_xticks(range(len(names)), names)
    below.tick_params(bottom=False)
    zero_lines(below, x=False)
    full = parts()["full"]
    below.plot(range(len(names)), full, color="muted", marker="_", markersize=20, linestyle="none", gid="full")
    j = max(range(len(full)), key=lambda k: -full[k])
    note(below, "least squares", (j, full[j]), (14, 0), color="muted")
    for name, style, marker, size in (("ridge", L2, "s", 6), ("descent", THIRD, "D", 5.5)):
        mark = {
            "color": style["color"],
            "marker": marker,
            "markersize": size,
            "markeredgecolor": "paper",
            "linestyle": "none",
        }
        plot(above, data, f"{name}_curve", **style)
        plot(above, data, f"{name}_shares", **mark, zorder=3)
        plot(below, data, f"{name}_weights", **mark, zorder=3)
        label(above, data, f"{name}_said", va="center", color=style["color"])


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Above, the share of each direction that is kept, against the square of the direction from {number(10**LOW)} to "
        f"{number(10**HIGH)}: two curves that rise from 0 to 1, that of descent more steeply. Below, the weights of "
        f"{len(parts()['names'])} features under both, beside those of least squares. {facts['verdict']}"
    )


run_script(__name__)

"""Small coefficients can go without harm, if their features are standardised; in other units they can be the model.

The six weights of a model; those with |w| up to the threshold are dropped. What that costs is the spread (standard
deviation) of the dropped part w₂x₂ + w₄x₄ + w₅x₅ in shares of the spread of the whole prediction. Features are
independent, so squared spreads add up. On standardised features, of spread 1, the cost is next to nothing. The same
small weights on features of larger spread, as when metres replace kilometres, carry much of the prediction.
"""

from typing import Annotated

import numpy as np

from figpress import Range, run_script
from figures import given
from figures._marks import L1_MARK, note
from figures._texts import number
from shrinkage import drop_small, p_norm

SIZE = (5.6, 5.8)
LARGEST_SPREAD = 1e4


def share_lost(w: np.ndarray, kept: np.ndarray, spread: float) -> float:
    """Spread of the dropped part over that of the whole; the features to drop have this spread, the others 1."""
    dropped = p_norm(w - kept, 2) * spread
    return float(dropped / np.hypot(p_norm(kept, 2), dropped))


def data(
    threshold: Annotated[float, Range(0, 1, 0.0001, label="largest size that is dropped")] = given.SIX_THRESHOLD,
    spread: Annotated[float, Range(100, 1e4, 10, label="spread of the dropped features")] = given.SPREAD,
) -> dict:
    """Weights, what is left of them, and the share that is lost against the spread of the dropped features."""
    w = np.array(given.SIX_WEIGHTS)
    kept = drop_small(w, threshold)
    spreads = np.geomspace(1, LARGEST_SPREAD, 81)
    return {
        "weights": w,
        "sizes": np.abs(w),
        "kept": kept,
        "threshold": threshold,
        "spread": spread,
        "features": list(range(1, len(w) + 1)),
        "dropped": [j + 1 for j in range(len(w)) if kept[j] == 0],
        "spreads": spreads,
        "shares": [share_lost(w, kept, s) for s in spreads],
        "standardised": share_lost(w, kept, 1.0),
        "other_units": share_lost(w, kept, spread),
    }


def facts(data: dict) -> dict:
    """Which features go, how much of the prediction's spread goes with them, and the bias, which is no feature's."""
    return {
        "threshold": data["threshold"],
        "spread": data["spread"],
        "dropped": data["dropped"],
        "n_dropped": len(data["dropped"]),
        "n_kept": len(data["features"]) - len(data["dropped"]),
        "share_standardised": data["standardised"],
        "share_other_units": data["other_units"],
        "percent_standardised": 100 * data["standardised"],
        "percent_other_units": 100 * data["other_units"],
        "spread_lost": p_norm(data["weights"] - data["kept"], 2),
        "spread_whole": p_norm(data["weights"], 2),
        "bias": given.SIX_BIAS,
    }


def names(features: list[int]) -> str:
    """``x₂, x₄ and x₅``."""
    found = [f"x{'₀₁₂₃₄₅₆'[j]}" for j in features]
    return " and ".join(filter(None, [", ".join(found[:-1]), found[-1]])) if found else "no feature"


def draw(figure, data: dict) -> None:
    """The weights' sizes above, the share that is lost below."""
    above, below = figure.subplots(2, 1, height_ratios=[1.15, 1])

    above.set_label("weights")
    go = "go" if len(data["dropped"]) > 1 else "goes"
    above.set_title(f"At most {number(data['threshold'])} in size: {names(data['dropped'])} {go}")
    low, high = 2e-5, 3.0
    edge = min(max(data["threshold"], low), high)
    above.axvspan(low, edge, color="l1_soft", linewidth=0, zorder=0.3, gid="band")
    above.hlines(data["features"], low, high, color="grid", linewidth=0.8, zorder=0.4)
    gone = np.isin(data["features"], data["dropped"])
    features = np.array(data["features"])
    above.plot(data["sizes"][~gone], features[~gone], **L1_MARK, markersize=8, gid="kept")
    above.plot(data["sizes"][gone], features[gone], **L1_MARK, markersize=8, mfc="paper", mew=1.5, gid="gone")
    for feature, size, weight in zip(data["features"], data["sizes"], data["weights"], strict=True):
        note(above, number(weight), (size, feature), (-8, 0), ha="right", gid=f"weight_{feature}")
    above.set(xscale="log", xlim=(low, high), ylim=(6.6, 0.4), xlabel="size of the weight, logarithmic")
    above.set_yticks(data["features"], [names([j]) for j in data["features"]])
    above.set_xticks([1e-4, 1e-3, 1e-2, 1e-1, 1], ["0.0001", "0.001", "0.01", "0.1", "1"])
    above.minorticks_off()
    above.tick_params(axis="y", length=0)

    below.set_label("share")
    below.set_title("What the prediction loses of its spread")
    below.plot(data["spreads"], 100 * np.array(data["shares"]), color="data", gid="shares")
    # The curve rises: room is above it on the left while it starts low, else below it.
    low_start = data["standardised"] < 0.15
    # A line higher where the other label is near.
    beside = (-9, 22 if data["spread"] < 400 else 4)
    marks = (
        ("standardised", 1.0, "standardised", "left", (9, 6) if low_start else (9, -6)),
        ("other_units", data["spread"], f"spread {data['spread']:,.0f}", "right", beside if low_start else (-3, -26)),
    )
    for key, x, text, align, offset in marks:
        percent = 100 * data[key]
        below.plot([x], [percent], color="data", marker="D", markersize=8, linestyle="none", clip_on=False, gid=key)
        note(
            below,
            f"{text}: {number(percent, 2)}%",
            (x, percent),
            offset,
            color="data",
            ha=align,
            va="bottom" if low_start else "top",
            gid=f"{key}_label",
        )
    below.set(xscale="log", xlim=(0.8, LARGEST_SPREAD), xlabel="spread of the dropped features")
    below.set(ylim=(-4, 104), ylabel="lost, %")
    below.set_xticks([1, 10, 100, 1000, 10000], ["1", "10", "100", "1,000", "10,000"])
    below.minorticks_off()
    below.set_yticks([0, 50, 100])


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    if not facts["dropped"]:
        return f"The sizes of six weights, all above the threshold {number(facts['threshold'])}. Nothing is lost."
    return (
        f"The sizes of six weights on a logarithmic axis. With the threshold {number(facts['threshold'])}, "
        f"{names(facts['dropped'])} go. On standardised features the prediction loses "
        f"{number(facts['percent_standardised'], 2)}% of its spread; where the dropped features have a spread of "
        f"{facts['spread']:,.0f}, it loses {number(facts['percent_other_units'], 2)}%."
    )


run_script(__name__)

"""Weaken L1 and the features come in one by one, and one goes out again; under squared L2 all are always in.

The weights of all ten features of the diabetes data (Efron, Hastie, Johnstone and Tibshirani 2004), standardised, against
λ: above under L1 (the lasso), below under squared L2 (ridge). The path of one feature, to choose, is thick, and dotted while its
weight is 0; a click on a line or a name chooses it. Under L1 a name is in colour while its feature is in, that is while its weight is not 0. The weights are exact at every λ: the lasso's lie on straight lines between the knots of its path
(bent here by the logarithmic scale), ridge's are a sum over the principal directions of the features.
"""

import math
from typing import Annotated

import numpy as np

from figpress import Choice, Live, Range, label, plot, precomputed, run_script, shown_number
from figures import given
from figures._diabetes import NAMES, diabetes
from figures._elsewhere import elsewhere
from figures._marks import L1, L2, apart, tag, zero_lines
from shrinkage import along_directions, between_knots, l1, lasso_knots, least_squares, ridge_directions, standardise

SIZE = (5.6, 5.9)
LOW = 1.0
HIGH = 100_000.0
REACH = 47
N_SAMPLED = 201
# The thick path is worked out on the page, at fewer strengths.
N_THICK = 101

LIVE = Live(
    controls=("lam", "feature"),
    drag={"lasso_handle": ("lam", None), "ridge_handle": ("lam", None)},
    pick={
        f"{what}_{name}": ("feature", name) for name in NAMES for what in ("in", "out", "lasso", "ridge", "ridge_name")
    },
    elsewhere=("lam", lambda: calls()),
    rows={"events": {"lam": "lam", "feature": "name"}},
    ask="Predict, then move: as λ falls, more and more features come in. Will one that is in ever go out again? "
    "And what does ridge do with it meanwhile?",
    verdict="verdict",
    # What has gone by is seen from the start, and what is to come only once it was predicted.
    known={
        key: (given.PATHS_LAM, HIGH)
        for key in (
            "lasso_thick",
            "lasso_dots",
            "ridge_thick",
            *(f"{x}_{name}" for name in NAMES for x in ("lasso", "ridge")),
        )
    },
)


def calls() -> list:
    """What λ is called elsewhere."""
    y = diabetes()["y"]
    return elsewhere(len(y), float(np.std(y)))


@precomputed
def paths() -> dict:
    """The lasso's knots, ridge's directions, and what happens along the lasso's path as λ falls."""
    table = diabetes()
    Z = standardise(table["X"])[0]
    lams, knots = lasso_knots(Z, table["y"])
    happens = events(table["names"], lams, knots)
    squares, directions = ridge_directions(Z, table["y"])
    return {
        "names": table["names"],
        "n_samples": len(table["y"]),
        "lams": lams,
        "knots": knots,
        "squares": squares,
        "directions": directions,
        "full": least_squares(Z, table["y"]).w,
        "events": happens,
    }


def events(names: list, lams, knots) -> list:
    """Who comes in and who goes out at which λ, as λ falls."""
    found, was = [], knots[0] != 0
    for k in range(1, len(lams)):
        now = (knots[k - 1] + knots[k]) != 0
        for j in range(len(names)):
            if now[j] != was[j]:
                before = [event for event in found if event["name"] == names[j]]
                what = "goes out" if was[j] else "comes back" if before else "comes in"
                found.append({"name": names[j], "lam": lams[k - 1], "what": what})
        was = now
    return found


@precomputed
def places() -> list:
    """Where the names stand, in units of the weight: at the left ends of the lasso's paths, but apart."""
    return [round(place, 2) for place in apart(lasso(LOW), 6.3).tolist()]


@precomputed
def thick_at() -> list:
    """The strengths at which the thick path is worked out, those at which the lasso's paths bend among them."""
    bends = [lam for lam in paths()["lams"] if lam > LOW]
    # These in full: there weights become exactly 0.
    return sorted([*bends, *(float(f"{lam:.4g}") for lam in np.geomspace(LOW, HIGH, N_THICK))])


def lasso(lam: float) -> list:
    """The weights under L1."""
    return between_knots(lam, paths()["lams"], paths()["knots"])


def ridge(lam: float) -> list:
    """The weights under squared L2."""
    return along_directions(lam, paths()["squares"], paths()["directions"])


def curves(weights_at) -> tuple:
    """The strengths, and the path of each feature, which is lifted while its weight stays at 0."""
    bends = [lam for lam in paths()["lams"] if lam > LOW]
    lams = sorted([*bends, *np.geomspace(LOW, HIGH, N_SAMPLED)])
    weights = np.array([weights_at(lam) for lam in lams])
    # The corners where it leaves 0 belong to the path.
    away = np.array([np.convolve(w != 0, [1, 1, 1], mode="same") > 0 for w in weights.T])
    return lams, np.where(away, weights.T, math.nan)


def data(
    lam: Annotated[float, Range(LOW, HIGH, 0.02, symbol="λ", label="strength", scale="log")] = given.PATHS_LAM,
    feature: Annotated[str, Choice(NAMES, label="thick line")] = given.PATHS_FEATURE,
) -> dict:
    """The weights at λ, and the paths of one feature."""
    names = paths()["names"]
    lasso_now, ridge_now = lasso(lam), ridge(lam)
    inside = [w for w in lasso_now if w != 0]
    found = {
        "lam": lam,
        "feature": feature,
        "lasso_weights": lasso_now,
        "ridge_weights": ridge_now,
        "lasso_in": {"x": [lam for w in inside], "y": inside},
        "lasso_out": {"x": [lam] if len(inside) < len(names) else [], "y": [0] if len(inside) < len(names) else []},
        "ridge_now": {"x": [lam for w in ridge_now], "y": ridge_now},
        "lasso_count": corner(f"{len(inside)} of {len(names)} are in"),
        "ridge_count": corner(f"{sum(w != 0 for w in ridge_now)} of {len(names)} are in"),
        # Not over the edge of the sheet.
        "lam_label": {"x": min(lam, HIGH / 2.6), "y": REACH, "text": f"λ = {strength_text(lam)}"},
    }
    chosen = [j for j in range(len(names)) if names[j] == feature][0]
    thick = [lasso(at)[chosen] for at in thick_at()]
    last = len(thick) - 1
    # The corners where it leaves 0 belong to both the line and its dots.
    away = [thick[max(k - 1, 0)] != 0 or thick[k] != 0 or thick[min(k + 1, last)] != 0 for k in range(len(thick))]
    found["lasso_thick"] = {"x": thick_at(), "y": [thick[k] if away[k] else math.nan for k in range(len(thick))]}
    found["lasso_dots"] = {"x": thick_at(), "y": [w if w == 0 else math.nan for w in thick]}
    found["ridge_thick"] = {"x": thick_at(), "y": [ridge(at)[chosen] for at in thick_at()]}
    # In the corner, or to the left of the line at λ where that would run through it.
    beside = HIGH if lam < HIGH / 15 else lam / 1.25
    for panel, weights in (("lasso", lasso_now), ("ridge", ridge_now)):
        found[f"{panel}_now_thick"] = {"x": beside, "y": -REACH, "text": f"{feature}: {weight_text(weights[chosen])}"}
        found[f"{panel}_lam"] = {"x": [lam, lam], "y": [-REACH, REACH]}
        found[f"{panel}_handle"] = {"x": [lam], "y": [-REACH]}
    for j in range(len(names)):
        for key, seen in (("in", lasso_now[j] != 0), ("out", lasso_now[j] == 0)):
            found[f"{key}_{names[j]}"] = {"x": LOW, "y": places()[j], "text": names[j] if seen else ""}
    return found


def corner(text: str) -> dict:
    """A text at the upper right of a panel."""
    return {"x": HIGH, "y": REACH, "text": text}


def strength_text(lam: float) -> str:
    """λ in words of the page."""
    return shown_number(lam, ",.0f") if lam >= 100 else shown_number(lam, ".3g")


def weight_text(w: float) -> str:
    """A weight in words of the page; only what is exactly 0 is written as 0."""
    return "0" if w == 0 else shown_number(w, ".2f")


def listed(names: list) -> str:
    """``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def facts(data: dict) -> dict:
    """Who is in at λ, who has gone out; λ from which on all are out; who goes out and comes back, and when."""
    lam, names = data["lam"], paths()["names"]
    inside = [names[j] for j in range(len(names)) if data["lasso_weights"][j] != 0]
    gone, back = [], []
    for event in paths()["events"]:
        if event["lam"] > lam and event["what"] == "goes out":
            gone.append(event["name"])
        if event["lam"] > lam and event["what"] == "comes back":
            back.append(event["name"])
    n_ridge = sum(w != 0 for w in data["ridge_weights"])
    still_gone = [name for name in gone if name not in back]
    goes = [event for event in paths()["events"] if event["what"] == "goes out"][0]
    comes_back = [event for event in paths()["events"] if event["what"] == "comes back"][0]
    if len(inside) == 0:
        verdict = "Under L1 none is in"
    elif len(inside) == len(names):
        verdict = f"Under L1 all {len(names)} are in"
    else:
        verdict = f"Under L1 {len(inside)} of {len(names)} {'is' if len(inside) == 1 else 'are'} in: {listed(inside)}"
    if len(still_gone) > 0:
        verdict += f". {listed(still_gone)} was in and has gone out again"
    elif len(gone) > 0:
        verdict += f". {listed(gone)} had gone out and is back, on the other side of 0"
    return {
        "lam": lam,
        "n_samples": paths()["n_samples"],
        "n_features": len(names),
        "lam_max": paths()["lams"][0],
        "first": paths()["events"][0]["name"],
        "second": paths()["events"][1]["name"],
        "events": paths()["events"],
        "leaver": goes["name"],
        "leaves_at": goes["lam"],
        "returns_at": comes_back["lam"],
        "n_in": len(inside),
        "names_in": listed(inside) if len(inside) > 0 else "none",
        "ridge_n_in": n_ridge,
        "lasso_share": size(data["lasso_weights"]) / size(paths()["full"]),
        "ridge_share": size(data["ridge_weights"]) / size(paths()["full"]),
        "verdict": f"λ = {strength_text(lam)}. {verdict}. Under squared L2 {n_ridge} of {len(names)} are in.",
    }


def size(w: list) -> float:
    """The L1 norm of the weights."""
    total = 0
    for one in w:
        total += l1(one, 1)
    return total


def draw(figure, data: dict) -> None:
    """Above, the lasso's paths with the features' names at their ends; below, ridge's."""
    panels = figure.subplots(2, sharex=True, height_ratios=(1.4, 1))
    kinds = (("lasso", "L1 (lasso)", L1, "o", lasso), ("ridge", "Squared L2 (ridge)", L2, "s", ridge))
    for axes, (name, title, style, marker, weights_at) in zip(panels, kinds, strict=True):
        axes.set_label(name)
        axes.set_title(title, color=style["color"], pad=22 if name == "lasso" else 8)
        axes.set(
            xscale="log", xlim=(LOW / 5.6, HIGH * 1.26), ylim=(-REACH, REACH), yticks=[-30, 0, 30], ylabel="weight w"
        )
        ticks = [10**k for k in range(6)]
        axes.set_xticks(ticks, [f"{lam:,}" for lam in ticks])
        axes.minorticks_off()
        zero_lines(axes, x=False)
        plot(axes, data, f"{name}_lam", color="muted", linewidth=1)
        lams, features = curves(weights_at)
        for feature, w in zip(paths()["names"], features, strict=True):
            axes.plot(lams, w, **style, linewidth=1.3, gid=f"{name}_{feature}")
        plot(axes, data, f"{name}_thick", **style, linewidth=3)
        label(axes, data, f"{name}_now_thick", dy=7, ha="right", va="baseline", color=style["color"], weight="semibold")
        label(axes, data, f"{name}_count", dy=22 if name == "lasso" else 8, ha="right", color=style["color"])
        plot(
            axes,
            data,
            f"{name}_{'in' if name == 'lasso' else 'now'}",
            color=style["color"],
            linestyle="none",
            marker=marker,
            markersize=6,
            markeredgecolor="paper",
        )
        plot(axes, data, f"{name}_handle", color="ink", linestyle="none", marker="D", markersize=8, clip_on=False)
    above, below = panels
    plot(above, data, "lasso_dots", color="l1", linestyle=(0, (0.6, 1)), linewidth=3)
    plot(above, data, "lasso_out", color="l1", linestyle="none", marker="o", markersize=7, markerfacecolor="paper")
    for name, place, w in zip(paths()["names"], places(), lasso(LOW), strict=True):
        above.plot([LOW / 1.23, LOW / 1.02], [place, w], color="muted", linewidth=0.8)
        for key, color in (("in", "l1"), ("out", "muted")):
            label(above, data, f"{key}_{name}", dx=-10, ha="right", va="center", color=color)
    label(above, data, "lam_label", dy=5, ha="center", va="bottom")
    below.set_xlabel("strength λ")
    ends = ridge(LOW)
    for name, place, w in zip(paths()["names"], apart(ends, 8.9, -REACH + 4, REACH - 4), ends, strict=True):
        below.plot([LOW / 1.23, LOW / 1.02], [place, w], color="muted", linewidth=0.8)
        tag(below, LOW, place, name, f"ridge_name_{name}", "l2", dx=-10, ha="right")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"The weights of {facts['n_features']} features against λ, one line each. Under L1 all are 0 from λ = "
        f"{strength_text(facts['lam_max'])} on; below it they leave 0 one by one, {facts['first']} first, and {facts['leaver']} is 0 again "
        f"between {strength_text(facts['leaves_at'])} and {strength_text(facts['returns_at'])}. The thick lines are those of "
        f"{data['feature']}. Under squared L2 all lines are "
        f"smooth and none stays at 0. {facts['verdict']}"
    )


run_script(__name__)

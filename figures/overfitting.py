"""Without penalty the curve chases the noise; with too much it misses the truth; in between it predicts best.

The same noisy training points, drawn from the dotted curve, fitted by a polynomial without penalty, with L1 and with
squared L2. The features are powers of x, standardised on the training points. The small dots are test points that no fit
has seen, drawn from the same curve with the same noise. Below, the errors (means of squared errors) at every strength.
The weights are no approximation at any λ: those of L1 lie on straight lines between the knots of its path, those of squared L2
are a sum over the principal directions of the features.
"""

from typing import Annotated

import numpy as np

from figpress import Choice, Live, Range, label, plot, precomputed, run_script, shown_number
from figures import given
from figures._elsewhere import elsewhere
from figures._marks import L1, L2, note
from shrinkage import (
    along_directions,
    between_knots,
    lam_max,
    lasso_knots,
    least_squares,
    polynomial,
    polynomial_features,
    polynomial_mean_squared_error,
    ridge_directions,
    standardise,
    unstandardise_coefficients,
)

SIZE = (5.6, 5.9)
LOW = 0.001
HIGH = 100.0
STRENGTHS = Range(LOW, HIGH, 0.05, symbol="λ", label="strength", scale="log")
N_STRENGTHS = 51
TOP = 1.75
# Where the columns of the table above the upper panel end (that of names: begins).
NAME_AT = -1
TRAIN_AT = -0.05
TEST_AT = 0.45
N_AT = 1
ERROR_REACH = 0.65
N_CURVE = 52

LIVE = Live(
    controls=("lam", "penalty"),
    drag={"handle": ("lam", None)},
    elsewhere=("lam", lambda: calls()),
    ask="Predict, then move: as λ grows, which error can never fall? At which λ do the test points fare best, "
    "and how many weights has L1 left there?",
    verdict="verdict",
    # What has gone by is seen from the start, and what is to come only once it was predicted.
    known={
        f"{name}_{part}": (LOW, given.OVERFIT_LAM)
        for name in ("l1", "l2")
        for part in ("train_path", "test_path", "end")
    },
)


def sample(seed: int, noise: float, n: int = given.OVERFIT_N_TRAIN) -> dict:
    """Training and test points, written down to two decimals."""
    random = np.random.default_rng(seed)
    x = np.linspace(-1, 1, n)
    y = np.sin(np.pi * x) + noise * random.standard_normal(len(x))
    x_test = random.uniform(-1, 1, given.OVERFIT_N_TEST)
    y_test = np.sin(np.pi * x_test) + noise * random.standard_normal(len(x_test))
    return {"x": x.round(2), "y": y.round(2), "x_test": x_test.round(2), "y_test": y_test.round(2)}


def whole_paths(points: dict, lam_low: float, degree: int = given.OVERFIT_DEGREE) -> dict:
    """All fits to the points, as polynomials in x: rows hold the weights of the powers of x, and last the bias."""
    Z, mean, scale = standardise(polynomial_features(points["x"], degree))
    plain = least_squares(Z, points["y"])
    lams, weights = lasso_knots(Z, points["y"], lam_low)
    squares, directions = ridge_directions(Z, points["y"])

    def in_x(w, b):
        w, b = unstandardise_coefficients(w, b, mean, scale)
        return [*w, b]

    return {
        "plain": in_x(plain.w, plain.b),
        "lams": lams,
        "knots": [in_x(w, plain.b) for w in weights],
        "bias": plain.b,
        "squares": squares,
        "directions": [in_x(w, 0.0) for w in directions],
        "lam_that_empties": lam_max(Z, points["y"]),
    }


@precomputed
def places() -> list:
    """Where curves are computed: closer together towards both ends, where polynomials bend most."""
    return [round(k / N_CURVE - 0.5 - np.cos(np.pi * k / N_CURVE) / 2, 5) for k in range(N_CURVE + 1)]


@precomputed
def points(seed: int = given.OVERFIT_SEED, n: int = given.OVERFIT_N_TRAIN) -> dict:
    """The points of a sample."""
    return sample(seed, given.OVERFIT_NOISE, n)


@precomputed
def paths(seed: int = given.OVERFIT_SEED, n: int = given.OVERFIT_N_TRAIN, degree: int = given.OVERFIT_DEGREE) -> dict:
    """All fits to a sample; those with a penalty to nine digits, which the page carries."""
    found = whole_paths(points(seed, n), LOW, degree)
    # Without penalty large weights cancel one another, and need all digits.
    return {**rounded(found), "plain": found["plain"]}


def rounded(value):
    """The value with its numbers to nine significant digits."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if np.ndim(value) > 0:
        return [rounded(item) for item in value]
    return float(f"{value:.9g}")


def l1_fit(lam: float, fits: dict) -> list:
    """Weights and bias of the L1 fit."""
    return between_knots(lam, fits["lams"], fits["knots"])


def l2_fit(lam: float, fits: dict) -> list:
    """Weights and bias of the squared-L2 fit."""
    fit = along_directions(lam, fits["squares"], fits["directions"])
    return [*fit[:-1], fit[-1] + fits["bias"]]


def errors_of(fit: list, points: dict) -> list:
    """Errors on training and test points."""
    w, b = fit[:-1], fit[-1]
    return [
        polynomial_mean_squared_error(w, b, points["x"], points["y"]),
        polynomial_mean_squared_error(w, b, points["x_test"], points["y_test"]),
    ]


def calls() -> list:
    """What λ is called elsewhere, for the default sample."""
    y = points()["y"]
    return elsewhere(len(y), float(np.std(y)))


@precomputed
def along(seed: int = given.OVERFIT_SEED, n: int = given.OVERFIT_N_TRAIN, degree: int = given.OVERFIT_DEGREE) -> dict:
    """Errors at every second stop of the slider, rounded, since they are only drawn; and the lowest on test points."""
    drawn, fits = points(seed, n), paths(seed, n, degree)
    lams = [STRENGTHS.stop(2 * k) for k in range(N_STRENGTHS)]
    found = {"x": lams, "plain": errors_of(fits["plain"], drawn)}
    for name, fit_at in (("l1", l1_fit), ("l2", l2_fit)):
        errors = [errors_of(fit_at(lam, fits), drawn) for lam in lams]
        found[f"{name}_train"] = [round(train, 3) for train, _ in errors]
        found[f"{name}_test"] = [round(test, 3) for _, test in errors]
        best = min(range(len(lams)), key=lambda k, errors=errors: errors[k][1])
        found[f"{name}_best"] = {
            "lam": lams[best],
            "test": errors[best][1],
            "n_nonzero": n_nonzero(fit_at(lams[best], fits)),
        }
    return found


def data(
    lam: Annotated[float, STRENGTHS] = given.OVERFIT_LAM,
    penalty: Annotated[str, Choice(("both", "L1", "squared L2"), label="penalty")] = "both",
    seed: Annotated[int, Range(0, 9999, 1, label="seed of the sample")] = given.OVERFIT_SEED,
    n: Annotated[int, Range(14, 60, 1, label="training points")] = given.OVERFIT_N_TRAIN,
    degree: Annotated[int, Range(1, 12, 1, label="degree")] = given.OVERFIT_DEGREE,
) -> dict:
    """The three fitted curves with their errors at λ, and the errors at every λ."""
    drawn, all_fits, errors = points(seed, n), paths(seed, n, degree), along(seed, n, degree)
    fits = {"plain": all_fits["plain"], "l1": l1_fit(lam, all_fits), "l2": l2_fit(lam, all_fits)}
    found = {
        "lam": lam,
        "penalty": penalty,
        "fits": fits,
        "lam_that_empties": all_fits["lam_that_empties"],
        "best": {"l1": errors["l1_best"], "l2": errors["l2_best"]},
        "plain_errors": {"train": errors["plain"][0], "test": errors["plain"][1]},
        "points": {"x": drawn["x"], "y": drawn["y"]},
        "test_points": {"x": drawn["x_test"], "y": drawn["y_test"]},
        "lam_line": {"x": [lam, lam], "y": [0, ERROR_REACH]},
        "handle": {"x": [lam], "y": [0]},
        "lam_label": {"x": lam, "y": ERROR_REACH, "text": f"λ = {shown_number(lam, '.3g')}"},
    }
    for name, title in (("l1", "L1"), ("l2", "squared L2")):
        seen = penalty == "both" or penalty == title
        train, test = errors_of(fits[name], drawn)
        curve = curve_of(fits[name]) if seen else [[], []]
        found[f"{name}_curve"] = {"x": curve[0], "y": curve[1]}
        found[f"{name}_errors"] = {"train": train, "test": test}
        found[f"{name}_name"] = cell(NAME_AT, title if seen else "")
        found[f"{name}_train_cell"] = cell(TRAIN_AT, shown_number(train, ".2g") if seen else "")
        found[f"{name}_test_cell"] = cell(TEST_AT, shown_number(test, ".2g") if seen else "")
        found[f"{name}_n_cell"] = cell(N_AT, f"{n_nonzero(fits[name])} of {len(fits[name]) - 1}" if seen else "")
        found[f"{name}_now"] = {"x": [lam, lam] if seen else [], "y": [train, test] if seen else []}
        for part in ("train", "test"):
            path = errors[f"{name}_{part}"]
            found[f"{name}_{part}_path"] = {"x": errors["x"] if seen else [], "y": path if seen else []}
        found[f"{name}_end"] = {"x": HIGH, "y": errors[f"{name}_test"][-1], "text": title if seen else ""}
    return found


def cell(x: float, text: str) -> dict:
    """An entry of the table above the upper panel."""
    return {"x": x, "y": TOP, "text": text}


def curve_of(fit: list) -> list:
    """The polynomial as a curve, x and y."""
    w, b = fit[:-1], fit[-1]
    return [places(), [polynomial(x, w, b) for x in places()]]


def n_nonzero(fit: list) -> int:
    """Weights that are not 0; the last entry is the bias."""
    return sum(w != 0 for w in fit[:-1])


def judged(title: str, lam: float, test: float, best: dict) -> str:
    """How a test error compares with the lowest of its path, in words."""
    if test <= 1.02 * best["test"]:
        return f"about right for {title}"
    way = "too little" if lam < best["lam"] else "too much"
    return f"{way} for {title}, whose test error is lowest, {shown_number(best['test'], '.2g')}, near λ = {shown_number(best['lam'], '.2g')}"


def facts(data: dict) -> dict:
    """Errors on training and test points, weights that are not 0, the best λ on the slider, and the λ that empties L1."""
    lam = data["lam"]
    found = {
        "lam": lam,
        "lam_that_empties": data["lam_that_empties"],
        "n_train": len(data["points"]["x"]),
        "n_test": len(data["test_points"]["x"]),
        "n_weights": len(data["fits"]["l1"]) - 1,
    }
    for name in ("plain", "l1", "l2"):
        found[f"{name}_train_error"] = data[f"{name}_errors"]["train"]
        found[f"{name}_test_error"] = data[f"{name}_errors"]["test"]
        found[f"{name}_n_nonzero"] = n_nonzero(data["fits"][name])
    answers = []
    for name, title in (("l1", "L1"), ("l2", "squared L2")):
        best = data["best"][name]
        found[f"{name}_best_lam"] = best["lam"]
        found[f"{name}_best_test_error"] = best["test"]
        if data["penalty"] == "both" or data["penalty"] == title:
            answers.append(judged(title, lam, found[f"{name}_test_error"], best))
    found["l1_n_at_best"] = data["best"]["l1"]["n_nonzero"]
    kept = (
        "" if data["penalty"] == "squared L2" else f" L1 keeps {found['l1_n_nonzero']} of {found['n_weights']} weights."
    )
    found["verdict"] = f"λ = {shown_number(lam, '.3g')} is " + "; ".join(answers) + "." + kept
    return found


PLAIN = {"color": "ink", "linestyle": "-"}
ROWS = (("l1", L1), ("l2", L2))
# Where both agree, L1's thin line runs on squared L2's broad one.
BROAD = {"linewidth": 5.5, "alpha": 0.5, "linestyle": (0, (2.2, 0.8)), "zorder": 1.8}
ROW_HEIGHT = 15


def draw(figure, data: dict) -> None:
    """Above, the fits among the points with a small table of their errors; below, the errors against λ."""
    above, below = figure.subplots(2, height_ratios=(1.7, 1))
    above.set_label("fit")
    above.set(
        xlim=(-1.04, 1.04),
        ylim=(-2.2, TOP),
        xticks=[-1, 0, 1],
        yticks=[-1, 0, 1],
        xlabel="feature x",
        ylabel="target y",
    )
    # Makes room for the table, which moves and so is left out of the layout.
    above.set_title(" ", pad=4 * ROW_HEIGHT - 8)
    test = plot(
        above,
        data,
        "test_points",
        color="muted",
        linestyle="none",
        marker=".",
        markersize=3,
        alpha=0.55,
        markeredgewidth=0,
    )
    x = np.linspace(-1, 1, 201)
    (truth,) = above.plot(x, np.sin(np.pi * x), color="muted", linewidth=1.2, linestyle=":", gid="truth")
    plain = data["fits"]["plain"]
    above.plot(x, polynomial(x, plain[:-1], plain[-1]), **PLAIN, linewidth=1.2, gid="plain_curve")
    for name, style in ROWS:
        plot(above, data, f"{name}_curve", **{**style, "linewidth": 2.2, **(BROAD if name == "l2" else {})})
    train = plot(
        above, data, "points", color="data", linestyle="none", marker="D", markersize=5, markeredgecolor="paper"
    )
    above.legend(
        [train, test, truth],
        ["training points", "test points", "the true curve"],
        ncols=3,
        loc="lower right",
        handletextpad=0.3,
        columnspacing=1.4,
        borderaxespad=0.1,
    )
    errors = data["plain_errors"]
    entries = (
        "no penalty",
        shown_number(errors["train"], ".2g"),
        shown_number(errors["test"], ".2g"),
        f"{n_nonzero(plain)} of {len(plain) - 1}",
    )
    heads = ("", "training error", "test error", "weights ≠ 0")
    columns = (("name", NAME_AT), ("train_cell", TRAIN_AT), ("test_cell", TEST_AT), ("n_cell", N_AT))
    for (part, x), head, entry in zip(columns, heads, entries, strict=True):
        place = {"textcoords": "offset points", "ha": "left" if part == "name" else "right", "annotation_clip": False}
        above.annotate(head, (x, TOP), xytext=(0, 3 * ROW_HEIGHT + 7), color="muted", **place)
        above.annotate(entry, (x, TOP), xytext=(0, 2 * ROW_HEIGHT + 7), color="ink", gid=f"plain_{part}", **place)
        for row, (name, style) in enumerate(ROWS):
            label(
                above,
                data,
                f"{name}_{part}",
                dy=(1 - row) * ROW_HEIGHT + 7,
                color=style["color"],
                va="baseline",
                ha=place["ha"],
            )

    below.set_label("errors")
    below.set_title(" ")
    below.set(
        xscale="log",
        xlim=(LOW, 16 * HIGH),
        ylim=(0, ERROR_REACH),
        yticks=[0, 0.2, 0.4, 0.6],
        xlabel="strength λ",
        ylabel="mean squared error",
    )
    ticks = [0.001, 0.01, 0.1, 1, 10, 100]
    below.set_xticks(ticks, [f"{lam:g}" for lam in ticks])
    below.minorticks_off()
    below.plot([LOW, HIGH], [errors["test"], errors["test"]], color="ink", linewidth=1.2, gid="plain_level")
    below.annotate(
        "no penalty",
        (HIGH, errors["test"]),
        xytext=(9, 0),
        textcoords="offset points",
        color="ink",
        va="center",
        annotation_clip=False,
    )
    for key, at, text, place in (
        # Each on a line of its own: together they would reach the line at λ.
        ("thick", (1.3 * LOW, 0.63), "thick: test", "left"),
        ("thin", (1.3 * LOW, 0.535), "thin: training", "left"),
        ("too_little", (1.3 * LOW, 0.44), "← too little", "left"),
        ("too_much", (0.8 * HIGH, 0.05), "too much →", "right"),
    ):
        note(below, text, at, (0, 0), color="muted", ha=place, gid=key)
    plot(below, data, "lam_line", color="muted", linewidth=1)
    label(below, data, "lam_label", dy=5, ha="center", va="bottom")
    for name, style in ROWS:
        for part, width in (("train", 1.0), ("test", 2.0)):
            plot(below, data, f"{name}_{part}_path", **style, linewidth=width)
        label(
            below, data, f"{name}_end", dx=9, dy=4 if name == "l1" else -4, ha="left", va="center", color=style["color"]
        )
        plot(
            below,
            data,
            f"{name}_now",
            color=style["color"],
            linestyle="none",
            marker="o" if name == "l1" else "s",
            markersize=8 if name == "l1" else 6,
            markeredgecolor="paper",
        )
    plot(below, data, "handle", color="ink", linestyle="none", marker="D", markersize=8, clip_on=False)


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"{facts['n_train']} noisy training points with three fitted curves, and below them the errors against λ. Without "
        f"penalty: training error {shown_number(facts['plain_train_error'], '.2g')}, test error {shown_number(facts['plain_test_error'], '.2g')}. "
        f"With L1 at λ = {shown_number(facts['lam'], '.3g')}: training error {shown_number(facts['l1_train_error'], '.2g')}, test error "
        f"{shown_number(facts['l1_test_error'], '.2g')}, and {facts['l1_n_nonzero']} of {facts['n_weights']} weights are not 0. "
        f"With squared L2 at the same λ: training error {shown_number(facts['l2_train_error'], '.2g')}, test error "
        f"{shown_number(facts['l2_test_error'], '.2g')}, and {facts['l2_n_nonzero']} weights are not 0."
    )


run_script(__name__)

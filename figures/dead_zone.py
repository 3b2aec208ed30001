"""L1 answers a weak pull of the data in full, so the weight stays at 0; squared L2 answers only once it has moved.

One feature with x² = 1, squared error plus λ|w| or λw². Across: the data's pull D = 2xr on the weight at w = 0, with r
the target less the bias. Above, the balance there: L1 has all slopes from −λ to λ to set against the pull, squared L2
has the slope 0. Below, the minimiser for every pull. Without a penalty it is half the pull; squared L2 makes the
line less steep; L1 moves it λ/2 towards 0 and leaves a zone, as wide as 2λ, where it is exactly 0.
"""

from typing import Annotated

from figpress import Live, Range, fill, label, plot, run_script
from figures import given
from figures._marks import L1, L1_MARK, L2, L2_MARK, zero_lines
from figures._texts import number
from shrinkage import orthonormal_lasso, orthonormal_ridge, soft_threshold

SIZE = (5.6, 4.95)
REACH = 6.0
"""Pulls are shown from −REACH to REACH."""

APART = 0.5
"""How far apart the names of the lines stand, as weights."""

LANES = {"data": 2.0, "l1": 1.0, "l2": 0.0}
"""Heights in the upper panel."""

LIVE = Live(
    controls=("pull", "lam"),
    drag={"pull_point": ("pull", None)},
    ask="Predict, then drag the data’s pull: how hard must the data pull before the weight leaves 0 under L1, and how "
    "hard under squared L2?",
    verdict="verdict",
)


def data(
    lam: Annotated[float, Range(0, 5, 0.1, symbol="λ", label="strength")] = given.DEAD_ZONE_LAM,
    pull: Annotated[float, Range(-5.5, 5.5, 0.1, symbol="D", label="the data’s pull")] = given.DEAD_ZONE_PULL,
) -> dict:
    """The balance at w = 0; minimisers against the pull, as lines with corners at the ends of the zone."""
    low = 0.0 - lam
    corners = [-REACH, low, lam, REACH]
    # z = x r is half the pull.
    at_l1 = orthonormal_lasso(pull / 2, lam)
    at_l2 = orthonormal_ridge(pull / 2, lam)
    # What L1 cannot answer is the pull, thresholded; the rest is the slope that it answers with.
    left_over = soft_threshold(pull, lam)
    answer = pull - left_over
    l1_end = min(orthonormal_lasso(REACH / 2, lam), REACH / 2 - APART)
    l2_end = min(orthonormal_ridge(REACH / 2, lam), l1_end - APART)
    return {
        "lam": lam,
        "pull": pull,
        "pull_arrow": {"x": [0.0, pull], "y": [LANES["data"], LANES["data"]]},
        "pull_point": {"x": [pull], "y": [LANES["data"]]},
        "slopes": {"x": [low, lam], "y": [LANES["l1"], LANES["l1"]]},
        "left_over": remainder(answer, pull, LANES["l1"]),
        "answer": {"x": [answer], "y": [LANES["l1"]]},
        "unanswered": remainder(0.0, pull, LANES["l2"]),
        "l2_slope": {"x": [0.0], "y": [LANES["l2"]]},
        "data_text": lane("data", f"the data pull with D = {number(pull)}"),
        "l1_text": lane("l1", l1_text(low, lam, answer, left_over)),
        "l2_text": lane("l2", l2_text(pull)),
        "zone_area": {"x": [low, lam, lam, low], "y": [-REACH / 2, -REACH / 2, REACH / 2, REACH / 2]},
        "plain": {"x": [-REACH, REACH], "y": [-REACH / 2, REACH / 2]},
        "l1": {"x": corners, "y": [orthonormal_lasso(p / 2, lam) for p in corners]},
        "l2": {"x": [-REACH, REACH], "y": [orthonormal_ridge(-REACH / 2, lam), orthonormal_ridge(REACH / 2, lam)]},
        "zone": {"x": [low, lam], "y": [0.0, 0.0]},
        "here": {"x": [pull, pull], "y": [-REACH / 2, REACH / 2]},
        "at_plain": {"x": [pull], "y": [pull / 2]},
        "at_l1": {"x": [pull], "y": [at_l1]},
        "at_l2": {"x": [pull], "y": [at_l2]},
        "l1_label": {"x": REACH, "y": l1_end, "text": "L1"},
        "l2_label": {"x": REACH, "y": l2_end, "text": "squared L2"},
    }


def remainder(answer: float, pull: float, height: float) -> dict:
    """The part of the pull that is not answered; nothing where all of it is."""
    return {"x": [], "y": []} if answer == pull else {"x": [answer, pull], "y": [height, height]}


def lane(name: str, text: str) -> dict:
    """A text above a lane of the upper panel, where it begins."""
    return {"x": -REACH, "y": LANES[name], "text": text}


def l1_text(low: float, lam: float, answer: float, left_over: float) -> str:
    """What L1 sets against the pull at w = 0."""
    if lam == 0:
        return "L1 has no slope to answer with: λ = 0"
    offer = f"L1 has all slopes from {number(low)} to {number(lam)}"
    if left_over != 0:
        return f"{offer}: too few, {number(abs(left_over))} is left over"
    return f"{offer}: {number(answer)} answers the pull"


def l2_text(pull: float) -> str:
    """What squared L2 sets against the pull at w = 0."""
    if pull == 0:
        return "squared L2 has the slope 0: nothing is to be answered"
    return f"squared L2 has the slope 0: all of it, {number(abs(pull))}, is left over"


def verdict(lam: float, pull: float, at_l1: float, at_l2: float) -> str:
    """Whether L1's interval holds the pull, and where both minimisers are."""
    size = abs(pull)
    if pull == 0:
        return "The data do not pull: both minimisers are exactly 0. At any other pull that of squared L2 is not."
    if at_l1 == 0:
        held = f"at most λ = {number(lam)}: one of L1’s slopes holds the pull, and its minimiser is exactly 0"
    else:
        held = f"above λ = {number(lam)}: no slope of L1 holds the pull, and its minimiser is {number(at_l1)}"
    return f"|D| = {number(size)} is {held}. That of squared L2 is {number(at_l2)}: it leaves 0 at the faintest pull."


def facts(data: dict) -> dict:
    """The ends of the zone, the slopes, the minimisers for the pull that is marked, and what is left unanswered."""
    lam = data["lam"]
    pull = data["pull"]
    at_l1 = data["at_l1"]["y"][0]
    at_l2 = data["at_l2"]["y"][0]
    answer = data["answer"]["x"][0]
    return {
        "zone_low": data["zone"]["x"][0],
        "zone_high": data["zone"]["x"][1],
        "zone_width": data["zone"]["x"][1] - data["zone"]["x"][0],
        "l1_minimiser": at_l1,
        "l2_minimiser": at_l2,
        "plain_minimiser": data["at_plain"]["y"][0],
        "l1_answer": answer,
        "l1_left_over": pull - answer,
        "l2_share": orthonormal_ridge(1.0, lam),
        "l1_shift": 1.0 + lam - orthonormal_lasso(1.0 + lam, lam),
        "verdict": verdict(lam, pull, at_l1, at_l2),
    }


def draw(figure, data: dict) -> None:
    """The balance at w = 0 above; below three lines with their names at the right, the zone, and one data set."""
    balance, axes = figure.subplots(2, sharex=True, height_ratios=(1, 1.75))
    balance.set_label("balance")
    axes.set_label("minimiser")
    balance.set(xlim=(-REACH, REACH), ylim=(-0.35, 2.85), yticks=[])
    balance.spines[["left", "bottom"]].set_visible(False)
    balance.tick_params(bottom=False)
    balance.set_title("The balance at w = 0", fontsize=11.5)
    axes.set_title("The minimiser for every pull", fontsize=11.5)
    for height in LANES.values():
        balance.plot([0, 0], [height - 0.22, height + 0.22], color="muted", linewidth=0.9)
    faint = {"linewidth": 1.2, "linestyle": (0, (1, 1.5))}
    plot(balance, data, "left_over", color="data", **faint)
    plot(balance, data, "unanswered", color="data", **faint)
    plot(balance, data, "slopes", color="l1", linewidth=5.5, solid_capstyle="butt")
    plot(balance, data, "answer", **L1_MARK, markersize=9, markeredgecolor="paper")
    plot(balance, data, "l2_slope", **L2_MARK, markersize=8, markeredgecolor="paper")
    plot(balance, data, "pull_arrow", color="data", linewidth=2.2)
    plot(balance, data, "pull_point", color="data", marker="D", markersize=8, linestyle="none", markeredgecolor="paper")
    for name in LANES:
        label(balance, data, f"{name}_text", dy=8, color=name, ha="left", va="bottom")

    axes.set(xlim=(-REACH, REACH), ylim=(-REACH / 2, REACH / 2), xticks=range(-6, 7, 2), yticks=range(-3, 4))
    axes.set(xlabel="the data’s pull at w = 0, D = 2xr", ylabel="minimiser w*")
    fill(axes, data, "zone_area", color="l1_soft", zorder=0.3)
    zero_lines(axes)
    plot(axes, data, "here", color="data", linewidth=1, zorder=0.6)
    plot(axes, data, "plain", color="ink", linewidth=1, linestyle=(0, (1, 2)))
    plot(axes, data, "l2", **L2)
    plot(axes, data, "l1", **L1)
    plot(axes, data, "zone", color="l1", linewidth=4.5, solid_capstyle="butt")
    plot(axes, data, "at_plain", color="ink", marker="^", markersize=7, linestyle="none", markeredgecolor="paper")
    plot(axes, data, "at_l2", **L2_MARK, markersize=7.5, markeredgecolor="paper")
    plot(axes, data, "at_l1", **L1_MARK, markersize=8, markeredgecolor="paper")
    # It does not move, and keeps room for all three names.
    beside = {"xytext": (6, 0), "textcoords": "offset points", "va": "center"}
    axes.annotate("no penalty ", (REACH, REACH / 2), gid="plain_label", **beside)
    label(axes, data, "l1_label", dx=6, color="l1", ha="left", va="center")
    label(axes, data, "l2_label", dx=6, color="l2", ha="left", va="center")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"Above, the balance at w = 0: the data pull with {number(data['pull'])}; L1 answers with "
        f"{number(facts['l1_answer'])} out of its slopes from {number(facts['zone_low'])} to "
        f"{number(facts['zone_high'])}, squared L2 has the slope 0 there. Below, the minimiser against the data’s "
        f"pull, with λ = {number(data['lam'])}. Under L1 it is exactly 0 for every pull up to "
        f"{number(facts['zone_high'])} in size, and further out parallel to the line without penalty. Under squared L2 "
        f"it is a straight line through 0, {number(facts['l2_share'])} times as steep. At the pull "
        f"{number(data['pull'])}: {number(facts['l1_minimiser'])} under L1, {number(facts['l2_minimiser'])} under squared L2, "
        f"{number(facts['plain_minimiser'])} without penalty."
    )


run_script(__name__)

"""Each penalty moves the minimum towards 0; at a large enough λ, L1 moves it onto 0.

Above: the losses of the one-variable model without penalty, with λ|w| and with λw², for one data point and a fixed bias
b. They agree at w = 0, where no penalty is paid. Below: their slopes; a minimum is where the slope passes through 0.
That of L1 jumps at w = 0 by 2λ, and a jump that straddles 0 puts the minimum there.
"""

from typing import Annotated

from matplotlib.transforms import ScaledTranslation

from figpress import Live, Range, label, plot, run_script, shown_number
from figures import given
from figures._marks import L1, L2, zero_lines
from figures._texts import number
from shrinkage import (
    l1_subdifferential,
    lam_that_zeroes,
    loss_l1,
    loss_l1_slope,
    loss_squared_l2,
    loss_squared_l2_slope,
    minimiser_l1,
    minimiser_plain,
    minimiser_squared_l2,
    squared_error,
    squared_error_slope,
)

SIZE = (5.6, 4.9)
REACH = 3.0
TOP = 20.0
STEEPEST = 50.0
"""Limits: weights from −REACH to REACH, losses up to TOP, slopes from −STEEPEST to STEEPEST."""

N_HALF = 40
"""Points of a curve on each side of w = 0."""

LIVE = Live(
    controls=("lam", "x", "y", "b"),
    ask="Predict, then move λ: at which λ does the lasso’s minimum reach 0, and what does it do beyond? Does that of ridge "
    "ever get there?",
    verdict="verdict",
)


# Every grain is exact in binary, so that the λ which is named can be set, and is met exactly.
def data(
    x: Annotated[float, Range(1.5, 3, 0.25, symbol="x", label="feature")] = given.POINT_X,
    y: Annotated[float, Range(-3, 3, 0.5, symbol="y", label="target")] = given.POINT_Y,
    b: Annotated[float, Range(-1, 1, 0.5, symbol="b", label="bias, fixed")] = given.POINT_B,
    lam: Annotated[float, Range(0, 24, 0.25, symbol="λ", label="strength")] = given.POINT_LAM,
) -> dict:
    """The three losses and their slopes on both sides of 0, and their minimisers in closed form."""
    weights = [REACH * k / N_HALF for k in range(-N_HALF, N_HALF + 1)]
    at_plain = minimiser_plain(x, y, b)
    at_l1 = minimiser_l1(x, y, b, lam)
    at_l2 = minimiser_squared_l2(x, y, b, lam)
    least_plain = squared_error(at_plain, x, y, b)
    least_l1 = loss_l1(at_l1, x, y, b, lam)
    least_l2 = loss_squared_l2(at_l2, x, y, b, lam)
    H = squared_error_slope(0.0, x, y, b)
    low, high = l1_subdifferential(0.0, lam)
    ends = [-REACH, REACH]
    interval = f"lasso’s slopes at 0: {number(H + low)} to {number(H + high)}"
    if lam == 0:
        interval = f"the slope at 0: {number(H)}"
    gap = float("nan")
    places = [at_plain, at_plain, gap, at_l1, at_l1, gap, at_l2, at_l2]
    return {
        "x": x,
        "y": y,
        "b": b,
        "lam": lam,
        "plain": {"x": weights, "y": [squared_error(w, x, y, b) for w in weights]},
        "l1": {"x": weights, "y": [loss_l1(w, x, y, b, lam) for w in weights]},
        "l2": {"x": weights, "y": [loss_squared_l2(w, x, y, b, lam) for w in weights]},
        "plain_minimum": {"x": [at_plain], "y": [least_plain]},
        "l1_minimum": {"x": [at_l1], "y": [least_l1]},
        "l2_minimum": {"x": [at_l2], "y": [least_l2]},
        "drops": {"x": places, "y": [least_plain, -1.0, gap, least_l1, -1.0, gap, least_l2, -1.0]},
        "drops_below": {"x": places, "y": [STEEPEST, 0.0, gap, STEEPEST, 0.0, gap, STEEPEST, 0.0]},
        "plain_slopes": {"x": ends, "y": [squared_error_slope(w, x, y, b) for w in ends]},
        # At 0 the line of slopes runs through the whole interval.
        "l1_slopes": {
            "x": [-REACH, 0.0, 0.0, REACH],
            "y": [loss_l1_slope(-REACH, x, y, b, lam), H + low, H + high, loss_l1_slope(REACH, x, y, b, lam)],
        },
        "l2_slopes": {"x": ends, "y": [loss_squared_l2_slope(w, x, y, b, lam) for w in ends]},
        "jump": {"x": [0.0, 0.0], "y": [H + low, H + high]},
        # On the side on which the slopes are all on the other side of the jump's end.
        "jump_left": {"x": 0.0, "y": H + high, "text": interval if H <= 0 else ""},
        "jump_right": {"x": 0.0, "y": H + low, "text": "" if H <= 0 else interval},
        "plain_minimiser": {"x": [at_plain], "y": [0.0]},
        "l1_minimiser": {"x": [at_l1], "y": [0.0]},
        "l2_minimiser": {"x": [at_l2], "y": [0.0]},
        "plain_label": {"x": -0.83 * REACH, "y": TOP, "text": f"L is least at {short(at_plain)}"},
        "l1_label": {"x": 0.0, "y": TOP, "text": f"lasso at {short(at_l1)}"},
        "l2_label": {"x": 0.61 * REACH, "y": TOP, "text": f"ridge at {short(at_l2)}"},
        "at_zero": squared_error(0.0, x, y, b),
    }


def short(value: float) -> str:
    """``value`` to three significant digits: there is one line for three names."""
    return "0" if value == 0 else shown_number(value, ".3g")


def verdict(lam: float, zeroing: float, at_l1: float, at_l2: float) -> str:
    """Where the penalised minima are, and from which λ on that of L1 is at 0."""
    if zeroing == 0:
        return "Here y = b: the data do not pull, and all three losses are least at exactly 0, whatever λ is."
    l2_text = f"that of ridge is at {number(at_l2)} and reaches 0 at no λ"
    if lam == 0:
        return (
            f"With λ = 0 the three losses are one. From λ = {number(zeroing)} on, the lasso’s minimum will be exactly 0 "
            f"and stay there; {l2_text}."
        )
    if at_l1 == 0:
        return (
            f"The lasso’s minimum is at exactly 0. It got there at λ = {number(zeroing)} and stays for every larger λ; "
            f"{l2_text}."
        )
    return (
        f"The lasso’s minimum is at {number(at_l1)}. It reaches 0 at λ = {number(zeroing)} and stays there; {l2_text}."
    )


def facts(data: dict) -> dict:
    """The minimisers, the least losses, the common value at 0, and the λ from which L1's minimiser is 0."""
    zeroing = lam_that_zeroes(data["x"], data["y"], data["b"])
    at_l1 = data["l1_minimum"]["x"][0]
    at_l2 = data["l2_minimum"]["x"][0]
    return {
        "at_zero": data["at_zero"],
        "lam_that_zeroes": zeroing,
        "plain_minimiser": data["plain_minimum"]["x"][0],
        "l1_minimiser": at_l1,
        "l2_minimiser": at_l2,
        "plain_least_loss": data["plain_minimum"]["y"][0],
        "l1_least_loss": data["l1_minimum"]["y"][0],
        "l2_least_loss": data["l2_minimum"]["y"][0],
        "verdict": verdict(data["lam"], zeroing, at_l1, at_l2),
    }


def draw(figure, data: dict) -> None:
    """Losses above, slopes below; the markers stand on the minima and, below, where the slope passes through 0."""
    loss, slope = figure.subplots(2, sharex=True, height_ratios=(1.5, 1))
    loss.set_label("loss")
    slope.set_label("slope")
    loss.set(ylabel="loss", xlim=(-REACH, REACH), ylim=(-1, TOP), xticks=range(-3, 4), yticks=(0, 5, 10, 15, 20))
    slope.set(ylabel="slope of the loss", xlabel="weight w", ylim=(-STEEPEST, STEEPEST), yticks=(-40, 0, 40))
    # Room for the line of names.
    loss.set_title(" ")
    zero_lines(loss)
    zero_lines(slope)
    plot(loss, data, "drops", color="muted", linewidth=0.8, linestyle=":")
    plot(slope, data, "drops_below", color="muted", linewidth=0.8, linestyle=":")
    plot(slope, data, "jump", color="l1", linewidth=4.5, solid_capstyle="butt")
    label(slope, data, "jump_left", dx=-7, color="l1", ha="right", va="bottom")
    label(slope, data, "jump_right", dx=7, color="l1", ha="left", va="top")
    ink = {"color": "ink", "linestyle": "-"}
    for name, style, marker in (("plain", ink, "^"), ("l1", L1, "o"), ("l2", L2, "s")):
        color = style["color"]
        plot(loss, data, name, **style)
        plot(slope, data, f"{name}_slopes", **style)
        mark = {"color": color, "marker": marker, "markersize": 8, "markeredgecolor": "paper", "zorder": 3}
        plot(loss, data, f"{name}_minimum", linestyle="none", **mark)
        plot(slope, data, f"{name}_minimiser", linestyle="none", **mark)
        label(loss, data, f"{name}_label", dy=14, color=color, ha="left", va="center")
        _sample(loss, data[f"{name}_label"]["x"], style, mark)


def _sample(axes, x: float, style: dict, mark: dict) -> None:
    """A piece of a curve with its marker, before its name."""
    raised = axes.transData + ScaledTranslation(0, 14 / 72, axes.figure.dpi_scale_trans)
    beside = {"transform": raised, "clip_on": False, "in_layout": False}
    axes.plot([x - 0.17 * REACH, x - 0.03 * REACH], [TOP, TOP], **style, **beside)
    axes.plot(x - 0.1 * REACH, TOP, **mark, **beside)


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    in_jump = " and passes 0 in the jump" if facts["l1_minimiser"] == 0 else ""
    return (
        f"Three curves of loss against the weight, equal to {number(facts['at_zero'])} where w = 0. Without penalty "
        f"the least loss is at w = {number(facts['plain_minimiser'])}, with L1 at {number(facts['l1_minimiser'])}, "
        f"with squared L2 at {number(facts['l2_minimiser'])}, for λ = {number(data['lam'])}. Below, the slopes of the "
        f"curves cross 0 at the same weights; that of L1 jumps by {number(2 * data['lam'])} at w = 0{in_jump}. From "
        f"λ = {number(facts['lam_that_zeroes'])} on, L1's least loss is at exactly 0."
    )


run_script(__name__)

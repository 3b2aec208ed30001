"""One weight walks down its loss in three ways, side by side: what the figures of this kind share.

L1 by subgradient steps, L1 by proximal steps, and squared L2 or its half, all with the same data point, strength and step
size. Above stands the loss with the weight as a ball on it, below that the two forces of the next step as arrows, and below these the
walk so far, with time running downwards.
"""

from figpress import fill, label, plot
from figures._arrows import arrow
from figures._marks import L1, L2, THIRD
from figures._texts import DUST, number
from shrinkage import (
    data_pull,
    half_squared_l2,
    lam_that_zeroes,
    loss_l1,
    loss_squared_l2,
    minimiser_l1,
    minimiser_plain,
    minimiser_squared_l2,
    squared_error,
    squared_error_slope,
    steps_to_zero,
    update_half_squared_l2,
    update_l1,
    update_l1_prox,
    update_squared_l2,
)

SIZE = (5.2, 4.3)
NAMES = ("subgradient", "proximal", "l2")

N_HALF = 20
"""Points of a curve left of w = 0; on its right, where the sheet is twice as wide, there are twice as many."""

BELOW = 0.36
DATA_ROW = -0.14
PENALTY_ROW = -0.27
"""Room for the forces below the losses, and the heights of their rows, in shares of the loss at the upper edge."""

CLOSE = 0.004
"""How near the weight that is best is near enough to say that a walk has come there, in shares of the sheet."""


def picture(
    x: float, y: float, b: float, w0: float, lam: float, eta: float, n: int, sheet: list, half: bool = False
) -> dict:
    """All that is drawn of the three walks at step n, and what is said of them.

    Args:
        x, y, b: data point and bias; with x = 0 the data do not pull.
        w0: the weight at which all walks start.
        lam: strength.
        eta: step size.
        n: the step that is shown.
        sheet: the right edge of the weights (the left one is half as far out), the loss at the upper edge, how long an
            arrow is for a force of 1, and how many steps there are.
        half: whether the third walk is on half squared L2.
    """
    edge, top, scale, horizon = sheet
    weights = [edge * k / (2 * N_HALF) for k in range(-N_HALF, 2 * N_HALF + 1)]
    last = "half_l2" if half else "l2"
    walks = {
        "subgradient": walk("subgradient", x, y, b, w0, lam, eta, horizon),
        "proximal": walk("proximal", x, y, b, w0, lam, eta, horizon),
        "l2": walk(last, x, y, b, w0, lam, eta, horizon),
    }
    # Without data and penalty any weight is best.
    best_l1 = w0 if lam == 0 else 0.0
    best_l2 = best_l1
    want = None
    # So small a feature pulls at nothing in floating point either.
    pulls = x * x > 0
    if pulls:
        want = minimiser_plain(x, y, b)
        best_l1 = minimiser_l1(x, y, b, lam)
        best_l2 = minimiser_squared_l2(x, y, b, lam / 2 if half else lam)
    found = {
        "x": x,
        "y": y,
        "b": b,
        "w0": w0,
        "lam": lam,
        "eta": eta,
        "n": n,
        "pulls": pulls,
        "half": half,
        "edge": edge,
        "want": want,
        "best_l1": best_l1,
        "best_l2": best_l2,
        "walks": walks,
    }
    errors = {"x": weights, "y": [squared_error(w, x, y, b) for w in weights]}
    l1_curve = {"x": weights, "y": [loss_l1(w, x, y, b, lam) for w in weights]}
    l2_curve = {"x": weights, "y": [loss_of(last, w, x, y, b, lam) for w in weights]}
    for name in NAMES:
        whole = walks[name]
        w = whole[n]
        H = squared_error_slope(w, x, y, b)
        loss = loss_of(last if name == "l2" else name, w, x, y, b, lam)
        # What the step took off besides the data's share of it: a proximal step at 0 takes what it must, not all of λ.
        penalty = (whole[n + 1] - (w - eta * H)) / eta
        found[f"{name}_error"] = errors
        found[f"{name}_curve"] = l2_curve if name == "l2" else l1_curve
        found[f"{name}_data"] = {"x": [want], "y": [0.0]} if pulls else {"x": [], "y": []}
        found[f"{name}_ball"] = {"x": [w], "y": [loss]}
        found[f"{name}_drop"] = {"x": [w, w], "y": [loss, -BELOW * top]}
        for force, size, row in (("push", -H, DATA_ROW), ("pull", penalty, PENALTY_ROW)):
            shaft, head = arrow(w, size * scale, row * top, 0.07 * edge, 0.036 * top)
            found[f"{name}_{force}_shaft"] = shaft
            found[f"{name}_{force}_head"] = head
        found[f"{name}_walk"] = {"x": whole[: n + 1], "y": [k for k in range(n + 1)]}
        found[f"{name}_end"] = {"x": [w], "y": [n]}
        found[f"{name}_start"] = {"x": [w0], "y": [0]}
    hold = [-lam * scale, lam * scale] if walks["proximal"][n] == 0 else []
    found["hold"] = {"x": hold, "y": [PENALTY_ROW * top for _ in hold]}
    found["subgradient_now"] = now(edge, top, l1_now(walks["subgradient"], n, best_l1, edge))
    found["proximal_now"] = now(edge, top, l1_now(walks["proximal"], n, best_l1, edge))
    found["l2_now"] = now(edge, top, l2_now(walks["l2"][n], best_l2, edge))
    return found


def walk(name: str, x: float, y: float, b: float, w0: float, lam: float, eta: float, horizon: int) -> list:
    """The weights of one walk: one more than is shown, for the forces at the last."""
    weights = [w0]
    for k in range(horizon + 1):
        w = weights[k]
        H = squared_error_slope(w, x, y, b)
        if name == "subgradient":
            weights.append(update_l1(w, H, lam, eta))
        elif name == "proximal":
            weights.append(update_l1_prox(w, H, lam, eta))
        elif name == "l2":
            weights.append(update_squared_l2(w, H, lam, eta))
        else:
            weights.append(update_half_squared_l2(w, H, lam, eta))
    return weights


def loss_of(name: str, w: float, x: float, y: float, b: float, lam: float) -> float:
    """The loss that a walk goes down."""
    if name == "half_l2":
        return squared_error(w, x, y, b) + half_squared_l2(w, lam)
    return loss_squared_l2(w, x, y, b, lam) if name == "l2" else loss_l1(w, x, y, b, lam)


def now(edge: float, top: float, text: str) -> dict:
    """The line above a panel that says where its weight is."""
    return {"x": -0.5 * edge, "y": top, "text": text}


def weight(w: float) -> str:
    """A weight of a walk: where it is at 0 but for rounding, no digits of that."""
    return "about 0" if w != 0 and abs(w) < DUST else number(w, 3)


def equals(w: float) -> str:
    """The same with its letter: w = 0.4, w ≈ 0."""
    return f"w = {weight(w)}".replace("= about", "≈")


def l1_now(weights: list, n: int, best: float, edge: float) -> str:
    """What a walk under L1 does at step n, in a few words."""
    w = weights[n]
    if w == 0 and weights[n + 1] == 0:
        return "rests at exactly 0"
    if best == 0 and first_beyond(weights) in range(n + 1):
        return f"hovers: {equals(w)}"
    if best != 0 and abs(w - best) <= CLOSE * edge:
        return f"settles at {number(best, 3)}"
    return equals(w)


def l2_now(w: float, best: float, edge: float) -> str:
    """What the walk under squared L2 does, in a few words."""
    if w == 0 and best == 0:
        return "rests at exactly 0"
    if best != 0 and abs(w - best) <= CLOSE * edge:
        return f"stops at {number(best, 3)}"
    return equals(w)


def first_beyond(weights: list) -> int:
    """The first step at which a walk is at 0 or on its other side; −1 where it never is."""
    for k in range(len(weights)):
        if weights[k] * weights[0] <= 0:
            return k
    return -1


def l1_verdict(weights: list, best: float, edge: float) -> str:
    """What becomes of a walk under L1."""
    last = len(weights) - 2
    w = weights[last]
    if best != 0:
        if abs(w - best) <= CLOSE * edge:
            return f"settles at {number(best)}"
        return f"is at {weight(w)} after {last} steps, and the best weight is {number(best)}"
    reached = first_beyond(weights)
    if w == 0 and weights[last + 1] == 0:
        return f"lands on 0 at step {steps_to_zero(weights)} and stays"
    if 0 <= reached <= last:
        rest = weights[reached : last + 1]
        met = "meets" if weights[reached] == 0 else "passes"
        return f"{met} 0 at step {reached} and hovers, between {weight(min(rest))} and {weight(max(rest))}"
    return f"is at {weight(w)} after {last} steps, still on its way to 0"


def l2_verdict(weights: list, best: float, edge: float) -> str:
    """What becomes of the walk under squared L2."""
    last = len(weights) - 2
    w = weights[last]
    if w == 0 and best == 0:
        return f"is on 0 from step {steps_to_zero(weights)} on"
    if abs(w - best) > abs(weights[0] - best):
        return "steps too far each time and comes away from its lowest point"
    if best == 0:
        return f"is at {weight(w)} after {last} steps, ever closer to 0 and not on it"
    if abs(w - best) <= CLOSE * edge:
        return f"stops at {number(best)}, beside 0 and not on it"
    return f"is at {weight(w)} after {last} steps, and its best weight is {number(best)}"


def sentences(data: dict) -> dict:
    """The facts of a picture: what the three walks come to, and the weights that are best."""
    x, y, b, lam, edge = data["x"], data["y"], data["b"], data["lam"], data["edge"]
    weights = data["walks"]
    pull = abs(data_pull(x, y, b))
    subgradient = l1_verdict(weights["subgradient"], data["best_l1"], edge)
    proximal = l1_verdict(weights["proximal"], data["best_l1"], edge)
    l2 = l2_verdict(weights["l2"], data["best_l2"], edge)
    if not data["pulls"] and lam == 0:
        reason = "Nothing pulls: all three stay where they start."
    elif lam == 0:
        reason = "Without a penalty all three walks are one."
    elif not data["pulls"]:
        reason = "With x = 0 the data do not pull: each penalty has the weight to itself."
    elif pull > lam:
        reason = (
            f"At 0 the data pull with {number(pull)}, more than λ = {number(lam)}: not even L1 holds the weight there."
        )
    else:
        reason = f"At 0 the data pull with {number(pull)}, and L1 holds up to λ = {number(lam)}."
    kind = "half squared L2" if data["half"] else "squared L2"
    return {
        "horizon": len(weights["l2"]) - 2,
        "plain_minimiser": data["want"],
        "l1_minimiser": data["best_l1"],
        "l2_minimiser": data["best_l2"],
        "lam_that_zeroes": lam_that_zeroes(x, y, b),
        "proximal_steps_to_zero": steps_to_zero(weights["proximal"]),
        "subgradient_end": subgradient,
        "proximal_end": proximal,
        "l2_end": l2,
        "verdict": f"Under L1 the subgradient walk {subgradient}; the proximal walk {proximal}. Under {kind} the walk {l2}. {reason}",
    }


def show(figure, data: dict, sheet: list, ticks: list) -> None:
    """Three columns; in each the loss and the forces above, the walk below."""
    edge, top, _, horizon = sheet
    panels = figure.subplots(2, 3, sharex=True, sharey="row", height_ratios=(1.45, 1))
    kinds = (
        ("subgradient", "L1, subgradient", L1, "o"),
        ("proximal", "L1, proximal", THIRD, "D"),
        ("l2", "half squared L2" if data["half"] else "squared L2", L2, "s"),
    )
    for column, (name, title, style, marker) in enumerate(kinds):
        loss, steps = panels[:, column]
        color = style["color"]
        loss.set_label(name)
        steps.set_label(f"{name}_steps")
        loss.set_title(title, color=color, pad=21)
        loss.set(xlim=(-edge / 2, edge), ylim=(-BELOW * top, top), yticks=[])
        loss.axhline(0, color="muted", linewidth=0.9, zorder=0.5)
        loss.spines[["left", "bottom"]].set_visible(False)
        loss.tick_params(left=False, bottom=False)
        steps.set(ylim=(horizon + 1.5, -1.5), xticks=ticks, yticks=[0, horizon // 2, horizon])
        steps.tick_params(left=column == 0, labelsize=11.5)
        for axes in (loss, steps):
            axes.axvline(0, color="muted", linewidth=0.9, zorder=0.5)
        plot(loss, data, f"{name}_error", color="data", linewidth=1.2, linestyle=(0, (1, 2)))
        plot(loss, data, f"{name}_curve", **(L2 if name == "l2" else L1), linewidth=2.2)
        plot(loss, data, f"{name}_drop", color="muted", linewidth=0.8, linestyle=":")
        if name == "proximal":
            plot(loss, data, "hold", color="l1_soft", linewidth=9, solid_capstyle="butt", zorder=0.8)
        for force, force_color in (("push", "data"), ("pull", "l2" if name == "l2" else "l1")):
            plot(loss, data, f"{name}_{force}_shaft", color=force_color, linewidth=2, solid_capstyle="butt")
            fill(loss, data, f"{name}_{force}_head", color=force_color)
        hollow = {"marker": "v", "markersize": 9, "markerfacecolor": "paper", "linestyle": "none"}
        # It may lie across the edge of the sheet, and must not move it.
        plot(loss, data, f"{name}_data", color="data", **hollow, clip_on=False).set_in_layout(False)
        ball = {"color": color, "marker": marker, "linestyle": "none", "markeredgecolor": "paper"}
        plot(loss, data, f"{name}_ball", **ball, markersize=10, zorder=4)
        label(loss, data, f"{name}_now", dy=4, ha="left", va="bottom", color=color)
        plot(steps, data, f"{name}_walk", color=color, linewidth=1.2, marker=marker, markersize=3.2)
        ring = {"color": color, "marker": marker, "markerfacecolor": "paper", "linestyle": "none"}
        # It may begin at the edge of the sheet, as the triangle may stand there.
        plot(steps, data, f"{name}_start", **ring, markersize=7, clip_on=False, zorder=3).set_in_layout(False)
        plot(steps, data, f"{name}_end", **ball, markersize=8, zorder=4)
    above, below = panels[:, 0]
    above.set_yticks([PENALTY_ROW * top, DATA_ROW * top, top / 2], ["penalty", "data", "loss"], fontsize=11.5)
    for text, color in zip(above.get_yticklabels(), ("l1", "data", "ink"), strict=True):
        text.set_color(color)
    below.set_ylabel("← step")
    panels[1, 1].set_xlabel("weight w")


def spoken(data: dict, facts: dict) -> str:
    """Alt text."""
    n, weights = data["n"], data["walks"]
    want = "" if not data["pulls"] else f"; the data alone want {number(data['want'])}"
    return (
        f"Three panels side by side, each with a loss over the weight, the weight as a ball on it, the forces of the data and "
        f"of the penalty as arrows below, and the walk below these, time running down. λ = {number(data['lam'])}, step size "
        f"{number(data['eta'])}, start at {number(data['w0'])}{want}. "
        f"{facts['verdict']} At step {n} the weights are {weight(weights['subgradient'][n])}, "
        f"{weight(weights['proximal'][n])} and {weight(weights['l2'][n])}."
    )

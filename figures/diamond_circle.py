"""Penalty and constraint are one, and L1's corner holds a weight at 0 for a whole range of data.

Two weights, of two features with sum of squares 1 and correlation ρ. The ellipses are contours of the squared error round its
lowest point. The filled shape holds all weights that cost at most t, and t is what the best weights at strength λ cost: a
diamond for L1, a disc for squared L2, and something between for the elastic net. The contour through the best weights touches
the shape there. The arrow is the pull of the data at that point, divided by λ. In a corner the fan shows all slopes that the
penalty offers, and the arrow ends on its rim.
"""

from math import nan, sqrt
from typing import Annotated

from figpress import Choice, Live, Range, fill, label, plot, run_script, shown_number
from figures import given
from figures._marks import L1, L2, THIRD, tag
from figures._plane import HOLLOW, ellipse, plane_and_notes, rings, unit_circle
from figures._texts import number, without_dust
from shrinkage import (
    ball_pair,
    data_pull_pair,
    elastic_net_pair,
    excess_error_pair,
    l1_subdifferential,
    lam_that_zeroes_smaller,
    penalty_pair,
    sign,
    squared_l2_gradient,
)

SIZE = (5.6, 4.6)
REACH = 3.4

KINDS = ["L1", "squared L2", "elastic net"]
# Squared L2 never arrives at 0: its path is drawn up to this strength, from where it is too short to be seen.
FAR = 400.0
# How much denser than even the strengths along a path lie at its start, where the weights move fast.
EASES = [1.0, 0.01, 0.2]
N_PATH = 48

# Contours at equal distances.
RINGS = [0.8, 1.6, 2.4, 3.2, 4.0]

LIVE = Live(
    controls=("penalty", "lam", "rho", "m1", "m2", "share"),
    drag={"minimum": ("m1", "m2")},
    ask="Predict, then drag the ring: how far can the least error move before the best weights leave the corner? "
    "And under squared L2?",
    verdict="verdict",
)


def data(
    penalty: Annotated[str, Choice(("L1", "squared L2", "elastic net"), label="penalty")] = "L1",
    share: Annotated[float, Range(0.05, 0.95, 0.05, label="share of L1 in the elastic net")] = given.ELASTIC_SHARE,
    lam: Annotated[float, Range(0, 12, 0.1, symbol="λ", label="strength")] = given.GEOMETRY_LAM,
    rho: Annotated[float, Range(-0.9, 0.9, 0.05, symbol="ρ", label="correlation")] = given.GEOMETRY_RHO,
    m1: Annotated[float, Range(-3, 3, 0.1, symbol="m₁", label="least error, across")] = given.GEOMETRY_M1,
    m2: Annotated[float, Range(-3, 3, 0.1, symbol="m₂", label="least error, up")] = given.GEOMETRY_M2,
) -> dict:
    """The best weights and their path, the shape and the contour that touch there, and the balance of slopes."""
    kind = 0 if penalty == "L1" else 1 if penalty == "squared L2" else 2
    part_l1, part_l2 = parts_of(kind, share)
    w1, w2 = best(lam, rho, m1, m2, part_l1, part_l2)
    t = penalty_pair(w1, w2, part_l1, part_l2)
    level = excess_error_pair(w1, w2, m1, m2, rho)
    pull1, pull2 = pulls(w1, w2, m1, m2, rho)
    circle = unit_circle()
    shape = ball(circle, t, part_l1, part_l2)
    path = path_of(rho, m1, m2, kind, share)
    point = {"x": [w1], "y": [w2]}
    sample = {"x": [0.06], "y": [0.56]}
    corner = slopes(w1, w2, part_l1, part_l2) if lam > 0 else {"x": [], "y": []}
    held = len(corner["x"]) > 0
    within = f"No weights with {cost(kind, share)} ≤ {number(t)} have less error."
    head = KINDS[kind]
    values = pair(w1, w2)
    return {
        "kind": kind,
        "share": share,
        "lam": lam,
        "rho": rho,
        "m1": m1,
        "m2": m2,
        "w1": w1,
        "w2": w2,
        "t": t,
        "level": level,
        "pull1": pull1,
        "pull2": pull2,
        "rings": rings(circle, RINGS, m1, m2, rho),
        "shape_l1": shape if kind == 0 else nothing(),
        "shape_l2": shape if kind == 1 else nothing(),
        "shape_net": shape if kind == 2 else nothing(),
        "rim_l1": shape if kind == 0 else nothing(),
        "rim_l2": shape if kind == 1 else nothing(),
        "rim_net": shape if kind == 2 else nothing(),
        "path_l1": path if kind == 0 else nothing(),
        "path_l2": path if kind == 1 else nothing(),
        "path_net": path if kind == 2 else nothing(),
        "fan": {"x": [w1, *corner["x"]], "y": [w2, *corner["y"]]} if held else nothing(),
        "slopes": corner,
        "contour": ellipse(circle, level, m1, m2, rho),
        "arrow": arrow(w1, w2, pull1 / lam, pull2 / lam) if lam > 0 else nothing(),
        "minimum": {"x": [m1], "y": [m2]},
        "best_l1": point if kind == 0 else nothing(),
        "best_l2": point if kind == 1 else nothing(),
        "best_net": point if kind == 2 else nothing(),
        "within_l1": text(-REACH, REACH, within if kind == 0 else ""),
        "within_l2": text(-REACH, REACH, within if kind == 1 else ""),
        "within_net": text(-REACH, REACH, within if kind == 2 else ""),
        "head_l1": text(0.0, 0.88, head if kind == 0 else ""),
        "head_l2": text(0.0, 0.88, head if kind == 1 else ""),
        "head_net": text(0.0, 0.88, head if kind == 2 else ""),
        "sample_l1": sample if kind == 0 else nothing(),
        "sample_l2": sample if kind == 1 else nothing(),
        "sample_net": sample if kind == 2 else nothing(),
        "lam_value": text(0.0, 0.81, f"λ = {number(lam)}"),
        "minimum_value": text(0.17, 0.65, f"({number(m1)}, {number(m2)})"),
        "best_value": text(0.17, 0.49, values),
        "pull_value": text(0.17, 0.27, pair(pull1 / lam, pull2 / lam) if lam > 0 else "none at λ = 0"),
        "slopes_value": text(
            0.17,
            0.09,
            on_offer(w1, w2, part_l1, part_l2) if held else "just one slope" if lam > 0 else "none at λ = 0",
        ),
    }


def parts_of(kind: int, share: float) -> list:
    """The parts of λ that go to L1 and to squared L2."""
    return [1.0, 0.0] if kind == 0 else [0.0, 1.0] if kind == 1 else [share, 1 - share]


def cost(kind: int, share: float) -> str:
    """What the weights cost, for λ = 1."""
    if kind < 2:
        return "|w₁| + |w₂|" if kind == 0 else "w₁² + w₂²"
    return f"{number(share)}(|w₁| + |w₂|) + {number(1 - share)}(w₁² + w₂²)"


def nothing() -> dict:
    """What is not drawn just now."""
    return {"x": [], "y": []}


def text(x: float, y: float, words: str) -> dict:
    """Words at a place."""
    return {"x": x, "y": y, "text": words}


def best(lam: float, rho: float, m1: float, m2: float, part_l1: float, part_l2: float) -> list:
    """The weights with the least sum of error and penalty."""
    if lam == 0:
        return [m1, m2]
    w1, w2 = elastic_net_pair(1.0, rho, 1.0, m1 + rho * m2, m2 + rho * m1, lam * part_l1, lam * part_l2)
    return [without_dust(w1), without_dust(w2)]


def pulls(w1: float, w2: float, m1: float, m2: float, rho: float) -> list:
    """How the data pull at both weights."""
    pull1, pull2 = data_pull_pair(w1, w2, m1, m2, rho)
    return [without_dust(pull1), without_dust(pull2)]


def path_of(rho: float, m1: float, m2: float, kind: int, share: float) -> dict:
    """The best weights for strengths from 0 to the one from which on they are 0, or to a very large one."""
    pull1, pull2 = data_pull_pair(0.0, 0.0, m1, m2, rho)
    part_l1, part_l2 = parts_of(kind, share)
    end = max(abs(pull1), abs(pull2)) / part_l1 if part_l1 > 0 else FAR
    ease = EASES[kind]
    x, y = [m1], [m2]
    for k in range(1, N_PATH + 1):
        share = k / N_PATH
        w1, w2 = best(end * ease * share / (1 - share + ease), rho, m1, m2, part_l1, part_l2)
        x.append(w1)
        y.append(w2)
    return {"x": x, "y": y}


def ball(circle: list, t: float, part_l1: float, part_l2: float) -> dict:
    """The border of all weights that cost at most t."""
    x, y = [], []
    for u, v in circle:
        w1, w2 = ball_pair(u, v, t, part_l1, part_l2)
        x.append(w1)
        y.append(w2)
    return {"x": x, "y": y}


def offered(w: float, part_l1: float, part_l2: float) -> list:
    """The lowest and the highest slope of the penalty at one weight, for λ = 1."""
    low, high = l1_subdifferential(w, part_l1)
    steady = squared_l2_gradient(w, part_l2)
    return [low + steady, high + steady]


def slopes(w1: float, w2: float, part_l1: float, part_l2: float) -> dict:
    """The ends of all arrows that the penalty can balance: an edge in a corner, a square at 0, nothing where there is one slope."""
    low1, high1 = offered(w1, part_l1, part_l2)
    low2, high2 = offered(w2, part_l1, part_l2)
    if low1 == high1 and low2 == high2:
        return {"x": [], "y": []}
    if low2 == high2:
        return {"x": [w1 + low1, w1 + high1], "y": [w2 + low2, w2 + low2]}
    if low1 == high1:
        return {"x": [w1 + low1, w1 + low1], "y": [w2 + low2, w2 + high2]}
    return {"x": [low1, high1, high1, low1, low1], "y": [low2, low2, high2, high2, low2]}


def arrow(x: float, y: float, dx: float, dy: float) -> dict:
    """A shaft from (x, y) to (x + dx, y + dy) with two barbs."""
    size = sqrt(dx * dx + dy * dy)
    if size == 0:
        return {"x": [], "y": []}
    barb = min(0.2, size / 2) / size
    back_x, back_y = barb * dx, barb * dy
    end_x, end_y = x + dx, y + dy
    return {
        "x": [x, end_x, nan, end_x - back_x - 0.5 * back_y, end_x, end_x - back_x + 0.5 * back_y],
        "y": [y, end_y, nan, end_y - back_y + 0.5 * back_x, end_y, end_y - back_y - 0.5 * back_x],
    }


def decimals(value: float) -> str:
    """A computed number with three decimals; only what is exactly 0 is written as 0."""
    return "0" if value == 0 else shown_number(value, ".3f")


def pair(a: float, b: float) -> str:
    """Two computed numbers."""
    return f"({decimals(a)}, {decimals(b)})"


def on_offer(w1: float, w2: float, part_l1: float, part_l2: float) -> str:
    """The slopes on offer in each direction."""
    words = []
    for low, high in [offered(w1, part_l1, part_l2), offered(w2, part_l1, part_l2)]:
        words.append(number(low, 3) if low == high else f"[{number(low)}, {number(high)}]")
    # At 0 both intervals are the same, and too long to stand beside each other.
    return f"{words[0]}²" if w1 == 0 and w2 == 0 else " × ".join(words)


def facts(data: dict) -> dict:
    """The best weights, which of them are exactly 0, the matching bound t, and the strengths at which L1 makes zeros."""
    lam, rho, m1, m2 = data["lam"], data["rho"], data["m1"], data["m2"]
    pull1, pull2 = pulls(0.0, 0.0, m1, m2, rho)
    first = lam_that_zeroes_smaller(m1 if abs(m1) <= abs(m2) else m2, rho * sign(m1) * sign(m2))
    last = max(abs(pull1), abs(pull2))
    return {
        "w1": data["w1"],
        "w2": data["w2"],
        "t": data["t"],
        "zeros": (data["w1"] == 0) + (data["w2"] == 0),
        "excess_error": data["level"],
        "pull_1": data["pull1"] / lam if lam > 0 else 0.0,
        "pull_2": data["pull2"] / lam if lam > 0 else 0.0,
        "l1_lam_first": first,
        "l1_lam_last": last,
        "verdict": verdict(data, first, last),
    }


def verdict(data: dict, first: float, last: float) -> str:
    """Which weights are exactly 0 and why, and the bound that would have done the same."""
    kind, w1, w2 = data["kind"], data["w1"], data["w2"]
    if data["lam"] == 0:
        return f"Without a penalty the least error is best, and every bound t from {number(data['t'])} on lets it in."
    if w1 == 0 and w2 == 0:
        which = "Both weights are exactly 0"
    elif w1 == 0:
        which = "w₁ is exactly 0"
    elif w2 == 0:
        which = "w₂ is exactly 0"
    else:
        which = "Neither weight is exactly 0"
    match = f"{which}{reason(data)}. The bound t = {number(data['t'])} gives the same weights."
    if kind > 0:
        return match
    if without_dust(last - first) == 0:
        return f"{match} Both go at λ = {number(last)}."
    small, large = ("w₁", "w₂") if abs(data["m1"]) < abs(data["m2"]) else ("w₂", "w₁")
    return f"{match} {small} goes at λ = {number(first)}, {large} at λ = {number(last)}."


def reason(data: dict) -> str:
    """Why a weight is 0: under squared L2 because nothing pulls at it, under the others because the pull fits into an interval."""
    w1, w2, lam = data["w1"], data["w2"], data["lam"]
    if w1 != 0 and w2 != 0:
        return ""
    if data["kind"] == 1:
        return ", but only because the data do not pull there"
    limit = "λ" if data["kind"] == 0 else f"{number(data['share'])} λ"
    if w1 == 0 and w2 == 0:
        return f": the data pull with {number(abs(data['pull1'] / lam))} λ and {number(abs(data['pull2'] / lam))} λ, and up to {limit} is held"
    pull = data["pull1"] if w1 == 0 else data["pull2"]
    return f": the data pull at it with {number(abs(pull / lam))} λ, and the corner holds up to {limit}"


def draw(figure, data: dict) -> None:
    """The plane of the two weights, and beside it what its marks say."""
    axes, notes = plane_and_notes(figure, REACH, (3.9, 1.5), "SW")
    axes.set_title(" ", pad=10)
    kinds = (("l1", L1, "o"), ("l2", L2, "s"), ("net", THIRD, "D"))
    plot(axes, data, "rings", color="grid", linewidth=1, zorder=0.6)
    for name, style, _ in kinds:
        fill(axes, data, f"shape_{name}", color=style["color"], alpha=0.14, zorder=0.4)
        plot(axes, data, f"rim_{name}", **style, linewidth=1.8)
        plot(axes, data, f"path_{name}", color=style["color"], linewidth=1.1, linestyle=(0, (1, 1.6)), zorder=2.1)
    fill(axes, data, "fan", color="muted", alpha=0.18, zorder=2.2)
    plot(axes, data, "slopes", color="muted", linewidth=3, zorder=2.3)
    plot(axes, data, "contour", color="data", linewidth=1.8)
    plot(axes, data, "arrow", color="ink", linewidth=1.6, zorder=2.6)
    plot(axes, data, "minimum", **HOLLOW, markersize=9, zorder=3)
    for name, style, marker in kinds:
        look = {
            "color": style["color"],
            "marker": marker,
            "linestyle": "none",
            "markersize": 8,
            "markeredgecolor": "paper",
        }
        plot(axes, data, f"best_{name}", **look, zorder=4)
        plot(notes, data, f"sample_{name}", **look)
        label(axes, data, f"within_{name}", dy=10, ha="left", va="baseline", color=style["color"])
        label(
            notes,
            data,
            f"head_{name}",
            dy=-5,
            ha="left",
            va="baseline",
            color=style["color"],
            size=13,
            weight="semibold",
        )
    notes.plot(0.06, 0.72, **HOLLOW, markersize=9)
    notes.plot([0, 0.12], [0.42, 0.42], color="data", linewidth=1.8)
    notes.plot([0, 0.12], [0.34, 0.34], color="ink", linewidth=1.6, marker=">", markevery=[1], markersize=4)
    notes.plot([0, 0.12], [0.16, 0.16], color="muted", linewidth=3)
    for y, words in (
        (0.72, "least error"),
        (0.56, "best weights"),
        (0.42, "same error"),
        (0.34, "the data’s pull / λ"),
        (0.16, "slopes on offer"),
    ):
        tag(notes, 0.17, y, words, f"note_{words}", "ink", dy=-4, va="baseline")
    label(notes, data, "lam_value", dy=-4, ha="left", va="baseline", color="ink")
    for key in ("minimum_value", "best_value", "pull_value", "slopes_value"):
        label(notes, data, key, dy=-4, ha="left", va="baseline", color="muted")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return (
        f"The plane of two weights. Contours of the error are ellipses round ({number(data['m1'])}, {number(data['m2'])}), for features of "
        f"correlation {number(data['rho'])}. With {KINDS[data['kind']]} at λ = {number(data['lam'])} the best weights are "
        f"{pair(data['w1'], data['w2'])}. There the contour touches the shape of all weights with {cost(data['kind'], data['share'])} ≤ "
        f"{number(data['t'])}. {facts['verdict']}"
    )


run_script(__name__)

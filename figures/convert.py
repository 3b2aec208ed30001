"""From one library's strength to another's: the same fit, by way of our convention.

Three levels of one logarithmic axis: what the first call is given, what that is in our convention, and what the second call must
be given. A line joins the three, full with round points for L1, dashed with square ones for squared L2; how far it goes sideways
is the factor between two conventions. All numbers come from the conventions that `shrinkage.translate` uses.
"""

from typing import Annotated

from figpress import Choice, Live, Range, label, plot, precomputed, run_script
from figures._marks import L1, L2
from figures._texts import number
from shrinkage import CONVENTIONS
from shrinkage.translation import from_ours, product_of, to_ours, values_in_order

SIZE = (5.6, 3.6)
LEAST, MOST = 1e-6, 1e8
LEVELS = [2, 1, 0]
# Texts stand where the points of their level are not: left of the middle or right of it.
LEFT, RIGHT = LEAST, 30.0
ERRORS = {"squared_error": "the squared error", "logistic": "the logistic loss", "poisson": "the Poisson loss"}
NAMES = tuple(CONVENTIONS)

LIVE = Live(controls=("source", "target", "strength", "share", "n", "sd_y", "sd_x", "momentum"), verdict="verdict")


@precomputed
def conventions() -> dict:
    """The conventions as numbers, lists and texts."""
    return {name: plainly(CONVENTIONS[name]) for name in NAMES}


def plainly(one) -> dict:
    """A Convention as numbers, lists and texts; a factor's number is 0 where there is no such penalty."""
    factors = [one.l1, one.l2]
    return {
        "call": one.call,
        "loss": one.loss,
        "names": [name.rstrip("_") for name in one.names],
        "numbers": [0.0 if factor is None else float(factor.number) for factor in factors],
        "powers": [[] if factor is None else factor.powers for factor in factors],
        "shared": one.shared,
        "power": one.power,
        "bias": one.bias_penalised,
    }


def data(
    source: Annotated[str, Choice(NAMES, label="from")] = "sklearn.Ridge",
    target: Annotated[str, Choice(NAMES, label="to")] = "torch.weight_decay",
    strength: Annotated[float, Range(1e-6, 1e3, 0.05, label="its strength", scale="log")] = 10.0,
    share: Annotated[float, Range(0, 1, 0.05, label="its share of L1, if it has both")] = 0.5,
    n: Annotated[int, Range(2, 100_000, 1, symbol="n", label="samples")] = 100,
    sd_y: Annotated[float, Range(1e-3, 1e3, 0.05, symbol="sd(y)", label="of the targets", scale="log")] = 2.0,
    sd_x: Annotated[float, Range(1e-2, 1e2, 0.05, symbol="sd(x)", label="of each feature", scale="log")] = 1.0,
    momentum: Annotated[float, Range(0, 0.99, 0.01, symbol="m", label="momentum")] = 0.9,
) -> dict:
    """The parameters of both calls, our strengths between them, and their places on the axis."""
    context = values_in_order(n, sd_y, sd_x, momentum)
    one, other = conventions()[source], conventions()[target]
    given = parameters_of(one, strength, share)
    lams = to_ours(given, one["shared"], one["power"], factors(one, context))
    same_error = one["loss"] == other["loss"]
    found = []
    if same_error:
        found = from_ours(lams, other["shared"], other["power"], factors(other, context), len(other["names"]))
    ends = [end_of(other, found, 0), end_of(other, found, 1)]
    starts = [end_of(one, given, 0), end_of(one, given, 1)]
    paths = [path(starts[0], lams[0], ends[0]), path(starts[1], lams[1], ends[1])]
    return {
        "lams": lams,
        "given": given,
        "found": found,
        "source": source,
        "target": target,
        "path_l1": paths[0],
        "path_l2": paths[1],
        "said_source": words(paths, 0, listed(one["names"], given)),
        "said_ours": words(paths, 1, f"λ₁ = {number(lams[0])}, λ₂ = {number(lams[1])}"),
        "said_target": words(paths, 2, listed(other["names"], found) if found else "no such penalty there"),
    }


def parameters_of(one: dict, strength: float, share: float) -> list:
    """The parameters of a call: a strength; with a share of L1; or, where it has a strength for each, both parts."""
    if one["shared"]:
        return [strength, share]
    return [strength * share, strength * (1 - share)] if len(one["names"]) == 2 else [strength]


def factors(one: dict, context: list) -> list:
    """By what its strengths are multiplied, 0 where it has no such penalty."""
    return [product_of(number, context, powers) for number, powers in zip(one["numbers"], one["powers"])]


def end_of(one: dict, values: list, index: int) -> list:
    """The strength of L1 (index 0) or squared L2 (1) as this call has it; none where there is none."""
    if len(values) == 0:
        return []
    return [values[index] if len(values) == 2 and not one["shared"] else values[0]]


def path(start: list, lam: float, end: list) -> dict:
    """The places of one penalty's strength on the three levels, as far as they go; none without a penalty."""
    if lam == 0:
        return {"x": [], "y": []}
    x = [min(max(value, LEAST), MOST) for value in [*start, lam, *end]]
    return {"x": x, "y": LEVELS[: len(x)]}


def words(paths: list, index: int, text: str) -> dict:
    """A line of text at a level of the drawing, beside its points."""
    points = [drawn["x"][index] for drawn in paths if len(drawn["x"]) > index]
    free = len(points) > 0 and all(x < RIGHT for x in points)
    return {"x": RIGHT if free else LEFT, "y": LEVELS[index], "text": text}


def listed(names: list, values: list) -> str:
    """alpha = 0.3, l1_ratio = 0.5"""
    return ", ".join([f"{name} = {number(value, 6)}" for name, value in zip(names, values)])


def facts(data: dict) -> dict:
    """Our strengths, and the answer in words."""
    return {"lam_l1": data["lams"][0], "lam_l2": data["lams"][1], "verdict": verdict(data)}


def verdict(data: dict) -> str:
    """The second call, and what must be known for it to make the same fit."""
    one, other = conventions()[data["source"]], conventions()[data["target"]]
    begin = (
        f"{one['call']}, {listed(one['names'], data['given'])}: λ₁ = {number(data['lams'][0], 6)}, "
        f"λ₂ = {number(data['lams'][1], 6)} in our convention. "
    )
    if one["loss"] != other["loss"]:
        return f"{begin}It stands beside {ERRORS[one['loss']]}, {other['call']} beside {ERRORS[other['loss']]}: no strength makes the same fit."
    if len(data["found"]) == 0:
        return f"{begin}{other['call']} does not have both penalties, so no strength makes the same fit."
    alike = one["bias"] == other["bias"]
    return f"{begin}The same fit: {other['call']}, {listed(other['names'], data['found'])}." + (
        "" if alike else " One of the two penalises the bias as well, so that they agree without a bias only."
    )


def draw(figure, data: dict) -> None:
    """Three levels, and a line for each penalty."""
    axes = figure.subplots()
    axes.set_label("levels")
    axes.set_xscale("log")
    axes.set(xlim=(LEAST / 3, MOST * 3), ylim=(-0.35, 2.75), yticks=LEVELS)
    # Raised exponents could not be read on a phone.
    ticks = {1e-6: "1e−6", 1e-4: "0.0001", 0.01: "0.01", 1: "1", 100: "100", 1e4: "10,000", 1e6: "1e6", 1e8: "1e8"}
    axes.set_xticks(list(ticks), list(ticks.values()))
    axes.set_yticklabels(["from", "ours", "to"])
    axes.minorticks_off()
    axes.set_xlabel("strength, on a logarithmic axis")
    for level in LEVELS:
        axes.axhline(level, color="grid", linewidth=1.0, zorder=0.5)
    for key, line, marker, size in (("path_l1", L1, "o", 10), ("path_l2", L2, "s", 6.5)):
        looks = {"marker": marker, "markersize": size, "markeredgecolor": "paper", "linewidth": 1.8, "zorder": 3}
        plot(axes, data, key, **line, **looks)
    for key in ("said_source", "said_ours", "said_target"):
        label(axes, data, key, dy=9, ha="left", va="baseline", color="ink")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return f"Three levels of one logarithmic axis, from {data['source']} by way of our convention to {data['target']}. {facts['verdict']}"


run_script(__name__)

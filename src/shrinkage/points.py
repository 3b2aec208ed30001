"""What the points (w_j, D_j) of a fit tell: the arithmetic behind `implied_penalty`, of plain numbers and lists alone.

The page on the implied penalty is compiled from it, so that a reader's own fit is read there by the same code.
"""

from math import sqrt

from .penalties import sign

# The largest distance of a pull from the line, as a share of the largest pull, up to which the line explains the fit.
# Three or two points that are not checked by three others may come so close by chance: of them much more is asked.
EXPLAINED, EXPLAINED_BY_FEW = 1e-2, 1e-4
# A second strength is believed where without it the misfit is so many times as large, and beyond rounding.
WORTH_A_STRENGTH, ROUNDING = 3.0, 1e-9
# No pull worth the name, as a share of the pull at weights of 0: certainly, and where nothing better explains it.
NO_PULL, LITTLE_PULL = 1e-13, 1e-4
# A bias is free where the residuals cancel to this share of the sum of their sizes: iterations seldom get further.
FREE = 1e-5
# How close to the largest weight others must be to stand at the same wall.
WALL = 1e-2


# Lists of numbers. Their sums go from left to right, the same in every language.


def largest(values: list) -> float:
    """The largest size; 0 of none."""
    return max(0.0, max(values), -min(values)) if len(values) > 0 else 0.0


def product(one: list, other: list) -> float:
    """sum_i one_i other_i."""
    total = 0.0
    for left, right in zip(one, other):
        total += left * right
    return total


def mean(values: list) -> float:
    """Of one number or more."""
    total = 0.0
    for value in values:
        total += value
    return total / len(values)


def median(values: list) -> float:
    """Of one number or more."""
    in_order, half = sorted(values), len(values) // 2
    return in_order[half] if len(values) % 2 == 1 else (in_order[half - 1] + in_order[half]) / 2


# From data to points, for one small enough to be typed.


def errors_of(X: list, y: list, w: list, b: float) -> list:
    """The residuals r = y - X w - b, X a list of rows."""
    return [target - product(row, w) - b for row, target in zip(X, y)]


def pulls_of(X: list, residuals: list) -> list:
    """D_j = 2 x_j . r, the pull of the squared error at each weight."""
    pulls = [0.0] * len(X[0])
    for row, residual in zip(X, residuals):
        pulls = [pull + 2 * residual * value for pull, value in zip(pulls, row)]
    return pulls


def deviations(X: list) -> list:
    """The standard deviation of each column, divisor n."""
    found = []
    for j in range(len(X[0])):
        column = [row[j] for row in X]
        centre = mean(column)
        found.append(sqrt(mean([(value - centre) * (value - centre) for value in column])))
    return found


# Reading


def reading(
    kind: str,
    lam_l1: float = None,
    lam_l2: float = None,
    box: float = None,
    misfit: float = 0.0,
    violation: float = None,
    unjustified_zeros: list = None,
    why: str = "",
) -> dict:
    """The fields of a Reading, by name; None for what is not known."""
    return {
        "kind": kind,
        "lam_l1": lam_l1,
        "lam_l2": lam_l2,
        "box": box,
        "misfit": misfit,
        "violation": violation,
        "unjustified_zeros": [] if unjustified_zeros is None else unjustified_zeros,
        "why": why,
    }


def read_points(w: list, pulls: list, start: float) -> dict:
    """A reading of weights and their pulls alone; `start` is the size of the pull at weights of 0."""
    most = largest(pulls)
    if most <= NO_PULL * start:
        return reading("none", 0.0, 0.0, violation=most)
    size = [abs(one) for one in w if one != 0]
    if len(size) == 0:
        return reading("undetermined", why=f"All weights are 0: an L1 strength of {most:.6g} or more explains that")
    # Outwards, away from 0, is positive.
    pull = [at if one > 0 else -at for one, at in zip(w, pulls) if one != 0]
    if largest(pull) <= NO_PULL * start:
        return reading("undetermined", why="The data pull at weights that are 0 and at no others")
    tried = candidates(size, pull)
    good = [one for one in tried if one["good"]]
    if len(good) > 0:
        wanted = max(ROUNDING, WORTH_A_STRENGTH * min([one["misfit"] for one in good]))
        chosen = [one for one in good if one["misfit"] <= wanted]
        first = chosen[0]
        if first["kind"] == "l1" and len(chosen) > 1 and chosen[1]["kind"] == "squared_l2":
            return reading("undetermined", misfit=first["misfit"], why=of_one_size(mean(size), mean(pull)))
        return with_zeros(first, w, pulls)
    box = read_box(w, pulls, most)
    if box is not None:
        return box
    if most <= LITTLE_PULL * start:
        return reading("none", 0.0, 0.0, violation=most)
    if len(size) < 3:
        at_zeros = [at for one, at in zip(w, pulls) if one == 0]
        return reading("undetermined", why=too_few(size, pull, at_zeros))
    return reading("unexplained", misfit=min([one["misfit"] for one in tried]))


def read_scaled(w: list, pulls: list, scale: list) -> dict:
    """The reading for a penalty on scale_j w_j, whose pulls are D_j / scale_j, as of features standardised inside."""
    scaled = [pull / s for pull, s in zip(pulls, scale)]
    return read_points([one * s for one, s in zip(w, scale)], scaled, largest(scaled))


def candidates(size: list, pull: list) -> list:
    """Each penalty that has fewer strengths than there are weights to show them, with its misfit and whether that is good."""
    most, found = largest(pull), []
    for kind, n_strengths in (("l1", 1), ("squared_l2", 1), ("elastic_net", 2)):
        if len(size) > n_strengths:
            lam_l1, lam_l2 = line(size, pull, kind)
            misfit = largest([at - lam_l1 - 2 * lam_l2 * one for one, at in zip(size, pull)]) / most
            allowed = EXPLAINED if len(size) - n_strengths >= 3 else EXPLAINED_BY_FEW
            good = misfit <= allowed and lam_l1 >= 0 and lam_l2 >= 0
            found.append({"kind": kind, "lam_l1": lam_l1, "lam_l2": lam_l2, "misfit": misfit, "good": good})
    return found


def line(size: list, pull: list, kind: str) -> list:
    """[lam_l1, lam_l2] by least squares: pull = lam_l1 + 2 lam_l2 size, one of them 0 unless `kind` has both."""
    if kind == "l1":
        return [mean(pull), 0.0]
    # Scaled, as squares of tiny weights would vanish.
    unit, centre = largest(size), 0.0 if kind == "squared_l2" else mean(size)
    along = [(one - centre) / unit for one in size]
    length = product(along, along)
    slope = product(pull, along) / length / unit if length > 0 else 0.0
    return [mean(pull) - slope * centre if kind == "elastic_net" else 0.0, slope / 2]


def with_zeros(found: dict, w: list, pulls: list) -> dict:
    """The reading with its violation, and with the zeros that its penalty does not hold."""
    lam_l1, lam_l2, misfit = found["lam_l1"], found["lam_l2"], found["misfit"]
    off = [
        max(abs(at) - lam_l1, 0.0) if one == 0 else at - (lam_l1 if one > 0 else -lam_l1) - 2 * lam_l2 * one
        for one, at in zip(w, pulls)
    ]
    allowed = max(EXPLAINED_BY_FEW, WORTH_A_STRENGTH * misfit) * largest(pulls)
    beyond = [j for j in range(len(w)) if w[j] == 0 and off[j] > allowed]
    return reading(found["kind"], lam_l1, lam_l2, None, misfit, largest(off), beyond)


def read_box(w: list, pulls: list, most: float) -> dict:
    """A box, where several weights of one size are pulled outwards and nothing pulls at all others, or None."""
    edge = (1 - WALL) * largest(w)
    at_wall = [abs(one) for one in w if abs(one) >= edge]
    # Inside nothing pulls; at the wall nothing pulls inwards.
    inwards = [abs(at) if abs(one) < edge else -at if one > 0 else at for one, at in zip(w, pulls)]
    inside = max(0.0, max(inwards))
    if len(at_wall) < 2 or len(w) < 4 or inside > EXPLAINED * most:
        return None
    return reading("box", box=median(at_wall), misfit=inside / most, violation=inside)


def read_bias(b: float, pull: float, total: float, lam_l1: float, lam_l2: float, misfit: float) -> list:
    """["free" and so on, its strength of squared L2 or None]; `total` sums the sizes that the pull at the bias adds up."""
    known = lam_l1 is not None and lam_l2 is not None
    if b is None:
        return ["absent", None]
    if known:
        same = lam_l1 * sign(b) + 2 * lam_l2 * b
        if same != 0 and abs(pull - same) <= max(1e-6, 10 * misfit) * abs(pull):
            return ["same", lam_l2]
    if abs(pull) <= max(FREE, min(10 * misfit, EXPLAINED)) * total:
        return ["free", 0.0]
    if known and b == 0 and abs(pull) <= lam_l1:
        return ["same", lam_l2]
    return ["own", pull / (2 * b)] if pull * b > 0 else ["unexplained", None]


# In words


def of_one_size(size: float, pull: float) -> str:
    """Why weights of one size do not tell."""
    return (
        f"All weights that are not 0 have the size {size:.6g}, so that L1 and squared L2 cannot be told apart: "
        f"any lam_l1 + {2 * size:.6g} lam_l2 = {pull:.6g} explains the fit, and so does a box of that size"
    )


def too_few(size: list, pull: list, at_zeros: list) -> str:
    """Why one or two weights do not tell."""
    if len(size) == 1:
        held = largest(at_zeros)
        why = f"One weight that is not 0 cannot tell L1 and squared L2 apart: {pull[0]:.6g} = lam_l1 + {2 * size[0]:.6g} lam_l2"
        return why + (f", where lam_l1 is at least {held:.6g} as it holds the zeros" if held > 0 else "")
    lam_l1, lam_l2 = line(size, pull, "elastic_net")
    return (
        "Two weights that are not 0 lie on neither penalty alone, and an elastic net fits any two: "
        f"it would have lam_l1 = {lam_l1:.6g} and lam_l2 = {lam_l2:.6g}"
    )


NOUNS = {"none": "least squares", "l1": "the lasso", "squared_l2": "ridge", "elastic_net": "the elastic net"}


def strengths_in_words(found: dict) -> str:
    """With which strengths, in our convention."""
    if found["kind"] == "none":
        return ""
    lam_l1, lam_l2 = found["lam_l1"], found["lam_l2"]
    if found["kind"] == "elastic_net":
        return f" with lam_l1 = {lam_l1:.6g} and lam_l2 = {lam_l2:.6g} in our convention"
    return f" with lambda = {lam_l1 + lam_l2:.6g} in our convention"


def penalty_in_words(found: dict, nouns: dict) -> str:
    """Which penalty, if any: `found` has the fields of an ImpliedPenalty, by name; `nouns` what each kind is called."""
    kind, misfit = found["kind"], found["misfit"]
    if found["lam_l1"] is not None and found["lam_l2"] is not None:
        units = ", on the weights of features divided by their standard deviations (divisor n)"
        return (
            f"This is {nouns[kind]}{strengths_in_words(found)}{units if found['units'] != 'raw' else ''}"
            f" (misfit {misfit:.1e} of the largest pull)."
        )
    if kind == "box":
        return (
            f"This is the least error in a box, all |w_j| <= {found['box']:.6g}, as AdamW with decay {1 / found['box']:.4g} has it: "
            f"nothing pulls at the weights inside (misfit {misfit:.1e})."
        )
    if kind == "undetermined":
        return f"The evidence does not tell. {str(found['why'])}."
    return (
        f"No penalty of L1 and squared L2 explains this fit: the nearest line misses a pull by {misfit:.1e} of the largest. "
        "It has not converged, or something else was minimised."
    )


def bias_in_words(found: dict) -> str:
    """What holds the bias; empty where there is none."""
    if found["bias"] == "own" and found["lam_l1"] is None:
        return f"If a penalty of its own holds the bias, it is squared L2 with lambda = {found['bias_lam']:.6g}."
    if found["bias"] == "own":
        return f"The bias carries a penalty of its own, squared L2 with lambda = {found['bias_lam']:.6g}."
    if found["bias"] == "unexplained":
        total = found["residual_sum"]
        return f"The bias is not where the error is least, and no penalty holds it there: the residuals sum to {total:.4g}."
    says = {"free": "The bias is free.", "same": "The bias carries the same penalty.", "absent": ""}
    return says[found["bias"]]


def zeros_in_words(found: dict) -> list:
    """Which zeros are missing, which have no reason, and how many have one; a sentence each."""
    said, n_zeros = [], found["n_zeros"]
    if len(found["missing_zeros"]) > 0:
        said.append(f"{indices(found['missing_zeros'])} should be exactly 0: the penalty holds the pull there.")
    if len(found["unjustified_zeros"]) > 0:
        which = indices(found["unjustified_zeros"])
        said.append(f"{which} should not be 0: the pull there is more than the penalty holds.")
    elif n_zeros > 0 and found["kind"] in ["l1", "elastic_net"]:
        zeros = "1 weight is exactly 0" if n_zeros == 1 else f"{n_zeros} weights are exactly 0"
        said.append(f"{zeros}, with reason: the largest pull there is {found['pull_at_zeros']:.6g}.")
    return said


def indices(which: list) -> str:
    """The first few of these weights, and how many more there are."""
    shown = ", ".join([f"w[{j}]" for j in which[:5]])
    return shown + (f" and {len(which) - 5} more" if len(which) > 5 else "")


def sklearn_call(name: str, names: list, values: list, more: list, has_bias: bool) -> str:
    """Ridge(alpha=30, fit_intercept=False)"""
    given = [f"{argument}={value:.6g}" for argument, value in zip(names, values)]
    return f"{name}({', '.join(given + more + ([] if has_bias else ['fit_intercept=False']))})"

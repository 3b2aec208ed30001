"""Which penalty did a fit minimise? Read it off the weights, whatever program made them.

At a minimiser of  error(w, b) + lam_l1 |w|_1 + lam_l2 |w|^2  the pull of the data at each weight, D_j = -d error / d w_j,
is a slope of the penalty there:

    D_j = lam_l1 sign(w_j) + 2 lam_l2 w_j   where w_j is not 0,        |D_j| <= lam_l1   where it is.

So the points (|w_j|, D_j sign(w_j)) of the weights that are not 0 lie on a line whose height at 0 is lam_l1 and whose slope
is 2 lam_l2. With more points than unknowns the line can be wrong, and where it is, nothing is read off.

The errors, none of them averaged, with z_i = x_i . w + b:

    squared_error   sum_i (z_i - y_i)^2                      D_j = 2 x_j . (y - z)
    logistic        sum_i log(1 + exp(z_i)) - y_i z_i        D_j = x_j . (y - 1 / (1 + exp(-z))),   y_i 0 or 1
    poisson         sum_i exp(z_i) - y_i z_i                 D_j = x_j . (y - exp(z)),              y_i >= 0
"""

from dataclasses import dataclass, field, replace

import numpy as np

from ._checks import _floats, _refuse, array, checked, number
from .translation import translate

# The largest distance of a pull from the line, as a share of the largest pull, up to which the line explains the fit.
# Three or two points that are not checked by three others may come so close by chance: of them much more is asked.
EXPLAINED, EXPLAINED_BY_FEW = 1e-2, 1e-4
# A second strength is believed where without it the misfit is so many times as large, and beyond rounding.
WORTH_A_STRENGTH, ROUNDING = 3.0, 1e-9
# No pull worth the name, as a share of the pull at weights of 0: certainly, and where nothing better explains it.
NO_PULL, LITTLE_PULL = 1e-13, 1e-4
# A bias is free where the residuals cancel to this share of the sum of their sizes: iterations seldom get further.
FREE = 1e-5
# A larger misfit than this makes one ask whether something else explains the fit better.
LOOSE = 1e-6
# How close to the largest weight others must be to stand at the same wall.
WALL = 1e-2
# To find the one weight that is wrong, all products of two features are formed.
MOST_FEATURES_COMPARED = 1000
# A block of X that is used three times should stay near the processor.
BLOCK = 2**17

NAMES = {
    "none": "no penalty",
    "l1": "L1",
    "squared_l2": "squared L2",
    "elastic_net": "the elastic net",
}


@dataclass(frozen=True)
class Reading:
    """The penalty that some weights and their pulls show.

    Attributes:
        kind: "none", "l1", "squared_l2", "elastic_net" or "box"; "undetermined" where the evidence fits several, and
            "unexplained" where it fits none of these.
        lam_l1: strength of L1, or None where it is not known.
        lam_l2: strength of squared L2, or None where it is not known.
        box: c where the fit is that of least error with all |w_j| <= c, otherwise None.
        misfit: largest distance of a pull from the penalty's slopes at weights that are not 0, as a share of the largest
            pull. Where nothing explains the fit, that of the line that comes closest.
        violation: largest distance of any pull from the slopes of the penalty that was read off, zeros included, in units of
            the pull; None where none was.
        missing_zeros: weights that are not 0 although the penalty holds the data's pull there.
        unjustified_zeros: weights that are 0 although the data's pull there is more than the penalty holds.
        why: what is wrong with the evidence, in words; empty where nothing is.
    """

    kind: str
    lam_l1: float | None = None
    lam_l2: float | None = None
    box: float | None = None
    misfit: float = 0.0
    violation: float | None = None
    missing_zeros: tuple = ()
    unjustified_zeros: tuple = ()
    why: str = ""

    @property
    def strengths_known(self):
        return self.lam_l1 is not None and self.lam_l2 is not None


@dataclass(frozen=True)
class ImpliedPenalty(Reading):
    """What a fit tells about the penalty that it minimised; `str(...)` says it in words.

    Attributes:
        loss: the error that was assumed.
        n_samples: rows of X.
        units: "raw" where the penalty is on the weights as given; "standardised" where it is on the weights times their
            feature's standard deviation (divisor n), as of features standardised inside.
        n_zeros: weights that are exactly 0.
        pull_at_zeros: the largest |D_j| at them, in the units of `units`; None where there are none.
        residual_sum: sum_i r_i, r the residuals y - prediction; it is 0 where the bias is free.
        bias: "absent", "free", "same" (it carries the weights' penalty), "own" (squared L2 of another strength), or
            "unexplained".
        bias_lam: strength of squared L2 on the bias; 0 where it is free, None where there is none or it is not known.
        distance: how far from converged: `violation` as a share of the pull at weights of 0; without strengths, the largest
            pull as such a share.
        wrong_weight: index of the one weight that does not belong to the others, or None; -1 stands for the bias.
        right_value: the value that would belong there, or None. Strengths are those of the fit with that value.
        stopped_after: steps times step size where the fit is descent from 0 without a penalty, stopped on the way, or None.
        single_precision: whether the weights are rounded to float32.
        pulls: D, shape (n_features,).
        groups: the Reading of each group, by label; empty where no groups were given.
    """

    loss: str = "squared_error"
    n_samples: int = 0
    units: str = "raw"
    n_zeros: int = 0
    pull_at_zeros: float | None = None
    residual_sum: float = 0.0
    bias: str = "absent"
    bias_lam: float | None = None
    distance: float = 0.0
    wrong_weight: int | None = None
    right_value: float | None = None
    stopped_after: float | None = None
    single_precision: bool = False
    pulls: np.ndarray = field(default=None, repr=False, compare=False)
    groups: dict = field(default_factory=dict)

    @property
    def sklearn(self):
        """The call of scikit-learn that makes the same fit, or None where there is none."""
        return _sklearn_call(self)

    @property
    def sentence(self):
        """All that was read off, in words."""
        return " ".join(_sentences(self))

    def __str__(self):
        return self.sentence


# The three errors: what is predicted, how fast that changes with z, and the factor of the pull.
LOSSES = {
    "squared_error": (2.0, lambda z: z, lambda z: np.ones_like(z), lambda mean: mean),
    "logistic": (
        1.0,
        lambda z: 1 / (1 + np.exp(-z)),
        lambda z: 1 / (2 + np.exp(z) + np.exp(-z)),
        lambda mean: np.log(mean / (1 - mean)),
    ),
    "poisson": (1.0, np.exp, np.exp, np.log),
}


def _matrix(name, value):
    """As array("n_samples", "n_features"), but not read through: what is not finite shows in the pulls."""
    expected = "an array of finite numbers of shape (n_samples, n_features)"
    value = _floats(name, value, expected)
    if np.ndim(value) != 2:
        _refuse(name, expected, f"shape {np.shape(value)}")
    return value


_matrix.sizes = ("n_samples", "n_features")
_every_entry = array("n_samples", "n_features")


def _bias_kind(name, value):
    return None if value is None else number(name, value)


def _loss_kind(name, value):
    if not isinstance(value, str) or value not in LOSSES:
        _refuse(name, f"one of {', '.join(LOSSES)}", repr(value))
    return value


def _groups_kind(name, value):
    """None, or a tuple of one label for each feature."""
    if value is None:
        return None
    if isinstance(value, str) or not hasattr(value, "__len__") or len(value) == 0:
        _refuse(name, "None or one label for each feature", repr(value))
    labels = tuple(value.tolist() if isinstance(value, np.ndarray) else value)
    if not all(isinstance(label, (str, int)) and not isinstance(label, bool) for label in labels):
        _refuse(name, "None or one label for each feature, each a string or an integer", repr(labels))
    return labels


def _fits_together(X, y, w, b, loss, groups):
    if groups is not None and len(groups) != len(w):
        raise ValueError(f"groups must have n_features = {len(w)} labels as X has columns, got {len(groups)}")
    if loss == "logistic" and not np.isin(y, (0.0, 1.0)).all():
        raise ValueError(f"y must be 0 or 1 for the logistic loss, got {float(y[~np.isin(y, (0.0, 1.0))][0])!r}")
    if loss == "poisson" and (y < 0).any():
        raise ValueError(f"y must be >= 0 for the Poisson loss, got {float(y[y < 0][0])!r}")


@checked(
    _fits_together,
    X=_matrix,
    y=array("n_samples"),
    w=array("n_features"),
    b=_bias_kind,
    loss=_loss_kind,
    groups=_groups_kind,
)
def implied_penalty(X, y, w, b=None, loss="squared_error", groups=None):
    """The penalty that (w, b) minimises beside the error: D_j = lam_l1 sign(w_j) + 2 lam_l2 w_j, read from right to left.

    L1, squared L2, both, none and a box |w_j| <= c are tried, on the weights as given and then as of standardised features.
    Where none of them explains the fit, so are single faults: weights that should have been set to 0, one wrong weight,
    a wrong bias, descent that was stopped early. Where evidence is missing or fits several penalties, no strength is given.

    It takes one pass through X, and a few more where the first does not explain the fit.

    Args:
        X: shape (n_samples, n_features).
        y: shape (n_samples,); 0 or 1 for the logistic loss, >= 0 for the Poisson loss.
        w: fitted weights, shape (n_features,).
        b: fitted bias; None where the model has none.
        loss: "squared_error", "logistic" or "poisson": the error, summed over the samples, without 1/2.
        groups: None, or a label for each feature: a penalty is read off for each label's weights alone.

    Returns:
        An ImpliedPenalty.

    Raises:
        ValueError: an argument is not finite, is empty, the shapes do not match, y does not suit the loss, or the loss is
            not known.

    Source:
        Derived here from the optimality conditions of Hastie, Tibshirani and Wainwright (2015), Statistical Learning with
        Sparsity, sections 2.2, 3.2 and 4.2; the box from Boyd and Vandenberghe (2004), Convex Optimization, section 5.5.3.
    """
    fit = _Fit(X, y, w, b, loss)
    if groups is not None:
        return _by_groups(fit, groups)
    reading = _read(fit.w, fit.pulls, fit.start)
    found = _complete(fit, reading)
    if found.kind == "squared_l2" and found.misfit > LOOSE:
        # Shortly after its start, descent looks much like ridge.
        better = _stopped_early(fit, found)
        if better is not None:
            return better
    if found.kind != "unexplained" and not found.unjustified_zeros:
        return found
    for other in (_standardised, _with_missing_zeros, _one_wrong, _stopped_early):
        better = other(fit, found)
        if better is not None:
            return better
    return found


class _Fit:
    """The fit and its pulls, from one pass through X."""

    def __init__(self, X, y, w, b, loss):
        self.X, self.y, self.w, self.b, self.loss = X, y, w, b, loss
        factor, predict, _, _ = LOSSES[loss]
        n_samples, n_features = X.shape
        at_start = np.mean(y) if b is not None else predict(0.0)
        self.residuals = np.empty(n_samples)
        pulls, start = np.zeros(n_features), np.zeros(n_features)
        rows = max(1, BLOCK // n_features)
        with np.errstate(over="ignore", invalid="ignore"):
            for i in range(0, n_samples, rows):
                block, part = X[i : i + rows], y[i : i + rows]
                z = block @ w
                if b is not None:
                    z += b
                residuals = self.residuals[i : i + rows] = part - predict(z)
                pulls += residuals @ block
                start += (part - at_start) @ block
            self.pulls = factor * pulls
            self.bias_pull = factor * float(self.residuals.sum())
        self.start = factor * float(np.max(np.abs(start)))
        self.total = factor * float(np.sum(np.abs(self.residuals)))
        if not (np.isfinite(self.pulls).all() and np.isfinite(self.start) and np.isfinite(self.bias_pull)):
            _every_entry("X", X)
            raise ValueError("X, y and w must be small enough for finite residuals and pulls, got overflow")

    def curvatures(self):
        """d^2 error / d w_j^2 for each weight."""
        return np.einsum("ij,ij,i->j", self.X, self.X, self.rates())

    def rates(self):
        """How fast half of a pull's sum changes with each z_i, times the pull's factor."""
        factor, _, rate, _ = LOSSES[self.loss]
        z = self.X @ self.w + (0.0 if self.b is None else self.b)
        with np.errstate(over="ignore"):
            return factor * rate(z)

    def changed(self, w, b):
        return _Fit(self.X, self.y, w, b, self.loss)


def _largest(values):
    return float(np.max(np.abs(values))) if len(values) else 0.0


def _line(size, pull, kind):
    """(lam_l1, lam_l2) by least squares: pull = lam_l1 + 2 lam_l2 size, one of them 0 unless `kind` has both."""
    if kind == "l1":
        return float(pull.mean()), 0.0
    if kind == "squared_l2":
        # Scaled, as squares of tiny weights would vanish.
        unit = size / size.max()
        return 0.0, float(pull @ unit / (unit @ unit) / 2 / size.max())
    centre = size.mean()
    unit = (size - centre) / size.max()
    slope = float(pull @ unit / (unit @ unit) / size.max()) if unit.any() else 0.0
    return float(pull.mean() - slope * centre), slope / 2


def _candidates(size, pull):
    """(kind, lam_l1, lam_l2, misfit) of each penalty that has fewer strengths than there are weights to show them."""
    largest = _largest(pull)
    for kind, n_strengths in (("l1", 1), ("squared_l2", 1), ("elastic_net", 2)):
        if len(size) > n_strengths:
            lam_l1, lam_l2 = _line(size, pull, kind)
            misfit = _largest(pull - lam_l1 - 2 * lam_l2 * size) / largest
            allowed = EXPLAINED if len(size) - n_strengths >= 3 else EXPLAINED_BY_FEW
            positive = lam_l1 >= 0 and lam_l2 >= 0
            yield kind, lam_l1, lam_l2, misfit, misfit <= allowed and positive


def _read(w, pulls, start):
    """A Reading of weights and their pulls alone; `start` is the size of the pull at weights of 0."""
    active = w != 0
    largest = _largest(pulls)
    if largest <= NO_PULL * start:
        return Reading("none", 0.0, 0.0, misfit=0.0, violation=largest)
    if not active.any():
        return Reading("undetermined", why=f"All weights are 0: an L1 strength of {largest:.6g} or more explains that")
    size, pull = np.abs(w[active]), pulls[active] * np.sign(w[active])
    if _largest(pull) <= NO_PULL * start:
        return Reading("undetermined", why="The data pull at weights that are 0 and at no others")
    candidates = list(_candidates(size, pull))
    good = [candidate for candidate in candidates if candidate[-1]]
    if good:
        wanted = max(ROUNDING, WORTH_A_STRENGTH * min(misfit for *_, misfit, _ in good))
        chosen = [candidate for candidate in good if candidate[3] <= wanted]
        kind, lam_l1, lam_l2, misfit, _ = chosen[0]
        if kind == "l1" and chosen[1:] and chosen[1][0] == "squared_l2":
            return Reading(
                "undetermined",
                misfit=misfit,
                why=f"All weights that are not 0 have the size {size.mean():.6g}, so that L1 and squared L2 cannot be told apart: "
                f"any lam_l1 + {2 * size.mean():.6g} lam_l2 = {pull.mean():.6g} explains the fit, and so does a box of that size",
            )
        return _with_zeros(Reading(kind, lam_l1, lam_l2, misfit=misfit), w, pulls)
    box = _read_box(w, pulls)
    if box is not None:
        return box
    if largest <= LITTLE_PULL * start:
        return Reading("none", 0.0, 0.0, misfit=0.0, violation=largest)
    if len(size) < 3:
        return Reading("undetermined", why=_too_few(size, pull, pulls[~active]))
    return Reading("unexplained", misfit=min(misfit for *_, misfit, _ in candidates))


def _too_few(size, pull, at_zeros):
    if len(size) == 1:
        why = f"One weight that is not 0 cannot tell L1 and squared L2 apart: {pull[0]:.6g} = lam_l1 + {2 * size[0]:.6g} lam_l2"
        held = _largest(at_zeros)
        return why + (f", where lam_l1 is at least {held:.6g} as it holds the zeros" if held > 0 else "")
    lam_l1, lam_l2 = _line(size, pull, "elastic_net")
    return (
        "Two weights that are not 0 lie on neither penalty alone, and an elastic net fits any two: "
        f"it would have lam_l1 = {lam_l1:.6g} and lam_l2 = {lam_l2:.6g}"
    )


def _with_zeros(reading, w, pulls):
    """The reading with its violation, and with the zeros that its penalty does not hold."""
    active = w != 0
    at_zeros = np.where(active, 0.0, np.maximum(np.abs(pulls) - reading.lam_l1, 0.0))
    elsewhere = np.where(active, np.abs(pulls - reading.lam_l1 * np.sign(w) - 2 * reading.lam_l2 * w), 0.0)
    elsewhere[list(reading.missing_zeros)] = 0.0
    allowed = max(EXPLAINED_BY_FEW, WORTH_A_STRENGTH * reading.misfit) * _largest(pulls)
    beyond = tuple(np.flatnonzero(at_zeros > allowed).tolist())
    return replace(reading, violation=max(_largest(at_zeros), _largest(elsewhere)), unjustified_zeros=beyond)


def _read_box(w, pulls):
    """A box, where several weights of one size are pulled outwards and nothing pulls at all others, or None."""
    size = np.abs(w)
    at_wall = size >= (1 - WALL) * size.max()
    # Inside nothing pulls; at the wall nothing pulls inwards.
    inside = max(_largest(pulls[~at_wall]), -np.min(pulls[at_wall] * np.sign(w[at_wall])), 0.0)
    if np.sum(at_wall) < 2 or len(w) < 4 or inside > EXPLAINED * _largest(pulls):
        return None
    return Reading("box", box=float(np.median(size[at_wall])), misfit=inside / _largest(pulls), violation=inside)


def _complete(fit, reading, scale=1.0, **more):
    """The Reading with all that concerns the whole fit: bias, zeros, distance. `scale` is what features were divided by."""
    zeros = fit.w == 0
    bias, bias_lam = _read_bias(fit, reading)
    violation = _largest(fit.pulls) if reading.violation is None else reading.violation
    return ImpliedPenalty(
        **vars(reading),
        loss=fit.loss,
        n_samples=len(fit.y),
        n_zeros=int(zeros.sum()),
        pull_at_zeros=_largest((fit.pulls / scale)[zeros]) if zeros.any() else None,
        residual_sum=float(fit.residuals.sum()),
        bias=bias,
        bias_lam=bias_lam,
        distance=violation / fit.start if fit.start > 0 else 0.0,
        single_precision=_in_single_precision(fit.w),
        pulls=fit.pulls,
        **more,
    )


def _in_single_precision(w):
    """Whether all weights are float32 numbers, and some of them need nearly all of its digits."""
    with np.errstate(over="ignore", under="ignore"):
        short = w.astype(np.float32).astype(float)
        return bool((short == w).all() and (w.astype(np.float16).astype(float) != w).any())


def _read_bias(fit, reading):
    """("free" and so on, its strength of squared L2 or None)."""
    if fit.b is None:
        return "absent", None
    pull = fit.bias_pull
    if reading.strengths_known:
        same = reading.lam_l1 * np.sign(fit.b) + 2 * reading.lam_l2 * fit.b
        near = max(1e-6, 10 * reading.misfit)
        if same != 0 and abs(pull - same) <= near * abs(pull):
            return "same", reading.lam_l2
    if abs(pull) <= max(FREE, min(10 * reading.misfit, EXPLAINED)) * fit.total:
        return "free", 0.0
    if reading.strengths_known and fit.b == 0 and abs(pull) <= reading.lam_l1:
        return "same", reading.lam_l2
    if pull * fit.b > 0:
        return "own", float(pull / (2 * fit.b))
    return "unexplained", None


def _by_groups(fit, groups):
    readings = {}
    for label in dict.fromkeys(groups):
        members = np.flatnonzero([other == label for other in groups])
        reading = _read(fit.w[members], fit.pulls[members], fit.start)
        readings[label] = replace(
            reading,
            missing_zeros=tuple(int(members[j]) for j in reading.missing_zeros),
            unjustified_zeros=tuple(int(members[j]) for j in reading.unjustified_zeros),
        )
    parts = list(readings.values())
    violations = [part.violation for part in parts]
    kinds = {part.kind for part in parts}
    alike = len(kinds) == 1 and all(
        part.strengths_known
        and np.allclose([part.lam_l1, part.lam_l2], [parts[0].lam_l1, parts[0].lam_l2], rtol=1e-6, atol=0)
        for part in parts
    )
    whole = Reading(
        kinds.pop() if len(kinds) == 1 else "by_group",
        lam_l1=parts[0].lam_l1 if alike else None,
        lam_l2=parts[0].lam_l2 if alike else None,
        misfit=max(part.misfit for part in parts),
        violation=None if None in violations else max(violations),
        missing_zeros=tuple(sorted(j for part in parts for j in part.missing_zeros)),
        unjustified_zeros=tuple(sorted(j for part in parts for j in part.unjustified_zeros)),
    )
    return _complete(
        fit, whole if alike or whole.kind == "by_group" else replace(whole, kind="by_group"), groups=readings
    )


# What may explain a fit that no penalty on the weights as given explains. Each returns an ImpliedPenalty or None.


def _standardised(fit, found):
    """The penalty on the weights of features that were divided by their standard deviations."""
    scale = fit.X.std(axis=0)
    if not (scale > 0).all():
        return None
    reading = _read(fit.w * scale, fit.pulls / scale, _largest(fit.pulls / scale))
    if reading.kind not in ("l1", "squared_l2", "elastic_net") or reading.unjustified_zeros:
        return None
    return _complete(fit, reading, scale, units="standardised")


def _with_missing_zeros(fit, found):
    """L1 or the elastic net on the larger weights, where it holds the data's pull at each of the smaller ones."""
    size = np.abs(fit.w)
    order = np.argsort(size)
    order = order[size[order] > 0]
    if len(order) < 4:
        return None
    # Where smaller weights end: at a gap, as those that hover around 0 have no common size with the others.
    gaps = np.log(size[order[1:]]) - np.log(size[order[:-1]])
    at_zero = fit.pulls + fit.curvatures() * fit.w
    for cut in sorted(np.argsort(-gaps)[:50] + 1):
        left = np.where(size >= size[order[cut]], fit.w, 0.0)
        small = order[:cut]
        reading = _read(left, np.where(left == 0, 0.0, fit.pulls), fit.start)
        held = reading.lam_l1
        if held and np.all(np.abs(at_zero[small]) <= held) and np.all(np.abs(fit.pulls[small]) <= held):
            reading = replace(reading, missing_zeros=tuple(sorted(small.tolist())))
            return _complete(fit, _with_zeros(reading, fit.w, fit.pulls))
    return None


def _one_wrong(fit, found):
    """One weight, or the bias, without which all others agree on a penalty: its right value is solved for."""
    n_features = len(fit.w)
    if n_features > MOST_FEATURES_COMPARED or np.sum(fit.w != 0) < 6:
        return None
    if fit.b is not None and abs(fit.bias_pull) > ROUNDING * fit.total:
        better = fit.changed(fit.w, _best_bias(fit))
        reading = _read(better.w, better.pulls, better.start)
        if reading.strengths_known and not reading.unjustified_zeros:
            return _complete(better, reading, wrong_weight=-1, right_value=better.b)
    for kind in ("l1", "squared_l2", "elastic_net"):
        better = fit
        suspect = None
        for _ in range(20):
            suspect, change = _suspect(better, kind, suspect)
            w = better.w.copy()
            w[suspect] += change
            better = better.changed(w, better.b)
            if abs(change) <= 1e-13 * abs(w[suspect]):
                break
        reading = _read(better.w, better.pulls, better.start)
        if reading.kind == kind and reading.misfit <= EXPLAINED_BY_FEW and not reading.unjustified_zeros:
            return _complete(better, reading, wrong_weight=int(suspect), right_value=float(better.w[suspect]))
    return None


def _best_bias(fit):
    """The bias of least error for these weights, by Newton's method from the given one."""
    b = fit.b
    factor, predict, rate, _ = LOSSES[fit.loss]
    z = fit.X @ fit.w
    with np.errstate(over="ignore"):
        for _ in range(50):
            step = float(np.sum(fit.y - predict(z + b)) / np.sum(rate(z + b)))
            b += step
            if not abs(step) > 1e-15 * abs(b):
                break
    return b


def _suspect(fit, kind, suspect):
    """(index, change): the weight whose change brings the pulls of all others nearest to a line, and that change.

    To first order, exactly for the squared error, a change of w_k moves the pull at w_j by -change times the product of
    features j and k. For each k the other weights' pulls are fitted by the penalty's slopes and these products.
    """
    products = (fit.X * fit.rates()[:, None]).T @ fit.X
    signs = np.sign(fit.w)
    slopes = {"l1": [signs], "squared_l2": [fit.w], "elastic_net": [signs, fit.w]}[kind]
    best = None
    for k in range(len(fit.w)) if suspect is None else [suspect]:
        others = fit.w != 0
        others[k] = False
        design = np.column_stack([*(slope[others] for slope in slopes), products[others, k]])
        size = np.max(np.abs(design), axis=0)
        size[size == 0] = 1.0
        solution = np.linalg.lstsq(design / size, fit.pulls[others], rcond=None)[0] / size
        left = np.linalg.norm(fit.pulls[others] - design @ solution)
        if best is None or left < best[0]:
            best = left, k, float(solution[-1])
    return best[1], best[2]


def _stopped_early(fit, found):
    """Descent from 0 in small steps without a penalty, stopped on the way.

    With the squared error the weight along each direction of the data, of strength s_i (a singular value of the centred X), is
    still the share exp(-2 s_i^2 t) of its way from the end after the time t = steps times step size. The pull shows
    that share, so each direction tells t, and they must agree.
    """
    if fit.loss != "squared_error" or not 3 <= len(fit.w) <= MOST_FEATURES_COMPARED:
        return None
    X = fit.X if fit.b is None else fit.X - fit.X.mean(axis=0)
    residuals = fit.residuals if fit.b is None else fit.residuals - fit.residuals.mean()
    left, strengths, directions = np.linalg.svd(X, full_matrices=False)
    strong = strengths > 1e-8 * strengths[0]
    ahead = left[:, strong].T @ residuals
    behind = strengths[strong] * (directions[strong] @ fit.w)
    with np.errstate(all="ignore"):
        share = ahead / (ahead + behind)
        times = -np.log(share) / (2 * strengths[strong] ** 2)
    # A direction that has all but arrived, or has hardly begun, shows its time badly.
    telling = (share > 1e-6) & (share < 1 - 1e-6) & np.isfinite(times)
    if np.sum(telling) < 3 or np.sum(~telling & (np.abs(share) > 1e-3)) > 0:
        return None
    time = float(np.median(times[telling]))
    disagreement = np.max(np.abs(times[telling] / time - 1)) if time > 0 else np.inf
    if disagreement > (0.1 if found.kind == "unexplained" else found.misfit):
        return None
    unknown = dict(lam_l1=None, lam_l2=None, violation=None, unjustified_zeros=())
    return _complete(fit, replace(_reading(found), kind="unexplained", **unknown), stopped_after=time)


def _reading(found):
    return Reading(**{name: getattr(found, name) for name in Reading.__dataclass_fields__})


# In words.


def _sklearn_call(found):
    estimators = SKLEARN[found.loss]
    if found.units != "raw" or found.kind not in estimators or found.bias not in ("free", "absent"):
        return None
    name, convention, more = estimators[found.kind]
    ours = "shrinkage" if found.loss == "squared_error" else f"shrinkage.{found.loss}"
    arguments = {}
    if convention is not None:
        strengths = {"lam_l1": found.lam_l1, "lam_l2": found.lam_l2}
        arguments = translate(ours, convention, strengths, {"n_samples": found.n_samples})
    if found.loss == "logistic" and found.kind in ("none", "squared_l2"):
        arguments.pop("l1_ratio")
    shown = [f"{argument}={value:.6g}" for argument, value in arguments.items()] + more
    return f"{name}({', '.join(shown + ['fit_intercept=False'] * (found.bias == 'absent'))})"


# The estimator for each penalty, the convention that its parameters follow, and what else it must be told.
SKLEARN = {
    "squared_error": {
        "none": ("LinearRegression", None, []),
        "l1": ("Lasso", "sklearn.Lasso", []),
        "squared_l2": ("Ridge", "sklearn.Ridge", []),
        "elastic_net": ("ElasticNet", "sklearn.ElasticNet", []),
    },
    "logistic": {
        "none": ("LogisticRegression", "sklearn.LogisticRegression", []),
        "l1": ("LogisticRegression", "sklearn.LogisticRegression", ["solver='saga'"]),
        "squared_l2": ("LogisticRegression", "sklearn.LogisticRegression", []),
        "elastic_net": ("LogisticRegression", "sklearn.LogisticRegression", ["solver='saga'"]),
    },
    "poisson": {
        "none": ("PoissonRegressor", "sklearn.PoissonRegressor", []),
        "squared_l2": ("PoissonRegressor", "sklearn.PoissonRegressor", []),
    },
}

NOUNS = {
    "squared_error": {
        "none": "least squares",
        "l1": "the lasso",
        "squared_l2": "ridge",
        "elastic_net": "the elastic net",
    },
    "logistic": {
        "none": "logistic regression without a penalty",
        "l1": "logistic regression with L1",
        "squared_l2": "logistic regression with squared L2",
        "elastic_net": "logistic regression with the elastic net",
    },
    "poisson": {
        "none": "Poisson regression without a penalty",
        "l1": "Poisson regression with L1",
        "squared_l2": "Poisson regression with squared L2",
        "elastic_net": "Poisson regression with the elastic net",
    },
}


def _strengths_in_words(reading):
    if reading.kind == "none":
        return ""
    if reading.kind == "elastic_net":
        return f" with lam_l1 = {reading.lam_l1:.6g} and lam_l2 = {reading.lam_l2:.6g} in our convention"
    return f" with lambda = {reading.lam_l1 + reading.lam_l2:.6g} in our convention"


def _indices(indices):
    shown = ", ".join(f"w[{j}]" for j in indices[:5])
    return shown + (f" and {len(indices) - 5} more" if len(indices) > 5 else "")


def _sentences(found):
    if found.wrong_weight is not None:
        name = "the bias" if found.wrong_weight == -1 else f"w[{found.wrong_weight}]"
        yield f"One number does not belong to the others: {name} should be {found.right_value:.10g}. With it:"
    if found.groups:
        for label, reading in found.groups.items():
            if reading.strengths_known:
                yield f"Group {label!r}: {NAMES[reading.kind]}{_strengths_in_words(reading)}."
            elif reading.kind == "box":
                yield f"Group {label!r}: a box, all |w_j| <= {reading.box:.6g}."
            else:
                yield f"Group {label!r}: {reading.why or 'no penalty explains its pulls'}."
    elif found.strengths_known:
        units = ", on the weights of features divided by their standard deviations (divisor n)"
        yield (
            f"This is {NOUNS[found.loss][found.kind]}{_strengths_in_words(found)}{units if found.units != 'raw' else ''}"
            f" (misfit {found.misfit:.1e} of the largest pull)."
        )
    elif found.kind == "box":
        yield (
            f"This is the least error in a box, all |w_j| <= {found.box:.6g}, as AdamW with decay {1 / found.box:.4g} has it: "
            f"nothing pulls at the weights inside (misfit {found.misfit:.1e})."
        )
    elif found.stopped_after is not None:
        yield (
            "No penalty explains this fit, but an early stop does: it is where descent from 0 without a penalty is when "
            f"steps times step size make {found.stopped_after:.4g} (of the slope of the sum of squared errors)."
        )
    elif found.kind == "undetermined":
        yield f"The evidence does not tell. {found.why}."
    else:
        yield (
            f"No penalty of L1 and squared L2 explains this fit: the nearest line misses a pull by {found.misfit:.1e} of the largest. "
            "It has not converged, or something else was minimised."
        )
    if found.single_precision:
        yield "The weights are float32 numbers, which by itself moves their pulls."
    if found.bias == "free":
        yield "The bias is free."
    elif found.bias == "same":
        yield "The bias carries the same penalty."
    elif found.bias == "own":
        yield f"The bias carries a penalty of its own, squared L2 with lambda = {found.bias_lam:.6g}."
    elif found.bias == "unexplained":
        yield f"The bias is not where the error is least, and no penalty holds it there: the residuals sum to {found.residual_sum:.4g}."
    if found.missing_zeros:
        yield f"{_indices(found.missing_zeros)} should be exactly 0: the penalty holds the pull there."
    if found.unjustified_zeros:
        yield f"{_indices(found.unjustified_zeros)} should not be 0: the pull there is more than the penalty holds."
    elif found.n_zeros and found.kind in ("l1", "elastic_net"):
        zeros = (
            "1 weight is exactly 0, with reason"
            if found.n_zeros == 1
            else f"{found.n_zeros} weights are exactly 0, with reason"
        )
        yield f"{zeros}: the largest pull there is {found.pull_at_zeros:.6g}."
    if found.sklearn is not None:
        yield f"scikit-learn would call it {found.sklearn}."

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

from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import numpy as np

from . import points
from ._checks import _floats, _refuse, array, checked, number
from .points import (
    EXPLAINED_BY_FEW,
    ROUNDING,
    bias_in_words,
    penalty_in_words,
    read_bias,
    read_points,
    read_scaled,
    sklearn_call,
    strengths_in_words,
    with_zeros,
    zeros_in_words,
)
from .translation import translate

# A larger misfit than this makes one ask whether something else explains the fit better.
LOOSE = 1e-6
# To find the one weight that is wrong, all products of two features are formed.
MOST_FEATURES_COMPARED = 1000
# A block of X that is used twice should stay near the processor.
BLOCK = 2**17
# So many pulls that agree with a penalty to ROUNDING are no rounding errors, however large they were at weights of 0.
MANY = 100

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
    wrong_weight: int | None = None
    right_value: float | None = None
    stopped_after: float | None = None
    single_precision: bool = False
    pulls: np.ndarray = field(default=None, repr=False, compare=False)
    groups: dict = field(default_factory=dict)
    _fit: "_Fit" = field(default=None, repr=False, compare=False)

    @property
    def distance(self):
        """How far from converged: `violation` as a share of the pull at weights of 0, which takes one more pass through X.

        Without strengths, the largest pull as such a share.
        """
        violation = _largest(self.pulls) if self.violation is None else self.violation
        return violation / self._fit.start if self._fit.start > 0 else 0.0

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

    It takes one pass through X, another where pulls may be rounding errors, and a few more where these do not explain the fit.

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
    reading = _read(fit.w, fit.pulls, fit)
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
        self.residuals = np.empty(n_samples)
        pulls = np.zeros(n_features)
        rows = max(1, BLOCK // n_features)
        with np.errstate(over="ignore", invalid="ignore"):
            for i in range(0, n_samples, rows):
                block, part = X[i : i + rows], y[i : i + rows]
                z = block @ w
                if b is not None:
                    z += b
                residuals = self.residuals[i : i + rows] = part - predict(z)
                pulls += residuals @ block
            self.pulls = factor * pulls
            self.bias_pull = factor * float(self.residuals.sum())
        self.total = factor * float(np.sum(np.abs(self.residuals)))
        self._refuse_unless_finite(self.pulls, self.bias_pull)

    def _refuse_unless_finite(self, *numbers):
        if not all(np.isfinite(each).all() for each in numbers):
            _every_entry("X", self.X)
            raise ValueError("X, y and w must be small enough for finite residuals and pulls, got overflow")

    @cached_property
    def start(self):
        """The largest pull at weights of 0, from one more pass."""
        factor, predict, _, _ = LOSSES[self.loss]
        at_start = np.mean(self.y) if self.b is not None else predict(0.0)
        with np.errstate(over="ignore", invalid="ignore"):
            start = factor * _largest((self.y - at_start) @ self.X)
        self._refuse_unless_finite(start)
        return start

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


def _as_reading(found):
    return Reading(**found | {"unjustified_zeros": tuple(found["unjustified_zeros"])})


def _read(w, pulls, fit):
    """A Reading of weights and their pulls alone. How large pulls are at weights of 0 matters where these may be no more
    than rounding errors; where they cannot be, it is not asked for."""
    w, pulls = w.tolist(), pulls.tolist()
    if len(w) - w.count(0.0) >= MANY:
        found = _as_reading(read_points(w, pulls, 0.0))
        if found.strengths_known and found.misfit <= ROUNDING:
            return found
    return _as_reading(read_points(w, pulls, fit.start))


def _by_name(found, kind):
    return {each.name: getattr(found, each.name) for each in fields(kind)}


def _complete(fit, reading, scale=1.0, **more):
    """The Reading with all that concerns the whole fit: bias, zeros, distance. `scale` is what features were divided by."""
    zeros = fit.w == 0
    strengths = reading.lam_l1, reading.lam_l2
    bias, bias_lam = read_bias(fit.b, fit.bias_pull, fit.total, *strengths, reading.misfit)
    return ImpliedPenalty(
        **_by_name(reading, Reading),
        loss=fit.loss,
        n_samples=len(fit.y),
        n_zeros=int(zeros.sum()),
        pull_at_zeros=_largest((fit.pulls / scale)[zeros]) if zeros.any() else None,
        residual_sum=float(fit.residuals.sum()),
        bias=bias,
        bias_lam=bias_lam,
        single_precision=_in_single_precision(fit.w),
        pulls=fit.pulls,
        _fit=fit,
        **more,
    )


def _in_single_precision(w):
    """Whether all weights are float32 numbers, and some of them need nearly all of its digits."""
    with np.errstate(over="ignore", under="ignore"):
        short = w.astype(np.float32).astype(float)
        return bool((short == w).all() and (w.astype(np.float16).astype(float) != w).any())


def _by_groups(fit, groups):
    readings = {}
    for label in dict.fromkeys(groups):
        members = np.flatnonzero([other == label for other in groups])
        reading = _read(fit.w[members], fit.pulls[members], fit)
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
    reading = _as_reading(read_scaled(fit.w.tolist(), fit.pulls.tolist(), scale.tolist()))
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
        reading = _read(left, np.where(left == 0, 0.0, fit.pulls), fit)
        held = reading.lam_l1
        if held and np.all(np.abs(at_zero[small]) <= held) and np.all(np.abs(fit.pulls[small]) <= held):
            # Smaller ones are held as zeros are.
            found = _as_reading(with_zeros(_by_name(reading, Reading), left.tolist(), fit.pulls.tolist()))
            return _complete(fit, replace(found, missing_zeros=tuple(sorted(small.tolist()))))
    return None


def _one_wrong(fit, found):
    """One weight, or the bias, without which all others agree on a penalty: its right value is solved for."""
    n_features = len(fit.w)
    if n_features > MOST_FEATURES_COMPARED or np.sum(fit.w != 0) < 6:
        return None
    if fit.b is not None and abs(fit.bias_pull) > ROUNDING * fit.total:
        better = fit.changed(fit.w, _best_bias(fit))
        reading = _read(better.w, better.pulls, better)
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
        reading = _read(better.w, better.pulls, better)
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
    return Reading(**_by_name(found, Reading))


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
    return sklearn_call(name, list(arguments), list(arguments.values()), more, found.bias != "absent")


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


def _nouns(loss):
    """What a fit with each penalty is called."""
    if loss == "squared_error":
        return points.NOUNS
    name = {"logistic": "logistic regression", "poisson": "Poisson regression"}[loss]
    return {
        "none": f"{name} without a penalty",
        "l1": f"{name} with L1",
        "squared_l2": f"{name} with squared L2",
        "elastic_net": f"{name} with the elastic net",
    }


def _sentences(found):
    by_name = _by_name(found, ImpliedPenalty)
    if found.wrong_weight is not None:
        name = "the bias" if found.wrong_weight == -1 else f"w[{found.wrong_weight}]"
        yield f"One number does not belong to the others: {name} should be {found.right_value:.10g}. With it:"
    if found.groups:
        for label, reading in found.groups.items():
            if reading.strengths_known:
                yield f"Group {label!r}: {NAMES[reading.kind]}{strengths_in_words(_by_name(reading, Reading))}."
            elif reading.kind == "box":
                yield f"Group {label!r}: a box, all |w_j| <= {reading.box:.6g}."
            else:
                yield f"Group {label!r}: {reading.why or 'no penalty explains its pulls'}."
    elif found.stopped_after is not None:
        yield (
            "No penalty explains this fit, but an early stop does: it is where descent from 0 without a penalty is when "
            f"steps times step size make {found.stopped_after:.4g} (of the slope of the sum of squared errors)."
        )
    else:
        yield penalty_in_words(by_name, _nouns(found.loss))
    if found.single_precision:
        yield "The weights are float32 numbers, which by itself moves their pulls."
    if found.bias != "absent":
        yield bias_in_words(by_name)
    yield from zeros_in_words(by_name)
    if found.sklearn is not None:
        yield f"scikit-learn would call it {found.sklearn}."

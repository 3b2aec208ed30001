"""What a strength is called elsewhere: one table of conventions, read in both directions.

A convention says how our strengths follow from a library's parameters,

    lam_l1 = factor * value ** power,        lam_l2 = factor * value ** power,

where a factor is a number times powers of what else the library lets in: the number of samples, the standard deviation of y,
that of the features, the momentum. Some libraries have a parameter for each strength, some one for both with a share of
L1 in it; `C` is a strength to the power of -1. The folder measurements/ confirms
the entries by fits, a library at a time; its results.json says which were confirmed, at which versions.
"""

import functools
import math
from dataclasses import dataclass
from math import inf, sqrt

from ._checks import _refuse, checked

# What a factor may depend on: how it is written in formulas, and which values it can have.
CONTEXT = {
    "n_samples": ("n", "an integer >= 1", lambda value: value >= 1 and value == int(value)),
    "sd_y": ("sd(y)", "a number > 0", lambda value: 0 < value < math.inf),
    "sd_x": ("sd(x)", "a number > 0", lambda value: 0 < value < math.inf),
    "momentum": ("m", "a number from 0 to less than 1", lambda value: 0 <= value < 1),
}


# The arithmetic, of plain numbers and lists alone: the page's converter is compiled from it.


def raised(value: float, power: float) -> float:
    """value ** power for a whole or half power, by operations that every machine rounds alike."""
    size, result = abs(power), 1.0
    for _ in range(int(size)):
        result = result * value
    if size > int(size):
        result = result * sqrt(value)
    return 1 / result if power < 0 else result


def product_of(number: float, values: list, powers: list) -> float:
    """number times values[i] ** powers[i]."""
    product = number
    for value, power in zip(values, powers):
        if power != 0:
            product = product * raised(value, power)
    return product


def strength_of(value: float, power: int) -> float:
    """value ** power, infinite for a C of 0."""
    return inf if value == 0 and power < 0 else raised(value, power)


def value_of(strength: float, power: int) -> float:
    """What has the given strength: the inverse of strength_of."""
    return inf if strength == 0 and power < 0 else raised(strength, 1 / power)


def to_ours(values: list, shared: bool, power: int, factors: list) -> list:
    """[lam_l1, lam_l2] of a convention's parameters; a factor of 0 stands for a penalty that it has not."""
    first = strength_of(values[0], power)
    second = first
    if shared:
        first, second = first * values[1], first * (1 - values[1])
    elif len(values) == 2:
        second = strength_of(values[1], power)
    return [0.0 if factors[0] == 0 else factors[0] * first, 0.0 if factors[1] == 0 else factors[1] * second]


def from_ours(lams: list, shared: bool, power: int, factors: list, n_names: int) -> list:
    """A convention's parameters for [lam_l1, lam_l2]; none where it has no such penalty."""
    if any(lam != 0 and factor == 0 for lam, factor in zip(lams, factors)):
        return []
    parts = [0.0 if factor == 0 else lam / factor for lam, factor in zip(lams, factors)]
    total = parts[0] + parts[1]
    if shared:
        return [value_of(total, power), parts[0] / total if total > 0 else 1.0]
    return [value_of(part, power) for part in parts] if n_names == 2 else [value_of(total, power)]


# What factors depend on, in the order of their powers.
CONTEXT_ORDER = ["n_samples", "sd_y", "sd_x", "momentum"]


def values_in_order(n: float, sd_y: float, sd_x: float, momentum: float) -> list:
    """What a factor's powers are taken of."""
    return [n, sd_y, sd_x, 1 - momentum, (n - 1) / n]


@dataclass(frozen=True)
class Factor:
    """A number times powers, all 0 by default, of n_samples (n), sd_y, sd_x, 1 - momentum (rest).

    Powers are whole or half numbers. `sd_x` is the one standard deviation, with divisor n, that all features have; `less_one`
    is the power of (n - 1)/n that a divisor n - 1 brings in.
    """

    number: float = 1.0
    n: float = 0
    sd_y: float = 0
    sd_x: float = 0
    rest: float = 0
    less_one: float = 0

    @property
    def powers(self):
        """The powers, in the order of values_in_order."""
        return [self.n, self.sd_y, self.sd_x, self.rest, self.less_one]

    def needs(self):
        """The names of the context that this factor depends on."""
        names = {name for name, power in zip(CONTEXT_ORDER, self.powers) if power}
        return names | ({"n_samples"} if self.less_one else set())

    def value(self, context):
        """The factor for the given context."""
        # What no power is taken of may be anything.
        values = values_in_order(*(context.get(name, 1.0 if name != "momentum" else 0.0) for name in CONTEXT_ORDER))
        return product_of(self.number, values, self.powers)

    def formula(self, *values):
        """As text, e.g. `2 n a r / sd(y)` for values ("a", "r")."""
        above, below = [], []
        number = self.number
        if number != 1:
            inverse = 1 / number
            (above if number == int(number) else below).append(
                f"{number:g}" if number == int(number) else f"{inverse:g}"
            )
        for power, text in (
            (self.n, "n"),
            (self.rest, "(1 - m)"),
            (self.sd_y, "sd(y)"),
            (self.sd_x, "sd(x)"),
            (self.less_one, "((n - 1)/n)"),
        ):
            if power:
                (above if power > 0 else below).append(text if abs(power) == 1 else f"{text}^{abs(power):g}")
        above += [value for value in values if not value.startswith("1/")]
        below += [value[2:] for value in values if value.startswith("1/")]
        upper = " ".join(above) or "1"
        return upper + (" / " + (below[0] if len(below) == 1 else "(" + " ".join(below) + ")") if below else "")


@dataclass(frozen=True)
class Convention:
    """How one library's parameters make our strengths.

    Attributes:
        call: as one would write it.
        loss: "squared_error", "logistic" or "poisson": which error of ours the strengths stand beside.
        names: its parameters: one strength, or one for L1 and one for squared L2, or one for both and the share of L1.
        l1: the Factor of L1, or None where it has none.
        l2: the Factor of squared L2, or None where it has none.
        shared: whether the second name is the share of L1 in the first.
        power: of the strengths: 1, -1 for a `C`, 2 for a damping.
        bias_penalised: whether the bias carries the penalty as well: then fits agree only without a bias.
    """

    call: str
    loss: str
    names: tuple
    l1: Factor | None = None
    l2: Factor | None = None
    shared: bool = False
    power: int = 1
    bias_penalised: bool = False

    def needs(self):
        """The names of the context that it depends on."""
        return set().union(*(factor.needs() for factor in (self.l1, self.l2) if factor is not None))

    def factors(self, context):
        """[of L1, of squared L2], 0 where it has no such penalty."""
        return [0.0 if factor is None else factor.value(context) for factor in (self.l1, self.l2)]

    def ours(self, strengths, context):
        """(lam_l1, lam_l2) for its own parameters."""
        values = [strengths[name] for name in self.names]
        return tuple(to_ours(values, self.shared, self.power, self.factors(context)))

    def theirs(self, lam_l1, lam_l2, context):
        """Its own parameters for (lam_l1, lam_l2); None where it has no such penalty."""
        values = from_ours([lam_l1, lam_l2], self.shared, self.power, self.factors(context), len(self.names))
        return dict(zip(self.names, values)) if values else None

    def formulas(self):
        """(text for lam_l1, text for lam_l2) in the convention's own names, "-" where it has no such penalty."""
        strength = (
            self.names[0] if self.power == 1 else f"1/{self.names[0]}" if self.power == -1 else f"{self.names[0]}^2"
        )
        share = self.names[-1]
        first = (strength, share) if self.shared else (strength,)
        second = (strength, f"(1 - {share})") if self.shared else (strength if len(self.names) == 1 else self.names[1],)
        return tuple(
            "-" if factor is None else factor.formula(*values)
            for factor, values in ((self.l1, first), (self.l2, second))
        )


_mixed = functools.partial(Convention, shared=True)


SQUARED, LOGISTIC, POISSON = "squared_error", "logistic", "poisson"
MEAN, HALF_MEAN = Factor(1, n=1), Factor(2, n=1)

CONVENTIONS = {
    "shrinkage": Convention("elastic_net(X, y, lam_l1, lam_l2)", SQUARED, ("lam_l1", "lam_l2"), Factor(), Factor()),
    "shrinkage.logistic": Convention("ours, logistic loss", LOGISTIC, ("lam_l1", "lam_l2"), Factor(), Factor()),
    "shrinkage.poisson": Convention("ours, Poisson loss", POISSON, ("lam_l1", "lam_l2"), Factor(), Factor()),
    "half_squared_error": Convention(
        "half the squared errors + lam_l1 |w|_1 + lam_l2 |w|^2", SQUARED, ("lam_l1", "lam_l2"), Factor(2), Factor(2)
    ),
    "mean_squared_error": Convention(
        "mean squared error + lam_l1 |w|_1 + lam_l2 |w|^2", SQUARED, ("lam_l1", "lam_l2"), MEAN, MEAN
    ),
    "sklearn.Ridge": Convention("Ridge(alpha)", SQUARED, ("alpha",), l2=Factor()),
    "sklearn.Lasso": Convention("Lasso(alpha)", SQUARED, ("alpha",), l1=HALF_MEAN),
    "sklearn.ElasticNet": _mixed("ElasticNet(alpha, l1_ratio)", SQUARED, ("alpha", "l1_ratio"), HALF_MEAN, MEAN),
    "sklearn.SGDRegressor-l2": Convention("SGDRegressor(penalty='l2', alpha)", SQUARED, ("alpha",), l2=MEAN),
    "sklearn.TweedieRegressor": Convention("TweedieRegressor(power=0, alpha)", SQUARED, ("alpha",), l2=MEAN),
    "sklearn.MLPRegressor": Convention(
        "MLPRegressor((), alpha=alpha, solver='lbfgs')", SQUARED, ("alpha",), l2=Factor()
    ),
    "sklearn.LinearSVR": Convention(
        "LinearSVR(C=C, epsilon=0, loss='squared_epsilon_insensitive')",
        SQUARED,
        ("C",),
        l2=Factor(1 / 2),
        power=-1,
        bias_penalised=True,
    ),
    "sklearn.HistGradientBoosting": Convention(
        "HistGradientBoostingRegressor(l2_regularization)", SQUARED, ("l2_regularization",), l2=Factor()
    ),
    "statsmodels.OLS": _mixed(
        "OLS.fit_regularized(alpha, L1_wt=l1_wt)", SQUARED, ("alpha", "l1_wt"), HALF_MEAN, MEAN, bias_penalised=True
    ),
    "statsmodels.Logit": Convention(
        "Logit.fit_regularized(alpha)", LOGISTIC, ("alpha",), l1=Factor(), bias_penalised=True
    ),
    "celer.LogisticRegression": Convention("LogisticRegression(C)", LOGISTIC, ("C",), l1=Factor(), power=-1),
    "group_lasso": Convention("GroupLasso(group_reg), groups of one", SQUARED, ("reg",), l1=Factor(4, n=1)),
    "scipy.damp": Convention("lsqr(X, y, damp)", SQUARED, ("damp",), l2=Factor(), power=2),
    "xgboost.gblinear": Convention(
        "gblinear(alpha, lambda)", SQUARED, ("alpha", "lambda_"), Factor(2, n=1), Factor(1, n=1)
    ),
    "xgboost.leaves": Convention("trees(alpha, lambda)", SQUARED, ("alpha", "lambda_"), Factor(2), Factor()),
    "catboost.leaves": Convention("trees(l2_leaf_reg)", SQUARED, ("l2_leaf_reg",), l2=Factor()),
    "lightgbm.leaves": Convention(
        "trees(lambda_l1, lambda_l2)", SQUARED, ("lambda_l1", "lambda_l2"), Factor(2), Factor()
    ),
    "torch.weight_decay": Convention(
        "SGD(weight_decay), mean squared error", SQUARED, ("weight_decay",), l2=Factor(1 / 2, n=1), bias_penalised=True
    ),
    "torch.l2_in_loss": Convention("mean squared error + l2 (w @ w)", SQUARED, ("l2",), l2=MEAN),
    "glmnet.string": _mixed(
        'glmnet(family = "gaussian", lambda, alpha)',
        SQUARED,
        ("lambda_", "alpha"),
        Factor(2, n=1, sd_x=1),
        Factor(1, n=1, sd_x=2, sd_y=-1),
    ),
    "glmnet.function": _mixed(
        "glmnet(family = gaussian(), lambda, alpha)",
        SQUARED,
        ("lambda_", "alpha"),
        Factor(2, n=1, sd_x=1),
        Factor(1, n=1, sd_x=2),
    ),
    "glmnet.binomial": _mixed(
        'glmnet(family = "binomial", lambda, alpha)',
        LOGISTIC,
        ("lambda_", "alpha"),
        Factor(1, n=1, sd_x=1),
        Factor(1 / 2, n=1, sd_x=2),
    ),
    "glmnet.poisson": _mixed(
        'glmnet(family = "poisson", lambda, alpha)',
        POISSON,
        ("lambda_", "alpha"),
        Factor(1, n=1, sd_x=1),
        Factor(1 / 2, n=1, sd_x=2),
    ),
    "MASS.lm.ridge": Convention("lm.ridge(lambda)", SQUARED, ("lambda_",), l2=Factor(1, sd_x=2)),
    "nnet.decay": Convention("nnet(decay), linear", SQUARED, ("decay",), l2=Factor(), bias_penalised=True),
    "nnet.decay-logistic": Convention("nnet(decay), entropy", LOGISTIC, ("decay",), l2=Factor(), bias_penalised=True),
    "jax.l1_in_loss": Convention("mean squared error + l1 |w|_1", SQUARED, ("l1",), l1=MEAN),
    "keras.weight_decay": Convention(
        "SGD(weight_decay, momentum)", SQUARED, ("weight_decay",), l2=Factor(1 / 2, n=1, rest=1), bias_penalised=True
    ),
    "proximal_step": Convention(
        "SGD(momentum), mean squared error, then a proximal step of lr l1", SQUARED, ("l1",), l1=Factor(1, n=1, rest=1)
    ),
    "river.l2": Convention("LinearRegression(l2)", SQUARED, ("l2",), l2=Factor(1 / 2, n=1)),
    "river.l1": Convention("LinearRegression(l1)", SQUARED, ("l1",), l1=MEAN),
    "glum.binomial": _mixed("binomial, alpha, l1_ratio", LOGISTIC, ("alpha", "l1_ratio"), MEAN, Factor(1 / 2, n=1)),
    "glum.poisson": _mixed("poisson, alpha, l1_ratio", POISSON, ("alpha", "l1_ratio"), MEAN, Factor(1 / 2, n=1)),
    "vw.bfgs": Convention("--bfgs --l2 l2", SQUARED, ("l2",), l2=Factor(1 / 2), bias_penalised=True),
    "spark.normal": _mixed(
        "LinearRegression(solver='normal')",
        SQUARED,
        ("regParam", "elasticNetParam"),
        Factor(2, n=1, sd_x=1),
        Factor(1, n=1, sd_x=2, sd_y=-1),
    ),
    "spark.lbfgs": _mixed(
        "LinearRegression(solver='l-bfgs')",
        SQUARED,
        ("regParam", "elasticNetParam"),
        Factor(2, n=1, sd_x=1, less_one=-0.5),
        Factor(1, n=1, sd_x=2, sd_y=-1, less_one=-0.5),
    ),
    "spark.logistic": _mixed(
        "LogisticRegression(regParam, elasticNetParam)",
        LOGISTIC,
        ("regParam", "elasticNetParam"),
        Factor(1, n=1, sd_x=1, less_one=-0.5),
        Factor(1 / 2, n=1, sd_x=2, less_one=-1),
    ),
    "dask.LinearRegression": Convention(
        "LinearRegression(C, solver='lbfgs')", SQUARED, ("C",), l2=Factor(1 / 2, sd_x=2), power=-1, bias_penalised=True
    ),
    "dask.LogisticRegression": Convention(
        "LogisticRegression(C, solver='lbfgs')",
        LOGISTIC,
        ("C",),
        l2=Factor(1 / 2, sd_x=2),
        power=-1,
        bias_penalised=True,
    ),
    "pyproximal.L1": Convention("L2(Op, b) + L1(sigma)", SQUARED, ("sigma",), l1=Factor(2)),
    "pyproximal.L2": Convention("L2(Op, b) + L2(sigma=sigma)", SQUARED, ("sigma",), l2=Factor()),
    "h2o.glm": _mixed(
        "GLM(lambda_, alpha), gaussian",
        SQUARED,
        ("lambda_", "alpha"),
        Factor(2, n=1, sd_x=1, less_one=-0.5),
        Factor(1, n=1, sd_x=2, less_one=-1),
    ),
    "adelie.grpnet": _mixed("grpnet(lmda_path, alpha)", SQUARED, ("lmda", "alpha"), HALF_MEAN, MEAN),
    "sklearn.LogisticRegression": _mixed(
        "LogisticRegression(C, l1_ratio)", LOGISTIC, ("C", "l1_ratio"), Factor(), Factor(1 / 2), power=-1
    ),
    "sklearn.LogisticRegression-l2": Convention("LogisticRegression(C)", LOGISTIC, ("C",), l2=Factor(1 / 2), power=-1),
    "sklearn.SGDClassifier": Convention(
        "SGDClassifier(loss='log_loss', alpha)", LOGISTIC, ("alpha",), l2=Factor(1 / 2, n=1)
    ),
    "sklearn.PoissonRegressor": Convention("PoissonRegressor(alpha)", POISSON, ("alpha",), l2=Factor(1 / 2, n=1)),
}


def _convention(name, value):
    if not isinstance(value, str) or value not in CONVENTIONS:
        _refuse(name, f"one of {', '.join(CONVENTIONS)}", repr(value))
    return value


def _named_numbers(name, value):
    """A mapping of names to finite numbers (infinity is let in: C without any penalty)."""
    if value is None:
        return {}
    expected = "a mapping from names to numbers >= 0"
    if not isinstance(value, dict):
        _refuse(name, expected, repr(value))
    for key, number in value.items():
        if isinstance(number, bool) or not isinstance(number, (int, float)) or not number >= 0:
            _refuse(name, expected, f"{number!r} for {key!r}")
    return {key: float(number) for key, number in value.items()}


def _fits(source, target, strengths, context):
    wanted = CONVENTIONS[source].names
    if set(strengths) != set(wanted):
        raise ValueError(
            f"strengths must have {' and '.join(wanted)} for {source}, got {', '.join(strengths) or 'nothing'}"
        )
    if CONVENTIONS[source].shared and not strengths[wanted[1]] <= 1:
        raise ValueError(f"{wanted[1]} must be a number from 0 to 1, got {strengths[wanted[1]]!r}")
    for name in (source, target):
        missing = sorted(CONVENTIONS[name].needs() - set(context))
        if missing:
            raise ValueError(
                f"context must have {' and '.join(missing)} for {name}, got {', '.join(context) or 'nothing'}"
            )
    for name, value in context.items():
        if name not in CONTEXT:
            raise ValueError(f"context must have names among {', '.join(CONTEXT)}, got {name!r}")
        if not CONTEXT[name][2](value):
            raise ValueError(f"{name} must be {CONTEXT[name][1]}, got {value!r}")
    if CONVENTIONS[source].loss != CONVENTIONS[target].loss:
        raise ValueError(
            f"target must have the error of source ({CONVENTIONS[source].loss}), got {CONVENTIONS[target].loss}"
        )


@checked(_fits, source=_convention, target=_convention, strengths=_named_numbers, context=_named_numbers)
def translate(source, target, strengths, context=None):
    """The parameters under which `target` makes the fit that `source` makes with `strengths`: factor * value ** power, inverted.

    Where one of the two penalises the bias as well, the fits agree without a bias only; where features are standardised
    inside, all features must have one standard deviation, `sd_x`.

    Args:
        source: name of a convention, a key of CONVENTIONS.
        target: name of a convention with the same error.
        strengths: the parameters of source, by name.
        context: what the factors depend on, by name: n_samples; sd_y, sd_x (divisor n); momentum.

    Returns:
        The parameters of target, by name.

    Raises:
        ValueError: a convention is not known, parameters or context are missing or of impossible value, the errors differ, or
            target has no such penalty.

    Source:
        Derived here; which conventions were confirmed by reading the penalty off fits is in measurements/results.json.
    """
    lam_l1, lam_l2 = CONVENTIONS[source].ours(strengths, context)
    theirs = CONVENTIONS[target].theirs(lam_l1, lam_l2, context)
    if theirs is None:
        raise ValueError(
            f"target must have L1 of {lam_l1:.6g} and squared L2 of {lam_l2:.6g} in our convention, and {target} has not both"
        )
    return theirs

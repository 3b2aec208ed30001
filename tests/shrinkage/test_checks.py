"""Every argument of every public function: what is refused, in which words, and what is let in."""

import inspect
import re
from fractions import Fraction

import numpy as np
import pytest

import shrinkage as s
from shrinkage._checks import array, checked, finite, integer, number
from tests.shrinkage.laws import same_bits

NAN, INF = float("nan"), float("inf")
HUGE = 10**400  # no float is as large

NO_NUMBER = ["1", None, True, 1j, HUGE, object(), [], [[]], ["1"], [True], [1j], [[1.0], [1.0, 2.0]], {}]
NOT_FINITE = [NAN, INF, -INF, [1.0, NAN], [INF, 1.0], np.array([[1.0], [-INF]])]
NO_SCALAR = [[1.0], [1.0, 2.0], np.ones((1, 1))]

# By kind: bad values, and good ones. Bad are all wrong types, and what is beyond the border; good is the border itself.
BAD = {
    "finite": NO_NUMBER + NOT_FINITE,
    "nonnegative": NO_NUMBER + NOT_FINITE + [-1.0, -5e-324, [1.0, -1.0]],
    "positive": NO_NUMBER + NOT_FINITE + [-1.0, 0, 0.0, -0.0, [1.0, 0.0]],
    "nonzero": NO_NUMBER + NOT_FINITE + [0, 0.0, 1e-170, [1.0, 0.0]],
    "number": NO_NUMBER + NOT_FINITE + NO_SCALAR,
    "diagonal": NO_NUMBER + NOT_FINITE + NO_SCALAR,
    "direction": NO_NUMBER + NOT_FINITE + NO_SCALAR,
    "correlation": NO_NUMBER + NOT_FINITE + NO_SCALAR + [-1.0, 1.0, 1.5],
    "nonnegative_number": NO_NUMBER + NOT_FINITE + NO_SCALAR + [-1.0, -5e-324],
    "positive_number": NO_NUMBER + NOT_FINITE + NO_SCALAR + [-1.0, 0, 0.0, -0.0],
    "fraction": NO_NUMBER + NOT_FINITE + NO_SCALAR + [-0.1, -5e-324, 1.0000001],
    "below_1": NO_NUMBER + NOT_FINITE + NO_SCALAR + [-0.1, 1, 1.0, 1.5],
    "order": NO_NUMBER + [NAN, -INF] + NO_SCALAR + [-1.0, 0, 0.0],
    "vector": NO_NUMBER + NOT_FINITE + [1.0, [[1.0, 1.0]]],
    "nonnegative_vector": NO_NUMBER + NOT_FINITE + [1.0, [[1.0, 1.0]], [1.0, -1.0]],
    "positive_vector": NO_NUMBER + NOT_FINITE + [1.0, [[1.0, 1.0]], [1.0, 0.0], [-1.0, 1.0]],
    "matrix": NO_NUMBER + NOT_FINITE + [1.0, [1.0, 2.0], [[[1.0]]], np.empty((0, 2)), np.empty((2, 0))],
    "walk": NO_NUMBER + [1.0, [[1.0, 2.0]]],
    "from_0": ["1", None, True, 1.0, 1.5, NAN, [], [1], -1],
    "from_1": ["1", None, True, 1.0, 1.5, NAN, [], [1], -1, 0],
    "curve": ["1", None, True, 9.0, NAN, [], [9], -7, 0, 1, 8, 10, 13],
    "function": [None, 1.0, "sign", []],
    "penalty": [None, 1.0, "L1", s.l1, s.L1],
    # Not read through: its entries show in what is computed, so all must have their places (tested with implied_penalty).
    "unread_matrix": NO_NUMBER + [1.0, [1.0, 2.0], [[[1.0]]], np.empty((0, 2)), np.empty((2, 0))],
    "bias": [bad for bad in NO_NUMBER if bad is not None] + NOT_FINITE + NO_SCALAR,
    "loss": [None, 1.0, "hinge", ["logistic"], ""],
    "labels": ["ab", 1.0, [], [1.5, 2.5], [True, False], [None, None]],
    "convention": [None, 1.0, "Ridge", ["sklearn.Ridge"]],
    "strengths": [1.0, [], None, {}, {"lam_l1": 1.0}, {"lam_l1": -1.0, "lam_l2": 1.0}, {"lam_l1": NAN, "lam_l2": 1.0}],
    "context": [1.0, [], {"n": 1.0}, {"n_samples": -1}, {"n_samples": "3"}, {"n_samples": True}],
}
GOOD = {
    "finite": [-2, 0.0, 1e300, np.float32(0.5), Fraction(1, 3), np.array(2), [1.0, -1.0], np.array([1, 2])],
    "nonnegative": [0, 0.0, 5e-324, 3, [0.0, 1.0]],
    "positive": [5e-324, 3, [1e-9, 1.0]],
    "nonzero": [-1.0, 1e-150, [-1.0, 2.0]],
    "number": [-2, 0.0, np.float32(0.5), np.array(2)],
    "nonnegative_number": [0, 0.0, 3, np.int8(3)],
    "positive_number": [1e-9, 3],
    "fraction": [0, 0.0, 1, 1.0, 0.5],
    "correlation": [0, -0.5, 0.999],
    "below_1": [0, 0.0, 0.999],
    "order": [0.25, 1, INF],
    "from_0": [0, 2, np.int64(2)],
    "from_1": [1, 2, np.int64(2)],
    "curve": [9, 17, np.int64(401)],
    "bias": [None, -2, 0.0, np.float32(0.5)],
    "loss": ["squared_error"],
    "labels": [None, ["a", "b"], (0, 1), np.array([1, 1])],
    "strengths": [{"lam_l1": 0, "lam_l2": 0.0}],
    "context": [None, {}, {"n_samples": 1}, {"momentum": 0}],
}

X = [[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]]
Y = [1.0, -2.0, 0.5]


def slope(w):
    return w


# A valid value and its kind, for each parameter of each public function.
FINITE, STRENGTH, STEP = (2.0, "finite"), (0.5, "nonnegative"), (0.25, "positive")
PLAIN_NUMBER, PLAIN_STRENGTH, PLAIN_STEP = (2.0, "number"), (0.5, "nonnegative_number"), (0.25, "positive_number")
VECTOR, MATRIX, TARGETS, ORDER = ([1.0, -2.0], "vector"), (X, "matrix"), (Y, "vector"), (2.0, "order")
# No step at all: what the first step would find wrong must be found before it.
CORRELATION = (0.5, "correlation")
COUNT, N_SAMPLES, FUNCTION = (0, "from_0"), (3, "from_1"), (slope, "function")

PENALTY_TERM = dict(w=FINITE, lam=STRENGTH)
PENALTY_PROX = dict(v=FINITE, lam=STRENGTH, eta=STEP)
SAMPLE = dict(w=FINITE, x=FINITE, y=FINITE, b=FINITE)
UPDATE = dict(w=FINITE, H=FINITE, lam=STRENGTH, eta=STEP)
MODEL = dict(w=VECTOR, b=PLAIN_NUMBER, X=MATRIX, y=TARGETS)
WALK = dict(w0=PLAIN_NUMBER, lam=PLAIN_STRENGTH, eta=PLAIN_STEP, n_steps=COUNT)
DESCENT = dict(w0=FINITE, eta=PLAIN_STEP, n_steps=COUNT)
ONE_VARIABLE = dict(x=(2.0, "nonzero"), y=FINITE, b=FINITE)
PULL = dict(x=FINITE, y=FINITE, b=FINITE)
DATA = dict(X=MATRIX, y=TARGETS)
SOLVER = dict(tol=(1e-10, "positive_number"), max_sweeps=(100, "from_1"))
TWO_STRENGTHS = dict(lam_l1=PLAIN_STRENGTH, lam_l2=PLAIN_STRENGTH)

PLANE = dict(w1=PLAIN_NUMBER, w2=PLAIN_NUMBER, m1=PLAIN_NUMBER, m2=PLAIN_NUMBER, rho=CORRELATION)
DECAYS = dict(coupled=PLAIN_STRENGTH, decoupled=PLAIN_STRENGTH)
STEPS = dict(eta=PLAIN_STEP, n_steps=COUNT)
# The hidden layer has two units, as the model has two features.
NETWORK = dict(W=([[1.0, 2.0], [0.5, -1.0]], "matrix"), c=VECTOR, v=VECTOR, d=PLAIN_NUMBER, X=MATRIX)

CASES = {
    s.p_norm: dict(w=VECTOR, p=ORDER),
    s.is_norm: dict(p=ORDER),
    s.p_norm_pair: dict(u=FINITE, v=FINITE, p=ORDER),
    s.unit_ball: dict(p=ORDER, n_points=(17, "curve")),
    s.sign: dict(w=FINITE),
    s.soft_threshold: dict(v=FINITE, threshold=STRENGTH),
    s.l1: PENALTY_TERM,
    s.l1_subgradient: PENALTY_TERM,
    s.l1_subdifferential: PENALTY_TERM,
    s.l1_prox: PENALTY_PROX,
    s.squared_l2: PENALTY_TERM,
    s.squared_l2_gradient: PENALTY_TERM,
    s.squared_l2_prox: PENALTY_PROX,
    s.half_squared_l2: PENALTY_TERM,
    s.half_squared_l2_gradient: PENALTY_TERM,
    s.half_squared_l2_prox: PENALTY_PROX,
    s.pull_l1: PENALTY_TERM,
    s.pull_squared_l2: PENALTY_TERM,
    s.pull_half_squared_l2: PENALTY_TERM,
    s.equal_pull_weight_squared_l2: dict(lam=(0.5, "positive")),
    s.equal_pull_weight_half_squared_l2: dict(lam=(0.5, "positive")),
    s.predict: dict(x=FINITE, w=FINITE, b=FINITE),
    s.squared_error: SAMPLE,
    s.squared_error_slope: SAMPLE,
    s.squared_error_bias_slope: SAMPLE,
    s.loss_l1: SAMPLE | dict(lam=STRENGTH),
    s.loss_l1_slope: SAMPLE | dict(lam=STRENGTH),
    s.loss_squared_l2: SAMPLE | dict(lam=STRENGTH),
    s.loss_squared_l2_slope: SAMPLE | dict(lam=STRENGTH),
    s.linear_model: dict(X=MATRIX, w=VECTOR, b=PLAIN_NUMBER),
    s.sum_squared_errors: MODEL,
    s.sum_squared_errors_gradient: MODEL,
    s.mean_squared_error: dict(y=TARGETS, y_hat=TARGETS),
    s.polynomial: dict(x=FINITE, w=VECTOR, b=FINITE),
    s.polynomial_mean_squared_error: dict(w=VECTOR, b=PLAIN_NUMBER, x=TARGETS, y=TARGETS),
    s.objective: MODEL | dict(penalty=(s.L1(0.5), "penalty")),
    s.update_plain: dict(w=FINITE, H=FINITE, eta=STEP),
    s.update_l1_positive: UPDATE,
    s.update_l1_negative: UPDATE,
    s.update_squared_l2: UPDATE,
    s.update_l1_positive_regrouped: UPDATE,
    s.update_l1_negative_regrouped: UPDATE,
    s.update_squared_l2_regrouped: UPDATE,
    s.update_l1: UPDATE,
    s.update_l1_prox: UPDATE,
    s.update_half_squared_l2: UPDATE,
    s.update_dual_averaging: dict(g=FINITE, lam=STRENGTH, gamma=STEP, n_steps=N_SAMPLES),
    s.gradient_descent: dict(gradient=FUNCTION) | DESCENT,
    s.subgradient_descent: dict(subgradient=FUNCTION) | DESCENT,
    s.proximal_descent: dict(gradient=FUNCTION, prox=(lambda v, eta: v, "function")) | DESCENT,
    s.walk_l1: WALK,
    s.walk_l1_prox: WALK,
    s.walk_half_squared_l2: WALK,
    s.walk_half_squared_l2_factor: WALK,
    s.walk_squared_l2: WALK,
    s.walk_literal_sign: WALK,
    s.steps_to_zero: dict(walk=([1.0, 0.0], "walk")),
    s.two_cycle: dict(walk=([1.0, -1.0, 1.0], "walk")),
    s.contraction_factor: dict(lam=STRENGTH, eta=STEP),
    s.minimiser_plain: ONE_VARIABLE,
    s.minimiser_l1: ONE_VARIABLE | dict(lam=STRENGTH),
    s.minimiser_squared_l2: ONE_VARIABLE | dict(lam=STRENGTH),
    s.data_pull: PULL,
    s.lam_that_zeroes: PULL,
    s.orthonormal_lasso: dict(z=FINITE, lam=STRENGTH),
    s.orthonormal_ridge: dict(z=FINITE, lam=STRENGTH),
    s.stable_step_limit: dict(curvature=(2.0, "positive")),
    s.squared_l2_step_factor: dict(x=FINITE, lam=STRENGTH, eta=STEP),
    s.joint_step_matrix: dict(x=PLAIN_NUMBER, lam=PLAIN_STRENGTH, eta=PLAIN_STEP),
    s.spectral_radius: dict(M=([[1.0, 0.0], [0.0, 2.0]], "matrix")),
    s.least_squares: DATA,
    s.ridge: DATA | dict(lam=PLAIN_STRENGTH),
    s.lasso: DATA | dict(lam=PLAIN_STRENGTH) | SOLVER,
    s.elastic_net: DATA | TWO_STRENGTHS | SOLVER,
    s.lasso_duality_gap: MODEL | dict(lam=PLAIN_STRENGTH),
    s.lasso_kkt_violation: MODEL | dict(lam=PLAIN_STRENGTH),
    s.elastic_net_duality_gap: MODEL | TWO_STRENGTHS,
    s.elastic_net_kkt_violation: MODEL | TWO_STRENGTHS,
    s.lam_max: DATA,
    s.lasso_path: DATA | dict(lams=([0.5, 1.0], "nonnegative_vector")) | SOLVER,
    s.ridge_path: DATA | dict(lams=([0.5, 1.0], "nonnegative_vector")),
    s.lasso_knots: DATA | dict(lam_low=PLAIN_STRENGTH),
    s.between_knots: dict(lam=PLAIN_STRENGTH, lams=([4.0, 2.0, 0.0], "vector"), weights=MATRIX),
    s.ridge_directions: DATA,
    s.along_directions: dict(lam=PLAIN_STRENGTH, squares=([1.0, 2.0, 3.0], "positive_vector"), directions=MATRIX),
    s.ridge_share: dict(square=(2.0, "positive"), lam=STRENGTH),
    s.descent_share: dict(square=(2.0, "positive"), eta=STEP, n_steps=COUNT),
    s.matching_lam: dict(eta=STEP, n_steps=(3, "from_1")),
    s.along_descent: dict(
        eta=PLAIN_STEP, n_steps=COUNT, squares=([1.0, 2.0, 3.0], "positive_vector"), directions=MATRIX
    ),
    s.implied_penalty: dict(
        X=(X, "unread_matrix"),
        y=TARGETS,
        w=VECTOR,
        b=(0.5, "bias"),
        loss=("squared_error", "loss"),
        groups=(None, "labels"),
    ),
    s.translate: dict(
        source=("shrinkage", "convention"),
        target=("half_squared_error", "convention"),
        strengths=({"lam_l1": 1.0, "lam_l2": 2.0}, "strengths"),
        context=({}, "context"),
    ),
    s.elastic_net_pair: dict(
        a11=(2.0, "diagonal"), a12=PLAIN_NUMBER, a22=(5.0, "diagonal"), c1=PLAIN_NUMBER, c2=PLAIN_NUMBER
    )
    | TWO_STRENGTHS,
    s.bootstrap_elastic_net: DATA | TWO_STRENGTHS | dict(n_resamples=(3, "from_1"), seed=COUNT),
    s.logistic_loss: MODEL | dict(y=([0.0, 1.0, 1.0], "vector")),
    s.logistic_gradient: MODEL | dict(y=([0.0, 1.0, 1.0], "vector")),
    s.network: NETWORK,
    s.network_gradients: NETWORK | dict(y=TARGETS),
    s.excess_error_pair: dict(w1=FINITE, w2=FINITE, m1=FINITE, m2=FINITE, rho=CORRELATION),
    s.data_pull_pair: dict(w1=FINITE, w2=FINITE, m1=FINITE, m2=FINITE, rho=CORRELATION),
    s.contour_pair: dict(
        c=PLAIN_NUMBER, s=PLAIN_NUMBER, level=PLAIN_STRENGTH, m1=PLAIN_NUMBER, m2=PLAIN_NUMBER, rho=CORRELATION
    ),
    s.penalty_pair: dict(w1=FINITE, w2=FINITE, lam_l1=STRENGTH, lam_l2=STRENGTH),
    s.ball_pair: dict(u=(1.0, "direction"), v=(1.0, "direction"), bound=PLAIN_STRENGTH) | TWO_STRENGTHS,
    s.lam_that_zeroes_smaller: dict(m=FINITE, rho=CORRELATION),
    s.walk_momentum_pair: PLANE | DECAYS | dict(beta=(0.5, "below_1")) | STEPS,
    s.walk_adam_pair: PLANE | DECAYS | STEPS | dict(beta1=(0.9, "below_1"), beta2=(0.999, "below_1"), eps=PLAIN_STEP),
    s.walk_clipped_pair: PLANE | dict(decoupled=PLAIN_STRENGTH, clip=PLAIN_STEP) | STEPS,
    s.box_minimiser_pair: dict(m1=PLAIN_NUMBER, m2=PLAIN_NUMBER, rho=CORRELATION, wall=PLAIN_STEP),
    s.standardise: dict(X=MATRIX),
    s.unstandardise_coefficients: dict(w=VECTOR, b=PLAIN_NUMBER, mean=VECTOR, scale=([1.0, 2.0], "positive_vector")),
    s.drop_small: dict(w=VECTOR, threshold=PLAIN_STRENGTH),
    s.polynomial_features: dict(x=VECTOR, degree=(2, "from_1")),
    s.to_half_squared_l2: dict(lam=STRENGTH),
    s.from_half_squared_l2: dict(lam_half=STRENGTH),
    s.to_half_squared_error: dict(lam=STRENGTH),
    s.from_half_squared_error: dict(lam_half_error=STRENGTH),
    s.to_mean_squared_error: dict(lam=STRENGTH, n_samples=N_SAMPLES),
    s.from_mean_squared_error: dict(lam_mean_error=STRENGTH, n_samples=N_SAMPLES),
    s.to_weight_decay: dict(lam=STRENGTH, n_samples=N_SAMPLES),
    s.from_weight_decay: dict(decay=STRENGTH, n_samples=N_SAMPLES),
    s.to_gaussian_prior: dict(lam=(0.5, "positive"), noise_variance=(2.0, "positive")),
    s.from_gaussian_prior: dict(weight_variance=(0.5, "positive"), noise_variance=(2.0, "positive")),
    s.to_laplace_prior: dict(lam=(0.5, "positive"), noise_variance=(2.0, "positive")),
    s.from_laplace_prior: dict(scale=(0.5, "positive"), noise_variance=(2.0, "positive")),
    s.to_sklearn_ridge: dict(lam=STRENGTH),
    s.from_sklearn_ridge: dict(strength=STRENGTH),
    s.to_sklearn_lasso: dict(lam=STRENGTH, n_samples=N_SAMPLES),
    s.from_sklearn_lasso: dict(strength=STRENGTH, n_samples=N_SAMPLES),
    s.to_sklearn_elastic_net: TWO_STRENGTHS | dict(n_samples=N_SAMPLES),
    s.from_sklearn_elastic_net: dict(strength=PLAIN_STRENGTH, l1_ratio=(0.5, "fraction"), n_samples=N_SAMPLES),
}

PARAMETERS = [(f, name) for f, parameters in CASES.items() for name in parameters]


def valid(function):
    return {name: value for name, (value, _) in CASES[function].items()}


def kind(function, name):
    return CASES[function][name][1]


def named(value):
    return getattr(value, "__name__", value)


def test_every_public_function_is_covered():
    functions = {f for f in map(s.__dict__.get, s.__all__) if inspect.isfunction(f)}
    missing = sorted(f.__name__ for f in functions - set(CASES))
    assert not missing, "each public function has its arguments and their kinds in CASES, above"
    assert functions == set(CASES)
    assert all(list(inspect.signature(f).parameters) == list(CASES[f]) for f in functions)


def test_every_function_states_its_formula_errors_and_source():
    for function in CASES:
        for heading in ("Args:", "Returns:", "Raises:", "Source:"):
            assert heading in function.__doc__, (function.__name__, heading)


def test_no_description_begins_with_a_sign_that_would_set_it_as_something_else():
    # Of "n: >= 1." Markdown makes a quotation, which reads "= 1."
    for function in CASES:
        assert not re.findall(r"^ +[\w*]+: *[>#+*-].*", function.__doc__, re.MULTILINE), function.__name__


@pytest.mark.parametrize(("function", "name"), PARAMETERS, ids=named)
def test_bad_values_are_refused_by_name(function, name):
    for bad in BAD[kind(function, name)]:
        with pytest.raises(ValueError, match=rf"^{name} must .*, got "):
            function(**valid(function) | {name: bad})


@pytest.mark.parametrize(("function", "name"), PARAMETERS, ids=named)
def test_the_border_is_let_in(function, name):
    for good in GOOD.get(kind(function, name), []):
        with np.errstate(over="ignore", invalid="ignore"):
            function(**valid(function) | {name: good})


@pytest.mark.parametrize("function", CASES, ids=named)
def test_positional_and_keyword_arguments_are_the_same(function):
    by_name = function(**valid(function))
    by_place = function(*valid(function).values())
    assert repr(by_name) == repr(by_place)


ELEMENTWISE = [
    f for f in CASES if all(k in ("finite", "nonnegative", "positive", "nonzero") for _, k in CASES[f].values())
]


@pytest.mark.parametrize("function", ELEMENTWISE, ids=named)
def test_floats_and_arrays_give_the_same_bits(function):
    """What the last test promises live figures: the array's result is the floats' results side by side."""
    rng = np.random.default_rng(1)
    ranges = {"finite": (-3, 3), "nonnegative": (0, 2), "positive": (0.1, 2), "nonzero": (0.1, 3)}
    columns = {name: rng.uniform(*ranges[k], 200) for name, (_, k) in CASES[function].items()}
    for name, (_, k) in CASES[function].items():
        if k == "finite":
            columns[name][::7] = 0.0
            columns[name][::11] = -0.0
    together = function(**columns)
    apart = [function(*row) for row in zip(*(column.tolist() for column in columns.values()))]
    if isinstance(together, tuple):
        together, apart = np.array(together), np.array(apart).T
    else:
        assert all(type(value) is float for value in apart)
    assert same_bits(together, apart)


@pytest.mark.parametrize("function", ELEMENTWISE, ids=named)
def test_integers_become_floats(function):
    whole = {name: 3 for name in CASES[function]}
    assert function(**whole) == function(**{name: 3.0 for name in whole})
    assert not isinstance(function(**whole), int)


@pytest.mark.parametrize("function", [f for f in ELEMENTWISE if len(CASES[f]) > 1], ids=named)
def test_shapes_must_broadcast(function):
    first, second = list(CASES[function])[:2]
    with pytest.raises(
        ValueError, match=rf"must have shapes that broadcast together, got {first} \(2,\), {second} \(3,\)$"
    ):
        function(**valid(function) | {first: [1.0, 2.0], second: [1.0, 2.0, 3.0]})
    assert np.shape(function(**valid(function) | {first: [[1.0], [2.0]], second: [1.0, 2.0, 3.0]}))[-2:] == (2, 3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: s.l1(1.0, -1.0), "lam must be a finite number >= 0, got -1.0"),
        (lambda: s.l1([[0.0, 1.0], [NAN, 2.0]], 1.0), "w must be a finite number, got nan at index (1, 0)"),
        (lambda: s.l1(np.empty((0, 2)), 1.0), "w must be a finite number, got an empty array of shape (0, 2)"),
        (lambda: s.l1("five", 1.0), "w must be a finite number, got 'five'"),
        (lambda: s.update_plain(1, 1, eta=0), "eta must be a finite number > 0, got 0.0"),
        (lambda: s.minimiser_l1(0, 1, 0, 1), "x must be a finite number whose square is not 0, got 0.0"),
        (lambda: s.walk_l1([1.0], 1, 1, 1), "w0 must be a finite number, got an array of shape (1,)"),
        (lambda: s.walk_l1(INF, 1, 1, 1), "w0 must be a finite number, got inf"),
        (lambda: s.walk_l1(1, 1, -1, 1), "eta must be a finite number > 0, got -1.0"),
        (lambda: s.walk_l1(1, -1, 1, 1), "lam must be a finite number >= 0, got -1.0"),
        (lambda: s.walk_l1(1, 1, 1, 2.5), "n_steps must be an integer >= 0, got 2.5"),
        (lambda: s.p_norm([1.0], 0), "p must be a number > 0 (inf allowed), got 0.0"),
        (lambda: s.p_norm(1.0, 1), "w must be an array of finite numbers of shape (n_features,), got shape ()"),
        (
            lambda: s.ridge([1.0], [1.0], 1),
            "X must be an array of finite numbers of shape (n_samples, n_features), got shape (1,)",
        ),
        (
            lambda: s.ridge(X, Y[:2], 1),
            "y must have n_samples = 3 as X has, got shape (2,)",
        ),
        (
            lambda: s.unstandardise_coefficients([1.0], 0, [1.0], [0.0]),
            "scale must be an array of finite numbers > 0 of shape (n_features,), got 0.0 at index (0,)",
        ),
        (lambda: s.from_sklearn_elastic_net(1, 2, 3), "l1_ratio must be a number from 0 to 1, got 2.0"),
        (lambda: s.steps_to_zero(3.0), "walk must be a non-empty sequence of numbers, got shape ()"),
        (lambda: s.gradient_descent(None, 1, 1, 1), "gradient must be a function, got None"),
        (
            lambda: s.objective([1.0, 1.0], 0, X, Y, "L1"),
            "penalty must be a penalty with its strength, such as L1(lam=0.5), got 'L1'",
        ),
        (lambda: s.unit_ball(2, 10), "n_points must be 8 k + 1, so that every corner is a point, got 10"),
        (lambda: s.spectral_radius(X), "M must be square, got shape (3, 2)"),
        (lambda: s.standardise([[1.0, 0.1], [2.0, 0.1]]), "X must have no constant column, got a constant column 1"),
        (
            lambda: s.elastic_net_pair(1, 2, 3, 1, 1, 1, 0.0),
            "a11, a12, a22 must make [[a11, a12], [a12, a22]] + lam_l2 I positive definite, "
            "got 1.0, 2.0, 3.0 with lam_l2 = 0.0",
        ),
    ],
)
def test_messages_name_argument_value_and_expectation(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (f, name)
        for f in CASES
        for name, (_, k) in CASES[f].items()
        if k in ("vector", "positive_vector")
        and f not in (s.p_norm, s.drop_small, s.polynomial_features)
        # Weights of any number make a polynomial.
        and (name != "w" or f not in (s.polynomial, s.polynomial_mean_squared_error))
    ],
    ids=named,
)
def test_sizes_must_agree(function, name):
    longer = list(CASES[function][name][0]) + [1.0]
    with pytest.raises(
        ValueError, match=r"^\w+ must have n_(samples|features|hidden|knots|directions) = \d as \w+ has, got shape \("
    ):
        function(**valid(function) | {name: longer})


SHAPES = {
    "X": "(n_samples, n_features)",
    "y": "(n_samples,)",
    "y_hat": "(n_samples,)",
    "x": "(n_samples,)",
    "w": "(n_features,)",
    "mean": "(n_features,)",
    "scale": "(n_features,)",
    "lams": "(n_strengths,)",
    "M": "(n_rows, n_columns)",
    "W": "(n_features, n_hidden)",
    "c": "(n_hidden,)",
    "v": "(n_hidden,)",
    "squares": "(n_directions,)",
    "directions": "(n_directions, n_features)",
    "weights": "(n_knots, n_features)",
    (s.between_knots, "lams"): "(n_knots,)",
}


@pytest.mark.parametrize(
    ("function", "name"), [case for case in PARAMETERS if kind(*case).endswith(("vector", "matrix"))], ids=named
)
def test_expected_shapes_are_told(function, name):
    above_0 = " > 0" * (name in ("scale", "squares"))
    with pytest.raises(ValueError) as caught:
        function(**valid(function) | {name: np.ones((2, 2, 2))})
    shape = SHAPES.get((function, name), SHAPES.get(name))
    expected = f"{name} must be an array of finite numbers{above_0} of shape {shape}, got shape (2, 2, 2)"
    assert str(caught.value) == expected


def test_defaults_are_checked_like_given_values():
    @checked(w=number)
    def identity(w=2):
        return w

    assert type(identity()) is float

    @checked(w=number)
    def broken(w=NAN):
        return w

    with pytest.raises(ValueError, match="^w must be a finite number, got nan$"):
        broken()


def test_kinds_and_parameters_must_be_the_same():
    with pytest.raises(TypeError, match="^halve: kinds and parameters differ$"):

        @checked(v=number)
        def halve(w):
            return w / 2


def test_the_decorated_function_keeps_its_name_text_and_body():
    assert s.soft_threshold.__name__ == "soft_threshold"
    assert "max(|v| - threshold, 0)" in s.soft_threshold.__doc__
    assert s.soft_threshold.__wrapped__(3.0, 1.0) == 2.0


def test_arguments_are_floats_inside():
    @checked(a=finite, b=finite, c=array("n"))
    def seen(a, b, c):
        return a, b, c

    a, b, c = seen(np.float32(2), [1, 2], (3, 4))
    assert type(a) is float and b.dtype == c.dtype == float


def test_calling_wrongly_stays_a_type_error():
    with pytest.raises(TypeError):
        s.l1(1.0)
    with pytest.raises(TypeError):
        s.l1(1.0, 1.0, strength=1.0)


def test_decorating_looks_at_names_alone():
    # pyproject.toml declares these pure: whether a module can be imported must not depend on the values that they are given.
    class Untouched:
        def __getattribute__(self, name):
            raise AssertionError(f"{name} was looked at")

    def function(x=Untouched(), *, y=None):
        return x

    checked(Untouched(), x=Untouched(), y=None)(function)
    with pytest.raises(TypeError, match="function: kinds and parameters differ"):
        checked(x=None)(function)
    for anything in (None, 1, "", ()):
        array(anything, positive=anything)
        integer(anything)

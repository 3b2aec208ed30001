"""One set of laws for every penalty: value, subgradient and prox against each other."""

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import shrinkage as s
from tests.shrinkage.laws import NUMBERS, STEPS, STRENGTHS, same_bits

# Name, term(w, first, second), subgradient, prox(v, first, second, eta); penalties of one strength ignore the second.
ALL = [
    pytest.param(
        lambda w, lam, _, term=penalty.term: term(w, lam),
        lambda w, lam, _, slope=penalty.subgradient: slope(w, lam),
        lambda v, lam, _, eta, prox=penalty.prox: prox(v, lam, eta),
        id=penalty.name,
    )
    for penalty in s.PENALTIES
] + [pytest.param(s.elastic_net_penalty, s.elastic_net_subgradient, s.elastic_net_prox, id="elastic net")]
every_penalty = pytest.mark.parametrize(("term", "subgradient", "prox"), ALL)

# Sampled near the prox: there the law is nearly an equality, and a wrong factor breaks it.
NEAR = st.sampled_from([1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0, -1e-4, -1e-3, -1e-2, -0.1, -1.0, -10.0])


@every_penalty
@given(v=NUMBERS, lam=STRENGTHS, second=STRENGTHS, eta=STEPS, offset=NEAR)
def test_three_point_inequality(term, subgradient, prox, v, lam, second, eta, offset):
    """f(u) + (u - v)^2 / 2 eta + (w - u)^2 / 2 eta <= f(w) + (w - v)^2 / 2 eta for u = prox(v) and every w."""
    u = prox(v, lam, second, eta)
    w = u + offset
    left = term(u, lam, second) + ((u - v) ** 2 + (w - u) ** 2) / (2 * eta)
    right = term(w, lam, second) + (w - v) ** 2 / (2 * eta)
    # Both sides are sums of terms not larger than `right` plus the square of the offset.
    assert left <= right + 1e-13 * (abs(right) + abs(left))


@every_penalty
@given(v=NUMBERS, lam=STRENGTHS, second=STRENGTHS, eta=STEPS)
def test_prox_is_optimal(term, subgradient, prox, v, lam, second, eta):
    """(v - u) / eta is a subgradient at u = prox(v): the chosen one, or in [-lam, lam] at 0."""
    u = prox(v, lam, second, eta)
    wanted = (v - u) / eta
    slope = subgradient(u, lam, second)
    if u == 0:
        # Slopes at 0 lie between those just beside it.
        low, high = subgradient(-1e-300, lam, second), subgradient(1e-300, lam, second)
        assert low * (1 + 1e-13) <= wanted <= high * (1 + 1e-13)
    else:
        assert slope == pytest.approx(wanted, rel=1e-9, abs=1e-12 * abs(v) / eta)


@every_penalty
@given(v=NUMBERS, other=NUMBERS, lam=STRENGTHS, second=STRENGTHS, eta=STEPS)
def test_prox_is_nonexpansive_and_firmly_so(term, subgradient, prox, v, other, lam, second, eta):
    moved = prox(v, lam, second, eta) - prox(other, lam, second, eta)
    assert moved * moved <= moved * (v - other) + 1e-11


@every_penalty
@given(w=NUMBERS, z=NUMBERS, lam=STRENGTHS, second=STRENGTHS)
def test_subgradient_inequality(term, subgradient, prox, w, z, lam, second):
    """f(z) >= f(w) + g (z - w): the line through (w, f(w)) with slope g stays below."""
    line = term(w, lam, second) + subgradient(w, lam, second) * (z - w)
    assert term(z, lam, second) >= line - 1e-12 * (1 + abs(line))


@every_penalty
@given(w=NUMBERS, lam=STRENGTHS, second=STRENGTHS)
def test_slope_is_the_derivative(term, subgradient, prox, w, lam, second):
    """A central difference is exact for lam |w| away from 0 and for squares."""
    step = abs(w) / 8
    if step > 0:
        difference = (term(w + step, lam, second) - term(w - step, lam, second)) / (2 * step)
        assert subgradient(w, lam, second) == pytest.approx(difference, rel=1e-11)


@every_penalty
@given(w=NUMBERS, lam=STRENGTHS, second=STRENGTHS)
def test_even_nonnegative_and_zero_at_zero(term, subgradient, prox, w, lam, second):
    assert term(w, lam, second) == term(-w, lam, second) >= 0
    assert subgradient(w, lam, second) == -subgradient(-w, lam, second)
    assert term(0, lam, second) == subgradient(0, lam, second) == prox(0, lam, second, 1.0) == 0


def test_derivatives_by_sympy():
    w, lam, second = sympy.symbols("w lam second", real=True)
    for term, gradient in (
        (s.squared_l2, s.squared_l2_gradient),
        (s.half_squared_l2, s.half_squared_l2_gradient),
    ):
        assert sympy.expand(sympy.diff(term.__wrapped__(w, lam), w) - gradient.__wrapped__(w, lam)) == 0
    away_from_zero = sympy.symbols("w", positive=True)
    assert sympy.diff(s.l1.__wrapped__(away_from_zero, lam), away_from_zero) == lam
    slope = sympy.diff(s.elastic_net_penalty.__wrapped__(away_from_zero, lam, second), away_from_zero)
    assert sympy.expand(slope - (lam + 2 * second * away_from_zero)) == 0


@pytest.mark.parametrize(
    ("function", "arguments", "value"),
    [
        (s.l1, (-3, 0.5), 1.5),
        (s.l1_subgradient, (-3, 0.5), -0.5),
        (s.squared_l2, (-3, 0.5), 4.5),
        (s.squared_l2_gradient, (-3, 0.5), -3),
        (s.half_squared_l2, (-3, 0.5), 2.25),
        (s.half_squared_l2_gradient, (-3, 0.5), -1.5),
        (s.elastic_net_penalty, (-3, 0.5, 0.25), 3.75),
        (s.elastic_net_subgradient, (-3, 0.5, 0.25), -2),
        (s.l1_prox, (-3, 0.5, 2), -2),
        (s.squared_l2_prox, (-3, 0.5, 2), -1),
        (s.half_squared_l2_prox, (-3, 0.5, 2), -1.5),
        (s.elastic_net_prox, (-3, 0.5, 0.25, 2), -1),
        (s.pull_l1, (-3, 0.5), 0.5),
        (s.pull_squared_l2, (-3, 0.5), 3),
        (s.pull_half_squared_l2, (-3, 0.5), 1.5),
    ],
    ids=lambda v: getattr(v, "__name__", ""),
)
def test_known_values(function, arguments, value):
    assert function(*arguments) == value


def test_sign_is_0_at_both_zeros():
    assert s.sign([-2.5, -0.0, 0.0, 5e-324]).tolist() == [-1, 0, 0, 1]


@given(v=NUMBERS, threshold=STRENGTHS)
def test_soft_threshold_by_cases(v, threshold):
    if v > threshold:
        expected = v - threshold
    elif v < -threshold:
        expected = v + threshold
    else:
        expected = 0.0
    assert same_bits(s.soft_threshold(v, threshold), expected)


@given(v=NUMBERS, threshold=STRENGTHS)
def test_moreau_decomposition(v, threshold):
    """v = prox of threshold |.| plus the projection on [-threshold, threshold], its conjugate's prox."""
    projection = min(max(v, -threshold), threshold)
    assert s.soft_threshold(v, threshold) + projection == pytest.approx(v, rel=1e-15, abs=1e-14)


def test_soft_threshold_is_exactly_positive_zero_inside_and_never_overflows():
    v = [-1.0, -0.5, -0.0, 0.0, 0.5, 1.0]
    assert same_bits(s.soft_threshold(v, 1.0), np.zeros(6))
    assert same_bits(s.soft_threshold(v, 0.0), [-1.0, -0.5, 0.0, 0.0, 0.5, 1.0])
    assert s.soft_threshold([-1e308, 1e308, 1.5e308], 1.5e308).tolist() == [0, 0, 0]


@pytest.mark.parametrize("lam", [0.0, 0.75])
def test_subdifferential_is_an_interval_at_0_and_one_slope_elsewhere(lam):
    low, high = s.l1_subdifferential([-2.0, -0.25, -0.0, 0.0, 0.25, 3.0], lam)
    assert low.tolist() == [-lam, -lam, -lam, -lam, lam, lam]
    assert high.tolist() == [-lam, -lam, lam, lam, lam, lam]
    assert s.l1_subdifferential(0, lam) == (-lam, lam)


@given(w=NUMBERS, lam=STRENGTHS, slope=st.floats(-1, 1), z=NUMBERS)
def test_every_slope_of_the_interval_is_a_subgradient(w, lam, slope, z):
    low, high = s.l1_subdifferential(w, lam)
    between = low + (slope + 1) / 2 * (high - low)
    assert low <= s.l1_subgradient(w, lam) <= high
    assert s.l1(z, lam) >= s.l1(w, lam) + between * (z - w) - 1e-10


@given(w=NUMBERS, lam=STRENGTHS)
def test_pulls_are_the_sizes_of_the_slopes_and_point_to_0(w, lam):
    for pull, slope in (
        (s.pull_l1, s.l1_subgradient),
        (s.pull_squared_l2, s.squared_l2_gradient),
        (s.pull_half_squared_l2, s.half_squared_l2_gradient),
    ):
        assert pull(w, lam) == abs(slope(w, lam))
        assert slope(w, lam) * w >= 0


@given(lam=st.floats(1e-3, 50))
def test_squared_l2_pulls_harder_above_one_half_only(lam):
    meeting = s.equal_pull_weight_squared_l2(lam)
    assert meeting == s.equal_pull_weight_squared_l2() == 0.5
    assert s.pull_l1(meeting, lam) == s.pull_squared_l2(meeting, lam)
    assert s.pull_squared_l2(0.51, lam) > s.pull_l1(0.51, lam)
    assert s.pull_squared_l2(0.49, lam) < s.pull_l1(0.49, lam)


@given(lam=st.floats(1e-3, 50))
def test_half_squared_l2_pulls_harder_above_1_only(lam):
    meeting = s.equal_pull_weight_half_squared_l2(lam)
    assert meeting == s.equal_pull_weight_half_squared_l2() == 1
    assert s.pull_l1(meeting, lam) == s.pull_half_squared_l2(meeting, lam)
    assert s.pull_half_squared_l2(1.01, lam) > s.pull_l1(1.01, lam)
    assert s.pull_half_squared_l2(0.99, lam) < s.pull_l1(0.99, lam)


@pytest.mark.parametrize(
    ("penalty", "name", "value"),
    [(s.L1, "L1", 3.5), (s.SQUARED_L2, "squared L2", 14.5), (s.HALF_SQUARED_L2, "half squared L2", 7.25)],
)
def test_penalty_sums_its_terms(penalty, name, value):
    assert penalty.name == name
    assert penalty.value([5.0, -2.0, 0.0], 0.5) == value
    assert type(penalty.value(5.0, 0.5)) is float
    assert penalty in s.PENALTIES and len(s.PENALTIES) == 3


def test_penalties_cannot_be_changed():
    with pytest.raises(AttributeError):
        s.L1.name = "L2"

"""One set of laws for every penalty: value, subgradient and prox against each other."""

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import shrinkage as s
from tests.shrinkage.laws import NUMBERS, STEPS, STRENGTHS, same_bits

# Each penalty made from two strengths; those of one strength leave the second alone.
ALL = {
    "L1": lambda lam, _: s.L1(lam),
    "squared L2": lambda lam, _: s.SquaredL2(lam),
    "half squared L2": lambda lam, _: s.HalfSquaredL2(lam),
    "elastic net": s.ElasticNet,
}
every_penalty = pytest.mark.parametrize("penalty", ALL.values(), ids=ALL)

# Sampled near the prox: there the law is nearly an equality, and a wrong factor breaks it.
NEAR = st.sampled_from([1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0, -1e-4, -1e-3, -1e-2, -0.1, -1.0, -10.0])


@every_penalty
@given(v=NUMBERS, lam=STRENGTHS, second=STRENGTHS, eta=STEPS, offset=NEAR)
def test_three_point_inequality(penalty, v, lam, second, eta, offset):
    """f(u) + (u - v)^2 / 2 eta + (w - u)^2 / 2 eta <= f(w) + (w - v)^2 / 2 eta for u = prox(v) and every w."""
    u = penalty(lam, second).prox(v, eta)
    w = u + offset
    left = penalty(lam, second).term(u) + ((u - v) ** 2 + (w - u) ** 2) / (2 * eta)
    right = penalty(lam, second).term(w) + (w - v) ** 2 / (2 * eta)
    # Rounding moves each side by a part of itself, and u and w by a part of v, for which the squares answer with their slopes.
    rounding = 1e-15 * (left + right + max(abs(v), abs(w)) * max(abs(u - v), abs(w - v), abs(w - u)) / eta)
    assert left <= right + 4 * rounding


@every_penalty
@given(v=NUMBERS, lam=STRENGTHS, second=STRENGTHS, eta=STEPS)
def test_prox_is_optimal(penalty, v, lam, second, eta):
    """(v - u) / eta is a subgradient at u = prox(v): the chosen one, or in [-lam, lam] at 0."""
    u = penalty(lam, second).prox(v, eta)
    wanted = (v - u) / eta
    slope = penalty(lam, second).subgradient(u)
    if u == 0:
        # Slopes at 0 lie between those just beside it.
        low, high = penalty(lam, second).subgradient(-1e-300), penalty(lam, second).subgradient(1e-300)
        assert low * (1 + 1e-13) <= wanted <= high * (1 + 1e-13)
    else:
        assert slope == pytest.approx(wanted, rel=1e-9, abs=1e-12 * abs(v) / eta)


@every_penalty
@given(v=NUMBERS, other=NUMBERS, lam=STRENGTHS, second=STRENGTHS, eta=STEPS)
def test_prox_is_nonexpansive_and_firmly_so(penalty, v, other, lam, second, eta):
    moved = penalty(lam, second).prox(v, eta) - penalty(lam, second).prox(other, eta)
    assert moved * moved <= moved * (v - other) + 1e-11


@every_penalty
@given(w=NUMBERS, z=NUMBERS, lam=STRENGTHS, second=STRENGTHS)
def test_subgradient_inequality(penalty, w, z, lam, second):
    """f(z) >= f(w) + g (z - w): the line through (w, f(w)) with slope g stays below."""
    line = penalty(lam, second).term(w) + penalty(lam, second).subgradient(w) * (z - w)
    assert penalty(lam, second).term(z) >= line - 1e-12 * (1 + abs(line))


@every_penalty
@given(w=NUMBERS, lam=STRENGTHS, second=STRENGTHS)
def test_slope_is_the_derivative(penalty, w, lam, second):
    """A central difference is exact for lam |w| away from 0 and for squares."""
    step = abs(w) / 8
    if step > 0:
        difference = (penalty(lam, second).term(w + step) - penalty(lam, second).term(w - step)) / (2 * step)
        assert penalty(lam, second).subgradient(w) == pytest.approx(difference, rel=1e-11)


@every_penalty
@given(w=NUMBERS, lam=STRENGTHS, second=STRENGTHS)
def test_even_nonnegative_and_zero_at_zero(penalty, w, lam, second):
    assert penalty(lam, second).term(w) == penalty(lam, second).term(-w) >= 0
    assert penalty(lam, second).subgradient(w) == -penalty(lam, second).subgradient(-w)
    assert penalty(lam, second).term(0) == penalty(lam, second).subgradient(0) == penalty(lam, second).prox(0, 1.0) == 0


def test_derivatives_by_sympy():
    w, lam = sympy.symbols("w lam", real=True)
    for term, gradient in (
        (s.squared_l2, s.squared_l2_gradient),
        (s.half_squared_l2, s.half_squared_l2_gradient),
    ):
        assert sympy.expand(sympy.diff(term.__wrapped__(w, lam), w) - gradient.__wrapped__(w, lam)) == 0
    away_from_zero = sympy.symbols("w", positive=True)
    assert sympy.diff(s.l1.__wrapped__(away_from_zero, lam), away_from_zero) == lam


@pytest.mark.parametrize(
    ("function", "arguments", "value"),
    [
        (s.l1, (-3, 0.5), 1.5),
        (s.l1_subgradient, (-3, 0.5), -0.5),
        (s.squared_l2, (-3, 0.5), 4.5),
        (s.squared_l2_gradient, (-3, 0.5), -3),
        (s.half_squared_l2, (-3, 0.5), 2.25),
        (s.half_squared_l2_gradient, (-3, 0.5), -1.5),
        (s.l1_prox, (-3, 0.5, 2), -2),
        (s.squared_l2_prox, (-3, 0.5, 2), -1),
        (s.half_squared_l2_prox, (-3, 0.5, 2), -1.5),
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
    ("penalty", "value", "slope", "prox"),
    [
        (s.L1(0.5), 3.5, [0.5, -0.5, 0.0], [4.0, -1.0, 0.0]),
        (s.SquaredL2(0.5), 14.5, [5.0, -2.0, 0.0], [5 / 3, -2 / 3, 0.0]),
        (s.HalfSquaredL2(0.5), 7.25, [2.5, -1.0, 0.0], [2.5, -1.0, 0.0]),
        (s.ElasticNet(0.5, 1.0), 32.5, [10.5, -4.5, 0.0], [0.8, -0.2, 0.0]),
    ],
    ids=repr,
)
def test_a_penalty_owns_its_strength_and_sums_its_terms(penalty, value, slope, prox):
    w = [5.0, -2.0, 0.0]
    assert penalty.value(w) == value and type(penalty.value(5.0)) is float
    assert penalty.subgradient(w).tolist() == slope
    assert penalty.pull(w).tolist() == np.abs(slope).tolist()
    assert penalty.prox(w, 2.0) == pytest.approx(prox, rel=1e-15)
    assert type(penalty.term(5.0)) is type(penalty.pull(5.0)) is float


def test_a_penalty_is_what_its_strengths_say():
    assert s.L1(2) == s.L1(2.0) != s.L1(1.0) and s.L1(2.0) != s.SquaredL2(2.0)
    assert repr(s.ElasticNet(1, lam_l2=2)) == "ElasticNet(lam_l1=1.0, lam_l2=2.0)"
    assert len({s.L1(1), s.L1(1.0), s.HalfSquaredL2(1.0)}) == 2
    with pytest.raises(AttributeError):
        s.L1(1.0).lam = 2.0


@given(w=NUMBERS, v=NUMBERS, lam=STRENGTHS, eta=STEPS)
def test_an_elastic_net_of_one_part_is_that_part(w, v, lam, eta):
    for net, part in ((s.ElasticNet(lam, 0), s.L1(lam)), (s.ElasticNet(0, lam), s.SquaredL2(lam))):
        assert net.value(w) == part.value(w) and net.subgradient(w) == part.subgradient(w)
        assert net.prox(v, eta) == part.prox(v, eta) and net.pull(w) == part.pull(w)


@pytest.mark.parametrize("lam", [-1.0, -5e-324, float("nan"), float("inf"), [1.0, 2.0], "1", None])
def test_penalties_refuse_what_is_no_strength(lam):
    for make, name in (
        (s.L1, "lam"),
        (s.SquaredL2, "lam"),
        (s.HalfSquaredL2, "lam"),
        (lambda lam: s.ElasticNet(lam, 1.0), "lam_l1"),
        (lambda lam: s.ElasticNet(1.0, lam), "lam_l2"),
    ):
        with pytest.raises(ValueError, match=f"^{name} must be a finite number >= 0, got "):
            make(lam)


@pytest.mark.parametrize("penalty", [s.L1(1.0), s.SquaredL2(1.0), s.HalfSquaredL2(1.0), s.ElasticNet(1.0, 1.0)])
def test_penalties_refuse_what_is_no_weight(penalty):
    for method in (penalty.value, penalty.term, penalty.subgradient, penalty.pull):
        with pytest.raises(ValueError, match="^w must be a finite number, got nan$"):
            method(float("nan"))
    with pytest.raises(ValueError, match="^v must be a finite number, got inf$"):
        penalty.prox(float("inf"), 1.0)
    with pytest.raises(ValueError, match="^eta must be a finite number > 0, got 0.0$"):
        penalty.prox(1.0, 0.0)

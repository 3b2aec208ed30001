"""The numbered equations: each is a step against the derivative of its loss, and each pair of groupings agrees."""

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import shrinkage as s
from tests.shrinkage.laws import NUMBERS, STEPS, STRENGTHS

W, X, Y, B, LAM, ETA, H = sympy.symbols("w x y b lam eta H", real=True)
ERROR = s.squared_error.__wrapped__(W, X, Y, B)
SLOPE = s.squared_error_slope.__wrapped__(W, X, Y, B)


@pytest.mark.parametrize(
    ("update", "loss"),
    [
        (s.update_l1_positive, ERROR + LAM * W),
        (s.update_l1_negative, ERROR - LAM * W),
        (s.update_squared_l2, ERROR + LAM * W**2),
        (s.update_half_squared_l2, ERROR + LAM * W**2 / 2),
        (s.update_l1_positive_regrouped, ERROR + LAM * W),
        (s.update_l1_negative_regrouped, ERROR - LAM * W),
        (s.update_squared_l2_regrouped, ERROR + LAM * W**2),
    ],
    ids=lambda v: getattr(v, "__name__", ""),
)
def test_step_against_the_derivative(update, loss):
    """w - eta dLoss/dw, where |w| is w for w > 0 and -w for w < 0."""
    step = update.__wrapped__(W, SLOPE, LAM, ETA)
    assert sympy.expand(step - (W - ETA * sympy.diff(loss, W))) == 0


def test_plain_step_against_the_derivative():
    assert sympy.expand(s.update_plain.__wrapped__(W, SLOPE, ETA) - (W - ETA * sympy.diff(ERROR, W))) == 0


@pytest.mark.parametrize(
    ("update", "regrouped"),
    [
        (s.update_l1_positive, s.update_l1_positive_regrouped),
        (s.update_l1_negative, s.update_l1_negative_regrouped),
        (s.update_squared_l2, s.update_squared_l2_regrouped),
    ],
    ids=["(1.1) = (3.1)", "(1.2) = (3.2)", "(2) = (4)"],
)
def test_regrouping_changes_nothing(update, regrouped):
    assert sympy.expand(update.__wrapped__(W, H, LAM, ETA) - regrouped.__wrapped__(W, H, LAM, ETA)) == 0


def test_each_equation_is_summed_in_its_own_order():
    """These sums round differently in the two orders, so the order shows."""
    w, H, lam = 0.7, 0.1, 0.3
    assert s.update_plain(w, H) == w - H
    assert s.update_l1_positive(w, H, lam) == (w - H) - lam
    assert s.update_l1_positive_regrouped(w, H, lam) == (w - lam) - H != (w - H) - lam
    assert s.update_l1_negative(w, -H, lam) == (w + H) + lam
    assert s.update_l1_negative_regrouped(w, -H, lam) == (w + lam) + H != (w + H) + lam
    assert s.update_squared_l2(w, H, 1.5) == (w - H) - 3 * w
    assert s.update_squared_l2_regrouped(w, H, 1.5) == (w - 3 * w) - H != (w - H) - 3 * w


@pytest.mark.parametrize(
    ("update", "value"),
    [
        (s.update_l1_positive, 5 - 1 - 0.5),
        (s.update_l1_negative, 5 - 1 + 0.5),
        (s.update_squared_l2, 5 - 1 - 5),
        (s.update_l1_positive_regrouped, 5 - 1 - 0.5),
        (s.update_l1_negative_regrouped, 5 - 1 + 0.5),
        (s.update_squared_l2_regrouped, 5 - 1 - 5),
        (s.update_l1, 5 - 1 - 0.5),
        (s.update_l1_prox, 5 - 1 - 0.5),
        (s.update_half_squared_l2, 5 - 1 - 2.5),
    ],
    ids=lambda v: getattr(v, "__name__", ""),
)
def test_eta_is_1_where_none_is_given(update, value):
    assert update(5, 1, 0.5) == update(5, 1, 0.5, eta=1) == value
    assert s.update_plain(5, 1) == s.update_plain(5, 1, 1) == 4


@given(NUMBERS, NUMBERS, STRENGTHS, STEPS)
def test_l1_update_by_cases(w, H, lam, eta):
    if w > 0:
        expected = s.update_l1_positive(w, H, lam, eta)
    elif w < 0:
        expected = s.update_l1_negative(w, H, lam, eta)
    else:
        expected = s.update_plain(w, H, eta)
    assert s.update_l1(w, H, lam, eta) == expected


@given(NUMBERS, NUMBERS, STRENGTHS, STEPS)
def test_proximal_step_solves_its_problem(w, H, lam, eta):
    """It minimises H u + lam |u| + (u - w)^2 / 2 eta: the slope left over is a subgradient of lam |u|."""
    u = s.update_l1_prox(w, H, lam, eta)
    low, high = s.l1_subdifferential(u, lam)
    left = (w - u) / eta - H
    rounding = 1e-13 * (abs(w) + abs(u)) / eta + 1e-13 * (abs(H) + lam)
    assert low - rounding <= left <= high + rounding


@given(NUMBERS, NUMBERS, STRENGTHS, STEPS)
def test_proximal_step_is_the_subgradient_step_where_neither_meets_0(w, H, lam, eta):
    gradient_step = s.update_plain(w, H, eta)
    if w * gradient_step > 0 and abs(gradient_step) > eta * lam:
        assert s.update_l1_prox(w, H, lam, eta) == pytest.approx(s.update_l1(w, H, lam, eta), rel=1e-12)


@given(st.floats(0.01, 100), STRENGTHS.filter(bool), STEPS)
def test_every_penalty_shifts_the_step_towards_0(w, lam, eta):
    """With the same H, the penalised step of a positive weight ends below the plain one; of a negative, above."""
    for update in (s.update_l1, s.update_squared_l2, s.update_half_squared_l2):
        assert update(w, 0, lam, eta) < s.update_plain(w, 0, eta)
        assert update(-w, 0, lam, eta) > s.update_plain(-w, 0, eta)


@given(NUMBERS, STRENGTHS, STEPS, st.integers(1, 500))
def test_dual_averaging_solves_its_problem(g, lam, gamma, n_steps):
    """It minimises g w + lam |w| + gamma / (2 sqrt(n)) w^2: the slope left over is a subgradient of lam |w|."""
    w = s.update_dual_averaging(g, lam, gamma, n_steps)
    low, high = s.l1_subdifferential(w, lam)
    left = -g - gamma / n_steps**0.5 * w
    rounding = 1e-12 * (abs(g) + lam)
    assert low - rounding <= left <= high + rounding
    assert s.update_dual_averaging(3, 1, 4, 4) == -1

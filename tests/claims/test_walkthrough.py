"""What the walkthrough claims."""

import math
from fractions import Fraction

import numpy as np
import pytest

from figures import given as chosen
from shrinkage import (
    contraction_factor,
    data_pull,
    half_squared_l2,
    half_squared_l2_gradient,
    l1,
    l1_subgradient,
    loss_l1,
    loss_squared_l2,
    minimiser_l1,
    minimiser_squared_l2,
    squared_error_slope,
    squared_l2_gradient,
    steps_to_zero,
    two_cycle,
    update_half_squared_l2,
    update_l1,
    update_l1_prox,
    update_squared_l2,
    walk_half_squared_l2,
    walk_half_squared_l2_factor,
    walk_l1,
    walk_l1_prox,
    walk_literal_sign,
    walk_squared_l2,
)
from tests.claims.exact import assume, exhaustive, proved
from tests.claims.pages import quoted

START = (chosen.W0, chosen.LAM, chosen.ETA)
# Fractions do not round.
W0, LAM, ETA = map(Fraction, START)
N_STEPS = int(W0 / (ETA * LAM))
"""How many steps fit into the start."""


def test_l1_arrives_after_ten_steps_and_stays():
    walk = walk_l1(*START, N_STEPS + 100)
    assert quoted("walk_l1.steps_to_zero") == steps_to_zero(walk) == W0 / (ETA * LAM)
    assert set(walk[N_STEPS:]) == {0.0} and update_l1(0.0, 0.0, chosen.LAM, chosen.ETA) == 0
    assert set(np.diff(walk[: N_STEPS + 1])) == {-ETA * LAM}


@proved(wrong=("factor * w", "factor * factor * w"))
def test_half_squared_l2_leaves_half_at_every_step(w):
    factor = quoted("walk_l2.factor")
    assert factor == 1 - ETA * LAM == contraction_factor(chosen.LAM, chosen.ETA)
    after = update_half_squared_l2(w, 0.0, chosen.LAM, chosen.ETA)
    assert after == factor * w
    # By induction: closer at every step, and at none of them there.
    assume(w != 0)
    assert 0 < abs(after) < abs(w)


@proved(wrong=("v - w) / 2", "v - w)"))
def test_slope_of_half_the_square_is_the_weight(w, v):
    # A parabola lies above the line that touches it by half the square of the distance.
    assert half_squared_l2_gradient(w, 1.0) == w
    touching = half_squared_l2(w, 1.0) + w * (v - w)
    assert half_squared_l2(v, 1.0) - touching == (v - w) * (v - w) / 2
    # The absolute value is a straight line as far as zero.
    if w * v > 0:
        slope = l1_subgradient(w, 1.0)
        assert slope == (1 if w > 0 else -1)
        assert l1(v, 1.0) - l1(w, 1.0) == slope * (v - w)


@proved(wrong=("share * w, lam)) ==", "w, lam)) =="))
def test_l1_steps_do_not_shrink(w, share, lam, eta):
    assume(w != 0, share > 0, lam > 0, eta > 0)
    assert abs(update_l1(w, 0.0, lam, eta) - w) == abs(eta * l1_subgradient(share * w, lam)) == eta * lam
    assert update_half_squared_l2(w, 0.0, lam, eta) - w == -eta * half_squared_l2_gradient(w, lam)
    assert abs(eta * half_squared_l2_gradient(share * w, lam)) == share * abs(eta * half_squared_l2_gradient(w, lam))


def exact_walks(n_steps):
    """Both walks of the page in fractions, each written here anew."""
    by_l1, by_l2 = [W0], [W0]
    for _ in range(n_steps):
        by_l1.append(by_l1[-1] - ETA * LAM * ((by_l1[-1] > 0) - (by_l1[-1] < 0)))
        by_l2.append(by_l2[-1] - ETA * LAM * by_l2[-1])
    return by_l1, by_l2


def test_l2_leads_at_first():
    by_l1, by_l2 = walk_l1(*START, N_STEPS), walk_half_squared_l2(*START, N_STEPS)
    assert (by_l1, by_l2) == exact_walks(N_STEPS)
    assert 0 < by_l2[1] < by_l1[1]
    assert half_squared_l2_gradient(chosen.W0, chosen.LAM) > l1_subgradient(chosen.W0, chosen.LAM) > 0
    for step, row in enumerate(quoted("examples.rows")):
        assert row == {"step": step, "l1": by_l1[step], "l2": by_l2[step]}
    assert len(quoted("examples.rows")) == N_STEPS + 1
    assert (quoted("walk_l1.first"), quoted("walk_l2.first")) == (by_l1[1], by_l2[1])


def test_l2_is_overtaken_at_the_step_that_arrives():
    by_l1, by_l2 = walk_l1(*START, N_STEPS), walk_half_squared_l2(*START, N_STEPS)
    assert (by_l1, by_l2) == exact_walks(N_STEPS)
    assert by_l1[-2] == chosen.ETA * chosen.LAM and by_l1[-1] == 0
    assert all(0 < by_l2[k] < by_l1[k] for k in range(1, N_STEPS)) and by_l2[-1] > 0


@proved(wrong=("power > 0, ", ""))
def test_no_power_of_a_half_is_zero(f, power):
    """By induction from f^0 = 1, one more factor at a time."""
    assert f**0 == 1
    assume(power > 0, f > 0)
    assert power * f > 0 and f**3 == f * f * f > 0
    assert contraction_factor(chosen.LAM, chosen.ETA) == quoted("walk_l2.factor") > 0


def test_the_literal_sign_breaks_one_step_after_arrival():
    walk = walk_literal_sign(*START, N_STEPS + 2)
    assert walk[: N_STEPS + 1] == walk_l1(*START, N_STEPS) and walk[N_STEPS] == 0
    assert math.isnan(walk[N_STEPS + 1]) and math.isnan(walk[N_STEPS + 2])
    # The same from the other side, and in plain Python.
    assert walk_literal_sign(-chosen.W0, chosen.LAM, chosen.ETA, N_STEPS) == [-w for w in walk[: N_STEPS + 1]]
    w = chosen.W0
    for _ in range(N_STEPS):
        w -= chosen.ETA * chosen.LAM * (w / abs(w))
    assert w == 0
    with pytest.raises(ZeroDivisionError):
        w / abs(w)


@proved(wrong=("change == 0 or ", ""))
def test_l1_arrives_only_where_the_step_divides_the_start(w, lam, eta):
    """By induction: each step changes the weight by a whole step or not at all, so from 0 whole steps lead back to the start."""
    assume(lam > 0, eta > 0)
    step = eta * lam
    walk = walk_l1(w, lam, eta, 3)
    for before, after in zip(walk, walk[1:]):
        change = after - before
        assert change == step or change == 0 or change == -step
    if walk[3] == 0:
        assert w == 0 or abs(w) == step or abs(w) == 2 * step or abs(w) == 3 * step


@proved(wrong=("abs(w) < step", "abs(w) <= step"))
def test_otherwise_a_two_cycle_as_wide_as_a_step(w, lam, eta):
    """As long as a step is left the walk comes a step closer; once less is left, and not nothing, it goes round."""
    assume(lam > 0, eta > 0, w != 0)
    step = eta * lam
    walk = walk_l1(w, lam, eta, 2)
    if abs(w) < step:
        assert walk[2] == w and walk[1] * w < 0
        assert abs(walk[1] - w) == step
        assert two_cycle(walk) == [walk[1], w] and two_cycle(walk[:2]) == []
    else:
        assert abs(walk[1]) == abs(w) - step and two_cycle(walk) == []


def test_a_tenth_does_not_add_up():
    start, step, n_steps = (quoted(f"results.{name}") for name in ("tenths_w0", "tenths_eta", "tenths_steps"))
    # As they are read, in decimals, and as a binary float has them.
    assert Fraction(str(start)) == n_steps * Fraction(str(step))
    assert Fraction(start) != n_steps * Fraction(step)
    w = start
    for _ in range(n_steps):
        w -= step
    assert w == quoted("results.tenths_left") == walk_l1(start, 1.0, step, n_steps)[-1] != 0
    assert 0 not in walk_l1(start, 1.0, step, 50 * n_steps)


def test_the_walkthrough_is_exact_in_binary():
    assert (walk_l1(*START, N_STEPS), walk_half_squared_l2(*START, N_STEPS)) == exact_walks(N_STEPS)


@exhaustive(
    wrong=("abs(w) <= step", "abs(w) < step"),
    lam=(0.001, 0.1, 1, 3, 9000),
    eta=(0.0001, 0.1, 0.5, 1, 7),
)
def test_the_proximal_walk_always_arrives(w, lam, eta):
    """A step that is not lost comes closer, and there are finitely many floats; the last is to 0, which stays."""
    step = eta * lam
    after = walk_l1_prox(w, lam, eta, 1)[1]
    assert (after == update_l1_prox(w, 0.0, lam, eta)).all()
    arrives = abs(w) <= step
    lost = abs(w) - step == abs(w)
    assert ((after == 0) == arrives).all() and (update_l1_prox(0 * w, 0.0, lam, eta) == 0).all()
    assert ((abs(after) < abs(w)) | arrives | lost).all() and (after * np.sign(w) >= 0).all()


@proved(wrong=("<= lam", "< lam"))
def test_the_proximal_step_rests_at_zero_where_zero_is_best(x, y, b, lam, eta, v):
    assume(x != 0, lam >= 0, eta > 0)
    D = data_pull(x, y, b)
    H = squared_error_slope(0.0, x, y, b)
    assert H == -D
    after = update_l1_prox(0.0, H, lam, eta)
    assert (after == 0) == (abs(D) <= lam) == (minimiser_l1(x, y, b, lam) == 0)
    if after == 0:
        assert loss_l1(0.0, x, y, b, lam) <= loss_l1(v, x, y, b, lam)
    else:
        assert after * D > 0


@proved(wrong=("eta * D", "D"))
def test_the_subgradient_step_leaves_zero_at_the_faintest_pull(x, y, b, lam, eta):
    assume(lam >= 0, eta > 0)
    D = data_pull(x, y, b)
    assume(D != 0)
    assert update_l1(0.0, squared_error_slope(0.0, x, y, b), lam, eta) == eta * D != 0


@proved(wrong=("eta == 1 / lam", "eta >= 1 / lam"))
def test_half_squared_l2_arrives_at_one_step_size_only(w, lam, eta):
    """Where a step does not arrive, the next begins at a weight that is not zero either."""
    assume(w != 0, lam > 0, eta > 0)
    walk = walk_half_squared_l2(w, lam, eta, 2)
    assert (walk[1] == 0) == (walk[2] == 0) == (contraction_factor(lam, eta) == 0) == (eta == 1 / lam)
    # Anything higher steps over.
    if eta > 1 / lam:
        assert walk[1] * w < 0


@proved(wrong=("eta == 1 / (2 * lam)", "eta == 1 / lam"))
def test_squared_l2_arrives_at_one_over_two_lambda(w, lam, eta):
    assume(w != 0, lam > 0, eta > 0)
    walk = walk_squared_l2(w, lam, eta, 2)
    assert (walk[1] == 0) == (walk[2] == 0) == (eta == 1 / (2 * lam))
    assert walk[1] == w - eta * squared_l2_gradient(w, lam) == update_squared_l2(w, 0.0, lam, eta)


@proved(wrong=("< 2", "<= 2"))
def test_between_one_and_two_alternates_and_converges(w, lam, eta):
    """Each step multiplies the size by one and the same number below 1, so it falls below any other."""
    assume(w != 0, lam > 0, eta > 0)
    walk = walk_half_squared_l2(w, lam, eta, 3)
    factor = contraction_factor(lam, eta)
    if 1 < eta * lam < 2:
        assert abs(factor) < 1
        for before, after in zip(walk, walk[1:]):
            assert before * after < 0 and abs(after) == abs(factor) * abs(before)


@proved(wrong=("eta * lam > 2", "eta * lam > 1"))
def test_at_two_it_cycles_above_it_diverges(w, lam, eta):
    assume(w != 0, lam > 0, eta > 0)
    walk = walk_half_squared_l2(w, lam, eta, 3)
    if eta * lam == 2:
        assert walk == [w, -w, w, -w] and two_cycle(walk) == [w, -w]
    if eta * lam > 2:
        factor = abs(contraction_factor(lam, eta))
        assert factor > 1
        for before, after in zip(walk, walk[1:]):
            assert abs(after) == factor * abs(before) > abs(before)


@exhaustive(wrong=("walk[-1] == 0", "walk[-10] == 0"), lam=(1,), eta=(0.5,))
def test_the_product_underflows_to_zero(w, lam, eta):
    """The halvings of the page in 64 bits; and every number of 16 bits ends at zero as well, where it stays."""
    halved, halvings = chosen.W0, 0
    while halved != 0:
        halved *= 0.5
        halvings += 1
    assert quoted("underflow.product_steps_to_zero") == halvings
    assert halvings == walk_half_squared_l2_factor(*START, halvings + 5).index(0)
    walk = walk_half_squared_l2_factor(w, lam, eta, 42)
    assert (walk[1] == w * w.dtype.type(0.5)).all() and (walk[-1] == 0).all()


@exhaustive(wrong=("* smallest", "* 2 * smallest"), lam=(1,), eta=(0.5,))
def test_the_difference_stops_at_the_smallest_number(w, lam, eta):
    """As before, in 64 bits and in 16."""
    left, before = chosen.W0, None
    while left != before:
        left, before = left - 0.5 * left, left
    assert quoted("underflow.difference_last") == left == walk_half_squared_l2(*START, 2000)[-1]
    assert left == math.ulp(0.0) and 0.5 * left == 0
    smallest = np.finfo(w.dtype).smallest_subnormal
    walk = walk_half_squared_l2(w, lam, eta, 45)
    assert (walk[1] == w - w.dtype.type(0.5) * w).all()
    assert (abs(walk[-1]) == (w != 0) * smallest).all() and (walk[-1] == walk[-2]).all()
    assert smallest / w.dtype.type(2) == 0


@proved(wrong=("== (data_pull(x, y, b) == 0)", "== (y == 0)"))
def test_with_data_l2_is_zero_only_without_a_pull(x, y, b, lam, v):
    assume(x != 0, lam > 0)
    best = minimiser_squared_l2(x, y, b, lam)
    assert (best == 0) == (data_pull(x, y, b) == 0)
    assert loss_squared_l2(best, x, y, b, lam) <= loss_squared_l2(v, x, y, b, lam)

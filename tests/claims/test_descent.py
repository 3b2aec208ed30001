"""What the page on gradient descent claims."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures import given as chosen
from shrinkage import (
    gradient_descent,
    joint_step_matrix,
    l1,
    l1_subdifferential,
    loss_l1,
    loss_l1_slope,
    loss_squared_l2,
    loss_squared_l2_slope,
    minimiser_squared_l2,
    sign,
    spectral_radius,
    squared_error_bias_slope,
    squared_error_slope,
    squared_l2_step_factor,
    stable_step_limit,
    subgradient_descent,
    update_l1,
    update_l1_negative,
    update_l1_positive,
    update_plain,
    update_squared_l2,
    walk_l1,
)
from tests.claims.draws import features, strengths, values
from tests.claims.exact import assume, cases, exhaustive, proved
from tests.claims.pages import quoted


@proved(wrong=("== eta * lam", "== lam"))
def test_step_of_l1_has_length_eta_lambda(w, H, lam, eta):
    assume(w != 0, lam > 0, eta > 0)
    second_move = update_l1(w, H, lam, eta) - update_plain(w, H, eta)
    assert abs(second_move) == eta * lam
    assert second_move * w < 0
    assert update_plain(w, H, eta) - w == -eta * H


@proved(wrong=("== 2 * eta * lam * abs(w)", "== eta * lam * abs(w)"))
def test_step_of_squared_l2_has_length_two_eta_lambda_w(w, H, lam, eta):
    assume(w != 0, lam > 0, eta > 0)
    second_move = update_squared_l2(w, H, lam, eta) - update_plain(w, H, eta)
    assert abs(second_move) == 2 * eta * lam * abs(w)
    assert second_move * w < 0


@proved(wrong=("update(w, there, lam, eta)", "update(w, here, lam, eta)"))
def test_the_shift_ignores_the_data(w, lam, eta, x, y, b, x2, y2):
    assume(lam > 0, eta > 0)
    here, there = squared_error_slope(w, x, y, b), squared_error_slope(w, x2, y2, b)
    for update in (update_l1, update_squared_l2):
        shift = update(w, here, lam, eta) - update_plain(w, here, eta)
        assert update(w, there, lam, eta) - update_plain(w, there, eta) == shift


@proved(wrong=("shift < 0", "shift > 0"))
def test_both_shifts_point_to_zero(w, H, lam):
    assume(w != 0, lam > 0)
    for update in (update_l1, update_squared_l2):
        shift = update(w, H, lam) - update_plain(w, H)
        if w > 0:
            assert shift < 0
        else:
            assert shift > 0
    # Equations (1.1) and (1.2), each on its side.
    one_sided = update_l1_positive if w > 0 else update_l1_negative
    assert update_l1(w, H, lam) == one_sided(w, H, lam)


@proved(wrong=("-1 <= g", "-2 <= g"))
def test_any_subgradient_may_serve_at_zero(g, w, lam):
    # A subgradient at 0: a slope with which the line through the lowest point stays below.
    assume(lam > 0)
    low, high = l1_subdifferential(0, lam)
    serves = (-1 <= g) & (g <= 1)
    assert ((low <= lam * g) & (lam * g <= high)) == serves
    if serves:
        assert lam * g * w <= l1(w, lam)
    else:
        assert lam * g * sign(g) > l1(sign(g), lam)


@proved(wrong=("update_l1(0, 0, lam, eta)", "update_l1(0, 1, lam, eta)"))
def test_zero_subgradient_rests_at_zero(lam, eta, H):
    assume(lam > 0, eta > 0)
    assert update_l1(0, 0, lam, eta) == 0
    assert walk_l1(0, lam, eta, 3) == [0, 0, 0, 0]
    # Where there is a slope it goes with that, without the penalty.
    assert update_l1(0, H, lam, eta) == -eta * H


@proved(wrong=("5 * w == eta", "2 * w == eta"))
def test_a_subgradient_step_may_raise_the_loss(w, eta):
    assume(eta > 0, 5 * w == eta)
    assert l1(update_l1(w, 0, 1, eta), 1) > l1(w, 1)
    # The numbers: that step at the walkthrough's step size.
    start, end = quoted("examples.outward.0"), quoted("examples.outward.1")
    assert quoted("given.eta") == chosen.ETA
    assert start == pytest.approx(chosen.ETA / 5, rel=1e-12) and end == pytest.approx(start - chosen.ETA, rel=1e-12)
    assert abs(end) > abs(start)


@proved(wrong=("2 * gain", "3 * gain"))
def test_a_short_subgradient_step_comes_closer(w, better, x, y, b, lam, eta):
    # To any weight that is better, so to the minimiser.
    assume(lam >= 0, eta > 0)
    slope, gain = loss_l1_slope(w, x, y, b, lam), loss_l1(w, x, y, b, lam) - loss_l1(better, x, y, b, lam)
    cases(w > 0, w < 0, better > 0)
    assert slope * (w - better) >= gain
    # Short enough, and the shorter the less there is to gain.
    assume(gain > 0, eta * slope * slope < 2 * gain)
    after = update_l1(w, squared_error_slope(w, x, y, b), lam, eta)
    assert after == w - eta * slope
    assert abs(after - better) < abs(w - better)


@given(w0=values, x=features, y=values, b=values, lam=strengths)
def test_short_subgradient_steps_come_closer_in_floating_point(w0, x, y, b, lam):
    """The steps of the proof above, as the library takes them."""

    def slope(w):
        return loss_l1_slope(w, x, y, b, lam)

    eta = 1e-3
    walk = subgradient_descent(slope, w0, eta, 3)
    assert walk.tolist() == gradient_descent(slope, w0, eta, 3).tolist()
    for before, after in zip(walk, walk[1:]):
        step = update_l1(before, squared_error_slope(before, x, y, b), lam, eta)
        assert after == pytest.approx(step, rel=1e-12, abs=1e-12 * (1 + eta * (lam + x * x + abs(x * y))))


@proved(wrong=("0 < 2 * abs(w)", "0 <= 2 * abs(w)"))
def test_near_a_kink_a_fixed_step_is_too_long(w, eta):
    # At zero itself the page's step, with g = 0, rests.
    assume(eta > 0)
    assert (abs(update_l1(w, 0, 1, eta)) > abs(w)) == (0 < 2 * abs(w) < eta)


@proved(wrong=("x * x + lam < 1", "x * x + lam <= 1"))
def test_step_size_one_is_stable_only_below_the_arc(x, y, b, w, lam):
    eta = quoted("given.eta_one")
    assume(x != 0, lam >= 0)
    factor = squared_l2_step_factor(x, lam, eta)
    assert (abs(factor) < 1) == (x * x + lam < 1)
    # It is what a step multiplies the distance by; multiplied by x^2 + lam, since the minimiser is a quotient.
    after = update_squared_l2(w, squared_error_slope(w, x, y, b), lam, eta)
    best = minimiser_squared_l2(x, y, b, lam)
    scale = x * x + lam
    aim = x * (y - b)
    assert best * scale == aim
    assert scale * after - aim == factor * (scale * w - aim)


@proved(wrong=("abs(factor) > 1", "abs(factor) < 1"))
def test_step_size_one_with_a_bias_diverges(x, y, w, b, lam):
    # The lowest point is (0, y). Along the direction v of steepest curvature every step multiplies the distance from it
    # by the same factor, above 1 in size; so from every start but those with v . (w, b - y) = 0 the descent runs away.
    eta = quoted("given.eta_one")
    assume(x != 0, lam >= 0)
    spread = (x * x + lam - 1) ** 2 + 4 * x * x
    curvature = x * x + lam + 1 + spread**0.5
    v_w, v_b = curvature - 2, 2 * x
    factor = 1 - curvature
    assert abs(factor) > 1
    after_w = update_squared_l2(w, squared_error_slope(w, x, y, b), lam, eta)
    after_b = b - eta * squared_error_bias_slope(w, x, y, b)
    assert v_w * after_w + v_b * (after_b - y) == factor * (v_w * w + v_b * (b - y))


@proved(wrong=("(x * x + lam + 1) < 1", "(x * x + lam) < 1"))
def test_a_small_enough_step_settles(x, lam, eta, factor):
    # Every factor by which a step multiplies the distance in some direction, for b trained: an eigenvalue.
    assume(lam >= 0, eta > 0, eta * (x * x + lam + 1) < 1)
    (a, c), (d, e) = joint_step_matrix(x, lam, eta)
    assume((a - factor) * (e - factor) == c * d)
    assert (-1 < factor) & (factor <= 1)
    # Not 1 but where the loss is level in that direction, which takes x = 0 or lam = 0 and is a way of lowest points.
    if factor == 1:
        assert lam == 0
    # For b fixed.
    if x * x + lam > 0:
        assert abs(squared_l2_step_factor(x, lam, eta)) < 1


@given(
    x=st.floats(0.1, 3) | st.floats(-3, -0.1),
    y=values,
    lam=st.floats(0.1, 3),
    share=st.floats(0.05, 0.95),
    start=st.tuples(values, values),
)
def test_descents_settle_or_run_away(x, y, lam, share, start):
    """What the two claims above say, by walks."""

    def gradient(parameters):
        w, b = parameters
        return np.array([loss_squared_l2_slope(w, x, y, b, lam), squared_error_bias_slope(w, x, y, b)])

    # Curvatures 2 mu of the joint problem: with eta below 2 / (2 mu_max) every factor 1 - 2 eta mu is below 1 in size.
    curvatures = 1 - np.linalg.eigvalsh(joint_step_matrix(x, lam, 1.0))
    eta = share * stable_step_limit(curvatures.max())
    slowest = spectral_radius(joint_step_matrix(x, lam, eta))
    assert slowest == pytest.approx(np.max(np.abs(1 - eta * curvatures))) and slowest < 1
    walk = gradient_descent(gradient, np.array(start), eta, 50)
    distance = np.hypot(walk[:, 0], walk[:, 1] - y)
    assert distance[-1] <= slowest**50 * distance[0] * (1 + 1e-9) + 1e-9
    assert (
        loss_squared_l2(*walk[-1][:1], x, y, walk[-1][1], lam) <= loss_squared_l2(start[0], x, y, start[1], lam) + 1e-9
    )
    # With the article's step size it is thrown out.
    growth = spectral_radius(joint_step_matrix(x, lam, chosen.ETA_ONE))
    assert growth == pytest.approx(np.max(np.abs(1 - chosen.ETA_ONE * curvatures))) and growth > 1
    # With b fixed the limit is that of one curvature.
    limit = stable_step_limit(2 * (x * x + lam))
    assert abs(squared_l2_step_factor(x, lam, share * limit)) < 1
    assert squared_l2_step_factor(x, lam, limit) == pytest.approx(-1)


@exhaustive(wrong=("abs(w) < length", "abs(w) <= length"), lam=(0.25, 1, 3, 0.1), eta=(1, 0.5, 0.3))
def test_l1_steps_past_zero_from_nearer_than_its_step(w, lam, eta):
    length = eta * lam
    after = update_l1(w, np.float16(0), lam, eta)
    past = np.sign(after) == -np.sign(w)
    assert np.all((past == (abs(w) < length)) | (w == 0))


@exhaustive(wrong=("2 * eta * lam <= 1", "2 * eta * lam <= 2"), lam=(0.25, 0.5, 1, 3, 0.1), eta=(1, 0.5, 0.3, 0.01))
def test_squared_l2_never_steps_past_zero(w, lam, eta):
    after = update_squared_l2(w, np.float16(0), lam, eta)
    if 2 * eta * lam <= 1:
        assert not np.any((np.sign(after) == -np.sign(w)) & (w != 0))
        assert np.all(abs(after) <= abs(w))

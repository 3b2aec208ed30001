"""What the page on L1 against L2 claims."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shrinkage import (
    HalfSquaredL2,
    SquaredL2,
    equal_pull_weight_half_squared_l2,
    equal_pull_weight_squared_l2,
    pull_half_squared_l2,
    pull_l1,
    pull_squared_l2,
    update_half_squared_l2,
    update_l1,
    update_l1_negative,
    update_l1_negative_regrouped,
    update_l1_positive,
    update_l1_positive_regrouped,
    update_squared_l2,
    update_squared_l2_regrouped,
    walk_l1,
    walk_squared_l2,
)
from tests.claims.draws import sixty_fourths, step_sizes, strengths, values, weights


@given(lam=strengths)
def test_squared_l2_and_l1_pull_alike_at_one_half(lam):
    assert equal_pull_weight_squared_l2(lam) == 0.5
    assert pull_l1(0.5, lam) == pull_squared_l2(0.5, lam)
    assert pull_l1(0.49, lam) > pull_squared_l2(0.49, lam)
    assert pull_l1(0.51, lam) < pull_squared_l2(0.51, lam)


@given(lam=strengths)
def test_half_squared_l2_and_l1_pull_alike_at_one(lam):
    assert equal_pull_weight_half_squared_l2(lam) == 1
    assert pull_l1(1.0, lam) == pull_half_squared_l2(1.0, lam)
    assert pull_l1(0.99, lam) > pull_half_squared_l2(0.99, lam)
    assert pull_l1(1.01, lam) < pull_half_squared_l2(1.01, lam)


@given(w=values, H=values, lam=strengths, eta=step_sizes)
def test_regrouping_changes_no_step(w, H, lam, eta):
    pairs = (
        (update_l1_positive, update_l1_positive_regrouped),
        (update_l1_negative, update_l1_negative_regrouped),
        (update_squared_l2, update_squared_l2_regrouped),
    )
    for first, second in pairs:
        # Equal as real numbers; in floating point another order rounds differently.
        scale = abs(w) + eta * (abs(H) + lam * (1 + 2 * abs(w)))
        assert second(w, H, lam, eta) == pytest.approx(first(w, H, lam, eta), abs=1e-15 * 4 * scale)


@given(w=weights, lam=strengths)
def test_squared_l2_multiplies_the_weight(w, lam):
    assert update_squared_l2(w, 0.0, lam) / w == pytest.approx(1 - 2 * lam, rel=1e-12, abs=1e-12)


def rescaled(w, slope, eta, scale):
    """A step against a slope that is first divided by a scale, which Adam takes from the slopes it has seen."""
    return w - eta * slope / scale


@given(w=weights, H=values, lam=strengths, eta=step_sizes)
def test_weight_decay_is_squared_l2_under_plain_descent(w, H, lam, eta):
    decayed = (1 - 2 * eta * lam) * w - eta * H
    # Equal as real numbers; in floating point another order rounds differently.
    allowed = 1e-15 * 8 * (abs(w) * (1 + 2 * eta * lam) + eta * abs(H))
    for step in (update_squared_l2(w, H, lam, eta), rescaled(w, H + SquaredL2(lam).subgradient(w), eta, 1.0)):
        assert step == pytest.approx(decayed, rel=0, abs=allowed)


@given(w=weights, H=values, lam=strengths, eta=step_sizes, scale=st.floats(0.01, 0.99) | st.floats(1.01, 100))
def test_weight_decay_is_not_squared_l2_under_rescaled_slopes(w, H, lam, eta, scale):
    penalised = rescaled(w, H + SquaredL2(lam).subgradient(w), eta, scale)
    decayed = rescaled(w, H, eta, scale) - 2 * eta * lam * w
    # What squared L2 takes off is divided by the scale as well.
    assert penalised - decayed == pytest.approx(
        2 * eta * lam * w * (1 - 1 / scale), rel=1e-6, abs=1e-12 * (abs(w) + eta * abs(H) / scale)
    )
    # Adam's first step divides the slope by its own size, whatever the strength is: only the sign of the slope is left.
    slope = H + SquaredL2(lam).subgradient(w)
    assume(slope * H > 0)
    first = rescaled(w, slope, eta, abs(slope))
    assert first == pytest.approx(rescaled(w, H, eta, abs(H)), rel=1e-12, abs=1e-12 * (abs(w) + eta))


@given(w=weights, lam=strengths, eta=step_sizes)
def test_both_shifts_change_sign_with_the_weight(w, lam, eta):
    for update in (update_l1, update_squared_l2):
        assert update(-w, 0.0, lam, eta) == -update(w, 0.0, lam, eta)
        assert (update(w, 0.0, lam, eta) - w) * w < 0 or update(w, 0.0, lam, eta) == w


@given(w=weights, lam=strengths)
def test_l1_shift_ignores_the_magnitude(w, lam):
    assert pull_l1(w, lam) == pull_l1(w / 1000, lam) == lam


@given(w=weights, lam=strengths, scale=st.floats(0.001, 1000))
def test_squared_l2_shift_scales_with_the_weight(w, lam, scale):
    assert pull_squared_l2(scale * w, lam) == pytest.approx(scale * pull_squared_l2(w, lam))


@given(w=values, H=values, lam=strengths)
def test_doubling_comes_from_writing_lambda_w_squared(w, H, lam):
    # The slope of lam/2 w^2, whose central difference is exact but for rounding, is lam w.
    slope = (HalfSquaredL2(lam).value(w + 0.5) - HalfSquaredL2(lam).value(w - 0.5)) / 1.0
    assert slope == pytest.approx(lam * w, abs=1e-12 * (1 + lam) * (1 + w * w))
    assert update_half_squared_l2(w, H, lam) == pytest.approx((w - H) - lam * w, rel=1e-15)


@given(w=values, v=values, eta=step_sizes, lam=strengths)
def test_squared_l2_is_half_squared_l2_at_twice_the_strength(w, v, eta, lam):
    assert SquaredL2(lam).value(w) == pytest.approx(HalfSquaredL2(2 * lam).value(w))
    assert SquaredL2(lam).subgradient(w) == HalfSquaredL2(2 * lam).subgradient(w)
    assert SquaredL2(lam).prox(v, eta) == pytest.approx(HalfSquaredL2(2 * lam).prox(v, eta))


def steps_to_half(walk):
    """The number of steps until half of the start, or less, is left."""
    return next(k for k, w in enumerate(walk) if abs(w) <= abs(walk[0]) / 2)


@given(w=weights, eta=st.floats(0.01, 0.4), power=st.integers(-20, 20))
def test_squared_l2_halves_in_a_time_that_ignores_the_weight(w, eta, power):
    # Scaling by a power of two commutes with rounding, so the counts are the same, not merely close.
    assert steps_to_half(walk_squared_l2(w, 1.0, eta, 100)) == steps_to_half(
        walk_squared_l2(w * 2.0**power, 1.0, eta, 100)
    )


@given(eta=sixty_fourths, n=st.integers(1, 20))
def test_l1_halves_in_a_time_proportional_to_the_weight(eta, n):
    # From 2 n steps away the half is n steps away.
    assert steps_to_half(walk_l1(2 * n * eta, 1.0, eta, 100)) == n
    assert steps_to_half(walk_l1(4 * n * eta, 1.0, eta, 100)) == 2 * n


@given(w=weights, lam=strengths)
def test_both_penalties_push_towards_zero(w, lam):
    assert update_l1(w, 0.0, lam) == pytest.approx(w - lam if w > 0 else w + lam)
    assert update_squared_l2(w, 0.0, lam) == pytest.approx(w - 2 * lam * abs(w) if w > 0 else w + 2 * lam * abs(w))


@given(size=st.floats(0.5, 1000, exclude_min=True), lam=strengths)
def test_squared_l2_pulls_harder_beyond_one_half(size, lam):
    for w in (size, -size):
        assert pull_squared_l2(w, lam) > pull_l1(w, lam)


@given(lam=strengths, bound=st.floats(1e-9, 1))
def test_only_the_squared_pull_fades(lam, bound):
    near = bound / (4 * lam)
    for w in (near, -near, near / 1000):
        assert pull_squared_l2(w, lam) < bound
        assert pull_l1(w, lam) == lam

"""What the page on L1 against squared L2 claims."""

import numpy as np

from figures import given as chosen
from shrinkage import (
    equal_pull_weight_half_squared_l2,
    equal_pull_weight_squared_l2,
    half_squared_l2,
    half_squared_l2_gradient,
    half_squared_l2_prox,
    pull_half_squared_l2,
    pull_l1,
    pull_squared_l2,
    sign,
    squared_l2,
    squared_l2_gradient,
    squared_l2_prox,
    to_half_squared_l2,
    update_half_squared_l2,
    update_l1,
    update_l1_negative,
    update_l1_negative_regrouped,
    update_l1_positive,
    update_l1_positive_regrouped,
    update_plain,
    update_squared_l2,
    update_squared_l2_regrouped,
    walk_squared_l2,
)
from tests.claims.exact import assume, exhaustive, proved
from tests.claims.pages import quoted


@proved(wrong=("abs(w) < meeting", "abs(w) <= meeting"))
def test_squared_l2_and_l1_pull_alike_at_one_half(w, lam):
    assume(w != 0, lam > 0)
    meeting = quoted("pull.equal_pull_weight")
    assert equal_pull_weight_squared_l2(lam) == meeting
    assert (pull_l1(w, lam) > pull_squared_l2(w, lam)) == (abs(w) < meeting)
    assert (pull_l1(w, lam) < pull_squared_l2(w, lam)) == (abs(w) > meeting)


@proved(wrong=("abs(w) < meeting", "abs(w) <= meeting"))
def test_half_squared_l2_and_l1_pull_alike_at_one(w, lam):
    assume(w != 0, lam > 0)
    meeting = quoted("pull.equal_pull_weight_half")
    assert equal_pull_weight_half_squared_l2(lam) == meeting
    assert pull_half_squared_l2(w, lam) == lam * abs(w)
    assert (pull_l1(w, lam) > pull_half_squared_l2(w, lam)) == (abs(w) < meeting)
    assert (pull_l1(w, lam) < pull_half_squared_l2(w, lam)) == (abs(w) > meeting)


@proved(wrong=("first(w, H, lam, eta)", "first(w, -H, lam, eta)"))
def test_regrouping_changes_no_step(w, H, lam, eta):
    for first, second in (
        (update_l1_positive, update_l1_positive_regrouped),
        (update_l1_negative, update_l1_negative_regrouped),
        (update_squared_l2, update_squared_l2_regrouped),
    ):
        assert second(w, H, lam, eta) == first(w, H, lam, eta)
    assert update_l1_positive(w, H, lam) == w - H - lam
    assert update_l1_negative(w, H, lam) == w - H + lam
    assert update_squared_l2(w, H, lam) == w - H - 2 * lam * w


@proved(wrong=("2 * lam * w", "lam * w"))
def test_squared_l2_multiplies_the_weight(w, lam):
    assert w - update_squared_l2(w, 0, lam) == 2 * lam * w
    assert update_squared_l2(w, 0, lam) == (1 - 2 * lam) * w


def rescaled(w, slope, eta, scale):
    """A step against a slope that is first divided by a scale, which Adam takes from the slopes it has seen."""
    return w - eta * slope / scale


@proved(wrong=("1 - 2 * eta * lam", "1 - eta * lam"))
def test_weight_decay_is_squared_l2_under_plain_descent(w, H, lam, eta):
    decayed = (1 - 2 * eta * lam) * w - eta * H
    assert update_squared_l2(w, H, lam, eta) == decayed
    assert update_plain(w, H + squared_l2_gradient(w, lam), eta) == decayed
    assert rescaled(w, H + squared_l2_gradient(w, lam), eta, 1) == decayed


@proved(wrong=("(w == 0) | (scale == 1)", "w == 0"))
def test_weight_decay_is_not_squared_l2_under_rescaled_slopes(w, H, lam, eta, scale):
    assume(lam > 0, eta > 0, scale > 0)
    penalised = rescaled(w, H + squared_l2_gradient(w, lam), eta, scale)
    decayed = rescaled(w, H, eta, scale) - 2 * eta * lam * w
    assert (penalised == decayed) == ((w == 0) | (scale == 1))
    # Adam's first step divides the slope by its own size, whatever the strength is: only the sign of the slope is left.
    slope = H + squared_l2_gradient(w, lam)
    if slope * H > 0:
        assert rescaled(w, slope, eta, abs(slope)) == rescaled(w, H, eta, abs(H)) == w - eta * sign(H)


@proved(wrong=("there == -here", "there == here"))
def test_both_shifts_change_sign_with_the_weight(w, H, lam, eta):
    assume(w != 0, lam > 0, eta > 0)
    for update in (update_l1, update_squared_l2):
        here = update(w, H, lam, eta) - update_plain(w, H, eta)
        there = update(-w, H, lam, eta) - update_plain(-w, H, eta)
        assert there == -here
        assert here * w < 0


@proved(wrong=("w / times", "-w / times"))
def test_l1_shift_ignores_the_magnitude(w, lam, eta):
    times = quoted("given.spread")
    assert times == chosen.SPREAD > 1
    assume(w != 0, lam > 0, eta > 0)
    assert update_l1(w / times, 0, lam, eta) - w / times == update_l1(w, 0, lam, eta) - w
    assert pull_l1(w / times, lam) == pull_l1(w, lam) == lam


@proved(wrong=("times * (update_squared_l2(w, 0, lam, eta) - w)", "update_squared_l2(w, 0, lam, eta) - w"))
def test_squared_l2_shift_scales_with_the_weight(w, lam, eta, times):
    assert update_squared_l2(times * w, 0, lam, eta) - times * w == times * (update_squared_l2(w, 0, lam, eta) - w)
    assert pull_squared_l2(times * w, lam) == abs(times) * pull_squared_l2(w, lam)


@proved(wrong=("2 * step * lam * w", "4 * step * lam * w"))
def test_doubling_comes_from_writing_lambda_w_squared(w, H, lam, eta, step):
    # The central difference of a square over any step is its slope.
    assert half_squared_l2(w + step, lam) - half_squared_l2(w - step, lam) == 2 * step * lam * w
    assert half_squared_l2(w, lam) == lam * w**2 / 2
    assert half_squared_l2_gradient(w, lam) == lam * w
    assert update_half_squared_l2(w, H, lam, eta) == update_plain(w, H, eta) - eta * (lam * w)
    # Without the half it is there.
    assert squared_l2(w + step, lam) - squared_l2(w - step, lam) == 2 * step * squared_l2_gradient(w, lam)
    assert squared_l2_gradient(w, lam) == 2 * half_squared_l2_gradient(w, lam)


@proved(wrong=("to_half_squared_l2(lam)", "lam"))
def test_squared_l2_is_half_squared_l2_at_twice_the_strength(w, lam, eta, H):
    assume(lam >= 0, eta > 0)
    doubled = to_half_squared_l2(lam)
    assert doubled == 2 * lam
    assert squared_l2(w, lam) == half_squared_l2(w, doubled)
    assert squared_l2_gradient(w, lam) == half_squared_l2_gradient(w, doubled)
    assert squared_l2_prox(w, lam, eta) == half_squared_l2_prox(w, doubled, eta)
    assert update_squared_l2(w, H, lam, eta) == update_half_squared_l2(w, H, doubled, eta)


@proved(wrong=("huge * after_tiny == tiny * after_huge", "after_tiny == after_huge"))
def test_squared_l2_halves_in_a_time_that_ignores_the_weight(huge, tiny, after_huge, after_tiny, lam, eta):
    # Where the same share of two weights is left after some steps, it is the same share one step later: as at the start, so
    # after any number of steps. And then half or less is left of one when it is of the other.
    assume(huge != 0, tiny != 0, huge * after_tiny == tiny * after_huge)
    next_huge, next_tiny = (walk_squared_l2(w, lam, eta, 1)[1] for w in (after_huge, after_tiny))
    assert huge * next_tiny == tiny * next_huge
    assert (2 * abs(next_huge) <= abs(huge)) == (2 * abs(next_tiny) <= abs(tiny))
    # The steps of a walk are these.
    assert walk_squared_l2(huge, lam, eta, 2) == [huge, (1 - 2 * eta * lam) * huge, (1 - 2 * eta * lam) ** 2 * huge]


@exhaustive(wrong=("w >= length", "w > 0"), lam=(1, 0.5), eta=(0.5, 0.25))
def test_l1_halves_in_a_time_proportional_to_the_weight(w, lam, eta):
    # Weights of up to 24 steps. With the mirror images, and down to a single step; there nothing is lost to rounding.
    length = eta * lam
    w = w[np.asarray((w >= length) * (w <= 24 * length), dtype=bool)]

    def steps_to_half(start):
        counts = np.full(len(start), -1)
        now = start
        for n in range(1, 26):
            now = update_l1(now, np.float16(0), lam, eta)
            there = np.asarray(2 * abs(now) <= abs(start), dtype=bool)
            counts[there & (counts < 0)] = n
        return counts

    once, twice = steps_to_half(w), steps_to_half(2 * w)
    assert np.all(once > 0)
    assert np.all((twice == 2 * once) | (twice == 2 * once - 1))
    assert np.any(twice == 2 * once) and np.any(twice == 2 * once - 1)
    assert np.array_equal(once, np.ceil(np.asarray(w, dtype=float) / (2 * float(length))))
    assert np.array_equal(steps_to_half(-w), once)


@proved(wrong=("== 2 * lam * abs(w)", "== lam * abs(w)"))
def test_both_penalties_push_towards_zero(w, H, lam):
    assume(w != 0, lam > 0)
    by_l1, by_squared_l2 = (update(w, H, lam) - update_plain(w, H) for update in (update_l1, update_squared_l2))
    assert by_l1 * w < 0 and by_squared_l2 * w < 0
    assert abs(by_l1) == lam
    assert abs(by_squared_l2) == 2 * lam * abs(w)


@proved(wrong=("abs(w) > meeting", "abs(w) >= meeting"))
def test_squared_l2_pulls_harder_beyond_one_half(w, lam):
    meeting = quoted("pull.equal_pull_weight")
    assert meeting == 0.5
    assume(lam > 0, abs(w) > meeting)
    assert pull_squared_l2(w, lam) > pull_l1(w, lam)


@proved(wrong=("pull_l1(w, lam) == lam", "pull_l1(w, lam) < bound"))
def test_only_the_squared_pull_fades(w, lam, bound):
    # However small a bound: near enough to zero squared L2 pulls less, and L1 as ever.
    assume(lam > 0, bound > 0, w != 0, 2 * lam * abs(w) < bound)
    assert pull_squared_l2(w, lam) < bound
    assert pull_l1(w, lam) == lam

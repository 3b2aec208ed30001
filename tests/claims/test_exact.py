"""The provers themselves: they find what is wrong, and prove what is right."""

import numpy as np
import pytest

from shrinkage import data_pull, joint_step_matrix, minimiser_l1, p_norm_pair, sign, soft_threshold, update_l1
from tests.claims.exact import Half, all_halves, assume, cases, exhaustive, proved


def right(x, y, b, lam):
    assume(x != 0, lam > 0)
    assert (minimiser_l1(x, y, b, lam) == 0) == (abs(data_pull(x, y, b)) <= lam)


def test_what_is_right_is_proved_and_what_is_wrong_refuted():
    proved(wrong=("<= lam", "< lam"))(right)()

    def wrong(w, lam):
        assume(lam >= 0)
        # Not where lam exceeds |w|.
        assert abs(soft_threshold(w, lam)) == abs(w) - lam

    with pytest.raises(AssertionError, match="wrong is wrong for"):
        proved(wrong=("abs(w) - lam", "w - lam"))(wrong)()


def test_a_wrong_variant_that_holds_is_told():
    with pytest.raises(AssertionError, match="holds with '>= 0.0' as well"):
        proved(wrong=("> 0", ">= 0.0"))(right)()
    with pytest.raises(ValueError, match="'nowhere' does not stand in right"):
        proved(wrong=("nowhere", ""))(right)()


def test_every_way_through_a_branch_is_gone():
    def largest(a, b, c):
        assert max(a, b, c) >= a and (max(a, b, c) == a or max(a, b, c) == b or max(a, b, c) == c)

    proved(wrong=(">= a", "> a"))(largest)()


def test_cases_are_all_gone_through():
    def size(w):
        cases(w >= 0)
        assert abs(w) >= w

    # Each is wrong on one of the two ways alone.
    proved(wrong=("abs(w)", "-w"))(size)()
    proved(wrong=("abs(w)", "2 * w"))(size)()


def test_assumptions_that_nothing_satisfies_prove_nothing():
    def empty(w):
        assume(w > 0, w < 0)
        assert w == w

    with pytest.raises(AssertionError, match="no real numbers satisfy"):
        proved(wrong=("w == w", "w != w"))(empty)()


def test_a_division_by_zero_is_a_counterexample():
    def divided(w):
        assert sign(w) == w / abs(w)

    with pytest.raises(AssertionError, match=r"wrong for .*'w': '0'"):
        proved(wrong=("sign(w)", "-sign(w)"))(divided)()


def pull(x, y, b):
    return data_pull(x, y, b)


def test_functions_beside_the_test_take_real_numbers_as_well():
    def doubled(x, y, b):
        assert pull(x, y, b) == 2 * x * (y - b)

    proved(wrong=("2 * x", "x"))(doubled)()


def test_roots():
    def triangle(a, b):
        assert (a * a + b * b) ** 0.5 <= abs(a) + abs(b)

    proved(wrong=("+ abs(b)", "- abs(b)"))(triangle)()


def test_powers_are_whole_or_roots():
    def by_sizes_and_by_squares(u, v):
        assert p_norm_pair(u, v, 1.0) == abs(u) + abs(v)
        assert p_norm_pair(u, v, 2.0) ** 2 == u * u + v * v

    proved(wrong=("abs(u) + abs(v)", "u + v"))(by_sizes_and_by_squares)()

    def cube_root(w):
        assert w ** (1 / 3) == w

    with pytest.raises(TypeError, match="power of 0.33"):
        proved(wrong=("== w", "!= w"))(cube_root)()


def test_matrices_hold_real_numbers():
    def rows(x, lam, eta):
        assert joint_step_matrix(x, lam, eta)[0, 1] == -2 * eta * x

    proved(wrong=("-2", "2"))(rows)()


def test_half_precision_stays_half_and_covers_all_finite_numbers():
    w = all_halves()
    assert len(w) == len(np.unique(w.view(np.uint16))) == 2 * 31 * 1024 and np.isfinite(w).all()

    def steps(w, lam, eta):
        after = update_l1(w, 0.0, lam, eta)
        assert isinstance(after, Half) and after.dtype == np.float16
        assert (abs(after) <= abs(w) + eta * lam).all()
        assert (((w < 0) | (w > 0)) == (w != 0)).all() and not ((w < 0) & (w > 0)).any()

    exhaustive(wrong=("abs(w) + eta * lam", "abs(w)"), lam=(1, 0.1), eta=(0.5, 0.1))(steps)()

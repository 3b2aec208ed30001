"""p-norms: the axioms where they hold, and a counterexample where they do not."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shrinkage import is_norm, p_norm, p_norm_pair, unit_ball
from tests.shrinkage.laws import NUMBERS, vectors

INF = float("inf")
NORM_ORDERS = st.one_of(st.floats(1, 20), st.just(INF))
ORDERS = st.one_of(st.floats(0.3, 20), st.just(INF))

# Sums, products and two powers: a few roundings each, relative to the result.
CLOSE = dict(rel=1e-12, abs=1e-300)


@pytest.mark.parametrize(("p", "value"), [(0.5, (3**0.5 + 2) ** 2), (1, 7), (2, 5), (3, 91 ** (1 / 3)), (INF, 4)])
def test_known_values(p, value):
    assert p_norm([-3, 4], p) == pytest.approx(value, rel=1e-15)
    assert p_norm_pair(-3, 4, p) == pytest.approx(value, rel=1e-15)
    assert p_norm_pair(4, -3, p) == pytest.approx(value, rel=1e-15)


@given(vectors(4), ORDERS)
def test_definition(w, p):
    direct = max(abs(w)) if math.isinf(p) else sum(abs(float(v)) ** p for v in w) ** (1 / p)
    assert p_norm(w, p) == pytest.approx(direct, **CLOSE)
    assert type(p_norm(w, p)) is float


@given(vectors(3), vectors(3), NORM_ORDERS)
def test_triangle_inequality_for_p_at_least_1(u, v, p):
    assert p_norm(u + v, p) <= (p_norm(u, p) + p_norm(v, p)) * (1 + 1e-12)


@given(st.floats(0.05, 0.999))
def test_triangle_inequality_fails_for_p_below_1(p):
    assert p_norm([1, 1], p) == pytest.approx(2 ** (1 / p), rel=1e-12)
    assert p_norm([1, 1], p) > p_norm([1, 0], p) + p_norm([0, 1], p) == 2
    assert not is_norm(p)


@pytest.mark.parametrize(
    ("p", "answer"), [(0.5, False), (math.nextafter(1, 0), False), (1, True), (2, True), (INF, True)]
)
def test_is_norm(p, answer):
    assert is_norm(p) is answer


@given(vectors(3), NUMBERS, ORDERS)
def test_homogeneity(w, factor, p):
    assert p_norm(factor * w, p) == pytest.approx(abs(factor) * p_norm(w, p), **CLOSE)


@given(vectors(3), ORDERS)
def test_zero_only_at_zero(w, p):
    assert (p_norm(w, p) == 0) == (not w.any())


@given(vectors(3), st.floats(0.3, 10), st.floats(1, 3))
def test_falls_as_p_grows(w, p, factor):
    assert p_norm(w, p * factor) <= p_norm(w, p) * (1 + 1e-12)


@given(NUMBERS, NUMBERS, ORDERS)
def test_pair_is_the_two_component_norm(u, v, p):
    assert p_norm_pair(u, v, p) == pytest.approx(p_norm([u, v], p), **CLOSE)


@pytest.mark.parametrize("p", [0.5, 1.0, 2.0, 7.0, INF])
def test_pair_on_arrays(p):
    u, v = np.meshgrid([-2.0, -0.5, 0.0, 1.0], [0.0, 1.0, 3.0])
    expected = [p_norm_pair(a, b, p) for a, b in zip(u.ravel().tolist(), v.ravel().tolist())]
    assert p_norm_pair(u, v, p).ravel() == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("scale", [1e-320, 1e-300, 1e300])
@pytest.mark.parametrize("p", [0.5, 2, 50, INF])
def test_no_overflow_or_underflow_on_the_way(scale, p):
    # Numbers near 1e-320 have about four digits.
    rel = 1e-3 if scale == 1e-320 else 1e-12
    assert p_norm([3 * scale, 4 * scale], p) == pytest.approx(p_norm([3, 4], p) * scale, rel=rel)
    assert p_norm_pair(3 * scale, 4 * scale, p) == pytest.approx(p_norm([3, 4], p) * scale, rel=rel)


def test_infinite_only_where_the_value_exceeds_the_largest_float():
    assert p_norm([1e308, 1e308], 1) == INF
    assert p_norm([1, 1], 1e-4) == INF
    with pytest.raises(OverflowError):
        p_norm_pair(1, 1, 1e-4)


@pytest.mark.parametrize("p", [0.5, 0.8, 1, 1.5, 2, 4, 30, INF])
def test_unit_ball_is_a_closed_curve_of_norm_1(p):
    points = unit_ball(p)
    assert points.shape == (401, 2)
    assert p_norm_pair(points[:, 0], points[:, 1], p) == pytest.approx(1, rel=1e-13)
    assert points[[0, 100, 200, 300, 400]].tolist() == [[1, 0], [0, 1], [-1, 0], [0, -1], [1, 0]]
    u, v = points[:-1].T
    following_u, following_v = points[1:].T
    assert np.all(u * following_v - v * following_u > 0), "anticlockwise around the origin, no point twice"
    assert points[50, 0] == pytest.approx(points[50, 1], rel=1e-13)


def test_unit_ball_of_the_maximum_norm_has_its_corners():
    assert unit_ball(INF, 9).tolist() == [[1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1], [1, 0]]


@pytest.mark.parametrize("p", [0.5, 0.8, 1, 1.5, 2, 4, 30])
def test_unit_ball_has_the_area_of_a_superellipse(p):
    u, v = unit_ball(p).T
    polygon = np.sum(u[:-1] * v[1:] - u[1:] * v[:-1]) / 2
    area = 4 * math.gamma(1 + 1 / p) ** 2 / math.gamma(1 + 2 / p)
    # The chords of 400 points cut off a little.
    assert polygon == pytest.approx(area, rel=1e-3)

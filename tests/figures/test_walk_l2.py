"""The walkthrough of half squared L2: every drawn step keeps the share 1 − ηλ, and the curve of the penalty carries the same weights."""

import numpy as np
import pytest

from figures import given
from figures._steps import N_STEPS

# The walkthrough's numbers, written out: what is typed below goes with them.
WALK = {"w0": 5.0, "eta": 0.5, "lam": 1.0, "n_steps": 12}

CORNERS = [
    {},
    {"w0": -10, "eta": 0.05, "lam": 0.1, "n_steps": 60},
    {"w0": 10, "eta": 2.5, "lam": 4, "n_steps": 60},
    {"w0": 0},
    {"eta": 1},
    {"eta": 2, "n_steps": 1},
    {"w0": -3, "eta": 1.5, "n_steps": 7},
    {"eta": 0.2, "n_steps": 60},
]


@pytest.mark.parametrize("parameters", CORNERS)
def test_every_drawn_step_keeps_the_same_share(drawn, tidy, parameters):
    figure = drawn("walk_l2", **parameters)
    tidy(figure.canvas)
    factor = 1 - parameters.get("eta", given.ETA) * parameters.get("lam", given.LAM)
    step, w = figure.artist("walk").get_xydata().T
    assert step.tolist() == list(range(len(w)))
    assert w[0] == parameters.get("w0", given.W0)
    # w − ηλw rounds to within a few units in the last place of w.
    np.testing.assert_allclose(w[1:], factor * w[:-1], rtol=1e-12, atol=1e-14 * abs(w[0]))
    # A walk that flies off is drawn up to the first weight beyond its sheet.
    low, high = figure.axes("walk").get_ylim()
    assert np.all((low < w[:-1]) & (w[:-1] < high))
    n_steps = parameters.get("n_steps", N_STEPS)
    assert len(w) == n_steps + 1 or not low < w[-1] < high
    assert low < 0 < high and high - low < 6 * max(abs(w[0]), 1)
    assert figure.axes("walk").get_xlim()[1] > n_steps
    assert figure.artist("curve").get_xdata().min() == low and figure.artist("curve").get_xdata().max() == high


def test_staircase_and_curve_carry_the_same_walk(drawn):
    figure = drawn("walk_l2", lam=0.6)
    walk = figure.artist("walk").get_xydata()
    np.testing.assert_array_equal(figure.artist("stairs").get_xydata()[::2], walk)
    w = walk[:, 1]
    np.testing.assert_allclose(figure.artist("penalty_walk").get_xydata(), np.column_stack([w, 0.3 * w**2]), rtol=1e-14)
    curve = figure.artist("curve").get_xydata()
    np.testing.assert_allclose(curve[:, 1], 0.3 * curve[:, 0] ** 2, rtol=1e-14)


def test_names_and_colours(drawn):
    figure = drawn("walk_l2", **WALK)
    above, below = figure.axes("walk"), figure.axes("penalty")
    assert (above.get_xlabel(), above.get_ylabel()) == ("step", "weight w")
    assert (below.get_xlabel(), below.get_ylabel()) == ("weight w", "penalty ½λw²")
    for gid in ("walk", "penalty_walk"):
        assert figure.artist(gid).get_color() == "l2" and figure.artist(gid).get_marker() == "s"
    assert figure.artist("stairs").get_linestyle() == "--" and figure.artist("stairs").get_color() == "l2"
    assert [figure.artist(f"drop_{k}").get_text() for k in (1, 2, 3)] == ["−2.5", "−1.25", "−0.625"]


@pytest.mark.parametrize(
    ("parameters", "title"),
    [
        ({}, "each step takes half of what is left"),
        ({"eta": 0.2}, "each step leaves 80% of the weight"),
        ({"eta": 1}, "one step lands exactly on 0"),
        ({"eta": 1.5}, "jumps over 0, but comes closer: × −0.5"),
        ({"eta": 2}, "jumps to and fro, for ever equally far from 0"),
        ({"eta": 2.5}, "jumps over 0 and away: × −1.5"),
        ({"w0": 0}, "starts at 0 and stays there"),
    ],
)
def test_verdict(drawn, parameters, title):
    figure = drawn("walk_l2", **WALK | parameters)
    assert figure.axes("walk").get_title(loc="left") == f"Half squared L2: {title}"
    assert title in figure.description
    arrives = {"eta": 1}.items() <= parameters.items()
    assert figure.facts["steps_to_zero"] == (1 if arrives else 0 if "w0" in parameters else None)
    closer = 0 < figure.facts["factor"] < 1 and "w0" not in parameters
    assert figure.has("remark") == closer


def test_facts_of_the_walkthrough(drawn):
    figure = drawn("walk_l2", **WALK)
    assert figure.facts["first"] == 2.5
    assert figure.facts["last"] == 5 / 2**12 > 0
    assert figure.artist("remark").get_text() == "after 12 steps: 0.0012"

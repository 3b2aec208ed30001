"""The L1 walkthrough: every drawn step is ηλ long towards 0, and the title counts the steps."""

import numpy as np
import pytest

from figures import given
from figures._steps import N_STEPS

# The walkthrough's numbers, written out: what is typed below goes with them.
WALK = {"w0": 5.0, "eta": 0.5, "lam": 1.0, "n_steps": 12}

CORNERS = [
    {},
    {"w0": -10, "eta": 0.05, "lam": 0.1, "n_steps": 1},
    {"w0": 10, "eta": 2.5, "lam": 4, "n_steps": 60},
    {"w0": 0},
    {"w0": given.W0_UNEVEN, "n_steps": 30},
    {"w0": -3, "n_steps": 8},
    {"w0": 10, "eta": 0.05, "lam": 4, "n_steps": 60},
    {"w0": -10, "eta": 0.05, "lam": 4, "n_steps": 50},
]


@pytest.mark.parametrize("parameters", CORNERS)
def test_every_drawn_step_is_equally_long_and_towards_zero(drawn, tidy, parameters):
    figure = drawn("walk_l1", **parameters)
    tidy(figure.canvas)
    eta, lam = parameters.get("eta", given.ETA), parameters.get("lam", given.LAM)
    step, w = figure.artist("walk").get_xydata().T
    assert step.tolist() == list(range(parameters.get("n_steps", N_STEPS) + 1))
    assert w[0] == parameters.get("w0", given.W0)
    # Sums of at most 60 terms of size 10: a few units in the last place each.
    np.testing.assert_allclose(np.diff(w), -eta * lam * np.sign(w[:-1]), atol=1e-12)


def test_staircase_and_curve_carry_the_same_walk(drawn):
    figure = drawn("walk_l1", lam=2)
    step, w = figure.artist("walk").get_xydata().T
    corners = figure.artist("stairs").get_xydata()
    # Each corner keeps the step or the weight of the one before, never both.
    moves = np.diff(corners, axis=0) != 0
    assert not np.any(moves.all(axis=1)) and np.array_equal(corners[::2], np.column_stack([step, w]))
    below = figure.artist("penalty_walk").get_xydata()
    np.testing.assert_array_equal(below, np.column_stack([w, 2 * np.abs(w)]))
    curve = figure.artist("curve").get_xydata()
    np.testing.assert_array_equal(curve[:, 1], 2 * np.abs(curve[:, 0]))
    assert [0, 0] in curve.tolist()


def test_names_and_colours(drawn):
    figure = drawn("walk_l1", **WALK)
    above, below = figure.axes("walk"), figure.axes("penalty")
    assert (above.get_xlabel(), above.get_ylabel()) == ("step", "weight w")
    assert (below.get_xlabel(), below.get_ylabel()) == ("weight w", "penalty λ|w|")
    for gid in ("walk", "penalty_walk"):
        assert figure.artist(gid).get_color() == "l1" and figure.artist(gid).get_marker() == "o"
    assert figure.artist("stairs").get_linestyle() == "-" and figure.artist("stairs").get_color() == "l1"
    assert figure.artist("drop_1").get_text() == "−0.5"
    low, high = above.get_ylim()
    assert low < 0 and high > WALK["w0"]


@pytest.mark.parametrize(
    ("parameters", "steps", "title"),
    [
        ({}, 10, "L1: 10 equal steps to 0, where it stays"),
        ({"eta": 2.5}, 2, "L1: 2 equal steps to 0, where it stays"),
        ({"w0": 0}, 0, "L1: starts at 0 and stays there"),
        ({"w0": 5.1}, None, "L1: equal steps that jump over 0 for ever"),
        ({"n_steps": 9}, None, "L1: equal steps, not at 0 yet"),
        ({"w0": 0.3, "eta": 0.1}, None, "L1: 3 equal steps to 0 on paper"),
    ],
)
def test_verdict(drawn, parameters, steps, title):
    figure = drawn("walk_l1", **WALK | parameters)
    assert figure.facts["steps_to_zero"] == steps
    assert figure.axes("walk").get_title(loc="left") == title
    assert title.removeprefix("L1: ") in figure.description
    w = figure.artist("walk").get_ydata()
    assert steps == (np.flatnonzero(w == 0)[0] if np.any(w == 0) else None)
    if "on paper" in title:
        assert figure.artist("remark").get_text() == "in floating point: −2.8e−17, 0.1, …"
        assert "In floating point: −2.8e−17, 0.1, …." in figure.description
    else:
        assert not figure.has("remark")


def test_a_weight_at_zero_takes_no_step(drawn):
    for name, formula in (("walk_l1", "λ|w|"), ("walk_l2", "½λw²")):
        figure = drawn(name, w0=0)
        assert figure.axes("penalty").get_title(loc="left") == f"{formula} is least at 0: no step leads away"
        assert " long" not in figure.description
        assert not np.any(figure.artist("walk").get_ydata()) and np.any(figure.artist("curve").get_ydata())


@pytest.mark.parametrize("w0", [given.W0, -3])
def test_both_walkthroughs_have_the_same_views(drawn, w0):
    l1, l2 = drawn("walk_l1", w0=w0), drawn("walk_l2", w0=w0)
    for label in ("walk", "penalty"):
        one, other = l1.axes(label), l2.axes(label)
        assert one.get_xlabel() == other.get_xlabel()
        # L1 may be seen to jump over 0; the start and the steps have one place in both.
        assert one.get_xlim()[w0 > 0] == pytest.approx(other.get_xlim()[w0 > 0])
    assert l1.axes("walk").get_ylabel() == l2.axes("walk").get_ylabel()

"""The L2 walkthrough: every drawn step keeps the share 1 − ηλ, and the logarithmic panel all sizes but 0."""

import numpy as np
import pytest

from figures import given

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
    assert step.tolist() == list(range(parameters.get("n_steps", given.N_STEPS) + 1))
    assert w[0] == parameters.get("w0", given.W0)
    # w − ηλw rounds to within a few units in the last place of w.
    np.testing.assert_allclose(w[1:], factor * w[:-1], rtol=1e-12, atol=1e-14 * abs(w[0]))
    sizes = figure.artist("size").get_xydata()
    np.testing.assert_array_equal(sizes, np.column_stack([step, np.abs(w)])[w != 0])
    if len(sizes):
        low, high = figure.axes("size").get_ylim()
        assert low < sizes[:, 1].min() and sizes[:, 1].max() < high


def test_names_and_colours(drawn):
    figure = drawn("walk_l2")
    above, below = figure.axes("walk"), figure.axes("size")
    assert (below.get_xlabel(), above.get_ylabel(), below.get_ylabel()) == ("step", "weight w", "size |w|, logarithmic")
    assert above.get_yscale() == "linear" and below.get_yscale() == "log"
    for gid in ("walk", "size"):
        assert figure.artist(gid).get_color() == "l2" and figure.artist(gid).get_marker() == "s"
    assert figure.artist("stairs").get_linestyle() == "--" and figure.artist("stairs").get_color() == "l2"
    assert [figure.artist(f"drop_{k}").get_text() for k in (1, 2, 3)] == ["−2.5", "−1.25", "−0.625"]
    corners = figure.artist("stairs").get_xydata()
    np.testing.assert_array_equal(corners[::2], figure.artist("walk").get_xydata())


@pytest.mark.parametrize(
    ("parameters", "title"),
    [
        ({}, "each step takes half of what is left"),
        ({"eta": 0.2}, "each step leaves 80 % of the weight"),
        ({"eta": 1}, "one step lands exactly on 0"),
        ({"eta": 1.5}, "jumps over 0, but comes closer: × −0.5"),
        ({"eta": 2}, "jumps to and fro, for ever equally far from 0"),
        ({"eta": 2.5}, "jumps over 0 and away: × −1.5"),
        ({"w0": 0}, "starts at 0 and stays there"),
    ],
)
def test_verdict(drawn, parameters, title):
    figure = drawn("walk_l2", **parameters)
    assert figure.axes("walk").get_title(loc="left") == f"L2: {title}"
    assert title in figure.description
    arrives = "eta" in parameters and parameters["eta"] == 1
    assert figure.facts["steps_to_zero"] == (1 if arrives else 0 if "w0" in parameters else None)


def test_facts_of_the_walkthrough(drawn):
    figure = drawn("walk_l2")
    assert figure.facts["first"] == given.W0 / 2
    assert figure.facts["last"] == given.W0 / 2**given.N_STEPS > 0
    assert figure.artist("last").get_text() == "after 12 steps: 0.0012"

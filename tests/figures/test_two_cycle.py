"""The two-cycle: the drawn subgradient walk obeys its update and jumps over 0; the proximal walk lands on it."""

import numpy as np
import pytest

from figures import given
from figures._steps import N_STEPS_UNEVEN

CORNERS = [
    {},
    {"w0": 5},
    {"w0": 0},
    {"w0": -0.3, "eta": 2.5, "lam": 4, "n_steps": 4},
    {"w0": -10, "eta": 0.05, "lam": 0.1, "n_steps": 60},
    {"w0": 9.9, "eta": 0.5, "n_steps": 60},
    {"w0": 0.3, "eta": 0.6, "n_steps": 12},
    {"w0": 10, "eta": 0.05, "lam": 4, "n_steps": 60},
    {"w0": -10, "eta": 0.05, "lam": 4, "n_steps": 50},
    {"w0": 0.7, "eta": 0.1, "n_steps": 10},
    {"w0": 0.3, "eta": 0.1, "n_steps": 4},
]


@pytest.mark.parametrize("parameters", CORNERS)
def test_drawn_walks_obey_their_updates(drawn, tidy, parameters):
    figure = drawn("two_cycle", **parameters)
    tidy(figure.canvas)
    length = parameters.get("eta", given.ETA) * parameters.get("lam", given.LAM)
    for panel in ("walk", "end"):
        step, w = figure.artist("walk", panel).get_xydata().T
        prox_step, v = figure.artist("prox", panel).get_xydata().T
        assert step.tolist() == prox_step.tolist() == list(range(parameters.get("n_steps", N_STEPS_UNEVEN) + 1))
        # Sums of at most 60 terms of size 10.
        np.testing.assert_allclose(np.diff(w), -length * np.sign(w[:-1]), atol=1e-12)
        # Proximal: either at 0, from at most one step away, or one whole step closer.
        landed = v[1:] == 0
        assert np.all(np.abs(v[:-1][landed]) <= length)
        np.testing.assert_allclose((v[1:] - v[:-1])[~landed], -length * np.sign(v[1:][~landed]), atol=1e-12)
        assert np.all(v[1:] * v[:-1] >= 0)


# The uneven walk, written out: what is typed below goes with it.
UNEVEN = {"w0": 5.1, "eta": 0.5, "lam": 1.0, "n_steps": 17}


def test_cycle_of_the_uneven_start(drawn):
    figure = drawn("two_cycle", **UNEVEN)
    facts = figure.facts
    assert facts["cycle"] == pytest.approx([-0.4, 0.1], abs=1e-12) == [facts["cycle_low"], facts["cycle_high"]]
    assert facts["cycle_width"] == pytest.approx(0.5, abs=1e-12)
    assert (facts["l1_steps_to_zero"], facts["prox_steps_to_zero"], facts["prox_last"]) == (None, 11, 0)
    for text in ("5.1", "0.5", "0.1 and −0.4", "step 11"):
        assert text in figure.description
    assert figure.axes("end").get_title(loc="left") == "Close to 0: a two-cycle of width 0.5"
    low, high = figure.axes("end").get_ylim()
    assert low < -0.4 and 0.1 < high < 0.5 and figure.axes("end").get_xlim()[1] > 17


def test_even_start_arrives_both_ways(drawn):
    figure = drawn("two_cycle", **UNEVEN | {"w0": 5.0})
    assert figure.facts["cycle"] == []
    assert figure.facts["l1_steps_to_zero"] == figure.facts["prox_steps_to_zero"] == 10
    assert figure.axes("end").get_title(loc="left") == "Close to 0: both have arrived"


def test_paper_and_floating_point_are_told_apart(drawn):
    # 10 in steps of a fifth: fifty steps on paper; 4 · 0.05 is a little more than a fifth.
    figure = drawn("two_cycle", w0=10, eta=0.05, lam=4, n_steps=60)
    assert figure.facts["l1_steps_to_zero"] is None and figure.facts["cycle"]
    assert figure.artist("walk_label").get_text().startswith("subgradient:\n0 at step 50\non paper; in floats\n")
    assert figure.axes("end").get_title(loc="left") == "Close to 0: floating point differs from paper"
    assert "on paper is at 0 after 50 steps, in floating point in the end jumps between" in figure.description


def test_names_and_colours(drawn):
    figure = drawn("two_cycle", **UNEVEN)
    for panel in ("walk", "end"):
        axes = figure.axes(panel)
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("step", "weight w")
        walk, prox = figure.artist("walk", panel), figure.artist("prox", panel)
        assert (walk.get_color(), walk.get_marker()) == ("l1", "o")
        assert (prox.get_color(), prox.get_marker()) == ("third", "D")
        assert figure.artist("prox_line", panel).get_linestyle() == "-."
    texts = {gid: figure.artist(gid) for gid in ("walk_label", "prox_label")}
    assert texts["walk_label"].get_text() == "subgradient:\n0.1, −0.4, …" and texts["walk_label"].get_color() == "l1"
    assert texts["prox_label"].get_text() == "proximal:\n0 at step 11" and texts["prox_label"].get_color() == "third"
    # Labels stand in the order of the lines' ends.
    assert texts["prox_label"].xy[1] > texts["walk_label"].xy[1]

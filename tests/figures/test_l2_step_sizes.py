"""Five step sizes: each row obeys w ← (1 − ηλ)w, says the truth about it, and has the scale of the others."""

import numpy as np
import pytest

from figures import given

# Written out, because what is typed below goes with them.
WALK = {"w0": 5.0, "lam": 1.0, "n_steps": 8}

CORNERS = [
    {},
    {"w0": -3, "lam": 2, "n_steps": 20},
    {"w0": 0, "lam": 0.1},
    {"w0": 10, "lam": 0.1, "n_steps": 2},
    {"w0": -10, "lam": 0.7, "n_steps": 20},
]


@pytest.mark.parametrize("parameters", CORNERS)
def test_rows_obey_their_factor(drawn, tidy, parameters):
    figure = drawn("l2_step_sizes", **parameters)
    tidy(figure.canvas)
    lam, start = parameters.get("lam", given.LAM), parameters.get("w0", given.W0)
    for i, eta in enumerate(given.L2_STEP_SIZES):
        step, w = figure.artist(f"walk_{i}").get_xydata().T
        low, high = figure.axes(f"row_{i}").get_ylim()
        assert w[0] == start and step.tolist() == list(range(len(w)))
        np.testing.assert_allclose(w[1:], (1 - eta * lam) * w[:-1], rtol=1e-12, atol=1e-14 * abs(start))
        # A walk ends where its steps end, or with the first weight that has left the frame.
        assert np.all((low < w[:-1]) & (w[:-1] < high))
        assert len(w) == parameters.get("n_steps", given.N_STEPS_L2_STEP_SIZES) + 1 or not low < w[-1] < high


def test_verdicts_at_unit_strength(drawn):
    figure = drawn("l2_step_sizes", **WALK)
    verdicts = [
        "converges, never arrives",
        "arrives in one step",
        "alternates and converges",
        "cycles, comes no closer",
        "alternates and diverges",
    ]
    assert figure.facts["verdicts"] == verdicts
    assert [figure.artist(f"verdict_{i}", f"row_{i}").get_text() for i in range(5)] == verdicts
    assert [figure.artist(f"eta_{i}", f"row_{i}").get_text() for i in range(5)] == [
        "η = 0.5",
        "η = 1",
        "η = 1.5",
        "η = 2",
        "η = 2.1",
    ]
    assert figure.facts["steps_to_zero"] == [None, 1, None, None, None]
    # 2.1 is no binary fraction.
    assert figure.facts["factor"] == pytest.approx([0.5, 0, -0.5, -1, -1.1], abs=1e-15)
    assert all(verdict in figure.description for verdict in verdicts) and "10.72 after 8 steps" in figure.description


def test_one_scale_one_colour(drawn):
    figure = drawn("l2_step_sizes")
    scales = []
    for i in range(5):
        axes, mark, line = figure.axes(f"row_{i}"), figure.artist(f"walk_{i}"), figure.artist(f"line_{i}")
        assert mark.get_color() == line.get_color() == "l2"
        assert mark.get_marker() == "s" and line.get_linestyle() == "--"
        low, high = axes.get_ylim()
        scales.append((high - low) / axes.get_position().height)
    # Layout moves panels by fractions of a point.
    np.testing.assert_allclose(scales, scales[0], rtol=0.02)
    assert figure.axes("row_4").get_xlabel() == "step"
    assert figure.canvas.get_supylabel() == "weight w"

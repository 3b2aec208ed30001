"""Where a step of size one is stable: checked by taking steps, not by the formulas that draw."""

import numpy as np
import pytest

from figures import given

CORNERS = [{}, {"lam": 0}, {"lam": 1.4}, {"lam": 0.6}, {"lam": 1}, {"lam": 0.45}]


def growth(x, lam, with_bias, n_steps=400):
    """Mean growth of the distance to the minimum over many steps of size 1 on (w x + b − y)² + lam w², y = 0."""
    w, b, size = 1.0, 0.7 if with_bias else 0.0, 0.0
    for _ in range(n_steps):
        residual = w * x + b
        w, b = w - (2 * x * residual + 2 * lam * w), b - 2 * residual * with_bias
        length = np.hypot(w, b)
        size += np.log(length)
        w, b = w / length, b / length
    return np.exp(size / n_steps)


@pytest.mark.parametrize("parameters", CORNERS)
def test_edge_and_label_places(drawn, tidy, parameters):
    figure = drawn("stability", **parameters)
    tidy(figure.canvas)
    x, lam = figure.artist("edge").get_xydata().T
    # On the edge the error changes sign and keeps its size.
    np.testing.assert_allclose(1 - 2 * (x**2 + lam), -1, atol=1e-12)
    assert (x.min(), x.max(), lam.min()) == (-1, 1, 0)
    cut = figure.artist("cut").get_ydata()
    assert set(cut) == {parameters.get("lam", given.STABILITY_LAM)}
    stable = np.interp(0, x, lam)
    assert stable == pytest.approx(1)


@pytest.mark.parametrize("lam", [0.25, 0.7])
def test_curves_are_the_growth_of_real_steps(drawn, lam):
    figure = drawn("stability", lam=lam)
    for key, with_bias in (("fixed", 0), ("joint", 1)):
        x, drawn_growth = figure.artist(key).get_xydata().T
        for at in (-1.2, -0.3, 0.4, 0.8, 1.4):
            # The mean over 400 steps keeps a trace of the start, at most its logarithm over 400.
            assert np.interp(at, x, drawn_growth) == pytest.approx(growth(at, lam, with_bias), rel=0.02)


def test_trained_bias_is_never_stable_but_at_zero(drawn):
    for lam in (0, 0.25, 0.9, 1):
        figure = drawn("stability", lam=lam)
        x, joint = figure.artist("joint").get_xydata().T
        assert np.all(joint[x != 0] > 1) and joint[x == 0] == pytest.approx(1)
        assert figure.facts["joint_smallest_apart"] == joint[x != 0].min()
    # x = 1, λ = 0: the step matrix is I − 2 [[1, 1], [1, 1]], with eigenvalues 1 and −3.
    assert drawn("stability", lam=0).facts["joint_at_one"] == pytest.approx(3)


def test_facts_names_and_colours(drawn):
    figure = drawn("stability")
    assert figure.facts["stable_x"] == pytest.approx(0.75**0.5) and figure.facts["fixed_at_edge"] == pytest.approx(1)
    assert drawn("stability", lam=1.2).facts["stable_x"] == 0
    assert "up to 0.866 in size" in figure.description
    plane, cut = figure.axes("plane"), figure.axes("cut")
    assert (plane.get_ylabel(), cut.get_xlabel(), cut.get_ylabel()) == ("strength λ", "feature x", "growth factor")
    for gid, colour, style, text in (("fixed", "l2", "--", "b fixed"), ("joint", "third", "-.", "b trained")):
        line, label = figure.artist(gid), figure.artist(f"{gid}_label")
        assert line.get_color() == label.get_color() == colour
        assert line.get_linestyle() == style and label.get_text() == text
        assert np.interp(label.xy[0], *line.get_xydata().T) == pytest.approx(label.xy[1], rel=1e-3)
    assert figure.artist("cut_label").get_text() == "cut at λ = 0.25"

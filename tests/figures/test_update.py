"""One update: H is the slope of the drawn error, and the moves add up to equations (0), (1.1), (1.2) and (2)."""

import itertools
import re

import numpy as np
import pytest

from figures import given
from figures.update import ROWS

UPDATE = {"w": 2.0, "want": 4.0, "lam": 0.4}
"""The parameters that the typed numbers below go with."""

CORNERS = [
    {},
    {"w": -2.0, "lam": 0.3, "want": 1.0},
    {"w": 0.0, "want": 1.0},
    {"w": 0.0, "want": 0.0},
    {"lam": 0.0},
    {"w": 0.1, "want": 0.2, "lam": 0.05},
    {"w": 0.5, "want": 0.4},
    *({"w": w, "want": want, "lam": lam} for w, want, lam in itertools.product((-2.5, 2.5), (-4.0, 4.8), (0.0, 1.0))),
]


@pytest.mark.parametrize("parameters", CORNERS)
def test_h_is_the_slope_of_the_curve_at_the_ball(drawn, tidy, parameters):
    figure = drawn("update", **parameters)
    tidy(figure.canvas)
    data = figure.data
    w, want, H = data["w"], data["want"], data["H"]
    places, errors = figure.artist("curve").get_xydata().T
    np.testing.assert_allclose(errors, (given.UPDATE_X * (places - want)) ** 2, atol=1e-9)
    ((at, error),) = figure.artist("ball").get_xydata()
    assert at == w and error == pytest.approx((given.UPDATE_X * (w - want)) ** 2)
    (left, low), (right, high) = figure.artist("tangent").get_xydata()
    assert (high - low) / (right - left) == pytest.approx(H) and (low + high) / 2 == pytest.approx(error)
    # A tangent of a parabola lies below it by the square of the way, for this feature a quarter of it.
    assert errors == pytest.approx(error + H * (places - w) + (given.UPDATE_X * (places - w)) ** 2)
    assert figure.artist("data").get_xydata().tolist() == [[want, 0]]
    assert figure.facts["H"] == H


@pytest.mark.parametrize("parameters", CORNERS)
def test_moves_add_up_to_the_equations(drawn, parameters):
    figure = drawn("update", **parameters)
    w, H, lam = (figure.data[key] for key in ("w", "H", "lam"))
    direction = np.sign(w)
    shift = {"data": -H, "l1": -lam * direction, "l2": -2 * lam * w, "half": -lam * w}
    for name, length in shift.items():
        start = w if name == "data" else w - H
        ((end, row),) = figure.artist(f"{name}_new").get_xydata()
        assert end == pytest.approx(start + length, abs=1e-12) and row == ROWS[name]
        shaft = figure.artist(f"{name}_shaft").get_xydata()
        if abs(length) > 1e-9:
            corners = figure.artist(f"{name}_head").get_path().vertices[:3]
            assert shaft[0].tolist() == [start, row] and corners[0] == pytest.approx((end, row), abs=1e-12)
            assert np.sign(corners[0, 0] - corners[1, 0]) == np.sign(length)
        else:
            assert len(shaft) == 0
        if name != "data":
            # Towards 0 from w, whatever the data do.
            assert length * w <= 0
            assert figure.facts[f"{name}_taken"] == pytest.approx(abs(length), abs=1e-12)
            assert figure.facts[f"{name}_new"] == end
    assert figure.facts["plain_new"] == pytest.approx(w - H)
    # Time runs downwards: the data first.
    assert ROWS["data"] > ROWS["l1"] > ROWS["l2"] > ROWS["half"]


@pytest.mark.parametrize("parameters", CORNERS)
def test_written_sums_are_right(drawn, parameters):
    figure = drawn("update", **parameters)
    for name in ROWS:
        text = figure.artist(f"{name}_sum").get_text()
        if "slope 0" in text:
            assert figure.data["w"] == 0 and name == "l1"
            continue
        *_, left, right = re.split(" = ", text)
        value = eval(left.replace("−", "-").replace("·", "*"))
        # Four digits are shown of every number.
        assert value == pytest.approx(float(right.replace("−", "-")), abs=2e-3)
        assert float(right.replace("−", "-")) == pytest.approx(figure.data["ends"][name], abs=1e-3)
    number = {1: "1.1", -1: "1.2", 0: "none"}[int(np.sign(figure.data["w"]))]
    assert figure.facts["l1_equation"] == number
    assert number == "none" or figure.artist("l1_sum").get_text().startswith(f"({number})")
    assert figure.artist("data_sum").get_text().startswith("(0)") and figure.artist("l2_sum").get_text().startswith(
        "(2)"
    )


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({}, ("L1 takes off λ = 0.4", "2λ|w| = 1.6: more, as |w| is above 0.5", "would take 0.8", "point down")),
        ({"w": -0.5}, ("2λ|w| = 0.4: the same, as |w| is 0.5", "point up")),
        ({"w": 0.3}, ("less, as |w| is below 0.5",)),
        ({"w": 0.0}, ("At w = 0 squared L2 has nothing to take",)),
        ({"lam": 0.0}, ("nothing is taken off",)),
    ],
)
def test_the_verdict_compares_what_is_taken(drawn, parameters, says):
    for text in says:
        assert text in drawn("update", **UPDATE | parameters).facts["verdict"]


def test_what_is_0_on_paper_is_written_as_0(drawn):
    for key, parameters in (
        ("half_sum", {"w": 2.0, "want": -1.2, "lam": 0.2}),
        ("l1_sum", {"w": 0.4, "want": 0.2, "lam": 0.3}),
    ):
        assert drawn("update", **parameters).artist(key).get_text().endswith(" = 0")


def test_colours_markers_and_alt_text(drawn):
    figure = drawn("update", **UPDATE)
    for name, color, marker in (("data", "data", "^"), ("l1", "l1", "o"), ("l2", "l2", "s"), ("half", "l2", "s")):
        assert (figure.artist(f"{name}_new").get_color(), figure.artist(f"{name}_new").get_marker()) == (color, marker)
        assert figure.artist(f"{name}_sum").get_color() == figure.artist(f"{name}_shaft").get_color() == color
    assert figure.artist("half_new").get_markerfacecolor() == "none"
    assert figure.axes("steps").get_xlabel() == "weight w" and figure.axes("steps").get_ylabel() == "← time"
    for text in (
        "w = 2 is H = −1",
        "by 1 to 3",
        "0.4 off the size of w and leads to 2.6",
        "takes 1.6 and leads to 1.4",
    ):
        assert text in figure.description

"""One update: arrows that add up to equations (0), (1.1), (1.2), (2) in either order, and the numbers written out."""

import itertools
import random
import re

import numpy as np
import pytest

from figures.update import LEVEL, REACH, SHEET, TOPS, UNIT
from shrinkage import update_l1_negative_regrouped, update_l1_positive_regrouped, update_squared_l2_regrouped

CORNERS = [
    {},
    {"w": -2, "lam": 0.3, "H": 1.5},
    {"w": 0, "H": 1},
    {"w": 0, "H": 0},
    {"H": 0, "lam": 0},
    {"w": 0.1, "H": 0.1, "lam": 0.05},
    {"w": 0.5, "H": 0, "lam": 0.4},
    *({"w": w, "H": H, "lam": lam} for w, H, lam in itertools.product((-2.5, 2.5), (-2, 2), (0, 1))),
]


def on_paper(figure, x, y):
    return figure.axes("steps").transData.transform(np.column_stack([x, y]))


def arrow(figure, key):
    """Where an arrow starts and points to, one level down: its shaft's first point, and where its head's line goes."""
    start, end = figure.artist(f"{key}_shaft").get_xydata()
    tip, left, right = figure.artist(f"{key}_head").get_path().vertices[:3]
    back = (left + right) / 2
    # The head lies on the line of the shaft, ahead of it.
    along = (end - start) / (start[1] - end[1]) * LEVEL
    for point in (tip, back):
        np.testing.assert_allclose((point - start)[0] * along[1], (point - start)[1] * along[0], atol=1e-6)
    assert start[1] > end[1] > tip[1] and back[1] > tip[1]
    return start[0], start[0] + along[0]


@pytest.mark.parametrize("parameters", CORNERS)
def test_arrows_add_up_to_the_equations_in_either_order(drawn, tidy, parameters):
    figure = drawn("update", **parameters)
    tidy(figure.canvas)
    w, H, lam = (figure.data[key] for key in ("w", "H", "lam"))
    direction = (w > 0) - (w < 0)
    shift = {"plain": 0.0, "l1": -lam * direction, "l2": -2 * lam * w}
    for name, pull in shift.items():
        assert arrow(figure, f"{name}_data") == pytest.approx((w, w - H), abs=1e-9)
        if name != "plain":
            assert arrow(figure, name) == pytest.approx((w - H, w - H + pull), abs=1e-9)
            assert arrow(figure, f"{name}_first") == pytest.approx((w, w + pull), abs=1e-9)
            assert arrow(figure, f"{name}_last") == pytest.approx((w + pull, w + pull - H), abs=1e-9)
            # Towards 0 from w, whatever the data do.
            assert pull * w <= 0
            assert figure.facts[f"{name}_taken"] == pytest.approx(abs(pull), abs=1e-12)
        ((x, y),) = figure.artist(f"{name}_new").get_xydata()
        assert x == pytest.approx(w - H + pull, abs=1e-12) and figure.facts[f"{name}_new"] == x
        assert y == TOPS[name] - (1 if name == "plain" else 2) * LEVEL
        assert figure.artist(f"{name}_start").get_xydata().tolist() == [[w, TOPS[name]]]
    ((half, _),) = figure.artist("half_new").get_xydata()
    # The doubling: half of squared L2's move.
    assert half == pytest.approx(w - H + shift["l2"] / 2, abs=1e-12)


def test_texts_keep_clear_at_settings_drawn_at_random(drawn, tidy):
    source = random.Random(5)
    for _ in range(12):
        tidy(
            drawn(
                "update", w=source.randint(-25, 25) / 10, H=source.randint(-20, 20) / 10, lam=source.randint(0, 20) / 20
            ).canvas
        )


def test_the_sheet_is_measured_in_points(drawn):
    """Heads and labels are placed by these measures."""
    figure = drawn("update")
    dots = figure.canvas.dpi / 72
    low, high = on_paper(figure, [-REACH, REACH], [0, SHEET])
    assert (high[1] - low[1]) / dots == pytest.approx(SHEET, rel=0.03)
    assert (high[0] - low[0]) / dots == pytest.approx(2 * REACH * UNIT, rel=0.03)


EQUATION = re.compile(
    r"(?:\((?P<number>[\d.]+)\)|at w = 0 with slope 0:)  (?P<words>[^=]*) = (?P<sum>[^=]*) = (?P<new>[^=]*)"
)


@pytest.mark.parametrize("parameters", CORNERS)
def test_written_sums_are_right_and_named_by_their_equation(drawn, parameters):
    figure = drawn("update", **parameters)
    w, H, lam = (figure.data[key] for key in ("w", "H", "lam"))
    wanted = {"plain_sum": ("0", w - H), "l2_sum": ("2", w - H - 2 * lam * w)}
    wanted["l2_regrouped"] = ("4", update_squared_l2_regrouped(w, H, lam))
    if w > 0:
        wanted |= {"l1_sum": ("1.1", w - H - lam), "l1_regrouped": ("3.1", update_l1_positive_regrouped(w, H, lam))}
    elif w < 0:
        wanted |= {"l1_sum": ("1.2", w - H + lam), "l1_regrouped": ("3.2", update_l1_negative_regrouped(w, H, lam))}
    else:
        wanted["l1_sum"] = (None, -H)
        assert "l1_regrouped" in figure.data and figure.data["l1_regrouped"]["text"] == ""
    for key, (number, value) in wanted.items():
        found = EQUATION.fullmatch(figure.artist(key).get_text())
        written = found["sum"].replace("−", "-").replace("·", "*")
        assert found["number"] == number
        # Four digits are shown.
        assert eval(written) == pytest.approx(value, abs=1e-3)
        assert float(found["new"].replace("−", "-")) == pytest.approx(value, abs=1e-3)
        letters = found["words"].replace("−", "-").replace("2λw", "2*lam*w").replace("λ", "lam")
        assert eval(letters, {"w": w, "H": H, "lam": lam}) == pytest.approx(value, abs=1e-9)
    assert figure.facts["l1_equation"] == (wanted["l1_sum"][0] or "none")


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({}, ("L1 takes off λ = 0.4", "2λ|w| = 1.6: more, as |w| is above 0.5", "would take 0.8", "point down")),
        ({"w": -0.5}, ("2λ|w| = 0.4: the same", "would take 0.2", "point up")),
        ({"w": 0.3}, ("2λ|w| = 0.24: less, as |w| is below 0.5",)),
        ({"w": 0}, ("At w = 0 squared L2 has nothing to take",)),
        ({"lam": 0}, ("nothing is taken off",)),
    ],
)
def test_the_verdict_compares_what_is_taken(drawn, parameters, says):
    facts = drawn("update", **parameters).facts
    for text in says:
        assert text in facts["verdict"]


def test_colours_markers_and_alt_text(drawn):
    figure = drawn("update")
    for name, color, marker in (("plain", "ink", "^"), ("l1", "l1", "o"), ("l2", "l2", "s")):
        mark = figure.artist(f"{name}_new")
        assert (mark.get_color(), mark.get_marker()) == (color, marker)
        assert figure.artist(f"{name}_sum").get_color() == color
        assert figure.artist(f"{name}_data_shaft").get_color() == "data"
        if name != "plain":
            strong, thin = figure.artist(f"{name}_shaft"), figure.artist(f"{name}_first_shaft")
            assert strong.get_color() == thin.get_color() == color and strong.get_linewidth() > thin.get_linewidth()
    assert figure.artist("half_new").get_markerfacecolor() == "none"
    assert figure.artist("l1_label").get_text() == "−λ" and figure.artist("l2_label").get_text() == "−2λw"
    assert drawn("update", w=-1).artist("l1_label").get_text() == "+λ"
    axes = figure.axes("steps")
    assert axes.get_xlabel() == "weight w" and axes.get_xlim() == (-REACH, REACH)
    for text in ("weight 2", "by 1. ", "leads to 3", "0.4 off its size and leads to 2.6", "takes 1.6 and leads to 1.4"):
        assert text in figure.description

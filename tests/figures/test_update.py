"""One update: arrows that add up to equations (0), (1.1), (1.2) and (2)."""

import pytest

CORNERS = [
    {},
    {"w": -2, "lam": 0.3, "H": 1.5},
    {"w": 0, "H": 1},
    {"w": 0, "H": 0},
    {"H": 0, "lam": 0},
    {"w": 4, "H": -4, "lam": 1},
    {"w": 0.1, "H": 0.1, "lam": 0.05},
    {"w": -3.9, "H": 3.9, "lam": 0.55},
]


def ends(figure, key):
    """Start and end of an arrow along the number line, and its height, which stays the same."""
    (start, height), (end, other) = figure.artist(key)._posA_posB
    assert height == other
    return start, end, height


@pytest.mark.parametrize("parameters", CORNERS)
def test_arrows_add_up_to_the_equations(drawn, tidy, parameters):
    figure = drawn("update", **parameters)
    tidy(figure.canvas)
    w, H, lam = (figure.data[key] for key in ("w", "H", "lam"))
    direction = (w > 0) - (w < 0)
    new = {"plain": w - H, "l1": (w - H) - lam * direction, "l2": (w - H) - 2 * lam * w}
    heights = []
    for name, value in new.items():
        start, end, height = ends(figure, f"{name}_data_arrow")
        assert (start, end) == (w, w - H)
        if name != "plain":
            start, end, height = ends(figure, f"{name}_arrow")
            assert (start, end) == pytest.approx((w - H, value), abs=1e-12)
            assert figure.facts[f"{name}_shift"] == pytest.approx(value - (w - H), abs=1e-12)
            assert figure.artist(f"{name}_arrow").get_visible() is (start != end)
            # Towards 0 from w, whatever the data do.
            assert (value - (w - H)) * w <= 0
        assert figure.artist(f"{name}_new").get_xydata()[0] == pytest.approx((value, height), abs=1e-12)
        assert figure.facts[f"{name}_new"] == pytest.approx(value, abs=1e-12)
        heights.append(height)
    assert heights == sorted(heights, reverse=True), "the rows read downwards: plain, L1, L2"


def test_words_name_the_equation_that_applies(drawn):
    figure = drawn("update")
    assert figure.artist("plain_label").get_text() == "no penalty (0):  w − H = 2 + 1 = 3"
    assert figure.artist("l1_label").get_text() == "L1 (1.1):  (w − H) − λ = 2 + 1 − 0.4 = 2.6"
    assert figure.artist("l2_label").get_text() == "squared L2 (2):  (w − H) − 2λw = 2 + 1 − 2 · 0.4 · 2 = 1.4"
    negative = drawn("update", w=-2, H=1.5, lam=0.3)
    assert negative.artist("l1_label").get_text() == "L1 (1.2):  (w − H) + λ = −2 − 1.5 + 0.3 = −3.2"
    assert negative.artist("l2_label").get_text() == "squared L2 (2):  (w − H) − 2λw = −2 − 1.5 − 2 · 0.3 · (−2) = −2.3"
    assert "subgradient 0" in drawn("update", w=0).artist("l1_label").get_text()
    assert [run.facts["l1_equation"] for run in (figure, negative)] == ["1.1", "1.2"]


def test_colours_markers_and_alt_text(drawn):
    figure = drawn("update")
    for name, color, marker in (("plain", "ink", "^"), ("l1", "l1", "o"), ("l2", "l2", "s")):
        mark = figure.artist(f"{name}_new")
        assert (mark.get_color(), mark.get_marker()) == (color, marker)
        assert figure.artist(f"{name}_label").get_color() == color
    assert figure.artist("l1_shift").get_text() == "λ" and figure.artist("l2_shift").get_text() == "2λ|w|"
    assert figure.axes("steps").get_xlabel() == "weight w"
    for text in ("from the weight 2", "by 1 to 3", "by −0.4 to 2.6", "by −1.6 to 1.4", "λ = 0.4"):
        assert text in figure.description

"""The three losses: each marked minimum meets its optimality condition, and the slopes are those of the curves."""

import itertools
import random

import numpy as np
import pytest

from shrinkage import loss_l1, loss_squared_l2, squared_error

# Written out, because what is typed below goes with them.
POINT = {"x": 2.0, "y": 3.0, "b": -1.0, "lam": 6.0}

CORNERS = [
    {},
    {"lam": 0},
    {"lam": 16},
    {"lam": 3, "y": 1, "b": 0.5},
    {"y": -1},
    *({"x": x, "y": y, "b": b, "lam": lam} for x, y, b, lam in itertools.product((1.5, 3), (-3, 3), (-1, 1), (0, 24))),
]
LOSSES = {
    "plain": lambda w, x, y, b, lam: squared_error(w, x, y, b),
    "l1": loss_l1,
    "l2": loss_squared_l2,
}
STYLES = {"plain": ("ink", "-", "^"), "l1": ("l1", "-", "o"), "l2": ("l2", "--", "s")}


@pytest.mark.parametrize("parameters", CORNERS)
def test_curves_and_minima(drawn, tidy, parameters):
    figure = drawn("losses", **parameters)
    tidy(figure.canvas)
    point = [figure.data[key] for key in ("x", "y", "b", "lam")]
    x, y, b, lam = point
    for name, loss in LOSSES.items():
        curve = figure.artist(name, "loss").get_xydata()
        np.testing.assert_allclose(curve[:, 1], loss(curve[:, 0], *point), rtol=1e-12)
        # The corner of L1 at 0 is one of the points, and the curve fills the sheet.
        assert 0 in curve[:, 0] and curve[0, 0] == -3 and curve[-1, 0] == 3
        ((w, least),) = figure.artist(f"{name}_minimum", "loss").get_xydata()
        assert least == pytest.approx(loss(w, *point), rel=1e-12, abs=1e-12)
        # Optimality: 0 is a slope. At its corner L1 has all slopes within lam of the data's.
        H = 2 * x * (w * x + b - y)
        if name == "l1" and w == 0:
            assert abs(H) <= lam
        else:
            pull = {"plain": 0.0, "l1": lam * np.sign(w), "l2": 2 * lam * w}[name]
            assert H + pull == pytest.approx(0, abs=1e-9)
        assert figure.artist(f"{name}_minimiser", "slope").get_xydata().tolist() == [[w, 0]]
        assert figure.facts[f"{name}_minimiser"] == w and figure.facts[f"{name}_least_loss"] == least
        # No minimum is off the sheet.
        assert -3 < w < 3 and -1 < least < 20
    assert figure.facts["at_zero"] == loss_l1(0, *point)


@pytest.mark.parametrize("parameters", CORNERS)
def test_slopes_are_those_of_the_curves(drawn, parameters):
    figure = drawn("losses", **parameters)
    lam = figure.data["lam"]
    for name in LOSSES:
        w, loss = figure.artist(name, "loss").get_xydata().T
        corners, slopes = figure.artist(f"{name}_slopes", "slope").get_xydata().T
        # On a parabola the secant's slope is the slope half-way; no piece of the curve lies across the corner at 0.
        secants, middles = np.diff(loss) / np.diff(w), (w[1:] + w[:-1]) / 2
        for side in (-1, 1):
            kept = middles * side > 0
            ends = corners * side >= 0 if name != "l1" else (np.arange(4) >= 2) == (side > 0)
            if name != "l1":
                ends = np.full(2, True)
            line = np.interp(middles[kept], corners[ends], slopes[ends])
            np.testing.assert_allclose(line, secants[kept], rtol=1e-9, atol=1e-6)
    jump = figure.artist("jump", "slope").get_xydata()
    assert jump[:, 0].tolist() == [0, 0] and jump[1, 1] - jump[0, 1] == pytest.approx(2 * lam, abs=1e-9)
    # 0 is among the slopes at the corner exactly where the minimum is there.
    assert (jump[0, 1] <= 0 <= jump[1, 1]) == (figure.facts["l1_minimiser"] == 0)


def test_texts_keep_clear_at_settings_drawn_at_random(drawn, tidy):
    source = random.Random(3)
    for _ in range(12):
        tidy(
            drawn(
                "losses",
                x=source.randint(6, 12) / 4,
                y=source.randint(-6, 6) / 2,
                b=source.randint(-2, 2) / 2,
                lam=source.randint(0, 96) / 4,
            ).canvas
        )


def test_l1_is_zero_exactly_from_the_named_lam_on_at_every_setting():
    """The reader can set the very λ that is named, because all settings are exact in binary."""
    from figures import losses

    for x, y, b in itertools.product(np.arange(1.5, 3.1, 0.25), np.arange(-3, 3.1, 0.5), (-1.0, 0.5)):
        named = losses.facts(losses.data(x, y, b, 0.0))["lam_that_zeroes"]
        assert named == abs(2 * x * (y - b)) and named <= 24 and named % 0.25 == 0
        for lam in (named - 0.25, named):
            if lam >= 0:
                facts = losses.facts(losses.data(x, y, b, lam))
                assert (facts["l1_minimiser"] == 0) is (lam == named)
                assert (facts["l2_minimiser"] == 0) is (named == 0)


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        (
            {},
            "The lasso’s minimum is at 1.25. It reaches 0 at λ = 16 and stays there; that of ridge is at 0.8 and reaches 0 at no λ",
        ),
        (
            {"lam": 16},
            "The lasso’s minimum is at exactly 0. It got there at λ = 16 and stays for every larger λ; that of ridge is at 0.4",
        ),
        ({"lam": 0}, "the three losses are one. From λ = 16 on"),
        ({"y": -1}, "all three losses are least at exactly 0"),
    ],
)
def test_the_verdict_names_the_lam(drawn, parameters, says):
    assert says in drawn("losses", **POINT | parameters).facts["verdict"]


def test_words_colours_and_axes(drawn):
    figure = drawn("losses", **POINT)
    assert [figure.facts[f"{name}_minimiser"] for name in STYLES] == pytest.approx([2, 1.25, 0.8])
    labels = [figure.artist(f"{name}_label").get_text() for name in STYLES]
    assert labels == ["L is least at 2", "lasso at 1.25", "ridge at 0.8"]
    for name, (color, line, marker) in STYLES.items():
        for key in (name, f"{name}_slopes"):
            assert (figure.artist(key).get_color(), figure.artist(key).get_linestyle()) == (color, line)
        mark = figure.artist(f"{name}_minimum")
        assert (mark.get_color(), mark.get_marker()) == (color, marker)
        assert figure.artist(f"{name}_label").get_color() == color
        # The samples before the names look like the curves.
        samples = [one for one in figure.axes("loss").lines if not one.get_clip_on() and one.get_color() == color]
        assert [(one.get_linestyle(), one.get_marker()) for one in samples] == [(line, "None"), ("-", marker)]
    assert figure.artist("jump_left").get_text() == "lasso’s slopes at 0: −22 to −10"
    assert drawn("losses", **POINT | {"y": -3}).artist("jump_right").get_text() == "lasso’s slopes at 0: 2 to 14"
    loss, slope = figure.axes("loss"), figure.axes("slope")
    assert (loss.get_ylabel(), slope.get_ylabel(), slope.get_xlabel()) == ("loss", "slope of the loss", "weight w")
    for text in ("w = 2,", "at 1.25", "at 0.8", "λ = 6", "jumps by 12", "λ = 16"):
        assert text in figure.description


def test_without_strength_there_is_one_slope_at_zero(drawn):
    figure = drawn("losses", lam=0.0, x=1.5, y=-3.0, b=-1.0)
    # 2 x (b - y) = 2 · 1.5 · 2.
    assert figure.artist("jump_right").get_text() == "the slope at 0: 6"

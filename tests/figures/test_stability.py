"""The bouncing walk: steps on the loss that is drawn, and a factor that says what becomes of them."""

import numpy as np
import pytest

from figures.stability import HORIZON, LOWEST

CORNERS = [
    {},
    {"n": 0},
    {"x": 1.2, "lam": 1.0, "eta": 1.5},
    {"x": 0.3, "lam": 0.0, "eta": 0.05},
    {"x": 1.0, "lam": 0.0},
    {"x": 0.5, "lam": 0.25},
    {"x": 0.5, "lam": 0.0, "eta": 1.5},
]


@pytest.mark.parametrize("parameters", CORNERS)
def test_the_ball_steps_against_the_slope_of_the_curve(drawn, tidy, parameters):
    figure = drawn("stability", **parameters)
    tidy(figure.canvas)
    data = figure.data
    x, lam, eta, n = data["x"], data["lam"], data["eta"], data["n"]

    def loss(w):
        return (w * x - 1) ** 2 + lam * w**2

    w, drawn_loss = figure.artist("curve").get_xydata().T
    np.testing.assert_allclose(drawn_loss, loss(w), atol=1e-12)
    walk, losses = figure.artist("bounces").get_xydata().T
    assert len(walk) == n + 1 and walk.tolist() == data["walk"][: n + 1]
    np.testing.assert_allclose(losses, loss(walk), rtol=1e-12)
    assert figure.artist("ball").get_xydata().tolist() == [[walk[-1], losses[-1]]]
    for before, after in zip(data["walk"], data["walk"][1:]):
        # A central difference is exact for a polynomial of degree two, up to rounding; far out nothing would be left of it.
        if abs(before) > 1e4:
            break
        slope = loss(before + 0.5) - loss(before - 0.5)
        assert after == pytest.approx(before - eta * slope, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("parameters", CORNERS)
def test_the_factor_is_what_a_step_does_to_the_distance(drawn, parameters):
    figure = drawn("stability", **parameters)
    data, facts = figure.data, figure.facts
    x, lam = data["x"], data["lam"]
    best = facts["minimiser"]
    assert 2 * x * (x * best - 1) + 2 * lam * best == pytest.approx(0, abs=1e-12)
    first, second = data["walk"][0] - best, data["walk"][1] - best
    assert second == pytest.approx(facts["factor"] * first, abs=1e-9)
    marks = figure.artist("factor_mark").get_xydata().tolist()
    assert marks == ([[facts["factor"], 0]] if facts["factor"] >= LOWEST else [])
    assert (
        f"{facts['factor']:.3g}".replace("-", "−").rstrip("0").rstrip(".")[:4]
        in figure.artist("factor_text").get_text()
    )
    # At the named step size the distance neither grows nor shrinks.
    assert 1 - facts["step_limit"] * 2 * (x * x + lam) == pytest.approx(-1)


@pytest.mark.parametrize(
    ("parameters", "says", "grows"),
    [
        ({}, "changes sides and comes closer", False),
        ({"eta": 0.2}, "comes closer on one side", False),
        ({"x": 1.0, "lam": 0.0}, "from side to side for ever", None),
        ({"x": 1.0}, "each step takes the weight farther away", True),
        ({"x": 0.5, "lam": 0.25}, "the first step takes the weight to the lowest point", False),
    ],
)
def test_the_verdict_is_true_of_the_walk(drawn, parameters, says, grows):
    figure = drawn("stability", **{"x": 0.8, "lam": 0.25, "eta": 1.0} | parameters)
    assert says in figure.facts["verdict"] and figure.facts["verdict"] in figure.description
    away = (
        abs(figure.data["walk"][HORIZON] - figure.facts["minimiser"]),
        abs(figure.data["walk"][0] - figure.facts["minimiser"]),
    )
    assert away[0] == pytest.approx(away[1]) if grows is None else (away[0] > away[1]) == grows


def test_a_step_size_of_one_settles_only_below_the_arc(drawn):
    for x in (0.3, 0.7, 0.95, 1.0, 1.2):
        for lam in (0.0, 0.25, 0.7):
            figure = drawn("stability", x=x, lam=lam)
            closer = abs(figure.data["walk"][1] - figure.facts["minimiser"]) < abs(
                figure.data["walk"][0] - figure.facts["minimiser"]
            )
            assert closer == (x * x + lam < 1)


def test_colours_and_names(drawn):
    figure = drawn("stability")
    for gid in ("curve", "ball", "factor_mark"):
        assert figure.artist(gid).get_color() == "l2"
    assert figure.artist("curve").get_linestyle() == "--" and figure.artist("ball").get_marker() == "s"
    assert (
        figure.axes("loss").get_ylabel() == "squared L2 loss"
        and figure.axes("factor").get_xlabel() == "factor 1 − 2η(x² + λ)"
    )

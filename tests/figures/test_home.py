"""Three walks down two losses: each step is the rule it is named after, and what is said of the walks is true of them."""

import numpy as np
import pytest

from figures import given
from figures.home import HORIZON, LIVE, SHEET

NAMES = ("subgradient", "proximal", "l2")
CORNERS = [
    {},
    {"n": 0},
    {"n": 11},
    {"y": -0.6, "lam": 4.0},
    {"y": 0.0, "n": 3},
    {"lam": 0.0},
    {"lam": 1.5, "n": 12},
    {"y": 1.3, "lam": 4.0, "eta": 0.25},
    {"y": 0.05, "lam": 0.1, "eta": 0.01},
]


def slope(w, y):
    return 2 * (w - y)


@pytest.mark.parametrize("parameters", CORNERS)
def test_each_walk_keeps_its_rule_and_starts_where_the_data_want(drawn, parameters):
    data = drawn("home", **parameters).data
    y, lam, eta = data["y"], data["lam"], data["eta"]
    for name in NAMES:
        walk = data["walks"][name]
        assert walk[0] == y and len(walk) == HORIZON + 2
        for w, new in zip(walk, walk[1:]):
            target, close = w - eta * slope(w, y), 1e-12 * max(1, abs(w))
            if name == "subgradient":
                assert new == pytest.approx(target - eta * lam * np.sign(w), abs=close)
            elif name == "l2":
                assert new == pytest.approx(target - 2 * eta * lam * w, abs=close)
            elif new == 0:
                # What the proximal step asks for: the rest of the way is a slope of ηλ|w| at the new weight.
                assert abs(target) <= eta * lam
            else:
                assert target - new == pytest.approx(eta * lam * np.sign(new), abs=close)


@pytest.mark.parametrize("parameters", CORNERS)
def test_balls_lie_on_error_plus_penalty_and_walks_are_drawn_up_to_the_step(drawn, tidy, parameters):
    figure = drawn("home", **parameters)
    tidy(figure.canvas)
    data = figure.data
    y, lam, n = data["y"], data["lam"], data["n"]
    for name in NAMES:
        term = np.square if name == "l2" else np.abs
        w, loss = figure.artist(f"{name}_curve", name).get_xydata().T
        assert 0 in w and (w.min(), w.max()) == (-SHEET[0] / 2, SHEET[0])
        np.testing.assert_allclose(loss, (w - y) ** 2 + lam * term(w), atol=1e-12)
        error_w, error = figure.artist(f"{name}_error", name).get_xydata().T
        np.testing.assert_allclose(error, (error_w - y) ** 2, atol=1e-12)
        assert figure.artist(f"{name}_data", name).get_xydata().tolist() == [[y, 0]]
        ((at, height),) = figure.artist(f"{name}_ball", name).get_xydata()
        assert at == data["walks"][name][n] and height == pytest.approx((at - y) ** 2 + lam * term(at))
        x, step = figure.artist(f"{name}_walk", f"{name}_steps").get_xydata().T
        assert x.tolist() == data["walks"][name][: n + 1] and step.tolist() == list(range(n + 1))
        assert figure.artist(f"{name}_end").get_xydata().tolist() == [[at, n]]


@pytest.mark.parametrize("parameters", CORNERS)
def test_the_two_forces_make_the_next_step(drawn, parameters):
    figure = drawn("home", **parameters)
    data, scale = figure.data, SHEET[2]
    n, eta = data["n"], data["eta"]
    for name in NAMES:
        w, new = data["walks"][name][n : n + 2]
        forces = {}
        for force in ("push", "pull"):
            shaft = figure.artist(f"{name}_{force}_shaft", name).get_xydata()
            corners = figure.artist(f"{name}_{force}_head", name).get_path().vertices
            forces[force] = (corners[0][0] - w) / scale if len(shaft) else 0.0
            if len(shaft):
                (start, height), (back, _) = shaft
                assert start == w and corners[:3, 0].tolist() == [corners[0][0], back, back]
                assert corners[1:3, 1].mean() == pytest.approx(height)
                assert np.sign(back - start) in (0, np.sign(forces[force]))
        size = max(1, abs(w))
        assert forces["push"] == pytest.approx(-slope(w, data["y"]), abs=1e-7 * size)
        assert new - w == pytest.approx(eta * (forces["push"] + forces["pull"]), abs=1e-7 * size)
        if name == "proximal":
            # At 0 a band shows all that L1 can hold with, and the force is in it.
            held = data["hold"]["x"]
            assert held == ([-data["lam"] * scale, data["lam"] * scale] if w == 0 else [])
            assert abs(forces["pull"]) <= data["lam"] + 1e-9


def test_play_alone_tells_the_walks_apart(drawn):
    """From the beginning to the end: all three are at one place; then one hovers, one rests on 0, one stops beside it."""
    assert LIVE.begin == {"n": 0} and LIVE.play == "n"
    assert [drawn("home", n=0).artist(f"{name}_now").get_text() for name in NAMES] == ["w = 1"] * 3
    figure = drawn("home")
    walks, facts = figure.data["walks"], figure.facts
    tail = walks["subgradient"][12:]
    assert min(tail) < 0 < 0.2 < max(tail) and 0 not in tail
    assert facts["proximal_steps_to_zero"] == 11 and set(walks["proximal"][11:]) == {0}
    assert walks["l2"][HORIZON] == pytest.approx(0.25, abs=1e-5) and facts["l2_minimiser"] == 0.25
    assert [figure.artist(f"{name}_now").get_text() for name in NAMES] == [
        "hovers: w = 0.0909",
        "rests at exactly 0",
        "stops at 0.25",
    ]
    assert facts["l1_minimiser"] == 0 and facts["lam_that_zeroes"] == 2 * given.HOME_Y <= given.HOME_LAM


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({}, ("reaches 0 at step 11 and hovers, between", "lands on 0 at step 11 and stays")),
        ({}, ("stops at 0.25, beside 0 and not on it", "the data pull with 2, and L1 holds up to λ = 3")),
        ({"lam": 1.5}, ("is at 0.31 after 24 steps, and the best weight is 0.25",)),
        ({"lam": 1.5, "eta": 0.2}, ("settles at 0.25", "more than λ = 1.5: not even L1")),
        ({"lam": 0.0}, ("all three walks are one", "settles at 1", "stops at 1")),
        ({"y": 0.0}, ("lands on 0 at step 0 and stays", "is on 0 from step 0 on")),
        ({"eta": 0.01}, ("still on its way to 0", "its best weight is 0.25")),
        ({"y": 1.3, "lam": 4.0, "eta": 0.25}, ("comes away from its lowest point",)),
    ],
)
def test_the_verdict_says_what_becomes_of_each(drawn, parameters, says):
    figure = drawn("home", **parameters)
    for text in says:
        assert text in figure.facts["verdict"]
    assert figure.facts["verdict"] in figure.description


def test_what_is_said_of_hovering_is_true(drawn):
    for y, lam, eta in ((1.0, 3.0, 0.05), (0.5, 1.5, 0.1), (-0.6, 4.0, 0.02)):
        figure = drawn("home", y=y, lam=lam, eta=eta)
        walk = np.array(figure.data["walks"]["subgradient"][: HORIZON + 1])
        crossed = int(np.argmax(walk * walk[0] <= 0))
        low, high = walk[crossed:].min(), walk[crossed:].max()
        assert (
            f"at step {crossed} and hovers, between {low:.3g} and {high:.3g}".replace("-", "−")
            in figure.facts["verdict"]
        )
        # On either side it is no farther from 0 than one step can take it, by the forces of data and penalty together.
        assert max(high, -low) <= eta * (2 * abs(y) + 2 * max(high, -low) + lam)


def test_names_and_colours(drawn):
    figure = drawn("home")
    for name, ball, curve, line, marker, title in (
        ("subgradient", "l1", "l1", "-", "o", "L1, subgradient"),
        ("proximal", "third", "l1", "-", "D", "L1, proximal"),
        ("l2", "l2", "l2", "--", "s", "squared L2"),
    ):
        axes = figure.axes(name)
        assert axes.get_title(loc="left") == title
        assert (
            figure.artist(f"{name}_curve").get_color() == curve
            and figure.artist(f"{name}_curve").get_linestyle() == line
        )
        assert figure.artist(f"{name}_ball").get_color() == figure.artist(f"{name}_now").get_color() == ball
        assert figure.artist(f"{name}_ball").get_marker() == figure.artist(f"{name}_walk").get_marker() == marker
        assert figure.artist(f"{name}_push_shaft").get_color() == figure.artist(f"{name}_error").get_color() == "data"
        assert figure.artist(f"{name}_pull_shaft").get_color() == curve
        assert axes.get_ylim() == figure.axes("l2").get_ylim()
    steps = figure.axes("subgradient_steps")
    assert steps.get_ylabel() == "step ↓" and steps.get_ylim()[0] > steps.get_ylim()[1]
    assert figure.axes("proximal_steps").get_xlabel() == "weight w"

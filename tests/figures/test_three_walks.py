"""Three walks down two losses: each step is the rule it is named after, and the two forces make it."""

import importlib

import numpy as np
import pytest

from figures import given
from figures._three_walks import CLOSE

NAMES = ("subgradient", "proximal", "l2")
WALK = {"w0": 5.0, "eta": 0.5, "lam": 1.0}
DOWNHILL = {"y": 3.0, "w0": -1.0, "lam": 6.0, "eta": 0.03}
"""The parameters that the typed numbers below go with."""
CORNERS = [
    ("home", {}),
    ("home", {"n": 0}),
    ("home", {"n": 11}),
    ("home", {"y": -0.6, "lam": 4.0}),
    ("home", {"y": 0.0, "n": 3}),
    ("home", {"lam": 0.0}),
    ("home", {"lam": 1.5, "n": 12}),
    ("home", {"y": 1.3, "lam": 4.0, "eta": 0.25}),
    ("home", {"y": 0.05, "lam": 0.1, "eta": 0.01}),
    ("downhill", {}),
    ("downhill", {"n": 0, "w0": 2.4}),
    ("downhill", {"lam": 20.0, "n": 7}),
    ("downhill", {"y": -3.0, "w0": 2.4, "lam": 20.0, "eta": 0.12}),
    ("downhill", {"y": -1.0, "w0": -1.2}),
    ("walk_with_data", {}),
    ("walk_with_data", {"n": 0, "w0": -3.0}),
    ("walk_with_data", {"x": 0.4}),
    ("walk_with_data", {"x": 1.0, "lam": 3.0, "eta": 0.8, "w0": 6.4}),
    ("walk_with_data", {"lam": 0.0, "n": 5}),
    ("walk_with_data", {"w0": 5.1}),
]


def sheet(name):
    return importlib.import_module(f"figures.{name}").SHEET


def error_of(w, data):
    return (w * data["x"] + data["b"] - data["y"]) ** 2


def slope(w, data):
    return 2 * data["x"] * (w * data["x"] + data["b"] - data["y"])


@pytest.mark.parametrize(("name", "parameters"), CORNERS)
def test_each_walk_keeps_its_rule(drawn, name, parameters):
    data = drawn(name, **parameters).data
    lam, eta = data["lam"], data["eta"]
    doubling = 1 if data["half"] else 2
    for kind in NAMES:
        walk = data["walks"][kind]
        assert walk[0] == data["w0"] and len(walk) == sheet(name)[3] + 2
        for w, new in zip(walk, walk[1:]):
            target, close = w - eta * slope(w, data), 1e-12 * max(1, abs(w))
            if kind == "subgradient":
                assert new == pytest.approx(target - eta * lam * np.sign(w), abs=close)
            elif kind == "l2":
                assert new == pytest.approx(target - doubling * eta * lam * w, abs=close)
            elif new == 0:
                # What the proximal step asks for: the rest of the way is a slope of ηλ|w| at the new weight.
                assert abs(target) <= eta * lam
            else:
                assert target - new == pytest.approx(eta * lam * np.sign(new), abs=close)


@pytest.mark.parametrize(("name", "parameters"), CORNERS)
def test_balls_lie_on_error_plus_penalty_and_walks_are_drawn_up_to_the_step(drawn, tidy, name, parameters):
    figure = drawn(name, **parameters)
    tidy(figure.canvas)
    data = figure.data
    lam, n = data["lam"], data["n"]
    edge = sheet(name)[0]
    for kind in NAMES:
        term = np.abs if kind != "l2" else (lambda w: w**2 / 2) if data["half"] else np.square
        w, loss = figure.artist(f"{kind}_curve", kind).get_xydata().T
        assert 0 in w and (w.min(), w.max()) == (-edge / 2, edge)
        np.testing.assert_allclose(loss, error_of(w, data) + lam * term(w), atol=1e-12)
        error_w, error = figure.artist(f"{kind}_error", kind).get_xydata().T
        np.testing.assert_allclose(error, error_of(error_w, data), atol=1e-12)
        assert figure.artist(f"{kind}_data", kind).get_xydata().tolist() == (
            [[(data["y"] - data["b"]) / data["x"], 0]] if data["x"] else []
        )
        assert figure.artist(f"{kind}_start", f"{kind}_steps").get_xydata().tolist() == [[data["w0"], 0]]
        ((at, height),) = figure.artist(f"{kind}_ball", kind).get_xydata()
        assert at == data["walks"][kind][n] and height == pytest.approx(error_of(at, data) + lam * term(at))
        x, step = figure.artist(f"{kind}_walk", f"{kind}_steps").get_xydata().T
        assert x.tolist() == data["walks"][kind][: n + 1] and step.tolist() == list(range(n + 1))
        assert figure.artist(f"{kind}_end").get_xydata().tolist() == [[at, n]]


@pytest.mark.parametrize(("name", "parameters"), CORNERS)
def test_the_two_forces_make_the_next_step(drawn, name, parameters):
    figure = drawn(name, **parameters)
    data, scale = figure.data, sheet(name)[2]
    n, eta = data["n"], data["eta"]
    for kind in NAMES:
        w, new = data["walks"][kind][n : n + 2]
        forces = {}
        for force in ("push", "pull"):
            shaft = figure.artist(f"{kind}_{force}_shaft", kind).get_xydata()
            corners = figure.artist(f"{kind}_{force}_head", kind).get_path().vertices
            forces[force] = (corners[0][0] - w) / scale if len(shaft) else 0.0
            if len(shaft):
                (start, height), (back, _) = shaft
                assert start == w and corners[:3, 0].tolist() == [corners[0][0], back, back]
                assert corners[1:3, 1].mean() == pytest.approx(height)
                assert np.sign(back - start) in (0, np.sign(forces[force]))
        size = max(1, abs(w))
        assert forces["push"] == pytest.approx(-slope(w, data), abs=1e-7 * size)
        assert new - w == pytest.approx(eta * (forces["push"] + forces["pull"]), abs=1e-7 * size)
        if kind == "proximal":
            # At 0 a band shows all that L1 can hold with, and the force is in it.
            held = data["hold"]["x"]
            assert held == ([-data["lam"] * scale, data["lam"] * scale] if w == 0 else [])
            assert abs(forces["pull"]) <= data["lam"] + 1e-9


@pytest.mark.parametrize(("name", "parameters"), CORNERS)
def test_what_is_said_of_each_walk_is_true(drawn, name, parameters):
    figure = drawn(name, **parameters)
    data, (edge, _, _, horizon) = figure.data, sheet(name)
    for kind in NAMES:
        whole = np.array(data["walks"][kind][: horizon + 1])
        end, now = figure.facts[f"{kind}_end"], figure.artist(f"{kind}_now").get_text()
        best = data["best_l2" if kind == "l2" else "best_l1"]
        assert end in figure.facts["verdict"]
        arrives = "and stays" in end or "is on 0 from" in end
        assert arrives == (whole[-1] == 0 == data["walks"][kind][-1])
        if "settles at" in end or "stops at" in end:
            assert best != 0 and abs(whole[-1] - best) <= CLOSE * edge
        if "hovers" in end:
            first = int(end.split("at step ")[1].split()[0])
            assert best == 0 and np.all(whole[:first] * whole[0] > 0) and whole[first] * whole[0] <= 0
            assert end.startswith("meets 0" if whole[first] == 0 else "passes 0")
            low, high = whole[first:].min(), whole[first:].max()
            assert [float(text.strip(",").replace("−", "-")) for text in (end.split()[-3], end.split()[-1])] == [
                pytest.approx(low, rel=5e-3),
                pytest.approx(high, rel=5e-3),
            ]
        if "rests" in now:
            n = data["n"]
            assert data["walks"][kind][n] == data["walks"][kind][n + 1] == 0


def test_what_rounding_leaves_of_0_has_no_digits(drawn):
    figure = drawn("downhill", y=4, w0=2.4, lam=20, eta=0.12, n=24)
    assert 0 < figure.data["walks"]["subgradient"][24] < 1e-14
    assert figure.artist("subgradient_now").get_text() == "hovers: w ≈ 0"
    assert "the weights are about 0, 0 and" in figure.description


def test_without_data_the_walks_are_the_walkthroughs(drawn):
    data = drawn("walk_with_data", **WALK).data
    assert data["walks"]["subgradient"][:12] == data["walks"]["proximal"][:12] == [*np.arange(5, 0, -0.5), 0, 0]
    assert data["walks"]["l2"][:12] == [5 / 2**k for k in range(12)]
    assert "the data do not pull" in drawn("walk_with_data", **WALK).facts["verdict"]
    assert "Nothing pulls" in drawn("walk_with_data", **WALK | {"lam": 0.0}).facts["verdict"]


@pytest.mark.parametrize(("x", "held"), [(0.5, True), (0.55, False)])
def test_with_data_only_l1_can_end_at_zero(drawn, x, held):
    """The pull 2x of the data, as y is 1, against λ = 1."""
    facts = drawn("walk_with_data", **WALK | {"x": x}).facts
    assert (facts["l1_minimiser"] == 0) == held == (facts["lam_that_zeroes"] <= 1) and facts["l2_minimiser"] > 0


@pytest.mark.skipif(
    (given.POINT_X, given.POINT_B) != (2.0, -1.0), reason="the typed numbers go with another data point"
)
def test_downhill_both_walks_under_l1_settle_where_the_forces_balance(drawn):
    figure = drawn("downhill", **DOWNHILL)
    for kind in ("subgradient", "proximal"):
        w = figure.data["walks"][kind][-1]
        assert min(figure.data["walks"][kind]) < 0 < w
        assert slope(w, figure.data) + 6 == pytest.approx(0, abs=0.1)
    w = figure.data["walks"]["l2"][-1]
    assert slope(w, figure.data) + 12 * w == pytest.approx(0, abs=1e-6)
    assert figure.facts["l1_minimiser"] == 1.25 and figure.facts["l2_minimiser"] == pytest.approx(0.8)

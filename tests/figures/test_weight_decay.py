"""Four walks under decay: drawn as they are computed, beside the square and the circle that they belong to."""

import numpy as np
import pytest

from figures import given, weight_decay
from shrinkage import box_minimiser_pair, elastic_net_pair

CASES = [
    {},
    {"n": 0},
    {"n": 36, "decay": 2.0},
    {"m1": 0.3, "m2": -0.5},
    {"m1": 3.0, "m2": 3.0, "rho": 0.6, "clip": 4.0},
    {"clip": 4.0, "decay": 1.2, "m1": -1.0, "m2": 1.5},
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_walks_start_together_and_end_where_they_are_said_to(drawn, tidy, case):
    drawing = drawn("weight_decay", **case)
    tidy(drawing.canvas)
    data, facts = drawing.data, drawing.facts
    for name in weight_decay.NAMES:
        walk = drawing.artist(f"walk_{name}", "plane").get_xydata()
        assert len(walk) == data["n"] + 1 and walk[0].tolist() == [given.DECAY_W1, given.DECAY_W2]
        ((x, y),) = drawing.artist(f"end_{name}", "plane").get_xydata()
        assert [x, y] == walk[-1].tolist() == list(data[f"at_{name}"])
        shown = drawing.artist(f"value_{name}", "notes").get_text().replace("−", "-").strip("()").split(", ")
        assert [float(text) for text in shown] == pytest.approx([x, y], abs=0.0051)
    m1, m2, rho, decay = (data[key] for key in ("m1", "m2", "rho", "decay"))
    ridge = elastic_net_pair(1, rho, 1, m1 + rho * m2, m2 + rho * m1, 0, decay / 2)
    box = box_minimiser_pair(m1, m2, rho, 1 / decay)
    assert (facts["ridge_1"], facts["ridge_2"], facts["box_1"], facts["box_2"]) == (*ridge, *box)
    if data["n"] == weight_decay.HORIZON:
        for name, place, near in (("sgd", ridge, 0.01), ("adam", ridge, 0.05), ("adamw", box, 0.1)):
            assert data[f"at_{name}"] == pytest.approx(place, abs=near)
        size = np.hypot(*ridge)
        assert np.hypot(*data["at_clipped"]) == pytest.approx(min(size, data["radius"]), abs=0.02)
        assert ("ends on its circle" in facts["verdict"]) == (size > data["radius"])
        walls = sum(abs(w) == 1 / decay for w in box)
        assert ["inside its square", "on a side", "in a corner"][walls] in facts["verdict"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_square_and_circle_have_their_sizes(drawn, case):
    drawing = drawn("weight_decay", **case)
    wall, radius = 1 / drawing.data["decay"], drawing.data["clip"] / drawing.data["decay"]
    square = drawing.artist("square_rim", "plane").get_xydata()
    assert {tuple(corner) for corner in square} == {(a, b) for a in (-wall, wall) for b in (-wall, wall)}
    assert drawing.artist("square", "plane").get_path().vertices[:4].tolist() == square[:4].tolist()
    circle = drawing.artist("circle_rim", "plane").get_xydata()
    assert np.hypot(*circle.T) == pytest.approx(radius) and circle[0].tolist() == circle[-1].tolist()
    assert f"1/d = {wall:.3g}" in drawing.artist("wall_value").get_text()
    assert f"c/d = {radius:.3g}" in drawing.artist("radius_value").get_text()


def test_looks_differ_by_more_than_colour():
    looks = weight_decay.LOOKS.values()
    assert len({look["marker"] for look in looks}) == len({str(look["linestyle"]) for look in looks}) == 4

"""Four fits: each point is a minimiser's, proved by its optimality condition, and lies on the graph that is drawn."""

import numpy as np
import pytest

from figures import four_fits

CASES = [
    {},
    {"lam": 0},
    {"lam": 5},
    {"share": 0},
    {"share": 1},
    {"wall": 0.2},
    {"wall": 3},
    {"lam": 0.4, "share": 0.75},
]
PARTS = {
    "l1": lambda lam, share: (lam, 0),
    "l2": lambda lam, share: (0, lam),
    "net": lambda lam, share: (share * lam, (1 - share) * lam),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_weight_is_at_rest_under_its_penalty(drawn, tidy, case):
    drawing = drawn("four_fits", **case)
    tidy(drawing.canvas)
    lam, share, wall = (drawing.data[name] for name in ("lam", "share", "wall"))
    for name, part in PARTS.items():
        w, pull = drawing.artist(f"points_{name}", name).get_xydata().T
        lam_l1, lam_l2 = part(lam, share)
        assert pull == pytest.approx(2 * (np.array(four_fits.LEAST) - w))
        held = np.abs(pull - 2 * lam_l2 * w) - lam_l1
        assert held[w != 0] == pytest.approx(0, abs=1e-12) and np.all(held <= 1e-12)
        assert np.all((pull - 2 * lam_l2 * w)[w != 0] * w[w != 0] >= -1e-12)
        assert drawing.facts[f"zeros_{name}"] == np.sum(w == 0)
    w, pull = drawing.artist("points_box", "box").get_xydata().T
    assert np.all(np.abs(w) <= wall) and pull[np.abs(w) < wall] == pytest.approx(0)
    assert np.all(pull * w >= 0) and drawing.facts["at_wall"] == np.sum(np.abs(w) == wall)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_points_lie_on_the_graph_of_the_slopes(drawn, case):
    drawing = drawn("four_fits", **case)
    for name in four_fits.PANELS:
        x, y = drawing.artist(f"slopes_{name}", name).get_xydata().T
        for w, pull in drawing.artist(f"points_{name}", name).get_xydata():
            pieces = zip(zip(x, y), zip(x[1:], y[1:]))
            assert min(distance(w, pull, *ends) for ends in pieces) < 1e-9, (name, w)


def distance(w, pull, start, end):
    """Of a point from a piece of a line."""
    start, end, point = map(np.array, (start, end, (w, pull)))
    along = end - start
    length = along @ along
    share = np.clip((point - start) @ along / length, 0, 1) if length else 0.0
    return np.linalg.norm(point - start - share * along)


def test_looks_differ_by_more_than_colour(drawn):
    drawing = drawn("four_fits")
    points = [drawing.artist(f"points_{name}", name) for name in four_fits.PANELS]
    lines = [drawing.artist(f"slopes_{name}", name) for name in four_fits.PANELS]
    assert len({point.get_marker() for point in points}) == len({line.get_linestyle() for line in lines}) == 4
    assert [point.get_color() for point in points] == [line.get_color() for line in lines]


def test_words(drawn):
    drawing = drawn("four_fits", lam=1.6)
    assert f"Exactly 0 are {drawing.facts['zeros_l1']} weights under L1, 0 under squared L2" in drawing.facts["verdict"]
    assert drawing.facts["verdict"] in drawing.description and "slope 3.2" in drawing.description
    without = drawn("four_fits", lam=0)
    assert "Without a penalty" in without.facts["verdict"] and "but the box’s" in without.facts["verdict"]
    pulls = [np.array(without.data[f"points_{name}"]["y"]) for name in ("l1", "l2", "net", "box")]
    assert [bool(np.any(np.abs(pull) > 1e-12)) for pull in pulls] == [False, False, False, True]

"""Diamond and circle: the drawn best weights are optimal, shape and contour go through them, and all zeros are exact."""

import random

import numpy as np
import pytest

from figures import given
from shrinkage import data_pull_pair, excess_error_pair, l1_subdifferential, penalty_pair, squared_l2_gradient

PARTS = {"L1": (1, 0), "squared L2": (0, 1), "elastic net": (0.5, 0.5)}
NAMES = {"L1": "l1", "squared L2": "l2", "elastic net": "net"}
LOOKS = {"L1": ("l1", "-", "o"), "squared L2": ("l2", "--", "s"), "elastic net": ("third", "-.", "D")}
ROUNDING = 1e-9

CASES = [
    dict(penalty=penalty, **values)
    for penalty in PARTS
    for values in (
        {},
        {"lam": 0},
        {"lam": 12},
        {"rho": 0.9, "m1": -3, "m2": 3, "lam": 1},
        {"rho": -0.9, "m1": 3, "m2": 3, "lam": 0.1},
        {"m1": 0, "m2": 0},
        {"m1": 2, "m2": 2, "lam": 1},
        {"m1": -3, "m2": 0.1, "rho": 0.5},
    )
]


CASES += [{"penalty": "elastic net", "share": share, "m1": 0.6} for share in (0.05, 0.3, 0.95)]


def parts_of(case):
    """The parts of λ that go to L1 and to squared L2."""
    return (case["share"], 1 - case["share"]) if "share" in case else PARTS[case["penalty"]]


def drawn_pair(drawing, gid, label="plane"):
    [point] = drawing.artist(gid, label).get_xydata()
    return point


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_best_weights_are_proved_and_shape_and_contour_touch_there(drawn, tidy, case):
    drawing = drawn("diamond_circle", **case)
    tidy(drawing.canvas)
    given_, name, (part_l1, part_l2) = drawing.data, NAMES[case["penalty"]], parts_of(case)
    m1, m2, rho, lam = (given_[key] for key in ("m1", "m2", "rho", "lam"))
    assert drawn_pair(drawing, "minimum").tolist() == [m1, m2]
    w = drawn_pair(drawing, f"best_{name}")
    pulls = data_pull_pair(*w, m1, m2, rho)
    for weight, pull in zip(w, pulls, strict=True):
        low, high = l1_subdifferential(weight, lam * part_l1)
        steady = squared_l2_gradient(weight, lam * part_l2)
        assert low + steady - ROUNDING <= pull <= high + steady + ROUNDING
    # Border of the shape: every point costs as much as the best weights, which lie on it.
    t = penalty_pair(*w, part_l1, part_l2)
    rim = drawing.artist(f"rim_{name}", "plane").get_xydata()
    np.testing.assert_allclose(penalty_pair(rim[:, 0], rim[:, 1], part_l1, part_l2), t, rtol=1e-12, atol=1e-12)
    # Contour: every point has the error of the best weights; no point of the shape has less.
    level = excess_error_pair(*w, m1, m2, rho)
    contour = drawing.artist("contour", "plane").get_xydata()
    np.testing.assert_allclose(
        excess_error_pair(contour[:, 0], contour[:, 1], m1, m2, rho), level, rtol=1e-9, atol=1e-12
    )
    assert np.all(excess_error_pair(rim[:, 0], rim[:, 1], m1, m2, rho) >= level - ROUNDING)
    facts = drawing.facts
    assert (
        (facts["w1"], facts["w2"]) == tuple(w)
        and facts["t"] == pytest.approx(t)
        and facts["excess_error"] == pytest.approx(level)
    )
    assert facts["zeros"] == np.sum(w == 0)
    for other in set(NAMES.values()) - {name}:
        assert all(len(drawing.artist(f"{part}_{other}", "plane").get_xdata()) == 0 for part in ("best", "rim", "path"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_arrow_and_fan_are_the_balance_of_slopes(drawn, case):
    drawing = drawn("diamond_circle", **case)
    lam, (part_l1, part_l2) = drawing.data["lam"], parts_of(case)
    w = drawn_pair(drawing, f"best_{NAMES[case['penalty']]}")
    arrow = drawing.artist("arrow", "plane").get_xydata()
    edge = drawing.artist("slopes", "plane").get_xydata()
    if lam == 0:
        assert len(arrow) == len(edge) == 0
        assert drawing.artist("pull_value").get_text() == "none at λ = 0"
        return
    pull = np.array(data_pull_pair(*w, drawing.data["m1"], drawing.data["m2"], drawing.data["rho"])) / lam
    if pull.any():
        np.testing.assert_allclose(arrow[:2], [w, w + pull], atol=1e-12)
        # The barbs start at the tip and lie behind it, on both sides.
        assert np.isnan(arrow[2]).all() and arrow[4].tolist() == arrow[1].tolist()
        barbs = arrow[[3, 5]] - arrow[1]
        sides = barbs @ [-pull[1], pull[0]]
        assert np.all(barbs @ pull < 0) and sides[0] * sides[1] < 0
    held = part_l1 > 0 and (w == 0).any()
    assert (len(edge) > 0) == held == (len(drawing.artist("fan", "plane").get_path().vertices) > 2)
    if held:
        for j in (0, 1):
            reach = edge[:, j] - w[j]
            offered = np.array(l1_subdifferential(w[j], part_l1)) + squared_l2_gradient(w[j], part_l2)
            assert [reach.min(), reach.max()] == pytest.approx(offered)
            assert reach.min() - ROUNDING <= pull[j] <= reach.max() + ROUNDING


@pytest.mark.parametrize("penalty", PARTS)
def test_the_path_leads_from_the_least_error_to_zero_by_best_weights(drawn, penalty):
    drawing = drawn("diamond_circle", penalty=penalty)
    d, (part_l1, part_l2) = drawing.data, PARTS[penalty]
    path = drawing.artist(f"path_{NAMES[penalty]}", "plane").get_xydata()
    assert path[0].tolist() == [d["m1"], d["m2"]] and abs(path[-1]).max() < 0.01
    assert (path[-1] == 0).all() == (penalty != "squared L2")
    for w in path[1:]:
        # There is one strength for which the slopes balance: read it off the larger weight, try it on the other.
        pulls = np.array(data_pull_pair(*w, d["m1"], d["m2"], d["rho"]))
        j = np.argmax(abs(w))
        if w[j] == 0:
            continue
        lam = pulls[j] / (part_l1 * np.sign(w[j]) + 2 * part_l2 * w[j])
        low, high = np.array(l1_subdifferential(w[1 - j], part_l1)) + squared_l2_gradient(w[1 - j], part_l2)
        assert lam * low - 1e-8 <= pulls[1 - j] <= lam * high + 1e-8
    costs = penalty_pair(path[:, 0], path[:, 1], part_l1, part_l2)
    assert np.all(np.diff(costs) <= 1e-12)


def test_default_tells_the_story_in_closed_form(drawn):
    drawing = drawn("diamond_circle")
    facts, m1, m2, rho, lam = (
        drawing.facts,
        given.GEOMETRY_M1,
        given.GEOMETRY_M2,
        given.GEOMETRY_RHO,
        given.GEOMETRY_LAM,
    )
    assert facts["w1"] == 0 and facts["zeros"] == 1
    # With w1 out, w2 is that of the second feature alone, soft-thresholded by half of lam.
    assert facts["w2"] == pytest.approx(m2 + rho * m1 - lam / 2) == facts["t"]
    assert facts["l1_lam_first"] == pytest.approx(2 * m1 * (1 + rho)) and facts["l1_lam_last"] == pytest.approx(
        2 * (m2 + rho * m1)
    )
    assert 0 < facts["pull_1"] < 1 and facts["pull_2"] == pytest.approx(1)
    for text in ("w₁ is exactly 0", "t = 1 ", "λ = 1.2", "λ = 4.", "0.4 λ"):
        assert text in facts["verdict"]
    assert facts["verdict"] in drawing.description
    assert drawing.artist("slopes_value").get_text() == "[−1, 1] × 1"
    assert drawn("diamond_circle", penalty="squared L2").facts["zeros"] == 0


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"lam": 0}, "every bound t from 3.8 on lets it in"),
        ({"lam": 12}, "Both weights are exactly 0"),
        ({"m1": 2, "m2": 2, "lam": 1}, "Both go at λ = 2."),
        ({"m1": 2.6, "m2": 1.2}, "w₂ goes at λ = 1.2, w₁ at λ = 4."),
        ({"penalty": "squared L2"}, "Neither weight is exactly 0"),
        ({"penalty": "squared L2", "rho": 0, "m1": 0}, "only because the data do not pull there"),
        ({"penalty": "elastic net", "lam": 3, "m1": 0.3}, "the corner holds up to 0.5 λ"),
        # Where rounding leaves something of what is 0 on paper, or between two numbers that are one.
        (
            {"penalty": "elastic net", "share": 0.95, "lam": 12, "rho": 0.9, "m1": 3, "m2": 3},
            "Both weights are exactly 0: the data pull with 0.95 λ and 0.95 λ",
        ),
        ({"lam": 5.8, "rho": 0.75, "m1": 1.2, "m2": -1.6}, "pull with 0 λ and 0.2414 λ"),
        ({"lam": 12, "rho": 0.9, "m1": 3, "m2": 3}, "Both go at λ = 11.4."),
    ],
)
def test_verdicts(drawn, case, words):
    assert words in drawn("diamond_circle", **case).facts["verdict"]


@pytest.mark.parametrize("penalty", PARTS)
def test_each_penalty_has_its_look(drawn, penalty):
    drawing = drawn("diamond_circle", penalty=penalty)
    color, dashes, marker = LOOKS[penalty]
    name = NAMES[penalty]
    assert drawing.artist(f"rim_{name}").get_color() == drawing.artist(f"head_{name}").get_color() == color
    assert drawing.artist(f"rim_{name}").get_linestyle() == dashes
    assert drawing.artist(f"best_{name}").get_marker() == drawing.artist(f"sample_{name}").get_marker() == marker
    assert drawing.artist(f"head_{name}").get_text() == penalty
    plane = drawing.axes("plane")
    assert plane.get_xlabel() == "weight w₁" and plane.get_ylabel() == "weight w₂" and plane.get_aspect() == 1


def test_random_settings_are_tidy(drawn, tidy):
    source = random.Random(2)
    for _ in range(9):
        tidy(
            drawn(
                "diamond_circle",
                penalty=source.choice(list(PARTS)),
                lam=source.uniform(0, 12),
                rho=source.uniform(-0.9, 0.9),
                m1=source.uniform(-3, 3),
                m2=source.uniform(-3, 3),
            ).canvas
        )

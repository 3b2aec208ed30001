"""The live walk: three walks, the chosen step's update written out, and what becomes of each walk."""

import re

import pytest

from shrinkage import walk_half_squared_l2, walk_l1, walk_l1_prox

WALKS = {"l1": walk_l1, "prox": walk_l1_prox, "l2": walk_half_squared_l2}


@pytest.mark.parametrize(
    "parameters", [{}, {"w0": 5.1}, {"w0": -3.0, "eta": 2.0, "lam": 1.5, "n": 7}, {"lam": 0.0, "n": 0}]
)
def test_each_panel_shows_its_walk(drawn, palette, parameters):
    figure = drawn("walk", **parameters)
    given = {"w0": 5.0, "eta": 0.5, "lam": 1.0, "n": 4} | parameters
    for name, walk in WALKS.items():
        wanted = walk(given["w0"], given["lam"], given["eta"], 20)
        whole, part = figure.artist(f"{name}_all", name), figure.artist(name, name)
        assert whole.get_ydata().tolist() == wanted and whole.get_xdata().tolist() == list(range(21))
        assert part.get_ydata().tolist() == wanted[: given["n"] + 1]
        axes = figure.axes(name)
        assert axes.get_xlim() == (-0.5, 20.5) and axes.get_ylim()[1] == -axes.get_ylim()[0] > 6
    assert figure.axes("l2").get_xlabel() == "step" and figure.axes("l1").get_ylabel() == "weight w"


def test_each_penalty_has_its_colour_and_mark(drawn):
    figure = drawn("walk")
    looks = {name: (figure.artist(name).get_color(), figure.artist(name).get_marker()) for name in WALKS}
    assert looks == {"l1": ("l1", "o"), "prox": ("third", "D"), "l2": ("l2", "s")}
    assert [figure.axes(name).get_title(loc="left") for name in WALKS] == [
        "L1, subgradient steps",
        "L1, proximal steps",
        "Half squared L2",
    ]


@pytest.mark.parametrize(
    ("parameters", "l1", "prox", "l2"),
    [
        ({"n": 1}, "step 1: 5 − 0.5 × 1 = 4.5", "step 1: 5 − 0.5 × 1 = 4.5", "step 1: 5 − 0.5 × 1 × 5 = 2.5"),
        ({"n": 0}, "start: 5", "start: 5", "start: 5"),
        ({"n": 11}, "step 11: 0 − 0.5 × 0 = 0", "step 11: |0| ≤ 0.5 × 1, so 0", None),
        ({"w0": 5.1, "n": 11}, "step 11: 0.1 − 0.5 × 1 = −0.4", "step 11: |0.1| ≤ 0.5 × 1, so 0", None),
        ({"w0": 5.1, "n": 12}, "step 12: −0.4 + 0.5 × 1 = 0.1", None, None),
        (
            {"w0": -4.0, "n": 1},
            "step 1: −4 + 0.5 × 1 = −3.5",
            "step 1: −4 + 0.5 × 1 = −3.5",
            "step 1: −4 − 0.5 × 1 × (−4) = −2",
        ),
    ],
)
def test_the_update_is_written_out(drawn, parameters, l1, prox, l2):
    figure = drawn("walk", **parameters)
    for name, text in (("l1", l1), ("prox", prox), ("l2", l2)):
        if text:
            assert figure.artist(f"{name}_update", name).get_text() == text


NUMBER = r"−?\d+(?:\.\d+)?"


@pytest.mark.parametrize("w0", [5.0, 5.1, -3.3, 0.0])
@pytest.mark.parametrize(
    ("eta", "lam"), [(0.5, 1.0), (1.0, 2.0), (0.7, 2.0), (1.0, 1.0), (2.5, 4.0), (0.05, 0.1), (0.1, 0.0)]
)
def test_each_written_update_is_right_arithmetic(drawn, w0, eta, lam):
    for n in (1, 3):
        figure = drawn("walk", w0=w0, eta=eta, lam=lam, n=n)
        for name in WALKS:
            text = figure.artist(f"{name}_update").get_text()
            match = re.fullmatch(rf"step {n}: (.*) = ({NUMBER})", text)
            if match:
                left = match[1].replace("−", "-").replace("×", "*")
                # Four digits are shown of every number.
                assert eval(left) == pytest.approx(float(match[2].replace("−", "-")), rel=2e-3, abs=2e-3)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        (
            {},
            {
                "l1_verdict": "arrives at 0 after 10 steps and stays",
                "prox_verdict": "arrives at 0 after 10 steps and stays",
                "l2_verdict": "halves for ever and never arrives",
                "l1_steps_to_zero": 10,
                "l2_steps_to_zero": None,
            },
        ),
        (
            {"w0": 5.1},
            {
                "l1_verdict": "jumps between 0.1 and −0.4 for ever",
                "prox_verdict": "arrives at 0 after 11 steps and stays",
            },
        ),
        ({"eta": 1.0}, {"l2_verdict": "arrives at 0 in one step", "l2_steps_to_zero": 1}),
        ({"eta": 1.5}, {"l2_verdict": "changes sides, comes closer and never arrives"}),
        ({"eta": 2.0}, {"l2_verdict": "jumps between 5 and −5 for ever"}),
        ({"eta": 2.1}, {"l2_verdict": "diverges: 1.1 times as far at each step"}),
        (
            {"eta": 0.1},
            {
                "l2_verdict": "keeps 0.9 of itself at each step and never arrives",
                "l1_verdict": "is at 3 after 20 steps",
            },
        ),
        (
            {"lam": 0.0},
            {
                "l1_verdict": "stays where it starts",
                "prox_verdict": "stays where it starts",
                "l2_verdict": "stays where it starts",
            },
        ),
        ({"w0": 0.0}, {"l1_verdict": "starts at 0 and stays", "l2_verdict": "starts at 0 and stays"}),
    ],
)
def test_what_becomes_of_each_walk_is_said(drawn, parameters, expected):
    figure = drawn("walk", **parameters)
    assert {key: figure.facts[key] for key in expected} == expected
    for key in ("l1_verdict", "prox_verdict", "l2_verdict"):
        assert figure.facts[key] in figure.facts["verdict"] and figure.facts["verdict"] in figure.description


def test_the_verdict_is_true_of_the_walk(drawn):
    for eta, lam, w0 in ((0.5, 1.0, 5.1), (0.3, 1.0, 2.0), (1.0, 2.0, 5.0), (2.5, 4.0, 1.0), (0.05, 3.3, 6.0)):
        facts = drawn("walk", w0=w0, eta=eta, lam=lam).facts
        walk = walk_l1(w0, lam, eta, 20)
        if facts["cycle"]:
            assert walk[-1] == pytest.approx(walk[-3]) and abs(walk[-1] - walk[-2]) == pytest.approx(eta * lam)
            assert "jumps between" in facts["l1_verdict"]
        if facts["l2_factor"] < -1:
            l2 = walk_half_squared_l2(w0, lam, eta, 20)
            assert abs(l2[-1]) > abs(l2[0]) and "diverges" in facts["l2_verdict"]


@pytest.mark.parametrize(
    "parameters",
    [{}, {"w0": -6.0, "n": 20}, {"w0": 6.0, "eta": 2.5, "lam": 4.0, "n": 20}, {"w0": 0.3, "eta": 0.1, "n": 4}],
)
def test_texts_are_clear_of_one_another(drawn, tidy, parameters):
    tidy(drawn("walk", **parameters).canvas)

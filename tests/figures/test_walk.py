"""The live walk: three walks, the chosen step's update written out, and what becomes of each walk."""

import itertools
import os
import re

import pytest

from figures import given
from figures._paper import l1_end, l1_prox_end, l2_factor
from figures._texts import count
from figures.walk import HORIZON, REACH, data, facts
from shrinkage import steps_to_zero, two_cycle, walk_half_squared_l2, walk_l1, walk_l1_prox

WALKS = {"l1": walk_l1, "prox": walk_l1_prox, "l2": walk_half_squared_l2}


START = {"w0": given.W0, "eta": given.ETA, "lam": given.LAM, "n": 4}


@pytest.mark.parametrize(
    "parameters",
    [{}, {"w0": 5.1}, {"w0": -3.0, "eta": 2.0, "lam": 1.5, "n": 7}, {"lam": 0.0, "n": 0}, {"eta": 2.5, "n": HORIZON}],
)
def test_the_sheet_shows_each_walk(drawn, parameters):
    figure = drawn("walk", **parameters)
    now = START | parameters
    for name, walk in WALKS.items():
        wanted = walk(now["w0"], now["lam"], now["eta"], HORIZON)
        # A walk that flies off ends with its first weight beyond the sheet.
        length = next((k + 1 for k, w in enumerate(wanted) if name == "l2" and abs(w) > REACH), len(wanted))
        whole, part = figure.artist(f"{name}_all"), figure.artist(name)
        assert whole.get_ydata().tolist() == wanted[:length] and whole.get_xdata().tolist() == list(range(length))
        assert part.get_xydata().tolist() == whole.get_xydata().tolist()[: now["n"] + 1]
    axes = figure.axes("walks")
    assert axes.get_xlim() == (-0.5, HORIZON + 0.5) and axes.get_ylim() == (-REACH, REACH)
    assert axes.get_xlabel() == "step" and axes.get_ylabel() == "weight w"
    assert figure.artist("moment").get_text() == (f"After {now['n']} steps" if now["n"] else "The start")


def test_each_penalty_has_its_colour_and_mark(drawn):
    figure = drawn("walk")
    looks = {name: (figure.artist(name).get_color(), figure.artist(name).get_marker()) for name in WALKS}
    assert looks == {"l1": ("l1", "o"), "prox": ("third", "D"), "l2": ("l2", "s")}
    names = {"l1": "L1, subgradient", "prox": "L1, proximal", "l2": "half squared L2"}
    for name, words in names.items():
        written, update = figure.artist(f"{name}_name"), figure.artist(f"{name}_update")
        assert written.get_text() == words and written.get_color() == update.get_color() == looks[name][0]
        assert written.xyann[1] == update.xyann[1]


@pytest.mark.parametrize(
    ("parameters", "l1", "prox", "l2"),
    [
        ({"w0": 5.0, "n": 1}, "5 − 0.5 × 1 = 4.5", "5 − 0.5 × 1 = 4.5", "5 − 0.5 × 1 × 5 = 2.5"),
        ({"w0": 5.0, "n": 0}, "w = 5", "w = 5", "w = 5"),
        ({"w0": 5.0, "n": 11}, "0 − 0.5 × 0 = 0", "|0| ≤ 0.5 × 1, so 0", None),
        ({"w0": 5.1, "n": 11}, "0.1 − 0.5 × 1 = −0.4", "|0.1| ≤ 0.5 × 1, so 0", None),
        ({"w0": 5.1, "n": 12}, "−0.4 + 0.5 × 1 = 0.1", None, None),
        ({"w0": -4.0, "n": 1}, "−4 + 0.5 × 1 = −3.5", "−4 + 0.5 × 1 = −3.5", "−4 − 0.5 × 1 × (−4) = −2"),
    ],
)
def test_the_update_is_written_out(drawn, parameters, l1, prox, l2):
    figure = drawn("walk", **{"eta": 0.5, "lam": 1.0} | parameters)
    for name, text in (("l1", l1), ("prox", prox), ("l2", l2)):
        if text:
            assert figure.artist(f"{name}_update").get_text() == text


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
            match = re.fullmatch(rf"(.*) = ({NUMBER})", text)
            if match and "w" not in text:
                left = match[1].replace("−", "-").replace("×", "*")
                # Four digits are shown of every number.
                assert eval(left) == pytest.approx(float(match[2].replace("−", "-")), rel=2e-3, abs=2e-3)


GIVEN = {"w0": 5.0, "eta": 0.5, "lam": 1.0}


@pytest.mark.parametrize(
    ("parameters", "l1", "prox", "l2"),
    [
        (
            {},
            "arrives at 0 after 10 steps and stays",
            "arrives at 0 after 10 steps and stays",
            "halves for ever and never arrives",
        ),
        ({"w0": 5.1}, "jumps between 0.1 and −0.4 for ever", "arrives at 0 after 11 steps and stays", None),
        ({"w0": -5.13}, "jumps between 0.37 and −0.13 for ever", "arrives at 0 after 11 steps and stays", None),
        ({"eta": 1.0}, None, None, "arrives at 0 in one step"),
        ({"eta": 1.5}, None, None, "changes sides, comes closer and never arrives"),
        ({"eta": 2.0}, None, None, "jumps between 5 and −5 for ever"),
        ({"eta": 2.1}, None, None, "diverges: 1.1 times as far at each step"),
        (
            {"eta": 0.1},
            "is at 3 after 20 steps; followed further on paper, it arrives at 0 after 50 steps and stays",
            "is at 3 after 20 steps; followed further on paper, it arrives at 0 after 50 steps and stays",
            "keeps 0.9 of itself at each step and never arrives",
        ),
        (
            {"w0": 0.3, "eta": 0.1},
            "on paper arrives at 0 after 3 steps and stays; in floating point it jumps between 0.1 and −2.8e−17 for ever",
            "arrives at 0 after 3 steps and stays",
            None,
        ),
        ({"lam": 0.0}, "stays where it starts", "stays where it starts", "stays where it starts"),
        ({"w0": 0.0}, "starts at 0 and stays", "starts at 0 and stays", "starts at 0 and stays"),
        # No short decimal: only what is computed can be said.
        ({"w0": 1 / 3, "eta": 2 / 3}, "in floating point jumps between 0.3333 and −0.3333 for ever", None, None),
    ],
)
def test_what_becomes_of_each_walk_is_said(parameters, l1, prox, l2):
    computed = data(**GIVEN | parameters)
    found = facts(computed)
    for name, text in (("l1", l1), ("prox", prox), ("l2", l2)):
        assert found[f"{name}_verdict"] in found["verdict"]
        if text:
            assert found[f"{name}_verdict"] == text


def words_of(end, walk):
    """What may be said of a walk that ends so on paper: the texts that must stand in its verdict, and one that must not."""
    arrival, last = steps_to_zero(walk), len(walk) - 1
    reached = end["arrival"] is not None and end["arrival"] <= last
    said = []
    if end["arrival"] == 0:
        said.append("starts at 0 and stays")
    elif end["arrival"] is not None:
        said.append(f"arrives at 0 after {count(end['arrival'], 'step')} and stays")
    elif end["cycle"]:
        said.append("jumps between")
    else:
        said.append("stays where it starts")
    # Floating point is spoken of just where the walk, as computed, ends otherwise on this sheet.
    differs = reached and arrival != end["arrival"]
    if differs and arrival is not None:
        said.append(f"in floating point it arrives at 0 after {arrival} step")
    elif differs:
        said.append("in floating point it jumps between" if two_cycle(walk) else "in floating point it is at")
    return said, differs


EVERY = 1 if os.environ.get("ALL_SETTINGS") else 311
"""Which part of the sliders' 248,050 settings is asked; ``ALL_SETTINGS=1`` asks them all, in some minutes."""


def test_at_every_setting_paper_and_floating_point_are_told_apart():
    settings = list(itertools.product(range(-60, 61), range(1, 51), range(41)))[::EVERY]
    parted = 0
    for tenths, twentieths, strength in settings:
        w0, lam, eta = tenths / 10, strength / 10, twentieths / 20
        found = facts(data(w0=w0, eta=eta, lam=lam))
        for name, end in (("l1", l1_end(w0, lam, eta)), ("prox", l1_prox_end(w0, lam, eta))):
            said, differs = words_of(end, WALKS[name](w0, lam, eta, HORIZON))
            verdict = found[f"{name}_verdict"]
            assert all(text in verdict for text in said), (w0, lam, eta, verdict)
            assert differs == ("floating point" in verdict), (w0, lam, eta, verdict)
            parted += differs
        l2 = WALKS["l2"](w0, lam, eta, HORIZON)
        arrives = w0 == 0 or twentieths * strength == 200
        # On these sliders half squared L2 arrives in floating point just where it does on paper.
        assert (steps_to_zero(l2) is not None) == arrives == ("at 0" in found["l2_verdict"]), (w0, lam, eta)
        assert l2_factor(lam, eta) == (200 - twentieths * strength) / 200
    assert parted > len(settings) / 100


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"w0": -6.0, "n": 20},
        {"w0": 6.0, "eta": 2.5, "lam": 4.0, "n": 20},
        {"w0": 0.3, "eta": 0.1, "n": 4},
        {"w0": -5.9, "eta": 0.35, "lam": 0.7, "n": 17},
        {"w0": 5.1, "n": 0},
    ],
)
def test_texts_are_clear_of_one_another(drawn, tidy, parameters):
    tidy(drawn("walk", **parameters).canvas)

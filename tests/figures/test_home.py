"""The home page's figure: play alone tells the three walks apart. Its walks and forces are tested in test_three_walks."""

import numpy as np
import pytest

from figures.home import HORIZON, LIVE

NAMES = ("subgradient", "proximal", "l2")
HOME = {"y": 1.0, "lam": 3.0, "eta": 0.05}
"""The parameters that the typed numbers below go with."""


def test_all_walks_start_where_the_data_alone_want_the_weight(drawn):
    for y in (1.0, -0.6, 0.35):
        data = drawn("home", y=y, n=0).data
        assert [data["walks"][name][0] for name in NAMES] == [y] * 3 and data["want"] == y


def test_play_alone_tells_the_walks_apart(drawn):
    """From the beginning to the end: all three are at one place; then one hovers, one rests on 0, one stops beside it."""
    assert LIVE.begin == {"n": 0} and LIVE.play == "n"
    assert [drawn("home", **HOME, n=0).artist(f"{name}_now").get_text() for name in NAMES] == ["w = 1"] * 3
    figure = drawn("home", **HOME)
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
    assert facts["l1_minimiser"] == 0 and facts["lam_that_zeroes"] == 2 <= 3


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({}, ("passes 0 at step 11 and hovers, between", "lands on 0 at step 11 and stays")),
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
    figure = drawn("home", **HOME | parameters)
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
    assert steps.get_ylabel() == "← step" and steps.get_ylim()[0] > steps.get_ylim()[1]
    assert figure.axes("proximal_steps").get_xlabel() == "weight w"

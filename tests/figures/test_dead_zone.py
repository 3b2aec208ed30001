"""The dead zone: every drawn point satisfies the optimality condition of its loss, and the balance at 0 adds up."""

import random

import numpy as np
import pytest

from figures import given

# Written out, because what is typed below goes with them.
PULL = {"lam": 2.0, "pull": 1.6}

CORNERS = [
    {},
    {"lam": 0, "pull": -5.5},
    {"lam": 0, "pull": 0},
    {"lam": 5, "pull": 5.5},
    {"lam": 0.4, "pull": -0.3},
    {"lam": 3.6, "pull": -2.9},
    {"lam": 2.3, "pull": 2.3},
    {"lam": 1, "pull": 0},
    {"lam": 5, "pull": -5.5},
    {"lam": 0.1, "pull": 5.5},
]


@pytest.mark.parametrize("parameters", CORNERS)
def test_every_drawn_point_is_a_minimiser(drawn, tidy, parameters):
    figure = drawn("dead_zone", **parameters)
    tidy(figure.canvas)
    lam, marked = parameters.get("lam", given.DEAD_ZONE_LAM), parameters.get("pull", given.DEAD_ZONE_PULL)
    # With x = 1 the error's slope at w is 2w − pull.
    for line in ("plain", "l1", "l2"):
        corners = figure.artist(line, "minimiser").get_xydata()
        pull, w = np.vstack([corners, figure.artist(f"at_{line}", "minimiser").get_xydata()]).T
        slope = 2 * w - pull
        if line == "plain":
            np.testing.assert_allclose(slope, 0, atol=1e-12)
        elif line == "l2":
            np.testing.assert_allclose(slope + 2 * lam * w, 0, atol=1e-12)
        else:
            assert np.all(np.abs(slope[w == 0]) <= lam)
            np.testing.assert_allclose((slope + lam * np.sign(w))[w != 0], 0, atol=1e-12)
        assert pull[-1] == marked and (corners[0, 0], corners[-1, 0]) == (-6, 6)
        # The point lies on its line.
        assert np.interp(marked, *corners.T) == pytest.approx(w[-1], abs=1e-12)
    assert figure.artist("here", "minimiser").get_xdata().tolist() == [marked, marked]


@pytest.mark.parametrize("parameters", CORNERS)
def test_the_balance_at_zero_adds_up(drawn, parameters):
    figure = drawn("dead_zone", **parameters)
    lam, pull, facts = figure.data["lam"], figure.data["pull"], figure.facts
    assert figure.artist("pull_arrow", "balance").get_xdata().tolist() == [0, pull]
    assert figure.artist("pull_point", "balance").get_xdata().tolist() == [pull]
    assert figure.artist("slopes", "balance").get_xdata().tolist() == [-lam, lam]
    (answer,) = figure.artist("answer", "balance").get_xdata()
    # The nearest of L1's slopes to the pull; what is left over moves the weight, by half of it.
    assert abs(answer) <= lam and facts["l1_answer"] == answer
    assert answer == pytest.approx(pull, abs=1e-12) or abs(answer) == pytest.approx(lam) and pull * answer >= 0
    assert facts["l1_left_over"] / 2 == pytest.approx(facts["l1_minimiser"], abs=1e-12)
    assert (facts["l1_left_over"] == 0) == (abs(pull) <= lam) == (facts["l1_minimiser"] == 0)
    assert (figure.data["left_over"]["x"] == []) == (abs(pull) <= lam)
    assert figure.artist("l2_slope", "balance").get_xdata().tolist() == [0]
    heights = [figure.artist(key).get_ydata()[0] for key in ("pull_arrow", "slopes", "l2_slope")]
    assert heights == sorted(heights, reverse=True)
    # Both panels have the same axis of pulls.
    assert figure.axes("balance").get_xlim() == figure.axes("minimiser").get_xlim() == (-6, 6)


@pytest.mark.parametrize("lam", [0, 0.5, 2, 5])
def test_zone_ends_where_the_pull_equals_lam(drawn, lam):
    figure = drawn("dead_zone", lam=lam)
    assert figure.artist("zone").get_xydata().tolist() == [[-lam, 0], [lam, 0]]
    pull, w = figure.artist("l1").get_xydata().T
    assert np.all(np.abs(w[np.abs(pull) > lam]) > 0)
    facts = figure.facts
    assert (facts["zone_low"], facts["zone_high"], facts["zone_width"]) == (-lam, lam, 2 * lam)
    assert facts["l2_share"] == pytest.approx(1 / (1 + lam)) and facts["l1_shift"] == pytest.approx(lam / 2)
    corners = figure.artist("zone_area", "minimiser").get_path().vertices
    assert (corners[:, 0].min(), corners[:, 0].max()) == (-lam, lam)
    assert (corners[:, 1].min(), corners[:, 1].max()) == figure.axes("minimiser").get_ylim()


def test_texts_keep_clear_at_settings_drawn_at_random(drawn, tidy):
    source = random.Random(2)
    for _ in range(12):
        tidy(drawn("dead_zone", lam=source.randint(0, 50) / 10, pull=source.randint(-55, 55) / 10).canvas)


@pytest.mark.parametrize(
    ("parameters", "l1", "l2", "verdict"),
    [
        ({}, "from −2 to 2: 1.6 answers the pull", "all of it, 1.6, is left over", "at most λ = 2: one of L1’s slopes"),
        (
            {"pull": 2},
            "2 answers the pull",
            "2, is left over",
            "its minimiser is exactly 0. That of squared L2 is 0.3333",
        ),
        (
            {"pull": -2.1},
            "too few, 0.1 is left over",
            "2.1, is left over",
            "above λ = 2: no slope of L1 holds the pull, and its minimiser is −0.05",
        ),
        ({"lam": 0}, "no slope to answer with", "1.6, is left over", "its minimiser is 0.8. That of squared L2 is 0.8"),
        ({"pull": 0}, "0 answers", "nothing is to be answered", "do not pull: both minimisers are exactly 0"),
    ],
)
def test_words_say_who_holds_the_pull(drawn, parameters, l1, l2, verdict):
    figure = drawn("dead_zone", **PULL | parameters)
    assert l1 in figure.artist("l1_text").get_text() and l2 in figure.artist("l2_text").get_text()
    assert verdict in figure.facts["verdict"]


def test_names_and_colours(drawn):
    figure = drawn("dead_zone")
    axes = figure.axes("minimiser")
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("the data’s pull at w = 0, D = 2xr", "minimiser w*")
    for gid, colour, style, marker in (("l1", "l1", "-", "o"), ("l2", "l2", "--", "s")):
        assert figure.artist(gid).get_color() == figure.artist(f"at_{gid}").get_color() == colour
        assert figure.artist(gid).get_linestyle() == style and figure.artist(f"at_{gid}").get_marker() == marker
        assert figure.artist(f"{gid}_text", "balance").get_color() == colour
    for lam in (0, 2, 5):
        figure = drawn("dead_zone", lam=lam)
        labels = {key: figure.artist(f"{key}_label") for key in ("plain", "l1", "l2")}
        assert {key: label.get_text().strip() for key, label in labels.items()} == {
            "plain": "no penalty",
            "l1": "L1",
            "l2": "squared L2",
        }
        # Labels stand in the order of the lines' ends.
        ends = [figure.artist(key).get_ydata()[-1] for key in labels]
        assert ends[0] >= ends[1] >= ends[2] and labels["plain"].xy[1] > labels["l1"].xy[1] > labels["l2"].xy[1]
        assert all(label.get_color() == figure.artist(key).get_color() for key, label in labels.items())
    text = drawn("dead_zone", **PULL).description
    assert "At the pull 1.6: 0 under L1, 0.2667 under squared L2, 0.8 without penalty" in text
    assert "L1 answers with 1.6 out of its slopes from −2 to 2" in text

"""Six weights: those drawn open are those at most the threshold, and the loss is that of a simulated prediction."""

import numpy as np
import pytest

from figures import given

WEIGHTS = np.array(given.SIX_WEIGHTS)
# Written out, because what is typed below goes with them.
EXAMPLE = {"threshold": 0.001, "spread": 1000}

CORNERS = [
    {},
    {"threshold": 0, "spread": 100},
    {"threshold": 1, "spread": 100},
    {"threshold": 0.35, "spread": 100},
    {"threshold": 0.5, "spread": 10000},
    {"threshold": 0.0001, "spread": 10000},
    {"threshold": 0.0008, "spread": 250},
]


@pytest.mark.parametrize("parameters", CORNERS)
def test_open_points_are_those_up_to_the_threshold(drawn, tidy, parameters):
    figure = drawn("six_variables", **parameters)
    tidy(figure.canvas)
    threshold = parameters.get("threshold", given.SIX_THRESHOLD)
    points = {gid: figure.artist(gid).get_xydata().tolist() for gid in ("gone", "kept")}
    expected = [[abs(w), j + 1] for j, w in enumerate(WEIGHTS)]
    assert points["gone"] == [point for point in expected if point[0] <= threshold]
    assert points["kept"] == [point for point in expected if point[0] > threshold]
    assert figure.facts["dropped"] == [feature for _, feature in points["gone"]]
    assert figure.facts["n_dropped"] + figure.facts["n_kept"] == len(WEIGHTS)
    x, percent = figure.artist("shares").get_xydata().T
    assert np.all(np.diff(percent) >= 0) and 0 <= percent[0] <= percent[-1] <= 100 + 1e-9
    for gid, at in (("standardised", 1), ("other_units", parameters.get("spread", given.SPREAD))):
        ((place, value),) = figure.artist(gid).get_xydata()
        # Between two points of the drawn curve it bends by less than half a per cent.
        assert place == at and value == pytest.approx(np.interp(at, x, percent), abs=0.5)


@pytest.mark.parametrize("spread", [1.0, given.SPREAD])
def test_share_is_that_of_a_simulated_prediction(drawn, spread):
    figure = drawn("six_variables")
    kept = np.abs(WEIGHTS) > given.SIX_THRESHOLD
    rng = np.random.default_rng(0)
    n = 200_000
    features = rng.standard_normal((n, len(WEIGHTS))) * np.where(kept, 1.0, spread)
    lost = (features[:, ~kept] @ WEIGHTS[~kept]).std() / (features @ WEIGHTS + given.SIX_BIAS).std()
    shown = figure.facts["share_standardised" if spread == 1 else "share_other_units"]
    # Two sample spreads of n values, each off by 1/√(2n) at one standard error; five of them.
    assert shown == pytest.approx(lost, rel=5 * 2 / (2 * n) ** 0.5)


def test_facts_names_and_texts(drawn):
    figure = drawn("six_variables", **EXAMPLE)
    facts = figure.facts
    assert facts["dropped"] == [2, 4, 5] and facts["bias"] == given.SIX_BIAS
    # By hand: √(7² + 9² + 1²) ten-thousandths.
    assert facts["spread_lost"] == pytest.approx(131**0.5 * 1e-4)
    assert facts["percent_standardised"] == 100 * facts["share_standardised"] < 0.11 < facts["percent_other_units"]
    above, below = figure.axes("weights"), figure.axes("share")
    assert above.get_title(loc="left") == "At most 0.001 in size: x₂, x₄ and x₅ go"
    assert [label.get_text() for label in above.get_yticklabels()] == ["x₁", "x₂", "x₃", "x₄", "x₅", "x₆"]
    assert above.get_xscale() == below.get_xscale() == "log" and above.get_ylim()[0] > above.get_ylim()[1]
    for j, w in enumerate(WEIGHTS, start=1):
        label = figure.artist(f"weight_{j}")
        assert label.xy == (abs(w), j) and float(label.get_text().replace("−", "-")) == w
    assert (below.get_xlabel(), below.get_ylabel()) == ("spread of the dropped features", "lost, %")
    assert figure.artist("standardised_label").get_text() == "standardised: 0.11%"
    assert figure.artist("other_units_label").get_text() == "spread 1,000: 73%"
    assert "x₂, x₄ and x₅ go" in figure.description and "0.11%" in figure.description and "73%" in figure.description
    assert figure.artist("kept").get_color() == figure.artist("gone").get_color() == "l1"
    assert figure.artist("gone").get_markerfacecolor() == "paper"

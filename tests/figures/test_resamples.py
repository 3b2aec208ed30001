"""Selection over resamples: the marks are the shares, each counted anew, and the legend is the marks'."""

import numpy as np
import pytest

from figures import given
from figures._diabetes import diabetes
from shrinkage import elastic_net, standardise


def test_marks_are_at_the_shares(drawn, tidy):
    drawing = drawn("resamples")
    tidy(drawing.canvas)
    for kind in ("lasso", "net"):
        share, row = drawing.artist(kind, "shares").get_xydata().T
        assert row.tolist() == list(range(len(drawing.data["names"])))
        assert share == pytest.approx(np.mean(drawing.data[f"{kind}_chosen"], axis=0))
        assert len(drawing.data[f"{kind}_chosen"]) == given.RESAMPLES
    for j in row.astype(int):
        ends = drawing.artist(f"gap_{j}", "shares").get_xdata()
        assert list(ends) == [drawing.data["lasso_share"][j], drawing.data["net_share"][j]]
    marks = [drawing.artist(kind).get_marker() for kind in ("lasso", "net")]
    assert len(set(marks)) == 2


def test_a_resample_is_chosen_as_it_would_be_alone(drawn):
    data, table = drawn("resamples").data, diabetes()
    Z, y = standardise(table["X"])[0], table["y"]
    rows = np.random.default_rng(given.RESAMPLES_SEED).integers(len(y), size=(given.RESAMPLES, len(y)))
    for kind, lam_l2 in (("lasso", 0.0), ("net", given.RESAMPLES_LAM_L2)):
        for k in (0, given.RESAMPLES - 1):
            alone = elastic_net(Z[rows[k]], y[rows[k]], given.RESAMPLES_LAM_L1, lam_l2).w != 0
            assert data[f"{kind}_chosen"][k].tolist() == alone.tolist()


def test_facts_count_what_is_drawn(drawn):
    _, data, facts = drawn("resamples")
    i, j = data["names"].index("tc"), data["names"].index("ldl")
    for kind in ("lasso", "net"):
        chosen = data[f"{kind}_chosen"]
        neither = np.mean(~chosen[:, i] & ~chosen[:, j])
        assert facts[f"{kind}_both_tc_ldl"] + facts[f"{kind}_one_of_tc_ldl"] + neither == pytest.approx(1)
        assert facts[f"{kind}_always"] == sum(chosen[:, k].all() for k in range(facts["n_features"]))
        assert facts[f"{kind}_choices"] == len({tuple(row) for row in chosen})


def test_marks_at_one_place_are_both_seen(drawn):
    drawing = drawn("resamples")
    shares = [drawing.artist(kind).get_xdata() for kind in ("lasso", "net")]
    assert np.any(np.equal(*shares))
    small, large = (drawing.artist(kind) for kind in ("lasso", "net"))
    # The inner circle of a square on its corner is as wide as the square.
    assert small.get_markersize() + 2 * small.get_markeredgewidth() <= 0.8 * large.get_markersize()
    order = [artist.get_gid() for artist in drawing.axes("shares").lines]
    assert order.index("net") < order.index("lasso")

"""Paths: every drawn weight is optimal for its λ, names say who is in, and the one that goes out again does so where it is said."""

import csv
import random

import numpy as np
import pytest
from sklearn.datasets import load_diabetes

from figures import paths
from figures._diabetes import FILE, diabetes
from figures._diabetes import NAMES as DIABETES_NAMES
from shrinkage import lam_max, lasso_kkt_violation, ridge, standardise, sum_squared_errors_gradient

CORNERS = [{}, {"lam": 1.0}, {"lam": 100_000.0}, {"lam": 69.0}, {"lam": 39_000.0}]
NAMES = "age sex bmi bp tc ldl hdl tch ltg glu".split()


@pytest.fixture(scope="module")
def table():
    """Standardised features and targets, from scikit-learn's copy of the data."""
    copy = load_diabetes(scaled=False)
    return standardise(copy.data)[0], copy.target


def test_the_data_are_those_of_the_authors():
    copy, ours = load_diabetes(scaled=False), diabetes()
    np.testing.assert_array_equal(ours["X"], copy.data)
    np.testing.assert_array_equal(ours["y"], copy.target)
    assert ours["names"] == NAMES == list(DIABETES_NAMES) and ours["X"].shape == (442, 10)
    # scikit-learn calls the six serums s1 to s6.
    assert ours["names"][:4] == copy.feature_names[:4]
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert "www4.stat.ncsu.edu/~boos/var.select/diabetes.html" in "".join(lines[:6]) and "Efron" in "".join(lines[:6])
    assert next(csv.reader([lines[6]])) == [*NAMES, "progression"]


@pytest.mark.parametrize("parameters", CORNERS)
def test_weights_are_optimal_and_the_names_say_who_is_in(drawn, table, parameters):
    Z, y = table
    figure = drawn("paths", **parameters)
    lam, w = parameters.get("lam", 10_000.0), np.array(figure.data["lasso_weights"])
    assert lasso_kkt_violation(w, y.mean(), Z, y, lam) < 1e-9 * lam_max(Z, y)
    np.testing.assert_allclose(figure.data["ridge_weights"], ridge(Z, y, lam).w, atol=1e-9)
    slope = sum_squared_errors_gradient(w, y.mean(), Z, y)[0]
    inside = [name for name, one in zip(NAMES, slope) if abs(abs(one) - lam) < 1e-7 * lam]
    shown = [name for name in NAMES if figure.artist(f"in_{name}", "lasso").get_text()]
    assert shown == inside
    assert [name for name in NAMES if figure.artist(f"out_{name}", "lasso").get_text()] == [
        n for n in NAMES if n not in inside
    ]
    assert figure.artist("lasso_count").get_text() == f"{len(inside)} of 10 are in"
    assert figure.artist("ridge_count").get_text() == "10 of 10 are in"
    assert figure.artist("lasso_in", "lasso").get_ydata().tolist() == w[w != 0].tolist()
    assert set(figure.artist("lasso_in").get_xdata()) <= {lam}
    assert (len(figure.artist("lasso_out").get_xdata()) == 1) == (len(inside) < 10)
    assert figure.facts["n_in"] == len(inside) and all(
        name in figure.facts["verdict"] for name in inside if len(inside) < 10
    )


def test_the_lines_are_the_paths(drawn, table):
    Z, y = table
    figure = drawn("paths")
    for panel in ("lasso", "ridge"):
        for j, name in enumerate(NAMES):
            at, ws = figure.artist(f"{panel}_{name}", panel).get_data()
            for lam, w in list(zip(at, ws))[::7]:
                if panel == "ridge":
                    assert w == pytest.approx(ridge(Z, y, lam).w[j], abs=1e-9)
                else:
                    expected = paths.lasso(lam)[j]
                    assert expected == 0 if np.isnan(w) else w == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("feature", ["hdl", "bmi", "age"])
def test_the_thick_line_is_the_chosen_feature_and_dotted_while_it_is_out(drawn, table, feature):
    Z, y = table
    figure = drawn("paths", feature=feature, lam=70.0)
    j = NAMES.index(feature)
    lams, line = figure.artist("lasso_thick", "lasso").get_data()
    same, dots = figure.artist("lasso_dots", "lasso").get_data()
    assert list(lams) == list(same) and (lams[0], lams[-1]) == (paths.LOW, paths.HIGH)
    weights = np.array([paths.lasso(lam)[j] for lam in lams])
    assert np.array_equal(~np.isnan(dots), weights == 0) and np.nanmax(np.abs(dots)) == 0
    np.testing.assert_array_equal(np.asarray(line)[weights != 0], weights[weights != 0])
    # Where it leaves 0 line and dots meet, and nowhere else do they run along each other.
    both = ~np.isnan(line) & ~np.isnan(dots)
    n_turns = [event["name"] for event in figure.facts["events"]].count(feature)
    assert np.count_nonzero(both) == n_turns
    for lam in np.asarray(lams)[both]:
        assert min(abs(lam - event["lam"]) / lam for event in figure.facts["events"] if event["name"] == feature) < 1e-9
    for lam, w in list(zip(*figure.artist("ridge_thick", "ridge").get_data(), strict=True))[::19]:
        assert w == pytest.approx(ridge(Z, y, lam).w[j], abs=1e-9)
    now = [figure.artist(f"{panel}_now_thick", panel).get_text() for panel in ("lasso", "ridge")]
    l1, l2 = paths.lasso(70.0)[j], ridge(Z, y, 70.0).w[j]
    words = ["0" if w == 0 else f"{w:.2f}".replace("-", "\u2212") for w in (l1, l2)]
    assert now == [f"{feature}: {word}" for word in words]
    assert f"thick lines are those of {feature}" in figure.description


def test_what_happens_along_the_path(table):
    Z, y = table
    facts = paths.facts(paths.data())
    assert facts["lam_max"] == pytest.approx(lam_max(Z, y)) == pytest.approx(facts["events"][0]["lam"])
    correlations = np.abs(Z.T @ y)
    assert facts["first"] == NAMES[int(np.argmax(correlations))] == "bmi"
    assert [event["name"] for event in facts["events"]].count("hdl") == 3 and len(facts["events"]) == 12
    assert facts["leaver"] == "hdl"
    for event in facts["events"]:
        before, after = (paths.lasso(factor * event["lam"])[NAMES.index(event["name"])] for factor in (1.0001, 0.9999))
        assert (before == 0, after == 0) == ((False, True) if event["what"] == "goes out" else (True, False))
    hdl = NAMES.index("hdl")
    assert paths.lasso(1.01 * facts["leaves_at"])[hdl] < 0 < paths.lasso(0.99 * facts["returns_at"])[hdl]


@pytest.mark.parametrize(
    ("lam", "words"),
    [
        (100_000.0, "Under L1 none is in"),
        (39_000.0, "1 of 10 is in: bmi."),
        (10_000.0, "4 of 10 are in: bmi, bp, hdl and ltg."),
        (69.0, "hdl was in and has gone out again"),
        (1.0, "all 10 are in. hdl had gone out and is back, on the other side of 0"),
    ],
)
def test_the_verdict_names_who_is_in_and_who_has_left(lam, words):
    data = paths.data(lam=lam)
    facts = paths.facts(data)
    assert words in facts["verdict"] and "squared L2 10 of 10 are in" in facts["verdict"]
    assert facts["verdict"] in paths.describe(data, facts)


def test_shares_are_those_of_the_l1_norm(table):
    Z, y = table
    facts = paths.facts(paths.data(lam=1000.0))
    full = np.abs(np.linalg.lstsq(Z, y - y.mean(), rcond=None)[0]).sum()
    assert facts["ridge_share"] == pytest.approx(np.abs(ridge(Z, y, 1000).w).sum() / full)
    assert 0 < facts["lasso_share"] < 1


def test_words_colours_and_room(drawn, tidy):
    source = random.Random(5)
    for parameters in [*CORNERS, *({"lam": 10 ** source.uniform(0, 5)} for _ in range(4))]:
        figure = drawn("paths", **parameters)
        tidy(figure.canvas)
    assert figure.artist("lasso_bmi").get_color() == "l1" and figure.artist("ridge_bmi").get_color() == "l2"
    assert figure.artist("ridge_bmi").get_linestyle() == "--" and figure.artist("lasso_bmi").get_linestyle() == "-"
    assert figure.artist("lasso_in").get_marker() == "o" and figure.artist("ridge_now").get_marker() == "s"
    axes = figure.axes("ridge")
    assert axes.get_xlabel() == "strength λ" and axes.get_ylabel() == "weight w"
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1", "10", "100", "1,000", "10,000", "100,000"]
    assert axes.get_xscale() == "log" and axes.get_xticks().tolist() == [1, 10, 100, 1000, 10_000, 100_000]
    for name in NAMES:
        assert figure.artist(f"in_{name}").get_color() == "l1" and figure.artist(f"out_{name}").get_color() == "muted"

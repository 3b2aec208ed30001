"""Many data sets: each mark says how many weights a solver puts at 0, L1's zeros lie in the bands, squared L2's on the lines."""

import numpy as np
import pytest
from matplotlib.path import Path as Outline

from figures import given, many_data_sets
from shrinkage import lasso, ridge

SETTINGS = [{}, {"lam": 0.4, "rho": -0.8}, {"lam": 5.0, "rho": 0.8, "m1": -1.0}, {"lam": 3.0, "rho": 0.0, "m2": -2.0}]


def features(rho):
    """Two centred features with sum of squares 1 and that correlation."""
    C = np.linalg.cholesky([[1, rho], [rho, 1]]).T / np.sqrt(2)
    return np.vstack([C, -C])


def marked(figure, name):
    """All least errors of a panel and how many zeros their marks stand for."""
    parts = [figure.artist(f"{name}_{key}", name).get_xydata().reshape(-1, 2) for key in ("none", "one", "both")]
    # Each keeps the places of all data sets, and has numbers at its own.
    parts = [part[~np.isnan(part[:, 0])] for part in parts]
    return np.vstack(parts), np.repeat([0, 1, 2], [len(part) for part in parts])


@pytest.mark.parametrize("parameters", SETTINGS)
def test_marks_are_what_the_solvers_say(drawn, tidy, parameters):
    figure = drawn("many_data_sets", **parameters)
    tidy(figure.canvas)
    lam, X = figure.data["lam"], features(figure.data["rho"])
    for name, fit in (("l1", lasso), ("l2", ridge)):
        points, zeros = marked(figure, name)
        assert len(points) == given.MANY_N
        for point, n in list(zip(points, zeros, strict=True))[::9]:
            assert np.count_nonzero(fit(X, X @ point, lam).w == 0) == n
        assert figure.facts[f"n_{name}"] == np.count_nonzero(zeros)
        assert figure.artist(f"count_{name}").get_text() == f"{np.count_nonzero(zeros)} of {given.MANY_N}"
    assert figure.facts["n_l2"] == 0 < figure.facts["n_l1"]
    assert f"in {figure.facts['n_l1']} of {given.MANY_N} data sets" in figure.facts["verdict"]
    assert figure.facts["verdict"].endswith("squared L2 in none.") and figure.facts["verdict"] in figure.description


@pytest.mark.parametrize("parameters", SETTINGS)
def test_the_band_holds_just_the_zeros_of_l1(drawn, parameters):
    figure = drawn("many_data_sets", **parameters)
    lam, rho = figure.data["lam"], figure.data["rho"]
    band = Outline(figure.artist("band", "l1").get_path().vertices)
    points, zeros = marked(figure, "l1")
    random = np.random.default_rng(0).uniform(-3.5, 3.5, (400, 2))
    for point, n in [*zip(points, zeros, strict=True), *((point, None) for point in random)]:
        if n is None:
            n = sum(w == 0 for w in many_data_sets.best(*point.tolist(), rho, lam, 0.0))
        assert band.contains_point(point) == (n > 0)


@pytest.mark.parametrize("parameters", SETTINGS)
def test_on_the_lines_ridge_has_a_zero(drawn, parameters):
    figure = drawn("many_data_sets", **parameters)
    X = features(figure.data["rho"])
    for which in (0, 1):
        for point in figure.artist(f"line_{which + 1}", "l2").get_xydata():
            w = ridge(X, X @ point, figure.data["lam"]).w
            assert abs(w[which]) < 1e-12 * np.abs(point).max() < abs(w[1 - which])


def test_without_a_penalty_there_is_neither_band_nor_line(drawn):
    figure = drawn("many_data_sets", lam=0)
    assert figure.facts["n_l1"] == figure.facts["n_l2"] == 0 and "Without a penalty" in figure.facts["verdict"]
    assert len(figure.artist("line_1").get_xdata()) == 0 and len(figure.artist("l1_none").get_xdata()) == given.MANY_N


def test_all_scatter_round_the_ring_with_a_spread_of_one(drawn):
    figure = drawn("many_data_sets", m1=-1.0, m2=2.0)
    assert figure.artist("truth_l1", "l1").get_xydata().tolist() == [[-1, 2]]
    assert figure.artist("truth_l2", "l2").get_xydata().tolist() == [[-1, 2]]
    points, _ = marked(figure, "l2")
    error = 1 / np.sqrt(given.MANY_N)
    assert np.abs(points.mean(axis=0) - [-1, 2]).max() < 4 * error
    assert np.abs(points.std(axis=0) - 1).max() < 4 * error / np.sqrt(2)
    assert figure.artist("l1_one").get_color() == "l1" and figure.artist("l2_one").get_color() == "l2"
    assert figure.artist("l1_one").get_marker() != figure.artist("l1_both").get_marker()

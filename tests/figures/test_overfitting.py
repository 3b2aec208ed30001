"""Overfitting: each drawn curve is the fit it is named after, and the errors are those on the drawn points."""

import numpy as np
import pytest

from figures import overfitting
from shrinkage import (
    between_knots,
    lasso,
    lasso_kkt_violation,
    linear_model,
    mean_squared_error,
    polynomial_features,
    ridge,
    standardise,
    sum_squared_errors_gradient,
)

CORNERS = [
    {},
    {"lam": 0.001},
    {"lam": 100.0},
    {"lam": 0.3, "penalty": "L1"},
    {"lam": 10.0, "penalty": "squared L2"},
]
DEGREE = 12


def powers(points):
    return np.vander(points, DEGREE + 1, increasing=True)[:, 1:]


@pytest.mark.parametrize("parameters", CORNERS)
def test_fits_are_optimal(drawn, tidy, parameters):
    figure = drawn("overfitting", **parameters)
    tidy(figure.canvas)
    lam = parameters.get("lam", 0.1)
    assert figure.facts["lam"] == pytest.approx(lam)
    x, y = figure.artist("points").get_xydata().T
    Z, mean, scale = standardise(powers(x))
    for name in ("plain", "l1", "l2"):
        fit = np.array(figure.data["fits"][name])
        w = fit[:-1] * scale
        # The bias of standardised features is the mean of the targets; coefficients are carried to nine digits.
        assert fit[-1] + mean @ fit[:-1] == pytest.approx(y.mean(), abs=1e-8 * (1 + np.abs(mean * fit[:-1]).sum()))
        slope = sum_squared_errors_gradient(w, y.mean(), Z, y)[0]
        size = 2 * np.sqrt(len(y)) * np.linalg.norm(y)
        if name == "plain":
            np.testing.assert_allclose(slope, 0, atol=1e-8 * size)
        elif name == "l2":
            np.testing.assert_allclose(slope + 2 * lam * w, 0, atol=1e-7 * size)
        else:
            # The knots are carried to nine digits.
            assert lasso_kkt_violation(w, y.mean(), Z, y, lam) < 1e-7 * size
        if figure.has(f"{name}_curve"):
            grid, curve = figure.artist(f"{name}_curve", "fit").get_xydata().T
            np.testing.assert_allclose(curve, powers(grid) @ fit[:-1] + fit[-1], atol=1e-9)
            # From end to end, in places so close together that the curve looks smooth.
            assert (
                len(grid) == 0
                or (grid[0], grid[-1]) == (-1, 1)
                and 0 < np.diff(grid).min() <= np.diff(grid).max() < 0.06
            )


@pytest.mark.parametrize("parameters", CORNERS)
def test_errors_are_those_on_the_drawn_points(drawn, parameters):
    figure = drawn("overfitting", **parameters)
    shown = parameters.get("penalty", "both")
    for name, title in (("plain", "no penalty"), ("l1", "L1"), ("l2", "squared L2")):
        fit = np.array(figure.data["fits"][name])
        errors = []
        for part, key in (("train", "points"), ("test", "test_points")):
            x, y = figure.artist(key, "fit").get_xydata().T
            error = np.mean((powers(x) @ fit[:-1] + fit[-1] - y) ** 2)
            assert figure.facts[f"{name}_{part}_error"] == pytest.approx(error, rel=1e-6)
            errors.append(error)
        seen = name == "plain" or shown in ("both", title)
        cells = [figure.artist(f"{name}_{part}_cell").get_text() for part in ("train", "test", "n")]
        wanted = [format(errors[0], ".2g"), format(errors[1], ".2g"), f"{np.count_nonzero(fit[:-1])} of 12"]
        assert cells == (wanted if seen else ["", "", ""])
        assert figure.artist(f"{name}_name").get_text() == (title if seen else "")
        if name != "plain":
            x, y = figure.artist(f"{name}_now", "errors").get_data()
            lam = parameters.get("lam", 0.1)
            assert (list(x), list(y)) == (([lam] * 2, pytest.approx(errors)) if seen else ([], []))
    assert figure.facts["n_test"] == 200 and figure.facts["n_train"] == 15
    train, test = (set(map(tuple, figure.artist(key).get_xydata())) for key in ("points", "test_points"))
    assert not train & test


def test_the_errors_against_lam_are_those_at_every_lam(drawn):
    figure = drawn("overfitting")
    for name in ("l1", "l2"):
        for part in ("train", "test"):
            x, y = figure.artist(f"{name}_{part}_path", "errors").get_data()
            assert len(x) == 51 and (x[0], x[-1]) == (0.001, 100)
            for k in (0, 17, 40, 50):
                facts = overfitting.facts(overfitting.data(lam=x[k]))
                assert y[k] == pytest.approx(facts[f"{name}_{part}_error"], abs=6e-4)
    ticks = {
        tick.get_text(): place
        for tick, place in zip(figure.axes("errors").get_xticklabels(), figure.axes("errors").get_xticks())
    }
    assert {float(text): place for text, place in ticks.items()} == {place: place for place in ticks.values()}
    assert figure.axes("errors").get_xscale() == "log"


def test_the_training_error_only_rises_and_the_best_is_in_between():
    along = overfitting.along()
    for name in ("l1", "l2"):
        assert np.all(np.diff(along[f"{name}_train"]) >= 0)
        best = along[f"{name}_best"]
        assert best["test"] == pytest.approx(min(along[f"{name}_test"]), abs=6e-4)
        assert 0.1 < best["lam"] < 1
        assert min(along[f"{name}_test"][0], along[f"{name}_test"][-1]) > 1.2 * best["test"]


def test_the_verdict_says_where_one_stands():
    def verdict(**parameters):
        return overfitting.facts(overfitting.data(**parameters))["verdict"]

    facts = overfitting.facts(overfitting.data())
    at_best = verdict(lam=facts["l1_best_lam"], penalty="L1")
    assert "about right for L1" in at_best and f"L1 keeps {facts['l1_n_at_best']} of 12 weights" in at_best
    assert verdict(lam=0.001).count("too little") == 2 and verdict(lam=100).count("too much") == 2
    assert "keeps 0 of 12" in verdict(lam=100)
    assert "L1" not in verdict(penalty="squared L2").replace("squared L2", "")


def test_the_story_does_not_hang_on_the_seed():
    for seed in range(20):
        points = overfitting.sample(seed, 0.3)
        fits = overfitting.whole_paths(points, 0.1)
        l1 = np.array(between_knots(0.1, np.array(fits["lams"]), np.array(fits["knots"])))
        Z, mean, scale = standardise(powers(points["x"]))
        l2 = ridge(Z, points["y"], 0.1)
        test = (powers(points["x_test"]) - mean) / scale
        squared_l2_error = mean_squared_error(points["y_test"], linear_model(test, l2.w, l2.b))
        plain, l1_error = (
            np.mean((powers(points["x_test"]) @ np.array(fit[:-1]) + fit[-1] - points["y_test"]) ** 2)
            for fit in (np.array(fits["plain"]), l1)
        )
        assert plain > max(l1_error, squared_l2_error)
        assert np.count_nonzero(l1[:-1]) < 12


@pytest.mark.parametrize(("seed", "n", "degree"), [(5, 15, 12), (4, 40, 3), (11, 60, 9)])
def test_the_command_line_draws_other_samples_and_degrees(seed, n, degree):
    found = overfitting.data(lam=0.5, seed=seed, n=n, degree=degree)
    points = overfitting.sample(seed, 0.3, n)
    assert found["points"]["y"] == list(points["y"]) and len(found["points"]["x"]) == n
    Z, mean, scale = standardise(polynomial_features(points["x"], degree))
    test = (polynomial_features(points["x_test"], degree) - mean) / scale
    for name, solve in (("l1", lasso), ("l2", ridge)):
        fit = solve(Z, points["y"], 0.5)
        error = mean_squared_error(points["y_test"], linear_model(test, fit.w, fit.b))
        assert found[f"{name}_errors"]["test"] == pytest.approx(error, rel=1e-5)
        assert overfitting.n_nonzero(found["fits"][name]) == np.count_nonzero(fit.w)


def test_l1_keeps_nothing_exactly_from_the_named_lam_on():
    edge = overfitting.facts(overfitting.data())["lam_that_empties"]
    for factor, kept in ((0.998, 1), (1.002, 0)):
        assert overfitting.facts(overfitting.data(lam=factor * edge))["l1_n_nonzero"] == kept


def test_words_and_colours(drawn):
    figure = drawn("overfitting")
    for name, color in (("plain", "ink"), ("l1", "l1"), ("l2", "l2")):
        assert figure.artist(f"{name}_curve", "fit").get_color() == color
        assert figure.artist(f"{name}_name").get_color() == color
        words = [format(figure.facts[f"{name}_{part}_error"], ".2g") for part in ("train", "test")]
        assert all(word in figure.description for word in words)
    # Neither hides the other where both agree.
    assert figure.artist("l2_curve").get_linewidth() > 2 * figure.artist("l1_curve").get_linewidth()
    assert figure.artist("l2_curve").get_zorder() < figure.artist("l1_curve").get_zorder()
    assert [figure.artist(key, "errors").xy[0] < 1 for key in ("too_little", "too_much")] == [True, False]
    assert figure.artist("l2_curve").get_linestyle() == "--" and figure.axes("fit").get_xlabel() == "feature x"
    assert figure.artist("l2_test_path").get_color() == "l2" and figure.artist("l1_test_path").get_color() == "l1"
    assert figure.artist("l1_now").get_marker() == "o" and figure.artist("l2_now").get_marker() == "s"
    assert figure.artist("lam_label").get_text() == "λ = 0.1" and figure.axes("errors").get_xlabel() == "strength λ"

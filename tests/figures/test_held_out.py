"""Held-out data: errors are measured on samples that no fit has seen, and the marked strengths are the best ones."""

import numpy as np
import pytest

from figures import held_out
from shrinkage import lasso, least_squares, linear_model, mean_squared_error, ridge


@pytest.fixture(scope="module")
def parts():
    return held_out.split(0)


def error(parts, fit):
    return mean_squared_error(parts["y_held_out"], linear_model(parts["Z_held_out"], fit.w, fit.b))


def test_no_sample_is_on_both_sides(parts):
    assert len(parts["y"]) + len(parts["y_held_out"]) == 442 and len(parts["y_held_out"]) == 147
    rows = [tuple(row) for part in ("Z", "Z_held_out") for row in parts[part].round(9)]
    assert len(set(rows)) == 442
    # The scale is that of the training samples alone.
    np.testing.assert_allclose(parts["Z"].mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose((parts["Z"] ** 2).mean(axis=0), 1)
    assert abs(parts["Z_held_out"].mean(axis=0)).max() > 0.01


def test_curves_are_held_out_errors_of_optimal_fits(drawn, tidy, parts):
    figure = drawn("held_out")
    tidy(figure.canvas)
    for name, solver in (("lasso", lasso), ("ridge", ridge)):
        x, y = figure.artist(name, "held_out").get_data()
        for k in (0, 77, 150, 249):
            assert y[k] == pytest.approx(error(parts, solver(parts["Z"], parts["y"], 10 ** x[k])) / 1000, rel=1e-6)
        place, height = figure.artist(f"{name}_best").get_data()
        assert height[0] == pytest.approx(min(y)) and y[list(x).index(place[0])] == pytest.approx(min(y))
        assert figure.facts[f"{name}_lam"] == pytest.approx(10 ** place[0])
    level = figure.artist("plain_error").get_ydata()[0]
    assert level == pytest.approx(error(parts, least_squares(parts["Z"], parts["y"])) / 1000)
    assert figure.artist("lasso").get_color() == "l1" and figure.artist("ridge").get_color() == "l2"
    assert figure.artist("ridge").get_linestyle() == "--" and figure.artist("ridge_best").get_marker() == "s"
    assert figure.axes("validated").get_xlabel() == "strength λ"
    assert all("1,000" in figure.axes(name).get_ylabel() for name in ("held_out", "validated"))


def test_marks_below_are_the_choices_of_other_shuffles(drawn):
    figure = drawn("held_out")
    # In a panel that has no heights.
    assert len(figure.axes("choices").get_yticks()) == 0
    x = figure.artist("lasso_elsewhere", "choices").get_xdata()
    assert len(x) == figure.facts["n_shuffles"] == 20
    assert 10 ** x[2] == pytest.approx(held_out.tried(held_out.split(3))["lasso"]["best"])
    assert figure.facts["n_without"] == np.count_nonzero(x == 0) > 0
    assert figure.facts["highest_elsewhere"] == pytest.approx(10 ** max(x))


def test_cross_validation_gives_every_sample_a_turn(drawn):
    figure = drawn("held_out")
    order = np.random.default_rng(0).permutation(442)
    turns = np.array_split(order, 10)
    assert sorted(np.concatenate(turns)) == list(range(442))
    for name, solver in (("lasso", lasso), ("ridge", ridge)):
        x, y = figure.artist(f"{name}_validated", "validated").get_data()
        means, deviations = {}, {}
        best, simplest = (figure.facts[f"{name}_{which}_lam_validated"] for which in ("best", "simplest"))
        # The chosen strengths, and the next beyond the largest that is good enough.
        for lam in (best, simplest, simplest * 10**0.02):
            errors = []
            for turn in turns:
                parts = held_out.parted(np.setdiff1d(order, turn), turn)
                errors.append(error(parts, solver(parts["Z"], parts["y"], lam)))
            means[lam], deviations[lam] = np.mean(errors), np.std(errors, ddof=1) / np.sqrt(10)
            assert y[np.argmin(np.abs(10**x - lam))] == pytest.approx(means[lam] / 1000, rel=1e-6)
        good, bad = (means[lam] <= means[best] + deviations[best] for lam in (simplest, simplest * 10**0.02))
        assert good and not bad
        assert min(y) == pytest.approx(means[best] / 1000, rel=1e-6)
        for which, lam in (("best", best), ("simplest", simplest)):
            place, height = figure.artist(f"{name}_{which}_validated", "validated").get_data()
            assert (10 ** place[0], 1000 * height[0]) == pytest.approx((lam, means[lam]), rel=1e-6)
            assert figure.facts[f"{name}_{which}_error_validated"] == pytest.approx(means[lam], rel=1e-6)
    Z, y = parts_of_all()
    assert figure.facts["lam_again"] == pytest.approx(figure.facts["lasso_simplest_lam_validated"] * 10 / 9)
    assert figure.facts["n_kept_again"] == np.count_nonzero(lasso(Z, y, figure.facts["lam_again"]).w)


def parts_of_all():
    """All samples, standardised, and their targets."""
    everything = held_out.parted(np.arange(442), np.arange(1))
    return everything["Z"], everything["y"]


def test_facts_about_the_kept_features(drawn, parts):
    figure = drawn("held_out")
    facts = figure.facts
    fit = lasso(parts["Z"], parts["y"], facts["lasso_lam"])
    kept = np.flatnonzero(fit.w)
    assert facts["n_kept"] == len(kept) == len(facts["kept"])
    refit = least_squares(parts["Z"][:, kept], parts["y"])
    for row, j, w in zip(facts["kept"], kept, refit.w, strict=True):
        assert row["shrunk"] == pytest.approx(fit.w[j], abs=1e-5) and row["refit"] == pytest.approx(w)
    assert facts["share_left"] == pytest.approx(np.abs(fit.w).sum() / np.abs(refit.w).sum(), rel=1e-6)
    assert facts["lasso_gain"] == pytest.approx(1 - facts["lasso_error"] / facts["plain_error"])
    refit_error = mean_squared_error(parts["y_held_out"], linear_model(parts["Z_held_out"][:, kept], refit.w, refit.b))
    assert facts["refit_error"] == pytest.approx(refit_error)
    for number in (facts["lasso_error"], facts["ridge_error"], facts["mean_error"]):
        assert f"{number:,.0f}" in figure.description


# Each tries 21 shuffles.
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in (77, 9999))])
def test_other_shuffles_fit_on_the_sheet(drawn, tidy, seed):
    tidy(drawn("held_out", seed=seed).canvas)

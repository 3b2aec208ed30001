"""What the page on the diabetes data claims."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures import held_out, paths
from figures._diabetes import diabetes
from shrinkage import (
    L1,
    along_directions,
    between_knots,
    lam_max,
    lasso,
    lasso_knots,
    least_squares,
    linear_model,
    mean_squared_error,
    orthonormal_lasso,
    ridge,
    ridge_directions,
    standardise,
    sum_squared_errors_gradient,
)
from tests.claims.draws import data, ridge_zeros, strengths, values

TABLE = diabetes()
X, Y, NAMES = TABLE["X"], TABLE["y"], TABLE["names"]
Z = standardise(X)[0]
LAMS, KNOTS = lasso_knots(Z, Y)
FACTS = paths.facts(paths.data())
HDL = NAMES.index("hdl")
SHUFFLE = held_out.data()
HELD_OUT = held_out.facts(SHUFFLE)
GAP = (FACTS["returns_at"], FACTS["leaves_at"])


def inside(w):
    """Names of the features whose weight is not 0."""
    return [name for name, one in zip(NAMES, w, strict=True) if one != 0]


def pulls(w):
    """How hard, and which way, the data pull at each weight."""
    return -sum_squared_errors_gradient(w, Y.mean() - Z.mean(axis=0) @ w, Z, Y)[0]


def test_from_lam_max_on_nobody_is_in():
    limit = np.max(np.abs(2 * Z.T @ (Y - Y.mean())))
    assert lam_max(Z, Y) == pytest.approx(limit) == pytest.approx(FACTS["lam_max"])
    assert inside(lasso(Z, Y, 1.0001 * limit).w) == []
    assert inside(lasso(Z, Y, 0.9999 * limit).w) == [FACTS["first"]]


def test_one_feature_goes_out_again():
    for lam, is_in in ((1.01 * GAP[1], True), (0.99 * GAP[1], False), (1.01 * GAP[0], False), (0.99 * GAP[0], True)):
        assert ("hdl" in inside(lasso(Z, Y, lam).w)) == is_in
    for lam in np.linspace(*GAP, 12)[1:-1]:
        assert "hdl" not in inside(lasso(Z, Y, lam).w)
    # And it is the only one: in between all events, whoever is in stays in as lam falls.
    middles = [set(inside(between_knots(lam, LAMS, KNOTS))) for lam in (LAMS[1:] + LAMS[:-1]) / 2]
    assert (
        {name for before, after in zip(middles, middles[1:]) for name in before - after} == {"hdl"} == {FACTS["leaver"]}
    )


def test_ridge_keeps_everybody_in():
    # A rational function that is not 0 throughout is 0 at finitely many places; there it changes sign.
    for j in range(len(NAMES)):
        for root in ridge_zeros(Z, Y, j):
            below, above = (ridge(Z, Y, factor * root).w[j] for factor in (0.999, 1.001))
            assert below * above < 0
    for lam in np.geomspace(1, 1e5, 100):
        assert len(inside(ridge(Z, Y, lam).w)) == len(NAMES)


def test_the_first_one_in_is_the_most_correlated():
    correlations = [abs(np.corrcoef(x, Y)[0, 1]) for x in X.T]
    assert NAMES[int(np.argmax(correlations))] == FACTS["first"]
    assert inside(KNOTS[1]) == [FACTS["first"]]


def test_between_events_the_weights_move_on_straight_lines():
    for high, low in zip(LAMS, LAMS[1:]):
        ends = [lasso(Z, Y, lam, tol=1e-14).w for lam in (high, low)]
        for share in (0.25, 0.5, 0.8):
            w = lasso(Z, Y, high + share * (low - high), tol=1e-14).w
            assert w == pytest.approx(ends[0] + share * (ends[1] - ends[0]), abs=1e-5)
    assert [event["lam"] for event in FACTS["events"]] == pytest.approx(LAMS[:-1])


@given(st.floats(0, 5))
def test_all_who_are_in_are_pulled_equally(log_lam):
    lam = 10**log_lam
    w = lasso(Z, Y, lam, tol=1e-14).w
    pull = pulls(w)
    assert pull[w != 0] == pytest.approx(lam * np.sign(w[w != 0]), abs=1e-2)
    assert np.all(np.abs(pull) <= lam + 1e-2)


@given(st.floats(0, 1e5))
def test_ridge_weights_are_smooth_in_lambda(lam):
    squares, directions = ridge_directions(Z, Y)
    total = sum(direction / (square + lam) for square, direction in zip(squares, directions, strict=True))
    assert ridge(Z, Y, lam).w == pytest.approx(total, abs=1e-9)
    assert along_directions(lam, squares, directions) == pytest.approx(total, abs=1e-12)
    # What is left of a direction's part: the less the data vary along it, the less.
    left = squares / (squares + lam)
    assert np.all(np.diff(left[np.argsort(squares)]) >= 0)


def test_on_its_way_the_leaver_is_spoken_for():
    others = [j for j in range(len(NAMES)) if j != HDL]
    for lam in np.linspace(*GAP, 9)[1:-1]:
        fit = lasso(Z[:, others], Y, lam)
        assert abs(2 * Z[:, HDL] @ (Y - linear_model(Z[:, others], fit.w, fit.b))) < lam
    # The three came in before it went out.
    order = [event["name"] for event in FACTS["events"]]
    gone = [event["what"] for event in FACTS["events"]].index("goes out")
    assert {"tc", "ldl", "tch"} <= set(order[order.index("hdl") + 1 : gone])


def test_ridge_passes_through_zero_without_stopping():
    (root,) = ridge_zeros(Z, Y, HDL)
    assert ridge(Z, Y, 0.99 * root).w[HDL] > 0 > ridge(Z, Y, 1.01 * root).w[HDL]
    assert lasso(Z, Y, 1.01 * GAP[1]).w[HDL] < 0 < lasso(Z, Y, 0.99 * GAP[0]).w[HDL]


def test_a_feature_out_may_come_in_as_lambda_grows():
    weak, strong = np.mean(GAP), 2 * GAP[1]
    assert weak < strong
    assert "hdl" not in inside(lasso(Z, Y, weak).w) and "hdl" in inside(lasso(Z, Y, strong).w)


@given(z=values, lam=strengths, more=st.floats(0, 100))
def test_uncorrelated_features_leave_once(z, lam, more):
    if orthonormal_lasso(z, lam) == 0:
        assert orthonormal_lasso(z, lam + more) == 0


def test_other_shuffles_choose_other_strengths():
    facts, elsewhere = HELD_OUT, SHUFFLE["lasso_elsewhere"]
    assert facts["n_without"] > 0 and facts["highest_elsewhere"] > 100 * facts["lowest_elsewhere"]
    assert facts["n_without"] == sum(lam == facts["lowest_elsewhere"] for lam in elsewhere)
    # At the lowest strength that is tried a penalty is as good as none.
    parts = held_out.split(1)
    plain, weakest = least_squares(parts["Z"], parts["y"]), lasso(parts["Z"], parts["y"], facts["lowest_elsewhere"])
    assert weakest.w == pytest.approx(plain.w, abs=0.5)


@given(k=st.integers(2, 10), lam=st.floats(0.1, 100), seed=st.integers(0, 50))
def test_a_sum_over_more_samples_wants_a_stronger_penalty(k, lam, seed):
    part, targets = data(seed=seed)
    rest, everything = ((np.tile(part, (n, 1)), np.tile(targets, n)) for n in (k - 1, k))
    for fit in (
        lambda X, y, lam: lasso(standardise(X)[0], y, lam, tol=1e-14),
        lambda X, y, lam: ridge(standardise(X)[0], y, lam),
    ):
        without, together = fit(*rest, lam), fit(*everything, lam * k / (k - 1))
        assert together.w == pytest.approx(without.w, abs=1e-9)
        assert together.b == pytest.approx(without.b)


def held_out_error(parts, columns, fit):
    return mean_squared_error(parts["y_held_out"], linear_model(parts["Z_held_out"][:, columns], fit.w, fit.b))


def test_a_shorter_list_predicts_as_well():
    facts, parts = HELD_OUT, held_out.split(0)
    everyone = list(range(len(NAMES)))
    fit = lasso(parts["Z"], parts["y"], facts["lasso_lam"])
    assert np.count_nonzero(fit.w) == facts["n_kept"] < len(NAMES)
    assert held_out_error(parts, everyone, fit) <= held_out_error(
        parts, everyone, least_squares(parts["Z"], parts["y"])
    )


def test_the_kept_weights_are_shorter_than_fitted_anew():
    facts, parts = HELD_OUT, held_out.split(0)
    fit = lasso(parts["Z"], parts["y"], facts["lasso_lam"])
    kept = np.flatnonzero(fit.w)
    refit = least_squares(parts["Z"][:, kept], parts["y"])
    assert L1(1.0).value(fit.w) / L1(1.0).value(refit.w) == pytest.approx(facts["share_left"], rel=1e-6)
    assert facts["share_left"] < 1


def test_fitting_anew_need_not_help():
    facts, parts = HELD_OUT, held_out.split(0)
    fit = lasso(parts["Z"], parts["y"], facts["lasso_lam"])
    kept = list(np.flatnonzero(fit.w))
    refit = least_squares(parts["Z"][:, kept], parts["y"])
    assert held_out_error(parts, kept, refit) > held_out_error(parts, list(range(len(NAMES))), fit)


def test_larger_numbers_come_in_earlier():
    for j, name in enumerate(NAMES):
        larger = Z.copy()
        larger[:, j] *= 1e4
        limit = lam_max(larger, Y)
        assert inside(lasso(larger, Y, 0.999 * limit).w) == [name]
        # Its own limit grows with its numbers.
        assert 2 * abs(larger[:, j] @ (Y - Y.mean())) == pytest.approx(1e4 * 2 * abs(Z[:, j] @ (Y - Y.mean())))

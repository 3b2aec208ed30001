"""What the page on the diabetes data claims."""

import functools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures import held_out
from figures._diabetes import diabetes
from shrinkage import (
    L1,
    along_directions,
    between_knots,
    lam_max,
    lasso,
    lasso_duality_gap,
    lasso_kkt_violation,
    lasso_knots,
    least_squares,
    linear_model,
    mean_squared_error,
    minimiser_l1,
    objective,
    orthonormal_lasso,
    ridge,
    ridge_directions,
    standardise,
)
from tests.claims.draws import hard_data, ridge_zeros
from tests.claims.exact import assume, proved
from tests.claims.pages import quoted

TABLE = diabetes()
X, Y, NAMES = TABLE["X"], TABLE["y"], TABLE["names"]
Z = standardise(X)[0]
LAMS, KNOTS = lasso_knots(Z, Y)
HDL = NAMES.index("hdl")
# Of numbers of the size of the targets, summed over all samples.
ROUNDING = 1e-7 * np.abs(Y).sum()


def inside(w):
    """Names of the features whose weight is not 0."""
    return [name for name, one in zip(NAMES, w, strict=True) if one != 0]


def pulls(w, features=Z, targets=Y):
    """How hard, and which way, the data pull at each weight, with the best bias."""
    left = targets - targets.mean() - (features - features.mean(axis=0)) @ w
    return 2 * (features - features.mean(axis=0)).T @ left


def is_lasso(w, lam, features=Z, targets=Y):
    """Whether the pulls at the weights w are what the lasso wants: lam at those that are in, no more at the others."""
    pull = pulls(w, features, targets)
    return np.allclose(pull[w != 0], lam * np.sign(w[w != 0]), rtol=0, atol=ROUNDING) and np.all(
        np.abs(pull) <= lam + ROUNDING
    )


def on_path(lam, lams=LAMS, knots=KNOTS):
    """The weights on the lines between the knots."""
    return np.array([np.interp(-lam, -lams, column) for column in knots.T])


def gap():
    """Between which strengths hdl is out: read off the knots."""
    out = [k for k in range(1, len(LAMS)) if KNOTS[k][HDL] == 0 == KNOTS[k - 1][HDL] and KNOTS[: k - 1, HDL].any()]
    return LAMS[out[-1]], LAMS[out[0] - 1]


def test_from_lam_max_on_nobody_is_in():
    limit = np.abs(2 * Z.T @ (Y - Y.mean())).max()
    assert lam_max(Z, Y) == pytest.approx(limit, rel=1e-12)
    assert quoted("paths.lam_max") == pytest.approx(limit, rel=1e-12)
    for more in (1 + 1e-9, 1.5, 100):
        assert inside(lasso(Z, Y, more * limit).w) == [] and is_lasso(np.zeros(len(NAMES)), more * limit)
        assert not np.any(between_knots(more * limit, LAMS, KNOTS))
    assert inside(lasso(Z, Y, (1 - 1e-6) * limit).w) == [quoted("paths.first")]


def test_one_feature_goes_out_again():
    assert all(is_lasso(w, lam) for lam, w in zip(LAMS, KNOTS, strict=True))
    low, high = gap()
    assert quoted("paths.leaves_at") == pytest.approx(high) and quoted("paths.returns_at") == pytest.approx(low)
    for lam, is_in in ((1.01 * high, True), (0.99 * high, False), (1.01 * low, False), (0.99 * low, True)):
        assert ("hdl" in inside(lasso(Z, Y, lam).w)) == is_in
    # And it is the only one: from one stretch between two knots to the next, whoever else is in stays in.
    stretches = [set(inside(on_path(lam))) for lam in (LAMS[1:] + LAMS[:-1]) / 2]
    leavers = {name for before, after in zip(stretches, stretches[1:]) for name in before - after}
    assert leavers == {"hdl"} == {quoted("paths.leaver")}


def test_ridge_keeps_everybody_in():
    # A rational function that is not 0 throughout is 0 at finitely many places; there it changes sign.
    for j in range(len(NAMES)):
        for root in ridge_zeros(Z, Y, j):
            below, above = (ridge(Z, Y, factor * root).w[j] for factor in (0.999, 1.001))
            assert below * above < 0
    for lam in np.geomspace(1, 1e5, 50):
        w = ridge(Z, Y, lam).w
        assert inside(w) == NAMES
        # By the slope: what the data pull is twice the weight times lam.
        assert pulls(w) == pytest.approx(2 * lam * w, abs=ROUNDING)


@settings(max_examples=40)
@given(hard_data(most_samples=20))
def test_the_first_one_in_is_the_most_correlated(features_targets):
    for features, y in (features_targets, (X, Y)):
        features = standardise(features)[0]
        correlations = [abs(np.corrcoef(x, y)[0, 1]) for x in features.T]
        first = int(np.argmax(correlations))
        if len(correlations) == 1 or np.sort(correlations)[-2] < 0.999 * correlations[first]:
            assert list(np.flatnonzero(lasso(features, y, 0.9999 * lam_max(features, y)).w)) == [first]
            lams, knots = lasso_knots(features, y)
            assert list(np.flatnonzero(knots[1])) == [first]
            mirrored = lasso_knots(features, -y)
            assert mirrored[0] == pytest.approx(lams) and mirrored[1] == pytest.approx(-knots)
    assert NAMES[first] == quoted("paths.first")


@given(st.floats(0, np.log10(50_000)))
def test_between_events_the_weights_move_on_straight_lines(log_lam):
    lam = 10**log_lam
    w = on_path(lam)
    assert is_lasso(w, lam) and w == pytest.approx(lasso(Z, Y, lam, tol=1e-11).w, abs=1e-3)
    assert between_knots(lam, LAMS, KNOTS) == pytest.approx(w, abs=1e-9)
    # The knots are the events of the page's table, and where the path ends.
    assert [event["lam"] for event in quoted("paths.events")] == pytest.approx(LAMS[:-1])
    for event, before, after in zip(quoted("paths.events"), [2 * LAMS[0], *LAMS], LAMS[1:]):
        was, now = (set(inside(on_path((event["lam"] + lam) / 2))) for lam in (before, after))
        assert was ^ now == {event["name"]} and (event["name"] in was) == (event["what"] == "goes out")


@settings(max_examples=40)
@given(hard_data(most_samples=20), st.floats(0.02, 1.2))
def test_all_who_are_in_are_pulled_equally(features_targets, share):
    features, y = features_targets
    lam = share * lam_max(features, y)
    w = lasso(features, y, lam, tol=1e-11).w
    pull, close = pulls(w, features, y), 1e-4 * (1 + lam)
    assert pull[w != 0] == pytest.approx(lam * np.sign(w[w != 0]), abs=close)
    assert np.all(np.abs(pull) <= lam + close)
    on_page = 10 ** (4 * share)
    assert is_lasso(lasso(Z, Y, on_page, tol=1e-14).w, on_page)
    # Other weights, with another bias, are told by how far their pulls are from that, and by what could still be gained.
    other, b = w + np.resize([0.5, 0.0, -1.0], len(w)), y.mean() - features.mean(axis=0) @ w + 0.1
    left = y - features @ other - b
    pull = 2 * features.T @ left
    off = np.where(other == 0, np.maximum(np.abs(pull) - lam, 0), np.abs(pull - lam * np.sign(other)))
    assert lasso_kkt_violation(other, b, features, y, lam) == pytest.approx(max(off.max(), abs(2 * left.sum())))
    best = objective(w, y.mean() - features.mean(axis=0) @ w, features, y, L1(lam))
    gain = objective(other, b, features, y, L1(lam)) - best
    assert gain == pytest.approx(left @ left + lam * np.abs(other).sum() - best)
    assert 0 < gain <= lasso_duality_gap(other, b, features, y, lam) + 1e-6 * (1 + best)


@settings(max_examples=30)
@given(hard_data(most_samples=20), st.floats(0.001, 100))
def test_ridge_weights_are_smooth_in_lambda(features_targets, share):
    for features, y in (features_targets, (Z, Y)):
        centred = features - features.mean(axis=0)
        # The principal directions: of the products of the features with each other.
        squares, directions = np.linalg.eigh(centred.T @ centred)
        lam = share * squares[-1]
        total = directions @ (directions.T @ (centred.T @ y) / (squares + lam))
        assert ridge(features, y, lam).w == pytest.approx(total, rel=1e-6, abs=1e-9)
        assert along_directions(lam, *ridge_directions(features, y)) == pytest.approx(total, rel=1e-6, abs=1e-9)
        # What is left of a direction's part: the less the data vary along it, the less.
        left = squares / (squares + lam)
        assert np.all(np.diff(left) >= 0)


def test_on_its_way_the_leaver_is_spoken_for():
    low, high = gap()
    others = [j for j in range(len(NAMES)) if j != HDL]
    lams, knots = lasso_knots(Z[:, others], Y)
    # Between these strengths pull and lam move on straight lines, so it is enough to look at their ends.
    for lam in [low * 1.000001, *(lam for lam in lams if low < lam < high), high * 0.999999]:
        w = on_path(lam, lams, knots)
        assert is_lasso(w, lam, Z[:, others])
        assert abs(pulls(np.insert(w, HDL, 0.0))[HDL]) < lam
    # The three that take over came in while it was in.
    order = [event["name"] for event in quoted("paths.events")]
    gone = [event["what"] for event in quoted("paths.events")].index("goes out")
    assert {"tc", "ldl", "tch"} <= set(order[order.index("hdl") + 1 : gone])


def test_ridge_passes_through_zero_without_stopping():
    (root,) = ridge_zeros(Z, Y, HDL)
    assert ridge(Z, Y, 0.99 * root).w[HDL] > 0 > ridge(Z, Y, 1.01 * root).w[HDL]
    assert ridge(Z, Y, root).w[HDL] == pytest.approx(0, abs=1e-9)
    assert along_directions(0.99 * root, *ridge_directions(Z, Y))[HDL] > 0
    # As under the lasso, from one side of its gap to the other.
    low, high = gap()
    assert lasso(Z, Y, 1.01 * high).w[HDL] < 0 < lasso(Z, Y, 0.99 * low).w[HDL]


def test_a_feature_out_may_come_in_as_lambda_grows():
    low, high = gap()
    weak, strong = (low + high) / 2, 2 * high
    assert "hdl" not in inside(lasso(Z, Y, weak).w) and "hdl" in inside(lasso(Z, Y, strong).w)


@proved(wrong=("lam + more", "lam - more"))
def test_uncorrelated_features_leave_once(x, z, lam, more):
    """Each weight has the rule of one variable, whatever the others do: x^2 is its sum of squares, x z its product with y."""
    assume(x != 0, lam >= 0, more >= 0)
    assert (minimiser_l1(x, z, 0.0, lam) == 0) == (lam >= abs(2 * x * z))
    if minimiser_l1(x, z, 0.0, lam) == 0:
        assert minimiser_l1(x, z, 0.0, lam + more) == 0
    assert minimiser_l1(1.0, z, 0.0, lam) == orthonormal_lasso(z, lam)


@given(st.integers(0, 1000), st.floats(0.01, 2))
def test_the_lasso_treats_uncorrelated_features_one_by_one(seed, share):
    draw = np.random.default_rng(seed)
    centred = draw.standard_normal((9, 4))
    features = np.linalg.qr(centred - centred.mean(axis=0))[0] * draw.uniform(0.5, 2, 4)
    y = draw.standard_normal(9) + 2
    lam = share * lam_max(features, y)
    lengths = np.linalg.norm(features, axis=0)
    alone = [minimiser_l1(size, x @ y / size, 0.0, lam) for size, x in zip(lengths, features.T, strict=True)]
    assert lasso(features, y, lam, tol=1e-13).w == pytest.approx(alone, abs=1e-5)


# Held-out data.


@functools.cache
def tried(seed):
    """One shuffle: its parts, the lasso's weights at all strengths that the figure tries, and their held-out errors."""
    parts = held_out.split(seed)
    lams, knots = lasso_knots(parts["Z"], parts["y"])
    weights = np.array([np.interp(-held_out.STRENGTHS, -lams, column) for column in knots.T]).T
    missed = parts["y_held_out"] - parts["y"].mean() - weights @ parts["Z_held_out"].T
    return parts, weights, np.mean(missed**2, axis=1)


def best(seed):
    """The strength and weights of the lowest held-out error."""
    _, weights, errors = tried(seed)
    k = int(np.argmin(errors))
    return held_out.STRENGTHS[k], weights[k], errors[k]


def others():
    """The seeds of the other shuffles."""
    return range(quoted("held_out.seed") + 1, quoted("held_out.seed") + 1 + quoted("held_out.n_shuffles"))


def test_other_shuffles_choose_other_strengths():
    assert quoted("held_out.n_shuffles") == held_out.given.HELD_OUT_SHUFFLES
    found = [best(seed)[0] for seed in others()]
    lowest = held_out.STRENGTHS.min()
    assert quoted("held_out.n_without") == found.count(lowest) > 0
    assert quoted("held_out.highest_elsewhere") == pytest.approx(max(found)) and max(found) > 100 * lowest
    assert len(set(found)) > 2
    # As good as none: the lowest strength changes no prediction by more than a part in a hundred of the targets' spread.
    for seed in others():
        parts, weights, _ = tried(seed)
        plain = least_squares(parts["Z"], parts["y"]).w
        assert np.abs(parts["Z"] @ (weights[0] - plain)).max() < 0.01 * parts["y"].std()


@settings(max_examples=15)
@given(hard_data(), st.integers(2, 10), st.floats(0.02, 1.1))
def test_a_sum_over_more_samples_wants_a_stronger_penalty(features_targets, k, share):
    part, y = features_targets
    part = standardise(part)[0]
    lam = share * lam_max(part, y) * (k - 1)
    rest, everything = ((np.tile(part, (n, 1)), np.tile(y, n)) for n in (k - 1, k))
    for fit in (lambda X, y, lam: lasso(X, y, lam, tol=1e-11), ridge):
        without, together = fit(*rest, lam), fit(*everything, lam * k / (k - 1))
        assert together.w == pytest.approx(without.w, abs=1e-4)
        assert together.b == pytest.approx(without.b)


def error(seed, w, columns=slice(None)):
    """The held-out error of weights, with the bias that standardised features have."""
    parts = held_out.split(seed)
    return mean_squared_error(parts["y_held_out"], linear_model(parts["Z_held_out"][:, columns], w, parts["y"].mean()))


def test_a_shorter_list_predicts_as_well():
    seed = quoted("held_out.seed")
    parts, _, _ = tried(seed)
    lam, w, least = best(seed)
    assert is_lasso(w, lam, parts["Z"], parts["y"]) and error(seed, w) == pytest.approx(least)
    assert quoted("held_out.n_kept") == np.count_nonzero(w) < len(NAMES) == quoted("paths.n_features")
    by_ridge = min(error(seed, ridge(parts["Z"], parts["y"], lam).w) for lam in held_out.STRENGTHS[::5])
    assert by_ridge < error(seed, w) < error(seed, least_squares(parts["Z"], parts["y"]).w)


def fitted_anew():
    """The lasso's choice in the page's shuffle: kept features, their weights, and those of least squares on them."""
    seed = quoted("held_out.seed")
    parts, _, _ = tried(seed)
    w = best(seed)[1]
    kept = np.flatnonzero(w)
    # Normal equations, for standardised features.
    features = parts["Z"][:, kept]
    anew = np.linalg.solve(features.T @ features, features.T @ parts["y"])
    assert least_squares(features, parts["y"]).w == pytest.approx(anew)
    return seed, kept, w[kept], anew


def test_the_kept_weights_are_shorter_than_fitted_anew():
    _, kept, w, anew = fitted_anew()
    assert quoted("held_out.share_left") == pytest.approx(L1(1.0).value(w) / np.abs(anew).sum())
    assert quoted("held_out.share_left") < 1
    for row, j, shrunk, refit in zip(quoted("held_out.kept"), kept, w, anew, strict=True):
        assert (row["name"], row["shrunk"], row["refit"]) == (
            NAMES[j],
            pytest.approx(shrunk, abs=1e-6),
            pytest.approx(refit, abs=1e-6),
        )


def test_fitting_anew_need_not_help():
    seed, kept, w, anew = fitted_anew()
    assert quoted("held_out.lasso_error") == pytest.approx(error(seed, w, kept))
    assert quoted("held_out.refit_error") == pytest.approx(error(seed, anew, kept))
    assert error(seed, anew, kept) > error(seed, w, kept)


def test_another_split_keeps_another_feature():
    lam, w, _ = best(quoted("held_out.seed"))
    assert quoted("held_out.lasso_lam") == pytest.approx(lam)
    here, of_all = inside(w), inside(lasso(Z, Y, lam).w)
    assert [name for name in of_all if name not in here] == [quoted("held_out.only_of_all")]
    assert [name for name in here if name not in of_all] == [quoted("held_out.only_here")]
    pair = [X[:, NAMES.index(quoted(f"held_out.{name}"))] for name in ("only_here", "only_of_all")]
    assert quoted("held_out.tc_with_ldl") == pytest.approx(np.corrcoef(*pair)[0, 1])
    assert quoted("held_out.tc_with_ldl") > 0.8


def test_shuffles_disagree_on_the_list():
    lam, _, _ = best(quoted("held_out.seed"))
    k = int(np.argmin(np.abs(held_out.STRENGTHS - lam)))
    lists = [set(inside(tried(seed)[1][k])) for seed in others()]
    assert quoted("held_out.n_shuffles") == len(lists) == held_out.given.HELD_OUT_SHUFFLES
    assert quoted("held_out.n_ldl_alone") == sum("ldl" in names and "tc" not in names for names in lists) > 0
    assert quoted("held_out.n_tc_alone") == sum("tc" in names and "ldl" not in names for names in lists) > 0


@settings(max_examples=30)
@given(hard_data(most_samples=20), st.integers(0, 5))
def test_larger_numbers_come_in_earlier(features_targets, j):
    features, y = features_targets
    for features, y in (features_targets, (Z, Y)):
        j = j % features.shape[1]
        own = np.abs(2 * (features - features.mean(axis=0)).T @ (y - y.mean()))
        if own[j] > 1e-6 * own.max():
            larger = features.copy()
            larger[:, j] *= 3 * own.max() / own[j]
            limit = lam_max(larger, y)
            # Its own limit grows with its numbers, past that of all others.
            assert limit == pytest.approx(3 * own.max()) and limit > 2 * np.delete(own, j).max(initial=0)
            assert list(np.flatnonzero(lasso(larger, y, 0.9999 * limit).w)) == [j]

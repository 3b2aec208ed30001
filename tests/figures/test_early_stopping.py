"""Stopping early beside ridge: curves by their formulas, marks at the data's own directions, weights by descent itself."""

import numpy as np
import pytest

from figures import given
from figures._diabetes import diabetes
from shrinkage import gradient_descent, ridge, standardise

CASES = [{}, {"steps": 1.0}, {"steps": 999.7, "lam": 25.0}, {"steps": 10000.0, "lam": 0.1}]


def centred():
    table = diabetes()
    return standardise(table["X"])[0], table["y"] - table["y"].mean()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_curves_and_marks_keep_their_formulas(drawn, tidy, case):
    drawing = drawn("early_stopping", **case)
    tidy(drawing.canvas)
    data = drawing.data
    eta, t, lam = data["eta"], data["n_steps"], data["lam"]
    assert (t, lam) == (round(case.get("steps", given.EARLY_STEPS)), case.get("lam", given.EARLY_LAM))
    assert drawing.facts["matching"] == pytest.approx(1 / (2 * eta * t))
    squares, steepest = np.linalg.eigvalsh(centred()[0].T @ centred()[0]), {}
    for kind, share in (("ridge", lambda s: s / (s + lam)), ("descent", lambda s: 1 - (1 - 2 * eta * s) ** t)):
        for part in ("curve", "shares"):
            s, kept = drawing.artist(f"{kind}_{part}", "shares").get_xydata().T
            assert kept == pytest.approx(share(s), abs=1e-9)
            steepest[kind] = steepest.get(kind, max(np.diff(kept)))
        assert sorted(s) == pytest.approx(squares, rel=1e-9)
    assert drawing.facts["most_apart"] == pytest.approx(
        max(abs(1 - (1 - 2 * eta * s) ** t - s / (s + lam)) for s in squares)
    )
    # "That of descent more steeply."
    assert steepest["descent"] > steepest["ridge"] and "descent more steeply" in drawing.description


@pytest.mark.parametrize("case", CASES[:3], ids=str)
def test_weights_are_those_of_descent_and_of_ridge(drawn, case):
    drawing = drawn("early_stopping", **case)
    (Z, y), data = centred(), drawing.data
    walk = gradient_descent(lambda w: 2 * Z.T @ (Z @ w - y), np.zeros(10), data["eta"], data["n_steps"])
    assert drawing.artist("descent_weights", "weights").get_ydata() == pytest.approx(walk[-1], abs=1e-8)
    assert drawing.artist("ridge_weights", "weights").get_ydata() == pytest.approx(ridge(Z, y, data["lam"]).w, abs=1e-8)
    assert drawing.artist("full", "weights").get_ydata() == pytest.approx(np.linalg.lstsq(Z, y)[0], abs=1e-8)
    assert drawing.facts["zeros"] == 0


def test_looks_differ_by_more_than_colour(drawn):
    drawing = drawn("early_stopping")
    marks = [drawing.artist(f"{kind}_shares").get_marker() for kind in ("ridge", "descent")]
    lines = [drawing.artist(f"{kind}_curve").get_linestyle() for kind in ("ridge", "descent")]
    assert len(set(marks)) == len(set(lines)) == 2

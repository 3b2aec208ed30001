"""The reader's own fit: what is pasted is read as implied_penalty reads it, drawn as points on the slopes, and refused in words."""

import re

import numpy as np
import pytest
from scipy.optimize import lsq_linear

from figures import read_off
from shrinkage import implied_penalty, least_squares
from tests.fits import data, exact


def pasted(X, y, w, b=None, times=1.0) -> dict:
    """A fit as one would paste it, with all digits."""
    rows = "\n".join(", ".join(map(repr, [*row, target])) for row, target in zip(X.tolist(), y.tolist()))
    return {
        "rows": rows,
        "weights": " ".join(map(repr, [*w.tolist(), *([] if b is None else [float(b)])])),
        "times": times,
    }


def in_a_box():
    X, y = data(1, noise=0.3)
    c = np.sort(np.abs(least_squares(X, y).w))[-4]
    bounds = np.append(np.full(8, c), 1e3)
    w = lsq_linear(np.column_stack([X, np.ones(len(y))]), y, (-bounds, bounds), method="bvls", tol=1e-14).x
    return X, y, w[:-1], w[-1]


def without_penalty():
    X, y = data(2)
    fit = least_squares(X, y)
    return X, y, fit.w, fit.b


def with_a_zero_too_many():
    """L1 on seven of eight features; the eighth is held at 0 whatever pulls there."""
    X, y, w, b = exact(4, 5.0, 0.0, n_zeros=0, n_features=7)
    r = y - X @ w - b
    return np.column_stack([X, 20 * r / (r @ r) + 0.0]), y, np.append(w, 0.0), b


def of_one_size():
    rng = np.random.default_rng(5)
    X, w = rng.normal(size=(30, 5)), 0.7 * rng.choice([-1.0, 1.0], 5)
    return X, X @ w + np.linalg.lstsq(X.T, 2 * np.sign(w), rcond=None)[0], w


def of_nobody():
    X, y = data(3)
    return X, y, np.random.default_rng(0).normal(size=8), 0.5


FITS = {
    "l1": exact(0, 3.0, 0.0),
    "squared_l2": exact(1, 0.0, 2.0, 0),
    "elastic_net": exact(2, 3.0, 2.0),
    "bias_penalised_too": exact(3, 0.0, 2.0, 0, bias_lam=2.0),
    "bias_penalised_otherwise": exact(3, 3.0, 0.0, bias_lam=7.0),
    "no_bias": (lambda X, y, w, b: (X, y - b, w))(*exact(5, 3.0, 0.0)),
    "standardised": exact(6, 3.0, 1.0, scale=True),
    "standardised_l1": exact(7, 3.0, 0.0, scale=True),
    "none": without_penalty(),
    "box": in_a_box(),
    "zero_too_many": with_a_zero_too_many(),
    "one_size": of_one_size(),
    "one_weight": exact(0, 3.0, 1.0, n_features=1, n_zeros=0),
    "two_weights": exact(0, 3.0, 1.0, n_features=2, n_zeros=0),
    "one_weight_of_four": exact(1, 3.0, 0.0, n_features=4, n_zeros=3),
    "all_zero": (lambda X, y: (X, y, np.zeros(8), y.mean()))(*data(0)),
    "unexplained": of_nobody(),
}


@pytest.mark.parametrize("name", FITS)
def test_it_reads_what_implied_penalty_reads(name):
    expected = implied_penalty(*FITS[name])
    made = read_off.data(**pasted(*FITS[name]))
    found, facts = made["found"], read_off.facts(made)
    assert found["unjustified_zeros"] == list(expected.unjustified_zeros)
    for field in ("kind", "units", "bias", "n_zeros"):
        assert found[field] == getattr(expected, field), field
    for field in ("lam_l1", "lam_l2", "box", "misfit", "bias_lam", "residual_sum", "violation"):
        wanted = getattr(expected, field)
        assert (found[field] is None) == (wanted is None), field
        assert wanted is None or found[field] == pytest.approx(wanted, rel=1e-9, abs=1e-9), field
    if expected.units == "raw":
        assert found["pulls"] == pytest.approx(expected.pulls, rel=1e-9, abs=1e-9)
    assert in_print(facts["verdict"]) == in_print(str(expected))


def in_print(sentence):
    """With the minus of print; a misfit of mere rounding has no digits to agree in."""
    return re.sub(r"\d\.\de−1\d", "rounding", sentence.replace("e-", "e−").replace(" -", " −"))


@pytest.mark.parametrize("name", FITS)
def test_points_lie_on_the_slopes_that_are_drawn(drawn, tidy, name):
    drawing = drawn("read_off", **pasted(*FITS[name]))
    tidy(drawing.canvas)
    w, D = np.array(drawing.data["found"]["w"]), np.array(drawing.data["found"]["pulls"])
    points, zeros = (drawing.artist(key).get_xydata() for key in ("points", "zeros"))
    assert len(points) == np.sum(w != 0) and len(zeros) == np.sum(w == 0) and not zeros[:, 0].any()
    width, height = np.max(np.abs(w)) or 1, (drawing.data["found"]["start"] if name == "none" else np.max(np.abs(D)))
    assert points == pytest.approx(np.column_stack([w / width, D / height])[w != 0])
    x, y = drawing.artist("slopes").get_xydata().T
    known = drawing.facts["lam_l1"] is not None
    assert len(x) == (4 if known or name == "box" else 0)
    if known:
        # From either end of the step to the end of the sheet.
        right, left = (np.interp(points[:, 0], x[part], y[part]) for part in (slice(2, 4), slice(0, 2)))
        assert np.where(points[:, 0] > 0, right, left) == pytest.approx(points[:, 1], abs=1e-6)
        held = [abs(at) <= y[2] + 1e-9 for at in zeros[:, 1]]
        assert all(held) == (name != "zero_too_many")
    if name == "box":
        assert x[2] == pytest.approx(1) and np.abs(points[np.abs(points[:, 0]) < 0.99, 1]) == pytest.approx(0, abs=1e-6)


def test_a_spoiled_weight_leaves_the_line():
    X, y, w, b = FITS["squared_l2"]
    assert read_off.facts(read_off.data(**pasted(X, y, w, b)))["kind"] == "squared_l2"
    made = read_off.data(**pasted(X, y, w, b, times=1.3))
    assert made["found"]["w"] == pytest.approx([1.3 * w[0], *w[1:]]) and made["found"]["kind"] == "unexplained"


@pytest.mark.parametrize(
    "rows",
    [
        "1\t2\t3\r\n4\t5\t6",
        "1;2;3\n4;5;6\n\n",
        "1 2 3\n4  5 6",
        "a, b, target\n1, 2, 3\n+4, 5., 6e0",
        "1,2,3\n4,.5e1,6",
        "[[1. 2. 3.]\n [4. 5. 6.]]",
    ],
)
def test_what_is_pasted_from_anywhere_is_the_same(rows):
    assert read_off.table_of(rows, "rows") == [[1, 2, 3], [4, 5, 6]]


def test_a_column_of_weights_is_a_row():
    assert read_off.data("1,2,3\n4,5,6\n7,8,1", "1\n−2\n3")["found"]["w"] == [1, -2]


@pytest.mark.parametrize(
    ("rows", "weights", "message"),
    [
        ("", "1", "rows must hold numbers, got none"),
        ("1,2\n3,4", " \n", "weights must hold numbers, got none"),
        ("1,2\n3,4 5", "1", "rows must be of one length, got 2 numbers and then 3 in 3 4 5"),
        ("1,2\n3,four", "1", "rows must hold numbers with a decimal point, parted by commas or blanks, got four"),
        ("1,2\n3,4", "0x1", "weights must hold numbers with a decimal point"),
        ("1\n2", "1", "rows must hold features and, last, the target, got one column"),
        ("1,2,3\n3,4,5", "1", "weights must be 2, or 3 numbers with the bias last, as rows has 2 features, got 1"),
        (
            "1,2,3\n3,4,5",
            "1 2 3 4",
            "weights must be 2, or 3 numbers with the bias last, as rows has 2 features, got 4",
        ),
        ("1e200,2\n3,4", "1e200", "rows and weights must be small enough for finite pulls, got overflow"),
        ("1e999,2\n3,4", "1", "rows and weights must be small enough for finite pulls, got overflow"),
    ],
)
def test_what_cannot_be_read_is_told(rows, weights, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        read_off.data(rows, weights)


@pytest.mark.parametrize(
    "cell", ["", ".", "+", "e5", "1e", "1e5e5", "1.2.3", "--1", "1_0", "0x10", "inf", "nan", "1e+", "١"]
)
def test_what_is_no_number(cell):
    assert not read_off.is_number(cell)


@pytest.mark.parametrize("cell", ["0", "-3", "+.5", "5.", "1E-7", "007", "-1.25e+10"])
def test_what_is_a_number_is_one_to_python(cell):
    assert read_off.is_number(cell) and float(cell) == float(cell)

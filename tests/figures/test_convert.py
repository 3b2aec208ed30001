"""The converter: what it says is what `translate` gives, for every pair of conventions."""

import math

import pytest

from figures import convert
from figures._texts import number
from shrinkage import CONVENTIONS, translate

CONTEXT = {"n": 40, "sd_y": 2.5, "sd_x": 1.5, "momentum": 0.9}
OURS = {"squared_error": "shrinkage", "logistic": "shrinkage.logistic", "poisson": "shrinkage.poisson"}


def translated(source, target, strengths):
    context = {"n_samples": CONTEXT["n"], **{name: CONTEXT[name] for name in ("sd_y", "sd_x", "momentum")}}
    return translate(source, target, strengths, context)


def given(source, strength, share):
    """The parameters that the two controls stand for."""
    names = CONVENTIONS[source].names
    if CONVENTIONS[source].shared:
        return dict(zip(names, (strength, share)))
    return dict(zip(names, (strength * share, strength * (1 - share)) if len(names) == 2 else (strength,)))


@pytest.mark.parametrize("source", CONVENTIONS)
def test_says_what_translate_gives(source):
    one, converted = CONVENTIONS[source], 0
    for share in (0.0, 0.3, 1.0):
        strengths = given(source, 0.7, share)
        lams = translated(source, OURS[one.loss], strengths)
        for target, other in CONVENTIONS.items():
            data = convert.data(source=source, target=target, strength=0.7, share=share, **CONTEXT)
            facts = convert.facts(data)
            assert (facts["lam_l1"], facts["lam_l2"]) == pytest.approx(tuple(lams.values()), rel=1e-12)
            expected = None
            if one.loss == other.loss and all(
                lam == 0 or factor for lam, factor in zip(lams.values(), (other.l1, other.l2))
            ):
                expected = translated(source, target, strengths)
            if expected is None:
                assert data["found"] == [] and "no strength makes the same fit" in facts["verdict"]
                continue
            assert data["found"] == pytest.approx(list(expected.values()), rel=1e-12)
            said = ", ".join(f"{name.rstrip('_')} = {number(value, 6)}" for name, value in expected.items())
            assert f"The same fit: {other.call}, {said}." in facts["verdict"] and data["said_target"]["text"] == said
            assert ("without a bias only" in facts["verdict"]) == (one.bias_penalised != other.bias_penalised)
            converted += 1
    assert converted > 2


def test_each_line_goes_from_one_strength_by_ours_to_the_other(drawn, tidy):
    drawing = drawn("convert", source="sklearn.ElasticNet", target="xgboost.gblinear", strength=0.2, share=0.3, n=50)
    tidy(drawing.canvas)
    for key, expected in (("path_l1", [0.2, 0.2 * 0.3 * 100, 0.06]), ("path_l2", [0.2, 0.2 * 0.7 * 50, 0.14])):
        x, y = drawing.artist(key, "levels").get_xydata().T
        assert list(x) == pytest.approx(expected) and list(y) == [2, 1, 0]
    assert drawing.facts["verdict"] in drawing.description
    assert [tick.get_text() for tick in drawing.canvas.axes[0].get_yticklabels()] == ["from", "ours", "to"]


def test_a_penalty_that_is_not_there_has_no_line(drawn):
    drawing = drawn("convert", source="sklearn.Ridge", target="sklearn.Lasso")
    assert drawing.data["path_l1"] == {"x": [], "y": []}
    # The other ends where the second call has no such penalty.
    assert drawing.data["path_l2"]["y"] == [2, 1]
    assert drawing.data["said_target"]["text"] == "no such penalty there"


def test_what_lies_off_the_axis_is_drawn_at_its_end():
    data = convert.data(source="sklearn.Lasso", target="shrinkage", strength=1e3, n=100_000)
    assert data["lams"][0] == 2e8 and max(data["path_l1"]["x"]) == convert.MOST
    assert all(math.isfinite(value) for value in data["path_l1"]["x"])

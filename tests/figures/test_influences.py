"""The three influences: drawn shifts are what one update adds, and sign, magnitude and doubling follow from them."""

import pytest

from shrinkage import update_half_squared_l2, update_l1, update_squared_l2

CORNERS = [{}, {"w": 0.1, "lam": 5}, {"w": 0.6, "lam": 0.1}, {"w": 0.5}, {"w": 0.4, "lam": 2}]
UPDATES = {"l1": update_l1, "l2": update_squared_l2, "half_l2": update_half_squared_l2}
PANELS = {"sign": (("l1", "l2"), (0, 1)), "magnitude": (("l1", "l2"), (1, 2)), "doubling": (("l2", "half_l2"), (1,))}


@pytest.mark.parametrize("parameters", CORNERS)
def test_points_are_what_an_update_adds(drawn, tidy, parameters):
    figure = drawn("influences", **parameters)
    tidy(figure.canvas)
    w, lam = figure.data["w"], figure.data["lam"]
    for panel, (names, picked) in PANELS.items():
        for name in names:
            for index in picked:
                at = (-w, w, 2 * w)[index]
                point = figure.artist(f"{panel}_{name}_point_{index}", panel).get_xydata()[0]
                assert point == pytest.approx((at, UPDATES[name](at, 0.0, lam) - at), abs=1e-12)
                stem = figure.artist(f"{panel}_{name}_stem_{index}", panel).get_xydata()
                assert stem[0].tolist() == [at, 0] and stem[1].tolist() == point.tolist()
                assert figure.artist(f"{panel}_at_{index}", panel).get_text() == ("−w", "w", "2w")[index]


@pytest.mark.parametrize("parameters", CORNERS)
def test_lines_are_the_shifts(drawn, parameters):
    figure = drawn("influences", **parameters)
    lam = figure.data["lam"]
    for panel in ("sign", "magnitude"):
        assert set(figure.artist(f"{panel}_l1_negative", panel).get_ydata()) == {lam}
        assert set(figure.artist(f"{panel}_l1_positive", panel).get_ydata()) == {-lam}
        assert max(figure.artist(f"{panel}_l1_negative", panel).get_xdata()) == 0
    for key, factor in (("sign_l2", -2), ("magnitude_l2", -2), ("doubling_l2", -2), ("doubling_half_l2", -1)):
        line = figure.artist(key).get_xydata()
        assert line[:, 1] == pytest.approx(factor * lam * line[:, 0], rel=1e-12)


def test_facts_tell_the_influences_apart(drawn):
    for parameters in CORNERS:
        facts = drawn("influences", **parameters).facts
        for name in UPDATES:
            assert facts[f"{name}_shift_at_minus_w"] == -facts[f"{name}_shift"]
        assert facts["l1_ratio_of_double_weight"] == 1 and facts["ratio_of_conventions"] == 2
        assert facts["l2_ratio_of_double_weight"] == facts["half_l2_ratio_of_double_weight"] == 2


def test_words_and_colours(drawn):
    figure = drawn("influences")
    for name in PANELS:
        assert figure.axes(name).get_ylabel() == "shift"
        assert figure.axes(name).get_title(loc="left").startswith(f"{name.capitalize()}: ")
        assert figure.artist(f"{name}_l2").get_color() == "l2" and figure.artist(f"{name}_l2").get_linestyle() == "--"
    assert figure.axes("doubling").get_xlabel() == "weight w"
    assert figure.artist("sign_l1_positive").get_color() == figure.artist("l1_label").get_color() == "l1"
    assert figure.artist("sign_l1_point_1").get_marker() == "o" and figure.artist("sign_l2_point_1").get_marker() == "s"
    for text in (
        "λ = 1",
        "w = −0.3 and 0.3",
        "by 1 and −1",
        "by 0.6 and −0.6",
        "still shifts by −1",
        "−1.2",
        "by −0.3",
    ):
        assert text in figure.description

"""The command line of one figure: what it reads, and what it says in one line."""

import io
import types

import pytest
from matplotlib import colors
from matplotlib.figure import Figure

from figpress.drawing.script import _joined, in_proportion, main
from figpress.figure.computing import figure_module
from figures import house_style, walk


@pytest.mark.parametrize("number", ["-1e-3", "-5", "-.5", "-0.25E2", "-inf"])
def test_negative_numbers_are_values_of_the_option_before_them(number):
    assert _joined(["--w0", number, "-o", "a.svg"]) == [f"--w0={number}", "-o", "a.svg"]


def test_what_is_no_negative_number_stays_as_it_was_typed():
    for arguments in (["--w0", "5"], ["--w0=-5", "-5"], ["-o", "-5"], ["--transparent", "-o", "x.svg"], []):
        assert _joined(arguments) == arguments


@pytest.mark.parametrize("size", [(13.3, 7.5), (3.35, 2.1), (3.35, 9.0)])
def test_lettering_keeps_its_proportion_on_a_sheet_of_another_size(size):
    figure = figure_module(walk)
    scale = in_proportion(figure, None, size)
    # Drawn on a sheet that has all the room that it needs, no more of it in one direction, and then enlarged or reduced.
    room = [side / scale / own for side, own in zip(size, figure.size)]
    assert min(room) == pytest.approx(1) and in_proportion(figure, None, None) == 1


def test_what_a_notebook_gives_a_figure_is_checked_as_on_the_command_line():
    assert walk.data(w0="5", n=3) == walk.data(5.0, n=3) != walk.data()
    for given, said in (
        ({"w0": 100}, r"w0 must be in \[-6, 6\], got 100"),
        ({"n": 2.5}, "n must be a whole number"),
        ({"eta": "fast"}, "eta must be a number"),
    ):
        with pytest.raises(ValueError, match=said):
            walk.data(**given)
    with pytest.raises(TypeError, match="'width'"):
        walk.data(width=3)


def test_a_moving_picture_has_to_be_told_what_moves(capsys):
    module = types.ModuleType("toy", "A toy without parameters.")
    module.data, module.facts, module.draw, module.describe = lambda: {}, len, print, print
    for figure, said in (
        (figure_module(walk), "gif files move: say which parameter does, as in --sweep "),
        (figure_module(module), "gif files move: no parameter of this figure does"),
    ):
        with pytest.raises(SystemExit) as ended:
            main(figure, ["--output", "toy.gif"])
        assert ended.value.code == 2 and said in capsys.readouterr().err


def test_a_figure_is_drawn_on_a_part_of_another_and_can_be_shown_after_the_block():
    names = colors.get_named_colors_mapping()
    before = dict(names)
    try:
        with house_style():
            whole = Figure(figsize=(10, 4))
            left, right = whole.subfigures(1, 2)
            walk.draw(left, walk.data())
            walk.draw(right, walk.data(w0=-2))
            assert [len(part.axes) for part in (left, right)] == [1, 1]
        whole.savefig(io.BytesIO(), format="svg")
    finally:
        for name in set(names) - set(before):
            del names[name]

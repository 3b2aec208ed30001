"""Every figure on a slide: lettering keeps its proportion, and nothing is printed on anything else."""

import importlib

import pytest

from figpress.drawing.render import drawn, recorded
from figpress.drawing.script import in_proportion
from figpress.drawing.style import applied
from figpress.figure.computing import compute, figure_module
from tests.figures.test_ends import FIGURES

SLIDE = (13.3, 7.5)


@pytest.mark.nightly
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_on_a_slide_can_be_looked_at(style, tidy, name):
    """In a column of a paper, of the figure's own proportions, it is as on its page, and smaller."""
    figure = figure_module(importlib.import_module(f"figures.{name}"))
    scale = in_proportion(figure, style, SLIDE)
    with applied(style):
        canvas = drawn(figure, compute(figure).data, style, tuple(side / scale for side in SLIDE))
        recorded(canvas)
    tidy(canvas, width=canvas.bbox.width)

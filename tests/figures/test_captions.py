"""Before the first move nothing tells the answer: captions of live figures that ask say what is drawn, not what comes of it."""

import importlib
import re
from pathlib import Path

import pytest

from figpress.figure.computing import compute, figure_module
from figpress.figure.facts import look_up
from tests.browser.conftest import live_names
from tests.figures.test_ends import ends_of

ROOT = Path(__file__).parents[2]
CAPTIONS = {
    name: text
    for page in sorted(ROOT.joinpath("docs").glob("*.md"))
    for name, text in re.findall(r"^/// figure \| (\w+)\n(.*?)^///$", page.read_text(encoding="utf-8"), re.M | re.S)
}
ASKING = [name for name in live_names() if importlib.import_module(f"figures.{name}").LIVE.ask]


@pytest.mark.parametrize("name", ASKING)
def test_the_caption_of_a_figure_that_asks_quotes_nothing_that_comes_of_a_move(name):
    """It quotes what the reader sets, and what stays as it is whatever the reader sets."""
    module = importlib.import_module(f"figures.{name}")
    figure = figure_module(module)
    quoted = re.findall(rf"\[\[{name}\.([\w.]+)", CAPTIONS[name])
    set_by_readers = {parameter.name for parameter in figure.parameters}
    told = {path for path in quoted if path not in set_by_readers}
    corners = [{key: corner[key] for key in module.LIVE.controls} for corner in ends_of(name)]
    states = [compute(figure), *(compute(figure, corner) for corner in corners)]
    for path in told:
        assert len({repr(look_up(state.facts, path)) for state in states}) == 1, path
    # Nor does the answer itself stand there, or what a browser shows to whoever points at the drawing.
    assert module.LIVE.verdict and "verdict" not in told

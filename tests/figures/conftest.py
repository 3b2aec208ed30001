"""Draw figures as the press does, so that tests can look at what is drawn."""

import importlib
from types import SimpleNamespace

import pytest

from figpress.drawing import compute, figure_module, save
from figpress.drawing import drawn as draw_module
from figpress.project import find_project
from figpress.style import applied, load_style


@pytest.fixture(scope="session")
def style(request):
    """The project's style file."""
    return load_style(find_project(request.config.rootpath).style)


@pytest.fixture
def palette(style):
    """Colours of the light scheme by role name, in lower case."""
    return style.palette("light")


@pytest.fixture
def drawn(style):
    """A function ``drawn(name, **parameters)`` that gives canvas, data, facts and description of a figure.

    The canvas is laid out and rendered once, so that limits are final and missing glyphs or bad layouts have warned.
    ``line``, ``text``, ``axes`` find what is on it.
    """

    def draw(name, **parameters):
        figure = figure_module(importlib.import_module(f"figures.{name}"))
        computed = compute(figure, parameters)
        with applied(style, "light"):
            canvas = draw_module(figure, computed.data, style)
            save(canvas, "svg", text_as_paths=False)
        return Drawn(canvas=canvas, data=computed.data, facts=computed.facts, description=computed.description,
                     title=figure.title)

    return draw


class Drawn(SimpleNamespace):
    """What was drawn, with ways to find it. It unpacks as ``figure, data, facts``."""

    def __iter__(self):
        return iter((self.canvas, self.data, self.facts))

    def axes(self, label):
        """The axes of that label; there is exactly one."""
        (found,) = [axes for axes in self.canvas.axes if axes.get_label() == label]
        return found

    def artist(self, gid, label=None):
        """The artist of that gid, on the axes of that label where given; there is exactly one."""
        (found,) = [artist for artist in self._artists(label) if artist.get_gid() == gid]
        return found

    def has(self, gid, label=None):
        """Whether an artist of that gid is drawn."""
        return any(artist.get_gid() == gid for artist in self._artists(label))

    def texts(self, label=None):
        """All visible, non-empty texts written on the axes (labels of ticks and axes apart)."""
        return [artist.get_text() for artist in self._artists(label)
                if type(artist).__name__ in ("Text", "Annotation") and artist.get_visible() and artist.get_text()]

    def _artists(self, label):
        axes = self.canvas.axes if label is None else [self.axes(label)]
        return [artist for one in axes for artist in (*one.lines, *one.collections, *one.patches, *one.texts)]

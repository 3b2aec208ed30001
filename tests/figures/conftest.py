"""Draw figures as the press does, so that tests can look at what is drawn."""

import functools
import importlib
import re

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.path import Path
from matplotlib.text import Annotation, Text

from figpress.drawing.render import lay_out, not_laid_out, recorded
from figpress.drawing.style import applied, load_style
from figpress.figure.computing import compute, figure_module
from figpress.project import find_project

PHONE = 390
"""Pixels of a phone's width."""
SMALLEST = 11
"""Pixels of the smallest text that is read there without effort."""
RAISED = 0.7
"""How large an exponent is, beside its base."""


@pytest.fixture(scope="session")
def style(request):
    """The project's style file."""
    return load_style(find_project(request.config.rootpath).style)


@pytest.fixture
def palette(style):
    """Colours of the light scheme by role name, in lower case."""
    return style.palette("light")


@pytest.fixture(scope="session")
def drawn(style):
    """A function ``drawn(name, **parameters)`` that gives data, facts, description and drawing of a figure.

    ``artist``, ``texts``, ``axes``, ``canvas`` find what is drawn. A test pays for what it looks at: numbers are computed at
    once, artists are drawn when one is asked for, and they are laid out and rendered when their places are. Tests that ask
    for the same get the same, so none may change it.
    """

    @functools.lru_cache(48)
    def draw(name, **parameters):
        return Drawn(figure_module(importlib.import_module(f"figures.{name}")), parameters, style)

    return draw


class Drawn:
    """A figure and ways to find what is on it. It unpacks as ``figure, data, facts``."""

    def __init__(self, figure, parameters, style):
        self._figure, self._style = figure, style
        computed = compute(figure, parameters)
        self.data, self.facts, self.description = computed.data, computed.facts, computed.description
        self.title = figure.title

    def __iter__(self):
        return iter((self.canvas, self.data, self.facts))

    @functools.cached_property
    def _artists_alone(self):
        with applied(self._style, "light"):
            return not_laid_out(self._figure, self.data, self._style)

    @functools.cached_property
    def canvas(self):
        """All of it, rendered once, so that limits are final and missing glyphs or bad layouts have warned."""
        canvas = self._artists_alone
        with applied(self._style, "light"):
            lay_out(canvas)
            recorded(canvas)
        return canvas

    def axes(self, label):
        """The axes of that label; there is exactly one."""
        return _labelled(self.canvas, label)

    def artist(self, gid, label=None):
        """The artist of that gid, on the axes of that label where given; there is exactly one."""
        (found,) = [artist for artist in self._artists(label) if artist.get_gid() == gid]
        return found

    def has(self, gid, label=None):
        """Whether an artist of that gid is drawn."""
        return any(artist.get_gid() == gid for artist in self._artists(label))

    def texts(self, label=None):
        """All visible, non-empty texts written on the axes (labels of ticks and axes apart)."""
        return [
            artist.get_text()
            for artist in self._artists(label)
            if type(artist).__name__ in ("Text", "Annotation") and artist.get_visible() and artist.get_text()
        ]

    def _artists(self, label):
        canvas = self._artists_alone
        axes = canvas.axes if label is None else [_labelled(canvas, label)]
        return [artist for one in axes for artist in (*one.lines, *one.collections, *one.patches, *one.texts)]


def _labelled(canvas, label):
    (found,) = [axes for axes in canvas.axes if axes.get_label() == label]
    return found


@pytest.fixture
def tidy():
    """``tidy(figure)``: fail where a text is small, clipped, on another text, or crossed by a curve; on a screen of ``width`` pixels.

    A text with a box behind it (``bbox``) may lie on a curve: the box interrupts it.
    """

    def check(figure, width=PHONE):
        # Laid out as it was saved: an SVG has 72 pixels an inch, and letters that are not moved to whole pixels.
        figure.set_dpi(72)
        renderer = FigureCanvasAgg(figure).get_renderer()
        with matplotlib.rc_context({"text.hinting": "none"}):
            shown = [(text, _box(text, renderer)) for text in _shown_texts(figure)]
        room = figure.bbox
        for text, box in shown:
            # Of a phone a drawing takes the whole width.
            # In mathematics what is raised or lowered is smaller.
            size = text.get_fontsize() * (RAISED if re.search(r"\$.*[\^_]", text.get_text()) else 1)
            on_phone = size * width / max(figure.bbox.width, width)
            assert on_phone >= SMALLEST, f"small text: {text.get_text()!r}"
            inside = room.x0 - 1 <= box.x0 and box.x1 <= room.x1 + 1 and room.y0 - 1 <= box.y0 and box.y1 <= room.y1 + 1
            assert inside, f"clipped: {text.get_text()!r}"
        for index, (text, box) in enumerate(shown):
            core = box.padded(-1.0)
            for other, other_box in shown[index + 1 :]:
                assert not core.overlaps(other_box.padded(-1.0)), f"{text.get_text()!r} lies on {other.get_text()!r}"
            for axes in figure.axes:
                for line in axes.lines:
                    quiet = (
                        line.get_color() in ("grid", "muted")
                        or line.get_linestyle() == "None"
                        or not line.get_visible()
                    )
                    if quiet or text.get_bbox_patch() is not None:
                        continue
                    path = line.get_transform().transform_path(line.get_path())
                    clip = axes.bbox if line.get_clip_on() else room
                    if clip.overlaps(core):
                        inner = type(core).intersection(clip, core)
                        crossed = inner is not None and any(
                            stroke.intersects_bbox(inner, filled=False) for stroke in _strokes(path)
                        )
                        assert not crossed, f"{text.get_text()!r} is crossed by {line.get_gid() or line!r}"

    return check


def _strokes(path):
    # NaN lifts the pen; Matplotlib's test of crossing would draw on.
    lifted = np.isnan(path.vertices).any(axis=1)
    return [Path(run[~np.isnan(run).any(axis=1)]) for run in np.split(path.vertices, np.flatnonzero(lifted))]


def _shown_texts(figure):
    # Ticks outside the limits are kept by their axis but never drawn.
    unseen = set()
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        axis.get_ticklabels()  # brings the ticks up to date
        low, high = sorted(axis.get_view_interval())
        slack = 1e-9 * (high - low)
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            if not (axis.axes.axison and low - slack <= tick.get_loc() <= high + slack):
                unseen |= {tick.label1, tick.label2}
    return [
        text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip() and text not in unseen
    ]


def _box(text, renderer):
    if isinstance(text, Annotation):
        text.update_positions(renderer)
    # The extent of the words, without the arrow that an annotation may have.
    return Text.get_window_extent(text, renderer)

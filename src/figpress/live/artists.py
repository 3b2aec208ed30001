"""What a figure's script uses to be live: a constant ``LIVE = Live(...)``, functions that are ``@precomputed``, and artists drawn
with ``plot``, ``fill`` and ``label``.

These take their coordinates from ``data[key]``, and so does the page, which moves them as the compiled Python says. Without
JavaScript the figure is still.
"""

import functools
import inspect
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from figpress.figure.computing import plain


@dataclass(frozen=True)
class Live:
    """What makes a figure live.

    Attributes:
        controls: the parameters that get a control, in this order.
        play: a whole-number parameter that the buttons play, step and back move.
        pace: milliseconds between two steps of play.
        begin: values with which the page begins in place of the defaults, where the still drawing tells what the reader
            is asked.
        pick: by name of a line or a text (its gid) the parameter that a click on it sets, and the value.
        rows: by key of a fact, a list of dictionaries, the parameters that a click on a row of the page's table of that fact
            sets, each with the key of its value in the row.
        elsewhere: a parameter, and a function, called when the page is made, that says what it is called elsewhere: a list of
            dictionaries with ``name`` and ``factor``, by which a value there is multiplied here.
        drag: by key of a drawn point the parameters that it sets when dragged, across and up (either may be None). On a
            linear axis the point stands at the position of the parameter's slider, on a logarithmic one at the parameter.
        ask: the question to answer by trying.
        verdict: the key of the fact, a text, that answers it; the page shows it after the reader's first move or on
            request, and at once where no scripts run and in print.
        known: by name of a drawn line or text (its gid) the range along x in which the page shows it from the start; the rest
            of it answers as well, and is shown when the verdict is.
    """

    controls: tuple[str, ...]
    play: str = ""
    pace: int = 700
    begin: Mapping[str, float | int | str] = field(default_factory=dict)
    drag: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    pick: Mapping[str, tuple[str, float | int | str]] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    elsewhere: tuple[str, Callable[[], list[dict]]] | None = None
    ask: str = ""
    verdict: str = ""
    known: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def precomputed(function: Callable[..., object]) -> Callable[..., object]:
    """Mark a function whose value Python computes once and a live figure's script carries.

    For what is too heavy for the page or needs data: a solver's path, a data set. The value is made of plain numbers,
    texts, lists and dictionaries (NumPy's are turned into these). Its arguments, if any, are written out, or are parameters of
    the figure without a control, which on the page stay as they are.
    """
    signature = inspect.signature(function)

    @functools.cache
    def worked_out(*arguments):
        return plain(function(*arguments))

    @functools.wraps(function)
    def value(*arguments, **named):
        bound = signature.bind(*arguments, **named)
        bound.apply_defaults()
        return worked_out(*bound.args)

    value.precomputed = True
    return value


def plot(axes, data: Mapping[str, dict], key: str, **style):
    """A line, markers or both through ``data[key]["x"]`` and ``["y"]`` (lists; NaN lifts the pen), under that name."""
    x, y, place = _place(axes, data[key])
    [line] = axes.plot(x, y, gid=key, **place, **style)
    return line


def fill(axes, data: Mapping[str, dict], key: str, **style):
    """An area with the corners ``data[key]["x"]`` and ``["y"]`` (lists), under that name."""
    x, y, place = _place(axes, data[key])
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    outline = (
        Outline([*zip(x, y, strict=True), (x[0], y[0])], closed=True) if len(x) else Outline([(math.nan, math.nan)])
    )
    area = PathPatch(outline, gid=key, **place, **{"linewidth": 0, **style})
    axes.add_patch(area)
    return area


def label(axes, data: Mapping[str, dict], key: str, dx: float = 0.0, dy: float = 0.0, **style):
    """``data[key]["text"]``, ``dx`` and ``dy`` points beside the place ``["x"]``, ``["y"]``, under that name."""
    entry = data[key]
    ghost = entry.get("ghost", False)
    note = axes.annotate(
        "x" if ghost else entry["text"],
        (0.5, 0.5) if ghost else (entry["x"], entry["y"]),
        xytext=(dx, dy),
        xycoords="axes fraction" if ghost else "data",
        textcoords="offset points",
        annotation_clip=False,
        gid=key,
        rotation_mode="anchor",
        **style,
    )
    # What moves must not move the axes.
    note.set_in_layout(False)
    return note


def _place(axes, entry: Mapping[str, list]) -> tuple[list, list, dict]:
    if entry.get("ghost"):
        return [0.5], [0.5], {"transform": axes.transAxes}
    return entry["x"], entry["y"], {}


def is_drawable(entry: object) -> bool:
    return isinstance(entry, Mapping) and "x" in entry and "y" in entry


def is_empty(entry: Mapping) -> bool:
    return entry["text"] == "" if "text" in entry else len(entry["x"]) == 0


def with_ghosts(data: Mapping[str, object]) -> Mapping[str, object]:
    """The data with a stand-in for all that is not drawn just now, so that the page has an element to move later.

    Where all is drawn these are the data themselves.
    """
    ghosts = {key: {**entry, "ghost": True} for key, entry in data.items() if is_drawable(entry) and is_empty(entry)}
    return {**data, **ghosts} if ghosts else data


def hidden(svg: str, figure_id: str, keys: Iterable[str]) -> str:
    """An inlined drawing in which the stand-ins cannot be seen."""
    for key in keys:
        svg = svg.replace(f'<g id="{figure_id}-{key}"', f'<g id="{figure_id}-{key}" visibility="hidden"', 1)
    return svg


def half_told(svg: str, figure_id: str, windows: Mapping[str, Sequence[float]]) -> str:
    """An inlined drawing in which the page's style can keep back what answers: all of these artists but a window.

    Args:
        svg: the drawing.
        figure_id: the id of its figure, with which those of its artists begin.
        windows: by name of an artist, how much of the sheet's width lies to the left and to the right of its window.
    """
    for key, (left, right) in windows.items():
        window = f"inset(0 {right:.2%} 0 {left:.2%})"
        svg = svg.replace(
            f'<g id="{figure_id}-{key}"',
            f'<g id="{figure_id}-{key}" class="fp-answering" style="--fp-known: {window}"',
            1,
        )
    return svg

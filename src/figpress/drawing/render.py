"""Draw one figure: from a module of four functions to SVG, PNG, PDF and CSV.

A figure module has ``data(**parameters) -> dict``, ``facts(data) -> dict``, ``draw(figure, data)`` and
``describe(data, facts) -> str``; its docstring's first line is its title. Nothing here knows what it shows.
"""

import collections
import csv
import html
import io
import json
import math
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType

from figpress.drawing.style import SCHEMES, Style, applied
from figpress.figure.parameters import Parameter, complete, parameters_of

FORMATS = ("svg", "png", "pdf", "csv", "json")
"""What a figure can be written as; json holds parameters and facts."""

PNG_DPI = 200
MAX_INCHES = 40.0


@dataclass(frozen=True)
class FigureModule:
    """A figure's module, checked to have what a figure needs."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    data: Callable[..., dict]
    facts: Callable[[dict], dict]
    draw: Callable[..., None]
    describe: Callable[[dict, dict], str]
    size: tuple[float, float] | None


def figure_module(module: ModuleType) -> FigureModule:
    """Check ``module`` and wrap it.

    Raises:
        TypeError: a function or the docstring is missing, or a parameter is not declared properly.
    """
    missing = [name for name in ("data", "facts", "draw", "describe") if not callable(getattr(module, name, None))]
    if missing:
        raise TypeError(f"{module.__file__} has no function {missing[0]}()")
    title = (module.__doc__ or "").strip().split("\n")[0].rstrip(".")
    if not title:
        raise TypeError(f"{module.__file__} has no docstring to take its title from")
    return FigureModule(
        name=module.__name__.rpartition(".")[2],
        title=title,
        parameters=parameters_of(module.data),
        data=module.data,
        facts=module.facts,
        draw=module.draw,
        describe=module.describe,
        size=getattr(module, "SIZE", None),
    )


@dataclass(frozen=True)
class Computed:
    """What a figure says before it is drawn."""

    parameters: dict[str, float | int | str]
    data: dict
    facts: dict
    description: str


def compute(figure: FigureModule, given: Mapping[str, object] | None = None) -> Computed:
    """Run ``data``, ``facts`` and ``describe`` with the given parameters and defaults for the rest."""
    parameters = complete(figure.parameters, dict(given or {}))
    data = figure.data(**parameters)
    facts = figure.facts(data)
    return Computed(parameters, data, facts, figure.describe(data, facts))


def plain(value: object) -> object:
    """Turn NumPy values into Python ones, at any depth, so that they can be written as JSON."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def table(data: Mapping[str, object]) -> str:
    """The drawn data as CSV: one column a number or list, pairs and grids as several columns, shorter ones left blank."""
    columns: dict[str, list] = {}

    def collect(name: str, value: object) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                collect(f"{name}.{key}", item)
        elif isinstance(value, list) and value and isinstance(value[0], list | dict):
            for index, item in enumerate(value):
                collect(f"{name}.{index}", item)
        else:
            columns[name] = value if isinstance(value, list) else [value]

    for name, value in data.items():
        collect(name, plain(value))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in range(max(map(len, columns.values()), default=0)):
        writer.writerow(
            [
                repr(c[row]) if row < len(c) and isinstance(c[row], float) else c[row] if row < len(c) else ""
                for c in columns.values()
            ]
        )
    return text.getvalue()


def numbers(computed: Computed) -> bytes:
    """Parameters, facts and description as JSON."""
    content = {"parameters": computed.parameters, "facts": computed.facts, "description": computed.description}
    return (json.dumps(plain(content), indent=2, ensure_ascii=False) + "\n").encode()


def checked_size(size: tuple[float, float]) -> tuple[float, float]:
    """Return ``size``, or raise ``ValueError`` where it is no width and height in inches that can be drawn."""
    if len(size) != 2 or not all(math.isfinite(side) and 0.5 <= side <= MAX_INCHES for side in size):
        raise ValueError(f"size must be two numbers of inches in [0.5, {MAX_INCHES:g}], got {'x'.join(map(str, size))}")
    return size


def drawn(figure: FigureModule, data: dict, style: Style, size: tuple[float, float] | None = None):
    """Draw on a new Matplotlib figure; to be called, and the result recorded and saved, inside ``applied(style, scheme)``."""
    canvas = not_laid_out(figure, data, style, size)
    # Laid out here, so that axes have their places before anything is recorded.
    lay_out(canvas)
    return canvas


def not_laid_out(figure: FigureModule, data: dict, style: Style, size: tuple[float, float] | None = None):
    """As ``drawn``, but axes have no places yet: all that a figure draws is there, in half of the time."""
    from matplotlib.figure import Figure

    from figpress.drawing.recording import POINTS_PER_INCH, RecordingCanvas

    canvas = Figure(figsize=checked_size(size or figure.size or style.size), dpi=POINTS_PER_INCH)
    RecordingCanvas(canvas)
    figure.draw(canvas, data)
    return canvas


def lay_out(canvas) -> None:
    """Give axes their places, once and for all."""
    engine = canvas.get_layout_engine()
    if engine is not None:
        engine.execute(canvas)
        canvas.set_layout_engine("none")


def recorded(canvas, dpi: float = PNG_DPI):
    """What a drawn figure draws, to be saved in any format; ``dpi`` is the resolution of a PNG."""
    from figpress.drawing.recording import Recorded

    return Recorded(canvas, dpi)


def save(recording, file_format: str, *, text_as_paths: bool = True) -> bytes:
    """Write a recorded figure as SVG, PNG or PDF: the same bytes each time, with no date and no version inside."""
    import matplotlib
    from matplotlib.backends import backend_agg, backend_pdf, backend_svg

    buffer, settings = io.BytesIO(), matplotlib.rcParams
    dpi_before, font_before = recording.dpi, settings["svg.fonttype"]
    # By the canvas of the format: savefig draws everything once more beforehand, for a layout that is there already. One
    # setting by itself: rc_context reads them all, and a worker takes note of what a drawing reads.
    settings["svg.fonttype"] = "path" if text_as_paths else "none"
    try:
        match file_format:
            case "svg":
                backend_svg.FigureCanvasSVG(recording).print_svg(buffer, metadata={"Date": None, "Creator": None})
            case "png":
                pixels = backend_agg.FigureCanvasAgg(recording)
                pixels.draw()
                _write_png(pixels.buffer_rgba(), recording.dpi, buffer)
            case "pdf":
                metadata = {"CreationDate": None, "Creator": None, "Producer": None}
                backend_pdf.FigureCanvasPdf(recording).print_pdf(buffer, metadata=metadata)
    finally:
        recording.dpi, settings["svg.fonttype"] = dpi_before, font_before
    return buffer.getvalue()


def _write_png(pixels: memoryview, dpi: float, file: io.BytesIO) -> None:
    from PIL import Image

    height, width, _ = pixels.shape
    image = Image.frombuffer("RGBA", (width, height), pixels, "raw", "RGBA", 0, 1)
    if image.getchannel("A").getextrema() == (255, 255):
        # Nothing shines through, so three channels say it all.
        image = image.convert("RGB")
    # Runs of one colour are what a drawing has: looking for nothing else saves a third of the time or more; files grow by a tenth.
    image.save(file, "png", compress_type=zlib.Z_RLE, dpi=(dpi, dpi))


def render(
    figure: FigureModule,
    style: Style,
    file_format: str,
    given: Mapping[str, object] | None = None,
    *,
    scheme: str = "light",
    size: tuple[float, float] | None = None,
    dpi: float = PNG_DPI,
) -> bytes:
    """Compute and write a figure in one format.

    Raises:
        ValueError: an unknown format or scheme, or an inadmissible parameter, size or dpi.
    """
    if file_format not in FORMATS:
        raise ValueError(f"format must be one of {', '.join(FORMATS)}, got {file_format!r}")
    if scheme not in SCHEMES:
        raise ValueError(f"scheme must be one of {', '.join(SCHEMES)}, got {scheme!r}")
    if not (math.isfinite(dpi) and 10 <= dpi <= 1200):
        raise ValueError(f"dpi must be in [10, 1200], got {dpi:g}")
    if size is not None:
        checked_size(size)
    computed = compute(figure, given)
    if file_format == "csv":
        return table(computed.data).encode()
    if file_format == "json":
        return numbers(computed)
    with applied(style, scheme):
        return save(recorded(drawn(figure, computed.data, style, size), dpi), file_format)


def inline(svg: str, figure_id: str, title: str, description: str, style: Style) -> str:
    """Prepare an SVG for a page: unique ids, colours that follow the scheme, title and description for those who listen.

    The XML prologue goes, width and height become the business of CSS, and every colour of the light palette turns into
    the custom property of its name, with the light value behind it.
    """
    body = svg[svg.index("<svg") :]
    opening, rest = body.split(">", 1)
    view_box = re.search(r'viewBox="[^"]+"', opening).group()
    # A style element would rule the whole page; the site's stylesheet says the same for drawings alone.
    rest = re.sub(r"<style.*?</style>\s*", "", rest, flags=re.DOTALL)
    rest = re.sub(r"<metadata>.*?</metadata>\s*", "", rest, flags=re.DOTALL)
    # Two figures share nearly all of Matplotlib's element ids; in one page they must not.
    rest = re.sub(r'\bid="', f'id="{figure_id}-', rest)
    rest = re.sub(r'(href="#|url\(#)', rf"\g<1>{figure_id}-", rest)
    for name, value in style.palette("light").items():
        rest = re.sub(
            rf"(?<=[ :]){re.escape(value)}\b", f"var(--fig-{name.replace('_', '-')}, {value})", rest, flags=re.I
        )
    rest = _without_bulk(rest)
    # Artists in several axes may share a name; ids may not.
    seen = collections.Counter()

    def once(match: re.Match) -> str:
        seen[match[1]] += 1
        return match[0] if seen[match[1]] == 1 else f'id="{match[1]}-{seen[match[1]]}"'

    rest = re.sub(r'\bid="([^"]+)"', once, rest)
    labels = (
        f'<title id="{figure_id}-title">{html.escape(title)}</title>'
        f'<desc id="{figure_id}-desc">{html.escape(description)}</desc>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {view_box} role="img" '
        f'aria-labelledby="{figure_id}-title {figure_id}-desc">{labels}{rest.strip()}'
    )


# What Matplotlib calls the parts that nobody named.
_UNNAMED = re.compile(r'\s(id="[\w-]*?-(?:figure|patch|line2d|text|[xy]tick|matplotlib\.axis|[A-Z]\w*)_\d+")')


def _without_bulk(svg: str) -> str:
    referenced = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    svg = _UNNAMED.sub(lambda m: m[0] if m[1][4:-1] in referenced else "", svg)
    svg = re.sub(r' transform="rotate\(-0 [^"]*\)"', "", svg)
    svg = re.sub(r" ?\n([A-Zz\"])", r"\1", svg)
    return re.sub(r">\s+<", "><", svg)


def place_of(axes) -> dict[str, float]:
    """Where axes of a drawn figure lie, in SVG user units (points, y downwards)."""
    figure = axes.get_figure(root=True)
    left, bottom, right, top = (side / figure.dpi * 72 for side in axes.bbox.extents)
    height = figure.get_figheight() * 72
    return {"left": left, "right": right, "top": height - top, "bottom": height - bottom}


def axes_transforms(canvas) -> dict[str, dict]:
    """For every labelled axes of a drawn figure: limits, scales and place in SVG user units (y downwards).

    With it a point of the data can be put where Matplotlib would draw it.
    """
    found = {}
    for number, axes in enumerate(canvas.axes):
        found[axes.get_label() if not axes.get_label().startswith("_") and axes.get_label() else f"axes_{number}"] = {
            **place_of(axes),
            "xlim": list(axes.get_xlim()),
            "ylim": list(axes.get_ylim()),
            "xscale": axes.get_xscale(),
            "yscale": axes.get_yscale(),
        }
    return found

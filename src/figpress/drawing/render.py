"""Draw a figure and write it as SVG, PNG, PDF, CSV or JSON."""

import contextlib
import io
import math
import re
import warnings
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from figpress.drawing.style import SCHEMES, Style, applied
from figpress.drawing.tables import numbers, table_file
from figpress.drawing.texts import Texts
from figpress.drawing.tricks import fonts_cut_quickly
from figpress.figure.computing import FigureModule, compute

FORMATS = ("svg", "png", "pdf", "csv", "json")
"""What a figure can be written as; json holds parameters and facts."""

PNG_DPI = 200
MAX_INCHES = 40.0
MAX_PIXELS = 200_000_000


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


def save(recording, file_format: str, *, text_as_paths: bool = True, scale: float = 1) -> bytes:
    """Write a recorded figure as SVG, PNG or PDF: the same bytes each time, with no date and no version inside.

    With a ``scale`` all of it gets larger by that factor, the sheet as well.
    """
    import matplotlib
    from matplotlib.backends import backend_agg, backend_svg

    buffer, settings = io.BytesIO(), matplotlib.rcParams
    dpi_before, font_before = recording.dpi, settings["svg.fonttype"]
    # By the canvas of the format: savefig draws everything once more beforehand, for a layout that is there already. One
    # setting by itself: rc_context reads them all, and a worker takes note of what a drawing reads.
    settings["svg.fonttype"] = "path" if text_as_paths else "none"
    try:
        match file_format:
            case "svg":
                backend_svg.FigureCanvasSVG(recording).print_svg(buffer, metadata={"Date": None, "Creator": None})
                if scale != 1:
                    return _enlarged(buffer.getvalue(), scale)
            case "png":
                recording.dpi *= scale
                pixels = backend_agg.FigureCanvasAgg(recording)
                pixels.draw()
                _write_png(pixels.buffer_rgba(), dpi_before, buffer)
            case "pdf":
                metadata = {"CreationDate": None, "Creator": None, "Producer": None}
                with fonts_cut_quickly():
                    _write_pdf(recording, buffer, metadata, scale)
    finally:
        recording.dpi, settings["svg.fonttype"] = dpi_before, font_before
    return buffer.getvalue()


def _enlarged(svg: bytes, scale: float) -> bytes:
    """An SVG on a larger sheet, all of it."""
    start, opening, rest = svg.partition(b"<svg ")
    tag, end, rest = rest.partition(b">")
    larger = re.sub(
        r' (width|height)="([\d.]+)pt"', lambda side: f' {side[1]}="{float(side[2]) * scale:.9g}pt"', " " + tag.decode()
    )
    return start + opening + larger.lstrip().encode() + end + rest


def _write_pdf(recording, file: io.BytesIO, metadata: dict, scale: float) -> None:
    from matplotlib.backends import backend_pdf

    if scale == 1:
        return backend_pdf.FigureCanvasPdf(recording).print_pdf(file, metadata=metadata)
    # As Matplotlib's own, on a page with larger units.
    dpi, recording.dpi = recording.dpi, 72
    width, height = recording.get_size_inches()
    document = backend_pdf.PdfFile(file, metadata=metadata)
    document.newPage(width * scale, height * scale)
    document.output(scale, 0, 0, scale, 0, 0, backend_pdf.Op.concat_matrix)
    pages = backend_pdf.RendererPdf(document, dpi, height, width)
    renderer = backend_pdf.MixedModeRenderer(recording, width, height, dpi, pages)
    recording.draw(renderer)
    renderer.finalize()
    document.finalize()
    document.close()


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
    text_scale: float = 1,
    transparent: bool = False,
    text_as_paths: bool = True,
    texts: Texts | None = None,
) -> bytes:
    """Compute and write a figure in one format.

    Args:
        text_scale: how much larger lettering and lines are than the style says, on a sheet of the same size.
        transparent: whether what is behind the drawing is seen through it.
        text_as_paths: whether letters in an SVG are outlines; else it has texts, and brings their font.
        texts: what the drawing and its description say instead of their own texts.

    Raises:
        ValueError: an unknown format or scheme, an inadmissible parameter, size, dpi or scale, or a text with a letter that the
            font lacks.
    """
    if file_format not in FORMATS:
        raise ValueError(f"format must be one of {', '.join(FORMATS)}, got {file_format!r}")
    if scheme not in SCHEMES:
        raise ValueError(f"scheme must be one of {', '.join(SCHEMES)}, got {scheme!r}")
    if not (math.isfinite(dpi) and 10 <= dpi <= 1200):
        raise ValueError(f"dpi must be in [10, 1200], got {dpi:g}")
    if not 0.25 <= text_scale <= 4:
        raise ValueError(f"text-scale must be in [0.25, 4], got {text_scale:g}")
    if size is not None:
        checked_size(size)
    pixels = math.prod(side * dpi for side in size or figure.size or style.size)
    if file_format == "png" and pixels > MAX_PIXELS:
        raise ValueError(
            f"size and dpi must give a PNG of at most {MAX_PIXELS // 10**6} million pixels, got {pixels / 1e6:.0f}; make one of them smaller"
        )
    computed = compute(figure, given)
    if file_format == "csv":
        return table_file(computed.data)
    if file_format == "json":
        return numbers(replace(computed, description=texts.of_sentences(computed.description)) if texts else computed)
    import matplotlib

    sheet = tuple(side / text_scale for side in size or figure.size or style.size)
    with applied(style, scheme):
        settings = matplotlib.rcParams
        if transparent:
            settings["figure.facecolor"] = "none"
        canvas = not_laid_out(figure, computed.data, style, sheet)
        with _letters_required():
            if texts:
                texts.put_on(canvas)
            lay_out(canvas)
            content = save(recorded(canvas, dpi), file_format, text_as_paths=text_as_paths, scale=text_scale)
    if file_format == "svg" and not text_as_paths:
        from figpress.drawing.subsets import with_fonts

        return with_fonts(content, style.fonts)
    return content


@contextlib.contextmanager
def _letters_required() -> Iterator[None]:
    """Refuse to draw a box where the font has no letter."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "Glyph .* missing from font", UserWarning)
        try:
            yield
        except UserWarning as warning:
            raise ValueError(str(warning)) from None

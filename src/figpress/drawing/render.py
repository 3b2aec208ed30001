"""Draw a figure and write it as SVG, PNG, PDF, CSV or JSON."""

import io
import math
import zlib
from collections.abc import Mapping

from figpress.drawing.style import SCHEMES, Style, applied
from figpress.drawing.tables import numbers, table
from figpress.figure.computing import FigureModule, compute

FORMATS = ("svg", "png", "pdf", "csv", "json")
"""What a figure can be written as; json holds parameters and facts."""

PNG_DPI = 200
MAX_INCHES = 40.0


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

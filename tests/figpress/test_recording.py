"""What is recorded and drawn again is what Matplotlib draws by itself."""

import base64
import io
import re

import matplotlib
import numpy as np
import pytest
from matplotlib import patheffects
from matplotlib.backends import backend_agg, backend_pdf, backend_svg
from matplotlib.figure import Figure
from PIL import Image

from figpress.drawing import render
from figpress.drawing.recording import RecordingCanvas


@pytest.fixture(autouse=True)
def _plain_settings():
    with matplotlib.rc_context({"svg.hashsalt": "same", "text.hinting": "none", "font.size": 12}):
        yield


def lines(axes):
    axes.plot([0, 1, 2], [0, 3, 1], "--o", markersize=9, markerfacecolor="none", linewidth=3)
    axes.axvspan(0.5, 1.5, hatch="//", facecolor="none", edgecolor="0.4")
    axes.set(xlabel="across", ylabel="up", title="Lines")


def collections(axes):
    axes.scatter([0, 1, 2], [1, 3, 2], s=[40, 400, 900], c=[0.1, 0.5, 0.9], alpha=0.5)
    axes.fill_between([0, 1, 2], [0, 1, 0], color="tab:green")


def contours(axes):
    x, y = np.meshgrid(np.linspace(-1, 1, 20), np.linspace(-1, 1, 20))
    axes.contourf(x, y, x * y)
    axes.contour(x, y, x * x + y * y, colors="k")


def texts(axes):
    axes.text(0.1, 0.1, "turned", rotation=30)
    axes.text(0.2, 0.7, r"$\frac{a^2}{b}$ of it")
    axes.annotate(
        "two\nlines",
        (0.8, 0.2),
        (0.6, 0.8),
        arrowprops={"arrowstyle": "->"},
        bbox={"boxstyle": "round", "facecolor": "w"},
    )


def clipped(axes):
    picture = axes.imshow(np.arange(12).reshape(3, 4), extent=(0, 1, 0, 1))
    picture.set_clip_path(matplotlib.patches.Circle((0.5, 0.5), 0.4, transform=axes.transData))
    axes.plot([0, 1], [0, 1], color="w").pop().set_clip_path(
        matplotlib.patches.Circle((0.5, 0.5), 0.2, transform=axes.transData)
    )


def meshes(axes):
    axes.pcolormesh(np.arange(6.0).reshape(2, 3))
    axes.tripcolor([0, 1, 2], [0, 2, 0], [1.0, 2.0, 3.0], shading="gouraud")


def effects(axes):
    axes.plot([0, 1], [0, 1], path_effects=[patheffects.withStroke(linewidth=8, foreground="r")])
    axes.text(
        0.2, 0.5, "outlined", path_effects=[patheffects.withStroke(linewidth=2, foreground="b")], color="w", size=20
    )


def rasterized(axes):
    axes.plot([0, 1, 2], [0, 3, 1], linewidth=8, rasterized=True)


KINDS = [lines, collections, contours, texts, clipped, meshes, effects, rasterized]


def figure_of(kind, dpi=72):
    figure = Figure(figsize=(3, 2.5), dpi=dpi, layout="constrained")
    if dpi == 72:
        RecordingCanvas(figure)
    kind(figure.subplots())
    figure.get_layout_engine().execute(figure)
    figure.set_layout_engine("none")
    return figure


def svg_of(figure):
    buffer = io.BytesIO()
    backend_svg.FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None, "Creator": None})
    return buffer.getvalue().decode()


def numbers_and_rest(svg):
    # What is turned by -0 is not turned.
    svg = re.sub(r'data:image/png;base64,[^"]*|\brotate\(-?0 [^)]*\)', "", svg)
    number = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
    return np.array(re.findall(number, svg), float), re.sub(number, "#", svg)


@pytest.mark.parametrize("kind", KINDS)
def test_an_svg_says_what_matplotlib_says(kind):
    drawn = figure_of(kind)
    numbers, rest = numbers_and_rest(render.save(render.recorded(drawn, 72), "svg").decode())
    drawn.dpi = 72
    own_numbers, own_rest = numbers_and_rest(svg_of(drawn))
    assert rest == own_rest
    # Texts are measured in another unit, and a centred one moves by half of the difference.
    np.testing.assert_allclose(numbers, own_numbers, atol=0.1)


def test_what_is_recorded_again_is_not_drawn_twice():
    drawn = figure_of(lines)
    first, second = (render.save(render.recorded(drawn, 72), "svg") for _ in range(2))
    assert first == second


def pixels_of(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), float)


@pytest.mark.parametrize(("dpi", "most"), [(72, 0.0), (200, 0.1)])
@pytest.mark.parametrize("kind", KINDS)
def test_pixels_are_where_matplotlib_puts_them(kind, dpi, most):
    drawn = figure_of(kind)
    pixels = pixels_of(render.save(render.recorded(drawn, dpi), "png"))
    drawn.dpi, own = dpi, io.BytesIO()
    backend_agg.FigureCanvasAgg(drawn).print_png(own)
    own = pixels_of(own.getvalue())
    assert pixels.shape == own.shape and pixels.std() > 10
    # Where texts were measured in points, letters may differ by a part of a pixel: compare without what is finer than three.
    assert np.abs(blurred(pixels) - blurred(own)).mean() <= most


def blurred(pixels):
    return sum(np.roll(pixels, (i, j), (0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1)) / 9


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in (texts, effects)])
def test_a_pdf_says_what_matplotlib_says(kind):
    drawn = figure_of(kind)
    drawn.dpi, own = 200, io.BytesIO()
    with matplotlib.rc_context({"pdf.compression": 0}):
        recorded = render.save(render.recorded(drawn, 200), "pdf")
        drawn.dpi = 200
        backend_pdf.FigureCanvasPdf(drawn).print_pdf(
            own, metadata={"CreationDate": None, "Creator": None, "Producer": None}
        )
    assert without_texts(recorded) == without_texts(own.getvalue())


def without_texts(pdf):
    """What a PDF draws, but for texts (between BT and ET, or letter by letter as forms)."""
    [content] = re.findall(rb"stream\n(.*?)endstream", pdf, re.DOTALL)[:1]
    return re.sub(rb"BT.*?ET", b"", content, flags=re.DOTALL)


def test_what_is_rasterized_has_the_resolution_of_pixels():
    widths = []
    for dpi in (72, 216):
        svg = render.save(render.recorded(figure_of(rasterized), dpi), "svg").decode()
        [picture] = re.findall(r'<image [^>]*base64,([^"]+)"', svg.replace("\n", ""))
        widths.append(Image.open(io.BytesIO(base64.b64decode(picture))).width)
    assert 2.9 < widths[1] / widths[0] < 3.1

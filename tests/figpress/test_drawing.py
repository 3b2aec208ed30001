"""Drawing: the same bytes each time, clean inline SVG, a table of the data, the caller's settings left alone."""

import base64
import io
import re
import types
import xml.etree.ElementTree as etree
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import matplotlib
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from matplotlib import colors
from matplotlib.figure import Figure
from PIL import Image

from figpress.drawing import inline_svg, render, tables
from figpress.drawing.style import applied, load_style
from figpress.drawing.typefaces import brought
from figpress.figure import computing
from figpress.figure.parameters import Range
from figpress.project import DEFAULT_STYLE, find_project

STYLE = load_style(Path(__file__).parents[2] / "figures" / "style.toml")


def _data(n: Annotated[int, Range(2, 50)] = 5) -> dict:
    return {"x": np.arange(n), "y": np.arange(n) ** 2.0, "limit": 3.5}


def _draw(figure, data):
    axes = figure.subplots()
    axes.set_label("main")
    axes.plot(data["x"], data["y"], color="l1", marker="o", gid="curve")
    axes.set_xlabel("step < 3 & more")


@pytest.fixture
def figure():
    module = types.ModuleType("figures.squares")
    module.__doc__, module.__file__ = "Squares grow.\n\nMore.", "squares.py"
    module.data, module.draw = _data, _draw
    module.facts = lambda data: {"last": float(data["y"][-1])}
    module.describe = lambda data, facts: f'Squares up to {facts["last"]} & "beyond" <here>.'
    return computing.figure_module(module)


@pytest.mark.parametrize("file_format", render.FORMATS)
def test_two_drawings_have_the_same_bytes(figure, file_format):
    assert render.render(figure, STYLE, file_format) == render.render(figure, STYLE, file_format)


@pytest.mark.parametrize(("file_format", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_the_bytes_are_of_the_format_and_hold_no_date(figure, file_format, start):
    content = render.render(figure, STYLE, file_format)
    assert content.startswith(start)
    assert not re.search(rb"20\d\d-\d\d-\d\d|CreationDate|Software|dc:date", content)


def test_parameters_and_scheme_change_the_drawing(figure):
    pictures = {
        render.render(figure, STYLE, "svg", given, scheme=scheme)
        for given in ({}, {"n": 9})
        for scheme in ("light", "dark")
    }
    assert len(pictures) == 4


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"file_format": "gif"}, "gif"),
        ({"scheme": "sepia"}, "sepia"),
        ({"size": (0.0, 3.0)}, "size"),
        ({"size": (float("nan"), 3.0)}, "size"),
        ({"size": (5.0, 1e9)}, "size"),
        ({"dpi": 0.0}, "dpi"),
        ({"dpi": float("nan")}, "dpi"),
        ({"file_format": "png", "size": (12.0, 12.5), "dpi": 1200.0}, "at most 200 million pixels, got 216"),
        ({"given": {"n": 1}}, "n must be in"),
    ],
)
def test_bad_options_are_named(figure, options, word):
    with pytest.raises(ValueError, match=word):
        render.render(figure, STYLE, **({"file_format": "svg"} | options))


def test_inline_svg_is_well_formed_prefixed_described_and_follows_the_scheme(figure):
    with applied(STYLE):
        svg = render.save(render.recorded(render.drawn(figure, _data(), STYLE)), "svg", text_as_paths=False).decode()
    inline = inline_svg.inline(svg, "fig-squares", "Squares", 'Up to 16 & "beyond" <here>.', STYLE)
    root = etree.fromstring(inline)
    space = "{http://www.w3.org/2000/svg}"
    assert root.attrib["role"] == "img" and "width" not in root.attrib
    assert root.find(f"{space}title").text == "Squares"
    assert root.find(f"{space}desc").text == 'Up to 16 & "beyond" <here>.'
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids)) and all(identifier.startswith("fig-squares-") for identifier in ids)
    referenced = set(re.findall(r"url\(#([^)]+)\)", inline)) | set(re.findall(r'href="#([^"]+)"', inline))
    assert referenced and referenced <= set(ids)
    assert f"stroke: var(--fig-l1, {STYLE.colours['l1'][0]})" in inline
    assert "<style" not in inline and "<metadata" not in inline
    assert any(text.text == "step < 3 & more" for text in root.iter(f"{space}text"))


def test_places_on_a_page_are_right_to_a_hundredth_of_a_point_and_those_of_texts_whole(figure):
    """Finer than any screen, and a fifth lighter; where a text stands says how far it is from what it names."""

    def curve(figure, data):
        axes = figure.subplots()
        axes.plot(data["x"], np.sin(data["x"]) / 3, marker="o")
        axes.fill_between(data["x"], np.cos(data["x"]) / 7)
        axes.text(1 / 3, 1 / 7, "a word")

    def places(drawing):
        """The numbers of each path and mark, and of each text."""
        root = etree.fromstring(drawing)
        parts = (element.get("d") or "" for element in root.iter() if not element.tag.endswith("text"))
        marks = (f"{mark.get('x')} {mark.get('y')}" for mark in root.iter("{http://www.w3.org/2000/svg}use"))
        texts = [text.get("x") for text in root.iter("{http://www.w3.org/2000/svg}text")]
        return re.findall(r"-?[\d.]+", " ".join([*parts, *marks])), texts

    with applied(STYLE):
        svg = render.save(
            render.recorded(render.drawn(replace(figure, draw=curve), _data(), STYLE)), "svg", text_as_paths=False
        )
    (fine, texts), (coarse, same) = places(svg), places(inline_svg.inline(svg.decode(), "fig-a", "A", "B", STYLE))
    assert texts == same and any(len(text.partition(".")[2]) > 2 for text in texts)
    assert any(len(number.partition(".")[2]) > 2 for number in fine)
    assert all(len(number.partition(".")[2]) <= 2 for number in coarse)
    assert [float(number) for number in coarse] == pytest.approx(
        [float(number) for number in fine], rel=0, abs=0.005 + 1e-9
    )


def test_a_hatched_area_follows_the_scheme(figure):
    def draw(figure, data):
        axes = figure.subplots()
        axes.axvspan(0, 1, hatch="//", facecolor="l1", edgecolor="l2")
        axes.axvspan(2, 3, hatch="x", facecolor="none")

    with applied(STYLE):
        drawing = render.recorded(render.drawn(replace(figure, draw=draw), _data(), STYLE))
        inline = inline_svg.inline(render.save(drawing, "svg", text_as_paths=False).decode(), "fig-a", "A", "B", STYLE)
    both, bare = re.findall(r"<pattern.*?</pattern>", inline, re.DOTALL)
    assert re.findall(r"#\w+", re.sub(r"var\([^()]*\)", "", both + bare)) == []
    assert all(f"var(--fig-{name}, " in both for name in ("l1", "l2")) and "var(--fig-ink, " in bare


def _sheet(content, file_format):
    """Width and height of a sheet in points, or of a picture in pixels."""
    if file_format == "svg":
        return [float(side) for side in re.findall(rb' (?:width|height)="([\d.]+)pt"', content[:600])]
    if file_format == "pdf":
        return [float(side) for side in re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", content).groups()]
    return Image.open(io.BytesIO(content)).size


@pytest.mark.parametrize("file_format", ["svg", "png", "pdf"])
def test_larger_letters_stand_on_a_sheet_of_the_same_size(figure, file_format):
    plain, larger = (render.render(figure, STYLE, file_format, text_scale=scale) for scale in (1, 2))
    assert _sheet(larger, file_format) == pytest.approx(_sheet(plain, file_format), abs=1) and larger != plain
    if file_format == "svg":
        # All of it is drawn on a sheet of half the size, whose units are twice as large.
        boxes = [
            list(map(float, re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())) for svg in (plain, larger)
        ]
        assert boxes[0] == pytest.approx([2 * side for side in boxes[1]])
    for scale in (0.1, 5, float("nan")):
        with pytest.raises(ValueError, match="text-scale"):
            render.render(figure, STYLE, file_format, text_scale=scale)


def test_a_transparent_drawing_has_no_paper(figure):
    for transparent in (False, True):
        png = Image.open(io.BytesIO(render.render(figure, STYLE, "png", transparent=transparent))).convert("RGBA")
        assert png.getpixel((0, 0))[3] == (0 if transparent else 255)
        svg = render.render(figure, STYLE, "svg", transparent=transparent).decode()
        assert (f"fill: {STYLE.palette('light')['paper']}" in svg) is not transparent


def test_texts_can_be_edited(figure):
    outlines, texts = (render.render(figure, STYLE, "svg", text_as_paths=paths).decode() for paths in (True, False))
    assert "<text" not in outlines and "Source Sans Pro" in texts and "step &lt; 3 &amp; more</text>" in texts


def test_a_pdf_brings_its_fonts_as_letters(figure):
    """Some publishers refuse fonts of Type 3."""

    def draw(figure, data):
        _draw(figure, data)
        figure.axes[0].set_title("η ≤ 2", fontweight="semibold")

    pdf = render.render(replace(figure, draw=draw), STYLE, "pdf")
    assert set(re.findall(rb"/Subtype /(Type[03]|CIDFontType\d|TrueType)", pdf)) == {b"Type0", b"CIDFontType2"}
    streams = [zlib.decompress(part) for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)]
    fonts = [TTFont(io.BytesIO(stream)) for stream in streams if stream[:4] in (b"\0\1\0\0", b"true")]
    # One of each cut, down to what is written, without the tables that place letters.
    assert len(fonts) == 2 and all(
        len(font.getGlyphOrder()) < 30 and "GSUB" not in font and "GPOS" not in font for font in fonts
    )


def test_fonts_of_postscript_outlines_are_drawn_in_a_pdf(figure):
    """Matplotlib would write them into it as if they were of TrueType."""
    folder = brought().regular.parent
    cuts = {"regular": "Regular", "semibold": "Semibold", "italic": "It"}
    fonts = replace(brought(), **{cut: folder / f"SourceSansPro-{name}.otf" for cut, name in cuts.items()})
    with applied(replace(STYLE, fonts=fonts)):
        assert matplotlib.rcParams["pdf.fonttype"] == matplotlib.rcParams["ps.fonttype"] == 3
    # Unless a style says what it wants.
    with applied(replace(STYLE, fonts=fonts, rc={**STYLE.rc, "pdf.fonttype": 42})):
        assert matplotlib.rcParams["pdf.fonttype"] == 42


def test_a_drawing_with_texts_brings_their_font_in_the_cuts_that_it_has(figure):
    def draw(figure, data):
        _draw(figure, data)
        figure.axes[0].set_title("η ≤ 2, y\u0302", fontweight="semibold")

    svg = render.render(replace(figure, draw=draw), STYLE, "svg", text_as_paths=False).decode()
    etree.fromstring(svg)
    faces = re.findall(r'@font-face \{ font-family: "Source Sans Pro"; (\S+: \d+).*?base64,([\w+/=]+)\)', svg)
    # An italic is in none of its texts.
    assert [cut for cut, _ in faces] == ["font-weight: 400", "font-weight: 600"] and "italic" not in svg
    for weight, (_, content) in zip((400, 600), faces, strict=True):
        with TTFont(io.BytesIO(base64.b64decode(content))) as font:
            assert font.flavor == "woff2" and font["OS/2"].usWeightClass == weight
            # And those that a word may be changed to.
            assert set("step < 3 & more, η ≤ 2, Zz") <= set(map(chr, font.getBestCmap()))
            # A hat that is a sign of its own finds its letter.
            assert "mark" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert len(svg) < 150_000 and "@font-face" not in render.render(figure, STYLE, "svg").decode()


def test_a_spreadsheet_is_told_of_other_letters_and_finds_no_words_for_missing_numbers():
    assert tables.table_file({"x": [0.5, float("nan")], "y": [1, 2]}) == b"x,y\n0.5,1\n,2\n"
    assert tables.table_file({"λ": ["−"]}) == "\ufeffλ\n−\n".encode()


def test_a_figure_can_be_shown_after_the_block_that_gave_it_its_style(figure):
    names = colors.get_named_colors_mapping()
    before = dict(names)
    canvas = Figure()
    try:
        with applied(STYLE, keep_names=True):
            _draw(canvas, _data())
        rc = dict(matplotlib.rcParams)
        canvas.savefig(io.BytesIO(), format="svg")
        assert dict(matplotlib.rcParams) == rc
    finally:
        for name in set(names) - set(before):
            del names[name]


def test_the_table_has_the_exact_numbers_and_leaves_short_columns_blank():
    table = tables.table(
        {"x": np.array([0.1, 0.2]), "limit": 1 / 3, "grid": np.array([[1, 2], [3, 4]]), "deep": {"k": [7]}}
    )
    assert table.split("\n") == ["x,limit,grid.0,grid.1,deep.k", f"0.1,{1 / 3!r},1,3,7", "0.2,,2,4,", ""]


def test_the_callers_settings_and_colours_come_back():
    names = colors.get_named_colors_mapping()
    before, rc = dict(names), dict(matplotlib.rcParams)
    with pytest.raises(RuntimeError), applied(STYLE, "dark"):
        assert colors.to_hex("l1") == STYLE.colours["l1"][1]
        raise RuntimeError
    assert dict(names) == before and dict(matplotlib.rcParams) == rc
    with applied(STYLE, "light"):
        assert colors.to_hex("l1") == STYLE.colours["l1"][0]


def test_transforms_put_a_point_where_matplotlib_draws_it(figure):
    with applied(STYLE):
        canvas = render.drawn(figure, _data(), STYLE)
        svg = render.save(render.recorded(canvas), "svg").decode()
        place = inline_svg.axes_transforms(canvas)["main"]
    path = re.search(r'id="curve">\s*<path d="([^"]+)"', svg)[1]
    points = [tuple(map(float, pair)) for pair in re.findall(r"[ML] ([-\d.]+) ([-\d.]+)", path)]
    (x0, x1), (y0, y1) = place["xlim"], place["ylim"]
    expected = [
        (
            place["left"] + (x - x0) / (x1 - x0) * (place["right"] - place["left"]),
            place["bottom"] - (y - y0) / (y1 - y0) * (place["bottom"] - place["top"]),
        )
        for x, y in zip(*(_data()[key] for key in "xy"), strict=True)
    ]
    # Matplotlib writes six decimals of a point.
    assert np.allclose(points, expected, atol=2e-6)


@pytest.mark.parametrize("missing", ["data", "facts", "draw", "describe", "__doc__"])
def test_an_incomplete_module_is_refused(missing):
    module = types.ModuleType("figures.squares")
    module.__doc__, module.__file__ = "Squares.", "squares.py"
    module.data = module.facts = module.draw = module.describe = _data
    setattr(module, missing, None)
    with pytest.raises(TypeError, match="docstring" if missing == "__doc__" else missing):
        computing.figure_module(module)


REST = "[size]\nwidth=1\nheight=1\n[rc]\n"
LIGHT_AND_DARK = "[colours]\na = ['#000000', '#ffffff']\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colours = 3", "not a style file"),
        ("not toml", "not a style file"),
        (LIGHT_AND_DARK, "not a style file: KeyError('size')"),
        (f"{LIGHT_AND_DARK}b = ['#000000', '#eeeeee']\n{REST}", "two colours share one light value"),
        (f"{LIGHT_AND_DARK}{REST}[page]\nlinks = 'a'", "[page] says links = 'a'"),
        (f"{LIGHT_AND_DARK}{REST}[page]\naccent = 'b'", "[page] says accent = 'b'"),
        # What Matplotlib writes in another way, the page would not find, and show as it is in the dark scheme too.
        *(
            (
                f"[colours]\nb = {pair!r}\n{REST}",
                f'b must be a light colour and a dark one, such as "#1c2430", got {pair!r}',
            )
            for pair in (["black", "#ffffff"], ["#000", "#ffffff"], ["#000000ff", "#ffffff"], ["#000000"], "#000000")
        ),
    ],
)
def test_a_bad_style_file_is_named(tmp_path, text, said):
    path = tmp_path / "style.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=re.escape(f"{path}: {said}")):
        load_style(path)


def test_a_style_says_which_of_its_colours_a_page_uses_for_what(tmp_path):
    path = tmp_path / "style.toml"
    path.write_text(
        "[colours]\nsoft_red = ['#aa0000', '#ffaaaa']\n[size]\nwidth=1\nheight=1\n[rc]\n[page]\naccent = 'soft_red'"
    )
    css = load_style(path).css()
    assert "--fp-accent: var(--fig-soft-red);" in css and "--fp-code: var(--fig-ink);" in css
    assert ".term-soft-red { color: var(--fig-soft-red); }" in css


def test_a_project_without_a_style_has_that_of_the_press(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.figpress]")
    assert find_project(tmp_path).style == DEFAULT_STYLE and {"ink", "paper", "first"} <= set(
        load_style(DEFAULT_STYLE).colours
    )
    own = tmp_path / "figures/style.toml"
    own.parent.mkdir()
    own.write_text("")
    assert find_project(tmp_path).style == own
    # One that is named and missing is a mistake.
    (tmp_path / "pyproject.toml").write_text("[tool.figpress]\nstyle = 'mine.toml'")
    assert find_project(tmp_path).style == tmp_path / "mine.toml"


def test_one_recording_saved_in_every_format_gives_what_a_new_one_gives(figure):
    with applied(STYLE):
        recording = render.recorded(render.drawn(figure, _data(), STYLE))
        render.save(recording, "svg", text_as_paths=False)
        for file_format in ("svg", "png", "pdf", "svg"):
            assert render.save(recording, file_format) == render.render(figure, STYLE, file_format)

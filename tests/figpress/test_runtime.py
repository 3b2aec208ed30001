"""Fonts: subsets that can be read, made once, the same each time, with no file left open. Figures' files, as they are kept."""

import io
import posixpath
import re
from types import SimpleNamespace

import pytest
from fontTools.ttLib import TTFont

from figpress.drawing.style import Style, load_style
from figpress.drawing.typefaces import brought
from figpress.live.compiled import CompiledFigure
from figpress.making.processes import run_in_subprocess
from figpress.pages import fonts
from figpress.pages.site import Site
from figpress.project import DEFAULT_STYLE
from figpress.publishing.files import write_figures, written_files
from figpress.store import Damaged, Parts, Store, pack, unpack


def _characters(content):
    with TTFont(io.BytesIO(content)) as font:
        assert font.flavor == "woff2"
        return set(map(chr, font.getBestCmap())), "MATH" in font


def test_fonts_of_text_are_cut_down_kept_and_readable(tmp_path, monkeypatch):
    made = fonts.text_fonts(tmp_path, brought())
    assert set(made) == set(fonts.TEXT_FONTS)
    for name, content in made.items():
        characters, maths = _characters(content)
        assert set("Lw0=+é\u2212×") <= characters and not maths, name
    # The same each time it is made, and made once.
    assert fonts.text_fonts(tmp_path / "elsewhere", brought()) == made
    monkeypatch.setattr(fonts, "subset", lambda _: 1 / 0)
    assert fonts.text_fonts(tmp_path, brought()) == made


def test_an_accent_finds_its_letter_where_the_font_has_none_with_it(tmp_path):
    for name, content in fonts.text_fonts(tmp_path, brought()).items():
        with TTFont(io.BytesIO(content)) as font:
            glyphs = font.getBestCmap()
            assert ord("ŷ") not in glyphs
            subtables = [table for lookup in font["GPOS"].table.LookupList.Lookup for table in lookup.SubTable]
            places = [getattr(table, "ExtSubTable", table) for table in subtables]
            placed = [
                (set(place.MarkCoverage.glyphs), set(place.BaseCoverage.glyphs))
                for place in places
                if place.LookupType == 4
            ]
            hat, letter = glyphs[0x302], glyphs[ord("y")]
            assert any(hat in marks and letter in letters for marks, letters in placed), name


@pytest.mark.parametrize("style", ["normal", "italic"])
def test_all_faces_of_the_text_know_greek(tmp_path, style):
    """A λ in the italics of a question would else come from another font, and stand out."""
    faces = re.findall(r"@font-face \{ (.*?) \}", brought().css("fonts/{}.woff2"))
    faces = [face for face in faces if "Source Sans" in face and ("font-style: italic" in face) == (style == "italic")]
    # Of two faces for the same letters the later one holds.
    face = next(face for face in reversed(faces) if "unicode-range" not in face or "U+370-3FF" in face)
    name = re.search(r"fonts/([\w-]+)\.woff2", face)[1]
    assert set("λη") <= _characters(fonts.text_fonts(tmp_path, brought())[name])[0]


def test_the_font_of_formulas_has_what_they_show_and_the_letters_that_browsers_put_there(tmp_path, monkeypatch):
    page = "<p>z</p><math><mi>w</mi><mo>&le;</mo><mi>λ</mi></math><math display='block'><mi>h</mi><mo>∑</mo></math>"
    shown = fonts.in_formulas(page)
    assert shown == set("w≤λh∑") | {"\U0001d464", "\U0001d706", "\u210e"}
    made = fonts.maths_font(tmp_path, brought(), shown)
    characters, maths = _characters(made[fonts.MATHS_FONT])
    # And those of the other direction, such as the mirrored sign, but no other letters.
    assert shown <= characters and not set("zaμ") & characters and maths
    # Signs that grow have their larger forms.
    with TTFont(io.BytesIO(made[fonts.MATHS_FONT])) as font:
        assert len(font.getGlyphOrder()) > len(shown) + 5
    assert fonts.maths_font(tmp_path, brought(), shown | {"y"}) != made
    monkeypatch.setattr(fonts, "subset", lambda _: 1 / 0)
    assert fonts.maths_font(tmp_path, brought(), shown | {"y"}) and fonts.maths_font(tmp_path, brought(), set()) == {}


@pytest.mark.parametrize("element", ["<msqrt><mi>k</mi></msqrt>", "<mroot><mi>k</mi><mn>3</mn></mroot>"])
def test_the_font_of_formulas_has_the_sign_of_a_root_where_an_element_stands_for_it(element, tmp_path):
    assert "√" in fonts.in_formulas(f"<math>{element}</math>")
    assert "√" not in fonts.in_formulas(f"<math><mi>k</mi></math>{element}")
    assert "√" in _characters(fonts.maths_font(tmp_path, brought(), {"√"})[fonts.MATHS_FONT])[0]


@pytest.mark.parametrize("shown", [{}, {"walk": ["steps.html"]}])
def test_a_live_figure_by_itself_has_its_script_whether_a_page_shows_it_or_not(tmp_path, shown):
    figure = SimpleNamespace(
        name="walk", title="A walk", files={"svg": b""}, inline="<svg></svg>", parameters=[], facts={}
    )
    figure.live = CompiledFigure(script="moves()")
    site = Site(figures={"walk": figure}, directory_urls=False, shown_figures=shown)
    files = written_files(site, load_style(DEFAULT_STYLE), SimpleNamespace(root=tmp_path), "Mine", "https://walks.org/")
    page = files["figures/walk.html"]
    scripts = [posixpath.normpath(f"figures/{each}") for each in re.findall(r'src="([^"?]+)', page)]
    assert len(scripts) == 2 and "moves()" in "".join(files[script] for script in scripts)
    # What is said to explain it does, and what is cited is there.
    assert f'href="../{"steps.html#fig-walk" if shown else "index.html"}"' in page
    place = "steps.html#fig-walk" if shown else "figures/walk.html#fig-walk"
    assert f"url = {{https://walks.org/{place}}}" in files["figures/walk.bib"]


@pytest.mark.parametrize(
    "where", [lambda function, *arguments: function(*arguments), run_in_subprocess], ids=["here", "elsewhere"]
)
def test_files_of_figures_are_written_as_they_are_kept(tmp_path, where):
    style = Style({"l1": ("#aa0000", "#ff8888"), "ink": ("#000000", "#ffffff")}, (4.0, 3.0), {})
    files = {"svg": b'<svg fill="#AA0000" stroke="#123456"/>', "csv": b"x\n"}
    kept = Store(tmp_path / "entries").save("walk", "key", pack({"name": "walk"}, {"inline": b"<svg/>", **files}))
    in_memory = unpack(pack({}, {"svg": b"<svg/>"}))
    where(
        write_figures,
        tmp_path / "site",
        style,
        {"walk": Parts(kept, ("svg", "png", "csv")), "new": Parts(in_memory, ("svg",))},
    )
    assert {path.name: path.read_bytes() for path in (tmp_path / "site/figures").iterdir()} == {
        "walk.svg": files["svg"],
        "walk.csv": files["csv"],
        "walk-dark.svg": b'<svg fill="#ff8888" stroke="#123456"/>',
        "new.svg": b"<svg/>",
        "new-dark.svg": b"<svg/>",
    }
    kept.path.unlink()
    with pytest.raises(Damaged, match="key.entry"):
        where(write_figures, tmp_path / "site", style, {"walk": Parts(kept, ("svg",))})

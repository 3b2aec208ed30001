"""Cards that others show of a page."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image, ImageChops

from figpress.drawing.style import load_style
from figpress.pages.site import Site
from figpress.project import DEFAULT_STYLE
from figpress.publishing import cards
from figpress.publishing.preparing import note_pages

STYLE = load_style(DEFAULT_STYLE)


def _png(colour):
    file = io.BytesIO()
    Image.new("RGB", (560, 350), colour).save(file, "png")
    return file.getvalue()


@pytest.fixture
def site():
    figures = {
        name: SimpleNamespace(files={"png": _png(colour)}, description=f'A "{name}"')
        for name, colour in (("walk", "#c2410c"), ("bars", "#0b62a8"))
    }
    noted = Site(figures=figures)
    texts = {"": ["walk"], "walk/": ["walk", "bars"], "bars/": ["bars", "walk"]}
    note_pages(
        noted, {page: ("a.md", "".join(f"/// figure | {name}\n///\n" for name in texts[page])) for page in texts}
    )
    return noted


def test_a_page_has_a_card_with_its_first_figure_made_once(site, tmp_path, monkeypatch):
    titles = {"": "Mine", "walk/": "A walk: where does it end?", "other/": "Other"}
    made = cards.cards(tmp_path, titles, site, STYLE, "Mine")
    assert set(made) == {"assets/cards/index.png", "assets/cards/walk.png"}
    first, second = (Image.open(io.BytesIO(made[f"assets/cards/{name}.png"])) for name in ("index", "walk"))
    assert first.size == second.size == cards.SIZE
    # The drawing is the same, and stands within the sheet; the words are not.
    changed = ImageChops.difference(first, second).getbbox()
    assert changed and changed[2] < cards.SIZE[0] / 2
    red = second.crop((cards.SIZE[0] // 2, 0, *cards.SIZE)).getcolors(1 << 20)
    assert {colour for _, colour in red} >= {(0xC2, 0x41, 0x0C), (255, 255, 255)}
    # The first on the page, whichever the pages before it began with.
    assert site.first_figures["bars/"] == "bars"
    # The same each time, and kept until a title or a figure is another.
    assert cards.cards(tmp_path / "elsewhere", titles, site, STYLE, "Mine") == made
    monkeypatch.setattr(cards, "card", lambda title, *others: title.encode())
    assert cards.cards(tmp_path, titles, site, STYLE, "Mine") == made
    again = cards.cards(tmp_path, titles | {"walk/": "Another"}, site, STYLE, "Mine")
    assert again == made | {"assets/cards/walk.png": b"Another"}


def test_a_head_says_what_is_shown_of_a_page_and_those_without_a_figure_have_the_first_ones(site):
    def said(page):
        return cards.head("https://a.example/b", page, "A <walk>", "It ends.", site, "Mine")

    own = said("walk/")
    for element in (
        'property="og:title" content="A &lt;walk&gt;"',
        'property="og:url" content="https://a.example/b/walk/"',
        'property="og:image" content="https://a.example/b/assets/cards/walk.png"',
        'property="og:image:alt" content="A &quot;walk&quot;"',
        'property="og:type" content="article"',
        'name="twitter:card" content="summary_large_image"',
    ):
        assert element in own
    assert 'content="https://a.example/b/assets/cards/index.png"' in said("other/")
    assert 'property="og:type" content="website"' in said("")
    # Without the site's address there is none for a picture either.
    assert cards.head("", "walk/", "A", "B", site, "Mine") == ""
    site.first_figures.clear()
    assert said("walk/") == ""


def test_a_long_title_is_broken_into_lines_that_fit_and_a_long_word_is_left_whole():
    lines = list(cards._lines("a bb ccc dddd eeeee", lambda text: 100 * len(text)))
    assert lines == ["a bb", "ccc", "dddd", "eeeee"]
    assert Path(cards.card_address("api/norms.html")).name == "norms.png"

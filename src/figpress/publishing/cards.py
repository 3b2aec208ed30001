"""What others show of a page that somebody links to: its question beside its first figure, as a picture; and the elements of a
page's head that say so. Pages without a figure have the card of the first page."""

import html
import io
import json
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

from figpress.drawing.style import Style
from figpress.pages.site import Site
from figpress.store import cached, version_of_source

SIZE = (1200, 630)
"""In pixels; what most hosts ask for."""

_MARGIN, _COLUMN, _GAP = 64, 440, 48


def card_address(page: str) -> str:
    """Where the card of a page is published, by the page's address."""
    return f"assets/cards/{page.removesuffix('/').removesuffix('.html') or 'index'}.png"


def cards(cache: Path, titles: Mapping[str, str], site: Site, style: Style, name: str) -> Mapping[str, bytes]:
    """The cards by their addresses, given the titles of pages by theirs; each is kept until its title or its figure changes."""
    version = json.dumps(
        [version_of_source(__file__), metadata.version("pillow"), name, style.palette("light"), style.fonts.state]
    )
    shown = site.first_figures
    wanted = {
        card_address(page): f"{title}\n".encode() + site.figures[shown[page]].files["png"]
        for page, title in titles.items()
        if page in shown
    }

    def make(contents: dict[str, bytes]) -> dict[str, bytes]:
        parted = {address: content.partition(b"\n") for address, content in contents.items()}
        return {address: card(title.decode(), name, picture, style) for address, (title, _, picture) in parted.items()}

    return cached(cache / "cards", version, wanted, make).all()


def card(title: str, name: str, picture: bytes, style: Style) -> bytes:
    """One card, as PNG: a page's title, of which what stands before a colon is small, the site's name, and a drawing."""
    from PIL import Image, ImageDraw, ImageFont

    colours = style.palette("light")
    sheet = Image.new("RGB", SIZE, colours.get("paper", "#ffffff"))
    draw = ImageDraw.Draw(sheet)

    def font(cut: str, size: int):
        return ImageFont.truetype(getattr(style.fonts, cut), size)

    subject, _, question = title.partition(": ")
    small, large = font("semibold", 26), font("semibold", 46)
    said = question[:1].upper() + question[1:] or subject
    y = _MARGIN
    accent = colours.get(style.page["accent"], "#000000")
    ink, muted = (colours.get(role, "#000000") for role in ("ink", "muted"))
    for text, font_of_text, colour, leading in (
        (subject if question else "", small, accent, 36),
        (said, large, ink, 56),
    ):
        for line in _lines(text, font_of_text.getlength):
            draw.text((_MARGIN, y), line, colour, font_of_text)
            y += leading
        y += 12 * bool(text)
    draw.text((_MARGIN, SIZE[1] - _MARGIN), name, muted, font("regular", 30), anchor="ls")

    left = _MARGIN + _COLUMN + _GAP
    drawing = Image.open(io.BytesIO(picture)).convert("RGB")
    room = (SIZE[0] - _MARGIN - left, SIZE[1] - 2 * _MARGIN)
    scale = min(room[0] / drawing.width, room[1] / drawing.height)
    drawing = drawing.resize((round(drawing.width * scale), round(drawing.height * scale)), Image.Resampling.LANCZOS)
    sheet.paste(drawing, (left + (room[0] - drawing.width) // 2, (SIZE[1] - drawing.height) // 2))
    file = io.BytesIO()
    sheet.save(file, "png")
    return file.getvalue()


def _lines(text: str, width) -> Iterator[str]:
    """A text in lines that are no wider than the column, unless a word is."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width(longer) > _COLUMN:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def head(root: str, page: str, title: str, description: str, site: Site, name: str) -> str:
    """What a page's head says of it to those who link to it; nothing where the site's address is not known.

    Args:
        root: the site's address.
        page: the page's address in the site.
        title: of the page.
        description: of the page; "" where there is none.
        site: which page shows which figure.
        name: the site's.
    """
    shown = site.first_figures
    first = "" if site.directory_urls else "index.html"
    pictured = page if page in shown else first
    if not root or pictured not in shown:
        return ""
    root = root.rstrip("/") + "/"
    said = {
        "og:type": "article" if page != first else "website",
        "og:site_name": name,
        "og:title": title,
        "og:description": description,
        "og:url": root + page,
        "og:image": root + card_address(pictured),
        "og:image:width": str(SIZE[0]),
        "og:image:height": str(SIZE[1]),
        "og:image:alt": site.figures[shown[pictured]].description,
    }
    elements = (
        f'<meta property="{key}" content="{html.escape(value, quote=True)}">' for key, value in said.items() if value
    )
    return "".join([*elements, '<meta name="twitter:card" content="summary_large_image">'])

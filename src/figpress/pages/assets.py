"""What the built site needs besides its pages: the stylesheet, figures' files, and what stands in a page's head."""

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import resources

from figpress.drawing.style import SCHEMES, Style
from figpress.live import bundle
from figpress.pages.fonts import MATHS_FONT, TEXT_FONTS
from figpress.store import Parts

STYLESHEET = "assets/figpress.css"

# No font can be asked for beforehand from a folder, and none is ever there at once: it is shown when it comes.
FROM_A_FOLDER = '<script>location.protocol=="file:"&&document.fonts.forEach(font=>font.display="swap")</script>'


def dark(svg: str, style: Style) -> str:
    """The same SVG in the colours of the dark scheme."""
    light, night = style.palette("light"), style.palette("dark")
    by_value = {value: night[name] for name, value in light.items()}
    return re.sub(r"#[0-9a-f]{6}\b", lambda m: by_value.get(m[0].lower(), m[0]), svg, flags=re.IGNORECASE)


def figure_files(style: Style, figures: Mapping[str, Parts]) -> Iterator[tuple[str, bytes]]:
    """The files of figures, by name, and the SVG of each in the colours of the dark scheme as well: each by its address."""
    for name, parts in figures.items():
        files = parts.all()
        yield from ((f"figures/{name}.{ending}", content) for ending, content in files.items())
        yield f"figures/{name}-dark.svg", dark(files["svg"].decode(), style).encode()


FONT_FROM_STYLESHEET = "fonts/{}.woff2"


def font_address(name: str) -> str:
    """Where a font is published."""
    return f"assets/{FONT_FROM_STYLESHEET.format(name)}"


def head(
    url: Callable[[str], str], style: Style, *, maths: bool = False, italic: bool = True, searched: bool = True
) -> str:
    """Elements for a page's head: fonts are asked for at once, so that nothing moves when they come; the browser's own colour.

    ``url`` gives an address of the site as the page sees it; ``maths`` says whether a formula stands in it, ``italic`` whether
    anything is set in italics, and ``searched`` whether search engines shall show it.
    """
    text = [name for name in TEXT_FONTS if italic or not name.endswith("italic")]
    names = (*text, *([MATHS_FONT] if maths else []))
    preloaded = "".join(
        f'<link rel="preload" href="{url(font_address(name))}" as="font" type="font/woff2" crossorigin>'
        for name in names
    )
    colours = "".join(
        f'<meta name="theme-color" media="(prefers-color-scheme: {scheme})" content="{style.palette(scheme)["paper"]}">'
        for scheme in SCHEMES
        if "paper" in style.colours
    )
    return preloaded + colours + ("" if searched else '<meta name="robots" content="noindex">')


def assets(style: Style, fonts: Mapping[str, bytes]) -> dict[str, str | bytes]:
    """All files by their address in the site. Styles and colours are one file: a page is shown once it has all."""
    sheets = (
        (resources.files(f"figpress.{room}") / name).read_text(encoding="utf-8")
        for room, name in (("pages", "figpress.css"), ("live", "live.css"))
    )
    return {
        STYLESHEET: "\n".join([style.fonts.css(FONT_FROM_STYLESHEET), *sheets, style.css()]),
        **{font_address(name): content for name, content in fonts.items()},
        bundle.DOWNLOAD: bundle.download(style.fonts, fonts),
    }

"""The style file: named colours in a light and a dark value, and Matplotlib settings that may use the names.

A figure says ``color="l1"``; which colour that is depends on the scheme it is drawn in, and on a page on the reader's.
"""

import contextlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from figpress.drawing.typefaces import Typefaces, brought, register, typefaces

SCHEMES = ("light", "dark")

PURPOSES = {"accent": "ink", "code": "ink"}
"""What a page needs a colour for, besides ink, muted, grid and paper: links and marks, the words of code; what it is where a style's
table ``[page]`` names none."""

HEX = re.compile(r"#[0-9a-f]{6}\b")
"""A colour as Matplotlib writes it."""

FIXED = {
    # Every point of a line is in the file, so that what is drawn can be read back, and moved on a page.
    "path.simplify": False,
    # Ids that are the same each time.
    "svg.hashsalt": "figpress",
}
"""Settings that hold in every style that does not say otherwise."""


@dataclass(frozen=True)
class Style:
    """Colours by name (light, dark), size in inches, Matplotlib settings, the colour of each of the page's purposes, and typefaces."""

    colours: dict[str, tuple[str, str]]
    size: tuple[float, float]
    rc: dict[str, object]
    page: dict[str, str] = field(default_factory=lambda: dict(PURPOSES))
    fonts: Typefaces = field(default_factory=brought)

    def palette(self, scheme: str) -> dict[str, str]:
        """The colours of one scheme, by name."""
        if scheme not in SCHEMES:
            raise ValueError(f"scheme must be one of {', '.join(SCHEMES)}, got {scheme!r}")
        return {name: pair[SCHEMES.index(scheme)] for name, pair in self.colours.items()}

    def css(self) -> str:
        """The palette as CSS custom properties, for both of Material's schemes, and a class for words of each colour; paper is light in both."""
        light, dark = (
            "".join(f"  --fig-{_css(name)}: {value};\n" for name, value in self.palette(scheme).items())
            for scheme in SCHEMES
        )
        purposes = "".join(f"  --fp-{purpose}: var(--fig-{_css(name)});\n" for purpose, name in self.page.items())
        words = "".join(f".term-{_css(name)} {{ color: var(--fig-{_css(name)}); }}\n" for name in self.colours)
        night = f'@media screen {{\n[data-md-color-scheme="slate"] {{\n{dark}}}\n}}\n'
        return f":root {{\n{light}}}\n{night}:root, [data-md-color-scheme] {{\n{purposes}}}\n{words}"


def _css(name: str) -> str:
    return name.replace("_", "-")


def load_style(path: Path) -> Style:
    """Read a style file.

    Raises:
        ValueError: the file is not TOML, a section is missing, a colour is written in another way than in drawings, where the page's
            copy finds it, two names share a light one, ``[page]`` names what there is not, or ``[fonts]`` fonts that are not there.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        colours = {name: tuple(str(value).lower() for value in pair) for name, pair in raw["colours"].items()}
        page = PURPOSES | raw.get("page", {})
        size = (float(raw["size"]["width"]), float(raw["size"]["height"]))
        fonts = raw.get("fonts", {})
        # In the black of Matplotlib, outlines and hatches would be lost on a dark page.
        usual = {"font.family": [fonts.get("family", brought().family)]} | (
            {"patch.edgecolor": "ink"} if "ink" in colours else {}
        )
        style = Style(colours, size, usual | raw["rc"], page)
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"{path}: not a style file: {error!r}") from error
    for name, pair in colours.items():
        if len(pair) != 2 or not all(map(HEX.fullmatch, pair)):
            given = raw["colours"][name]
            raise ValueError(f'{path}: {name} must be a light colour and a dark one, such as "#1c2430", got {given!r}')
    if len(set(style.palette("light").values())) < len(colours):
        raise ValueError(f"{path}: two colours share one light value")
    for purpose, name in raw.get("page", {}).items():
        if purpose not in PURPOSES or name not in colours:
            known = f"{', '.join(PURPOSES)}; colours: {', '.join(colours)}"
            raise ValueError(f"{path}: [page] says {purpose} = {name!r}; it may name a colour for {known}")
    try:
        return replace(style, fonts=typefaces(fonts, path.parent))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


@contextlib.contextmanager
def applied(style: Style, scheme: str = "light", *, keep_names: bool = False) -> Iterator[None]:
    """Draw in this style and scheme inside a ``with`` block; the caller's own settings come back after it.

    With ``keep_names`` the names of colours stay known: a notebook shows a figure when its cell has ended.
    """
    import matplotlib
    from matplotlib import colors

    register(style.fonts)
    names = colors.get_named_colors_mapping()
    before = {name: names[name] for name in style.colours if name in names}
    # One by one: the mapping forgets its resolved colours only when an item is set or deleted.
    for name, value in style.palette(scheme).items():
        names[name] = value
    try:
        with matplotlib.rc_context():
            # By rcdefaults, the first time would read all the styles that Matplotlib brings.
            matplotlib.rcParams.update(
                {name: value for name, value in matplotlib.rcParamsDefault.items() if name != "backend"}
            )
            wanted = {"pdf.fonttype": style.fonts.pdf_type} | style.rc
            # A PDF has a font in parts, or not at all, where Matplotlib's setting for PostScript is another.
            matplotlib.rcParams.update(FIXED | {"ps.fonttype": wanted["pdf.fonttype"]} | wanted)
            yield
    finally:
        for name in () if keep_names else style.colours:
            if name in before:
                names[name] = before[name]
            else:
                del names[name]

"""Fonts cut down to some of their characters: those of the site, and those that a drawing brings in its file."""

import base64
import hashlib
import html
import io
import re
from dataclasses import dataclass
from pathlib import Path

from figpress.drawing.typefaces import TEXT_CUTS, Typefaces

_TYPED = range(0x20, 0x7F)
"""What a word may be changed to, beside the letters that a drawing has."""


@dataclass(frozen=True)
class Cut:
    """What is kept of a font."""

    path: Path
    characters: tuple[int, ...]
    features: tuple[str, ...]

    def recipe(self) -> list:
        return [hashlib.sha256(self.path.read_bytes()).hexdigest(), self.characters, self.features]


def subset(cut: Cut) -> bytes:
    """A WOFF2 of some characters, without hints, which weigh a fifth of a font of text; the same bytes each time."""
    from fontTools import subset as tool

    options = tool.Options(
        flavor="woff2", layout_features=list(cut.features), hinting=False, recalc_timestamp=False, notdef_outline=True
    )
    content = io.BytesIO()
    with tool.load_font(str(cut.path), options) as font:
        worker = tool.Subsetter(options)
        worker.populate(unicodes=cut.characters)
        # All names stay, the licence among them. To look which are in use takes half of the time.
        names = font["name"]
        del font["name"]
        worker.subset(font)
        font["name"] = names
        tool.save_font(font, content, options)
    return content.getvalue()


def with_fonts(svg: bytes, fonts: Typefaces) -> bytes:
    """An SVG that brings the font of its texts, in the cuts that it has, for whoever has not installed it."""
    drawing = svg.decode()
    letters = html.unescape(re.sub(r"<[^>]*>", "", "".join(re.findall(r"<text.*?</text>", drawing, re.DOTALL))))
    characters = tuple(sorted({*_TYPED, *map(ord, letters)} - {ord("\n")}))
    styles = re.findall(r'<(?:text|tspan) [^>]*style="([^"]*)"', drawing)
    faces = ""
    for name in sorted({_cut_of(style) for style in styles}):
        font = subset(Cut(getattr(fonts, name), characters, ("kern", "liga", "mark")))
        source = f"data:font/woff2;base64,{base64.b64encode(font).decode()}"
        faces += (
            f'@font-face {{ font-family: "{fonts.family}"; {TEXT_CUTS[name]}; src: url({source}) format("woff2"); }}\n'
        )
    return drawing.replace("</style>", f"\n{faces}</style>", 1).encode()


def _cut_of(style: str) -> str:
    if "font-style" in style:
        return "italic"
    weight = re.search(r"font-weight: (\d+)", style)
    return "semibold" if weight and int(weight[1]) >= 600 else "regular"

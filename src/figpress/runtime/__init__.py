"""What the built site needs besides its pages: the stylesheet, the palette and subsets of the fonts."""

import importlib.util
import io
import re
from functools import cache
from importlib import resources

from figpress.style import Style

STYLESHEET = "assets/figpress.css"
PALETTE = "assets/palette.css"

_TEXT_FONTS = {"regular": "SourceSansPro", "semibold": "SourceSansProSemibold", "italic": "SourceSansProIt"}
# Latin with accents, Greek, punctuation, arrows, mathematical signs, superscripts and subscripts, block elements.
_RANGES = ((0x20, 0x17F), (0x2C6, 0x2DD), (0x300, 0x304), (0x370, 0x3FF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20AC, 0x20AC),
           (0x2100, 0x214F), (0x2150, 0x215E), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF), (0x2713, 0x2713))
# What math-core writes besides: mathematical alphanumerics, brackets, primes, invisible operators.
_MATHS = (*_RANGES, (0x2300, 0x23FF), (0x27C0, 0x27EF), (0x2980, 0x29FF), (0x2A00, 0x2AFF), (0x1D400, 0x1D7FF))


def dark(svg: str, style: Style) -> str:
    """The same SVG in the colours of the dark scheme."""
    light, night = style.palette("light"), style.palette("dark")
    by_value = {value: night[name] for name, value in light.items()}
    return re.sub(r"#[0-9a-f]{6}\b", lambda m: by_value.get(m[0].lower(), m[0]), svg, flags=re.IGNORECASE)


def subset(path: str, ranges: tuple, features: list[str]) -> bytes:
    """A WOFF2 of the given character ranges; the same bytes each time."""
    from fontTools import subset as tool

    options = tool.Options(flavor="woff2", layout_features=features, recalc_timestamp=False, notdef_outline=True, name_IDs=["*"])
    font = tool.load_font(path, options)
    worker = tool.Subsetter(options)
    worker.populate(unicodes=[code for low, high in ranges for code in range(low, high + 1)])
    worker.subset(font)
    content = io.BytesIO()
    tool.save_font(font, content, options)
    return content.getvalue()


@cache
def _fonts() -> dict[str, bytes]:
    import font_source_sans_pro

    files = {f"assets/fonts/source-sans-{name}.woff2": subset(font_source_sans_pro.font_files_ttf[key], _RANGES, ["kern", "liga", "tnum", "lnum"])
             for name, key in _TEXT_FONTS.items()}
    # Found without importing: the package is wanted for the font it carries alone.
    [package] = importlib.util.find_spec("ziamath").submodule_search_locations
    files["assets/fonts/stix-two-math.woff2"] = subset(f"{package}/fonts/STIXTwoMath-Regular.ttf", _MATHS, ["*"])
    return files


def assets(style: Style) -> dict[str, str | bytes]:
    """All files by their address in the site."""
    return {
        STYLESHEET: (resources.files(__name__) / "figpress.css").read_text(encoding="utf-8"),
        PALETTE: style.css(),
        **_fonts(),
    }

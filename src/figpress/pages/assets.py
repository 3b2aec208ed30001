"""What the built site needs besides its pages: the stylesheet, the palette and subsets of the fonts."""

import contextlib
import hashlib
import importlib.util
import io
import json
import re
from collections.abc import Mapping
from importlib import metadata, resources
from pathlib import Path

from figpress.drawing.style import Style
from figpress.store import Damaged, Parts, Store, pack, version_of_source

STYLESHEET = "assets/figpress.css"
PALETTE = "assets/palette.css"

_TEXT_FONTS = {"regular": "SourceSansPro-Regular", "semibold": "SourceSansPro-Semibold", "italic": "SourceSansPro-It"}
# Latin with accents, Greek, punctuation, arrows, mathematical signs, superscripts and subscripts, block elements.
_RANGES = (
    (0x20, 0x17F),
    (0x2C6, 0x2DD),
    (0x300, 0x304),
    (0x370, 0x3FF),
    (0x2000, 0x206F),
    (0x2070, 0x209F),
    (0x20AC, 0x20AC),
    (0x2100, 0x214F),
    (0x2150, 0x215E),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x25A0, 0x25FF),
    (0x2713, 0x2713),
)
# Mathematics: Latin, Greek, operators and arrows, brackets that grow, and the bold and italic letters that browsers put
# in the place of plain ones.
_MATHS = (
    (0x20, 0x7E),
    (0xA0, 0xF7),
    (0x131, 0x131),
    (0x237, 0x237),
    (0x2C6, 0x2DD),
    (0x300, 0x338),
    (0x391, 0x3F6),
    (0x2010, 0x2064),
    (0x20D7, 0x20D7),
    (0x2102, 0x2135),
    (0x2190, 0x21D5),
    (0x2200, 0x22A5),
    (0x22C5, 0x22C6),
    (0x22EE, 0x22F1),
    (0x2308, 0x230B),
    (0x239B, 0x23AE),
    (0x23DC, 0x23E1),
    (0x27E8, 0x27E9),
    (0x1D400, 0x1D467),
    (0x1D6A4, 0x1D6A5),
    (0x1D6FC, 0x1D71B),
)


def dark(svg: str, style: Style) -> str:
    """The same SVG in the colours of the dark scheme."""
    light, night = style.palette("light"), style.palette("dark")
    by_value = {value: night[name] for name, value in light.items()}
    return re.sub(r"#[0-9a-f]{6}\b", lambda m: by_value.get(m[0].lower(), m[0]), svg, flags=re.IGNORECASE)


def write_figures(folder: Path, style: Style, figures: Mapping[str, Parts]) -> None:
    """Write the files of figures, by name, and the SVG of each in the colours of the dark scheme as well."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, parts in figures.items():
        files = parts.all()
        for ending, content in files.items():
            (folder / f"{name}.{ending}").write_bytes(content)
        (folder / f"{name}-dark.svg").write_text(dark(files["svg"].decode(), style), encoding="utf-8")


def subset(path: str, ranges: tuple, features: tuple[str, ...]) -> bytes:
    """A WOFF of the given character ranges, without hints, which weigh a fifth of a font of text; the same bytes each time."""
    from fontTools import subset as tool

    # Not WOFF2: a quarter smaller, but it takes three times as long, which would be a third of a small project's first build.
    options = tool.Options(
        flavor="woff", layout_features=list(features), hinting=False, recalc_timestamp=False, notdef_outline=True
    )
    content = io.BytesIO()
    with tool.load_font(path, options) as font:
        worker = tool.Subsetter(options)
        worker.populate(unicodes=[code for low, high in ranges for code in range(low, high + 1)])
        # All names stay, the licence among them. To look which are in use takes half of the time.
        names = font["name"]
        del font["name"]
        worker.subset(font)
        font["name"] = names
        tool.save_font(font, content, options)
    return content.getvalue()


def _font_sources() -> dict[str, tuple[str, tuple, tuple[str, ...]]]:
    """Each published font: the file that a package carries, and the characters and layout features that are kept."""
    text = _package_folder("font_source_sans_pro") / "files"
    maths = _package_folder("ziamath") / "fonts" / "STIXTwoMath-Regular.ttf"
    fonts = {
        f"source-sans-{name}": (str(text / f"{file}.ttf"), _RANGES, ("kern", "liga", "tnum", "lnum"))
        for name, file in _TEXT_FONTS.items()
    }
    # Mathematics has a table of its own for how far apart things are and where accents go.
    return fonts | {"stix-two-math": (str(maths), _MATHS, ("ssty", "flac", "dtls", "ccmp"))}


def _package_folder(name: str) -> Path:
    # Found without importing: these packages are wanted for the fonts they carry alone.
    [folder] = importlib.util.find_spec(name).submodule_search_locations
    return Path(folder)


def fonts(cache: Path) -> dict[str, bytes]:
    """Subsets of the fonts as WOFF, by name; made once and kept, since making them takes seconds."""
    sources = _font_sources()
    recipe = {
        "figpress": version_of_source(__file__),
        "fonttools": metadata.version("fonttools"),
        **{
            name: [hashlib.sha256(Path(path).read_bytes()).hexdigest(), *kept]
            for name, (path, *kept) in sources.items()
        },
    }
    key = hashlib.sha256(json.dumps(recipe, sort_keys=True).encode()).hexdigest()[:32]
    store = Store(cache / "fonts")
    for file in store.files("fonts"):
        if file.stem == key:
            with contextlib.suppress(Damaged):
                entry, content = store.load(file)
                return entry.parts(content)
    made = {name: subset(*source) for name, source in sources.items()}
    store.save("fonts", key, pack({}, made))
    store.prune(["fonts"])
    return made


def assets(style: Style, fonts: Mapping[str, bytes]) -> dict[str, str | bytes]:
    """All files by their address in the site."""
    return {
        STYLESHEET: "\n".join(
            (resources.files(f"figpress.{room}") / name).read_text(encoding="utf-8")
            for room, name in (("pages", "figpress.css"), ("live", "live.css"))
        ),
        PALETTE: style.css(),
        **{f"assets/fonts/{name}.woff": content for name, content in fonts.items()},
    }

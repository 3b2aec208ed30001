"""The fonts of the built site: those of text cut down to a range of characters, that of formulas to the characters in use."""

import contextlib
import hashlib
import html
import json
import re
from collections.abc import Collection, Mapping
from importlib import metadata
from pathlib import Path

from figpress.drawing import subsets
from figpress.drawing.subsets import Cut, subset
from figpress.drawing.typefaces import TEXT, Typefaces
from figpress.pages.maths import ITALIC
from figpress.store import Damaged, Store, pack, version_of_source

TEXT_FONTS = TEXT
MATHS_FONT = "maths"

# Latin with the accents of Western Europe, Greek, punctuation, arrows, mathematical signs, superscripts and subscripts, block
# elements: what a live figure may write is not known beforehand.
_TEXT = (
    (0x20, 0x7E),
    (0xA0, 0xFF),
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


def text_fonts(cache: Path, typefaces: Typefaces) -> dict[str, bytes]:
    """The fonts of text, by name."""
    characters = tuple(code for low, high in _TEXT for code in range(low, high + 1))
    # Accents find their letters by "mark": a drawing's ŷ is y and its hat, since no cut can hold all letters with accents.
    features = ("kern", "liga", "tnum", "lnum", "mark")
    cuts = {name: Cut(getattr(typefaces, name), characters, features) for name in TEXT_FONTS}
    return _cached(cache, "text", cuts)


def in_formulas(page: str) -> set[str]:
    """The characters that the formulas of a page show."""
    formulas = "".join(re.findall(r"<math\b.*?</math>", page, re.DOTALL))
    written = set(html.unescape(re.sub(r"<[^>]*>", "", formulas)))
    if re.search(r"<m(sqrt|root)\b", formulas):
        # An element says so; the browser takes the sign from the font all the same.
        written.add("√")
    return written | {ITALIC[character] for character in written & ITALIC.keys()}


def maths_font(cache: Path, typefaces: Typefaces, characters: Collection[str]) -> dict[str, bytes]:
    """The font of formulas with the given characters, by its name; signs that grow keep their parts. None where there is no formula."""
    if not characters:
        return {}
    # Its table of mathematics says how far apart things are and where accents go.
    cut = Cut(typefaces.maths, tuple(sorted(map(ord, characters))), ("ssty", "flac", "dtls", "ccmp"))
    return _cached(cache, "maths", {MATHS_FONT: cut})


def _cached(cache: Path, item: str, cuts: Mapping[str, Cut]) -> dict[str, bytes]:
    """Subsets made once and kept, since making them takes seconds."""
    recipe = {
        "figpress": version_of_source(__file__, subsets.__file__),
        "fonttools": metadata.version("fonttools"),
        **{name: cut.recipe() for name, cut in cuts.items()},
    }
    key = hashlib.sha256(json.dumps(recipe, sort_keys=True).encode()).hexdigest()[:32]
    store = Store(cache / "fonts")
    for file in store.files(item):
        if file.stem == key:
            with contextlib.suppress(Damaged):
                entry, content = store.load(file)
                return entry.parts(content)
    made = {name: subset(cut) for name, cut in cuts.items()}
    store.save(item, key, pack({}, made))
    store.prune(["text", "maths"])
    return made

"""The typefaces of drawings and pages: those that the press brings, or a style's own, in its table ``[fonts]``."""

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

TEXT_CUTS = {"regular": "font-weight: 400", "semibold": "font-weight: 600 700", "italic": "font-style: italic"}
"""The cuts of the typeface of text, and for which letters CSS takes each."""

TEXT = tuple(TEXT_CUTS)

GREEK = "U+370-3FF"

_TOGETHER = (("family", *TEXT), ("maths_family", "maths"))


@dataclass(frozen=True)
class Typefaces:
    """The typeface of text in its three cuts, that of formulas, and what both are called."""

    family: str
    regular: Path
    semibold: Path
    italic: Path
    maths_family: str
    maths: Path

    def css(self, address: str) -> str:
        """Rules that load the fonts, each from an address with its name in it, and what they are called.

        A font that comes too late is left for the next page, so that nothing moves; pages ask for theirs at once.
        """
        faces = (
            *((self.family, cut, name) for name, cut in TEXT_CUTS.items()),
            (self.maths_family, "font-style: normal", "maths"),
        )
        # The italic of Source Sans has no Greek.
        lacking = [(self.family, f"font-style: italic; unicode-range: {GREEK}", "regular")] * (
            self.italic == brought().italic
        )
        rules = (
            f'@font-face {{ font-family: "{family}"; {cut}; font-display: optional; '
            f'src: url("{address.format(name)}") format("woff2"); }}\n'
            for family, cut, name in (*faces, *lacking)
        )
        named = f':root {{ --md-text-font: "{self.family}"; --fp-maths-font: "{self.maths_family}"; }}\n'
        return "".join(rules) + named

    @cached_property
    def state(self) -> list[str]:
        """What tells one set of typefaces from another: what a drawing depends on. Each style that is read looks at the files once."""
        return [self.family, *(hashlib.sha256(getattr(self, cut).read_bytes()).hexdigest() for cut in TEXT)]

    @cached_property
    def pdf_type(self) -> int:
        """As what Matplotlib writes them into a PDF. Type 42 is a font of letters, and some publishers refuse any other; but it takes
        PostScript outlines for those of TrueType, and such fonts are drawn as Type 3, which is right everywhere."""
        return 3 if any(_beginning(getattr(self, cut)) == b"OTTO" for cut in TEXT) else 42


def _beginning(path: Path) -> bytes:
    with open(path, "rb") as file:
        return file.read(4)


def _package_folder(name: str) -> Path:
    # Found without importing: these packages are wanted for the fonts they carry alone.
    [folder] = importlib.util.find_spec(name).submodule_search_locations
    return Path(folder)


@cache
def brought() -> Typefaces:
    """Source Sans Pro, and STIX Two Math for formulas."""
    text = _package_folder("font_source_sans_pro") / "files"
    return Typefaces(
        family="Source Sans Pro",
        regular=text / "SourceSansPro-Regular.ttf",
        semibold=text / "SourceSansPro-Semibold.ttf",
        italic=text / "SourceSansPro-It.ttf",
        maths_family="STIX Two Math",
        maths=_package_folder("ziamath") / "fonts" / "STIXTwoMath-Regular.ttf",
    )


def typefaces(table: Mapping[str, object], folder: Path) -> Typefaces:
    """The typefaces that a style's table names, with paths from its folder.

    Raises:
        ValueError: it names what there is not, only a part of a typeface, or a file that is not there.
    """
    known = [name for names in _TOGETHER for name in names]
    for name, value in table.items():
        if name not in known:
            raise ValueError(f"[fonts] has no {name!r}; there are: {', '.join(known)}")
        if not isinstance(value, str) or not value or '"' in value:
            raise ValueError(f"[fonts] {name} must be a text, got {value!r}")
    for names in _TOGETHER:
        if missing := [name for name in names if table.keys() & set(names) and name not in table]:
            raise ValueError(f"[fonts] needs all of {', '.join(names)} together: {missing[0]} is missing")
    own = {name: value if name.endswith("family") else folder / value for name, value in table.items()}
    for name, path in own.items():
        if isinstance(path, Path) and not path.is_file():
            raise ValueError(f"[fonts] {name}: there is no file {path}")
    return replace(brought(), **own)


def register(fonts: Typefaces) -> None:
    """Make the typeface of text known to Matplotlib, once a process.

    Raises:
        ValueError: a file is a font of another name.
    """
    from matplotlib.font_manager import fontManager

    def names(path: str) -> list[str]:
        # A cut may have a name of its own as well.
        return [entry.name for entry in fontManager.ttflist if entry.fname == path]

    for cut in TEXT:
        path = str(getattr(fonts, cut))
        if not names(path):
            try:
                fontManager.addfont(path)
            except (OSError, RuntimeError) as error:
                raise ValueError(f"[fonts] {cut}: {path} is no font: {error}") from None
        if fonts.family not in (found := names(path)):
            raise ValueError(f"[fonts] {cut}: {path} is a font of {found[0]!r}, not of {fonts.family!r}")

"""The patterns of what is written on pages, each once; what they mean stands in ``figpress.pages.markdown``."""

import re
from collections.abc import Iterable

CLAIM = r'<claim id="([\w-]+)">(.+?)</claim>'
FACT = r"\[\[([a-z_][\w.]*)(?::([^\]\n]+))?\]\]"
# A formula is set aside by then, between two signs that nobody types.
RELATION = rf"(?:\x02[^\x02\x03]+\x03|(?<![\w-])[^\W\d_]\w*) [=<>≤≥≈] {FACT}[,.;:!?)’”]*"
BLOCK = re.compile(r"^/// (figure|table|gallery)\b(?: \| (\w+))?", re.MULTILINE)


KINDS = "figure|equation|table|listing|gallery"
EQUATION = re.compile(
    r"^/// equation(?: \|[ \t]*(?P<number>[^\n]*?))?[ \t]*\n(?P<options>(?:[ \t]+\w+:[^\n]*\n)*)(?P<latex>.*?)^///[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
TABLE = re.compile(r"^/// table \| ([\w.]+)[ \t]*\n(.*?)^///[ \t]*$", re.DOTALL | re.MULTILINE)


def figures_in(text: str) -> list[str]:
    """The figures that a page's Markdown shows, by name, in order."""
    return [name for kind, name in BLOCK.findall(text) if kind == "figure"]


def claims_in(text: str) -> dict[str, str]:
    """The sentence of each claim in a page's Markdown, by its id."""
    return dict(re.findall(CLAIM, text, re.DOTALL))


def untested(claim: str) -> str:
    """What is said of a claim that no test is named after."""
    return f"claim {claim!r} has no test; expected a test function test_{claim.replace('-', '_')}"


def has_gallery(text: str) -> bool:
    """Whether a page's Markdown shows all figures."""
    return any(kind == "gallery" for kind, _ in BLOCK.findall(text))


def named_in(text: str, figures: Iterable[str]) -> set[str]:
    """Which figures a page's Markdown shows or quotes."""
    if has_gallery(text):
        return set(figures)
    return set(figures) & {
        *(name for _, name in BLOCK.findall(text)),
        *(path.partition(".")[0] for path, _ in re.findall(FACT, text)),
    }

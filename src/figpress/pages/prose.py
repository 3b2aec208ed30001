"""Find numbers that stand typed in the prose of a page instead of being quoted from the code.

A result must be quoted (``[[walk.steps]]``), a given number declared (``[[given.w0]]``). What is left after code, quotes
and addresses are taken away is prose; a numeral in it, in digits or in words, is a finding unless the project's list of
structural phrases names it with a reason ("two penalties": the subject's own count, no result).
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from figpress.pages.maths import FORMULA
from figpress.pages.syntax import EQUATION

# "zero" and "one" are left out on purpose: zero is the place this subject is about, "one" is mostly a pronoun.
NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half halves third thirds "
    "quarter quarters fourth fifth sixth seventh eighth ninth tenth twice thrice double doubles triple dozen dozens "
    "hundreds thousands millions"
).split()
_WORD = re.compile(r"\b(" + "|".join(NUMBER_WORDS) + r")\b", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w.])[-\u2212]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:e-?\d+)?%?|[\u00bc-\u00be\u2150-\u215f]")
# In a formula 0, 1, 2 and 1/2 are mathematics (exponents, coefficients); larger or decimal numbers are results or givens.
_FORMULA_NUMBER = re.compile(r"(?<![\d.])(?:\d+\.\d+|[3-9]|\d{2,})(?![\d.])")
_STRUCTURAL_TEX = re.compile(r"\\(?:frac|tfrac|dfrac)\s*1\s*2|\\[a-zA-Z]+")

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
# Readers see these, one in search engines; what else stands there is for MkDocs.
_UNSEEN = re.compile(r"^(?!title:|description:).*$", re.MULTILINE)
_BLANKED = (
    re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$", re.DOTALL | re.MULTILINE),
    EQUATION,
    re.compile(r"^///.*$|^::: .*$", re.MULTILINE),
    re.compile(r"^[ \t]+(?:options|handler|show_\w+|members):.*$", re.MULTILINE),
    # Neither code nor a tag goes on in the next paragraph.
    re.compile(r"(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL),
    re.compile(r"<!--.*?-->|</?[a-zA-Z](?:(?!\n\s*\n)[^>])*>", re.DOTALL),
    re.compile(r"\[\[[^\]]*\]\]"),
    re.compile(r"(?<=\])\([^)\s]+\)"),
    re.compile(r"https?://\S+"),
    re.compile(r"\{[^{}\n]*\}(?=\s*$)", re.MULTILINE),
    re.compile(r"^\s*\d+\.(?=\s)", re.MULTILINE),
)
_INLINE_FORMULA = re.compile(FORMULA)


@dataclass(frozen=True)
class Numeral:
    """A number that stands typed in prose."""

    path: str
    line: int
    text: str
    context: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text!r} is typed, not quoted: …{self.context}…"


def _blank(match: re.Match) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def load_structural(path: Path) -> tuple[re.Pattern, ...]:
    """Read the list of structural phrases: TOML, ``phrase = "reason"``; phrases are regular expressions.

    Raises:
        ValueError: the file is not TOML in UTF-8, a phrase has no reason, or is no regular expression.
    """
    try:
        phrases = tomllib.loads(path.read_text(encoding="utf-8")).get("structural", {}) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: cannot be read as TOML in UTF-8: {error}") from None
    if not isinstance(phrases, dict):
        raise ValueError(f"{path}: structural must be a table of phrases, each with its reason, got {phrases!r}")
    for phrase, reason in phrases.items():
        if not isinstance(reason, str) or len(reason) < 5:
            raise ValueError(f"{path}: {phrase!r} needs a reason")
    try:
        return tuple(re.compile(rf"(?<!\w)(?:{phrase})(?!\w)", re.IGNORECASE) for phrase in phrases)
    except re.error as error:
        raise ValueError(f"{path}: not a regular expression: {error}") from None


def typed_numerals(text: str, path: str, structural: tuple[re.Pattern, ...] = ()) -> list[Numeral]:
    """Every numeral typed in the Markdown ``text``, in order."""
    text = _FRONT_MATTER.sub(lambda match: _UNSEEN.sub(_blank, match[0]), text)
    for pattern in _BLANKED:
        text = pattern.sub(_blank, text)
    found: list[tuple[int, str]] = []

    def look_into_formula(match: re.Match) -> str:
        bare = _STRUCTURAL_TEX.sub(_blank, match[1])
        found.extend((match.start(1) + number.start(), number[0]) for number in _FORMULA_NUMBER.finditer(bare))
        return _blank(match)

    prose = _INLINE_FORMULA.sub(look_into_formula, text)
    for pattern in structural:
        prose = pattern.sub(_blank, prose)
    for pattern in (_DIGITS, _WORD):
        found.extend((match.start(), match[0]) for match in pattern.finditer(prose))
    return [
        Numeral(path, text.count("\n", 0, start) + 1, token, " ".join(text[max(0, start - 30) : start + 30].split()))
        for start, token in sorted(found)
    ]

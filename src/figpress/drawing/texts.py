"""What a drawing says, in other words: a table gives them for each of its texts, and the numbers in them stay computed.

A text is known by its template, in which ``{1}``, ``{2}`` ... stand for its numbers, so that one line of a table does for
all values: ``"After {1} steps" = "Nach {1} Schritten"``.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

# A digit after a letter belongs to a name, as in L1; a sign belongs to a number where nothing stands between them. The power of
# ten is a part of the number, as in 1.2 · 10²⁰.
_NUMBER = re.compile(
    r"(?<![\w.])[-−]?(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)(?:e[-−+]?\d+)?(?: [·×] 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?[⁰¹²³⁴⁵⁶⁷⁸⁹]*"
)
_PLACE = re.compile(r"\{(\d+)\}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FORMULA = re.compile(r"(?<!\\)\$.+?(?<!\\)\$")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")

NARROW_SPACE = "\u202f"
"""What separates thousands where a comma is the decimal mark."""


def template(text: str) -> tuple[str, list[str]]:
    """A text with places for its numbers, and the numbers."""
    numbers: list[str] = []

    def place(match: re.Match) -> str:
        numbers.append(match[0])
        return f"{{{len(numbers)}}}"

    return _NUMBER.sub(place, text), numbers


@dataclass(frozen=True)
class Texts:
    """What stands for each template of a text; a text that has none stays as it is.

    ``seen`` collects the templates that were asked for, those with a word in them.
    """

    instead: Mapping[str, str] = field(default_factory=dict)
    decimal: str = "."
    seen: dict[str, None] = field(default_factory=dict)

    def of(self, text: str) -> str:
        """What is said instead of one text of a drawing."""
        key, numbers = template(text)
        if key in self.instead or _WORD.search(_FORMULA.sub("", key)):
            self.seen[key] = None
        numbers = [self._number(number) for number in numbers]
        return _PLACE.sub(lambda match: numbers[int(match[1]) - 1], self.instead.get(key, key))

    def of_sentences(self, text: str) -> str:
        """What is said instead of a description, sentence by sentence."""
        return " ".join(self.of(sentence) for sentence in _SENTENCE_ENDS.split(text))

    def _number(self, number: str) -> str:
        return number if self.decimal == "." else number.replace(",", NARROW_SPACE).replace(".", self.decimal)

    def put_on(self, canvas) -> None:
        """Have a Matplotlib figure say it, all of it: labels, legends, notes, titles, and ticks, which are written when they are drawn."""
        from matplotlib.axis import Axis
        from matplotlib.text import Text

        for axis in canvas.findobj(Axis):
            for ticker in (axis.major, axis.minor):
                ticker.formatter.format_ticks = _instead(self, ticker.formatter.format_ticks)
            # Asked for once now, so that what they say is seen even if nothing is drawn.
            axis.major.formatter.format_ticks(axis.get_majorticklocs())
        for text in canvas.findobj(Text):
            if text.get_visible() and text.get_text().strip():
                text.set_text(self.of(text.get_text()))


def _instead(texts: Texts, format_ticks):
    return lambda values: [texts.of(label) for label in format_ticks(values)]


def load_texts(path: Path) -> Texts:
    """Read a table of texts.

    Raises:
        ValueError: the file is no such table, or what stands for a text has not the same numbers.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: cannot be read as TOML in UTF-8: {error}") from None
    unknown = [key for key in raw if key not in ("decimal", "texts")]
    if unknown:
        raise ValueError(f"{path}: there is no {unknown[0]!r}, only decimal and the table [texts]")
    instead, decimal = raw.get("texts", {}), raw.get("decimal", ".")
    if decimal not in (".", ","):
        raise ValueError(f'{path}: decimal must be "." or ",", got {decimal!r}')
    if not isinstance(instead, dict) or not all(isinstance(text, str) for text in instead.values()):
        raise ValueError(f"{path}: [texts] must be a table of texts, each with what stands for it")
    for key, text in instead.items():
        there, here = (sorted(set(_PLACE.findall(words))) for words in (key, text))
        if here != there:
            raise ValueError(
                f"{path}: {text!r} must have the places of {key!r} ({_listed(there)}), and has {_listed(here)}"
            )
        if typed := _NUMBER.findall(_PLACE.sub("", text)):
            raise ValueError(f"{path}: {text!r} has the number {typed[0]} typed into it; numbers are computed")
    return Texts(instead, decimal)


def _listed(places: list[str]) -> str:
    return ", ".join(f"{{{place}}}" for place in places) or "none"


def written(script: str, texts: Mapping[str, None]) -> str:
    """A table of texts to be filled in, with each text standing for itself."""
    lines = (f"{_quoted(text)} = {_quoted(text)}\n" for text in texts)
    return (
        f"# What {script} says. Write on the right what it shall say instead; {{1}}, {{2}} ... are its numbers, which stay computed.\n"
        f'# The decimal mark is "." or ",".\ndecimal = "."\n\n[texts]\n{"".join(lines)}'
    )


def _quoted(text: str) -> str:
    # As a text of JSON, which is one of TOML as well.
    return json.dumps(text, ensure_ascii=False)

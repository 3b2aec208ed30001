"""Look facts up by name and write them for readers."""

import math
import sys
from collections.abc import Mapping, Sequence

_ONES = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_FRACTIONS = ((0.5, "½"), (0.25, "¼"), (0.75, "¾"), (1.5, "1½"), (2.5, "2½"))
_RAISED = dict(zip("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
MINUS = "\u2212"
_LARGEST = sys.float_info.max


def look_up(facts: Mapping[str, Mapping], path: str) -> object:
    """Find ``figure.key`` or, inside lists and dictionaries, ``figure.key.3.name``.

    Raises:
        KeyError: there is no such fact; the message names what there is.
    """
    value: object = facts
    walked = []
    for part in path.split("."):
        try:
            value = value[int(part)] if isinstance(value, list | tuple) else value[part]
        except (KeyError, IndexError, ValueError, TypeError):
            there = ", ".join(sorted(map(str, value))) if isinstance(value, Mapping) else type(value).__name__
            where = ".".join(walked) or "facts"
            raise KeyError(f"no fact {path!r}: {where} has no {part!r}; there is: {there}") from None
        walked.append(part)
    return value


def words(number: int, own: Sequence[str] = ()) -> str:
    """A whole number below a hundred in English words, or in those of another language for 0, 1, 2 ... as far as they go; others as digits."""
    if number < 0 or number >= (len(own) or 100):
        return f"{number:,}".replace("-", MINUS)
    if own:
        return own[number]
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")


def shown_number(value: float, form: str, own_words: Sequence[str] = ()) -> str:
    """Write a finite number in a form of ``shown``, with a true minus sign. Live figures use it as well, compiled.

    Raises:
        ValueError: the value cannot be written so.
    """
    if form == "words" or form == "Words":
        if value != int(value):
            raise ValueError(f"{value:.6g} is no whole number; words are for counts")
        text = words(int(value), own_words)
        return text.capitalize() if form == "Words" else text
    if form == "fraction":
        for number, sign in _FRACTIONS:
            if value == number:
                return sign
        raise ValueError(f"{value:.6g} has no sign of its own; use digits")
    if form.startswith("sci"):
        mantissa, exponent = format(value, f".{form[3:] or '1'}e").split("e")
        raised = "".join(_RAISED[character] for character in str(int(exponent)))
        return f"{mantissa.replace('-', MINUS)} × 10{raised}"
    return format(value, form).replace("-", MINUS)


def shown(value: object, form: str = "", own_words: Sequence[str] = ()) -> str:
    """Write a fact as a reader expects it, with a true minus sign.

    ``form`` is a format specification of Python, or ``words`` (ten), ``Words`` (Ten), ``fraction`` (½), or ``sci``
    (4.9 × 10⁻³²⁴). Without one, whole numbers are digits and others have up to six significant digits. ``own_words`` are
    those for 0, 1, 2 ... in another language.

    Raises:
        ValueError: the value cannot be written so.
    """
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise ValueError("a whole number of hundreds of digits; quote its logarithm")
    if isinstance(value, str | bool) or value is None:
        if form:
            raise ValueError(f"{value!r} has no format {form!r}")
        return {True: "yes", False: "no", None: "none"}.get(value, value) if not isinstance(value, str) else value
    if not isinstance(value, int | float):
        raise ValueError(f"a {type(value).__name__} cannot be quoted; name one of its items")
    if not math.isfinite(value):
        return {math.inf: "∞", -math.inf: f"{MINUS}∞"}.get(value, "NaN")
    return shown_number(value, form or usual_form(value), own_words)


def usual_form(value: float) -> str:
    """The form of a number for which none was asked."""
    return "d" if isinstance(value, int) and abs(value) < 1e15 else ".6g"

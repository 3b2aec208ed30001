"""Numbers in the texts of live figures, in the words of the page; written so that they can be compiled."""

from figpress import shown_number

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def number(value: float) -> str:
    """``value`` to four significant digits, as 4.5, −0.4, 2.8e−17 or 1.2 · 10²⁰."""
    if value == 0:
        return "0"
    text = shown_number(value, ".4g" if abs(value) >= 0.0005 else ".2g")
    if "e+" in text:
        mantissa, exponent = text.split("e+")
        return f"{mantissa} · 10{''.join(RAISED[int(digit)] for digit in str(int(exponent)))}"
    # The text font has no superscript minus.
    return text.replace("e−0", "e−")


def count(n: int, noun: str) -> str:
    """``1 step``, ``10 steps``."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"

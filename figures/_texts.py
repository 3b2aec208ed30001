"""Numbers in the words of the page, for drawings and texts alike; written so that they can be compiled."""

from figpress import shown_number

DUST = 1e-12
"""What is smaller can be all that rounding left of a sum of numbers of about 1 to 100, which on paper is 0."""
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def number(value: float, digits: int = 4) -> str:
    """``value`` to ``digits`` significant digits, as 4.5, −0.4, 12345, 2.8e−17 or 1.2 · 10²⁰.

    Up to a million no digit before the point is lost; below 0.0005, where most digits are rounding, two are enough.
    """
    if value == 0:
        return "0"
    size = abs(value)
    if 1 <= size < 1e6:
        digits = max(digits, len(f"{size:.0f}"))
    elif size < 0.0005:
        digits = min(digits, 2)
    text = shown_number(value, f".{digits}g")
    if "e+" in text:
        mantissa, exponent = text.split("e+")
        power = f"10{''.join(RAISED[int(digit)] for digit in str(int(exponent)))}"
        return power if mantissa == "1" else f"{mantissa} · {power}"
    # The text font has no superscript minus.
    return text.replace("e−0", "e−")


def without_dust(value: float) -> float:
    """``value``, or 0 where it is no more than rounding leaves of a sum that is 0 on paper."""
    return 0.0 if abs(value) < DUST else value


def count(n: int, noun: str) -> str:
    """``1 step``, ``10 steps``."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"

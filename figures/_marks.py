"""Marks that every figure makes alike: a line style for each penalty, zero lines, numbers in words of the page."""

L1 = {"color": "l1", "linestyle": "-"}
L2 = {"color": "l2", "linestyle": (0, (5, 2))}
THIRD = {"color": "third", "linestyle": "-."}
L1_MARK = {"color": "l1", "marker": "o", "linestyle": "none"}
L2_MARK = {"color": "l2", "marker": "s", "linestyle": "none"}
THIRD_MARK = {"color": "third", "marker": "D", "linestyle": "none"}


def number(value: float, digits: int = 4) -> str:
    """``value`` rounded to ``digits`` significant digits, with a true minus sign and no needless zeros."""
    if value == 0:
        return "0"
    text = f"{value:.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        superscript = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        text = f"{mantissa} · 10{superscript}"
    return text.replace("-", "−")


def count(n: int, noun: str) -> str:
    """``1 step``, ``10 steps``."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def zero_lines(axes, x: bool = True, y: bool = True) -> None:
    """Thin lines through zero: ``y`` the horizontal one (y = 0), ``x`` the vertical one."""
    if y:
        axes.axhline(0, color="grid", linewidth=1.0, zorder=0.5)
    if x:
        axes.axvline(0, color="grid", linewidth=1.0, zorder=0.5)

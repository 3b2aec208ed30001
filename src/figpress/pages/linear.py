"""Formulas in one line, as they are typed: what a search finds and shows, and nothing that looks like another number."""

import html
import re
import unicodedata
import xml.etree.ElementTree as etree

_RAISED = str.maketrans("0123456789+−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+−", "₀₁₂₃₄₅₆₇₈₉₊₋")
_FRACTIONS = {("1", "2"): "½", ("1", "4"): "¼", ("3", "4"): "¾"}
_SPACED = set("=≠<>≤≥≈∈→+−±·⋅×")
_UNSEEN = str.maketrans("", "", "\u2061\u2062\u2063")


def with_linear_formulas(page: str) -> str:
    """A page's HTML with each formula in one line."""
    return re.sub(r"<math\b.*?</math>", lambda match: html.escape(linear(match[0]), quote=False), page, flags=re.DOTALL)


def linear(mathml: str) -> str:
    """A formula of MathML in one line, such as ½w₁² or a/(b + 1)."""
    return re.sub(r"\s+", " ", _written(etree.fromstring(mathml))).strip()


def _written(element: etree.Element) -> str:
    parts = [_written(child) for child in element]
    match element.tag:
        case "mi":
            # An italic letter is a letter.
            return unicodedata.normalize("NFKC", element.text or "")
        case "msub" | "munder":
            return parts[0] + _script("_", parts[1], _LOWERED) + _gap(element)
        case "msup" | "mover":
            return parts[0] + _script("^", parts[1], _RAISED) + _gap(element)
        case "msubsup" | "munderover":
            return parts[0] + _script("_", parts[1], _LOWERED) + _script("^", parts[2], _RAISED) + _gap(element)
        case "mfrac":
            return _FRACTIONS.get((parts[0], parts[1])) or f"{_whole(parts[0])}/{_divisor(parts[1])}"
        case "msqrt":
            return f"√{_whole(_row(element, parts))}"
        case "mroot":
            return f"{_whole(parts[0])}^(1/{parts[1]})"
        case "mtable":
            return "; ".join(parts)
        case "mtr":
            return " ".join(parts)
        case "mspace":
            return " "
    return _row(element, parts) if parts else (element.text or "").translate(_UNSEEN)


def _row(element: etree.Element, parts: list[str]) -> str:
    """Parts one after another; a sign between two of them keeps its distance, and a fraction before a factor its brackets."""
    written, fraction = "", ""
    for child, part in zip(element, parts, strict=True):
        if fraction and _is_factor(part, written):
            written = f"{written.rstrip().removesuffix(fraction)}({fraction})"
        between = child.tag == "mo" and part in _SPACED and re.search(r"[^\s(\[{,|‖]$", written)
        written += f" {part} " if between else part
        if part.strip():
            fraction = part if _is_fraction(child) and "/" in part else ""
    return written


def _is_fraction(element: etree.Element) -> bool:
    return element.tag == "mfrac" or (
        element.tag in ("mrow", "mstyle") and len(element) == 1 and _is_fraction(element[0])
    )


def _is_factor(part: str, before: str) -> bool:
    """Whether what is next stands in a product with what was before: a bar does where it opens."""
    opens = part[:1] in ("|", "‖") and before.count(part[0]) % 2 == 0
    return opens or re.match(r"[\w(\[√∑∂]", part) is not None


def _script(sign: str, part: str, small: dict[int, str]) -> str:
    return part.translate(small) if all(ord(letter) in small for letter in part) else sign + _whole(part)


def _divisor(part: str) -> str:
    """What is divided by: in 1/2w nobody knows whether w is."""
    return part if re.fullmatch(r"[\d.]+|\w[₀-₉⁰¹²³⁴-⁹]*|\([^()]*\)", part) else f"({part})"


def _gap(element: etree.Element) -> str:
    """What stands below a sum or a minimum ends before its summand."""
    return " " if element.tag in ("munder", "munderover") else ""


def _whole(part: str) -> str:
    return part if len(part) == 1 or re.fullmatch(r"[\w.]+[₀-₉]*|\([^()]*\)", part) else f"({part})"

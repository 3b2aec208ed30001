"""LaTeX to MathML at build time, so that a page needs no script for its mathematics."""

import html
import re
import unicodedata
from functools import cache
from importlib import resources

import math_core

from figpress.live.compact import compact

# math-core knows xcolor's basic names and writes them as these values; a role of the style borrows one on the way through.
_STAND_INS = (
    ("red", "#FF0000"),
    ("blue", "#0000FF"),
    ("magenta", "#FF00FF"),
    ("cyan", "#00FFFF"),
    ("yellow", "#FFFF00"),
)
ITALIC = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for code in (0x210E, *range(0x1D434, 0x1D468), *range(0x1D6A4, 0x1D6A6), *range(0x1D6E2, 0x1D71C))
}
"""The italic letter that browsers put, in formulas, in the place of a plain one that stands for itself."""

FORMULA = r"(?<![\\$\w])\$(?=\S)((?:[^$\\]|\\.)+?)(?<=\S)\$(?![\w$])"
"""A formula in the line, ``$...$``; a price is none."""

# A letter under an accent, and the marks that join a letter. WebKit lets an accent of MathML float far above its letter.
_ACCENTED = re.compile(r'<mover accent="true"><mi>(.)</mi><mo stretchy="false">([ˆ˜¯])</mo></mover>')
_MARKS = {"ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304"}

# A sign that is an exponent or an index: WebKit would keep it apart from its letter as it does in a sum.
_RAISED_SIGN = re.compile(r"<mo>([^<]+)</mo>(?=</(?:msup|msub|msubsup)>)")

# Where the index of a sum stands beside it, WebKit keeps it as far away as what is summed.
_SUM_WITH_INDEX = re.compile(r'<munder><mo lspace="0">∑</mo>(<mi>[^<]*</mi>)</munder>')
_CLOSE = r'<munder><mo lspace="0" rspace="0">∑</mo>\1</munder><mspace width="0.1667em"/>'

_TERMINAL_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_TEXTCOLOR = re.compile(r"\\textcolor\{([a-z0-9_]+)\}")


@cache
def _converter() -> math_core.LatexToMathML:
    return math_core.LatexToMathML()


def to_mathml(latex: str, *, display: bool, roles: frozenset[str] = frozenset()) -> str:
    r"""Convert a formula; ``\textcolor{ROLE}{...}`` sets a part in the colour that the style gives to ROLE.

    Raises:
        ValueError: the formula cannot be read, or it names an unknown role or more roles than can be kept apart.
    """
    used = list(dict.fromkeys(_TEXTCOLOR.findall(latex)))
    unknown = [role for role in used if role not in roles]
    if unknown or len(used) > len(_STAND_INS):
        raise ValueError(
            f"formula {latex!r}: unknown colour {unknown[0]!r}" if unknown else f"formula {latex!r}: too many colours"
        )
    stand_ins = dict(zip(used, _STAND_INS, strict=False))
    try:
        mathml = _converter().convert_with_local_state(
            _TEXTCOLOR.sub(lambda match: rf"\textcolor{{{stand_ins[match[1]][0]}}}", latex), displaystyle=display
        )
    except math_core.LatexError as error:
        uncoloured = _TERMINAL_COLOUR.sub("", str(error)).strip()
        raise ValueError(f"formula {latex!r}: {uncoloured}") from None
    for role, (_, value) in stand_ins.items():
        mathml = mathml.replace(f"color:{value};", f"color:var(--fig-{role.replace('_', '-')});")
    mathml = _ACCENTED.sub(lambda match: f"<mi>{ITALIC.get(match[1], match[1])}{_MARKS[match[2]]}</mi>", mathml)
    mathml = _RAISED_SIGN.sub(r'<mo lspace="0" rspace="0">\1</mo>', mathml)
    if not display:
        mathml = _SUM_WITH_INDEX.sub(_CLOSE, mathml)
    # Not all HTML parsers in use know this entity outside a full HTML page.
    return mathml.replace("&ApplyFunction;", "\u2061")


def with_source(mathml: str, latex: str) -> str:
    """A formula that carries its LaTeX, without our colours, for those who copy it."""
    source = re.sub(r"\s+", " ", _TEXTCOLOR.sub("", latex)).strip()
    return mathml.replace("<math", f'<math alttext="{html.escape(source)}"', 1)


def copying(page: str) -> str:
    """The script of a page with formulas, that has them copied as LaTeX."""
    return f"<script>{_copying()}</script>" if "<math" in page else ""


@cache
def _copying() -> str:
    return compact((resources.files("figpress.pages") / "copy.js").read_text(encoding="utf-8"))

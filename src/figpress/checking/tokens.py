"""A formula's LaTeX as tokens: plain names for symbols, and nothing that is for the eye alone."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi varphi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
).split()
_ONE = rf"(?:\\(?:{'|'.join(_GREEK)})(?![a-zA-Z])|[a-zA-Z])"
_TOKEN = re.compile(
    rf"""(?P<space>\s+|\\[,;:!\ ]|\\(?:displaystyle|left|right|[bB]igg?[lr]?)(?![a-zA-Z])\.?)
    |(?P<gap>\\q?quad(?![a-zA-Z]))
    |(?P<number>\d+(?:\.\d+)?|\.\d+)
    |(?P<slope>\\frac\s*\{{\s*\\partial\s*(?P<of>{_ONE})\s*\}}\s*\{{\s*\\partial\s*(?P<by>{_ONE})\s*\}})
    |\\(?P<accent>hat|bar|tilde)\s*\{{?\s*(?P<under>{_ONE})\s*\}}?
    |(?P<environment>\\(?:begin|end)\{{\w+\}})
    |(?P<transposed>\\mathsf\s*\{{T\}}|\\top(?![a-zA-Z]))
    |\\(?:text|mathbb|mathrm|operatorname)\s*\{{(?P<word>\w+)\}}
    |(?P<symbol>{_ONE})
    |(?P<command>\\(?:[a-zA-Z]+|[|\\]))
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_SAME = {r"\leq": r"\le", r"\geq": r"\ge", r"\neq": r"\ne", r"\lt": "<", r"\gt": ">", r"\ldots": r"\dots", r"\cdots": r"\dots"} | {
    r"\lvert": "|", r"\rvert": "|", r"\vert": "|", r"\lVert": r"\|", r"\rVert": r"\|", r"\tfrac": r"\frac", r"\dfrac": r"\frac"
}  # fmt: skip


class Token(NamedTuple):
    """``kind`` is "number", "symbol", "gap", "transposed", or the token itself."""

    kind: str
    text: str


def _without_colours(latex: str) -> str:
    while found := re.search(r"\\textcolor\{\w+\}\s*\{", latex):
        end, depth = found.end(), 1
        while depth and end < len(latex):
            depth += {"{": 1, "}": -1}.get(latex[end], 0)
            end += 1
        latex = f"{latex[: found.start()]} {latex[found.end() : end - 1]} {latex[end:]}"
    return latex


def tokenised(latex: str, names: Mapping[str, str]) -> list[Token]:
    latex = _without_colours(latex)
    # Without braces LaTeX takes one digit. An alignment is layout, and so is an empty group.
    latex = re.sub(r"(\\[td]?frac)\s*(\d)\s*(\d)", r"\1{\2}{\3}", latex)
    latex = re.sub(r"([\^_])\s*(\d)", r"\1{\2}", latex)
    if r"\begin{aligned}" in latex:
        latex = re.sub(r"\\(?:begin|end)\{aligned\}|\\\\|&", " ", latex)
    found = [_token(match, names) for match in _TOKEN.finditer(re.sub(r"\{\s*\}", " ", latex)) if not match["space"]]
    while found and found[-1].kind in (".", ",", "gap"):
        del found[-1]
    return found


def _token(match: re.Match, names: Mapping[str, str]) -> Token:
    def plain(group: str) -> str:
        name = match[group].removeprefix("\\")
        return names.get(name, name)

    if match["slope"]:
        return Token("symbol", f"d{plain('of')}_d{plain('by')}")
    if match["accent"]:
        return Token("symbol", f"{plain('under')}_{match['accent']}")
    if match["word"] or match["symbol"]:
        return Token("symbol", plain("word" if match["word"] else "symbol"))
    for kind in ("number", "gap", "transposed"):
        if match[kind]:
            return Token(kind, match[0])
    kind = _SAME.get(match[0], match[0])
    return Token(kind, kind)

"""The equations of pages: what a block says of its equation."""

import re
from dataclasses import dataclass

from figpress.pages.syntax import EQUATION

OPTIONS = ("function", "reason", "claim", "where", "arrays", "let", "call")
"""What an equation block may say about its equation; see ``Equation``."""


@dataclass(frozen=True)
class Equation:
    """An equation of a page.

    ``function`` names the function that gives what it states, ``reason`` says why there is none, and ``claim`` which claim's test
    proves it then. ``where`` is the condition under which it holds, for readers as well. The rest says how the function is
    called where its arguments are not simply named as in the formula: ``arrays`` are the symbols that stand for lists and
    matrices, with their sizes (``X[n, N], w[N]``), ``let`` gives symbols a value by Python assignments, and ``call`` is the
    expression that gives what the equation states, or a tuple where one block states several.
    """

    path: str
    line: int
    number: str
    latex: str
    function: str = ""
    reason: str = ""
    claim: str = ""
    where: str = ""
    arrays: str = ""
    let: str = ""
    call: str = ""


_SIGNS = {"<=": r"\le ", ">=": r"\ge ", "!=": r"\ne ", "==": "=", "*": r"\,", "and": r",\ "}


def condition_in_latex(condition: str, latex: str) -> str:
    """A condition, which is Python, as LaTeX: a short word is the Greek letter of the formula that it begins, as lam does."""
    letters = re.findall(r"\\([a-z]+)", latex)

    def written(match: re.Match) -> str:
        part = match[0]
        if part in _SIGNS:
            return _SIGNS[part]
        return "\\" + min((letter for letter in letters if letter.startswith(part)), key=len, default=part)

    bars = re.sub(r"\babs\(([^()]*)\)", r"|\1|", condition)
    return re.sub(r"[<>!=]=|\*(?!\*)|\b[a-z]{2,}\b", written, bars)


def equations_in(text: str, path: str) -> list[Equation]:
    """All equation blocks of a page's Markdown."""
    found = []
    for match in EQUATION.finditer(text):
        options = dict(re.findall(r"^[ \t]+(\w+):[ \t]*(.*?)[ \t]*$", match["options"], re.MULTILINE))
        options = {key: value.strip("\"'") for key, value in options.items() if key in OPTIONS}
        number, line = (match["number"] or "").strip(), text.count("\n", 0, match.start()) + 1
        found.append(Equation(path, line, number, match["latex"].strip(), **options))
    return found

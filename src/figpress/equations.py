"""Compare the equations of the pages with the functions that implement them.

An equation is read from its page by SymPy's LaTeX parser, so what is compared is what the reader sees. SymPy is needed
here and nowhere else in figpress.
"""

import inspect
import math
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_COLOUR = re.compile(r"\\textcolor\{\w+\}")
# A letter before a bracket is a factor, not a function, unless it is one of the project's.
_FACTOR = re.compile(r"(?<![\\a-zA-Z{])([a-zA-Z](?:_\{?\w+\}?)?|\\(?:lambda|eta|kappa|theta))\s*(?=\()")
_LEFT_RIGHT = re.compile(r"\\(?:left|right|big|bigl|bigr|Big|,|;|!|quad|qquad)(?![a-zA-Z])\s*")


_BLOCK = re.compile(r"^/// equation(?: \|[ \t]*(?P<number>[^\n]*?))?[ \t]*\n(?P<options>(?:[ \t]+\w+:[^\n]*\n)*)(?P<latex>.*?)^///[ \t]*$",
                    re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Equation:
    """An equation of a page: its number if it has one, the name of its function or the reason why it has none."""

    path: str
    line: int
    number: str
    latex: str
    function: str = ""
    reason: str = ""
    where: str = ""


def equations_in(text: str, path: str) -> list[Equation]:
    """All equation blocks of a page's Markdown."""
    found = []
    for match in _BLOCK.finditer(text):
        options = dict(re.findall(r"^[ \t]+(\w+):[ \t]*(.*?)[ \t]*$", match["options"], re.MULTILINE))
        options = {key: value.strip("\"'") for key, value in options.items()}
        found.append(Equation(path, text.count("\n", 0, match.start()) + 1, (match["number"] or "").strip(), match["latex"].strip(), **options))
    return found


@dataclass(frozen=True)
class Comparison:
    """The largest relative difference over the points tried, and how many there were."""

    points: int
    largest: float


def stand_ins(functions: frozenset[str]) -> dict[str, str]:
    """SymPy reads a single letter as a function's name; operators with longer names borrow letters that nothing else uses."""
    return dict(zip(sorted(name for name in functions if len(name) > 1), "FGKQ", strict=False))


def normalise(latex: str, functions: frozenset[str] = frozenset()) -> str:
    """Take away what is for the eye alone: colours, spacing, sizes of brackets, a closing full stop or comma.

    A product of a letter and a bracket is written out, unless the letter is one of ``functions``; those with longer names
    (operators) are given a letter of their own, the one that ``stand_ins`` says.
    """
    latex = _COLOUR.sub("", latex)
    latex = _LEFT_RIGHT.sub(" ", latex)
    latex = re.sub(r"\\[lr]vert\b", "|", latex)
    latex = re.sub(r"\\tfrac|\\dfrac", r"\\frac", latex)
    latex = re.sub(r"\\frac\s*(\d)\s*(\d)", r"\\frac{\1}{\2}", latex)
    letters = {stand_ins(functions).get(name, name) for name in functions}
    for name, letter in stand_ins(functions).items():
        latex = latex.replace(rf"\operatorname{{{name}}}", letter)
    latex = _FACTOR.sub(lambda m: m[0] if m[1] in letters else rf"{m[1]} \cdot ", latex)
    return latex.strip().rstrip(".,")


def right_side(latex: str, functions: frozenset[str] = frozenset()):
    """The SymPy expression right of the last equals sign.

    Raises:
        ValueError: the formula has no equals sign, or SymPy cannot read it.
    """
    from sympy.parsing.latex import parse_latex
    from sympy.parsing.latex.errors import LaTeXParsingError

    text = normalise(latex, functions)
    if "=" not in text:
        raise ValueError(f"equation {latex!r} has no equals sign")
    try:
        return parse_latex(text.rsplit("=", 1)[1])
    except LaTeXParsingError as error:
        raise ValueError(f"equation {latex!r} cannot be read: {error}") from None


def compare(latex: str, function: Callable, names: Mapping[str, str], functions: Mapping[str, Callable] | None = None,
            condition: str = "", points: int = 50, seed: int = 0) -> Comparison:
    """Evaluate formula and function at random points that satisfy ``condition`` (as in "w > 0").

    ``names`` maps symbols of formulas to arguments of functions (lambda to lam), ``functions`` the functions that formulas
    call by letter (S) to their implementation.

    Arguments that the formula does not name keep the function's defaults.

    Raises:
        ValueError: formula and function have different arguments.
    """
    import sympy

    functions = dict(functions or {})
    expression = right_side(latex, frozenset(functions))
    symbols = sorted(expression.free_symbols, key=str)
    arguments = [names.get(str(symbol), str(symbol)) for symbol in symbols]
    parameters = inspect.signature(function).parameters
    needed = {name for name, p in parameters.items() if p.default is p.empty}
    if not set(arguments) <= set(parameters) or not needed <= set(arguments):
        raise ValueError(f"equation {latex!r} has {arguments}, but {function.__name__} takes {list(parameters)}")
    letters = stand_ins(frozenset(functions))
    functions = {letters.get(name, name): implementation for name, implementation in functions.items()}
    evaluate = sympy.lambdify(symbols, expression, modules=[functions, {"Abs": abs}, "math"])
    draw = random.Random(seed)
    largest, tried = 0.0, 0
    while tried < points:
        values = {name: draw.uniform(0.05, 3.0) if name in ("lam", "eta", "p", "threshold") else draw.uniform(-3.0, 3.0)
                  for name in arguments}
        if condition and not eval(condition, {"__builtins__": {}}, {**values, "abs": abs}):  # noqa: S307 (our own pages)
            continue
        tried += 1
        ours, theirs = float(function(**values)), float(evaluate(*(values[name] for name in arguments)))
        largest = max(largest, abs(ours - theirs) / max(1.0, abs(theirs)))
        if math.isnan(ours) or math.isnan(theirs):
            largest = math.inf
    return Comparison(tried, largest)

"""Compare the equations of the pages with the functions that implement them.

An equation is read from its page by SymPy's LaTeX parser, so what is compared is what the reader sees. SymPy is needed
here and nowhere else in figpress.
"""

import inspect
import math
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_COLOUR = re.compile(r"\\textcolor\{\w+\}")
# A letter before a bracket is a factor, not a function, unless it is one of the project's.
_FACTOR = re.compile(r"(?<![\\a-zA-Z{])([a-zA-Z](?:_\{?\w+\}?)?|\\(?:lambda|eta|kappa|theta))\s*(?=\()")
_LEFT_RIGHT = re.compile(r"\\(?:left|right|big|bigl|bigr|Big|,|;|!|quad|qquad)(?![a-zA-Z])\s*")


_BLOCK = re.compile(
    r"^/// equation(?: \|[ \t]*(?P<number>[^\n]*?))?[ \t]*\n(?P<options>(?:[ \t]+\w+:[^\n]*\n)*)(?P<latex>.*?)^///[ \t]*$",
    re.DOTALL | re.MULTILINE,
)


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
        options = {key: value.strip("\"'") for key, value in options.items() if key in ("function", "reason", "where")}
        found.append(
            Equation(
                path,
                text.count("\n", 0, match.start()) + 1,
                (match["number"] or "").strip(),
                match["latex"].strip(),
                **options,
            )
        )
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


def right_sides(latex: str, functions: frozenset[str] = frozenset()) -> list:
    """The SymPy expressions right of each equals sign outside of braces: in ``a = b = c``, of b and of c.

    Raises:
        ValueError: the formula has no equals sign, or SymPy cannot read all of it.
    """
    from sympy.parsing.latex import parse_latex
    from sympy.parsing.latex.errors import LaTeXParsingError

    parts = [""]
    depth = 0
    for character in normalise(latex, functions):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == "=" and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    if len(parts) == 1:
        raise ValueError(f"equation {latex!r} has no equals sign")
    try:
        # Without strict it would stop in silence at what it cannot read.
        return [parse_latex(part.strip(), strict=True) for part in parts[1:]]
    except LaTeXParsingError as error:
        raise ValueError(f"equation {latex!r} cannot be read: {error}") from None


def compare(
    latex: str,
    function: Callable,
    names: Mapping[str, str],
    functions: Mapping[str, Callable] | None = None,
    condition: str = "",
    points: int = 50,
    seed: int = 0,
) -> Comparison:
    """Evaluate formula and function at random points that satisfy ``condition`` (as in "w > 0").

    ``names`` maps symbols of formulas to arguments of functions (lambda to lam), ``functions`` the functions that formulas
    call by letter (S) to their implementation.

    Arguments that the formula does not name keep the function's defaults. Of ``a = b = c`` both b and c are compared.

    Raises:
        ValueError: formula and function have different arguments, one of them has no real value, or no point satisfies the
            condition.
    """
    functions = dict(functions or {})
    letters = stand_ins(frozenset(functions))
    callable_functions = {letters.get(name, name): implementation for name, implementation in functions.items()}
    largest = max(
        _largest_difference(latex, side, function, names, callable_functions, condition, points, seed)
        for side in right_sides(latex, frozenset(functions))
    )
    return Comparison(points, largest)


_DRAWS_A_POINT = 1000
"""Points drawn for each that has to satisfy the condition, before the search is given up."""


def _largest_difference(
    latex: str,
    side,
    function: Callable,
    names: Mapping[str, str],
    functions: Mapping[str, Callable],
    condition: str,
    points: int,
    seed: int,
) -> float:
    import sympy

    symbols = sorted(side.free_symbols, key=str)
    arguments = [names.get(str(symbol), str(symbol)) for symbol in symbols]
    parameters = inspect.signature(function).parameters
    needed = {name for name, p in parameters.items() if p.default is p.empty}
    if not set(arguments) <= set(parameters) or not needed <= set(arguments):
        raise ValueError(f"equation {latex!r} has {arguments}, but {function.__name__} takes {list(parameters)}")
    evaluate = sympy.lambdify(symbols, side, modules=[functions, {"Abs": abs}, "math"])
    largest = 0.0
    for values in _points(arguments, condition, points, seed):
        try:
            ours, theirs = float(function(**values)), float(evaluate(*values.values()))
        except (ArithmeticError, NameError, TypeError, ValueError) as error:
            raise ValueError(f"equation {latex!r} has no real value at {values}: {error}") from None
        largest = max(largest, abs(ours - theirs) / max(1.0, abs(theirs)))
        if math.isnan(ours) or math.isnan(theirs):
            return math.inf
    return largest


def _points(arguments: list[str], condition: str, points: int, seed: int) -> Iterator[dict[str, float]]:
    draw, tried = random.Random(seed), 0
    for _ in range(points * _DRAWS_A_POINT):
        values = {
            name: draw.uniform(0.05, 3.0) if name in ("lam", "eta", "p", "threshold") else draw.uniform(-3.0, 3.0)
            for name in arguments
        }
        try:
            fits = not condition or eval(condition, {"__builtins__": {}}, {**values, "abs": abs})  # noqa: S307 (our own pages)
        except Exception as error:
            raise ValueError(f"condition {condition!r} cannot be used: {error}") from None
        if fits:
            yield values
            tried += 1
            if tried == points:
                return
    raise ValueError(f"condition {condition!r} holds at hardly any of the points that are tried")

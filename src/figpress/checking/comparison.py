"""Compare the equations of the pages with the functions that implement them.

An equation is read from its page (``figpress.checking.formulas``), so what is compared is what the reader sees. Lists get lengths, all
symbols random numbers, and then every side of the equation has to give what the function gives.
"""

import ast
import builtins
import inspect
import math
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from figpress.checking.formulas import Read, names_in, read
from figpress.pages.equations import Equation


@dataclass(frozen=True)
class Reading:
    """How a project's formulas are read.

    Args:
        symbols: plain names of symbols, such as lam for lambda.
        functions: the functions that formulas call by letter or word.
        positive: names of symbols, with or without an index, that stand for numbers above 0.
        whole: names of symbols that stand for whole numbers above 0.
        names: further names that ``let`` and ``call`` may use.
    """

    symbols: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, Callable] = field(default_factory=dict)
    positive: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    names: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """The largest relative difference over the points tried, how many there were, and the point where it is largest."""

    points: int
    largest: float
    point: dict[str, object]


def at(point: Mapping[str, object]) -> str:
    """A point in words, without its lists."""
    return ", ".join(f"{name} = {value:.4g}" for name, value in point.items() if not np.ndim(value)) or "some lists"


_BUILTINS = {name: getattr(builtins, name) for name in ("abs", "len", "max", "min", "range", "sum")} | {"np": np}


def compare(
    equation: Equation, function: Callable, reading: Reading | None = None, points: int = 50, seed: int = 0
) -> Comparison:
    """Work out an equation and its function at random points that satisfy its condition.

    Arguments that neither the formula nor ``arrays`` name keep the function's defaults. Of ``a = b = c`` all that is more
    than a name is compared. Half of the points have lists of one length, half of another.

    Raises:
        ValueError: the equation cannot be read, its symbols and the function's arguments are different, one of the two has no
            value, or no point satisfies the condition.
    """
    draw, largest, worst = random.Random(seed), 0.0, {}
    for longer in (0, 1):
        bench = _Bench(equation, function, reading or Reading(), longer)
        for values in bench.points(draw, points // 2):
            difference = bench.difference(values)
            if not difference <= largest:
                largest, worst = difference, values
    return Comparison(points // 2 * 2, largest, worst)


class _Bench:
    """An equation beside its function, for lists of certain lengths."""

    def __init__(self, equation: Equation, function: Callable, reading: Reading, longer: int):
        self.equation, self.function, self.reading = equation, function, reading
        self.arrays = _arrays(equation.arrays)
        names = sorted({size for sizes in self.arrays.values() for size in sizes if not size.isdigit()})
        # No two alike, so that one cannot be taken for another.
        self.sizes = {name: 3 + place + longer for place, name in enumerate(names)}
        self.let, targets = _assignments(equation.let)
        self.call = _expression("call", equation.call)
        self.known = {**_BUILTINS, **reading.names, function.__name__: function, **reading.functions}
        self.formula = self._read(targets)
        used = _free_names(self.let) | _free_names(self.call)
        symbols = set(names_in(self.formula.symbols, frozenset({*self.arrays, *targets, *self.sizes})))
        parameters = inspect.signature(function).parameters
        needed = {name for name, p in parameters.items() if p.default is p.empty} if not self.call else set()
        self.passed = [name for name in parameters if name in {*symbols, *self.arrays, *targets, *needed}]
        self._refuse_strangers(symbols, used if self.call else used | set(parameters), needed, targets)
        given = {*self.arrays, *targets, *self.sizes}
        # A name that the formula has is the formula's, whatever else is called so.
        self.drawn = [
            *self.arrays,
            *sorted((symbols | used | needed) - given - (set(self.known) - symbols)),
        ]

    def _read(self, targets: list[str]) -> Read:
        lambdas = {node.targets[0].id for node in self.let.body if isinstance(node.value, ast.Lambda)}
        return read(
            self.equation.latex,
            self.reading.symbols,
            frozenset({*self.reading.functions, *lambdas}),
            frozenset({*self.arrays, *targets}),
            frozenset(self.sizes),
        )

    def _refuse_strangers(self, symbols: set[str], used: set[str], needed: set[str], targets: list[str]) -> None:
        latex, name = self.equation.latex, self.function.__name__
        missing = needed - symbols - {*self.arrays, *targets} - _free_names(self.let)
        if symbols - used or missing:
            arguments = list(inspect.signature(self.function).parameters)
            raise ValueError(f"equation {latex!r} has {sorted(symbols)}, but {name} takes {arguments}")
        if self.call and name not in _names(self.call):
            raise ValueError(f"call {self.equation.call!r} does not call {name}")

    def points(self, draw: random.Random, number: int) -> Iterator[dict[str, object]]:
        found = 0
        for _ in range(number * _DRAWS_A_POINT):
            values = {name: self._drawn(name, draw) for name in self.drawn}
            if self._fits(values):
                yield values
                found += 1
                if found == number:
                    return
        raise ValueError(f"condition {self.equation.where!r} holds at hardly any of the points that are tried")

    def _drawn(self, name: str, draw: random.Random) -> object:
        if name in self.arrays:
            shape = [int(size) if size.isdigit() else self.sizes[size] for size in self.arrays[name]]
            return np.array([draw.uniform(-3.0, 3.0) for _ in range(math.prod(shape))]).reshape(shape)
        kinds = {name, name.partition("_")[0]}
        if kinds & self.reading.whole:
            return draw.randint(1, 9)
        return draw.uniform(0.05, 3.0) if kinds & self.reading.positive else draw.uniform(-3.0, 3.0)

    def _fits(self, values: dict[str, object]) -> bool:
        condition = self.equation.where
        try:
            return not condition or bool(eval(condition, {"__builtins__": {}}, {**_BUILTINS, **values}))  # noqa: S307 (our own pages)
        except SyntaxError as error:
            example = "it is Python, such as abs(w) <= 1"
            raise ValueError(f"condition {condition!r} cannot be used, {example}: {error.msg}") from None
        except Exception as error:
            raise ValueError(f"condition {condition!r} cannot be used: {error}") from None

    def difference(self, drawn: dict[str, object]) -> float:
        values = {**self.known, **self.sizes, **drawn}
        try:
            # Our own pages; what is defined in let sees what is defined before it.
            exec(compile(self.let, "let", "exec"), values)  # noqa: S102
            if self.call:
                result = eval(compile(self.call, "call", "eval"), values)  # noqa: S307
            else:
                result = self.function(**{name: values[name] for name in self.passed})
            stated = result if len(self.formula.statements) > 1 else [result]
            pairs = [
                (_plain(ours), _plain(side(values)))
                for ours, sides in zip(stated, self.formula.statements, strict=True)
                for side in sides
            ]
        except (ArithmeticError, AttributeError, LookupError, NameError, TypeError, ValueError) as error:
            raise ValueError(f"equation {self.equation.latex!r} has no real value at {at(drawn)}: {error}") from None
        differences = [abs(ours - theirs) / max(1.0, abs(theirs)) for ours, theirs in pairs]
        return math.inf if any(map(math.isnan, differences)) else max(differences)


def _plain(value: object) -> float:
    if np.ndim(value):
        raise ValueError("it is a list and not a number")
    return float(value)


_DRAWS_A_POINT = 1000
"""Points drawn for each that has to satisfy the condition, before the search is given up."""


def _arrays(text: str) -> dict[str, list[str]]:
    if not re.fullmatch(r"(?:\w+\[\w+(?:, *\w+)?\](?:, *|$))*", text):
        raise ValueError(f"arrays {text!r} cannot be read; expected such as 'X[n, N], w[N]'")
    return {name: re.split(r", *", sizes) for name, sizes in re.findall(r"(\w+)\[([^\]]+)\]", text)}


def _assignments(text: str) -> tuple[ast.Module, list[str]]:
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise ValueError(f"let {text!r} cannot be read: {error.msg}") from None
    for node in tree.body:
        if not (isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)):
            raise ValueError(f"let {text!r} cannot be read; expected such as 'a = b + 1; c = f(a)'")
    return tree, [node.targets[0].id for node in tree.body]


def _expression(option: str, text: str) -> ast.Expression | None:
    try:
        return ast.parse(text, mode="eval") if text else None
    except SyntaxError as error:
        raise ValueError(f"{option} {text!r} cannot be read: {error.msg}") from None


def _names(tree: ast.AST | None) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} if tree else set()


def _free_names(tree: ast.AST | None) -> set[str]:
    """Names that have their value from elsewhere: no argument of a lambda, nothing assigned here."""
    if not tree:
        return set()
    inner = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    return _names(tree) - inner - stored

"""Compile plain Python functions to JavaScript that returns the same values, to the last bit.

Where the two languages differ (``%`` of a negative number, ``==`` of lists, the truth of ``[]``, ``sorted``, ``f"{x:.3g}"``)
the call of a helper ``py_...`` is written (``python.js``); what has no such form is refused, with file, line and a
sentence. ``ValueError``, ``IndexError``, ``KeyError``, ``ZeroDivisionError``, ``OverflowError`` are raised on the page as well.

Annotations are believed. Decorators are dropped: they may check arguments, but not change what is returned. Numbers, texts and
collections that a function finds in its module become part of the script, and so do the values of functions marked
``@precomputed``.

These differences stay:

- There is one type of number. The whole number 0 can be -0, as in ``0 * -3``; whole numbers beyond ``2**53`` are rounded; a float
  that is whole is written without ``.0`` (``f"{x}"`` is refused where ``x`` is certainly a float, an error where it is not whole).
- A power of a negative number with a fraction, which is complex in Python, is a ``ValueError``.
- A tuple is a list: equal to one, and ``+=`` changes it in place.
- ``*`` repeats only what can be seen to be a text or a list, as in ``[0] * n``.
- In a dictionary, keys such as ``"1"`` come before others, and ``"__proto__"`` cannot be a key.
- ``items()`` and ``values()`` are made at once, not while a loop changes the dictionary.
- Characters beyond U+FFFF count as two in ``len``, indexes and slices.
- A ``TypeError``, a variable without a value or a wrong number of things to unpack may go unnoticed.
"""

import ast
import builtins
import functools
import inspect
import json
import math
import re
import typing
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import FunctionType, ModuleType

from figpress.drawing.render import plain

LARGEST_INTEGER = 2**53
"""Beyond it JavaScript's numbers have gaps."""

_RESERVED = frozenset(
    "arguments async await break case catch class const continue debugger default delete do else enum eval export extends false "
    "finally for function if implements import in instanceof interface let new null of package private protected public return "
    "static super switch this throw true try typeof undefined var void while with yield Infinity Math NaN".split()
)
# Operators of JavaScript and how strongly they bind: what binds less stands in brackets.
_SIGNS = ("? :", "||", "&&", "== != === !==", "< <= > >=", "+ -", "* /", "prefix", "call")
_RANKS = {sign: rank for rank, signs in enumerate(_SIGNS) for sign in signs.split()}
_OPERATORS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.And: "&&",
    ast.Or: "||",
    ast.USub: "-",
    ast.UAdd: "+",
}
# Functions and methods, and how many arguments they take.
_EXACT = dict.fromkeys(("sqrt", "floor", "ceil", "fabs"), (1, 1))
_ROUNDED = dict.fromkeys("exp expm1 log log10 log1p log2 sin cos tan atan tanh".split(), (1, 1)) | {"atan2": (2, 2)}
_BUILTINS = {
    **dict.fromkeys("abs all any bool enumerate float int len reversed sorted str".split(), (1, 1)),
    **dict.fromkeys(("max", "min", "zip"), (1, math.inf)),
    "list": (0, 1),
    "tuple": (0, 1),
    "round": (1, 2),
    "format": (2, 2),
    "range": (1, 3),
}
_METHODS = {
    **dict.fromkeys("capitalize items lower upper values".split(), 0),
    **dict.fromkeys("endswith join split startswith".split(), 1),
    **dict.fromkeys(("get", "replace"), 2),
}
# What is written for them, where that is not py_ and their name.
_WRITTEN = {
    "abs": "Math.abs",
    "fabs": "Math.abs",
    "bool": "py_truth",
    "tuple": "py_list",
    "upper": ".toUpperCase",
    "lower": ".toLowerCase",
    "startswith": ".startsWith",
    "endswith": ".endsWith",
}
# The kinds of values that are told apart: numbers (truth values too), of which some are certainly floats, texts, lists and
# iterators. None is any other, or unknown.
_NUMBERS = frozenset({"number", "float"})
_KINDS = {float: "float", int: "number", bool: "number", str: "text", list: "list", tuple: "list"}
_RESULTS = {
    **dict.fromkeys("abs all any bool ceil floor int len round sum".split(), "number"),
    **dict.fromkeys(("float", "sqrt", "fabs", *_ROUNDED), "float"),
    **dict.fromkeys("capitalize format join lower replace str upper".split(), "text"),
    **dict.fromkeys("items list range sorted split tuple values".split(), "list"),
    **dict.fromkeys(("enumerate", "reversed", "zip"), "iterator"),
}
_SPEC = re.compile(r"[+]?,?(\.\d+[fge%]|d|,)")
_ADVICE = {
    "sum": "newer versions of Python add floats in another way; write a loop (counting conditions is fine)",
    "print": "a figure says what it has to say by its facts",
    "set": "use a list",
    "isinstance": "let it take one type",
    "pow": "use **",
    "divmod": "use // and %",
    "map": "use a comprehension",
    "filter": "use a comprehension",
    "open": "read the file in a function marked @precomputed",
}
_WORDS = {
    "Try": "try",
    "With": "with",
    "ClassDef": "a class",
    "FunctionDef": "a function inside a function",
    "Lambda": "lambda",
    "DictComp": "a dictionary comprehension",
    "SetComp": "a set",
    "Set": "a set",
    "NamedExpr": ":=",
    "Import": "import",
    "ImportFrom": "import",
    "Delete": "del",
    "Global": "global",
    "Yield": "yield",
    "Assert": "assert",
    "Match": "match",
    "GeneratorExp": "a generator outside of any(), all(), max(), min(), join()",
    "Starred": "*",
    "For": "else after a loop",
    "While": "else after a loop",
    "Raise": "raise of anything but ValueError(text)",
    "Expr": "a statement without effect",
}
_MISSING = object()
# Of a line of the script, where it can be parted.
_WIDTH = 110


class CompileError(ValueError):
    """A function that cannot be compiled; the message names the file, the line and the reason."""


def precomputed(function: Callable[[], object]) -> Callable[[], object]:
    """Mark a function without arguments whose value Python computes once and a live figure's script carries.

    For what is too heavy for the page or needs data: a solver's path, a data set. The value is made of plain numbers,
    texts, lists and dictionaries (NumPy's are turned into these).
    """

    @functools.wraps(function)
    @functools.cache
    def value():
        return plain(function())

    value.precomputed = True
    return value


def literal(value: object) -> str:
    """A plain Python value as JavaScript."""
    if value is None or isinstance(value, bool | str):
        # A page may hold the script; nothing in a text may end it.
        return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise ValueError(f"{value} is beyond the whole numbers of JavaScript")
        return int.__repr__(value)
    if isinstance(value, float):
        if math.isfinite(value):
            # NumPy's floats are floats too, but write themselves in another way.
            return float.__repr__(value)
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(literal, value))}]"
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("only texts can be keys")
        return "{" + ",".join(f"{literal(key)}:{literal(item)}" for key, item in value.items()) + "}"
    raise ValueError(f"a {type(value).__name__} has no form in JavaScript")


class Program:
    """A set of functions and all that they call, compiled into one script.

    After ``add`` the result is in ``script``; ``functions`` are the compiled ones as (module, qualified name), and
    ``exact`` says whether only operations occur whose results IEEE 754 fixes to the last bit.
    """

    def __init__(self, root: Path, quietly: Callable[[], AbstractContextManager] = nullcontext):
        self.root = root
        self._quietly = quietly
        self.functions: list[tuple[str, str]] = []
        self.exact = True
        self._names: dict[int, str] = {}
        self._kept: list[object] = []
        self._parts: list[str] = []
        self._trees: dict[Path, ast.Module] = {}

    @property
    def helpers(self) -> list[str]:
        """The helpers ``py_...`` that the script calls."""
        return sorted(set(re.findall(r"(?<![\w$])py_\w+(?=\()", self.script)))

    @property
    def script(self) -> str:
        """The compiled functions, those that are called before those that call."""
        return "\n".join(self._parts)

    def add(self, function: Callable) -> str:
        """Compile ``function`` and what it calls; return its name in the script.

        Raises:
            CompileError: something in it cannot be compiled.
        """
        bare = inspect.unwrap(function)
        if id(bare) not in self._names:
            node, file = self._definition(bare)
            name = self._name(bare.__name__, bare)
            self._parts.append(
                f"// {bare.__module__}.{bare.__qualname__}\n{_Writer(self, bare, file).function(node, name)}"
            )
            self.functions.append((bare.__module__, bare.__qualname__))
        return self._names[id(bare)]

    def know(self, function: Callable, name: str) -> None:
        """Call ``function`` by a name that the page has for it already, and do not compile it once more."""
        self._names[id(function)] = name
        self._kept.append(function)

    def constant(self, wanted: str, value: object) -> str:
        """Put a collection into the script; return its name there."""
        if id(value) not in self._names:
            text = literal(plain(value))
            self._parts.append(f"var {self._name(wanted, value)} = {text};")
        return self._names[id(value)]

    def _name(self, wanted: str, thing: object) -> str:
        # No name of Python's holds a dollar, and a local one that does starts with it.
        taken = sum(name.startswith(f"{wanted}$") for name in self._names.values())
        self._names[id(thing)] = f"{wanted}${taken or ''}"
        # An id is a name only as long as the thing lives.
        self._kept.append(thing)
        return self._names[id(thing)]

    def _definition(self, function: FunctionType) -> tuple[ast.FunctionDef, str]:
        path, line = Path(function.__code__.co_filename), function.__code__.co_firstlineno
        if path not in self._trees:
            with self._quietly():
                self._trees[path] = ast.parse(path.read_text(encoding="utf-8"))
        file = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name
        for node in ast.walk(self._trees[path]):
            if isinstance(node, ast.FunctionDef) and line in (node.lineno, *(d.lineno for d in node.decorator_list)):
                return node, file
        raise CompileError(f"{file}:{line}: {function.__qualname__} is no plain function (def)")


# JavaScript as text


class _Operation(str):
    """An expression whose outermost part is an operator; ``rank`` says how strongly it binds."""

    rank: int


def _operation(operator: str, text: str) -> _Operation:
    made = _Operation(text)
    made.rank = _RANKS[operator]
    return made


def _inside(text: str, operator: str, right: bool = False) -> str:
    """An operand: in brackets where they are needed, on the right (``a - (b - c)``) also if it binds alike."""
    return f"({text})" if getattr(text, "rank", _RANKS["call"]) < _RANKS[operator] + right else text


def _infix(left: str, operator: str, right: str) -> str:
    return _operation(operator, f"{_inside(left, operator)} {operator} {_inside(right, operator, right=True)}")


def _prefix(operator: str, operand: str) -> str:
    return _operation("prefix", operator + _inside(operand, "call"))


def _call(target: str, *arguments: str) -> str:
    return _listed(f"{target}(", arguments, ")")


def _arrow(parameter: str, body: str) -> str:
    taken = parameter if parameter.isidentifier() else f"({parameter})"
    return f"{taken} => ({body})" if body.startswith("{") else f"{taken} => {body}"


def _indented(parts: Iterable[str]) -> str:
    return "".join(f"\n  {line}" for part in parts if part for line in part.split("\n"))


def _listed(opening: str, items: Iterable[str], closing: str) -> str:
    """Items between brackets, on one line if they fit."""
    items = list(items)
    line = f"{opening}{', '.join(items)}{closing}"
    return (
        line
        if len(line) <= _WIDTH or len(items) < 2
        else f"{opening}{_indented(f'{item},' for item in items)}\n{closing}"
    )


def _local(name: str) -> str:
    return f"${name}" if name in _RESERVED or name.startswith("py_") else name


class _Writer:
    """Writes one function: expressions become text, statements lines."""

    def __init__(self, program: Program, function: FunctionType, file: str):
        self.program = program
        self.source = function
        self.file = file
        self.outside = [inspect.getclosurevars(function).nonlocals, function.__globals__, vars(builtins)]
        # The kinds of local names: the function's, then those of the comprehensions around.
        self.scopes: list[dict[str, str | None]] = []

    def error(self, node: ast.AST, reason: str) -> CompileError:
        return CompileError(f"{self.file}:{node.lineno}: {self.source.__name__}() cannot be compiled: {reason}")

    def refusal(self, node: ast.AST) -> CompileError:
        words = _WORDS.get(type(node).__name__, type(node).__name__)
        return self.error(node, f"{words} is not part of what live figures can use")

    # Functions and statements

    def function(self, node: ast.FunctionDef, name: str) -> str:
        arguments = node.args
        if arguments.vararg or arguments.kwarg or arguments.posonlyargs or arguments.kwonlyargs:
            raise self.error(node, "it may take plain parameters only, no *, ** or /")
        body = node.body[1:] if ast.get_docstring(node) is not None else node.body
        parameters = [argument.arg for argument in arguments.args]
        self.scopes.append(self.kinds_of_names(parameters, body))
        others = sorted(_local(name) for name in self.scopes[0] if name not in parameters)
        lines = [f"var {', '.join(others)};"] if others else []
        lines += map(self.statement, body)
        if not body or not isinstance(body[-1], ast.Return | ast.Raise):
            lines.append("return null;")
        return f"{_call(f'function {name}', *self.parameters(parameters, node))} {{{_indented(lines)}\n}}"

    def parameters(self, names: list[str], node: ast.FunctionDef) -> list[str]:
        defaults = [f" = {self.value(default, node)}" for default in self.source.__defaults__ or ()]
        without = [""] * (len(names) - len(defaults))
        return [_local(name) + default for name, default in zip(names, without + defaults, strict=True)]

    def block(self, body: list[ast.stmt]) -> str:
        return f"{{{_indented(map(self.statement, body))}\n}}"

    def statement(self, node: ast.stmt) -> str:
        match node:
            case ast.Return():
                return f"return {self.expression(node.value) if node.value else 'null'};"
            case ast.Assign(targets=[target]) | ast.AnnAssign(target=ast.Name() as target, value=ast.expr()):
                return self.assigned(target, self.expression(node.value))
            case ast.Assign():
                raise self.error(node, "assign one name at a time, not a = b = ...")
            case ast.AugAssign(target=ast.Name() | ast.Subscript()):
                return self.augmented(node)
            case ast.If():
                is_elif = len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)
                other = self.statement(node.orelse[0]) if is_elif else self.block(node.orelse)
                return f"if ({self.condition(node.test)}) {self.block(node.body)}" + (
                    f" else {other}" if node.orelse else ""
                )
            case ast.While(orelse=[]):
                return f"while ({self.condition(node.test)}) {self.block(node.body)}"
            case ast.For(orelse=[]):
                return f"for ({self.target(node.target)} of {self.iterable(node.iter)}) {self.block(node.body)}"
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="append"), args=[item], keywords=[])):
                return f"{self.owner(node.value)}.push({self.expression(item)});"
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="extend"), args=[items], keywords=[])):
                return f"{self.owner(node.value)}.push(...{self.iterable(items)});"
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                return ""
            case ast.Break() | ast.Continue():
                return f"{type(node).__name__.lower()};"
            case ast.Raise(exc=ast.Call(func=ast.Name(id="ValueError"), args=[message]), cause=None):
                return f"{_call('py_raise', self.expression(message))};"
        raise self.refusal(node)

    def target(self, node: ast.expr) -> str:
        """Names to assign to: one, or several in brackets."""
        names = _target_names(node)
        if names is None:
            raise self.error(node, "only plain names can be unpacked to")
        return _local(node.id) if isinstance(node, ast.Name) else f"[{', '.join(map(_local, names))}]"

    def assigned(self, target: ast.expr, value: str) -> str:
        if isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Slice):
            return f"{_call('py_set', self.expression(target.value), self.expression(target.slice), value)};"
        if isinstance(target, ast.Name | ast.Tuple | ast.List):
            return f"{self.target(target)} = {value};"
        raise self.error(target, "assign to a name or to an item")

    def augmented(self, node: ast.AugAssign) -> str:
        whole = ast.copy_location(ast.BinOp(node.target, node.op, node.value), node)
        # A list stays the same list, and grows.
        value = self.sum(whole, "py_grown") if isinstance(node.op, ast.Add) else self.binary(whole)
        return self.assigned(node.target, value)

    # Expressions

    def expression(self, node: ast.expr) -> str:
        match node:
            case ast.Constant():
                return self.value(node.value, node)
            case ast.Name() | ast.Attribute():
                return self.name(node)
            case ast.BinOp():
                return self.binary(node)
            case ast.UnaryOp(op=ast.Not()):
                return self.condition(node)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
                return _prefix(_OPERATORS[type(node.op)], self.expression(node.operand))
            case ast.Compare():
                return self.comparison(node)
            case ast.BoolOp():
                return self.boolean(node)
            case ast.IfExp():
                parts = self.condition(node.test), self.expression(node.body), self.expression(node.orelse)
                test, one, other = (_inside(part, "?", right=True) for part in parts)
                return _operation("?", f"{test} ? {one} : {other}")
            case ast.Call():
                return self.call(node)
            case ast.Subscript(slice=ast.Slice()):
                return self.part(node, node.slice)
            case ast.Subscript():
                return self.subscript(node)
            case ast.List() | ast.Tuple():
                items = (
                    f"...{self.iterable(i.value)}" if isinstance(i, ast.Starred) else self.expression(i)
                    for i in node.elts
                )
                return _listed("[", items, "]")
            case ast.Dict():
                return _listed("{", map(self.entry, node.keys, node.values), "}")
            case ast.ListComp():
                return self.comprehension(node.elt, node.generators)
            case ast.JoinedStr():
                return self.text(node)
        raise self.refusal(node)

    def value(self, value: object, node: ast.AST, name: str = "constant") -> str:
        try:
            if not isinstance(value, bool | int | float | str) and value is not None:
                return self.program.constant(name, value)
            text = literal(value)
        except ValueError as error:
            raise self.error(node, f"{name}: {error}") from None
        return _operation("prefix", text) if text.startswith("-") else text

    def found(self, node: ast.expr) -> object:
        """What a name, dotted or not, stands for outside of the function; ``_MISSING`` where it is local or unknown."""
        if isinstance(node, ast.Name) and not any(node.id in scope for scope in self.scopes):
            return next((place[node.id] for place in self.outside if node.id in place), _MISSING)
        if isinstance(node, ast.Attribute):
            owner = self.found(node.value)
            return getattr(owner, node.attr, _MISSING) if isinstance(owner, ModuleType) else _MISSING
        return _MISSING

    def name(self, node: ast.Name | ast.Attribute) -> str:
        if isinstance(node, ast.Name) and any(node.id in scope for scope in self.scopes):
            return _local(node.id)
        value, name = self.found(node), ast.unparse(node)
        if value is _MISSING and isinstance(node, ast.Attribute):
            raise self.error(node, f"{name} cannot be looked up: attributes are for modules, as in given.ETA")
        if value is _MISSING:
            raise self.error(node, f"{name} is not known")
        if callable(value) or isinstance(value, ModuleType):
            raise self.error(node, f"{name} can be called or looked into, not handed on")
        return self.value(value, node, name.rpartition(".")[2])

    def binary(self, node: ast.BinOp) -> str:
        if isinstance(node.op, ast.Add):
            return self.sum(node, "py_add")
        left, right, kinds = self.expression(node.left), self.expression(node.right), self.kinds(node.left, node.right)
        if isinstance(node.op, ast.Mult) and kinds & {"list", "text"}:
            return _call("py_repeat", *((left, right) if self.kind(node.left) in ("list", "text") else (right, left)))
        if kinds & {"list", "text"}:
            raise self.error(node, f"{ast.unparse(node)}: this operator is for numbers")
        match node.op:
            case ast.Sub() | ast.Mult():
                return _infix(left, _OPERATORS[type(node.op)], right)
            case ast.Div():
                number = node.right.value if isinstance(node.right, ast.Constant) else self.found(node.right)
                never_zero = isinstance(number, int | float) and number != 0
                return _infix(left, "/", right) if never_zero else _call("py_div", left, right)
            case ast.FloorDiv():
                return _call("py_floordiv", left, right)
            case ast.Mod():
                return _call("py_mod", left, right)
            case ast.Pow():
                self.program.exact = False
                return _call("py_pow", left, right)
        raise self.error(node, f"the operator {type(node.op).__name__} is not part of what live figures can use")

    def sum(self, node: ast.BinOp, helper: str) -> str:
        kinds = self.kinds(node.left, node.right) - {None}
        if len(kinds) > 1 and not kinds <= _NUMBERS:
            raise self.error(node, "a number, a text and a list cannot be added to one another")
        left, right = self.expression(node.left), self.expression(node.right)
        # To a list, += adds the characters of a text.
        listed = kinds <= {"list"} or helper == "py_grown" and self.kind(node.left) is None and kinds == {"text"}
        return _call(helper, left, right) if listed else _infix(left, "+", right)

    def comparison(self, node: ast.Compare) -> str:
        sides = [node.left, *node.comparators]
        parts = [self.compared(node, *three) for three in zip(sides, node.ops, sides[1:], strict=False)]
        return functools.reduce(lambda left, right: _infix(left, "&&", right), parts)

    def compared(self, node: ast.Compare, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> str:
        kinds, one, other = self.kinds(left, right), self.expression(left), self.expression(right)
        no = "!" if isinstance(operator, ast.NotEq | ast.NotIn | ast.IsNot) else ""
        match operator:
            case ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE():
                if "list" in kinds:
                    raise self.error(node, "lists cannot be put in order")
                return _infix(one, _OPERATORS[type(operator)], other)
            case ast.In() | ast.NotIn():
                same = _call("py_contains", other, one)
            case ast.Is() | ast.IsNot() if not (isinstance(right, ast.Constant) and right.value is None):
                raise self.error(node, "`is` is for None; use == for values")
            case _ if kinds <= _NUMBERS:
                # With two signs: True is 1.
                return _infix(one, f"{no or '='}=", other)
            case _ if "text" in kinds or other == "null":
                return _infix(one, f"{no or '='}==", other)
            case _:
                same = _call("py_equal", one, other)
        return _prefix("!", same) if no else same

    def boolean(self, node: ast.BoolOp) -> str:
        if all(map(self.is_condition, node.values)):
            return self.condition(node)
        # ``a or b`` is one of its operands, not a truth value.
        helper = "py_or" if isinstance(node.op, ast.Or) else "py_and"
        *firsts, result = map(self.expression, node.values)
        for first in reversed(firsts):
            result = _call(helper, first, _arrow("", result))
        return result

    def is_condition(self, node: ast.expr) -> bool:
        """Whether its value is a truth value."""
        match node:
            case ast.BoolOp():
                return all(map(self.is_condition, node.values))
            case ast.Compare() | ast.UnaryOp(op=ast.Not()) | ast.Constant(value=bool()):
                return True
            case ast.Call(func=ast.Attribute(attr="startswith" | "endswith")):
                return self.found(node.func) is _MISSING
        return isinstance(node, ast.Call) and self.found(node.func) in (any, all, bool)

    def condition(self, node: ast.expr) -> str:
        """An expression of which only the truth is asked; the result is a truth value of JavaScript."""
        match node:
            case ast.BoolOp():
                operator = _OPERATORS[type(node.op)]
                return functools.reduce(
                    lambda left, right: _infix(left, operator, right), map(self.condition, node.values)
                )
            case ast.UnaryOp(op=ast.Not()):
                return _prefix("!", self.condition(node.operand))
        return self.expression(node) if self.is_condition(node) else _call("py_truth", self.expression(node))

    def subscript(self, node: ast.Subscript) -> str:
        keys: list[str] = []
        inner: ast.expr = node
        while isinstance(inner, ast.Subscript) and not isinstance(inner.slice, ast.Slice):
            if isinstance(inner.slice, ast.Tuple):
                raise self.error(node, "one index at a time")
            keys.insert(0, self.expression(inner.slice))
            inner = inner.value
        return _call("py_at", self.expression(inner), *keys)

    def part(self, node: ast.Subscript, cut: ast.Slice) -> str:
        if cut.step is not None:
            raise self.error(node, "slices with a step are not part of what live figures can use; see reversed()")
        ends = [self.expression(end) for end in (cut.lower or ast.Constant(0), cut.upper) if end]
        return _call(f"{_inside(self.expression(node.value), 'call')}.slice", *ends)

    def entry(self, key: ast.expr | None, value: ast.expr) -> str:
        if key is None:
            return f"...{self.expression(value)}"
        if self.kind(key) not in ("text", None):
            raise self.error(key, "only texts can be keys")
        written = self.expression(key)
        return f"{written if isinstance(key, ast.Constant) else f'[{written}]'}: {self.expression(value)}"

    def iterable(self, node: ast.expr) -> str:
        """Something to go through once: a dictionary gives its keys, a text its characters."""
        return self.expression(node) if self.kind(node) in ("list", "text", "iterator") else self.sequence(node)

    def sequence(self, node: ast.expr) -> str:
        """The same as an array."""
        if isinstance(node, ast.GeneratorExp):
            return self.comprehension(node.elt, node.generators)
        return self.expression(node) if self.kind(node) == "list" else _call("py_sequence", self.expression(node))

    def comprehension(self, element: ast.expr, generators: list[ast.comprehension]) -> str:
        [generator, *others] = generators
        items, taken = _inside(self.sequence(generator.iter), "call"), self.target(generator.target)
        # In Python these names end with the comprehension, here with the arrow.
        self.scopes.append(dict.fromkeys(_target_names(generator.target)))
        kept = "".join(f".filter({_arrow(taken, self.condition(test))})" for test in generator.ifs)
        made = self.comprehension(element, others) if others else self.expression(element)
        self.scopes.pop()
        return f"{items}{kept}.{'flatMap' if others else 'map'}({_arrow(taken, made)})"

    # Texts

    def text(self, node: ast.JoinedStr) -> str:
        if all(isinstance(part, ast.Constant) for part in node.values):
            return literal("".join(part.value for part in node.values))
        if len(node.values) == 1:
            return self.formatted(node.values[0])
        return f"`{''.join(map(self.piece, node.values))}`"

    def piece(self, node: ast.expr) -> str:
        """A part of a text with expressions in it."""
        if isinstance(node, ast.Constant):
            return literal(node.value)[1:-1].replace("`", "\\`").replace("${", "\\${")
        return f"${{{self.formatted(node)}}}"

    def formatted(self, node: ast.FormattedValue) -> str:
        if node.conversion != -1:
            raise self.error(node, "!r and its like are not part of what live figures can use")
        if node.format_spec is None:
            return self.shown(node.value)
        spec = self.text(node.format_spec)
        self.check_format(node, spec)
        return _call("py_format", self.expression(node.value), spec)

    def shown(self, node: ast.expr) -> str:
        """A value as a text, without a format."""
        if self.kind(node) == "float":
            raise self.error(node, f"{ast.unparse(node)} is a float and needs a format such as {{x:.3g}}")
        written = self.expression(node)
        return written if self.kind(node) == "text" else _call("py_str", written)

    def check_format(self, node: ast.AST, spec: str) -> None:
        """Refuse a format that the page does not know, where it is written out."""
        if spec.startswith('"') and not _SPEC.fullmatch(spec[1:-1]):
            raise self.error(node, f"the format {spec[1:-1]!r}: only such as .3f .3g .1e .0% d + and , are compiled")

    # Calls

    def call(self, node: ast.Call) -> str:
        called = self.found(node.func)
        name = getattr(called, "__name__", "")
        if called is _MISSING and isinstance(node.func, ast.Attribute):
            return self.method(node, node.func.attr)
        if called is _MISSING:
            raise self.error(node, f"{ast.unparse(node.func)} is not known")
        if getattr(called, "precomputed", False):
            return self.value(called(), node, name)
        if isinstance(called, FunctionType) and not _is_of_library(called):
            return self.call_function(node, called)
        if called is sum and len(node.args) == 1 and _counts(node.args[0]):
            return _call("py_count", self.comprehension(node.args[0].elt, node.args[0].generators))
        if name in _EXACT | _ROUNDED and called is getattr(math, name):
            self.program.exact &= name in _EXACT
            return self.built_in(node, name, *(_EXACT | _ROUNDED)[name])
        if name in _BUILTINS and called is getattr(builtins, name):
            return self.built_in(node, name, *_BUILTINS[name])
        advice = f": {_ADVICE[name]}" if name in _ADVICE else ""
        raise self.error(node, f"{ast.unparse(node.func)}() is not part of what live figures can use{advice}")

    def built_in(self, node: ast.Call, name: str, least: int, most: float) -> str:
        keywords = {item.arg: item.value for item in node.keywords}
        extra = [self.condition(keywords.pop("reverse"))] if name == "sorted" and "reverse" in keywords else []
        if name == "zip":
            keywords.pop("strict", None)
        if keywords:
            raise self.error(node, f"{name}() takes no {next(iter(keywords))}= here")
        if not least <= len(node.args) <= most:
            raise self.error(node, f"{name}() is given {len(node.args)} arguments")
        if name == "str":
            return self.shown(node.args[0])
        arguments = [self.sequence(a) if isinstance(a, ast.GeneratorExp) else self.expression(a) for a in node.args]
        if name == "format":
            self.check_format(node, arguments[1])
        if name == "zip" or name in ("max", "min") and len(arguments) > 1:
            arguments = [_listed("[", arguments, "]")]
        return _call(_WRITTEN.get(name, f"py_{name}"), *arguments, *extra)

    def call_function(self, node: ast.Call, called: FunctionType) -> str:
        if any(isinstance(argument, ast.Starred) for argument in node.args) or any(
            item.arg is None for item in node.keywords
        ):
            raise self.error(node, "write the arguments out, without * and **")
        signature = inspect.signature(inspect.unwrap(called))
        try:
            given = signature.bind(*node.args, **{item.arg: item.value for item in node.keywords}).arguments
        except TypeError as error:
            raise self.error(node, f"{called.__name__}(): {error}") from None
        # For what is undefined JavaScript takes the default.
        arguments = [self.expression(given[name]) if name in given else "undefined" for name in signature.parameters]
        while arguments and arguments[-1] == "undefined":
            arguments.pop()
        return _call(self.program.add(called), *arguments)

    def method(self, node: ast.Call, name: str) -> str:
        if name not in _METHODS or node.keywords:
            raise self.error(node, f"the method {name}() is not part of what live figures can use")
        if len(node.args) != _METHODS[name]:
            raise self.error(node, f"{name}() needs {_METHODS[name]} arguments here")
        if name == "join":
            return _call("py_join", self.sequence(node.args[0]), self.expression(node.func.value))
        arguments = map(self.expression, node.args)
        if name in _WRITTEN:
            return _call(self.owner(node) + _WRITTEN[name], *arguments)
        return _call(f"py_{name}", self.expression(node.func.value), *arguments)

    def owner(self, call: ast.Call) -> str:
        """What stands before the dot of a method."""
        return _inside(self.expression(call.func.value), "call")

    # What is known of types

    def kinds(self, *nodes: ast.expr) -> set[str | None]:
        return {self.kind(node) for node in nodes}

    def kind(self, node: ast.expr | None) -> str | None:
        """The kind of an expression's value, None where it is not certain."""
        match node:
            case ast.Constant():
                return _KINDS.get(type(node.value))
            case ast.JoinedStr():
                return "text"
            case ast.Compare() | ast.UnaryOp(op=ast.Not()):
                return "number"
            case ast.UnaryOp():
                return self.kind(node.operand) or "number"
            case ast.BinOp():
                return _kind_of_operation(node.op, self.kinds(node.left, node.right))
            case ast.IfExp():
                return _common(self.kinds(node.body, node.orelse))
            case ast.BoolOp():
                return _common(self.kinds(*node.values))
            case ast.List() | ast.Tuple() | ast.ListComp():
                return "list"
            case ast.Subscript(slice=ast.Slice()):
                return self.kind(node.value)
            case ast.Name() | ast.Attribute():
                return self.kind_of_name(node)
            case ast.Call():
                return self.kind_of_call(node)
        return None

    def kind_of_name(self, node: ast.Name | ast.Attribute) -> str | None:
        scopes = [scope for scope in self.scopes if isinstance(node, ast.Name) and node.id in scope]
        return scopes[-1][node.id] if scopes else _KINDS.get(type(self.found(node)))

    def kind_of_call(self, node: ast.Call) -> str | None:
        called = self.found(node.func)
        if called is _MISSING:
            return _RESULTS.get(node.func.attr) if isinstance(node.func, ast.Attribute) else None
        if isinstance(called, FunctionType):
            return _kind_of_annotation(inspect.unwrap(called).__annotations__.get("return"))
        return _RESULTS.get(getattr(called, "__name__", ""))

    def kinds_of_names(self, parameters: list[str], body: list[ast.stmt]) -> dict[str, str | None]:
        """The kind of each parameter and local name: the one that all assignments to it have."""
        promised = {name: {_kind_of_annotation(self.source.__annotations__.get(name))} for name in parameters}
        values: dict[str, list[ast.expr | None]] = {name: [] for name in parameters}
        for node in _own_nodes(body):
            for name, value in _assignments(node):
                values.setdefault(name, []).append(value)
        found: dict[str, str | None] = dict.fromkeys(values)
        self.scopes.append(found)
        # Names depend on one another. What a round finds holds, and a few rounds find nearly all.
        for _ in range(4):
            found |= {name: _common(self.kinds(*given) | promised.get(name, set())) for name, given in values.items()}
        return self.scopes.pop()


def _kind_of_operation(operator: ast.operator, kinds: set[str | None]) -> str | None:
    if isinstance(operator, ast.Add) and not kinds & _NUMBERS:
        return _common(kinds - {None})
    if isinstance(operator, ast.Mult) and kinds & {"list", "text"}:
        return "list" if "list" in kinds else "text"
    return "float" if "float" in kinds or isinstance(operator, ast.Div) else "number"


def _common(kinds: set[str | None]) -> str | None:
    return next(iter(kinds)) if len(kinds) == 1 else "number" if kinds and kinds <= _NUMBERS else None


def _kind_of_annotation(annotation: object) -> str | None:
    """The kind that ``float``, ``str``, ``list[float]`` or ``Annotated[float, ...]`` promises."""
    bare = annotation.__origin__ if hasattr(annotation, "__metadata__") else annotation
    bare = typing.get_origin(bare) or bare
    return _KINDS.get(bare) if isinstance(bare, type) else None


def _own_nodes(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """The nodes of a function's body, without those inside comprehensions, whose names are their own."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.ListComp | ast.GeneratorExp):
            waiting.extend(ast.iter_child_nodes(node))


def _assignments(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """The names that a statement assigns to, each with an expression of the value's kind (None where there is none)."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name, node.value
        case ast.AugAssign(target=ast.Name(id=name)):
            yield name, ast.BinOp(node.target, node.op, node.value)
        case ast.For(target=ast.Name(id=name), iter=ast.Call(func=ast.Name(id="range"))):
            yield name, ast.Constant(0)
        case ast.Assign(targets=[target]) | ast.For(target=target):
            yield from ((name, None) for name in _target_names(target) or ())


def _target_names(target: ast.expr) -> list[str] | None:
    items = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    return [item.id for item in items] if all(isinstance(item, ast.Name) for item in items) else None


def _counts(node: ast.expr) -> bool:
    """Whether a sum only counts: its terms are conditions or the number one."""
    if not isinstance(node, ast.GeneratorExp | ast.ListComp):
        return False
    return isinstance(node.elt, ast.Compare) or isinstance(node.elt, ast.Constant) and node.elt.value == 1


def _is_of_library(function: FunctionType) -> bool:
    top = (function.__module__ or "").partition(".")[0]
    return top in ("numpy", "scipy", "matplotlib", "statistics", "itertools", "functools")

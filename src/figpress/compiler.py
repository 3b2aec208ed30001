"""Compile plain Python functions to JavaScript that returns the same values, to the last bit.

PScript writes the JavaScript. It takes Python's text at its word, though, where the two languages differ: ``%`` of a
negative number, ``==`` of lists, the truth of ``[]``, ``sorted``, ``f"{x:.3g}"``, names such as ``new``. So each
function is first rewritten into the part of Python that means the same in both; what differs becomes the call of a
helper ``py_...`` (``runtime/python.js``), and what has no such form is refused, with file, line and a sentence. One
difference stays: the whole number 0, negated, is -0 in JavaScript.

Decorators are dropped: they may check arguments, but not change what is returned. Numbers, texts and collections that a
function finds in its module become part of the script, and so do the values of functions marked ``@precomputed``.
"""

import ast
import builtins
import functools
import inspect
import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from types import FunctionType, ModuleType

from figpress.drawing import plain

LARGEST_INTEGER = 2**53
"""Beyond it JavaScript's numbers have gaps."""

_RESERVED = frozenset(
    "abstract arguments async await boolean byte case catch char class const debugger default delete do double enum "
    "eval export extends final float function goto implements import in instanceof int interface let long native new "
    "null package private protected public short static super switch synchronized this throw throws transient true "
    "false try typeof undefined var void volatile with yield window document Array Boolean Infinity Math NaN Number "
    "Object String self".split()
)
# Known to PScript, which would put something of its own in their place.
_BUILTINS = frozenset(dir(builtins)) | {"time", "perf_counter", "hasattr", "RawJS", "this_is_js", "xrange", "unichr"}

_EXACT = {"sqrt": "Math.sqrt", "floor": "Math.floor", "ceil": "Math.ceil", "fabs": "Math.abs", "trunc": "py_int"}
_ROUNDED = {
    "exp": "Math.exp",
    "log": "Math.log",
    "log10": "Math.log10",
    "log2": "Math.log2",
    "sin": "Math.sin",
    "cos": "Math.cos",
    "tan": "Math.tan",
    "atan": "Math.atan",
    "atan2": "Math.atan2",
    "expm1": "Math.expm1",
    "log1p": "Math.log1p",
    "tanh": "Math.tanh",
    "pow": "Math.pow",
}
_HELPERS = {
    "str": ("py_str", 1, 1),
    "int": ("py_int", 1, 1),
    "float": ("py_float", 1, 1),
    "bool": ("py_truth", 1, 1),
    "round": ("py_round", 1, 2),
    "format": ("py_format", 2, 2),
    "max": ("py_max", 1, None),
    "min": ("py_min", 1, None),
    "any": ("py_any", 1, 1),
    "all": ("py_all", 1, 1),
    "list": ("py_list", 0, 1),
    "tuple": ("py_list", 0, 1),
    "reversed": ("py_reversed", 1, 1),
    "enumerate": ("py_enumerate", 1, 1),
    "zip": ("py_zip", 1, None),
    "range": ("py_range", 1, 3),
    "sorted": ("py_sorted", 1, 1),
    "dict": ("py_dict", 1, 1),
}
_METHODS = {
    "append": ("push", 1),
    "join": ("py_join", 1),
    "upper": ("toUpperCase", 0),
    "lower": ("toLowerCase", 0),
    "startswith": ("startsWith", 1),
    "endswith": ("endsWith", 1),
    "extend": ("py_extend", 1),
    "replace": ("py_replace", 2),
    "capitalize": ("py_capitalize", 0),
    "items": ("py_items", 0),
    "keys": ("py_keys", 0),
    "values": ("py_values", 0),
    "get": ("py_get", 2),
    "split": ("py_split", 1),
}
_SPEC = re.compile(r"[+]?,?(\.\d+[fge%]|d|,)")
_ADVICE = {
    "sum": "newer versions of Python add floats in another way; write a loop (counting conditions is fine)",
    "print": "a figure says what it has to say by its facts",
    "set": "use a list",
    "isinstance": "let it take one type",
    "abs": "it takes one number",
    "len": "it takes one list or text",
    "pow": "use **",
    "divmod": "use // and %",
    "map": "use a comprehension",
    "filter": "use a comprehension",
    "open": "read the file in a function marked @precomputed",
}


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
        return (
            "{"
            + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{literal(item)}" for key, item in value.items())
            + "}"
        )
    raise ValueError(f"a {type(value).__name__} has no form in JavaScript")


class Program:
    """A set of functions and all that they call, compiled into one script.

    After ``add`` the result is in ``script``; ``functions`` are the compiled ones as (module, qualified name), and
    ``exact`` says whether only operations occur whose results IEEE 754 fixes to the last bit.
    """

    def __init__(self, root: Path):
        self.root = root
        self.functions: list[tuple[str, str]] = []
        self.exact = True
        self._names: dict[int, str] = {}
        self._kept: list[object] = []
        self._taken: set[str] = set()
        self._parts: list[str] = []
        self._trees: dict[str, ast.Module] = {}

    @property
    def helpers(self) -> list[str]:
        """The helpers ``py_...`` that the script calls."""
        return sorted(set(re.findall(r"\bpy_\w+", self.script)))

    @property
    def script(self) -> str:
        """The compiled functions, those that are called before those that call."""
        return "\n".join(self._parts)

    def name(self, wanted: str, thing: object) -> str:
        """A name of the script for ``thing``, one that no local name can be."""
        base = ("f_" if isinstance(thing, FunctionType) else "c_") + wanted
        found, number = base, 2
        while found in self._taken:
            found, number = f"{base}_{number}", number + 1
        self._taken.add(found)
        self._names[id(thing)] = found
        self._kept.append(thing)
        return found

    def add(self, function: Callable) -> str:
        """Compile ``function`` and what it calls; return its name in the script.

        Raises:
            CompileError: something in it cannot be compiled.
        """
        bare = inspect.unwrap(function)
        if id(bare) in self._names:
            return self._names[id(bare)]
        node, file = self._definition(bare)
        name = self.name(bare.__name__, bare)
        body = _Rewriter(self, bare, file).function(node, name)
        self._parts.append(_written(body, file, node.lineno))
        self.functions.append((bare.__module__, bare.__qualname__))
        return name

    def constant(self, wanted: str, value: object) -> str:
        """Put a collection into the script; return its name there."""
        if id(value) not in self._names:
            text = literal(plain(value))
            self._parts.append(f"var {self.name(wanted, value)} = {text};")
        return self._names[id(value)]

    def _definition(self, function: FunctionType) -> tuple[ast.FunctionDef, str]:
        path = Path(function.__code__.co_filename)
        if str(path) not in self._trees:
            self._trees[str(path)] = ast.parse(path.read_text(encoding="utf-8"))
        file = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name
        line = function.__code__.co_firstlineno
        for node in ast.walk(self._trees[str(path)]):
            if isinstance(node, ast.FunctionDef) and line in (node.lineno, *(d.lineno for d in node.decorator_list)):
                return node, file
        raise CompileError(f"{file}:{line}: {function.__qualname__} is no plain function (def)")


def _written(node: ast.FunctionDef, file: str, line: int) -> str:
    """The JavaScript of a rewritten function."""
    import pscript

    class Printer(pscript.Parser):
        # Nothing is overloaded: the rewriting has put helpers where Python means more than JavaScript.
        _pscript_overload = False

    try:
        parser = Printer(ast.unparse(ast.fix_missing_locations(node)), docstrings=False, inline_stdlib=False)
    except pscript.JSError as error:
        raise CompileError(f"{file}:{line}: {node.name}: {' '.join(str(error).split())}") from None
    if parser._std_functions - {"create_dict"} or parser._std_methods:
        needed = ", ".join(parser._std_functions | parser._std_methods)
        raise CompileError(f"{file}:{line}: {node.name}: would need {needed} of PScript")
    text = parser.dump().strip()
    text = re.sub(r"^var \w+;\n", "", text)
    text = re.sub(r"function flx_\w+ \(", "function (", text)
    # Four spaces a level are for people who edit.
    text = re.sub(r"^( {4})+", lambda m: " " * (len(m[0]) // 4), text, flags=re.MULTILINE)
    return "var " + text.replace("_pyfunc_create_dict", "py_create_dict")


class _Rewriter:
    """Rewrites one function into the part of Python that means the same in JavaScript."""

    def __init__(self, program: Program, function: FunctionType, file: str):
        self.program = program
        self.function_object = function
        self.file = file
        self.globals = function.__globals__
        closure = inspect.getclosurevars(function).nonlocals
        self.outside = {**closure}
        self.scopes: list[dict[str, str]] = []
        self.kinds: dict[str, str | None] = {}
        self.counter = 0
        self.loops: list[str] = []

    def error(self, node: ast.AST, reason: str) -> CompileError:
        line = getattr(node, "lineno", self.function_object.__code__.co_firstlineno)
        return CompileError(f"{self.file}:{line}: {self.function_object.__name__}() cannot be compiled: {reason}")

    def fresh(self, base: str) -> str:
        self.counter += 1
        return f"{base}_{self.counter}"

    # Functions and statements

    def function(self, node: ast.FunctionDef, name: str) -> ast.FunctionDef:
        arguments = node.args
        if arguments.vararg or arguments.kwarg or arguments.posonlyargs or arguments.kwonlyargs:
            raise self.error(node, "it may take plain parameters only, no *, ** or /")
        names = [argument.arg for argument in arguments.args]
        self.scopes.append({parameter: self._local(parameter) for parameter in names})
        for inner in _own_nodes(node):
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                self.scopes[-1].setdefault(inner.id, self._local(inner.id))
        for argument in arguments.args:
            if argument.annotation is not None:
                self.kinds[argument.arg] = _kind_of_annotation(argument.annotation)
        self._find_kinds(node)
        self._check_loops(node)
        defaults = [self._value(default, node) for default in self.function_object.__defaults__ or ()]
        body = self.statements(node.body[1:] if ast.get_docstring(node) is not None else node.body)
        return ast.FunctionDef(
            name=name,
            body=body or [ast.Pass()],
            decorator_list=[],
            type_params=[],
            args=ast.arguments(
                posonlyargs=[],
                args=[ast.arg(self.scopes[-1][n]) for n in names],
                kwonlyargs=[],
                kw_defaults=[],
                defaults=defaults,
            ),
        )

    def _local(self, name: str) -> str:
        special = name in _RESERVED or name in _BUILTINS or name.startswith(("f_", "c_", "py_", "stub"))
        return f"{name}_" if special else name

    def statements(self, nodes: list[ast.stmt]) -> list[ast.stmt]:
        return [new for node in nodes for new in self.statement(node)]

    def statement(self, node: ast.stmt) -> list[ast.stmt]:
        match node:
            case ast.Return():
                return [ast.Return(self.expression(node.value) if node.value else ast.Constant(None))]
            case ast.Assign():
                return self._assign(node)
            case ast.AnnAssign(value=ast.expr(), target=ast.Name()):
                return [ast.Assign([self.target(node.target)], self.expression(node.value), lineno=1)]
            case ast.AugAssign(target=ast.Name() | ast.Subscript()):
                load = ast.parse(ast.unparse(node.target), mode="eval").body
                whole = ast.copy_location(ast.BinOp(load, node.op, node.value), node)
                _relocate(load, node)
                return [ast.Assign([self.target(node.target)], self.expression(whole), lineno=1)]
            case ast.If():
                return [ast.If(self.condition(node.test), self.statements(node.body), self.statements(node.orelse))]
            case ast.While(orelse=[]):
                return [ast.While(self.condition(node.test), self.statements(node.body), [])]
            case ast.For(orelse=[]):
                return self._for(node)
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="append" | "extend"))):
                return [ast.Expr(self.expression(node.value))]
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                return []
            case ast.Break() | ast.Continue():
                return [node]
            case ast.Raise(exc=ast.Call(func=ast.Name(id="ValueError"), args=[message]), cause=None):
                return [ast.Expr(_call("py_raise", self.expression(message)))]
        raise self.error(node, f"{_described(node)} is not part of what live figures can use")

    def _assign(self, node: ast.Assign) -> list[ast.stmt]:
        if len(node.targets) != 1:
            raise self.error(node, "assign one name at a time, not a = b = ...")
        [target], value = node.targets, self.expression(node.value)
        if isinstance(target, ast.Tuple | ast.List):
            # By way of a name of its own, so that a, b = b, a means what it says.
            if not all(isinstance(item, ast.Name) for item in target.elts):
                raise self.error(target, "only plain names can be unpacked to")
            pair = self.fresh("items")
            return [ast.Assign([ast.Name(pair)], value, lineno=1)] + [
                ast.Assign([self.target(item)], ast.Subscript(ast.Name(pair), ast.Constant(index)), lineno=1)
                for index, item in enumerate(target.elts)
            ]
        return [ast.Assign([self.target(target)], value, lineno=1)]

    def target(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Name):
            return ast.Name(self.scopes[-1][node.id])
        if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice):
            negative = (
                isinstance(node.slice, ast.UnaryOp)
                or isinstance(node.slice, ast.Constant)
                and _is_negative(node.slice.value)
            )
            if not negative:
                return ast.Subscript(self.expression(node.value), self.expression(node.slice))
        raise self.error(node, "assign to a name or to an item by its index from the start or its key")

    def _for(self, node: ast.For) -> list[ast.stmt]:
        before: list[ast.stmt] = []
        iterated = node.iter
        if isinstance(node.target, ast.Name) and self._is_builtin(iterated, "range") and not iterated.keywords:
            arguments = [self.expression(argument) for argument in iterated.args]
            if len(arguments) not in (1, 2, 3):
                raise self.error(iterated, "range takes one to three numbers")
            step = iterated.args[2] if len(arguments) == 3 else ast.Constant(1)
            if _integer(step) in (None, 0):
                raise self.error(iterated, "the step of a range must be a whole number, written out")
            # JavaScript asks for the end again before every round; Python once.
            for index in range(min(2, len(arguments))):
                if not isinstance(arguments[index], ast.Constant):
                    end = self.fresh("end")
                    before.append(ast.Assign([ast.Name(end)], arguments[index], lineno=1))
                    arguments[index] = ast.Name(end)
            sequence: ast.expr = ast.Call(ast.Name("range"), arguments, [])
            body = self.statements(node.body)
            return [*before, ast.For(self.target(node.target), sequence, body, [], lineno=1)]
        # By index, over a list made before: PScript's own loop would have to find out what it is given.
        items, index = self.fresh("items"), self.fresh("index")
        before.append(ast.Assign([ast.Name(items)], self.sequence(iterated), lineno=1))
        item = ast.Subscript(ast.Name(items), ast.Name(index))
        if isinstance(node.target, ast.Name):
            first: list[ast.stmt] = [ast.Assign([self.target(node.target)], item, lineno=1)]
        elif isinstance(node.target, ast.Tuple) and all(isinstance(part, ast.Name) for part in node.target.elts):
            first = [
                ast.Assign([self.target(part)], ast.Subscript(item, ast.Constant(number)), lineno=1)
                for number, part in enumerate(node.target.elts)
            ]
        else:
            raise self.error(node.target, "a loop needs plain names")
        count = ast.Attribute(ast.Name(items), "length")
        return [
            *before,
            ast.For(
                ast.Name(index),
                ast.Call(ast.Name("range"), [count], []),
                first + self.statements(node.body),
                [],
                lineno=1,
            ),
        ]

    def _check_loops(self, node: ast.FunctionDef) -> None:
        """After a loop the counter differs in JavaScript, so it may be used inside alone, and not be set there."""
        counters: dict[str, list[ast.AST]] = {}
        for loop in ast.walk(node):
            if isinstance(loop, ast.For) and self._is_builtin(loop.iter, "range") and isinstance(loop.target, ast.Name):
                counters.setdefault(loop.target.id, []).append(loop)
                for inner in (part for statement in loop.body for part in ast.walk(statement)):
                    if isinstance(inner, ast.Name) and inner.id == loop.target.id and isinstance(inner.ctx, ast.Store):
                        raise self.error(inner, f"the loop's counter {inner.id} is set inside of it")
        for name, loops in counters.items():
            inside = {id(part) for loop in loops for part in ast.walk(loop)}
            for comprehension in ast.walk(node):
                if isinstance(comprehension, ast.ListComp | ast.GeneratorExp) and name in _targets(comprehension):
                    inside |= {id(part) for part in ast.walk(comprehension)}
            for part in ast.walk(node):
                if isinstance(part, ast.Name) and part.id == name and id(part) not in inside:
                    raise self.error(part, f"the loop's counter {name} is used outside of the loop")

    # Expressions

    def expression(self, node: ast.expr) -> ast.expr:
        match node:
            case ast.Constant():
                return self._value(node.value, node)
            case ast.Name():
                return self._name(node)
            case ast.Attribute():
                return self._attribute(node)
            case ast.BinOp():
                return self._binary(node)
            case ast.UnaryOp(op=ast.Not()):
                return self.condition(node)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
                return ast.UnaryOp(node.op, self.expression(node.operand))
            case ast.Compare():
                return self._compare(node)
            case ast.BoolOp():
                return self._boolean(node)
            case ast.IfExp():
                return ast.IfExp(self.condition(node.test), self.expression(node.body), self.expression(node.orelse))
            case ast.Call():
                return self._call(node)
            case ast.Subscript():
                return self._subscript(node)
            case ast.List() | ast.Tuple():
                return self._list(node)
            case ast.Dict():
                return self._dict(node)
            case ast.ListComp():
                return self._comprehension(node)
            case ast.JoinedStr():
                return self._text(node)
        raise self.error(node, f"{_described(node)} is not part of what live figures can use")

    def _value(self, value: object, node: ast.AST, name: str = "CONSTANT") -> ast.expr:
        if isinstance(value, bool | str) or value is None:
            return ast.Constant(value)
        if isinstance(value, int | float):
            if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
                raise self.error(node, f"{value} is beyond the whole numbers of JavaScript")
            if isinstance(value, float) and not math.isfinite(value):
                size: ast.expr = ast.Name("NaN" if math.isnan(value) else "Infinity")
            else:
                size = ast.Constant(abs(value))
            return ast.UnaryOp(ast.USub(), size) if _is_negative(value) else size
        try:
            return ast.Name(self.program.constant(name, value))
        except ValueError as error:
            raise self.error(node, f"{name}: {error}") from None

    def _lookup(self, node: ast.expr) -> object:
        """What a name, dotted or not, stands for outside of the function; ``_MISSING`` where it is local or unknown."""
        if isinstance(node, ast.Name):
            if any(node.id in scope for scope in self.scopes):
                return _MISSING
            for place in (self.outside, self.globals, vars(builtins)):
                if node.id in place:
                    return place[node.id]
        if isinstance(node, ast.Attribute):
            owner = self._lookup(node.value)
            if isinstance(owner, ModuleType):
                return getattr(owner, node.attr, _MISSING)
        return _MISSING

    def _is_builtin(self, node: ast.expr, name: str) -> bool:
        return isinstance(node, ast.Call) and self._lookup(node.func) is getattr(builtins, name)

    def _name(self, node: ast.Name) -> ast.expr:
        for scope in reversed(self.scopes):
            if node.id in scope:
                return ast.Name(scope[node.id])
        value = self._lookup(node)
        if value is _MISSING:
            raise self.error(node, f"{node.id} is not known")
        return self._global(node, node.id, value)

    def _attribute(self, node: ast.Attribute) -> ast.expr:
        value = self._lookup(node)
        if value is _MISSING:
            raise self.error(
                node, f"{ast.unparse(node)} cannot be looked up: attributes are for modules, as in given.ETA"
            )
        return self._global(node, node.attr, value)

    def _global(self, node: ast.expr, name: str, value: object) -> ast.expr:
        if callable(value) or isinstance(value, ModuleType):
            raise self.error(node, f"{ast.unparse(node)} can be called or looked into, not handed on")
        return self._value(value, node, name)

    def _binary(self, node: ast.BinOp) -> ast.expr:
        left, right = node.left, node.right
        kinds = {self.kind(left), self.kind(right)}
        match node.op:
            case ast.Add():
                if kinds == {"list"}:
                    return _call("py_add", self.expression(left), self.expression(right))
                if kinds & {"number", "text"}:
                    if kinds == {"number", "text"} or "list" in kinds:
                        raise self.error(node, "a number, a text and a list cannot be added to one another")
                    return ast.BinOp(self.expression(left), ast.Add(), self.expression(right))
                return _call("py_add", self.expression(left), self.expression(right))
            case ast.Mult():
                if kinds & {"list", "text"}:
                    many, times = (left, right) if self.kind(left) in ("list", "text") else (right, left)
                    return _call("py_repeat", self.expression(many), self.expression(times))
                return ast.BinOp(self.expression(left), ast.Mult(), self.expression(right))
            case ast.Sub() | ast.Div():
                self._numbers_only(node, kinds)
                return ast.BinOp(self.expression(left), node.op, self.expression(right))
            case ast.Pow():
                self._numbers_only(node, kinds)
                self.program.exact = False
                return ast.Call(
                    ast.Attribute(ast.Name("Math"), "pow"), [self.expression(left), self.expression(right)], []
                )
            case ast.FloorDiv() | ast.Mod():
                self._numbers_only(node, kinds)
                helper = "py_floordiv" if isinstance(node.op, ast.FloorDiv) else "py_mod"
                return _call(helper, self.expression(left), self.expression(right))
        raise self.error(node, f"the operator {type(node.op).__name__} is not part of what live figures can use")

    def _numbers_only(self, node: ast.BinOp, kinds: set[str | None]) -> None:
        if kinds & {"text", "list", "dict"}:
            raise self.error(node, f"{ast.unparse(node)}: this operator is for numbers")

    def _compare(self, node: ast.Compare) -> ast.expr:
        parts, left = [], node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            parts.append(self._comparison(node, left, operator, right))
            left = right
        return parts[0] if len(parts) == 1 else ast.BoolOp(ast.And(), parts)

    def _comparison(self, node: ast.Compare, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
        kinds = {self.kind(left), self.kind(right)}
        match operator:
            case ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE():
                if kinds & {"list", "dict"}:
                    raise self.error(node, "lists cannot be put in order")
                return ast.Compare(self.expression(left), [operator], [self.expression(right)])
            case ast.Eq() | ast.NotEq():
                if kinds in ({"number"}, {"text"}):
                    return ast.Compare(self.expression(left), [operator], [self.expression(right)])
                same = _call("py_equal", self.expression(left), self.expression(right))
                return same if isinstance(operator, ast.Eq) else ast.UnaryOp(ast.Not(), same)
            case ast.In() | ast.NotIn():
                inside = _call("py_contains", self.expression(right), self.expression(left))
                return inside if isinstance(operator, ast.In) else ast.UnaryOp(ast.Not(), inside)
            case ast.Is() | ast.IsNot():
                if not (isinstance(right, ast.Constant) and right.value is None):
                    raise self.error(node, "`is` is for None; use == for values")
                return ast.Compare(self.expression(left), [operator], [ast.Constant(None)])
        raise self.error(node, "this comparison is not part of what live figures can use")

    def _boolean(self, node: ast.BoolOp) -> ast.expr:
        if all(self._is_condition(value) for value in node.values):
            return ast.BoolOp(node.op, [self.condition(value) for value in node.values])
        # `a or b` is one of its operands, not a truth value. Nothing here has effects, so `a` may be evaluated twice.
        result = self.expression(node.values[-1])
        for value in reversed(node.values[:-1]):
            test, own = self.condition(value), self.expression(value)
            result = ast.IfExp(test, own, result) if isinstance(node.op, ast.Or) else ast.IfExp(test, result, own)
        return result

    def _is_condition(self, node: ast.expr) -> bool:
        if isinstance(node, ast.BoolOp):
            return all(map(self._is_condition, node.values))
        return (
            isinstance(node, ast.Compare)
            or isinstance(node, ast.UnaryOp)
            and isinstance(node.op, ast.Not)
            or isinstance(node, ast.Constant)
            and isinstance(node.value, bool)
            or any(self._is_builtin(node, name) for name in ("any", "all", "bool"))
        )

    def condition(self, node: ast.expr) -> ast.expr:
        """An expression of which only the truth is asked; the result is a truth value of JavaScript."""
        if isinstance(node, ast.BoolOp):
            return ast.BoolOp(node.op, [self.condition(value) for value in node.values])
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return ast.UnaryOp(ast.Not(), self.condition(node.operand))
        new = self.expression(node)
        return new if self._is_condition(node) else _call("py_truth", new)

    def _subscript(self, node: ast.Subscript) -> ast.expr:
        value = self.expression(node.value)
        if isinstance(node.slice, ast.Slice):
            if node.slice.step is not None:
                raise self.error(node, "slices with a step are not part of what live figures can use; see reversed()")
            ends = [self.expression(end) if end is not None else None for end in (node.slice.lower, node.slice.upper)]
            return ast.Call(
                ast.Attribute(value, "slice"),
                [ends[0] or ast.Constant(0), *ends[1:]] if ends[1] else [ends[0] or ast.Constant(0)],
                [],
            )
        if isinstance(node.slice, ast.Tuple):
            raise self.error(node, "one index at a time")
        plain_key = isinstance(node.slice, ast.Constant) and not _is_negative(node.slice.value)
        if plain_key or isinstance(node.slice, ast.Name) and node.slice.id in self.loops:
            return ast.Subscript(value, self.expression(node.slice))
        # An index below zero counts from the end; one beyond the list is an error, not undefined.
        return _call("py_at", value, self.expression(node.slice))

    def _list(self, node: ast.List | ast.Tuple) -> ast.expr:
        if not any(isinstance(item, ast.Starred) for item in node.elts):
            return ast.List([self.expression(item) for item in node.elts])
        result: ast.expr | None = None
        group: list[ast.expr] = []
        for item in [*node.elts, None]:
            if item is None or isinstance(item, ast.Starred):
                if group or result is None:
                    part = ast.List(group)
                    result, group = part if result is None else _call("py_add", result, part), []
                if item is not None:
                    result = _call("py_add", result, self.sequence(item.value))
            else:
                group.append(self.expression(item))
        return result

    def _dict(self, node: ast.Dict) -> ast.expr:
        parts: list[ast.expr] = []
        keys: list[ast.expr] = []
        values: list[ast.expr] = []
        for key, value in [*zip(node.keys, node.values, strict=True), (None, None)]:
            if key is None:
                if keys or not parts and value is None:
                    parts.append(ast.Dict(keys, values))
                    keys, values = [], []
                if value is not None:
                    parts.append(self.expression(value))
                continue
            if self.kind(key) not in ("text", None):
                raise self.error(key, "only texts can be keys")
            keys.append(self.expression(key))
            values.append(self.expression(value))
        return (
            parts[0]
            if len(parts) == 1 and not any(key is None for key in node.keys)
            else _call("py_merge", ast.List(parts))
        )

    def sequence(self, node: ast.expr) -> ast.expr:
        """Something to go through, as an array: a dictionary gives its keys, a text its characters."""
        new = self.expression(node)
        listed = self.kind(node) == "list"
        return new if listed else _call("py_list", new)

    def _comprehension(self, node: ast.ListComp | ast.GeneratorExp) -> ast.expr:
        generators = []
        depth = len(self.scopes)
        loops = len(self.loops)
        for generator in node.generators:
            iterated = self.sequence(generator.iter)
            names = _target_names(generator.target)
            if names is None:
                raise self.error(generator.target, "a comprehension needs plain names")
            # In Python these names end with the comprehension; here they get names that nothing else has.
            scope = {name: self.fresh(self._local(name)) for name in names}
            self.scopes.append(scope)
            kinds = {name: self.kinds.pop(name, None) for name in names}
            if isinstance(generator.target, ast.Name) and self._is_builtin(generator.iter, "range"):
                self.kinds[names[0]] = "number"
                if _counts_up_from_zero(generator.iter):
                    self.loops.append(names[0])
            target = (
                ast.Name(scope[names[0]])
                if isinstance(generator.target, ast.Name)
                else ast.Tuple([ast.Name(scope[n]) for n in names])
            )
            tests = [self.condition(test) for test in generator.ifs]
            generators.append((target, iterated, tests, kinds))
        element = self.expression(node.elt)
        for *_, kinds in generators:
            self.kinds.update({name: kind for name, kind in kinds.items()})
        del self.scopes[depth:], self.loops[loops:]
        return ast.ListComp(
            element, [ast.comprehension(target, iterated, tests, 0) for target, iterated, tests, _ in generators]
        )

    def _text(self, node: ast.JoinedStr) -> ast.expr:
        result: ast.expr | None = None
        for part in node.values:
            new = ast.Constant(part.value) if isinstance(part, ast.Constant) else self._formatted(part)
            result = new if result is None else ast.BinOp(result, ast.Add(), new)
        return result or ast.Constant("")

    def _formatted(self, node: ast.FormattedValue) -> ast.expr:
        if node.conversion != -1:
            raise self.error(node, "!r and its like are not part of what live figures can use")
        value = self.expression(node.value)
        if node.format_spec is None:
            return value if self.kind(node.value) == "text" else _call("py_str", value)
        if len(node.format_spec.values) == 1 and isinstance(node.format_spec.values[0], ast.Constant):
            self._check_format(node, node.format_spec.values[0].value)
        return _call("py_format", value, self._text(node.format_spec))

    def _check_format(self, node: ast.AST, spec: str) -> None:
        if not _SPEC.fullmatch(spec):
            raise self.error(node, f"the format {spec!r}: only such as .3f .3g .1e .0% d + and , are compiled")

    # Calls

    def _call(self, node: ast.Call) -> ast.expr:
        called = self._lookup(node.func)
        if called is _MISSING:
            if isinstance(node.func, ast.Attribute):
                return self._method(node)
            raise self.error(node, f"{ast.unparse(node.func)} is not known")
        if getattr(called, "precomputed", False):
            return ast.Name(self.program.constant(called.__name__, called()))
        if isinstance(called, FunctionType) and not _is_of_library(called):
            return self._call_function(node, called)
        name = getattr(called, "__name__", "")
        if getattr(called, "__module__", None) == "math" and name in _EXACT | _ROUNDED:
            self.program.exact &= name in _EXACT
            return self._math(node, (_EXACT | _ROUNDED)[name])
        if called is abs and len(node.args) == 1:
            return self._math(node, "Math.abs")
        if called is len and len(node.args) == 1:
            value = self.expression(node.args[0])
            return (
                ast.Attribute(value, "length")
                if self.kind(node.args[0]) in ("list", "text")
                else _call("py_len", value)
            )
        if called is sum and len(node.args) == 1 and _counts(node.args[0]):
            return _call("py_count", self._comprehension(node.args[0]))
        if called in vars(builtins).values() and name in _HELPERS:
            return self._builtin(node, name)
        advice = _ADVICE.get(name)
        raise self.error(
            node,
            f"{ast.unparse(node.func)}() is not part of what live figures can use" + (f": {advice}" if advice else ""),
        )

    def _math(self, node: ast.Call, target: str) -> ast.expr:
        if node.keywords:
            raise self.error(node, "give the arguments by position")
        arguments = [self.expression(argument) for argument in node.args]
        if target.startswith("py_"):
            return _call(target, *arguments)
        return ast.Call(ast.Attribute(ast.Name("Math"), target.removeprefix("Math.")), arguments, [])

    def _builtin(self, node: ast.Call, name: str) -> ast.expr:
        helper, least, most = _HELPERS[name]
        keywords = {item.arg: item.value for item in node.keywords}
        if name == "zip":
            keywords.pop("strict", None)
        extra: list[ast.expr] = []
        if name == "sorted" and "reverse" in keywords:
            extra = [self.condition(keywords.pop("reverse"))]
        if keywords:
            raise self.error(node, f"{name}() takes no {next(iter(keywords))}= here")
        if len(node.args) < least or most is not None and len(node.args) > most:
            raise self.error(node, f"{name}() is given {len(node.args)} arguments")
        if name == "format" and isinstance(node.args[1], ast.Constant):
            self._check_format(node, node.args[1].value)
        arguments = [
            self._comprehension(argument) if isinstance(argument, ast.GeneratorExp) else self.expression(argument)
            for argument in node.args
        ]
        if name == "float" and self.kind(node.args[0]) == "number":
            return arguments[0]
        if name == "str" and self.kind(node.args[0]) == "text":
            return arguments[0]
        if name in ("max", "min", "zip") and (name == "zip" or len(arguments) > 1):
            arguments = [ast.List(arguments)]
        return _call(helper, *arguments, *extra)

    def _call_function(self, node: ast.Call, called: FunctionType) -> ast.expr:
        bare = inspect.unwrap(called)
        parameters = inspect.signature(bare).parameters
        try:
            bound = inspect.signature(bare).bind(*node.args, **{item.arg: item.value for item in node.keywords})
        except TypeError as error:
            raise self.error(node, f"{bare.__name__}(): {error}") from None
        if any(isinstance(argument, ast.Starred) for argument in node.args) or any(
            item.arg is None for item in node.keywords
        ):
            raise self.error(node, "write the arguments out, without * and **")
        last = max((index for index, name in enumerate(parameters) if name in bound.arguments), default=-1)
        arguments = [
            self.expression(bound.arguments[name]) if name in bound.arguments else self._value(parameter.default, node)
            for name, parameter in list(parameters.items())[: last + 1]
        ]
        return ast.Call(ast.Name(self.program.add(called)), arguments, [])

    def _method(self, node: ast.Call) -> ast.expr:
        name = node.func.attr
        if name not in _METHODS or node.keywords:
            raise self.error(node, f"the method {name}() is not part of what live figures can use")
        target, count = _METHODS[name]
        if len(node.args) != count:
            raise self.error(node, f"{name}() needs {count} arguments here")
        owner = self.expression(node.func.value)
        if name == "join":
            [items] = node.args
            made = self._comprehension(items) if isinstance(items, ast.GeneratorExp) else self.sequence(items)
            return _call("py_join", made, owner)
        arguments = [self.expression(argument) for argument in node.args]
        if target.startswith("py_"):
            return _call(target, owner, *arguments)
        return ast.Call(ast.Attribute(owner, target), arguments, [])

    # What is known of types

    def kind(self, node: ast.expr) -> str | None:
        """``number`` (a truth value too), ``text``, ``list`` or ``dict`` where that is certain, otherwise None."""
        match node:
            case ast.Constant(value=str()) | ast.JoinedStr():
                return "text"
            case ast.Constant(value=bool() | int() | float()) | ast.Compare() | ast.UnaryOp():
                return "number"
            case ast.BinOp(op=ast.Sub() | ast.Div() | ast.FloorDiv() | ast.Mod() | ast.Pow()):
                return "number"
            case ast.BinOp(op=ast.Add()):
                kinds = {self.kind(node.left), self.kind(node.right)} - {None}
                return kinds.pop() if len(kinds) == 1 else None
            case ast.BinOp(op=ast.Mult()):
                kinds = {self.kind(node.left), self.kind(node.right)}
                return "number" if kinds == {"number"} else next((k for k in ("list", "text") if k in kinds), None)
            case ast.List() | ast.Tuple() | ast.ListComp():
                return "list"
            case ast.Dict():
                return "dict"
            case ast.IfExp():
                kinds = {self.kind(node.body), self.kind(node.orelse)}
                return kinds.pop() if len(kinds) == 1 else None
            case ast.Name():
                if any(node.id in scope for scope in self.scopes):
                    return self.kinds.get(node.id)
                return self._kind_of_value(self._lookup(node))
            case ast.Attribute():
                return self._kind_of_value(self._lookup(node))
            case ast.Call(func=ast.Attribute(attr="join" | "replace" | "upper" | "lower" | "capitalize")):
                return "text"
            case ast.Call():
                called = self._lookup(node.func)
                if getattr(called, "__module__", None) == "math" or called in (
                    abs,
                    len,
                    int,
                    float,
                    bool,
                    round,
                    sum,
                    any,
                    all,
                ):
                    return "number"
                if called in (str, format):
                    return "text"
                if called in (list, tuple, sorted, reversed, range, enumerate, zip):
                    return "list"
            case ast.Subscript(slice=ast.Slice()):
                return self.kind(node.value)
        return None

    @staticmethod
    def _kind_of_value(value: object) -> str | None:
        if isinstance(value, bool | int | float):
            return "number"
        return "text" if isinstance(value, str) else "list" if isinstance(value, list | tuple) else None

    def _find_kinds(self, node: ast.FunctionDef) -> None:
        """A local name has a kind where every assignment to it has that kind."""
        given = dict(self.kinds)
        names = set(self.scopes[-1]) - {argument.arg for argument in node.args.args}
        assigned: dict[str, list[ast.expr | str | None]] = {name: [] for name in names}
        for part in _own_nodes(node):
            for target, value in _assignments(part):
                if isinstance(target, ast.Name):
                    assigned.setdefault(target.id, []).append(value)
                else:
                    for name in ast.walk(target):
                        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                            assigned.setdefault(name.id, []).append(None)
            if isinstance(part, ast.For) and isinstance(part.target, ast.Name):
                counts = self._is_builtin(part.iter, "range")
                assigned[part.target.id][-1:] = ["number" if counts else None]
                if counts and _counts_up_from_zero(part.iter):
                    self.loops.append(part.target.id)
        # Kinds depend on one another; what holds after a few rounds, holds.
        for _ in range(3):
            for name, values in assigned.items():
                kinds = {value if value is None or isinstance(value, str) else self.kind(value) for value in values}
                if name in given:
                    kinds.add(given[name])
                self.kinds[name] = kinds.pop() if len(kinds) == 1 else None


_MISSING = object()


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name), list(arguments), [])


def _relocate(node: ast.AST, place: ast.AST) -> None:
    for part in ast.walk(node):
        ast.copy_location(part, place)


def _own_nodes(function: ast.FunctionDef):
    """The nodes of a function's body, without those inside comprehensions, whose names are their own."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.ListComp | ast.GeneratorExp):
            waiting.extend(ast.iter_child_nodes(node))


def _assignments(node: ast.AST):
    """Pairs of target and value (None where only the loop knows it)."""
    match node:
        case ast.Assign():
            for target in node.targets:
                yield target, node.value
        case ast.AnnAssign(value=ast.expr()):
            yield node.target, node.value
        case ast.AugAssign(target=ast.Name()):
            yield node.target, ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value)
        case ast.For():
            yield node.target, None


def _targets(comprehension: ast.ListComp | ast.GeneratorExp) -> set[str]:
    return {name for generator in comprehension.generators for name in _target_names(generator.target) or ()}


def _target_names(target: ast.expr) -> list[str] | None:
    if isinstance(target, ast.Name):
        return [target.id]
    if isinstance(target, ast.Tuple) and all(isinstance(item, ast.Name) for item in target.elts):
        return [item.id for item in target.elts]
    return None


def _integer(node: ast.expr) -> int | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _integer(node.operand)
        return None if inner is None else -inner
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else None


def _counts_up_from_zero(call: ast.Call) -> bool:
    """Whether a range never goes below zero: then its numbers can be indexes as they are."""
    return (
        len(call.args) == 1
        or len(call.args) == 2
        and (_integer(call.args[0]) or 0) >= 0
        and _integer(call.args[0]) is not None
    )


def _counts(node: ast.expr) -> bool:
    """Whether a sum only counts: its terms are conditions or the number one."""
    if not isinstance(node, ast.GeneratorExp | ast.ListComp):
        return False
    return isinstance(node.elt, ast.Compare) or isinstance(node.elt, ast.Constant) and node.elt.value == 1


def _is_negative(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.copysign(1, value) < 0


def _is_of_library(function: FunctionType) -> bool:
    top = (function.__module__ or "").partition(".")[0]
    return top in ("numpy", "scipy", "matplotlib", "math", "statistics", "itertools", "functools")


def _kind_of_annotation(annotation: ast.expr) -> str | None:
    """The kind that ``float``, ``int``, ``str``, ``dict`` or ``Annotated[float, ...]`` promises."""
    if isinstance(annotation, ast.Subscript):
        if isinstance(annotation.value, ast.Name) and annotation.value.id == "Annotated":
            return _kind_of_annotation(annotation.slice.elts[0])
        return _kind_of_annotation(annotation.value)
    if isinstance(annotation, ast.Name):
        return {
            "float": "number",
            "int": "number",
            "bool": "number",
            "str": "text",
            "list": "list",
            "dict": "dict",
        }.get(annotation.id)
    return None


def _described(node: ast.AST) -> str:
    words = {
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
    return words.get(type(node).__name__, type(node).__name__)

"""Expressions of Python as JavaScript."""

import ast
import builtins
import functools
import inspect
import math
from collections.abc import Mapping
from types import FunctionType, ModuleType

from figpress.live import javascript as js
from figpress.live.javascript import literal
from figpress.live.kinds import MISSING, Kinds, target_names
from figpress.live.language import ADVICE, BUILTINS, EXACT, METHODS, NUMBERS, OPERATORS, ROUNDED, SPEC, WORDS, WRITTEN


class CompileError(ValueError):
    """A function that cannot be compiled; the message names the file, the line and the reason."""


class Expressions(Kinds):
    """Writes expressions of one function as text. ``program`` compiles the functions that it calls."""

    def __init__(self, program, function: FunctionType, file: str, fixed: Mapping[str, object]):
        super().__init__(function, file)
        self.program = program
        self.fixed = fixed
        self._locals: dict[str, str] = {}

    def local(self, name: str) -> str:
        """What one of the function's own names is called in the script: short, since a page carries it."""
        return self._locals.setdefault(name, js.short(len(self._locals)))

    def error(self, node: ast.AST, reason: str) -> CompileError:
        return CompileError(f"{self.file}:{node.lineno}: {self.source.__name__}() cannot be compiled: {reason}")

    def refusal(self, node: ast.AST) -> CompileError:
        words = WORDS.get(type(node).__name__, type(node).__name__)
        return self.error(node, f"{words} is not part of what live figures can use")

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
                return js.prefix(OPERATORS[type(node.op)], self.expression(node.operand))
            case ast.Compare():
                return self.comparison(node)
            case ast.BoolOp():
                return self.boolean(node)
            case ast.IfExp():
                parts = self.condition(node.test), self.expression(node.body), self.expression(node.orelse)
                test, one, other = (js.inside(part, "?", right=True) for part in parts)
                return js.operation("?", f"{test} ? {one} : {other}")
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
                return js.listed("[", items, "]")
            case ast.Dict():
                return js.listed("{", map(self.entry, node.keys, node.values), "}")
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
        except (TypeError, ValueError) as error:
            raise self.error(node, f"{name}: {error}") from None
        return js.operation("prefix", text) if text.startswith("-") else text

    def name(self, node: ast.Name | ast.Attribute) -> str:
        if isinstance(node, ast.Name) and any(node.id in scope for scope in self.scopes):
            return self.local(node.id)
        value, name = self.found(node), ast.unparse(node)
        if value is MISSING and isinstance(node, ast.Attribute):
            raise self.error(node, f"{name} cannot be looked up: attributes are for modules, as in given.ETA")
        if value is MISSING:
            raise self.error(node, f"{name} is not known")
        if callable(value) or isinstance(value, ModuleType):
            raise self.error(node, f"{name} can be called or looked into, not handed on")
        return self.value(value, node, name.rpartition(".")[2])

    def binary(self, node: ast.BinOp) -> str:
        if isinstance(node.op, ast.Add):
            return self.sum(node, "py_add")
        left, right, kinds = self.expression(node.left), self.expression(node.right), self.kinds(node.left, node.right)
        if isinstance(node.op, ast.Mult) and kinds & {"list", "text"}:
            return js.call("py_repeat", *((left, right) if self.kind(node.left) in ("list", "text") else (right, left)))
        if kinds & {"list", "text"}:
            raise self.error(node, f"{ast.unparse(node)}: this operator is for numbers")
        match node.op:
            case ast.Sub() | ast.Mult():
                return js.infix(left, OPERATORS[type(node.op)], right)
            case ast.Div():
                number = node.right.value if isinstance(node.right, ast.Constant) else self.found(node.right)
                never_zero = isinstance(number, int | float) and number != 0
                return js.infix(left, "/", right) if never_zero else js.call("py_div", left, right)
            case ast.FloorDiv():
                return js.call("py_floordiv", left, right)
            case ast.Mod():
                return js.call("py_mod", left, right)
            case ast.Pow():
                self.program.exact = False
                return js.call("py_pow", left, right)
        raise self.error(node, f"the operator {type(node.op).__name__} is not part of what live figures can use")

    def sum(self, node: ast.BinOp, helper: str) -> str:
        kinds = self.kinds(node.left, node.right) - {None}
        if len(kinds) > 1 and not kinds <= NUMBERS:
            raise self.error(node, "a number, a text and a list cannot be added to one another")
        left, right = self.expression(node.left), self.expression(node.right)
        # To a list, += adds the characters of a text.
        listed = kinds <= {"list"} or helper == "py_grown" and self.kind(node.left) is None and kinds == {"text"}
        return js.call(helper, left, right) if listed else js.infix(left, "+", right)

    def comparison(self, node: ast.Compare) -> str:
        sides = [node.left, *node.comparators]
        parts = [self.compared(node, *three) for three in zip(sides, node.ops, sides[1:], strict=False)]
        return functools.reduce(lambda left, right: js.infix(left, "&&", right), parts)

    def compared(self, node: ast.Compare, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> str:
        kinds, one, other = self.kinds(left, right), self.expression(left), self.expression(right)
        no = "!" if isinstance(operator, ast.NotEq | ast.NotIn | ast.IsNot) else ""
        match operator:
            case ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE():
                if "list" in kinds:
                    raise self.error(node, "lists cannot be put in order")
                return js.infix(one, OPERATORS[type(operator)], other)
            case ast.In() | ast.NotIn():
                same = js.call("py_contains", other, one)
            case ast.Is() | ast.IsNot() if not (isinstance(right, ast.Constant) and right.value is None):
                raise self.error(node, "`is` is for None; use == for values")
            case _ if kinds <= NUMBERS:
                # With two signs: True is 1.
                return js.infix(one, f"{no or '='}=", other)
            case _ if "text" in kinds or other == "null":
                return js.infix(one, f"{no or '='}==", other)
            case _:
                same = js.call("py_equal", one, other)
        return js.prefix("!", same) if no else same

    def boolean(self, node: ast.BoolOp) -> str:
        if all(map(self.is_condition, node.values)):
            return self.condition(node)
        # ``a or b`` is one of its operands, not a truth value.
        helper = "py_or" if isinstance(node.op, ast.Or) else "py_and"
        *firsts, result = map(self.expression, node.values)
        for first in reversed(firsts):
            result = js.call(helper, first, js.arrow("", result))
        return result

    def is_condition(self, node: ast.expr) -> bool:
        """Whether its value is a truth value."""
        match node:
            case ast.BoolOp():
                return all(map(self.is_condition, node.values))
            case ast.Compare() | ast.UnaryOp(op=ast.Not()) | ast.Constant(value=bool()):
                return True
            case ast.Call(func=ast.Attribute(attr="startswith" | "endswith")):
                return self.found(node.func) is MISSING
        return isinstance(node, ast.Call) and self.found(node.func) in (any, all, bool)

    def condition(self, node: ast.expr) -> str:
        """An expression of which only the truth is asked; the result is a truth value of JavaScript."""
        match node:
            case ast.BoolOp():
                operator = OPERATORS[type(node.op)]
                return functools.reduce(
                    lambda left, right: js.infix(left, operator, right), map(self.condition, node.values)
                )
            case ast.UnaryOp(op=ast.Not()):
                return js.prefix("!", self.condition(node.operand))
        return self.expression(node) if self.is_condition(node) else js.call("py_truth", self.expression(node))

    def subscript(self, node: ast.Subscript) -> str:
        keys: list[str] = []
        inner: ast.expr = node
        while isinstance(inner, ast.Subscript) and not isinstance(inner.slice, ast.Slice):
            if isinstance(inner.slice, ast.Tuple):
                raise self.error(node, "one index at a time")
            keys.insert(0, self.expression(inner.slice))
            inner = inner.value
        return js.call("py_at", self.expression(inner), *keys)

    def part(self, node: ast.Subscript, cut: ast.Slice) -> str:
        if cut.step is not None:
            raise self.error(node, "slices with a step are not part of what live figures can use; see reversed()")
        ends = [self.expression(end) for end in (cut.lower or ast.Constant(0), cut.upper) if end]
        return js.call(f"{js.inside(self.expression(node.value), 'call')}.slice", *ends)

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
        return self.expression(node) if self.kind(node) == "list" else js.call("py_sequence", self.expression(node))

    def comprehension(self, element: ast.expr, generators: list[ast.comprehension]) -> str:
        [generator, *others] = generators
        items, taken = js.inside(self.sequence(generator.iter), "call"), self.target(generator.target)
        # In Python these names end with the comprehension, here with the arrow.
        self.scopes.append(dict.fromkeys(target_names(generator.target)))
        kept = "".join(f".filter({js.arrow(taken, self.condition(test))})" for test in generator.ifs)
        made = self.comprehension(element, others) if others else self.expression(element)
        self.scopes.pop()
        return f"{items}{kept}.{'flatMap' if others else 'map'}({js.arrow(taken, made)})"

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
        return js.call("py_format", self.expression(node.value), spec)

    def shown(self, node: ast.expr) -> str:
        """A value as a text, without a format."""
        if self.kind(node) == "float":
            raise self.error(node, f"{ast.unparse(node)} is a float and needs a format such as {{x:.3g}}")
        written = self.expression(node)
        return written if self.kind(node) == "text" else js.call("py_str", written)

    def check_format(self, node: ast.AST, spec: str) -> None:
        """Refuse a format that the page does not know, where it is written out."""
        if spec.startswith('"') and not SPEC.fullmatch(spec[1:-1]):
            raise self.error(node, f"the format {spec[1:-1]!r}: only such as .3f .3g .1e .0% d + and , are compiled")

    def call(self, node: ast.Call) -> str:
        called = self.found(node.func)
        name = getattr(called, "__name__", "")
        if called is MISSING and isinstance(node.func, ast.Attribute):
            return self.method(node, node.func.attr)
        if called is MISSING:
            raise self.error(node, f"{ast.unparse(node.func)} is not known")
        if getattr(called, "precomputed", False):
            return self.value(called(*map(self.known, node.args)), node, name)
        if isinstance(called, FunctionType) and not _is_of_library(called):
            return self.call_function(node, called)
        if called is sum and len(node.args) == 1 and _counts(node.args[0]):
            return js.call("py_count", self.comprehension(node.args[0].elt, node.args[0].generators))
        if name in EXACT | ROUNDED and called is getattr(math, name):
            self.program.exact &= name in EXACT
            return self.built_in(node, name, *(EXACT | ROUNDED)[name])
        if name in BUILTINS and called is getattr(builtins, name):
            return self.built_in(node, name, *BUILTINS[name])
        advice = f": {ADVICE[name]}" if name in ADVICE else ""
        raise self.error(node, f"{ast.unparse(node.func)}() is not part of what live figures can use{advice}")

    def known(self, node: ast.expr) -> object:
        """The value of an argument that is known when the script is made."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name) and node.id in self.fixed:
            self.program.relied_on.add(node.id)
            return self.fixed[node.id]
        raise self.error(
            node, "what is precomputed takes only numbers and texts, and parameters of data() without a control"
        )

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
            arguments = [js.listed("[", arguments, "]")]
        return js.call(WRITTEN.get(name, f"py_{name}"), *arguments, *extra)

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
        return js.call(self.program.add(called), *arguments)

    def method(self, node: ast.Call, name: str) -> str:
        if name not in METHODS or node.keywords:
            raise self.error(node, f"the method {name}() is not part of what live figures can use")
        if len(node.args) != METHODS[name]:
            raise self.error(node, f"{name}() needs {METHODS[name]} arguments here")
        if name == "join":
            return js.call("py_join", self.sequence(node.args[0]), self.expression(node.func.value))
        arguments = map(self.expression, node.args)
        if name in WRITTEN:
            return js.call(self.owner(node) + WRITTEN[name], *arguments)
        return js.call(f"py_{name}", self.expression(node.func.value), *arguments)

    def owner(self, call: ast.Call) -> str:
        """What stands before the dot of a method."""
        return js.inside(self.expression(call.func.value), "call")


def _counts(node: ast.expr) -> bool:
    """Whether a sum only counts: its terms are conditions or the number one."""
    if not isinstance(node, ast.GeneratorExp | ast.ListComp):
        return False
    return isinstance(node.elt, ast.Compare) or isinstance(node.elt, ast.Constant) and node.elt.value == 1


def _is_of_library(function: FunctionType) -> bool:
    top = (function.__module__ or "").partition(".")[0]
    return top in ("numpy", "scipy", "matplotlib", "statistics", "itertools", "functools")

"""What is known of the types of expressions, as far as the compiler has to know: numbers, texts, lists."""

import ast
import builtins
import inspect
import typing
from collections.abc import Iterator
from types import FunctionType, ModuleType

from figpress.live.language import KINDS, NUMBERS, RESULTS

MISSING = object()


class Kinds:
    """The kinds of a function's names and expressions. ``file`` is what messages call its module."""

    def __init__(self, function: FunctionType, file: str):
        self.source = function
        self.file = file
        self.outside = [inspect.getclosurevars(function).nonlocals, function.__globals__, vars(builtins)]
        # The kinds of local names: the function's, then those of the comprehensions around.
        self.scopes: list[dict[str, str | None]] = []

    def found(self, node: ast.expr) -> object:
        """What a name, dotted or not, stands for outside of the function; ``MISSING`` where it is local or unknown."""
        if isinstance(node, ast.Name) and not any(node.id in scope for scope in self.scopes):
            return next((place[node.id] for place in self.outside if node.id in place), MISSING)
        if isinstance(node, ast.Attribute):
            owner = self.found(node.value)
            return getattr(owner, node.attr, MISSING) if isinstance(owner, ModuleType) else MISSING
        return MISSING

    def kinds(self, *nodes: ast.expr) -> set[str | None]:
        return {self.kind(node) for node in nodes}

    def kind(self, node: ast.expr | None) -> str | None:
        """The kind of an expression's value, None where it is not certain."""
        match node:
            case ast.Constant():
                return KINDS.get(type(node.value))
            case ast.JoinedStr():
                return "text"
            case ast.Compare() | ast.UnaryOp(op=ast.Not()):
                return "number"
            case ast.UnaryOp():
                return self.kind(node.operand) or "number"
            case ast.BinOp():
                return kind_of_operation(node.op, self.kinds(node.left, node.right))
            case ast.IfExp():
                return common(self.kinds(node.body, node.orelse))
            case ast.BoolOp():
                return common(self.kinds(*node.values))
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
        return scopes[-1][node.id] if scopes else KINDS.get(type(self.found(node)))

    def kind_of_call(self, node: ast.Call) -> str | None:
        called = self.found(node.func)
        if called is MISSING:
            return RESULTS.get(node.func.attr) if isinstance(node.func, ast.Attribute) else None
        if isinstance(called, FunctionType):
            return kind_of_annotation(inspect.unwrap(called).__annotations__.get("return"))
        return RESULTS.get(getattr(called, "__name__", ""))

    def kinds_of_names(self, parameters: list[str], body: list[ast.stmt]) -> dict[str, str | None]:
        """The kind of each parameter and local name: the one that all assignments to it have."""
        promised = {name: {kind_of_annotation(self.source.__annotations__.get(name))} for name in parameters}
        values: dict[str, list[ast.expr | None]] = {name: [] for name in parameters}
        for node in own_nodes(body):
            for name, value in assignments(node):
                values.setdefault(name, []).append(value)
        found: dict[str, str | None] = dict.fromkeys(values)
        self.scopes.append(found)
        # Names depend on one another. What a round finds holds, and a few rounds find nearly all.
        for _ in range(4):
            found |= {name: common(self.kinds(*given) | promised.get(name, set())) for name, given in values.items()}
        return self.scopes.pop()


def kind_of_operation(operator: ast.operator, kinds: set[str | None]) -> str | None:
    if isinstance(operator, ast.Add) and not kinds & NUMBERS:
        return common(kinds - {None})
    if isinstance(operator, ast.Mult) and kinds & {"list", "text"}:
        return "list" if "list" in kinds else "text"
    return "float" if "float" in kinds or isinstance(operator, ast.Div) else "number"


def common(kinds: set[str | None]) -> str | None:
    return next(iter(kinds)) if len(kinds) == 1 else "number" if kinds and kinds <= NUMBERS else None


def kind_of_annotation(annotation: object) -> str | None:
    """The kind that ``float``, ``str``, ``list[float]`` or ``Annotated[float, ...]`` promises."""
    bare = annotation.__origin__ if hasattr(annotation, "__metadata__") else annotation
    bare = typing.get_origin(bare) or bare
    return KINDS.get(bare) if isinstance(bare, type) else None


def own_nodes(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """The nodes of a function's body, without those inside comprehensions, whose names are their own."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.ListComp | ast.GeneratorExp):
            waiting.extend(ast.iter_child_nodes(node))


def assignments(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """The names that a statement assigns to, each with an expression of the value's kind (None where there is none)."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name, node.value
        case ast.AugAssign(target=ast.Name(id=name)):
            yield name, ast.BinOp(node.target, node.op, node.value)
        case ast.For(target=ast.Name(id=name), iter=ast.Call(func=ast.Name(id="range"))):
            yield name, ast.Constant(0)
        case ast.Assign(targets=[target]) | ast.For(target=target):
            yield from ((name, None) for name in target_names(target) or ())


def target_names(target: ast.expr) -> list[str] | None:
    items = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    return [item.id for item in items] if all(isinstance(item, ast.Name) for item in items) else None

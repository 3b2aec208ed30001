"""A piece of code: its hash, and what it refers to."""

import ast
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

Function = ast.FunctionDef | ast.AsyncFunctionDef
_OF_AN_OBJECT = frozenset({"vars", "dir"})
"""Functions that look into what they are given, or, given nothing, into what is there."""

_PATH = re.compile(r"\w+(?:[.:]\w+)+|__\w+__")


def digest(text: str | bytes) -> str:
    """A short content hash."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()[:24]


def outer_functions(body: Iterable[ast.AST], prefix: str = "") -> Iterator[tuple[str, Function]]:
    """Functions and methods with their qualified names; what is defined inside of one belongs to it."""
    for node in body:
        if isinstance(node, Function):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from outer_functions(node.body, f"{prefix}{node.name}.")
        elif isinstance(node, ast.stmt | ast.excepthandler | ast.match_case):
            yield from outer_functions(ast.iter_child_nodes(node), prefix)


def without_docstrings(tree: ast.AST) -> None:
    for node in ast.walk(tree):
        if isinstance(node, Function | ast.ClassDef) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]


@dataclass
class Piece:
    """A piece of code: its hash, and how it refers to others.

    ``names`` are identifiers used, ``chains`` dotted uses of what was imported (``given`` or ``given.ETA``), ``imported``
    the names fetched from other modules, which must exist there, ``roots`` the first parts of modules imported absolutely,
    ``bare`` the names that are neither an attribute's nor a variable's of its own.
    """

    hash: str
    names: frozenset[str]
    chains: frozenset[str] = frozenset()
    imported: frozenset[str] = frozenset()
    roots: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()


class _Uses(ast.NodeVisitor):
    """Collects what a piece of code refers to."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.chains: set[str] = set()
        self.imported: set[str] = set()
        self.roots: set[str] = set()
        self.bare: set[str] = set()

    def generic_visit(self, node: ast.AST) -> None:
        for name, value in ast.iter_fields(node):
            if isinstance(value, str) and not isinstance(node, ast.Constant | ast.arg | ast.keyword | ast.alias):
                self.names.add(value)
            elif name in ("names", "kwd_attrs") and value and isinstance(value[0], str):
                self.names.update(value)
        super().generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        # A dotted text may be a path to something, for whoever resolves such paths, and "__doc__" what getattr asks for.
        if isinstance(node.value, str) and _PATH.fullmatch(node.value):
            self.names.update(re.findall(r"\w+", node.value))

    def _annotation(self, node: ast.AST | None) -> None:
        for part in ast.walk(node) if node else ():
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                self.names.update(re.findall(r"\w+", part.value))

    def visit_arg(self, node: ast.arg) -> None:
        self._annotation(node.annotation)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._annotation(node.annotation)
        self.generic_visit(node)

    def visit_FunctionDef(self, node: Function) -> None:
        self._annotation(node.returns)
        self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Name(self, node: ast.Name) -> None:
        self.names.add(node.id)
        self.bare.add(node.id)
        self.chains.add(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.names.add(node.attr)
        parts, inner = [node.attr], node.value
        while isinstance(inner, ast.Attribute):
            parts.append(inner.attr)
            self.names.add(inner.attr)
            inner = inner.value
        if isinstance(inner, ast.Name):
            self.names.add(inner.id)
            self.bare.add(inner.id)
            self.chains.add(".".join([inner.id, *reversed(parts)]))
        else:
            self.visit(inner)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in _OF_AN_OBJECT and node.args:
            # Of an object that is handed over; that a module is handed on as one is seen by its name.
            self.names.add(node.func.id)
            for part in (*node.args, *node.keywords):
                self.visit(part)
        else:
            self.generic_visit(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.imported.update(alias.name for alias in node.names)
        if node.module and not node.level:
            self.roots.add(node.module.partition(".")[0])

    def visit_Import(self, node: ast.Import) -> None:
        self.roots.update(alias.name.partition(".")[0] for alias in node.names)


def local_names(function: Function) -> frozenset[str]:
    """Names that are a function's own variables, for all that is inside of it."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, arguments.vararg, *arguments.kwonlyargs, arguments.kwarg]
    found = {argument.arg for argument in named if argument}
    todo: list[ast.AST] = list(function.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        if not isinstance(node, _SCOPES):
            todo.extend(ast.iter_child_nodes(node))
    everywhere = {name for node in ast.walk(function) if isinstance(node, ast.Global) for name in node.names}
    return frozenset(found - everywhere)


_SCOPES = (*Function.__args__, ast.Lambda, ast.ClassDef, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def piece_of(nodes: list[ast.AST], own: Collection[str] = ()) -> Piece:
    """A piece of code; ``own`` are names that are variables of its own."""
    uses = _Uses()
    for node in nodes:
        uses.visit(node)
    text = "\n".join(map(ast.dump, nodes))
    return Piece(
        digest(text),
        frozenset(uses.names),
        frozenset(uses.chains),
        frozenset(uses.imported),
        frozenset(uses.roots),
        frozenset(uses.bare.difference(own)),
    )

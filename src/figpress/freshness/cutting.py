"""What of a project's source code can have mattered to a figure: everything but what provably cannot.

A module is cut into pieces. The *bodies* of its functions count where they ran. Its *bindings*, plain constants, the
signatures of functions and names fetched from other modules, count where their name occurs in code that counts. All the
rest, the *frame* (which modules are imported, classes, other decorators, computed constants), always counts, in order.
Docstrings, comments and layout are not seen.

A decorator runs when the module is imported, so it belongs to the frame, unless the project declares it *pure*: calling it
has no effect but its value, and whether that succeeds depends on how many arguments it is given and on their names alone
(for a decorator, also on the names of the function's parameters). Of a pure call only that much stays in the frame.

A binding can be left out because Python reaches a module's name in three ways only: by the name itself; through the
module as an object; or by reflection. The first is looked for in all code that counts, of all modules of the project.
Where code hands a module on as an object, uses reflection or imports a star, whole files count.
"""

import ast
import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from figpress.freshness.constants import PURE, SOMETHING, constant_of, is_safe_annotation
from figpress.freshness.pieces import (
    Function,
    Piece,
    digest,
    local_names,
    outer_functions,
    piece_of,
    without_docstrings,
)
from figpress.project import parsed


def _is_generator(function: Function) -> bool:
    todo: list[ast.AST] = list(function.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(node, Function | ast.Lambda | ast.ClassDef):
            todo.extend(ast.iter_child_nodes(node))
    return False


def _annotations(arguments: ast.arguments) -> list[ast.arg]:
    every = [*arguments.posonlyargs, *arguments.args, arguments.vararg, *arguments.kwonlyargs, arguments.kwarg]
    return [argument for argument in every if argument is not None]


@dataclass(frozen=True)
class Binding:
    """What counts only where it is referred to: a constant, a function's signature, a name fetched from another module.

    ``place`` is its place in the frame.
    """

    label: str
    piece: Piece
    place: int


class Part(NamedTuple):
    """A part of a module's frame: what it is, and its hash.

    ``fetched`` is a module and a name of it, where the part does nothing but fetch that: it then counts only where that may fail,
    or run something.
    """

    label: str
    hash: str
    fetched: tuple[str, str] | None = None


@dataclass
class ModuleCode:
    """A module of the project, cut into pieces.

    ``certain`` are the names that it has once it has run without an error, ``imports`` the modules that it imports anywhere, with
    the packages that they are in.
    """

    name: str
    hash: str
    frame: list[Part] = field(default_factory=list)
    frame_uses: Piece = field(default_factory=lambda: Piece("", frozenset()))
    bindings: dict[str, Binding] = field(default_factory=dict)
    bodies: dict[str, Piece] = field(default_factory=dict)
    aliases: dict[str, frozenset[str]] = field(default_factory=dict)
    has_star: bool = False
    certain: frozenset[str] = frozenset()
    imports: frozenset[str] = frozenset()


def _label(node: ast.stmt) -> str:
    match node:
        case ast.ClassDef():
            return f"class {node.name}"
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return f"signature of {node.name}"
        case ast.Assign(targets=[ast.Name() as target]) | ast.AnnAssign(target=ast.Name() as target):
            return f"constant {target.id}"
        case ast.Import():
            return "imports"
    return "code outside of functions"


def _without_name(node: ast.AST) -> ast.AST:
    """A class or function without its own name: defining it refers to nothing else of that name."""
    if isinstance(node, Function | ast.ClassDef):
        node = copy.copy(node)
        node.name = ""
    return node


def _certainly_bound(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.Assign(targets=targets):
            return _bound_names(targets)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [statement.name]
        case ast.Import() | ast.ImportFrom():
            return _bound_names([statement])
    return []


def _bound_names(nodes: list[ast.AST]) -> list[str]:
    """Every name bound anywhere outside of functions, as often as it is bound."""
    names: list[str] = []
    todo: list[ast.AST] = list(nodes)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.append(node.id)
        elif isinstance(node, ast.alias):
            names.append(node.asname or node.name.split(".")[0])
        elif isinstance(node, Function | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            names.append(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            names.append(node.rest)
        if not isinstance(node, Function | ast.Lambda):
            todo.extend(ast.iter_child_nodes(node))
    return names


def _source_of(node: ast.ImportFrom, package: str) -> str:
    """The module that names are fetched from."""
    parts = package.split(".")
    base = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
    return ".".join(filter(None, (base, node.module)))


def _note_imports(module: ModuleCode, tree: ast.AST, package: str) -> None:
    """Note which names imports anywhere bind, with all they can stand for; which modules these are; and whether one has a star."""
    dotted: set[str] = set()

    def bind(name: str, target: str) -> None:
        module.aliases[name] = module.aliases.get(name, frozenset()) | {target}

    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                bind(alias.asname or first, alias.name if alias.asname else first)
                dotted.add(alias.name)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                target = f"{_source_of(node, package)}.{alias.name}"
                bind(alias.asname or alias.name, target)
                dotted.add(target)
                module.has_star = module.has_star or alias.name == "*"
    module.imports = frozenset(name.rsplit(".", number)[0] for name in dotted for number in range(name.count(".") + 1))


def _add_fetching(
    module: ModuleCode, statement: ast.ImportFrom, package: str, bound: list[str], frame: list[ast.AST]
) -> None:
    """Cut a statement that imports a module and fetches names of it: that it is imported always counts."""
    source = _source_of(statement, package)

    def add(aliases: list[ast.alias], fetched: tuple[str, str] | None = None) -> ast.ImportFrom:
        part = ast.ImportFrom(statement.module, aliases, statement.level)
        module.frame.append(Part("imports", digest(ast.dump(part)), fetched))
        return part

    frame.append(add([]))
    for alias in statement.names:
        name = alias.asname or alias.name
        if bound.count(name) != 1 or name.startswith("__") or name == "*":
            frame.append(add([alias]))
        else:
            part = add([alias], (source, alias.name))
            module.bindings[name] = Binding(f"import {name}", piece_of([part]), len(frame))


def cut(
    source: bytes,
    name: str,
    *,
    is_package: bool = False,
    is_script: bool = False,
    is_notebook: bool = False,
    pure: frozenset[str] = frozenset(),
) -> ModuleCode:
    """Cut a module into pieces.

    Args:
        source: its text.
        name: its dotted name.
        is_package: whether it is a package's ``__init__``.
        is_script: whether it is a figure's script, of which the docstring counts, for it is the title.
        is_notebook: whether it is a notebook's code, which may await outside of functions.
        pure: dotted names of the functions that are declared pure.

    Raises:
        SyntaxError, ValueError: the source cannot be compiled.
    """
    # Compiled as well as parsed: some errors, such as a return outside of a function, are found only then.
    compile(source, name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if is_notebook else 0, dont_inherit=True)
    tree = parsed(source)
    module = ModuleCode(name, digest(source))
    package = name if is_package else name.rpartition(".")[0]
    _note_imports(module, tree, package)
    if ast.get_docstring(tree, clean=False) is not None:
        docstring = tree.body.pop(0)
        if is_script:
            module.frame.append(Part("docstring", digest(ast.dump(docstring))))
    without_docstrings(tree)
    # A function that declares a name global may bind or delete it.
    bound = _bound_names(tree.body) + [
        name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names
    ]
    module.bodies = _bodies(tree)
    known: dict[str, object] = {}
    frame: list[ast.AST] = []
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom):
            _add_fetching(module, statement, package, bound, frame)
        else:
            binding, rest = _binding(statement, known, bound)
            if binding:
                module.bindings[binding[0]] = Binding(_label(statement), binding[1], len(frame))
            for node in rest:
                module.frame.append(Part(_label(statement), digest(ast.dump(node))))
                frame.append(_without_name(node))
        # From here on these names are known to exist, so that naming them can neither fail nor do anything.
        for bound_name in _certainly_bound(statement):
            if bound.count(bound_name) == 1 and bound_name not in known:
                targets = module.aliases.get(bound_name, {f"{name}.{bound_name}"})
                known[bound_name] = PURE if targets <= pure else SOMETHING
    module.frame_uses = piece_of(frame)
    module.certain = frozenset(known) | module.bindings.keys()
    return module


def _bodies(tree: ast.Module) -> dict[str, Piece]:
    """Take the bodies out of the tree's functions."""
    parts: dict[str, list[ast.AST]] = {}
    own: dict[str, frozenset[str]] = {}
    for qualified, function in outer_functions(tree.body):
        parts.setdefault(qualified, []).extend(function.body)
        # Where several have a name, what is a variable in all of them.
        own[qualified] = own.get(qualified, local_names(function)) & local_names(function)
        marker = "generator" if _is_generator(function) else "function"
        function.body = [ast.Expr(ast.Constant(marker))]
    return {qualified: piece_of(nodes, own[qualified]) for qualified, nodes in parts.items()}


def _binding(
    statement: ast.stmt, known: dict[str, object], bound: list[str]
) -> tuple[tuple[str, Piece] | None, list[ast.AST]]:
    """Split a statement into a binding, if it is one, and what of it belongs to the frame in any case."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            annotation = None
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value, annotation=annotation, simple=1):
            pass
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            value = annotation = None
        case _:
            return None, [statement]
    if bound.count(name) != 1 or name.startswith("__") and name != "__all__":
        return None, [statement]
    if value is not None:
        try:
            if not is_safe_annotation(annotation):
                raise ValueError("its annotation may do anything")
            known[name] = constant_of(value, known)
        except Exception:  # whatever evaluating it can raise, it then belongs to the frame
            return None, [statement]
        return (name, piece_of([statement])), _skeleton(statement)
    return _signature(statement, known)


def _skeleton(statement: ast.stmt) -> list[ast.AST]:
    """What of the pure calls in a binding can make the import fail, and therefore belongs to the frame."""
    blank = ast.Constant(None)
    calls = [
        ast.Call(node.func, [blank] * len(node.args), [ast.keyword(keyword.arg, blank) for keyword in node.keywords])
        for node in ast.walk(statement)
        if isinstance(node, ast.Call)
    ]
    if not isinstance(statement, Function) or not statement.decorator_list:
        return calls
    parameters = ast.arguments(
        [], [ast.arg(argument.arg) for argument in _annotations(statement.args)], None, [], [], None, []
    )
    return [*calls, ast.Lambda(parameters, blank)]


def _signature(function: Function, known: Mapping[str, object]) -> tuple[tuple[str, Piece] | None, list[ast.AST]]:
    arguments = function.args
    try:
        for value in (*arguments.defaults, *filter(None, arguments.kw_defaults), *function.decorator_list):
            constant_of(value, known)
        if any(
            known.get(getattr(decorator, "func", decorator).id) is not PURE for decorator in function.decorator_list
        ):
            raise ValueError("decorators may do anything")
    except Exception:
        return None, [function]
    if getattr(function, "type_params", None):
        return None, [function]
    bare = copy.deepcopy(function)
    rest = _skeleton(function)
    annotated = [(argument, "annotation") for argument in _annotations(bare.args)] + [(bare, "returns")]
    for owner, attribute in annotated:
        annotation = getattr(owner, attribute)
        if not is_safe_annotation(annotation):
            rest.append(annotation)
    return (function.name, piece_of([bare])), rest

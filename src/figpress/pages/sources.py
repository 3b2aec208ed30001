"""The project's own source text, by name: for listings, links to tests, and the pages that show whole files."""

import ast
import json
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import decode_source
from pathlib import Path

from figpress.project import Project, files_in, parsed
from figpress.store import cached, version_of_source


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a function or class stands; its text without decorators and docstring, which is what a page lists.

    ``uses`` are the names that a test uses, in its body, its decorators, and the module's tables and helpers that it names;
    with () behind them, the attributes that it calls; and the packages that its module imports.
    """

    name: str
    path: str
    line: int
    bare: str
    uses: tuple[str, ...] = ()


def _bare(node: ast.FunctionDef | ast.ClassDef, lines: list[str]) -> str:
    kept_lines = range(node.lineno, node.end_lineno + 1)
    if ast.get_docstring(node) is not None:
        docstring = node.body[0]
        kept_lines = [number for number in kept_lines if not docstring.lineno <= number <= docstring.end_lineno]
    return textwrap.dedent("\n".join(lines[number - 1] for number in kept_lines))


def _names_in(node: ast.AST) -> set[str]:
    used, own = set(), set()
    for part in ast.walk(node):
        match part:
            case ast.Attribute(attr=name) | ast.Name(id=name, ctx=ast.Load()):
                used.add(name)
            case ast.Call(func=ast.Attribute(attr=name)):
                used.add(f"{name}()")
            # A test's own variable may be called like a function.
            case ast.Name(id=name) | ast.arg(arg=name) if isinstance(node, ast.FunctionDef):
                own.add(name)
    return used - own


def _parts(tree: ast.Module) -> dict[str, set[str]]:
    """The names that each function, class and table of a module uses."""
    parts = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            parts[node.name] = _names_in(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            parts |= {target.id: _names_in(node) for target in targets if isinstance(target, ast.Name)}
    return parts


def _packages_imported(tree: ast.Module) -> set[str]:
    """The top-level packages that a module imports."""
    names = set()
    for node in _statements(tree):
        match node:
            case ast.Import():
                names.update(alias.name for alias in node.names)
            case ast.ImportFrom():
                names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """All statements within one, at any depth: a small part of what ``ast.walk`` goes through."""
    for field in ("body", "orelse", "handlers", "finalbody", "cases"):
        for statement in getattr(node, field, ()):
            yield statement
            yield from _statements(statement)


def _reached(start: str, parts: dict[str, set[str]], packages: set[str]) -> tuple[str, ...]:
    reached, waiting = set(packages), [start]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(parts.get(name, ()))
    return tuple(sorted(reached))


def _definitions(text: str, module: str, path: str) -> list[Definition]:
    # As Python counts lines: other characters that end one, such as a form feed, do not.
    tree, lines, found = parsed(text, path), text.split("\n"), []
    is_test = path.rpartition("/")[2].startswith("test_")
    parts, packages = (_parts(tree), _packages_imported(tree)) if is_test else ({}, set())

    def visit(node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                name = f"{prefix}.{child.name}"
                uses = _reached(child.name, parts, packages) if node is tree and child.name.startswith("test_") else ()
                found.append(Definition(name, path, child.lineno, _bare(child, lines), uses))
                if isinstance(child, ast.ClassDef):
                    visit(child, name)

    visit(tree, module)
    return found


def text_of(content: bytes, path: str) -> str:
    """The text of a Python file, in whatever encoding it says.

    Raises:
        ValueError: it is in another.
    """
    try:
        return decode_source(content)
    except (SyntaxError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: cannot be read as Python, save it in UTF-8: {error}") from None


def module_name(project: Project, file: Path) -> str:
    """The dotted name a file is imported by: within a folder of sources, which belongs to it where that is a package itself."""
    for folder in (*project.sources, project.figures, project.tests):
        if file.is_relative_to(folder):
            above = folder.parent if folder not in project.sources or _is_package(folder) else folder
            parts = file.relative_to(above).with_suffix("").parts
            return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    raise ValueError(f"{file} is in none of the folders in [tool.figpress]: add its folder to sources")


def _is_package(folder: Path) -> bool:
    return (folder / "__init__.py").is_file()


def contents(project: Project) -> dict[str, bytes]:
    """Every Python file of the mathematics, the figures and the tests: its path in the project and its content."""
    folders = (*project.sources, project.figures, project.tests)
    files = sorted(file for folder in folders for file in files_in(folder, "*.py"))
    return {file.relative_to(project.root).as_posix(): file.read_bytes() for file in files}


def index(project: Project) -> dict[str, Definition]:
    """Every function and class of the project by its dotted name.

    Raises:
        SyntaxError, ValueError: a file cannot be read as Python.
    """

    def made(path: str, content: bytes) -> bytes:
        module = module_name(project, project.root / path)
        found = _definitions(text_of(content, path), module, path)
        return json.dumps([(d.name, d.line, d.bare, d.uses) for d in found]).encode()

    def make(files: dict[str, bytes]) -> dict[str, bytes]:
        return {path: made(path, content) for path, content in files.items()}

    found = {}
    made_by = f"{version_of_source(__file__)} {[_is_package(folder) for folder in project.sources]}"
    for path, fields in cached(project.cache / "index", made_by, contents(project), make).all().items():
        for name, line, bare, uses in json.loads(fields):
            found[name] = Definition(name, path, line, bare, tuple(uses))
    return found


def resolve(definitions: dict[str, Definition], name: str) -> Definition:
    """Find a definition by its full name, or by a short one (``package.function``) where only one fits.

    Raises:
        KeyError: none fits, or several do.
    """
    if name in definitions:
        return definitions[name]
    head, _, tail = name.rpartition(".")
    start, end = head and f"{head}.", f".{tail}"
    fitting = [d for key, d in definitions.items() if key.endswith(end) and key.startswith(start)]
    # A method of the same name is asked for by its class.
    parts = min((d.name.count(".") for d in fitting), default=0)
    fitting = [d for d in fitting if d.name.count(".") == parts]
    if len(fitting) != 1:
        raise KeyError(
            f"no function {name!r}" if not fitting else f"{name!r} is ambiguous: {', '.join(d.name for d in fitting)}"
        )
    return fitting[0]


def claim_tests(project: Project, definitions: dict[str, Definition]) -> dict[str, Definition]:
    """The tests in the folder ``claims`` by the claim that they check: ``test_l1_arrives`` checks ``l1-arrives``.

    Raises:
        ValueError: two tests are named after the same claim, or the tests are no package, by whose name they could be imported.
    """
    folder = (project.tests / "claims").relative_to(project.root).as_posix() + "/"
    found: dict[str, Definition] = {}
    for name, definition in definitions.items():
        short = name.rpartition(".")[2]
        if definition.path.startswith(folder) and short.startswith("test_"):
            claim = short.removeprefix("test_").replace("_", "-")
            if claim in found:
                raise ValueError(f"{definition.path}:{definition.line}: {short} stands in {found[claim].path} already")
            found[claim] = definition
    if found and not _is_package(project.tests):
        place = (project.tests / "__init__.py").relative_to(project.root).as_posix()
        raise ValueError(f"{place} is missing: an empty file, with which the tests of claims can be imported")
    return found


def tests_by_name(definitions: Iterable[Definition]) -> dict[str, list[Definition]]:
    """For every name that tests use, and every package that they import: these tests."""
    found: dict[str, list[Definition]] = {}
    for definition in definitions:
        for name in definition.uses:
            found.setdefault(name, []).append(definition)
    return found


def tests_of(function: str, tests: dict[str, list[Definition]]) -> list[Definition]:
    """The tests that name a function, or call a method, and import its package: others may have something of that name."""
    parts = function.split(".")
    # Of other things' attributes many are called like a method, and most of these are no functions.
    name = f"{parts[-1]}()" if parts[-2:-1] and parts[-2][:1].isupper() else parts[-1]
    return [test for test in tests.get(name, ()) if parts[0] in test.uses]

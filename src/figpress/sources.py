"""The project's own source text, by name: for listings, links to tests, and the pages that show whole files."""

import ast
import textwrap
from dataclasses import dataclass
from pathlib import Path

from figpress.project import Project


@dataclass(frozen=True)
class Definition:
    """Where a function or class stands, and its text."""

    name: str
    path: str
    line: int
    text: str
    bare: str
    """The text without decorators and docstring: what a page lists."""


def _bare(node: ast.FunctionDef | ast.ClassDef, lines: list[str]) -> str:
    kept = range(node.lineno, node.end_lineno + 1)
    if ast.get_docstring(node) is not None:
        docstring = node.body[0]
        kept = [number for number in kept if not docstring.lineno <= number <= docstring.end_lineno]
    return textwrap.dedent("\n".join(lines[number - 1] for number in kept))


def _definitions(tree: ast.AST, lines: list[str], module: str, path: str) -> list[Definition]:
    found = []

    def visit(node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                name = f"{prefix}.{child.name}"
                start = min([child.lineno, *(d.lineno for d in child.decorator_list)])
                text = textwrap.dedent("\n".join(lines[start - 1 : child.end_lineno]))
                found.append(Definition(name, path, child.lineno, text, _bare(child, lines)))
                if isinstance(child, ast.ClassDef):
                    visit(child, name)

    visit(tree, module)
    return found


def module_name(project: Project, file: Path) -> str:
    """The dotted name a file is imported by: relative to the parent of its room."""
    for room in (*project.sources, project.figures, project.tests):
        if file.is_relative_to(room):
            parts = file.relative_to(room.parent).with_suffix("").parts
            return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    raise ValueError(f"{file} stands in no room of the project")


def project_files(project: Project) -> list[Path]:
    """Every Python file of the mathematics, the figures and the tests."""
    rooms = (*project.sources, project.figures, project.tests)
    return sorted(file for room in rooms if room.is_dir() for file in room.rglob("*.py") if "__pycache__" not in file.parts)


def index(project: Project) -> dict[str, Definition]:
    """Every function and class of the project by its dotted name."""
    found = {}
    for file in project_files(project):
        text = file.read_text(encoding="utf-8")
        path = file.relative_to(project.root).as_posix()
        for definition in _definitions(ast.parse(text, path), text.splitlines(), module_name(project, file), path):
            found[definition.name] = definition
    return found


def resolve(definitions: dict[str, Definition], name: str) -> Definition:
    """Find a definition by its full name, or by a short one (``package.function``) where only one fits.

    Raises:
        KeyError: none fits, or several do.
    """
    if name in definitions:
        return definitions[name]
    head, _, tail = name.rpartition(".")
    fitting = [d for key, d in definitions.items() if key.endswith(f".{tail}") and key.startswith(f"{head}." if head else "")]
    if len(fitting) != 1:
        raise KeyError(f"no function {name!r}" if not fitting else f"{name!r} is ambiguous: {', '.join(d.name for d in fitting)}")
    return fitting[0]


def claim_tests(project: Project, definitions: dict[str, Definition]) -> dict[str, Definition]:
    """The tests in the folder ``claims`` by the claim that they check: ``test_l1_arrives`` checks ``l1-arrives``.

    Raises:
        ValueError: two tests are named after the same claim.
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
    return found


def _names_in(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}


def tests_by_name(project: Project, folder: Path) -> dict[str, list[Definition]]:
    """For every name that the tests below ``folder`` use: the test functions that use it.

    A test uses the names in its body and decorators, and those in the module's tables and helpers that it names.
    """
    found: dict[str, list[Definition]] = {}
    for file in sorted(folder.rglob("test_*.py")):
        text = file.read_text(encoding="utf-8")
        path = file.relative_to(project.root).as_posix()
        tree = ast.parse(text, path)
        parts = {}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                parts[node.name] = _names_in(node)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                parts |= {target.id: _names_in(node) for target in targets if isinstance(target, ast.Name)}
        for definition in _definitions(tree, text.splitlines(), module_name(project, file), path):
            short = definition.name.rpartition(".")[2]
            if short.startswith("test_") and short in parts:
                reached, waiting = set(), [short]
                while waiting:
                    name = waiting.pop()
                    if name not in reached:
                        reached.add(name)
                        waiting.extend(parts.get(name, ()))
                for name in sorted(reached):
                    found.setdefault(name, []).append(definition)
    return found

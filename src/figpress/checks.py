"""What ``figpress check`` and the project's tests verify about the pages: each check returns a list of problems."""

import ast
import inspect
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from figpress import notebooks, sources
from figpress.equations import Equation, Reading, at, compare, equations_in
from figpress.markdown import FACT, Site
from figpress.press import Press
from figpress.project import Project
from figpress.prose import load_structural, typed_numerals
from figpress.trace import top_names
from figpress.worker import rooms_of

TOLERANCE = 1e-12
"""Relative; a formula and its function may sum in another order, which costs a few units in the last place."""

_CLAIM = re.compile(r'<claim id="([\w-]+)">')


def pages(project: Project) -> list[tuple[str, str]]:
    """Every Markdown page, and the text cells of every notebook, as (path, text)."""
    found = [
        (path.relative_to(project.root).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(project.docs.rglob("*.md"))
    ]
    for path in sorted(project.docs.rglob("*.ipynb")):
        for number, cell in enumerate(notebooks.read(path)["cells"], 1):
            if cell["cell_type"] == "markdown":
                found.append((f"{path.relative_to(project.root).as_posix()}, cell {number}", "".join(cell["source"])))
    return found


def figure_texts(project: Project) -> Iterator[tuple[str, str]]:
    """What readers see of a figure's script beside the drawing, as (place, text): its title, and what a live figure asks."""
    for path in sorted(project.figures.glob("[!_]*.py")):
        tree, place = ast.parse(path.read_bytes()), path.relative_to(project.root).as_posix()
        if any(isinstance(node, ast.FunctionDef) and node.name == "draw" for node in tree.body):
            yield f"{place}, title", (ast.get_docstring(tree) or "").split("\n")[0]
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "ask":
                words = [
                    part.value
                    for part in ast.walk(node.value)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                ]
                yield f"{place}, line {node.value.lineno}", " … ".join(words)


_IN_TITLES = re.compile(r"(?<![\w./])[-\u2212]?[01](?![\w/]|\.\d)")
"""Titles have no formulas: 0, 1 and −1, which are mathematics in a formula, stand in them as digits."""


def numerals(project: Project) -> list[str]:
    """Numbers typed in prose, or in what a page shows of a figure's script."""
    structural = load_structural(project.structural)
    texts = [(path, text, structural) for path, text in pages(project)]
    texts += [(path, text, (*structural, _IN_TITLES)) for path, text in figure_texts(project)]
    return [str(numeral) for path, text, phrases in texts for numeral in typed_numerals(text, path, phrases)]


def function_named(project: Project, name: str) -> Callable:
    """Import one of the project's own functions by its dotted name.

    Raises:
        ValueError: there is none, or Python finds another one in its place, such as an installed package's.
    """
    folders = [str(folder) for folder in dict.fromkeys(top_names((*rooms_of(project), project.tests)).values())]
    before, sys.path[:] = list(sys.path), folders + sys.path
    try:
        function = pkgutil.resolve_name(name)
        file = Path(inspect.getfile(inspect.unwrap(function))).resolve()
    except (ImportError, AttributeError, TypeError, ValueError):
        raise ValueError(f"no function {name!r}") from None
    finally:
        sys.path[:] = before
    if not file.is_relative_to(project.root):
        raise ValueError(f"{name} comes from {file}, which is not in this project")
    return function


def equation_problem(project: Project, equation: Equation, points: int = 50, seed: int = 0) -> str | None:
    """Compare one equation with its function; of one without a function there has to be a reason, and a claim that proves it."""
    if not equation.function:
        return (
            None if equation.reason and equation.claim else "needs a function, or a reason and the claim that proves it"
        )
    try:
        function = function_named(project, equation.function)
        result = compare(equation, function, reading(project, function), points, seed)
    except ValueError as error:
        return str(error)
    if result.largest <= TOLERANCE:
        return None
    return f"differs from {equation.function} by {result.largest:.2g} (relative) at {at(result.point)}"


def reading(project: Project, function: Callable) -> Reading:
    """How the equations of a function are read: with the names of its module and package."""
    inner = inspect.unwrap(function)
    package = sys.modules[inner.__module__.partition(".")[0]]
    return Reading(
        symbols=project.symbols,
        functions={name: function_named(project, target) for name, target in project.functions.items()},
        positive=project.positive,
        whole=project.whole,
        names={**vars(package), **inner.__globals__},
    )


def equations_to_check(project: Project) -> list[Equation]:
    """All equations of the pages, with the facts that they quote.

    Raises:
        KeyError, PageError: one quotes a fact that is not there.
    """
    found = [equation for path, text in pages(project) for equation in equations_in(text, path)]
    if not any("[[" in equation.latex + equation.let + equation.call for equation in found):
        return found
    site = Site(figures=Press(project).build().results)
    return [quoting(equation, site) for equation in found]


def quoting(equation: Equation, site: Site) -> Equation:
    """An equation with the facts that it quotes: written in the formula, as Python in what calls the function."""
    site.page = f"{equation.path}:{equation.line}"

    def python(text: str) -> str:
        return re.sub(FACT, lambda match: repr(site.fact_named(match[1])), text)

    return replace(
        equation, latex=site.with_facts(equation.latex), let=python(equation.let), call=python(equation.call)
    )


def equations(project: Project) -> list[str]:
    """Equations that differ from their function, or have none."""
    found = []
    for equation in equations_to_check(project):
        problem = equation_problem(project, equation)
        if problem:
            found.append(f"{equation.path}:{equation.line}: equation {equation.number or '(unnumbered)'}: {problem}")
    return found


def _claimed(project: Project) -> tuple[list[str], list[str]]:
    """Claims without a test, one line each; and the tests of the others, as pytest names them."""
    tests = sources.claim_tests(project, sources.index(project))
    claimed = {claim: path for path, text in pages(project) for claim in _CLAIM.findall(text)}
    missing = [f"{path}: claim {claim!r} has no test" for claim, path in claimed.items() if claim not in tests]
    return missing, sorted(
        {f"{tests[claim].path}::{tests[claim].name.rpartition('.')[2]}" for claim in claimed if claim in tests}
    )


def claims_without_test(project: Project) -> list[str]:
    """Claims on pages that no test is named after."""
    return _claimed(project)[0]


def claims(project: Project) -> list[str]:
    """Claims without a test, and tests of claims that do not pass."""
    found, nodes = _claimed(project)
    if nodes:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-ra", "--no-header", "-p", "no:cacheprovider", *nodes],
            cwd=project.root,
            capture_output=True,
            text=True,
        )
        found += [line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR", "SKIPPED", "XFAIL"))]
        if run.returncode and not found:
            found.append(f"the tests of claims did not run: {(run.stdout + run.stderr).strip().splitlines()[-1]}")
    return found


CHECKS: tuple[Callable[[Project], list[str]], ...] = (numerals, equations, claims)

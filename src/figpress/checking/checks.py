"""What is checked on the pages: that numbers are quoted, equations agree with their functions, and claims have tests that pass.

Here is what there is to check; ``figpress.checking.checking`` has it done, and keeps what was found.
"""

import ast
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from figpress.checking.verdicts import ClaimTest
from figpress.making import notebook_file
from figpress.pages import prose, sources
from figpress.pages.equations import Equation, equations_in
from figpress.pages.prose import load_structural, typed_numerals
from figpress.pages.site import PageError, Site
from figpress.pages.syntax import CLAIM, FACT, untested
from figpress.project import Project, files_in, parsed, text_of_page
from figpress.store import cached, version_of_source

Pages = list[tuple[str, str]]
"""Path and text of each."""

Tests = Mapping[str, sources.Definition]
"""The test of each claim that has one."""


@dataclass(frozen=True)
class Check:
    """Something to be checked: where it stands, in words what it is, and the work.

    ``name`` is the same as long as the work is, wherever it stands.
    """

    name: str
    place: str
    label: str
    work: Equation | ClaimTest

    def __str__(self) -> str:
        return f"{self.place}: {self.label}"


def pages(project: Project) -> Pages:
    """Every Markdown page, and the text cells of every notebook, as (path, text)."""
    found = [(path.relative_to(project.root).as_posix(), text_of_page(path)) for path in files_in(project.docs, "*.md")]
    for path in files_in(project.docs, "*.ipynb"):
        for number, cell in enumerate(notebook_file.read(path)["cells"], 1):
            if cell["cell_type"] == "markdown":
                found.append((f"{path.relative_to(project.root).as_posix()}, cell {number}", "".join(cell["source"])))
    return found


# --- Typed numbers


def figure_texts(place: str, script: bytes) -> Iterator[tuple[str, str]]:
    """What readers see of a figure's script beside the drawing, as (place, text): its title, and what a live figure asks."""
    tree = parsed(script)
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


_WHAT_TO_DO = "quote what is typed, as in [[figure.fact]]; a number that is no result stands in {}, with the reason"


def numerals(project: Project) -> list[str]:
    """Numbers typed in prose, or in what a page shows of a figure's script; and what to do with them, if there are any. What was
    found in a file is kept with it.

    Raises:
        ValueError: the list of structural phrases cannot be read.
    """
    structural = load_structural(project.structural)
    version = "\n".join(
        [version_of_source(prose.__file__), version_of_source(__file__), *(p.pattern for p in structural)]
    )

    def in_page(place: str, text: bytes) -> list[str]:
        return [str(numeral) for numeral in typed_numerals(text.decode(), place, structural)]

    def in_script(place: str, script: bytes) -> list[str]:
        texts, phrases = figure_texts(place, script), (*structural, _IN_TITLES)
        return [str(numeral) for part, text in texts for numeral in typed_numerals(text, part, phrases)]

    def problems(contents: dict[str, bytes], found: Callable[[str, bytes], list[str]], folder: str) -> list[str]:
        def make(new: dict[str, bytes]) -> dict[str, bytes]:
            return {place: json.dumps(found(place, content)).encode() for place, content in new.items()}

        made = cached(project.cache / folder, version, contents, make).all()
        return [problem for place in contents for problem in json.loads(made[place])]

    scripts = {
        path.relative_to(project.root).as_posix(): path.read_bytes()
        for path in sorted(project.figures.glob("[!_.]*.py"))
    }
    found = [
        *problems({place: text.encode() for place, text in pages(project)}, in_page, "numerals"),
        *problems(scripts, in_script, "numerals-figures"),
    ]
    return [*found, _WHAT_TO_DO.format(os.path.relpath(project.structural, project.root))] if found else []


# --- Equations


def equations(
    project: Project, facts: Mapping[str, object], texts: Pages, tests: Tests
) -> tuple[list[Check], list[str]]:
    """The equations of the pages to be compared, with the facts that they quote; and problems that are seen at once.

    Args:
        project: how equations are read.
        facts: results of figures and modules of numbers by name, in which facts are looked up.
        texts: the pages.
        tests: the tests of claims.
    """
    found, problems, site = [], [], Site(figures=facts)
    for path, text in texts:
        for equation in equations_in(text, path):
            place, label = f"{path}:{equation.line}", f"equation {equation.number or '(unnumbered)'}"
            try:
                problem = _unproved(equation, tests)
                unmade = _unmade(project, equation, facts)
                if not problem and unmade:
                    problem = f"cannot be compared before {unmade} is made: figpress build"
                elif not problem and equation.function:
                    work = _quoting(equation, site)
                    found.append(Check(f"equation-{_digest(project, work)}", place, label, work))
            except (KeyError, PageError) as error:
                problem = error.args[0]
            if problem:
                problems.append(f"{place}: {label}: {problem}")
    return found, problems


def _unproved(equation: Equation, tests: Tests) -> str:
    if not equation.function and not (equation.reason and equation.claim):
        return "needs a function, or a reason and the claim that proves it"
    if equation.claim and equation.claim not in tests:
        return untested(equation.claim)
    return ""


def _unmade(project: Project, equation: Equation, facts: Mapping[str, object]) -> str:
    """The first figure or module of numbers which an equation quotes and that is there, but of which there are no facts."""
    for path, _ in re.findall(FACT, "\n".join((equation.latex, equation.let, equation.call))):
        name = path.partition(".")[0]
        if name not in facts and (project.figures / f"{name}.py").is_file():
            return name
    return ""


def _quoting(equation: Equation, site: Site) -> Equation:
    """An equation with the facts that it quotes: written in the formula, as Python in what calls the function."""

    def python(text: str) -> str:
        return re.sub(FACT, lambda match: repr(site.fact_named(match[1])), text)

    quoted = {"latex": site.with_facts(equation.latex), "let": python(equation.let), "call": python(equation.call)}
    # Wherever it stands, and whatever its number, it is the same.
    return replace(equation, **quoted, path="", line=0, number="", reason="", claim="")


def _digest(project: Project, equation: Equation) -> str:
    reading = (project.symbols, project.functions, sorted(project.positive), sorted(project.whole))
    return hashlib.sha256(json.dumps([asdict(equation), *reading], sort_keys=True).encode()).hexdigest()[:24]


# --- Claims


def claims(texts: Pages, tests: Tests) -> tuple[list[Check], list[str]]:
    """The tests of the claims on the pages; and claims that have none."""
    found, problems = [], []
    for path, text in texts:
        for match in re.finditer(CLAIM, text, re.DOTALL):
            place, label = f"{path}:{text.count(chr(10), 0, match.start()) + 1}", f"claim {match[1]!r}"
            if match[1] in tests:
                test = tests[match[1]]
                work = ClaimTest(test.path, test.name.rpartition(".")[2])
                found.append(Check(f"claim-{match[1]}", place, label, work))
            else:
                problems.append(f"{place}: {untested(match[1])}")
    return found, problems


def all_checks(project: Project, facts: Mapping[str, object]) -> tuple[list[Check], list[str]]:
    """All equations and claims; and all that is wrong without comparing or running anything, typed numbers among it."""
    texts, tests = pages(project), sources.claim_tests(project, sources.index(project))
    compared, unproved = equations(project, facts, texts, tests)
    tested, untested = claims(texts, tests)
    return [*compared, *tested], [*numerals(project), *unproved, *untested]

"""Run the test of a claim as pytest would, with nothing between; a failure in words."""

import ast
import inspect
import itertools
import linecache
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType

from figpress.checking.recorder import ASSERTED, DONE
from figpress.checking.verdicts import ClaimTest, Verdict, source_dirs
from figpress.project import Project, top_level_modules


class CheckError(Exception):
    """A test that does not do what the test of a claim has to do."""


def _cases(module: ModuleType, test: FunctionType) -> Iterator[dict[str, object]]:
    """The arguments of each run that ``pytest.mark.parametrize`` asks for."""
    several = []
    for mark in (*_marks(test), *_marks(module)):
        if mark.name != "parametrize":
            raise CheckError(f"is marked {mark.name}: the test of a claim has to run, and to pass")
        names = mark.args[0]
        names = re.split(r"\s*,\s*", names.strip()) if isinstance(names, str) else list(names)
        several.append([_arguments(names, value) for value in mark.args[1]])
    if not all(several):
        raise CheckError("is run with no parameters at all")
    given = {name for cases in several for name in cases[0]}
    parameters = inspect.signature(test).parameters.values()
    fixtures = [p.name for p in parameters if p.name not in given and p.default is p.empty]
    if fixtures:
        raise CheckError(f"takes the fixture {fixtures[0]}: the test of a claim calls what it needs")
    for case in itertools.product(*several):
        yield {name: value for part in case for name, value in part.items()}


def _marks(thing: FunctionType | ModuleType) -> list:
    marks = getattr(thing, "pytestmark", [])
    return list(marks) if isinstance(marks, list | tuple) else [marks]


def _arguments(names: list[str], value: object) -> dict[str, object]:
    if marks := getattr(value, "marks", ()):
        raise CheckError(
            f"has a parameter marked {next(iter(marks)).name}: the test of a claim has to run, and to pass"
        )
    # pytest.param(...) holds its values.
    values = getattr(value, "values", None) if hasattr(value, "marks") else None
    if values is None:
        values = (value,) if len(names) == 1 else tuple(value)
    return dict(zip(names, values, strict=True))


def run_cases(module: ModuleType, test: FunctionType, notes: dict[str, int]) -> None:
    for case in _cases(module, test):
        before = dict(notes)
        test(**case)
        if notes[DONE] == before[DONE]:
            raise CheckError("never comes to its end")
        if notes[ASSERTED] == before[ASSERTED]:
            raise CheckError("asserts nothing")


def problem_of(project: Project, test: ClaimTest, error: BaseException) -> Verdict:
    """A failure in words: the deepest place in the tests, what is written there, what was raised, and for which example."""
    if (
        isinstance(error, ModuleNotFoundError)
        and error.name
        and error.name.partition(".")[0] not in top_level_modules(source_dirs(project))
    ):
        return Verdict(problem=f"{test} needs {error.name}, which is not installed", missing=error.name)
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        frames.append((error.filename, error.lineno))
    own = [(Path(file), line) for file, line in frames if Path(file).is_relative_to(project.tests)]
    if not own or isinstance(error, CheckError):
        return Verdict(problem=f"{test}: {error or type(error).__name__}")
    file, line = own[-1]
    text = " ".join(str(error).split()) or linecache.getline(str(file), line).strip()
    # Hypothesis notes the inputs that it failed for.
    examples = [" ".join(words.split()) for words in getattr(error, "__notes__", ())]
    place = f"{file.relative_to(project.root).as_posix()}:{line}"
    return Verdict(problem="; ".join([f"{place}: {test.name}: {type(error).__name__}: {text}", *examples[:1]]))


def decorators_of(source: bytes, name: str) -> tuple[str, ...]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            calls = [getattr(decorator, "func", decorator) for decorator in node.decorator_list]
            return tuple(getattr(call, "attr", getattr(call, "id", "")) for call in calls)
    return ()

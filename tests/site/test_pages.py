"""Nothing on a page is typed that could be computed, and nothing is quoted that is not tested."""

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import shrinkage
from figpress.checking import checks
from figpress.checking.checking import Checking
from figpress.checking.equation import function_named
from figpress.making.press import Press
from figpress.pages.equations import equations_in
from figpress.project import find_project
from figpress.store import Store
from tests import equations
from tests.conftest import nightly
from tests.site.conftest import ROOT

PROJECT = find_project(ROOT)


def test_pages_pass_every_check_and_each_has_a_record_of_its_own():
    checked = Checking(PROJECT).check(Press(PROJECT).build().results)
    assert checked.problems == []
    # Whatever looks into other code makes a check depend on all of it; hardly any does.
    folder = ROOT / ".figpress/checks/entries"
    whole = {
        path.parent.name
        for path in folder.glob("*/*.entry")
        if any(key.startswith("source ") for key in Store(folder).load(path)[0].header["record"].get("code", ()))
    }
    assert len(whole) < len(checked.verdicts) / 20, whole


def test_a_small_change_of_any_equation_is_refused():
    # A sample; every change of every equation is a command of its own: python -m tests.equations
    tried = list(equations.outcomes(PROJECT, every=1 if nightly() else 12))
    assert [change for outcome in tried for change in outcome.wrong] == []
    refused, equal = (sum(len(getattr(outcome, kind)) for outcome in tried) for kind in ("refused", "equal"))
    assert len(tried) >= 42 and refused > 0.9 * len(tried) and equal < refused / 20


def _untested(functions: set[str], noted: Path) -> set[str]:
    """Those of these functions of the mathematics whose bodies no test of the mathematics runs."""
    noted.write_text("\n".join(functions), encoding="utf-8")
    # One example is enough to see which functions run; bad input, a thousand tests, runs none to its end.
    arguments = ["-q", "-p", "no:cacheprovider", "-p", "tests.site.running", "tests/shrinkage"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments, "--ignore", "tests/shrinkage/test_checks.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"HYPOTHESIS_EXAMPLES": "1", "FUNCTIONS_WANTED": str(noted)},
    )
    assert run.returncode == 0, run.stdout[-3000:]
    return set(noted.read_text(encoding="utf-8").split())


def test_no_record_names_the_press_itself():
    """It is part of this project, and read for whichever figure happens to be the first of a worker process."""
    for result in Press(PROJECT).build().results.values():
        seen = {*result.dependencies.files, *result.dependencies.folders, *result.dependencies.paths.values()}
        assert not [path for path in seen if path.startswith(("src/figpress", "."))], result.name


def _functions_that_run() -> dict[str, str]:
    """The functions of the mathematics behind what pages show, each with the name of something that runs it."""
    run = {
        function: result.name
        for result in Press(PROJECT).build().results.values()
        for function in result.functions
        if function.startswith("shrinkage.")
    }
    assert len(run) > 20
    for path, text in checks.pages(PROJECT):
        for equation in equations_in(text, path):
            if equation.function:
                function = inspect.unwrap(function_named(PROJECT, equation.function))
                if not function.__module__.startswith("shrinkage."):
                    # What only tests use, such as an average over all noises, is called by the tests of claims.
                    continue
                run[f"{function.__module__}.{function.__qualname__}"] = f"{path}:{equation.line}"
    return {function.partition(".<locals>")[0]: user for function, user in run.items()}


def test_the_public_functions_behind_pages_are_named_by_tests_of_the_mathematics():
    tests = [path.read_text(encoding="utf-8") for path in (ROOT / "tests/shrinkage").glob("test_*.py")]
    named = {word for text in tests for word in re.findall(r"\w+", text)}
    users = {
        function: user
        for function, user in _functions_that_run().items()
        if function.rpartition(".")[2] in shrinkage.__all__
    }
    assert len(users) > 60
    assert {f: user for f, user in users.items() if f.rpartition(".")[2] not in named} == {}


@pytest.mark.nightly
def test_figures_facts_and_equations_run_tested_functions_only(tmp_path):
    users = _functions_that_run()
    untested = _untested(set(users), tmp_path / "functions.txt")
    assert {function: users[function] for function in untested} == {}

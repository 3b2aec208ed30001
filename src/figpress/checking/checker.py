"""What a worker process for checks does: compare an equation with its function, or run the test of a claim.

A check runs in a process of its own where the system can fork: what one test has computed and kept must not hide from the next
which functions that one uses. The forking process has imported the test's module, and the libraries that tests have asked for.
"""

import ast
import builtins
import contextlib
import functools
import gc
import importlib
import inspect
import itertools
import linecache
import os
import pickle
import pkgutil
import random
import re
import sys
import sysconfig
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

from figpress.checking.comparison import Reading, at, compare
from figpress.checking.verdicts import ClaimTest, Verdict, environment, rooms_of
from figpress.freshness.trace import NOTE, Recorder, Trace, note, top_names, tree_with_notes
from figpress.making import worker
from figpress.making.processes import work_on_requests
from figpress.pages.equations import Equation
from figpress.project import Project
from figpress.store import pack

TOLERANCE = 1e-12
"""Relative; a formula and its function may sum in another order, which costs a few units in the last place."""

_ASSERTED = "figpress:asserted"
_DONE = "figpress:done"


# --- Equations


def function_named(project: Project, name: str) -> Callable:
    """Import one of the project's own functions by its dotted name.

    Raises:
        ValueError: there is none, or Python finds another one in its place, such as an installed package's.
    """
    folders = [str(folder) for folder in dict.fromkeys(top_names(rooms_of(project)).values())]
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


def equation_problem(project: Project, equation: Equation, points: int = 50, seed: int = 0) -> str:
    """What is wrong with an equation that has a function; "" where nothing is."""
    try:
        function = function_named(project, equation.function)
        result = compare(equation, function, _reading(project, function), points, seed)
    except ValueError as error:
        return str(error)
    if result.largest <= TOLERANCE:
        return ""
    return f"differs from {equation.function} by {result.largest:.2g} (relative) at {at(result.point)}"


def _reading(project: Project, function: Callable) -> Reading:
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


# --- Claims


class _CheckError(Exception):
    """A test that does not do what the test of a claim has to do."""


def _cases(module: ModuleType, test: FunctionType) -> Iterator[dict[str, object]]:
    """The arguments of each run that ``pytest.mark.parametrize`` asks for."""
    several = []
    for mark in (*_marks(test), *_marks(module)):
        if mark.name != "parametrize":
            raise _CheckError(f"is marked {mark.name}: the test of a claim has to run, and to pass")
        names = mark.args[0]
        names = re.split(r"\s*,\s*", names.strip()) if isinstance(names, str) else list(names)
        several.append([_arguments(names, value) for value in mark.args[1]])
    if not all(several):
        raise _CheckError("is run with no parameters at all")
    given = {name for cases in several for name in cases[0]}
    parameters = inspect.signature(test).parameters.values()
    fixtures = [p.name for p in parameters if p.name not in given and p.default is p.empty]
    if fixtures:
        raise _CheckError(f"takes the fixture {fixtures[0]}: the test of a claim calls what it needs")
    for case in itertools.product(*several):
        yield {name: value for part in case for name, value in part.items()}


def _marks(thing: FunctionType | ModuleType) -> list:
    marks = getattr(thing, "pytestmark", [])
    return list(marks) if isinstance(marks, list | tuple) else [marks]


def _arguments(names: list[str], value: object) -> dict[str, object]:
    if marks := getattr(value, "marks", ()):
        raise _CheckError(
            f"has a parameter marked {next(iter(marks)).name}: the test of a claim has to run, and to pass"
        )
    # pytest.param(...) holds its values.
    values = getattr(value, "values", None) if hasattr(value, "marks") else None
    if values is None:
        values = (value,) if len(names) == 1 else tuple(value)
    return dict(zip(names, values, strict=True))


def _run(module: ModuleType, test: FunctionType, notes: dict[str, int]) -> None:
    for case in _cases(module, test):
        before = dict(notes)
        test(**case)
        if notes[_DONE] == before[_DONE]:
            raise _CheckError("never comes to its end")
        if notes[_ASSERTED] == before[_ASSERTED]:
            raise _CheckError("asserts nothing")


def _problem_of(project: Project, test: ClaimTest, error: BaseException) -> Verdict:
    """A failure in words: the deepest place in the tests, what is written there, what was raised, and for which example."""
    if isinstance(error, ModuleNotFoundError) and error.name and error.name.partition(".")[0] not in _recorder.tops:
        return Verdict(problem=f"{test} needs {error.name}, which is not installed", missing=error.name)
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        frames.append((error.filename, error.lineno))
    own = [(Path(file), line) for file, line in frames if Path(file).is_relative_to(project.tests)]
    if not own or isinstance(error, _CheckError):
        return Verdict(problem=f"{test}: {error or type(error).__name__}")
    file, line = own[-1]
    text = " ".join(str(error).split()) or linecache.getline(str(file), line).strip()
    # Hypothesis notes the inputs that it failed for.
    examples = [" ".join(words.split()) for words in getattr(error, "__notes__", ())]
    place = f"{file.relative_to(project.root).as_posix()}:{line}"
    return Verdict(problem="; ".join([f"{place}: {test.name}: {type(error).__name__}: {text}", *examples[:1]]))


def _decorators(source: bytes, name: str) -> tuple[str, ...]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            calls = [getattr(decorator, "func", decorator) for decorator in node.decorator_list]
            return tuple(getattr(call, "attr", getattr(call, "id", "")) for call in calls)
    return ()


# --- The process


_recorder: "_CheckRecorder"


def serve() -> None:
    """What a worker process for checks does."""
    work_on_requests(start, work)


def start(project: Project) -> None:
    """Prepare this process for checks."""
    global _recorder
    os.chdir(project.root)
    _recorder = _CheckRecorder(project)


def work(project: Project, kind: str, check: ClaimTest | Equation) -> tuple[str, str | bytes]:
    """Make one check: ("done", entry), which holds its verdict."""
    if isinstance(check, Equation):
        needed = check.function.rpartition(".")[0]
        job = functools.partial(_compare, project, check)
    else:
        needed = ".".join(Path(check.path).with_suffix("").parts)
        job = functools.partial(_test, project, needed, check)
    try:
        _recorder.prepare(needed)
    except BaseException as error:
        return "done", _entry(project, _recorder.trace, _verdict_of_import(project, check, error))
    outcome = _apart(functools.partial(_watched, job))
    if isinstance(outcome, str):
        return "done", _entry(project, _recorder.trace, Verdict(problem=f"{check}: {outcome}"))
    verdict, seen, libraries = outcome
    for library in libraries:
        # The next test that wants it finds it here.
        with contextlib.suppress(Exception):
            importlib.import_module(library)
    trace = replace(seen, sources=_recorder.trace.sources | seen.sources)
    cells = f"{check.let}\n{check.call}" if isinstance(check, Equation) else ""
    return "done", _entry(project, trace, verdict, cells)


def _verdict_of_import(project: Project, check: ClaimTest | Equation, error: BaseException) -> Verdict:
    if isinstance(check, Equation):
        return Verdict(problem=f"no function {check.function!r}: {type(error).__name__}: {error}")
    return _problem_of(project, check, error)


def _compare(project: Project, equation: Equation, notes: dict[str, int]) -> Verdict:
    return Verdict(problem=equation_problem(project, equation))


def _test(project: Project, module: str, test: ClaimTest, notes: dict[str, int]) -> Verdict:
    decorators = _decorators(_recorder.trace.sources[module], test.name)
    try:
        _run(sys.modules[module], getattr(sys.modules[module], test.name), notes)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        # A test that is skipped raises no Exception.
        return replace(_problem_of(project, test, error), decorators=decorators)
    return Verdict(decorators=decorators, runs=notes[_DONE])


def _watched(job: Callable[[dict[str, int]], Verdict]) -> tuple[Verdict, Trace, list[str]]:
    """Do a job that is recorded: its verdict, what was seen but for sources known before, and the libraries imported."""
    before = set(sys.modules)
    known = set(_recorder.trace.sources)
    with _recorder.noting() as notes, warnings.catch_warnings():
        warnings.simplefilter("error")
        random.seed(0)
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed(0)
        verdict = job(notes)
    trace = _recorder.trace
    new = {name: source for name, source in trace.sources.items() if name not in known}
    libraries = [name for name in sys.modules if name not in before and name.partition(".")[0] not in _recorder.tops]
    return verdict, replace(trace, sources=new), libraries


def _apart(job: Callable[[], object]) -> object:
    """Do a job in a process that ends with it; a text says how that process died. Without fork it is done here."""
    if not hasattr(os, "fork"):
        try:
            return job()
        finally:
            _recorder.forget()
    read, write = os.pipe()
    # All that is imported stays; a collector that went through it would have its pages copied for each process.
    gc.freeze()
    process = os.fork()
    if process == 0:
        status = 1
        try:
            with open(write, "wb") as answer:
                pickle.dump(job(), answer)
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with open(read, "rb") as answer:
        content = answer.read()
    _, status = os.waitpid(process, 0)
    return pickle.loads(content) if status == 0 else f"its process died ({os.waitstatus_to_exitcode(status)})"


def _entry(project: Project, trace: Trace, verdict: Verdict, cells: str = "") -> bytes:
    """A verdict with all that it depends on, for the store."""
    harness = [name for name in trace.sources if name in project.harness]
    # What looks into other code counts itself as a whole; what it leads to was seen to run.
    seen = replace(
        trace,
        sources={name: source for name, source in trace.sources.items() if name not in harness},
        files=trace.files | {trace.paths[name]: worker.digest(trace.sources[name]) for name in harness},
    )
    record = worker.record_of(project, seen, _recorder.tops, None, cells=cells)
    record["environment"] = _environment_of_this_process()
    record["distributions"] |= worker.distributions(
        {root for name in harness for root in _roots(trace.sources[name])} - set(_recorder.tops)
    )
    verdict_fields = {name: getattr(verdict, name) for name in ("problem", "missing", "decorators", "runs")}
    return pack({"record": record, "key": worker.key_of(record), "verdict": verdict_fields}, {})


_environment_of_this_process = functools.cache(environment)


@functools.cache
def _roots(source: bytes) -> frozenset[str]:
    """The first parts of all modules that a module imports anywhere."""
    code = worker.cut(source, "harness")
    return frozenset(worker.import_roots({"harness": code}, [("harness", name) for name in code.bodies]))


class _CheckRecorder(Recorder):
    """Records one check after another; what a test's module does when it is imported belongs to each of its tests."""

    def __init__(self, project: Project):
        super().__init__(project.root, rooms_of(project))
        self._tests = str(project.tests) + os.sep
        self._prepared = ""
        self._libraries = tuple({sysconfig.get_path(kind) + os.sep for kind in ("purelib", "platlib")})

    def prepare(self, module: str) -> None:
        """Import a module with nothing else of the project, if that is not how things are."""
        if self._prepared == module:
            return
        self._prepared = ""
        with self.recording():
            importlib.import_module(module)
        with self.quietly():
            # Where a test's text is asked for, that says no more than what counts of it in any case.
            for path in self.trace.paths.values():
                linecache.getlines(str(self.root / path))
        self._prepared = module

    def forget(self) -> None:
        """The next check imports all anew."""
        self._prepared = ""

    @contextlib.contextmanager
    def noting(self) -> Iterator[dict[str, int]]:
        """Go on recording, and count what tests do."""
        notes, ran = {_ASSERTED: 0, _DONE: 0}, self.trace.ran

        def take(text: str) -> None:
            if text in notes:
                notes[text] += 1
            else:
                ran.add(text)

        setattr(builtins, NOTE, take)
        self._active = True
        try:
            yield notes
        finally:
            self._active = False

    def begin(self) -> Trace:
        trace = super().begin()
        setattr(builtins, NOTE, lambda text: None if text in (_ASSERTED, _DONE) else trace.ran.add(text))
        return trace

    def compiled(self, name: str, source: bytes, path: str) -> CodeType:
        if path.startswith(self._tests):
            return _test_code(name, source, path)
        return super().compiled(name, source, path)

    def _note(self, event: str, path: str) -> None:
        # For messages, or for numbers worth trying, libraries read the code that they run: it is recorded already.
        own_text = path in {str(self.root / known) for known in self.trace.paths.values()}
        if not (own_text or os.sep + "." in path.removeprefix(str(self.root))) or not self._asked_by_library():
            super()._note(event, path)

    def _asked_by_library(self) -> bool:
        frame = sys._getframe(1)
        while frame:
            file = frame.f_code.co_filename
            if file.startswith(self._libraries):
                return True
            if self._is_inside(file):
                return False
            frame = frame.f_back
        return False


@functools.lru_cache(256)
def _test_code(module: str, source: bytes, path: str) -> CodeType:
    """Compile a module of tests: it is noted, too, where something is asserted, and where a test comes to its end."""
    tree = tree_with_notes(module, source, path)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            node.body.append(note(_DONE, node.body[-1]))
    return compile(_Asserting().visit(tree), path, "exec", dont_inherit=True)


class _Asserting(ast.NodeTransformer):
    """Takes a note before each assertion: an ``assert``, or a block that has to raise something."""

    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        return [note(_ASSERTED, node), node]

    def visit_With(self, node: ast.With) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        calls = [item.context_expr.func for item in node.items if isinstance(item.context_expr, ast.Call)]
        raises = any(getattr(call, "attr", getattr(call, "id", "")) == "raises" for call in calls)
        return [note(_ASSERTED, node), node] if raises else node

"""What a worker process for checks does: compare an equation with its function, or run the test of a claim.

A check runs in a process of its own: what one test has computed and kept must not hide from the next
which functions that one uses. The forking process has imported the test's module, and the libraries that tests have asked for.
"""

import contextlib
import functools
import importlib
import random
import sys
import warnings
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from figpress.checking.claim import decorators_of, problem_of, run_cases
from figpress.checking.equation import equation_problem
from figpress.checking.recorder import DONE, CheckRecorder
from figpress.checking.verdicts import ClaimTest, Verdict, rooms_for
from figpress.freshness.cutting import ModuleCode, cut
from figpress.freshness.pieces import digest
from figpress.freshness.record import identity, record_of
from figpress.freshness.trace import Trace
from figpress.making.environment import environment_of_this_process
from figpress.making.isolation import ProcessDied, WorkerProcess
from figpress.making.processes import work_on_requests
from figpress.pages.equations import Equation
from figpress.project import Project
from figpress.store import pack


def serve(fork: bool) -> None:
    """What a worker process for checks does."""
    work_on_requests(fork, CheckRecorder, work)


def work(process: WorkerProcess, kind: str, check: ClaimTest | Equation) -> tuple[str, str | bytes]:
    """Make one check: ("done", entry), which holds its verdict."""
    project, recorder = process.project, process.recorder
    if isinstance(check, Equation):
        needed = check.function.rpartition(".")[0]
        job = functools.partial(_compare, project, check)
    else:
        needed = ".".join(Path(check.path).with_suffix("").parts)
        job = functools.partial(_test, process, needed, check)
    try:
        recorder.prepare(needed)
    except BaseException as error:
        return "done", _entry(process, check, recorder.trace, _verdict_of_import(project, check, error))
    try:
        verdict, seen, libraries = process.run(functools.partial(_watched, recorder, job))
    except ProcessDied as error:
        return "done", _entry(process, check, recorder.trace, Verdict(problem=f"{check}: its process died ({error})"))
    for library in libraries:
        # The next test that wants it finds it here.
        with contextlib.suppress(Exception):
            importlib.import_module(library)
    trace = replace(seen, sources=recorder.trace.sources | seen.sources)
    cells = _code_of(project, check) if isinstance(check, Equation) else ""
    return "done", _entry(process, check, trace, verdict, cells)


def _code_of(project: Project, equation: Equation) -> str:
    """What an equation uses of the project, as code: names in its texts, and the functions that it and its formula name."""
    functions = [function for letter, function in project.functions.items() if letter in equation.latex]
    return "\n".join([equation.let, equation.call, equation.function, *functions])


def _verdict_of_import(project: Project, check: ClaimTest | Equation, error: BaseException) -> Verdict:
    if isinstance(check, Equation):
        return Verdict(problem=f"no function {check.function!r}: {type(error).__name__}: {error}")
    return problem_of(project, check, error)


def _compare(project: Project, equation: Equation, notes: dict[str, int]) -> Verdict:
    return Verdict(problem=equation_problem(project, equation))


def _test(process: WorkerProcess, module: str, test: ClaimTest, notes: dict[str, int]) -> Verdict:
    decorators = decorators_of(process.recorder.trace.sources[module], test.name)
    try:
        run_cases(sys.modules[module], getattr(sys.modules[module], test.name), notes)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        # A test that is skipped raises no Exception.
        return replace(problem_of(process.project, test, error), decorators=decorators)
    return Verdict(decorators=decorators, runs=notes[DONE])


def _watched(recorder: CheckRecorder, job: Callable[[dict[str, int]], Verdict]) -> tuple[Verdict, Trace, list[str]]:
    """Do a job that is recorded: its verdict, what was seen but for sources known before, and the libraries imported."""
    before = set(sys.modules)
    known = set(recorder.trace.sources)
    with recorder.noting() as notes, warnings.catch_warnings():
        warnings.simplefilter("error")
        random.seed(0)
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed(0)
        verdict = job(notes)
    trace = recorder.trace
    new = {name: source for name, source in trace.sources.items() if name not in known}
    libraries = [
        name for name in sys.modules if name not in before and name.partition(".")[0] not in recorder.top_level
    ]
    return verdict, replace(trace, sources=new), libraries


def _entry(
    process: WorkerProcess, check: ClaimTest | Equation, trace: Trace, verdict: Verdict, cells: str = ""
) -> bytes:
    """A verdict with all that it depends on, for the store."""
    project, top_level = process.project, process.recorder.top_level
    harness = [name for name in trace.sources if name in project.harness]
    # What looks into other code counts itself as a whole; what it leads to was seen to run.
    seen = replace(
        trace,
        sources={name: source for name, source in trace.sources.items() if name not in harness},
        files=trace.files | {trace.paths[name]: digest(trace.sources[name]) for name in harness},
    )
    imports = {imported for name in harness for imported in _cut(trace.sources[name]).imports}
    roots = {imported.partition(".")[0] for imported in imports}
    # A name that such a module fetches from the project is used.
    fetched = sorted(imported for imported in imports if imported.partition(".")[0] in top_level)
    record = record_of(project, seen, top_level, {}, cells="\n".join(filter(None, [cells, *fetched])), more_roots=roots)
    rooms = rooms_for(check, _used_of_press(record.code, trace.sources, harness))
    record = replace(record, environment=environment_of_this_process(rooms))
    return pack(record.header(identity("check", check)) | {"verdict": vars(verdict)}, {})


def _used_of_press(counting: Mapping[str, object], sources: Mapping[str, bytes], whole: Collection[str]) -> set[str]:
    """What of the press modules use, by dotted names (``figpress.*`` is the package as a whole): a name that a module does nothing
    with but fetch it is used where it counts."""
    used = set()
    for module, source in sources.items():
        if b"figpress" not in source:
            continue
        code = _cut(source)
        for name, targets in code.aliases.items():
            counts = module in whole or name not in code.bindings
            if counts or f"name {module} {name}" in counting or f"source {module}" in counting:
                used |= {f"{target}.*" if target == "figpress" else target for target in targets}
    return used


@functools.cache
def _cut(source: bytes) -> ModuleCode:
    """A module in pieces, for what it imports."""
    return cut(source, "module")

"""What a worker process for figures and notebooks does."""

import functools
import traceback
from collections.abc import Callable
from pathlib import Path

from figpress.drawing.tricks import import_matplotlib
from figpress.freshness.record import identity
from figpress.freshness.trace import Recorder
from figpress.making import figure, notebook
from figpress.making.environment import VARIABLES
from figpress.making.isolation import ProcessDied, WorkerProcess
from figpress.making.notebook import CellError
from figpress.making.processes import work_on_requests
from figpress.project import Project


def serve(fork: bool) -> None:
    """What a worker process for figures and notebooks does."""
    work_on_requests(fork, recorder_of, work)


def recorder_of(project: Project) -> Recorder:
    """What records the project's figures."""
    return Recorder(project.root, project.source_dirs, VARIABLES)


def work(process: WorkerProcess, kind: str, name: str) -> tuple[str, str | bytes]:
    """Make one thing: ("done", entry) or ("failed", message)."""
    project, recorder = process.project, process.recorder
    if kind == "notebook":
        return _outcome(project, name, functools.partial(notebook.execute, project, name))
    import_matplotlib()
    job = figure.try_settings if kind == "settings" else functools.partial(figure.run, recorder=recorder, name=name)
    try:
        outcome, made = process.run(functools.partial(_outcome, project, name, functools.partial(job, project)))
    except ProcessDied as error:
        return "failed", f"{name}: its process died while making it ({error})"
    if outcome == "failed":
        return outcome, made
    recorder.compile_ahead(made.trace)
    return _outcome(project, name, functools.partial(figure.entry_of, project, made, identity(kind, name)))


def _outcome(project: Project, name: str, job: Callable[[], object]) -> tuple[str, object]:
    try:
        return "done", job()
    except (Exception, SystemExit) as error:
        return "failed", message_of(project, name, error)


def message_of(project: Project, name: str, error: BaseException) -> str:
    """One line: the figure, the deepest place inside the project, and what was raised."""
    if isinstance(error, CellError):
        return f"{(project.docs / name).relative_to(project.root).as_posix()}: {error}"
    script = project.figures / f"{name}.py"
    place = script.relative_to(project.root).as_posix() if script.is_file() else ""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        frames.append((error.filename, error.lineno))
    for file, line in frames:
        path = Path(file)
        if any(path.is_relative_to(folder) for folder in project.source_dirs):
            place = f"{path.relative_to(project.root).as_posix()}:{line}"
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return ": ".join(filter(None, (name, place, type(error).__name__, " ".join(text.split()))))

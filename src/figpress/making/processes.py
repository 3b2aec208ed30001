"""Worker processes, each a Python of its own that makes one thing after another.

Unlike in a ``ProcessPoolExecutor``, which thing killed its process is known, a worker imports nothing of the program that
started it, and no process is started beside it to keep track: one that draws a single figure is ready sooner.
"""

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future

from figpress.freshness.trace import Recorder
from figpress.making.environment import VARIABLES
from figpress.making.isolation import CAN_FORK, WorkerProcess
from figpress.project import Project


def submit(function: Callable[..., object], *arguments: object) -> Future:
    """Call a function in a thread of its own. Unlike an executor's it keeps no process alive: Ctrl-C is not to wait for it."""
    future = Future()

    def run() -> None:
        try:
            future.set_result(function(*arguments))
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def run_in_subprocess(function: Callable[..., object], *arguments: object) -> object:
    """Call a module's function in a Python of its own, and wait for what it gives; threads of this one go on meanwhile.

    Raises:
        Exception: what the function raises.
        ChildProcessError: the process died.
    """
    outcome = None
    # Ctrl-C is for this process alone, whose end is the other's as well.
    with (
        contextlib.suppress(BrokenPipeError, EOFError, pickle.UnpicklingError),
        subprocess.Popen(
            _python("from figpress.making.processes import answer; answer()"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
        ) as process,
    ):
        pickle.dump((function, arguments), process.stdin)
        process.stdin.flush()
        outcome = pickle.load(process.stdout)
    if outcome is None:
        raise ChildProcessError(
            f"the process of its own for {function.__name__} died (exit status {process.returncode})"
        )
    result, error = outcome
    if error:
        raise error
    return result


def answer() -> None:
    """What a process begun by ``run_in_subprocess`` does."""
    function, arguments = pickle.load(sys.stdin.buffer)

    def end_with_the_other() -> None:
        # Nothing more comes, but the end.
        os.read(0, 1)
        os._exit(1)

    threading.Thread(target=end_with_the_other, daemon=True).start()
    try:
        outcome = function(*arguments), None
    except Exception as error:
        outcome = None, error
    pickle.dump(outcome, sys.stdout.buffer)
    sys.stdout.flush()


def _python(code: str) -> list[str]:
    """The command for a Python that finds the same modules."""
    return [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"]


def work_on_requests(
    fork: bool,
    recorder: Callable[[Project], Recorder],
    work: Callable[[WorkerProcess, str, object], tuple[str, str | bytes]],
) -> None:
    """What a worker process is for: make what is asked for on standard input, and answer on standard output.

    First comes the project, then pairs of a kind and a name; a process that does not fork for each takes but one. The end of the
    input, whether the build is over or was killed, is the end of this process, whatever it is doing.
    """
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What the project's code reads and prints is not ours.
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    waiting = queue.SimpleQueue()

    def read() -> None:
        with contextlib.suppress(EOFError):
            while True:
                waiting.put(pickle.load(requests))
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    project = waiting.get()
    os.chdir(project.root)
    process = WorkerProcess(project, recorder(project), fork)
    while True:
        pickle.dump(work(process, *waiting.get()), answers)
        answers.flush()
        if not fork:
            return


class Workers:
    """Worker processes for one project, started as they are needed; to be closed. They end with this process in any case.

    Args:
        project: where everything is.
        number: how many there may be at once.
        program: the module whose ``serve`` they run.
    """

    def __init__(self, project: Project, number: int, program: str = "figpress.making.worker"):
        self._project = project
        self._program = program
        self._number = number
        self._waiting: queue.SimpleQueue = queue.SimpleQueue()
        self._idle = threading.Semaphore(0)
        # A thread for each process, which hands it work and waits for its answers.
        self._threads: list[Future] = []
        self._processes: list[subprocess.Popen] = []
        self._closed = False
        # Held to start a process and to close, so that none is started afterwards.
        self._lock = threading.Lock()

    def make(self, kind: str, name: object) -> Future[tuple[str, str | bytes]]:
        """Let one of them make a thing: ("done", entry) or ("failed", message), as its program's ``work`` says."""
        future = Future()
        self._waiting.put((future, kind, name))
        if not self._idle.acquire(blocking=False) and len(self._threads) < self._number:
            self._threads.append(submit(self._hand_out))
        return future

    def close(self) -> None:
        """End them all, also what they are at; what still waits is not made."""
        with self._lock:
            self._closed = True
        for _ in self._threads:
            self._waiting.put(None)
        for process in self._processes:
            # Leaving the block closes its pipes; what still waits to be written cannot be.
            with contextlib.suppress(BrokenPipeError), process:
                process.kill()

    def _hand_out(self) -> None:
        process = None
        while (task := self._waiting.get()) is not None:
            future, kind, name = task
            try:
                if process is None or process.poll() is not None:
                    process = self._start()
                future.set_result(_made(process, kind, name))
                if not CAN_FORK:
                    # What it has run may have left something behind.
                    process.wait()
            except OSError as error:
                future.set_exception(error)
            self._idle.release()

    def _start(self) -> subprocess.Popen:
        with self._lock:
            if self._closed:
                raise ChildProcessError("no more worker processes: the build has ended")
            # Ctrl-C is for this process alone, which then decides.
            process = subprocess.Popen(
                _python(f"from {self._program} import serve; serve(fork={CAN_FORK})"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | VARIABLES,
                process_group=0,
            )
            self._processes.append(process)
        pickle.dump(self._project, process.stdin)
        return process


def _made(process: subprocess.Popen, kind: str, name: object) -> tuple[str, str | bytes]:
    try:
        pickle.dump((kind, name), process.stdin)
        process.stdin.flush()
        return pickle.load(process.stdout)
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        # It is gone; where the pipe was closed it was told to.
        process.kill()
        return "failed", f"{name}: its process died while making it (exit status {process.wait()})"

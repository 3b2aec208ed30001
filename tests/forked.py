"""Run many small tasks, each in a forked process that has the large libraries loaded already. Needs fork (Linux, macOS)."""

import os
import resource
import sys
from collections.abc import Callable, Iterable, Iterator

import pytest


def exit_codes(
    tasks: Iterable, run: Callable[[object], int], seconds: int | Callable[[object], int]
) -> Iterator[tuple[object, int]]:
    """Each task with what `run` returned in a child: 1 if it died, or took more than `seconds` of processor time.

    As many run at a time as there are processors. What they print goes nowhere.
    """
    waiting, running = iter(tasks), {}
    exhausted = False
    while running or not exhausted:
        while not exhausted and len(running) < (os.cpu_count() or 1):
            try:
                task = next(waiting)
            except StopIteration:
                exhausted = True
                break
            pid = os.fork()
            if pid == 0:
                _in_child(task, run, seconds(task) if callable(seconds) else seconds)
            running[pid] = task
        if running:
            pid, status = os.wait()
            yield running.pop(pid), status and 1


def _in_child(task: object, run: Callable[[object], int], seconds: int) -> None:
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        code = int(run(task))
    finally:
        os._exit(code)


def run_pytest(nodes: Iterable[str], *plugins: object) -> int:
    """Run tests in this process, up to the first that fails; 0 where all pass."""
    # Modules that are loaded already cannot be given pytest's asserts.
    options = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist"]
    return pytest.main([*options, *nodes], plugins=plugins)


def show_progress(text: str) -> None:
    """One line on standard error that the next one replaces."""
    print(f"\r{text}", end="", file=sys.stderr, flush=True)

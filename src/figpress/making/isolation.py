"""One process for each thing that runs the project's code, so that none finds what another has left behind.

A process that has imported what all need forks for each, which takes some milliseconds.
"""

import gc
import os
import pickle
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

from figpress.freshness.trace import Recorder
from figpress.project import Project

CAN_FORK = hasattr(os, "fork")


class ProcessDied(Exception):
    """A process ended before its job was done; the message says how."""


@dataclass(frozen=True)
class WorkerProcess:
    """What a worker process has: its project, what records what is done, and whether it forks for each thing."""

    project: Project
    recorder: Recorder
    forks: bool

    def run(self, job: Callable[[], object]) -> object:
        """Do a job in a process that ends with it: a fork, or this one.

        Raises:
            ProcessDied: as ``run_forked`` does.
        """
        return run_forked(job) if self.forks else job()


def run_forked(job: Callable[[], object]) -> object:
    """Do a job in a process that ends with it, and give what it gives; what it raises is up to the job.

    Raises:
        ProcessDied: the process ended before the job was done.
    """
    answer, write = os.pipe()
    lifeline, held = os.pipe()
    # All that is imported stays; a collector that went through it would have its pages copied for each process.
    gc.freeze()
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        os.close(held)
        threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
        status = 1
        try:
            content = pickle.dumps(job())
            sys.stdout.flush()
            with open(write, "wb") as file:
                file.write(content)
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    os.close(lifeline)
    try:
        with open(answer, "rb") as file:
            content = file.read()
        _, status = os.waitpid(process, 0)
    finally:
        os.close(held)
    if status or not content:
        raise ProcessDied(f"exit status {os.waitstatus_to_exitcode(status)}")
    return pickle.loads(content)


def _end_with(lifeline: int) -> None:
    """Nothing is ever written there, but the end of the process that began this one closes it."""
    os.read(lifeline, 1)
    os._exit(1)

"""What Python announces to no audit hook, although a result may depend on it: a look at a file, at an environment variable, or
a process that is started as ``multiprocessing`` does.

Here the functions are replaced that everything in Python goes through, once a process, by ones that tell it.
"""

import contextlib
import functools
import os
import sys
from collections.abc import Callable
from types import FrameType

LOOKING = ("os.stat", "os.lstat", "os.access")
"""Events of looking at a file without opening it."""

STARTED = "_posixsubprocess.fork_exec"
"""The event of starting a process."""

EVERY_VARIABLE = ""
"""Asked for instead of a name where somebody goes through all environment variables."""


def watch(happened: Callable[[str, tuple], None], asked: Callable[[str, FrameType], None]) -> None:
    """From now on call ``happened`` as an audit hook is called, and ``asked`` with a variable's name and who asks for it."""
    for event in LOOKING:
        name = event.partition(".")[2]
        original = getattr(os, name)
        telling = _telling(original, event, happened)
        # Where libraries ask whether it can do something.
        for able in (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks):
            if original in able:
                able.add(telling)
        setattr(os, name, telling)
    _watch_entries(happened)
    _watch_starts(happened)
    _watch_variables(asked)


def _telling(original: Callable, event: str, happened: Callable[[str, tuple], None]) -> Callable:
    @functools.wraps(original)
    def telling(path: object, *arguments: object, **options: object) -> object:
        if options.get("dir_fd") is None:
            happened(event, (path,))
        return original(path, *arguments, **options)

    return telling


def _watch_entries(happened: Callable[[str, tuple], None]) -> None:
    original = os.scandir

    @functools.wraps(original)
    def scandir(path: object = ".") -> object:
        # What is listed by a folder's descriptor has no path.
        return original(path) if isinstance(path, int) else _Entries(original(path), happened)

    if original in os.supports_fd:
        os.supports_fd.add(scandir)
    os.scandir = scandir


class _Entries:
    """What ``os.scandir`` gives, of entries that tell when they are looked at."""

    def __init__(self, entries: object, happened: Callable[[str, tuple], None]):
        self._entries, self._happened = entries, happened
        self.close = entries.close

    def __iter__(self):
        return self

    def __next__(self):
        return _Entry(next(self._entries), self._happened)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class _Entry(os.PathLike):
    """An ``os.DirEntry`` that tells when it is looked at."""

    _EVENTS = {"stat": "os.stat", "is_file": "os.lstat", "is_dir": "os.lstat"}

    def __init__(self, entry: os.DirEntry, happened: Callable[[str, tuple], None]):
        self._entry, self._happened = entry, happened

    def __fspath__(self):
        return self._entry.path

    def __repr__(self):
        return repr(self._entry)

    def __getattr__(self, name: str) -> object:
        if name in self._EVENTS:
            self._happened(self._EVENTS[name], (self._entry.path,))
        return getattr(self._entry, name)


def _watch_starts(happened: Callable[[str, tuple], None]) -> None:
    # There is none on Windows, where this has an event of its own.
    with contextlib.suppress(ImportError):
        import _posixsubprocess

        original = _posixsubprocess.fork_exec

        def fork_exec(*arguments: object) -> int:
            happened(STARTED, ())
            return original(*arguments)

        _posixsubprocess.fork_exec = fork_exec


def _watch_variables(asked: Callable[[str, FrameType], None]) -> None:
    kind = type(os.environ)
    look_up, go_through = kind.__getitem__, kind.__iter__

    def looked_up(variables: os._Environ, name: str) -> str:
        asked(os.fsdecode(name), sys._getframe(1))
        return look_up(variables, name)

    def gone_through(variables: os._Environ) -> object:
        asked(EVERY_VARIABLE, sys._getframe(1))
        return go_through(variables)

    kind.__getitem__, kind.__iter__ = looked_up, gone_through

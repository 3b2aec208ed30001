"""What Python announces to no audit hook, although a result may depend on it: a look at a file, or at an environment variable.

Here the functions of ``os`` are replaced that everything in Python goes through, once a process, by ones that tell it.
"""

import functools
import os
import sys
from collections.abc import Callable
from types import FrameType

LOOKING = ("os.stat", "os.lstat", "os.access")
"""Events of looking at a file without opening it."""


def watch(looked: Callable[[str, tuple], None], asked: Callable[[str, FrameType], None]) -> None:
    """From now on call ``looked`` with event and path, and ``asked`` with a variable's name and who asks for it."""
    for event in LOOKING:
        name = event.partition(".")[2]
        original = getattr(os, name)
        telling = _telling(original, event, looked)
        # Where libraries ask whether it can do something.
        for able in (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks):
            if original in able:
                able.add(telling)
        setattr(os, name, telling)
    kind = type(os.environ)
    look_up = kind.__getitem__

    def looked_up(variables: os._Environ, name: str) -> str:
        asked(os.fsdecode(name), sys._getframe(1))
        return look_up(variables, name)

    kind.__getitem__ = looked_up


def _telling(original: Callable, event: str, looked: Callable[[str, tuple], None]) -> Callable:
    @functools.wraps(original)
    def telling(path: object, *arguments: object, **options: object) -> object:
        if options.get("dir_fd") is None:
            looked(event, (path,))
        return original(path, *arguments, **options)

    return telling

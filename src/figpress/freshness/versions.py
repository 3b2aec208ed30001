"""Versions of what is installed."""

import functools
import importlib.metadata
import os
import re
import sys
from collections.abc import Collection
from importlib.machinery import EXTENSION_SUFFIXES, PathFinder
from pathlib import Path

from figpress.project import Inside


def version_of(distribution: str) -> str:
    """The installed version of a distribution, "" where there is none."""
    try:
        text = importlib.metadata.distribution(distribution).read_text("METADATA") or ""
    except importlib.metadata.PackageNotFoundError:
        return ""
    # Not by importlib.metadata.version: it parses the whole file, licences and all, in each warm build.
    found = re.search(r"^Version: *(\S+)", text, re.MULTILINE)
    return found[1] if found else ""


# What is installed does not change under a worker.
@functools.cache
def _providers() -> dict[str, set[str]]:
    """The distributions that provide each top-level module, by their names.

    As ``importlib.metadata.packages_distributions``, which makes a path of every installed file: half a second in each worker.
    """
    found: dict[str, set[str]] = {}
    for distribution in importlib.metadata.distributions():
        name = re.search(r"^Name: *(\S+)", distribution.read_text("METADATA") or "", re.MULTILINE)
        for module in _modules_of(distribution) if name else ():
            found.setdefault(module, set()).add(name[1])
    return found


def _modules_of(distribution: importlib.metadata.Distribution) -> set[str]:
    if declared := distribution.read_text("top_level.txt"):
        return set(declared.split())
    listed = distribution.read_text("RECORD")
    files = [line.partition(",")[0] for line in listed.splitlines()] if listed else map(str, distribution.files or ())
    modules = (".py", *EXTENSION_SUFFIXES)
    return {file.partition("/")[0].partition(".")[0] for file in files if file.endswith(modules)} - {""}


def distributions(roots: set[str]) -> dict[str, str]:
    """Versions of the packages that provide the given modules, but for those that count for every figure."""
    others = roots - set(sys.stdlib_module_names) - {"numpy", "matplotlib", "figpress"}
    providers = _providers() if others else {}
    return {name: version_of(name) for root in sorted(others) for name in sorted(providers.get(root, ()))}


def is_own(name: str, top_level: Collection[str], root: Path) -> bool | None:
    """Whether a top-level module is the project's own; None where there is none, which may be why an import has failed."""
    if name in top_level:
        return True
    if name in sys.stdlib_module_names:
        return False
    inside = Inside(root)
    # The project's own folders may be in this process's path, but are not in a worker's.
    path = [entry for entry in sys.path if os.path.realpath(entry) not in inside]
    finders = [finder for finder in sys.meta_path if finder is not PathFinder and hasattr(finder, "find_spec")]
    found = PathFinder.find_spec(name, path) or any(finder.find_spec(name, None) for finder in finders)
    return False if found else None

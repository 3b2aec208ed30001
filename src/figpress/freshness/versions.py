"""Versions of what is installed."""

import functools
import importlib
import importlib.metadata
import importlib.util
import re
import sys


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
_providers = functools.cache(importlib.metadata.packages_distributions)


def distributions(roots: set[str]) -> dict[str, str]:
    """Versions of the packages that provide the given modules, but for those that count for every figure."""
    others = roots - set(sys.stdlib_module_names) - {"numpy", "matplotlib", "figpress"}
    providers = _providers() if others else {}
    return {name: version_of(name) for root in sorted(others) for name in sorted(set(providers.get(root, ())))}

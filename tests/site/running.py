"""A pytest plugin that writes the names of all functions of the mathematics that run to the file in ``FUNCTIONS_RUN``.

Of the cases of one test the first few are enough.
"""

import os
from collections import Counter
from pathlib import Path

from tests.noting import noting

CASES = 4

_run: set[str] = set()


def pytest_configure():
    noting(_run.add)


def pytest_collection_modifyitems(items):
    seen = Counter()
    for item in list(items):
        test = (item.path, item.originalname)
        seen[test] += 1
        if seen[test] > CASES:
            items.remove(item)


def pytest_sessionfinish():
    names = sorted(f"shrinkage.{text.replace(':', '.')}" for text in _run)
    Path(os.environ["FUNCTIONS_RUN"]).write_text("\n".join(names), encoding="utf-8")

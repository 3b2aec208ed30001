"""A pytest plugin that takes out of the file ``FUNCTIONS_WANTED`` the functions of the mathematics whose bodies run in passing tests.

One test that names each wanted function comes first, and once all functions have run the other tests are skipped.
"""

import inspect
import os
import re
from pathlib import Path

import pytest

from tests.noting import noting

_wanted: set[str] = set()


def _file() -> Path:
    return Path(os.environ["FUNCTIONS_WANTED"])


def pytest_configure():
    _wanted.update(_file().read_text(encoding="utf-8").split())
    noting(lambda name: _wanted.discard(f"shrinkage.{name.replace(':', '.')}"))


def pytest_collection_modifyitems(items):
    # The first case of each test names what its other cases name, and calls most of what they call.
    first = {item.function: item for item in reversed(items)}
    sources = {item: inspect.getsource(test) for test, item in first.items()}
    naming = set()
    for function in _wanted:
        name = re.compile(rf"\b{function.rpartition('.')[2]}\b")
        naming.update([item for item, source in sources.items() if name.search(source)][-1:])
    items.sort(key=lambda item: (item not in naming, item not in sources))


def pytest_runtest_setup():
    if not _wanted:
        pytest.skip("all functions that are asked for have run")


def pytest_sessionfinish():
    _file().write_text("\n".join(sorted(_wanted)), encoding="utf-8")

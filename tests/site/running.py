"""A pytest plugin that notes which functions of the mathematics run in tests, and writes their names to the file in ``FUNCTIONS_RUN``.

A function counts where its body begins: a call that is refused at the door does not. Of the cases of one test the first few are
enough.
"""

import builtins
import importlib.machinery
import os
import sys
from collections import Counter
from pathlib import Path

from figpress.trace import NOTE, resolve, tree_with_notes

CASES = 4
PACKAGE = "shrinkage"


class _Loader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname):
        return compile(tree_with_notes(fullname, self.get_data(self.path), self.path), self.path, "exec")


class _Finder:
    """Part of the import system: the modules of the mathematics take notes."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname.partition(".")[0] != PACKAGE:
            return None
        spec = resolve(fullname, list(path) if path is not None else sys.path)
        if spec and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = _Loader(fullname, spec.origin)
        return spec


_run: set[str] = set()


def pytest_configure():
    assert PACKAGE not in sys.modules
    setattr(builtins, NOTE, _run.add)
    sys.meta_path.insert(0, _Finder())


def pytest_collection_modifyitems(items):
    seen = Counter()
    for item in list(items):
        test = (item.path, item.originalname)
        seen[test] += 1
        if seen[test] > CASES:
            items.remove(item)


def pytest_sessionfinish():
    names = sorted(text.replace(":", ".") for text in _run)
    Path(os.environ["FUNCTIONS_RUN"]).write_text("\n".join(names), encoding="utf-8")

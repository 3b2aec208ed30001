"""Functions of the mathematics that note their own names when they run: cheaper than a profile by far, and true of copies too."""

import builtins
import importlib.machinery
import sys
from collections.abc import Callable

from figpress.freshness.trace import NOTE, resolve, tree_with_notes

PACKAGE = "shrinkage"


def noting(take: Callable[[str], None]) -> None:
    """From now on in this process, give each function's name, such as "solvers:lasso", to ``take`` when its body begins.

    A call whose arguments are refused at the door does not get there; what a function holds inside belongs to it.

    Raises:
        RuntimeError: the package is imported already.
    """
    if PACKAGE in sys.modules:
        raise RuntimeError(f"{PACKAGE} is imported already: its functions can take no notes")
    setattr(builtins, NOTE, lambda text: take(text.removeprefix(f"{PACKAGE}.")))
    sys.meta_path.insert(0, _Finder())


class _Loader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname):
        return compile(tree_with_notes(fullname, self.get_data(self.path), self.path), self.path, "exec")


class _Finder:
    """Part of the import system: compiles the modules of the mathematics with notes."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname.partition(".")[0] != PACKAGE:
            return None
        spec = resolve(fullname, list(path) if path is not None else sys.path)
        if spec and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = _Loader(fullname, spec.origin)
        return spec

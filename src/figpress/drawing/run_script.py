"""The last line of a figure's script, and where a figure that is run by itself finds what it imports."""

import contextlib
import functools
import importlib
import inspect
import sys
from collections.abc import Callable
from pathlib import Path

from figpress.figure.computing import figure_module
from figpress.figure.parameters import complete, parameters_of
from figpress.project import find_project, top_level_modules


def _checked(data: Callable[..., dict]) -> Callable[..., dict]:
    """A figure's ``data`` for whoever imports it: it takes what the command line takes, and refuses what that refuses."""
    parameters = functools.cache(lambda: parameters_of(data))

    @functools.wraps(data)
    def checked(*values, **named):
        return data(**complete(parameters(), inspect.signature(data).bind(*values, **named).arguments))

    return checked


def _find_modules(script: Path) -> set[str]:
    """Let this process import the modules of a script's project, which need not be installed; the names of the top ones."""
    folders = top_level_modules(find_project(script).source_dirs)
    sys.path[:0] = dict.fromkeys(map(str, folders.values()))
    return set(folders)


def find_own_modules() -> None:
    """Where the file that Python runs is a figure, let it import what it imports when a page shows it: called as the press is
    imported, before the modules of the figure's project."""
    file = getattr(sys.modules["__main__"], "__file__", None)
    # Whoever belongs to no project imports the press for something else.
    with contextlib.suppress(ValueError):
        if file and (script := Path(file).resolve()).parent == find_project(script).figures:
            _find_modules(script)


def run_script(module_name: str) -> None:
    """The last line of a figure script, ``run_script(__name__)``: where it is run by itself, it draws; where it is imported, its
    ``data`` checks what it is given."""
    if module_name != "__main__":
        module = sys.modules[module_name]
        if callable(getattr(module, "data", None)):
            module.data = _checked(module.data)
        return
    path = Path(sys.modules["__main__"].__file__).resolve()
    # The script is imported once more under its own name, so that it is the same module as everywhere else; and so is what it has
    # imported, which may be that of another copy of the project, if that one is installed and came before the press.
    try:
        own = _find_modules(path)
    except ValueError as error:
        print(f"{path.name}: {error}", file=sys.stderr)
        sys.exit(2)
    for name in [name for name in sys.modules if name.partition(".")[0] in own]:
        del sys.modules[name]
    # Where a script is imported, nothing draws.
    from figpress.drawing.script import main

    main(figure_module(importlib.import_module(f"{path.parent.name}.{path.stem}")))

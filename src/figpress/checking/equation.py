"""Whether an equation of a page agrees with the function that it names."""

import inspect
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path

from figpress.checking.comparison import Reading, at, compare
from figpress.checking.verdicts import source_dirs
from figpress.pages.equations import Equation
from figpress.project import Project, top_level_modules

TOLERANCE = 1e-12
"""Relative; a formula and its function may sum in another order, which costs a few units in the last place."""


def function_named(project: Project, name: str) -> Callable:
    """Import one of the project's own functions by its dotted name.

    Raises:
        ValueError: there is none, or Python finds another one in its place, such as an installed package's.
    """
    folders = [str(folder) for folder in dict.fromkeys(top_level_modules(source_dirs(project)).values())]
    before, sys.path[:] = list(sys.path), folders + sys.path
    try:
        function = pkgutil.resolve_name(name)
        file = Path(inspect.getfile(inspect.unwrap(function))).resolve()
    except (ImportError, AttributeError, TypeError, ValueError):
        raise ValueError(f"no function {name!r}") from None
    finally:
        sys.path[:] = before
    if not file.is_relative_to(project.root):
        raise ValueError(f"{name} comes from {file}, which is not in this project")
    return function


def equation_problem(project: Project, equation: Equation, points: int = 50, seed: int = 0) -> str:
    """What is wrong with an equation that has a function; "" where nothing is."""
    try:
        function = function_named(project, equation.function)
        result = compare(equation, function, _reading(project, function), points, seed)
    except ValueError as error:
        return str(error)
    if result.largest <= TOLERANCE:
        return ""
    return f"differs from {equation.function} by {result.largest:.2g} (relative) at {at(result.point)}"


def _reading(project: Project, function: Callable) -> Reading:
    """How the equations of a function are read: with the names of its module and package."""
    inner = inspect.unwrap(function)
    package = sys.modules[inner.__module__.partition(".")[0]]
    return Reading(
        symbols=project.symbols,
        functions={name: function_named(project, target) for name, target in project.functions.items()},
        positive=project.positive,
        whole=project.whole,
        names={**vars(package), **inner.__globals__},
    )

"""What a figure says before it is drawn: from its module of four functions to parameters, data, facts and a description.

A figure module has ``data(**parameters) -> dict``, ``facts(data) -> dict``, ``draw(figure, data)`` and
``describe(data, facts) -> str``; its docstring's first line is its title. Nothing here knows what it shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType

from figpress.figure.parameters import Parameter, complete, parameters_of


@dataclass(frozen=True)
class FigureModule:
    """A figure's module, checked to have what a figure needs."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    data: Callable[..., dict]
    facts: Callable[[dict], dict]
    draw: Callable[..., None]
    describe: Callable[[dict, dict], str]
    size: tuple[float, float] | None


def figure_module(module: ModuleType) -> FigureModule:
    """Check ``module`` and wrap it.

    Raises:
        TypeError: a function or the docstring is missing, or a parameter is not declared properly.
    """
    missing = [name for name in ("data", "facts", "draw", "describe") if not callable(getattr(module, name, None))]
    if missing:
        raise TypeError(f"{module.__file__} has no function {missing[0]}()")
    title = (module.__doc__ or "").strip().split("\n")[0].rstrip(".")
    if not title:
        raise TypeError(f"{module.__file__} has no docstring to take its title from")
    return FigureModule(
        name=module.__name__.rpartition(".")[2],
        title=title,
        parameters=parameters_of(module.data),
        data=module.data,
        facts=module.facts,
        draw=module.draw,
        describe=module.describe,
        size=getattr(module, "SIZE", None),
    )


@dataclass(frozen=True)
class Computed:
    """What a figure says before it is drawn."""

    parameters: dict[str, float | int | str]
    data: dict
    facts: dict
    description: str


def compute(figure: FigureModule, given: Mapping[str, object] | None = None) -> Computed:
    """Run ``data``, ``facts`` and ``describe`` with the given parameters and defaults for the rest.

    Raises:
        TypeError: ``data`` or ``facts`` gives no dictionary, or ``describe`` no text.
        ValueError: a parameter has no such value.
    """
    parameters = complete(figure.parameters, dict(given or {}))
    data = returned("data", dict, figure.data(**parameters))
    facts = returned("facts", dict, figure.facts(data))
    return Computed(parameters, data, facts, returned("describe", str, figure.describe(data, facts)))


def returned(function: str, kind: type, value: object) -> object:
    """What one of a module's functions has returned, which must be of a kind."""
    if not isinstance(value, kind):
        raise TypeError(f"{function}() must return a {_CALLED[kind]}, got {type(value).__name__}")
    return value


_CALLED = {dict: "dictionary", str: "text"}
_PLAIN = frozenset({bool, int, float, str, type(None)})


def plain(value: object) -> object:
    """Turn NumPy values into Python ones, at any depth, so that they can be written as JSON.

    Raises:
        TypeError: something cannot.
    """
    if type(value) in _PLAIN:
        return value
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, int | float | str):
        return value
    raise TypeError(f"{type(value).__name__}: facts and data are numbers, texts, and lists and dictionaries of these")

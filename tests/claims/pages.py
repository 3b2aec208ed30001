"""What pages say, for the tests of their claims."""

import functools
import importlib
from collections.abc import Mapping

from figpress.figure.computing import compute, figure_module, plain
from figpress.figure.facts import look_up
from figpress.making.figure import constants_of

CHANGED: dict[str, object] = {}
"""Facts that are to have another value, by path: how it is found out whether a test looks at what its sentence quotes."""


def quoted(path: str) -> object:
    """The fact that a page quotes as [[path]], such as quoted("walk_l1.steps_to_zero").

    A claim's test takes from here each fact that its sentence quotes, and compares it with what it works out by itself:
    only then is the number that is printed the number that is tested.

    Raises:
        KeyError: no figure or module of numbers has it.
    """
    if path in CHANGED:
        return CHANGED[path]
    name = path.partition(".")[0]
    return look_up({name: facts_of(name)}, path)


@functools.cache
def facts_of(name: str) -> Mapping[str, object]:
    """All facts of a figure, with the defaults of its parameters, or of a module of numbers with its constants."""
    module = importlib.import_module(f"figures.{name}")
    if hasattr(module, "draw"):
        computed = compute(figure_module(module))
        return {**plain(computed.parameters), **plain(computed.facts)}
    facts = module.facts() if hasattr(module, "facts") else {}
    return {**constants_of(module), **plain(facts)}

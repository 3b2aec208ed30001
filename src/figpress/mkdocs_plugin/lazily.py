"""Modules that are imported when they are used."""

import importlib.util
import sys
import types


class _Later(types.ModuleType):
    """Stands for a module until somebody asks for something in it. (``importlib.util.LazyLoader`` loads at the next import.)"""

    def __getattr__(self, name: str):
        # Whoever looks through all modules asks for __file__ and the like; an import of what lies below, for __path__.
        if name.startswith("__") and name != "__path__":
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def import_when_used(*names: str) -> None:
    """Let later imports of these modules give what loads them when something in them is asked for."""
    for name in names:
        try:
            there = name not in sys.modules and importlib.util.find_spec(name)
        except ModuleNotFoundError:
            continue
        if there:
            sys.modules[name] = _Later(name)

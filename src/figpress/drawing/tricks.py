"""Where Matplotlib is not taken as it comes: all that reaches into its insides stands here; and modules that are imported when they
are used."""

import contextlib
import functools
import gc
import importlib
import importlib.util
import sys
from collections.abc import Iterator
from types import ModuleType


@functools.cache
def import_matplotlib() -> None:
    """Import once what drawing needs, without what no drawing shows; this takes several times as long as drawing a figure.

    What is read meanwhile, settings or the list of the press's modules, is no figure's own.
    """
    # Nothing that is imported is thrown away, and to look for it takes a tenth of the time.
    gc.disable()
    from matplotlib import artist

    # The properties of each kind of artist, looked up and written into docstrings: a third of the time.
    described, artist.kwdoc = artist.kwdoc, lambda kind: ""
    try:
        import fontTools.subset  # noqa: F401
        import numpy.random  # noqa: F401
        from matplotlib.backends import backend_agg, backend_pdf, backend_svg  # noqa: F401
        from PIL import Image

        from figpress.drawing import recording  # noqa: F401

        # What would be imported once more for each picture.
        Image.preinit()
        forget_own_settings()
    finally:
        artist.kwdoc = described
        # The collector need not look at any of this again.
        gc.freeze()
        gc.enable()


@contextlib.contextmanager
def fonts_cut_quickly() -> Iterator[None]:
    """A block in which fonts are cut down without their tables for placing letters: to look through these takes three quarters of
    the time, and in a PDF each letter stands in its place already."""
    from fontTools import subset

    original = subset.load_font

    def loaded(*arguments: object, **options: object):
        font = original(*arguments, **options)
        for table in ("GSUB", "GPOS", "GDEF"):
            if table in font:
                del font[table]
        return font

    subset.load_font = loaded
    try:
        yield
    finally:
        subset.load_font = original


def forget_own_settings() -> None:
    """Go back to Matplotlib's own settings: a ``matplotlibrc`` of the user's, or in the project, is no part of a figure."""
    import matplotlib

    # They are valid, and to have that checked takes time.
    dict.update(
        matplotlib.rcParams, {name: value for name, value in matplotlib.rcParamsDefault.items() if name != "backend"}
    )


class _Later(ModuleType):
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


class ColoursAskedFor:
    """A block that records which names are looked up in Matplotlib's mapping of colours."""

    def __enter__(self) -> "ColoursAskedFor":
        from matplotlib import colors

        names = colors.get_named_colors_mapping()
        self._kind = type(names)
        self.asked: set[str] = set()

        def looked_up(mapping: dict, name: str) -> object:
            self.asked.add(name)
            return dict.__getitem__(mapping, name)

        # Colours resolved before are kept by the mapping and not looked up again, until an item is set.
        names["black"] = names["black"]
        self._kind.__getitem__ = looked_up
        return self

    def __exit__(self, *_) -> None:
        del self._kind.__getitem__


class SettingsAskedFor:
    """A block that records which of Matplotlib's settings are read."""

    def __enter__(self) -> "SettingsAskedFor":
        from matplotlib import RcParams

        self._original = original = RcParams.__getitem__
        self.asked: set[str] = set()

        def looked_up(settings: RcParams, name: str) -> object:
            self.asked.add(name)
            # Ten thousand times a figure; all that the original does beside this is to find a backend.
            return original(settings, name) if name == "backend" else settings._get(name)

        RcParams.__getitem__ = looked_up
        return self

    def __exit__(self, *_) -> None:
        from matplotlib import RcParams

        RcParams.__getitem__ = self._original

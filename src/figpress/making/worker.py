"""What a worker process does: make one figure, or the numbers of a module that draws nothing, and say what it used."""

import builtins
import contextlib
import decimal
import functools
import gc
import importlib
import importlib.metadata
import importlib.util
import json
import os
import pickle
import random
import re
import sys
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

from figpress.drawing import render as drawing
from figpress.drawing.style import SCHEMES, Style, applied, load_style
from figpress.freshness import code
from figpress.freshness.code import ModuleCode, cut, dependencies, digest, import_roots
from figpress.freshness.trace import NOTE, Recorder, Trace
from figpress.live.live import compile_live, hidden, with_ghosts
from figpress.making.processes import work_on_requests
from figpress.project import Project
from figpress.store import Damaged, Store, pack, version_of_rooms, version_of_source

_HEX = re.compile(r"#[0-9a-f]{6}\b")
_KEPT_BY_MATPLOTLIB = ("font", "mathtext", "text")
"""Settings that Matplotlib reads while it makes fonts and formulas, which it keeps for as long as the process lives."""

_recorder: Recorder | None = None


def rooms_of(project: Project) -> tuple[Path, ...]:
    """Where the project's modules live, figures first."""
    return (project.figures, *project.sources)


def serve() -> None:
    """What a worker process for figures and notebooks does."""
    work_on_requests(start, work)


def start(project: Project) -> None:
    """Prepare this process for drawing."""
    global _recorder
    os.chdir(project.root)
    _recorder = Recorder(project.root, rooms_of(project))


def work(project: Project, kind: str, name: str) -> tuple[str, str | bytes]:
    """Make one thing: ("done", entry) or ("failed", message)."""
    try:
        if kind == "notebook":
            from figpress.making.notebooks import execute

            return "done", execute(project, name)
        return "done", settings(project) if kind == "settings" else make(project, name)
    except (Exception, SystemExit) as error:
        return "failed", message_of(project, name, error)


def message_of(project: Project, name: str, error: BaseException) -> str:
    """One line: the figure, the deepest place inside the project, and what was raised."""
    if type(error).__name__ == "CellError":
        return f"{(project.docs / name).relative_to(project.root).as_posix()}: {error}"
    script = project.figures / f"{name}.py"
    place = script.relative_to(project.root).as_posix() if script.is_file() else ""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        frames.append((error.filename, error.lineno))
    for file, line in frames:
        path = Path(file)
        if any(path.is_relative_to(room) for room in rooms_of(project)):
            place = f"{path.relative_to(project.root).as_posix()}:{line}"
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return ": ".join(filter(None, (name, place, type(error).__name__, " ".join(text.split()))))


@functools.cache
def _import_matplotlib() -> None:
    """Import once what drawing needs, without what no drawing shows; this takes several times as long as drawing a figure.

    What is read meanwhile, settings or the list of the press's modules, is no figure's own.
    """
    # Nothing that is imported is thrown away, and to look for it takes a tenth of the time.
    gc.disable()
    from matplotlib import artist

    # The properties of each kind of artist, looked up and written into docstrings: a third of the time.
    described, artist.kwdoc = artist.kwdoc, lambda kind: ""
    # What cuts fonts down, another sixth: outlines of glyphs do without, and should anything use it after all, it is loaded then.
    _import_when_used("fontTools.subset")
    try:
        from matplotlib.backends import backend_agg, backend_pdf, backend_svg  # noqa: F401

        from figpress.drawing import recording  # noqa: F401
    finally:
        artist.kwdoc = described
        # The collector need not look at any of this again; of a figure it waits for some more, since most stays until it is done.
        gc.freeze()
        gc.set_threshold(50_000)
        gc.enable()


def _import_when_used(name: str) -> None:
    """Put something in a module's place that imports it when anything in it is asked for.

    ``importlib.util.LazyLoader`` will not do: to import such a module asks for its ``__spec__``, and that loads it.
    """
    spec = importlib.util.find_spec(name)
    if name in sys.modules or spec is None:
        return
    stand_in = ModuleType(name)
    # What is asked of every module, before each figure, is answered without it.
    stand_in.__spec__, stand_in.__file__ = spec, spec.origin

    def asked_for(attribute: str) -> object:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        return getattr(importlib.import_module(name), attribute)

    stand_in.__getattr__ = asked_for
    sys.modules[name] = stand_in


@contextlib.contextmanager
def _same_for_all(project: Project) -> Iterator[None]:
    """Every figure finds the process as the first one did: folder, environment, random numbers, settings of decimals, NumPy
    and Matplotlib, colour maps; warnings are errors."""
    import matplotlib
    import numpy

    random.seed(0)
    numpy.random.seed(0)
    environment_before, maps_before = dict(os.environ), set(matplotlib.colormaps)
    with (
        contextlib.chdir(project.root),
        decimal.localcontext(),
        warnings.catch_warnings(),
        numpy.errstate(),
        numpy.printoptions(),
        matplotlib.rc_context(),
    ):
        # A glyph that the font lacks, a division by zero: nobody would read of it.
        warnings.simplefilter("error", UserWarning)
        warnings.simplefilter("error", RuntimeWarning)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(environment_before)
            for name in set(matplotlib.colormaps) - maps_before:
                matplotlib.colormaps.unregister(name)


@contextlib.contextmanager
def _colours_asked_for() -> Iterator[set[str]]:
    """Record which names are looked up in Matplotlib's mapping of colours inside the block."""
    from matplotlib import colors

    names = colors.get_named_colors_mapping()
    kind = type(names)
    asked: set[str] = set()

    def looked_up(mapping: dict, name: str) -> object:
        asked.add(name)
        return dict.__getitem__(mapping, name)

    # Colours resolved before are kept by the mapping and not looked up again, until an item is set.
    names["black"] = names["black"]
    kind.__getitem__ = looked_up
    try:
        yield asked
    finally:
        del kind.__getitem__


@contextlib.contextmanager
def _settings_asked_for() -> Iterator[set[str]]:
    """Record which of Matplotlib's settings are read inside the block."""
    from matplotlib import RcParams

    original = RcParams.__getitem__
    asked: set[str] = set()

    def looked_up(settings: RcParams, name: str) -> object:
        asked.add(name)
        # Ten thousand times a figure; all that the original does beside this is to find a backend.
        return original(settings, name) if name == "backend" else settings._get(name)

    RcParams.__getitem__ = looked_up
    try:
        yield asked
    finally:
        RcParams.__getitem__ = original


def settings(project: Project) -> bytes:
    """Try all settings of the style: an entry. A figure counts only those that it reads, so a bad one might go unseen."""
    style = load_style(project.style)
    _import_matplotlib()
    for scheme in SCHEMES:
        with applied(style, scheme):
            pass
    looks = {"asked": [], "hexes": [], "settings": None, "own_size": True}
    record = record_of(project, Trace(), (), looks | {"values": style_values(style, looks)})
    return pack({"record": record, "key": key_of(record)}, {})


def constants_of(module: ModuleType) -> dict[str, object]:
    """The upper-case numbers, texts and lists of these in a module, by lower-case name. It is noted that all of them count."""
    getattr(builtins, NOTE, str)(f"{module.__name__}:*")

    def admissible(value: object) -> bool:
        return isinstance(value, int | float | str) or isinstance(value, tuple | list) and all(map(admissible, value))

    return {
        name.lower(): drawing.plain(value)
        for name, value in vars(module).items()
        if name.isupper() and not name.startswith("_") and admissible(value)
    }


def make(project: Project, name: str) -> bytes:
    """Make one figure or collect one module's numbers: an entry for the store."""
    style = load_style(project.style)
    _import_matplotlib()
    with _recorder.recording() as trace, _same_for_all(project):
        module = importlib.import_module(f"{project.figures.name}.{name}")
        if hasattr(module, "draw"):
            content, parts, looks = _figure(project, module, name, style, trace)
        else:
            content, parts, looks = _numbers(module, name), {}, None
    content["script"] = _recorder.relative(module.__file__)
    record = record_of(project, trace, _recorder.tops, looks, script=module.__name__)
    return pack(content | {"record": record, "key": key_of(record)}, parts)


def _numbers(module: ModuleType, name: str) -> dict:
    doc = (module.__doc__ or "").strip()
    own = drawing.plain(module.facts()) if callable(getattr(module, "facts", None)) else {}
    return {
        "name": name,
        "title": doc.split("\n")[0].rstrip("."),
        "doc": doc,
        "parameters": [],
        "size": [],
        "facts": constants_of(module) | own,
        "description": "",
        "transforms": {},
    }


def _figure(
    project: Project, module: ModuleType, name: str, style: Style, trace: Trace
) -> tuple[dict, dict[str, bytes], dict]:
    figure = drawing.figure_module(module)
    computed = drawing.compute(figure)
    if not isinstance(computed.description, str):
        raise TypeError(f"describe() must return a text, got {type(computed.description).__name__}")
    live = hasattr(module, "LIVE")
    plain = {"parameters": drawing.plain(computed.parameters), "facts": drawing.plain(computed.facts)}
    with applied(style), _colours_asked_for() as asked, _settings_asked_for() as read:
        canvas = drawing.drawn(figure, with_ghosts(computed.data) if live else computed.data, style)
        recording = drawing.recorded(canvas)
        svg = drawing.save(recording, "svg", text_as_paths=False).decode()
        transforms = drawing.axes_transforms(canvas)
        still = drawing.recorded(drawing.drawn(figure, computed.data, style)) if live else recording
        files = {file_format: drawing.save(still, file_format) for file_format in ("svg", "png", "pdf")}
    files["csv"] = drawing.table(computed.data).encode()
    files["json"] = drawing.numbers(computed)
    content = {
        "name": name,
        "title": figure.title,
        "doc": (module.__doc__ or "").strip(),
        "parameters": [
            {"name": p.name, "type": p.type.__name__, "default": p.default, **asdict(p.domain)}
            for p in figure.parameters
        ],
        "size": list(figure.size or style.size),
        "facts": plain["facts"],
        "description": computed.description,
        "transforms": drawing.plain(transforms),
    }
    # Browsers show the title to whoever points at the drawing: where a question waits for its answer, that is the question.
    shown_title = (live and module.LIVE.ask) or figure.title
    inline = drawing.inline(svg, f"fig-{name}", shown_title, computed.description, style)
    if live:
        compiled = compile_live(module, canvas, computed, project.root, _recorder.quietly)
        # Their whole text is on the page, whether they ran here or not.
        trace.ran.update(f"{module_name}:{function}" for module_name, function in compiled["functions"])
        files["live"] = json.dumps(compiled).encode()
        inline = hidden(
            inline, f"fig-{name}", [key for key, artist in compiled["artists"].items() if "middle" in artist]
        )
    parts = {"inline": inline.encode(), "data": json.dumps(drawing.plain(computed.data)).encode(), **files}
    looks = {
        "asked": sorted(asked),
        "hexes": sorted(set(_HEX.findall(svg.lower()))),
        "settings": " ".join(sorted(read)),
        "own_size": bool(figure.size),
    }
    looks["values"] = style_values(style, looks)
    return content, parts, looks


def style_values(style: Style, looks: Mapping[str, object]) -> dict[str, object]:
    """What of the style can have mattered.

    A colour does where its name was looked up; or where its light value, however it got there, stands in the drawing,
    because the page's copy names it; or where it is written in a way that cannot be told in a drawing. A setting does where
    it was read, or may have been read for an earlier figure and the result kept.
    """
    values: dict[str, object] = {}
    read = None if looks["settings"] is None else set(looks["settings"].split())
    for name, value in style.palette("light").items():
        if name in looks["asked"] or value in looks["hexes"] or not _HEX.fullmatch(value):
            values[f"colours.{name}"] = value
    for name, value in style.rc.items():
        if read is None or name in read or name.partition(".")[0] in _KEPT_BY_MATPLOTLIB:
            values[f"rc.{name}"] = value
    if not looks["own_size"]:
        values["size"] = list(style.size)
    return values


DRAWN_BY = ("figure", "drawing", "freshness", "live", "making")
"""The rooms of the press that every drawing depends on."""


def environment() -> dict[str, str]:
    """What every drawing depends on beside the project: versions, and the press's own code."""
    return {
        "Python": ".".join(map(str, sys.version_info[:3])),
        "figpress": version_of_rooms(*DRAWN_BY),
        **{name: version_of(name) for name in _DRAW},
    }


_DRAW = ("numpy", "matplotlib", "pillow", "contourpy", "kiwisolver", "pyparsing", "font-source-sans-pro")


# A worker draws for one build, and what it has imported does not change under it.
_environment_of_this_process = functools.cache(environment)


def version_of(distribution: str) -> str:
    """The installed version of a distribution, "" where there is none."""
    try:
        text = importlib.metadata.distribution(distribution).read_text("METADATA") or ""
    except importlib.metadata.PackageNotFoundError:
        return ""
    # Not by importlib.metadata.version: it parses the whole file, licences and all, in each warm build.
    found = re.search(r"^Version: *(\S+)", text, re.MULTILINE)
    return found[1] if found else ""


# What is installed does not change under a worker.
_providers = functools.cache(importlib.metadata.packages_distributions)


def distributions(roots: set[str]) -> dict[str, str]:
    """Versions of the packages that provide the given modules, but for those that count for every figure."""
    others = roots - set(sys.stdlib_module_names) - {"numpy", "matplotlib", "figpress"}
    providers = _providers() if others else {}
    return {name: version_of(name) for root in sorted(others) for name in sorted(set(providers.get(root, ())))}


def record_of(
    project: Project,
    trace: Trace,
    tops: Iterable[str],
    looks: dict | None,
    *,
    script: str = "",
    cells: str = "",
) -> dict:
    """All that a run depended on, in a form that can be compared later.

    Args:
        project: whose code ran.
        trace: what was watched.
        tops: the project's own top-level modules.
        looks: what of the style was used, None where nothing is drawn in it.
        script: the module whose docstring counts.
        cells: the code of a notebook.
    """
    record = {
        "environment": _environment_of_this_process(),
        "searched": {name: [folders, found] for name, (folders, found) in sorted(trace.searched.items())},
        "paths": dict(sorted(trace.paths.items())),
        "sources": {name: digest(source) for name, source in sorted(trace.sources.items())},
        "ran": [list(pair) for pair in trace.functions() if pair[0] in trace.sources],
        "everything_of": [name for name in trace.counting_whole() if name in trace.sources],
        "script": script,
        "cells": cells,
        "files": dict(sorted(trace.files.items())),
        "listings": dict(sorted(trace.listings.items())),
        "looks": looks,
    }
    modules, ran = _code_that_ran(record, lambda name: cut_for(project, record, name, trace.sources[name]))
    roots = import_roots(modules, ran)
    return record | {
        "code": dependencies(modules, ran, record["everything_of"]),
        "distributions": distributions(roots - set(tops)),
        "tops": {root: root in tops for root in sorted(roots)},
    }


def cut_for(project: Project, record: Mapping[str, dict], name: str, source: bytes) -> ModuleCode:
    """Cut one of the modules that a record names."""
    is_package, is_script = record["paths"][name].endswith("/__init__.py"), name == record["script"]
    return _kept_cut(project.cache, source, name, is_package, is_script, project.pure)


@functools.lru_cache(10_000)
def _kept_cut(
    cache: Path, source: bytes, name: str, is_package: bool, is_script: bool, pure: frozenset[str]
) -> ModuleCode:
    """Cut a module, or read how it was cut before: all modules of a project take longer than drawing one figure.

    The cache is trusted as far as Python trusts its own, of bytecode. What is given is not to be changed: most figures share it.
    """
    store = Store(cache / "code")
    made_by = (
        code.__name__,
        version_of_source(code.__file__),
        sys.version_info[:3],
        name,
        is_package,
        is_script,
        sorted(pure),
    )
    key = digest(repr(made_by).encode() + source)
    with contextlib.suppress(Damaged):
        entry, content = store.load(store.place(name) / f"{key}.entry")
        return pickle.loads(entry.parts(content)["cut"])
    made = cut(source, name, is_package=is_package, is_script=is_script, pure=pure)
    store.save(name, key, pack({}, {"cut": pickle.dumps(made)}))
    return made


def code_of(record: Mapping[str, object], module_code: Callable[[str], ModuleCode]) -> dict[str, object]:
    """The code a run depended on, given the modules and functions in its record and the modules' present code."""
    return dependencies(*_code_that_ran(record, module_code), record["everything_of"])


def _code_that_ran(
    record: Mapping[str, object], module_code: Callable[[str], ModuleCode]
) -> tuple[dict, list[tuple[str, str]]]:
    modules = {name: module_code(name) for name in record["sources"]}
    ran = [tuple(pair) for pair in record["ran"]]
    if record["cells"]:
        notebook = cut(record["cells"].encode(), "__notebook__", is_notebook=True)
        modules[notebook.name] = notebook
        ran += [(notebook.name, function) for function in notebook.bodies]
    return modules, ran


def key_of(record: Mapping[str, object]) -> str:
    """The name of an entry: a hash of all it depends on. Of sources and style that is the part that counts, not the whole."""
    counting = {"sources": sorted(record["sources"]), "looks": record["looks"] and record["looks"]["values"]}
    return digest(json.dumps(record | counting, sort_keys=True, ensure_ascii=False))

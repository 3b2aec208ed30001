"""Make one figure, or the numbers of a module that draws nothing.

The project's code runs in ``run``, which is given a process of its own; ``entry_of`` makes an entry for the store of what it
gives, where much is known from the figures before.
"""

import builtins
import gc
import importlib
import json
import os
import random
import sys
import warnings
from dataclasses import asdict, dataclass
from types import ModuleType

from figpress.drawing import inline_svg, render, tables
from figpress.drawing.style import HEX, SCHEMES, Style, applied, load_style
from figpress.drawing.style_use import StyleUse
from figpress.drawing.tricks import ColoursAskedFor, SettingsAskedFor
from figpress.figure import computing
from figpress.freshness.record import record_of
from figpress.freshness.trace import NOTE, Recorder, Trace
from figpress.live.artists import half_told, hidden, with_ghosts
from figpress.live.bundle import compile_live
from figpress.making.environment import DRAWN_BY, environment_of_this_process
from figpress.project import Project
from figpress.store import pack


@dataclass(frozen=True)
class Made:
    """What a run gave: the header of its entry, the parts, and what was seen meanwhile."""

    content: dict[str, object]
    parts: dict[str, bytes]
    trace: Trace
    top_level: tuple[str, ...] = ()
    script: str = ""
    style_use: dict[str, object] | None = None


def entry_of(project: Project, made: Made, made_for: str) -> bytes:
    """What was made, with all that it depended on, as an entry for the store."""
    record = record_of(
        project,
        made.trace,
        made.top_level,
        environment_of_this_process(DRAWN_BY),
        style_use=made.style_use,
        script=made.script,
    )
    return pack(made.content | record.header(made_for), made.parts)


def try_settings(project: Project) -> Made:
    """Try all settings of the style. A figure counts only those that it reads, so a bad one might go unseen."""
    style = load_style(project.style)
    for scheme in SCHEMES:
        with applied(style, scheme):
            pass
    return Made({}, {}, Trace(), style_use=StyleUse([], [], None, True).fields(style))


def constants_of(module: ModuleType) -> dict[str, object]:
    """The upper-case numbers, texts and lists of these in a module, by lower-case name. It is noted that all of them count."""
    getattr(builtins, NOTE, str)(f"{module.__name__}:*")

    def admissible(value: object) -> bool:
        return isinstance(value, int | float | str) or isinstance(value, tuple | list) and all(map(admissible, value))

    return {
        name.lower(): computing.plain(value)
        for name, value in vars(module).items()
        if name.isupper() and not name.startswith("_") and admissible(value)
    }


def run(project: Project, recorder: Recorder, name: str) -> Made:
    """Run one figure, or collect one module's numbers; to be called in a process that ends with it."""
    # The process ends with the figure, and what the collector would free till then is little: its looking takes 3 % of the time.
    gc.disable()
    if name in sys.stdlib_module_names | {"figpress", "matplotlib", "numpy"}:
        raise ValueError("every script beside it would import it instead of the module of that name: call it otherwise")
    if not name.isidentifier():
        raise ValueError(
            "pages and Python write names of letters, digits and _, with no digit first: call it otherwise"
        )
    style = load_style(project.style)
    os.chdir(project.root)
    random.seed(0)
    importlib.import_module("numpy").random.seed(0)
    with recorder.recording() as trace, warnings.catch_warnings():
        # A glyph that the font lacks, a division by zero: nobody would read of it.
        warnings.simplefilter("error", UserWarning)
        warnings.simplefilter("error", RuntimeWarning)
        module = importlib.import_module(f"{project.figures.name}.{name}")
        if hasattr(module, "draw"):
            content, parts, use = _figure(recorder, module, name, style)
        else:
            content, parts, use = _numbers(module, name), {}, None
    content["script"] = recorder.relative(module.__file__)
    top_level = tuple(recorder.top_level)
    return Made(content, parts, trace, top_level, module.__name__, use and use.fields(style))


def _numbers(module: ModuleType, name: str) -> dict:
    doc = (module.__doc__ or "").strip()
    own = computing.returned("facts", dict, module.facts()) if callable(getattr(module, "facts", None)) else {}
    return {
        "name": name,
        "title": doc.split("\n")[0].rstrip("."),
        "doc": doc,
        "parameters": [],
        "size": [],
        "facts": constants_of(module) | computing.plain(own),
        "description": "",
        "transforms": {},
    }


def _figure(
    recorder: Recorder, module: ModuleType, name: str, style: Style
) -> tuple[dict[str, object], dict[str, bytes], StyleUse]:
    figure = computing.figure_module(module)
    computed = computing.compute(figure)
    live = hasattr(module, "LIVE")
    with applied(style), ColoursAskedFor() as colours, SettingsAskedFor() as settings:
        shown = with_ghosts(computed.data) if live else computed.data
        canvas = render.drawn(figure, shown, style)
        recording = render.recorded(canvas)
        svg = render.save(recording, "svg", text_as_paths=False).decode()
        transforms = inline_svg.axes_transforms(canvas)
        # Drawn once more only where the page's drawing holds what is not to be seen.
        still = recording if shown is computed.data else render.recorded(render.drawn(figure, computed.data, style))
        files = {file_format: render.save(still, file_format) for file_format in ("svg", "png", "pdf")}
    files["csv"] = tables.table_file(computed.data)
    files["json"] = tables.numbers(computed)
    content = {
        "name": name,
        "title": figure.title,
        "doc": (module.__doc__ or "").strip(),
        "parameters": [
            {"name": p.name, "type": p.type.__name__, "default": p.default, **asdict(p.domain)}
            for p in figure.parameters
        ],
        "size": list(figure.size or style.size),
        "facts": computing.plain(computed.facts),
        "description": computed.description,
        "transforms": computing.plain(transforms),
    }
    # Browsers show the title to whoever points at the drawing: where a question waits for its answer, that is the question.
    shown_title = (live and module.LIVE.ask) or figure.title
    inline = inline_svg.inline(svg, f"fig-{name}", shown_title, computed.description, style)
    if live:
        compiled = compile_live(module, canvas, computed, recorder.root, recorder.paused)
        # Their whole text is on the page, whether they ran here or not.
        recorder.trace.ran.update(f"{module_name}:{function}" for module_name, function in compiled.functions)
        files["live"] = json.dumps(asdict(compiled)).encode()
        inline = hidden(inline, f"fig-{name}", [key for key, artist in compiled.artists.items() if "middle" in artist])
        inline = half_told(inline, f"fig-{name}", compiled.windows)
    parts = {"inline": inline.encode(), "data": json.dumps(computing.plain(computed.data)).encode(), **files}
    hexes = sorted(set(HEX.findall(svg.lower())))
    use = StyleUse(sorted(colours.asked), hexes, sorted(settings.asked), own_size=bool(figure.size))
    return content, parts, use

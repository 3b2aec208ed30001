"""The scripts of live figures: each figure's own, and the one that all share."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib import resources
from pathlib import Path
from types import ModuleType

from figpress.drawing.typefaces import TEXT_CUTS, Typefaces
from figpress.figure import computing
from figpress.figure.facts import shown_number
from figpress.figure.parameters import Choice, Parameter, Range, Text, slider_position, slider_value
from figpress.labels import DEFAULTS, IN_SCRIPTS
from figpress.live.artists import Live
from figpress.live.compact import compact
from figpress.live.compiled import CompiledFigure
from figpress.live.expressions import CompileError
from figpress.live.javascript import literal
from figpress.live.program import Program
from figpress.live.scales import axes_and_artists, scaled, windows

RUNTIME = "assets/live.js"
"""Address of the script that all live figures share."""

DOWNLOAD = "assets/download.js"
"""Beside it, what is loaded when a reader takes away what is seen."""


def compile_live(
    module: ModuleType,
    canvas,
    computed: computing.Computed,
    root: Path,
    paused: Callable[[], AbstractContextManager] = nullcontext,
) -> CompiledFigure | None:
    """Compile a live figure; None where the module is not live.

    Args:
        module: the figure's module.
        canvas: its drawing with default parameters, after it was saved (its layout is final then).
        computed: what was drawn.
        root: the project's root, for names of files in messages.
        paused: a context in which source files are read; what is read outside of it, by functions whose value is
            computed here, is data.

    Raises:
        CompileError: something cannot be compiled or moved; the message names file and line where it can.
    """
    live = getattr(module, "LIVE", None)
    if live is None:
        return None
    figure = computing.figure_module(module)
    _check(live, figure, computed)
    places, artists = axes_and_artists(canvas, computed.data)
    for key, names in live.drag.items():
        _check_drag(key, names, artists, places, figure.parameters)
    program = Program(root, paused)
    for name, function in SHARED.items():
        program.know(function, f"figpress.{name}")
    fixed = {
        parameter.name: parameter.default for parameter in figure.parameters if parameter.name not in live.controls
    }
    names = {
        name: program.add(getattr(module, name), fixed if name == "data" else None)
        for name in ("data", "facts", "describe")
    }
    content = {
        "name": figure.name,
        "parameters": [_described(parameter) for parameter in figure.parameters],
        "axes": places,
        "artists": artists,
        "play": live.play,
        "pace": live.pace,
        "begin": dict(live.begin),
        "verdict": live.verdict,
        "drag": {key: list(pair) for key, pair in live.drag.items()},
        "pick": {key: list(pair) for key, pair in live.pick.items()},
        "rows": {key: dict(sets) for key, sets in live.rows.items()},
        "script": root_name(module),
    }
    arguments = ", ".join(f"p.{parameter.name}" for parameter in figure.parameters)
    refused = ""
    if relied_on := sorted(program.relied_on):
        changed = " || ".join(f"p.{name} !== {literal(fixed[name])}" for name in relied_on)
        refused = f"if ({changed}) figpress.python.raise({literal(f'on a page {relied_on} stay as they are')}); "
    script = "\n".join(
        [
            # When a page is swapped for another, its scripts may arrive in any order.
            "(window.figpressWaiting = window.figpressWaiting || []).push(function (figpress) {",
            '"use strict";',
            *(f"var {helper} = figpress.python.{helper[3:]};" for helper in program.helpers),
            program.script,
            f"var figure = {literal(content)};",
            f"figure.data = function (p) {{ p = figpress.complete(figure, p); {refused}"
            f"return {names['data']}({arguments}); }};",
            f"figure.facts = {names['facts']};",
            f"figure.describe = {names['describe']};",
            "figpress.add(figure);",
            "});",
            "window.figpress && figpress.begin && figpress.begin();",
            "",
        ]
    )
    return CompiledFigure(
        script=compact(script),
        functions=[list(pair) for pair in sorted(program.functions)],
        exact=program.exact,
        fixed=relied_on,
        controls=list(live.controls),
        play=live.play,
        ask=live.ask,
        verdict=live.verdict,
        elsewhere=[live.elsewhere[0], computing.plain(live.elsewhere[1]())] if live.elsewhere else [],
        extras=[*["picks"] * bool(live.pick or live.rows), *["elsewhere"] * bool(live.elsewhere)],
        artists=artists,
        axes=places,
        drag=content["drag"],
        windows=windows(canvas, live.known),
    )


def root_name(module: ModuleType) -> str:
    """The script's path as one types it at the project's root."""
    return module.__name__.replace(".", "/") + ".py"


def _described(parameter: Parameter) -> dict:
    domain = parameter.domain
    base = {"name": parameter.name, "default": parameter.default}
    if isinstance(domain, Choice):
        return {**base, "options": list(domain.options)}
    if isinstance(domain, Text):
        return {**base, "text": True}
    scale = {} if domain.scale == "linear" else {"scale": domain.scale}
    whole = parameter.type is int
    return {**base, "low": domain.low, "high": domain.high, "open": domain.open_low, "whole": whole, **scale}


def _check(live: Live, figure: computing.FigureModule, computed: computing.Computed) -> None:
    parameters = {parameter.name: parameter for parameter in figure.parameters}
    dragged = {name for pair in live.drag.values() for name in pair if name}
    picked = {*(name for name, _ in live.pick.values()), *(name for sets in live.rows.values() for name in sets)}
    for name in {*live.controls, *dragged, *picked, *live.begin, *filter(None, [live.play])}:
        if name not in parameters:
            raise CompileError(f"LIVE: there is no parameter {name!r}")
        parameter = parameters[name]
        if isinstance(parameter.domain, Range) and parameter.domain.step is None:
            raise CompileError(f"LIVE: the Range of {name} needs a step")
        if name not in live.controls:
            raise CompileError(
                f"LIVE: {name} is set by play, by dragging, by a click or to begin with, so it needs a control as well"
            )
    for kind, pairs in (("begin", live.begin.items()), ("pick", live.pick.values())):
        for name, value in pairs:
            try:
                parameters[name].parse(value)
            except ValueError as error:
                raise CompileError(f"LIVE: {kind}: {error}") from None
    if live.elsewhere and live.elsewhere[0] not in live.controls:
        raise CompileError(f"LIVE: elsewhere: {live.elsewhere[0]} needs a control")
    for key, sets in live.rows.items():
        for row in computed.facts.get(key) or [{}]:
            if not set(sets.values()) <= set(row):
                raise CompileError(f"LIVE: rows={key!r} is no fact whose rows have {', '.join(sorted(sets.values()))}")
    if live.play and parameters[live.play].type is not int:
        raise CompileError(f"LIVE: play={live.play!r} must be a whole number (int)")
    if live.verdict and not isinstance(computed.facts.get(live.verdict), str):
        raise CompileError(f"LIVE: verdict={live.verdict!r} must be a fact that is a text")
    if live.known and not live.ask:
        raise CompileError("LIVE: known: what answers waits only where the figure asks")


def _check_drag(
    key: str,
    names: tuple[str | None, str | None],
    artists: Mapping[str, dict],
    places: list,
    parameters: Iterable[Parameter],
) -> None:
    if artists.get(key, {}).get("kind") != "line":
        raise CompileError(f"LIVE: drag={key!r} is no point drawn with plot()")
    logarithmic = {p.name for p in parameters if isinstance(p.domain, Range) and p.domain.scale == "log"}
    for name, direction in zip(names, "xy", strict=True):
        scale = places[artists[key]["axes"]][direction]["scale"] if name else ["linear"]
        if scale[0] != "linear" and not (scale[:2] == ["log", 1.0] and name in logarithmic):
            raise CompileError(
                f"LIVE: drag={key!r} needs a linear axis, or one that is logarithmic to base 10 as the Range of {name} is"
            )


# The page

SHARED = {"scaled": scaled, "shown": shown_number, "position": slider_position, "valueAt": slider_value}
"""What all pages with a live figure have, compiled, by its name there."""


def version_of_script(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def script_address(page: str) -> str:
    """Where the compiled functions of a page's live figures are published, by the page's address."""
    return f"assets/live/{page.removesuffix('/').removesuffix('.html') or 'index'}.js"


def script_of_page(site, page: str) -> str:
    """The compiled functions of all live figures of a page: in one script, since they have much in common, which packs well."""
    shown = [site.figures[name] for name, pages in site.shown_figures.items() if page in pages and name in site.figures]
    figures = [figure.live for figure in shown if figure.live]
    extras = sorted({name for live in figures for name in live.extras})
    return "".join([*map(_extra, extras), *(live.script for live in figures)])


@cache
def _extra(name: str) -> str:
    """A script for the pages that need it."""
    return compact((resources.files("figpress.live") / f"{name}.js").read_text(encoding="utf-8"))


def assets(site) -> dict[str, str]:
    """The scripts of all pages by their address in the site; empty where no figure is live."""
    pages = sorted({page for pages in list(site.shown_figures.values()) for page in pages})
    found = {script_address(page): script for page in pages if (script := script_of_page(site, page))}
    return {RUNTIME: runtime(site.labels), **found} if found else {}


def download(fonts: Typefaces, contents: Mapping[str, bytes]) -> str:
    """The script that makes a file of what is seen, with the fonts that such a file may bring: by the names of cuts, WOFF2."""
    cuts = {name: (css, base64.b64encode(contents[name]).decode()) for name, css in TEXT_CUTS.items()}
    return f"figpress.fonts={json.dumps({'family': fonts.family, 'cuts': cuts})};\n{_extra('download')}"


def runtime(labels: Mapping[str, str] = DEFAULTS) -> str:
    """The script that all live figures share: its words, what Python means, compiled functions of figpress, moving of artists."""
    words = {name: labels[name] for name in IN_SCRIPTS}
    return f"window.figpressWords={json.dumps(words, ensure_ascii=False, separators=(',', ':'))};\n{_runtime()}"


@cache
def _runtime() -> str:
    folder = resources.files("figpress.live")
    program = Program(Path(__file__).parents[1])
    names = {name: program.add(function) for name, function in SHARED.items()}
    compiled = "\n".join(
        [
            "(function (py) {",
            '"use strict";',
            *(f"var {helper} = py.{helper[3:]};" for helper in program.helpers),
            program.script,
            *(f"figpress.{name} = {target};" for name, target in names.items()),
            "})(figpress.python);",
        ]
    )
    parts = [
        (folder / "python.js").read_text(encoding="utf-8"),
        compiled,
        (folder / "live.js").read_text(encoding="utf-8"),
    ]
    return "".join(map(compact, parts))

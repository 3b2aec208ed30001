"""Live figures: the same drawing, in which the browser moves the named artists as the compiled Python says.

A figure's module becomes live by a constant ``LIVE = Live(...)``. Artists that are to move are drawn with ``plot``,
``fill`` and ``label``: these take their coordinates from ``data[key]``, and so does the page. Without JavaScript the
figure is still.
"""

import hashlib
import html
import math
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from math import log10
from pathlib import Path
from types import ModuleType

from figpress.drawing import render as drawing
from figpress.figure.facts import shown_number
from figpress.figure.parameters import Choice, Parameter, Range, slider_position, slider_value
from figpress.live.compiler import CompileError, Program, literal

RUNTIME = "assets/live.js"
"""Address of the script that all live figures share."""


@dataclass(frozen=True)
class Live:
    """What makes a figure live.

    Attributes:
        controls: the parameters that get a control, in this order.
        play: a whole-number parameter that the buttons play, step and back move.
        pace: milliseconds between two steps of play.
        begin: values with which the page begins in place of the defaults, where the still drawing tells what the reader
            is asked.
        drag: by key of a drawn point the parameters that it sets when dragged, across and up (either may be None). On a
            linear axis the point stands at the position of the parameter's slider, on a logarithmic one at the parameter.
        ask: the question to answer by trying.
        verdict: the key of the fact, a text, that answers it; the page shows it after the reader's first move or on
            request, and at once where no scripts run and in print.
    """

    controls: tuple[str, ...]
    play: str = ""
    pace: int = 700
    begin: Mapping[str, float | int | str] = field(default_factory=dict)
    drag: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    ask: str = ""
    verdict: str = ""


# Drawing


def plot(axes, data: Mapping[str, dict], key: str, **style):
    """A line, markers or both through ``data[key]["x"]`` and ``["y"]`` (lists; NaN lifts the pen), under that name."""
    x, y, place = _place(axes, data[key])
    [line] = axes.plot(x, y, gid=key, **place, **style)
    return line


def fill(axes, data: Mapping[str, dict], key: str, **style):
    """An area with the corners ``data[key]["x"]`` and ``["y"]`` (lists), under that name."""
    x, y, place = _place(axes, data[key])
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    outline = (
        Outline([*zip(x, y, strict=True), (x[0], y[0])], closed=True) if len(x) else Outline([(math.nan, math.nan)])
    )
    area = PathPatch(outline, gid=key, **place, **{"linewidth": 0, **style})
    axes.add_patch(area)
    return area


def label(axes, data: Mapping[str, dict], key: str, dx: float = 0.0, dy: float = 0.0, **style):
    """``data[key]["text"]``, ``dx`` and ``dy`` points beside the place ``["x"]``, ``["y"]``, under that name."""
    entry = data[key]
    ghost = entry.get("ghost", False)
    note = axes.annotate(
        "x" if ghost else entry["text"],
        (0.5, 0.5) if ghost else (entry["x"], entry["y"]),
        xytext=(dx, dy),
        xycoords="axes fraction" if ghost else "data",
        textcoords="offset points",
        annotation_clip=False,
        gid=key,
        rotation_mode="anchor",
        **style,
    )
    # What moves must not move the axes.
    note.set_in_layout(False)
    return note


def _place(axes, entry: Mapping[str, list]) -> tuple[list, list, dict]:
    if entry.get("ghost"):
        return [0.5], [0.5], {"transform": axes.transAxes}
    return entry["x"], entry["y"], {}


def _is_drawable(entry: object) -> bool:
    return isinstance(entry, Mapping) and "x" in entry and "y" in entry


def _is_empty(entry: Mapping) -> bool:
    return entry["text"] == "" if "text" in entry else len(entry["x"]) == 0


def with_ghosts(data: Mapping[str, object]) -> dict:
    """The data with a stand-in for all that is not drawn just now, so that the page has an element to move later."""
    return {
        key: {**entry, "ghost": True} if _is_drawable(entry) and _is_empty(entry) else entry
        for key, entry in data.items()
    }


def hidden(svg: str, figure_id: str, keys: Iterable[str]) -> str:
    """An inlined drawing in which the stand-ins cannot be seen."""
    for key in keys:
        svg = svg.replace(f'<g id="{figure_id}-{key}"', f'<g id="{figure_id}-{key}" visibility="hidden"', 1)
    return svg


# Binding artists to data


def scaled(value: float, scale: str, base: float, threshold: float, linear: float) -> float:
    """Where ``value`` lies along an axis, in units that are even on paper; the page uses it too, compiled."""
    if scale == "linear" or scale == "symlog" and abs(value) <= threshold:
        return value * linear
    if scale == "log":
        return log10(value) / base if value > 0 else -1e9
    distance = threshold * (linear + log10(abs(value) / threshold) / base)
    return distance if value > 0 else -distance


def _axis(axis, limits: tuple[float, float], ends: tuple[float, float]) -> dict:
    """How one axis of the drawing puts numbers in their places: ``start + slope * scaled(value, *scale)``."""
    transform, name = axis.get_transform(), axis.get_scale()
    if name == "linear":
        scale = ["linear", 1.0, 0.0, 1.0]
    elif name == "log":
        scale = ["log", log10(transform.base), 0.0, 1.0]
    elif name == "symlog":
        scale = ["symlog", log10(transform.base), transform.linthresh, transform.linscale / (1 - 1 / transform.base)]
    else:
        raise CompileError(f"an axis of a live figure must be linear, log or symlog, got {name}")
    low, high = (scaled(float(limit), *scale) for limit in limits)
    slope = (ends[1] - ends[0]) / (high - low)
    return {"scale": scale, "slope": slope, "start": ends[0] - slope * low}


def bindings(canvas, data: Mapping[str, object]) -> tuple[list[dict], dict[str, dict]]:
    """The axes of a saved drawing, and for every key of the data with a moving artist: its axes and its kind.

    Raises:
        CompileError: an artist cannot be moved by the page as Matplotlib would draw it.
    """
    from matplotlib.lines import Line2D
    from matplotlib.patches import PathPatch
    from matplotlib.text import Text

    kinds = {Line2D: "line", PathPatch: "area", Text: "text"}
    places, artists = [], {}
    for number, axes in enumerate(canvas.axes):
        place = drawing.place_of(axes)
        named = [artist for artist in axes.get_children() if _is_drawable(data.get(artist.get_gid()))]
        for artist in named:
            key = artist.get_gid()
            kind = next((kinds[base] for base in kinds if isinstance(artist, base)), None)
            reason = _refusal(artist, kind, data[key]) or (f"{key!r} names two artists" if key in artists else "")
            if reason:
                raise CompileError(f"the artist {key!r} cannot move: {reason}")
            artists[key] = {"axes": number, "kind": kind}
            if _is_empty(data[key]):
                artists[key]["middle"] = [(place["left"] + place["right"]) / 2, (place["top"] + place["bottom"]) / 2]
        if named and (axes.get_autoscalex_on() or axes.get_autoscaley_on()):
            raise CompileError(
                f"axes {axes.get_label()!r}: set its limits, xlim and ylim; those of a live figure stay as they are"
            )
        places.append(
            {
                "x": _axis(axes.xaxis, axes.get_xlim(), (place["left"], place["right"])),
                "y": _axis(axes.yaxis, axes.get_ylim(), (place["bottom"], place["top"])),
            }
            if named
            else None
        )
    return drawing.plain(places), drawing.plain(artists)


def _refusal(artist, kind: str | None, entry: Mapping[str, object]) -> str:
    """Why an artist's element on the page cannot follow the data; empty where it can."""
    if kind is None:
        return "draw it with plot(), fill() or label()"
    if kind == "line" and (artist.get_drawstyle() != "default" or artist.get_markevery() is not None):
        return "it has a drawstyle or markevery; give the points themselves"
    if kind == "text" and (
        artist.get_bbox_patch() is not None
        or "\n" in artist.get_text()
        or "$" in artist.get_text()
        or artist.get_path_effects()
        or getattr(artist, "arrow_patch", None)
    ):
        return "its text has a box, an arrow, an effect, mathematics or two lines"
    if kind == "text" and artist.get_rotation() % 360 and artist.get_rotation_mode() != "anchor":
        return "it is turned; draw it with label()"
    if kind == "line" and not _is_empty(entry):
        drawn, wanted = ([float(v) for v in values] for values in (artist.get_xdata(orig=True), entry["x"]))
        if len(drawn) != len(wanted) or any(a != b and a == a for a, b in zip(drawn, wanted, strict=True)):
            return "it is not drawn from the data of that name; use plot()"
    return ""


# Compiling


def compile_live(
    module: ModuleType,
    canvas,
    computed: drawing.Computed,
    root: Path,
    quietly: Callable[[], AbstractContextManager] = nullcontext,
) -> dict | None:
    """Compile a live figure; None where the module is not live.

    Args:
        module: the figure's module.
        canvas: its drawing with default parameters, after it was saved (its layout is final then).
        computed: what was drawn.
        root: the project's root, for names of files in messages.
        quietly: a context in which source files are read; what is read outside of it, by functions whose value is
            computed here, is data.

    Returns:
        A dictionary of plain values: the script, what the page's controls need, ``functions`` as (module, qualified
        name), all of whose bodies are in the script, and ``exact``, whether the results must agree to the last bit.

    Raises:
        CompileError: something cannot be compiled or moved; the message names file and line where it can.
    """
    live = getattr(module, "LIVE", None)
    if live is None:
        return None
    figure = drawing.figure_module(module)
    _check(live, figure, computed)
    places, artists = bindings(canvas, computed.data)
    for key, names in live.drag.items():
        _check_drag(key, names, artists, places, figure.parameters)
    program = Program(root, quietly)
    for name, function in SHARED.items():
        program.know(function, f"figpress.{name}")
    names = {name: program.add(getattr(module, name)) for name in ("data", "facts", "describe")}
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
        "script": root_name(module),
    }
    arguments = ", ".join(f"p.{parameter.name}" for parameter in figure.parameters)
    script = "\n".join(
        [
            # When a page is swapped for another, its scripts may arrive in any order.
            "(window.figpressWaiting = window.figpressWaiting || []).push(function (figpress) {",
            '"use strict";',
            *(f"var {helper} = figpress.python.{helper[3:]};" for helper in program.helpers),
            program.script,
            f"var figure = {literal(content)};",
            f"figure.data = function (p) {{ p = figpress.complete(figure, p); return {names['data']}({arguments}); }};",
            f"figure.facts = {names['facts']};",
            f"figure.describe = {names['describe']};",
            "figpress.add(figure);",
            "});",
            "window.figpress && figpress.begin && figpress.begin();",
            "",
        ]
    )
    return {
        "script": script,
        "functions": sorted(program.functions),
        "exact": program.exact,
        "controls": list(live.controls),
        "play": live.play,
        "ask": live.ask,
        "verdict": live.verdict,
        "artists": artists,
        "axes": places,
        "drag": content["drag"],
    }


def root_name(module: ModuleType) -> str:
    """The script's path as one types it at the project's root."""
    return module.__name__.replace(".", "/") + ".py"


def _described(parameter: Parameter) -> dict:
    domain = parameter.domain
    base = {"name": parameter.name, "default": parameter.default}
    if isinstance(domain, Choice):
        return {**base, "options": list(domain.options)}
    scale = {} if domain.scale == "linear" else {"scale": domain.scale}
    whole = parameter.type is int
    return {**base, "low": domain.low, "high": domain.high, "open": domain.open_low, "whole": whole, **scale}


def _check(live: Live, figure: drawing.FigureModule, computed: drawing.Computed) -> None:
    parameters = {parameter.name: parameter for parameter in figure.parameters}
    dragged = {name for pair in live.drag.values() for name in pair if name}
    for name in {*live.controls, *dragged, *live.begin, *filter(None, [live.play])}:
        if name not in parameters:
            raise CompileError(f"LIVE: there is no parameter {name!r}")
        parameter = parameters[name]
        if not isinstance(parameter.domain, Choice) and parameter.domain.step is None:
            raise CompileError(f"LIVE: the Range of {name} needs a step")
        if name not in live.controls:
            raise CompileError(
                f"LIVE: {name} is set by play, by dragging or to begin with, so it needs a control as well"
            )
    for name, value in live.begin.items():
        try:
            parameters[name].parse(value)
        except ValueError as error:
            raise CompileError(f"LIVE: begin: {error}") from None
    if live.play and parameters[live.play].type is not int:
        raise CompileError(f"LIVE: play={live.play!r} must be a whole number (int)")
    if live.verdict and not isinstance(computed.facts.get(live.verdict), str):
        raise CompileError(f"LIVE: verdict={live.verdict!r} must be a fact that is a text")


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


def _words(parameter: Mapping[str, object]) -> str:
    symbol = f'<span class="fp-symbol">{html.escape(parameter["symbol"])}</span> ' if parameter["symbol"] else ""
    return symbol + html.escape(parameter["label"] or (parameter["name"] if not symbol else ""))


def _control(figure_id: str, parameter: Mapping[str, object]) -> str:
    name, default, identity = parameter["name"], parameter["default"], f"{figure_id}-set-{parameter['name']}"
    label_html = f'<label for="{identity}">{_words(parameter)}</label>'
    if "options" in parameter:
        options = "".join(
            f"<option{' selected' if option == default else ''}>{html.escape(option)}</option>"
            for option in parameter["options"]
        )
        select = f'<select id="{identity}" name="{name}" autocomplete="off">{options}</select>'
        return f'<div class="fp-control">{label_html}{select}</div>'
    scale, value = parameter["scale"], "∞" if default == math.inf else f"{default:.12g}"
    low, high, at = (slider_position(parameter[key], scale) for key in ("low", "high", "default"))
    # A value that is not admitted cannot be the lowest of a slider.
    low += parameter["step"] if parameter["open_low"] else 0
    numbers = {"min": low, "max": high, "step": parameter["step"], "value": at}
    bounds = " ".join(f'{key}="{number:.12g}"' for key, number in numbers.items())
    heard = f' aria-valuetext="{value}"' if scale != "linear" else ""
    spoken = html.escape(parameter["label"] or parameter["symbol"] or name, quote=True)
    unit = f'<span class="fp-unit">{html.escape(parameter["unit"])}</span>' if parameter["unit"] else ""
    # A text, since a field of numbers takes no decimal comma in some languages, and has no infinity. The keys of numbers alone
    # have no minus on some phones.
    keys = "decimal" if 0 <= parameter["low"] and parameter["high"] < math.inf else "text"
    return (
        f'<div class="fp-control">{label_html}'
        f'<input type="range" id="{identity}" name="{name}" {bounds}{heard} autocomplete="off">'
        f'<span class="fp-value"><input type="text" name="{name}" value="{value}" inputmode="{keys}" autocomplete="off" '
        f'aria-label="{spoken}, as a number">{unit}</span></div>'
    )


def markup_above(site, figure) -> str:
    """What stands above the drawing of a live figure: the question."""
    live = getattr(figure, "live", None)
    return f'<p class="fp-ask">{html.escape(live["ask"])}</p>' if live and live["ask"] else ""


def markup_below(site, figure) -> str:
    """What stands below the drawing of a live figure: the controls, the answer and the scripts."""
    live = getattr(figure, "live", None)
    if not live:
        return ""
    figure_id = f"fig-{figure.name}"
    parameters = {parameter["name"]: parameter for parameter in figure.parameters}
    controls = "".join(_control(figure_id, parameters[name]) for name in live["controls"])
    reset = _button("reset", "Reset")
    if live["play"]:
        # Right below the drawing, so that both are seen at once.
        steps = (
            f"{_button('play', 'Play', 'aria-pressed=false')}{_button('step', 'Step')}{_button('back', 'Back')}{reset}"
        )
        controls = f'<div class="fp-buttons">{steps}</div>{controls}'
    else:
        controls = f'{controls}<div class="fp-buttons">{reset}</div>'
    answer = ""
    if live["verdict"]:
        verdict = html.escape(str(figure.facts[live["verdict"]]))
        # Below the controls, which a longer answer would push away from under the pointer.
        request = _button("answer", "Show the answer") if live["ask"] else ""
        answer = (
            f'<div class="fp-answer">{request}'
            f'<output class="fp-verdict" aria-live="off" tabindex="-1">{verdict}</output></div>'
        )
    still = "this.closest('figure').classList.add('fp-still')"
    scripts = "".join(
        f'<script defer src="{html.escape(site.url(address))}?{version}" onerror="{still}"></script>'
        for address, version in ((RUNTIME, _version(runtime())), (script_address(figure), _version(live["script"])))
    )
    return (
        '<div class="fp-live"><form class="fp-controls" novalidate><fieldset disabled>'
        f'<legend class="fp-unseen">Parameters</legend>{controls}</fieldset></form>'
        f'<p class="fp-status" role="status"></p><p class="fp-said fp-unseen" role="status"></p></div>{answer}{scripts}'
    )


def markup_beside(figure) -> str:
    """What stands in the quiet line under a live figure."""
    live = getattr(figure, "live", None)
    return f'<span class="fp-aside">{_button("copy", "Copy a link to this")}</span>' if live else ""


def markup_folded(figure) -> str:
    """What is folded under a live figure: the command that draws what is seen, and the drawing to take away."""
    if not getattr(figure, "live", None):
        return ""
    return (
        f'<p class="fp-aside"><code class="fp-command">python {html.escape(figure.script)}</code> '
        f"{_button('download', 'Download what I see')}</p>"
    )


def _button(does: str, words: str, state: str = "") -> str:
    return f'<button type="button" data-do="{does}"{state and " " + state}>{words}</button>'


def _version(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def script_address(figure) -> str:
    """Where the compiled functions of a figure are published."""
    return f"assets/live/{figure.name}.js"


def assets(results: Mapping[str, object]) -> dict[str, str]:
    """The scripts of all live figures by their address in the site; empty where none is live."""
    scripts = {script_address(result): result.live["script"] for result in results.values() if result.live}
    return {RUNTIME: runtime(), **scripts} if scripts else {}


@cache
def runtime() -> str:
    """The script that all live figures share: what Python means, compiled functions of figpress, moving of artists."""
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
    return "".join(_without_comments(part) for part in parts)


def _without_comments(script: str) -> str:
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"

"""The scales of a drawing's axes, which say where each puts numbers, and its artists, of which each follows a key of the data."""

from collections.abc import Mapping
from math import log10

from figpress.drawing import inline_svg
from figpress.figure import computing
from figpress.live.artists import is_drawable, is_empty
from figpress.live.expressions import CompileError


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
    # A page rounds to a thousandth of a point: more digits would only weigh.
    return {"scale": scale, "slope": _short(slope), "start": _short(ends[0] - slope * low)}


def _short(value: float) -> float:
    return float(f"{value:.9g}")


def axes_and_artists(canvas, data: Mapping[str, object]) -> tuple[list[dict], dict[str, dict]]:
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
        place = inline_svg.place_of(axes)
        named = [artist for artist in axes.get_children() if is_drawable(data.get(artist.get_gid()))]
        for artist in named:
            key = artist.get_gid()
            kind = next((kinds[base] for base in kinds if isinstance(artist, base)), None)
            reason = _refusal(artist, kind, data[key]) or (f"{key!r} names two artists" if key in artists else "")
            if reason:
                raise CompileError(f"the artist {key!r} cannot move: {reason}")
            artists[key] = {"axes": number, "kind": kind}
            if is_empty(data[key]):
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
    return computing.plain(places), computing.plain(artists)


def windows(canvas, known: Mapping[str, tuple[float, float]]) -> dict[str, list[float]]:
    """By name of an artist, how much of the sheet's width lies to the left and to the right of its range along x."""
    found = {}
    for axes in canvas.axes:
        for key in {artist.get_gid() for artist in axes.get_children()} & set(known):
            ends = (axes.get_xaxis_transform().transform((x, 0))[0] / canvas.bbox.width for x in known[key])
            left, right = (float(min(max(end, 0), 1)) for end in ends)
            found[key] = [left, 1 - right]
    if missing := sorted(set(known) - set(found)):
        raise CompileError(f"LIVE: known: nothing drawn is named {missing[0]!r}")
    return found


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
    if kind == "line" and not is_empty(entry):
        drawn, wanted = ([float(v) for v in values] for values in (artist.get_xdata(orig=True), entry["x"]))
        if len(drawn) != len(wanted) or any(a != b and a == a for a, b in zip(drawn, wanted, strict=True)):
            return "it is not drawn from the data of that name; use plot()"
    return ""

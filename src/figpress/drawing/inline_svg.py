"""A drawing as part of a page: SVG whose ids are its own, in colours that follow the page's scheme."""

import collections
import html
import re

from figpress.drawing.style import Style


def inline(svg: str, figure_id: str, title: str, description: str, style: Style) -> str:
    """Prepare an SVG for a page: unique ids, colours that follow the scheme, title and description for those who listen.

    The XML prologue goes, width and height become the business of CSS, and every colour of the light palette turns into
    the custom property of its name, with the light value behind it.
    """
    body = svg[svg.index("<svg") :]
    opening, rest = body.split(">", 1)
    view_box = re.search(r'viewBox="[^"]+"', opening).group()
    # A style element would rule the whole page; the site's stylesheet says the same for drawings alone.
    rest = re.sub(r"<style.*?</style>\s*", "", rest, flags=re.DOTALL)
    rest = re.sub(r"<metadata>.*?</metadata>\s*", "", rest, flags=re.DOTALL)
    # Two figures share nearly all of Matplotlib's element ids; in one page they must not.
    rest = re.sub(r'\bid="', f'id="{figure_id}-', rest)
    rest = re.sub(r'(href="#|url\(#)', rf"\g<1>{figure_id}-", rest)
    # The ground of a hatch, as a style like all other colours.
    rest = re.sub(r'(<rect [^>]*?)fill="(#[0-9a-f]{6})"', r'\1style="fill: \2"', rest)
    for name, value in style.palette("light").items():
        rest = re.sub(
            rf"(?<=[ :]){re.escape(value)}\b", f"var(--fig-{name.replace('_', '-')}, {value})", rest, flags=re.I
        )
    rest = _without_bulk(rest)
    # Artists in several axes may share a name; ids may not.
    seen = collections.Counter()

    def once(match: re.Match) -> str:
        seen[match[1]] += 1
        return match[0] if seen[match[1]] == 1 else f'id="{match[1]}-{seen[match[1]]}"'

    rest = re.sub(r'\bid="([^"]+)"', once, rest)
    labels = (
        f'<title id="{figure_id}-title">{html.escape(title)}</title>'
        f'<desc id="{figure_id}-desc">{html.escape(description)}</desc>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {view_box} role="img" '
        f'aria-labelledby="{figure_id}-title {figure_id}-desc">{labels}{rest.strip()}'
    )


# Where parts lie: not texts, whose place says how far they are from what they name, nor what other numbers are multiplied by.
_PLACES = re.compile(r'<(?!text)[a-z][^>]*? (?:d|x|y|width|height|points)="[^"]*"[^>]*>')
_FINE = re.compile(r"(?<![\w.])-?\d+\.\d{3,}(?!\w)")


def _rounded(number: re.Match) -> str:
    """A hundredth of a point is finer than any screen."""
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


# What Matplotlib calls the parts that nobody named.
_UNNAMED = re.compile(r'\s(id="[\w-]*?-(?:figure|patch|line2d|text|[xy]tick|matplotlib\.axis|[A-Z]\w*)_\d+")')


def _without_bulk(svg: str) -> str:
    referenced = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    svg = _UNNAMED.sub(lambda m: m[0] if m[1][4:-1] in referenced else "", svg)
    svg = re.sub(r' transform="rotate\(-0 [^"]*\)"', "", svg)
    svg = _PLACES.sub(lambda place: _FINE.sub(_rounded, place[0]), svg)
    svg = re.sub(r" ?\n([A-Zz\"])", r"\1", svg)
    return re.sub(r">\s+<", "><", svg)


def place_of(axes) -> dict[str, float]:
    """Where axes of a drawn figure lie, in SVG user units (points, y downwards)."""
    figure = axes.get_figure(root=True)
    left, bottom, right, top = (side / figure.dpi * 72 for side in axes.bbox.extents)
    height = figure.get_figheight() * 72
    return {"left": left, "right": right, "top": height - top, "bottom": height - bottom}


def axes_transforms(canvas) -> dict[str, dict]:
    """For every labelled axes of a drawn figure: limits, scales and place in SVG user units (y downwards).

    With it a point of the data can be put where Matplotlib would draw it.
    """
    found = {}
    for number, axes in enumerate(canvas.axes):
        found[axes.get_label() if not axes.get_label().startswith("_") and axes.get_label() else f"axes_{number}"] = {
            **place_of(axes),
            "xlim": list(axes.get_xlim()),
            "ylim": list(axes.get_ylim()),
            "xscale": axes.get_xscale(),
            "yscale": axes.get_yscale(),
        }
    return found

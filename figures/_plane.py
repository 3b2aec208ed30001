"""The plane of two weights, with contours of the squared error of two features with sum of squares 1 and correlation ρ.

What the figures of this kind share. All but the drawing is written so that it can be compiled.
"""

from math import nan

from figures._marks import zero_lines
from shrinkage import contour_pair

# A quarter of the circle by Pythagorean points, which need no sine.
QUARTER = [[(1 - (k / 14) ** 2) / (1 + (k / 14) ** 2), 2 * (k / 14) / (1 + (k / 14) ** 2)] for k in range(14)]

HOLLOW = {"color": "ink", "marker": "o", "markerfacecolor": "none", "markeredgewidth": 1.6, "linestyle": "none"}
"""How a place in the plane looks that no weights have come to."""


def unit_circle() -> list:
    """Points of the unit circle, anticlockwise from (1, 0) and back, the four on the axes among them."""
    points = [
        *[[c, s] for c, s in QUARTER],
        *[[-s, c] for c, s in QUARTER],
        *[[-c, -s] for c, s in QUARTER],
        *[[s, -c] for c, s in QUARTER],
    ]
    return [*points, points[0]]


def ellipse(circle: list, level: float, m1: float, m2: float, rho: float) -> dict:
    """All weights whose error exceeds the least one, at (m1, m2), by ``level``."""
    x, y = [], []
    for c, s in circle:
        w1, w2 = contour_pair(c, s, level, m1, m2, rho)
        x.append(w1)
        y.append(w2)
    return {"x": x, "y": y}


def rings(circle: list, sizes: list, m1: float, m2: float, rho: float) -> dict:
    """Contours as one line; they are evenly spaced where the sizes are."""
    x, y = [], []
    for size in sizes:
        ring = ellipse(circle, size * size, m1, m2, rho)
        x.extend([*ring["x"], nan])
        y.extend([*ring["y"], nan])
    return {"x": x, "y": y}


def plane_and_notes(figure, reach: float, width_ratios: tuple[float, float], anchor: str) -> tuple:
    """Axes for the plane, up to ``reach`` on every side, and beside it some for what its marks say."""
    plane, notes = figure.subplots(1, 2, width_ratios=width_ratios)
    plane.set_label("plane")
    plane.set_aspect("equal", anchor=anchor)
    plane.set(
        xlim=(-reach, reach),
        ylim=(-reach, reach),
        xlabel="weight w₁",
        ylabel="weight w₂",
        xticks=(-2, 0, 2),
        yticks=(-2, 0, 2),
    )
    zero_lines(plane)
    notes.set_label("notes")
    notes.set(xlim=(0, 1), ylim=(0, 1))
    notes.set_axis_off()
    return plane, notes

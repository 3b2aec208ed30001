"""The common sheet of the two penalty figures: the same panels, axes and words, so that the two can be compared."""

from figures._marks import zero_lines
from figures._texts import number

REACH = 3.0
"""Weights are shown from −REACH to REACH."""

CEILING = 4.5
"""Penalties are shown up to CEILING · λ, which is ½λw² at the edge."""


def sheet(figure, data: dict, *, formula: str, title: str, slope_title: str, line: dict, soft: str):
    """Two panels, the penalty above and its slope below, with both curves; returns the two axes."""
    above, below = figure.subplots(2, 1, sharex=True)
    lam, width = data["lam"], REACH

    above.set_label("penalty")
    above.set_title(title)
    zero_lines(above)
    above.plot(data["w"], data["penalty"], **line, gid="penalty")
    above.set(ylabel=f"penalty {formula}", xlim=(-width, width), ylim=(-0.04 * CEILING * lam, CEILING * lam))
    above.yaxis.get_major_locator().set_params(nbins=5)

    below.set_label("slope")
    below.set_title(slope_title)
    zero_lines(below)
    for side, slope in (("left", "slope_left"), ("right", "slope_right")):
        below.fill_between(data[f"w_{side}"], 0, data[slope], color=soft, linewidth=0, zorder=0.4)
        below.plot(data[f"w_{side}"], data[slope], **line, gid=slope)
    below.set(xlabel="weight w", ylabel=f"slope of {formula}", ylim=(-1.05 * REACH * lam, 1.05 * REACH * lam))
    below.set_yticks([-2 * lam, -lam, 0, lam, 2 * lam], [number(t * lam) for t in (-2, -1, 0, 1, 2)])
    figure.align_ylabels()
    return above, below

"""The common sheet of the two walkthrough figures: the same panels, axes and limits, so that the two can be compared."""

import numpy as np

from figures._marks import drop_labels, note, padded, zero_lines

REACH = 2.5
"""A walk that flies off leaves its sheet at so many times its start, rather than flatten all that comes before."""


def course(walk: list[float], penalty) -> dict:
    """The walk as far as it is drawn, its staircase, and its place on the curve of ``penalty``, a function of w."""
    edge = REACH * abs(walk[0])
    drawn = next((k + 1 for k, w in enumerate(walk) if abs(w) > edge), len(walk))
    shown = walk[:drawn]
    stairs_step, stairs_w = stairs(shown)
    low, high = padded([min(max(w, -edge), edge) for w in shown])
    curve_w = np.union1d(np.linspace(low, high, 101), [0.0])
    return {
        "limits": (low, high),
        "step": list(range(drawn)),
        "shown": shown,
        "stairs_step": stairs_step,
        "stairs": stairs_w,
        "penalty_walk": [penalty(w) for w in shown],
        "curve_w": curve_w,
        "curve": penalty(curve_w),
    }


def stairs(walk: list[float]) -> tuple[list[float], list[float]]:
    """The walk as a staircase: level until the next step, then straight to its weight; corners as (steps, weights)."""
    steps, weights = [0], [walk[0]]
    for k in range(1, len(walk)):
        steps += [k, k]
        weights += [walk[k - 1], walk[k]]
    return steps, weights


def sheet(
    figure, data: dict, *, title: str, formula: str, curve_title: str, line: dict, mark: dict, drops: int
) -> None:
    """The staircase above, with the lengths of its first ``drops`` steps; the walk on the penalty's curve below."""
    above, below = figure.subplots(2, 1)
    walk, last, limits = data["shown"], len(data["walk"]) - 1, data["limits"]
    flies = not limits[0] < walk[-1] < limits[1]
    size = 6 if last <= 30 else 4

    above.set_label("walk")
    above.set_title(title)
    zero_lines(above, x=False)
    above.plot(data["stairs_step"], data["stairs"], **line, linewidth=1.3, gid="stairs")
    above.plot(data["step"], walk, **mark, markersize=size, gid="walk", clip_on=flies)
    drop_labels(above, walk, line["color"], most=drops)
    margin = 0.03 * last
    above.set(xlabel="step", ylabel="weight w", xlim=(-margin, last + margin), ylim=limits)
    above.xaxis.get_major_locator().set_params(integer=True)

    below.set_label("penalty")
    below.set_title(curve_title)
    zero_lines(below)
    below.plot(data["curve_w"], data["curve"], **line, linewidth=1.3, gid="curve")
    below.vlines(walk, 0, data["penalty_walk"], color=line["color"], linewidth=0.9, alpha=0.35)
    below.plot(walk, data["penalty_walk"], **mark, markersize=size, gid="penalty_walk", clip_on=flies)
    below.set(xlabel="weight w", ylabel=f"penalty {formula}", xlim=limits, ylim=padded(data["curve"], share=0.02))
    figure.align_ylabels()

    if data["remark"]:
        # A walk that comes closer leaves the corner beyond its end free, on the side of its start.
        near = abs(walk[-1]) < 0.5 * abs(walk[0])
        high = (0.93 if near else 0.2) if walk[0] > 0 else (0.07 if near else 0.8)
        note(
            above,
            data["remark"],
            (0.99, high),
            (0, 0),
            xycoords="axes fraction",
            ha="right",
            color=line["color"],
            gid="remark",
        )

"""Marks that every figure makes alike: a line style for each penalty, zero lines, labels that keep apart."""

import numpy as np

from figures._texts import number

L1 = {"color": "l1", "linestyle": "-"}
L2 = {"color": "l2", "linestyle": (0, (5, 2))}
THIRD = {"color": "third", "linestyle": "-."}
L1_MARK = {"color": "l1", "marker": "o", "linestyle": "none"}
L2_MARK = {"color": "l2", "marker": "s", "linestyle": "none"}
THIRD_MARK = {"color": "third", "marker": "D", "linestyle": "none"}


def zero_lines(axes, x: bool = True, y: bool = True) -> None:
    """Thin lines through zero: ``y`` the horizontal one (y = 0), ``x`` the vertical one."""
    if y:
        axes.axhline(0, color="grid", linewidth=1.0, zorder=0.5)
    if x:
        axes.axvline(0, color="grid", linewidth=1.0, zorder=0.5)


def apart(positions, gap, low=-np.inf, high=np.inf):
    """``positions`` moved as little as possible (least squares) so that neighbours are ``gap`` apart, order kept.

    Args:
        positions: shape (n,), where labels would like to be.
        gap: the least distance >= 0.
        low: lower end of the room.
        high: upper end of the room; the lower end wins where there is too little of it.

    Returns:
        Shape (n,), in the order of ``positions``.
    """
    wanted = np.asarray(positions, dtype=float)
    order = np.argsort(wanted, kind="stable")
    # With k gaps taken off the k-th, "at least a gap apart" turns into "in order": pooling neighbours solves that.
    offsets = gap * np.arange(len(wanted))
    blocks = []
    for value in wanted[order] - offsets:
        mean, count = value, 1
        while blocks and blocks[-1][0] > mean:
            other, others = blocks.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        blocks.append((mean, count))
    pooled = np.array([mean for mean, count in blocks for _ in range(count)])
    placed = np.empty_like(wanted)
    placed[order] = np.maximum(np.minimum(pooled, high - gap * (len(wanted) - 1)), low) + offsets
    return placed


def tag(axes, x, y, text, key, color, dx=0.0, dy=0.0, **options):
    """Write ``text`` in ``color``, ``dx`` and ``dy`` points from the data point (x, y), under the name ``key``."""
    note = axes.annotate(
        text,
        (x, y),
        xytext=(dx, dy),
        textcoords="offset points",
        color=color,
        **{"ha": "left", "va": "center", **options},
    )
    note.set_gid(key)
    return note


def padded(values, share: float = 0.08, at_least: float = 0.0) -> tuple[float, float]:
    """Limits round ``values`` and 0, wider by ``share`` of their span at each end, and never empty."""
    low, high = min(0.0, *values), max(0.0, *values)
    margin = max(share * (high - low), at_least) or 1.0
    return low - margin, high + margin


def drop_labels(axes, walk: list[float], colour: str, most: int) -> None:
    """Beside the first ``most`` steps of a staircase, their lengths; where a drop is too short for a label, nothing.

    Only for a walk that keeps its sign and comes closer: beside its steps the sheet is empty.
    """
    low, high = padded(walk)
    for k in range(1, min(most + 1, len(walk))):
        move = walk[k] - walk[k - 1]
        if abs(move) < 0.085 * (high - low) or walk[k] * walk[0] < 0 or abs(walk[k]) >= abs(walk[0]):
            return
        length = f"{'+' if move > 0 else ''}{number(move, 3)}"
        note(axes, length, (k, walk[k] - move / 2), (4, 0), color=colour, gid=f"drop_{k}")


def note(axes, text: str, at: tuple[float, float], offset: tuple[float, float], **options):
    """Write ``text`` at ``offset`` points from ``at``, to its right unless ``ha`` and ``va`` say otherwise."""
    options = {"ha": "left", "va": "center", "annotation_clip": False} | options
    return axes.annotate(text, at, xytext=offset, textcoords="offset points", **options)

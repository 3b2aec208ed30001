"""Arrows along an axis, as a shaft and a head that a live figure can move."""


def arrow(start: float, length: float, height: float, head: float, wide: float) -> list:
    """Shaft and head of an arrow at ``height``: the head is at most ``head`` long and twice ``wide`` across.

    What is too short for a shaft is a head alone, and no length, or one that is there only by rounding, is no arrow.
    """
    if abs(length) < 1e-9:
        return [{"x": [], "y": []}, {"x": [], "y": []}]
    way = -1.0 if length < 0 else 1.0
    tip = start + length
    back = tip - way * min(abs(length), head)
    return [
        {"x": [start, back], "y": [height, height]},
        {"x": [tip, back, back], "y": [height, height + wide, height - wide]},
    ]

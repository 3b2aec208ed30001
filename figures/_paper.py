"""Where the walks of one weight under a penalty alone end on paper, computed in whole numbers.

A slider's 0.1 is no binary fraction, so a walk in floating point may miss the 0 that the same walk meets on paper. Here
each number is read as the decimal that was typed, all of them as whole multiples of one power of ten, and the rest is
division with remainder. Written so that it can be compiled.
"""

from shrinkage import contraction_factor, steps_to_zero

POWERS = [10**k for k in range(13)]
PLACES = 6
"""Decimal places that are read. Products of two such numbers stay below 2**53, where the page's numbers have no gaps."""


def decimal(value: float) -> list[int] | None:
    """[n, k] of the shortest decimal n / 10**k that is read as ``value``, None where it has more than six places."""
    for places in range(PLACES + 1):
        digits = round(value * POWERS[places])
        # A quotient of whole numbers is rounded once, as a typed decimal is.
        if digits / POWERS[places] == value:
            return [digits, places]
    return None


def grains(w0: float, lam: float, eta: float) -> list[int] | None:
    """[start, step, one]: w0, ηλ and 1 as whole multiples of one power of ten; None where a number has too many places."""
    start, strength, size = decimal(w0), decimal(lam), decimal(eta)
    if start is None or strength is None or size is None:
        return None
    places = max(start[1], strength[1] + size[1])
    return [
        start[0] * POWERS[places - start[1]],
        strength[0] * size[0] * POWERS[places - strength[1] - size[1]],
        POWERS[places],
    ]


def l1_end(w0: float, lam: float, eta: float) -> dict | None:
    """What becomes on paper of w − ηλ·sign(w): after how many steps it is at 0, or between which weights it jumps for ever.

    Returns:
        ``arrival``, None where it does not arrive, and ``cycle``, the weights that it jumps between, the first one first
        and empty where there are none; None where a number has too many decimal places.
    """
    found = grains(w0, lam, eta)
    if found is None:
        return None
    start, step, one = found
    if start == 0:
        return {"arrival": 0, "cycle": []}
    if step == 0:
        return {"arrival": None, "cycle": []}
    left = abs(start) % step
    if left == 0:
        return {"arrival": abs(start) // step, "cycle": []}
    side = 1 if start > 0 else -1
    return {"arrival": None, "cycle": [side * left / one, side * (left - step) / one]}


def l1_prox_end(w0: float, lam: float, eta: float) -> dict | None:
    """The same of proximal steps: the last of them is cut short, so the walk arrives unless the steps have no length."""
    found = grains(w0, lam, eta)
    if found is None:
        return None
    start, step, one = found
    if start == 0:
        return {"arrival": 0, "cycle": []}
    return {"arrival": None if step == 0 else (abs(start) + step - 1) // step, "cycle": []}


def l2_factor(lam: float, eta: float) -> float:
    """1 − ηλ, rounded once: 0, ½, −1 or 1 just where it is so on paper. As computed where a number has too many places."""
    found = grains(0.0, lam, eta)
    if found is None:
        return contraction_factor(lam, eta)
    start, step, one = found
    return (one - step) / one


def misses(end: dict | None, walk: list[float]) -> bool:
    """Whether a walk, as computed, is at 0 at another step than on paper, within the steps taken."""
    if end is None:
        return False
    within = end["arrival"] is not None and end["arrival"] < len(walk)
    return steps_to_zero(walk) != (end["arrival"] if within else None)

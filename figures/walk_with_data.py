"""The walkthrough, with its losses: without data every walk goes to 0, and with data only L1 can end there.

The penalties are those of the walkthrough, λ|w| (left and middle) and λ/2·w² (right). With the feature x = 0 the data do not
pull, and the walks are the walkthrough's. With a larger x the squared error (wx − y)² for y = 1 comes in, and with it a
second force.
"""

from typing import Annotated

from figpress import Live, Range, run_script
from figures import _three_walks, given
from figures._three_walks import picture, sentences, show, spoken

SIZE = _three_walks.SIZE
HORIZON = 16
B = 0.0
SHEET = [6.4, 16.0, 0.8, HORIZON]
"""Weights up to 6.4, losses up to 16, arrows 0.8 long for a force of 1."""

LIVE = Live(
    controls=("x", "w0", "lam", "eta", "n"),
    play="n",
    pace=400,
    begin={"n": 0},
    drag={"subgradient_start": ("w0", None), "proximal_start": ("w0", None), "l2_start": ("w0", None)},
    ask="Play the walkthrough. Then let the data in: at which x does the proximal walk no longer end at 0, and from which x on "
    "does half squared L2 stop beside it?",
    verdict="verdict",
)


def data(
    x: Annotated[float, Range(0, 1, 0.05, symbol="x", label="feature: no data at 0")] = 0.0,
    w0: Annotated[float, Range(-3, 6.4, 0.1, symbol="w₀", label="starting weight")] = given.W0,
    lam: Annotated[float, Range(0, 3, 0.1, symbol="λ", label="strength")] = given.LAM,
    eta: Annotated[float, Range(0.05, 0.8, 0.05, symbol="η", label="step size")] = given.ETA,
    n: Annotated[int, Range(0, HORIZON, 1, label="step")] = HORIZON,
) -> dict:
    """The three walks from the starting weight."""
    return picture(x, given.WALK_Y, B, w0, lam, eta, n, SHEET, True)


def facts(data: dict) -> dict:
    """What the three walks come to, and the weights that are best."""
    return sentences(data)


def draw(figure, data: dict) -> None:
    """Three columns, one for each walk."""
    show(figure, data, SHEET, [0, 5])


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return spoken(data, facts)


run_script(__name__)

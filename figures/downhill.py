"""One weight goes downhill with data that pull hard: both walks under L1 pass 0 and settle, squared L2 settles nearer to 0.

The squared error of the data point of the one-variable model with its bias fixed, plus λ|w| (left and middle) and plus λw²
(right). All walks start at the same weight, the hollow mark. The triangle stands where the dotted error is least, and the
arrows are the two forces of the next step: −H of the data, and that of the penalty.
"""

from typing import Annotated

from figpress import Live, Range, run_script
from figures import _three_walks, given
from figures._three_walks import picture, sentences, show, spoken

SIZE = _three_walks.SIZE
HORIZON = 24
SHEET = [2.5, 44.0, 0.05, HORIZON]
"""Weights up to 2.5, losses up to 44, arrows 0.05 long for a force of 1."""

LIVE = Live(
    controls=("y", "w0", "lam", "eta", "n"),
    play="n",
    pace=400,
    begin={"n": 0},
    drag={"subgradient_start": ("w0", None), "proximal_start": ("w0", None), "l2_start": ("w0", None)},
    ask="Predict, then play: where will each weight come to rest, and how long are its arrows there? From which λ on do the walks "
    "under L1 end at 0? And from which step size on does squared L2 no longer settle?",
    verdict="verdict",
)


def data(
    y: Annotated[float, Range(-3, 4, 0.5, symbol="y", label="target")] = given.POINT_Y,
    w0: Annotated[float, Range(-1.2, 2.4, 0.1, symbol="w₀", label="starting weight")] = given.DOWNHILL_W0,
    lam: Annotated[float, Range(0, 20, 0.5, symbol="λ", label="strength")] = given.POINT_LAM,
    eta: Annotated[float, Range(0.005, 0.12, 0.005, symbol="η", label="step size")] = given.DOWNHILL_ETA,
    n: Annotated[int, Range(0, HORIZON, 1, label="step")] = HORIZON,
) -> dict:
    """The three walks from the starting weight."""
    return picture(given.POINT_X, y, given.POINT_B, w0, lam, eta, n, SHEET)


def facts(data: dict) -> dict:
    """What the three walks come to, and the weights that are best."""
    return sentences(data)


def draw(figure, data: dict) -> None:
    """Three columns, one for each walk."""
    show(figure, data, SHEET, [-1, 0, 1, 2])


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return spoken(data, facts)


run_script(__name__)

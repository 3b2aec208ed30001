"""One weight, the same data and λ: the subgradient walk hovers round 0, the proximal one lands on it, squared L2 stops beside it.

The squared error of one data point with x = 1 and b = 0, plus λ|w| (left and middle) and plus λw² (right). All walks start
where the data alone would put the weight, at the triangle, which is where the dotted error is least. The arrows are the
two forces of the next step.
"""

from typing import Annotated

from figpress import Live, Range, run_script
from figures import _three_walks, given
from figures._three_walks import picture, sentences, show, spoken
from shrinkage import minimiser_plain

SIZE = _three_walks.SIZE
HORIZON = 24
X, B = 1.0, 0.0
SHEET = [1.3, 5.0, 0.15, HORIZON]
"""Weights up to 1.3, losses up to 5, arrows 0.15 long for a force of 1."""

LIVE = Live(
    controls=("y", "lam", "eta", "n"),
    play="n",
    pace=400,
    begin={"n": 0},
    drag={"subgradient_data": ("y", None), "proximal_data": ("y", None), "l2_data": ("y", None)},
    ask="Which of the three comes to rest at exactly 0? Say it first, then press play. And does it take another λ, "
    "or other data, to change that? Drag the triangle.",
    verdict="verdict",
)


def data(
    y: Annotated[float, Range(-0.6, 1.3, 0.05, symbol="y", label="target: what the data want")] = given.HOME_Y,
    lam: Annotated[float, Range(0, 4, 0.1, symbol="λ", label="strength")] = given.HOME_LAM,
    eta: Annotated[float, Range(0.01, 0.25, 0.01, symbol="η", label="step size")] = given.HOME_ETA,
    n: Annotated[int, Range(0, HORIZON, 1, label="step")] = HORIZON,
) -> dict:
    """The three walks from where the data alone would put the weight."""
    return picture(X, y, B, minimiser_plain(X, y, B), lam, eta, n, SHEET)


def facts(data: dict) -> dict:
    """What the three walks come to, and the weights that are best."""
    return sentences(data)


def draw(figure, data: dict) -> None:
    """Three columns, one for each walk."""
    show(figure, data, SHEET, [0, 1])


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return spoken(data, facts)


run_script(__name__)

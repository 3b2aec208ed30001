"""Every figure at the ends of all its ranges: no text small, clipped, on another or crossed by a curve, no panel empty."""

import importlib
import os
import re
from pathlib import Path

import pytest

from figpress.figure.computing import figure_module
from figpress.figure.parameters import Choice, Text

FIGURES = sorted(
    path.stem
    for path in Path(__file__).parents[2].joinpath("figures").glob("[a-z]*.py")
    if "\ndef draw(" in path.read_text(encoding="utf-8")
)
NONSENSE = re.compile(r"\bnan\b|\binf\b|None|(?<![\w.])-\d|\de-|\d\.\d{6}")
"""What no text may hold: what is no number, a minus that is a hyphen, more digits than mean anything."""
DUST = re.compile(r"\de−(1[2-9]|[2-9]\d|\d{3})|−0(\.0+)?(?![\d.])")
"""What rounding leaves of 0."""
OF_ROUNDING = ("two_cycle", "underflow", "walk", "walk_l1", "walk_l2")
"""The figures that say in words what rounding does."""


def ends_of(name: str) -> list[dict]:
    """All parameters at their low ends, all at their high ends, and with ``ALL_SETTINGS=1`` each of them alone at each end."""
    parameters = figure_module(importlib.import_module(f"figures.{name}")).parameters
    ends = {}
    for p in parameters:
        domain = p.domain
        if isinstance(domain, Choice):
            ends[p.name] = domain.options
        elif isinstance(domain, Text):
            ends[p.name] = (p.default,)
        else:
            ends[p.name] = (domain.stop(1) if domain.open_low else domain.low, domain.high)
    corners = [{key: values[side] for key, values in ends.items()} for side in (0, -1)]
    if os.environ.get("ALL_SETTINGS"):
        corners += [{key: value} for key, values in ends.items() for value in values]
    return corners


@pytest.mark.parametrize(
    ("name", "parameters"), [(name, parameters) for name in FIGURES for parameters in ends_of(name)], ids=str
)
def test_the_ends_of_all_ranges_can_be_looked_at(drawn, tidy, name, parameters):
    figure = drawn(name, **parameters)
    tidy(figure.canvas)
    said = [figure.description, *(fact for fact in figure.facts.values() if isinstance(fact, str))]
    for text in [*figure.texts(), *said]:
        assert not NONSENSE.search(text), text
        assert not DUST.search(text) or name in OF_ROUNDING, text
    for axes in figure.canvas.axes:
        shown = [
            *(line.get_xydata() for line in axes.lines if line.get_color() != "grid"),
            *axes.patches,
            *axes.collections,
        ]
        assert any(len(part) if hasattr(part, "__len__") else True for part in shown), f"{axes.get_label()} is empty"

"""A small project of two figures, one module of numbers and one package, drawn once and copied for each test."""

import json
import shutil
from pathlib import Path

import pytest

from figpress.making.press import Press
from figpress.project import find_project

FILES = {
    "pyproject.toml": '[tool.figpress]\nsources = ["src/toy"]\npure = ["toy.checks.checked", "toy.checks.least"]\n',
    "figures/style.toml": """
[colours]
ink = ["#101010", "#efefef"]
one = ["#c2410c", "#ff9466"]
two = ["#0b62a8", "#6bb8ff"]
spare = ["#0a7a5a", "#4fd1a5"]

[size]
width = 3.0
height = 2.0

[rc]
"font.family" = ["DejaVu Sans"]
"text.color" = "ink"
""",
    "figures/__init__.py": "",
    "figures/given.py": '''"""Numbers given once."""

START = 5.0
STEP = 0.5
LABEL = "weight"
NAMES = ("a", "b")
''',
    "figures/_marks.py": '''"""Shared marks."""


def line(axes, xs, ys, color):
    axes.plot(xs, ys, color=color)


def dots(axes, xs, ys, color):
    axes.plot(xs, ys, "o", color=color)
''',
    "figures/walk.py": '''"""A walk that halves.

It is drawn in colour one.
"""
from typing import Annotated

from figpress import Range, run_script
from figures import given
from figures._marks import line
from toy.core import halve

SIZE = (3.0, 2.0)


def data(start: Annotated[float, Range(-10, 10)] = given.START) -> dict:
    return {"w": halve(start, 3)}


def facts(data: dict) -> dict:
    return {"last": data["w"][-1]}


def draw(figure, data: dict) -> None:
    axes = figure.subplots()
    line(axes, range(len(data["w"])), data["w"], "one")


def describe(data: dict, facts: dict) -> str:
    return f"It ends at {facts['last']}."


run_script(__name__)
''',
    "figures/bars.py": '''"""Points from a file."""
from pathlib import Path

from figpress import run_script
from toy import core

HERE = Path(__file__).parent


def data() -> dict:
    text = (HERE.parent / "points.csv").read_text()
    return {"y": core.scaled([float(word) for word in text.split(",")])}


def facts(data: dict) -> dict:
    return {"count": len(data["y"])}


def draw(figure, data: dict) -> None:
    axes = figure.subplots()
    axes.bar(range(len(data["y"])), data["y"], color="two")


def describe(data: dict, facts: dict) -> str:
    return f"{facts['count']} bars."


run_script(__name__)
''',
    "points.csv": "1,2,3",
    "docs/structural.toml": "[structural]\n'walk that halves' = 'what it is for'\n",
    "src/toy/__init__.py": '''"""Toy mathematics."""
from toy.core import halve, scaled

__all__ = ["halve", "scaled"]
''',
    "src/toy/checks.py": '''"""Checks."""
import inspect


def least(low):
    return lambda x: low if low > x else x


def checked(**kinds):
    def decorate(function):
        signature = inspect.signature(function)
        if set(kinds) != set(signature.parameters):
            raise TypeError("kinds and parameters differ")

        def wrapper(*values):
            bound = signature.bind(*values)
            bound.apply_defaults()
            return function(**{name: kinds[name](value) for name, value in bound.arguments.items()})

        return wrapper

    return decorate
''',
    "src/toy/core.py": '''"""Functions."""
from collections.abc import Sequence

from toy.checks import checked, least

FACTOR = 2.0
RATIO = 1 / 2
FLOOR = RATIO * 0.0
NOWHERE_USED = 3


def halve(w: float, n_steps: int) -> list[float]:
    """Halve some times."""
    walk = [w]
    for _ in range(n_steps):
        walk.append(max(walk[-1] * RATIO, FLOOR))
    return walk


def scaled(xs: Sequence[float], factor: float = FACTOR) -> list[float]:
    return [one_scaled(raised(x), factor) for x in xs]


def one_scaled(x, factor):
    return x * factor


@checked(x=least(0.5), top=least(0.0))
def raised(x: float, top: float = 9.0) -> float:
    return min(x, top)


@checked(x=least(0.75))
def never_raised(x: float = 0.125) -> float:
    return x


def unused(x: float, k: float = 1.0) -> float:
    return x + k
''',
}

NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# A walk\n"]},
        {
            "cell_type": "code",
            "id": "b",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": ["from toy.core import halve\n", "halve(5.0, 2)"],
        },
        {
            "cell_type": "code",
            "id": "c",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": ["print('seen')\n", "object()"],
        },
    ],
}


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def press_of(root: Path, jobs: int = 1) -> Press:
    # Each worker process takes a second to import Matplotlib; so more than one only where a test is about them.
    return Press(find_project(root), jobs)


def replace(root: Path, name: str, old: str, new: str) -> None:
    """Edit one file in one place."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def outcome(build) -> dict:
    """All that a build gave, in a form to compare."""
    return {"notebooks": dict(build.notebooks)} | {
        name: [
            result.title,
            result.doc,
            result.facts,
            result.data,
            result.description,
            result.inline,
            result.transforms,
            dict(result.files),
            result.functions,
            result.key,
        ]
        for name, result in build.results.items()
    }


@pytest.fixture(scope="session")
def drawn_once(tmp_path_factory):
    """The project, drawn from nothing."""
    root = tmp_path_factory.mktemp("drawn") / "project"
    write(root, FILES)
    return root, outcome(press_of(root, jobs=2).build())


@pytest.fixture
def drawn(drawn_once, tmp_path):
    """A copy of the drawn project, to be edited."""
    root = tmp_path / "project"
    shutil.copytree(drawn_once[0], root)
    return root


@pytest.fixture
def with_notebook(tmp_path):
    """A project with a notebook and no figure, not yet built."""
    root = tmp_path / "noted"
    write(
        root, {name: text for name, text in FILES.items() if not name.startswith("figures/") or name.endswith("toml")}
    )
    write(root, {"docs/part/walk.ipynb": json.dumps(NOTEBOOK)})
    return root

"""The rooms of the press: each imports only from those below it, and files stay short."""

import ast
import re
from pathlib import Path

import pytest

from figpress.checking.verdicts import PARTS, ROOMS, ClaimTest, rooms_for
from figpress.making.environment import DRAWN_BY, MADE_BY
from figpress.pages.equations import Equation

PRESS = Path(__file__).parents[2] / "src/figpress"
DRAWING = re.search(
    r"^```text\n(.*?)^```", (PRESS.parents[1] / "docs/press.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
)
# What a line says of its rooms stands last, and gaps are wider than between words.
FLOORS = [re.split(r" {2,}", line)[:-1] for line in reversed(DRAWING[1].splitlines())]
"""As the page on the press draws them, from the ground up: a room imports from lower floors, and from itself."""

FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
MODULES = {
    ".".join(path.relative_to(PRESS).with_suffix("").parts): path
    for path in sorted(PRESS.rglob("*.py"))
    if path != PRESS / "__init__.py"
}


def _room(module):
    return module.partition(".")[0]


def _imported(tree):
    """The modules of the press that a module imports, wherever it does so, without the leading figpress."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[2] for alias in node.names if alias.name.startswith("figpress."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "figpress":
            base = node.module.partition(".")[2]
            for alias in node.names:
                inner = f"{base}.{alias.name}".lstrip(".")
                yield inner if inner in MODULES else base or inner


IMPORTS = {
    name: {other for other in _imported(ast.parse(path.read_text(encoding="utf-8"))) if other != name}
    for name, path in MODULES.items()
}


def test_every_module_is_in_a_room_and_every_room_has_modules():
    assert {_room(name) for name in MODULES} == set(FLOOR)
    assert sum(map(len, IMPORTS.values())) > 2 * len(FLOOR)


@pytest.mark.parametrize("module", MODULES)
def test_arrows_lead_downwards(module):
    upwards = {
        other
        for other in IMPORTS[module]
        if _room(other) != _room(module) and FLOOR[_room(other)] >= FLOOR[_room(module)]
    }
    assert not upwards


def test_all_rooms_are_known_to_what_is_checked():
    assert set(ROOMS) == {*FLOOR, "__init__"}


@pytest.mark.parametrize(
    ("imports", "rooms"),
    [
        ((), {"checking"}),
        (("numpy.linalg", "figpress.figure.computing.compute", "figpress.making.figure"), {"checking"}),
        (("figpress.Range", "figpress.shown_number"), {"checking"}),
        (("figpress.Live", "figpress.run_script"), {"checking", "live.artists", "drawing.run_script"}),
        (("figpress.*", "figpress.Range"), {"checking", "drawing", "live"}),
        (("figpress.drawing.style.applied",), {"checking", "drawing", "live"}),
        (("figpress.pages.prose",), {"checking", "drawing", "live", "pages", "publishing", "mkdocs_plugin", "cli"}),
    ],
    ids=range(7),
)
def test_a_check_depends_on_what_of_the_press_runs_for_it(imports, rooms):
    assert set(rooms_for(ClaimTest("tests/test_a.py", "test_a"), imports)) == {*MADE_BY, *rooms}
    equation = Equation(latex="", let="", call="", function="a.f", claim="", reason="", number="", path="", line=0)
    assert set(rooms_for(equation, imports)) == {*MADE_BY, *rooms, "pages"}


@pytest.mark.parametrize("module", [part for part in PARTS if "." in part])
def test_what_is_handed_out_to_figures_runs_nothing_else_of_its_room(module):
    # But for a script that is run by itself, which no check does.
    others = IMPORTS[module] - ({"drawing.script"} if module == "drawing.run_script" else set())
    assert {_room(other) for other in others} <= {*MADE_BY}


def test_what_a_drawing_depends_on_is_all_that_a_worker_can_import():
    todo, reached = ["making.worker"], set()
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo.extend(IMPORTS.get(name, ()))
    assert {_room(name) for name in reached} == {*DRAWN_BY} - {"__init__"}


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_long(module):
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= 400


def test_no_circle():
    done, path = set(), []

    def visit(name):
        assert name not in path, " -> ".join([*path[path.index(name) :], name])
        if name not in done:
            path.append(name)
            for other in IMPORTS.get(name, ()):
                visit(other)
            path.pop()
            done.add(name)

    for name in MODULES:
        visit(name)

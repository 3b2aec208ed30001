"""Notebooks run by the same rule as figures; their outputs are the same bytes each time."""

import ast
import json
from pathlib import Path

import pytest

from figpress.making import notebook_file
from figpress.making.notebook import code_of, settled, settled_svg
from figpress.making.result import FigureError
from tests.conftest import nightly
from tests.figpress.conftest import NOTEBOOK, press_of, replace

NAME = "part/walk.ipynb"


def set_code(root, source: str, name: str = NAME) -> None:
    notebook = json.loads(json.dumps(NOTEBOOK))
    notebook["cells"][2]["source"] = source
    (root / "docs" / name).write_text(json.dumps(notebook))


def cells(build) -> list[dict]:
    return json.loads(build.notebooks[NAME])["cells"]


def test_a_notebook_runs_once_and_again_only_after_an_edit_that_matters(with_notebook):
    root = with_notebook
    press = press_of(root)
    built = press.build()
    assert built.drawn == [NAME]
    assert cells(built)[1]["outputs"][0]["data"] == {"text/plain": "[5.0, 2.5, 1.25]"}
    assert [output.get("text") or output["data"] for output in cells(built)[2]["outputs"]] == [
        "seen\n",
        {"text/plain": "<object>"},
    ]
    replace(root, "src/toy/core.py", "return x + k", "return x - k")
    replace(root, "docs/part/walk.ipynb", "# A walk", "# A longer walk")
    edited = press.build()
    assert edited.drawn == []
    assert cells(edited)[0]["source"] == ["# A longer walk\n"]
    assert cells(edited)[1:] == cells(built)[1:]
    replace(root, "src/toy/core.py", "RATIO = 1 / 2", "RATIO = 1 / 4")
    assert press.why(NAME) == ["constant RATIO of toy.core changed"]
    assert cells(press.build())[1]["outputs"][0]["data"] == {"text/plain": "[5.0, 1.25, 0.3125]"}
    replace(root, "docs/part/walk.ipynb", "halve(5.0, 2)", "halve(5.0, 1)")
    assert press.why(NAME) == ["code of docs/part/walk.ipynb changed"]


def test_a_drawing_is_a_small_svg_and_at_night_two_runs_give_the_same_bytes(with_notebook):
    set_code(
        with_notebook,
        "import matplotlib.pyplot as plt\nimport numpy as np\nplt.plot(np.random.rand(3), 'o')\nplt.show()",
    )
    press = press_of(with_notebook)
    first = press.build().notebooks
    if nightly():
        press.clean()
        assert press.build().notebooks == first
    svg = json.loads(first[NAME])["cells"][2]["outputs"][0]["data"]["image/svg+xml"]
    assert svg.startswith("<svg") and "<dc:date>" not in svg
    assert len(first[NAME]) < 60_000


def test_a_cell_may_await_and_what_a_user_has_set_up_for_himself_does_not_count(with_notebook, monkeypatch):
    startup = with_notebook.parent / "ipython/profile_default/startup/own.py"
    startup.parent.mkdir(parents=True)
    startup.write_text("own = 1")
    (with_notebook.parent / "matplotlibrc").write_text("lines.linewidth: 9")
    monkeypatch.setenv("IPYTHONDIR", str(with_notebook.parent / "ipython"))
    monkeypatch.setenv("MATPLOTLIBRC", str(with_notebook.parent / "matplotlibrc"))
    set_code(
        with_notebook,
        "import asyncio, matplotlib\n"
        "await asyncio.sleep(0, 'awaited'), 'own' in globals(), matplotlib.rcParams['lines.linewidth'] == 9",
    )
    [output] = cells(press_of(with_notebook).build())[2]["outputs"]
    assert output["data"] == {"text/plain": "('awaited', False, False)"}


FAILING = {
    "deeper": ("from toy.core import halve\nhalve('a', 1)", "cell 2, line 2: TypeError: "),
    "dies": ("import os\nos._exit(1)", "cell 2: DeadKernelError: "),
    "raises": ("x = 1\nraise ValueError('no such walk')", "cell 2, line 2: ValueError: no such walk"),
    "warns": ("import warnings\nwarnings.warn('odd')", "cell 2, line 2: UserWarning: odd"),
}


def test_cells_that_raise_fail_the_build_and_are_named(with_notebook):
    (with_notebook / "docs" / NAME).unlink()
    # A kernel takes longest, and those that are left for the night fail by the same way.
    failing = {name: each for name, each in FAILING.items() if nightly() or name in ("deeper", "dies")}
    for name, (source, _) in failing.items():
        set_code(with_notebook, source, f"part/{name}.ipynb")
    with pytest.raises(FigureError) as caught:
        press_of(with_notebook).build()
    for (name, (_, message)), line in zip(failing.items(), str(caught.value).splitlines(), strict=True):
        assert line.startswith(f"docs/part/{name}.ipynb: {message}")


def test_a_file_that_is_no_notebook_is_named(with_notebook):
    (with_notebook / "docs" / NAME).write_text("{}")
    with pytest.raises(FigureError, match=r"walk\.ipynb: cannot be read as a notebook"):
        press_of(with_notebook).build()


@pytest.mark.parametrize(
    "cell", ["print()", {"source": "print()"}, {"cell_type": "code"}, {"cell_type": "markdown", "source": 3}]
)
def test_a_cell_that_is_none_is_named_and_stale(tmp_path, cell):
    path = tmp_path / "walk.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": []}, cell]}))
    with pytest.raises(ValueError, match=r"walk\.ipynb: cannot be read as a notebook: "):
        notebook_file.read(path)
    assert notebook_file.code_hash(path) is None


def test_ids_of_drawings_are_settled_and_references_follow():
    svg = '<?xml?><svg><metadata>\n<date/></metadata><g id="p1f"/><use xlink:href="#p1f"/><g clip-path="url(#p1f)"/></svg>'
    assert settled_svg(svg, "out") == '<svg><g id="out-0"/><use xlink:href="#out-0"/><g clip-path="url(#out-0)"/></svg>'


@pytest.mark.parametrize(
    "cell",
    [
        "%%time\nvalue = halve(RATIO)",
        "%time halve(RATIO)",
        "%timeit -n 1 halve(RATIO)",
        "%%capture out --no-stderr\nhalve(\n    RATIO)",
    ],
)
def test_what_a_magic_is_given_as_text_counts_as_code(cell):
    names = {node.id for node in ast.walk(ast.parse(code_of(cell))) if isinstance(node, ast.Name)}
    assert {"halve", "RATIO"} <= names


def test_outputs_have_no_numbers_of_processes_and_no_paths_of_this_machine():
    root = Path("/srv/project")
    warning = (
        f"/tmp/ipykernel_4711/123.py:1: FutureWarning: old\n{root}/src/toy/core.py:3: FutureWarning: older at 0x7f00"
    )
    text = "cell:1: FutureWarning: old\nsrc/toy/core.py:3: FutureWarning: older"
    assert settled({"text": warning}, "out", root) == {"text": text}
    assert settled({"data": {"text/plain": [warning]}}, "out", root) == {"data": {"text/plain": text}}
    # Of a cell that is marked to raise.
    raised = {"output_type": "error", "ename": "ValueError", "evalue": warning, "traceback": ["-----", warning]}
    assert settled(raised, "out", root) == raised | {"evalue": text, "traceback": ["-----", text]}

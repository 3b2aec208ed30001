"""The same bytes whatever draws: ``python -m tests.same_bytes [OTHER_PYTHON ...]``.

Draws every figure in one process, in alphabetical order, backwards and shuffled, with this interpreter and with the others
given (each with the project's requirements installed), and compares all files byte by byte. Exit status 1 where any differ.
"""

import hashlib
import importlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

from figpress.drawing import render, tables
from figpress.drawing.style import applied, load_style
from figpress.figure import computing
from figpress.project import find_project

ROOT = Path(__file__).parents[1]


def hashes(order: str) -> dict[str, str]:
    """Draw all figures in the given order in this process: the hash of every file."""
    project = find_project(ROOT)
    style = load_style(project.style)
    names = sorted(path.stem for path in project.figures.glob("*.py") if not path.stem.startswith("_"))
    if order == "backwards":
        names.reverse()
    elif order != "forwards":
        random.Random(order).shuffle(names)
    found = {}
    for name in names:
        module = importlib.import_module(f"{project.figures.name}.{name}")
        if hasattr(module, "draw"):
            figure = computing.figure_module(module)
            computed = computing.compute(figure)
            files = {"csv": tables.table(computed.data).encode(), "json": tables.numbers(computed)}
            with applied(style):
                canvas = render.recorded(render.drawn(figure, computed.data, style))
                files["svg, inline"] = render.save(canvas, "svg", text_as_paths=False)
                files |= {file_format: render.save(canvas, file_format) for file_format in ("svg", "png", "pdf")}
            found |= {f"{name}.{ending}": hashlib.sha256(content).hexdigest() for ending, content in files.items()}
    return found


def main(interpreters: list[str]) -> int:
    """Compare; print a line for each interpreter and order."""
    first: dict[str, str] = {}
    different = set()
    for interpreter in [sys.executable, *interpreters]:
        for order in ("forwards", "backwards", "shuffled"):
            run = subprocess.run(
                [interpreter, "-m", "tests.same_bytes", "--hashes", order],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
                check=True,
                env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
            )
            version, found = json.loads(run.stdout)
            first = first or found
            differ = {name for name in first.keys() | found.keys() if first.get(name) != found.get(name)}
            different |= differ
            print(f"Python {version}, {order}: {len(found)} files, {len(differ)} differ {sorted(differ)[:5] or ''}")
    return 1 if different else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--hashes"]:
        print(json.dumps([sys.version.split()[0], hashes(sys.argv[2])]))
    else:
        raise SystemExit(main(sys.argv[1:]))

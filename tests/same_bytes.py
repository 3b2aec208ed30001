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

from figpress import drawing
from figpress.project import find_project
from figpress.style import applied, load_style

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
            figure = drawing.figure_module(module)
            for file_format in drawing.FORMATS:
                found[f"{name}.{file_format}"] = hashlib.sha256(drawing.render(figure, style, file_format)).hexdigest()
            with applied(style):
                canvas = drawing.drawn(figure, drawing.compute(figure).data, style)
                svg = drawing.save(canvas, "svg", text_as_paths=False)
            found[f"{name}, inline"] = hashlib.sha256(svg).hexdigest()
    return found


def main(interpreters: list[str]) -> int:
    """Compare; print a line for each interpreter and order."""
    first: dict[str, str] = {}
    different = set()
    for interpreter in [sys.executable, *interpreters]:
        for order in ("forwards", "backwards", "shuffled"):
            run = subprocess.run([interpreter, "-m", "tests.same_bytes", "--hashes", order], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                                 check=True, env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])})
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

"""Run a notebook in a fresh kernel, watched as a figure is; what comes out is the same each time.

Only outputs are kept. They are put into the notebook's text as it is now, so that editing prose runs nothing.
"""

import ast
import json
import os
import re
import tempfile
from keyword import iskeyword
from pathlib import Path

from figpress.freshness.record import identity, record_of
from figpress.freshness.versions import version_of
from figpress.making.environment import DRAWN_BY, VARIABLES, environment_of_this_process
from figpress.making.kernel import kernel_manager_class, seen_in
from figpress.making.notebook_file import code_cells, hash_of_code, read, source_of
from figpress.project import Project
from figpress.store import pack

TIMEOUT = 600
"""Seconds that one cell may take."""
_KERNEL_PACKAGES = ("ipykernel", "ipython", "nbclient", "matplotlib-inline")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_CELL_FILE = re.compile(r"\S*ipykernel_\d+[\\/]\d+\.py")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class CellError(Exception):
    """A cell of a notebook raised."""


def settled_svg(svg: str, prefix: str) -> str:
    """An SVG without date and version; ids are the same in every run, occur nowhere else on the page, and only where needed."""
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    referenced = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    svg = re.sub(r'\sid="([^"]+)"', lambda match: match[0] if match[1] in referenced else "", svg)
    ids = {
        found: f"{prefix}-{number}" for number, found in enumerate(dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg)))
    }

    def renamed(match: re.Match) -> str:
        return match[1] + ids.get(match[2], match[2]) + match[3]

    return re.sub(r'(\bid="|href="#|url\(#)([^")]+)([")])', renamed, svg)


def settled(output: dict, prefix: str, root: Path) -> dict:
    """A cell's output without what changes from run to run, or from place to place: addresses, and paths in warnings."""

    def plain(text: str) -> str:
        return _ADDRESS.sub("", _CELL_FILE.sub("cell", text).replace(f"{root}{os.sep}", ""))

    output = json.loads(json.dumps(output))
    for kind, value in output.get("data", {}).items():
        text = "".join(value) if isinstance(value, list) else value
        if kind == "image/svg+xml":
            output["data"][kind] = settled_svg(text, prefix)
        elif kind.startswith("text/"):
            output["data"][kind] = plain(text)
    # An error is an output where its cell says by a tag that it raises one.
    for part in {"text", "evalue"} & output.keys():
        output[part] = plain(output[part])
    if "traceback" in output:
        output["traceback"] = [plain(line) for line in output["traceback"]]
    return output


def code_of(cell: str) -> str:
    """A cell as Python, followed by the code that it hands to a magic as text, or by the names in what is no code."""
    from IPython.core.inputtransformer2 import TransformerManager

    code = TransformerManager().transform_cell(cell)
    more = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("run_line_magic", "run_cell_magic"):
            more += [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    return "\n".join([code, *map(_as_code, more)])


def _as_code(text: str) -> str:
    try:
        compile(text, "magic", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        return text
    except (SyntaxError, ValueError):
        return "\n".join(name for name in re.findall(r"\w+", text) if name.isidentifier() and not iskeyword(name))


def _run_hidden(client, index: int) -> None:
    """Run a cell of ours."""
    from nbclient.exceptions import CellExecutionError

    try:
        client.execute_cell(client.nb.cells[index], index, store_history=False)
    except CellExecutionError as error:
        raise RuntimeError(f"the kernel cannot be watched: {error.ename}: {error.evalue}") from None


def _run_cell(client, cell: dict, index: int, number: int) -> None:
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        client.execute_cell(cell, index, execution_count=number)
    except CellExecutionError as error:
        lines = re.findall(rf"Cell In\[{number}\], line (\d+)", _ANSI.sub("", error.traceback))
        place = f"cell {number}, line {lines[-1]}" if lines else f"cell {number}"
        raise CellError(f"{place}: {error.ename}: {error.evalue}") from None
    except (CellTimeoutError, DeadKernelError) as error:
        raise CellError(f"cell {number}: {type(error).__name__}: {error}") from None


def execute(project: Project, name: str) -> bytes:
    """Run a notebook from its first cell to its last: an entry for the store.

    Raises:
        CellError: a cell raised; the message gives its number among code cells, the line and the exception.
    """
    import nbformat
    from nbclient import NotebookClient

    path = project.docs / name
    plain = read(path)
    code = hash_of_code(plain)
    for cell in code_cells(plain):
        cell["outputs"], cell["execution_count"] = [], None
    for number, cell in enumerate(plain["cells"]):
        cell.setdefault("id", f"cell-{number}")
        cell["source"] = source_of(cell)
    source_dirs = [str(folder) for folder in project.source_dirs]
    temporary = tempfile.TemporaryDirectory()
    folder = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (folder, os.environ.get("PYTHONPATH"))))
    # What a user has set up for himself is no part of the project.
    own = {"PYTHONPATH": paths, "MPLBACKEND": "", "IPYTHONDIR": temporary.name}
    arguments = (str(project.root), source_dirs, sorted(VARIABLES | own))
    first = f"import figpress.making.kernel as _f; _f.begin{arguments!r}; del _f"
    seen = Path(temporary.name) / "seen.json"
    last = f"import figpress.making.kernel as _f; _f.finish({str(seen)!r})"
    notebook = nbformat.from_dict(plain | {"nbformat_minor": 5})
    notebook.cells = [nbformat.v4.new_code_cell(first), *notebook.cells, nbformat.v4.new_code_cell(last)]
    client = NotebookClient(
        notebook,
        kernel_manager_class=kernel_manager_class(),
        timeout=TIMEOUT,
        record_timing=False,
        coalesce_streams=True,
    )
    variables = os.environ | VARIABLES | own
    outputs: list[list[dict]] = []
    with temporary, client.setup_kernel(cwd=str(project.root), env=variables):
        _run_hidden(client, 0)
        for index, cell in enumerate(notebook.cells[1:-1], 1):
            if cell.cell_type == "code":
                number = len(outputs) + 1
                _run_cell(client, cell, index, number)
                outputs.append(
                    [
                        settled(output, f"out-{number}-{place}", project.root)
                        for place, output in enumerate(cell.outputs)
                    ]
                )
        _run_hidden(client, len(notebook.cells) - 1)
        trace, top_level = seen_in(seen.read_text(encoding="utf-8"))
    cells = "\n".join(code_of(cell.source) for cell in notebook.cells[1:-1] if cell.cell_type == "code")
    source = {"path": path.relative_to(project.root).as_posix(), "code": code}
    record = record_of(project, trace, top_level, environment_of_this_process(DRAWN_BY), cells=cells, notebook=source)
    record.distributions.update((package, version_of(package)) for package in _KERNEL_PACKAGES)
    return pack(record.header(identity("notebook", name)), {"outputs": json.dumps(outputs).encode()})

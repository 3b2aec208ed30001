"""Run a notebook in a fresh kernel, watched as a figure is; what comes out is the same each time.

Only outputs are kept. They are put into the notebook's text as it is now, so that editing prose runs nothing.
"""

import copy
import json
import os
import random
import re
import sys
import tempfile
import warnings
from pathlib import Path

from figpress.freshness.code import digest
from figpress.freshness.trace import Recorder, Trace
from figpress.making.worker import key_of, record_of, rooms_of, version_of
from figpress.project import Project
from figpress.store import pack

TIMEOUT = 600
"""Seconds that one cell may take."""

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "name": "python",
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "pygments_lexer": "ipython3",
    },
}
_KERNEL_PACKAGES = ("ipykernel", "ipython", "nbclient", "matplotlib-inline")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")

_recorder: Recorder | None = None


class CellError(Exception):
    """A cell of a notebook raised."""


def begin(root: str, rooms: list[str]) -> None:
    """In the kernel: start to watch."""
    global _recorder
    import matplotlib
    import numpy
    from IPython import get_ipython

    get_ipython().config.InlineBackend.figure_formats = {"svg"}
    # Text stays text, which the page sets in its own font; as a default it outlives a style that the notebook applies.
    matplotlib.rcParamsDefault["svg.fonttype"] = matplotlib.rcParams["svg.fonttype"] = "none"
    random.seed(0)
    numpy.random.seed(0)
    warnings.simplefilter("error", UserWarning)
    warnings.simplefilter("error", RuntimeWarning)
    _recorder = Recorder(Path(root), tuple(map(Path, rooms)))
    _recorder.begin()


def finish(target: str) -> None:
    """In the kernel: write down what was seen. (Printed, it would be one long line, over which nbclient takes many seconds.)"""
    trace = _recorder.trace
    seen = {
        "sources": {name: source.decode("utf-8", "surrogateescape") for name, source in trace.sources.items()},
        "paths": trace.paths,
        "searched": trace.searched,
        "ran": sorted(trace.ran),
        "files": trace.files,
        "listings": trace.listings,
        "tops": sorted(_recorder.tops),
    }
    Path(target).write_text(json.dumps(seen), encoding="utf-8")


def _seen(text: str) -> tuple[Trace, list[str]]:
    raw = json.loads(text)
    tops = raw.pop("tops")
    raw["sources"] = {name: source.encode("utf-8", "surrogateescape") for name, source in raw["sources"].items()}
    return Trace(**raw | {"ran": set(raw["ran"])}), tops


def read(path: Path) -> dict:
    """Read a notebook.

    Raises:
        ValueError: it is not a notebook of format 4.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if notebook["nbformat"] != 4 or not isinstance(notebook["cells"], list):
            raise ValueError("not a notebook of format 4")
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name}: cannot be read as a notebook: {error}") from error
    return notebook


def _source(cell: dict) -> str:
    return "".join(cell["source"])


def code_cells(notebook: dict) -> list[dict]:
    """The cells that run."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def code_hash(path: Path) -> str | None:
    """A hash of the code in a notebook; None where it cannot be read."""
    try:
        return _code_hash(read(path))
    except (OSError, ValueError):
        return None


def _code_hash(notebook: dict) -> str:
    return digest(
        json.dumps([[_source(cell), cell.get("metadata", {}).get("tags", [])] for cell in code_cells(notebook)])
    )


def with_outputs(notebook: dict, outputs: list[list[dict]]) -> bytes:
    """A notebook as it is written now, with the outputs of its code cells and nothing that changes from run to run.

    Raises:
        ValueError: there are not as many outputs as cells.
    """
    whole = copy.deepcopy(notebook)
    for number, (cell, found) in enumerate(zip(code_cells(whole), outputs, strict=True), 1):
        cell["execution_count"] = number
        cell["outputs"] = found
    whole["metadata"] = whole.get("metadata", {}) | _METADATA
    return (json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


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


def _settled(output: dict, prefix: str) -> dict:
    output = json.loads(json.dumps(output))
    for kind, value in output.get("data", {}).items():
        text = "".join(value) if isinstance(value, list) else value
        if kind == "image/svg+xml":
            output["data"][kind] = settled_svg(text, prefix)
        elif kind.startswith("text/"):
            output["data"][kind] = _ADDRESS.sub("", text)
    if "text" in output:
        output["text"] = _ADDRESS.sub("", output["text"])
    return output


def _kernel_manager_class() -> type:
    """Managers of kernels that run in this very Python, whatever kernels are installed."""
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    class OwnKernelManager(AsyncKernelManager):
        @property
        def kernel_spec(self) -> KernelSpec:
            command = [
                sys.executable,
                "-m",
                "ipykernel_launcher",
                "-f",
                "{connection_file}",
                "--IPKernelApp.log_level=40",
            ]
            return KernelSpec(argv=command, display_name="Python 3", language="python")

    return OwnKernelManager


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
    from IPython.core.inputtransformer2 import TransformerManager
    from nbclient import NotebookClient

    path = project.docs / name
    plain = read(path)
    code = _code_hash(plain)
    for cell in code_cells(plain):
        cell["outputs"], cell["execution_count"] = [], None
    for number, cell in enumerate(plain["cells"]):
        cell.setdefault("id", f"cell-{number}")
        cell["source"] = _source(cell)
    rooms = [str(room) for room in rooms_of(project)]
    first = f"import figpress.making.notebooks as _f; _f.begin({str(project.root)!r}, {rooms!r}); del _f"
    room = tempfile.TemporaryDirectory()
    seen = Path(room.name) / "seen.json"
    last = f"import figpress.making.notebooks as _f; _f.finish({str(seen)!r})"
    notebook = nbformat.from_dict(plain | {"nbformat_minor": 5})
    notebook.cells = [nbformat.v4.new_code_cell(first), *notebook.cells, nbformat.v4.new_code_cell(last)]
    client = NotebookClient(
        notebook,
        kernel_manager_class=_kernel_manager_class(),
        timeout=TIMEOUT,
        record_timing=False,
        coalesce_streams=True,
    )
    folder = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (folder, os.environ.get("PYTHONPATH"))))
    # What a user has set up for himself is no part of the project.
    environment = os.environ | {
        "PYTHONPATH": paths,
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "",
        "MATPLOTLIBRC": os.devnull,
        "IPYTHONDIR": room.name,
    }
    outputs: list[list[dict]] = []
    with room, client.setup_kernel(cwd=str(project.root), env=environment):
        _run_hidden(client, 0)
        for index, cell in enumerate(notebook.cells[1:-1], 1):
            if cell.cell_type == "code":
                number = len(outputs) + 1
                _run_cell(client, cell, index, number)
                outputs.append([_settled(output, f"out-{number}-{place}") for place, output in enumerate(cell.outputs)])
        _run_hidden(client, len(notebook.cells) - 1)
        trace, tops = _seen(seen.read_text(encoding="utf-8"))
    transformer = TransformerManager()
    cells = "\n".join(
        transformer.transform_cell(cell.source) for cell in notebook.cells[1:-1] if cell.cell_type == "code"
    )
    record = record_of(project, trace, tops, None, cells=cells)
    record["notebook"] = {"path": path.relative_to(project.root).as_posix(), "code": code}
    record["distributions"] |= {package: version_of(package) for package in _KERNEL_PACKAGES}
    return pack({"record": record, "key": key_of(record)}, {"outputs": json.dumps(outputs).encode()})

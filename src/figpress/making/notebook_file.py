"""A notebook's file: its code, and what it is with the outputs of a run."""

import copy
import json
from pathlib import Path

from figpress.freshness.pieces import digest

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "name": "python",
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "pygments_lexer": "ipython3",
    },
}


def read(path: Path) -> dict:
    """Read a notebook.

    Raises:
        ValueError: it is not a notebook of format 4.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if notebook["nbformat"] != 4 or not isinstance(notebook["cells"], list):
            raise ValueError("not a notebook of format 4")
        for number, cell in enumerate(notebook["cells"], 1):
            if not {"cell_type", "source"} <= cell.keys() or not isinstance(cell["source"], str | list):
                raise ValueError(f"cell {number} has no type or no text")
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name}: cannot be read as a notebook: {error}") from error
    return notebook


def source_of(cell: dict) -> str:
    """A cell's text."""
    return "".join(cell["source"])


def code_cells(notebook: dict) -> list[dict]:
    """The cells that run."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def code_hash(path: Path) -> str | None:
    """A hash of the code in a notebook; None where it cannot be read."""
    try:
        return hash_of_code(read(path))
    except (OSError, ValueError):
        return None


def hash_of_code(notebook: dict) -> str:
    """A hash of the code in a notebook, and of the tags of its cells."""
    return digest(
        json.dumps([[source_of(cell), cell.get("metadata", {}).get("tags", [])] for cell in code_cells(notebook)])
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

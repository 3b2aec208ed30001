"""Where a project keeps its rooms: the table ``[tool.figpress]`` of its ``pyproject.toml``."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """The rooms of one project, as absolute paths."""

    root: Path
    figures: Path
    sources: tuple[Path, ...]
    style: Path
    tests: Path
    docs: Path
    cache: Path


def find_project(start: Path) -> Project:
    """Find the project that ``start`` (a file or folder) belongs to.

    Raises:
        ValueError: no ``pyproject.toml`` with a table ``[tool.figpress]`` stands there or above.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        if file.is_file():
            table = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {}).get("figpress")
            if table is not None:
                return Project(
                    root=folder,
                    figures=folder / table.get("figures", "figures"),
                    sources=tuple(folder / source for source in table.get("sources", ["src"])),
                    style=folder / table.get("style", "figures/style.toml"),
                    tests=folder / table.get("tests", "tests"),
                    docs=folder / table.get("docs", "docs"),
                    cache=folder / table.get("cache", ".figpress"),
                )
    raise ValueError(f"no pyproject.toml with a table [tool.figpress] in {start} or above")

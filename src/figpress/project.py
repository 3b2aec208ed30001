"""Where a project keeps its parts: the table ``[tool.figpress]`` of its ``pyproject.toml``."""

import ast
import os
import re
import sys
import threading
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from figpress.labels import labels

DEFAULT_STYLE = Path(__file__).parent / "drawing" / "style.toml"
"""The style of a project that has none of its own."""


@dataclass(frozen=True)
class Project:
    """The folders and files of one project, as absolute paths."""

    root: Path
    figures: Path
    sources: tuple[Path, ...]
    style: Path
    tests: Path
    docs: Path
    cache: Path
    structural: Path
    pure: frozenset[str]
    """Dotted names of the project's functions that are declared pure; see ``figpress.freshness.cutting``."""
    symbols: Mapping[str, str]
    """For formulas: the argument that a symbol stands for."""
    harness: frozenset[str]
    """Dotted names of modules of tests that look into other code; what they make of it is seen to run."""
    ticks: Mapping[str, tuple[str, str]]
    """For marks of claims: of a test's decorator the word for it, and what it means; ``otherwise`` is for a test with none of them."""
    functions: Mapping[str, str]
    """For formulas: the dotted name of the function that a letter or operator stands for."""
    positive: frozenset[str]
    """For formulas: the names of symbols that stand for numbers above 0."""
    whole: frozenset[str]
    """For formulas: the names of symbols that stand for whole numbers above 0."""
    labels: Mapping[str, str]
    """The words that the press writes on pages, by their names; see ``figpress.labels``."""

    @property
    def source_dirs(self) -> tuple[Path, ...]:
        """Where the modules live that figures and notebooks use, figures first."""
        return (self.figures, *self.sources)


def top_level_modules(source_dirs: tuple[Path, ...]) -> dict[str, Path]:
    """The project's own top-level modules, and the folder to find each in.

    A folder with an ``__init__.py``, and the first one (the figures) in any case, is a package; of any other
    everything inside is a module.
    """
    found = {}
    for number, folder in enumerate(source_dirs):
        if number == 0 or (folder / "__init__.py").is_file():
            found[folder.name] = folder.parent
        elif folder.is_dir():
            for entry in sorted(folder.glob("[!.]*")):
                if entry.suffix == ".py" or entry.is_dir() and (entry / "__init__.py").is_file():
                    found[entry.stem] = folder
    return found


class Inside:
    """Which absolute paths lie in a project: not packages installed there, nor the press, which are known by version or content."""

    def __init__(self, root: Path):
        self.prefix = str(root) + os.sep
        installed = [entry for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages")]
        outside = {os.path.realpath(path) for path in (sys.prefix, sys.base_prefix, *installed, Path(__file__).parent)}
        self._outside = tuple(path + os.sep for path in outside if path.startswith(self.prefix))

    def __contains__(self, path: str) -> bool:
        return f"{path}{os.sep}".startswith(self.prefix) and not f"{path}{os.sep}".startswith(self._outside)


_IS: Mapping[str, Callable[[object], bool]] = {
    "a text": lambda value: isinstance(value, str),
    "a table": lambda value: isinstance(value, dict),
    "a list of texts": lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
    "a table of texts": lambda value: isinstance(value, dict) and all(isinstance(each, str) for each in value.values()),
    "a word and what it means": lambda value: _IS["a list of texts"](value) and len(value) == 2,
}
_SETTINGS = {
    **dict.fromkeys(("figures", "style", "tests", "docs", "cache", "structural"), "a text"),
    **dict.fromkeys(("sources", "pure", "harness"), "a list of texts"),
    **dict.fromkeys(("equations", "ticks", "labels"), "a table"),
}
_EQUATIONS = {
    **dict.fromkeys(("symbols", "functions"), "a table of texts"),
    **dict.fromkeys(("positive", "whole"), "a list of texts"),
}
_OTHERWISE = ("checked", "by a test")


def _check(table: Mapping[str, object], kinds: Mapping[str, str], place: str) -> None:
    """Refuse what is none of these settings, or of another kind than they are; ``place`` names their table in messages."""
    for name, value in table.items():
        if name not in kinds:
            raise ValueError(f"{place} has no {name!r}; there are: {', '.join(kinds)}")
        if not _IS[kinds[name]](value):
            raise ValueError(f"{place}.{name} must be {kinds[name]}, got {value!r}")


def files_in(folder: Path, pattern: str) -> list[Path]:
    """The files below a folder that fit a pattern, in order; a name that begins with a dot is an editor's or the system's."""
    return [
        path
        for path in sorted(folder.rglob(pattern))
        if not any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(folder).parts)
    ]


def text_of_page(path: Path) -> str:
    """A page's Markdown, without the mark of its encoding that some editors write.

    Raises:
        ValueError: it is not in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: save it in UTF-8: {error}") from None


def _style(folder: Path, named: str | None) -> Path:
    """The style's file: the one that is named, the project's own in its usual place, or that of the press."""
    own = folder / (named or "figures/style.toml")
    return own if named or own.is_file() else DEFAULT_STYLE


def find_project(start: Path) -> Project:
    """Find the project that ``start`` (a file or folder) belongs to.

    Raises:
        ValueError: no ``pyproject.toml`` with a table ``[tool.figpress]`` stands there or above, or something in it is of the
            wrong kind.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        if file.is_file():
            try:
                tool = tomllib.loads(file.read_text(encoding="utf-8")).get("tool")
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise ValueError(f"{file}: cannot be read as TOML in UTF-8: {error}") from None
            if isinstance(tool, dict) and "figpress" in tool:
                return _project(folder, tool["figpress"], f"{file}: tool.figpress")
    raise ValueError(f"no pyproject.toml with a table [tool.figpress] in {start} or above")


def _project(folder: Path, table: object, place: str) -> Project:
    """The project in a folder, given its settings; ``place`` names them in messages."""
    if not isinstance(table, dict):
        raise ValueError(f"{place} must be a table, got {table!r}")
    _check(table, _SETTINGS, place)
    formulas, ticks = table.get("equations", {}), table.get("ticks", {})
    _check(formulas, _EQUATIONS, f"{place}.equations")
    _check(ticks, dict.fromkeys(ticks, "a word and what it means"), f"{place}.ticks")
    # The last of them, as pages list them in this order.
    ticks["otherwise"] = ticks.pop("otherwise", _OTHERWISE)
    for name, (_, meaning) in ticks.items():
        if re.search(r"[{}]", meaning.replace("{count}", "")):
            raise ValueError(f"{place}.ticks.{name} has a place other than {{count}}: {meaning!r}")
    return Project(
        root=folder,
        figures=folder / table.get("figures", "figures"),
        sources=tuple(folder / source for source in table.get("sources", ["src"])),
        style=_style(folder, table.get("style")),
        tests=folder / table.get("tests", "tests"),
        docs=folder / table.get("docs", "docs"),
        cache=folder / table.get("cache", ".figpress"),
        structural=folder / table.get("structural", "docs/structural.toml"),
        pure=frozenset(table.get("pure", [])),
        harness=frozenset(table.get("harness", [])),
        ticks={name: tuple(pair) for name, pair in ticks.items()},
        symbols=formulas.get("symbols", {}),
        functions=formulas.get("functions", {}),
        positive=frozenset(formulas.get("positive", [])),
        whole=frozenset(formulas.get("whole", [])),
        labels=labels(table.get("labels", {}), f"{place}.labels"),
    )


_parsing = threading.Lock()


def parsed(source: str | bytes, path: str = "<unknown>") -> ast.Module:
    """The syntax tree of a source, for threads: Python 3.11 fails now and then (SystemError) where two make trees at once."""
    with _parsing:
        return ast.parse(source, path)

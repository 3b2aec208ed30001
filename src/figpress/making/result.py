"""What a build gives."""

import json
from dataclasses import dataclass, field

from figpress.freshness.record import Record
from figpress.live.compiled import CompiledFigure
from figpress.store import Parts


class FigureError(Exception):
    """A figure or notebook that cannot be made; the message names it, the file, the line and the reason.

    ``build`` holds all that could be made beside it.
    """

    def __init__(self, message: str, build: "Build"):
        super().__init__(message)
        self.build = build


@dataclass(frozen=True)
class Result:
    """A finished figure, or the numbers of a module that draws nothing (``inline``, ``data`` and ``files`` are empty then).

    Drawings and data stay in the store until they are asked for, so that a thousand figures take little memory.
    ``functions`` are the project's functions that ran; ``live`` is what the page needs to move the drawing, None for one that
    stays still.
    """

    name: str
    title: str
    doc: str
    script: str
    parameters: list[dict]
    size: list[float]
    facts: dict
    description: str
    transforms: dict
    parts: Parts
    files: Parts
    functions: list[str]
    key: str
    live: CompiledFigure | None = None

    @property
    def inline(self) -> str:
        """The SVG for a page."""
        return self.parts["inline"].decode() if "inline" in self.parts else ""

    @property
    def data(self) -> dict:
        """What is drawn."""
        return json.loads(self.parts["data"]) if "data" in self.parts else {}

    @property
    def dependencies(self) -> Record:
        """All that the result depends on."""
        return Record.of(self.parts.header())


@dataclass
class Build:
    """What one build gave: all results by name, notebooks by path below docs, and the names that were made anew.

    ``looked_at`` are the files and folders beside code that anything depends on, by their paths in the project.
    """

    results: dict[str, Result] = field(default_factory=dict)
    notebooks: dict[str, bytes] = field(default_factory=dict)
    drawn: list[str] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)
    seconds: float = 0.0


@dataclass(frozen=True)
class Item:
    """A figure's module, by its name; a notebook, by its path below docs; or the style's settings, by its file's name."""

    kind: str
    name: str

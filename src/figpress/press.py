"""The press: draws the figures of a project."""

import importlib
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter
from types import ModuleType

from figpress import drawing
from figpress.project import Project
from figpress.style import Style, applied, load_style


class FigureError(Exception):
    """A figure or notebook that cannot be made; the message names it, the file, the line and the reason."""


@dataclass(frozen=True)
class Result:
    """A finished figure, or the numbers of a module that draws nothing (``inline`` and ``files`` are empty then)."""

    name: str
    title: str
    doc: str
    script: str
    parameters: list[dict]
    size: list[float]
    facts: dict
    data: dict
    description: str
    inline: str
    transforms: dict
    files: Mapping[str, bytes]
    functions: list[str]
    dependencies: dict
    key: str


@dataclass
class Build:
    """What one build gave: all results by name, the names that were drawn anew, notebooks by path below docs."""

    results: dict[str, Result] = field(default_factory=dict)
    notebooks: dict[str, bytes] = field(default_factory=dict)
    drawn: list[str] = field(default_factory=list)
    seconds: float = 0.0


def message_of(name: str, error: BaseException, root: Path) -> str:
    """One line: the figure, the deepest place inside the project, and what was raised."""
    place = ""
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(root):
            place = f"{path.relative_to(root).as_posix()}:{frame.lineno}: "
    return f"{name}: {place}{type(error).__name__}: {error}"


def constants_of(module: ModuleType) -> dict[str, object]:
    """The upper-case numbers, texts and lists of these in a module, by lower-case name."""

    def admissible(value: object) -> bool:
        return isinstance(value, int | float | str) or isinstance(value, tuple | list) and all(map(admissible, value))

    return {name.lower(): drawing.plain(value) for name, value in vars(module).items()
            if name.isupper() and not name.startswith("_") and admissible(value)}


def make(module: ModuleType, script: str, style: Style) -> Result:
    """Compute and draw one figure in every format, or collect the numbers of a module that draws nothing."""
    name = module.__name__.rpartition(".")[2]
    doc = (module.__doc__ or "").strip()
    if not hasattr(module, "draw"):
        facts = constants_of(module) | drawing.plain(module.facts() if hasattr(module, "facts") else {})
        return Result(name, doc.split("\n")[0].rstrip("."), doc, script, [], [], facts, {}, "", "", {}, {}, [], {}, "")
    figure = drawing.figure_module(module)
    computed = drawing.compute(figure)
    with applied(style):
        canvas = drawing.drawn(figure, computed.data, style)
        inline = drawing.inline(drawing.save(canvas, "svg", text_as_paths=False).decode(), f"fig-{name}", figure.title,
                                computed.description, style)
        transforms = drawing.axes_transforms(canvas)
    files = {file_format: drawing.render(figure, style, file_format) for file_format in drawing.FORMATS}
    parameters = [{"name": p.name, "type": p.type.__name__, "default": p.default, **asdict(p.domain)}
                  for p in figure.parameters]
    return Result(name, figure.title, doc, script, parameters, list(figure.size or style.size),
                  drawing.plain(computed.facts), drawing.plain(computed.data), computed.description, inline,
                  drawing.plain(transforms), files, [], {}, "")


class Press:
    """Draws what is stale in a project and keeps what is fresh."""

    def __init__(self, project: Project, jobs: int | None = None):
        self.project = project
        self.jobs = jobs

    def names(self) -> list[str]:
        """The figure modules of the project, by name."""
        return sorted(path.stem for path in self.project.figures.glob("*.py") if not path.stem.startswith("_"))

    def build(self, progress: Callable[[str, int, int], None] | None = None) -> Build:
        """Bring every figure up to date.

        Raises:
            FigureError: a figure cannot be made; all others are finished first.
        """
        start = perf_counter()
        build, errors = Build(), []
        style = load_style(self.project.style)
        rooms = (self.project.figures, *self.project.sources)
        for folder in {str(room.parent) for room in rooms}:
            if folder not in sys.path:
                sys.path.insert(0, folder)
        names = self.names()
        for number, name in enumerate(names, 1):
            for loaded in [key for key in sys.modules if key.split(".")[0] in {room.name for room in rooms}]:
                del sys.modules[loaded]
            script = f"{self.project.figures.name}/{name}.py"
            try:
                module = importlib.import_module(f"{self.project.figures.name}.{name}")
                build.results[name] = make(module, script, style)
                build.drawn.append(name)
            except Exception as error:
                errors.append(message_of(name, error, self.project.root))
            if progress:
                progress(name, number, len(names))
        if errors:
            raise FigureError("\n".join(errors))
        build.seconds = perf_counter() - start
        return build

    def check(self) -> list[str]:
        """What is stale or damaged, one line each."""
        return [f"{name}: never drawn" for name in self.names()]

    def why(self, name: str) -> list[str]:
        """Why a figure is stale; empty where it is fresh."""
        if name not in self.names():
            raise ValueError(f"no figure {name!r}; known: {', '.join(self.names()) or 'none'}")
        return ["never drawn"]

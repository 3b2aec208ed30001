"""The press: decides what is stale, has it made in worker processes, and keeps what is fresh."""

import contextlib
import functools
import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import as_completed
from time import perf_counter

from figpress.drawing.render import FORMATS
from figpress.freshness.record import identity
from figpress.live.compiled import CompiledFigure
from figpress.making.notebook_file import read, with_outputs
from figpress.making.present import PresentFigures
from figpress.making.processes import Workers
from figpress.making.result import Build, FigureError, Item, Result
from figpress.making.running import Running
from figpress.project import Project, files_in
from figpress.store import Damaged, Entry, Parts, Store, unpack


def _no_progress(name: str, done: int, number: int) -> None:
    """Tell nobody."""


class Press:
    """Draws what is stale in a project and keeps what is fresh.

    Args:
        project: where everything is.
        jobs: how many worker processes may draw at once; by default as many as there are processors.
    """

    def __init__(self, project: Project, jobs: int | None = None):
        if jobs is not None and jobs < 1:
            raise ValueError(f"jobs must be at least 1, got {jobs}")
        self.project = project
        self.jobs = jobs
        self.store = Store(project.cache / "entries")

    def names(self) -> list[str]:
        """The project's figures and modules of numbers."""
        return sorted(path.stem for path in self.project.figures.glob("[!_.]*.py"))

    def notebooks(self) -> list[str]:
        """The project's notebooks, by path below docs."""
        docs = self.project.docs
        return [path.relative_to(docs).as_posix() for path in files_in(docs, "*.ipynb")]

    def begin(self, progress: Callable[[str, int, int], None] = _no_progress) -> Running:
        """Bring everything up to date while the caller goes on; ``progress`` is called in another thread."""
        items = self._items()
        return Running(items, functools.partial(self._build, items, progress))

    def build(self, progress: Callable[[str, int, int], None] = _no_progress) -> Build:
        """Bring everything up to date.

        Args:
            progress: called with a name, how many are done, and how many there are.

        Raises:
            FigureError: a figure or notebook cannot be made; all others are finished and kept first.
            ValueError: the style file cannot be read.
        """
        return self._build(self._items(), progress, lambda item, thing: None)

    def _build(
        self,
        items: list[Item],
        progress: Callable[[str, int, int], None],
        made: Callable[[Item, Result | bytes | None], None],
    ) -> Build:
        begin = perf_counter()
        present = PresentFigures(self.project)
        build, errors, done = Build(), [], 0
        modules: set[str] = set()

        def take(item: Item, entry: Entry, content: bytes) -> None:
            try:
                thing = _taken(self.project, item, entry, content)
            except ValueError as error:
                raise FigureError(str(error), build) from None
            if item.kind == "notebook":
                build.notebooks[item.name] = thing
            elif item.kind == "figure":
                build.results[item.name] = thing
            modules.update(entry.header["record"]["sources"])
            for part in ("files", "folders", "looked_at"):
                build.looked_at.update(entry.header["record"][part])
            made(item, thing)

        def finish(item: Item) -> None:
            nonlocal done
            done += 1
            progress(item.name, done, len(items))

        def stale() -> Iterator[Item]:
            for item in items:
                loaded = self._fresh(item, present)
                if loaded:
                    take(item, *loaded)
                    finish(item)
                else:
                    yield item

        with contextlib.closing(self._work(stale())) as outcomes:
            for item, outcome, payload in outcomes:
                if outcome == "done":
                    entry = self.store.save(self._slot(item), unpack(payload).header["key"], payload)
                    take(item, entry, payload)
                    if item.kind != "settings":
                        build.drawn.append(item.name)
                else:
                    errors.append(payload)
                finish(item)
        self.store.prune([self._slot(item) for item in items])
        if build.drawn:
            Store(self.project.cache / "code").prune(sorted(modules))
        build.results = dict(sorted(build.results.items()))
        build.drawn.sort()
        build.seconds = perf_counter() - begin
        if errors:
            raise FigureError("\n".join(sorted(errors)), build)
        return build

    def fresh(self) -> dict[str, Result]:
        """The figures and numbers that are drawn and fresh, by name."""
        present = PresentFigures(self.project)
        items = [item for item in self._items() if item.kind == "figure"]
        loaded = {item: self._fresh(item, present) for item in items}
        return {item.name: _taken(self.project, item, *entry) for item, entry in loaded.items() if entry}

    def check(self) -> list[str]:
        """What is stale or damaged, one line each."""
        return [f"{item.name}: {'; '.join(reasons)}" for item, reasons in self.states().items() if reasons]

    def states(self) -> dict[Item, list[str]]:
        """For every figure and notebook why it is stale; empty where it is fresh."""
        present = PresentFigures(self.project)
        return {item: self._reasons(item, present) for item in self._items()}

    def why(self, name: str) -> list[str]:
        """Why a figure or notebook is stale; empty where it is fresh.

        Raises:
            ValueError: there is none of this name.
        """
        for item in self._items():
            if item.name == name:
                return self._reasons(item, PresentFigures(self.project))
        raise ValueError(
            f"no figure or notebook {name!r}; known: {', '.join(item.name for item in self._items()) or 'none'}"
        )

    def clean(self) -> None:
        """Remove all that is kept: figures, and whatever else takes its time to make."""
        if self.project.cache.is_dir():
            for folder in sorted(path for path in self.project.cache.rglob("*") if path.is_dir()):
                Store(folder).clean()

    def _items(self) -> list[Item]:
        # Notebooks first: a kernel takes longest.
        return [
            *(Item("notebook", name) for name in self.notebooks()),
            Item("settings", self.project.style.name),
            *(Item("figure", name) for name in self.names()),
        ]

    @staticmethod
    def _slot(item: Item) -> str:
        return item.name if item.kind == "figure" else f"{item.kind}:{item.name}"

    def _fresh(self, item: Item, present: PresentFigures) -> tuple[Entry, bytes] | None:
        for number, path in enumerate(self.store.files(self._slot(item))):
            with contextlib.suppress(Damaged):
                entry, content = self.store.load(path)
                if not present.changes_of(entry.header, identity(item.kind, item.name)):
                    renewed = present.renewed(entry, content)
                    if renewed:
                        entry, content = self.store.save(self._slot(item), entry.header["key"], renewed), renewed
                    elif number:
                        self.store.touch(path)
                    return entry, content
        return None

    def _reasons(self, item: Item, present: PresentFigures) -> list[str]:
        first: list[str] = []
        for path in self.store.files(self._slot(item)):
            try:
                reasons = present.changes_of(self.store.load(path)[0].header, identity(item.kind, item.name))
            except Damaged as error:
                reasons = [f"damaged entry {error}"]
            if not reasons:
                return []
            first = first or reasons
        return first or ["never made"]

    def _work(self, items: Iterator[Item]) -> Iterator[tuple[Item, str, str | bytes]]:
        """Make the given things in worker processes: each with "done" and an entry, or "failed" and a message.

        Workers begin with the first one while others are still being looked for.
        """
        with contextlib.closing(Workers(self.project, self.jobs or os.cpu_count() or 1)) as workers:
            futures = {workers.make(item.kind, item.name): item for item in items}
            for future in as_completed(futures):
                # Nothing here holds on to what is made, so that a thousand figures take little memory.
                yield futures.pop(future), *future.result()


def _taken(project: Project, item: Item, entry: Entry, content: bytes) -> Result | bytes | None:
    """What an entry holds: a figure's result, a notebook with its outputs, nothing for settings.

    Raises:
        ValueError: the notebook is no longer the one that was executed.
    """
    header = entry.header
    if item.kind == "notebook":
        with contextlib.suppress(ValueError, OSError):
            return with_outputs(read(project.docs / item.name), json.loads(entry.parts(content)["outputs"]))
        raise ValueError(f"{item.name}: changed while the build ran; build once more")
    if item.kind == "settings":
        return None
    return Result(
        name=header["name"],
        title=header["title"],
        doc=header["doc"],
        script=header["script"],
        parameters=header["parameters"],
        size=header["size"],
        facts=header["facts"],
        description=header["description"],
        transforms=header["transforms"],
        parts=Parts(entry, ("inline", "data")),
        files=Parts(entry, FORMATS),
        functions=[".".join(pair) for pair in header["record"]["ran"]],
        key=header["key"],
        live=CompiledFigure(**json.loads(entry.parts(content)["live"])) if "live" in entry.places else None,
    )

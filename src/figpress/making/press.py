"""The press: decides what is stale, has it drawn in worker processes, and keeps what is fresh."""

import contextlib
import importlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from figpress.drawing.render import FORMATS
from figpress.drawing.style import load_style
from figpress.freshness.code import ModuleCode, differences, digest
from figpress.freshness.trace import content_hash, listing_hash, resolve, top_names
from figpress.making.notebooks import code_hash, read, with_outputs
from figpress.making.processes import Workers, begun
from figpress.making.worker import code_of, cut_for, environment, rooms_of, style_values, version_of
from figpress.project import Project
from figpress.store import Damaged, Entry, Parts, Store, pack, unpack


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
    live: dict | None = None

    @property
    def inline(self) -> str:
        """The SVG for a page."""
        return self.parts["inline"].decode() if "inline" in self.parts else ""

    @property
    def data(self) -> dict:
        """What is drawn."""
        return json.loads(self.parts["data"]) if "data" in self.parts else {}

    @property
    def dependencies(self) -> dict:
        """All that the result depends on."""
        return self.parts.header()["record"]


@dataclass
class Build:
    """What one build gave: all results by name, notebooks by path below docs, and the names that were made anew."""

    results: dict[str, Result] = field(default_factory=dict)
    notebooks: dict[str, bytes] = field(default_factory=dict)
    drawn: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Awaited(Mapping):
    """Things by name that are still being made: asking for one waits for it, and going through them waits for all."""

    def __init__(self, names: Iterable[str]):
        self._futures: dict[str, Future] = {name: Future() for name in sorted(names)}

    def __getitem__(self, name: str) -> object:
        return self._futures[name].result()

    def __contains__(self, name: object) -> bool:
        # Mapping's own would get the thing, and wait for it.
        return name in self._futures

    def __iter__(self) -> Iterator[str]:
        return iter(self._futures)

    def __len__(self) -> int:
        return len(self._futures)

    def is_here(self, name: str) -> bool:
        """Whether asking for it would not have to wait."""
        return name in self._futures and self._futures[name].done()

    def put(self, name: str, thing: object) -> None:
        """It is made."""
        self._futures[name].set_result(thing)

    def give_up(self, error: BaseException) -> None:
        """What is not made by now will not be: whoever asks for it gets the error."""
        for future in self._futures.values():
            if not future.done():
                future.set_exception(error)


@dataclass(frozen=True)
class _Item:
    """A figure's module, by its name; a notebook, by its path below docs; or the style's settings, by its file's name."""

    kind: str
    name: str


class Running:
    """A build in a thread of its own. ``results`` and ``notebooks`` are those of the ``Build``, each there once it is made.

    Where the build fails, asking for what it could not make raises its error, and so does ``finish``.
    """

    def __init__(self, press: "Press", items: list[_Item]):
        self.results = Awaited(item.name for item in items if item.kind == "figure")
        self.notebooks = Awaited(item.name for item in items if item.kind == "notebook")
        self._built = begun(self._run, press, items)

    def _run(self, press: "Press", items: list[_Item]) -> Build:
        try:
            return press._build(items, lambda name, done, number: None, self._put)
        except BaseException as error:
            for awaited in (self.results, self.notebooks):
                awaited.give_up(error)
            raise

    def _put(self, item: _Item, thing: Result | bytes | None) -> None:
        if item.kind != "settings":
            (self.results if item.kind == "figure" else self.notebooks).put(item.name, thing)

    def finish(self) -> Build:
        """Wait until all is made.

        Raises:
            FigureError, ValueError: as ``Press.build`` does.
        """
        return self._built.result()


class Present:
    """The project as it is now, each file read once.

    Args:
        project: where everything is.
        rooms: where its modules live.
        environment: what everything depends on beside it; both as what is compared with it was made.
    """

    def __init__(self, project: Project, rooms: tuple[Path, ...], environment: Mapping[str, str]):
        self.project = project
        self.style = load_style(project.style)
        self.environment = environment
        self.tops = top_names(rooms)
        self._sources: dict[str, tuple[bytes, str | None]] = {}
        self._hashes: dict[str, str | None] = {}
        self._listings: dict[str, str | None] = {}
        self._found: dict[tuple, str] = {}
        self._versions: dict[str, str] = {}
        self._styles: dict[str, dict[str, object]] = {}
        # Folders are looked into anew; the import system would go by their times.
        importlib.invalidate_caches()

    def changes(self, record: Mapping[str, dict]) -> list[str]:
        """What of a record no longer holds, in words; empty where all does."""
        lines = self._changes_of_environment(record)
        if lines:
            # What another version wrote may have another form.
            return lines
        lines = self._changes_beside_code(record)
        if self._source_hashes(record) != record["sources"]:
            lines += self._changes_of_code(record)
        return lines

    def is_same(self, record: Mapping[str, dict]) -> bool:
        """Whether nothing in a record has changed, not even code that does not count."""
        return (
            not self._changes_of_environment(record)
            and self._source_hashes(record) == record["sources"]
            and not self._changes_beside_code(record)
        )

    def _changes_of_environment(self, record: Mapping[str, dict]) -> list[str]:
        return [
            f"version of {name} changed"
            for name, value in self.environment.items()
            if record["environment"].get(name) != value
        ]

    def _changes_beside_code(self, record: Mapping[str, dict]) -> list[str]:
        lines = [
            f"version of {name} changed"
            for name, value in record["distributions"].items()
            if self._version(name) != value
        ]
        lines += [f"import of {name} changed" for name, own in record["tops"].items() if (name in self.tops) != own]
        lines += [
            f"import of {name} finds another file"
            for name, (folders, found) in record["searched"].items()
            if self._find(name, folders) != found
        ]
        lines += [f"{path} changed" for path, value in record["files"].items() if self._hash(path) != value]
        lines += [
            f"the list of files in {path} changed"
            for path, value in record["listings"].items()
            if self._listing(path) != value
        ]
        if record["looks"]:
            lines += self._changes_of_style(record["looks"])
        notebook = record.get("notebook")
        if notebook and code_hash(self.project.root / notebook["path"]) != notebook["code"]:
            lines.append(f"code of {notebook['path']} changed")
        return lines

    def renewed(self, entry: Entry, content: bytes) -> bytes | None:
        """A fresh entry that knows the sources as they are now, so that the next build need not compare their code again."""
        record = entry.header["record"]
        sources = self._source_hashes(record)
        if sources == record["sources"]:
            return None
        return pack(entry.header | {"record": record | {"sources": sources}}, entry.parts(content))

    def _changes_of_style(self, looks: Mapping[str, dict]) -> list[str]:
        asked = repr({name: value for name, value in looks.items() if name != "values"})
        if asked not in self._styles:
            # Nearly all figures use the same of it.
            self._styles[asked] = style_values(self.style, looks)
        before, after = looks["values"], self._styles[asked]
        if before == after:
            return []
        path = self.project.style.relative_to(self.project.root).as_posix()
        return [
            f"{path}: {name} changed"
            for name in sorted(before.keys() | after.keys())
            if before.get(name) != after.get(name)
        ]

    def _changes_of_code(self, record: Mapping[str, dict]) -> list[str]:
        try:
            return differences(record["code"], code_of(record, lambda name: self._code(record, name)))
        except (OSError, SyntaxError, ValueError) as error:
            return [f"code cannot be read: {error}"]

    def _code(self, record: Mapping[str, dict], name: str) -> ModuleCode:
        path = record["paths"][name]
        source, source_hash = self._source(path)
        if source_hash is None:
            raise OSError(f"{path} is gone")
        return cut_for(self.project, record, name, source)

    def _source_hashes(self, record: Mapping[str, dict]) -> dict[str, str | None]:
        return {name: self._source(record["paths"][name])[1] for name in record["sources"]}

    def _source(self, path: str) -> tuple[bytes, str | None]:
        """A module's text and its hash, of one and the same reading."""
        if path not in self._sources:
            try:
                source = (self.project.root / path).read_bytes()
                self._sources[path] = source, digest(source)
            except OSError:
                self._sources[path] = b"", None
        return self._sources[path]

    def _hash(self, path: str) -> str | None:
        if path not in self._hashes:
            self._hashes[path] = content_hash(self.project.root / path)
        return self._hashes[path]

    def _listing(self, path: str) -> str | None:
        if path not in self._listings:
            self._listings[path] = listing_hash(self.project.root / path)
        return self._listings[path]

    def _find(self, name: str, folders: list[str]) -> str:
        key = (name, *folders)
        if key not in self._found:
            spec = resolve(name, [str(self.project.root / folder) for folder in folders])
            origin = spec.origin if spec and spec.origin else ""
            self._found[key] = os.path.relpath(origin, self.project.root).replace(os.sep, "/") if origin else ""
        return self._found[key]

    def _version(self, distribution: str) -> str:
        if distribution not in self._versions:
            self._versions[distribution] = version_of(distribution)
        return self._versions[distribution]


def _present(project: Project) -> Present:
    return Present(project, rooms_of(project), environment())


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
        return sorted(path.stem for path in self.project.figures.glob("*.py") if not path.stem.startswith("_"))

    def notebooks(self) -> list[str]:
        """The project's notebooks, by path below docs."""
        docs = self.project.docs
        paths = (path.relative_to(docs) for path in docs.glob("**/*.ipynb"))
        return sorted(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))

    def begin(self) -> Running:
        """Bring everything up to date while the caller goes on."""
        return Running(self, self._items())

    def build(self, progress: Callable[[str, int, int], None] = lambda name, done, number: None) -> Build:
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
        items: list[_Item],
        progress: Callable[[str, int, int], None],
        made: Callable[[_Item, Result | bytes | None], None],
    ) -> Build:
        begin = perf_counter()
        present = _present(self.project)
        build, errors, done = Build(), [], 0
        modules: set[str] = set()

        def take(item: _Item, entry: Entry, content: bytes) -> None:
            try:
                thing = _taken(self.project, item, entry, content)
            except ValueError as error:
                raise FigureError(str(error), build) from None
            if item.kind == "notebook":
                build.notebooks[item.name] = thing
            elif item.kind == "figure":
                build.results[item.name] = thing
                modules.update(entry.header["record"]["sources"])
            made(item, thing)

        def finish(item: _Item) -> None:
            nonlocal done
            done += 1
            progress(item.name, done, len(items))

        def stale() -> Iterator[_Item]:
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
        present = _present(self.project)
        items = [item for item in self._items() if item.kind == "figure"]
        loaded = {item: self._fresh(item, present) for item in items}
        return {item.name: _taken(self.project, item, *entry) for item, entry in loaded.items() if entry}

    def check(self) -> list[str]:
        """What is stale or damaged, one line each."""
        return [f"{item.name}: {'; '.join(reasons)}" for item, reasons in self.states().items() if reasons]

    def states(self) -> dict[_Item, list[str]]:
        """For every figure and notebook why it is stale; empty where it is fresh."""
        present = _present(self.project)
        return {item: self._reasons(item, present) for item in self._items()}

    def why(self, name: str) -> list[str]:
        """Why a figure or notebook is stale; empty where it is fresh.

        Raises:
            ValueError: there is none of this name.
        """
        for item in self._items():
            if item.name == name:
                return self._reasons(item, _present(self.project))
        raise ValueError(
            f"no figure or notebook {name!r}; known: {', '.join(item.name for item in self._items()) or 'none'}"
        )

    def clean(self) -> None:
        """Remove all that is kept: figures, and whatever else takes its time to make."""
        if self.project.cache.is_dir():
            for folder in sorted(path for path in self.project.cache.rglob("*") if path.is_dir()):
                Store(folder).clean()
            # What the page builder was given of notebooks.
            for notebook in self.project.cache.rglob("*.ipynb"):
                notebook.unlink()

    def _items(self) -> list[_Item]:
        # Notebooks first: a kernel takes longest.
        return [
            *(_Item("notebook", name) for name in self.notebooks()),
            _Item("settings", self.project.style.name),
            *(_Item("figure", name) for name in self.names()),
        ]

    @staticmethod
    def _slot(item: _Item) -> str:
        return item.name if item.kind == "figure" else f"{item.kind}:{item.name}"

    def _fresh(self, item: _Item, present: Present) -> tuple[Entry, bytes] | None:
        for number, path in enumerate(self.store.files(self._slot(item))):
            with contextlib.suppress(Damaged):
                entry, content = self.store.load(path)
                if not present.changes(entry.header["record"]):
                    renewed = present.renewed(entry, content)
                    if renewed:
                        entry, content = self.store.save(self._slot(item), entry.header["key"], renewed), renewed
                    elif number:
                        self.store.touch(path)
                    return entry, content
        return None

    def _reasons(self, item: _Item, present: Present) -> list[str]:
        first: list[str] = []
        for path in self.store.files(self._slot(item)):
            try:
                reasons = present.changes(self.store.load(path)[0].header["record"])
            except Damaged as error:
                reasons = [f"damaged entry {error}"]
            if not reasons:
                return []
            first = first or reasons
        return first or ["never made"]

    def _work(self, items: Iterator[_Item]) -> Iterator[tuple[_Item, str, str | bytes]]:
        """Make the given things in worker processes: each with "done" and an entry, or "failed" and a message.

        Workers begin with the first one while others are still being looked for.
        """
        with contextlib.closing(Workers(self.project, self.jobs or os.cpu_count() or 1)) as workers:
            futures = {workers.make(item.kind, item.name): item for item in items}
            for future in as_completed(futures):
                # Nothing here holds on to what is made, so that a thousand figures take little memory.
                yield futures.pop(future), *future.result()


def _taken(project: Project, item: _Item, entry: Entry, content: bytes) -> Result | bytes | None:
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
        live=json.loads(entry.parts(content)["live"]) if "live" in entry.places else None,
    )

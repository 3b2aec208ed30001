"""All that a run depended on, in a form that can be kept and compared; and the key of what it made."""

import contextlib
import dataclasses
import functools
import json
import pickle
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from figpress.freshness import constants, cutting, pieces
from figpress.freshness.cutting import ModuleCode, cut
from figpress.freshness.dependencies import dependencies, import_roots
from figpress.freshness.pieces import digest
from figpress.freshness.trace import Trace
from figpress.freshness.versions import distributions, is_own
from figpress.project import Project
from figpress.store import Damaged, Store, pack, version_of_source


@dataclass(frozen=True)
class Record:
    """All that a run depended on; paths are relative to the project, with forward slashes.

    Attributes:
        environment: what everything depends on beside the project, by name; compared first, since what another version of the
            press wrote may have another form.
        searched: of each project module asked for, in which folders it was looked for, and the file found.
        paths, sources: the file of each module that was imported, and the hash of its text.
        ran: the functions that ran, as [module, qualified name].
        everything_of: the modules of which all names count.
        script: the module whose docstring counts.
        cells: the code of a notebook.
        files, folders: the hash of each file that was read, and of each folder's names.
        looked_at: what was seen of files that were not opened.
        variables: the hashes of environment variables that were asked for.
        style_use: what of the style was used, None where nothing is drawn in it; of it, ``values`` are in the key.
        code: the pieces of code that count, as ``dependencies`` gives them.
        distributions: versions of the packages used.
        top_level: of each package that is imported absolutely whether it is the project's own; None where there is no such package.
        notebook: path and hash of the code of the notebook that ran, None where none did.
    """

    environment: dict[str, str] = field(default_factory=dict)
    searched: dict[str, list] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    ran: list[list[str]] = field(default_factory=list)
    everything_of: list[str] = field(default_factory=list)
    script: str = ""
    cells: str = ""
    files: dict[str, str | None] = field(default_factory=dict)
    folders: dict[str, str | None] = field(default_factory=dict)
    looked_at: dict[str, str | None] = field(default_factory=dict)
    variables: dict[str, str | None] = field(default_factory=dict)
    style_use: dict | None = None
    code: dict[str, object] = field(default_factory=dict)
    distributions: dict[str, str] = field(default_factory=dict)
    top_level: dict[str, bool | None] = field(default_factory=dict)
    notebook: dict[str, str] | None = None

    @classmethod
    def of(cls, header: Mapping[str, dict]) -> "Record":
        """The record in an entry's header. Another version of the press may have written it: what is not known is left out.

        Raises:
            Damaged: there is none.
        """
        known = {part.name for part in dataclasses.fields(cls)}
        try:
            return cls(**{name: value for name, value in header["record"].items() if name in known})
        except (AttributeError, KeyError, TypeError):
            raise Damaged("it has no record") from None

    @property
    def key(self) -> str:
        """The name of an entry: a hash of all it depends on. Of sources and style that is the part that counts, not the whole."""
        counting = {"sources": sorted(self.sources), "style_use": self.style_use and self.style_use["values"]}
        return digest(json.dumps(vars(self) | counting, sort_keys=True, ensure_ascii=False))

    def header(self, made_for: str) -> dict[str, object]:
        """What an entry's header holds of it, and of what was asked for, as ``identity`` tells it."""
        return {"record": vars(self), "key": self.key, "made_for": made_for}


def identity(kind: str, name: object) -> str:
    """What tells one thing that can be made from all others: an entry that lies in another's place is not believed."""
    return digest(repr((kind, name)))


def record_of(
    project: Project,
    trace: Trace,
    top_level: Iterable[str],
    environment: dict[str, str],
    *,
    style_use: dict | None = None,
    script: str = "",
    cells: str = "",
    notebook: dict[str, str] | None = None,
    more_roots: Iterable[str] = (),
) -> Record:
    """What a run depended on.

    Args:
        project: whose code ran.
        trace: what was watched.
        top_level: the project's own top-level modules.
        environment: what it depended on beside the project.
        style_use, script, cells, notebook: as in ``Record``.
        more_roots: packages used beside those that code which counts imports.
    """
    record = Record(
        environment=environment,
        searched={name: [folders, found] for name, (folders, found) in sorted(trace.searched.items())},
        paths=dict(sorted(trace.paths.items())),
        sources={name: digest(source) for name, source in sorted(trace.sources.items())},
        ran=[list(pair) for pair in trace.functions() if pair[0] in trace.sources],
        everything_of=[name for name in trace.counting_whole() if name in trace.sources],
        script=script,
        cells=cells,
        files=dict(sorted(trace.files.items())),
        folders=dict(sorted(trace.folders.items())),
        looked_at=dict(sorted(trace.looked_at.items())),
        variables=dict(sorted(trace.variables.items())),
        style_use=style_use,
        notebook=notebook,
    )
    modules, ran = _code_that_ran(record, lambda name: cut_for(project, record, name, trace.sources[name]))
    roots = import_roots(modules, ran)
    return dataclasses.replace(
        record,
        code=dependencies(modules, ran, record.everything_of),
        distributions=distributions((roots | set(more_roots)) - set(top_level)),
        top_level={root: is_own(root, top_level, project.root) for root in sorted(roots)},
    )


def cut_for(project: Project, record: Record, name: str, source: bytes) -> ModuleCode:
    """Cut one of the modules that a record names."""
    is_package, is_script = record.paths[name].endswith("/__init__.py"), name == record.script
    return _cached_cut(project.cache, source, name, is_package, is_script, project.pure)


@functools.lru_cache(10_000)
def _cached_cut(
    cache: Path, source: bytes, name: str, is_package: bool, is_script: bool, pure: frozenset[str]
) -> ModuleCode:
    """Cut a module, or read how it was cut before: all modules of a project take longer than drawing one figure.

    The cache is trusted as far as Python trusts its own, of bytecode. What is given is not to be changed: most figures share it.
    """
    store = Store(cache / "code")
    # By name as well: what was pickled says which module its classes are in.
    by = (cutting.__name__, pieces.__name__, version_of_source(constants.__file__, cutting.__file__, pieces.__file__))
    made_by = (*by, sys.version_info[:3], name, is_package, is_script, sorted(pure))
    key = digest(repr(made_by).encode() + source)
    with contextlib.suppress(Damaged):
        entry, content = store.load(store.place(name) / f"{key}.entry")
        # One that lies in another's place is not believed.
        if entry.header == {"made_for": key}:
            return pickle.loads(entry.parts(content)["cut"])
    made = cut(source, name, is_package=is_package, is_script=is_script, pure=pure)
    store.save(name, key, pack({"made_for": key}, {"cut": pickle.dumps(made)}))
    return made


def code_of(record: Record, module_code: Callable[[str], ModuleCode]) -> dict[str, object]:
    """The code a run depended on, given the modules and functions in its record and the modules' present code."""
    return dependencies(*_code_that_ran(record, module_code), record.everything_of)


def _code_that_ran(
    record: Record, module_code: Callable[[str], ModuleCode]
) -> tuple[dict[str, ModuleCode], list[tuple[str, str]]]:
    modules = {name: module_code(name) for name in record.sources}
    ran = [tuple(pair) for pair in record.ran]
    if record.cells:
        notebook = cut(record.cells.encode(), "__notebook__", is_notebook=True)
        modules[notebook.name] = notebook
        ran += [(notebook.name, function) for function in notebook.bodies]
    return modules, ran

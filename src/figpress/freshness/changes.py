"""What of a record no longer holds."""

import importlib
import os
from collections.abc import Collection, Mapping
from pathlib import Path

from figpress.freshness.cutting import ModuleCode
from figpress.freshness.dependencies import differences
from figpress.freshness.pieces import digest
from figpress.freshness.record import Record, code_of, cut_for
from figpress.freshness.trace import content_hash, folder_hash, resolve, state_of, variable_hash
from figpress.freshness.versions import is_own, version_of
from figpress.project import Project, top_level_modules
from figpress.store import Entry, pack


class Present:
    """The project as it is now, each file read once.

    Args:
        project: where everything is.
        source_dirs: where its modules live.
        environment: what anything depends on beside it; both as what is compared with it was made.
        always: the names of that of it on which everything does.
    """

    def __init__(
        self, project: Project, source_dirs: tuple[Path, ...], environment: Mapping[str, str], always: Collection[str]
    ):
        self.project = project
        self.environment = environment
        self.always = frozenset(always)
        self.top_level = top_level_modules(source_dirs)
        self._sources: dict[str, tuple[bytes, str | None]] = {}
        self._hashes: dict[str, str | None] = {}
        self._folders: dict[str, str | None] = {}
        self._found: dict[tuple, str] = {}
        self._versions: dict[str, str] = {}
        self._owners: dict[str, bool | None] = {}
        # Folders are looked into anew; the import system would go by their times.
        importlib.invalidate_caches()

    def changes_of(self, header: Mapping[str, dict], made_for: str) -> list[str]:
        """Why an entry with this header is not what was asked for, in words; empty where it is.

        Raises:
            Damaged: it has no record.
        """
        changes = self.changes(Record.of(header))
        return changes or ([] if header.get("made_for") == made_for else ["what is kept was made for something else"])

    def changes(self, record: Record) -> list[str]:
        """What of a record no longer holds, in words; empty where all does."""
        lines = self._changes_of_environment(record)
        if lines:
            # What another version wrote may have another form.
            return lines
        lines = self.changes_beside_code(record)
        if self._source_hashes(record) != record.sources:
            lines += self._changes_of_code(record)
        return lines

    def is_same(self, record: Record) -> bool:
        """Whether nothing in a record has changed, not even code that does not count."""
        return (
            not self._changes_of_environment(record)
            and self._source_hashes(record) == record.sources
            and not self.changes_beside_code(record)
        )

    def _changes_of_environment(self, record: Record) -> list[str]:
        return [
            f"version of {name} changed"
            for name in sorted(self.always | record.environment.keys())
            if record.environment.get(name) != self.environment.get(name)
        ]

    def changes_beside_code(self, record: Record) -> list[str]:
        """What of a record no longer holds beside environment and code, in words."""
        lines = [
            f"version of {name} changed" for name, value in record.distributions.items() if self._version(name) != value
        ]
        lines += [
            f"import of {name} changed" for name, own in record.top_level.items() if self._is_own(name) is not own
        ]
        lines += [
            f"import of {name} finds another file"
            for name, (folders, found) in record.searched.items()
            if self._find(name, folders) != found
        ]
        lines += [f"{path} changed" for path, value in record.files.items() if self._hash(path) != value]
        lines += [
            f"the list of files in {path} changed"
            for path, value in record.folders.items()
            if self._folder(path) != value
        ]
        lines += [
            f"{path} was {value or 'not there'}, and is {now or 'not there'}"
            for path, value in record.looked_at.items()
            if (now := state_of(self.project.root / path, sized="bytes" in (value or "bytes"))) != value
        ]
        lines += [
            f"environment variable {name} changed"
            for name, value in record.variables.items()
            if variable_hash(name, os.environ) != value
        ]
        return lines

    def renewed(self, entry: Entry, content: bytes) -> bytes | None:
        """A fresh entry that knows the sources as they are now, so that the next build need not compare their code again."""
        record = Record.of(entry.header)
        sources = self._source_hashes(record)
        if sources == record.sources:
            return None
        return pack(entry.header | {"record": vars(record) | {"sources": sources}}, entry.parts(content))

    def _changes_of_code(self, record: Record) -> list[str]:
        try:
            return differences(record.code, code_of(record, lambda name: self._code(record, name)))
        except (OSError, SyntaxError, ValueError) as error:
            return [f"code cannot be read: {error}"]

    def _code(self, record: Record, name: str) -> ModuleCode:
        path = record.paths[name]
        source, source_hash = self._source(path)
        if source_hash is None:
            raise OSError(f"{path} is gone")
        return cut_for(self.project, record, name, source)

    def _source_hashes(self, record: Record) -> dict[str, str | None]:
        return {name: self._source(record.paths[name])[1] for name in record.sources}

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

    def _folder(self, path: str) -> str | None:
        if path not in self._folders:
            self._folders[path] = folder_hash(self.project.root / path)
        return self._folders[path]

    def _find(self, name: str, folders: list[str]) -> str:
        key = (name, *folders)
        if key not in self._found:
            # By the last part of its name: where that is a folder without an __init__.py, the whole name would ask for the package
            # around it, which is not imported here.
            spec = resolve(name.rpartition(".")[2], [str(self.project.root / folder) for folder in folders])
            origin = spec.origin if spec and spec.origin else ""
            self._found[key] = os.path.relpath(origin, self.project.root).replace(os.sep, "/") if origin else ""
        return self._found[key]

    def _is_own(self, name: str) -> bool | None:
        if name not in self._owners:
            self._owners[name] = is_own(name, self.top_level, self.project.root)
        return self._owners[name]

    def _version(self, distribution: str) -> str:
        if distribution not in self._versions:
            self._versions[distribution] = version_of(distribution)
        return self._versions[distribution]

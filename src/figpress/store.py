"""The cache: one file an entry, written whole or not at all, trusted only as far as its hash agrees."""

import contextlib
import hashlib
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

KEPT = 3
"""Entries kept of one figure, so that going back to an earlier state of the code draws nothing."""

_MAGIC = b"figpress entry 1 "
_ABANDONED_AFTER = 60.0


class Damaged(Exception):
    """An entry that is not what was once written."""


def pack(header: Mapping[str, object], parts: Mapping[str, bytes]) -> bytes:
    """Write an entry: a hash of all that follows, a header, and named parts."""
    sizes = {name: len(content) for name, content in parts.items()}
    first = json.dumps({"header": header, "sizes": sizes}, ensure_ascii=False).encode()
    rest = first + b"\n" + b"".join(parts.values())
    return _MAGIC + hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


@dataclass(frozen=True)
class Entry:
    """A sound entry. Where it has a ``path`` its ``content`` stays on disk."""

    header: dict
    sizes: dict[str, int]
    start: int
    path: Path | None
    content: bytes = field(repr=False, default=b"")

    def parts(self, content: bytes) -> dict[str, bytes]:
        """All parts by name, given what the entry was opened from."""
        found, start = {}, self.start
        for name, size in self.sizes.items():
            found[name] = content[start:start + size]
            start += size
        return found


def _read(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Damaged(f"{path.name}: {error.strerror}") from error
    start = len(_MAGIC) + 65
    expected = _MAGIC + hashlib.sha256(memoryview(content)[start:]).hexdigest().encode() + b"\n"
    if content[:start] != expected:
        raise Damaged(f"{path.name}: its content does not agree with its hash")
    return content


def unpack(content: bytes, path: Path | None = None) -> Entry:
    """Open checked content; it is kept in memory where there is no path to read it from again."""
    start = len(_MAGIC) + 65
    end = content.index(b"\n", start)
    first = json.loads(content[start:end])
    return Entry(first["header"], first["sizes"], end + 1, path, b"" if path else content)


class Parts(Mapping[str, bytes]):
    """Some parts of an entry, read when asked for. Nothing of an entry on disk stays in memory but its place.

    Asking for anything raises ``Damaged`` where the file has changed since, or is gone.
    """

    def __init__(self, entry: Entry, names: tuple[str, ...]):
        self._path, self._content = entry.path, entry.content
        self._names = tuple(name for name in names if name in entry.sizes)

    def _open(self) -> tuple[Entry, bytes]:
        # As it is now: another build may have written the file anew since.
        content = self._content or _read(self._path)
        return unpack(content, self._path), content

    def __getitem__(self, name: str) -> bytes:
        if name not in self._names:
            raise KeyError(name)
        return self.all()[name]

    def all(self) -> dict[str, bytes]:
        """All of them at one reading."""
        entry, content = self._open()
        parts = entry.parts(content)
        return {name: parts[name] for name in self._names}

    def header(self) -> dict:
        """The header of their entry."""
        return self._open()[0].header

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Store:
    """Entries in a folder: one folder for each figure or notebook, in it a few entries named after their keys."""

    def __init__(self, folder: Path):
        self.folder = folder

    def place(self, item: str) -> Path:
        """The folder of one item's entries. A name that is no plain file name is told apart by a hash."""
        plain = re.sub(r"[^a-z0-9_]", "-", item)
        return self.folder / (plain if plain == item else f"{plain}-{hashlib.sha256(item.encode()).hexdigest()[:8]}")

    def files(self, item: str) -> list[Path]:
        """The files of an item's entries, the latest used first."""
        return [Path(path) for _, path in _files(self.place(item)) if path.endswith(".entry")]

    def load(self, path: Path) -> tuple[Entry, bytes]:
        """Read an entry and check it; its content comes with it.

        Raises:
            Damaged: it cannot be read, or its content does not agree with its hash.
        """
        content = _read(path)
        return unpack(content, path), content

    def touch(self, path: Path) -> None:
        """Note that an entry was used."""
        with contextlib.suppress(OSError):
            os.utime(path)

    def save(self, item: str, key: str, content: bytes) -> Entry:
        """Keep an entry; where the disk does not take it (full, read-only), it lives in memory for this build."""
        place = self.place(item)
        path = place / f"{key}.entry"
        temporary = None
        try:
            place.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=place, suffix=".tmp")
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.replace(temporary, path)
        except OSError:
            if temporary:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)
            return unpack(content)
        return unpack(content, path)

    def prune(self, items: list[str]) -> None:
        """Remove items that no longer exist, all but the latest entries of the others, and what killed builds left."""
        kept = {self.place(item) for item in items}
        with contextlib.suppress(OSError):
            for place in self.folder.iterdir():
                if place not in kept:
                    _remove(place)
        for place in kept:
            files = _files(place)
            entries = [path for _, path in files if path.endswith(".entry")]
            # A build that runs at the same time loses a young temporary file at worst, and then keeps it in memory.
            abandoned = [path for changed, path in files if path.endswith(".tmp") and time.time() - changed / 1e9 > _ABANDONED_AFTER]
            for path in (*entries[KEPT:], *abandoned):
                with contextlib.suppress(OSError):
                    os.unlink(path)

    def clean(self) -> None:
        """Remove all entries."""
        self.prune([])


def _files(place: Path) -> list[tuple[int, str]]:
    """What lies in a folder, each with its time in nanoseconds, the latest first."""
    found = []
    with contextlib.suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                found.append((entry.stat().st_mtime_ns, entry.path))
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _remove(place: Path) -> None:
    """Remove a folder of entries; should anything else lie in it, that stays."""
    for path in (*place.glob("*.entry"), *place.glob("*.tmp")):
        with contextlib.suppress(OSError):
            path.unlink()
    with contextlib.suppress(OSError):
        place.rmdir()


def version_of_source(file: str) -> str:
    """What tells one state of a module (its ``__file__``) from another, for what it makes and keeps."""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


def kept(folder: Path, version: str, contents: Mapping[str, bytes], make: Callable[[str, bytes], bytes]) -> dict[str, bytes]:
    """What ``make(path, content)`` gives for every file, made once and kept in ``folder`` until the file changes.

    ``version`` says how it is made; another version makes all anew. A damaged cache is made anew as well.
    """
    store, name = Store(folder), "kept"
    known: dict[str, bytes] = {}
    for file in store.files(name)[:1]:
        with contextlib.suppress(Damaged):
            entry, whole = store.load(file)
            known = entry.parts(whole)
    keys = {path: hashlib.sha256(f"{version}\n{path}\n".encode() + content).hexdigest() for path, content in contents.items()}
    made = {keys[path]: known.get(keys[path]) or make(path, content) for path, content in contents.items()}
    if made.keys() != known.keys():
        store.save(name, hashlib.sha256("".join(sorted(made)).encode()).hexdigest()[:32], pack({}, made))
        store.prune([name])
    return {path: made[key] for path, key in keys.items()}

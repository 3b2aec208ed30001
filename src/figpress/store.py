"""The cache: one file an entry, written whole or not at all, trusted only as far as its hash agrees."""

import contextlib
import hashlib
import io
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

KEPT = 3
"""Entries kept of one figure, so that going back to an earlier state of the code draws nothing."""

_MAGIC = b"figpress entry 2 "
_ABANDONED_AFTER = 60.0


class Damaged(Exception):
    """An entry that is not what was once written."""


class Place(NamedTuple):
    """Where a part of an entry stands, and the SHA-256 of its content."""

    start: int
    size: int
    digest: bytes


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def pack(header: Mapping[str, object], parts: Mapping[str, bytes]) -> bytes:
    """Write an entry: the hash of a table, the table with the sizes and hashes of all that follows, the header, and named parts."""
    contents = {"": json.dumps(header, ensure_ascii=False).encode(), **parts}
    table = json.dumps({name: [len(content), _digest(content).hex()] for name, content in contents.items()}).encode()
    return _MAGIC + _digest(table).hex().encode() + b"\n" + table + b"\n" + b"".join(contents.values())


@dataclass(frozen=True)
class Entry:
    """A sound entry. Where it has a ``path`` its ``content`` stays on disk."""

    header: dict
    places: dict[str, Place]
    path: Path | None
    content: bytes = field(repr=False, default=b"")

    def parts(self, content: bytes) -> dict[str, bytes]:
        """All parts by name, given what the entry was opened from."""
        return {name: content[start : start + size] for name, (start, size, _) in self.places.items()}


def unpack(content: bytes, path: Path | None = None) -> Entry:
    """Open an entry; its content is kept in memory where there is no path to read it from again.

    Raises:
        Damaged: it does not agree with its hashes.
    """
    first = len(_MAGIC) + 64
    end = content.find(b"\n", first + 1)
    table = content[first + 1 : end]
    if end < 0 or content[: first + 1] != _MAGIC + _digest(table).hex().encode() + b"\n":
        raise Damaged("the table of its parts does not agree with its hash")
    places, start, view = {}, end + 1, memoryview(content)
    for name, (size, digest) in json.loads(table).items():
        places[name] = Place(start, size, bytes.fromhex(digest))
        start += size
        if _digest(view[places[name].start : start]) != places[name].digest:
            raise Damaged(f"{name or 'its header'} does not agree with its hash")
    if start != len(content):
        raise Damaged("something follows its last part")
    header = places.pop("")
    return Entry(json.loads(content[header.start : header.start + header.size]), places, path, b"" if path else content)


def _load(path: Path) -> tuple[Entry, bytes]:
    try:
        content = path.read_bytes()
        return unpack(content, path), content
    except OSError as error:
        raise Damaged(f"{path.name}: {error.strerror}") from error
    except Damaged as error:
        raise Damaged(f"{path.name}: {error}") from None


class Parts(Mapping[str, bytes]):
    """Some parts of an entry, read when asked for. Of an entry on disk only their places stay in memory.

    Asking for anything raises ``Damaged`` where the file has changed since, or is gone.
    """

    def __init__(self, entry: Entry, names: Iterable[str]):
        self._path, self._content = entry.path, entry.content
        self._places = {name: entry.places[name] for name in names if name in entry.places}

    def __getitem__(self, name: str) -> bytes:
        return self._get({name: self._places[name]})[name]

    def all(self) -> dict[str, bytes]:
        """All of them at one reading."""
        return self._get(self._places)

    @property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of each."""
        return {name: place.digest.hex() for name, place in self._places.items()}

    def header(self) -> dict:
        """The header of their entry."""
        return (unpack(self._content) if self._content else _load(self._path)[0]).header

    def _get(self, places: Mapping[str, Place]) -> dict[str, bytes]:
        # They stand together, and threads do best with few readings.
        first = min((place.start for place in places.values()), default=0)
        last = max((place.start + place.size for place in places.values()), default=0)
        try:
            with io.BytesIO(self._content) if self._content else open(self._path, "rb") as file:
                file.seek(first)
                content = file.read(last - first)
        except OSError as error:
            raise Damaged(f"{self._path.name}: {error.strerror}") from error
        found = {name: content[start - first : start - first + size] for name, (start, size, _) in places.items()}
        if not _agree(found, places):
            # Another build may have written the file anew since, with a longer header.
            entry, content = _load(self._path)
            parts = entry.parts(content)
            if not _agree(parts, places):
                raise Damaged(f"{self._path.name}: another build has written something else")
            found = {name: parts[name] for name in places}
        return found

    def __contains__(self, name: object) -> bool:
        # Mapping's own would read it.
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _agree(parts: Mapping[str, bytes], places: Mapping[str, Place]) -> bool:
    return all(name in parts and _digest(parts[name]) == place.digest for name, place in places.items())


class Store:
    """Entries in a folder: one folder for each figure or notebook, in it a few entries named after their keys."""

    def __init__(self, folder: Path):
        self.folder = folder

    def place(self, item: str) -> Path:
        """The folder of one item's entries. A name that is no plain file name is told apart by a hash."""
        plain = re.sub(r"[^a-z0-9_]", "-", item)
        return self.folder / (plain if plain == item else f"{plain}-{hashlib.sha256(item.encode()).hexdigest()[:8]}")

    def files(self, item: str) -> list[Path]:
        """The files of an item's entries, the latest used first. What a killed build left beside them is removed."""
        return [Path(path) for path in _tidied(self.place(item))]

    def load(self, path: Path) -> tuple[Entry, bytes]:
        """Read an entry and check it; its content comes with it.

        Raises:
            Damaged: it cannot be read, or its content does not agree with its hash.
        """
        return _load(path)

    def touch(self, path: Path) -> None:
        """Note that an entry was used."""
        with contextlib.suppress(OSError):
            os.utime(path)

    def save(self, item: str, key: str, content: bytes) -> Entry:
        """Keep an entry and the latest others; where the disk does not take it (full, read-only), it lives in memory."""
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
        for old in [other for other in _tidied(place) if other != str(path)][KEPT - 1 :]:
            with contextlib.suppress(OSError):
                os.unlink(old)
        return unpack(content, path)

    def prune(self, items: Iterable[str]) -> None:
        """Remove items that no longer exist."""
        kept = {self.place(item).name for item in items}
        with contextlib.suppress(OSError):
            for name in os.listdir(self.folder):
                if name not in kept:
                    _remove(self.folder / name)

    def clean(self) -> None:
        """Remove all entries."""
        self.prune([])


def _tidied(place: Path) -> list[str]:
    """The entries in a folder, the latest first; files that some build began and never finished are removed."""
    found = []
    with contextlib.suppress(OSError), os.scandir(place) as files:
        for file in files:
            with contextlib.suppress(OSError):
                changed = file.stat().st_mtime_ns
                if file.name.endswith(".entry"):
                    found.append((-changed, file.path))
                # A build that runs at the same time loses a young one at worst, and then keeps it in memory.
                elif file.name.endswith(".tmp") and time.time() - changed / 1e9 > _ABANDONED_AFTER:
                    os.unlink(file.path)
    return [path for _, path in sorted(found)]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes private files; a figure is as readable as any other file.
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _remove(place: Path) -> None:
    """Remove a folder of entries; should anything else lie in it, that stays."""
    for path in (*place.glob("*.entry"), *place.glob("*.tmp")):
        with contextlib.suppress(OSError):
            path.unlink()
    with contextlib.suppress(OSError):
        place.rmdir()


def version_of_room(room: str) -> str:
    """What tells one state of the press's own code from another: of a room, or of a module by itself (``live.artists``)."""
    press = Path(__file__).parent
    modules = sorted((press / room).glob("*.py")) or [press / f"{room.replace('.', '/')}.py"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in modules)).hexdigest()[:24]


def version_of_source(*files: str) -> str:
    """What tells one state of modules (each one's ``__file__``) from another, for what they make and keep."""
    return hashlib.sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest()


def cached(
    folder: Path, version: str, contents: Mapping[str, bytes], make: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> Parts:
    """What ``make`` gives for files (by path, given their contents), made once and kept in ``folder`` until a file changes.

    ``version`` says how it is made; another version makes all anew. A damaged cache is made anew as well.
    """
    store, name = Store(folder), "kept"
    keys = {
        path: hashlib.sha256(f"{version}\n{path}\n".encode() + content).hexdigest()
        for path, content in contents.items()
    }
    known: dict[str, bytes] = {}
    for file in store.files(name)[:1]:
        with contextlib.suppress(Damaged):
            entry, whole = store.load(file)
            if entry.header == keys:
                return Parts(entry, keys)
            known = {
                path: part for path, part in entry.parts(whole).items() if entry.header.get(path) == keys.get(path)
            }
    made = known | make({path: content for path, content in contents.items() if path not in known})
    key = hashlib.sha256(json.dumps(keys, sort_keys=True).encode()).hexdigest()[:32]
    return Parts(store.save(name, key, pack(keys, made)), keys)

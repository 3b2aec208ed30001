"""A cache of what is made of a site's pages, for the next build: many small things in one file."""

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import figpress
from figpress.store import Damaged, Store, pack, version_of_source


class PageCache:
    """Bytes by key, in one file of the cache: read at once, and written at once where something is new.

    Only what this build asked for or added stays for the next one.
    """

    def __init__(self, folder: Path, item: str = "entries"):
        self._store, self._item = Store(folder), item
        self._known: dict[str, bytes] = {}
        self._used: dict[str, bytes] = {}
        for file in self._store.files(item)[:1]:
            with contextlib.suppress(Damaged):
                entry, content = self._store.load(file)
                self._known = entry.parts(content)

    def get(self, key: str) -> bytes | None:
        """What is cached under a key, if anything is."""
        found = self._used.get(key, self._known.get(key))
        if found is not None:
            self._used[key] = found
        return found

    def put(self, key: str, content: bytes) -> None:
        """Keep something from now on."""
        self._used[key] = content

    def save(self) -> None:
        """Write what this build used, if that is not what stands there already."""
        if self._used != self._known:
            self._store.save(self._item, self._item, pack({}, self._used))
            self._store.prune([self._item])
            self._known = self._used


def key_of(*parts: object) -> str:
    """One key for all that something is made from, in texts, numbers, lists and tables."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=repr).encode()).hexdigest()


def made_by() -> str:
    """The code that makes pages: this Python, all that is installed, by its versions, and the press itself."""
    installed = sorted(name for folder in sys.path for name in _distributions(folder))
    press = sorted(map(str, Path(figpress.__file__).parent.rglob("*.py")))
    return key_of(sys.version, installed, version_of_source(*press))


def _distributions(folder: str) -> Iterable[str]:
    """The installed distributions in a folder, each as its name and version."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder or "."):
            if name.endswith((".dist-info", ".egg-info")):
                yield name

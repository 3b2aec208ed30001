"""The theme's compiled templates, kept: to compile them takes a third of a small site's warm build."""

import contextlib
import hashlib
import sys
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from figpress.store import Damaged, Store, pack

_PACKAGES = ("jinja2", "markupsafe", "mkdocs")


class CompiledTemplates(BytecodeCache):
    """Compiled templates in the press's cache, one file for all; Jinja asks by a template's name and checks by its source."""

    def __init__(self, cache: Path):
        self._store = Store(cache / "templates")
        made_by = (sys.version, *(version(name) for name in _PACKAGES))
        self._item = hashlib.sha256(repr(made_by).encode()).hexdigest()[:32]
        self._known: dict[str, bytes] = {}
        self._added = False
        for file in self._store.files(self._item)[:1]:
            with contextlib.suppress(Damaged):
                entry, content = self._store.load(file)
                self._known = entry.parts(content)

    def use_in(self, environment: Environment) -> None:
        """Let an environment load its templates from here, if its filters and tests are those of known packages.

        What a filter makes of a constant is in the compiled code, and somebody's own filter may change without the template.
        """
        functions = (*environment.filters.values(), *environment.tests.values())
        modules = {getattr(function, "__module__", None) or "" for function in functions}
        if {module.partition(".")[0].lstrip("_") for module in modules} <= {*_PACKAGES, "builtins", "operator"}:
            environment.bytecode_cache = self

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja for every template."""
        known = self._known.get(bucket.key)
        if known:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja when a template was compiled."""
        self._known[bucket.key] = bucket.bytecode_to_string()
        self._added = True

    def save(self) -> None:
        """Keep what was compiled in this build."""
        if self._added:
            self._store.save(self._item, "compiled", pack({}, self._known))
            self._store.prune([self._item])
            self._added = False

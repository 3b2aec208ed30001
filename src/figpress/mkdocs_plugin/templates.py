"""The theme's compiled templates, kept: to compile them takes a third of a small site's warm build. And its files, listed quickly."""

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme

from figpress.store import Damaged, Store, pack

_PACKAGES = {
    "jinja2": "jinja2",
    "markupsafe": "markupsafe",
    "mkdocs": "mkdocs",
    "mkdocstrings": "mkdocstrings",
    "mkdocstrings_handlers": "mkdocstrings-python",
}
"""Packages with filters for templates, and what they are installed as."""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


class _VisibleFiles(FileSystemLoader):
    """Lists no hidden folder. In Material's are ten thousand icons, and MkDocs looks at each to leave it out."""

    def list_templates(self) -> list[str]:
        """The paths of all files that are in no hidden folder, below any of the folders."""
        found = set()
        for top in self.searchpath:
            for folder, folders, files in os.walk(top, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                below = os.path.relpath(folder, top).replace(os.sep, "/")
                found.update(name if below == "." else f"{below}/{name}" for name in files)
        return sorted(found)


class CompiledTemplates(BytecodeCache):
    """Compiled templates in the press's cache, one file for all; Jinja asks by a template's name and checks by its source."""

    def __init__(self, cache: Path):
        self._store = Store(cache / "templates")
        made_by = (sys.version, *map(_version, _PACKAGES.values()))
        self._item = hashlib.sha256(repr(made_by).encode()).hexdigest()[:32]
        self._known: dict[str, bytes] = {}
        self._added = False
        for file in self._store.files(self._item)[:1]:
            with contextlib.suppress(Damaged):
                entry, content = self._store.load(file)
                self._known = entry.parts(content)

    def use_for(self, theme: Theme) -> None:
        """Let all environments of a theme load their templates from here, and list its files quickly."""

        def get_env(get: Callable[[], Environment] = theme.get_env) -> Environment:
            environment = get()
            if type(environment.loader) is FileSystemLoader:
                environment.loader = _VisibleFiles(environment.loader.searchpath)
            self.use_in(environment)
            return environment

        theme.get_env = get_env

    def use_for_documented(self, config: MkDocsConfig) -> None:
        """Let mkdocstrings load the templates for Python from here: a third of the time that it takes for a module."""
        plugin = config.plugins.get("mkdocstrings")
        for handler in plugin.handlers.seen_handlers if plugin and plugin.plugin_enabled else ():
            if type(handler).__module__.startswith("mkdocstrings_handlers.python."):
                self.use_in(handler.env)

    def use_in(self, environment: Environment) -> None:
        """Let an environment load its templates from here, if its filters and tests are those of known packages.

        What a filter makes of a constant is in the compiled code, and somebody's own filter may change without the template.
        """
        functions = (*environment.filters.values(), *environment.tests.values())
        modules = {getattr(function, "__module__", None) or "" for function in functions}
        known = {module.partition(".")[0].lstrip("_") for module in modules} <= {*_PACKAGES, "builtins", "operator"}
        environment.bytecode_cache = self if known else None

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

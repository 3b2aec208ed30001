"""What of the sources enters into a page where mkdocstrings documents a module: enough to keep the page until it changes.

Of its own module everything does, and of those that it imports, and these import; of packages above it their own text. Of all
other modules what they import enters, since the name under which they do is one more that leads to what is imported.
"""

import ast
import functools
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from figpress.mkdocs_plugin.page_cache import PageCache, key_of
from figpress.project import files_in, parsed

_DOCUMENTED = re.compile(r"^#* *::: ?([\w.]+)", re.MULTILINE)
_REACHES_FURTHER = re.compile(
    "extensions|preload_modules|load_external_modules|handler:|inherited_members|inspection|find_stubs"
)
"""Settings of mkdocstrings, for all pages or within one, with which it reads more than the sources in its ``paths``, or with which
what a page says depends on the pages before it."""


class Documented:
    """What mkdocstrings documents in one build.

    Args:
        config: MkDocs' settings.
        cache: where it stays what each module imports.
        texts: the Markdown of all pages.
    """

    def __init__(self, config: MkDocsConfig, cache: PageCache, texts: Iterable[str]):
        self._cache = cache
        self._folders: list[Path] = []
        plugin = config.plugins.get("mkdocstrings")
        if plugin is None or not plugin.plugin_enabled:
            return
        python = plugin.config.handlers.get("python", {})
        if plugin.config.handlers.keys() == {"python"}:
            _resolve_all_names(plugin.handlers.get_handler("python"))
        documenting = "".join(text for text in texts if _DOCUMENTED.search(text))
        if (
            plugin.config.handlers.keys() == {"python"}
            and {"paths"} <= python.keys() <= {"paths", "options"}
            and not plugin.config.custom_templates
            and not _REACHES_FURTHER.search(f"{python}{documenting}")
            # The first page to load a package does so with its own settings for docstrings.
            and "docstring_" not in documenting
        ):
            self._folders = [Path(config.config_file_path).parent / path for path in python["paths"]]

    def version(self, markdown: str) -> str | None:
        """What tells one state of what enters into a page from another; "" where it documents nothing, None where not all is known."""
        names = _DOCUMENTED.findall(markdown)
        if not names:
            return ""
        if not all(any((folder / name.partition(".")[0]).is_dir() for folder in self._folders) for name in names):
            return None
        try:
            return key_of(
                self._imports_of_all, [self._texts[module] for name in names for module in self._reached(name)]
            )
        except SyntaxError:
            return None

    @functools.cached_property
    def _texts(self) -> dict[str, list[tuple[str, str]]]:
        """The files of each module by its dotted name, with their texts; other files under no name."""
        found: dict[str, list[tuple[str, str]]] = {}
        for folder in self._folders:
            for path in files_in(folder, "*.py*"):
                parts = path.relative_to(folder).with_suffix("").parts
                name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
                known = name if path.suffix in (".py", ".pyi") else ""
                found.setdefault(known, []).append(
                    (str(path), path.read_bytes().hex() if not known else path.read_text("utf-8"))
                )
        return found

    @functools.cached_property
    def _imports_of_all(self) -> dict[str, list[tuple[str, list[str]]]]:
        """Of each module what it imports and exports: as it is written, and which modules these are."""
        found = {"": [self._texts.get("", [])]}
        for module, files in self._texts.items():
            for path, text in files if module else ():
                key = key_of("imports", module, path, text)
                cached = self._cache.get(key)
                if cached is None:
                    cached = json.dumps(list(_imports(module, path, text))).encode()
                    self._cache.put(key, cached)
                found.setdefault(module, []).append(json.loads(cached))
        return found

    def _reached(self, name: str) -> list[str]:
        """The modules of which all may enter into what is said of a thing, and the packages above it."""
        while name not in self._texts and "." in name:
            name = name.rpartition(".")[0]
        reached, waiting = set(), [module for module in self._texts if f"{module}.".startswith(f"{name}.")]
        while waiting:
            module = waiting.pop()
            if module in self._texts and module not in reached:
                reached.add(module)
                waiting += [
                    each for imports in self._imports_of_all[module] for _, modules in imports for each in modules
                ]
        above = {name.rsplit(".", n)[0] for n in range(1, name.count(".") + 1)} & self._texts.keys()
        return sorted(reached | above)


def _imports(module: str, path: str, text: str) -> Iterator[tuple[str, list[str]]]:
    """Each statement of a module that imports or says what is exported, with the names that may be modules which it imports."""
    exports = "__all__" in text
    for node in ast.walk(parsed(text, path)):
        match node:
            case ast.Import():
                yield ast.unparse(node), [alias.name for alias in node.names]
            case ast.ImportFrom():
                package = module.split(".") if Path(path).stem == "__init__" else module.split(".")[:-1]
                above = package[: len(package) - node.level + 1] if node.level else []
                base = ".".join([*above, *filter(None, [node.module])])
                yield ast.unparse(node), [base, *(f"{base}.{alias.name}" for alias in node.names)]
            case ast.stmt() if exports and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                if any(isinstance(part, ast.Name) and part.id == "__all__" for part in ast.walk(node)):
                    yield ast.unparse(node), []


def _resolve_all_names(handler) -> None:
    """Let every name of a package lead to what it stands for as soon as the package is loaded.

    Otherwise this happens as pages are rendered, and under which names a function is in the inventory depends on the pages before.
    """
    collect, resolved = handler.collect, set()

    def collect_resolved(identifier: str, options):
        found = collect(identifier, options)
        package = identifier.partition(".")[0]
        if package not in resolved:
            from griffe import GriffeLoader

            resolved.add(package)
            GriffeLoader(modules_collection=found.modules_collection).resolve_aliases(implicit=True, external=False)
        return found

    handler.collect = collect_resolved

"""Pages rendered once, and kept until something that entered into them changes.

All that enters into a page is its text, what the sources say that it documents, which are in its key; and what it asked the press
for: figures, facts, equations, tests. With the page is kept what it asked, each question with a hash of the answer, and the page
is taken only where each gets the same answer now. Nothing else of the press is handed to a page that is to be kept.

A page is not kept if a mistake was found in it, or somebody warned about it, as the next build has to do as well; nor if an
extension or a plugin had a part in it that is not known to look at the page's text alone.
"""

import contextlib
import functools
import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from types import ModuleType

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import PluginCollection
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.theme import Theme

from figpress.mkdocs_plugin.documented import Documented
from figpress.mkdocs_plugin.page_cache import PageCache, key_of
from figpress.pages.site import ANSWERS, NOTES, Site
from figpress.store import version_of_source

_TEXT_ALONE = frozenset(
    """abbr admonition attr_list def_list fenced_code footnotes md_in_html meta sane_lists smarty tables toc pymdownx.arithmatex
    pymdownx.betterem pymdownx.caret pymdownx.details pymdownx.highlight pymdownx.inlinehilite pymdownx.keys pymdownx.mark
    pymdownx.smartsymbols pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde""".split()
)
"""Markdown extensions that look at a page's text and at their settings."""

_WATCHED = {"figpress", "mkdocs_autorefs", "mkdocstrings"}
"""Packages whose extensions tell other pages something, or ask others; this is watched here."""

_RENDER = {Page.__module__, "mkdocs_jupyter.plugin"}
"""Modules of the functions that render a page from its text."""

_SET_ASIDE = {"config_file_path", "docs_dir", "site_dir", "markdown_extensions"}
"""Settings of MkDocs that say where a site lies, and nothing of what is in it; and what is looked at by itself."""

_ELSEWHERE = {field.name for field in fields(Site)} - {"roles", "terms", "labels", "directory_urls", "page", "source"}


class WatchedSite(Site):
    """A site that notes what it answers to a page."""

    _answers: list[tuple[str, tuple, str]] | None = None
    """What was asked since somebody listens, if anybody does: each method's name, what it was given, and the answer's hash."""
    _went_further = False

    @contextlib.contextmanager
    def listening(self) -> Iterator[list[tuple[str, tuple, str]]]:
        """Note what is asked. What is no question makes the list of answers useless, as ``went_further`` tells."""
        self._answers, self._went_further = [], False
        try:
            yield self._answers
        finally:
            self._answers = None

    def went_further(self) -> bool:
        """Whether somebody had more of the site than answers, or made a mistake, while it was listened last."""
        return self._went_further

    def answers_are(self, known: Iterable[tuple[str, tuple, str]]) -> bool:
        """Whether all questions get the answers that they got once."""
        try:
            return all(key_of(getattr(self, name)(*arguments)) == answer for name, arguments, answer in known)
        except (KeyError, IndexError):
            # What was asked for is gone, which the page will say.
            return False

    def __getattribute__(self, name: str):
        get = super().__getattribute__
        if get("_answers") is not None:
            if name in ANSWERS | NOTES:
                return functools.partial(get("_pausing"), name)
            if name in _ELSEWHERE:
                self._went_further = True
        return get(name)

    def _pausing(self, name: str, *arguments: str, **named: object):
        """Answer, or take note. What is looked at for it is in the answer."""
        answers, self._answers = self._answers, None
        try:
            answer = getattr(self, name)(*arguments, **named)
        except Exception:
            # There is no answer to know the page by.
            self._went_further = True
            raise
        finally:
            self._answers = answers
        if name in ANSWERS:
            answers.append((name, arguments, key_of(answer)))
        return answer


class _Heard(logging.Handler):
    """Notes whether anything is logged, but for the line that says of each notebook that it is converted."""

    anything = False

    def emit(self, record: logging.LogRecord) -> None:
        self.anything |= record.levelno > logging.INFO or record.name != "mkdocs.mkdocs-jupyter"


class CachedPages:
    """The rendered pages of one build.

    Args:
        cache: where they stay from build to build.
        made_by: the code that renders, and what it has from the project beside pages and sources.
        site: what the press's own Markdown asks.
        config: MkDocs' settings, with those of all plugins.
        files: all files of the site, since pages may link to them.
    """

    def __init__(self, cache: PageCache, made_by: str, site: WatchedSite, config: MkDocsConfig, files: Files):
        self._cache, self._site, self._config, self._files = cache, site, config, files
        texts = (file.content_string for file in files.documentation_pages() if file.src_uri.endswith(".md"))
        self._documented = Documented(config, cache, texts)
        extensions = [each if isinstance(each, str) else type(each).__module__ for each in config.markdown_extensions]
        known = all(name in _TEXT_ALONE or name.partition(".")[0] in _WATCHED for name in extensions)
        # At any other level there are things that nobody would hear, or that MkDocs does not note.
        self._keeps = known and logging.getLogger("mkdocs").getEffectiveLevel() == logging.INFO
        addresses = sorted((file.src_uri, file.url, file.inclusion.name) for file in files)
        settings = {name: _settings(value) for name, value in config.items() if name not in _SET_ASIDE}
        self._general = key_of(made_by, extensions, addresses, settings)

    def wrap(self, page: Page, then: Callable[[str], str] = str) -> None:
        """Let a page be rendered as it would have been, and ``then`` change its HTML; or give it what came of that before."""
        page.render = functools.partial(self._render, page, page.render, then)

    def _render(self, page: Page, render: Callable, then: Callable[[str], str], config: MkDocsConfig, files: Files):
        key = self._key(page, render)
        known = json.loads(self._cache.get(key) or "null") if key else None
        if known and self._site.answers_are(known["answers"]):
            self._put_back(page, known)
            return
        before, heard = dict(vars(page)), _Heard()
        with _hearing(heard), self._noting(page) as told, self._site.listening() as answers:
            render(config, files)
            page.content = then(page.content)
        new = {name: value for name, value in vars(page).items() if name not in before or value is not before[name]}
        # What mkdocstrings leaves open until all pages are there, it fills in with what it knows from rendering.
        waits = "<backlinks" in page.content
        if key and new.keys() <= _FIELDS.keys() and not (heard.anything or self._site.went_further() or waits):
            said = {name: _FIELDS[name][0](value) for name, value in new.items()}
            self._cache.put(key, json.dumps({"page": said, "told": told, "answers": answers}).encode())

    def _put_back(self, page: Page, cached: dict) -> None:
        for name, value in cached["page"].items():
            setattr(page, name, _FIELDS[name][1](value, self._files))
        for (thing, method), calls in zip(self._told(), cached["told"], strict=True):
            for arguments, named in calls:
                getattr(thing, method)(*(page if each is None else each for each in arguments), **named)

    def _key(self, page: Page, render: Callable) -> str:
        """All that enters into a page, or "" where not all of it is known."""
        documented = self._documented.version(page.markdown)
        if not (self._keeps and render.__module__ in _RENDER) or documented is None:
            return ""
        # Of a name that two pages document, the first page tells those that link to it.
        return key_of(self._general, page.file.src_uri, page.markdown, documented, documented and self._site.api_pages)

    def _told(self) -> list[tuple[object, str]]:
        """What a page tells the press, other pages and other sites of itself while it is rendered, and by which method."""
        plugins = self._config.plugins
        told = [(self._site, name) for name in sorted(NOTES)]
        told += [(plugins["autorefs"], "register_anchor")] if "autorefs" in plugins else []
        if "mkdocstrings" in plugins and plugins["mkdocstrings"].plugin_enabled:
            told.append((plugins["mkdocstrings"].handlers.inventory, "register"))
        return told

    @contextlib.contextmanager
    def _noting(self, page: Page) -> Iterator[list[list]]:
        """Note what a page tells; the page itself stands there as None."""
        told = [[] for _ in self._told()]
        with contextlib.ExitStack() as stack:
            for (thing, method), calls in zip(self._told(), told):
                tell = getattr(thing, method)

                def note(*arguments, calls=calls, tell=tell, **named):
                    calls.append(([None if each is page else each for each in arguments], named))
                    return tell(*arguments, **named)

                setattr(thing, method, note)
                stack.callback(delattr, thing, method)
            yield told


@contextlib.contextmanager
def _hearing(handler: logging.Handler) -> Iterator[None]:
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def _settings(value: object) -> object:
    """Settings as texts, numbers, lists and tables. Of anything else, no two are taken for the same."""
    match value:
        case PluginCollection():
            return {name: _settings(getattr(plugin, "config", plugin)) for name, plugin in value.items()}
        case ModuleType():
            # A hook.
            return version_of_source(value.__file__)
        case Theme():
            return [value.name, _settings(dict(value))]
        case Config() | dict():
            return {str(key): _settings(each) for key, each in value.items()}
        case list() | tuple():
            return [_settings(each) for each in value]
        case set() | frozenset():
            return sorted(map(str, value))
    return value if isinstance(value, str | int | float | None) else repr(value)


def tokens(toc: Iterable) -> list[dict]:
    """A table of contents in the form that it is made from."""
    return [{"name": link.title, "id": link.id, "level": link.level, "children": tokens(link.children)} for link in toc]


def _same(value: object, files: Files | None = None) -> object:
    return value


_FIELDS = {
    "content": (_same, _same),
    "title": (_same, _same),
    "_title_from_render": (_same, _same),
    "toc": (tokens, lambda tokens, files: get_toc(tokens)),
    "present_anchor_ids": (sorted, lambda ids, files: set(ids)),
    "links_to_anchors": (
        lambda links: {file.src_uri: anchors for file, anchors in links.items()},
        lambda links, files: {files.get_file_from_path(uri): anchors for uri, anchors in links.items()},
    ),
}
"""What rendering sets of a page: how that is written in JSON, and read from it."""

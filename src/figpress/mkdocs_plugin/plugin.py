"""The MkDocs adapter: it calls the press, hands its results to the Markdown extension and adds the files.

All that pages need is in the press and in ``figpress.pages.markdown``; this module only connects them to MkDocs. Pages are read
while figures are still being drawn: what a page shows is waited for, and pages that wait for nothing come first.
"""

import contextlib
import errno
import json
import logging
import re
import tempfile
from concurrent.futures import Future
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from figpress.checking.checking import Checked, Checking
from figpress.drawing.tricks import import_when_used
from figpress.live import markup
from figpress.making.processes import submit
from figpress.making.result import FigureError
from figpress.making.running import Running
from figpress.mkdocs_plugin.cached_pages import CachedPages, WatchedSite
from figpress.mkdocs_plugin.cached_search import cache_entries
from figpress.mkdocs_plugin.collector import spare_the_collector
from figpress.mkdocs_plugin.content import DRAWING, MARK, RECORD, Places
from figpress.mkdocs_plugin.listing_pages import LISTING, ListingPages
from figpress.mkdocs_plugin.page_cache import PageCache, key_of, made_by
from figpress.mkdocs_plugin.serving import is_dirty, is_serving, watch
from figpress.mkdocs_plugin.telling import now_and_then
from figpress.mkdocs_plugin.templates import CompiledTemplates
from figpress.pages import assets as runtime
from figpress.pages import fonts, insight
from figpress.pages.markdown import FigpressExtension
from figpress.pages.maths import copying
from figpress.pages.notebook_page import notebook_link, slim
from figpress.pages.site import PageError
from figpress.pages.source_pages import linked_files, listings
from figpress.pages.syntax import named_in
from figpress.project import find_project
from figpress.publishing import cards
from figpress.publishing.files import (
    THEME_SCRIPT,
    finished,
    mended,
    publish,
    write_files,
)
from figpress.publishing.preparing import Prepared, note_pages, prepare
from figpress.publishing.summary import summary
from figpress.store import Damaged, write_whole


class FigpressConfig(Config):
    """Options in ``mkdocs.yml``."""

    jobs = config_options.Optional(config_options.Type(int))
    terms = config_options.Type(dict, default={})


API_BOOST = 0.001
"""How much a page of a module's functions weighs in a search: it comes after any page that explains what was searched for."""

_log = logging.getLogger("mkdocs.plugins.figpress")


def _prepare(configuration: str, jobs: int | None) -> Prepared:
    return prepare(find_project(Path(configuration)), jobs, now_and_then(_log, "figures and notebooks are drawn"))


class FigpressPlugin(BasePlugin[FigpressConfig]):
    """Draws what is stale when a build starts; publishes figures, numbers, sources and fonts."""

    running: Running | None = None
    checking: Future | None = None
    published: Future | None = None
    refuses = False
    server: LiveReloadServer | None = None

    def load_config(self, options, config_file_path=None):
        """Begin to draw: MkDocs still loads other plugins meanwhile, which takes about as long as drawing a figure."""
        errors, notices = super().load_config(options, config_file_path)
        if not errors:
            self.prepared = submit(_prepare, config_file_path, self.config.jobs)
        # What converts notebooks takes long to import, and a page that is kept needs none of it.
        import_when_used("mkdocs_jupyter.convert", "jupytext")
        return errors, notices

    @event_priority(100)
    def _on_config(self, config: MkDocsConfig):
        """Before others ask the theme for its templates, let it have them from where they are kept."""
        spare_the_collector()
        if is_dirty():
            raise PluginError("figpress builds all pages, since they quote one another's figures: leave out --dirty")
        try:
            self.ready = prepared = self.prepared.result()
        except (OSError, SyntaxError, ValueError) as error:
            raise PluginError(str(error)) from None
        self.project, self.style, self.running = prepared.project, prepared.style, prepared.running
        self.templates = CompiledTemplates(self.project.cache)
        self.templates.use_for(config.theme)
        return config

    def _on_last_config(self, config: MkDocsConfig):
        """Prepare what pages may show."""
        prepared = self.ready
        self.refuses = config.strict and not is_serving()
        self.checking = submit(self._check)
        content = Places(prepared.definitions, prepared.claims, prepared.tests)
        self.site = prepared.site(content, self.config.terms, config.use_directory_urls, WatchedSite)
        # The extension by its name is for generators without plugins.
        for extension in [e for e in config.markdown_extensions if isinstance(e, FigpressExtension) or e == "figpress"]:
            config.markdown_extensions.remove(extension)
        config.markdown_extensions.append(FigpressExtension(site=self.site))
        if runtime.STYLESHEET not in config.extra_css:
            config.extra_css.append(runtime.STYLESHEET)
        return config

    on_config = CombinedEvent(_on_config, _on_last_config)

    def _check(self) -> Checked:
        """Have all pages checked once all is drawn, since equations quote facts; a site that is served is not kept waiting."""
        try:
            facts, run = self.running.finish().results, self.refuses
        except FigureError as error:
            # What is seen without running anything is told together with it.
            facts, run = error.build.results, False
        progress = now_and_then(_log, "equations and claims are checked")
        return Checking(self.project, self.config.jobs).check(facts, progress, run)

    def _mistakes(self) -> list[str]:
        """All that is to be mended on the pages, by what they ask for, and in a strict build by what was checked."""
        problems = self.checking.result().problems if self.refuses and self.checking else []
        # That a test or a function is missing is found in both ways.
        known = [mistake.replace(":", "") for mistake in self.site.mistakes]
        return [
            *self.site.mistakes,
            *(p for p in problems if not any(mistake.startswith(p.replace(":", "")) for mistake in known)),
        ]

    def _take_verdicts(self) -> None:
        """Refuse pages that are wrong, all mistakes together."""
        try:
            checked, mistakes = self.checking.result(), self._mistakes()
        except (OSError, SyntaxError, ValueError) as error:
            raise PluginError(str(error)) from None
        if mistakes:
            raise PluginError("\n".join(["the pages are wrong:", *mistakes]))
        for problem in checked.problems:
            _log.info(problem)
        if checked.open:
            _log.info(f"{len(checked.open)} equations and claims are not checked since the last change: figpress check")
        self.report = self.ready.report(checked)

    @event_priority(100)
    def on_files(self, files: Files, config: MkDocsConfig):
        """Add fonts, styles, notebooks and source pages; no file is written into ``docs/``."""

        def add(uri: str, content: str | bytes, inclusion=InclusionLevel.INCLUDED) -> None:
            files.append(File.generated(config, uri, content=content, inclusion=inclusion))

        # Not below the project, where a checkout may be read-only.
        self.executed = tempfile.TemporaryDirectory(prefix="figpress-")
        for uri in self.running.notebooks:
            # mkdocs-jupyter wants a file on disk; it will be the executed notebook, and nothing is run there.
            written = files.get_file_from_path(uri)
            if written is None:
                # MkDocs shows another folder of documents.
                continue
            files.remove(written)
            files.append(
                File(uri, self.executed.name, config.site_dir, config.use_directory_urls, inclusion=written.inclusion)
            )
        for uri, content in runtime.assets(self.style, self.ready.fonts).items():
            add(uri, content)
        # A theme's maps of its scripts help nobody who reads a site.
        for file in [file for file in files if file.src_uri.endswith(".map")]:
            files.remove(file)
        for file in [file for file in files if THEME_SCRIPT.fullmatch(file.src_uri)]:
            file.content_string = mended(file.content_string)
        self._note_pages(files)
        # Of those that MkDocs itself makes, pages had better lead to each.
        linked = self.ready.linked(self.site.shown_figures, self.sentences)
        self.listed = ListingPages(sorted(self.ready.files, key=lambda path: path not in linked), config)
        for uri, content in self.listed.models().items():
            add(uri, content, InclusionLevel.NOT_IN_NAV)
        return files

    def on_nav(self, nav, config: MkDocsConfig, files: Files):
        """Let pages wait that show what is not there yet: MkDocs reads them in the order of the files."""
        self.order = list(files)
        # Looked at once, since it changes: pages that wait for the same keep their order.
        missing = {name for name in self.site.figures if not self.running.results.is_here(name)}
        _reorder(files, sorted(self.order, key=lambda file: self._waits(file, missing)))
        code = key_of(made_by(), self.project.style.read_text(encoding="utf-8"), self.project.labels)
        self.rendered, self.entries = (PageCache(self.project.cache / name) for name in ("rendered", "search"))
        self.pages = CachedPages(self.rendered, code, self.site, config, files)
        self.templates.use_for_documented(config)
        cache_entries(config, self.entries, code)
        return nav

    def _waits(self, file: File, missing: set[str]) -> int:
        """How many things a page has to wait for."""
        if file.src_uri in self.running.notebooks:
            return 0 if self.running.notebooks.is_here(file.src_uri) else len(self.site.figures)
        # What is left out, such as an editor's lock, may lead to no file.
        if not file.src_uri.endswith(".md") or file.generated_by or file.inclusion.is_excluded():
            return 0
        return len(named_in(file.content_string, missing))

    @event_priority(100)
    def on_pre_page(self, page: Page, config: MkDocsConfig, files: Files):
        """Hand an executed notebook to the plugin that shows it; keep a page that stands for others from saying where it is."""
        if page.file.src_uri in self.running.notebooks:
            executed = Path(self.executed.name) / page.file.src_uri
            executed.parent.mkdir(parents=True, exist_ok=True)
            write_whole(executed, self.running.notebooks[page.file.src_uri])
        if page.file.src_uri in self.listed:
            page.canonical_url = page.abs_url = None
        return page

    def on_env(self, env, config: MkDocsConfig, files: Files):
        """All pages are read: wait for the rest, lead from each documented function to its code, figures and tests, and go on in
        the usual order."""
        # Plugins may have filters of their own by now.
        self.templates.use_in(env)
        self.running.finish()
        self._take_verdicts()
        for file in files.documentation_pages():
            if _address(file) in self.site.api_pages.values():
                # Which figures use a function is known once all are drawn; to read these pages takes long.
                self.site.page = _address(file)
                file.page.content = insight.with_ways_back(
                    self.site,
                    file.page.content,
                    self.running.results.values(),
                    self.ready.tests,
                    self.ready.definitions,
                )
        # Source files to which no page leads have none of their own: they would be most of a site.
        linked = linked_files(file.page.content or "" for file in files.documentation_pages()) | self.listed.first()
        listed = {path: content for path, content in self.ready.files.items() if path in linked}
        self.listings = submit(listings, self.project, listed)
        shown = set().union(*(fonts.in_formulas(file.page.content or "") for file in files.documentation_pages()))
        self.maths_font = submit(fonts.maths_font, self.project.cache, self.style.fonts, shown)
        # Most of its time is the disk's, while pages take the processor's.
        self.published = submit(publish, self.site, self.style, self.project, config)
        # Others show them by an address that is whole.
        titles = {_address(file): _title(file.page) for file in files.documentation_pages() if config.site_url}
        self.cards = submit(cards.cards, self.project.cache, titles, self.site, self.style, config.site_name)
        _reorder(files, self.order)
        return env

    def _note_pages(self, files: Files) -> None:
        texts = {}
        try:
            for file in files.documentation_pages():
                if file.src_uri.endswith(".md") and not file.generated_by:
                    texts[_address(file)] = file.src_uri, file.content_string
            self.sentences = note_pages(self.site, texts)
        except UnicodeDecodeError as error:
            raise PluginError(f"{file.src_uri}: save it in UTF-8: {error}") from None
        except PageError as error:
            raise PluginError(str(error)) from None

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files):
        """Tell the extension which page is being built, and spare it one that it has seen."""
        self.site.page = _address(page.file)
        place = (self.project.docs / page.file.src_uri).relative_to(self.project.root).as_posix()
        self.site.source = f"{place}\n{page.file.content_string}"
        if page.file.src_uri in self.running.notebooks:
            # Pages say it in their heads, which notebooks have not.
            page.meta.setdefault("description", json.loads(page.file.content_string)["metadata"].get("description"))
        for field in ("title", "description"):
            if isinstance(page.meta.get(field), str):
                try:
                    page.meta[field] = self.site.plain(page.meta[field])
                except PageError as error:
                    self.site.report(error)
        if self.site.page in self.site.api_pages.values():
            page.meta["search"] = {"boost": API_BOOST} | (page.meta.get("search") or {})
        self.pages.wrap(page, self._slimmed if page.file.src_uri in self.running.notebooks else str)
        return markdown

    def _slimmed(self, content: str) -> str:
        """A notebook's page free of its bulk."""
        return slim(content, lambda latex: self.site.formula(latex, display=False), self.style, self.project.labels)

    def on_page_content(self, content: str, page: Page, config: MkDocsConfig, files: Files):
        """Lead from a notebook's page to its file; leave a place in pages of source files."""
        if page.file.src_uri in self.running.notebooks:
            # Copied beside the page.
            address = page.file.src_uri.rpartition("/")[2]
            return content + copying(content) + notebook_link(address, self.project.labels)
        if page.file.src_uri in self.listed:
            return content + LISTING
        return content + copying(content) + markup.scripts(self.site, self.site.page) + RECORD

    def _on_post_page(self, output: str, page: Page, config: MkDocsConfig):
        """Put drawings in their places: MkDocs keeps what all pages hold to the end, and these are most of it."""
        self.site.page = address = _address(page.file)
        listed = page.file.src_uri in self.listed
        output = finished(output, self.site.url, self.style, self.project.labels, searched=not listed)
        if listed:
            return output
        title, description = _title(page), page.meta.get("description") or ""
        said = cards.head(config.site_url or "", address, title, description, self.site, config.site_name)
        output = output.replace("</head>", f"{said}</head>", 1)
        facts, equations, claims = (
            [thing for thing in things if thing["page"] == address]
            for things in (self.site.shown_facts, self.site.equations, self.site.claims)
        )
        line = self.report.line(len(facts), len(equations), [thing["claim"] for thing in claims])
        output = output.replace(RECORD, line)
        output = re.sub(MARK.format(r"([\w-]+)"), lambda match: self._mark(match[1]), output)
        return re.sub(DRAWING.format(r"(\w+)"), lambda match: self.running.results[match[1]].inline, output)

    @event_priority(-100)
    def _on_post_pages(self, output: str, page: Page, config: MkDocsConfig):
        """Make all pages of source files from a few, when those are done."""
        uri = page.file.src_uri
        return self.listed.made_from(uri, output, self.listings.result()) if uri in self.listed else output

    on_post_page = CombinedEvent(_on_post_page, _on_post_pages)

    def on_post_template(self, output: str, template_name: str, config: MkDocsConfig):
        """Finish the page for addresses that lead nowhere, which is shown at any of them."""
        if template_name != "404.html":
            return output
        root = urlsplit(config.site_url or "/").path
        return finished(output, lambda address: root + address, self.style, self.project.labels)

    def _mark(self, claim: str) -> str:
        return self.report.mark(claim, self.site.quoted_in(self.sentences[claim]))

    def on_build_error(self, error: Exception, **_):
        """Show an author's mistake as one line, not as a traceback through the page builder."""
        # Before anything is built anew: two presses at once would draw the same figures, and write the same files.
        if self.running:
            with contextlib.suppress(FigureError, ValueError):
                self.running.finish()
        # Whether these failed as well does not matter now. What another plugin refuses can come before they have begun.
        for begun in filter(None, (self.checking, self.published)):
            begun.exception()
        # Not as an error of the plugin: a site that is served would show a traceback for it.
        if isinstance(error, PageError | FigureError):
            mistakes = [] if self.checking and self.checking.exception() else self._mistakes()
            raise Abort("\n".join([*mistakes, str(error)])) from None
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
            raise Abort(f"cannot be written: {error}") from None
        if isinstance(error, Damaged):
            raise Abort(f"the cache changed while the site was built; build once more ({error})") from None

    def on_post_build(self, config: MkDocsConfig):
        """Wait for the figures' files and the font of formulas, and write the machine-readable summary of the site."""
        self.published.result()
        font = ((runtime.font_address(name), content) for name, content in self.maths_font.result().items())
        write_files(Path(config.site_dir), font)
        write_files(Path(config.site_dir), self.cards.result().items())
        told = summary(self.running.results.values(), self.site, self.report)
        # In one line: indented, Python itself would write it, and not C.
        text = json.dumps(told, ensure_ascii=False, sort_keys=True)
        (Path(config.site_dir) / "figpress.json").write_text(f"{text}\n", encoding="utf-8")
        for cache in (self.templates, self.rendered, self.entries):
            cache.save()
        if self.server:
            watch(self.server, self.project, self.running.finish().looked_at)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder):
        """Build anew what is served when something changes."""
        # MkDocs says it once, and makes another plugin for the next build.
        FigpressPlugin.server = server
        watch(server, self.project, self.running.finish().looked_at)
        return server


def _address(file: File) -> str:
    """A page's address relative to the site."""
    return "" if file.url == "./" else file.url


def _title(page: Page) -> str:
    return str(page.meta.get("title") or page.title or "")


def _reorder(files: Files, order: list[File]) -> None:
    for file in order:
        files.remove(file)
        files.append(file)

"""A small site whose pages are kept, and what it is that they ask."""

import functools
import logging
from types import SimpleNamespace

import jinja2
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.plugins import BasePlugin
from mkdocs.structure.pages import Page

from figpress.mkdocs_plugin.cached_pages import CachedPages, WatchedSite
from figpress.mkdocs_plugin.page_cache import PageCache
from figpress.pages.content import Content
from figpress.pages.markdown import FigpressExtension
from figpress.publishing.preparing import note_pages

SETTINGS = """
site_name: small
theme: {name: null, custom_dir: theme, locale: en}
markdown_extensions: [attr_list]
plugins:
  - mkdocstrings: {handlers: {python: {paths: [src]}}}
validation: {anchors: warn}
hooks: [hook.py]
"""
FILES = {
    "mkdocs.yml": SETTINGS,
    "theme/main.html": "{{ page.title }} {% for link in page.toc %}{{ link.url }}{% endfor %} {{ page.content }}",
    "hook.py": "def on_config(config):\n    config.extra['hooked'] = 1\n",
    "docs/index.md": "# Home\n\nSee [more](more.md#further) and [half][waves.half].\n",
    "docs/more.md": "# More\n\n## Further { #further }\n\nBack [home](index.md), $x^2$.\n",
    "docs/api.md": "# API\n\n::: waves\n",
    "src/waves/__init__.py": '"""Waves."""\n\n\ndef half(x):\n    """Half of $x$."""\n    return x / 2\n',
}
EVERYTHING = ["api.md", "index.md", "more.md"]


class Press(Content):
    """What pages are told by the press, to be changed one by one."""

    def __init__(self):
        self.facts = {"steps": 3, "rows": [{"n": 1}, {"n": 2}]}
        self.title, self.size, self.description, self.script, self.live = (
            "A walk",
            [5, 3],
            "Steps",
            "figures/walk.py",
            None,
        )
        self.lines = {"it-halves": 7, "waves.half": 4}
        self.parts = dict.fromkeys(("above", "drawing", "under", "beside_fold", "folded"), "")
        self.tick = ">"

    def figures(self):
        shown = (self.title, self.size, self.description, self.script, self.live)
        named = dict(zip(("title", "size", "description", "script", "live"), shown))
        return {"walk": SimpleNamespace(name="walk", parameters=[], files={"svg": b""}, facts=self.facts, **named)}

    def definition(self, name):
        return SimpleNamespace(path="waves.py", line=self.lines[name], bare="def half(x): ...")

    def test_of_claim(self, claim):
        return "tests/test_waves.py", self.lines[claim]

    def mark_of(self, site, claim):
        return self.tick

    def function_address(self, site, name):
        return f"waves.html#line-{self.lines[name]}" if name in self.lines else None

    def above(self, figure):
        return self.parts["above"]

    def drawing(self, figure):
        return self.parts["drawing"]

    def under(self, site, figure):
        return self.parts["under"]

    def beside_fold(self, site, figure):
        return self.parts["beside_fold"]

    def folded(self, site, figure):
        return self.parts["folded"]


class Caching(BasePlugin):
    """What the press's plugin does with pages, without the rest of the press."""

    def __init__(self, cache, code, press):
        self.cache, self.code, self.press = cache, code, press

    def on_config(self, config):
        self.site = WatchedSite(figures=self.press.figures(), content=self.press, mistakes=[])
        config.markdown_extensions.append(FigpressExtension(site=self.site))

    def on_nav(self, nav, config, files):
        note_pages(self.site, {f.url: (f.src_uri, f.content_string) for f in files.documentation_pages()})
        self.page_cache = PageCache(self.cache)
        self.pages = CachedPages(self.page_cache, self.code, self.site, config, files)

    def on_page_markdown(self, markdown, page, config, files):
        self.site.page, self.site.source = page.file.url, page.file.content_string
        self.pages.wrap(page)

    def on_post_build(self, config):
        self.page_cache.save()


class Small:
    """A small site, with what is rendered in each build, and what is warned about."""

    def __init__(self, folder, monkeypatch, caplog):
        self.folder, self.caplog, self.rendered, self.builds, self.code = folder, caplog, [], 0, "this code"
        self.press = Press()
        caplog.set_level(logging.INFO, "mkdocs")
        # Of a build's second, mkdocstrings' templates take half.
        monkeypatch.setattr(jinja2.Environment, "compile", _compiled)
        for name, text in FILES.items():
            self.write(name, text)
        render = Page.render

        @functools.wraps(render)
        def counted(page, config, files):
            self.rendered.append(page.file.src_uri)
            return render(page, config, files)

        monkeypatch.setattr(Page, "render", counted)

    def write(self, name, text):
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text)

    def edit(self, name, old, new):
        text = (self.folder / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new))

    def build(self, cache="cache"):
        """Build: the pages that were rendered, in order of their names."""
        config = load_config(str(self.folder / "mkdocs.yml"), site_dir=str(self.folder / f"site-{cache}"))
        config.plugins["caching"] = Caching(self.folder / cache, self.code, self.press)
        self.builds += 1
        self.rendered.clear()
        self.caplog.clear()
        build(config)
        self.site = config.plugins["caching"].site
        return sorted(self.rendered)

    def warnings(self):
        return [r.getMessage() for r in self.caplog.records if r.levelno >= logging.WARNING]

    def tree(self, cache="cache"):
        site = self.folder / f"site-{cache}"
        files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        return {name: content for name, content in files.items() if not name.startswith("sitemap")}

    def assert_is_as_from_nothing(self):
        """What was built last, and what was said about it, is what a build without anything kept gives."""
        warm, warnings, told = self.tree(), self.warnings(), self.told()
        assert self.build(nothing := f"nothing-{self.builds}") == sorted(
            path.name for path in (self.folder / "docs").iterdir()
        )
        assert warm == self.tree(nothing)
        assert sorted(warnings) == sorted(self.warnings())
        assert told == self.told()

    def told(self):
        """What the pages have told the site."""
        site = self.site
        return site.shown_facts, site.equations, site.claims, site.drawn_figures, site.shown_figures, site.mistakes


_COMPILED = {}


def _compiled(environment, *source, compiling=jinja2.Environment.compile, **_):
    key = (environment.autoescape, *source)
    if key not in _COMPILED:
        _COMPILED[key] = compiling(environment, *source)
    return _COMPILED[key]

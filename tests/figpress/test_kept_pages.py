"""Pages are kept, and never instead of what would be rendered now."""

import functools
import logging
import sys
import zlib
from types import SimpleNamespace

import jinja2
import pytest
from material.plugins.search.plugin import Parser, SearchIndex
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.plugins import BasePlugin
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from figpress.mkdocs_plugin.kept import Kept
from figpress.mkdocs_plugin.kept_pages import KeptPages, WatchedSite
from figpress.mkdocs_plugin.kept_search import keep_entries
from figpress.mkdocs_plugin.lazily import import_when_used
from figpress.pages.insight import api_pages
from figpress.pages.markdown import FigpressExtension

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
    "docs/index.md": "# Home\n\nSee [more](more.md#further) and [half][waves.half], [[walk.steps]] of them.\n",
    "docs/more.md": "# More\n\n## Further { #further }\n\nBack [home](index.md), $x^2$.\n",
    "docs/api.md": "# API\n\n::: waves\n",
    "src/waves/__init__.py": '"""Waves."""\n\n\ndef half(x):\n    """Half of $x$."""\n    return x / 2\n',
}
EVERYTHING = ["api.md", "index.md", "more.md"]


class Keeping(BasePlugin):
    """What the press's plugin does with pages, without the rest of the press."""

    def __init__(self, cache, code):
        self.cache, self.code = cache, code

    def on_config(self, config):
        self.site = WatchedSite(figures={"walk": SimpleNamespace(parameters=[], facts={"steps": 3})})
        config.markdown_extensions.append(FigpressExtension(site=self.site))

    def on_nav(self, nav, config, files):
        self.site.api_pages = api_pages({f.url: f.content_string for f in files.documentation_pages()})
        self.kept = Kept(self.cache)
        self.pages = KeptPages(self.kept, self.code, self.site, config, files)

    def on_page_markdown(self, markdown, page, config, files):
        self.pages.wrap(page)

    def on_post_build(self, config):
        self.kept.save()


class Small:
    """A small site, with what is rendered in each build, and what is warned about."""

    def __init__(self, folder, monkeypatch, caplog):
        self.folder, self.caplog, self.rendered, self.builds, self.code = folder, caplog, [], 0, "this code"
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
        config.plugins["keeping"] = Keeping(self.folder / cache, self.code)
        self.builds += 1
        self.rendered.clear()
        self.caplog.clear()
        build(config)
        return sorted(self.rendered)

    def warnings(self):
        return [r.getMessage() for r in self.caplog.records if r.levelno >= logging.WARNING]

    def tree(self, cache="cache"):
        site = self.folder / f"site-{cache}"
        files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        return {name: content for name, content in files.items() if not name.startswith("sitemap")}

    def assert_is_as_from_nothing(self):
        """What was built last, and what was said about it, is what a build without anything kept gives."""
        warm, warnings = self.tree(), self.warnings()
        assert self.build(nothing := f"nothing-{self.builds}") == EVERYTHING
        assert warm == self.tree(nothing)
        assert sorted(warnings) == sorted(self.warnings())


COMPILED = {}


def compiled(environment, *source, compiling=jinja2.Environment.compile, **_):
    key = (environment.autoescape, *source)
    if key not in COMPILED:
        COMPILED[key] = compiling(environment, *source)
    return COMPILED[key]


@pytest.fixture
def small(tmp_path, monkeypatch, caplog):
    caplog.set_level(logging.INFO, "mkdocs")
    # Of a build's second, mkdocstrings' templates take half.
    monkeypatch.setattr(jinja2.Environment, "compile", compiled)
    return Small(tmp_path, monkeypatch, caplog)


def test_a_second_build_renders_only_what_asks_for_more_than_its_own_text(small):
    assert small.build() == EVERYTHING
    assert small.build() == ["index.md"]
    assert b'href="api/#waves.half"' in small.tree()["index.html"]
    assert b"py:function" in zlib.decompress(small.tree()["objects.inv"].split(b"\n", 4)[4])
    small.assert_is_as_from_nothing()


@pytest.mark.parametrize(
    ("name", "old", "new", "rendered"),
    [
        ("src/waves/__init__.py", "Half of", "A half of", {"api.md"}),
        ("src/waves/__init__.py", "def half", "def third", {"api.md"}),
        ("docs/more.md", "x^2", "x^3", {"more.md"}),
        ("docs/more.md", "further", "later", {"more.md"}),
        ("docs/more.md", "index.md", "nowhere.md", {"more.md"}),
        ("docs/more.md", "# More", "---\ntitle: Less\n---\n", {"more.md"}),
        ("docs/api.md", "API", "The API", {"api.md"}),
        ("docs/more.md", "# More", "# More\n\n::: waves\n", {"api.md", "more.md"}),
        ("hook.py", "= 1", "= 2", set(EVERYTHING)),
        ("hook.py", "config.extra", "1; config.extra", set(EVERYTHING)),
        ("mkdocs.yml", "paths: [src]", "paths: [src], options: {heading_level: 3}", set(EVERYTHING)),
        ("mkdocs.yml", "attr_list", "attr_list, admonition", set(EVERYTHING)),
        ("mkdocs.yml", "locale: en", "locale: de", set(EVERYTHING)),
    ],
    ids=range(13),
)
def test_an_edit_is_seen_as_from_nothing(small, name, old, new, rendered):
    small.build()
    small.edit(name, old, new)
    assert set(small.build()) == {"index.md"} | rendered
    small.assert_is_as_from_nothing()


def test_other_code_renders_anew(small):
    small.build()
    small.code = "that code"
    assert small.build() == EVERYTHING


def test_a_page_that_is_gone_is_missed_by_all_that_link_to_it(small):
    small.build()
    assert not small.warnings()
    (small.folder / "docs/index.md").rename(small.folder / "docs/home.md")
    assert small.build() == ["api.md", "home.md", "more.md"]
    assert "a link 'index.md', but the target is not found" in "".join(small.warnings())


def test_a_warning_is_given_in_each_build(small):
    small.edit("docs/more.md", "index.md", "nowhere.md")
    small.build()
    first = small.warnings()
    assert "nowhere.md" in "".join(first)
    assert small.build() == ["index.md", "more.md"] and small.warnings() == first


def test_a_kept_page_warns_when_the_anchor_that_it_leads_to_is_gone(small):
    small.edit("docs/more.md", "index.md", "api.md#waves.half")
    small.edit("docs/api.md", "::: waves", "<a id='waves.half'></a>")
    small.edit("docs/index.md", "[half][waves.half]", "half")
    small.build()
    assert not small.warnings()
    small.edit("docs/api.md", "waves.half", "waves.third")
    assert small.build() == ["api.md", "index.md"]
    assert "does not contain an anchor '#waves.half'" in "".join(small.warnings())


def test_what_is_not_known_to_look_at_the_text_alone_is_rendered_each_time(small):
    small.edit("mkdocs.yml", "attr_list", "wikilinks")
    assert small.build() == small.build() == EVERYTHING
    small.edit("mkdocs.yml", "wikilinks", "attr_list")
    small.edit("mkdocs.yml", "paths: [src]", "paths: [src], options: {preload_modules: [json]}")
    assert small.build() == EVERYTHING and small.build() == ["api.md", "index.md"]


def test_where_nobody_would_hear_of_a_mistake_nothing_is_kept(small):
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    assert small.build() == small.build() == EVERYTHING


def test_what_is_damaged_is_rendered_anew(small):
    small.build()
    [entry] = (small.folder / "cache").rglob("*.entry")
    content = bytearray(entry.read_bytes())
    content[-20] ^= 1
    entry.write_bytes(content)
    assert small.build() == EVERYTHING
    assert small.build() == ["index.md"]


@pytest.fixture
def searched(tmp_path, monkeypatch):
    """Entries of a page in the index, and how many pages had to be parsed for them."""
    parsed = []
    monkeypatch.setattr(Parser, "feed", lambda self, html, feed=Parser.feed: (parsed.append(html), feed(self, html)))

    def search(**changes):
        page = {"content": "<h2 id='a'>A</h2><p>b</p>", "title": "T", "url": "t.html", "meta": {}} | changes
        config = SimpleNamespace(jieba_dict=None, jieba_dict_user=None)
        index, kept = SearchIndex(), Kept(tmp_path)
        plugin = SimpleNamespace(search_index=index, config=config)
        keep_entries(SimpleNamespace(plugins={"material/search": plugin}), kept, "this code")
        toc = get_toc([{"name": "A", "id": "a", "level": 2, "children": []}])
        parsed.clear()
        index.add_entry_from_context(SimpleNamespace(toc=toc, **page))
        kept.save()
        return index.entries, len(parsed)

    return search


@pytest.mark.parametrize(
    "change",
    [
        {"content": "<h2 id='a'>A</h2><p>c</p>"},
        {"title": "U", "content": "<p>no heading</p>"},
        {"url": "u.html"},
        {"meta": {"search": {"boost": 2}}},
        {"meta": {"search": {"exclude": True}}},
    ],
    ids=range(5),
)
def test_a_page_is_parsed_once_for_the_search_and_anew_where_it_changed(searched, change):
    first, parsed = searched()
    assert parsed == 1 and {"location": "t.html#a", "title": "A", "text": "<p>b</p>"} in first
    assert searched() == (first, 0)
    changed, parsed = searched(**change)
    assert changed != first and parsed == ("exclude" not in str(change))
    assert searched(**change)[0] == changed


def test_a_module_is_imported_when_it_is_used(tmp_path, monkeypatch):
    (tmp_path / "outer_package").mkdir()
    (tmp_path / "outer_package/__init__.py").touch()
    (tmp_path / "outer_package/inner.py").write_text("loaded = True\n")
    monkeypatch.syspath_prepend(tmp_path)
    import_when_used("outer_package.inner", "outer_package.other", "no_such_package.inner")
    assert not {"outer_package.other", "no_such_package.inner"} & sys.modules.keys()
    from outer_package import inner

    placeholder = sys.modules["outer_package.inner"]
    assert "loaded" not in vars(placeholder) and not hasattr(inner, "__file__")
    assert inner.loaded and sys.modules["outer_package.inner"] is not placeholder
    import outer_package.inner as again

    assert vars(again)["loaded"]

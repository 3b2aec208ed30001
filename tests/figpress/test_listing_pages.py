"""Of each depth of folders MkDocs makes one page of a source file, and the others are made of it as it would make them."""

import re

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File

from figpress.mkdocs_plugin.listing_pages import LISTING, ListingPages
from figpress.pages.source_pages import linked_files, listing, page_file, source_page

PATHS = ("walk.py", "figures/walk.py", "figures/l1.py", "src/a/x.py", "src/a/index.py", "tests/b/y.py")
LISTED = {page_file(path): path for path in PATHS}
LISTINGS = {path: f"<pre>{number} lines, \\1 é</pre>".encode() for number, path in enumerate(PATHS)}


class AllByMkDocs(BasePlugin):
    """As many pages of MkDocs as there are files."""

    def on_files(self, files, config):
        for uri, path in LISTED.items():
            files.append(File.generated(config, uri, content=source_page(path)))

    def on_page_content(self, content, page, config, files):
        return content + LISTINGS[LISTED[page.file.src_uri]].decode() if page.file.src_uri in LISTED else content


class OneOfEachDepth(BasePlugin):
    """Pages of MkDocs from which the others are made."""

    def on_files(self, files, config):
        self.pages = ListingPages(LISTED.values(), config)
        for uri, content in self.pages.models().items():
            files.append(File.generated(config, uri, content=content))

    def on_page_content(self, content, page, config, files):
        return content + LISTING if page.file.src_uri in self.pages else content

    def on_post_page(self, output, page, config):
        uri = page.file.src_uri
        return self.pages.made_from(uri, output, LISTINGS) if uri in self.pages else output


@pytest.fixture
def built(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "theme").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home\n")
    (tmp_path / "theme/main.html").write_text(
        "<title>{{ page.title }}</title>{{ base_url }} {{ 'a.css'|url }} {{ page.meta.robots }}"
        "{% for link in page.toc %}{{ link.url }}{% endfor %}{{ page.content }}"
    )

    def tree(plugin, directory_urls):
        (tmp_path / "mkdocs.yml").write_text(
            f"site_name: x\ntheme: {{name: null, custom_dir: theme}}\nplugins: []\nuse_directory_urls: {directory_urls}\n"
        )
        site = tmp_path / type(plugin).__name__
        config = load_config(str(tmp_path / "mkdocs.yml"), site_dir=str(site))
        config.plugins["one"] = plugin
        build(config)
        return {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*.html")}, plugin

    return tree


@pytest.mark.parametrize("directory_urls", ["true", "false"])
def test_pages_are_as_mkdocs_makes_each(built, directory_urls):
    theirs, _ = built(AllByMkDocs(), directory_urls)
    ours, plugin = built(OneOfEachDepth(), directory_urls)
    assert len(plugin.pages.models()) == 3 < len(LISTED) and len(ours) == len(LISTED) + 1
    # The anchor of the heading does not say which file it is.
    anchor = re.compile(r'(?<=<h1 id=")[^"]+|#[\w-]+(?=<)')
    assert {name: anchor.sub("file", page) for name, page in theirs.items()} == {
        name: anchor.sub("file", page) for name, page in ours.items()
    }


def test_a_name_is_no_markup(built, monkeypatch):
    for name in ("src/a/__init__", "src/a/<x>"):
        monkeypatch.setitem(LISTED, f"source/{name}.md", f"{name}.py")
        monkeypatch.setitem(LISTINGS, f"{name}.py", b"")
    pages, _ = built(OneOfEachDepth(), "false")
    assert '<h1 id="file">src/a/__init__.py</h1>' in pages["source/src/a/__init__.html"]
    assert pages["source/src/a/<x>.html"].startswith("<title>src/a/&lt;x&gt;.py</title>")


def test_a_listing_has_an_anchor_on_each_line_and_an_element_where_a_colour_begins():
    text = "@known\ndef f(x):\n    return x < 1, None, 'a'  # why\n"
    assert listing(text) == (
        '<div class="highlight fp-source"><pre><code>'
        '<a id="line-1"></a><span class="nd">@known</span>\n'
        '<a id="line-2"></a><span class="k">def</span> f(x):\n'
        '<a id="line-3"></a>    <span class="k">return</span> x &lt; <span class="m">1</span>, None, '
        '<span class="s">\'a\'</span>  <span class="c"># why</span>\n'
        "</code></pre></div>\n"
    )


def test_links_to_source_files_are_found_from_each_depth_and_with_both_kinds_of_addresses():
    pages = (
        '<a href="source/figures/walk.html">',
        '<a href="../../source/src/a/x/#line-3">',
        '<a href="resource/y.html">',
    )
    assert linked_files(pages) == {"figures/walk.py", "src/a/x.py"}

"""What the search makes of pages is kept, and what converts notebooks is imported when it is used."""

import re
from types import SimpleNamespace

import pytest
from material.plugins.search.plugin import Parser, SearchIndex
from mkdocs.structure.toc import get_toc

from figpress.mkdocs_plugin.cached_search import cache_entries
from figpress.mkdocs_plugin.page_cache import PageCache
from figpress.pages.site_content import SiteContent
from tests.figpress.test_labels import LIVE, RANGE
from tests.figpress.test_markdown import rendered, site


@pytest.fixture
def searched(tmp_path, monkeypatch):
    """Entries of a page in the index, and how many pages had to be parsed for them."""
    parsed = []
    monkeypatch.setattr(Parser, "feed", lambda self, html, feed=Parser.feed: (parsed.append(html), feed(self, html)))

    def search(**changes):
        page = {"content": "<h2 id='a'>A</h2><p>b</p>", "title": "T", "url": "t.html", "meta": {}} | changes
        config = SimpleNamespace(jieba_dict=None, jieba_dict_user=None)
        index, cache = SearchIndex(), PageCache(tmp_path)
        plugin = SimpleNamespace(search_index=index, config=config)
        cache_entries(SimpleNamespace(plugins={"material/search": plugin}), cache, "this code")
        toc = get_toc([{"name": "A", "id": "a", "level": 2, "children": []}])
        parsed.clear()
        index.add_entry_from_context(SimpleNamespace(toc=toc, **page))
        cache.save()
        return index.entries, len(parsed)

    return search


def test_formulas_are_searched_in_one_line_and_buttons_not_at_all(searched):
    definition = SimpleNamespace(path="src/m.py", line=7, bare="def f(): ...", name="m.f")
    place = site(content=SiteContent({"m.f": definition}, {}, {}), api_pages={"m": "api/m.html"})
    place.figures["walk"].live, place.figures["walk"].functions = LIVE, []
    place.figures["walk"].parameters = [{"name": "eta", "default": -1, **RANGE}]
    page = rendered(
        "/// figure | walk\nA caption.\n///\n\nThen $\\tfrac12 w^2$.\n\n/// equation\n    function: m.f\n\nw_1 < b\n///",
        place,
    )
    assert "ƒ" in page and "Show the answer" in page
    entries, _ = searched(content=f"<h2 id='a'>A</h2>{page}")
    [text] = [entry["text"] for entry in entries if entry["location"] == "t.html#a"]
    assert re.sub(r"</?p>|\s", " ", text).split() == "A caption. Then ½w². w₁ &lt; b".split()


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

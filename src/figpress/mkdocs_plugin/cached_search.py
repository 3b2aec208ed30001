"""The entries of pages in the index that Material's search reads, kept: to take them out of the pages' HTML parses it all once more."""

import json

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from figpress.mkdocs_plugin.cached_pages import tokens
from figpress.mkdocs_plugin.page_cache import PageCache, key_of
from figpress.pages.linear import with_linear_formulas


def cache_entries(config: MkDocsConfig, cache: PageCache, made_by: str) -> None:
    """Let the search plugin take the entries of a page that it has seen before from ``cache``, and read formulas in one line."""
    plugin = config.plugins.get("material/search")
    index = getattr(plugin, "search_index", None)
    # Words of Chinese may be told apart by a dictionary, which is a file.
    if index is None or plugin.config.jieba_dict or plugin.config.jieba_dict_user:
        return
    parse = index.add_entry_from_context

    def add(page: Page) -> None:
        key = key_of(made_by, page.url, page.title, page.meta, tokens(page.toc), page.content)
        entries = cache.get(key)
        if entries is None:
            number, content = len(index.entries), page.content
            page.content = with_linear_formulas(content)
            parse(page)
            page.content = content
            # As the plugin itself writes them in the end.
            cache.put(key, json.dumps(index.entries[number:], default=str).encode())
        else:
            index.entries += json.loads(entries)

    index.add_entry_from_context = add

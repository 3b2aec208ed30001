"""The pages of source files. They differ in a title and a listing alone: MkDocs makes one for each depth of folders, from
which the others are made. A hundred of its pages would take longer than all the rest of a site.
"""

import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from figpress.pages.source_pages import page_file, source_page
from figpress.publishing.files import write_files

LISTING = '<div data-listing=""></div>'
_TITLE = "\ufdd0file"
"""Where the listing and the title belong. A character that no text may have keeps the title apart, and is none of its anchor."""


class ListingPages:
    """One build's pages of source files.

    Args:
        paths: the files that may have a page; the first of each depth has one.
        config: MkDocs' settings.
    """

    def __init__(self, paths: Iterable[str], config: MkDocsConfig):
        self._folder = Path(config.site_dir)
        self._alike: dict[str, list[tuple[str, str]]] = {}
        first: dict[int, str] = {}
        for path in paths:
            uri = page_file(path)
            page = File(uri, None, config.site_dir, config.use_directory_urls)
            # From one depth, all else of a site has the same address.
            model = first.setdefault(page.url.count("/"), uri)
            self._alike.setdefault(model, []).append((page.dest_uri, path))

    def models(self) -> dict[str, str]:
        """The pages that MkDocs makes: the Markdown of each by its file, which is that of the first page of its depth."""
        return dict.fromkeys(self._alike, source_page(_TITLE))

    def first(self) -> set[str]:
        """The files whose pages MkDocs makes."""
        return {alike[0][1] for alike in self._alike.values()}

    def __contains__(self, uri: str) -> bool:
        return uri in self._alike

    def made_from(self, uri: str, output: str, listings: Mapping[str, bytes]) -> str:
        """Write the pages of listed files that are made from the one which MkDocs has made, but for its own, which is given back."""
        model = re.split(f"({_TITLE}|{LISTING})".encode(), output.encode())
        pages = {}
        for place, path in self._alike[uri]:
            if path not in listings:
                continue
            parts = {_TITLE.encode(): html.escape(path).encode(), LISTING.encode(): listings[path]}
            pages[place] = b"".join(parts.get(part, part) for part in model)
        own, *others = pages.items()
        write_files(self._folder, others)
        return own[1].decode()

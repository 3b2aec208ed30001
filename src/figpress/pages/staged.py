"""What is staged for a generator that runs Markdown extensions and no plugins: all that its pages may show, kept in a file."""

import functools
import json
import pickle
import re
from dataclasses import replace
from pathlib import Path

from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from figpress.pages.site import Site

KEPT = ".figpress-site"
"""The file's name in the folder of staged pages; generators leave out what begins with a dot."""

_FIRST_LINE = re.compile(r"<!-- figpress (\{.*\}) -->")


def first_line(page: str, source: str, state: str) -> str:
    """What the Markdown of a staged page begins with: its address, its file, and what tells the state of all that it may show.

    A generator that keeps a page while its text is the same makes it anew when the state is another.
    """
    return f"<!-- figpress {json.dumps({'page': page, 'source': source, 'state': state})} -->\n"


def staged_site(folder: Path) -> Site:
    """A site of one's own for one page.

    Raises:
        ValueError: nothing is staged there.
    """
    path = Path(folder) / KEPT
    try:
        site = _loaded(path, path.stat().st_mtime_ns)
    except OSError:
        raise ValueError(f"{folder}: nothing is staged there; run: figpress stage {folder}") from None
    shown = {name: list(pages) for name, pages in site.shown_figures.items()}
    noted = {"shown_facts": [*site.shown_facts], "equations": [], "claims": []}
    return replace(site, drawn_figures=set(), shown_figures=shown, first_figures={**site.first_figures}, **noted)


@functools.lru_cache(maxsize=1)
def _loaded(path: Path, changed: int) -> Site:
    return pickle.loads(path.read_bytes())


class StagedPage(Preprocessor):
    """Takes the first line away, and has the page completed when all else is done.

    A docstring's Markdown, which is set within a page, has no such line and is left as it is.
    """

    def __init__(self, md, site: Site):
        self.site = site
        super().__init__(md)

    def run(self, lines):
        for number, line in enumerate(lines):
            if found := _FIRST_LINE.fullmatch(line.strip()):
                told = json.loads(found[1])
                rest = lines[number + 1 :]
                self.site.page, self.site.source = told["page"], "\n".join([told["source"], *rest])
                # Of the site's, the page keeps what its own head shows.
                self.site.shown_facts = [fact for fact in self.site.shown_facts if fact["page"] == told["page"]]
                self.md.treeprocessors.register(_Last(self.md, self.site), "figpress-last", -10)
                return rest
            if line.strip():
                break
        return lines


class _Last(Treeprocessor):
    """Until the tree is done, the table of contents has headings go through all postprocessors; one for the page comes after."""

    def __init__(self, md, site: Site):
        self.site = site
        super().__init__(md)

    def run(self, root):
        self.md.postprocessors.register(_Completed(self.md, self.site), "figpress-completed", -10)


class _Completed(Postprocessor):
    """Adds what a page has beside its text."""

    def __init__(self, md, site: Site):
        self.site = site
        super().__init__(md)

    def run(self, text):
        return self.site.content.completed(self.site, text)

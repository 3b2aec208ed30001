"""Pages that show whole source files, with a place to link to on every line."""

import contextlib
import hashlib

import pygments
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from figpress.project import Project
from figpress.sources import project_files
from figpress.store import Damaged, Store, pack

_NAME = "pages"


def source_page(path: str, text: str) -> str:
    """The Markdown of one file's page."""
    formatter = HtmlFormatter(cssclass="highlight fp-source", linenos="inline", lineanchors="line", wrapcode=True)
    code = pygments.highlight(text, PythonLexer(stripnl=False), formatter)
    return f"---\ntitle: {path}\nsearch:\n  exclude: true\nhide: [toc]\n---\n\n# {path}\n\n{code}\n"


def source_pages(project: Project) -> dict[str, str]:
    """The pages of all files of the mathematics, the figures and the tests, by the path of the file.

    Highlighting takes its time, so each page is kept until its file changes.
    """
    store = Store(project.cache / "sources")
    known: dict[str, bytes] = {}
    for file in store.files(_NAME)[:1]:
        with contextlib.suppress(Damaged):
            entry, content = store.load(file)
            known = entry.parts(content)
    pages, kept = {}, {}
    for file in project_files(project):
        path, content = file.relative_to(project.root).as_posix(), file.read_bytes()
        key = hashlib.sha256(f"{pygments.__version__}\n{path}\n".encode() + content).hexdigest()
        kept[key] = known.get(key) or source_page(path, content.decode()).encode()
        pages[path] = kept[key].decode()
    if kept.keys() != known.keys():
        store.save(_NAME, hashlib.sha256("".join(kept).encode()).hexdigest()[:32], pack({}, kept))
        store.prune([_NAME])
    return pages

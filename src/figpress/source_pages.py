"""Pages that show whole source files, with a place to link to on every line."""

import pygments
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from figpress.project import Project
from figpress.sources import contents
from figpress.store import kept


def source_page(path: str, text: str) -> str:
    """The Markdown of one file's page."""
    formatter = HtmlFormatter(cssclass="highlight fp-source", linenos="inline", lineanchors="line", wrapcode=True)
    code = pygments.highlight(text, PythonLexer(stripnl=False), formatter)
    return f"---\ntitle: {path}\nsearch:\n  exclude: true\nhide: [toc]\n---\n\n# {path}\n\n{code}\n"


def source_pages(project: Project) -> dict[str, str]:
    """The pages of all files of the mathematics, the figures and the tests, by the path of the file.

    Highlighting takes its time, so each page is kept until its file changes.
    """
    pages = kept(project.cache / "pages", pygments.__version__, contents(project),
                 lambda path, content: source_page(path, content.decode()).encode())
    return {path: page.decode() for path, page in pages.items()}

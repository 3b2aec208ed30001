"""Pages that show whole source files, with a place to link to on every line."""

from collections.abc import Mapping

import pygments
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from figpress.project import Project
from figpress.sources import contents
from figpress.store import kept, version_of_source


def listing(text: str) -> str:
    """One file's text as HTML."""
    formatter = HtmlFormatter(cssclass="highlight fp-source", linenos="inline", lineanchors="line", wrapcode=True)
    return pygments.highlight(text, PythonLexer(stripnl=False), formatter)


def listings(project: Project) -> Mapping[str, bytes]:
    """All files of the mathematics, the figures and the tests as HTML in UTF-8, by path.

    Highlighting takes its time, so each is kept until its file changes; and room, so it is read when asked for.
    """
    version = f"{pygments.__version__} {version_of_source(__file__)}"
    return kept(project.cache / "pages", version, contents(project), lambda path, content: listing(content.decode()).encode())


def source_page(path: str) -> str:
    """The Markdown of one file's page. The listing itself is added as HTML, since parsing it takes longer than all other pages."""
    return f"---\ntitle: {path}\nsearch:\n  exclude: true\nhide: [toc]\n---\n\n# {path}\n"

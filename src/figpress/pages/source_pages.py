"""Pages that show whole source files, with a place to link to on every line."""

from collections.abc import Mapping

import pygments
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from figpress.making.processes import run_in_subprocess
from figpress.pages.sources import text_of
from figpress.project import Project
from figpress.store import cached, version_of_source

_MANY = 100_000
"""Bytes of source text that take longer to highlight than a process takes to start."""


def listing(text: str) -> str:
    """One file's text as HTML."""
    formatter = HtmlFormatter(cssclass="highlight fp-source", linenos="inline", lineanchors="line", wrapcode=True)
    return pygments.highlight(text, PythonLexer(stripnl=False), formatter)


def _made(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: listing(text_of(content, path)).encode() for path, content in files.items()}


def listings(project: Project, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Files of the project (by path, their contents) as HTML in UTF-8.

    Highlighting takes its time, so each is kept until its file changes; and room, so it is read when asked for.
    """

    def make(files: dict[str, bytes]) -> dict[str, bytes]:
        # Many would hold up this process for seconds, whichever thread they are made in.
        return run_in_subprocess(_made, files) if sum(map(len, files.values())) > _MANY else _made(files)

    return cached(project.cache / "pages", f"{pygments.__version__} {version_of_source(__file__)}", files, make)


def source_page(path: str) -> str:
    """The Markdown of one file's page. The listing itself is added as HTML, since parsing it takes longer than all other pages."""
    return f"---\ntitle: {path}\nsearch:\n  exclude: true\nrobots: noindex\nhide: [toc]\n---\n\n# {path}\n"

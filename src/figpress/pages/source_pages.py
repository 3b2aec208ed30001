"""Pages that show whole source files, with a place to link to on every line."""

import functools
import html
import re
from collections.abc import Iterable, Mapping
from itertools import groupby

import pygments
from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, String, _TokenType

from figpress.making.processes import run_in_subprocess
from figpress.pages.sources import text_of
from figpress.project import Project
from figpress.store import cached, version_of_source

_MANY = 100_000
"""Bytes of source text that take longer to highlight than a process takes to start."""

_COLOURED = {
    Comment: "c",
    Keyword: "k",
    # None, say, is a name.
    Keyword.Constant: "",
    Name.Builtin: "nb",
    Name.Decorator: "nd",
    Number: "m",
    String: "s",
    String.Doc: "c",
}
"""The theme's class for words of these kinds and of kinds within them; all others look like plain text."""


@functools.cache
def _class_of(kind: _TokenType) -> str:
    while kind not in _COLOURED and kind.parent is not None:
        kind = kind.parent
    return _COLOURED.get(kind, "")


def listing(text: str) -> str:
    """One file's text as HTML: an anchor on each line, which the style numbers, and an element for each run of one colour.

    An element for each word and each line's number as text, as highlighters write them, weigh three times as much.
    """
    tokens = [(_class_of(kind), words) for kind, words in PythonLexer(stripnl=False).get_tokens(text)]
    runs = ((name, "".join(words for _, words in run)) for name, run in groupby(tokens, key=lambda token: token[0]))
    escaped = ((name, html.escape(words, quote=False)) for name, words in runs)
    code = "".join(f'<span class="{name}">{words}</span>' if name else words for name, words in escaped)
    lines = code.removesuffix("\n").split("\n")
    anchored = "\n".join(f'<a id="line-{number}"></a>{line}' for number, line in enumerate(lines, 1))
    return f'<div class="highlight fp-source"><pre><code>{anchored}\n</code></pre></div>\n'


def linked_files(pages: Iterable[str]) -> set[str]:
    """The source files to whose pages these pages, as HTML, lead: their paths in the project."""
    link = re.compile(r'href="(?:\.\./)*source/([^"#]+?)(?:/|\.html)[#"]')
    return {f"{html.unescape(path)}.py" for page in pages for path in link.findall(page)}


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


def page_file(path: str) -> str:
    """The Markdown file, among the pages, of one file's page."""
    return f"source/{path.removesuffix('.py')}.md"


def source_page(path: str) -> str:
    """The Markdown of one file's page. The listing itself is added as HTML, since parsing it takes longer than all other pages."""
    return f"---\ntitle: {path}\nsearch:\n  exclude: true\nrobots: noindex\nhide: [toc]\n---\n\n# {path}\n"

"""What pages may show, and a record of what they did show."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from figpress.figure.facts import look_up, shown
from figpress.pages.content import Content
from figpress.pages.maths import to_mathml
from figpress.pages.syntax import FACT


class PageError(Exception):
    """A page asks for something that is not there; the message names the page and the thing."""


@dataclass
class Site:
    """What pages may show, and a record of what they did show."""

    figures: Mapping[str, object] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    terms: Mapping[str, str] = field(default_factory=dict)
    content: Content = field(default_factory=Content)
    directory_urls: bool = True
    """Whether a page's address ends with a slash or with ``.html``."""
    equation_pages: Mapping[str, str] = field(default_factory=dict)
    """The address of the page where each numbered equation stands."""
    api_pages: Mapping[str, str] = field(default_factory=dict)
    """The address of the page that documents each module."""
    page: str = ""
    """Address of the page now built, relative to the site, as in ``walk/`` or ``api/norms.html``."""
    source: str = ""
    """The file of the page now built, as messages name it, and on the next lines its text."""
    mistakes: list[str] | None = None
    """Where mistakes are collected, if anybody does."""
    drawn_figures: set[tuple[str, str]] = field(default_factory=set)
    """Page and name of each figure that was put on a page."""
    shown_figures: dict[str, list[str]] = field(default_factory=dict)
    shown_facts: list[dict] = field(default_factory=list)
    equations: list[dict] = field(default_factory=list)
    claims: list[dict] = field(default_factory=list)

    def fact_named(self, path: str) -> object:
        """The fact ``figure.key``; a figure's parameters are facts as well.

        Raises:
            KeyError: there is no such fact; the message names what there is.
        """
        name = path.partition(".")[0]
        figure = self.figures.get(name)
        if figure is None:
            return look_up(dict.fromkeys(self.figures, {}), path)
        return look_up({name: {**{p["name"]: p["default"] for p in figure.parameters}, **figure.facts}}, path)

    def url(self, target: str) -> str:
        """The address of ``target`` (relative to the site) as seen from the page now built."""
        start = self.page if self.page.endswith("/") or not self.page else posixpath.dirname(self.page)
        relative = posixpath.relpath(target or ".", start or ".")
        return relative + "/" if target.endswith("/") and not relative.endswith("/") else relative

    def page_address(self, name: str) -> str:
        """The address of the page ``name`` (its path without an ending), relative to the site."""
        return f"{name}/" if self.directory_urls else f"{name}.html"

    def source_address(self, path: str, line: int | None = None) -> str:
        """Where the built site shows a source file, or one of its lines."""
        page = self.page_address(f"source/{path.removesuffix('.py')}")
        return page if line is None else f"{page}#line-{line}"

    def error(self, message: str, written: str = "") -> PageError:
        """An error that names the page now built, and the line where what is wrong is ``written``."""
        place, _, text = self.source.partition("\n")
        found = text.find(written) if written else -1
        line = f":{text.count(chr(10), 0, found) + 1}" if found >= 0 else ""
        return PageError(f"{place or self.page or 'page'}{line}: {message}")

    def report(self, error: PageError) -> None:
        """Note a mistake, so that all of a build are told together; where nobody collects them, raise it."""
        if self.mistakes is None:
            raise error
        self.mistakes.append(str(error))

    def fact(self, path: str, form: str | None) -> tuple[object, str]:
        """Look a fact up and write it; remember that it was quoted here."""
        try:
            value = self.fact_named(path)
            text = shown(value, form or "")
        except KeyError as error:
            raise self.error(error.args[0], f"[[{path}") from None
        except ValueError as error:
            raise self.error(f"fact {path}: {error}", f"[[{path}") from None
        self.shown_facts.append({"page": self.page, "fact": path, "value": value, "text": text})
        return value, text

    def quoted_in(self, text: str) -> str:
        """A text with the facts in it, where it is shown once more: for the record it was quoted already."""
        return re.sub(FACT, lambda m: f"({m[2]})" if m[1] == "eq" else shown(self.fact_named(m[1]), m[2] or ""), text)

    def plain(self, text: str) -> str:
        """A text with the facts and equation numbers in it, for where no markup is understood, such as a page's description."""
        return re.sub(
            FACT,
            lambda m: f"({m[2]})" if m[1] == "eq" and m[2] in self.equation_pages else self.fact(m[1], m[2])[1],
            text,
        )

    def with_facts(self, latex: str) -> str:
        """A formula with the facts in it."""
        return re.sub(FACT, lambda m: self.fact(m[1], m[2])[1].replace("\u2212", "-").replace("½", r"\tfrac12 "), latex)

    def formula(self, latex: str, *, display: bool) -> str:
        """Set a formula, with the facts in it."""
        try:
            return to_mathml(self.with_facts(latex), display=display, roles=self.roles)
        except ValueError as error:
            raise self.error(str(error), latex) from None

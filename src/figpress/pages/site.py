"""What pages may show, and a record of what they did show."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from figpress.figure.facts import look_up, shown
from figpress.labels import DEFAULTS, number_words
from figpress.pages.content import Content
from figpress.pages.maths import to_mathml, with_source
from figpress.pages.sources import Definition
from figpress.pages.syntax import FACT

ANSWERS: set[str] = set()
NOTES: set[str] = set()
"""Methods of a ``Site`` by their names: pages that are set ask it nothing else about what is not in their own text, and tell it nothing else.

So whoever knows the answers knows the page. See ``figpress.mkdocs_plugin.cached_pages``.
"""


def _answer(method: Callable) -> Callable:
    """Add a method to those that give answers. Its arguments are texts, and what it gives is told apart by its ``repr``."""
    ANSWERS.add(method.__name__)
    return method


def _note(method: Callable) -> Callable:
    """Add a method to those that are told something. Its arguments can be written in JSON."""
    NOTES.add(method.__name__)
    return method


class PageError(Exception):
    """A page asks for something that is not there; the message names the page and the thing."""


@dataclass(frozen=True)
class ShownFigure:
    """A figure as pages show it: its script, whether it is live, and what stands around its caption, as HTML."""

    name: str
    title: str
    script: str
    live: bool
    description: str
    size: tuple[float, ...]
    above: str
    drawing: str
    under: str
    beside_fold: str
    folded: str


@dataclass
class Site:
    """What pages may show, and a record of what they did show."""

    figures: Mapping[str, object] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    terms: Mapping[str, str] = field(default_factory=dict)
    content: Content = field(default_factory=Content)
    labels: Mapping[str, str] = field(default_factory=lambda: DEFAULTS)
    directory_urls: bool = True
    """Whether a page's address ends with a slash or with ``.html``."""
    equation_pages: Mapping[str, str] = field(default_factory=dict)
    """The address of the page where each numbered equation stands."""
    gallery: str | None = None
    """The address of the page with all figures, if there is one."""
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
    """The pages that show each figure."""
    first_figures: dict[str, str] = field(default_factory=dict)
    """The first figure of each page that shows one."""
    shown_facts: list[dict] = field(default_factory=list)
    equations: list[dict] = field(default_factory=list)
    claims: list[dict] = field(default_factory=list)

    @_answer
    def figure(self, name: str) -> ShownFigure | None:
        """What pages show of a figure; None where there is none, or only numbers."""
        figure = self.figures.get(name)
        if figure is None or not figure.files:
            return None
        return ShownFigure(
            name=name,
            title=figure.title,
            script=figure.script,
            live=self.is_live(name),
            description=figure.description,
            size=tuple(figure.size),
            above=self.content.above(figure),
            drawing=self.content.drawing(figure),
            under=self.content.under(self, figure),
            beside_fold=self.content.beside_fold(self, figure),
            folded=self.content.folded(self, figure),
        )

    @_answer
    def is_live(self, name: str) -> bool:
        """Whether readers can move a figure."""
        return bool(getattr(self.figures[name], "live", None))

    @_answer
    def drawn(self) -> list[str]:
        """The names of all figures that are drawn."""
        return [figure.name for figure in self.figures.values() if figure.files]

    @_answer
    def explained_on(self, name: str) -> str | None:
        """The address of the first page that shows a figure, if one does."""
        return next(iter(self.shown_figures.get(name, [])), None)

    @_answer
    def is_on_this_page(self, name: str) -> bool:
        """Whether the page now built shows a figure already."""
        return (self.page, name) in self.drawn_figures

    @_answer
    def equation_page(self, number: str) -> str | None:
        """The address of the page where a numbered equation stands, if one does."""
        return self.equation_pages.get(number)

    @_answer
    def definition(self, name: str) -> Definition:
        """A function's definition, by its dotted name or the end of it; KeyError where there is none."""
        return self.content.definition(name)

    @_answer
    def function_address(self, name: str) -> str | None:
        """Where the site shows a function, if it does."""
        return self.content.function_address(self, name)

    @_answer
    def test_of_claim(self, claim: str) -> tuple[str, int] | None:
        """The file and line of the test that checks a claim."""
        return self.content.test_of_claim(claim)

    @_answer
    def mark_of(self, claim: str) -> str:
        """The rest of a claim's tick: attributes, ``>`` and the tick."""
        return self.content.mark_of(self, claim)

    @_note
    def note(self, kind: str, **thing: object) -> None:
        """Remember what the page now built shows: one of its ``shown_facts``, ``equations`` or ``claims``."""
        getattr(self, kind).append({"page": self.page, **thing})

    @_note
    def note_figure(self, name: str) -> None:
        """Remember that the page now built shows a figure."""
        self.drawn_figures.add((self.page, name))
        self.shown_figures.setdefault(name, []).append(self.page)
        self.first_figures.setdefault(self.page, name)

    @_answer
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
        start, aim = self.page.split("/")[:-1], target.split("/")
        common = 0
        while common < min(len(start), len(aim) - 1) and start[common] == aim[common]:
            common += 1
        return "/".join([".."] * (len(start) - common) + aim[common:]) or "./"

    def source_address(self, path: str, line: int | None = None) -> str:
        """Where the built site shows a source file, or one of its lines."""
        page = f"source/{path.removesuffix('.py')}{'/' if self.directory_urls else '.html'}"
        return page if line is None else f"{page}#line-{line}"

    def error(self, message: str, written: str = "") -> PageError:
        """An error that names the page now built, and the line where what is wrong is ``written``."""
        place, _, text = self.source.partition("\n")
        found = text.find(written) if written else -1
        line = f":{text.count(chr(10), 0, found) + 1}" if found >= 0 else ""
        return PageError(f"{place or self.page or 'page'}{line}: {message}")

    def check_that_it_is_the_pages_own(self, written: str, what: str) -> None:
        """Refuse what stands in a file that the page now built includes, and not in its own text: nobody would check it.

        Raises:
            PageError: it does.
        """
        if self.source and " ".join(written.split()) not in " ".join(self.source.split()):
            raise self.error(
                f"{what} stands in a file that the page includes, where it is not checked: write it on the page"
            )

    def report(self, error: PageError) -> None:
        """Note a mistake, so that all of a build are told together; where nobody collects them, raise it."""
        if self.mistakes is None:
            raise error
        self.mistakes.append(str(error))

    def fact(self, path: str, form: str | None) -> tuple[object, str]:
        """Look a fact up and write it; remember that it was quoted here."""
        try:
            value = self.fact_named(path)
            text = self._shown(value, form)
        except KeyError as error:
            raise self.error(error.args[0], f"[[{path}") from None
        except ValueError as error:
            raise self.error(f"fact {path}: {error}", f"[[{path}") from None
        self.note("shown_facts", fact=path, value=value, text=text)
        return value, text

    def _shown(self, value: object, form: str | None) -> str:
        text = shown(value, form or "", number_words(self.labels))
        # Those are words of a language, "yes", "no" and "none".
        return self.labels[text] if value is None or isinstance(value, bool) else text

    def quoted_in(self, text: str) -> str:
        """A text with the facts in it, where it is shown once more: for the record it was quoted already."""
        return re.sub(FACT, lambda m: f"({m[2]})" if m[1] == "eq" else self._shown(self.fact_named(m[1]), m[2]), text)

    def plain(self, text: str) -> str:
        """A text with the facts and equation numbers in it, for where no markup is understood, such as a page's description."""
        return re.sub(
            FACT,
            lambda m: (
                f"({m[2]})" if m[1] == "eq" and self.equation_page(m[2]) is not None else self.fact(m[1], m[2])[1]
            ),
            text,
        )

    def with_facts(self, latex: str) -> str:
        """A formula with the facts in it."""
        return re.sub(FACT, lambda m: self.fact(m[1], m[2])[1].replace("\u2212", "-").replace("½", r"\tfrac12 "), latex)

    def formula(self, latex: str, *, display: bool) -> str:
        """Set a formula, with the facts in it."""
        try:
            written = self.with_facts(latex)
            return with_source(to_mathml(written, display=display, roles=self.roles), written)
        except ValueError as error:
            raise self.error(str(error), latex) from None

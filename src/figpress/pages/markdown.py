"""The Python-Markdown extension: figures, quoted numbers, equations, claims, listings and tables in pages.

======================================  ================================================================
``/// figure | NAME`` ... ``///``       the figure, with the block's text as its caption
``[[NAME.key]]``, ``[[NAME.key:.2f]]``  a fact of a figure or numbers module, in prose or in a formula
``[[eq:3.1]]``                          the number of an equation, linked to where it stands
``/// table | NAME.rows`` ... ``///``   a Markdown table whose last line is repeated for every row of a fact
``$...$``                               a formula in the line
``/// equation | 3.1`` ... ``///``      a formula of its own, bound to the function that implements it
``<claim id="ID">...</claim>``          a sentence that the test ``test_ID`` checks
``/// listing | module.function``       source code by name
``/// gallery`` and ``///``             all figures
======================================  ================================================================

What the blocks show comes from one ``Site``; the extension itself computes nothing. An unknown name raises ``PageError``.
"""

import html
import posixpath
import re
import textwrap
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block, type_string

from figpress.figure.facts import look_up, shown, usual_form
from figpress.pages.equations import OPTIONS
from figpress.pages.maths import FORMULA, to_mathml

CLAIM = r'<claim id="([\w-]+)">(.+?)</claim>'
FACT = r"\[\[([a-z_][\w.]*)(?::([^\]\n]+))?\]\]"
_BLOCK = re.compile(r"^/// (figure|table|gallery)\b(?: \| (\w+))?", re.MULTILINE)


def named_in(text: str, figures: Iterable[str]) -> set[str]:
    """Which figures a page's Markdown shows or quotes."""
    blocks = _BLOCK.findall(text)
    if any(kind == "gallery" for kind, _ in blocks):
        return set(figures)
    return set(figures) & {
        *(name for _, name in blocks),
        *(path.partition(".")[0] for path, _ in re.findall(FACT, text)),
    }


class PageError(Exception):
    """A page asks for something that is not there; the message names the page and the thing."""


@dataclass
class Site:
    """What pages may show, and a record of what they did show."""

    figures: Mapping[str, object] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    terms: Mapping[str, str] = field(default_factory=dict)
    listing: Callable[[str], object] | None = None
    """Find a ``sources.Definition`` by name; raises KeyError where there is none."""
    test_of_claim: Callable[[str], tuple[str, int] | None] = lambda claim: None
    """The file and line of the test that checks a claim."""
    mark_of: Callable[[str], str] = lambda claim: 'title="Checked by a test: see its source">✓'
    """The rest of a claim's tick, given its id: attributes, ``>`` and the tick, or what keeps their place."""
    function_address: Callable[[str], str | None] = lambda name: None
    """Where the site shows a function, given its dotted name."""
    drawing: Callable[[object], str] = lambda figure: figure.inline
    """A figure's drawing, or what keeps its place until a page is written."""
    above_figure: Callable[[object], str] = lambda figure: ""
    under_figure: Callable[[object], str] = lambda figure: ""
    """What stands between a drawing and its caption."""
    beside_fold: Callable[[object], str] = lambda figure: ""
    """What stands in the quiet line below a caption, beside what is folded there."""
    folded: Callable[[object], str] = lambda figure: ""
    """What is folded below a caption, besides the figure's script and files."""
    directory_urls: bool = True
    """Whether a page's address ends with a slash or with ``.html``."""
    equation_pages: Mapping[str, str] = field(default_factory=dict)
    """The address of the page where each numbered equation stands."""
    page: str = ""
    """Address of the page now built, relative to the site, as in ``walk/`` or ``api/norms.html``."""
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

    def error(self, message: str) -> PageError:
        """An error that names the page now built."""
        return PageError(f"{self.page or 'page'}: {message}")

    def fact(self, path: str, form: str | None) -> tuple[object, str]:
        """Look a fact up and write it; remember that it was quoted here."""
        try:
            value = self.fact_named(path)
            text = shown(value, form or "")
        except KeyError as error:
            raise self.error(error.args[0]) from None
        except ValueError as error:
            raise self.error(f"fact {path}: {error}") from None
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
            raise self.error(str(error)) from None


class FigpressExtension(BlocksExtension):
    """Adds all of figpress's Markdown; ``site`` holds what it shows."""

    def __init__(self, **configs):
        self.config = {"site": [Site(), "what pages may show"]}
        super().__init__(**configs)

    def extendMarkdown(self, md):  # noqa: N802 (Python-Markdown's name)
        site = self.getConfig("site")
        md.ESCAPED_CHARS.append("$")
        md.preprocessors.register(WellFormed(md, site), "figpress-well-formed", 36)
        md.preprocessors.register(TableRows(md, site), "figpress-table", 35)
        # Before what was set aside (code, formulas, raw HTML) comes back, at 30.
        md.postprocessors.register(NothingLeft(md, site), "figpress-nothing-left", 31)
        # Above escapes (180) and links, below backticks (190): code keeps its brackets and dollars.
        md.inlinePatterns.register(Formula(FORMULA, md, site), "figpress-math", 186)
        md.inlinePatterns.register(Fact(FACT, md, site), "figpress-fact", 185)
        md.inlinePatterns.register(Claim(CLAIM, md, site), "figpress-claim", 175)
        if site.terms:
            pattern = r"(?<![\w/-])(" + "|".join(map(re.escape, site.terms)) + r")(?![\w/-])"
            # After links and emphasis, so that the term inside them is found as well.
            md.inlinePatterns.register(Term(pattern, md, site), "figpress-term", 15)
        super().extendMarkdown(md)

    def extendMarkdownBlocks(self, md, block_mgr):  # noqa: N802 (pymdownx's name)
        for block in (FigureBlock, EquationBlock, ListingBlock, GalleryBlock):
            block_mgr.register(block, {"site": self.getConfig("site")})


class _Inline(InlineProcessor):
    def __init__(self, pattern, md, site):
        self.site = site
        super().__init__(pattern, md)
        self.compiled_re = re.compile(pattern, re.DOTALL)


class Formula(_Inline):
    """``$...$``"""

    def handleMatch(self, m, data):  # noqa: N802
        return self.md.htmlStash.store(self.site.formula(m[1], display=False)), m.start(0), m.end(0)


class Fact(_Inline):
    """``[[figure.key:format]]``"""

    def handleMatch(self, m, data):  # noqa: N802
        if m[1] == "eq":
            return self.reference(m[2]), m.start(0), m.end(0)
        value, text = self.site.fact(m[1], m[2])
        element = etree.Element("data", {"value": value if isinstance(value, str) else repr(value), "data-fact": m[1]})
        figure = self.site.figures[m[1].partition(".")[0]]
        if getattr(figure, "live", None) and isinstance(value, int | float) and not isinstance(value, bool):
            # Below its drawing a live figure writes the number anew.
            element.set("data-form", m[2] or usual_form(value))
        element.text = AtomicString(text)
        return element, m.start(0), m.end(0)

    def reference(self, number: str) -> str:
        """A link to a numbered equation."""
        if number not in self.site.equation_pages:
            raise self.site.error(
                f"no equation {number!r}; there are: {', '.join(sorted(self.site.equation_pages)) or 'none'}"
            )
        address = html.escape(f"{self.site.url(self.site.equation_pages[number])}#eq-{number}")
        return self.md.htmlStash.store(f'<a class="fp-reference" href="{address}">({html.escape(number)})</a>')


class Term(_Inline):
    """A term of the subject, in its colour."""

    def handleMatch(self, m, data):  # noqa: N802
        element = etree.Element("span", {"class": f"term term-{self.site.terms[m[1]]}"})
        element.text = AtomicString(m[1])
        return element, m.start(0), m.end(0)


class Claim(_Inline):
    """``<claim id="ID">sentence</claim>``"""

    def handleMatch(self, m, data):  # noqa: N802
        place = self.site.test_of_claim(m[1])
        if place is None:
            raise self.site.error(f"claim {m[1]!r} has no test; expected a test function test_{m[1].replace('-', '_')}")
        target = self.site.source_address(*place)
        self.site.claims.append({"page": self.site.page, "claim": m[1], "test": target})
        element = etree.Element("span", {"class": "claim", "data-claim": m[1]})
        element.text = m[2]
        mark = etree.SubElement(element, "span")
        # As text, not as an element: MkDocs takes an element's address for one among the files of docs/.
        mark.text = AtomicString(
            self.md.htmlStash.store(
                f'<a class="claim-mark" href="{html.escape(self.site.url(target))}" {self.site.mark_of(m[1])}</a>'
            )
        )
        return element, m.start(0), m.end(0)


class TableRows(Preprocessor):
    """``/// table | figure.rows``: the last line of the block, once for every item, with ``row`` for the item."""

    BLOCK = re.compile(r"^/// table \| ([\w.]+)[ \t]*\n(.*?)^///[ \t]*$", re.DOTALL | re.MULTILINE)

    def __init__(self, md, site):
        self.site = site
        super().__init__(md)

    def run(self, lines):
        def expand(match):
            try:
                rows = self.site.fact_named(match[1])
            except KeyError as error:
                raise self.site.error(error.args[0]) from None
            *head, template = match[2].strip("\n").split("\n")
            body = [re.sub(r"\[\[row\b", f"[[{match[1]}.{index}", template) for index in range(len(rows))]
            return "\n".join(["", *head, *body, ""])

        return self.BLOCK.sub(expand, "\n".join(lines)).split("\n")


class WellFormed(Preprocessor):
    """Refuses a block that is written in another way than the checks of pages look for."""

    LOOSE = re.compile(r"[\s>*+-]*/{3,}\s*(figure|equation|table|listing|gallery)\b")
    STRICT = re.compile(r"/// (figure|equation|table|listing|gallery)( \| \S+)?\s*")
    FENCE = re.compile(r"\s*(`{3,}|~{3,})")

    def __init__(self, md, site):
        self.site = site
        super().__init__(md)

    def run(self, lines):
        fence = ""
        for line in lines:
            opened = self.FENCE.match(line)
            if opened and (not fence or opened[1].startswith(fence)):
                fence = "" if fence else opened[1]
            elif not fence and self.LOOSE.match(line) and not self.STRICT.fullmatch(line):
                raise self.site.error(
                    f"{line.strip()!r} has to stand at the line's start, in the form '/// kind | name'"
                )
        return lines


class NothingLeft(Postprocessor):
    """Refuses what looks like figpress's Markdown and was not understood: a reader would see it."""

    LEFT = re.compile(r"\[\[[^\]\n]*\]\]|(?:^|(?<=>))\s*/{3,}[^\n<]*|\$\$[^\n<]*", re.MULTILINE)

    def __init__(self, md, site):
        self.site = site
        super().__init__(md)

    def run(self, text):
        left = self.LEFT.search(re.sub(r"<code\b.*?</code>", "", text, flags=re.DOTALL))
        raw = next(
            (
                block
                for block in self.md.htmlStash.rawHtmlBlocks
                if isinstance(block, str) and block.lstrip().startswith("<claim")
            ),
            "",
        )
        if left or raw:
            found = (left[0] if left else raw).strip()
            hint = ": a formula of its own is an '/// equation'" if found.startswith("$$") else ""
            raise self.site.error(f"{found!r} is not understood{hint}")
        return text


class FigureBlock(Block):
    """``/// figure | NAME``"""

    NAME = "figure"
    ARGUMENT = True

    def on_create(self, parent):
        site = self.config["site"]
        name = self.argument.strip()
        figure = site.figures.get(name)
        if figure is None or not figure.files:
            known = ", ".join(sorted(key for key, value in site.figures.items() if value.files))
            raise site.error(f"no figure {name!r}; known: {known}")
        site.shown_figures.setdefault(name, []).append(site.page)
        outer = etree.SubElement(parent, "figure", {"id": f"fig-{name}", "class": "fp-figure", "data-figure": name})
        if getattr(figure, "live", None):
            outer.set("data-live", name)
        for part, content in (
            ("above", site.above_figure(figure)),
            ("drawing", site.drawing(figure)),
            ("under", site.under_figure(figure)),
        ):
            if content:
                etree.SubElement(outer, "div", {"class": f"fp-{part}"}).text = self.md.htmlStash.store(content)
        caption = etree.SubElement(outer, "figcaption")
        self.figure, self.caption = figure, caption
        return outer

    def on_add(self, block):
        return self.caption

    def on_end(self, block):
        site = self.config["site"]
        links = etree.SubElement(self.caption, "div", {"class": "fp-links"})
        links.text = self.md.htmlStash.store(
            f'{site.beside_fold(self.figure)}<details class="fp-insight"><summary>Code, files and tests</summary>'
            f"<p>{figure_links(site, self.figure)}</p>{site.folded(self.figure)}</details>"
        )


def figure_links(site: Site, figure) -> str:
    """The line below a figure: its script and files."""
    items = [f'<a href="{html.escape(site.url(site.source_address(figure.script)))}">script</a>']
    items += [
        f'<a href="{html.escape(site.url(f"figures/{figure.name}.{ending}"))}" download>{ending.upper()}</a>'
        for ending in ("svg", "png", "pdf", "csv")
    ]
    return f'<span class="fp-files">{" · ".join(items)}</span>'


class EquationBlock(Block):
    r"""``/// equation | 3.1`` with the options that ``figpress.pages.equations.Equation`` explains."""

    NAME = "equation"
    ARGUMENT = None
    OPTIONS = {option: ["", type_string] for option in OPTIONS}

    def on_create(self, parent):
        site = self.config["site"]
        self.number = (self.argument or "").strip()
        if not self.options["function"] and not (self.options["reason"] and self.options["claim"]):
            raise site.error(
                f"equation {self.number or '(unnumbered)'} needs a function, or a reason and the claim that proves it"
            )
        attributes = {"class": "fp-equation"}
        if self.number:
            attributes |= {"id": f"eq-{self.number}", "data-equation": self.number}
        return etree.SubElement(parent, "div", attributes)

    def on_markdown(self):
        return "raw"

    def on_end(self, block):
        site = self.config["site"]
        latex = textwrap.dedent(block.text or "").strip()
        # A condition is Python: its words are names of Greek letters.
        condition = re.sub(r"\b([a-z]{2,})\b", r"\\\1", self.options["where"])
        shown = rf"{latex} \qquad ({condition})" if condition else latex
        block.text = self.md.htmlStash.store(site.formula(shown, display=True))
        marks = etree.SubElement(block, "span", {"class": "fp-marks"})
        if self.number:
            number = etree.SubElement(marks, "a", {"class": "fp-number", "href": f"#eq-{self.number}"})
            number.text = AtomicString(f"({self.number})")
        address = site.function_address(self.options["function"]) if self.options["function"] else None
        if address:
            # As text, like the mark of a claim.
            mark = etree.SubElement(marks, "span")
            mark.text = AtomicString(
                self.md.htmlStash.store(
                    f'<a class="fp-function" href="{html.escape(site.url(address))}" title="The function that computes this" '
                    f'aria-label="the function {html.escape(self.options["function"])}">ƒ</a>'
                )
            )
        site.equations.append(
            {
                "page": site.page,
                "number": self.number,
                "latex": latex,
                **{key: self.options[key] for key in self.OPTIONS},
            }
        )


class ListingBlock(Block):
    """``/// listing | module.function``"""

    NAME = "listing"
    ARGUMENT = True

    def on_create(self, parent):
        site = self.config["site"]
        try:
            definition = site.listing(self.argument.strip())
        except KeyError as error:
            raise site.error(error.args[0]) from None
        outer = etree.SubElement(parent, "div", {"class": "fp-listing", "data-listing": self.argument.strip()})
        code = highlight(definition.bare, PythonLexer(), HtmlFormatter(cssclass="highlight", wrapcode=True))
        address = html.escape(site.url(site.source_address(definition.path, definition.line)))
        outer.text = self.md.htmlStash.store(
            f'{code}<a class="fp-listed" href="{address}">{html.escape(definition.path)}</a>'
        )
        return outer


class GalleryBlock(Block):
    """``/// gallery``"""

    NAME = "gallery"
    ARGUMENT = None

    def on_create(self, parent):
        site = self.config["site"]
        outer = etree.SubElement(parent, "div", {"class": "fp-gallery"})
        cards = []
        for figure in site.figures.values():
            if figure.files:
                cards.append(gallery_card(site, figure))
        outer.text = self.md.htmlStash.store("".join(cards))
        return outer


def gallery_card(site: Site, figure) -> str:
    """One figure of the gallery: both schemes' pictures, the command, the files and where it is explained."""
    alt = html.escape(figure.description, quote=True)
    width, height = figure.size
    pictures = "".join(
        f'<img src="{html.escape(site.url(f"figures/{figure.name}{suffix}.svg"))}" alt="{alt}" loading="lazy" '
        f'width="{width * 72:.0f}" height="{height * 72:.0f}" class="fp-{scheme}">'
        for scheme, suffix in (("light", ""), ("dark", "-dark"))
    )
    pages = "".join(
        f'<a class="fp-where" href="{html.escape(site.url(page))}#fig-{figure.name}">see it explained</a>'
        for page in site.shown_figures.get(figure.name, [])[:1]
    )
    return (
        f'<section class="fp-card" id="card-{figure.name}"><h3 id="{figure.name}">{html.escape(figure.title)}</h3>{pictures}'
        f"<pre><code>python {html.escape(figure.script)} --output {figure.name}.svg</code></pre>"
        f'<p class="fp-links">{figure_links(site, figure)} {pages}</p></section>'
    )


def makeExtension(**configs):  # noqa: N802 (Python-Markdown's name)
    """Entry point of Python-Markdown."""
    return FigpressExtension(**configs)

"""What stands in blocks: figures, equations, listings, the gallery."""

import html
import textwrap
import xml.etree.ElementTree as etree

from markdown.util import AtomicString
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from pymdownx.blocks.block import Block, type_string

from figpress.pages.equations import OPTIONS, condition_in_latex
from figpress.pages.site import PageError, ShownFigure, Site


class _SiteBlock(Block):
    """One kind of block. ``begin`` gives its element and ``end`` completes it; either may raise PageError."""

    broken = False

    def on_create(self, parent):
        try:
            return self.begin(parent)
        except PageError as error:
            self._report(error)
            return etree.SubElement(parent, "div")

    def on_end(self, block):
        if not self.broken:
            try:
                self.end(block)
            except PageError as error:
                self._report(error)

    def end(self, block):
        """Nothing is to be completed."""

    def _report(self, error):
        self.broken = True
        self.config["site"].report(error)


class FigureBlock(_SiteBlock):
    """``/// figure | NAME``"""

    NAME = "figure"
    ARGUMENT = True

    def begin(self, parent):
        site = self.config["site"]
        name = self.argument.strip()
        figure = site.figure(name)
        if figure is None:
            raise site.error(f"no figure {name!r}; known: {', '.join(sorted(site.drawn()))}", f"/// figure | {name}")
        if site.is_on_this_page(name):
            raise site.error(
                f"figure {name!r} is on this page already: link to #fig-{name} instead", f"/// figure | {name}"
            )
        site.note_figure(name)
        outer = etree.SubElement(parent, "figure", {"id": f"fig-{name}", "class": "fp-figure", "data-figure": name})
        if figure.live:
            outer.set("data-live", name)
        for part, content in (("above", figure.above), ("drawing", figure.drawing), ("under", figure.under)):
            if content:
                # The words of buttons and sliders are no answer to a search.
                # Not in a div: what stands in one ends, for Material's search, with the first div inside it.
                etree.SubElement(
                    outer, "section", {"class": f"fp-{part}", "data-search-exclude": ""}
                ).text = self.md.htmlStash.store(content)
        caption = etree.SubElement(outer, "figcaption")
        self.figure, self.caption = figure, caption
        return outer

    def on_add(self, block):
        return block if self.broken else self.caption

    def end(self, block):
        site = self.config["site"]
        links = etree.SubElement(self.caption, "div", {"class": "fp-links", "data-search-exclude": ""})
        links.text = self.md.htmlStash.store(
            f'{self.figure.beside_fold}<details class="fp-insight"><summary>{html.escape(site.labels["code_and_files"])}</summary>'
            f"<p>{figure_links(site, self.figure)}</p>{self.figure.folded}</details>"
        )


def embedded_address(name: str) -> str:
    """Where a live figure stands by itself."""
    return f"figures/{name}.html"


def figure_links(site: Site, figure: ShownFigure) -> str:
    """The line below a figure: its script and files, and where it is live its page without the site around it."""
    items = [
        f'<a href="{html.escape(site.url(site.source_address(figure.script)))}">{html.escape(site.labels["script"])}</a>'
    ]
    items += [
        f'<a href="{html.escape(site.url(f"figures/{figure.name}.{ending}"))}" download>{ending.upper()}</a>'
        for ending in ("svg", "png", "pdf", "csv")
    ]
    items.append(
        f'<a href="{html.escape(site.url(f"figures/{figure.name}.bib"))}" download>{html.escape(site.labels["cite"])}</a>'
    )
    if figure.live:
        items.append(
            f'<a href="{html.escape(site.url(embedded_address(figure.name)))}">{html.escape(site.labels["by_itself"])}</a>'
        )
    return f'<span class="fp-files">{" · ".join(items)}</span>'


class EquationBlock(_SiteBlock):
    r"""``/// equation | 3.1`` with the options that ``figpress.pages.equations.Equation`` explains."""

    NAME = "equation"
    ARGUMENT = None
    OPTIONS = {option: ["", type_string] for option in OPTIONS}

    def begin(self, parent):
        site = self.config["site"]
        self.number = (self.argument or "").strip()
        if not self.options["function"] and not (self.options["reason"] and self.options["claim"]):
            raise site.error(
                f"equation {self.number or '(unnumbered)'} needs a function, or a reason and the claim that proves it",
                f"/// equation | {self.number}" if self.number else "/// equation",
            )
        attributes = {"class": "fp-equation"}
        if self.number:
            attributes |= {"id": f"eq-{self.number}", "data-equation": self.number}
        return etree.SubElement(parent, "div", attributes)

    def on_markdown(self):
        return "raw"

    def end(self, block):
        site = self.config["site"]
        latex = textwrap.dedent(block.text or "").strip()
        site.check_that_it_is_the_pages_own(latex, f"equation {self.number or '(unnumbered)'}")
        condition = condition_in_latex(self.options["where"], latex)
        shown = rf"{latex} \qquad ({condition})" if condition else latex
        block.text = self.md.htmlStash.store(site.formula(shown, display=True))
        marks = etree.SubElement(block, "div", {"class": "fp-marks", "data-search-exclude": ""})
        if self.number:
            number = etree.SubElement(marks, "a", {"class": "fp-number", "href": f"#eq-{self.number}"})
            number.text = AtomicString(f"({self.number})")
        address = site.function_address(self.options["function"]) if self.options["function"] else None
        if address:
            # As text, like the mark of a claim.
            mark = etree.SubElement(marks, "span")
            mark.text = AtomicString(
                self.md.htmlStash.store(
                    f'<a class="fp-function" href="{html.escape(site.url(address))}" title="{html.escape(site.labels["function"])}" '
                    f'aria-label="{html.escape(site.labels["function_named"].format(name=self.options["function"]))}">ƒ</a>'
                )
            )
        site.note("equations", number=self.number, latex=latex, **{key: self.options[key] for key in self.OPTIONS})


class ListingBlock(_SiteBlock):
    """``/// listing | module.function``"""

    NAME = "listing"
    ARGUMENT = True

    def begin(self, parent):
        site = self.config["site"]
        try:
            definition = site.definition(self.argument.strip())
        except KeyError as error:
            raise site.error(error.args[0], f"/// listing | {self.argument.strip()}") from None
        outer = etree.SubElement(parent, "div", {"class": "fp-listing", "data-listing": self.argument.strip()})
        code = highlight(definition.bare, PythonLexer(), HtmlFormatter(cssclass="highlight", wrapcode=True))
        address = html.escape(site.url(site.source_address(definition.path, definition.line)))
        outer.text = self.md.htmlStash.store(
            f'{code}<a class="fp-listed" href="{address}">{html.escape(definition.path)}</a>'
        )
        return outer


class GalleryBlock(_SiteBlock):
    """``/// gallery``"""

    NAME = "gallery"
    ARGUMENT = None

    def begin(self, parent):
        site = self.config["site"]
        outer = etree.SubElement(parent, "div", {"class": "fp-gallery"})
        outer.text = self.md.htmlStash.store("".join(gallery_card(site, site.figure(name)) for name in site.drawn()))
        return outer


def gallery_card(site: Site, figure: ShownFigure) -> str:
    """One figure of the gallery: both schemes' pictures, the command, the files and where it is explained."""
    alt = html.escape(figure.description, quote=True)
    width, height = figure.size
    pictures = "".join(
        f'<img src="{html.escape(site.url(f"figures/{figure.name}{suffix}.svg"))}" alt="{alt}" loading="lazy" '
        f'width="{width * 72:.0f}" height="{height * 72:.0f}" class="fp-{scheme}">'
        for scheme, suffix in (("light", ""), ("dark", "-dark"))
    )
    # Marked as in a listing, where the style lets a command break between words alone.
    command = '<span class="w"> </span>'.join(("python", html.escape(figure.script), "--output", f"{figure.name}.svg"))
    page = site.explained_on(figure.name)
    where = "" if page is None else html.escape(f"{site.url(page)}#fig-{figure.name}")
    explained = where and f' · <a class="fp-where" href="{where}">{html.escape(site.labels["explained_here"])}</a>'
    return (
        f'<section class="fp-card" id="card-{figure.name}"><h2 id="{figure.name}">{html.escape(figure.title)}</h2>{pictures}'
        f'<div class="language-shell"><pre><code>{command}</code></pre></div>'
        f'<p class="fp-links">{figure_links(site, figure)}{explained}</p></section>'
    )

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

A program hands in the site. In a list of Markdown extensions, as generators of sites have it, ``staged`` names the folder that
``figpress stage`` has written, and pages show what is kept there.
"""

import re

from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from pymdownx.blocks import BlocksExtension

from figpress.pages.blocks import EquationBlock, FigureBlock, GalleryBlock, ListingBlock
from figpress.pages.inline import Claim, Fact, Formula, Relation, Term
from figpress.pages.maths import FORMULA
from figpress.pages.site import Site
from figpress.pages.staged import StagedPage, staged_site
from figpress.pages.syntax import CLAIM, FACT, KINDS, RELATION, TABLE


class FigpressExtension(BlocksExtension):
    """Adds all of figpress's Markdown; ``site`` holds what it shows, or the folder ``staged`` does."""

    def __init__(self, **configs):
        self.config = {"site": [Site(), "what pages may show"], "staged": ["", "the folder of staged pages"]}
        super().__init__(**configs)

    def extendMarkdown(self, md):  # noqa: N802 (Python-Markdown's name)
        if self.getConfig("staged"):
            self.setConfig("site", staged_site(self.getConfig("staged")))
            md.preprocessors.register(StagedPage(md, self.getConfig("site")), "figpress-staged", 37)
        site = self.getConfig("site")
        md.ESCAPED_CHARS.append("$")
        md.preprocessors.register(WellFormed(md, site), "figpress-well-formed", 36)
        md.preprocessors.register(TableRows(md, site), "figpress-table", 35)
        # Before what was set aside (code, formulas, raw HTML) comes back, at 30.
        md.postprocessors.register(NothingLeft(md, site), "figpress-nothing-left", 31)
        # Above escapes (180) and links, below backticks (190): code keeps its brackets and dollars.
        md.inlinePatterns.register(Formula(FORMULA, md, site), "figpress-math", 186)
        md.inlinePatterns.register(Relation(RELATION, md, site), "figpress-relation", 185.5)
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


class TableRows(Preprocessor):
    """``/// table | figure.rows``: the last line of the block, once for every item, with ``row`` for the item."""

    def __init__(self, md, site):
        self.site = site
        super().__init__(md)

    def run(self, lines):
        def expand(match):
            try:
                rows = self.site.fact_named(match[1])
                if not isinstance(rows, list | tuple):
                    raise KeyError(f"{match[1]} is no list, which a table would have a row for each item of")
            except KeyError as error:
                self.site.report(self.site.error(error.args[0], f"/// table | {match[1]}"))
                return ""
            *head, template = match[2].strip("\n").split("\n")
            body = [re.sub(r"\[\[row\b", f"[[{match[1]}.{index}", template) for index in range(len(rows))]
            return "\n".join(["", *head, *body, ""])

        return TABLE.sub(expand, "\n".join(lines)).split("\n")


class WellFormed(Preprocessor):
    """Refuses a block that is written in another way than the checks of pages look for."""

    LOOSE = re.compile(rf"[\s>*+-]*/{{3,}}\s*({KINDS})\b")
    STRICT = re.compile(rf"/// ({KINDS})( \| \S+)?\s*")
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
                wrong = f"{line.strip()!r} has to stand at the line's start, in the form '/// kind | name'"
                self.site.report(self.site.error(wrong, line))
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
            self.site.report(self.site.error(f"{found!r} is not understood{hint}", found))
        return text


def makeExtension(**configs):  # noqa: N802 (Python-Markdown's name)
    """Entry point of Python-Markdown."""
    return FigpressExtension(**configs)

"""What stands within a line: formulas, facts, terms, claims."""

import html
import re
import xml.etree.ElementTree as etree

from markdown.inlinepatterns import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_RE, AtomicString

from figpress.figure.facts import usual_form
from figpress.pages.site import PageError
from figpress.pages.syntax import untested


class _Inline(InlineProcessor):
    """One kind of mark. ``made`` gives what stands in its place, or raises PageError."""

    def __init__(self, pattern, md, site):
        self.site = site
        super().__init__(pattern, md)
        self.compiled_re = re.compile(pattern, re.DOTALL)

    def handleMatch(self, m, data):  # noqa: N802 (Python-Markdown's name)
        try:
            return self.made(m), m.start(0), m.end(0)
        except PageError as error:
            self.site.report(error)
            return "", m.start(0), m.end(0)


# What belongs to a formula or a mark before it: browsers may begin a line with a comma that follows one.
_ENDING = r"([,.;:!?)’”]*)"

# Numbers in which browsers may begin a line after the hyphen, and signs with what they are followed by.
_KEPT = re.compile(r"((?<= )(?:[<>]=?|[=≤≥]) \S+|\b\d[\d.]*(?:e-\d+|(?:-\d+)+))")


class Formula(_Inline):
    """``$...$``"""

    def __init__(self, pattern, md, site):
        super().__init__(pattern + _ENDING, md, site)

    def made(self, m):
        formula = self.site.formula(m[1], display=False)
        return self.md.htmlStash.store(f'<span class="fp-kept">{formula}{m[2]}</span>' if m[2] else formula)


class Relation(_Inline):
    """A letter or a formula, a sign and a fact, as in ``$w$ = [[walk.w]]``: one line holds all of it."""

    def made(self, m):
        element = etree.Element("span", {"class": "fp-kept"})
        element.text = m[0]
        return element


class Fact(_Inline):
    """``[[figure.key:format]]``"""

    def made(self, m):
        if m[1] == "eq":
            return self.reference(m[2])
        value, text = self.site.fact(m[1], m[2])
        element = etree.Element("data", {"value": value if isinstance(value, str) else repr(value), "data-fact": m[1]})
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and self.site.is_live(m[1].partition(".")[0]):
            # Below its drawing a live figure writes the number anew.
            element.set("data-form", m[2] or usual_form(value))
        # 4.9 × 10⁻³²⁴ stays in one line, and so do 2.0e-14, a date and "= 30" within a text.
        if not isinstance(value, str):
            element.text = AtomicString(text.replace(" ", "\u00a0"))
            return element
        first, *rest = _KEPT.split(text)
        element.text = AtomicString(first)
        for number, after in zip(rest[::2], rest[1::2], strict=True):
            kept = etree.SubElement(element, "span", {"class": "fp-kept"})
            kept.text, kept.tail = AtomicString(number), AtomicString(after)
        return element

    def reference(self, number: str) -> str:
        """A link to a numbered equation."""
        page = self.site.equation_page(number)
        if page is None:
            raise self.site.error(
                f"no equation {number!r}; there are: {', '.join(sorted(self.site.equation_pages)) or 'none'}",
                f"[[eq:{number}",
            )
        address = html.escape(f"{self.site.url(page)}#eq-{number}")
        return self.md.htmlStash.store(f'<a class="fp-reference" href="{address}">({html.escape(number)})</a>')


class Term(_Inline):
    """A term of the subject, in its colour."""

    def made(self, m):
        element = etree.Element("span", {"class": f"term term-{self.site.terms[m[1]]}"})
        element.text = AtomicString(m[1])
        return element


class Claim(_Inline):
    """``<claim id="ID">sentence</claim>``"""

    def __init__(self, pattern, md, site):
        super().__init__(pattern + _ENDING, md, site)

    def made(self, m):
        place = self.site.test_of_claim(m[1])
        if place is None:
            raise self.site.error(untested(m[1]), f'id="{m[1]}"')
        self.site.check_that_it_is_the_pages_own(f'<claim id="{m[1]}">', f"claim {m[1]!r}")
        target = self.site.source_address(*place)
        self.site.note("claims", claim=m[1], test=target)
        element = etree.Element("span", {"class": "claim", "data-claim": m[1]})
        # A formula at the end keeps its mark, which is small, in its line.
        last = self.formula_at_the_end(m[2])
        element.text = m[2].removesuffix(last)
        mark = etree.SubElement(element, "span", {"class": "fp-kept"} if last or m[3] else {})
        # As text, not as an element: MkDocs takes an element's address for one among the files of docs/.
        link = f'<a class="claim-mark" href="{html.escape(self.site.url(target))}" {self.site.mark_of(m[1])}</a>'
        mark.text = last + self.md.htmlStash.store(link) + m[3]
        return element

    def formula_at_the_end(self, text: str) -> str:
        """What stands, until the page is whole, for a formula or a reference that ends a text; empty where none does."""
        found = re.search(INLINE_PLACEHOLDER_RE.pattern + "$", text)
        made = found and self.md.treeprocessors["inline"].stashed_nodes.get(found[1])
        return found[0] if isinstance(made, str) else ""

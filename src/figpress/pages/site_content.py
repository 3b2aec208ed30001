"""What the pages of a whole site show beside their own text."""

from collections.abc import Mapping
from dataclasses import dataclass

from figpress.live import markup
from figpress.pages import insight, sources
from figpress.pages.content import Content
from figpress.pages.site import Site
from figpress.pages.sources import Definition


@dataclass(frozen=True)
class SiteContent(Content):
    """Definitions by their dotted names, the test of each claim by its id, and the tests that use a name."""

    definitions: Mapping[str, Definition]
    claims: Mapping[str, Definition]
    tests: Mapping[str, list[Definition]]

    def definition(self, name: str) -> Definition:
        return sources.resolve(self.definitions, name)

    def test_of_claim(self, claim: str) -> tuple[str, int] | None:
        return (self.claims[claim].path, self.claims[claim].line) if claim in self.claims else None

    def function_address(self, site: Site, name: str) -> str | None:
        try:
            found = self.definition(name)
        except KeyError:
            return None
        return insight.api_address(found.name, site.api_pages) or site.source_address(found.path, found.line)

    def above(self, figure) -> str:
        return markup.markup_above(figure)

    def under(self, site: Site, figure) -> str:
        return markup.markup_below(site, figure)

    def beside_fold(self, site: Site, figure) -> str:
        return markup.markup_beside(site, figure)

    def folded(self, site: Site, figure) -> str:
        return markup.markup_folded(site, figure) + insight.behind_figure(site, figure, site.api_pages, self.tests)

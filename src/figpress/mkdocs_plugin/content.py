"""Most of a page's bytes keep their places free until MkDocs writes it: it holds all pages to the end."""

from figpress.pages.site_content import SiteContent

DRAWING = '<svg data-drawing="{}"></svg>'
MARK = "data-claim-mark={}>"
RECORD = '<div data-record=""></div>'
"""Where a drawing, a claim's tick, or the record of the page's checks belongs in a page."""


class Places(SiteContent):
    """What pages show, with places for drawings and ticks."""

    def drawing(self, figure) -> str:
        return DRAWING.format(figure.name)

    def mark_of(self, site, claim: str) -> str:
        return MARK.format(claim)

"""One live figure as a page of its own, without the site around it: for slides, a course's pages or a blog."""

import html
from dataclasses import replace

from figpress.drawing.style import Style
from figpress.live import markup
from figpress.pages.assets import FROM_A_FOLDER, STYLESHEET, head
from figpress.pages.blocks import embedded_address
from figpress.pages.site import Site

# A frame shows none, and browsers would ask the host for one.
_NO_ICON = '<link rel="icon" href="data:,">'

# The theme's colour that the stylesheet asks for beside the palette's; letters as on the site, without a font of italics, which
# would be a seventh of the page's weight.
_STYLE = (
    ":root { --md-default-fg-color--lighter: var(--fig-muted); }"
    "body { background: var(--fig-paper); color: var(--fig-ink); font: 17px/1.6 var(--md-text-font), sans-serif; margin: 0; padding: 0 .8rem; }"
    ".md-typeset .fp-figure { margin: .6rem auto; } .md-typeset :is(.fp-ask, .fp-symbol) { font-style: normal; } a { color: inherit; }"
)
# The scheme is the reader's. Whoever shows the page in a frame is told how high it has to be.
_SCRIPT = """
(function () {
  var dark = matchMedia("(prefers-color-scheme: dark)");
  function scheme() { document.body.dataset.mdColorScheme = dark.matches ? "slate" : "default"; }
  scheme();
  dark.addEventListener("change", scheme);
  new ResizeObserver(function () {
    parent.postMessage({ figure: document.querySelector("figure").dataset.figure, height: document.documentElement.offsetHeight }, "*");
  }).observe(document.documentElement);
})();
"""


def embedded(site: Site, figure, style: Style, name: str) -> str:
    """The page of one live figure: its question, drawing and controls, and a link to where the site of that name explains it."""
    here = replace(site, page=embedded_address(figure.name))
    page = next(iter(site.shown_figures.get(figure.name, [])), here.page)
    # The address of the first page is empty, which leads to a folder where the site is read from files.
    first = "" if site.directory_urls else "index.html"
    link = here.url(first) if page == here.page else f"{here.url(page or first)}#fig-{figure.name}"
    title = html.escape(figure.title)
    explained = html.escape(site.labels["explained_on"].format(site=name))
    return (
        f'<!doctype html>\n<html lang="{html.escape(site.labels["language"])}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title>{_NO_ICON}{head(here.url, style, italic=False, searched=False)}"
        f'<link rel="stylesheet" href="{here.url(STYLESHEET)}">'
        f"<style>{_STYLE}</style>{FROM_A_FOLDER}</head>"
        f'<body class="md-typeset" data-md-color-scheme="default"><main>'
        f'<figure id="fig-{figure.name}" class="fp-figure" data-figure="{figure.name}" data-live="{figure.name}">'
        f"{markup.markup_above(figure)}"
        f'<div class="fp-drawing">{figure.inline}</div>'
        f'<div class="fp-under">{markup.markup_below(here, figure)}{markup.scripts(here, page)}</div>'
        f'<figcaption><h1 class="fp-unseen">{title}</h1><a href="{html.escape(link)}" target="_top">{explained}</a></figcaption>'
        f"</figure></main><script>{_SCRIPT}</script></body></html>\n"
    )

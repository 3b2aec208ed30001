"""What goes into the site's folder beside what MkDocs writes, and what is added to the pages that it writes."""

import functools
import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from figpress.drawing.style import SCHEMES, Style
from figpress.live import bundle
from figpress.making.processes import run_in_subprocess
from figpress.pages import assets
from figpress.pages.blocks import embedded_address
from figpress.pages.citation import bibtex, citation
from figpress.pages.embedded import embedded
from figpress.pages.site import PageError, Site
from figpress.project import Project
from figpress.store import Parts

THEME_SCRIPT = re.compile(r"assets/javascripts/bundle\.\w+\.min\.js")
"""Where Material's script is."""

_MANY = 200
"""Figures whose files take longer to write than a process takes to start."""


def write_files(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> None:
    """Write files, each with its address in a folder."""
    for address, content in files:
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def publish(site: Site, style: Style, project: Project, config: MkDocsConfig) -> None:
    """Write the files of figures, how each is cited, and pages for live figures by themselves."""
    folder = Path(config.site_dir)
    write_files(folder, written_files(site, style, project, config.site_name, config.site_url or "").items())
    figures = drawn(site.figures)
    # The pages would wait for each of many files here, since they need the same Python.
    write = functools.partial(run_in_subprocess, write_figures) if len(figures) > _MANY else write_figures
    write(folder, style, figures)


def drawn(results: Mapping[str, object]) -> dict[str, Parts]:
    """The files of each figure that is drawn, by its name."""
    return {result.name: result.files for result in results.values() if result.files}


def write_figures(folder: Path, style: Style, figures: Mapping[str, Parts]) -> None:
    write_files(folder, assets.figure_files(style, figures))


def written_files(site: Site, style: Style, project: Project, name: str, address: str) -> dict[str, str]:
    """Scripts, pages of live figures by themselves, and how each figure is cited, for a site of that name and address: each by
    its address.

    Raises:
        PageError: the project's ``CITATION.cff`` cannot be read.
    """
    live = [each for each in site.figures.values() if each.live]
    # One that no page shows stands by itself alone, and needs its scripts there.
    unshown = {each.name: [embedded_address(each.name)] for each in live if each.name not in site.shown_figures}
    site = replace(site, shown_figures=site.shown_figures | unshown)
    alone = {embedded_address(each.name): embedded(site, each, style, name) for each in live}
    return bundle.assets(site) | alone | _citations(site, project, name, address)


def _citations(site: Site, project: Project, name: str, address: str) -> dict[str, str]:
    try:
        cited = citation(project.root)
    except ValueError as error:
        raise PageError(str(error)) from None
    entries = {}
    for figure in (figure for figure in site.figures.values() if figure.files):
        page = next(iter(site.shown_figures.get(figure.name, [])), None)
        shown = f"figures/{figure.name}.svg" if page is None else f"{page}#fig-{figure.name}"
        place = f"{address.rstrip('/')}/{shown}" if address else ""
        entries[f"figures/{figure.name}.bib"] = bibtex(cited, figure.name, figure.title, name, place, site.labels)
    return entries


# Said at once; said later, by Material's script, it would have every element's style computed again, twice.
_WITH_SCRIPT = '<script>document.documentElement.className="js js-focus-visible"</script>'

# Who comes for the first time sees the scheme that the system asks for at once, not when Material's script has arrived.
_FIRST_SCHEME = ('__md_get("__palette");', '__md_get("__palette")||{color:{media:"(prefers-color-scheme)"}};')


# In what Material's script would put a table while the page opens, which has it and all in it laid out once more.
_TABLE = re.compile("<table>.*?</table>", re.DOTALL)
_SCROLLED = r'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">\g<0></div></div>'


def finished(
    output: str, url: Callable[[str], str], style: Style, labels: Mapping[str, str], *, searched: bool = True
) -> str:
    """A page with what its head lacks, its scheme from the start, tables that scroll where they are too wide, and a name for
    Material's search, a dialog that does not say which."""
    head = _WITH_SCRIPT + assets.head(url, style, maths="<math" in output, searched=searched)
    output = output.replace("<link", head + "<link", 1).replace("</head>", assets.FROM_A_FOLDER + "</head>", 1)
    if all(f'data-md-color-media="(prefers-color-scheme: {scheme})"' in output for scheme in SCHEMES):
        output = output.replace(*_FIRST_SCHEME, 1)
    output = _TABLE.sub(_SCROLLED, output)
    return output.replace(' role="dialog"', f' role="dialog" aria-label="{html.escape(labels["search"])}"')


_MENDS = (
    # The index of the search, the largest file of all, is asked for when somebody searches, as in a folder: not for every page.
    ('location.protocol!=="file:"),', "false),"),
    # The buttons of a listing are no place that screen readers jump to, one of many of the same name.
    ('("nav",{class:"md-code__nav"})', '("div",{class:"md-code__nav"})'),
    # Tables are in what scrolls them already.
    ('"table:not([class])"', '":not(.md-typeset__table)>table:not([class])"'),
    # A page that opens in its scheme has no colours to switch: to say so all the same has every element's style computed twice.
    (
        'document.body.setAttribute("data-md-color-switching",""),',
        'document.body.dataset.mdColorScheme===s.color.scheme||document.body.setAttribute("data-md-color-switching",""),',
    ),
    # To put the scheme of scroll bars into the head has every element's style computed again. The stylesheet has it already, but for
    # readers who chose another than their system's.
    (
        'let o=x("meta",{name:"color-scheme"});document.head.appendChild(o);',
        "let o={set content(s){let a=document.documentElement;getComputedStyle(a).colorScheme===s||(a.style.colorScheme=s)}};",
    ),
    # Addresses are made absolute before the first page is swapped, not in each page that opens: the stylesheets' too, which the
    # browser then applies once more to every element.
    (
        '$(document).subscribe(vi);let n=h(document.body,"click").pipe(Pe(e),b(([a,c])=>hi(a,c)),m(({href:a})=>new URL(a)),le()),'
        'i=h(window,"popstate").pipe(m(we),le());n.pipe(te(r)).subscribe(([a,{offset:c}])=>{',
        'let n=h(document.body,"click").pipe(Pe(e),b(([a,c])=>hi(a,c)),m(({href:a})=>new URL(a)),le()),'
        'i=h(window,"popstate").pipe(m(we),le());n.pipe(te(r)).subscribe(([a,{offset:c}])=>{vi(document),',
    ),
)


def mended(script: str) -> str:
    """Material's script with what its settings cannot say. One of another version may be worded otherwise, and stays as it is."""
    return functools.reduce(lambda text, mend: text.replace(*mend), _MENDS, script)

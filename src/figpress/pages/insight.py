"""What lies behind a figure, in sight: the functions that drew it and their tests; and the way back from the API pages."""

import html
import re
from collections.abc import Iterable, Mapping

from figpress.pages.site import Site
from figpress.pages.sources import Definition, tests_of

SHOWN_TESTS = 6
"""Tests listed for one function; the rest are counted."""


def api_pages(texts: Mapping[str, str]) -> dict[str, str]:
    """Where mkdocstrings documents each module: its dotted name to the page's address, from the pages' Markdown."""
    return {module: page for page, text in texts.items() for module in re.findall(r"^::: ([\w.]+)", text, re.MULTILINE)}


def api_address(function: str, modules: Mapping[str, str]) -> str | None:
    """The address of a function's or method's documentation, if a page documents its module."""
    module = function.rpartition(".")[0]
    while module and module not in modules:
        module = module.rpartition(".")[0]
    return f"{modules[module]}#{function}" if module else None


def _link(site: Site, address: str, text: str) -> str:
    return f'<a href="{html.escape(site.url(address.partition("#")[0]))}#{address.partition("#")[2]}">{html.escape(text)}</a>'


def _shown(site: Site, figure: str) -> str:
    """A figure's name, which leads to where the site shows it, if any page does."""
    if page := site.shown_figures.get(figure):
        return _link(site, f"{page[0]}#fig-{figure}", figure)
    return html.escape(figure) if site.gallery is None else _link(site, f"{site.gallery}#{figure}", figure)


def _test_links(site: Site, tests: Iterable[Definition]) -> str:
    tests = list(tests)
    links = [
        _link(
            site,
            site.source_address(test.path, test.line),
            test.name.rpartition(".")[2].removeprefix("test_").replace("_", " "),
        )
        for test in tests[:SHOWN_TESTS]
    ]
    more = html.escape(site.labels["more_tests"].format(count=len(tests) - SHOWN_TESTS))
    return "; ".join(links) + (f" {more}" if len(tests) > SHOWN_TESTS else "")


def behind_figure(site: Site, figure, modules: Mapping[str, str], tests: Mapping[str, list[Definition]]) -> str:
    """The list folded below a figure: each documented function that ran for it, with the tests that use it."""
    rows = []
    for function in figure.functions:
        address = api_address(function, modules)
        short = function.rpartition(".")[2]
        if address and not short.startswith("_"):
            rows.append(
                f"<li>{_link(site, address, short)}: {_test_links(site, tests_of(function, tests)) or html.escape(site.labels['no_test'])}</li>"
            )
    if not rows:
        return ""
    return f"<p>{html.escape(site.labels['functions_behind'])}</p><ul>{''.join(rows)}</ul>"


def files_behind(
    modules: Mapping[str, str], definitions: Mapping[str, Definition], tests: Mapping[str, list[Definition]]
) -> set[str]:
    """The source files to which API pages lead, by their paths: of what is public in the documented modules, and of its tests."""
    found = set()
    for name, place in definitions.items():
        if api_address(name, modules) and not any(part.startswith("_") for part in name.split(".")):
            found |= {place.path, *(test.path for test in tests_of(name, tests)[:SHOWN_TESTS])}
    return found


# In a docstring's plain text a line may end in "> 0", or within "->"; code and tags are passed over.
_RELATION = re.compile(r"(<(?:pre|code)\b.*?</(?:pre|code)>|<[^>]*>)|((?:-&gt;|&[lg]t;=?|=) [^\s<]+)", re.DOTALL)


def with_ways_back(
    site: Site,
    content: str,
    figures: Iterable,
    tests: Mapping[str, list[Definition]],
    definitions: Mapping[str, Definition],
) -> str:
    """Add to each function of an API page its code, the figures that it draws and the tests that use it."""
    drawn: dict[str, list] = {}
    for figure in figures:
        if figure.files:
            for function in figure.functions:
                drawn.setdefault(function, []).append(figure)

    def add(match: re.Match) -> str:
        function = match[2]
        parts = []
        if function in definitions:
            place = definitions[function]
            code = _link(site, site.source_address(place.path, place.line), f"{place.path}:{place.line}")
            parts.append(html.escape(site.labels["its_code"]).format(code=code))
        if function in drawn:
            links = ", ".join(_shown(site, figure.name) for figure in drawn[function])
            parts.append(html.escape(site.labels["used_by_figures"]).format(figures=links))
        named = tests_of(function, tests)
        if named:
            parts.append(html.escape(site.labels["used_by_tests"]).format(tests=_test_links(site, named)))
        return match[0] + (f'<p class="fp-used" data-search-exclude>{" ".join(parts)}</p>' if parts else "")

    # mkdocstrings puts a dash before each description, whether it has named a thing or not.
    content = re.sub(r'(<li class="doc-section-item field-body">)\s*–', r"\1", content)
    content = _RELATION.sub(lambda m: m[1] or f'<span class="fp-kept">{m[2]}</span>', content)
    return re.sub(r'(<h\d id="([\w.]+)" class="doc doc-heading">.*?</h\d>)', add, content, flags=re.DOTALL)

"""The machine-readable summary of a site."""

from collections.abc import Iterable

from figpress.checking.report import Report
from figpress.making.result import Result
from figpress.pages.site import Site


def summary(results: Iterable[Result], site: Site, report: Report) -> dict[str, list]:
    """What ``figpress.json`` holds."""
    figures = [
        {
            "name": result.name,
            "title": result.title,
            "script": result.script,
            "parameters": result.parameters,
            "facts": result.facts,
            "description": result.description,
            "functions": result.functions,
            "key": result.key,
            "files": result.files.hashes,
            "pages": sorted(set(site.shown_figures.get(result.name, []))),
        }
        for result in results
    ]
    claims = [thing | {"checked": [word for word, _ in report.words(thing["claim"])]} for thing in site.claims]
    # Pages are read in whatever order lets them wait least.
    shown = {"facts": site.shown_facts, "equations": site.equations, "claims": claims}
    return {
        "figures": figures,
        **{kind: sorted(things, key=lambda thing: thing["page"]) for kind, things in shown.items()},
    }

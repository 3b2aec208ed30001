"""How one figure is cited: an entry for BibTeX, made of the project's ``CITATION.cff`` and the figure's title and address."""

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

_SPECIAL = re.compile(r"[\\{}$&#^_~%]")


def citation(root: Path) -> dict:
    """What ``CITATION.cff`` says of a project; nothing where there is none.

    Raises:
        ValueError: the file is no YAML table, or what is cited of it is not what such files say.
    """
    file = root / "CITATION.cff"
    if not file.is_file():
        return {}
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{file}: cannot be read as YAML: {error}") from None
    if not isinstance(found, dict):
        raise ValueError(f"{file}: must be a table, with title, authors, version and date-released")
    authors, released = found.get("authors", []), found.get("date-released")
    if not isinstance(authors, list) or not all(map(_is_author, authors)):
        raise ValueError(f"{file}: each of authors has a name, or family-names and given-names, got {authors!r}")
    if released is not None and not re.match(r"\d{4}(-|$)", str(released)):
        raise ValueError(f"{file}: date-released must begin with a year, as in 2026-11-05, got {released!r}")
    if not isinstance(found.get("title", ""), str):
        raise ValueError(f"{file}: title must be a text, got {found['title']!r}")
    return found


def _is_author(author: object) -> bool:
    return isinstance(author, dict) and any(isinstance(author.get(part), str) for part in ("name", "family-names"))


def bibtex(cited: Mapping, name: str, title: str, site_name: str, address: str, labels: Mapping[str, str]) -> str:
    """The entry of a figure, which stands at an address of a site; "" where that is not known."""
    site = cited.get("title", site_name)
    version = f", {labels['version'].format(version=cited['version'])}" if "version" in cited else ""
    fields = {
        "author": " and ".join(map(_author, cited.get("authors", []))),
        # In braces of its own: its capitals stay.
        "title": f"{{{_plain(title)}}}",
        "howpublished": labels["figure_in"].format(site=f"{{{_plain(site)}}}") + version,
        "year": str(cited.get("date-released") or "")[:4],
        "url": address,
    }
    key = re.sub(r"[^a-z0-9]+", "-", f"{site_name} {name}".lower()).strip("-")
    lines = [f"  {field} = {{{value}}},\n" for field, value in fields.items() if value]
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _author(author: Mapping) -> str:
    if "name" in author:
        return f"{{{_plain(author['name'])}}}"
    return ", ".join(_plain(author[part]) for part in ("family-names", "given-names") if part in author)


def _plain(text: str) -> str:
    """A text whose signs mean nothing to TeX."""
    named = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    return _SPECIAL.sub(lambda sign: named.get(sign[0], "\\" + sign[0]), text)

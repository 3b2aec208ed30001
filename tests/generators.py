"""One site, three generators: do their pages show the same?  python -m tests.generators [--keep FOLDER]

In a copy of the project, builds the site with MkDocs, with ProperDocs (in an environment with the pinned version), and with
Zensical (the same) from what ``figpress stage --strict`` has staged, and compares what pages show, value by value, in their order.
Whatever differs has to be among ``LISTED``, with a reason, and whatever is listed has to differ. Then a function of the mathematics
changes, and a given number: Zensical's next build has to show the new result, where by itself it looks at pages and what mkdocstrings
reads, and without the line that figpress writes into each page would show the old one.

Exit status 1 where anything is not so. Takes some minutes, and needs the registry of Python packages.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import site
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

ROOT = Path(__file__).resolve().parents[1]
# Of Zensical the last whose theme comes with it: later ones take it from a distribution of its own.
PINNED = {"properdocs": "properdocs==1.6.7", "zensical": "zensical==0.0.73"}
STAGED = "build/docs"
PAGE, FIGURE, FACT = "early-stopping.html", "early_stopping", "matching"
"""A page, and on it a fact of a figure that follows each of these edits."""


@dataclass(frozen=True)
class Edit:
    """A change in one file; ``seen`` where Zensical makes all pages anew by itself, as it does where mkdocstrings reads the file."""

    file: str
    old: str
    new: str
    seen: bool


EDITS = (
    Edit("src/shrinkage/paths.py", "return 1 / (2 * eta * n_steps)", "return 2 / (2 * eta * n_steps)", seen=True),
    Edit("figures/given.py", "EARLY_STEPS = 100.0", "EARLY_STEPS = 120.0", seen=False),
)


@dataclass(frozen=True)
class Listed:
    """A difference from what MkDocs shows, and its reason."""

    generator: str
    kind: str
    page: str
    reason: str


LISTED = [
    Listed(
        "zensical",
        "headings",
        "notebook.html",
        "set as Markdown, where terms have their colours; nbconvert's HTML has none",
    ),
]


def _hash(content: bytes | str) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()[:12]


def _words(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def _controls(figure: Tag) -> list:
    return [
        (c.name, c.get("name"), c.get("value") or _words(c)) for c in figure.select("input, select, textarea, button")
    ]


# What is compared, of the part of a page that is its own.
KINDS: dict[str, Callable[[Tag], list]] = {
    "figures": lambda page: [
        (f["data-figure"], _hash(str(f.select_one("svg")))) for f in page.select("figure[data-figure]")
    ],
    "captions": lambda page: [_words(caption) for caption in page.select("figcaption")],
    "live figures": lambda page: [(f["data-live"], _controls(f)) for f in page.select("figure[data-live]")],
    "scripts": lambda page: [script["src"] for script in page.select("script[src*='assets/live']")],
    "facts": lambda page: [
        (f["data-fact"], f["value"], f.get("data-form"), _words(f)) for f in page.select("data[data-fact]")
    ],
    "equations": lambda page: [(e.get("data-equation"), str(e)) for e in page.select(".fp-equation")],
    "formulas": lambda page: [str(formula) for formula in page.select("math")],
    "claims": lambda page: [(c["data-claim"], str(c)) for c in page.select("[data-claim]")],
    "records": lambda page: [_words(record) for record in page.select(".fp-record")],
    "references": lambda page: [(link["href"], _words(link)) for link in page.select("a.fp-reference, a.fp-function")],
    "tables": lambda page: [_words(table) for table in page.select("table:not(.highlighttable)")],
    "listings": lambda page: [_words(listing) for listing in page.select(".fp-listing")],
    "cards": lambda page: [str(card) for card in page.select(".fp-card")],
    "ways back": lambda page: [_words(line) for line in page.select(".fp-used")],
    "notebook's cells": lambda page: [_words(code) for code in page.select(".fp-cell .highlight")],
    "notebook's outputs": lambda page: [_words(pre) for pre in page.select(".fp-output > pre")],
    "notebook's drawings": lambda page: [_hash(str(svg)) for svg in page.select(".fp-output .fp-drawing svg")],
    "headings": lambda page: [(h.name, h.get("id"), _words(h)) for h in page.select("h1, h2, h3, h4")],
    "links": lambda page: sorted({link["href"] for link in page.select("a[href]") if not link["href"].startswith("#")}),
}


def shown(built: Path) -> dict[tuple[str, str], list]:
    """What a built site shows: of each kind and page the things, and of each folder of files their hashes."""
    found = {}
    for path in sorted(built.rglob("*.html")):
        page = path.relative_to(built).as_posix()
        if page.startswith("figures/") or page == "404.html":
            continue
        text = path.read_text(encoding="utf-8")
        if page.startswith("source/"):
            # Many bytes, and nothing but a listing.
            found["source files", page] = [
                _hash(listing) for listing in re.findall(r'<div class="highlight fp-source">.*?</div>', text, re.DOTALL)
            ]
            continue
        article = BeautifulSoup(text, "html.parser").select_one("article")
        # A word to the search, no reader's: Zensical takes it off.
        for told in article.select("[data-search-exclude]"):
            del told["data-search-exclude"]
        for kind, things in KINDS.items():
            found[kind, page] = things(article)
    for folder in ("figures", "assets/live", "assets/fonts"):
        for path in sorted((built / folder).glob("*")):
            if path.is_file():
                found["files", path.relative_to(built).as_posix()] = [_hash(path.read_bytes())]
    told = json.loads((built / "figpress.json").read_text(encoding="utf-8"))
    found |= {
        ("summary", kind): [json.dumps(thing, sort_keys=True) for thing in things] for kind, things in told.items()
    }
    for name in ("assets/live.js", "assets/download.js", "assets/figpress.css", "notebook.ipynb"):
        found["files", name] = [_hash((built / name).read_bytes())]
    return found


def compare(name: str, mine: dict, theirs: dict) -> list[str]:
    """Print counts; every difference that is not listed, and everything listed that does not differ."""
    problems, used = [], set()
    for kind in dict.fromkeys(kind for kind, _ in (*mine, *theirs)):
        pages = sorted({page for k, page in (*mine, *theirs) if k == kind})
        counts = [sum(len(things.get((kind, page), ())) for page in pages) for things in (mine, theirs)]
        different = [page for page in pages if mine.get((kind, page)) != theirs.get((kind, page))]
        print(f"{name:<11} {kind:<20} {counts[0]:>6} {counts[1]:>6}  pages that differ: {len(different)}", flush=True)
        for page in different:
            listed = [
                each for each in LISTED if (each.generator, each.kind) == (name, kind) and re.fullmatch(each.page, page)
            ]
            used.update(listed)
            if not listed:
                problems.append(
                    f"{name}: {kind} of {page}: {_first_difference(mine.get((kind, page)), theirs.get((kind, page)))}"
                )
    problems += [
        f"{name}: is listed and does not differ: {each}"
        for each in LISTED
        if each.generator == name and each not in used
    ]
    return problems


def _first_difference(mine: list | None, theirs: list | None) -> str:
    if mine is None or theirs is None:
        return f"only {'there' if mine is None else 'with MkDocs'}"
    pairs = [(a, b) for a, b in zip(mine, theirs, strict=False) if a != b]
    a, b = (str(part) for part in (pairs[0] if pairs else (f"{len(mine)} things", f"{len(theirs)} things")))
    start = len(os.path.commonprefix([a, b]))
    return f"…{a[max(0, start - 30) : start + 120]!r} against …{b[max(0, start - 30) : start + 120]!r}"


def environment_for(generator: str, folder: Path) -> Path:
    """An environment with a generator of the pinned version, which takes all else from this one: its Python."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    where = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    own = Path(subprocess.run(where, capture_output=True, text=True, check=True).stdout.strip())
    lines = [f"import site; site.addsitedir({path!r})" for path in site.getsitepackages()]
    (own / "of_the_project.pth").write_text("\n".join(lines) + "\n")
    install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", PINNED[generator]]
    subprocess.run(install, check=True)
    return python


def run(project: Path, *command: object) -> str:
    """Run one command in the copy, which runs the copy's code."""
    environment = os.environ | {
        "NO_MKDOCS_2_WARNING": "1",
        "SITE_URL": "https://host.example/path/",
        "PYTHONPATH": os.pathsep.join([str(project / "src"), str(project)]),
        # What sets notebooks looks for its templates beside the Python that runs.
        "JUPYTER_PATH": os.path.join(sys.prefix, "share/jupyter"),
    }
    finished = subprocess.run(
        [str(part) for part in command], cwd=project, env=environment, capture_output=True, text=True
    )
    if finished.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{finished.stdout}{finished.stderr}")
    return finished.stdout


def zensical(project: Path, python: Path, target: Path) -> Path:
    """Build with Zensical, which builds within the project alone."""
    run(project, python, "-m", "zensical", "build", "-f", "zensical.yml")
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(project / "site", target))


def edited(edit: Edit, project: Path, python: Path, folder: Path) -> list[str]:
    """Change code: does the next build show the new number, and did it need what is written into each page?"""

    def number(built: Path) -> float:
        article = BeautifulSoup((built / PAGE).read_text(encoding="utf-8"), "html.parser")
        return float(article.select_one(f'data[data-fact="{FIGURE}.{FACT}"]')["value"])

    def pages() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in (project / STAGED).rglob("*.md")}

    def built_from(contents: dict[Path, bytes]) -> float:
        for path, content in contents.items():
            path.write_bytes(content)
        return number(zensical(project, python, folder / "edited"))

    old_pages, before = pages(), number(project / "site")
    text = (project / edit.file).read_text(encoding="utf-8")
    assert text.count(edit.old) == 1, edit
    (project / edit.file).write_text(text.replace(edit.old, edit.new), encoding="utf-8")
    code = f"from figures.{FIGURE} import data, facts; print(repr(facts(data())[{FACT!r}]))"
    computed = float(run(project, sys.executable, "-c", code))
    run(project, sys.executable, "-m", "figpress.cli", "stage", STAGED)
    new_pages = pages()
    without, after = built_from(old_pages), built_from(new_pages)
    print(f"{edit.file}: was {before}, is computed as {computed}; from pages as they were {without}, as staged {after}")
    problems = []
    if not before != computed == after:
        problems.append(f"{edit.file}: Zensical shows {after}, where {computed} is computed and {before} was before")
    if without != (computed if edit.seen else before):
        problems.append(f"{edit.file}: from pages as they were, Zensical shows {without}; it looks at other things now")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="a folder where the built sites stay, to be looked at")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep.resolve() if options.keep else Path(temporary)
        ignored = shutil.ignore_patterns(
            ".git", "site", "build", "node_modules", ".venv", ".cache", "__pycache__", ".hypothesis"
        )
        project = Path(shutil.copytree(ROOT, Path(temporary) / "project", ignore=ignored))
        pythons = {name: environment_for(name, Path(temporary) / "environments" / name) for name in PINNED}
        run(project, sys.executable, "-m", "mkdocs", "build", "--strict", "-d", folder / "mkdocs")
        run(
            project,
            pythons["properdocs"],
            "-m",
            "properdocs",
            "build",
            "--strict",
            "-f",
            "mkdocs.yml",
            "-d",
            folder / "properdocs",
        )
        run(project, sys.executable, "-m", "figpress.cli", "stage", "--strict", STAGED)
        zensical(project, pythons["zensical"], folder / "zensical")
        mine = shown(folder / "mkdocs")
        problems = []
        for name in PINNED:
            problems += compare(name, mine, shown(folder / name))
        for edit in EDITS:
            problems += edited(edit, project, pythons["zensical"], folder)
    for each in LISTED:
        print(f"listed: {each.generator}: {each.kind} of {each.page}: {each.reason}")
    print("\n".join(problems) or "all else is the same")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

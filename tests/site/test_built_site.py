"""The built site keeps its promises: links, ids, figures, equations, mathematics, and nothing from another host."""

import hashlib
import json
import re
import xml.etree.ElementTree as etree
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli
import pytest
from bs4 import BeautifulSoup

from tests.site.conftest import ROOT, build_site

# Written with the time of the build by their nature.
TIMED = {"sitemap.xml", "sitemap.xml.gz"}


# Most elements of the site are the coloured words and the lines of its listings, in which no test looks for anything.
WORD = re.compile(r'</?span(?: class="[^"]*")?>')
LINE = re.compile(r'<a id="(line-\d+)"></a>')


@cache
def soup(path: Path) -> BeautifulSoup:
    text = path.read_text(encoding="utf-8")
    if "source" in path.parts:
        text = LINE.sub("", WORD.sub("", text))
    return BeautifulSoup(text, "html.parser")


@cache
def anchors(path: Path) -> set[str]:
    found = {element.get(name) for name in ("id", "name") for element in soup(path).find_all(attrs={name: True})}
    return found | {match[1] for match in LINE.finditer(path.read_text(encoding="utf-8"))}


def pages(site: Path) -> list[Path]:
    """All pages but those of live figures by themselves."""
    found = sorted(page for page in site.rglob("*.html") if page.parent != site / "figures")
    assert len(found) > 20
    return found


@cache
def _target(folder: Path, path: str) -> Path | None:
    """The file at an address seen from a folder: the same few hundred are asked for by every page's navigation."""
    target = (folder / unquote(path)).resolve()
    target = target / "index.html" if target.is_dir() else target
    return target if target.is_file() else None


def test_every_link_leads_somewhere(site):
    missing = []
    for page in pages(site):
        if page.name == "404.html":  # its addresses start at the root of the host
            continue
        for element in soup(page).find_all(["a", "img", "script", "link"]):
            address = element.get("href") or element.get("src")
            if not address or urlsplit(address).scheme:
                continue
            parts = urlsplit(address)
            target = _target(page.parent, parts.path) if parts.path else page
            if target is None:
                missing.append(f"{page.relative_to(site)}: {address}")
            elif parts.fragment and target.suffix == ".html" and not parts.fragment.startswith("__"):
                anchor = unquote(parts.fragment).partition("?")[0]
                if anchor not in anchors(target):
                    missing.append(f"{page.relative_to(site)}: no {anchor} in {target.relative_to(site)}")
    assert missing == []


def test_nothing_comes_from_another_host(site):
    loaded = []
    for page in pages(site):
        for element in soup(page).find_all(["script", "link", "img", "iframe", "source", "video", "object"]):
            address = element.get("src") or element.get("href") or element.get("data") or ""
            # These two are said, and not asked for.
            if urlsplit(address).netloc and element.get("rel") not in (["canonical"], ["alternate", "feed"]):
                loaded.append(f"{page.relative_to(site)}: {address}")
    for sheet in site.rglob("*.css"):
        loaded += [
            f"{sheet.name}: {address}"
            for address in re.findall(r"(?:url\(|@import )[\"']?(https?:[^\"')]+)", sheet.read_text(encoding="utf-8"))
        ]
    assert loaded == []


def test_ids_are_unique_in_each_page(site):
    for page in pages(site):
        ids = [element["id"] for element in soup(page).find_all(id=True)]
        doubled = (
            {identifier for identifier in ids if ids.count(identifier) > 1} if len(ids) != len(set(ids)) else set()
        )
        assert doubled == set(), page


def test_figures_have_title_description_caption_and_files(site):
    seen = set()
    for page in pages(site):
        for figure in soup(page).select("figure[data-figure]"):
            name = figure["data-figure"]
            seen.add(name)
            assert figure["id"] == f"fig-{name}"
            svg = figure.select_one('svg[role="img"]')
            assert svg.find("title").text and len(svg.find("desc").text) > 40, name
            # Shown to whoever points at the drawing: not the answer to what is asked there.
            if asked := figure.select_one(".fp-ask"):
                assert svg.find("title").text == asked.text, name
            assert len(figure.find("figcaption").text.split()) > 8, name
            # Read aloud once: by the drawing, and by nothing beside it.
            described = svg.find("desc").text
            assert svg["aria-labelledby"].split() == [svg.find(part)["id"] for part in ("title", "desc")], name
            texts = [*figure.strings, *(text for one in figure.find_all(True) for text in one.attrs.values())]
            assert sum(described in text for text in texts) == 1, name
            endings = {Path(link["href"]).suffix for link in figure.select(".fp-files a")}
            assert endings == {".html", ".svg", ".png", ".pdf", ".csv", ".bib"}, name
    drawn = {figure["name"] for figure in summary(site)["figures"] if figure["description"]}
    assert seen == drawn, "a figure that stands on no page"


# 15 KB, as they are sent.
LIVE_SCRIPTS = 15 * 1024
"""Bytes, compressed, that the scripts of a page's live figures may weigh together."""


def test_the_live_scripts_of_every_page_are_light(site):
    weights = {}
    for page in pages(site):
        sources = {script["src"] for script in soup(page).select('script[src*="assets/live"]')}
        if sources:
            files = [page.parent / unquote(urlsplit(source).path) for source in sources]
            weights[page.name] = sum(len(brotli.compress(file.read_bytes())) for file in files)
    heavy = {page for page, weight in weights.items() if weight > LIVE_SCRIPTS}
    assert len(weights) >= 13 and heavy == set(), weights


def summary(site: Path) -> dict:
    return json.loads((site / "figpress.json").read_text(encoding="utf-8"))


def test_the_summary_lists_what_pages_show(site):
    content = summary(site)
    assert {"figures", "facts", "equations", "claims"} <= set(content)
    hashes = {
        f"{figure['name']}.{ending}": value
        for figure in content["figures"]
        for ending, value in figure["files"].items()
    }
    assert len(hashes) >= 5 * 16 and {name: tree(site / "figures")[name] for name in hashes} == hashes
    on_pages = [
        (page.relative_to(site).as_posix(), element)
        for page in pages(site)
        for element in soup(page).select("[data-claim]")
    ]
    assert {(page, e["data-claim"]) for page, e in on_pages} == {
        (c["page"] or "index.html", c["claim"]) for c in content["claims"]
    }
    numbers = {e["data-equation"] for page in pages(site) for e in soup(page).select("[data-equation]")}
    assert (
        numbers == {e["number"] for e in content["equations"] if e["number"]}
        and {"0", "1.1", "1.2", "2", "3.1", "3.2", "4"} <= numbers
    )


def test_quoted_numbers_carry_what_the_facts_say(site):
    facts = {
        figure["name"]: {**{p["name"]: p["default"] for p in figure["parameters"]}, **figure["facts"]}
        for figure in summary(site)["figures"]
    }
    quoted = 0
    for page in pages(site):
        for element in soup(page).select("data[data-fact]"):
            name, *keys = element["data-fact"].split(".")
            value = facts[name]
            for key in keys:
                value = value[int(key)] if isinstance(value, list) else value[key]
            assert element["value"] == (value if isinstance(value, str) else repr(value)), element
            quoted += 1
    assert quoted > 50


def test_equations_lead_to_their_functions_and_functions_to_figures_and_tests(site):
    summary = json.loads((site / "figpress.json").read_text(encoding="utf-8"))
    wanted = {}
    for equation in summary["equations"]:
        if equation["function"]:
            wanted.setdefault(equation["page"] or "index.html", []).append(equation["function"].rpartition(".")[2])
    assert sum(map(len, wanted.values())) > 30
    for page, functions in wanted.items():
        marks = soup(site / page).select(".fp-equation .fp-function")
        assert [mark["aria-label"].rpartition(".")[2] for mark in marks] == functions, page
        links = [mark["href"] for mark in marks]
        # An average over noise is worked out by a test, which has no API page.
        for link, function in zip(links, functions, strict=True):
            assert link.endswith(f".{function}") or link.startswith("source/tests/claims/"), page
        for link in links:
            assert link.partition("#")[2] in anchors(site / link.partition("#")[0]), (page, link)
    drawn = {
        function: figure["name"] for figure in summary["figures"] if figure["files"] for function in figure["functions"]
    }
    shown = 0
    for page in (site / "api").glob("*.html"):
        for used in soup(page).select(".fp-used"):
            function = used.find_previous(class_="doc-heading")["id"]
            assert function not in drawn or used.find("a", string=drawn[function]), (page, function)
            code = used.find("a", href=re.compile("/source/src/"))
            file, _, line = code.string.partition(":")
            assert code["href"] == f"../source/{file.removesuffix('.py')}.html#line-{line}", (page, function)
            begin = (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
            assert re.match(rf"\s*(def|class) {function.rpartition('.')[2]}\b", begin), (function, begin)
            shown += function in drawn and "Tests: " in used.get_text()
    assert shown > 30


def test_every_figure_shows_its_functions_and_their_tests(site):
    summary = json.loads((site / "figpress.json").read_text(encoding="utf-8"))
    documented = {
        heading["id"] for page in (site / "api").glob("*.html") for heading in soup(page).select(".doc-heading[id]")
    }
    for figure in summary["figures"]:
        for page in figure["pages"]:
            listed = {
                link.get_text()
                for link in soup(site / page).select(f"#fig-{figure['name']} .fp-insight li > a:first-child")
            }
            assert listed == {function.rpartition(".")[2] for function in documented & {*figure["functions"]}}, (
                page,
                figure["name"],
            )


def test_mathematics_is_mathml_and_no_source_is_left(site):
    for page in pages(site):
        article = soup(page).find("article")
        if article is None or page.is_relative_to(site / "source"):
            continue
        text = " ".join(t for t in article.find_all(string=True) if not t.find_parent(["code", "pre", "svg", "script"]))
        assert not re.search(r"\\\(|\\\[|\\frac|\\lambda|\$\$|\[\[\w+[.:]|^\s*///", text, re.MULTILINE), page
        for formula in article.find_all("math"):
            assert not formula.find("merror"), page


def test_source_pages_show_their_file_and_nothing_else(site):
    for path in ("src/shrinkage/norms.py", "figures/walk.py", "tests/claims/test_zero.py"):
        page = (site / f"source/{path}").with_suffix(".html").read_text(encoding="utf-8")
        article, text = BeautifulSoup(page, "html.parser").find("article"), (ROOT / path).read_text(encoding="utf-8")
        assert article.find("h1").find(string=True) == path
        assert article.select_one(".fp-source").get_text().strip() == text.strip()
        lines = [article.select_one(f"#line-{number}") for number in (1, text.count("\n"))]
        assert all(lines) and not article.select(f"#line-{text.count(chr(10)) + 1}")


def test_source_pages_are_those_that_pages_lead_to_and_not_most_of_the_site(site):
    def weight(files):
        return sum(file.stat().st_size for file in files)

    shown = [page for page in pages(site) if not page.is_relative_to(site / "source")]
    listed = set((site / "source").rglob("*.html"))
    links = [link.get("href", "") for page in shown for link in soup(page).find_all("a") if page.name != "404.html"]
    names = {link.partition("source/")[2].partition("#")[0] for link in links if "source/" in link}
    assert listed == {site / "source" / name for name in names}
    # As highlighters and MkDocs write them, and with those of all files, they were four fifths.
    assert weight(listed) < weight(shown)


def test_every_svg_file_is_well_formed(site):
    files = sorted((site / "figures").glob("*.svg"))
    assert len(files) >= 2 * 16
    for file in files:
        etree.parse(file)


def test_no_pdf_has_a_font_that_publishers_refuse(site):
    files = sorted((site / "figures").glob("*.pdf"))
    assert len(files) >= 16
    for file in files:
        assert b"/CIDFontType2" in file.read_bytes() and b"/Type3" not in file.read_bytes(), file


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_second_build_is_the_same_to_the_byte(site, tmp_path):
    run = build_site(tmp_path / "again", ROOT)
    assert run.returncode == 0, run.stdout + run.stderr
    first, second = tree(site), tree(tmp_path / "again")
    assert {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)} <= TIMED


@pytest.mark.parametrize("name", ["index", "norms", "model", "descent", "overfitting", "l1-l2", "zero", "walkthrough"])
def test_teaching_pages_ask_claim_check_and_lead_on(site, name):
    article = soup(site / f"{name}.html").find("article")
    assert article.select_one("p.question").text.strip().endswith("?")
    assert article.select_one("p.claim-lead").text.strip()
    assert article.select("details.question"), "no question to check oneself"
    assert article.select_one("p.next a")["href"]
    assert article.select("figure[data-figure]") and article.select("[data-claim]")


def test_next_in_the_text_leads_where_the_footer_leads(site):
    """From home through all that is written to be read in order, up to the reference of the API."""
    page, read = site / "index.html", []
    while "api" not in page.relative_to(site).parts:
        [said] = [strong.parent.find("a") for strong in soup(page).select("article strong") if strong.text == "Next:"]
        footer = soup(page).select_one("a.md-footer__link--next")
        assert (page.parent / said["href"]).resolve() == (page.parent / footer["href"]).resolve(), page.name
        read.append(page)
        page = (page.parent / footer["href"]).resolve()
    assert len(set(read)) == len(read) > 12


def test_the_notebook_page_is_light_and_can_be_taken_away(site):
    page = site / "notebook.html"
    # A tenth of the 750 KB that mkdocs-jupyter makes of this notebook by itself.
    assert page.stat().st_size <= 75_000
    assert soup(page).select(".fp-cell .highlight") and soup(page).select(".fp-output svg")
    notebook = json.loads((site / "notebook.ipynb").read_text(encoding="utf-8"))
    assert any(cell.get("outputs") for cell in notebook["cells"])
    assert soup(page).select_one('a[download][href="notebook.ipynb"]')

"""What search engines, browsers and hosts are told: each page once, by its own name, at the address where it is published."""

import os
import re
import runpy
import subprocess
import zipfile
from datetime import date
from urllib.parse import urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup
from PIL import Image

from tests.conftest import serving
from tests.site.conftest import ADDRESS, REPOSITORY, ROOT, build_site
from tests.site.test_built_site import pages, soup
from tests.site.test_embedded import sent
from tests.site.test_reading import written


def _address(site, page, root=ADDRESS):
    return root + page.relative_to(site).as_posix()


def test_pages_say_where_they_are_and_the_site_map_lists_those_that_somebody_wrote(site, root=ADDRESS):
    for page in pages(site):
        said = [link["href"] for link in soup(page).select("link[rel=canonical]")]
        # What search engines are told to leave out is at no address of theirs.
        told = root and page in written(site) and page.name != "404.html"
        assert said == ([_address(site, page, root)] if told else []), page
    listed = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    wanted = [_address(site, page, root) for page in written(site) if root and page.name != "404.html"]
    assert sorted(listed) == sorted(wanted)


def test_pages_of_source_files_are_kept_out_of_search_engines_and_no_others(site):
    for page in pages(site):
        robots = soup(page).select_one("meta[name=robots]")
        assert (robots is not None and robots["content"] == "noindex") == (page not in written(site)), page
    assert list(site.rglob("*.map")) == []


def test_titles_and_descriptions_tell_pages_apart(site):
    titles, descriptions = [], []
    whole = soup(site / "404.html").select_one("meta[name=description]")["content"]
    for page in written(site):
        head = soup(page).head
        titles.append(head.title.get_text())
        if page.name != "404.html":
            # None of them falls back on the one of the whole site.
            assert head.select_one("meta[name=description]")["content"] != whole, page
            descriptions.append(head.select_one("meta[name=description]")["content"])
            assert 40 <= len(descriptions[-1]) <= 220, page
        assert "Shrinkage - Shrinkage" not in titles[-1] and len(titles[-1]) <= 90, page
        if soup(page).select_one("details.question"):
            # Who searches for a question finds the page that answers it.
            assert "?" in titles[-1], page
    assert len(set(titles)) == len(titles) and len(set(descriptions)) == len(descriptions)


def test_fonts_are_asked_for_at_once_and_browsers_get_a_colour_and_an_icon(site):
    for page in written(site):
        links = soup(page).select('link[rel=preload][as=font][type="font/woff2"][crossorigin]')
        fonts = [link["href"] for link in links]
        assert len(fonts) == 3 + bool(soup(page).find("math")), page
        if page.name != "404.html":
            assert all((page.parent / font).is_file() for font in fonts), page
        assert [meta["media"] for meta in soup(page).select("meta[name=theme-color]")] == [
            "(prefers-color-scheme: light)",
            "(prefers-color-scheme: dark)",
        ]
        assert soup(page).select_one("link[rel=icon]")["href"].endswith("assets/favicon.svg")
    # A font that comes late moves no line, where it can be asked for beforehand.
    sheet = (site / "assets/figpress.css").read_text(encoding="utf-8")
    assert sheet.count("font-display: optional") == sheet.count("@font-face")
    assert len(set(re.findall(r"fonts/[\w-]+\.woff2", sheet))) == 4
    colours = set(re.findall(r'stroke="(#\w+)"', (ROOT / "docs/assets/favicon.svg").read_text(encoding="utf-8")))
    assert colours and colours <= set(
        re.findall(r'"(#\w+)"', (ROOT / "figures/style.toml").read_text(encoding="utf-8"))
    )


# Thousands of bytes, of which these pages once weighed 389, 438 and 443: 0.6 of that.
WEIGHTS = {"index": 233, "walkthrough": 262, "paths": 265}


@pytest.mark.parametrize("name", WEIGHTS)
def test_a_page_with_all_that_it_asks_for_is_light(site, name):
    page = site / f"{name}.html"
    asking = soup(page).select("script[src], img[src], link:is([rel=stylesheet], [rel=preload], [rel=icon])")
    files = {page, *((page.parent / (one.get("src") or one["href"]).partition("?")[0]).resolve() for one in asking)}
    assert len(files) > 8 and sum(map(sent, files)) <= 1000 * WEIGHTS[name]


def test_where_nothing_is_found_search_and_the_main_routes_are(site, root=ADDRESS):
    page = soup(site / "404.html")
    root = urlsplit(root).path or "/"
    links = [element.get("href") or element["src"] for element in page.select("link[href], script[src], a[href]")]
    inside = [link for link in links if not urlsplit(link).scheme and not link.startswith("#")]
    assert len(inside) > 10 and all(link.startswith(root) for link in inside)
    missing = [link for link in inside if not (site / link.removeprefix(root)).exists()]
    assert missing == []
    assert page.select_one(".md-search") and len(page.select("article li a[href], .md-content li a[href]")) >= 6


def test_who_links_to_a_page_shows_its_question_beside_a_figure_of_it(site):
    seen = {}
    for page in written(site):
        said = {meta["property"]: meta["content"] for meta in soup(page).select("meta[property^=og]")}
        if page.name == "404.html":
            assert said == {}
            continue
        assert said["og:url"] == _address(site, page) and said["og:title"] in soup(page).title.get_text()
        assert said["og:image"].startswith(f"{ADDRESS}assets/cards/") and len(said["og:image:alt"]) > 40, page
        card = site / said["og:image"].removeprefix(ADDRESS)
        with Image.open(card) as picture:
            assert picture.size == (int(said["og:image:width"]), int(said["og:image:height"])) == (1200, 630)
            # No sheet of one colour: something is drawn and written.
            assert len(picture.getcolors(1 << 20)) > 50 and card.stat().st_size < 200_000
        seen.setdefault(card.name, []).append(page)
        # Where a page has figures, the one on its card is among them.
        drawn = [figure.select_one("svg desc").text for figure in soup(page).select("figure[data-figure]")]
        assert (
            not drawn
            or said["og:image:alt"] in drawn
            and card.stem == page.relative_to(site).with_suffix("").as_posix()
        )
    assert len(seen) > 15 and {path.name for path in (site / "assets/cards").rglob("*.png")} == set(seen)


def test_each_written_page_leads_to_where_it_can_be_mended(site):
    pages_with = 0
    for page in written(site):
        links = [link["href"] for link in soup(page).select(".repository-links a")]
        if page.name == "404.html":
            continue
        edit, changes, issues = links
        assert changes == edit.replace("/edit/", "/commits/"), page
        # A feed of all changes, for readers of news.
        [feed] = soup(page).select('link[rel~=alternate][type="application/atom+xml"]')
        assert feed["href"] == f"{REPOSITORY}/commits/main.atom"
        assert edit.startswith(f"{REPOSITORY}/edit/main/docs/") and issues == f"{REPOSITORY}/issues", page
        assert (ROOT / edit.removeprefix(f"{REPOSITORY}/edit/main/")).is_file(), page
        # The theme's own link asks another host for the number of stars.
        assert not soup(page).select('[data-md-component="source"]'), page
        pages_with += 1
    assert pages_with > 30
    assert not soup(site / "source/figures/walk.html").select(".repository-links")


def test_each_written_page_says_when_its_text_was_changed(site):
    git = ["git", "-c", "safe.directory=*", "-C", str(ROOT)]
    whole = subprocess.run([*git, "rev-parse", "--is-shallow-repository"], capture_output=True, text=True)
    if whole.stdout.strip() != "false":
        pytest.skip("this copy of the project has no history, or not all of it")
    for page, file in (
        ("walkthrough.html", "walkthrough.md"),
        ("notebook.html", "notebook.ipynb"),
        ("api/norms.html", "api/norms.md"),
    ):
        command = [*git, "log", "-1", "--format=%cs", "--", f"docs/{file}"]
        day = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        [said] = soup(site / page).select("article .changed time")
        assert said["datetime"] == day and said.text.endswith(day[:4])
    assert not soup(site / "source/figures/walk.html").select(".changed")


def test_a_date_is_that_of_the_last_commit_to_a_file_and_where_history_is_cut_off_there_is_none(tmp_path):
    changed = runpy.run_path(str(ROOT / "theme/dates.py"))["changed"]
    docs = tmp_path / "whole/docs"
    (docs / "api").mkdir(parents=True)
    assert changed(docs) == {}

    def git(*words, day="2026-01-01"):
        who = {f"GIT_{role}_{what}": "me" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = os.environ | who | {"GIT_COMMITTER_DATE": f"{day}T12:00:00+00:00"}
        subprocess.run(["git", "-C", str(tmp_path / "whole"), *words], env=environment, check=True, capture_output=True)

    git("init")
    for day, files in (
        ("2026-01-02", ("é.md", "api/a.md")),
        ("2026-03-04", ("é.md",)),
        ("2026-05-06", ("../other.md",)),
    ):
        for file in files:
            (docs / file).write_text(day, encoding="utf-8")
        git("add", "-A")
        git("commit", "-m", day, day=day)
    assert changed(docs) == {"é.md": date(2026, 3, 4), "api/a.md": date(2026, 1, 2)}
    cut = ["git", "clone", "--depth", "1", (tmp_path / "whole").as_uri(), str(tmp_path / "cut")]
    subprocess.run(cut, check=True, capture_output=True)
    assert changed(tmp_path / "cut/docs") == {}


@pytest.mark.nightly
@pytest.mark.parametrize("address", ["https://host.example", ""])
def test_a_site_at_the_root_of_a_host_and_one_that_knows_no_address_are_whole_as_well(address, tmp_path):
    """The address as hostings give it, with no stroke at its end."""
    run = build_site(tmp_path, address=address)
    assert run.returncode == 0, run.stdout + run.stderr
    root = address and f"{address}/"
    test_pages_say_where_they_are_and_the_site_map_lists_those_that_somebody_wrote(tmp_path, root)
    test_where_nothing_is_found_search_and_the_main_routes_are(tmp_path, root)
    said = soup(tmp_path / "walkthrough.html").select_one("meta[property='og:url']")
    assert said["content"] == f"{root}walkthrough.html" if root else said is None


@pytest.mark.browser
def test_a_page_asks_no_host_but_its_own(site, chromium):
    asked = []
    with serving(site) as address, chromium.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        for name in ("index", "api/norms", "notebook", "figures/walk"):
            page.goto(f"{address}/{name}.html", wait_until="networkidle")
    assert f"{address}/sitemap.xml" in asked and [url for url in asked if not url.startswith((address, "data:"))] == []


@pytest.mark.parametrize("address", ["", "https://host.example/", "https://host.example/a/b/"])
def test_the_page_for_dead_links_takes_its_fonts_from_the_root_of_the_site(address):
    from types import SimpleNamespace

    from figpress.drawing.style import load_style
    from figpress.mkdocs_plugin.plugin import FigpressPlugin
    from figpress.project import find_project

    plugin = FigpressPlugin()
    plugin.project = find_project(ROOT)
    plugin.style = load_style(plugin.project.style)
    page = plugin.on_post_template('<head><link rel="icon"></head>', "404.html", SimpleNamespace(site_url=address))
    root = urlsplit(address).path or "/"
    assert f'"{root}assets/fonts/regular.woff2"' in page
    assert plugin.on_post_template("<link>", "sitemap.xml", SimpleNamespace(site_url=address)) == "<link>"


def test_archives_hold_all_figures_and_the_whole_site(site):
    figures, whole = (zipfile.ZipFile(site / name) for name in ("all-figures.zip", "site.zip"))
    assert figures.testzip() is whole.testzip() is None
    endings = {".svg", ".png", ".pdf", ".csv", ".json"}
    drawings = {path for path in (site / "figures").iterdir() if path.suffix in endings}
    others = {"all-figures.zip", "site.zip", "sitemap.xml", "sitemap.xml.gz"}
    files = {path for path in site.rglob("*") if path.is_file() and path.relative_to(site).as_posix() not in others}
    for archive, wanted in ((figures, drawings), (whole, files)):
        assert sorted(archive.namelist()) == sorted(f"shrinkage/{path.relative_to(site).as_posix()}" for path in wanted)
    assert figures.read("shrinkage/figures/walk.svg") == (site / "figures/walk.svg").read_bytes()
    links = [link["href"] for link in soup(site / "gallery.html").select("p.archives a[download]")]
    assert links == ["all-figures.zip", "site.zip"]
    # Unpacked, the page has no links to what is not beside it.
    unpacked = BeautifulSoup(whole.read("shrinkage/gallery.html"), "html.parser")
    assert unpacked.select("figure, img") and not unpacked.select("a[href$=zip]")


def test_a_figure_is_cited_by_its_title_and_the_address_where_it_stands(site):
    entry = (site / "figures/walk_l1.bib").read_text(encoding="utf-8")
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    title = soup(site / "walkthrough.html").select_one("#fig-walk_l1 svg title").text
    assert entry.startswith("@misc{shrinkage-walk-l1,\n  author = {{The shrinkage authors}},\n")
    assert f"  title = {{{{{title}}}}},\n" in entry and f"  year = {{{cited['date-released'].year}}},\n" in entry
    assert f"{cited['title']}}}, version {cited['version']}}},\n" in entry
    assert f"  url = {{{ADDRESS}walkthrough.html#fig-walk_l1}},\n" in entry

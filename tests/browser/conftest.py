"""A site with every live figure of the project, built once, and Chromium to read it with."""

import contextlib
import importlib
import os
import re
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from figpress.figure.computing import figure_module
from figpress.figure.parameters import Text
from figpress.making.press import Press
from figpress.project import find_project
from tests.conftest import FIGURES_SITE, serving

ROOT = Path(__file__).parents[2]


def live_names() -> list[str]:
    """The project's live figures, found by what their modules declare."""
    # Read, not imported: a figure that is broken fails its own tests alone.
    files = sorted(find_project(ROOT).figures.glob("*.py"))
    return [file.stem for file in files if re.search(r"^LIVE\b", file.read_text(encoding="utf-8"), re.MULTILINE)]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


def _quotable(module) -> list[str]:
    """The controls whose values a sentence can hold: no long texts."""
    texts = {p.name for p in figure_module(module).parameters if isinstance(p.domain, Text)}
    return [name for name in module.LIVE.controls if name not in texts]


def _page_of(name: str) -> str:
    module = importlib.import_module(f"figures.{name}")
    facts = importlib.import_module(f"figures.{name}").facts(module.data())
    quoted = [key for key, value in facts.items() if isinstance(value, int | float) and not isinstance(value, bool)]
    caption = ", ".join(f"{key} [[{name}.{key}]]" for key in quoted)
    parameters = ", ".join(f"{key} [[{name}.{key}]]" for key in _quotable(module))
    # Nothing stands behind the last number, with which a live figure may begin otherwise, and so nothing moves then.
    figure = f"/// figure | {name}\nThe numbers: {caption}; {parameters}\n///"
    tables = "\n\n".join(
        f"/// table | {name}.{fact}\n| | \n|---|\n| [[row.{next(iter(sets.values()))}]] |\n///"
        for fact, sets in module.LIVE.rows.items()
    )
    return f"# {name}\n\nBefore.\n\n{figure}\n\n{tables}\n\nAfter. [Home](index.md)\n"


def build_figures_site(folder: Path, address: str) -> None:
    """Write a site into ``folder/site``: ``NAME.html`` for each live figure, ``all.html`` with all of them, ``index.html`` with none.

    It knows the address at which it is served: links inside it are followed without loading pages anew.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    docs = folder / "docs"
    docs.mkdir()
    pages = {name: _page_of(name) for name in live_names()}
    everything = "# All\n\n" + "\n".join(f"/// figure | {name}\n[[{name}.{_first(name)}]]\n///\n" for name in pages)
    links = "\n".join(f"- [{name}]({name}.md)" for name in pages)
    for name, text in {**pages, "all": everything, "index": f"# Home\n\nNo figure here.\n\n{links}\n"}.items():
        (docs / f"{name}.md").write_text(text, encoding="utf-8")
    # The icon of the site, which every page asks for.
    shutil.copytree(ROOT / "docs/assets", docs / "assets")
    # The adapter puts the project's executed notebooks in the place of these.
    for notebook in find_project(ROOT).docs.rglob("*.ipynb"):
        shutil.copy(notebook, docs / notebook.name)
    nav = [{"Home": "index.md"}, {"All": "all.md"}, *({name: f"{name}.md"} for name in pages)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        config = load_config(
            str(ROOT / "mkdocs.yml"),
            docs_dir=str(docs),
            site_dir=str(folder / "site"),
            nav=nav,
            strict=False,
            site_url=f"{address}/",
        )
        config.plugins.on_startup(command="build", dirty=False)
        build(config)


def _first(name: str) -> str:
    return _quotable(importlib.import_module(f"figures.{name}"))[0]


@contextlib.contextmanager
def figures_site(folder: Path) -> Iterator[tuple[Path, str]]:
    """That site, built into a folder and served: where its pages are, and the address."""
    target = folder / "site"
    target.mkdir()
    with serving(target) as address:
        build_figures_site(folder, address)
        yield target, address


@pytest.fixture(scope="session")
def _figures_site(tmp_path_factory):
    if shared := os.environ.get(FIGURES_SITE):
        folder, _, address = shared.rpartition(" ")
        yield Path(folder), address
    else:
        with figures_site(tmp_path_factory.mktemp("figures-site")) as built:
            yield built


@pytest.fixture(scope="session")
def site(_figures_site) -> Path:
    """The site's folder."""
    return _figures_site[0]


@pytest.fixture(scope="session")
def server(_figures_site) -> str:
    """The address at which the site is served."""
    return _figures_site[1]


@pytest.fixture(scope="session")
def results():
    """What the press has made of all figures."""
    return Press(find_project(ROOT)).build().results


@pytest.fixture(scope="session")
def _contexts(chromium):
    found = {}
    yield found
    for one in found.values():
        one.close()


@pytest.fixture(scope="session")
def _kept():
    """Pages that tests share, by address and options, each with the errors that it met."""
    return {}


@pytest.fixture
def context(chromium, _contexts, _kept):
    """A browser context: ``context(**options)``. Those of the same options share one, since opening a window takes a second."""
    used = []

    def get(**options):
        options.setdefault("viewport", {"width": 1200, "height": 1400})
        key = repr(sorted(options.items()))
        if key not in _contexts:
            _contexts[key] = chromium.new_context(**options)
            _contexts[key].new_page()  # stays, and keeps the window open
        used.append(_contexts[key])
        return _contexts[key]

    yield get
    kept = [page for page, _ in _kept.values()]
    for one in used:
        for page in one.pages[1:]:
            if page not in kept:
                page.close()


@pytest.fixture
def opened(context, site):
    """``opened(name, query="", **options)``: the page of a live figure, ready, whose errors fail the test."""
    problems: list[str] = []

    def open_page(name, query="", address=None, **options):
        return _open(context(**options), f"{address or site.as_uri()}/{name}.html{query}", problems, options)

    yield open_page
    assert not problems


_AT_REST = """root => new Promise(done => {
  (function look() { if (root.view.frame) requestAnimationFrame(look); else done(); })();
})"""


@pytest.fixture
def shared(context, site, _kept):
    """As ``opened``, but tests get the same page one after another, each with the figure as it was at first.

    To open one takes longer than most of what a test does on it. Pages of other figures are closed.
    """
    used = []

    def get(name, **options):
        for other in [key for key in _kept if key[0] != name]:
            _kept.pop(other)[0].close()
        key = name, repr(sorted(options.items()))
        if key not in _kept:
            problems: list[str] = []
            page = _open(context(**options), f"{site.as_uri()}/{name}.html", problems, options)
            _kept[key] = page, problems
        page, problems = _kept[key]
        used.append(problems)
        page.bring_to_front()
        page.evaluate("scrollTo(0, 0)")
        page.locator(f"#fig-{name} [data-do=reset]").click()
        # What a frame still writes into a box would come between the selection of its text and what replaces it.
        page.locator(f"#fig-{name}").evaluate(_AT_REST)
        return page

    yield get
    for problems in used:
        assert not problems


def _is_a_problem(message) -> bool:
    # From a folder a font cannot be asked for beforehand, which Chromium says; it is loaded where a style needs it.
    return message.type == "error" and ".woff2" not in message.text + message.location.get("url", "")


def _open(context, address: str, problems: list[str], options: dict):
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if _is_a_problem(message) else None)
    page.goto(address)
    if options.get("java_script_enabled", True):
        page.wait_for_selector(".fp-moving")
    return page

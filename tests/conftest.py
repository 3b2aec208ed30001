"""Which tests run, and how they are shared out between workers: by file, but for files that would keep one worker busy after the other is done."""

import contextlib
import functools
import http.server
import io
import os
import re
import shutil
import tempfile
import threading
import warnings
from collections.abc import Generator
from pathlib import Path

import pytest

from figpress.pages.syntax import CLAIM

HERE = Path(__file__).parent
# In the environment of workers: the folder of the site, where it was built for all of them.
BUILT_SITE = "SITE_BUILT_FOR_TESTS"
# And the folder and the address of the site with every live figure.
FIGURES_SITE = "FIGURES_SITE_BUILT_FOR_TESTS"


def _all_of_them(config: pytest.Config) -> bool:
    return not config.option.keyword and [Path(argument).resolve() for argument in config.args] == [HERE]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Where workers share out all tests, build the sites first: with all processors, instead of once a worker beside other tests."""
    config = session.config
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None) or not _all_of_them(config):
        return
    from tests.browser.conftest import figures_site
    from tests.site.conftest import build_site

    kept = contextlib.ExitStack()
    config.add_cleanup(kept.close)
    folder = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="site-")))
    config.get_terminal_writer().line("building the site with all its claims, a minute or two ...")
    run = build_site(folder / "site")
    if run.returncode:
        # The test that reads the site shows it.
        (folder / "failure.txt").write_text(run.stdout + run.stderr, encoding="utf-8")
    os.environ[BUILT_SITE] = str(folder / "site")
    (folder / "figures").mkdir()
    # Where that fails, tests that need it build their own, and show why they cannot.
    with contextlib.suppress(Exception):
        os.environ[FIGURES_SITE] = " ".join(map(str, kept.enter_context(figures_site(folder / "figures"))))


def _group(item: pytest.Item) -> str:
    path = item.path.relative_to(HERE).as_posix()
    if path == "site/test_building.py":
        return f"{path}::{item.originalname}"
    if path.startswith("site/") and BUILT_SITE not in os.environ:
        # They need the site built, and all figures drawn: nothing else should do that at the same time.
        return "site"
    if path in ("site/test_built_site.py", "site/test_published.py", "site/test_reading.py"):
        # They look through the same three hundred pages, and to parse these takes longer than anything asked of them.
        return "site pages"
    # One live figure after another.
    figure = item.callspec.params.get("name") if path == "browser/test_pages.py" and hasattr(item, "callspec") else None
    return f"{path}::{figure}" if figure else path


def nightly() -> bool:
    """Whether the environment asks for all that takes long and rarely fails."""
    return os.environ.get("NIGHTLY", "0") not in ("", "0")


def left_out(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests that are long and rarely fail, but where the environment asks for them."""
    if nightly():
        return []
    return [item for item in items if item.get_closest_marker("nightly")]


@functools.cache
def _tests_of_claims() -> frozenset[str]:
    texts = [path.read_text(encoding="utf-8") for path in (HERE.parent / "docs").rglob("*.md")]
    return frozenset(
        f"test_{match[1].replace('-', '_')}" for text in texts for match in re.finditer(CLAIM, text, re.DOTALL)
    )


def run_by_the_build(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests of claims: a strict build runs each, and site/test_pages.py asks that all of them pass."""
    return [item for item in items if item.path.parent == HERE / "claims" and item.originalname in _tests_of_claims()]


FOR_EACH_FIGURE = (
    "test_many_states_are_drawn_as_matplotlib_draws_them",
    "test_a_figure_begins_as_it_says_and_resets_to_that",
    "test_question_drawing_and_controls_fit_one_screen",
    "test_scripts_are_light",
)
TURNS = 6


def not_their_turn(items: list[pytest.Item]) -> list[pytest.Item]:
    """Of the tests that try one code with every live figure all but a sixth: each figure meets each sixth test, each test each sixth figure."""
    if nightly():
        return []
    shared = [
        (item, item.originalname, item.callspec.params["name"])
        for item in items
        if item.path == HERE / "browser" / "test_pages.py"
        and item.originalname not in FOR_EACH_FIGURE
        and hasattr(item, "callspec")
        and list(item.callspec.params) == ["name"]
    ]
    tests, figures = (list(dict.fromkeys(row[k] for row in shared)) for k in (1, 2))
    return [item for item, test, figure in shared if (tests.index(test) + figures.index(figure)) % TURNS]


# Around the other hooks: xdist's, which reads the marks, would otherwise come before this one.
@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None, None, None]:
    left = left_out(items)
    if _all_of_them(config):
        left = [*left, *run_by_the_build(items), *not_their_turn(items)]
    items[:] = [item for item in items if item not in left]
    config.hook.pytest_deselected(items=left)
    # The longest tests first, so that no worker is left with one of them at the end.
    items.sort(key=lambda item: not item.path.is_relative_to(HERE / "site"))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    return (yield)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass

    begin_with = b""

    def send_head(self):
        """As the class above has it, with a script as the first of a page's head where one is given."""
        file = Path(self.translate_path(self.path))
        if not self.begin_with or file.suffix != ".html" or not file.exists():
            return super().send_head()
        page = file.read_bytes().replace(b"<head>", b"<head>" + self.begin_with, 1)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        return io.BytesIO(page)


@contextlib.contextmanager
def serving(folder: Path, begin_with: str = "") -> Generator[str, None, None]:
    """Serve a folder, at the address that this gives; its pages begin with a script, where one is given."""
    handler = type("Handler", (_Quiet,), {"begin_with": begin_with.encode()})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


@pytest.fixture(scope="session")
def chromium():
    """A running Chromium; where there is none the test is skipped with the reason, but in CI it fails."""
    # Without windows and their menus, a page opens in a third of the processor time.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed, and CI is set")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Playwright's sockets are closed by the process that it ends.
        warnings.simplefilter("ignore", ResourceWarning)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()

"""Every page in every engine, those that the other tests do not use among them."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import serving
from tests.engines import ENGINES, NOTING
from tests.site.conftest import ADDRESS
from tests.site.test_reading import written
from tests.site.test_search import READ

QUESTIONS = Path(__file__).with_name("questions.js").read_text(encoding="utf-8")


@pytest.mark.nightly
@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_torn_or_cut_off_and_all_works(site, tmp_path, engine):
    # At its address below the root of a host, where the page for addresses that lead nowhere finds its styles.
    path = urlsplit(ADDRESS).path.strip("/")
    (tmp_path / path).symlink_to(site)
    found = []
    with serving(tmp_path, NOTING) as address, ENGINES[engine]() as other:
        for width in (1280, 390):
            other.resize(width, 844)
            for file in written(site):
                name = file.relative_to(site).as_posix()
                other.open(f"{address}/{path}/{name}")
                assert other.evaluate("() => innerWidth") == width
                found += [f"{width}: {name}: {one}" for one in other.evaluate(QUESTIONS) + other.problems()]
    assert found == []


@pytest.mark.browser
@pytest.mark.nightly
@pytest.mark.parametrize("width", [1280, 800, 390, 320])
def test_nothing_is_torn_or_cut_off_in_chromium_at_any_width(site, chromium, width):
    found = []
    with serving(site) as address, chromium.new_context(viewport={"width": width, "height": 844}) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: found.append(str(error)))
        for file in written(site):
            # The page for dead links has its styles at the root of the site's own address.
            if file.name != "404.html":
                name = file.relative_to(site).as_posix()
                page.goto(f"{address}/{name}")
                found += [f"{name}: {one}" for one in page.evaluate(f"({QUESTIONS})()")]
    assert found == []


@pytest.mark.parametrize(("engine", "said"), [("firefox", "Firefox"), ("webkit", "WebKitWebDriver")])
def test_an_engine_that_is_missing_is_skipped_by_its_name(monkeypatch, engine, said):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.skip.Exception, match=f"^{said} is not installed$"), ENGINES[engine]():
        pass


_FOUND = f"""async () => {{
  const found = {READ};
  for (let k = 0; k < 300 && !found(); k++) await new Promise(done => setTimeout(done, 100));
  return found();
}}"""


@pytest.mark.nightly
@pytest.mark.parametrize("engine", ENGINES)
def test_a_site_in_a_folder_is_searched(site, engine):
    with ENGINES[engine]() as other:
        other.open(f"{site.as_uri()}/about.html?q=weight_decay")
        assert other.evaluate(_FOUND) == "libraries.html"

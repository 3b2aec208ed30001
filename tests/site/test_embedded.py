"""Live figures by themselves: complete, light, and as high as they say."""

import gzip
import re

import pytest
from bs4 import BeautifulSoup

from tests.browser.conftest import live_names

LIGHT = 100_000


def sent(path):
    """Bytes of a file, compressed as servers do."""
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content, mtime=0))


@pytest.mark.parametrize("name", live_names())
def test_a_live_figure_by_itself_has_all_it_needs_and_leads_to_its_page(site, name):
    page = site / f"figures/{name}.html"
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    linked = [element.get("href") or element["src"] for element in soup.select("link[rel=stylesheet], script[src]")]
    needed = {(page.parent / address.partition("?")[0]).resolve() for address in linked}
    sheet = (site / "assets/figpress.css").read_text(encoding="utf-8")
    fonts = {site / "assets" / font for font in re.findall(r'url\("(fonts/(?!maths)[\w-]+\.woff2)"', sheet)}
    assert len(needed) == 3 and len(fonts) == 3
    # A font is loaded where something is set in it.
    if "font-style: italic" not in str(soup.figure):
        fonts = {font for font in fonts if not font.stem.endswith("italic")}
    asked = {(page.parent / link["href"]).resolve() for link in soup.select("link[rel=preload]")}
    assert asked <= fonts
    assert sum(map(sent, {page, *needed, *fonts})) <= LIGHT
    [link] = soup.select("figcaption a")
    target, _, anchor = link["href"].partition("#")
    assert link["target"] == "_top" and f'id="{anchor}"' in (page.parent / target).resolve().read_text(encoding="utf-8")
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    # Else browsers ask the host for one, which has none.
    assert soup.select_one("link[rel=icon]")["href"] == "data:,"
    assert soup.select(f"#fig-{name} .fp-controls input, #fig-{name} .fp-controls select")


@pytest.mark.browser
def test_a_frame_is_told_how_high_a_figure_is_and_shows_what_its_address_says(site, chromium, tmp_path):
    frame = (site / "figures/walk.html").as_uri() + "?walk.w0=5.1"
    outer = tmp_path / "outer.html"
    outer.write_text(
        f'<script>heights = []; onmessage = event => heights.push(event.data)</script><iframe src="{frame}" width="420" height="90"></iframe>'
    )
    context = chromium.new_context(viewport={"width": 500, "height": 900})
    problems = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(outer.as_uri())
    page.wait_for_function("heights.length > 0")
    inner = page.frames[1]
    inner.wait_for_selector(".fp-moving")
    page.wait_for_timeout(300)
    told = page.evaluate("heights.at(-1)")
    assert told["figure"] == "walk" and told["height"] == inner.evaluate("document.documentElement.scrollHeight") > 300
    assert inner.locator("input[type=text][name=w0]").input_value() == "5.1"
    assert inner.evaluate(
        "[...document.querySelectorAll('body *')].every(e => getComputedStyle(e).fontStyle === 'normal')"
    )
    context.close()
    assert problems == []

"""Whoever searches the site for the name of a strength finds the page that says what it means."""

import pytest

from tests.conftest import serving

# Those of PyTorch and Keras, scikit-learn, Spark, CatBoost, LightGBM.
NAMES = ("weight_decay", "C", "alpha", "AdamW", "regParam", "l2_leaf_reg", "lambda_l2")
READ = """() => {
  const links = [...document.querySelectorAll('.md-search-result__link')];
  return links.length ? links[0].getAttribute('href').split('/').pop().split(/[?#]/)[0] : null;
}"""


@pytest.fixture
def first_result(site, chromium):
    """The page that the site's own search puts first."""
    with serving(site) as address:
        context = chromium.new_context()
        page = context.new_page()
        # Reading the index takes longer than all searches.
        page.goto(f"{address}/about.html?q=lasso")
        page.wait_for_selector(".md-search-result__link", state="attached", timeout=30_000)

        def search(text):
            page.evaluate("() => document.querySelector('.md-search-result__list').replaceChildren()")
            page.locator(".md-search__input").fill(text)
            page.locator(".md-search__input").dispatch_event("keyup")
            page.wait_for_selector(".md-search-result__link", state="attached", timeout=30_000)
            return page.evaluate(READ)

        yield search
        context.close()


@pytest.mark.browser
def test_names_of_strengths_are_found(first_result):
    wanted = dict.fromkeys(NAMES, "libraries.html") | {"penalty": "implied.html"}
    assert {name: first_result(name) for name in wanted} == wanted


@pytest.mark.browser
def test_a_site_in_a_folder_is_searched_as_well(site, chromium):
    """Where browsers start no worker, and a page may load nothing but scripts."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{site.as_uri()}/about.html?q=weight_decay")
    page.wait_for_selector(".md-search-result__link", state="attached", timeout=30_000)
    assert page.evaluate(READ) == "libraries.html"
    context.close()


@pytest.mark.browser
def test_what_is_searched_is_loaded_when_somebody_searches(site, chromium):
    with serving(site) as address:
        page = chromium.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/about.html", wait_until="networkidle")
        index = f"{address}/search/search_index.json"
        assert index not in asked
        page.locator(".md-search__input").focus()
        page.keyboard.type("ridge")
        page.wait_for_selector(".md-search-result__link", timeout=30_000)
        assert asked.count(index) == 1
        page.close()

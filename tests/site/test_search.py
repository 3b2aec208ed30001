"""Whoever searches the site finds first the page that explains what was searched for."""

import json

import pytest

from tests.conftest import serving
from tests.site.conftest import ROOT
from tests.site.test_built_site import soup

# As readers type it, and the page that they must be led to.
WANTED = {
    "norms": ["norm", "euclidean norm", "manhattan"],
    "model": [
        "regularization",
        "regularisation",
        "lasso",
        "ridge",
        "ridge regression",
        "Tikhonov",
        "bias",
        "intercept",
        "minimizer",
    ],
    "descent": ["gradient descent", "learning rate", "subgradient"],
    "overfitting": ["overfit", "overfitting", "generalization", "generalisation"],
    "l1-l2": ["L1 vs L2", "sign function"],
    "zero": ["zero", "dead zone", "standardize", "normalize", "sparse", "sparsity", "KKT"],
    "walkthrough": ["proximal", "soft thresholding"],
    "geometry": ["diamond", "constraint"],
    "paths": ["cross-validation", "regularization path"],
    "implied": ["penalty"],
    "libraries": ["sklearn", "C", "alpha", "weight_decay", "AdamW", "regParam", "l2_leaf_reg", "lambda_l2", "pytorch"],
    "weight-decay": ["weight decay", "momentum"],
    "early-stopping": ["early stopping"],
    "training": ["training"],
    "correlated": ["elastic net", "feature selection", "multicollinearity", "collinear"],
    "beyond": ["logistic regression", "neural network"],
    "notation": ["lambda"],
}
# The site's own search, asked as its pages ask it, without a page for each query.
SEARCH = """async queries => {
  const settings = JSON.parse(document.getElementById("__config").textContent);
  const index = await (await fetch("search/search_index.json")).json(), worker = new Worker(settings.search), first = {};
  const ask = message => new Promise((done, failed) => {
    worker.onmessage = answer => done(answer.data.data);
    worker.onerror = failed;
    worker.postMessage(message);
  });
  await ask({ type: 0, data: { ...index, options: { suggest: false } } });
  for (const query of queries) first[query] = (await ask({ type: 2, data: query })).items[0]?.[0].location ?? null;
  return first;
}"""
# What leads to other pages, or tells of the site.
NO_QUERY = {"index", "corrections", "gallery", "press", "about"}
READ = """() => {
  const links = [...document.querySelectorAll('.md-search-result__link')];
  return links.length ? links[0].getAttribute('href').split('/').pop().split(/[?#]/)[0] : null;
}"""


def test_each_page_that_answers_a_question_is_searched_for():
    asking = {path.stem for path in (ROOT / "docs").glob("*.md") if "{ .question }" in path.read_text(encoding="utf-8")}
    assert asking - NO_QUERY == WANTED.keys()


@pytest.mark.browser
def test_a_query_finds_first_the_page_that_explains_it(site, chromium):
    wanted = {query: page for page, queries in WANTED.items() for query in queries}
    assert len(wanted) >= 30
    with serving(site) as address:
        page = chromium.new_page()
        page.goto(f"{address}/about.html")
        found = page.evaluate(SEARCH, list(wanted))
        page.close()
    found = {query: place and place.partition("#")[0].removesuffix(".html") for query, place in found.items()}
    assert found == wanted


def test_what_lists_functions_comes_after_what_explains_them(site):
    entries = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    listing = [entry for entry in entries if entry["location"].startswith("api/")]
    assert len(listing) > 100
    # A word in a title weighs a thousand times as much as one in a text.
    assert all(entry["boost"] <= 1 / 1000 for entry in listing)
    assert not [entry for entry in entries if entry["location"].startswith(("source/", "gallery"))]


def test_formulas_are_searched_as_they_are_read_and_buttons_not_at_all(site):
    entries = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    told = " ".join(entry["text"] for entry in entries if entry["location"].startswith("walkthrough.html"))
    assert "½∑_i w_i²" in told
    buttons = {button.get_text() for button in soup(site / "walkthrough.html").select("article button")}
    assert "Show the answer" in buttons and len(buttons) > 5
    assert [button for button in buttons if " " in button and button in told] == []


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

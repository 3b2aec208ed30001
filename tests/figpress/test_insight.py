"""From a figure to its functions and their tests, and from a function back to its figures."""

from types import SimpleNamespace

from figpress.pages import insight
from figpress.pages.site import Site
from figpress.pages.sources import Definition
from figpress.publishing.preparing import note_pages

FIGURE = SimpleNamespace(
    name="walk", files={"svg": b""}, functions=["figures.walk.data", "waves.high.rise", "waves.high._inner"]
)
TESTS = {
    "rise": [
        Definition(f"tests.test_high.test_case_{n}", "tests/test_high.py", n, "", ("rise", "waves"))
        for n in range(1, 9)
    ]
}


def site():
    return Site(page="api/high.html", directory_urls=False, shown_figures={"walk": ["pages/walk.html"]})


def test_modules_are_found_in_pages():
    assert insight.api_pages({"api/high.html": "# High\n\n::: waves.high\n    options: {}\n"}) == {
        "waves.high": "api/high.html"
    }


def test_a_figure_lists_its_documented_functions_with_their_tests():
    text = insight.behind_figure(site(), FIGURE, {"waves.high": "api/high.html"}, TESTS)
    assert 'href="high.html#waves.high.rise">rise</a>' in text and "figures.walk" not in text and "_inner" not in text
    assert (
        'href="../source/tests/test_high.html#line-1">case 1</a>' in text
        and f"and {8 - insight.SHOWN_TESTS} more" in text
    )
    assert insight.behind_figure(site(), FIGURE, {}, TESTS) == ""


def test_what_another_package_calls_alike_is_no_test_of_a_function():
    foreign = {"rise": [Definition("tests.test_low.test_case", "tests/test_low.py", 1, "", ("rise", "winds"))]}
    assert "case" not in insight.behind_figure(site(), FIGURE, {"waves.high": "api/high.html"}, foreign)
    assert "Tests" not in insight.with_ways_back(
        site(), '<h2 id="waves.high.rise" class="doc doc-heading">rise</h2>', [FIGURE], foreign, {}
    )


def test_the_files_behind_api_pages_are_those_of_public_things_and_of_the_tests_that_are_listed():
    names = ("waves.high.rise", "waves.high._inner", "waves._low.Wave.crest", "winds.blow")
    definitions = {name: Definition(name, f"src/{name}.py", 1, "") for name in names}
    modules = {"waves.high": "api/high.html", "waves._low": "api/low.html"}
    late = Definition("tests.test_late.test_case", "tests/test_late.py", 1, "", ("rise", "waves"))
    tests = {"rise": [*TESTS["rise"], late]}
    assert insight.files_behind(modules, definitions, tests) == {"src/waves.high.rise.py", "tests/test_high.py"}
    assert insight.files_behind({}, definitions, tests) == set()


def test_a_function_leads_back_to_its_code_figures_and_tests():
    heading = '<h2 id="waves.high.rise" class="doc doc-heading"><code>rise</code></h2>'
    other = '<h2 id="waves.high.fall" class="doc doc-heading"><code>fall</code></h2>'
    definitions = {"waves.high.rise": Definition("waves.high.rise", "src/waves/high.py", 12, "")}
    text = insight.with_ways_back(site(), heading + other, [FIGURE], TESTS, definitions)
    assert text.startswith(
        heading
        + '<p class="fp-used" data-search-exclude>'
        + 'Code: <a href="../source/src/waves/high.html#line-12">src/waves/high.py:12</a>. '
        + 'Figures: <a href="../pages/walk.html#fig-walk">walk</a>. Tests: '
    )
    assert text.endswith(other)


def test_a_figure_that_no_page_shows_is_found_in_the_gallery_where_there_is_one():
    heading = '<h2 id="waves.high.rise" class="doc doc-heading">rise</h2>'
    shown = Site(page="api/high.html", directory_urls=False)
    assert "Figures: walk." in insight.with_ways_back(shown, heading, [FIGURE], {}, {})
    note_pages(shown, {"all/figures.html": ("all/figures.md", "# All\n\n/// gallery\n///\n"), "a.html": ("a.md", "A.")})
    there = 'Figures: <a href="../all/figures.html#walk">walk</a>.'
    assert there in insight.with_ways_back(shown, heading, [FIGURE], {}, {})


def test_a_description_of_nothing_named_has_no_dash_before_it():
    item = '<li class="doc-section-item field-body">\n  {}–\n <div>A number.</div></li>'
    assert "–" not in insight.with_ways_back(site(), item.format(""), [], {}, {})
    assert "<b>x</b> –" in insight.with_ways_back(site(), item.format("<b>x</b> "), [], {}, {})


def test_a_sign_in_a_docstring_stays_with_what_follows_it_and_code_as_it_is():
    text = "<p>Not finite and &gt;= 0. One <b>e</b> -&gt; M e.</p>"
    kept = '<p>Not finite and <span class="fp-kept">&gt;= 0.</span> One <b>e</b> <span class="fp-kept">-&gt; M</span> e.</p>'
    code = '<pre><code><b>a</b> = 1</code></pre><code>w = 2</code><a title="a = b">c</a>'
    assert insight.with_ways_back(site(), text + code, [], {}, {}) == kept + code

"""Pages: what each kind of mark turns into, and that whatever is unknown stops the build."""

import html
import re
from types import SimpleNamespace

import markdown
import pytest

from figpress.pages.content import Content
from figpress.pages.equations import condition_in_latex
from figpress.pages.linear import with_linear_formulas
from figpress.pages.markdown import FigpressExtension
from figpress.pages.maths import to_mathml
from figpress.pages.site import PageError, Site
from figpress.pages.syntax import named_in


class ContentOfOnePage(Content):
    def __init__(self, definition, addresses=()):
        self.definitions, self.addresses = {"m.f": definition}, dict(addresses)

    def definition(self, name):
        return self.definitions[name]

    def test_of_claim(self, claim):
        return {"it-arrives": ("tests/claims/test_walk.py", 12)}.get(claim)

    def function_address(self, site, name):
        return self.addresses.get(name)


def site(**changes):
    figure = SimpleNamespace(
        name="walk",
        title="A walk <to> 0",
        script="figures/walk.py",
        description='Ten "steps" & 0',
        inline='<svg id="s"></svg>',
        files={"svg": b""},
        size=[5.6, 3.5],
        parameters=[{"name": "eta", "default": 0.5}],
        facts={
            "steps": 10,
            "drop": -0.25,
            "said": "off by 2.0e-14 on 2026-11-28, w <= 3, scikit-learn says",
            "rows": [{"step": 0, "w": 5.0}, {"step": 1, "w": 4.5}],
        },
    )
    given = SimpleNamespace(name="given", inline="", files={}, parameters=[], facts={"w0": 5.0})
    definition = SimpleNamespace(path="src/m.py", line=7, bare="def f():\n    return 1")
    defaults = {
        "figures": {"walk": figure, "given": given},
        "roles": frozenset({"l1"}),
        "terms": {"L1": "l1"},
        "page": "sub/page.html",
        "directory_urls": False,
        "content": ContentOfOnePage(definition),
    }
    return Site(**(defaults | changes))


def rendered(text, place=None):
    extensions = ["tables", "attr_list", "pymdownx.superfences", FigpressExtension(site=place or site())]
    return markdown.markdown(text, extensions=extensions)


def test_facts_carry_their_value_and_name():
    assert (
        rendered("after [[walk.steps:words]] steps")
        == '<p>after <data data-fact="walk.steps" value="10">ten</data> steps</p>'
    )
    assert '<data data-fact="walk.drop" value="-0.25">−0.250</data>' in rendered("[[walk.drop:.3f]]")
    assert ">−2.50\u00a0×\u00a010⁻¹</data>" in rendered("[[walk.drop:sci2]]"), "a line could end in it"
    assert 'value="0.5"' in rendered("[[walk.eta]]") and 'value="5.0">5<' in rendered("**[[given.w0]]**")


def test_a_formula_carries_its_latex_without_our_colours():
    html = rendered(r"$\textcolor{l1}{\lambda} < [[walk.steps]]$")
    assert r'<math alttext="{\lambda} &lt; 10">' in html


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        (r"\tfrac12 w_1^2", "½w₁²"),
        (r"w - \eta\lambda\,\mathrm{sign}(w)", "w − ηλ sign(w)"),
        (r"\frac{w}{1 + 2\eta\lambda}", "w/(1 + 2ηλ)"),
        (r"\frac{(a)(b)}{c}", "((a)(b))/c"),
        (r"\tfrac{\lambda}{2} w^2", "(λ/2)w²"),
        (r"\frac{\lambda}{2 w^2}", "λ/(2w²)"),
        (r"\frac{\lambda}{x_1^2}", "λ/x₁²"),
        (r"\frac{d}{2} \|w\| + |\frac{a}{b}|", "(d/2)‖w‖+|a/b|"),
        (r"\frac{a}{b} \, c", "(a/b)c"),
        (r"\frac{1}{n} \sum_j w_j - \frac{a}{b}", "(1/n)∑_j w_j − a/b"),
        (r"\Big(\sum_j |w_j|^p\Big)^{1/p}", "(∑_j |w_j|^p)^(1/p)"),
        (r"\sum_{j=1}^N w_j^{-2}", "∑_(j = 1)^N w_j⁻²"),
        (r"-\sqrt{2(1-\rho)} \le \sqrt[3]{x}", "−√(2(1 − ρ)) ≤ x^(1/3)"),
        (r"\begin{cases} a & x > 0 \\ b & x < 0 \end{cases}", "{a x > 0; b x < 0"),
        (r"\hat y", "ŷ"),
        (r"\hat{ab}", "ab^ˆ"),
    ],
)
def test_a_formula_in_one_line_is_no_other_formula(latex, line):
    assert html.unescape(with_linear_formulas(f"<p>{to_mathml(latex, display=False)}</p>")) == f"<p>{line}</p>"


def test_facts_inside_formulas():
    assert "<mo>−</mo>" in rendered("$w = 1 + [[walk.drop]]$") or "−" in rendered("$w = 1 + [[walk.drop]]$")
    assert "<mn>10</mn>" in rendered("$n = [[walk.steps]]$")


def test_formulas_are_mathml_and_prices_are_not():
    assert r'<math alttext="\lambda"><mi>λ</mi></math>' in rendered(r"$\lambda$")
    assert (
        "<math" not in rendered("costs $5 and $6")
        and "<math" not in rendered(r"costs \$5\$")
        and "<math" not in rendered("`$x$`")
    )
    assert "color:var(--fig-l1);" in rendered(r"$\textcolor{l1}{\lambda}$")


@pytest.mark.parametrize(
    ("latex", "shown"),
    [(r"\hat{w}", "𝑤\u0302"), (r"\bar y", "𝑦\u0304"), (r"\tilde\lambda", "𝜆\u0303"), (r"\hat{\mathbf{w}}", "𝐰\u0302")],
)
def test_an_accent_is_one_with_its_letter(latex, shown):
    """In WebKit an accent of MathML floats far above it."""
    assert f"><mi>{shown}</mi></math>" in rendered(f"${latex}$")
    # Over more than a letter it is stretched.
    assert "<mover" in rendered(r"$\hat{ab}$")


@pytest.mark.parametrize("sign", [",", ".", "),", "?”"])
def test_a_formula_keeps_the_signs_that_follow_it_in_its_line(sign):
    """Some browsers begin a line with them, wherever the formula may not be broken."""
    formula = rendered("$w$").removeprefix("<p>").removesuffix("</p>")
    assert rendered(f"At $w${sign} then") == f'<p>At <span class="fp-kept">{formula}{sign}</span> then</p>'
    assert "fp-kept" not in rendered("At $w$ then")


@pytest.mark.parametrize("letter", ["$w$", "w₀"])
def test_a_letter_its_sign_and_its_number_stay_in_one_line(letter):
    shown = rendered(letter).removeprefix("<p>").removesuffix("</p>")
    number = rendered("[[walk.steps]]").removeprefix("<p>").removesuffix("</p>")
    assert rendered(f"(at {letter} = [[walk.steps]]), then") == (
        f'<p>(at <span class="fp-kept">{shown} = {number}),</span> then</p>'
    )
    claim = rendered(f'<claim id="it-arrives">{letter} = [[walk.steps]]</claim>')
    assert f">{shown} = {number}<" in claim and "[[" not in claim
    assert "fp-kept" not in rendered("*at* = [[walk.steps]]")


def test_numbers_with_a_hyphen_and_signs_stay_in_one_line_within_a_text():
    said = rendered("[[walk.said]]")
    assert re.findall(r'<span class="fp-kept">(.*?)</span>', said) == ["2.0e-14", "2026-11-28", "&lt;= 3,"]
    assert html.unescape(re.sub(r"<[^>]*>", "", said)) == "off by 2.0e-14 on 2026-11-28, w <= 3, scikit-learn says"


def test_a_sign_for_an_exponent_keeps_close_to_its_letter():
    assert '<msup><mi>w</mi><mo lspace="0" rspace="0">∗</mo></msup>' in rendered("$w^* - 1$")


def test_the_index_of_a_sum_keeps_close_to_it_in_the_line():
    close = '<mo lspace="0" rspace="0">∑</mo><mi>j</mi></munder><mspace width="0.1667em"/>'
    assert close in to_mathml(r"\sum_j w_j", display=False) and close not in to_mathml(r"\sum_j w_j", display=True)


def test_equations_are_numbered_bound_and_remembered():
    place = site()
    html = rendered("/// equation | 3.1\n    function: m.f\n    where: w > 0\n\na = b\n///", place)
    assert (
        'id="eq-3.1"' in html
        and 'data-equation="3.1"' in html
        and ">(3.1)</a>" in html
        and '<math alttext="a = b \\qquad (w &gt; 0)" display="block">' in html
    )
    assert place.equations == [
        {"page": "sub/page.html", "number": "3.1", "latex": "a = b", "function": "m.f", "where": "w > 0"}
        | dict.fromkeys(("reason", "claim", "arrays", "let", "call"), "")
    ]


def test_equations_lead_to_their_function():
    place = site(content=ContentOfOnePage(None, {"m.f": "api/m.html#m.f"}))
    html = rendered(
        "/// equation\n    function: m.f\n\na = b\n///\n\n/// equation\n    reason: a picture\n    claim: it-is\n\nb = c\n///",
        place,
    )
    assert re.findall(r'class="fp-function" href="([^"]+)"', html) == ["../api/m.html#m.f"]


def test_conditions_of_equations_are_set_as_mathematics():
    html = rendered("/// equation | 3.1\n    function: m.f\n    where: -1 < rho < 1\n\na = b\n///", site())
    assert "<mi>ρ</mi>" in html and ">rho" not in html


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ("w > 0", "w > 0"),
        ("-1 < rho < 1", r"-1 < \rho < 1"),
        ("abs(w) <= delta", r"|w| \le  \delta"),
        ("lam >= 0 and w != 0", r"\lambda \ge  0 ,\  w \ne  0"),
        ("2 * lam == eta", r"2 \, \lambda = \eta"),
    ],
)
def test_a_condition_is_python_and_is_shown_as_mathematics(condition, shown):
    latex = r"w = \lambda \left(\eta + \delta\right)"
    assert condition_in_latex(condition, latex) == shown
    page = rendered(f"/// equation\n    function: m.f\n    where: {condition}\n\n{latex}\n///", site())
    assert "<math" in page


def test_references_to_equations_are_links():
    html = rendered("see [[eq:3.1]]", site(equation_pages={"3.1": "l1-l2.html"}))
    assert html == '<p>see <a class="fp-reference" href="../l1-l2.html#eq-3.1">(3.1)</a></p>'


def test_figures_are_inlined_with_caption_links_and_id():
    place = site()
    html = rendered("/// figure | walk\nAfter [[walk.steps]] steps.\n///", place)
    assert '<figure class="fp-figure" data-figure="walk" id="fig-walk">' in html and '<svg id="s"></svg>' in html
    assert "<figcaption>" in html and ">10</data> steps." in html
    assert 'href="../source/figures/walk.html"' in html
    assert [f'href="../figures/walk.{e}"' in html for e in ("svg", "png", "pdf", "csv")] == [True] * 4
    assert place.shown_figures == {"walk": ["sub/page.html"]}


def test_claims_lead_to_their_test():
    place = site()
    html = rendered(
        '<claim id="it-arrives">It *arrives* after [[walk.steps]] steps of $\\lambda$, says L1.</claim> More.', place
    )
    assert html.startswith('<p><span class="claim" data-claim="it-arrives">It <em>arrives</em> after <data')
    assert 'href="../source/tests/claims/test_walk.html#line-12"' in html and "<math" in html and "term-l1" in html
    assert place.claims[0]["claim"] == "it-arrives"


def test_a_mark_stays_in_the_line_of_a_formula_before_it_and_of_a_sign_after_it():
    html = rendered('<claim id="it-arrives">It *arrives* at $\\lambda$</claim>. More.')
    assert '</em> at <span class="fp-kept"><math alttext="\\lambda"><mi>λ</mi></math><a class="claim-mark"' in html
    assert "</a>.</span></span> More." in html
    html = rendered('<claim id="it-arrives">With $\\lambda$ it arrives</claim> and stays.')
    assert "it arrives<span><a class" in html and "</a></span></span> and" in html


def test_rows_repeat_the_last_line():
    html = rendered("/// table | walk.rows\n| step | w |\n|--:|--:|\n| [[row.step]] | [[row.w:.1f]] |\n///")
    assert re.findall(r'data-fact="(walk\.rows\.\d\.\w+)"', html) == [
        "walk.rows.0.step",
        "walk.rows.0.w",
        "walk.rows.1.step",
        "walk.rows.1.w",
    ]
    assert html.count("<tr>") == 3


def test_listings_and_gallery():
    html = rendered("/// listing | m.f\n///")
    assert 'class="highlight"' in html and 'href="../source/src/m.html#line-7"' in html
    html = rendered("/// gallery\n///")
    assert (
        html.count('class="fp-card"') == 1
        and "A walk &lt;to&gt; 0" in html
        and 'alt="Ten &quot;steps&quot; &amp; 0"' in html
    )
    assert "python figures/walk.py --output walk.svg" in re.sub("<[^>]*>", "", html) and "walk-dark.svg" in html


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Up to [[walk.last:.2f]].", {"walk"}),
        ("$w = [[given.start]]$", {"given"}),
        ("/// figure | walk\nA caption.\n///", {"walk"}),
        ("/// table | given.rows\n| a |\n///", {"given"}),
        ("/// gallery\n///", {"walk", "given"}),
        ("/// listing | walk.last\n///", set()),
        ("[[river.last]] and (3.1): [[eq:3.1]]", set()),
    ],
)
def test_a_page_waits_for_the_figures_it_names(text, names):
    assert named_in(text, ["given", "walk"]) == names


def test_marks_in_code_are_left_alone():
    html = rendered("`[[walk.steps]]`, `$$` and `///`\n\n```\n /// figure | walk\n[[Walk.steps]]\n```")
    assert "<code>[[walk.steps]]</code>" in html and "[[Walk.steps]]" in html


def test_descriptions_quote_facts_and_equations_as_plain_text():
    place = site(equation_pages={"3.1": "l1-l2.html"})
    assert place.plain("[[walk.steps:Words]] steps of ([[eq:3.1]])") == "Ten steps of ((3.1))"
    assert place.shown_facts[0]["fact"] == "walk.steps"


def test_terms_are_coloured_in_prose_only():
    assert rendered("L1 is not `L1` nor XL1 nor L1-like") == (
        '<p><span class="term term-l1">L1</span> is not <code>L1</code> nor XL1 nor L1-like</p>'
    )


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[[walk.stps]]", "stps"),
        ("[[eq:9]]", "9"),
        ("[[nowhere.x]]", "nowhere"),
        ("[[walk.rows]]", "list"),
        ("[[walk.drop:words]]", "whole"),
        ("/// figure | wlak\n///", "wlak"),
        ("/// figure | given\n///", "given"),
        ("/// listing | m.g\n///", "m.g"),
        ("/// equation | 1\n    reason: none\n\na\n///", "function"),
        ("/// equation\n\na\n///", "function"),
        ("/// equation\n    reason: x\n    claim: y\n\n\\frac{a\n///", "frac"),
        (r"$\textcolor{l9}{x}$", "l9"),
        ('<claim id="no-test">x</claim>', "test_no_test"),
        ("/// table | walk.nothing\n| a |\n///", "nothing"),
        ("[[Walk.steps]]", "[[Walk.steps]]"),
        ("[[ walk.steps ]]", "[[ walk.steps ]]"),
        ("$$w = 1$$", "is an '/// equation'"),
        ("Then\n\n$$\nw = 1\n$$", "is an '/// equation'"),
        ("[[walk.steps :words]]", "[[walk.steps :words]]"),
        ("/// figur | walk\n///", "/// figur | walk"),
        (" /// figure | walk\n///", "/// figure | walk"),
        ("//// figure | walk\n////", "line's start"),
        ("///equation|9\n    function: m.f\n\na = b\n///", "line's start"),
        ("> /// figure | walk\n> ///", "/// figure | walk"),
        ("<claim id='it-arrives'>x</claim>", "<claim id='it-arrives'>"),
        ('<claim class="a" id="no-such">x</claim>', "<claim class="),
        ('<claim id="it-arrives">Over\n\ntwo.</claim>', '<claim id="it-arrives">'),
    ],
)
def test_whatever_is_unknown_stops_the_build_and_names_the_page(text, word):
    with pytest.raises(PageError, match=re.escape(word)) as caught:
        rendered(text)
    assert "sub/page.html" in str(caught.value)


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("index.html", "norms.html", "norms.html"),
        ("api/norms.html", "figures/a.svg", "../figures/a.svg"),
        ("", "a/", "a/"),
        ("walk/", "source/x/", "../source/x/"),
        ("walk/", "walk/", "./"),
        ("walk/far/", "walk/", "../"),
        ("walk/far/", "walk/near/", "../near/"),
        ("walk/", "", "../"),
        ("", "", "./"),
        ("api/norms.html", "api/losses.html", "losses.html"),
        ("api/norms.html", "api", "../api"),
        ("api/a/b.html", "api/b/b.html", "../b/b.html"),
        ("api/norms/b.html", "api/norms", "../norms"),
    ],
)
def test_addresses_are_relative_to_the_page(page, target, expected):
    assert Site(page=page).url(target) == expected


def test_a_figure_is_on_a_page_once_since_ids_are():
    place = site()
    with pytest.raises(PageError, match="on this page already"):
        rendered("/// figure | walk\n///\n\n/// figure | walk\n///", place)
    # On another page it may be shown as well.
    place.page = "other.html"
    assert 'id="fig-walk"' in rendered("/// figure | walk\n///", place)


@pytest.mark.parametrize(
    "text", ["/// equation | 9\n    function: m.f\n\na = b\n///", '<claim id="it-arrives">It arrives.</claim>']
)
def test_what_stands_in_an_included_file_is_refused_by_name_where_it_would_not_be_checked(text):
    included = site(source="docs/page.md\n# A page\n\nThe claim.")
    with pytest.raises(
        PageError, match="docs/page.md: (equation 9|claim 'it-arrives') stands in a file that the page includes"
    ):
        rendered(text, included)
    rendered(text, site(source=f"docs/page.md\n# A page\n\n{text}"))


def test_where_mistakes_are_collected_all_are_told_with_file_and_line():
    text = (
        "# A page\n\n[[walk.hights]] and [[walk.steps]]\n\n/// figure | wlak\nA caption.\n///\n\n"
        '<claim id="it-sings">It sings.</claim> $\\frac{a$\n\n/// equation | 9\n    reason: none\n\na = b\n///\n\n'
        "/// table | walk.lines\n| a |\n///\n\n/// table | walk.steps\n| a |\n///\n\n> /// listing | m.f\n> ///\n\n/// listing | m.g\n///\n"
    )
    place = site(mistakes=[], source=f"docs/page.md\n{text}")
    assert "ten" not in rendered(text, place) and "10" in rendered(text, place)
    # Of two on one line the later one.
    found = dict(mistake.split(": ", 1) for mistake in place.mistakes)
    assert {int(place.rpartition(":")[2]): words.partition(";")[0][:30] for place, words in found.items()} == {
        3: "no fact 'walk.hights': walk ha",
        5: "no figure 'wlak'",
        9: "claim 'it-sings' has no test",
        11: "equation 9 needs a function, o",
        17: "no fact 'walk.lines': walk has",
        21: "walk.steps is no list, which a",
        25: "'> /// listing | m.f' has to s",
        28: "m.g",
    }
    assert any("docs/page.md:9: formula" in mistake for mistake in place.mistakes)
    assert all(mistake.startswith("docs/page.md:") for mistake in place.mistakes)

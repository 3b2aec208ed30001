"""The finder of typed numbers: finds each kind, and leaves quotes, code and mathematics alone."""

import pytest

from figpress.pages.prose import load_structural, typed_numerals


def tokens(text, structural=()):
    return [numeral.text for numeral in typed_numerals(text, "page.md", structural)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It arrives after 10 steps.", ["10"]),
        ("It arrives after ten steps.", ["ten"]),
        ("Ten steps, then half of it; 3.5% more.", ["Ten", "half", "3.5%"]),
        ("A drop of −0.4 and ½.", ["−0.4", "½"]),
        ("It ends at $4.5$ or $w = 12$.", ["4.5", "12"]),
        ("# After 3 steps\n", ["3"]),
        ("A step of .5, a tenth or ⅕ of it, in dozens.", [".5", "tenth", "⅕", "dozens"]),
        ("One ` here.\n\nAfter 10 steps.\n\nAnother ` there.", ["10"]),
        ("Where a <b is.\n\nAfter 10 steps a> b.", ["10"]),
        ("---\ntitle: After 3 steps\ndate: 2020\n---\nand 4\n", ["3", "4"]),
        ("[after 7 steps](page.md)", ["7"]),
    ],
)
def test_finds_typed_numbers(text, found):
    assert tokens(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "It arrives after [[walk.steps:words]] steps from [[given.w0]].",
        "L1 and L2, `w = 5`, zero and one.",
        "$w^2 + 2 \\lambda w + \\tfrac12 w^2 + \\frac{1}{2}$ and $w = [[given.w0]]$",
        "/// equation | 3.1\n    function: f\n\nw = 5 w\n///\n",
        "```python\nw = 5\n```\n",
        '<claim id="arrives-after-10">It arrives.</claim>',
        "[link](page2.md#eq-3.1) and https://example.org/159379",
        "---\nhide: [toc]\ndate: 2020-10-10\ntitle: '[[walk.steps]] steps'\n---\ntext",
        "1. first item\n2. next item",
        "/// figure | walk_l1\ncaption\n///",
        "text { #id-10 }",
    ],
)
def test_leaves_the_rest_alone(text):
    assert tokens(text) == []


def test_says_where():
    [numeral] = typed_numerals("---\ntitle: t\n---\n\nfirst\n\nafter ten steps", "docs/page.md")
    assert (numeral.path, numeral.line) == ("docs/page.md", 7) and "after ten steps" in str(numeral)


def test_structural_phrases_need_a_reason(tmp_path):
    path = tmp_path / "structural.toml"
    path.write_text('[structural]\n"(the )?two penalties" = "the subject of the site"\n')
    assert tokens("The two penalties take two steps.", load_structural(path)) == ["two"]
    path.write_text('[structural]\n"two penalties" = ""\n')
    with pytest.raises(ValueError, match="reason"):
        load_structural(path)
    assert load_structural(tmp_path / "missing.toml") == ()
    for content, said in (
        (b"structural = 3", "must be a table of phrases, each with its reason, got 3"),
        (b"\xe9", "UTF-8"),
    ):
        path.write_bytes(content)
        with pytest.raises(ValueError, match=f"structural.toml: .*{said}"):
            load_structural(path)

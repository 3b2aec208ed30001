"""The page of a notebook keeps text, code, outputs and drawings, and none of the bulk."""

import base64
from pathlib import Path

from figpress.drawing.style import load_style
from figpress.pages.notebook_page import slim

STYLE = load_style(Path(__file__).parents[2] / "figures" / "style.toml")
SVG = (
    '<?xml version="1.0"?><svg width="9pt" viewBox="0 0 9 9"><defs><clipPath id="c"><rect/></clipPath></defs>'
    '<path clip-path="url(#c)" style="stroke: #c2410c"/></svg>'
)


def page(body: str) -> str:
    return (
        '<style>body{color:red}</style><script>alert(1)</script><!-- note --><div class="jupyter-wrapper"><div class="jp-Cell jp-MarkdownCell">'
        '<div class="jp-InputPrompt">In [1]:</div><h2 id="how">How?<a class="anchor-link" href="#how">¶</a></h2></div>'
        + body
        + "</div>"
    )


def slimmed(body: str) -> str:
    return slim(page(body), lambda latex: f"<math>{latex}</math>", STYLE)


def test_bulk_goes_and_text_stays():
    content = slimmed("<p>Some <em>text</em>.</p>")
    assert all(word not in content for word in ("style>", "script", "note", "jp-", "In [1]", "div"))
    assert (
        '<h2 id="how">How?<a class="headerlink" href="#how" title="Permanent link">¶</a></h2>' in content
        and "<em>text</em>" in content
    )


def test_text_beside_a_formula_stays_text():
    content = slimmed("<p>a &lt;b and $w^2$; &lt;script&gt;alert(1)&lt;/script&gt; &amp;c</p>")
    assert "<p>a &lt;b and <math>w^2</math>; &lt;script&gt;alert(1)&lt;/script&gt; &amp;c</p>" in content


def test_code_and_outputs_keep_their_place_and_blank_lines():
    content = slimmed(
        '<div class="jp-Cell jp-CodeCell"><div class="jp-Cell jp-CodeCell"><div class="highlight-ipynb hl-python"><pre>a = 1\n\nb = 2</pre></div>'
        '<div class="clipboard-copy-txt">a = 1</div><div class="jp-OutputArea-output"><pre>3</pre></div></div></div>'
    )
    assert content.count('class="fp-cell"') == 1 and content.count("a = 1") == 1
    assert (
        '<div class="highlight"><pre tabindex="0">a = 1\n\nb = 2</pre></div>' in content
        and '<div class="fp-output"><pre>3</pre></div>' in content
    )


def test_formulas_are_set_in_text_and_not_in_code():
    content = slimmed("<p>With $w^2$ it costs $5.</p><pre>$x$</pre>")
    assert "<math>w^2</math> it costs $5." in content and "<pre>$x$</pre>" in content


def test_drawings_join_the_page_and_follow_the_scheme():
    data = base64.b64encode(SVG.encode()).decode()
    content = slimmed(f'<div class="jp-OutputArea-output"><img src="data:image/svg+xml;base64,{data}"></div>')
    assert 'viewBox="0 0 9 9"' in content and "base64" not in content and "clipPath" in content
    assert 'id="output-1-c"' in content and "url(#output-1-c)" in content and "var(--fig-l1, #c2410c)" in content
    assert "How?" in content.split("<desc")[1].split("</desc>")[0]

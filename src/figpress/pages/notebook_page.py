"""The page of a notebook, without the bulk that comes with it: JupyterLab's styles, MathJax, copy buttons, prompts."""

import base64
import html
import re
from collections.abc import Callable, Mapping

from figpress.drawing.inline_svg import inline
from figpress.drawing.style import Style
from figpress.labels import DEFAULTS
from figpress.making.notebook_file import source_of
from figpress.pages.maths import FORMULA

_BULK = "style, script, clipboard-copy, .zeroclipboard-container, .clipboard-copy-txt, .jp-Collapser, .jp-InputPrompt, .jp-OutputPrompt"
_KEPT_CLASSES = {"jp-CodeCell": "fp-cell", "jp-OutputArea-output": "fp-output", "highlight-ipynb": "highlight"}
_SVG = "data:image/svg+xml;base64,"
_PLACE = "\ufdd0{}\ufdd1"
_FORMULA = re.compile(FORMULA)


def as_markdown(notebook: dict, style: Style, labels: Mapping[str, str] = DEFAULTS) -> str:
    """An executed notebook as Markdown, for generators that read nothing else: its text, code and outputs in their order."""
    parts, heading, drawings = [], "", 0
    for cell in notebook["cells"]:
        text = source_of(cell).strip()
        if cell["cell_type"] == "markdown":
            parts.append(text)
            heading = (re.findall(r"^#+ +(.+)$", text, re.MULTILINE) or [heading])[-1]
        elif cell["cell_type"] == "code":
            outputs = []
            for output in cell["outputs"]:
                shown = output.get("data", {})
                if svg := "".join(shown.get("image/svg+xml", "")):
                    drawings += 1
                    drawing = _drawing(svg, drawings, heading, style, labels)
                    outputs.append(f'<div class="fp-drawing">{drawing}</div>')
                elif written := "".join(output.get("text") or shown.get("text/plain", "")):
                    outputs.append(f"<pre>{html.escape(written.rstrip())}</pre>")
            parts.append(
                f'<div class="fp-cell" markdown="1">\n\n```python\n{text}\n```\n\n'
                + "".join(f'<div class="fp-output">{output}</div>\n\n' for output in outputs)
                + "</div>"
            )
    return "\n\n".join(parts) + "\n"


def notebook_link(address: str, labels: Mapping[str, str]) -> str:
    """Where a notebook can be had, below its page."""
    return f'<p class="fp-links"><a href="{html.escape(address)}" download>{html.escape(labels["notebook"])}</a></p>\n'


def _drawing(svg: str, number: int, heading: str, style: Style, labels: Mapping[str, str]) -> str:
    # A thousandth of a point is finer than any screen.
    svg = re.sub(r"(\.\d{3})\d+", r"\1", svg)
    title = heading or labels["output"]
    return inline(svg, f"output-{number}", title, labels["output_described"].format(heading=title), style)


def slim(content: str, formula: Callable[[str], str], style: Style, labels: Mapping[str, str] = DEFAULTS) -> str:
    """Keep headings, text, code and outputs of a notebook's HTML, in the site's own look; set its formulas.

    ``formula`` turns LaTeX into MathML. Drawings become part of the page, in colours of ``style`` that follow the scheme.
    """
    # Importing it takes a tenth of a second, which builds without notebooks need not spend.
    from bs4 import BeautifulSoup, Comment

    soup = BeautifulSoup(content, "html.parser")
    for element in soup.select(_BULK):
        element.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for heading in soup.select("a.anchor-link"):
        heading["class"] = "headerlink"
        heading["title"] = labels["permanent_link"]
    for code in soup.select(".highlight-ipynb pre"):
        # Long lines are scrolled, by keyboard as well.
        code["tabindex"] = "0"
    for text in soup.find_all(string=_FORMULA):
        if not text.find_parent(["code", "pre"]):
            # What stands between the formulas (every second part) is text, and stays so whatever characters it has.
            parts = [
                formula(part) if number % 2 else html.escape(part, quote=False)
                for number, part in enumerate(_FORMULA.split(text))
            ]
            text.replace_with(BeautifulSoup("".join(parts), "html.parser"))
    for element in soup.select("div"):
        classes = [_KEPT_CLASSES[name] for name in element.get("class", ()) if name in _KEPT_CLASSES]
        # mkdocs-jupyter wraps a code cell in a cell of the same class.
        if classes and not (classes == ["fp-cell"] and element.find_parent(class_="fp-cell")):
            element.attrs = {"class": classes}
        else:
            element.unwrap()
    drawings: list[str] = []
    for number, image in enumerate(soup.select(f'img[src^="{_SVG}"]'), 1):
        heading = image.find_previous(["h1", "h2", "h3"])
        title = heading.get_text().removesuffix("¶").strip() if heading else ""
        svg = base64.b64decode(image["src"].removeprefix(_SVG)).decode()
        drawings.append(_drawing(svg, number, title, style, labels))
        image.replace_with(_PLACE.format(number))
    # Code keeps its blank lines.
    parts = re.split(r"(<pre.*?</pre>)", str(soup), flags=re.DOTALL)
    page = (
        "".join(part if part.startswith("<pre") else re.sub(r"\n\s*\n+", "\n", part) for part in parts).strip() + "\n"
    )
    # Put in last: the parser would write the names of SVG's attributes in lower case.
    for number, drawing in enumerate(drawings, 1):
        page = page.replace(_PLACE.format(number), f'<div class="fp-drawing">{drawing}</div>')
    return page

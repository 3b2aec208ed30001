"""The words that the press writes on pages: all from one table, in which a project may have others; and its fonts likewise."""

import base64
import datetime
import re
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import pytest
from bs4 import BeautifulSoup

from figpress.checking.report import Report
from figpress.checking.verdicts import Verdict
from figpress.drawing.style import applied, load_style
from figpress.drawing.typefaces import TEXT, brought
from figpress.labels import DEFAULTS, IN_SCRIPTS, labels, written_day
from figpress.live.bundle import DOWNLOAD, runtime
from figpress.live.compiled import CompiledFigure
from figpress.pages.assets import STYLESHEET, assets
from figpress.pages.citation import bibtex
from figpress.pages.embedded import embedded
from figpress.project import DEFAULT_STYLE, find_project
from tests.figpress.test_markdown import rendered, site

PRESS = Path(__file__).parents[2] / "src/figpress"


def _marked(name):
    """A label in no language: its name in capitals, and its places."""
    return " ".join([f"«{name.upper()}»", *re.findall(r"\{\w+\}", DEFAULTS[name])])


OTHERS = labels({name: _marked(name) for name in DEFAULTS if name != "months"} | {"months": "I " * 12}, "here")


def test_a_project_has_its_own_words_and_defaults_for_the_rest():
    own = labels({"reset": "Zurück auf Anfang", "numbers": "{count} Zahlen"}, "here")
    assert own["reset"] == "Zurück auf Anfang" and own["play"] == DEFAULTS["play"]
    german = labels(
        {"day": "{day}. {month} {year}", "months": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez"}, "here"
    )
    assert written_day(datetime.date(2026, 3, 5), german) == "5. Mär 2026"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('resett = "x"', "tool.figpress.labels has no 'resett'; there are: code_and_files, script, "),
        ("reset = 1", "tool.figpress.labels.reset must be a text, got 1"),
        (
            'numbers = "{n} Zahlen"',
            r"tool.figpress.labels.numbers has a place that there is not: .*; there are: \{count\}",
        ),
        ('reset = "{"', "labels.reset has a place that there is not: .*; there are: none"),
        ('months = "January"', "labels.months must be twelve words, got 'January'"),
        (
            'number_words = "null,, zwei"',
            "labels.number_words must be words with commas between them, got 'null,, zwei'",
        ),
    ],
)
def test_labels_that_there_are_not_are_refused_in_words(tmp_path, written, said):
    (tmp_path / "pyproject.toml").write_text(f"[tool.figpress.labels]\n{written}\n")
    with pytest.raises(ValueError, match=said):
        find_project(tmp_path)


@pytest.mark.parametrize(("written", "shown"), [("steps", "zehn"), ("all", "1,077")])
def test_numbers_have_words_of_their_own_as_far_as_they_go(written, shown):
    own = labels({"number_words": "null, eins, zwei, drei, vier, fünf, sechs, sieben, acht, neun, zehn"}, "here")
    place = site(labels=own)
    place.figures["walk"].facts["all"] = 1077
    assert f">{shown}<" in rendered(f"[[walk.{written}:words]]", place)
    assert f">{shown.capitalize()}<" in rendered(f"[[walk.{written}:Words]]", place)
    assert ">ten<" in rendered("[[walk.steps:words]]", site())


def test_the_scripts_take_all_their_words_from_the_table():
    script = (PRESS / "live/live.js").read_text(encoding="utf-8")
    asked = {name for words in re.findall(r"\bword\(([^,)]*)", script) for name in re.findall(r'"(\w+)"', words)}
    assert asked == set(IN_SCRIPTS) <= set(DEFAULTS)
    assert '"reset":' not in runtime(OTHERS) and '"pause":"«PAUSE»"' in runtime(OTHERS)
    # Words of a language are several with spaces between them; what is left are selectors, commands and a drawing's file.
    for name in ("live", "elsewhere", "picks"):
        code = re.sub(r"//.*", "", (PRESS / f"live/{name}.js").read_text(encoding="utf-8"))
        texts = re.findall(r'"((?:[^"\\]|\\.)*)"', code)
        assert not [
            text for text in texts if re.search(r"[A-Za-z]{2,} [a-z]{2,}|^[A-Z][a-z]+( |$)", text) and text not in CODE
        ]


CODE = {"use strict", ".fp-drawing svg", ":scope > path"}


def _words(html):
    """All that a page says, by eye or ear."""
    soup = BeautifulSoup(html, "html.parser")
    heard = [
        element[name]
        for name in ("title", "aria-label", "aria-valuetext", "alt")
        for element in soup.select(f"[{name}]")
    ]
    return " ".join([soup.get_text(" "), *heard])


LIVE = CompiledFigure(
    controls=["eta"], play="eta", ask="?", verdict="steps", elsewhere=["eta", [{"name": "η", "factor": 2}]]
)
RANGE = {"symbol": "", "label": "η", "unit": "", "open_low": False, "scale": "linear", "low": -9, "high": 9, "step": 1}


@pytest.fixture
def place():
    """A site of a live figure, a page of functions that it calls, an equation, a claim and a yes."""
    from figpress.pages.site_content import SiteContent

    tests = [SimpleNamespace(path="tests/t.py", line=k, name=f"test_{k}", uses={"m"}) for k in range(9)]
    found = site(labels=OTHERS, api_pages={"m": "api/m.html"}, shown_figures={"walk": ["page.html"]})
    definition = SimpleNamespace(path="src/m.py", line=7, bare="def f():\n    return 1", name="m.f")
    figure = found.figures["walk"]
    figure.live, figure.functions = LIVE, ["m.f", "m.g"]
    figure.title = figure.description = "5"
    figure.parameters = [{"name": "eta", "default": -1, **RANGE}]
    figure.facts |= {"yes": True, "nothing": None}
    found.content = SiteContent({"m.f": definition}, {"it-arrives": tests[0]}, {"f": tests})
    return found


def test_a_page_in_other_words_has_none_of_the_defaults(place):
    shown = rendered(
        '/// figure | walk\n[[walk.yes]] [[walk.nothing]]\n///\n\n/// gallery\n///\n\n<claim id="it-arrives">1</claim>\n\n'
        "/// equation | 1\n    function: m.f\n\nw\n///\n",
        place,
    )
    alone = embedded(place, place.figures["walk"], load_style(DEFAULT_STYLE), "7")
    ticks = {"otherwise": ("«»", "«»")}
    report = Report(ticks, {"a": Verdict(decorators=(), runs=1)}, "«»", OTHERS)
    marks = "".join(f"<a {report.mark(claim, '1')}</a>" for claim in "ab")
    foot = report.line(1, 2, "ab") + report.line(3, 1, "a")
    said = " ".join([*map(_words, (shown, alone, marks, foot)), bibtex({"version": "1"}, "a", "1", "2", "", OTHERS)])
    for name in sorted(DEFAULTS.keys() - NOT_ON_SUCH_A_PAGE):
        assert f"«{name.upper()}»" in said or f'lang="«{name.upper()}»"' in alone, name
    # What is left are names: of files, functions, figures and formats.
    others = set(
        re.findall(r"[^\W\d_]{3,}", re.sub(r"«\w*»|@misc\{.*|howpublished|python\s+\S+(\s+--output\s+\S+)?", " ", said))
    )
    assert others <= {"SVG", "PNG", "PDF", "CSV", "src", "return", "def", "title"}


NOT_ON_SUCH_A_PAGE = {
    *set(IN_SCRIPTS) - {"play", "minus", "yes", "none"},
    *("at_commit", "changes_since", "for_version", "when_built", "day", "months", "used_by_figures"),
    *("its_code", "used_by_tests", "notebook", "output", "output_described", "permanent_link", "search"),
}
"""What is left to scripts, or said of a commit, of a notebook, on a page of functions and in the theme's frame."""


# Fonts.

DEJAVU = Path(matplotlib.get_data_path()) / "fonts/ttf"
FONTS = {
    "family": "DejaVu Sans",
    "regular": DEJAVU / "DejaVuSans.ttf",
    "semibold": DEJAVU / "DejaVuSans-Bold.ttf",
    "italic": DEJAVU / "DejaVuSans-Oblique.ttf",
    "maths_family": "Ours",
    "maths": brought().maths,
}


@pytest.fixture
def style(tmp_path):
    """Writes the press's own style with other fonts, and reads it."""

    def read(**fonts):
        table = "".join(f'{name} = "{value}"\n' for name, value in fonts.items())
        text = re.sub(r'"font.family" = .*\n', "", DEFAULT_STYLE.read_text(encoding="utf-8"))
        file = tmp_path / "style.toml"
        file.write_text(f"{text}\n[fonts]\n{table}", encoding="utf-8")
        return load_style(file)

    return read


def test_a_style_may_have_fonts_of_its_own(style):
    own, other = style(**FONTS), style()
    with applied(own):
        assert matplotlib.rcParams["font.family"] == ["DejaVu Sans"]
    files = assets(own, {cut: cut.encode() for cut in TEXT})
    sheet = files[STYLESHEET]
    assert "Source Sans" not in sheet and "STIX" not in sheet
    assert '--md-text-font: "DejaVu Sans"; --fp-maths-font: "Ours"' in sheet and 'url("fonts/maths.woff2")' in sheet
    # Whoever takes away what is seen has them in the file.
    assert '"family": "DejaVu Sans"' in files[DOWNLOAD] and base64.b64encode(b"semibold").decode() in files[DOWNLOAD]
    assert other.fonts == brought() and own.fonts.state != other.fonts.state


def test_another_font_in_the_same_file_is_seen_by_a_process_that_has_read_the_first(style, tmp_path):
    file = tmp_path / "mine.ttf"
    states = []
    for cut in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        file.write_bytes((DEJAVU / cut).read_bytes())
        states.append(style(**FONTS | {"regular": file}).fonts.state)
    assert states[0] != states[1]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"bold": "a.ttf"},
            r"\[fonts\] has no 'bold'; there are: family, regular, semibold, italic, maths_family, maths",
        ),
        ({"italic": None}, r"\[fonts\] needs all of family, regular, semibold, italic together: italic is missing"),
        ({"italic": "none.ttf"}, r"\[fonts\] italic: there is no file .*none.ttf"),
        ({"family": ""}, r"\[fonts\] family must be a text, got ''"),
        ({"maths_family": None}, "maths_family is missing"),
    ],
)
def test_fonts_that_there_are_not_are_refused_in_words(style, changes, said):
    with pytest.raises(ValueError, match=said):
        style(**{name: value for name, value in (FONTS | changes).items() if value is not None})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"family": "Deja View"}, r"\[fonts\] regular: .* is a font of 'DejaVu Sans', not of 'Deja View'"),
        ({"regular": __file__}, r"\[fonts\] regular: .* is no font"),
    ],
)
def test_a_file_that_is_not_the_font_it_is_said_to_be_is_refused_in_words(style, changes, said):
    with pytest.raises(ValueError, match=said), applied(style(**(FONTS | changes))):
        pass

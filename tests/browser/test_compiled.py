"""What is compiled for the page returns in Chromium what Python returns."""

import importlib
import itertools
import json
import math
import os
import random
import re
import struct
from collections.abc import Sequence

import pytest

from figpress import shown_number
from figpress.drawing import render
from figpress.drawing.style import applied, load_style
from figpress.figure import computing
from figpress.figure.parameters import Text, slider_position, slider_value
from figpress.live.artists import with_ghosts
from figpress.live.bundle import runtime
from figpress.live.program import Program
from figpress.live.scales import axes_and_artists
from figpress.project import find_project
from tests.browser import language
from tests.browser.conftest import ROOT, live_names
from tests.conftest import nightly
from tests.figures.test_read_off import FITS, pasted

SETS = int(os.environ.get("PARITY_SETS", 250 if nightly() else 100))
"""How many sets of parameters each figure is computed with; ``PARITY_SETS=1000`` takes minutes more."""
RELATIVE = 1e-12
"""For sines, powers and their like, which each library rounds in its own way; sums of a few of them stay below."""

_ENCODE = """
function encode(v) {
  if (typeof v === "number") return Object.is(v, -0) ? {"#": "-0.0"} : v - v !== 0 ? {"#": String(v)} : v;
  if (Array.isArray(v)) return v.map(encode);
  if (v && typeof v === "object") return Object.fromEntries(Object.entries(v).map(([k, item]) => [k, encode(item)]));
  return v === undefined ? null : v;
}
"""


def decoded(value):
    """Undo the page's encoding of what JSON has no form for."""
    if isinstance(value, dict):
        return float(value["#"]) if "#" in value else {key: decoded(item) for key, item in value.items()}
    return [decoded(item) for item in value] if isinstance(value, list) else value


def difference(python, page, exact: bool, path: str = "") -> str | None:
    """Where two results differ; None where they agree."""
    if isinstance(python, dict):
        if not isinstance(page, dict) or list(python) != list(page):
            return f"{path}: {python!r} in Python, {page!r} on the page"
        return next(filter(None, (difference(python[k], page[k], exact, f"{path}.{k}") for k in python)), None)
    if isinstance(python, list | tuple):
        if not isinstance(page, list) or len(python) != len(page):
            return f"{path}: {python!r} in Python, {page!r} on the page"
        return next(
            filter(
                None,
                (difference(a, b, exact, f"{path}.{i}") for i, (a, b) in enumerate(zip(python, page, strict=True))),
            ),
            None,
        )
    if isinstance(python, float) and isinstance(page, int | float) and not isinstance(page, bool):
        same = struct.pack("d", python) == struct.pack("d", page) or math.isnan(python) and math.isnan(page)
        if same or not exact and math.isclose(python, page, rel_tol=RELATIVE, abs_tol=RELATIVE):
            return None
    elif python == page and isinstance(python, bool) == isinstance(page, bool):
        return None
    return f"{path}: {python!r} in Python, {page!r} on the page"


@pytest.fixture(scope="module")
def page(chromium):
    """An empty page with the script that live figures share."""
    page = chromium.new_page()
    page.add_script_tag(content=runtime())
    page.add_script_tag(content=_ENCODE)
    yield page
    page.close()


def run(page, expression: str, arguments: list) -> list:
    """Call a function of the page with each list of arguments; an error is a text that starts with its name."""
    script = f"""arguments => JSON.stringify(arguments.map(list => {{
        try {{ return encode(({expression})(...list)); }} catch (e) {{ return {{error: e.name}}; }}
    }}))"""
    return decoded(json.loads(page.evaluate(script, arguments)))


@pytest.mark.parametrize(("function", "calls"), language.CASES, ids=lambda x: getattr(x, "__name__", ""))
def test_the_language_means_the_same(page, function, calls):
    program = Program(ROOT)
    name = program.add(function)
    helpers = "".join(f"var {helper} = figpress.python.{helper[3:]};" for helper in program.helpers)
    results = run(
        page, f"(function () {{ {helpers} {program.script}; return {name}; }})()", [list(call) for call in calls]
    )
    for call, result in zip(calls, results, strict=True):
        try:
            expected = computing.plain(function(*[list(a) if isinstance(a, list) else a for a in call]))
        except (ValueError, ArithmeticError, LookupError) as error:
            expected = {"error": type(error).__name__}
        assert difference(expected, result, exact=program.exact) is None, call


def _floats(count: int) -> list[float]:
    """Numbers of all sizes, with many that lie half-way between two that can be written."""
    source = random.Random(7)
    found = [
        0.0,
        -0.0,
        5e-324,
        1.7976931348623157e308,
        1e21,
        123456789012345680000.0,
        0.5,
        1.5,
        2.5,
        0.125,
        9.5,
        9.995,
        99.5,
        0.05,
        999999.5,
    ]
    for _ in range(count):
        found.append(source.choice((1, -1)) * source.randrange(1, 4000) / 2 ** source.randrange(0, 12))
        found.append(source.uniform(-1, 1) * 10.0 ** source.randrange(-30, 30))
        found.append(round(source.uniform(-100, 100), source.randrange(0, 5)))
    return found


@pytest.mark.parametrize(
    "spec",
    [
        ".0f",
        ".1f",
        ".2f",
        ".3f",
        ".6f",
        ".17f",
        ".0e",
        ".1e",
        ".4e",
        ".1g",
        ".2g",
        ".3g",
        ".4g",
        ".6g",
        ".17g",
        ".0%",
        ".1%",
        "+.2f",
        ",.2f",
        "+,.1f",
    ],
)
def test_numbers_are_written_as_python_writes_them(page, spec):
    numbers = _floats(400)
    written = run(page, "figpress.python.format", [[number, spec] for number in numbers])
    assert [(n, w) for n, w in zip(numbers, written, strict=True)] == [(n, format(n, spec)) for n in numbers]


@pytest.mark.parametrize("form", ["words", "Words", "fraction", "sci", "sci3", ".6g", "d", ","])
def test_quoted_numbers_are_written_as_on_the_page(page, form):
    whole = form in ("words", "Words", "d", ",")
    numbers = (
        list(range(-3, 130)) + [12345678]
        if whole
        else [0.5, 0.25, 1.5, 2.5, 0.75]
        if form == "fraction"
        else _floats(100)
    )
    expected = [shown_number(number, form) for number in numbers]
    assert run(page, "figpress.shown", [[number, form] for number in numbers]) == expected


def test_quoted_numbers_have_words_of_another_language(page):
    own = ["null", "eins", "zwei"]
    numbers = [-1, 0, 1, 2, 3]
    expected = [shown_number(number, "Words", own) for number in numbers]
    assert expected == ["\u22121", "Null", "Eins", "Zwei", "3"]
    assert run(page, "figpress.shown", [[number, "Words", own] for number in numbers]) == expected


@pytest.mark.parametrize("scale", ["log", "reciprocal"])
def test_sliders_stand_for_the_same_values(page, scale):
    """And every stop of a slider is a value that stands at that stop."""
    ends = (-3, 5) if scale == "log" else (-1, 1)
    positions = [float(f"{ends[0] + k * 0.01:.10g}") for k in range(round((ends[1] - ends[0]) / 0.01) + 1)]
    values = [slider_value(position, scale) for position in positions]
    assert run(page, "figpress.valueAt", [[position, scale] for position in positions]) == values
    back = run(page, "figpress.position", [[value, scale] for value in values])
    assert back == pytest.approx([slider_position(value, scale) for value in values], rel=1e-12, abs=1e-12)
    assert back == pytest.approx(positions, abs=0.0005)


def test_a_number_without_that_form_is_refused_alike(page):
    assert run(page, "figpress.shown", [[0.3, "fraction"], [0.5, "words"]]) == [{"error": "ValueError"}] * 2
    for arguments in ((0.3, "fraction"), (0.5, "words")):
        with pytest.raises(ValueError):
            shown_number(*arguments)


# The figures themselves


@pytest.fixture(scope="module")
def figure(request, page, results):
    """One live figure: its module's functions, and the compiled ones on the page."""
    name = request.param
    made = computing.figure_module(importlib.import_module(f"figures.{name}"))
    compiled = results[name].live
    page.add_script_tag(content=compiled.script)
    return made, compiled


def each_live_figure(function):
    return pytest.mark.parametrize("figure", live_names(), indirect=True)(function)


def candidates(parameter) -> list:
    """Values of one parameter that are worth a try: ends, default, 0, and neighbours of these."""
    domain = parameter.domain
    if hasattr(domain, "options"):
        return list(domain.options)
    if isinstance(domain, Text):
        lines = parameter.default.split("\n")
        return [parameter.default, "\n".join(reversed(lines)), parameter.default.replace(", ", "\t") + "\n"]
    low = math.nextafter(domain.low, math.inf) if domain.open_low else domain.low
    found = [low, domain.high, parameter.default, *([0] if low <= 0 <= domain.high else [])]
    if parameter.type is int:
        return [*found, parameter.default + 1 if parameter.default < domain.high else parameter.default - 1]
    near = [math.nextafter(value, goal) for value in found for goal in (low, domain.high) if value < math.inf]
    return [float(value) for value in [*found, *near]]


def parameter_sets(figure, count: int = SETS, fixed: Sequence[str] = ()) -> list[dict]:
    """More than ``count`` sets: the default, corners, then at random on and off the sliders' grains; none of those ``fixed``."""
    source = random.Random(figure.name)
    parameters = [p for p in figure.parameters if p.name not in fixed]
    sets = [{p.name: p.default for p in parameters}]
    edges = [candidates(p) for p in parameters]
    corners = list(itertools.product(*(edge[:3] for edge in edges)))
    for corner in source.sample(corners, min(len(corners), count // 4)):
        sets.append(dict(zip((p.name for p in parameters), corner, strict=True)))
    while len(sets) < count + 1:
        sets.append({p.name: _drawn(source, p, edge) for p, edge in zip(parameters, edges, strict=True)})
    return sets


def _drawn(source, parameter, edge):
    kind = source.random()
    if isinstance(parameter.domain, Text):
        return _with_other_numbers(source, parameter.default)
    if hasattr(parameter.domain, "options") or kind < 0.2:
        return source.choice(edge)
    domain = parameter.domain
    if parameter.type is int:
        return source.randint(domain.low, domain.high)
    low, high = (slider_position(end, domain.scale) for end in (domain.low, domain.high))
    if domain.step and kind < 0.7:
        # As a slider gives it: the nearest decimal.
        return domain.stop(source.randrange(1, round((high - low) / domain.step) + 1))
    position = source.uniform(math.nextafter(low, high), high)
    if domain.scale == "linear":
        return position
    # Typed: with all digits.
    value = 10**position if domain.scale == "log" else 1 / (1 - position) if position < 1 else math.inf
    return min(max(value, domain.low), domain.high)


def _with_other_numbers(source, text: str) -> str:
    """As many numbers as in the text, some of them others, and some in another form."""
    other = source.choice([0, 0.02, 0.3])

    def drawn(number):
        if source.random() < other:
            return source.choice(["0", "-0", "1e-3", f"{source.uniform(-3, 3):.3g}", f"{source.gauss(0, 1)!r}"])
        return number[0]

    return re.sub(r"[^\s,]+", drawn, text)


@each_live_figure
def test_figures_compute_on_the_page_what_python_computes(page, figure):
    made, compiled = figure
    sets = parameter_sets(made, fixed=compiled.fixed)
    assert len(sets) >= SETS
    results = run(
        page,
        f"""parameters => {{
        const live = figpress.live.{made.name}, data = live.data(parameters), facts = live.facts(data);
        return {{data, facts, description: live.describe(data, facts)}};
    }}""",
        [[one] for one in sets],
    )
    for one, result in zip(sets, results, strict=True):
        computed = computing.compute(made, one)
        expected = {
            "data": computing.plain(computed.data),
            "facts": computing.plain(computed.facts),
            "description": computed.description,
        }
        found = difference(expected, result, compiled.exact)
        assert found is None, f"{one}: {found}"


@pytest.mark.parametrize("figure", ["read_off"], indirect=True)
def test_fits_of_all_kinds_are_read_alike_on_the_page(page, figure):
    """And what cannot be read is refused in the same words."""
    made, compiled = figure
    assert compiled.exact
    sets = [pasted(*fit, times=times) for fit in FITS.values() for times in (1.0, 1.001)]
    texts = [
        "",
        "1",
        "1 2 3",
        "1,2\n3",
        "1e999 2",
        "x,y\n1,2",
        "1,,2\n-1,-2",
        ".",
        "1e",
        "0x10 1",
        "1_0 1",
        "inf nan",
        "é 1",
    ]
    sets += [{"rows": one, "weights": other, "times": 1.0} for one in texts for other in texts]
    results = run(
        page,
        """parameters => {
        const live = figpress.live.read_off;
        try { const data = live.data(parameters); return {data, facts: live.facts(data)}; }
        catch (error) { return {refused: error.name === "ValueError" && error.message}; }
    }""",
        [[one] for one in sets],
    )
    for one, result in zip(sets, results, strict=True):
        try:
            computed = computing.compute(made, one)
            expected = {"data": computing.plain(computed.data), "facts": computing.plain(computed.facts)}
        except ValueError as error:
            expected = {"refused": str(error)}
        assert difference(expected, result, exact=True) is None, one


@each_live_figure
def test_axes_and_ticks_do_not_depend_on_parameters(figure):
    made, compiled = figure
    style = load_style(find_project(ROOT).style)
    for one in parameter_sets(made, 5 if nightly() else 2)[1:]:
        data = computing.compute(made, one).data
        with applied(style):
            canvas = render.drawn(made, with_ghosts(data), style)
            render.recorded(canvas)
            places, artists = axes_and_artists(canvas, data)
        assert places == compiled.axes, one
        assert {key: artist["kind"] for key, artist in artists.items()} == {
            k: a["kind"] for k, a in compiled.artists.items()
        }

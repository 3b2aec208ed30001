"""What is refused when a figure is made live, and what the page's own scripts may not hold."""

import importlib.util
import math
import re
import shutil
import textwrap
from dataclasses import replace as replaced
from importlib import resources
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from figpress import Choice, Live, Range, Text, fill, label, plot, precomputed
from figpress.drawing import render
from figpress.figure import computing
from figpress.labels import DEFAULTS
from figpress.live.artists import half_told, hidden, with_ghosts
from figpress.live.bundle import assets, compile_live, runtime
from figpress.live.compiled import CompiledFigure
from figpress.live.expressions import CompileError
from figpress.live.javascript import literal
from figpress.live.markup import markup_above, markup_below, markup_beside, markup_folded, scripts
from figpress.live.program import Program
from figpress.live.scales import axes_and_artists, scaled
from figpress.making.result import FigureError
from tests.figpress.conftest import FILES, press_of, replace, write

RUNTIME = resources.files("figpress.live")


def module_of(folder: Path, text: str, name: str = "toy"):
    file = folder / f"{name}.py"
    file.write_text(textwrap.dedent(text), encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFUSED = {
    "return sum(x)": "newer versions of Python add floats",
    "return np.sqrt(x)": "np.sqrt",
    "return np.pi * LARGE": "beyond the whole numbers",
    "return [f for f in x if isinstance(f, int)]": "isinstance() is not part",
    "return x.sort()": "the method sort()",
    "return x.real": "attributes are for modules",
    "return unknown + 1": "unknown is not known",
    "return f'{x!r}'": "!r",
    "return f'{x:>10}'": "the format '>10'",
    "return lambda y: y": "lambda",
    "return {1: x}": "only texts can be keys",
    "return {a for a in x}": "a set",
    "return {a: 1 for a in x}": "a dictionary comprehension",
    "return x[::2]": "slices with a step",
    "return x[1, 2]": "one index at a time",
    "return 'a' + 1": "cannot be added",
    "return [1] - x": "this operator is for numbers",
    "return [1] < [2]": "lists cannot be put in order",
    "return x is True": "`is` is for None",
    "return x @ x": "the operator MatMult",
    "return helper(x, 1, 2)": "too many positional arguments",
    "return helper(*x)": "without * and **",
    "return helper": "handed on",
    "return sorted(x, key=abs)": "takes no key=",
    "return round(x, 1, 2)": "round() is given 3 arguments",
    "return (y := x)": ":=",
    "a = b = x": "assign one name at a time",
    "a, (b, c) = x": "only plain names can be unpacked",
    "x.y = 1": "assign to a name or to an item",
    "x[1:] = [1]": "assign to a name or to an item",
    "y = x.append(1)": "the method append()",
    "return max(*x)": "* is not part",
    "return dict(x)": "dict() is not part",
    "return math.log(x, 2)": "log() is given 2 arguments",
    "return f'{x / 2}'": "x / 2 is a float and needs a format",
    "return str(math.sqrt(x))": "math.sqrt(x) is a float and needs a format",
    "print(x)": "a statement without effect",
    "del x": "del",
    "assert x": "assert",
    "import math": "import",
    "raise TypeError('no')": "raise of anything but ValueError",
    "global y": "global",
    "try:\n        return 1\n    finally:\n        pass": "try",
    "with x:\n        pass": "with",
    "def inner():\n        pass": "a function inside a function",
    "for k in x:\n        pass\n    else:\n        pass": "else after a loop",
    "for x.y in x:\n        pass": "only plain names can be unpacked",
}


@pytest.mark.parametrize("body", REFUSED, ids=lambda body: body.split("\n")[0])
def test_what_cannot_be_compiled_is_named_with_its_place_and_a_reason(tmp_path, body):
    module = module_of(
        tmp_path,
        f"import math\n\nimport numpy as np\nLARGE = 2**60\n\n\ndef helper(x, y=1):\n    return x\n\n\ndef f(x):\n    {body}\n",
    )
    with pytest.raises(CompileError) as caught:
        Program(tmp_path).add(module.f)
    assert re.match(r"toy\.py:1\d: f\(\) cannot be compiled: ", str(caught.value))
    assert REFUSED[body] in str(caught.value)


@pytest.mark.parametrize("signature", ["*x", "**x", "x, /", "*, x"])
def test_parameters_are_plain(tmp_path, signature):
    module = module_of(tmp_path, f"def f({signature}):\n    return 1\n")
    with pytest.raises(CompileError, match="plain parameters only"):
        Program(tmp_path).add(module.f)


def test_only_functions_of_their_own_are_compiled(tmp_path):
    module = module_of(tmp_path, "f = lambda x: x\n")
    with pytest.raises(CompileError, match=r"toy\.py:1: <lambda> is no plain function"):
        Program(tmp_path).add(module.f)


def test_all_that_is_called_is_compiled_once_and_said(tmp_path):
    module = module_of(
        tmp_path,
        """
        def a(x):
            return b(x) + b(2)

        def b(x):
            return x * 2

        def unused(x):
            return print(x)
    """,
    )
    program = Program(tmp_path)
    assert program.add(module.a) == program.add(module.a) == "a$"
    assert program.functions == [("toy", "b"), ("toy", "a")]
    assert program.script.count("function b$(") == 1 and "unused" not in program.script


def test_functions_of_one_name_are_kept_apart(tmp_path):
    program = Program(tmp_path)
    names = [program.add(module_of(tmp_path, f"def f(x):\n    return {k}\n", f"module{k}").f) for k in (1, 2)]
    assert names == ["f$", "f$1"] and "return 1" in program.script and "return 2" in program.script


def test_the_script_reads_like_the_function(tmp_path):
    module = module_of(
        tmp_path,
        """
        def steps(w: float, eta, n: int) -> list:
            walk = [w]
            for k in range(n):
                walk.append(walk[k] - eta * (walk[k] - 1) / 2)
            return walk if n > 0 else []

        def told(w: float, n: int) -> str:
            return f"after {n} steps: {steps(w, 0.5, n)[-1]:.3g}"
        """,
    )
    program = Program(tmp_path)
    program.add(module.told)
    assert program.script == textwrap.dedent("""\
        // toy.steps
        function steps$(a, b, c) {
          var d, e;
          e = [a];
          for (d of py_range(c)) {
            e.push(py_at(e, d) - b * (py_at(e, d) - 1) / 2);
          }
          return c > 0 ? e : [];
        }
        // toy.told
        function told$(a, b) {
          return `after ${py_str(b)} steps: ${py_format(py_at(steps$(a, 0.5, b), -1), ".3g")}`;
        }""")
    assert program.helpers == ["py_at", "py_format", "py_range", "py_str"]


@pytest.mark.parametrize(
    ("text", "exact"), [("x + 1 / x", True), ("sqrt(x)", True), ("x ** 2", False), ("exp(x)", False)]
)
def test_whether_results_must_agree_to_the_last_bit_is_found_out(tmp_path, text, exact):
    module = module_of(tmp_path, f"from math import exp, sqrt\n\n\ndef f(x):\n    return {text}\n")
    program = Program(tmp_path)
    program.add(module.f)
    assert program.exact is exact


def test_precomputed_values_are_computed_once_and_plain():
    import numpy as np

    calls = []

    @precomputed
    def path():
        calls.append(1)
        return {"w": np.arange(3) / 2, "n": np.int64(3)}

    assert path() == {"w": [0.0, 0.5, 1.0], "n": 3} and path() is path()
    assert calls == [1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e-7, "1e-07"),
        (-0.0, "-0.0"),
        (float("inf"), "Infinity"),
        (float("nan"), "NaN"),
        (True, "true"),
        (None, "null"),
        ("</script>", '"<\\/script>"'),
        ({"a": (1, 2.5)}, '{"a":[1,2.5]}'),
    ],
)
def test_plain_values_have_a_form_in_the_script(value, text):
    assert literal(value) == text


@pytest.mark.parametrize("value", [{1: 2}, {1}, 2**53 + 1, 1j])
def test_other_values_have_none(value):
    with pytest.raises(ValueError):
        literal(value)


def test_what_all_pages_have_is_not_compiled_once_more(tmp_path):
    text = TOY.replace("import Choice,", "import shown_number, Choice,").replace(
        "it is {{data['w']:.1f}}", "it is {{shown_number(data['w'], '.1f')}}"
    )
    folder = tmp_path / "figures"
    folder.mkdir()
    module = module_of(folder, textwrap.dedent(text).format(live='controls=("w",)', scale="linear"))
    figure = computing.figure_module(module)
    computed, canvas = computing.compute(figure), Figure()
    figure.draw(canvas, computed.data)
    render.save(render.recorded(canvas), "svg")
    script = compile_live(module, canvas, computed, tmp_path).script
    assert 'figpress.shown(py_at(a,"w"),".1f")' in script
    assert "function shown_number" not in script and "figpress.shown=shown_number$" in runtime()


# Drawing and binding


@pytest.fixture
def axes():
    axes = Figure(figsize=(4, 3)).subplots()
    axes.set(xlim=(0, 10), ylim=(-1, 1))
    return axes


DATA = {
    "line": {"x": [1, 2, 3], "y": [0.0, 0.5, -0.5]},
    "area": {"x": [1, 2, 3], "y": [0.0, 0.5, -0.5]},
    "note": {"x": 4, "y": 0.5, "text": "here"},
}


def test_the_helpers_draw_what_the_data_say(axes):
    line, area, note = plot(axes, DATA, "line", color="red"), fill(axes, DATA, "area"), label(axes, DATA, "note", dx=3)
    assert (
        line.get_xydata().tolist() == [[1, 0.0], [2, 0.5], [3, -0.5]]
        and line.get_gid() == "line"
        and line.get_color() == "red"
    )
    assert area.get_path().vertices.tolist() == [[1, 0.0], [2, 0.5], [3, -0.5], [1, 0.0]] and area.get_gid() == "area"
    assert note.get_text() == "here" and note.xy == (4, 0.5) and note.get_gid() == "note"
    _, artists = axes_and_artists(axes.figure, DATA)
    assert {key: artist["kind"] for key, artist in artists.items()} == {"line": "line", "area": "area", "note": "text"}


def test_empty_artists_have_a_stand_in_that_is_hidden(axes):
    data = {"line": {"x": [], "y": []}, "area": {"x": [], "y": []}, "note": {"x": 0, "y": 0, "text": ""}, "other": 1}
    shown = with_ghosts(data)
    plot(axes, shown, "line", marker="o"), fill(axes, shown, "area"), label(axes, shown, "note")
    svg = render.save(render.recorded(axes.figure), "svg", text_as_paths=False).decode()
    _, artists = axes_and_artists(axes.figure, data)
    assert all("middle" in artist for artist in artists.values()) and len(artists) == 3
    inlined = re.sub(r'\bid="', 'id="fig-toy-', svg)
    assert hidden(inlined, "fig-toy", artists).count('visibility="hidden"') == 3
    # Every kind leaves an element that can be moved.
    for key, part in (("line", "<use"), ("area", "<path"), ("note", "<text")):
        assert part in inlined[inlined.index(f'id="fig-toy-{key}"') :].split("</g>")[0]


def test_data_of_which_all_is_drawn_are_left_as_they_are():
    # So a figure that shows all of them is drawn once, for the page and for the files.
    assert with_ghosts(DATA) is DATA
    shown = with_ghosts({**DATA, "missing": {"x": [], "y": []}})
    assert shown["missing"]["ghost"] and all(shown[key] is DATA[key] for key in DATA)


def test_nothing_is_drawn_of_empty_artists_in_files(axes):
    data = {"line": {"x": [], "y": []}, "area": {"x": [], "y": []}, "note": {"x": 0, "y": 0, "text": ""}}
    plot(axes, data, "line", marker="o"), fill(axes, data, "area"), label(axes, data, "note")
    svg = render.save(render.recorded(axes.figure), "svg", text_as_paths=False).decode()
    assert 'id="note"' not in svg and not re.search(
        r'id="line">.*?<use', svg.split('id="note"')[0].split("</g>")[0], re.DOTALL
    )


@pytest.mark.parametrize(
    ("draw", "reason"),
    [
        (lambda axes: axes.scatter([1], [1], gid="line"), "draw it with plot"),
        (lambda axes: axes.plot([1, 2, 3], [0, 0.5, -0.5], gid="line", drawstyle="steps"), "drawstyle"),
        (lambda axes: axes.plot([1, 2, 4], [0, 0.5, -0.5], gid="line"), "not drawn from the data"),
        (lambda axes: (plot(axes, DATA, "line"), plot(axes, DATA, "line")), "names two artists"),
        (lambda axes: axes.text(1, 1, "a", gid="note", bbox={}), "a box"),
        (lambda axes: label(axes, {"note": {**DATA["note"], "text": "a\nb"}}, "note"), "two lines"),
        (lambda axes: axes.text(1, 1, "a", gid="note", rotation=90), "draw it with label"),
        (lambda axes: (plot(axes, DATA, "line"), axes.autoscale()), "set its limits"),
        (
            lambda axes: (plot(axes, DATA, "line"), axes.set_xscale("logit"), axes.set(xlim=(0.1, 0.9))),
            "linear, log or symlog",
        ),
    ],
)
def test_artists_that_the_page_could_not_move_are_refused(axes, draw, reason):
    draw(axes)
    with pytest.raises(CompileError, match=reason):
        axes_and_artists(axes.figure, DATA)


@pytest.mark.parametrize(
    ("scale", "options"),
    [
        ("linear", {}),
        ("log", {"base": 10}),
        ("log", {"base": 2}),
        ("symlog", {"linthresh": 0.1}),
        ("symlog", {"linthresh": 2, "linscale": 0.5, "base": 2}),
    ],
)
def test_points_are_put_where_matplotlib_puts_them(axes, scale, options):
    axes.set_yscale(scale, **options)
    axes.set_ylim(0.01 if scale == "log" else -100, 100)
    plot(axes, DATA, "line")
    render.save(render.recorded(axes.figure), "svg")
    [places], _ = axes_and_artists(axes.figure, DATA)
    height = axes.figure.get_figheight() * 72
    for value in (0.01, 0.1, 0.5, 2.0, 50.0, *(() if scale == "log" else (-0.05, -3.0, 0.0))):
        x, y = axes.transData.transform((value, value)) / axes.figure.dpi * 72
        assert places["x"]["start"] + places["x"]["slope"] * scaled(value, *places["x"]["scale"]) == pytest.approx(x)
        assert places["y"]["start"] + places["y"]["slope"] * scaled(value, *places["y"]["scale"]) == pytest.approx(
            height - y
        )


TOY = '''
    """A toy."""
    from typing import Annotated

    from figpress import Choice, Live, Range, label, plot

    LIVE = Live({live})


    def data(w: Annotated[float, Range(0, 2, 0.1, symbol="w", label="weight <1>", unit="kg")] = 1.0,
             n: Annotated[int, Range(0, 3, 1)] = 1,
             g: Annotated[float, Range(0, 1)] = 0.5,
             how: Annotated[str, Choice(("a", "b"), label="way")] = "a") -> dict:
        return {{"w": w, "n": n, "point": {{"x": [w], "y": [1.0]}}, "note": {{"x": 1, "y": 1, "text": how}}}}


    def facts(data):
        return {{"answer": f"it is {{data['w']:.1f}}", "w2": 2 * data["w"]}}


    def draw(figure, data):
        axes = figure.subplots()
        axes.set(xlim=(0, 2), ylim=(0, 2), xscale="{scale}")
        plot(axes, data, "point", marker="o")
        label(axes, data, "note")


    def describe(data, facts):
        return facts["answer"]
'''


def compiled(folder, live, scale="linear", weights="Range(0, 2, 0.1"):
    text = textwrap.dedent(TOY).format(live=live, scale=scale).replace("Range(0, 2, 0.1", weights)
    module = module_of(folder, text)
    figure = computing.figure_module(module)
    computed = computing.compute(figure)
    canvas = Figure()
    figure.draw(canvas, computed.data)
    render.save(render.recorded(canvas), "svg")
    return compile_live(module, canvas, computed, folder), figure, computed


@pytest.mark.parametrize(
    ("live", "reason"),
    [
        ('controls=("x",)', "no parameter 'x'"),
        ('controls=("g",)', "the Range of g needs a step"),
        (
            'controls=("w",), play="n"',
            "n is set by play, by dragging, by a click or to begin with, so it needs a control",
        ),
        (
            'controls=("w",), begin={"n": 1}',
            "n is set by play, by dragging, by a click or to begin with, so it needs a control",
        ),
        ('controls=("w",), begin={"w": 3}', "begin: w must be in [0, 2], got 3"),
        ('controls=("w",), pick={"line": ("w", 3)}', "pick: w must be in [0, 2], got 3"),
        ('controls=("w",), pick={"line": ("n", 1)}', "n is set by play, by dragging, by a click or to begin with"),
        ('controls=("w",), rows={"answer": {"w": "gone"}}', "no fact whose rows have gone"),
        ('controls=("n",), elsewhere=("w", list)', "w needs a control"),
        ('controls=("w",), play="w"', "must be a whole number"),
        ('controls=("w",), verdict="w2"', "must be a fact that is a text"),
        ('controls=("w",), ask="?", known={"gone": (0, 1)}', "nothing drawn is named 'gone'"),
        ('controls=("w",), known={"point": (0, 1)}', "what answers waits only where the figure asks"),
        ('controls=("w",), drag={"note": ("w", None)}', "no point drawn with plot"),
        ('controls=("w",), drag={"gone": ("w", None)}', "no point drawn with plot"),
    ],
)
def test_a_declaration_that_does_not_fit_is_refused(tmp_path, live, reason):
    with pytest.raises(CompileError, match=re.escape(reason)):
        compiled(tmp_path, live)


@pytest.mark.parametrize(
    ("scale", "weights"),
    [
        ("symlog", "Range(0, 2, 0.1"),
        ("log", "Range(0, 2, 0.1"),
        ("symlog", 'Range(0.1, 2, 0.1, scale="log"'),
        ("log", 'Range(0.1, 2, 0.1, scale="reciprocal"'),
    ],
)
def test_only_axes_as_even_as_the_slider_can_be_dragged_along(tmp_path, scale, weights):
    with pytest.raises(CompileError, match="needs a linear axis, or one that is logarithmic"):
        compiled(tmp_path, 'controls=("w",), drag={"point": ("w", None)}', scale, weights)


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_a_logarithmic_slider_can_be_dragged_along(tmp_path, scale):
    weights = 'Range(0.1, 2, 0.1, scale="log"'
    result, _, _ = compiled(tmp_path, 'controls=("w",), drag={"point": ("w", None)}', scale, weights)
    assert result.drag == {"point": ["w", None]} and '"scale":"log"' in result.script


def test_a_window_lies_where_its_range_does(tmp_path):
    result, _, _ = compiled(tmp_path, 'controls=("w",), ask="?", known={"point": (0.5, 9.0), "note": (-1.0, 1.5)}')
    place = result.axes[0]["x"]
    at = {x: (place["start"] + place["slope"] * x) / (72 * Figure().get_figwidth()) for x in (0.5, 1.5)}
    # A range that is wider than the sheet keeps nothing back on that side.
    assert result.windows["point"] == pytest.approx((at[0.5], 0)) and 0.2 < at[0.5] < 0.5
    assert result.windows["note"] == pytest.approx((0, 1 - at[1.5]))
    svg = half_told('<g id="fig-a-b"><path/></g><g id="fig-a-bc"></g>', "fig-a", {"b": (0.25, 0.1)})
    assert svg.count("fp-answering") == 1
    assert svg.startswith('<g id="fig-a-b" class="fp-answering" style="--fp-known: inset(0 10.00% 0 25.00%)"><path/>')


def test_modules_without_a_declaration_stay_still(tmp_path):
    module = module_of(tmp_path, '"""Still."""\n')
    assert compile_live(module, None, None, tmp_path) is None


class Page:
    labels = DEFAULTS

    @staticmethod
    def url(address):
        return f"../{address}"


def test_the_markup_has_a_native_control_for_each_parameter(tmp_path):
    result, figure, computed = compiled(
        tmp_path, 'controls=("w", "n", "how"), play="n", ask="What <if>?", verdict="answer"'
    )
    assert sorted(result.functions) == [["toy", "data"], ["toy", "describe"], ["toy", "facts"]] and result.exact

    class Drawn:
        name, script, live, facts = "toy", "figures/toy.py", result, computed.facts
        parameters = [{"name": p.name, "default": p.default, **vars(p.domain)} for p in figure.parameters]

    assert markup_above(Drawn) == '<p class="fp-ask">What &lt;if&gt;?</p>'
    html = markup_below(Page, Drawn)
    for control in (
        '<input type="range" id="fig-toy-set-w" name="w" min="0" max="2" step="0.1" value="1"',
        'aria-label="weight &lt;1&gt;, as a number"',
        '<label for="fig-toy-set-w">',
        ">kg<",
        '<select id="fig-toy-set-how" name="how"',
        "<option selected>a</option>",
        'data-do="step"',
        'data-do="play"',
        'data-do="back"',
        'data-do="reset"',
        'data-do="answer"',
        "it is 1.0",
        "<fieldset disabled>",
    ):
        assert control in html
    assert 'name="g"' not in html
    assert 'data-do="copy"' in markup_beside(Page, Drawn)
    assert "python figures/toy.py</code>" in markup_folded(Page, Drawn) and 'data-do="download"' in markup_folded(
        Page, Drawn
    )
    # Play and what belongs to it come first, next to the drawing; the answer comes last.
    assert (
        html.index('data-do="play"') < html.index('name="w"') < html.index('data-do="answer"') < html.index("it is 1.0")
    )
    told = markup_below(Page, type("Told", (Drawn,), {"live": replaced(result, ask="")}))
    assert "it is 1.0" in told and 'data-do="answer"' not in told


def test_the_live_figures_of_a_page_share_one_script(tmp_path):
    result, _, _ = compiled(tmp_path, 'controls=("w",)')
    one = type("One", (), {"live": result})
    other = type("Other", (), {"live": replaced(result, script="other();\n", extras=["picks"])})
    still = type("Still", (), {"live": None})

    class Site(Page):
        figures = {"one": one, "other": other, "still": still}
        shown_figures = {"one": ["a/", ""], "still": ["b.html", "a/"], "other": ["a/"]}
        page = "a/"

    found = assets(Site)
    assert set(found) == {"assets/live.js", "assets/live/a.js", "assets/live/index.js"}
    assert found["assets/live/index.js"] == result.script
    assert (
        found["assets/live/a.js"].endswith(result.script + "other();\n") and "extras.picks" in found["assets/live/a.js"]
    )
    tags = scripts(Site, "a/")
    assert re.findall(r'src="([^"?]*)', tags) == ["../assets/live.js", "../assets/live/a.js"] and "fp-still" in tags
    assert scripts(Site, "b.html") == ""


def test_a_strength_elsewhere_stands_beside_its_control(tmp_path):
    calls = "lambda: [dict(name='<their> w', factor=4.0)]"
    result, figure, computed = compiled(tmp_path, f'controls=("w", "n"), elsewhere=("w", {calls})')

    class Drawn:
        name, script, live, facts = "toy", "figures/toy.py", result, computed.facts
        parameters = [{"name": p.name, "default": p.default, **vars(p.domain)} for p in figure.parameters]

    html = markup_below(Page, Drawn)
    assert '<option value="4">&lt;their&gt; w</option>' in html and 'value="0.25"' in html
    assert html.index('id="fig-toy-set-w"') < html.index('data-of="w"') < html.index('id="fig-toy-set-n"')


def test_what_is_precomputed_may_hang_on_parameters_without_a_control(tmp_path):
    text = """
        @precomputed
        def table(n: int, scale: int = 2) -> list:
            return [scale * k for k in range(n)]


        def data("""
    whole = textwrap.dedent(TOY).replace("import Choice,", "import precomputed, Choice,", 1)
    whole = whole.replace("\ndef data(", textwrap.dedent(text), 1).replace(
        'return {{"', 'return {{"table": table(n), "', 1
    )

    def made(controls):
        folder = tmp_path / str(len(controls))
        folder.mkdir()
        module = module_of(folder, whole.format(live=f"controls={controls}", scale="linear"))
        figure = computing.figure_module(module)
        computed, canvas = computing.compute(figure), Figure()
        figure.draw(canvas, computed.data)
        render.save(render.recorded(canvas), "svg")
        return module, compile_live(module, canvas, computed, folder)

    module, result = made(("w",))
    n = computing.figure_module(module).data()["table"]
    assert result.fixed == ["n"] and f"[{','.join(map(str, n))}]" in result.script
    assert f"if(p.n!=={len(n)})figpress.python.raise(" in result.script
    assert module.data(n=4)["table"] == [0, 2, 4, 6]
    with pytest.raises(CompileError, match="parameters of data\\(\\) without a control"):
        made(("w", "n"))


def test_still_figures_have_no_markup():
    class Still:
        live = None

    assert (
        markup_above(Still)
        == markup_below(Page, Still)
        == markup_beside(Page, Still)
        == markup_folded(Page, Still)
        == ""
    )


def test_an_open_range_starts_a_grain_above_its_end():
    parameter = {"name": "p", "default": 1.0, **vars(Range(0, 2, 0.5, open_low=True))}
    live = CompiledFigure(controls=["p"])
    figure = type("F", (), {"name": "f", "script": "s", "live": live, "facts": {}, "parameters": [parameter]})
    assert 'min="0.5" max="2"' in markup_below(Page, figure)


@pytest.mark.parametrize(
    ("domain", "default", "slider", "box"),
    [
        (
            Range(0.01, 100, 0.05, scale="log"),
            1000**0.5,
            'min="-2" max="2" step="0.05" value="1.5" aria-valuetext="31.6227766017"',
            'type="text" name="p" value="31.6227766017" inputmode="decimal"',
        ),
        (
            Range(0.5, math.inf, 0.01, scale="reciprocal"),
            math.inf,
            'min="-1" max="1" step="0.01" value="1" aria-valuetext="infinity"',
            'type="text" name="p" value="∞" inputmode="text"',
        ),
        (
            Range(-1, 1, 0.5, unit="steps"),
            -0.5,
            'min="-1" max="1" step="0.5" value="-0.5" aria-valuetext="minus 0.5 steps"',
            'value="-0.5" inputmode="text"',
        ),
    ],
)
def test_a_slider_stands_by_its_scale_and_its_box_takes_the_quantity(domain, default, slider, box):
    parameter = {"name": "p", "default": default, **vars(domain)}
    live = CompiledFigure(controls=["p"])
    figure = type("F", (), {"name": "f", "script": "s", "live": live, "facts": {}, "parameters": [parameter]})
    assert f"{slider} autocomplete" in markup_below(Page, figure) and box in markup_below(Page, figure)


def test_a_text_has_a_field_of_lines_and_is_in_no_link():
    parameter = {"name": "p", "default": "<1>\n2", **vars(Text(4, label="rows & more"))}
    live = CompiledFigure(controls=["p"])
    figure = type("F", (), {"name": "f", "script": "s", "live": live, "facts": {}, "parameters": [parameter]})
    field = '<textarea id="fig-f-set-p" name="p" rows="4" wrap="off" spellcheck="false" autocomplete="off">\n&lt;1&gt;\n2</textarea>'
    assert f'<label for="fig-f-set-p">rows &amp; more</label>{field}' in markup_below(Page, figure)
    assert markup_beside(Page, figure) == ""


def test_the_declarations_are_what_figures_import():
    assert Live(("a",)).drag == {} and Choice(("a",)).options == ("a",)


# Through the press


@pytest.fixture(scope="module")
def live_once(tmp_path_factory):
    """A project of one live figure, of whose code a part does not run with the default parameters; drawn."""
    root = tmp_path_factory.mktemp("live") / "project"
    wanted = (
        "pyproject.toml",
        "figures/style.toml",
        "figures/__init__.py",
        "src/toy/__init__.py",
        "src/toy/checks.py",
        "src/toy/core.py",
    )
    write(root, {name: FILES[name] for name in wanted})
    text = textwrap.dedent(TOY).format(live='controls=("w",)', scale="linear")
    text = text.replace('"note": {', '"far": unused(w) if w > 1 else w, "note": {')
    text = text.replace("\n\nLIVE", "\nfrom toy.core import unused\n\nLIVE", 1)
    write(root, {"figures/toy_live.py": text})
    press_of(root).build()
    return root


@pytest.fixture
def project(live_once, tmp_path):
    """A copy of it, to be edited."""
    return shutil.copytree(live_once, tmp_path / "live")


def test_the_press_hands_on_what_the_page_needs(project):
    result = press_of(project).build().results["toy_live"]
    assert result.live.controls == ["w"] and "figpress.add(figure)" in result.live.script
    assert {"toy.core.unused", "figures.toy_live.data"} <= set(result.functions)
    again = press_of(project).build()
    assert again.drawn == [] and again.results["toy_live"].live == result.live


def test_code_that_is_on_the_page_counts_though_it_did_not_run(project):
    before = press_of(project).build().results["toy_live"].live.script
    replace(project, "src/toy/core.py", "return x + k", "return x - k")
    assert press_of(project).why("toy_live") == ["toy.core.unused changed"]
    build = press_of(project).build()
    assert build.drawn == ["toy_live"] and build.results["toy_live"].live.script != before


def test_what_is_read_for_the_page_alone_counts_and_source_files_do_not(project):
    write(project, {"points.csv": "7,8"})
    replace(
        project,
        "src/toy/core.py",
        "def unused",
        "from figpress import precomputed\n\n\n@precomputed\ndef far_off():\n"
        "    return [float(word) for word in open('points.csv').read().split(',')]\n\n\ndef unused",
    )
    replace(project, "src/toy/core.py", "return x + k", "return far_off()[0] + x + k")
    result = press_of(project).build().results["toy_live"]
    assert "7.0,8.0" in result.live.script.replace(" ", "") and list(result.dependencies.files) == ["points.csv"]
    replace(project, "points.csv", "7,8", "7,9")
    assert press_of(project).why("toy_live") == ["points.csv changed"]


def test_code_that_is_neither_run_nor_on_the_page_does_not(project):
    replace(project, "src/toy/core.py", "return x * factor", "return factor * x")
    assert press_of(project).build().drawn == []


def test_a_figure_that_cannot_be_compiled_fails_the_build_with_its_place(project):
    replace(project, "src/toy/core.py", "return x + k", "return sum([x, k])")
    with pytest.raises(FigureError, match=r"toy_live: .*src/toy/core\.py:\d+: unused\(\) cannot be compiled: sum\(\)"):
        press_of(project).build()


# The page's own scripts


def code_of(name: str) -> str:
    text = (RUNTIME / name).read_text(encoding="utf-8")
    return re.sub(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'', '""', re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))


def test_no_mathematics_is_written_in_the_script_that_moves_artists():
    code = code_of("live.js")
    # Places on the sheet are rounded; numbers are scaled in one place, by the exported transform, and back in dragging.
    assert set(re.findall(r"Math\.\w+", code)) == {"Math.round"}
    products = [
        line.strip()
        for line in code.splitlines()
        if re.search(r"[\w)\]]\s*(\*|/|\*\*)\s*[\w(]", line) and "RegExp" not in line and ".replace(" not in line
    ]
    assert all(
        "axis" in line or "side[1]" in line or "Math.round(at * 1000)" in line or "getScreenCTM" in line
        for line in products
    ), products


def test_the_meaning_of_python_is_no_mathematics():
    assert set(re.findall(r"Math\.\w+", code_of("python.js"))) == {"Math.floor", "Math.ceil", "Math.abs"}


@pytest.mark.parametrize("name", ["live.js", "python.js", "picks.js", "elsewhere.js", "live.css"])
def test_the_runtime_knows_nothing_of_the_subject(name):
    text = (RUNTIME / name).read_text(encoding="utf-8")
    assert not re.search(
        r"\b(l1|l2|lam|lambda|eta|penalt\w*|ridge|lasso|regulari\w*|gradient|weight)\b",
        re.sub(r"font-weight", "", text),
        re.IGNORECASE,
    )

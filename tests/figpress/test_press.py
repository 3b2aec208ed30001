"""Editing anything redraws exactly what depended on it, and nothing that stops a build can spoil the next one."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from figpress.checking.checks import all_checks
from figpress.freshness import changes, record
from figpress.freshness.cutting import cut
from figpress.freshness.record import identity
from figpress.making import processes
from figpress.making.result import FigureError
from figpress.pages import sources
from figpress.store import pack
from tests import ways
from tests.figpress.conftest import outcome, press_of, replace, write

SOURCE = Path(__file__).parents[2] / "src"

EDITS = {
    "a function that ran": ("src/toy/core.py", "walk = [w]", "walk = [w + 1]", {"walk": "toy.core.halve changed"}),
    "a function that only one calls": (
        "src/toy/core.py",
        "x * factor",
        "factor * x",
        {"bars": "toy.core.one_scaled changed"},
    ),
    "a function that nobody calls": ("src/toy/core.py", "return x + k", "return x - k", {}),
    "a function's name that nobody uses": ("src/toy/core.py", "def unused", "def forgotten", {}),
    "a new function": ("src/toy/core.py", "def unused", "def more(x):\n    return x\n\n\ndef unused", {}),
    "a new function of a name in use": (
        "src/toy/core.py",
        "def unused",
        "def max(x, y):\n    return x\n\n\ndef unused",
        {"walk": "toy.core.max is new"},
    ),
    "a comment": ("src/toy/core.py", "walk = [w]", "walk = [w]  # where it starts", {}),
    "a docstring": ("src/toy/core.py", '"""Halve some times."""', '"""Halve."""', {}),
    "a module's docstring": ("src/toy/core.py", '"""Functions."""', "", {}),
    "layout": ("src/toy/core.py", "x * factor", "(x\n            * factor)", {}),
    "a constant": ("src/toy/core.py", "RATIO = 1 / 2", "RATIO = 1 / 3", {"walk": "constant RATIO of toy.core changed"}),
    "a constant behind a constant": (
        "src/toy/core.py",
        "FLOOR = RATIO * 0.0",
        "FLOOR = -9.0",
        {"walk": "constant FLOOR of toy.core changed"},
    ),
    "a constant in a default": (
        "src/toy/core.py",
        "FACTOR = 2.0",
        "FACTOR = 3.0",
        {"bars": "constant FACTOR of toy.core changed"},
    ),
    "a constant that nobody uses": ("src/toy/core.py", "NOWHERE_USED = 3", "NOWHERE_USED = 4", {}),
    "a constant through its module": (
        "figures/given.py",
        "START = 5.0",
        "START = 4.0",
        {"walk": "constant START of figures.given changed", "given": "constant START of figures.given changed"},
    ),
    "a constant that only pages quote": (
        "figures/given.py",
        "STEP = 0.5",
        "STEP = 0.25",
        {"given": "constant STEP of figures.given changed"},
    ),
    "a default": (
        "src/toy/core.py",
        "factor: float = FACTOR",
        "factor: float = 2.5",
        {"bars": "toy.core.scaled's signature changed"},
    ),
    "a default of a function that nobody calls": ("src/toy/core.py", "k: float = 1.0", "k: float = 2.0", {}),
    "a default under a pure decorator": (
        "src/toy/core.py",
        "top: float = 9.0",
        "top: float = 8.0",
        {"bars": "toy.core.raised's signature changed"},
    ),
    "a value in a pure decorator": (
        "src/toy/core.py",
        "least(0.5)",
        "least(0.25)",
        {"bars": "toy.core.raised's signature changed"},
    ),
    "a pure decorator of a function that nobody calls": ("src/toy/core.py", "least(0.75)", "least(FACTOR)", {}),
    "a default of a decorated function that nobody calls": (
        "src/toy/core.py",
        "x: float = 0.125",
        "x: float = 0.25",
        {},
    ),
    "a decorator's names, which can fail the import": (
        "src/toy/core.py",
        "@checked(x=least(0.75))",
        "@checked(y=least(0.75))",
        {
            "bars": "signature of never_raised of toy.core changed",
            "walk": "signature of never_raised of toy.core changed",
        },
    ),
    "a pure decorator's own body": (
        "src/toy/checks.py",
        "low > x",
        "low >= x",
        {"bars": "toy.checks.least changed", "walk": "toy.checks.least changed"},
    ),
    "a figure's script": ("figures/walk.py", "It ends at", "At the end", {"walk": "figures.walk.describe changed"}),
    "a figure's title": (
        "figures/walk.py",
        "A walk that halves.",
        "A walk.",
        {"walk": "docstring of figures.walk changed"},
    ),
    "a figure's size": (
        "figures/walk.py",
        "SIZE = (3.0, 2.0)",
        "SIZE = (4.0, 2.0)",
        {"walk": "constant SIZE of figures.walk changed"},
    ),
    "a helper of figures": (
        "figures/_marks.py",
        "axes.plot(xs, ys, color=color)",
        "axes.step(xs, ys, color=color)",
        {"walk": "figures._marks.line changed"},
    ),
    "a helper that is not called": ("figures/_marks.py", '"o"', '"s"', {}),
    "a colour in use": (
        "figures/style.toml",
        "#c2410c",
        "#c24100",
        {"walk": "figures/style.toml: colours.one changed"},
    ),
    "a colour of the dark scheme": ("figures/style.toml", "#ff9466", "#ff9400", {}),
    "a colour not in use": ("figures/style.toml", "#0a7a5a", "#0a7a00", {}),
    "a colour not in use that stands in the drawing": (
        "figures/style.toml",
        "#0a7a5a",
        "#ffffff",
        {"bars": "figures/style.toml: colours.spare changed", "walk": "figures/style.toml: colours.spare changed"},
    ),
    "the common size": (
        "figures/style.toml",
        "width = 3.0",
        "width = 4.0",
        {"bars": "figures/style.toml: size changed"},
    ),
    "a setting that all read": (
        "figures/style.toml",
        '"text.color" = "ink"',
        '"text.color" = "ink"\n"lines.linewidth" = 3.0',
        {
            "bars": "figures/style.toml: rc.lines.linewidth changed",
            "walk": "figures/style.toml: rc.lines.linewidth changed",
            "style.toml": "rc.lines.linewidth changed",
        },
    ),
    "a setting that one reads": (
        "figures/style.toml",
        '"text.color" = "ink"',
        '"text.color" = "ink"\n"errorbar.capsize" = 3.0',
        {"bars": "figures/style.toml: rc.errorbar.capsize changed", "style.toml": "rc.errorbar.capsize changed"},
    ),
    "a setting that nobody reads": (
        "figures/style.toml",
        '"text.color" = "ink"',
        '"text.color" = "ink"\n"boxplot.notch" = true',
        {"style.toml": "rc.boxplot.notch changed"},
    ),
    "a data file": ("points.csv", "1,2,3", "1,2,4", {"bars": "points.csv changed"}),
    "one more name of a package": (
        "src/toy/__init__.py",
        "import halve, scaled",
        "import halve, scaled, unused",
        {},
    ),
    "one more name of a package that is not there": (
        "src/toy/__init__.py",
        "import halve, scaled",
        "import halve, scaled, absent",
        {"bars": "imports of toy changed", "walk": "imports of toy changed"},
    ),
    "a name of a package that stands for something else": (
        "src/toy/__init__.py",
        "import halve, scaled",
        "import unused as halve, scaled",
        {"walk": "import of halve in toy changed"},
    ),
    "reflection": (
        "figures/_marks.py",
        "axes.plot(xs, ys, color=color)",
        "axes.plot(xs, ys, color=globals() and color)",
        {"walk": "figures._marks.line"},
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_makes_stale_exactly_what_depended_on_it(drawn, edit):
    name, old, new, expected = EDITS[edit]
    replace(drawn, name, old, new)
    press = press_of(drawn)
    stale = {item.name: reasons for item, reasons in press.states().items() if reasons}
    assert stale.keys() == expected.keys(), stale
    for figure, reason in expected.items():
        assert any(reason in line for line in stale[figure]), stale[figure]


def test_a_whole_round_of_edits_redraws_the_stale_is_looked_at_once_and_equals_a_build_from_nothing(
    drawn, tmp_path, monkeypatch
):
    press = press_of(drawn)
    assert press.build().drawn == []
    replace(drawn, "src/toy/core.py", "walk = [w]", "walk = [2 * w]  # where it starts")
    # Which changes nothing for the other figure, also not the key that a build from nothing gives it.
    replace(drawn, "src/toy/core.py", "return x + k", "import decimal\n    return x - k")
    built = press.build()
    assert built.drawn == ["walk"]
    assert built.results["walk"].facts["last"] == 1.25
    assert press.check() == []
    shutil.copytree(drawn, tmp_path / "anew", ignore=shutil.ignore_patterns(".figpress"))
    anew = press_of(tmp_path / "anew").build()
    assert anew.drawn == ["bars", "given", "walk"]
    assert outcome(anew) == outcome(built)
    monkeypatch.setattr(changes, "differences", None)
    assert press_of(drawn).build().drawn == []


def test_a_setting_that_cannot_be_used_fails_the_build_even_where_no_figure_reads_it(drawn):
    replace(drawn, "figures/style.toml", '"text.color" = "ink"', '"text.color" = "ink"\n"boxplot.notch" = "banana"')
    for _ in range(2):
        with pytest.raises(FigureError, match="^style.toml: ValueError: Key boxplot.notch: "):
            press_of(drawn).build()


def test_going_back_to_an_earlier_state_draws_nothing(drawn):
    press = press_of(drawn)
    before = outcome(press.build())
    replace(drawn, "src/toy/core.py", "walk = [w]", "walk = [2 * w]")
    assert press.build().drawn == ["walk"]
    replace(drawn, "src/toy/core.py", "walk = [2 * w]", "walk = [w]")
    again = press.build()
    assert again.drawn == []
    assert outcome(again) == before


def test_a_file_that_takes_an_import_over_makes_stale(drawn):
    package = drawn / "src/toy/core"
    package.mkdir()
    shutil.copy(drawn / "src/toy/core.py", package / "__init__.py")
    assert press_of(drawn).why("walk") == ["import of toy.core finds another file"]


REASONS = {
    "content": ("by_link", "data/link changed"),
    "size": ("size", "data/a.csv was a file of 1 bytes, and is a file of 2 bytes"),
    "missing file": ("exists", "data/more/maybe.txt was not there, and is a file of 0 bytes"),
    "folder for a file": ("kinds", "data/b.csv was a file, and is no file"),
    "new file": ("listed", "the list of files in data changed"),
    "variable": ("variable", "environment variable OF_A_TEST changed"),
    "installed": ("optional", "import of of_a_test changed"),
    "tool": ("outside", "tools/outside.py changed"),
}


def test_whatever_is_looked_at_counts_and_nothing_else_does(drawn):
    ways.write_seen(drawn)
    press = press_of(drawn)

    def stale() -> dict[str, list[str]]:
        return {item.name: reasons for item, reasons in press.states().items() if reasons}

    with ways.ready(drawn):
        built = press.build()
        assert {*ways.SEEN, "optional"} <= {*built.drawn} and not stale()
        assert built.results["settings"].facts == {"x": "1.5"}
        assert {"data", "data/a.csv", "data/more/maybe.txt"} <= built.looked_at
        # Of a module that was imported the text is known.
        replace(drawn, "figures/itself.py", "def facts", "# Longer than it was.\ndef facts")
        assert not stale()
        for edit in ways.EDITS:
            with ways.edited(drawn, edit):
                found = stale()
            assert found.keys() == ways.stale_after(edit), edit
            name, reason = REASONS.get(edit, ("", ""))
            assert not name or reason in found[name]


def variant(root: Path, name: str, old: str, new: str) -> None:
    """Another figure: the walk's script, edited in one place."""
    shutil.copy(root / "figures/walk.py", root / f"figures/{name}.py")
    replace(root, f"figures/{name}.py", old, new)


def test_a_file_counts_also_where_the_interpreter_lives_above_the_project(drawn):
    code = (
        "import sys\nfrom pathlib import Path\nfrom figpress.freshness.trace import Recorder\nroot = Path.cwd()\nsys.prefix = str(root.parent)\n"
        "with Recorder(root, (root / 'figures',)).recording() as trace:\n    open('points.csv').close()\nprint(list(trace.files))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=drawn,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "['points.csv']\n"


def test_what_nobody_could_see_the_end_of_is_refused(drawn):
    write(drawn, {"data/a.csv": "1", "data/b.csv": "2"})
    for name, (code, _) in ways.REFUSED.items():
        write(drawn, {f"figures/{name}.py": f"def facts():\n    {code}\n    return {{}}\n"})
    for name, code in ways.ALLOWED.items():
        write(drawn, {f"figures/{name}.py": f"def facts():\n    {code}\n    return {{}}\n"})
    lines = failing(drawn).splitlines()
    for (name, (_, said)), line in zip(sorted(ways.REFUSED.items()), lines, strict=True):
        assert line.startswith(f"{name}: figures/{name}.py:2: RuntimeError: a figure, notebook or check {said}")
    assert (drawn / "data/a.csv").read_text() == "1" and sorted(os.listdir(drawn / "data")) == ["a.csv", "b.csv"]


def test_code_that_no_longer_compiles_makes_stale_even_where_it_did_not_run(drawn):
    replace(drawn, "src/toy/core.py", "    return x + k", "    nonlocal k")
    stale = press_of(drawn).check()
    assert [line.partition(":")[0] for line in stale] == ["bars", "walk"]


def test_results_say_what_a_page_needs(drawn_once):
    root, _ = drawn_once
    walk = press_of(root).build().results["walk"]
    assert (walk.name, walk.title, walk.script) == ("walk", "A walk that halves", "figures/walk.py")
    assert walk.doc.endswith("It is drawn in colour one.")
    assert walk.data == {"w": [5.0, 2.5, 1.25, 0.625]}
    assert walk.facts == {"last": 0.625}
    assert walk.description == "It ends at 0.625."
    assert walk.parameters[0]["name"] == "start" and walk.parameters[0]["high"] == 10
    assert walk.functions == [
        "figures._marks.line",
        "figures.walk.data",
        "figures.walk.describe",
        "figures.walk.draw",
        "figures.walk.facts",
        "toy.checks.checked",
        "toy.checks.least",
        "toy.core.halve",
    ]
    assert walk.inline.startswith("<svg") and "var(--fig-one, #c2410c)" in walk.inline
    assert list(walk.files) == ["svg", "png", "pdf", "csv", "json"]
    assert walk.transforms["axes_0"]["xscale"] == "linear"


def test_the_files_are_what_the_script_alone_writes(drawn_once, tmp_path):
    root, _ = drawn_once
    result = press_of(root).build().results["walk"]
    assert list(result.files) == ["svg", "png", "pdf", "csv", "json"]
    # In one process, since most of a script's time goes into imports.
    code = (
        "import runpy, sys\nfor output in sys.argv[1:]:\n    sys.argv[1:] = ['-o', output]\n"
        "    runpy.run_path('figures/walk.py', run_name='__main__')\n"
    )
    outputs = {file_format: tmp_path / f"walk.{file_format}" for file_format in result.files}
    subprocess.run(
        [sys.executable, "-c", code, *outputs.values()],
        cwd=root,
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (SOURCE, root, root / "src")))},
    )
    for file_format, content in result.files.items():
        assert outputs[file_format].read_bytes() == content, file_format


def test_a_module_without_a_drawing_gives_its_constants_and_facts(drawn):
    with (drawn / "figures/given.py").open("a") as file:
        file.write("\n\ndef facts():\n    return {'twice': 2 * START}\n")
    given = press_of(drawn).build().results["given"]
    assert given.facts == {"start": 5.0, "step": 0.5, "label": "weight", "names": ["a", "b"], "twice": 10.0}
    assert (given.inline, dict(given.files)) == ("", {})


def test_figures_come_out_the_same_in_any_order_and_number_of_processes(drawn, drawn_once):
    # The first figure sets what it can for its process before the second is drawn in the same one.
    with (drawn / "figures/bars.py").open("a") as file:
        file.write(
            "\nimport decimal, matplotlib, os, random, numpy\nmatplotlib.rcParams['lines.linewidth'] = 9\nrandom.seed(3)\n"
            "numpy.random.seed(3)\nnumpy.set_printoptions(precision=1)\ndecimal.getcontext().prec = 3\n"
            "os.environ['ODD'] = 'odd'\nos.chdir('figures')\n"
            "matplotlib.colormaps.register(matplotlib.colormaps['gray'], name='odd')\n"
        )
    replace(
        drawn,
        "figures/walk.py",
        "axes = figure.subplots()",
        "import decimal, matplotlib, os\n    assert decimal.getcontext().prec > 3 and 'odd' not in matplotlib.colormaps\n"
        "    assert 'ODD' not in os.environ and os.path.isdir('figures')\n    axes = figure.subplots()",
    )
    press = press_of(drawn, jobs=1)
    press.clean()
    # All but the key, since the script is another one.
    alone, after = drawn_once[1]["walk"], outcome(press.build())["walk"]
    assert [a for a, b in zip(alone, after, strict=True) if a != b] == [
        press_of(drawn_once[0]).build().results["walk"].key
    ]


def test_a_warm_build_imports_neither_project_nor_numpy_and_starts_no_worker(drawn):
    code = (
        "import sys\nfrom pathlib import Path\nfrom figpress.making import processes\nfrom figpress.making.press import Press\nfrom figpress.project import find_project\n"
        "press = Press(find_project(Path.cwd()))\nprocesses.subprocess = None\nassert press.build().drawn == []\n"
        "print([name for name in ('numpy', 'matplotlib', 'figures', 'toy', 'nbclient') if name in sys.modules])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=drawn,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "[]\n"


def failing(root: Path) -> str:
    with pytest.raises(FigureError) as caught:
        press_of(root).build()
    return str(caught.value)


FAILING = {
    "key": ('{"last": data["w"][-1]}', '{"last": data["v"][-1]}', "figures/key.py:20: KeyError: 'v'"),
    "deeper": (
        "halve(start, 3)",
        "halve(None, 3)",
        "src/toy/core.py:16: TypeError: unsupported operand type(s) for *: 'NoneType' and 'float'",
    ),
    "dies": ("axes = figure.subplots()", "import os\n    os._exit(1)", "its process died while making it"),
    "syntax": ("axes = figure.subplots()", "axes = figure.subplots() +", "figures/syntax.py:24: SyntaxError: invalid"),
    "glyph": (
        "axes = figure.subplots()",
        "axes = figure.subplots()\n    axes.set_title('\\u4e2d')",
        "figures/glyph.py: UserWarning: Glyph 20013",
    ),
    "random": ("halve(start, 3)", "halve(start, 2)", "figures/random.py: ValueError: every script beside it would"),
    "undrawn": ("def draw(", "def undrawn(", "figures/undrawn.py: TypeError: facts() missing"),
    "undescribed": ("def describe(", "def undescribed(", "figures/undescribed.py: TypeError: "),
    "wordless": (
        "def describe(",
        "def describe(*_): return 3\ndef _(",
        "figures/wordless.py: TypeError: describe() must return a",
    ),
    "factless": ("def facts(", "def facts(_): return\ndef _(", "figures/factless.py: TypeError: facts() must return a"),
    "a-hyphen": (
        "SIZE",
        "SIZE",
        "figures/a-hyphen.py: ValueError: pages and Python write names of letters",
    ),
}


def test_figures_that_fail_are_named_with_their_line_and_the_others_are_kept(drawn):
    for name, (old, new, _) in FAILING.items():
        variant(drawn, name, old, new)
    # Numbers cannot all be kept, and of some it is seen only when they are written.
    for name, fact in (
        ("odd_numbers", "{1, 3}"),
        ("odder_numbers", "np.array([1j])"),
        ("no_numbers", "x for x in [1]"),
    ):
        write(drawn, {f"figures/{name}.py": f"import numpy as np\n\ndef facts():\n    return {{'all': ({fact})}}\n"})
    # One more stale figure beside the failing ones.
    replace(drawn, "points.csv", "1,2,3", "4,5")
    lines = failing(drawn).splitlines()
    said = {name: said for name, (_, _, said) in FAILING.items()} | {
        "odd_numbers": "figures/odd_numbers.py: TypeError: set: facts and data are numbers",
        "odder_numbers": "figures/odder_numbers.py: TypeError: Object of type complex is not JSON",
        "no_numbers": "figures/no_numbers.py: TypeError: generator: facts and data are numbers",
    }
    for name, line in zip(sorted(said), lines, strict=True):
        assert line.startswith(f"{name}: {said[name]}")
    assert {item.name for item, reasons in press_of(drawn).states().items() if reasons} == said.keys()


def test_what_is_made_can_be_had_while_the_rest_is_being_made(drawn, drawn_once):
    # A figure that is drawn once it is let go.
    sign = drawn.parent / "go"
    waiting = (
        f"import os, time\n    start = time.monotonic()\n    while not os.path.exists({str(sign)!r}) and time.monotonic() < start + 60:\n"
        "        time.sleep(0.01)\n    axes = figure.subplots()"
    )
    replace(drawn, "figures/walk.py", "axes = figure.subplots()", waiting)
    running = press_of(drawn).begin()
    assert running.results["given"].facts["start"] == 5
    assert (
        {*running.results, "notebooks"} == drawn_once[1].keys()
        and "walk" in running.results
        and "river" not in running.results
    )
    assert running.results.is_here("given") and not running.results.is_here("walk")
    sign.touch()
    assert running.results["walk"].inline == drawn_once[1]["walk"][5]
    assert running.finish().drawn == ["walk"]


def test_whoever_asks_for_what_failed_gets_the_error_of_the_build(drawn):
    replace(drawn, "figures/walk.py", "axes = figure.subplots()", "raise RuntimeError('no paper')")
    running = press_of(drawn).begin()
    assert running.results["given"].facts["start"] == 5
    for ask in (lambda: running.results["walk"], running.finish):
        with pytest.raises(FigureError, match="walk: figures/walk.py:24: RuntimeError: no paper"):
            ask()


def test_damaged_entries_are_redrawn_and_never_trusted(drawn, drawn_once):
    damage = {
        "walk": lambda content: content.replace(b"0.625", b"0.626", 1),
        "bars": lambda content: content[: len(content) // 2],
        "given": lambda content: b"",
        "style.toml": lambda content: b"something else",
    }
    press = press_of(drawn)
    for name, change in damage.items():
        slot = press.store.files(name if name != "style.toml" else "settings:style.toml")
        for path in slot:
            before = path.read_bytes()
            path.write_bytes(change(before))
            assert path.read_bytes() != before
        assert slot and "damaged" in press.why(name)[0], name
    built = press.build()
    assert built.drawn == ["bars", "given", "walk"]
    assert outcome(built) == drawn_once[1]
    assert press.check() == []


def test_what_is_kept_of_modules_is_looked_at_before_it_is_believed(drawn, drawn_once, monkeypatch):
    cut_now = []
    monkeypatch.setattr(
        record, "cut", lambda source, name, **options: cut_now.append(name) or cut(source, name, **options)
    )

    def reasons():
        cut_now.clear()
        record._cached_cut.cache_clear()
        return press_of(drawn).why("walk")

    replace(drawn, "src/toy/core.py", "walk = [w]", "walk = [w + 1]")
    assert reasons() == ["toy.core.halve changed"] and cut_now == ["toy.core"]
    assert reasons() == ["toy.core.halve changed"] and cut_now == []
    # One that lies in another's place is not believed, though it is whole.
    [one], [other] = ([*drawn.glob(f".figpress/code/{name}-*/*.entry")] for name in ("toy-checks", "figures-_marks"))
    whole = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(whole)
    assert reasons() == ["toy.core.halve changed"] and sorted(cut_now) == ["figures._marks", "toy.checks"]
    for path in (drawn / ".figpress/code").rglob("*.entry"):
        path.write_bytes(path.read_bytes()[:-1])
    assert reasons() == ["toy.core.halve changed"] and len(cut_now) > 3
    monkeypatch.setattr(record, "version_of_source", lambda *files: "another")
    assert reasons() == ["toy.core.halve changed"] and len(cut_now) > 3


def test_an_entry_of_another_version_is_not_read_further(drawn):
    press = press_of(drawn)
    [path] = press.store.files("walk")
    entry, content = press.store.load(path)
    path.write_bytes(
        pack(entry.header | {"record": {"environment": {"figpress.making": "older"}}}, entry.parts(content))
    )
    assert "version of figpress.making changed" in press.why("walk")
    assert press.build().drawn == ["walk"]


def test_a_full_disk_fails_nothing_and_leaves_nothing_wrong(drawn, drawn_once, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    press = press_of(drawn)
    press.clean()
    with monkeypatch.context() as patch:
        patch.setattr("figpress.store.os.replace", full)
        assert outcome(press.build()) == drawn_once[1]
    # Workers, where the disk is not full, keep how they cut the modules.
    assert list((drawn / ".figpress/entries").rglob("*.*")) == []
    built = press.build()
    assert built.drawn == ["bars", "given", "walk"]
    assert outcome(built) == drawn_once[1]


BUILD = (
    "from pathlib import Path\nfrom figpress.making.press import Press\nfrom figpress.project import find_project\n"
    "if __name__ == '__main__':\n    print(Press(find_project(Path.cwd())).build().drawn)\n"
)


def start_build(root: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def test_two_builds_at_once_are_both_right(drawn, drawn_once):
    press_of(drawn).clean()
    both = [start_build(drawn), start_build(drawn)]
    for process in both:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()
    built = press_of(drawn).build()
    assert built.drawn == []
    assert outcome(built) == drawn_once[1]


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
@pytest.mark.parametrize("moment", ["first entry", *(pytest.param(s, marks=pytest.mark.nightly) for s in (0.5, 1.1))])
def test_a_killed_build_spoils_nothing(drawn, drawn_once, moment):
    press_of(drawn).clean()
    process = start_build(drawn)
    give_up = time.monotonic() + (60 if moment == "first entry" else moment)
    while time.monotonic() < give_up:
        if moment == "first entry" and list((drawn / ".figpress").rglob("*.entry")):
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert outcome(press_of(drawn).build()) == drawn_once[1]


@pytest.mark.skipif(os.name == "nt", reason="no process groups on Windows")
@pytest.mark.parametrize(
    "command", ["-m figpress.cli build", pytest.param("-m mkdocs build", marks=pytest.mark.nightly)]
)
def test_ctrl_c_ends_a_build_at_once_and_its_workers_with_it(drawn, command):
    (drawn / "mkdocs.yml").write_text("site_name: toy\nplugins: [figpress]\n")
    (drawn / "docs").mkdir(exist_ok=True)
    (drawn / "docs/index.md").write_text("# Page\n\n/// figure | walk\n///\n")
    # A worker that says who it is, and would take a minute.
    sign = drawn.parent / "at work"
    replace(
        drawn,
        "figures/walk.py",
        "axes = figure.subplots()",
        f"import os, time\n    open({str(sign)!r}, 'w').write(str(os.getpid()))\n    time.sleep(60)\n    axes = figure.subplots()",
    )
    process = subprocess.Popen(
        [sys.executable, *command.split()],
        cwd=drawn,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Tests that a shell runs in the background are deaf to Ctrl-C, and so would this be.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    give_up = time.monotonic() + 60
    while not (sign.exists() and sign.read_text()) and time.monotonic() < give_up:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode != 0 and "Traceback" not in errors
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < give_up:
            os.kill(int(sign.read_text()), 0)
            time.sleep(0.01)


def test_entries_of_figures_that_are_gone_are_removed(drawn):
    (drawn / "figures/bars.py").unlink()
    press_of(drawn).build()
    assert sorted(path.name for path in (drawn / ".figpress/entries").iterdir()) == [
        "given",
        "settings-style-toml-48146ebc",
        "walk",
    ]


def processor_time(press) -> float:
    """Seconds that a build takes of this process's own time: what else the machine does is not counted."""
    start = time.process_time()
    assert press.build().drawn == []
    return time.process_time() - start


def test_the_cost_of_a_fresh_figure_is_under_a_millisecond(drawn):
    press = press_of(drawn)
    few = min(processor_time(press) for _ in range(5))
    entry, content = press.store.load(next((drawn / ".figpress/entries/walk").iterdir()))
    count = 200
    for number in range(count):
        # The same module under another name: its entry, for that name, is as good as drawn.
        shutil.copy(drawn / "figures/walk.py", drawn / f"figures/copy{number}.py")
        header = entry.header | {"made_for": identity("figure", f"copy{number}")}
        press.store.save(f"copy{number}", "copied", pack(header, entry.parts(content)))
    many = min(processor_time(press) for _ in range(3))
    assert (many - few) / count < 1e-3


def test_jobs_must_be_positive(drawn_once):
    with pytest.raises(ValueError, match="jobs must be at least 1, got 0"):
        press_of(drawn_once[0], jobs=0)


def test_why_names_what_is_known(drawn_once):
    with pytest.raises(ValueError, match="no figure or notebook 'nope'; known: style.toml, bars, given, walk"):
        press_of(drawn_once[0]).why("nope")


def test_names_that_begin_with_a_dot_are_no_sources(drawn):
    for name in ("figures/.#walk.py", "src/toy/.#core.py", "tests/.#test_walk.py", "docs/.#index.md"):
        (drawn / name).parent.mkdir(exist_ok=True)
        # An Emacs lock leads to no file.
        (drawn / name).symlink_to("somebody@somewhere.1")
    for name in ("figures/._walk.py", "src/toy/._core.py", "docs/.ipynb_checkpoints/walk-checkpoint.ipynb"):
        (drawn / name).parent.mkdir(exist_ok=True)
        (drawn / name).write_bytes(b"\0\5\x16\7")
    (drawn / "figures/.ipynb_checkpoints").mkdir()
    (drawn / "figures/.ipynb_checkpoints/walk-checkpoint.py").write_text("def")
    press = press_of(drawn)
    assert press.build().drawn == [] and press.names() == ["bars", "given", "walk"] and press.notebooks() == []
    assert "toy.core.halve" in sources.index(press.project)
    assert all_checks(press.project, press.fresh()) == ([], [])


def test_a_number_that_a_module_of_numbers_imports_counts(drawn):
    write(drawn, {"figures/given.py": '"""Numbers."""\nfrom toy.core import RATIO\n\nSTART = 5.0\n'})
    press = press_of(drawn)
    assert press.build().results["given"].facts == {"ratio": 0.5, "start": 5.0}
    replace(drawn, "src/toy/core.py", "RATIO = 1 / 2", "RATIO = 1 / 4")
    assert any(line == "given: constant RATIO of toy.core changed" for line in press.check())
    assert press.build().results["given"].facts["ratio"] == 0.25


def test_no_figure_finds_what_another_left_behind(drawn):
    left = (
        "import decimal, os, time, matplotlib, numpy\nfrom matplotlib import pyplot, scale\n"
        "pyplot.figure()\nos.environ['TZ'] = 'UTC+9'\ntime.tzset()\ndecimal.getcontext().prec = 3\n"
        "scale._scale_mapping['odd'] = None\nnumpy.left = 1\nmatplotlib.rcParams['lines.linewidth'] = 9.0\n"
    )
    seen = (
        "import decimal, os, time, matplotlib, numpy\nfrom matplotlib import pyplot, scale\n\n"
        "SEEN = (len(pyplot.get_fignums()), os.environ.get('TZ', ''), time.timezone == -32400, decimal.getcontext().prec,\n"
        "        'odd' in scale._scale_mapping, hasattr(numpy, 'left'), matplotlib.rcParams['lines.linewidth'])\n"
    )
    write(drawn, {"figures/aaa.py": f'"""One."""\n{left}', "figures/zzz.py": f'"""Other."""\n{seen}'})
    (drawn / "figures/bars.py").unlink()
    facts = press_of(drawn).build().results["zzz"].facts["seen"]
    assert facts == [0, os.environ.get("TZ", ""), False, 28, False, False, 1.5]


def test_where_no_process_can_fork_each_thing_has_a_fresh_one(drawn, drawn_once, monkeypatch):
    monkeypatch.setattr(processes, "CAN_FORK", False)
    (drawn / "points.csv").write_text("1,2,4")
    (drawn / "figures/given.py").write_text('"""Numbers."""\nSTART = 4.0\n')
    built = press_of(drawn).build()
    assert built.drawn == ["bars", "given", "walk"] and built.results["walk"].facts["last"] == 0.5


def test_an_entry_in_anothers_place_or_without_a_record_is_not_believed(drawn, drawn_once):
    press = press_of(drawn)
    [walk], [bars], [given] = (press.store.files(name) for name in ("walk", "bars", "given"))
    shutil.copy(walk, bars)
    entry, content = press.store.load(given)
    given.write_bytes(
        pack({name: part for name, part in entry.header.items() if name != "record"}, entry.parts(content))
    )
    assert press.check() == ["bars: what is kept was made for something else", "given: damaged entry it has no record"]
    assert press.build().drawn == ["bars", "given"]
    assert outcome(press.build()) == drawn_once[1]


def test_a_figure_run_by_itself_finds_its_projects_modules_though_none_is_installed(drawn, tmp_path):
    run = subprocess.run(
        [sys.executable, drawn / "figures/walk.py", "--output", "walk.json"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert '"last": 0.625' in (tmp_path / "walk.json").read_text()


@pytest.mark.parametrize("settings", [None, "tool.figpress"])
def test_a_figure_run_by_itself_outside_of_a_project_says_so_in_a_line(tmp_path, settings):
    write(tmp_path, {"figures/walk.py": "from figpress import run_script\n\nrun_script(__name__)\n"})
    if settings:
        write(tmp_path, {"pyproject.toml": settings})
    run = subprocess.run(
        [sys.executable, tmp_path / "figures/walk.py"],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
    )
    [line] = run.stderr.splitlines()
    assert run.returncode == 2 and line.startswith("walk.py: ") and "pyproject.toml" in line


def test_the_script_of_a_second_copy_draws_with_its_own_code(drawn, tmp_path):
    # Whatever it imports first.
    replace(drawn, "figures/walk.py", "from figpress import Range, run_script\n", "")
    replace(drawn, "figures/walk.py", "import halve\n", "import halve\n\nfrom figpress import Range, run_script\n")
    first = tmp_path / "first"
    shutil.copytree(drawn, first)
    replace(first, "src/toy/core.py", "walk = [w]", "walk = [w + 1]")
    # As where the first copy is installed: its folders come with Python's own path.
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (SOURCE, first / "src", first)))}
    for root, end in ((drawn, 0.625), (first, 0.75)):
        run = subprocess.run(
            [sys.executable, root / "figures/walk.py", "--output", tmp_path / "walk.json"],
            env=environment,
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stderr
        assert f'"last": {end}' in (tmp_path / "walk.json").read_text()

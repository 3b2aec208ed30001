"""A claim needs a test that runs, asserts and passes; a numeral a source; an equation its function. Verdicts are kept."""

import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

from figpress.checking.checking import Checking, _joined
from figpress.freshness.record import Record
from figpress.making import environment
from figpress.project import find_project
from figpress.store import version_of_room
from tests.figpress.conftest import replace, write

PAGE = """Walk

<claim id="it-halves">It shrinks to [[walk.half:words]].</claim>
<claim id="it-is-drawn">From anywhere.</claim>

/// equation | 1
    function: toy.core.halved

h(w) = \\frac{w}{2}
///

/// equation
    function: toy.other.sum_of
    arrays: w[N]

s = \\sum_i w_i
///

/// equation
    reason: a picture
    claim: it-halves

a = b
///
"""

TESTS = '''"""Claims."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.helpers import kept, looks_into
from toy.core import halved
from toy.other import sum_of


def test_it_halves():
    assert kept() == 0.5


@given(st.floats(1, 9))
def test_it_is_drawn(w):
    assert 2 * halved(w) == w


@pytest.mark.parametrize(("w", "total"), [((1, 2), 3), ((4,), 4)])
def test_it_adds(w, total):
    assert looks_into(sum_of)(w) == total
'''

FILES = {
    "pyproject.toml": (
        "[tool.figpress]\nsources = ['src/toy']\nharness = ['tests.claims.helpers']\n"
        "[tool.figpress.ticks]\ngiven = ['drawn', 'with {count} inputs']\n"
    ),
    "src/toy/__init__.py": "",
    "src/toy/core.py": "def halved(w):\n    return w / 2\n\n\ndef unused():\n    return 1\n",
    "src/toy/other.py": "def sum_of(w):\n    return sum(w)\n",
    "figures/walk.py": '"""A walk from 0 to −1."""\nfrom figpress import Live\n\nLIVE = Live((), ask="Where to?")\n\n\ndef draw(figure, data):\n    pass\n',
    "figures/style.toml": "[colours]\nink = ['#101010', '#efefef']\n\n[size]\nwidth = 3.0\nheight = 2.0\n\n[rc]\n",
    "docs/structural.toml": "",
    "docs/index.md": PAGE,
    "docs/more.md": '<claim id="it-adds">It adds.</claim>\n',
    "tests/__init__.py": "",
    "tests/claims/__init__.py": "from hypothesis import settings\n\nsettings.register_profile('c', derandomize=True, database=None, max_examples=7)\nsettings.load_profile('c')\n",
    "tests/claims/helpers.py": (
        "import functools\n\nfrom toy.core import halved\n\n\n@functools.cache\ndef kept():\n    return halved(1)\n\n\n"
        "def looks_into(function):\n    return vars(__import__(function.__module__, fromlist=['x']))[function.__name__]\n"
    ),
    "tests/claims/test_index.py": TESTS,
}
FACTS = {"walk": SimpleNamespace(name="walk", parameters=[], facts={"half": 0.5})}


@pytest.fixture(scope="session")
def checked_once(tmp_path_factory):
    root = tmp_path_factory.mktemp("checks")
    write(root, FILES)
    return root, Checking(find_project(root), jobs=1).check(FACTS)


@pytest.fixture
def root(checked_once, tmp_path):
    """A copy of the project, checked already."""
    return shutil.copytree(checked_once[0], tmp_path / "project")


def check(root, **options):
    return Checking(find_project(root), jobs=1).check(FACTS, **options)


def made(checked) -> set[str]:
    """What was made anew; equations by their function."""
    return {name if name.startswith("claim-") else "equation" for name in checked.made}


def test_a_page_that_keeps_to_the_code_passes(checked_once):
    _, checked = checked_once
    assert checked.problems == [] and len(checked.made) == 5
    drawn = checked.verdicts["claim-it-is-drawn"]
    # As many as ran, whatever was asked for.
    assert drawn.decorators == ("given",) and drawn.runs == 7
    assert checked.verdicts["claim-it-halves"].runs == 1 and checked.verdicts["claim-it-adds"].runs == 2


def test_packages_do_not_come_along_with_hypothesis(root, tmp_path, monkeypatch):
    """It imports those that ask for it by an entry point; one that starts a process then would fail every claim."""
    packages = {
        "greedy.py": "import subprocess\nsubprocess.run(['true'])\n",
        "greedy-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: greedy\nVersion: 1.0\n",
        "greedy-1.0.dist-info/entry_points.txt": "[hypothesis]\ngreedy = greedy\n",
    }
    write(tmp_path / "packages", packages)
    monkeypatch.syspath_prepend(tmp_path / "packages")
    shutil.rmtree(find_project(root).cache)
    checked = check(root)
    assert checked.problems == [] and len(checked.made) == 5


def test_what_is_fresh_is_not_made_again(root):
    assert made(check(root)) == set()
    replace(root, "docs/index.md", "Walk\n", "Walk on.\n\n\n")
    checked = check(root)
    assert made(checked) == set() and checked.problems == []


def test_a_page_is_read_as_mkdocs_reads_it_and_named_where_it_cannot_be(root):
    page = root / "docs/index.md"
    page.write_text("---\nweight: 77\n---\n" + page.read_text(), encoding="utf-8-sig")
    assert check(root).problems == []
    page.write_text("\xe9", encoding="latin-1")
    with pytest.raises(ValueError, match="index.md: save it in UTF-8"):
        check(root)


def test_the_folder_of_claims_need_be_no_package(root):
    (root / "tests/claims/__init__.py").unlink()
    assert check(root).problems == [] and made(check(root)) == set()


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("src/toy/core.py", "w / 2", "w * 0.5", {"claim-it-halves", "claim-it-is-drawn", "equation"}),
        ("src/toy/core.py", "return 1", "return 2", set()),
        ("src/toy/other.py", "sum(w)", "sum(w) + 0", {"claim-it-adds", "equation"}),
        ("tests/claims/test_index.py", "2 * halved(w) == w", "halved(w) == w / 2", {"claim-it-is-drawn"}),
        ("tests/claims/test_index.py", '"""Claims."""', '"""Claims of a page."""', set()),
        # What looks into other code counts as a whole, for those that import it.
        (
            "tests/claims/helpers.py",
            "halved(1)",
            "halved(1.0)",
            {"claim-it-halves", "claim-it-is-drawn", "claim-it-adds"},
        ),
        ("docs/index.md", r"\sum_i w_i", r"\sum_{i=1}^{N} w_i", {"equation"}),
        ("docs/index.md", "It shrinks", "It becomes smaller", set()),
    ],
)
def test_an_edit_makes_again_what_used_it(root, file, old, new, expected):
    replace(root, file, old, new)
    checked = check(root)
    assert made(checked) == expected and checked.problems == []
    assert made(check(root)) == set()


def test_a_cache_that_one_test_filled_hides_nothing_from_the_next(root):
    page, tests = root / "docs/more.md", root / "tests/claims/test_index.py"
    page.write_text(page.read_text() + '<claim id="second">It is kept.</claim>\n')
    tests.write_text(tests.read_text() + "\n\ndef test_second():\n    assert kept() < 1\n")
    assert made(check(root)) == {"claim-second"}
    replace(root, "src/toy/core.py", "w / 2", "w * 0.5")
    assert {"claim-second", "claim-it-halves"} <= made(check(root))


def test_what_was_checked_before_the_end_is_kept(root):
    replace(root, "src/toy/core.py", "w / 2", "w * 0.5")
    seen = []

    def stop(label, done, number):
        seen.append(label)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(root, progress=stop)
    assert len(check(root).made) in (1, 2) and check(root).made == []


def test_without_running_what_is_not_fresh_is_left_open(root):
    replace(root, "src/toy/other.py", "sum(w)", "sum(w) + 1")
    checked = check(root, run=False)
    assert checked.made == [] and checked.problems == []
    assert {item.label for item in checked.open} == {"equation (unnumbered)", "claim 'it-adds'"}


@pytest.mark.parametrize(
    ("edited", "made_again"),
    [
        ("pages", {"equation"}),
        ("drawing", {"claim-it-is-styled"}),
        ("live", {"claim-it-is-styled"}),
        ("live.artists", {"claim-it-rises"}),
        (
            "checking",
            {
                "claim-it-is-styled",
                "claim-it-rises",
                "claim-it-halves",
                "claim-it-is-drawn",
                "claim-it-adds",
                "equation",
            },
        ),
    ],
)
def test_a_claim_about_a_figure_depends_on_what_of_the_press_runs_for_it(root, monkeypatch, edited, made_again):
    page, tests = root / "docs/more.md", root / "tests/claims/test_index.py"
    write(
        root,
        {"figures/__init__.py": "from figpress.drawing.style import SCHEMES\n\n\ndef schemes():\n    return SCHEMES\n"},
    )
    page.write_text(page.read_text() + '<claim id="it-rises">It.</claim>\n\n<claim id="it-is-styled">It.</claim>\n')
    tests.write_text(
        tests.read_text() + "\n\ndef test_it_rises():\n    from figures import walk\n\n    assert walk.LIVE\n"
        "\n\ndef test_it_is_styled():\n    import figures\n\n    assert figures.schemes()\n"
    )
    assert made(check(root)) == {"claim-it-rises", "claim-it-is-styled"}
    monkeypatch.setattr(
        environment, "version_of_room", lambda room: "another" if room == edited else version_of_room(room)
    )
    again = {item.name if item.name.startswith("claim-") else "equation" for item in check(root, run=False).open}
    assert again == made_again


def test_what_one_test_looks_at_counts_though_another_looks_at_less_of_it(root):
    page, tests = root / "docs/index.md", root / "tests/claims/test_index.py"
    page.write_text(page.read_text() + '<claim id="it-is-short">It.</claim>\n\n<claim id="it-is-no-link">It.</claim>\n')
    tests.write_text(
        tests.read_text()
        + "\n\ndef test_it_is_short():\n    import os\n\n    assert os.path.getsize('short.txt') < 9\n"
        "\n\ndef test_it_is_no_link():\n    import os\n\n    assert not os.path.islink('short.txt')\n"
    )
    (root / "short.txt").write_text("1")
    assert made(check(root)) == {"claim-it-is-short", "claim-it-is-no-link"} and made(check(root)) == set()
    (root / "short.txt").write_text("123456789")
    checked = check(root)
    assert made(checked) == {"claim-it-is-short"} and len(checked.problems) == 1


def test_verdicts_that_rest_on_two_states_of_one_file_are_not_kept_together():
    one, other = Record(files={"a.csv": "1"}, sources={"a": "2"}), Record(files={"b.csv": "1"}, sources={"a": "2"})
    assert _joined([one, other]) == Record(files={"a.csv": "1", "b.csv": "1"}, sources={"a": "2"})
    # The file was edited while checks were made.
    assert _joined([one, other, Record(sources={"a": "3"})]) is None
    assert _joined([one, Record(files={"a.csv": None})]) is None


def test_a_damaged_verdict_is_made_again(root):
    for entry in (root / ".figpress/checks/entries").rglob("*.entry"):
        content = entry.read_bytes()
        if "claim-it-adds" in entry.parent.name or entry.parent.name == "all":
            entry.write_bytes(content[:-20] + b"x" * 20)
    assert made(check(root)) == {"claim-it-adds"}


WRONG_TESTS = '''"""Wrong tests."""
import functools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st


def test_fails():
    number = 2
    assert number == 3


@given(st.integers())
def test_fails_for_an_example(n):
    assert n < 5, f"{n} is large"


@pytest.mark.skip
def test_is_skipped():
    assert True


def test_skips_itself():
    pytest.skip("not today")


@pytest.mark.xfail
def test_may_fail():
    assert False


@pytest.mark.parametrize("n", [1, pytest.param(2, marks=pytest.mark.skip)])
def test_has_a_skipped_parameter(n):
    assert n


def test_wants_a_fixture(tmp_path):
    assert tmp_path


def test_asserts_nothing():
    print(1 == 2)


def test_ends_early():
    assert True
    if len("ab") == 2:
        return


def test_never_draws():
    for _ in ():
        assert False


@pytest.mark.parametrize("n", [])
def test_has_no_parameters(n):
    assert n


def test_starts_a_process():
    import subprocess

    assert subprocess.run(["true"]).returncode == 0


def test_dies():
    import os

    os._exit(3)


def test_warns():
    import warnings

    warnings.warn("beware")
    assert True


def test_raises():
    with pytest.raises(ValueError):
        int("x")
'''

WRONG_PAGE = """Walk 7 steps, then seven.

/// equation | 1
    function: toy.core.halved

h(w) = \\frac{w}{3}
///

/// equation | 2
    function: toy.core.gone

h(w) = \\frac{w}{2}
///

/// equation
h = w
///

/// equation
    reason: a picture

h = w
///

/// equation
    reason: a picture
    claim: no-such

h = w
///

/// equation
    function: math.sqrt

h = \\sqrt{x}
///

/// equation
    function: figpress.figure.facts.words

h = x
///

/// equation
    function: toy.core.halved
    call: halved([[walk.nothing]])

h = w
///
"""

PROBLEMS = {
    "docs/index.md:1: '7' is typed, not quoted": "",
    "docs/index.md:1: 'seven' is typed, not quoted": "",
    "docs/index.md:3: equation 1: differs from toy.core.halved by ": "at w = ",
    "docs/index.md:9: equation 2: no function 'toy.core.gone'": "",
    "docs/index.md:15: equation (unnumbered): needs a function, or a reason and the claim that proves it": "",
    "docs/index.md:19: equation (unnumbered): needs a function, or a reason and the claim that proves it": "",
    "docs/index.md:25: equation (unnumbered): claim 'no-such' has no test": "expected a test function test_no_such",
    "docs/index.md:32: equation (unnumbered): no function 'math.sqrt'": "",
    "docs/index.md:38: equation (unnumbered): figpress.figure.facts.words comes from ": "not in this project",
    "docs/index.md:44: equation (unnumbered): no fact 'walk.nothing'": "",
    "docs/more.md:2: claim 'fails': tests/claims/test_wrong.py:11: test_fails: AssertionError: assert number == 3": "",
    "docs/more.md:3: claim 'fails-for-an-example': tests/claims/test_wrong.py:16: ": "is large; Failing test case: test_fails_for_an_example(",
    "docs/more.md:4: claim 'is-skipped': tests/claims/test_wrong.py::test_is_skipped: is marked skip": "",
    "docs/more.md:5: claim 'skips-itself': tests/claims/test_wrong.py:25: test_skips_itself: Skipped: not today": "",
    "docs/more.md:6: claim 'may-fail': tests/claims/test_wrong.py::test_may_fail: is marked xfail": "",
    "docs/more.md:7: claim 'has-a-skipped-parameter': ": "has a parameter marked skip",
    "docs/more.md:8: claim 'wants-a-fixture': ": "takes the fixture tmp_path",
    "docs/more.md:9: claim 'asserts-nothing': ": "asserts nothing",
    "docs/more.md:10: claim 'ends-early': ": "never comes to its end",
    "docs/more.md:11: claim 'never-draws': ": "asserts nothing",
    "docs/more.md:12: claim 'has-no-parameters': ": "is run with no parameters at all",
    "docs/more.md:13: claim 'starts-a-process': ": "may not start a process (true)",
    "docs/more.md:14: claim 'dies': tests/claims/test_wrong.py::test_dies: its process died (exit status 3)": "",
    "docs/more.md:15: claim 'warns': ": "UserWarning: beware",
    "docs/more.md:17: claim 'it-thirds' has no test": "expected a test function test_it_thirds",
    "docs/more.md:18: claim 'cannot-be-imported': tests/claims/test_broken.py:1: ": "no_such_name",
    "no_such_library is not installed, without which 1 of the checks cannot be made: python -m pip install no_such_library": "",
    "figures/walk.py, title:1: 'Seven' is typed, not quoted": "",
    "figures/walk.py, line 4:1: '5.1' is typed, not quoted": "",
    "quote what is typed, as in [[figure.fact]]; a number that is no result stands in docs/structural.toml": "",
}


def test_all_that_drifts_is_named_with_its_place_in_one_go(root):
    names = [line.partition("(")[0][9:] for line in WRONG_TESTS.splitlines() if line.startswith("def test_")]
    claims = [name.replace("_", "-") for name in names] + ["it-thirds", "cannot-be-imported", "misses-a-library"]
    write(
        root,
        {
            "docs/index.md": WRONG_PAGE,
            "docs/more.md": "More\n" + "".join(f'<claim id="{claim}">Yes.</claim>\n' for claim in claims),
            "tests/claims/test_wrong.py": WRONG_TESTS,
            "tests/claims/test_broken.py": "from toy.core import no_such_name\n\n\ndef test_cannot_be_imported():\n    assert True\n",
            "tests/claims/test_missing.py": "import no_such_library\n\n\ndef test_misses_a_library():\n    assert True\n",
        },
    )
    replace(root, "figures/walk.py", "A walk", "Seven walks")
    replace(root, "figures/walk.py", "Where to", "Where to, from 5.1")
    checked = check(root)
    unexplained = list(checked.problems)
    for start, inside in PROBLEMS.items():
        fitting = [problem for problem in unexplained if problem.startswith(start) and inside in problem]
        assert len(fitting) == 1, (start, inside, "\n".join(checked.problems))
        unexplained.remove(fitting[0])
    assert unexplained == []
    # What is wrong is looked at anew, and what is well is not.
    again = check(root)
    assert len(again.problems) == len(PROBLEMS) and "claim-raises" in checked.made and "claim-raises" not in again.made


def test_a_description_is_prose_too(root):
    replace(root, "docs/more.md", "<claim", "---\ntitle: Walk\ndescription: Seven steps\ntags: 7\n---\n<claim")
    [problem, what_to_do] = check(root).problems
    assert problem.startswith("docs/more.md:3: 'Seven'") and what_to_do.startswith("quote what is typed")


def test_a_warm_build_imports_nothing_that_only_checks_need():
    code = "import sys, figpress.mkdocs_plugin; print(sorted({'numpy', 'sympy', 'hypothesis', 'pytest', 'z3'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"

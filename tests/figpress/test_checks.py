"""A claim needs a test of its name that passes; a numeral a source; an equation its function."""

import pytest

from figpress import checks
from figpress.project import find_project
from tests.figpress.conftest import write

PAGE = 'Walk\n\n<claim id="it-halves">It shrinks.</claim>\n\n/// equation | 1\n    function: toy.core.halved\n\nh(w) = \\frac{w}{2}\n///\n'


@pytest.fixture
def project(tmp_path, monkeypatch):
    write(
        tmp_path,
        {
            "pyproject.toml": "[tool.figpress]\nsources = ['src/toy']\n",
            "src/toy/__init__.py": "",
            "src/toy/core.py": "def halved(w):\n    return w / 2\n",
            "figures/walk.py": '"""A walk from 0 to −1."""\nfrom figpress import Live\n\nLIVE = Live((), ask="Where to?")\n\n\ndef draw(figure, data):\n    pass\n',
            "docs/structural.toml": "",
            "docs/index.md": PAGE,
            "tests/claims/test_index.py": "def test_it_halves():\n    assert 1 / 2 == 0.5\n",
        },
    )
    monkeypatch.syspath_prepend(tmp_path / "src")
    monkeypatch.delitem(checks.sys.modules, "toy", raising=False)
    monkeypatch.delitem(checks.sys.modules, "toy.core", raising=False)
    return find_project(tmp_path)


def problems(project) -> list[str]:
    return [problem for check in checks.CHECKS for problem in check(project)]


def test_a_page_that_keeps_to_the_code_passes(project):
    assert problems(project) == []


@pytest.mark.parametrize(
    ("check", "file", "old", "new", "expected"),
    [
        (checks.numerals, "docs/index.md", "Walk\n", "Walk 7 steps.\n", "docs/index.md:1"),
        (checks.numerals, "docs/index.md", "Walk\n", "Walk seven steps.\n", "docs/index.md:1"),
        (
            checks.equations,
            "docs/index.md",
            "{w}{2}",
            "{w}{3}",
            "docs/index.md:5: equation 1: differs from toy.core.halved by ",
        ),
        (
            checks.equations,
            "docs/index.md",
            "toy.core.halved",
            "toy.core.gone",
            "docs/index.md:5: equation 1: no function 'toy.core.gone'",
        ),
        (
            checks.equations,
            "docs/index.md",
            "    function: toy.core.halved\n",
            "",
            "docs/index.md:5: equation 1: needs a function",
        ),
        (checks.claims, "docs/index.md", "it-halves", "it-thirds", "docs/index.md: claim 'it-thirds' has no test"),
        (
            checks.equations,
            "docs/index.md",
            "h(w) = ",
            "h(w) = w = ",
            "docs/index.md:5: equation 1: differs from toy.core.halved by ",
        ),
        (
            checks.equations,
            "docs/index.md",
            "toy.core.halved",
            "math.sqrt",
            "docs/index.md:5: equation 1: no function 'math.sqrt'",
        ),
        (
            checks.equations,
            "docs/index.md",
            "toy.core.halved",
            "figpress.facts.words",
            "docs/index.md:5: equation 1: figpress.facts.words comes from ",
        ),
        (
            checks.numerals,
            "docs/index.md",
            "Walk\n",
            "---\ntitle: Walk\ndescription: Seven steps\ntags: 7\n---\n",
            "docs/index.md:3: 'Seven'",
        ),
        (checks.numerals, "figures/walk.py", "A walk", "Seven walks", "figures/walk.py, title:1: 'Seven'"),
        (checks.numerals, "figures/walk.py", "Where to", "Where to, from 5.1", "figures/walk.py, line 4:1: '5.1'"),
        (
            checks.claims,
            "tests/claims/test_index.py",
            "0.5",
            "0.6",
            "FAILED tests/claims/test_index.py::test_it_halves",
        ),
        (
            checks.claims,
            "tests/claims/test_index.py",
            "def test",
            "import nowhere\ndef test",
            "ERROR tests/claims/test_index.py",
        ),
        (
            checks.claims,
            "tests/claims/test_index.py",
            "def test",
            "import pytest\n@pytest.mark.skip\ndef test",
            "SKIPPED",
        ),
    ],
)
def test_what_drifts_is_named_with_its_place(project, check, file, old, new, expected):
    path = project.root / file
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    # Only the check concerned: that all others pass on these pages is tested above.
    [problem] = check(project)
    assert problem.startswith(expected)

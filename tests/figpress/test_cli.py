"""The command figpress: what it prints and how it exits."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from figpress import cli
from tests.figpress.conftest import replace, write

SOURCE = Path(__file__).parents[2] / "src"


def figpress(root, *arguments: str) -> int:
    try:
        return cli.main(["--project", str(root), *arguments])
    except SystemExit as stop:
        return stop.code


def test_list_check_and_why_agree_on_what_is_stale(drawn, capsys):
    assert figpress(drawn, "check") == 0
    replace(drawn, "src/toy/core.py", "walk = [w]", "walk = [w + 1]")
    assert figpress(drawn, "check") == 1
    assert figpress(drawn, "why", "walk") == 0
    assert figpress(drawn, "why", "bars") == 0
    assert figpress(drawn, "list") == 0
    assert capsys.readouterr().out == (
        "walk: toy.core.halve changed\n"
        "toy.core.halve changed\n"
        "fresh\n"
        "style.toml  fresh  settings\n"
        "bars        fresh  Points from a file\n"
        "given       fresh  Numbers given once\n"
        "walk        stale  A walk that halves\n"
    )


def test_build_draws_what_is_stale_and_says_so(drawn, capsys):
    replace(drawn, "points.csv", "1,2,3", "4,5")
    assert figpress(drawn, "build", "--jobs", "1") == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("1 of 3 made anew in ") and captured.out.endswith(" s: bars\n")
    assert captured.err == ""
    assert figpress(drawn, "build") == 0
    assert capsys.readouterr().out.startswith("0 of 3 made anew in ")


def test_a_bar_shows_the_progress_on_a_terminal(drawn):
    import pty
    import termios

    replace(drawn, "points.csv", "1,2,3", "4,5")
    leader, follower = pty.openpty()
    termios.tcsetwinsize(follower, (24, 100))
    run = subprocess.run(
        [sys.executable, "-m", "figpress.cli", "build"],
        cwd=drawn,
        stderr=follower,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
    )
    os.close(follower)
    shown = os.read(leader, 100_000).decode()
    os.close(leader)
    assert run.returncode == 0 and "4/4" in shown and "bars" in shown


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (("figures/style.toml", "[colours]", "[colour]"), "not a style file"),
        (
            ("pyproject.toml", '["src/toy"]', '"src/toy"'),
            "tool.figpress.sources must be a list of texts, got 'src/toy'",
        ),
        (("pyproject.toml", "sources", "source"), "tool.figpress has no 'source'"),
        (("pyproject.toml", "sources =", "figures = 3\nsources ="), "tool.figpress.figures must be a text, got 3"),
        (("pyproject.toml", "sources =", "labels = 3\nsources ="), "tool.figpress.labels must be a table, got 3"),
        (("pyproject.toml", "[tool.figpress]", "[tool.figpress"), "pyproject.toml: cannot be read as TOML in UTF-8"),
        (
            ("pyproject.toml", "pure =", "equations.symbol = 3\npure ="),
            "tool.figpress.equations has no 'symbol'; there are",
        ),
        (
            ("pyproject.toml", "pure =", 'equations.whole = "n"\npure ='),
            "equations.whole must be a list of texts, got 'n'",
        ),
        (
            ("pyproject.toml", "pure =", 'ticks.given = "drawn"\npure ='),
            "ticks.given must be a word and what it means, got 'drawn'",
        ),
        (
            ("pyproject.toml", "pure =", 'ticks.given = ["drawn", "{n} times"]\npure ='),
            "ticks.given has a place other than {count}: '{n} times'",
        ),
    ],
    ids=["style", "list", "unknown", "text", "table", "toml", "equations", "symbols", "tick", "place"],
)
def test_a_project_that_cannot_be_read_is_one_line_on_stderr(drawn, capsys, edit, message):
    replace(drawn, *edit)
    assert figpress(drawn, "check") == 2
    error = capsys.readouterr().err
    assert error.startswith("figpress: ") and message in error and error.count("\n") == 1


def test_a_test_that_cannot_be_read_and_a_style_that_is_gone_are_one_line_each(drawn, capsys):
    write(drawn, {"tests/claims/test_a.py": "def"})
    assert figpress(drawn, "check") == 2
    # Where none is named, the press has one of its own.
    replace(drawn, "pyproject.toml", "[tool.figpress]\n", '[tool.figpress]\nstyle = "figures/style.toml"\n')
    (drawn / "figures/style.toml").unlink()
    assert figpress(drawn, "list") == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 2 and "test_a.py, line 1" in errors[0] and "style.toml" in errors[1]


def test_a_pipe_that_knows_no_greek_is_no_reason_to_fail(drawn):
    replace(drawn, "figures/walk.py", "A walk that halves", "A walk under λ")
    run = subprocess.run(
        [sys.executable, "-m", "figpress.cli", "list"],
        cwd=drawn,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "ascii"},
    )
    assert run.returncode == 0 and "A walk under ?" in run.stdout


def test_build_fails_with_one_line_where_a_figure_does(drawn, capsys):
    replace(drawn, "points.csv", "1,2,3", "no number")
    assert figpress(drawn, "build") == 1
    assert (
        capsys.readouterr().err
        == "bars: figures/bars.py:12: ValueError: could not convert string to float: 'no number'\n"
    )


def test_an_equation_that_quotes_what_is_stale_is_told_what_to_do(drawn, capsys):
    page = "/// equation\n    function: toy.core.unused\n\nv = x + [[given.start]]\n///\n"
    write(drawn, {"docs/index.md": page})
    replace(drawn, "figures/given.py", "5.0", "6.0")
    assert figpress(drawn, "check", "--jobs", "1") == 1
    captured = capsys.readouterr()
    assert captured.out.splitlines()[-1] == (
        "docs/index.md:1: equation (unnumbered): cannot be compared before given is made: figpress build"
    )
    assert captured.err.startswith("figpress build makes what is stale\n")


def test_clean_forgets_everything(drawn, capsys):
    assert figpress(drawn, "clean") == 0
    assert [path for path in (drawn / ".figpress").rglob("*") if path.is_file()] == []
    assert figpress(drawn, "check") == 1
    assert capsys.readouterr().out == "style.toml, bars, given, walk: never made\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["why", "nope"], "figpress: no figure or notebook 'nope'; known: style.toml, bars, given, walk\n"),
        (["build", "--jobs", "0"], "figpress: jobs must be at least 1, got 0\n"),
    ],
)
def test_bad_input_gets_one_line_and_status_2(drawn, capsys, arguments, message):
    assert figpress(drawn, *arguments) == 2
    assert capsys.readouterr().err == message


def test_outside_of_a_project_there_is_one_line_and_status_2(tmp_path, capsys):
    assert figpress(tmp_path, "list") == 2
    assert capsys.readouterr().err.startswith("figpress: no pyproject.toml with a table [tool.figpress] in ")


def test_check_names_what_is_wrong_on_pages_and_what_is_not_installed(drawn, capsys):
    write(
        drawn,
        {
            "docs/index.md": 'Seven.\n\n<claim id="it-is">It is.</claim>\n\n/// equation\n    function: toy.core.unused\n\nv = x + 2 k\n///\n',
            "tests/__init__.py": "",
            "tests/claims/__init__.py": "",
            "tests/claims/test_index.py": "def test_it_is():\n    import nowhere\n",
        },
    )
    assert figpress(drawn, "check", "--jobs", "1") == 1
    captured = capsys.readouterr()
    assert [line.partition(", not")[0].partition(" by ")[0] for line in captured.out.splitlines()] == [
        "docs/index.md:1: 'Seven' is typed",
        "quote what is typed, as in [[figure.fact]]; a number that is no result stands in docs/structural.toml, with the reason",
        "docs/index.md:5: equation (unnumbered): differs from toy.core.unused",
        "nowhere is not installed, without which 1 of the checks cannot be made: python -m pip install nowhere",
    ]
    assert captured.err.endswith("2 of 2 checks made anew\n")

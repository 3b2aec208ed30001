"""The command figpress: what it prints and how it exits."""

import pytest

from figpress import cli
from tests.figpress.conftest import replace


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
        "walk        stale  A walk that halves\n")


def test_build_draws_what_is_stale_and_says_so(drawn, capsys):
    replace(drawn, "points.csv", "1,2,3", "4,5")
    assert figpress(drawn, "build", "--jobs", "1") == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("1 of 3 made anew in ") and captured.out.endswith(" s: bars\n")
    assert captured.err == ""
    assert figpress(drawn, "build") == 0
    assert capsys.readouterr().out.startswith("0 of 3 made anew in ")


def test_build_fails_with_one_line_where_a_figure_does(drawn, capsys):
    replace(drawn, "points.csv", "1,2,3", "no number")
    assert figpress(drawn, "build") == 1
    assert capsys.readouterr().err == "bars: figures/bars.py:12: ValueError: could not convert string to float: 'no number'\n"


def test_clean_forgets_everything(drawn, capsys):
    assert figpress(drawn, "clean") == 0
    assert [path for path in (drawn / ".figpress").rglob("*") if path.is_file()] == []
    assert figpress(drawn, "check") == 1
    assert capsys.readouterr().out == "style.toml: never made\nbars: never made\ngiven: never made\nwalk: never made\n"


@pytest.mark.parametrize(("arguments", "message"), [
    (["why", "nope"], "figpress: no figure or notebook 'nope'; known: style.toml, bars, given, walk\n"),
    (["build", "--jobs", "0"], "figpress: jobs must be at least 1, got 0\n"),
])
def test_bad_input_gets_one_line_and_status_2(drawn, capsys, arguments, message):
    assert figpress(drawn, *arguments) == 2
    assert capsys.readouterr().err == message


def test_outside_of_a_project_there_is_one_line_and_status_2(tmp_path, capsys):
    assert figpress(tmp_path, "list") == 2
    assert capsys.readouterr().err.startswith("figpress: no pyproject.toml with a table [tool.figpress] in ")


def test_check_runs_what_others_add(drawn, capsys, monkeypatch):
    monkeypatch.setattr(cli, "CHECKS", [*cli.CHECKS, lambda project: [f"{project.root.name} is not verified"]])
    assert figpress(drawn, "check") == 1
    assert capsys.readouterr().out == "project is not verified\n"

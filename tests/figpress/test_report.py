"""What pages say of their own checks: ticks with words, and a line at the foot that is the same whenever it is built."""

import subprocess

import pytest

from figpress.checking.report import Report, shortened, state_of
from figpress.checking.verdicts import Verdict
from figpress.project import find_project
from tests.figpress.conftest import write

TICKS = {
    "proved": ("proved", "for all numbers"),
    "given": ("drawn", "with {count} inputs"),
    "otherwise": ("computed", "for these numbers"),
}
VERDICTS = {
    "a": Verdict(decorators=("proved",), runs=3),
    "b": Verdict(decorators=("settings", "given"), runs=1200),
    "c": Verdict(decorators=("given", "proved"), runs=9),
    "d": Verdict(decorators=("parametrize",), runs=2),
}
REPORT = Report(TICKS, VERDICTS, "at commit abc of 3 May 2026")


def test_a_tick_says_what_kind_of_test_it_leads_to():
    assert REPORT.words("a") == [("proved", "for all numbers")]
    assert REPORT.words("b") == [("drawn", "with 1,200 inputs")]
    # In the order of the project's table.
    assert REPORT.words("c") == [("proved", "for all numbers"), ("drawn", "with 9 inputs")]
    assert REPORT.words("d") == [("computed", "for these numbers")]
    mark = REPORT.mark("c", 'It "halves".')
    said = "proved, for all numbers; drawn, with 9 inputs: “It &quot;halves&quot;”"
    assert mark == f'title="{said}" aria-label="{said} See its test.">✓'


def test_what_is_not_checked_has_another_mark():
    assert REPORT.mark("z", "It is new.").endswith('data-open="">?')
    assert "not checked since the last change: “It is new”" in REPORT.mark("z", "It is new.")


def test_a_page_counts_what_stands_on_it():
    assert REPORT.line(12, 1, "abcd") == (
        '<p class="fp-record">On this page: 12 numbers, 1 equation and 4 marked statements (2 proved, 2 drawn, 1 computed), '
        "checked at commit abc of 3 May 2026.</p>"
    )
    assert "On this page: 1 number, checked" in REPORT.line(1, 0, "")
    assert "2 marked statements (1 proved, 1 not checked yet), checked" in REPORT.line(0, 0, "az")
    assert REPORT.line(0, 0, "") == ""


def test_sentences_are_short_and_plain():
    assert shortened("It *is* [there](a.md), where $|D| \\le \\lambda$.") == "It is there, where |D| ≤ λ"
    assert shortened(r"$w_{\text{new}} = \frac{1}{2} w$") == "w_new = 1/2 w"
    long = shortened("word " * 40)
    assert len(long) < 95 and long.endswith("word …")


def git(root, *arguments):
    identity = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def test_the_state_is_a_commit_and_its_day_or_a_version(tmp_path):
    write(tmp_path, {"pyproject.toml": "[project]\nversion = '1.2'\n[tool.figpress]\n"})
    project = find_project(tmp_path)
    assert state_of(project) == "for version 1.2"
    git(tmp_path, "init", "-q")
    assert state_of(project) == "for version 1.2"
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first", "--date=2026-05-03T10:00:00")
    first = state_of(project)
    assert first.startswith("at commit ") and not first.endswith("since") and first == state_of(project)
    write(tmp_path, {"new.txt": "new"})
    assert state_of(project) == f"{first} with changes since"


def test_the_commit_is_told_where_the_files_are_somebody_elses(tmp_path, monkeypatch):
    """As in the container of a hosting, where git by itself refuses."""
    write(tmp_path, {"pyproject.toml": "[project]\nversion = '1.2'\n[tool.figpress]\n"})
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-qm", "first")):
        git(tmp_path, *arguments)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(subprocess.CalledProcessError):
        git(tmp_path, "status")
    assert state_of(find_project(tmp_path)).startswith("at commit ")

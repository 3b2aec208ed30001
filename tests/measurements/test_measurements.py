"""The recorded measurements: complete, true of themselves, and measured again where the library is at hand."""

import json
import re
import warnings

import pytest

from measurements import run
from measurements.libraries import scikit_learn
from measurements.measuring import measure, measure_finding
from shrinkage import CONVENTIONS

ENTRIES = json.loads(run.RESULTS.read_text(encoding="utf-8"))
MEASURED = [entry for entry in ENTRIES if "rows" in entry]
ROWS = [row for entry in MEASURED for row in entry["rows"] if "error" not in row]


def test_every_entry_has_rows_or_says_why_not():
    names = [entry["name"] for entry in ENTRIES]
    assert names == sorted(names) and set(names) <= set(run.LIBRARIES)
    for entry in ENTRIES:
        assert ("rows" in entry) != ("skipped" in entry), entry["name"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", entry["date"])
        assert not any("error" in row for row in entry.get("rows", ())), entry["name"]


@pytest.mark.parametrize("name", run.LIBRARIES)
def test_modules_pin_what_they_measure(name):
    about = run.declared(name)
    assert about["LIBRARY"]
    own = about["REQUIREMENTS"][0]
    assert "==" in own or about.get("NEEDS"), "the library's own version must be pinned"


def test_rows_have_names_of_their_own_and_conventions_that_exist():
    names = [row["id"] for row in ROWS]
    assert len(names) == len(set(names))
    assert {row["convention"] for row in ROWS if row["convention"]} <= set(CONVENTIONS)


def test_formulas_are_those_of_the_table():
    """A convention that was edited must be measured again."""
    for row in ROWS:
        if row["convention"]:
            assert (row["l1"], row["l2"]) == CONVENTIONS[row["convention"]].formulas(), row["id"]
            assert row["confirmed"], row["id"]


def test_every_convention_of_a_library_is_confirmed_by_a_fit():
    ours = {
        name
        for name in CONVENTIONS
        if name.partition(".")[0] in ("shrinkage", "half_squared_error", "mean_squared_error")
    }
    assert set(CONVENTIONS) - ours == {row["convention"] for row in ROWS if row["confirmed"]}
    assert len({row.get("library", entry["library"]) for entry in MEASURED for row in entry["rows"]}) >= 20


def test_what_is_said_of_findings_holds():
    for entry in MEASURED:
        for finding in entry["findings"]:
            assert finding.get("holds"), finding
            finding["says"].format(**finding["numbers"])


def near(first, second):
    return first == second or (first is not None and second is not None and abs(first - second) <= 0.05 * abs(second))


@pytest.mark.parametrize("row", scikit_learn.ROWS, ids=lambda row: row.id)
def test_rows_of_scikit_learn_measured_again(row):
    (recorded,) = [old for old in ROWS if old["id"] == row.id]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        again = measure(row)
    for name in ("confirmed", "kinds", "units", "bias", "zeros", "l1", "l2"):
        assert again[name] == recorded[name], name
    for name in ("rows_twice", "unit_of_y", "weights_of_two"):
        if name in recorded and recorded[name] is not None:
            assert all(near(again[name][key], recorded[name][key]) for key in recorded[name]), (name, again[name])


@pytest.mark.parametrize("finding", scikit_learn.FINDINGS, ids=lambda f: f.id)
def test_findings_of_scikit_learn_measured_again(finding):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert measure_finding(finding)["holds"]


def test_a_library_that_is_not_known_is_refused(capsys):
    assert run.main(["no_such_library"]) == 2
    assert "no library 'no_such_library'" in capsys.readouterr().err

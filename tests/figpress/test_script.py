"""The command line of one figure: what it reads, and what it says in one line."""

import pytest

from figpress.drawing.script import _joined


@pytest.mark.parametrize("number", ["-1e-3", "-5", "-.5", "-0.25E2", "-inf"])
def test_negative_numbers_are_values_of_the_option_before_them(number):
    assert _joined(["--w0", number, "-o", "a.svg"]) == [f"--w0={number}", "-o", "a.svg"]


def test_what_is_no_negative_number_stays_as_it_was_typed():
    for arguments in (["--w0", "5"], ["--w0=-5", "-5"], ["-o", "-5"], ["--transparent", "-o", "x.svg"], []):
        assert _joined(arguments) == arguments

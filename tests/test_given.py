"""Numbers that are given can be changed: the quick case of ``python -m tests.given``."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.given import SETS, changed

ROOT = Path(__file__).parents[1]
QUICK = ("tests/claims/test_walkthrough.py", "tests/figures/test_examples.py")


@pytest.mark.nightly
def test_the_walkthrough_may_start_elsewhere():
    command = [sys.executable, "-m", "tests.given", "start", "--only", *QUICK]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=580)
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_typed_number_is_found(tmp_path):
    (tmp_path / "test_typed.py").write_text(
        "from figures import given\n\n\ndef test_typed():\n    assert given.W0 == 5.0\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "tests.given", "start", "--only", str(tmp_path / "test_typed.py")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=580)
    assert run.returncode == 1 and "FAILED" in run.stdout and "test_typed" in run.stdout


def test_every_set_changes_what_it_names():
    text = (ROOT / "figures" / "given.py").read_text(encoding="utf-8")
    for numbers in SETS.values():
        lines = changed(text, numbers).splitlines()
        assert {f"{name} = {value!r}" for name, value in numbers.items()} <= set(lines)
        assert sum(old != new for old, new in zip(text.splitlines(), lines, strict=True)) == len(numbers)
    with pytest.raises(ValueError, match="SIX_WEIGHTS"):
        changed(text, {"SIX_WEIGHTS": 3})

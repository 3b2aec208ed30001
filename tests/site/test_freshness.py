"""A sample of all edits; every one of them is a command of its own: ``python -m tests.freshness``."""

import subprocess
import sys

import pytest

from tests.site.conftest import ROOT


# Half a minute; tests/figpress/test_press.py has one edit of every kind, in a project of two figures.
@pytest.mark.nightly
def test_a_sample_of_edits_redraws_exactly_what_depends_on_them():
    command = [sys.executable, "-m", "tests.freshness", "--sample", "6", "--together"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=580)
    assert run.returncode == 0, run.stdout + run.stderr

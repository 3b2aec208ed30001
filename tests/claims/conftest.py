"""Tests of claims: each has to run and to pass."""

import pytest
from hypothesis import settings

# Another package of tests may have loaded its own since; see this package for ours.
settings.load_profile("claims")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A claim on a page is not checked by a test that is skipped or expected to fail."""
    report = yield
    if report.skipped or hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"{item.name} has to run and pass: a page says so"
    return report

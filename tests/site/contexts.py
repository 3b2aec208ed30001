"""A pytest plugin for runs under coverage: what a test runs is noted under its name, what imports run under none."""

import coverage
import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Coverage's own dynamic contexts look at every call of every library for the start of a test, which takes as long as all tests."""
    measured = coverage.Coverage.current()
    measured.switch_context(item.nodeid)
    try:
        return (yield)
    finally:
        measured.switch_context("")

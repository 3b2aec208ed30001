"""Hypothesis draws the same examples on every run, so that a failure can be repeated."""

import os

from hypothesis import settings

settings.register_profile(
    "repeatable",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "60")),
)
settings.load_profile("repeatable")

"""Hypothesis draws the same examples on every run, so that a failure can be repeated."""

import os

from hypothesis import Phase, settings

settings.register_profile(
    "repeatable",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "60")),
)
# For the mutation run, which asks only whether a test fails, not for the smallest example.
settings.register_profile("first-failure", settings.get_profile("repeatable"), phases=[Phase.explicit, Phase.generate])
settings.load_profile("repeatable")

"""Hypothesis draws the same examples on every run, so that a failure can be repeated."""

from hypothesis import settings

settings.register_profile("claims", derandomize=True, database=None, deadline=None, max_examples=60)
settings.load_profile("claims")

"""Tests of the pages' claims, one for each, which figpress runs as well as pytest does.

They take no fixtures: a test calls what it needs, and ``pytest.mark.parametrize`` is the only mark.
"""

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

# The same inputs are drawn wherever and whenever a test runs, so that a failure can be repeated; how long a draw takes, on a
# machine that has other things to do, is no reason to fail.
settings.register_profile(
    "claims",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("claims")

# For the same reason nothing is drawn from the numbers in whatever modules happen to be imported; to look for them takes
# longer than most of these tests, too.
if hasattr(providers, "_get_local_constants"):
    providers._get_local_constants = lambda: providers._local_constants

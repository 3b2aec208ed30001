"""What every figure depends on beside the project's own code."""

import functools
import sys

from figpress.freshness.versions import version_of
from figpress.store import version_of_rooms

DRAWN_BY = ("figure", "drawing", "freshness", "live", "making")
"""The rooms of the press that every drawing depends on."""

_PACKAGES = ("numpy", "matplotlib", "pillow", "contourpy", "kiwisolver", "pyparsing", "font-source-sans-pro")


def environment() -> dict[str, str]:
    """What every drawing depends on beside the project: versions, and the press's own code."""
    return {
        "Python": ".".join(map(str, sys.version_info[:3])),
        "figpress": version_of_rooms(*DRAWN_BY),
        **{name: version_of(name) for name in _PACKAGES},
    }


environment_of_this_process = functools.cache(environment)
"""A worker draws for one build, and what it has imported does not change under it."""

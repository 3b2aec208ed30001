"""What every figure depends on beside the project's own code."""

import functools
import os
import sys

from figpress.freshness.versions import version_of
from figpress.store import version_of_room

MADE_BY = ("__init__", "labels", "project", "store", "figure", "freshness", "making")
"""The rooms of the press, and modules beside them, that whatever is made depends on."""

DRAWN_BY = (*MADE_BY, "drawing", "live")
"""Those that every figure and notebook depends on."""

VARIABLES = {
    # Sets come out in one order, and sums of arrays in one way, whoever draws.
    "PYTHONHASHSEED": "0",
    "MPLBACKEND": "Agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # What a user has set up for himself is no part of the project; nor are packages that Hypothesis imports because they are installed.
    "MATPLOTLIBRC": os.devnull,
    "HYPOTHESIS_NO_PLUGINS": "1",
}
"""The environment variables that are set for every worker process."""

_PACKAGES = (
    "numpy",
    "matplotlib",
    "pillow",
    "contourpy",
    "kiwisolver",
    "pyparsing",
    "fonttools",
    "font-source-sans-pro",
)


def environment(rooms: tuple[str, ...] = MADE_BY) -> dict[str, str]:
    """What a result depends on beside the project: versions, and the press's own code in these rooms."""
    return {
        "Python": ".".join(map(str, sys.version_info[:3])),
        **{f"figpress.{room}": version_of_room(room) for room in rooms},
        **{name: version_of(name) for name in _PACKAGES},
    }


environment_of_this_process = functools.cache(environment)
"""A worker makes things for one build, and what it has imported does not change under it."""

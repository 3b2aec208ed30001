"""The kernel that a notebook runs in: this very Python, watched as a figure is."""

import json
import random
import sys
import warnings
from pathlib import Path

from figpress.drawing.tricks import forget_own_settings
from figpress.freshness.trace import Recorder, Trace

_recorder: Recorder | None = None


def begin(root: str, source_dirs: list[str], given: list[str]) -> None:
    """In the kernel: start to watch. ``given`` are the names of environment variables that were set for it."""
    global _recorder
    import matplotlib
    import numpy
    from IPython import get_ipython

    forget_own_settings()
    get_ipython().config.InlineBackend.figure_formats = {"svg"}
    # Text stays text, which the page sets in its own font; as a default it outlives a style that the notebook applies.
    matplotlib.rcParamsDefault["svg.fonttype"] = matplotlib.rcParams["svg.fonttype"] = "none"
    random.seed(0)
    numpy.random.seed(0)
    warnings.simplefilter("error", UserWarning)
    warnings.simplefilter("error", RuntimeWarning)
    _recorder = Recorder(Path(root), tuple(map(Path, source_dirs)), given)
    _recorder.begin()


def finish(target: str) -> None:
    """In the kernel: write down what was seen. (Printed, it would be one long line, over which nbclient takes many seconds.)"""
    trace = _recorder.trace
    seen = {
        "sources": {name: source.decode("utf-8", "surrogateescape") for name, source in trace.sources.items()},
        "paths": trace.paths,
        "searched": trace.searched,
        "ran": sorted(trace.ran),
        "files": trace.files,
        "folders": trace.folders,
        "looked_at": trace.looked_at,
        "variables": trace.variables,
        "top_level": sorted(_recorder.top_level),
    }
    Path(target).write_text(json.dumps(seen), encoding="utf-8")


def seen_in(text: str) -> tuple[Trace, list[str]]:
    """What ``finish`` wrote down, and the project's own top-level modules."""
    raw = json.loads(text)
    top_level = raw.pop("top_level")
    raw["sources"] = {name: source.encode("utf-8", "surrogateescape") for name, source in raw["sources"].items()}
    return Trace(**raw | {"ran": set(raw["ran"])}), top_level


def kernel_manager_class() -> type:
    """Managers of kernels that run in this very Python, whatever kernels are installed."""
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    class OwnKernelManager(AsyncKernelManager):
        @property
        def kernel_spec(self) -> KernelSpec:
            command = [
                sys.executable,
                "-m",
                "ipykernel_launcher",
                "-f",
                "{connection_file}",
                "--IPKernelApp.log_level=40",
            ]
            return KernelSpec(argv=command, display_name="Python 3", language="python")

    return OwnKernelManager

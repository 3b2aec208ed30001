"""Is this tree quicker than an older commit? ``python -m tests.beside COMMIT [--runs 5] [--serve]``.

Builds from nothing, warm builds, and what an author waits for under ``mkdocs serve`` after a page or a function was saved,
of this tree (as it is under version control, with its changes) and of the commit, in alternation on one machine. Times are
wall clock; beside them stands processor time, which others' load changes less. Claims and equations are not checked, since
the commit may not have had any. Nothing is installed: both use the libraries of this environment.
"""

import argparse
import contextlib
import io
import socket
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.benchmark import ROOT, copy_of_project, empty, environment, mkdocs

PATIENCE = 600
PAGE, PAGE_SHOWN = "docs/norms.md", "norms.html"
SOURCE, SOURCE_SHOWN = "src/shrinkage/closed_forms.py", "source/src/shrinkage/closed_forms.html"
FUNCTION = "return soft_threshold(z, lam / 2)"


def commit_in(folder: Path, commit: str) -> Path:
    """The files of ``commit``."""
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True)
    if archive.returncode:
        raise SystemExit(f"beside: {archive.stderr.decode().strip()}")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return folder


class Served:
    """``mkdocs serve`` on ``project``, and how long it takes until a page has what was saved."""

    def __init__(self, project: Path, address: str, log: Path) -> None:
        self.project, self.address, self.log = project, address, log

    def page(self, path: str) -> str:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            return urllib.request.urlopen(f"http://{self.address}/{path}", timeout=PATIENCE).read().decode()
        return ""

    def until(self, path: str, words: str) -> float:
        """Seconds until the page at ``path`` has ``words``."""
        start = time.perf_counter()
        while words not in self.page(path):
            if time.perf_counter() - start > PATIENCE:
                raise SystemExit(
                    f"beside: {self.project.name} did not serve {words!r}:\n{self.log.read_text()[-4000:]}"
                )
            time.sleep(0.05)
        return time.perf_counter() - start

    def page_saved(self, number: int) -> float:
        path = self.project / PAGE
        path.write_text(f"{path.read_text()}\nWord{number} of {self.project.name}.\n")
        return self.until(PAGE_SHOWN, f"Word{number} of")

    def function_saved(self, number: int) -> float:
        path = self.project / SOURCE
        old, new = (FUNCTION.replace("2)", f"2.{k})") if k else FUNCTION for k in (number - 1, number))
        text = path.read_text()
        assert text.count(old) == 1, (path, old)
        path.write_text(text.replace(old, new))
        return self.until(SOURCE_SHOWN, f"2.{number}</span>")


@contextlib.contextmanager
def served(project: Path) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = project.with_suffix(".log")
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dev-addr", address],
            cwd=project,
            env=environment(project),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            server = Served(project, address, log)
            server.until(PAGE_SHOWN, "</html>")
            yield server
        finally:
            process.terminate()
            process.wait()


def from_nothing(project: Path) -> tuple[float, float, float]:
    empty(project / ".figpress")
    return mkdocs(project, "--no-strict")


def main() -> None:
    """Measure, and print medians, extremes, and ratios within each round."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("commit")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--serve", action="store_true", help="what an author waits for, and nothing else")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error(f"--runs must be at least 1, got {options.runs}")
    times: dict[tuple[str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        here = copy_of_project(Path(folder) / "here")
        projects = {"here": here, "then": commit_in(Path(folder) / "then", options.commit)}
        for project in projects.values():
            (project / ".git").mkdir()

        def note(what: str, name: str, seconds: float) -> None:
            times.setdefault((what, name), []).append(seconds)

        builds = (("from nothing", from_nothing), ("warm", lambda p: mkdocs(p, "--no-strict")))
        for what, build in () if options.serve else builds:
            for _ in range(options.runs):
                for name, project in projects.items():
                    seconds, megabytes, processor = build(project)
                    note(what, name, seconds)
                    note(f"{what}, processor time", name, processor)
                    note(f"{what}, MB of the largest process", name, megabytes)
        with contextlib.ExitStack() as stack:
            servers = {name: stack.enter_context(served(project)) for name, project in projects.items()}
            for number in range(1, options.runs + 1):
                for what, save in (("page saved", Served.page_saved), ("function saved", Served.function_saved)):
                    for name, server in servers.items():
                        # The pages are there before the watching has begun again.
                        time.sleep(2)
                        note(what, name, save(server, number))
    for what in dict.fromkeys(what for what, _ in times):
        ours, theirs = times[what, "here"], times[what, "then"]
        ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
        print(
            f"{what:42s} {statistics.median(ours):8.2f} {statistics.median(theirs):8.2f}   "
            f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        )


if __name__ == "__main__":
    main()

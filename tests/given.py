"""Can the numbers that are given be changed, and nothing else? Site and tests with other values in figures/given.py.

    python -m tests.given                  all sets (many minutes)
    python -m tests.given start data       some of them
    python -m tests.given start --only tests/claims/test_walkthrough.py

Each set replaces some of the numbers in a copy of the project. There the site is built strictly and the tests of claims and
figures run; with --only, nothing but the tests named. Exit status 1, and what failed, where anything does.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmark import copy_of_project

SETS = {
    # The walkthrough from elsewhere. Its step still goes into the start, and not into the uneven one.
    "start": {"W0": 6.0, "W0_UNEVEN": 5.3},
    "whole": {"W0": 4.0},
    # Nearer; the same step length in another way.
    "near": {"W0": 4.0, "W0_UNEVEN": 3.2, "ETA": 0.25, "LAM": 2.0},
    # The data points, the strengths and the places where a reader starts.
    "data": {
        "HOME_Y": 1.25,
        "HOME_LAM": 3.5,
        "DEAD_ZONE_LAM": 3.0,
        "DEAD_ZONE_PULL": -2.2,
        "POINT_X": 1.5,
        "POINT_Y": 2.5,
        "POINT_B": -0.5,
        "POINT_W": 1.5,
        "POINT_LAM": 4.0,
        "UPDATE_W": 1.5,
        "UPDATE_WANT": 3.2,
        "UPDATE_LAM": 0.3,
    },
    # What is chosen for single figures.
    "figures": {
        "SPREAD": 500.0,
        "BALL_P": 2 / 3,
        "SLOPE_AT_0": -0.6,
        "STABILITY_LAM": 0.5,
        "INFLUENCES_W": 0.4,
        "OVERFIT_LAM": 0.3,
        "PATHS_LAM": 3000.0,
        "GEOMETRY_M1": 1.0,
        "GEOMETRY_RHO": -0.4,
        "GEOMETRY_LAM": 2.5,
        "ELASTIC_SHARE": 0.4,
    },
}
TESTS = ("tests/claims", "tests/figures")


def changed(text: str, numbers: dict[str, float]) -> str:
    """The text of given.py with other numbers.

    Raises:
        ValueError: a name is not given a plain number there, or has that value already.
    """
    for name, value in numbers.items():
        text, count = re.subn(rf"^({name} = )(-?[\d.]+)$", rf"\g<1>{value!r}", text, flags=re.MULTILINE)
        if count != 1:
            raise ValueError(f"figures/given.py has {count} lines '{name} = number', wanted one")
    return text


def failures(project: Path, command: list[str]) -> list[str]:
    """What a command says of its failure, in a copy of the project; nothing where it succeeds."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(project / "src"), str(project)]),
        "NO_MKDOCS_2_WARNING": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=project, env=environment, capture_output=True, text=True
    )
    if done.returncode == 0:
        return []
    lines = (done.stdout + done.stderr).splitlines()
    return [line for line in lines if re.match(r"(FAILED|ERROR|WARNING)\b", line)] or lines[-20:]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", choices=[[], *SETS], default=[], metavar="SET", help=", ".join(SETS))
    parser.add_argument("--only", nargs="+", metavar="TESTS", help="only these tests, and no site")
    options = parser.parse_args()
    found = 0
    for name in options.sets or SETS:
        with tempfile.TemporaryDirectory() as room:
            project = copy_of_project(Path(room) / "project")
            given = project / "figures" / "given.py"
            given.write_text(changed(given.read_text(encoding="utf-8"), SETS[name]), encoding="utf-8")
            commands = [["pytest", "-q", "-p", "no:cacheprovider", *(options.only or TESTS)]]
            if not options.only:
                commands.insert(0, ["mkdocs", "build", "--strict"])
            lines = [line for command in commands for line in failures(project, command)]
        print(f"{name}: {'; '.join(f'{key} = {value:g}' for key, value in SETS[name].items())}")
        print("\n".join(lines) or "nothing else had to be edited", flush=True)
        found += len(lines)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

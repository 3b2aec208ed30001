"""What checks of claims and equations give, and what all of them depend on."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from figpress import worker
from figpress.project import Project


@dataclass(frozen=True)
class ClaimTest:
    """The test of a claim: its file, and its name in it."""

    path: str
    name: str

    def __str__(self) -> str:
        return f"{self.path}::{self.name}"


@dataclass(frozen=True)
class Verdict:
    """What a check found.

    ``problem`` is "" where all is well. ``missing`` names a library that is not installed. ``decorators`` are those of a claim's
    test, and ``runs`` says how often its body ran to its end.
    """

    problem: str = ""
    missing: str = ""
    decorators: tuple[str, ...] = ()
    runs: int = 0


def rooms_of(project: Project) -> tuple[Path, ...]:
    """Where modules live that checks use: the tests as well."""
    return (*worker.rooms_of(project), project.tests)


def environment() -> dict[str, str]:
    """What every check depends on beside the project."""
    modules = [
        Path(__file__).with_name(name)
        for name in ("checker.py", "comparison.py", "equations.py", "formulas.py", "verdicts.py")
    ]
    own = hashlib.sha256(b"".join(path.read_bytes() for path in modules)).hexdigest()
    return worker.environment() | {"figpress checks": own[:24]}

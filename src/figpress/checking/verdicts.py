"""What checks of claims and equations give, and what all of them depend on."""

from dataclasses import dataclass
from pathlib import Path

from figpress.making.environment import environment as figures_environment
from figpress.project import Project
from figpress.store import version_of_rooms


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


def source_dirs(project: Project) -> tuple[Path, ...]:
    """Where modules live that checks use: the tests as well."""
    return (*project.source_dirs, project.tests)


def environment() -> dict[str, str]:
    """What every check depends on beside the project."""
    return figures_environment() | {"figpress checks": version_of_rooms("checking", "pages")}

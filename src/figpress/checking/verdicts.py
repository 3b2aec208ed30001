"""What checks of claims and equations give, and what all of them depend on."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import figpress
from figpress.making.environment import DRAWN_BY, MADE_BY
from figpress.pages.equations import Equation
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


def source_dirs(project: Project) -> tuple[Path, ...]:
    """Where modules live that checks use: the tests as well."""
    return (*project.source_dirs, project.tests)


CHECKED_BY = (*MADE_BY, "checking")
"""The rooms of the press that every check depends on."""

ROOMS = (*DRAWN_BY, "checking", "pages", "publishing", "mkdocs_plugin", "cli")
"""All there are."""

HANDED_OUT = {name: getattr(figpress, name).__module__.partition(".")[2] for name in figpress.__all__}
"""Of each name that figures take from the package the module that makes it, which runs nothing else of its room for a check."""

PARTS = (*ROOMS, *sorted({module for module in HANDED_OUT.values() if module.partition(".")[0] not in MADE_BY}))
"""All that a check may depend on of the press: rooms, and modules by themselves."""


def rooms_for(check: ClaimTest | Equation, imports: Iterable[str]) -> tuple[str, ...]:
    """The ``PARTS`` of the press that a check depends on, given the dotted names that the code imports which was watched for it."""
    named = {name.split(".")[1] for name in imports if name.startswith("figpress.")}
    if named & {"checking", "pages", "publishing", "mkdocs_plugin", "cli"}:
        return ROOMS
    rooms = {
        *CHECKED_BY,
        *(HANDED_OUT[name] for name in named & HANDED_OUT.keys() if HANDED_OUT[name] in PARTS),
        *(DRAWN_BY if named - HANDED_OUT.keys() - {*MADE_BY} else ()),
        *(["pages"] if isinstance(check, Equation) else ()),
    }
    return tuple(sorted(rooms))

"""Has the pages checked, and keeps each verdict until a function that ran for it, or anything else that it used, changes.

Only what is well is kept: what is wrong is to be mended, and until then it is looked at anew in every build.
"""

import contextlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import as_completed
from dataclasses import dataclass, field, replace

from figpress.checking.checks import Check, all_checks
from figpress.checking.verdicts import CHECKED_BY, PARTS, Verdict, source_dirs
from figpress.freshness.changes import Present
from figpress.freshness.record import Record, identity
from figpress.making.environment import environment
from figpress.making.processes import Workers
from figpress.project import Project
from figpress.store import Damaged, Entry, Store, pack, unpack

_ALL = "all"
"""The entry that holds all verdicts together: where nothing at all has changed, no other is opened."""


@dataclass
class Checked:
    """Verdicts by the name of the check, for those that are known; problems; and what was run for it."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    open: list[Check] = field(default_factory=list)


class Checking:
    """Checks a project's pages.

    Args:
        project: where everything is.
        jobs: how many worker processes there may be; by default as many as there are processors.
    """

    def __init__(self, project: Project, jobs: int | None = None):
        # Beside figures: what is kept of these is pruned by what they use.
        self._inner = replace(project, cache=project.cache / "checks")
        self._project = project
        self._jobs = jobs
        self._store = Store(self._inner.cache / "entries")

    def check(
        self,
        facts: Mapping[str, object],
        progress: Callable[[str, int, int], None] = lambda name, done, number: None,
        run: bool = True,
    ) -> Checked:
        """Check all pages.

        Args:
            facts: results of figures and modules of numbers by name, which equations quote.
            progress: called with a check's label, how many are done, and how many there are.
            run: make the checks whose verdicts are not fresh; otherwise they are left open.
        """
        checks, problems = all_checks(self._project, facts)
        unique = {check.name: check for check in checks}
        checked = Checked(problems=problems)
        records = self._take_fresh(unique, checked)
        waiting = [check for name, check in unique.items() if name not in checked.verdicts]
        if run:
            done = len(unique) - len(waiting)
            for check, entry in self._made(waiting):
                done += 1
                progress(check.label, done, len(unique))
                self._take(check, entry, checked, records)
                checked.made.append(check.name)
            self._keep_together(unique, checked, records)
        else:
            checked.open = waiting
        checked.problems += _in_words(checks, checked.verdicts)
        return checked

    def _take_fresh(self, unique: Mapping[str, Check], checked: Checked) -> dict[str, Record]:
        """Take what is fresh; give the records of what was looked at one by one."""
        present = Present(self._inner, source_dirs(self._project), environment(PARTS), environment(CHECKED_BY).keys())
        records: dict[str, Record] = {}
        for path in self._store.files(_ALL)[:1]:
            with contextlib.suppress(Damaged):
                header = self._store.load(path)[0].header
                record = Record.of(header)
                if header.get("made_for") == _ALL and present.is_same(record):
                    records[_ALL] = record
                    verdicts = {name: _verdict(fields) for name, fields in header["verdicts"].items()}
                    checked.verdicts |= {name: verdicts[name] for name in unique if name in verdicts}
        for name in unique:
            if name not in checked.verdicts and (entry := self._fresh(unique[name], present)):
                checked.verdicts[name] = _verdict(entry.header["verdict"])
                records[name] = Record.of(entry.header)
        return records

    def _fresh(self, check: Check, present: Present) -> Entry | None:
        for path in self._store.files(check.name):
            with contextlib.suppress(Damaged):
                entry, content = self._store.load(path)
                if not present.changes_of(entry.header, identity("check", check.work)):
                    renewed = present.renewed(entry, content)
                    return self._store.save(check.name, entry.header["key"], renewed) if renewed else entry
        return None

    def _made(self, checks: list[Check]) -> Iterable[tuple[Check, Verdict | bytes]]:
        number = min(self._jobs or os.cpu_count() or 1, len(checks))
        with contextlib.closing(Workers(self._inner, number, "figpress.checking.worker")) as workers:
            futures = {workers.make("check", check.work): check for check in checks}
            for future in as_completed(futures):
                outcome, payload = future.result()
                yield futures.pop(future), payload if outcome == "done" else Verdict(problem=payload)

    def _take(self, check: Check, made: Verdict | bytes, checked: Checked, records: dict[str, Record]) -> None:
        if isinstance(made, Verdict):
            checked.verdicts[check.name] = made
            return
        entry = unpack(made)
        checked.verdicts[check.name] = _verdict(entry.header["verdict"])
        if not checked.verdicts[check.name].problem:
            self._store.save(check.name, entry.header["key"], made)
            records[check.name] = Record.of(entry.header)

    def _keep_together(self, unique: Mapping[str, Check], checked: Checked, records: dict[str, Record]) -> None:
        if set(records) - {_ALL} and not any(verdict.problem for verdict in checked.verdicts.values()):
            verdicts = {name: vars(verdict) for name, verdict in checked.verdicts.items()}
            record = _joined(records.values())
            if record is None:
                return
            self._store.save(_ALL, _ALL, pack({"record": vars(record), "made_for": _ALL, "verdicts": verdicts}, {}))
            self._store.prune([_ALL, *unique])
            Store(self._inner.cache / "code").prune(record.sources)


def _verdict(fields: Mapping[str, object]) -> Verdict:
    return Verdict(**{**fields, "decorators": tuple(fields["decorators"])})


_PARTS = (
    "environment",
    "distributions",
    "top_level",
    "searched",
    "paths",
    "sources",
    "files",
    "folders",
    "looked_at",
    "variables",
)


def _joined(records: Iterable[Record]) -> Record | None:
    """One record of all that several depended on, enough to see whether nothing has changed; None where something did change
    while they were made, so that not all can hold."""
    joined: dict[str, dict] = {part: {} for part in _PARTS}
    for record in records:
        for part, things in joined.items():
            for name, state in getattr(record, part).items():
                before = things.setdefault(name, state)
                if before == state:
                    continue
                # Of a file that is looked at, one sees its size and another not.
                if part != "looked_at" or not (
                    before and state and (state.startswith(before) or before.startswith(state))
                ):
                    return None
                things[name] = max(before, state, key=len)
    return Record(**joined)


def _in_words(checks: Iterable[Check], verdicts: Mapping[str, Verdict]) -> list[str]:
    """One line for each problem, and for each library that is not there."""
    lines, missing = [], Counter()
    for check in checks:
        verdict = verdicts.get(check.name, Verdict())
        missing.update([verdict.missing] if verdict.missing else [])
        if verdict.problem and not verdict.missing:
            lines.append(f"{check}: {verdict.problem}")
    return lines + [
        f"{library} is not installed, without which {count} of the checks cannot be made: python -m pip install {library}"
        for library, count in missing.items()
    ]

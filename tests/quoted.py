"""Is the number that is printed the number that is tested? Change each fact that a claim quotes; its own test has to fail.

    python -m tests.quoted              all claims (a few minutes on two slow cores)
    python -m tests.quoted CLAIM...     these claims

A whole number is changed by one, any other by a part in a hundred and by one, up and down, a word to another word. Prints
every change that the claim's test did not notice, and exits with 1 where there is one.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from figpress.checking.checks import pages
from figpress.pages import sources
from figpress.pages.syntax import FACT, claims_in
from figpress.project import find_project
from tests.claims.pages import CHANGED, quoted
from tests.forked import exit_codes, run_pytest, show_progress

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 60


@dataclass(frozen=True)
class Change:
    """One fact of one claim's sentence, and what it is changed to (None: nothing is)."""

    page: str
    claim: str
    test: str
    fact: str = ""
    value: object = None

    def __str__(self) -> str:
        return f"{self.page}: claim {self.claim}: {self.fact} = {quoted(self.fact)!r} may as well be {self.value!r}"


def facts_quoted(text: str) -> dict[str, list[str]]:
    """The facts in the sentence of each claim of a page, in their order."""
    return {
        claim: list(dict.fromkeys(path for path, _ in re.findall(FACT, sentence) if path != "eq"))
        for claim, sentence in claims_in(text).items()
    }


def others(value: object) -> list:
    """What a fact is changed to."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value - 1, value + 1]
    if isinstance(value, float):
        shares = [0.99 * value, 1.01 * value] if value else []
        # The smallest number times 0.99 is itself.
        return [other for other in (*shares, value - 1, value + 1) if other != value]
    if isinstance(value, str):
        return [f"not {value}"]
    raise TypeError(f"a fact in a sentence is a number or a word, got {value!r}")


def changes(wanted: set[str]) -> Iterator[Change]:
    """For each claim that quotes facts first no change, then all."""
    project = find_project(ROOT)
    tests = sources.claim_tests(project, sources.index(project))
    for page, text in pages(project):
        for claim, paths in facts_quoted(text).items():
            if paths and (not wanted or claim in wanted):
                test = f"{tests[claim].path}::{tests[claim].name.rpartition('.')[2]}"
                yield Change(page, claim, test)
                for path in paths:
                    yield from (Change(page, claim, test, path, value) for value in others(quoted(path)))


def run(change: Change) -> int:
    """The claim's test with the change: 0 where it passes."""
    if change.fact:
        CHANGED[change.fact] = change.value
    return run_pytest([change.test])


def unnoticed(found: list[Change]) -> list[Change]:
    """The changes with which the test passes.

    Raises:
        ValueError: a test fails without any change.
    """
    passed = []
    for done, (change, code) in enumerate(exit_codes(found, run, SECONDS), 1):
        if bool(code) != bool(change.fact):
            if not change.fact:
                raise ValueError(f"{change.test} fails without any change")
            passed.append(change)
            print(change, flush=True)
        show_progress(f"{done}/{len(found)} tried, {len(passed)} unnoticed ")
    return passed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("claims", nargs="*", metavar="CLAIM", help="claims to try (default: all)")
    options = parser.parse_args()
    os.chdir(ROOT)
    import hypothesis.strategies  # noqa: F401  (loaded once for all children)
    import sklearn.linear_model  # noqa: F401
    import z3  # noqa: F401

    found = list(changes(set(options.claims)))
    missing = set(options.claims) - {change.claim for change in found}
    if missing:
        parser.error(f"no claim {', '.join(sorted(missing))} that quotes a fact")
    passed = unnoticed(found)
    print(
        f"\n{sum(bool(change.fact) for change in found)} changes of facts in {len({c.claim for c in found})} claims, "
        f"{len(passed)} unnoticed"
    )
    sys.exit(bool(passed))


if __name__ == "__main__":
    main()

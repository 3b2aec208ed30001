"""What a page says of its own checks: the title of each tick, and a quiet line at its foot."""

import html
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html.entities import html5

from figpress.checking.verdicts import Verdict
from figpress.labels import DEFAULTS, written_day
from figpress.project import Project

_LONGEST = 90


@dataclass(frozen=True)
class Report:
    """What pages say of the checks of a site.

    ``ticks`` are the project's words for tests, ``verdicts`` those of claims by their ids; ``state`` says of what the checks
    were, such as a commit.
    """

    ticks: Mapping[str, tuple[str, str]]
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    state: str = ""
    labels: Mapping[str, str] = field(default_factory=lambda: DEFAULTS)

    def words(self, claim: str) -> list[tuple[str, str]]:
        """The words for a claim's test, with what they mean; none where it is not checked."""
        verdict = self.verdicts.get(claim)
        if not verdict:
            return []
        named = [name for name in self.ticks if name in verdict.decorators] or ["otherwise"]
        return [(word, meaning.format(count=f"{verdict.runs:,}")) for word, meaning in map(self.ticks.get, named)]

    def mark(self, claim: str, sentence: str) -> str:
        """Title and accessible name of a claim's tick, as attributes, and the tick itself."""
        words, sentence = self.words(claim), shortened(sentence)
        if not words:
            return f'{self._attributes(self.labels["claim_open"].format(sentence=sentence))} data-open="">?'
        said = "; ".join(f"{word}, {meaning}" for word, meaning in words)
        return f"{self._attributes(self.labels['claim_checked'].format(how=said, sentence=sentence))}>✓"

    def line(self, numbers: int, equations: int, claims: Iterable[str]) -> str:
        """The line at a page's foot; "" where nothing on it was checked."""
        claims = list(claims)
        things = [
            self._counted(numbers, "number"),
            self._counted(equations, "equation"),
            self._counted(len(claims), "claim"),
        ]
        kinds = Counter(word for claim in claims for word, _ in self.words(claim))
        order = [word for word, _ in self.ticks.values() if word in kinds]
        open_ones = sum(not self.words(claim) for claim in claims)
        if not numbers + equations + len(claims):
            return ""
        of_these = ", ".join(
            [f"{kinds[word]} {word}" for word in order]
            + [self.labels["open"].format(count=open_ones)] * bool(open_ones)
        )
        listed = [thing for thing in things if thing]
        joined = f" {self.labels['and']} ".join(filter(None, [", ".join(listed[:-1]), listed[-1]]))
        text = self.labels["record"].format(things=joined + (f" ({of_these})" if of_these else ""), state=self.state)
        return f'<p class="fp-record">{html.escape(text)}</p>'

    def _attributes(self, text: str) -> str:
        return f'title="{html.escape(text)}" aria-label="{html.escape(text)} {html.escape(self.labels["see_test"])}"'

    def _counted(self, number: int, thing: str) -> str:
        """A number of things; the label of several is that of one with an s."""
        return self.labels[thing if number == 1 else f"{thing}s"].format(count=f"{number:,}") if number else ""


def shortened(markdown: str) -> str:
    """A sentence of Markdown as plain text, cut where it is long."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"\\(?:text|mathsf|operatorname|textcolor\{\w+\})\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"\\t?frac\{([^{}]*)\}\{([^{}]*)\}", r"\1/\2", text)
    text = re.sub(r"\\([a-zA-Z]+)", lambda match: html5.get(f"{match[1]};", match[1]), text)
    text = " ".join(re.sub(r"[*`$\\{}]", "", text).split()).rstrip(".")
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST].rpartition(' ')[0].rstrip(',;:')} …"


def state_of(project: Project) -> str:
    """At which commit a project is, and of what day; without git its version. No time of day: what is built twice is the same."""
    words = project.labels
    # In a container the files often belong to somebody else, and git would say nothing.
    git = ["git", "-c", f"safe.directory={project.root}"]
    try:
        told = [
            subprocess.run([*git, *arguments], cwd=project.root, capture_output=True, text=True, check=True).stdout
            for arguments in (["log", "-1", "--format=%H %cs"], ["status", "--porcelain"])
        ]
        commit, day = told[0].split()
        day = date.fromisoformat(day)
        at = words["at_commit"].format(commit=commit[:9], day=written_day(day, words))
        return f"{at} {words['changes_since']}" if told[1].strip() else at
    except (OSError, ValueError, subprocess.CalledProcessError):
        table = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))
        version = table.get("project", {}).get("version", "")
        return words["for_version"].format(version=version) if version else words["when_built"]

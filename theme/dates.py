"""When the text of each page was last changed, which git knows."""

import subprocess
from datetime import date
from pathlib import Path


def on_config(config):
    """For ``main.html``, which says it under each page."""
    config.extra["changed"] = {
        page: {"iso": day.isoformat(), "text": f"{day.day} {day:%B %Y}"}
        for page, day in changed(Path(config.docs_dir)).items()
    }


def changed(folder: Path) -> dict[str, date]:
    """The day of the last commit to each file; of none where that is not known, as in a copy without its history."""
    # The hosting's container runs as another user than the one whose files they are.
    git = ["git", "-c", "safe.directory=*", "-c", "core.quotePath=off", "-C", str(folder)]
    ask = {"capture_output": True, "text": True, "encoding": "utf-8", "check": True}
    try:
        # Where history is cut off, its first commit seems to have changed every file.
        if subprocess.run([*git, "rev-parse", "--is-shallow-repository"], **ask).stdout.strip() != "false":
            return {}
        log = subprocess.run([*git, "log", "--format=@%cs", "--name-only", "--relative", "--", "."], **ask).stdout
    except (OSError, subprocess.CalledProcessError):
        return {}
    days: dict[str, date] = {}
    for line in filter(None, log.splitlines()):
        if line.startswith("@"):
            day = date.fromisoformat(line[1:])
        else:
            days.setdefault(line, day)
    return days

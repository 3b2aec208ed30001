"""All words that the press itself writes on pages, each by its name; a project may have others, in its table
``[tool.figpress.labels]``."""

import re
from collections.abc import Mapping
from datetime import date

DEFAULTS: Mapping[str, str] = {
    # Figures.
    "code_and_files": "Code, files and tests",
    "script": "script",
    "cite": "cite",
    "by_itself": "by itself",
    "explained_here": "see it explained",
    "explained_on": "Explained on {site}",
    "functions_behind": "The functions behind it, and their tests:",
    "no_test": "no test by name",
    "more_tests": "and {count} more",
    "its_code": "Code: {code}.",
    "used_by_figures": "Figures: {figures}.",
    "used_by_tests": "Tests: {tests}.",
    # How a figure is cited.
    "figure_in": "Figure in {site}",
    "version": "version {version}",
    # Live figures.
    "parameters": "Parameters",
    "as_number": "{parameter}, as a number",
    "elsewhere": "as",
    "elsewhere_as_number": "{parameter} there, as a number",
    "reset": "Reset",
    "play": "Play",
    "pause": "Pause",
    "step": "Step",
    "back": "Back",
    "show_answer": "Show the answer",
    "copy_link": "Copy a link to this",
    "copied": "Copied",
    "link_copied": "The link is copied.",
    "link": "The link: {address}",
    "download": "Download what I see",
    "minus": "minus {size}",
    "infinity": "infinity",
    # What is said of a value that a live figure does not take.
    "refused": "{given} {reason}; {value} is shown.",
    "empty_field": "An empty field",
    "no_number": "is no number",
    "no_whole_number": "is no whole number",
    "no_option": "is none of {options}",
    "two_readings": "may be {one} or {other}",
    "above": "is above {limit}",
    "below": "is below {limit}",
    "not_above": "is not above {limit}",
    "no_control": "There is no control {name}.",
    "not_shown": "These values cannot be shown ({reason}).",
    "no_download": "The file cannot be made: {address} did not load.",
    # Facts.
    "yes": "yes",
    "no": "no",
    "none": "none",
    # The words for 0, 1, 2 ... with commas between them; beyond them digits. Where there are none, English up to ninety-nine.
    "number_words": "",
    # Equations and claims.
    "function": "The function that computes this",
    "function_named": "the function {name}",
    "claim_unlisted": "Checked by a test: see its source",
    "claim_checked": "{how}: “{sentence}”",
    "claim_open": "not checked since the last change: “{sentence}”",
    "see_test": "See its test.",
    # The line at a page's foot.
    "record": "On this page: {things}, checked {state}.",
    "number": "{count} number",
    "numbers": "{count} numbers",
    "equation": "{count} equation",
    "equations": "{count} equations",
    "claim": "{count} marked statement",
    "claims": "{count} marked statements",
    "open": "{count} not checked yet",
    "and": "and",
    "at_commit": "at commit {commit} of {day}",
    "changes_since": "with changes since",
    "for_version": "for version {version}",
    "when_built": "when this site was built",
    "day": "{day} {month} {year}",
    "months": "January February March April May June July August September October November December",
    # Notebooks.
    "notebook": "take this notebook away",
    "output": "Drawing",
    "output_described": "What the cell above draws, under the heading '{heading}'.",
    "permanent_link": "Permanent link",
    # The page.
    "language": "en",
    "search": "Search",
}

IN_SCRIPTS = (
    "play",
    "pause",
    "copied",
    "link_copied",
    "link",
    "minus",
    "infinity",
    "refused",
    "empty_field",
    "no_number",
    "no_whole_number",
    "no_option",
    "two_readings",
    "above",
    "below",
    "not_above",
    "no_control",
    "not_shown",
    "no_download",
    "yes",
    "no",
    "none",
    "number_words",
)
"""Those that the scripts of live figures write."""

_PLACE = re.compile(r"\{(\w*)\}")


def labels(own: Mapping[str, object], place: str) -> dict[str, str]:
    """All labels: a project's own, and defaults for the rest; ``place`` names the table in messages.

    Raises:
        ValueError: there is no such label, it is no text, or it has places that are not there.
    """
    for name, text in own.items():
        if name not in DEFAULTS:
            raise ValueError(f"{place} has no {name!r}; there are: {', '.join(DEFAULTS)}")
        if not isinstance(text, str):
            raise ValueError(f"{place}.{name} must be a text, got {text!r}")
        known = _PLACE.findall(DEFAULTS[name])
        if re.search(r"[{}]", _PLACE.sub("", text)) or not set(_PLACE.findall(text)) <= set(known):
            allowed = ", ".join(f"{{{place}}}" for place in known) or "none"
            raise ValueError(f"{place}.{name} has a place that there is not: {text!r}; there are: {allowed}")
    if len(own.get("months", DEFAULTS["months"]).split()) != 12:
        raise ValueError(f"{place}.months must be twelve words, got {own['months']!r}")
    if own.get("number_words") and not all(number_words(own)):
        raise ValueError(f"{place}.number_words must be words with commas between them, got {own['number_words']!r}")
    return {**DEFAULTS, **own}


def number_words(words: Mapping[str, str]) -> list[str]:
    """The project's words for 0, 1, 2 ...; none where it has none of its own."""
    text = words["number_words"]
    return [word.strip() for word in text.split(",")] if text else []


def written_day(day: date, words: Mapping[str, str]) -> str:
    """A date in the project's words."""
    return words["day"].format(day=day.day, month=words["months"].split()[day.month - 1], year=day.year)

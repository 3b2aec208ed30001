"""How long the pages take to read, counted from their words: what the home page says about its own routes."""

import re
from pathlib import Path

from markdown.extensions.toc import slugify

DOCS = Path(__file__).parents[1] / "docs"

# Plain prose is read at about 240 words a minute (Brysbaert, 2019, "How many words do we read per minute?", Journal of Memory
# and Language 109). Here are formulas to follow and figures to move: half of that.
WORDS_PER_MINUTE = 120

# What a reader does not read: what pages say to the tools that make them.
_UNREAD = re.compile(
    r"\A---\n.*?\n---\n"  # front matter
    r"|^```.*?^```$"  # code
    r"|^/// (?:equation|listing).*?\n///$"  # formulas on lines of their own
    r"|^///[^\n]*$"  # the marks of figures and tables
    r"|</?\w[^>]*>"  # tags
    r"|(?<=\])\([^)\s]+\)"  # addresses
    r"|\{[^{}\n]*\}\s*$",  # ids and classes
    re.DOTALL | re.MULTILINE,
)
_FORMULA = re.compile(r"\$[^$\n]+\$|\[\[[^\]]*\]\]")
_FOLD = re.compile(r"^\?\?\? .*\n(?:(?: {4}.*)?\n)*", re.MULTILINE)
_HEADING = re.compile(r"^(#{2,}) (.+?)(?: \{ #([\w-]+) \})?$", re.MULTILINE)


def facts() -> dict:
    """Minutes and words of each page and each route; the routes are the links that stand on the home page."""
    home = page("index")
    practice, expert = section(home, "in-practice"), section(home, "short-way")
    words = {name: n_words(page(name)) for name in listed(section(home, "what-to-read"))}
    in_practice = sum(words[name] for name in listed(practice))
    on_route = sum(words.values()) - in_practice
    stops = re.findall(r"\]\(([\w-]+)\.md#([\w-]+)\)", expert)
    return {
        "words_per_minute": WORDS_PER_MINUTE,
        "minutes": {name.replace("-", "_"): minutes(n) for name, n in words.items()},
        "route_words": round(on_route, -2),
        "route_minutes": minutes(on_route),
        "practice_minutes": minutes(in_practice),
        "expert_minutes": minutes(sum(n_words(section(page(name), anchor)) for name, anchor in stops)),
    }


def listed(text: str) -> list[str]:
    """The pages that tables link to in their first column."""
    return re.findall(r"^\| \[[^\]]+\]\(([\w-]+)\.md\)", text, re.MULTILINE)


def page(name: str) -> str:
    """A page's Markdown."""
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def section(text: str, anchor: str) -> str:
    """What stands under a heading, up to the next of its level or above.

    Raises:
        ValueError: no heading has this anchor.
    """
    headings = list(_HEADING.finditer(text))
    for i, heading in enumerate(headings):
        if (heading[3] or slugify(heading[2], "-")) == anchor:
            ends = (after.start() for after in headings[i + 1 :] if len(after[1]) <= len(heading[1]))
            return text[heading.end() : next(ends, len(text))]
    raise ValueError(f"no heading has the anchor {anchor!r}")


def n_words(text: str) -> int:
    """How many words are read without opening a fold; a formula in the line and a quoted number are one each."""
    read = _FORMULA.sub(" 1 ", _UNREAD.sub(" ", _FOLD.sub("", text)))
    return len(re.findall(r"\S*\w\S*", read))


def minutes(words: int) -> int:
    """Minutes at our pace, in full fives from a quarter of an hour on."""
    exact = words / WORDS_PER_MINUTE
    return round(exact) if exact < 15 else 5 * round(exact / 5)

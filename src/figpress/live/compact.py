"""The same JavaScript in fewer bytes: without comments, and without white space that only people need.

For scripts of ours alone: nothing is renamed, and lines end where a statement may end without a semicolon.
"""

import re

_TOKEN = re.compile(
    r"""(?P<gap>\s+|//[^\n]*)
    | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    | (?P<word>[\w$.]+)
    | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_PATTERN = re.compile(r"/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
_CHUNK = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(`|\$\{)", re.DOTALL)


def compact(script: str) -> str:
    """The script without what a browser does not need."""
    out: list[str] = []
    # How many braces are open in each ${...} of a template.
    depths: list[int] = []
    at, gap = 0, ""
    while at < len(script):
        match = _TOKEN.match(script, at)
        token = match[0]
        if match["gap"]:
            gap += token
            at = match.end()
            continue
        before = out[-1] if out else ""
        if token == "/" and not re.search(r"[\w$)\]\"'`]$", before):
            token = _PATTERN.match(script, at)[0]
        elif token == "`":
            token = _chunk(script, at, depths)
        elif depths and token == "{":
            depths[-1] += 1
        elif depths and token == "}":
            depths[-1] -= 1
            if depths[-1] < 0:
                depths.pop()
                token = _chunk(script, at, depths)
        if gap:
            out.append(_apart(before, token, gap))
            gap = ""
        out.append(token)
        at += len(token)
    return "".join(out) + "\n"


def _chunk(script: str, at: int, depths: list[int]) -> str:
    """A part of a template, from ` or } up to the next ${ or `."""
    end = _CHUNK.match(script, at + 1)
    if end[1] == "${":
        depths.append(0)
    return script[at : end.end()]


def _apart(before: str, after: str, gap: str) -> str:
    """What has to stay of the white space between two tokens."""
    if not before:
        return ""
    if "\n" in gap and before[-1] not in "{[(,;" and after[0] not in "}])":
        return "\n"
    both_words = re.match(r"[\w$]", before[-1]) and re.match(r"[\w$.]", after)
    return " " if both_words or before[-1] == after[0] and after[0] in "+-/" else ""

r"""Is a wrong factor, sign, root or bracket seen in any equation of any page? Plant each and see.

    python -m tests.equations            every small change of every equation
    python -m tests.equations --every 5  a sample

Prints the changes that were refused and those that were not because they are equal: which is decided at other points and for
other lengths of lists, and they are listed to be read. Exit code 1 where an equation has no change that is refused, or a
change was accepted at some points and is wrong at others.
"""

import argparse
import dataclasses
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from figpress.checking.checks import Check, all_checks
from figpress.checking.equation import equation_problem
from figpress.making.press import Press
from figpress.pages.equations import Equation
from figpress.project import Project, find_project

_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|.", re.DOTALL)
# The whole argument is a name or a place, and no mathematics.
_NAMES = re.compile(
    r"\\(?:text|operatorname|mathbb|mathsf|begin|end|textcolor|hat|bar)\{[^{}]*\}|_\{(?:[^{}]|\{[^{}]*\})*\}|_(?:\\?[a-zA-Z]+|\d)"
    r"|\\frac\{\\partial [^}]*\}\{\\partial [^}]*\}|\^(?:\*|\{\\mathsf\{T\}\})|(?<=\\sum)_\{[^}]*\}\^\{?\w\}?"
)


def changes(latex: str) -> Iterator[tuple[str, str]]:
    """Every formula that differs from ``latex`` in one small thing, with what was done."""
    latex = re.sub(r"\\(?:left|right)(?![a-zA-Z])", "", latex)
    names = [span for match in _NAMES.finditer(latex) for span in range(*match.span())]
    # A name starts where it starts: a factor can stand before it.
    starts = {m.start() for m in re.finditer(r"\\(?:text(?!color)|operatorname|mathbb|hat|bar)\{", latex)} & set(names)
    tokens = [(m.start(), m[0]) for m in _TOKEN.finditer(latex)]
    seen = {latex}
    for place, token in tokens:
        for what, changed in _changes_at(latex, place, token, set(names), starts):
            if changed not in seen:
                seen.add(changed)
                yield what, changed


def _changes_at(latex: str, place: int, token: str, names: set[int], starts: set[int]) -> Iterator[tuple[str, str]]:
    before, after = latex[:place], latex[place + len(token) :]
    is_symbol = re.fullmatch(r"[a-zA-Z]|\\(?:lambda|eta|rho|sigma|theta|tau|kappa)", token)
    if place in names and place not in starts:
        return
    if place in starts or is_symbol:
        yield "factor added", f"{before}{{2 {token}}}{after}" if before.endswith("^") else f"{before}2 {token}{after}"
    elif re.fullmatch(r"\d+(?:\.\d+)?", token):
        yield "number changed", f"{before}{_next(token)}{after}"
        if token != "0" and not before.endswith(("^", "{")) or before.endswith("{") and after[:1] not in ("}", ""):
            yield "factor removed", re.sub(r"/ ?$", "", before) + after
    elif token in "+-":
        yield "sign flipped", f"{before}{'-' if token == '+' else '+'}{after}"
    elif token == "^":
        yield "power dropped", before + (after[_group(after) :] if after[0] == "{" else after[1:])
    elif token == r"\sqrt":
        yield "root dropped", before + after
    elif token == "(":
        end = _closing(after)
        inside, rest = after[:end], after[end + 1 :]
        yield "brackets dropped", f"{before}{inside}{rest}"
        parts = re.search(r"^(.*\S)\s*([+-]\s*[^+-]+)$", inside)
        if parts:
            yield "bracket moved in", f"{before}({parts[1]}) {parts[2]}{rest}"
        following = re.match(r"\s*(?:\\cdot\s*)?([a-zA-Z]|\\[a-z]+)(?:_\{?\w+\}?)?(?![a-zA-Z])", rest)
        if following and not following[1].startswith((r"\end", r"\q", r"\text", r"\cdot")):
            yield "bracket moved out", f"{before}({inside}{following[0]}){rest[following.end() :]}"
    elif token == "|" and re.match(r"[^|]*\|", after) and before.count("|") % 2 == 0:
        inside, _, rest = after.partition("|")
        yield "bars dropped", f"{before}({inside}){rest}"
    elif token == r"\frac":
        end = _group(after)
        yield (
            "fraction turned",
            f"{before}\\frac{after[end : end + _group(after[end:])]}{after[:end]}{after[end + _group(after[end:]) :]}",
        )


def _next(number: str) -> str:
    return f"{float(number) * 1.01:.6g}" if "." in number else str(int(number) + 1)


def _group(text: str) -> int:
    """Where a group in braces ends."""
    depth = 0
    for place, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            return place + 1
    raise ValueError(text)


def _closing(text: str) -> int:
    depth = 1
    for place, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return place
    raise ValueError(text)


@dataclasses.dataclass
class Outcome:
    """Of one equation's changes: those refused, and those accepted because they are equal, or wrongly."""

    check: Check
    refused: list[str] = dataclasses.field(default_factory=list)
    equal: list[str] = dataclasses.field(default_factory=list)
    wrong: list[str] = dataclasses.field(default_factory=list)


def outcomes(project: Project, every: int = 1) -> Iterator[Outcome]:
    """Try the changes of every equation, or a sample: which are in it does not depend on what else is on the pages."""
    for check in all_checks(project, Press(project).build().results)[0]:
        equation = check.work
        if not isinstance(equation, Equation):
            continue
        assert not equation_problem(project, equation), (check, equation_problem(project, equation))
        outcome = Outcome(check)
        for what, latex in changes(equation.latex):
            if zlib.crc32(f"{what}: {latex}".encode()) % every:
                continue
            changed = dataclasses.replace(equation, latex=latex)
            if equation_problem(project, changed):
                outcome.refused.append(f"{what}: {latex}")
            elif equation_problem(project, changed, points=400, seed=1):
                outcome.wrong.append(f"{what}: {latex}")
            else:
                outcome.equal.append(f"{what}: {latex}")
        yield outcome


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="try about one change of N only")
    options = parser.parse_args()
    total = {"refused": 0, "equal": 0, "wrong": 0}
    unseen = 0
    for outcome in outcomes(find_project(Path(__file__).parent), options.every):
        counts = {kind: len(getattr(outcome, kind)) for kind in total}
        total = {kind: total[kind] + counts[kind] for kind in total}
        unseen += not outcome.refused and options.every == 1
        print(
            f"{outcome.check}: {counts['refused']} refused", *(f"  equal   {line}" for line in outcome.equal), sep="\n"
        )
        print(*(f"  WRONG   {line}\n" for line in outcome.wrong), sep="", end="")
    print(f"{total['refused']} refused, {total['equal']} equal, {total['wrong']} wrong and accepted")
    return 1 if total["wrong"] or unseen else 0


if __name__ == "__main__":
    sys.exit(main())

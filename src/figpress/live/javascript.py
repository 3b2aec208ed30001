"""JavaScript as text: values, names, and expressions with no more brackets than they need."""

import json
import math
import string
from collections.abc import Iterable

LARGEST_INTEGER = 2**53
"""Beyond it JavaScript's numbers have gaps."""

# Operators of JavaScript and how strongly they bind: what binds less stands in brackets.
_SIGNS = ("? :", "||", "&&", "== != === !==", "< <= > >=", "+ -", "* /", "prefix", "call")
_RANKS = {sign: rank for rank, signs in enumerate(_SIGNS) for sign in signs.split()}
# Of a line of the script, where it can be parted.
_WIDTH = 110


def literal(value: object) -> str:
    """A plain Python value as JavaScript."""
    if value is None or isinstance(value, bool | str):
        # A page may hold the script; nothing in a text may end it.
        return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise ValueError(f"{value} is beyond the whole numbers of JavaScript")
        return int.__repr__(value)
    if isinstance(value, float):
        if math.isfinite(value):
            # NumPy's floats are floats too, but write themselves in another way.
            return float.__repr__(value)
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(literal, value))}]"
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("only texts can be keys")
        return "{" + ",".join(f"{literal(key)}:{literal(item)}" for key, item in value.items()) + "}"
    raise ValueError(f"a {type(value).__name__} has no form in JavaScript")


class _Operation(str):
    """An expression whose outermost part is an operator; ``rank`` says how strongly it binds."""

    rank: int


def operation(operator: str, text: str) -> _Operation:
    made = _Operation(text)
    made.rank = _RANKS[operator]
    return made


def inside(text: str, operator: str, right: bool = False) -> str:
    """An operand: in brackets where they are needed, on the right (``a - (b - c)``) also if it binds alike."""
    return f"({text})" if getattr(text, "rank", _RANKS["call"]) < _RANKS[operator] + right else text


def infix(left: str, operator: str, right: str) -> str:
    return operation(operator, f"{inside(left, operator)} {operator} {inside(right, operator, right=True)}")


def prefix(operator: str, operand: str) -> str:
    return operation("prefix", operator + inside(operand, "call"))


def call(target: str, *arguments: str) -> str:
    return listed(f"{target}(", arguments, ")")


def arrow(parameter: str, body: str) -> str:
    taken = parameter if parameter.isidentifier() else f"({parameter})"
    return f"{taken} => ({body})" if body.startswith("{") else f"{taken} => {body}"


def indented(parts: Iterable[str]) -> str:
    return "".join(f"\n  {line}" for part in parts if part for line in part.split("\n"))


def listed(opening: str, items: Iterable[str], closing: str) -> str:
    """Items between brackets, on one line if they fit."""
    items = list(items)
    line = f"{opening}{', '.join(items)}{closing}"
    return (
        line
        if len(line) <= _WIDTH or len(items) < 2
        else f"{opening}{indented(f'{item},' for item in items)}\n{closing}"
    )


def short(number: int) -> str:
    """The shortest names, one for each number: a to z, A to Z, a0, ... None of them is a word of the language."""
    letters = string.ascii_letters
    return letters[number] if number < len(letters) else f"{letters[number % len(letters)]}{number // len(letters) - 1}"

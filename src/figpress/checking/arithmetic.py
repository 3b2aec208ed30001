"""How formulas calculate with numbers, lists and matrices."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

Values = Mapping[str, object]


class Symbol(NamedTuple):
    """A symbol of a formula: its plain name, or of an indexed one the list's and the index's."""

    name: str
    index: str = ""

    def __str__(self) -> str:
        return f"{self.name}_{self.index}" if self.index else self.name


def value(symbol: Symbol, values: Values) -> object:
    name = str(symbol)
    if name in values:
        return values[name]
    if symbol.index == "T" and np.ndim(values.get(symbol.name)) == 2:
        return values[symbol.name].T
    index = int(symbol.index) if symbol.index.isdigit() else values.get(symbol.index)
    entries = values.get(symbol.name)
    if not isinstance(index, int) or np.ndim(entries) == 0:
        raise ValueError(f"{name} has no value")
    if not 1 <= index <= len(entries):
        raise ValueError(f"{symbol.name} has no entry {index}")
    return entries[index - 1]


def number(value: object) -> float:
    if np.ndim(value):
        raise ValueError("a list stands where a number is needed")
    return value


def dot(a: object, b: object) -> object:
    return a @ b if np.ndim(a) == np.ndim(b) == 1 else times(a, b)


def times(a: object, b: object) -> object:
    if np.ndim(a) == 2 and np.ndim(b):
        return a @ b
    if np.ndim(a) and np.ndim(b):
        raise ValueError("two lists are multiplied without a dot")
    return a * b


def divide(a: object, b: object) -> object:
    return a / number(b)


def power(base: object, exponent: object) -> object:
    if np.ndim(base) == 2:
        return np.linalg.matrix_power(base, int(exponent))
    value = float(number(base)) ** float(number(exponent))
    if isinstance(value, complex):
        raise ValueError("a number below 0 has no such power")
    return value


def norm(entries: object, p: float) -> float:
    if np.ndim(entries) == 0:
        raise ValueError("the norm of a number")
    return float(np.sum(np.abs(entries) ** p) ** (1 / p))

"""Read a formula of a page, LaTeX as a reader sees it, so that it can be worked out with numbers for its symbols.

It is a small language: sums, products, fractions, powers, roots, bars, norms, named functions, cases; indices, sums and maxima
over an index, and ``+ \\dots +``. What is not in it raises ``ValueError``: nothing is passed over but what is for the eye
alone, colours, spacing and the sizes of brackets.

A symbol is known by a plain name: ``w_{\\text{new}}`` is ``w_new``, ``w^*`` is ``w_star``, ``\\hat{y}`` is ``y_hat``,
``\\partial L / \\partial w`` written as a fraction is ``dL_dw``. An index takes an entry of a list, beginning with 1, or a row
of a matrix.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from figpress.checking import arithmetic
from figpress.checking.arithmetic import Symbol, Values
from figpress.checking.tokens import Token, tokenised

Formula = Callable[[Values], object]
_RELATIONS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    r"\le": lambda a, b: a <= b,
    r"\ge": lambda a, b: a >= b,
    r"\ne": lambda a, b: a != b,
}
_KNOWN_FUNCTIONS: dict[str, Callable] = {r"\exp": np.exp, r"\log": np.log, r"\ln": np.log}
_KNOWN_WORDS: dict[str, Callable] = {"tr": np.trace}


_OPENS = {"(": ")", "{": "}", "[": "]", r"\begin{cases}": r"\end{cases}"}


def _parts(tokens: list[Token], divides: Callable[[int], bool]) -> list[list[Token]]:
    """Divide a formula outside of all brackets."""
    parts, depth = [[]], 0
    for place, token in enumerate(tokens):
        depth += (token.kind in _OPENS) - (token.kind in _OPENS.values())
        if depth == 0 and divides(place):
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _is_name(tokens: list[Token]) -> bool:
    """Whether a side only gives the value a name: a symbol, or one with a list of symbols in brackets."""
    kinds = "".join({"symbol": "a", "number": "1"}.get(token.kind, token.kind) for token in tokens)
    symbol = r"a(?:_(?:a|\{(?:a|1|\\max|\\min)\}))?(?:\^\*|\^\{\*\})?"
    return bool(re.fullmatch(rf"{symbol}(?:\({symbol}(?:,{symbol})*\))?", kinds))


@dataclass
class Read:
    """One formula: of each statement in it the sides to be worked out, and the symbols that occur in them."""

    statements: list[list[Formula]] = field(default_factory=list)
    symbols: set[Symbol] = field(default_factory=set)


def read(
    latex: str,
    names: Mapping[str, str],
    functions: frozenset[str] = frozenset(),
    bound: frozenset[str] = frozenset(),
    sizes: frozenset[str] = frozenset(),
) -> Read:
    """Read a formula, ``a = b`` or ``a``, or several with a wide gap between them.

    Args:
        latex: the formula.
        names: plain names for symbols: of lambda, lam.
        functions: names that stand for functions; any other symbol before a bracket is a factor.
        bound: names that have a value. A left side that is nothing but another name (``L_1 = ...``) is no more than that.
        sizes: names of lengths of lists, which can stand as the last index.

    Raises:
        ValueError: it cannot be read.
    """
    tokens = tokenised(latex, names)
    found = Read()
    for statement in _parts(tokens, lambda place: tokens[place].kind == "gap"):
        if statement and statement[-1].kind == ",":
            del statement[-1]
        sides = _parts(statement, lambda place, statement=statement: statement[place].kind == "=")
        if len(sides) > 1 and _is_name(sides[0]):
            if str(_Parser(latex, sides[0], functions, sizes).symbol()) not in bound:
                del sides[0]
        parsers = [_Parser(latex, side, functions, sizes) for side in sides]
        found.statements.append([parser.whole() for parser in parsers])
        found.symbols.update(*(parser.symbols for parser in parsers))
    return found


class _Parser:
    """A recursive descent through one side of a formula. Each method reads one thing and gives what works it out."""

    def __init__(self, latex: str, tokens: list[Token], functions: frozenset[str], sizes: frozenset[str]):
        self.latex, self.tokens, self.functions, self.sizes = latex, tokens, functions, sizes
        self.place = 0
        self.symbols: set[Symbol] = set()
        # What closes the innermost bracket: a bar closes only what a bar has opened.
        self.closing: list[str] = []

    def error(self, what: str) -> ValueError:
        rest = " ".join(token.text for token in self.tokens[self.place : self.place + 4])
        return ValueError(f"equation {self.latex!r} cannot be read: {what}, at {rest or 'its end'!r}")

    @property
    def kind(self) -> str:
        return self.tokens[self.place].kind if self.place < len(self.tokens) else ""

    def take(self, *kinds: str) -> str:
        if self.kind not in kinds:
            raise self.error(f"expected {' or '.join(kinds)}")
        self.place += 1
        return self.tokens[self.place - 1].text

    def has(self, *kinds: str) -> bool:
        if self.kind in kinds and self.kind:
            self.place += 1
            return True
        return False

    def whole(self) -> Formula:
        formula = self.sum()
        if self.kind:
            raise self.error("something follows")
        return formula

    def sum(self) -> Formula:
        terms: list[tuple[float, Formula]] = []
        sign = -1.0 if self.kind == "-" else 1.0
        self.has("+", "-")
        while True:
            if self.has(r"\dots"):
                terms.append((sign, self.dots(len(terms))))
            else:
                terms.append((sign, self.product()))
            if self.kind not in ("+", "-"):
                return lambda values: sum(sign * term(values) for sign, term in terms)
            sign = -1.0 if self.take("+", "-") == "-" else 1.0

    def dots(self, before: int) -> Formula:
        r"""``a_1 + a_2 + \dots + a_N``: the last term stands for all that are not written out."""
        self.take("+")
        outside, self.symbols = self.symbols, set()
        last = self.product()
        sizes = {symbol.index for symbol in self.symbols} & self.sizes
        self.symbols |= outside
        if len(sizes) != 1 or before == 0:
            raise self.error("dots need terms before them and one with the last index after them")
        [size] = sizes
        return lambda values: sum(last({**values, size: k}) for k in range(before + 1, values[size] + 1))

    def product(self) -> Formula:
        left, divided = self.factor(), False
        while True:
            if self.has(r"\cdot", r"\times"):
                left = _combined(arithmetic.dot, left, self.factor())
            elif self.has("/"):
                left, divided = _combined(arithmetic.divide, left, self.factor()), True
            elif self.begins_factor():
                if divided:
                    raise self.error("a quotient with a factor behind it can be read in two ways")
                left = _combined(arithmetic.times, left, self.factor())
            else:
                return left

    def begins_factor(self) -> bool:
        if self.kind in ("|", r"\|"):
            return not self.closing or self.closing[-1] != self.kind
        return self.kind in (
            "number",
            "symbol",
            "(",
            "{",
            "[",
            r"\frac",
            r"\sqrt",
            r"\sum",
            r"\max",
            r"\min",
            r"\begin{cases}",
            *_KNOWN_FUNCTIONS,
        )

    def factor(self) -> Formula:
        base = self.primary()
        if self.has("^"):
            return _combined(arithmetic.power, base, self.argument())
        return base

    def primary(self) -> Formula:
        kind = self.kind
        match kind:
            case "number":
                value = float(self.take("number"))
                return lambda values: value
            case "symbol":
                return self.named()
            case "(" | "{" | "[":
                return self.within(kind, _OPENS[kind])
            case "|":
                inner = self.within("|", "|")
                return lambda values: arithmetic.number(abs(arithmetic.number(inner(values))))
            case r"\|":
                return self.norm()
            case r"\frac":
                self.take(kind)
                above = self.argument()
                return _combined(arithmetic.divide, above, self.argument())
            case r"\sqrt":
                self.take(kind)
                return _combined(arithmetic.power, self.argument(), lambda values: 0.5)
            case r"\sum" | r"\max" | r"\min":
                return self.over_index()
            case r"\begin{cases}":
                return self.cases()
        if kind in _KNOWN_FUNCTIONS:
            function = _KNOWN_FUNCTIONS[self.take(kind)]
            inner = self.argument() if self.kind == "{" else self.within("(", ")")
            return lambda values: function(arithmetic.number(inner(values)))
        raise self.error("expected a number, a symbol or a bracket")

    def within(self, opening: str, closing: str) -> Formula:
        self.take(opening)
        self.closing.append(closing)
        inner = self.sum()
        self.closing.pop()
        self.take(closing)
        return inner

    def argument(self) -> Formula:
        """What a fraction, a root or an exponent takes: a group in braces, or a single symbol."""
        if self.kind == "{":
            return self.within("{", "}")
        if self.kind not in ("symbol", "number"):
            raise self.error("expected a group in braces")
        return self.primary()

    def subscript(self) -> str:
        """What stands below a symbol, as one word; "" where nothing does."""
        if not self.has("_"):
            return ""
        if not self.has("{"):
            return self.take("symbol", "number")
        words = []
        while not self.has("}"):
            words.append(self.take("symbol", "number", r"\max", r"\min", ",").strip("\\"))
        return "_".join(word for word in words if word != ",")

    def symbol(self) -> Symbol:
        name, below = self.take("symbol"), self.subscript()
        raised = [token.kind for token in self.tokens[self.place : self.place + 4]]
        for kind, word in (("*", "star"), ("transposed", "T")):
            for written in (["^", kind], ["^", "{", kind, "}"]):
                if raised[: len(written)] == written:
                    self.place += len(written)
                    return Symbol(name, f"{below}_{word}".lstrip("_"))
        return Symbol(name, below)

    def named(self) -> Formula:
        symbol = self.symbol()
        name = str(symbol)
        if name in self.functions and self.kind == "(":
            return self.call(lambda values: values[name])
        if name in _KNOWN_WORDS and self.kind == "(":
            return self.call(lambda values: _KNOWN_WORDS[name])
        self.symbols.add(symbol)
        return lambda values: arithmetic.value(symbol, values)

    def call(self, function: Formula) -> Formula:
        self.take("(")
        self.closing.append(")")
        arguments = [self.sum()]
        while self.has(","):
            arguments.append(self.sum())
        self.closing.pop()
        self.take(")")
        return lambda values: function(values)(*(argument(values) for argument in arguments))

    def norm(self) -> Formula:
        inner = self.within(r"\|", r"\|")
        order = self.argument() if self.has("_") else lambda values: 2.0
        return lambda values: arithmetic.norm(inner(values), arithmetic.number(order(values)))

    def over_index(self) -> Formula:
        r"""``\sum_{i=1}^{n} term``, ``\sum_i term``, ``\max_j term``."""
        kind = self.take(r"\sum", r"\max", r"\min")
        together = {r"\sum": sum, r"\max": max, r"\min": min}[kind]
        index, first, last = self.bounds()
        outside, self.symbols = self.symbols, set()
        term = self.product()
        lists = {symbol.name for symbol in self.symbols if symbol.index == index}
        self.symbols = self.symbols - {Symbol(index)} | outside
        if not lists:
            raise self.error(f"nothing has the index {index}")

        def work_out(values: Values) -> object:
            # Without an upper bound over all entries.
            lengths = {len(values[name]) for name in lists} if last is None else {int(last(values))}
            if len(lengths) != 1:
                raise ValueError(f"lists of different lengths have the index {index}")
            return together(term({**values, index: k}) for k in range(first, lengths.pop() + 1))

        return work_out

    def bounds(self) -> tuple[str, int, Formula | None]:
        self.take("_")
        if not self.has("{"):
            return self.take("symbol"), 1, None
        index = self.take("symbol")
        if self.has("}"):
            return index, 1, None
        self.take("=")
        first = int(self.take("number"))
        self.take("}")
        self.take("^")
        return index, first, self.argument()

    def cases(self) -> Formula:
        r"""``\begin{cases} value & condition \\ ... \end{cases}``: wherever a condition holds, its value."""
        self.take(r"\begin{cases}")
        rows = []
        while True:
            value = self.sum()
            self.take("&")
            rows.append((value, self.condition()))
            if not self.has("\\\\"):
                break
        self.take(r"\end{cases}")

        def work_out(values: Values) -> object:
            found = [value(values) for value, holds in rows if holds(values)]
            if not found or any(value != found[0] for value in found):
                raise ValueError(f"{len(found)} of the cases hold, and do not agree on one value")
            return found[0]

        return work_out

    def condition(self) -> Callable[[Values], bool]:
        left, relations = self.sum(), []
        while self.kind in _RELATIONS:
            relations.append((_RELATIONS[self.take(*_RELATIONS)], self.sum()))
        if not relations:
            raise self.error("expected a condition")

        def holds(values: Values) -> bool:
            sides = [left(values), *(side(values) for _, side in relations)]
            return all(relation(a, b) for (relation, _), a, b in zip(relations, sides, sides[1:]))

        return holds


def _combined(operation: Callable[[object, object], object], left: Formula, right: Formula) -> Formula:
    return lambda values: operation(left(values), right(values))


def names_in(symbols: set[Symbol], given: frozenset[str]) -> Iterator[str]:
    """The symbols that need a value, where lists and names in ``given`` have one."""
    for symbol in sorted(symbols):
        if not (symbol.index and symbol.name in given) and str(symbol) not in given:
            yield str(symbol)

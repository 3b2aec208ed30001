r"""Read a formula of a page, LaTeX as a reader sees it, so that it can be worked out with numbers for its symbols.

It is a small language: sums, products, fractions, powers, roots, bars, norms, named functions, cases; indices, sums and maxima
over an index, and ``+ \dots +``. What is not in it raises ``ValueError``: nothing is passed over but what is for the eye
alone, colours, spacing and the sizes of brackets.

A symbol is known by a plain name: ``w_{\text{new}}`` is ``w_new``, ``w^*`` is ``w_star``, ``\hat{y}`` is ``y_hat``,
``\partial L / \partial w`` written as a fraction is ``dL_dw``. An index takes an entry of a list, beginning with 1, or a row
of a matrix.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

Values = Mapping[str, object]
Formula = Callable[[Values], object]

_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi varphi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
).split()
_ONE = rf"(?:\\(?:{'|'.join(_GREEK)})(?![a-zA-Z])|[a-zA-Z])"
_TOKEN = re.compile(
    rf"""(?P<space>\s+|\\[,;:!\ ]|\\(?:displaystyle|left|right|[bB]igg?[lr]?)(?![a-zA-Z])\.?)
    |(?P<gap>\\q?quad(?![a-zA-Z]))
    |(?P<number>\d+(?:\.\d+)?|\.\d+)
    |(?P<slope>\\frac\s*\{{\s*\\partial\s*(?P<of>{_ONE})\s*\}}\s*\{{\s*\\partial\s*(?P<by>{_ONE})\s*\}})
    |\\(?P<accent>hat|bar|tilde)\s*\{{?\s*(?P<under>{_ONE})\s*\}}?
    |(?P<environment>\\(?:begin|end)\{{\w+\}})
    |(?P<transposed>\\mathsf\s*\{{T\}}|\\top(?![a-zA-Z]))
    |\\(?:text|mathbb|mathrm|operatorname)\s*\{{(?P<word>\w+)\}}
    |(?P<symbol>{_ONE})
    |(?P<command>\\(?:[a-zA-Z]+|[|\\]))
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_RELATIONS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    r"\le": lambda a, b: a <= b,
    r"\ge": lambda a, b: a >= b,
    r"\ne": lambda a, b: a != b,
}
_SAME = {r"\leq": r"\le", r"\geq": r"\ge", r"\neq": r"\ne", r"\lt": "<", r"\gt": ">", r"\ldots": r"\dots", r"\cdots": r"\dots"} | {
    r"\lvert": "|", r"\rvert": "|", r"\vert": "|", r"\lVert": r"\|", r"\rVert": r"\|", r"\tfrac": r"\frac", r"\dfrac": r"\frac"
}  # fmt: skip
_KNOWN_FUNCTIONS: dict[str, Callable] = {r"\exp": np.exp, r"\log": np.log, r"\ln": np.log}
_KNOWN_WORDS: dict[str, Callable] = {"tr": np.trace}


class _Token(NamedTuple):
    """``kind`` is "number", "symbol", "gap", "transposed", or the token itself."""

    kind: str
    text: str


class Symbol(NamedTuple):
    """A symbol of a formula: its plain name, or of an indexed one the list's and the index's."""

    name: str
    index: str = ""

    def __str__(self) -> str:
        return f"{self.name}_{self.index}" if self.index else self.name


def _without_colours(latex: str) -> str:
    while found := re.search(r"\\textcolor\{\w+\}\s*\{", latex):
        end, depth = found.end(), 1
        while depth and end < len(latex):
            depth += {"{": 1, "}": -1}.get(latex[end], 0)
            end += 1
        latex = f"{latex[: found.start()]} {latex[found.end() : end - 1]} {latex[end:]}"
    return latex


def _tokens(latex: str, names: Mapping[str, str]) -> list[_Token]:
    latex = _without_colours(latex)
    # Without braces LaTeX takes one digit. An alignment is layout, and so is an empty group.
    latex = re.sub(r"(\\[td]?frac)\s*(\d)\s*(\d)", r"\1{\2}{\3}", latex)
    latex = re.sub(r"([\^_])\s*(\d)", r"\1{\2}", latex)
    if r"\begin{aligned}" in latex:
        latex = re.sub(r"\\(?:begin|end)\{aligned\}|\\\\|&", " ", latex)
    found = [_token(match, names) for match in _TOKEN.finditer(re.sub(r"\{\s*\}", " ", latex)) if not match["space"]]
    while found and found[-1].kind in (".", ",", "gap"):
        del found[-1]
    return found


def _token(match: re.Match, names: Mapping[str, str]) -> _Token:
    def plain(group: str) -> str:
        name = match[group].removeprefix("\\")
        return names.get(name, name)

    if match["slope"]:
        return _Token("symbol", f"d{plain('of')}_d{plain('by')}")
    if match["accent"]:
        return _Token("symbol", f"{plain('under')}_{match['accent']}")
    if match["word"] or match["symbol"]:
        return _Token("symbol", plain("word" if match["word"] else "symbol"))
    for kind in ("number", "gap", "transposed"):
        if match[kind]:
            return _Token(kind, match[0])
    kind = _SAME.get(match[0], match[0])
    return _Token(kind, kind)


_OPENS = {"(": ")", "{": "}", "[": "]", r"\begin{cases}": r"\end{cases}"}


def _parts(tokens: list[_Token], divides: Callable[[int], bool]) -> list[list[_Token]]:
    """Divide a formula outside of all brackets."""
    parts, depth = [[]], 0
    for place, token in enumerate(tokens):
        depth += (token.kind in _OPENS) - (token.kind in _OPENS.values())
        if depth == 0 and divides(place):
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _is_name(tokens: list[_Token]) -> bool:
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
    tokens = _tokens(latex, names)
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

    def __init__(self, latex: str, tokens: list[_Token], functions: frozenset[str], sizes: frozenset[str]):
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
        r"""``a_1 + a_2 + \dots + a_N``: the last term stands for all from the third on."""
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
                left = _combined(_dot, left, self.factor())
            elif self.has("/"):
                left, divided = _combined(_divide, left, self.factor()), True
            elif self.begins_factor():
                if divided:
                    raise self.error("a quotient with a factor behind it can be read in two ways")
                left = _combined(_times, left, self.factor())
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
            return _combined(_power, base, self.argument())
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
                return lambda values: _number(abs(_number(inner(values))))
            case r"\|":
                return self.norm()
            case r"\frac":
                self.take(kind)
                above = self.argument()
                return _combined(_divide, above, self.argument())
            case r"\sqrt":
                self.take(kind)
                return _combined(_power, self.argument(), lambda values: 0.5)
            case r"\sum" | r"\max" | r"\min":
                return self.over_index()
            case r"\begin{cases}":
                return self.cases()
        if kind in _KNOWN_FUNCTIONS:
            function = _KNOWN_FUNCTIONS[self.take(kind)]
            inner = self.argument() if self.kind == "{" else self.within("(", ")")
            return lambda values: function(_number(inner(values)))
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
        return lambda values: _value(symbol, values)

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
        return lambda values: _norm(inner(values), _number(order(values)))

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


def _value(symbol: Symbol, values: Values) -> object:
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


def _number(value: object) -> float:
    if np.ndim(value):
        raise ValueError("a list stands where a number is needed")
    return value


def _dot(a: object, b: object) -> object:
    return a @ b if np.ndim(a) == np.ndim(b) == 1 else _times(a, b)


def _times(a: object, b: object) -> object:
    if np.ndim(a) == 2 and np.ndim(b):
        return a @ b
    if np.ndim(a) and np.ndim(b):
        raise ValueError("two lists are multiplied without a dot")
    return a * b


def _divide(a: object, b: object) -> object:
    return a / _number(b)


def _power(base: object, exponent: object) -> object:
    if np.ndim(base) == 2:
        return np.linalg.matrix_power(base, int(exponent))
    value = float(_number(base)) ** float(_number(exponent))
    if isinstance(value, complex):
        raise ValueError("a number below 0 has no such power")
    return value


def _norm(entries: object, p: float) -> float:
    if np.ndim(entries) == 0:
        raise ValueError("the norm of a number")
    return float(np.sum(np.abs(entries) ** p) ** (1 / p))


def names_in(symbols: set[Symbol], given: frozenset[str]) -> Iterator[str]:
    """The symbols that need a value, where lists and names in ``given`` have one."""
    for symbol in sorted(symbols):
        if not (symbol.index and symbol.name in given) and str(symbol) not in given:
            yield str(symbol)

"""Formulas mean what they mean to a reader: as SymPy reads them where it can, and by hand where it cannot."""

import math
import random

import numpy as np
import pytest
from sympy.parsing.latex import parse_latex

from figpress.checking.arithmetic import Symbol
from figpress.checking.formulas import names_in, read


def value(latex: str, functions: dict | None = None, sizes: dict | None = None, **values):
    functions = functions or {}
    found = read(latex, {}, frozenset(functions), frozenset(values), frozenset(sizes or {}))
    [[side]] = found.statements
    return side({**values, **functions, **(sizes or {})})


@pytest.mark.parametrize(
    "latex",
    [
        r"a + b - c",
        r"-a + b",
        r"a - (b - c)",
        r"a b c",
        r"2 a \cdot b",
        r"a - 2 b c",
        r"\frac{a + b}{c}",
        r"\frac{1}{2} a",
        r"\frac{a}{b + \frac{c}{2}}",
        r"a^2 b",
        r"a b^2",
        r"-a^2",
        r"(a + b)^2",
        r"2^{a b}",
        r"a^{b + 1}",
        r"\sqrt{a + b^2}",
        r"|a - b|",
        r"2 |a| b",
        r"|a| |b|",
        r"a - |b - c| - 1",
        r"|a|^{\frac{1}{2}}",
        r"a / b",
        r"a - b / 2",
        r"(a + b) (a - c)",
        r"1.5 a - 0.5 b",
        r"\exp(a b)",
        r"a \times b",
        r"\lambda a + b_{1} - \eta",
    ],
)
def test_it_agrees_with_sympy(latex):
    theirs = parse_latex(latex, strict=True)
    ours = read(latex, {}).statements[0][0]
    draw = random.Random(0)
    for _ in range(5):
        numbers = {str(symbol): draw.uniform(0.5, 3) for symbol in theirs.free_symbols}
        plain = {name.replace("{", "").replace("}", ""): number for name, number in numbers.items()}
        expected = float(theirs.subs({symbol: numbers[str(symbol)] for symbol in theirs.free_symbols}))
        assert ours(plain) == pytest.approx(expected, rel=1e-13)


W, X, Y = np.array([1.0, -2.0, 3.0]), np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]), np.array([0.5, 0.25])


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\|w\|", math.sqrt(14)),
        (r"\|w\|_1", 6),
        (r"\|w\|_2^2", 14),
        (r"2 \lVert 2 w \rVert_1", 24),
        (r"w_1 w_3", 3),
        (r"\sum_i w_i^2", 14),
        (r"\sum_{i=2}^{N} w_i", 1),
        (r"\sum_{i=1}^{N} i w_i", 6),
        (r"\sum_i w_i + 1", 3),
        (r"3 \sum_i 2 |w_i| - 1", 35),
        (r"\max_j |w_j|", 3),
        (r"\min_j w_j", -2),
        (r".5 w_1", 0.5),
        (r"w_1 + w_2 + \dots + w_N", 2),
        (r"w_1 - w_2 - \dots - w_N", None),
        (r"\sum_{i=1}^{n} (x_i \cdot w - y_i)^2", (6 - 0.5) ** 2 + (15 - 0.25) ** 2),
        (r"\operatorname{tr}(X X^{\mathsf{T}})", 14 + 90),
        (r"\operatorname{tr}((X X^{\mathsf{T}})^{-1})", np.trace(np.linalg.inv(X @ X.T))),
        (r"\begin{cases} w_1 & w_2 > 0 \\ w_3 & w_2 \le 0 \end{cases}", 3),
        (r"\begin{cases} 1 & 0 < w_1 < 2 \\ 2 & w_1 \ge 2 \end{cases}", 1),
        (r"\begin{aligned} w_1 {} & {} + w_2 \\ & - w_3 \end{aligned}", -4),
        (r"\textcolor{l1}{w_1 + \textcolor{l2}{2} w_3} w_1", 7),
        (r"\left(w_1 + w_3\right) \, w_1,", 4),
        (r"f(w_1, 2) + f(w_3, 1)", 5),
    ],
)
def test_lists_indices_and_words(latex, expected):
    names = {"w": W, "x": X, "X": X, "y": Y}
    if expected is None:
        with pytest.raises(ValueError, match="read"):
            value(latex, sizes={"N": 3, "n": 2}, **names)
    else:
        found = value(latex, {"f": lambda a, b: a * b}, {"N": 3, "n": 2}, **names)
        assert found == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize(
    ("latex", "name"),
    [
        (r"w_{\text{new}}", "w_new"),
        (r"w_{\text{new}}^2", "w_new"),
        (r"w^*", "w_star"),
        (r"w^{*} + 1", "w_star"),
        (r"\hat{y}", "y_hat"),
        (r"\bar y", "y_bar"),
        (r"\lambda_{\max}", "lam_max"),
        (r"\frac{\partial L}{\partial w}", "dL_dw"),
        (r"\text{Error}", "Error"),
        (r"\mathbb{E}", "E"),
        (r"w_1", "w_1"),
    ],
)
def test_symbols_have_plain_names(latex, name):
    assert list(names_in(read(latex, {"lambda": "lam"}).symbols, frozenset())) == [name]


def test_a_letter_before_a_bracket_is_a_factor_unless_it_is_a_function():
    assert value("f (a + 1)", f=3.0, a=1.0) == 6
    assert value("f(a + 1)", {"f": lambda a: a / 4}, a=1.0) == 0.5


def test_a_left_side_that_is_but_a_name_gives_none_and_any_other_is_worked_out():
    for latex in (r"L_1(w) = w", r"\hat{y} = w", r"M(\lambda) = w", r"\lambda_{\max} = w", r"S(v, t) = w"):
        found = read(latex, {})
        assert len(found.statements[0]) == 1 and found.symbols == {Symbol("w")}
    for latex in (r"2 L = w", r"L + 1 = w", r"|L| = w", r"\|w\|_1 = w"):
        assert len(read(latex, {}).statements[0]) == 2
    assert len(read(r"\hat{y} = w", {}, bound=frozenset({"y_hat"})).statements[0]) == 2


@pytest.mark.parametrize(
    "latex",
    [
        r"a / b c",
        r"a +",
        r"(a",
        r"a)",
        r"|a",
        r"a \unknown b",
        r"\sum_i a",
        r"\dots + a_N",
        r"a_1 + \dots + b",
        r"\begin{cases} a \end{cases}",
        r"\begin{cases} a & b \end{cases}",
        r"\begin{matrix} a \end{matrix}",
        r"a ^ ",
        r"\frac{a}",
        r"a @ b",
        "",
    ],
)
def test_what_is_not_in_the_language_is_refused(latex):
    with pytest.raises(ValueError, match="cannot be read"):
        read(latex, {}, sizes=frozenset({"N"}))


@pytest.mark.parametrize(
    ("latex", "word"),
    [
        ("w w", "without a dot"),
        ("w^2", "a list stands"),
        ("|w|", "a list stands"),
        ("1 / w", "a list stands"),
        (r"\|a\|", "norm of a number"),
        ("w_9", "no entry 9"),
        ("v", "no value"),
        ("a_1", "no value"),
        (r"(-1 - a^2)^{\frac{1}{2}}", "no such power"),
        (r"\begin{cases} 1 & a > 5 \end{cases}", "0 of the cases"),
        (r"\begin{cases} 1 & a > 0 \\ 2 & a > 1 \end{cases}", "2 of the cases"),
        (r"\sum_i w_i y_i", "different lengths"),
    ],
)
def test_what_has_no_value_is_refused(latex, word):
    with pytest.raises(ValueError, match=word):
        value(latex, w=W, y=Y, a=2.0)

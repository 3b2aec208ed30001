"""Equations are compared with their functions as readers see them, and a wrong factor is seen."""

import numpy as np
import pytest

from figpress.checking.comparison import Reading, compare
from figpress.pages.equations import Equation, equations_in

NAMES = Reading(symbols={"lambda": "lam"}, positive=frozenset({"lam", "p"}), whole=frozenset({"n"}))


def compared(latex: str, function, reading: Reading = NAMES, **options):
    return compare(Equation("p.md", 1, "", latex, **options), function, reading)


def pull(w, lam):
    return (w - 2 * lam * w) - w


def half(w, lam, eta=1.0):
    return w - eta * lam * w / 2


def shrink(v, threshold):
    return max(abs(v) - threshold, 0.0) * (1 if v > 0 else -1)


def squares(X, w, y):
    return float(np.sum((np.asarray(X) @ w - y) ** 2))


def share(lam_1, n):
    return lam_1 / n, lam_1 * n


@pytest.mark.parametrize(
    ("latex", "function"),
    [
        (r"w_{\text{new}} = (w - 2\lambda w) - w", pull),
        (r"w_{\text{new}} = (w - \textcolor{l2}{2\lambda} w) - w.", pull),
        (r"w_{\text{new}} = w - \tfrac12 \lambda w", half),
        (r"w = w(1 - \frac{\lambda}{2})", half),
        (r"(w - 2\lambda w) - w", pull),
    ],
)
def test_a_right_equation_agrees(latex, function):
    result = compared(latex, function)
    assert result.points == 50 and result.largest < 1e-12


@pytest.mark.parametrize("latex", [r"w_{\text{new}} = (w - \lambda w) - w", r"w_{\text{new}} = (w + 2\lambda w) - w"])
def test_a_wrong_factor_or_sign_is_seen(latex):
    result = compared(latex, pull)
    assert result.largest > 1e-2 and set(result.point) == {"w", "lam"}


def test_all_that_is_said_to_be_equal_is_compared():
    assert compared(r"a = w - 2\lambda w - w = -2\lambda w", pull).largest < 1e-12
    assert compared(r"a = 3 w \lambda = -2\lambda w", pull).largest > 1e-2
    # A side is no name where it is more than one, on the left as well.
    assert compared(r"2 w \lambda = -2\lambda w", pull).largest > 1e-2


def test_functions_of_the_project_can_be_called_by_letter_or_name():
    reading = Reading(NAMES.symbols, {"S": shrink, "shrink": shrink})
    for latex in (r"w = S(w, \lambda)", r"w = \operatorname{shrink}(w, \lambda)"):
        assert compared(latex, lambda w, lam: shrink(w, lam), reading).largest == 0


LISTS = {"arrays": "X[n, N], w[N], y[n]", "let": "x = X"}


@pytest.mark.parametrize(
    ("latex", "right"),
    [
        (r"L = \sum_{i=1}^{n} (x_i \cdot w - y_i)^2", True),
        (r"L = \sum_i (x_i \cdot w - y_i)^2", True),
        (r"L = (x_1 \cdot w - y_1)^2 + (x_2 \cdot w - y_2)^2 + \dots + (x_n \cdot w - y_n)^2", True),
        (r"L = \sum_{i=1}^{n} 2 (x_i \cdot w - y_i)^2", False),
        (r"L = \sum_{i=1}^{n} (x_i \cdot w + y_i)^2", False),
        (r"L = \sum_{i=1}^{n} (x_i \cdot w - y_i)", False),
        (r"L = \sum_{i=1}^{n} (x_i \cdot w) - y_i^2", False),
        (r"L = \sum_{i=2}^{n} (x_i \cdot w - y_i)^2", False),
        (r"L = (x_1 \cdot w - y_1)^2 + (x_2 \cdot w - y_2)^2 + \dots + (x_n \cdot w + y_n)^2", False),
        (r"L = \left(\sum_{i=1}^{n} (x_i \cdot w - y_i)\right)^2", False),
        (r"L = \sqrt{\sum_{i=1}^{n} (x_i \cdot w - y_i)^2}", False),
    ],
)
def test_sums_over_lists_are_compared(latex, right):
    try:
        assert (compared(latex, squares, **LISTS).largest < 1e-12) == right
    except ValueError:
        assert not right


def test_lists_get_two_lengths_and_no_two_the_same():
    seen = set()
    compared(r"a = w_1 + y_1", lambda w, y: seen.add((len(w), len(y))) or w[0] + y[0], arrays="w[N], y[n]")
    assert seen == {(3, 4), (4, 5)}


@pytest.mark.parametrize(
    ("second", "right"),
    [(r"\rho = \lambda_1 n", True), (r"\rho = \lambda_1 + n", False), (r"\rho = n = \lambda_1 n", False)],
)
def test_one_block_can_state_several_values(second, right):
    latex = rf"\kappa = \frac{{\lambda_1}}{{n}}, \qquad {second}"
    assert (compared(latex, share).largest < 1e-12) == right


def test_what_let_defines_has_a_value_on_both_sides():
    options = {"let": "w_new = w + pull(w, lam); w_star = 0", "call": "w + pull(w, lam) - w_star"}
    assert compared(r"w_{\text{new}} - w^* = (1 - 2 \lambda) (w - w^*)", pull, **options).largest < 1e-12
    assert compared(r"w_{\text{new}} + 2 w = (1 - 2 \lambda) (w - w^*)", pull, **options).largest > 1e-2


def test_conditions_choose_the_points():
    assert compared(r"a = w", lambda w: abs(w), where="w > 0").largest == 0
    assert compared(r"a = w", lambda w: abs(w)).largest > 0


@pytest.mark.parametrize(
    ("latex", "word"),
    [
        (r"a = w , 7", "read"),
        (r"a = w - 2\lambda w - w ] + 7 w", "read"),
        (r"a = w - 2\lambda w - w ) 5", "read"),
        (r"a = \sqrt{-1 - w^2 - \lambda^2}", "real value"),
        (r"a = \lambda / (w - w)", "real value"),
        (r"a = w + H", "takes"),
        (r"a = w", "takes"),
        (r"a = \frac{w", "read"),
        (r"a = \lambda \begin{cases} w & w > 0 \end{cases}", "cases hold"),
    ],
)
def test_what_cannot_be_compared_is_refused(latex, word):
    with pytest.raises(ValueError, match=word):
        compared(latex, pull)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"where": "w > 5"}, "hardly any"),
        ({"where": "v > 0"}, "cannot be used"),
        ({"where": "w >"}, "cannot be used, it is Python, such as abs"),
        ({"where": "1 / 0"}, "cannot be used"),
        ({"arrays": "w(N)"}, "arrays .* cannot be read"),
        ({"let": "a ="}, "let .* cannot be read"),
        ({"let": "print(1)"}, "let .* cannot be read"),
        ({"call": "1 +"}, "call .* cannot be read"),
        ({"call": "abs(w)"}, "does not call same"),
        ({"arrays": "w[N]"}, "is a list and not a number"),
        ({"let": "v = w.nothing", "call": "same(v)"}, "no real value"),
    ],
)
def test_an_option_that_cannot_be_used_is_named(options, word):
    def same(w):
        return w

    with pytest.raises(ValueError, match=word):
        compared(r"a = w", same, **options)


def test_blocks_are_found_with_number_options_and_line():
    text = (
        "intro\n\n/// equation | 3.1\n    function: shrinkage.f\n    where: w > 0\n    let: \"a = {'b': 1}\"\n\na = w\n///\n\n"
        "/// equation\n    reason: a picture\n    claim: it-is\n\nb = c\n///\n"
    )
    first, second = equations_in(text, "p.md")
    assert first == Equation("p.md", 3, "3.1", "a = w", function="shrinkage.f", where="w > 0", let="a = {'b': 1}")
    assert second == Equation("p.md", 11, "", "b = c", reason="a picture", claim="it-is")

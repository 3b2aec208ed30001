"""Functions in the part of Python that live figures can use, with arguments to try: the compiled ones must agree."""

import math
from math import sqrt

from figpress import precomputed

CASES = []
LEVELS = (0.5, -1.5, 2.0)
TABLE = {"low": -1.5, "a b": [1, 2, [3.0]], "λ": "é"}
NEGATIVE = -3.0
MANY = [{"name": "a", "w": -0.5}, {"name": "b", "w": 2.0}]


def case(*arguments):
    """Note a function with the lists of arguments to call it with."""

    def note(function):
        CASES.append((function, arguments))
        return function

    return note


@precomputed
def knots():
    """Something that only Python computes."""
    return {"lam": [k / 7 for k in range(4)], "w": [[1.0, -0.0], [2.5, 0.125]]}


NUMBERS = [(a, b) for a in (7, -7, 7.5, -7.5, 0.3, 0.0, -0.0, 1e300) for b in (2, -2, 0.1, -0.1, 3.0)]


@case(*NUMBERS)
def arithmetic(a, b):
    return [
        a + b,
        a - b,
        a * b,
        a / b,
        -a,
        +b if b > 0 else b,
        a - -b,
        -(-a),
        -a - -b * -a,
        (a - b) - (b - a),
        a - (b - a) / 2,
    ]


@case(*NUMBERS)
def whole_division(a, b):
    return [a // b, a % b, (a + 1) // b * b]


@case(*NUMBERS)
def truth_as_number(a, b):
    return [(a > b) * 1.0 - (a < b) * 1.0, (a > 0) + (b > 0), (a == b) == False, True * b, (a > b) == 1]  # noqa: E712


@case((1, 2, 3), (3, 2, 1), (2, 2, 2), (float("nan"), 1, 2))
def comparisons(a, b, c):
    return [a < b < c, a <= b <= c, a != b, a == b == c, not a > b, a is None, c is not None]


@case(
    ([1, 2], [1, 2]),
    ([1, [2.0]], [1, [2]]),
    ([], [0]),
    ("1", 1),
    ("", 0),
    (None, 0),
    (True, 1),
    ({"a": [1]}, {"a": [1.0]}),
    ("x", "x"),
)
def equality(a, b):
    return [a == b, a != b, a in [b], [a] == [b], not a == b]


@case(([],), ([0],), ("",), ("0",), (0,), (-0.0,), (float("nan"),), (None,), ({},), ({"a": 0},), (False,), (0.5,))
def truth(a):
    if a:
        first = "yes"
    else:
        first = "no"
    count = 0
    while not a and count < 2:
        count += 1
    return [
        first,
        "yes" if a else "no",
        not a,
        bool(a),
        count,
        a or "other",
        a and "same",
        [1 for _ in [0] if a],
        any([a, False]),
        all([a, True]),
    ]


@case(([3, 1, 2],), ([0.5, -1.5, 10, 9, -0.0, 0.0],), (["b", "a", "C"],))
def ordering(values):
    return [
        sorted(values),
        sorted(values, reverse=True),
        max(values),
        min(values),
        list(reversed(values)),
        max(values[0], values[1]),
    ]


@case(([[2, "b"], [1, "z"], [2, "a"], [1, "b"]],))
def ordering_of_pairs(pairs):
    return [sorted(pairs), sorted(pairs, reverse=True)]


@case(([5, 6, 7, 8], 1), ([5, 6, 7, 8], 3))
def indexing(values, k):
    values = list(values)
    values[k - 1] = values[k] + values[-1] * values[-2] + values[k - 2]
    values[0] += 10
    return [
        values,
        values[1:],
        values[:-1],
        values[-2:],
        values[k:],
        values[:k],
        values[k - 1 : k + 1],
        "text"[1:3],
        "text"[-1],
        "text"[k],
    ]


@case((3,), (0,), (1,))
def building(n):
    empty = []
    grid = [[i * j for j in range(n)] for i in range(n)]
    evens = [i for i in range(10) if i % 2 == 0 if i != 4]
    pairs = [a + b for a, b in zip(range(n), [10, 20, 30])]
    numbered = [[i, name] for i, name in enumerate("ab")]
    doubled = [0.5] * n + [1] * 2
    empty.append(n)
    empty.extend([n, n])
    for i, value in enumerate(evens):
        empty += [i * value]
    return {
        "empty": empty,
        "grid": grid,
        "evens": evens,
        "pairs": pairs,
        "numbered": numbered,
        "doubled": doubled,
        "starred": [*empty, 1, *evens],
        "text": "ab" * n + "-",
        "count": sum(e > 2 for e in evens),
        "ranges": [list(range(n, -n, -2)), list(range(1, n))],
    }


@case((4,), (0,))
def comprehensions_keep_their_names(n):
    w = 100
    total = 0
    inside = [w * 2 for w in range(n)]
    for w_item in inside:
        total += w_item
    return [w, inside, total, [k for k in range(2)], [k for k in "ab"]]


@case((3,), (5,))
def loops(n):
    out = [1]
    for k in range(len(out), n):
        out.append(out[k - 1] * 2)
    for k in range(n, 0, -1):
        if k == 4:
            continue
        if k == 1:
            break
        out.append(k)
    # The end of a range is asked for once.
    for _ in range(len(out)):
        out.append(0)
    a, b = 1, 2
    while a < n:
        a, b = b, a + b
    return [out, a, b]


@case(("w",), ("low",))
def dictionaries(key):
    made = {key: 1, "b": {"c": [2]}, "a b": 3}
    made["d"] = made["b"]["c"][0]
    joined = {**made, "e": 1, **{"b": 0}}
    return [
        made,
        joined,
        key in made,
        "z" in made,
        made.get("z", -1),
        [k for k in made],
        [[k, v] for k, v in joined.items()],
        len(made),
        TABLE,
        [item["name"] for item in MANY if item["w"] > 0],
    ]


@case((0.5,), (-1,))
def names(new):
    var = new + 1
    function, this, self, delete, typeof, time = var, 2, 3, 4, 5, 6
    Infinity = this  # noqa: N806
    f_data, py_mod, Math = 1, 2, 3  # noqa: N806
    abs_new = abs(new)
    return [
        var,
        function,
        self,
        delete,
        typeof,
        time,
        Infinity,
        f_data,
        py_mod,
        Math,
        abs_new,
        new % 2,
        helper(new),
        data(new),
    ]


def helper(x, factor=NEGATIVE, more=(1, 2)):
    return x * factor + more[0]


def data(x):
    data = x + 1
    return data


@case((2.0,), (-0.25,))
def calling(x):
    return [helper(x), helper(x, 2), helper(x, more=[5]), helper(more=(7,), x=x), helper(factor=x, x=1)]


@case((), ())
def constants():
    return [
        LEVELS,
        LEVELS[1],
        NEGATIVE,
        -NEGATIVE,
        1 - NEGATIVE,
        math.pi,
        math.inf,
        -math.inf,
        math.nan,
        knots()["lam"][2],
        knots()["w"],
        1e-7,
        1e22,
        -0.0,
        2**3,
    ]


@case((2,), (0.25,), (1e10,))
def exact_functions(x):
    return [
        sqrt(x),
        math.sqrt(x * 2),
        math.floor(x * 1.5),
        math.ceil(-x * 0.3),
        abs(-x),
        math.fabs(-x),
        int(x),
        int(-x * 1.7),
        float(x),
        round(x),
        round(-x * 1.5),
    ]


@case((0.5,), (2.5,), (1.5,), (-0.5,), (0.125,), (2.675,), (1e15 + 0.5,), (7,))
def rounding(x):
    return [round(x), round(x, 1), round(x, 2), round(x * 10)]


@case(("walk", 3), ("L1", -12), ("", 0))
def texts(name, n):
    parts = []
    for letter in name:
        parts.append(letter.upper())
    return [
        f"{name}: {n} steps",
        f"{n}{n}",
        f"{name}",
        "-".join(parts),
        ", ".join(str(k) for k in range(3)),
        name.replace("l", "LL"),
        "a b".split(" "),
        name.capitalize(),
        name.lower(),
        name.startswith("w"),
        name + "!" + str(n),
        f"{n > 0}",
        f"{n / 8:.2f}|{n:+d}",
        f"{n / 3:.{2}g}",
        len(name),
        "al" in name,
    ]


@case((3,), (-3,))
def raising(n):
    if n < 0:
        raise ValueError(f"n must be at least 0, got {n}")
    return n


@case((0,), (2,))
def nothing(n):
    """Only a docstring, and an end without a return."""
    if n > 1:
        return None

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


@case(([[2, "b"], [1, "z"], [2, "a"], [1, "b"], [10, "c"]],))
def ordering_of_pairs(pairs):
    return [sorted(pairs), sorted(pairs, reverse=True), max(pairs), min(pairs)]


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
    for k in range(n):
        total += sum(k > 1 for k in [k, 2])
    pairs = [[w, k] for w in inside if w for k in range(w) if k > 4]
    return [w, inside, total, pairs, [k for k in range(2)], [k for k in "ab"], [{"k": k} for k in TABLE]]


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


@case((3, 1), (4, 2), (1, 1), (-3, -1), (3, 0))
def counters_of_loops(n, step):
    seen = []
    for k in range(0, n, step):
        seen.append(k)
    seen.append(k)
    for k in range(-2, 1):
        seen.append([k, [10, 20, 30][k]])
        k = k * 5
        seen.append(k)
    for k in range(2):
        for k in "ab":
            seen.append(k)
    return [seen, k]


@case((3,), (1,))
def loops_see_what_they_change(n):
    values = [1] * n
    for i, value in enumerate(values):
        if i + 1 < len(values):
            values[i + 1] = value + values[i + 1]
    queue = [n]
    for item in queue:
        if item > 0:
            queue.append(item - 1)
    out = []
    for a, b in zip(values, [*reversed(queue), 0]):
        values[-1] = 7
        out.append([a, b])
    pairs = enumerate("ab")
    return [values, queue, out, [*pairs], [*pairs], [k for k in reversed(out)]]


@case((2,), (0,))
def one_list_by_two_names(n):
    values = [1, 2]
    same = values
    same += [n]
    same += "ab"
    inner = {"of": [0], "n": 1}
    listed = inner["of"]
    inner["of"] += [n]
    inner["n"] += n
    other = values + [5]
    other += (6,)
    done = filled(values)
    row = [[0] * 2] * 2
    row[0][1] = n
    copied = list(values)
    copied.extend(values)
    copied.extend(copied)
    return [values, same, listed, inner, other, row, copied, done]


def filled(values):
    values += [9]
    values[-2] = 8


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
        list(made.values()),
        "constructor" in made,
        made.get("constructor", "none"),
        {}.get("toString", 1),
        made == {"toString": 1},
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


@case((1, 2))
def names_that_would_meet(new, new_):
    typeof = renamed(new)
    this = [new * new_ for this in [new, new_] for new in [this]]
    return [new, new_, typeof, this, renamed(new_, py_at=3)]


def new(new_, py_at=1):
    py_list, undefined = [new_], py_at
    return [new_, py_list, undefined]


renamed = new


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


@case(("a", 1), ("", -2))
def marks_in_texts(name, n):
    return [
        f"`{name}` costs ${n} or ${{{n}}}: \\{name}\\ \n\t'\"</script>\u2028",
        f"${name}{{}}",
        f"{name}",
        f"",  # noqa: F541
        "`${name}`",
        f"{name + name}{n if n > 0 else name}{f'{n}{name}'}",
        name.endswith("a"),
        format(n / 7, ".2e"),
        tuple(name),
        "aba".replace("a", "$&"),
        "ab".replace("", "-"),
    ]


@case((7, 2, 3), (-1.5, 0.5, 4.0), (True, False, True))
def brackets(a, b, c):
    return [
        a - (b - c) - (a + b),
        a * (b + c) / (a * 2),
        (a + b) + (c + a),
        a - (-b) - -(c - a),
        -(-a),
        not (a < b or b < c) and a > b,
        (a < b) == (b < c),
        (a if a < b else b) + (c if a > b else a) * 2,
        a if a > b else b if b > c else c,
        (a if a > b else b) if (c if c else a) else c,
        (a > b or b > c) and not a == b,
        a > b or b > c and a > c,
        ([a] or [b])[0] + [b, c][1],
        ([a] + [b])[1:] + [c] * 2,
        ([] or [a]) * 2,
        ("x" if a > b else "y").upper(),
        [x - (x - a) for x in ([b] if a > b else [c])],
        {"k": a}["k"] or {"k": b},
        ({} or {"k": c})["k"],
        (a < b) * 2 - (b < c),
        a % (b + 1.25) * c // (a + 0.25) - (a // (c + 3)),
    ]


@case((0.5,), (3.0,), (1e-3,))
def rounded_functions(x):
    return [
        math.exp(x),
        math.expm1(x),
        math.log(x),
        math.log10(x),
        math.log1p(x),
        math.log2(x),
        math.sin(x),
        math.cos(x),
        math.tan(x),
        math.atan(x),
        math.atan2(x, -x),
        math.tanh(x),
        x**0.3,
        -(x**2),
        2**-x,
        math.exp(-math.inf),
        1**math.nan,
        math.nan**0,
    ]


KINDS = ("div", "floordiv", "mod", "sqrt", "log", "exp", "pow", "floor", "int", "round")


@case(*[(kind, x) for kind in KINDS for x in (0, -1.0, 1e4, math.inf, math.nan)])
def numbers_without_a_result(kind, x):
    if kind == "div":
        return [1 / 4, 1 / x]
    if kind == "floordiv":
        return 1 // x if x < 1e5 else 0
    if kind == "mod":
        return 1 % x if x < 1e5 else 0
    if kind == "sqrt":
        return sqrt(x)
    if kind == "log":
        return math.log(x)
    if kind == "exp":
        return math.exp(x)
    if kind == "pow":
        return [x**-1, x**99.0]
    if kind == "floor":
        return [math.floor(x), math.ceil(x)]
    return int(x) if kind == "int" else round(x)


ABSENT = ("index", "below", "set", "below 0", "key", "inherited", "max", "int", "float", "step", "nothing")


@case(*[(kind,) for kind in ABSENT])
def what_is_not_there(kind):
    values, table = [1, 2], {"a": 1}
    if kind == "index":
        return values[2]
    if kind == "below":
        return values[-3]
    if kind == "set":
        values[2] = 1
    if kind == "below 0":
        values[-3] = 1
    if kind == "key":
        return table["b"]
    if kind == "inherited":
        return table["constructor"]
    if kind == "max":
        return max([])
    if kind == "int":
        return int("1.5")
    if kind == "float":
        return float("one")
    if kind == "step":
        return [k for k in range(1, 2, len([]))]
    return [values, table, float("-inf"), float("2.5e1"), int("-03")]


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

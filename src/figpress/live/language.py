"""What live figures can use of Python, and what is said of the rest."""

import ast
import math
import re

OPERATORS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.And: "&&",
    ast.Or: "||",
    ast.USub: "-",
    ast.UAdd: "+",
}
# Functions and methods, and how many arguments they take.
EXACT = dict.fromkeys(("sqrt", "floor", "ceil", "fabs"), (1, 1))

ROUNDED = dict.fromkeys("exp expm1 log log10 log1p log2 sin cos tan atan tanh".split(), (1, 1)) | {"atan2": (2, 2)}
BUILTINS = {
    **dict.fromkeys("abs all any bool enumerate float int len reversed sorted str".split(), (1, 1)),
    **dict.fromkeys(("max", "min", "zip"), (1, math.inf)),
    "list": (0, 1),
    "tuple": (0, 1),
    "round": (1, 2),
    "format": (2, 2),
    "range": (1, 3),
}
METHODS = {
    **dict.fromkeys("capitalize items lower upper values".split(), 0),
    **dict.fromkeys("endswith join split startswith".split(), 1),
    **dict.fromkeys(("get", "replace"), 2),
}
# What is written for them, where that is not py_ and their name.
WRITTEN = {
    "abs": "Math.abs",
    "fabs": "Math.abs",
    "bool": "py_truth",
    "tuple": "py_list",
    "upper": ".toUpperCase",
    "lower": ".toLowerCase",
    "startswith": ".startsWith",
    "endswith": ".endsWith",
}
# The kinds of values that are told apart: numbers (truth values too), of which some are certainly floats, texts, lists and
# iterators. None is any other, or unknown.
NUMBERS = frozenset({"number", "float"})
KINDS = {float: "float", int: "number", bool: "number", str: "text", list: "list", tuple: "list"}
RESULTS = {
    **dict.fromkeys("abs all any bool ceil floor int len round sum".split(), "number"),
    **dict.fromkeys(("float", "sqrt", "fabs", *ROUNDED), "float"),
    **dict.fromkeys("capitalize format join lower replace str upper".split(), "text"),
    **dict.fromkeys("items list range sorted split tuple values".split(), "list"),
    **dict.fromkeys(("enumerate", "reversed", "zip"), "iterator"),
}
SPEC = re.compile(r"[+]?,?(\.\d+[fge%]|d|,)")
ADVICE = {
    "sum": "newer versions of Python add floats in another way; write a loop (counting conditions is fine)",
    "print": "a figure says what it has to say by its facts",
    "set": "use a list",
    "isinstance": "let it take one type",
    "pow": "use **",
    "divmod": "use // and %",
    "map": "use a comprehension",
    "filter": "use a comprehension",
    "open": "read the file in a function marked @precomputed",
}
WORDS = {
    "Try": "try",
    "With": "with",
    "ClassDef": "a class",
    "FunctionDef": "a function inside a function",
    "Lambda": "lambda",
    "DictComp": "a dictionary comprehension",
    "SetComp": "a set",
    "Set": "a set",
    "NamedExpr": ":=",
    "Import": "import",
    "ImportFrom": "import",
    "Delete": "del",
    "Global": "global",
    "Yield": "yield",
    "Assert": "assert",
    "Match": "match",
    "GeneratorExp": "a generator outside of any(), all(), max(), min(), join()",
    "Starred": "*",
    "For": "else after a loop",
    "While": "else after a loop",
    "Raise": "raise of anything but ValueError(text)",
    "Expr": "a statement without effect",
}

"""Plain constants: expressions whose value is known without running anything, and which cannot fail."""

import ast
from collections.abc import Mapping

_SAFE_TYPES = frozenset("float int str bool bytes complex list tuple dict set frozenset object type None".split())
_LARGEST = 1e15
SOMETHING = object()
"""Stands for a value that is not known, but that is there."""

PURE = object()
"""Stands for a function that is declared pure."""


def constant_of(node: ast.expr, known: Mapping[str, object]) -> object:
    """The value of a plain constant's expression; ValueError where it is not plain, any other error as Python's."""
    match node:
        case ast.Constant():
            return node.value
        case ast.Name() if node.id in known:
            return known[node.id]
        case ast.Tuple() | ast.List():
            return tuple(constant_of(item, known) for item in node.elts)
        case ast.Set():
            return {_key(item) for item in node.elts}
        case ast.Dict() if None not in node.keys:
            return {_key(key): constant_of(value, known) for key, value in zip(node.keys, node.values, strict=True)}
        case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
            value = _number(constant_of(node.operand, known))
            return -value if isinstance(node.op, ast.USub) else value
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div()):
            left, right = (_number(constant_of(side, known)) for side in (node.left, node.right))
            match node.op:
                case ast.Add():
                    return left + right
                case ast.Sub():
                    return left - right
                case ast.Mult():
                    return left * right
            return left / right
        case ast.Call(func=ast.Name(id=name)) if known.get(name) is PURE and all(
            keyword.arg for keyword in node.keywords
        ):
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                constant_of(argument, known)
            return SOMETHING
    raise ValueError("not a plain constant")


def _key(node: ast.expr) -> object:
    # Of anything else hashing may fail, or run code.
    if not isinstance(node, ast.Constant):
        raise ValueError("not a plain key")
    return node.value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _LARGEST:
        raise ValueError("not a number of common size")
    return value


def is_safe_annotation(node: ast.expr | None) -> bool:
    """Whether evaluating the annotation can neither fail nor do anything."""
    match node:
        case None | ast.Constant():
            return True
        case ast.Name():
            return node.id in _SAFE_TYPES
        case ast.BinOp(op=ast.BitOr()):
            # Two texts or None | None cannot be joined.
            sides = (node.left, node.right)
            return all(
                isinstance(side, ast.Name | ast.BinOp)
                or side is node.right
                and isinstance(side, ast.Constant)
                and side.value is None
                for side in sides
            ) and all(map(is_safe_annotation, sides))
        case ast.Subscript(value=ast.Name(id="list" | "tuple" | "dict" | "set" | "frozenset"), slice=inner):
            return all(map(is_safe_annotation, inner.elts if isinstance(inner, ast.Tuple) else [inner]))
    return False

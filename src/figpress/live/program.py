"""Compile plain Python functions to JavaScript that returns the same values, to the last bit.

Where the two languages differ (``%`` of a negative number, ``==`` of lists, the truth of ``[]``, ``sorted``, ``f"{x:.3g}"``)
the call of a helper ``py_...`` is written (``python.js``); what has no such form is refused, with file, line and a
sentence. ``ValueError``, ``IndexError``, ``KeyError``, ``ZeroDivisionError``, ``OverflowError`` are raised on the page as well.

Annotations are believed. Decorators are dropped: they may check arguments, but not change what is returned. Numbers, texts and
collections that a function finds in its module become part of the script, and so do the values of functions marked
``@precomputed``.

These differences stay:

- There is one type of number. The whole number 0 can be -0, as in ``0 * -3``; whole numbers beyond ``2**53`` are rounded; a float
  that is whole is written without ``.0`` (``f"{x}"`` is refused where ``x`` is certainly a float, an error where it is not whole).
- A power of a negative number with a fraction, which is complex in Python, is a ``ValueError``.
- A tuple is a list: equal to one, and ``+=`` changes it in place.
- ``*`` repeats only what can be seen to be a text or a list, as in ``[0] * n``.
- In a dictionary, keys such as ``"1"`` come before others, and ``"__proto__"`` cannot be a key.
- ``items()`` and ``values()`` are made at once, not while a loop changes the dictionary.
- Characters beyond U+FFFF count as two in ``len``, indexes and slices.
- A ``TypeError``, a variable without a value or a wrong number of things to unpack may go unnoticed.
"""

import ast
import inspect
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import FunctionType

from figpress.figure.computing import plain
from figpress.live.expressions import CompileError
from figpress.live.javascript import literal
from figpress.live.writer import Writer


class Program:
    """A set of functions and all that they call, compiled into one script.

    After ``add`` the result is in ``script``; ``functions`` are the compiled ones as (module, qualified name), and
    ``exact`` says whether only operations occur whose results IEEE 754 fixes to the last bit.
    """

    def __init__(self, root: Path, paused: Callable[[], AbstractContextManager] = nullcontext):
        self.root = root
        self._paused = paused
        self.functions: list[tuple[str, str]] = []
        self.relied_on: set[str] = set()
        self.exact = True
        self._names: dict[int, str] = {}
        self._kept: list[object] = []
        self._parts: list[str] = []
        self._trees: dict[Path, ast.Module] = {}

    @property
    def helpers(self) -> list[str]:
        """The helpers ``py_...`` that the script calls."""
        return sorted(set(re.findall(r"(?<![\w$])py_\w+(?=\()", self.script)))

    @property
    def script(self) -> str:
        """The compiled functions, those that are called before those that call."""
        return "\n".join(self._parts)

    def add(self, function: Callable, fixed: Mapping[str, object] | None = None) -> str:
        """Compile ``function`` and what it calls; return its name in the script.

        Of its parameters those in ``fixed`` have that value whenever it is called; ``relied_on`` names those for which it matters.

        Raises:
            CompileError: something in it cannot be compiled.
        """
        bare = inspect.unwrap(function)
        if id(bare) not in self._names:
            node, file = self._definition(bare)
            name = self._name(bare.__name__, bare)
            self._parts.append(
                f"// {bare.__module__}.{bare.__qualname__}\n{Writer(self, bare, file, fixed or {}).function(node, name)}"
            )
            self.functions.append((bare.__module__, bare.__qualname__))
        return self._names[id(bare)]

    def know(self, function: Callable, name: str) -> None:
        """Call ``function`` by a name that the page has for it already, and do not compile it once more."""
        self._names[id(function)] = name
        self._kept.append(function)

    def constant(self, wanted: str, value: object) -> str:
        """Put a collection into the script; return its name there."""
        if id(value) not in self._names:
            text = literal(plain(value))
            self._parts.append(f"var {self._name(wanted, value)} = {text};")
        return self._names[id(value)]

    def _name(self, wanted: str, thing: object) -> str:
        # No name of Python's holds a dollar, and a local one that does starts with it.
        taken = sum(name.startswith(f"{wanted}$") for name in self._names.values())
        self._names[id(thing)] = f"{wanted}${taken or ''}"
        # An id is a name only as long as the thing lives.
        self._kept.append(thing)
        return self._names[id(thing)]

    def _definition(self, function: FunctionType) -> tuple[ast.FunctionDef, str]:
        path, line = Path(function.__code__.co_filename), function.__code__.co_firstlineno
        if path not in self._trees:
            with self._paused():
                self._trees[path] = ast.parse(path.read_text(encoding="utf-8"))
        file = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name
        for node in ast.walk(self._trees[path]):
            if isinstance(node, ast.FunctionDef) and line in (node.lineno, *(d.lineno for d in node.decorator_list)):
                return node, file
        raise CompileError(f"{file}:{line}: {function.__qualname__} is no plain function (def)")

"""Records what checks use, one after another, and what their tests do."""

import ast
import builtins
import contextlib
import functools
import importlib
import linecache
import os
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

from figpress.checking.verdicts import source_dirs
from figpress.freshness.trace import NOTE, Recorder, Trace, note, tree_with_notes
from figpress.freshness.unannounced import LOOKING
from figpress.making.environment import VARIABLES
from figpress.project import Project

_PRESS = str(Path(__file__).parents[1]) + os.sep
ASSERTED = "figpress:asserted"
DONE = "figpress:done"


class CheckRecorder(Recorder):
    """Records one check after another; what a test's module does when it is imported belongs to each of its tests."""

    def __init__(self, project: Project):
        super().__init__(project.root, source_dirs(project), VARIABLES)
        self._tests = str(project.tests) + os.sep
        self._prepared = ""
        self._libraries = tuple({sysconfig.get_path(kind) + os.sep for kind in ("purelib", "platlib")})

    def prepare(self, module: str) -> None:
        """Import a module with nothing else of the project, if that is not how things are."""
        if self._prepared == module:
            return
        self._prepared = ""
        with self.recording():
            importlib.import_module(module)
        with self.paused():
            # Where a test's text is asked for, that says no more than what counts of it in any case.
            for path in self.trace.paths.values():
                linecache.getlines(str(self.root / path))
        self._prepared = module

    @contextlib.contextmanager
    def noting(self) -> Iterator[dict[str, int]]:
        """Go on recording, and count what tests do."""
        notes, ran = {ASSERTED: 0, DONE: 0}, self.trace.ran

        def take(text: str) -> None:
            if text in notes:
                notes[text] += 1
            else:
                ran.add(text)

        setattr(builtins, NOTE, take)
        self._active = True
        try:
            yield notes
        finally:
            self._active = False

    def begin(self) -> Trace:
        trace = super().begin()
        setattr(builtins, NOTE, lambda text: None if text in (ASSERTED, DONE) else trace.ran.add(text))
        return trace

    def compiled(self, name: str, source: bytes, path: str) -> CodeType:
        if path.startswith(self._tests):
            return _test_code(name, source, path)
        return super().compiled(name, source, path)

    def _note(self, event: str, path: str) -> None:
        # For messages, or for numbers worth trying, libraries read the code that they run: it is recorded already.
        own_text = path in {str(self.root / known) for known in self.trace.paths.values()}
        if event in LOOKING and self._asked_by_press():
            return
        if not (own_text or os.sep + "." in path.removeprefix(str(self.root))) or not self._asked_by_library():
            super()._note(event, path)

    def _asked_by_press(self) -> bool:
        """Whether the press looks for the project's folders, and no test of the project."""
        frame = sys._getframe(1)
        while frame.f_code.co_filename.startswith(_PRESS):
            frame = frame.f_back
        while frame and not frame.f_code.co_filename.startswith((_PRESS, *self._libraries)):
            if frame.f_code.co_filename in self.inside:
                return False
            frame = frame.f_back
        return bool(frame) and frame.f_code.co_filename.startswith(_PRESS)

    def _asked_by_library(self) -> bool:
        frame = sys._getframe(1)
        while frame:
            file = frame.f_code.co_filename
            if file.startswith(self._libraries):
                return True
            if file in self.inside:
                return False
            frame = frame.f_back
        return False


@functools.lru_cache(256)
def _test_code(module: str, source: bytes, path: str) -> CodeType:
    """Compile a module of tests: it is noted, too, where something is asserted, and where a test comes to its end."""
    tree = tree_with_notes(module, source, path)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            node.body.append(note(DONE, node.body[-1]))
    return compile(_Asserting().visit(tree), path, "exec", dont_inherit=True)


class _Asserting(ast.NodeTransformer):
    """Takes a note before each assertion: an ``assert``, or a block that has to raise something."""

    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        return [note(ASSERTED, node), node]

    def visit_With(self, node: ast.With) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        calls = [item.context_expr.func for item in node.items if isinstance(item.context_expr, ast.Call)]
        raises = any(getattr(call, "attr", getattr(call, "id", "")) == "raises" for call in calls)
        return [note(ASSERTED, node), node] if raises else node

"""Watch one run of project code: which modules it imported, which functions ran, which files it read.

Project modules are compiled from their source each time, never taken from a ``.pyc`` file, which is told fresh by its
time. While compiling, each function (method; what is nested in it belongs to it) gets a first statement that notes its
name. That costs 40 ns a call and nothing elsewhere, sees generators and threads, and is the same in every version of
Python; ``sys.setprofile`` sees the same functions, but is called for every function of Matplotlib too, which
made drawing take 1.8 times as long.
"""

import ast
import builtins
import contextlib
import functools
import importlib
import importlib.machinery
import importlib.util
import io
import linecache
import os
import re
import stat
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from urllib.parse import unquote, urlsplit

from figpress.freshness import unannounced
from figpress.freshness.pieces import digest, outer_functions
from figpress.project import Inside, top_level_modules

NOTE = "__figpress_note__"
"""The built-in that takes notes: ``module:function`` of each function that runs, ``module:*`` where all names of a module count."""


def content_hash(path: Path) -> str | None:
    """The hash of a file's content; None where it cannot be read."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return None


def state_of(path: Path, sized: bool) -> str | None:
    """What one sees of a file or folder that one only looks at; None where there is nothing."""
    try:
        found = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return "no file"
    return f"a file of {found.st_size} bytes" if sized else "a file"


def variable_hash(name: str, variables: Mapping[str, str]) -> str | None:
    """The hash of an environment variable; None where it is not set."""
    return digest(variables[name]) if name in variables else None


def folder_hash(path: Path) -> str | None:
    """The hash of a folder's names, without Python's own ``__pycache__``; None where it cannot be read."""
    try:
        names = sorted(name for name in os.listdir(path) if name != "__pycache__")
    except OSError:
        return None
    return digest("\0".join(names))


def resolve(name: str, folders: list[str]) -> importlib.machinery.ModuleSpec | None:
    """Find a module in the given folders."""
    return importlib.machinery.PathFinder.find_spec(name, folders)


def _split(note: str) -> tuple[str, str]:
    module, _, name = note.partition(":")
    return module, name


@dataclass
class Trace:
    """What one run touched; paths are relative to the project, with forward slashes.

    ``sources`` are the module sources as they were compiled; ``searched`` says for every project module asked for in
    which folders it was looked for, and the file found ("" where there was none); ``looked_at`` what was seen of files that were
    not opened; ``variables`` the hashes of environment variables that project code asked for.
    """

    sources: dict[str, bytes] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    searched: dict[str, tuple[list[str], str]] = field(default_factory=dict)
    ran: set[str] = field(default_factory=set)
    files: dict[str, str | None] = field(default_factory=dict)
    folders: dict[str, str | None] = field(default_factory=dict)
    looked_at: dict[str, str | None] = field(default_factory=dict)
    variables: dict[str, str | None] = field(default_factory=dict)

    def functions(self) -> list[tuple[str, str]]:
        """The functions that ran, as (module, qualified name)."""
        return sorted((module, name) for module, name in map(_split, self.ran) if name != "*")

    def counting_whole(self) -> list[str]:
        """The modules of which all names count."""
        return sorted(module for module, name in map(_split, self.ran) if name == "*")


class _Loader(importlib.machinery.SourceFileLoader):
    """Compiles project modules from source, with notes in their functions."""

    def __init__(self, name: str, path: str, recorder: "Recorder"):
        super().__init__(name, path)
        self.recorder = recorder

    def get_code(self, fullname: str):
        with self.recorder.paused():
            source = self.recorder.read_source(fullname, self.path)
        return self.recorder.compiled(fullname, source, self.path)


@functools.lru_cache(256)
def _with_notes(module: str, source: bytes, path: str) -> CodeType:
    """Compile a module, with a note of its name in every function. Most figures import the same modules."""
    return compile(tree_with_notes(module, source, path), path, "exec", dont_inherit=True)


def tree_with_notes(module: str, source: bytes, path: str) -> ast.Module:
    """A module's tree, with a note of its name in every function."""
    tree = ast.parse(source, path)
    for qualified, function in outer_functions(tree.body):
        has_docstring = ast.get_docstring(function, clean=False) is not None
        function.body.insert(1 if has_docstring else 0, note(f"{module}:{qualified}", function.body[0]))
    return tree


def note(text: str, place: ast.stmt) -> ast.stmt:
    """A statement that takes a note, in the place of another."""
    statement = ast.Expr(ast.Call(ast.Name(NOTE, ast.Load()), [ast.Constant(text)], []))
    for node in ast.walk(statement):
        ast.copy_location(node, place)
    return statement


class Recorder:
    """Stands in the import system of this process (a worker's or a kernel's) and records runs of project code.

    Args:
        root: the project's folder.
        source_dirs: where its modules live.
        given: names of the environment variables that whoever has started the process has set.
    """

    def __init__(self, root: Path, source_dirs: tuple[Path, ...], given: Iterable[str] = ()):
        self.root = root
        self.source_dirs = source_dirs
        self.top_level: dict[str, Path] = {}
        self.trace = Trace()
        self._active = False
        self._local = threading.local()
        self._given = frozenset(given)
        self._variables: dict[str, str] = {}
        self.inside = Inside(root)
        # What lies in the project is found by its folders of sources alone; a path of the caller's must not show other modules.
        sys.path[:] = [entry for entry in sys.path if os.path.realpath(entry) not in self.inside]
        sys.meta_path.insert(0, self)
        sys.addaudithook(self._audit)
        unannounced.watch(self._audit, self._note_variable)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Files opened inside the block are not the figure's."""
        before = getattr(self._local, "quiet", False)
        self._local.quiet = True
        try:
            yield
        finally:
            self._local.quiet = before

    @contextlib.contextmanager
    def recording(self) -> Iterator[Trace]:
        """Forget all project modules, and record what the block does."""
        self.begin()
        try:
            yield self.trace
        finally:
            self._active = False

    def begin(self) -> Trace:
        """Forget all project modules and start a new trace."""
        self.top_level = top_level_modules(self.source_dirs)
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] in self.top_level or (getattr(module, "__file__", None) or "") in self.inside:
                del sys.modules[name]
        importlib.invalidate_caches()
        # A source kept here from an earlier run would not be seen when it is read.
        linecache.clearcache()
        self.trace = Trace()
        self._variables = dict(os.environ)
        setattr(builtins, NOTE, self.trace.ran.add)
        self._active = True
        return self.trace

    def relative(self, path: str | Path) -> str:
        """A path below the project's root, with forward slashes."""
        return os.path.relpath(path, self.root).replace(os.sep, "/")

    def read_source(self, name: str, path: str) -> bytes:
        """Read a module's source and keep it in the trace."""
        with io.open_code(path) as file:
            source = file.read()
        self.trace.sources[name] = source
        self.trace.paths[name] = self.relative(path)
        return source

    def compiled(self, name: str, source: bytes, path: str) -> CodeType:
        """Compile a module of the project."""
        return _with_notes(name, source, path)

    def compile_ahead(self, trace: Trace) -> None:
        """Keep the compiled modules of a run that another process made: the next ones will import most of these."""
        for name, source in trace.sources.items():
            self.compiled(name, source, str(self.root / trace.paths[name]))

    def find_spec(self, fullname: str, path=None, target=None):
        """Part of the import system: find modules of the project, and only these."""
        top = fullname.partition(".")[0]
        if top not in self.top_level:
            return None
        with self.paused():
            folders = [os.path.realpath(folder) for folder in path] if path is not None else [str(self.top_level[top])]
            spec = resolve(fullname, folders)
        origin = spec.origin if spec and spec.origin else ""
        self.trace.searched[fullname] = (
            [self.relative(folder) for folder in folders],
            self.relative(origin) if origin else "",
        )
        if isinstance(spec and spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = _Loader(fullname, origin, self)
        elif origin:
            # An extension module: nothing to look into, so its content counts.
            self.trace.files[self.relative(origin)] = content_hash(Path(origin))
        return spec

    def _audit(self, event: str, arguments: tuple) -> None:
        if not self._active or getattr(self._local, "quiet", False):
            return
        if event in _PROCESSES:
            program = next((f" ({part})" for part in arguments if isinstance(part, str)), "")
            raise RuntimeError(
                f"a figure, notebook or check may not start a process{program}: nobody would see what that depends on"
            )
        if event in _CHANGING:
            # What is named from a folder's descriptor is none of the working folder's.
            if event == "os.truncate" or arguments[-1] == -1:
                for number in _CHANGING[event]:
                    self._take(event, arguments[number], reads=False, writes=True)
        elif event in ("open", "os.listdir", "os.scandir", "sqlite3.connect", *unannounced.LOOKING):
            path = "." if arguments[0] is None else arguments[0]
            if event == "sqlite3.connect" and str(path).startswith("file:"):
                path = unquote(urlsplit(str(path)).path)
            reads, writes = _use(*arguments[1:3]) if event == "open" else (True, False)
            self._take(event, path, reads, writes)

    def _take(self, event: str, path: object, reads: bool, writes: bool) -> None:
        """Take note of what is read, and refuse what is written."""
        if not isinstance(path, str | bytes | os.PathLike):
            return
        with self.paused():
            # A link inside of the project may lead out of it.
            given, real = os.path.abspath(os.fsdecode(path)), os.path.realpath(os.fsdecode(path))
            for place in dict.fromkeys((real, given)):
                hidden = re.search(r"[\\/](\.|__pycache__)", place.removeprefix(str(self.root)))
                if writes and place in self.inside and not hidden:
                    raise RuntimeError(
                        f"a figure, notebook or check may not write {self.relative(place)}, or open it so that it can be "
                        "written: whoever reads it would depend on when"
                    )
                if reads and place in self.inside:
                    self._note(event, place)

    def _note_variable(self, name: str, caller: FrameType) -> None:
        """An environment variable is asked for; libraries ask for many, which is no doing of the project's."""
        if not self._active or getattr(self._local, "quiet", False) or name in self._given:
            return
        while caller and caller.f_globals.get("__name__") in _ASKING_FOR_OTHERS:
            caller = caller.f_back
        if caller and (caller.f_globals.get("__name__") == "__main__" or caller.f_code.co_filename in self.inside):
            if name == unannounced.EVERY_VARIABLE:
                raise RuntimeError(
                    "a figure, notebook or check may not go through all environment variables, of which each terminal has "
                    "others: ask for those that count by their names"
                )
            # As it was at first: what the run itself has set is in its code.
            self.trace.variables.setdefault(name, variable_hash(name, self._variables))

    def _note(self, event: str, path: str) -> None:
        if event in ("os.listdir", "os.scandir"):
            if "__pycache__" not in path:
                self.trace.folders.setdefault(self.relative(path), folder_hash(Path(path)))
            return
        if event in unannounced.LOOKING:
            name = self.relative(path)
            # Of a module its text is known. That a path has no links on its way (lstat) says nothing of size.
            sized = event != "os.lstat" and name not in self.trace.paths.values()
            if sized or name not in self.trace.looked_at:
                self.trace.looked_at[name] = state_of(Path(path), sized)
            return
        if path.endswith(".pyc"):
            # A module outside of the folders of sources: Python takes its bytecode for its source.
            try:
                path = importlib.util.source_from_cache(path)
            except ValueError:
                return
        self.trace.files.setdefault(self.relative(path), content_hash(Path(path)))


_PROCESSES = (
    *(
        "subprocess.Popen",
        "os.system",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.exec",
        "os.startfile",
    ),
    *("_winapi.CreateProcess", unannounced.STARTED),
)
_CHANGING = {
    **dict.fromkeys(("os.mkdir", "os.rmdir", "os.remove", "os.truncate"), (0,)),
    **dict.fromkeys(("os.symlink", "os.link"), (1,)),
    "os.rename": (0, 1),
}
"""Events of changing files otherwise than by opening them, and which of their arguments are the paths."""

_ASKING_FOR_OTHERS = ("os", "collections.abc", "posixpath", "ntpath", "pathlib")
"""Modules of Python that ask for an environment variable when they are told to."""


def _use(mode: str | None, flags: int) -> tuple[bool, bool]:
    """Whether a file that is opened may be read, and written, by the mode or, where there is none, the flags."""
    if isinstance(mode, str):
        return "r" in mode or "a" in mode and "+" in mode, any(letter in mode for letter in "wxa+")
    reads = not flags & (os.O_WRONLY | os.O_TRUNC | os.O_EXCL)
    return reads, bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))

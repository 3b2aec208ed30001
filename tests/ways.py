"""Ways in which a figure may depend on something that is no code of the project: those that are seen, and those that are refused.

The press's tests look whether each edit makes stale what depends on it and nothing else; ``python -m tests.freshness`` whether
builds after the edits give what builds from nothing give.
"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "OF_A_TEST"
OPTIONAL = "of_a_test"
SETTINGS = "lines.linewidth: 8\n"


def _write(path: str, text: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        (root / path).write_text(text)

    return edit


def _append(path: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        with (root / path).open("ab") as file:
            file.write(b" ")

    return edit


def _make_a_folder(root: Path) -> None:
    (root / "data/b.csv").unlink()
    (root / "data/b.csv").mkdir()


def _link(root: Path) -> None:
    (root / "data/d.csv").symlink_to("a.csv")


EDITS: dict[str, Callable[[Path], None]] = {
    "content": _write("data/a.csv", "2"),
    "size": _write("data/a.csv", "11"),
    "new file": _write("data/c.csv", ""),
    "new link": _link,
    "folder for a file": _make_a_folder,
    "missing file": _write("data/more/maybe.txt", ""),
    "database": _append("data/x.db"),
    "picture": _append("data/x.png"),
    "font": _append("data/x.ttf"),
    "tool": _write("tools/outside.py", "def read():\n    return 2\n"),
    "settings": _write("matplotlibrc", SETTINGS.replace("8", "9")),
    "installed": _write(f"../installed/{OPTIONAL}.py", ""),
    "variable": lambda root: os.environ.update({VARIABLE: "1"}),
}

CONTENT, NAMES = {"content", "size"}, {"new file", "new link"}
SEEN: dict[str, tuple[str, set[str]]] = {
    # What a module of numbers gives as its fact, and the edits that make it stale.
    "opened": ("open('data/a.csv').read()", CONTENT),
    "by_path": ("Path('data/a.csv').read_text()", CONTENT),
    "by_link": ("open('data/link').read()", CONTENT),
    "by_descriptor": ("os.fdopen(os.open('data/a.csv', os.O_RDONLY)).read()", CONTENT),
    "by_numpy": ("float(numpy.loadtxt('data/a.csv'))", CONTENT),
    "mapped": ("int(numpy.memmap('data/a.csv', mode='r')[0])", CONTENT),
    "picture": ("Image.open('data/x.png').size", {"picture"}),
    "font": ("matplotlib.font_manager.FontProperties(fname='data/x.ttf').get_name()", {"font"}),
    "database": ("sqlite3.connect('data/x.db').execute('pragma user_version').fetchone()", {"database"}),
    "read_only": (
        "sqlite3.connect('file:data/x.db?mode=ro', uri=True).execute('pragma user_version').fetchone()",
        {"database"},
    ),
    "outside": ("sys.path.insert(0, 'tools') or __import__('outside').read()", {"tool"}),
    "size": ("Path('data/a.csv').stat().st_size", {"size"}),
    "size_by_path": ("os.path.getsize('data/a.csv')", {"size"}),
    "size_by_entry": (
        "[entry.stat().st_size for entry in os.scandir('data') if entry.name == 'a.csv']",
        {"size"} | NAMES,
    ),
    "kinds": ("[entry.is_file() for entry in os.scandir('data')]", NAMES | {"folder for a file"}),
    "listed": ("os.listdir('data')", NAMES),
    "listed_by_path": ("[path.name for path in Path('data').iterdir()]", NAMES),
    "globbed": ("glob.glob('data/*.csv')", NAMES),
    "globbed_by_path": ("[path.name for path in Path('data').glob('*.csv')]", NAMES),
    "walked": ("list(os.walk('data'))", NAMES | {"folder for a file", "missing file"}),
    "exists": ("os.path.exists('data/more/maybe.txt')", {"missing file"}),
    "is_file": ("Path('data/more/maybe.txt').is_file()", {"missing file"}),
    "is_folder": ("os.path.isdir('data/b.csv')", {"folder for a file"}),
    "variable": (f"os.environ.get('{VARIABLE}')", {"variable"}),
    "variable_got": (f"os.getenv('{VARIABLE}')", {"variable"}),
    "variable_there": (f"'{VARIABLE}' in os.environ", {"variable"}),
    "variable_in_bytes": (f"os.environb.get(b'{VARIABLE}') is None", {"variable"}),
    "variable_expanded": (f"os.path.expandvars('${VARIABLE}')", {"variable"}),
    # What a user has set up for himself, and the length of the figure's own text, do not count.
    "settings": ("matplotlib.rcParams['lines.linewidth']", set()),
    "itself": ("Path(__file__).stat().st_size > 0", set()),
}
MODULE = """{optional}
def facts():
    import glob, os, sqlite3, sys
    from pathlib import Path
    import matplotlib.font_manager, numpy
    from PIL import Image
    return {{"x": str({expression})}}
"""
OPTIONAL_IMPORT = f"try:\n    import {OPTIONAL}\nexcept ImportError:\n    pass\n"

_PROCESS, _FILE = "may not start a process", "may not write data/"
REFUSED = {
    # What a module of numbers does, and what is said of it.
    "run": ("import subprocess; subprocess.run(['true'])", _PROCESS),
    "system": ("import os; os.system('true')", _PROCESS),
    "replaced": ("import os; os.execv('/bin/true', ['true'])", _PROCESS),
    "fork": ("import multiprocessing as m; m.get_context('fork').Process(target=print).start()", _PROCESS),
    "spawn": ("import multiprocessing as m; m.get_context('spawn').Process(target=print).start()", _PROCESS),
    "server": ("import multiprocessing as m; m.get_context('forkserver').Process(target=print).start()", _PROCESS),
    "written": ("open('data/a.csv', 'w')", _FILE + "a.csv"),
    "updated": ("open('data/a.csv', 'r+')", _FILE + "a.csv"),
    "appended": ("open('data/a.csv', 'a+')", _FILE + "a.csv"),
    "descriptor": ("import os; os.open('data/a.csv', os.O_RDWR)", _FILE + "a.csv"),
    "array_mapped": ("import numpy; numpy.memmap('data/a.csv')", _FILE + "a.csv"),
    "folder": ("import os; os.mkdir('data/made')", _FILE + "made"),
    "moved": ("import os; os.rename('data/b.csv', 'data/a.csv')", _FILE + "b.csv"),
    "moved_in": (
        "import os, tempfile; os.rename(tempfile.mkstemp(dir='..')[1], 'data/in.csv')",
        _FILE + "in.csv",
    ),
    "removed": ("from pathlib import Path; Path('data/b.csv').unlink()", _FILE + "b.csv"),
    "linked": ("import os; os.symlink('a.csv', 'data/other')", _FILE + "other"),
    "cut": ("import os; os.truncate('data/a.csv', 0)", _FILE + "a.csv"),
    "variables": ("import os; dict(os.environ)", "may not go through all environment variables"),
}
ALLOWED = {
    "hidden": "open('.cache', 'w').close()",
    "temporary": "import os, tempfile\n    with tempfile.TemporaryDirectory() as folder:\n        os.mkdir(folder + '/a')",
}


def write_seen(root: Path) -> None:
    """Write what depends on something into a project, and what it depends on beside it."""
    from matplotlib import get_data_path
    from PIL import Image

    for folder in ("data/more", "tools", "../installed"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for path, text in {
        "data/a.csv": "1",
        "data/b.csv": "22",
        "tools/outside.py": "def read():\n    return 1\n",
        "matplotlibrc": SETTINGS,
    }.items():
        (root / path).write_text(text)
    (root / "data/link").symlink_to("a.csv")
    shutil.copy(Path(get_data_path()) / "fonts/ttf/DejaVuSans.ttf", root / "data/x.ttf")
    Image.new("L", (2, 2)).save(root / "data/x.png")
    database = sqlite3.connect(root / "data/x.db")
    database.execute("create table numbers (number)")
    database.close()
    for name, (expression, _) in SEEN.items():
        (root / f"figures/{name}.py").write_text(MODULE.format(optional="", expression=expression))
    (root / "figures/optional.py").write_text(MODULE.format(optional=OPTIONAL_IMPORT, expression="1"))


def stale_after(edit: str) -> set[str]:
    """What of it an edit makes stale."""
    return {"optional"} if edit == "installed" else {name for name, (_, edits) in SEEN.items() if edit in edits}


@contextmanager
def ready(root: Path) -> Iterator[None]:
    """A block in which ``OPTIONAL`` can be installed, and ``VARIABLE`` is not set to begin with."""
    before, place = os.environ.pop(VARIABLE, None), str(root.parent / "installed")
    sys.path.insert(0, place)
    try:
        yield
    finally:
        sys.path.remove(place)
        os.environ.pop(VARIABLE, None)
        if before is not None:
            os.environ[VARIABLE] = before


@contextmanager
def edited(root: Path, *edits: str) -> Iterator[None]:
    """A block in which edits are made, one after another."""
    kept = root.parent / "kept"
    shutil.copytree(root / "data", kept / "data", symlinks=True)
    shutil.copytree(root / "tools", kept / "tools")
    try:
        for edit in edits:
            EDITS[edit](root)
        yield
    finally:
        for folder in ("data", "tools"):
            shutil.rmtree(root / folder)
            shutil.copytree(kept / folder, root / folder, symlinks=True)
        shutil.rmtree(kept)
        os.environ.pop(VARIABLE, None)
        (root / "matplotlibrc").write_text(SETTINGS)
        (root.parent / f"installed/{OPTIONAL}.py").unlink(missing_ok=True)

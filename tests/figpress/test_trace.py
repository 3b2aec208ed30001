"""What a run of project code used is seen whole: functions, sources, files, and imports that found nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from figpress.freshness.cutting import cut
from figpress.freshness.dependencies import dependencies
from tests.figpress.conftest import write

SOURCE = Path(__file__).parents[2] / "src"

MODULE = '''
import contextlib
import functools
import threading


def plain():
    def inner():
        return 1
    return inner() + (lambda: 1)()


def never():
    return 0


def generator():
    yield 1


def unstarted():
    yield 1


def in_thread():
    pass


@functools.cache
def cached():
    return 1


@contextlib.contextmanager
def managed():
    yield


def at_import(function):
    return function


@at_import
def decorated():
    pass


class Thing:
    size = [n for n in range(3)]

    def __init__(self):
        self.x = 1

    @property
    def value(self):
        return self.x

    @value.setter
    def value(self, x):
        self.x = x

    @staticmethod
    def still():
        pass

    class Inner:
        def method(self):
            pass


async def coroutine():
    pass


if True:
    def conditional():
        """Documented."""


def run():
    plain()
    list(generator())
    unstarted()
    thread = threading.Thread(target=in_thread)
    thread.start()
    thread.join()
    cached()
    with managed():
        pass
    Thing().value
    Thing.Inner().method()
    conditional()
    sorted([2, 1], key=lambda x: -x)
    try:
        coroutine().send(None)
    except StopIteration:
        pass
'''

RAN = [
    "Thing.Inner.method",
    "Thing.__init__",
    "Thing.value",
    "at_import",
    "cached",
    "conditional",
    "coroutine",
    "generator",
    "in_thread",
    "managed",
    "plain",
    "run",
]

# The same run, once watched by the recorder and once by the interpreter's own profiler.
WATCH = """
import json, sys, threading
from pathlib import Path
root = Path.cwd()
from figpress.freshness.trace import Recorder
recorder = Recorder(root, (root / "figures", root / "pack"))
with recorder.recording() as trace:
    import pack.module
    pack.module.run()
noted = sorted(name for module, name in trace.functions() if module == "pack.module")
del sys.modules["pack.module"], sys.modules["pack"]
sys.meta_path.remove(recorder)
sys.path.insert(0, str(root))
seen = set()
def profile(frame, event, argument):
    if event == "call" and frame.f_code.co_filename.endswith("module.py"):
        seen.add(frame.f_code.co_qualname.partition(".<locals>")[0])
threading.setprofile(profile)
sys.setprofile(profile)
import pack.module
pack.module.run()
sys.setprofile(None)
outside = {"<module>", "<lambda>", "<listcomp>", "Thing", "Thing.Inner", "Thing.<listcomp>"}
print(json.dumps([noted, sorted(seen - outside)]))
"""


def run_python(code: str, root: Path):
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_the_functions_noted_are_those_that_the_interpreter_says_ran(tmp_path):
    write(tmp_path, {"pack/__init__.py": "", "pack/module.py": MODULE, "figures/__init__.py": ""})
    noted, profiled = run_python(WATCH, tmp_path)
    assert noted == RAN
    # Some versions of Python report a generator when it is made; its body runs, and is noted, when it is started.
    assert noted == [name for name in profiled if name != "unstarted"]


def test_files_folders_and_imports_are_recorded_also_where_there_is_nothing(tmp_path):
    write(
        tmp_path,
        {
            "figures/__init__.py": "",
            "there.txt": "1",
            "folder/a": "",
            "figures/reads.py": """
import os, threading
from pathlib import Path
try:
    import figures.missing
except ImportError:
    pass
open("there.txt").read()
try:
    open("absent.txt")
except OSError:
    pass
thread = threading.Thread(target=lambda: Path("threaded.txt").exists() or os.listdir("folder"))
thread.start()
thread.join()
open(".written", "w").close()
Path("figures/__init__.py").read_text()
""",
        },
    )
    code = """
import json
from pathlib import Path
from figpress.freshness.trace import Recorder
root = Path.cwd()
recorder = Recorder(root, (root / "figures",))
with recorder.recording() as trace:
    import figures.reads
open("there.txt").read()
print(json.dumps([trace.files, list(trace.folders), trace.searched, trace.looked_at]))
"""
    files, listings, searched, looked_at = run_python(code, tmp_path)
    assert files.keys() == {"there.txt", "absent.txt", "figures/__init__.py"}
    assert files["absent.txt"] is None
    assert listings == ["folder"]
    assert looked_at == {"threaded.txt": None}
    assert searched["figures.missing"] == [["figures"], ""]
    assert searched["figures.reads"] == [["figures"], "figures/reads.py"]


def test_an_edit_of_the_same_length_at_the_same_time_is_seen(tmp_path):
    write(tmp_path, {"figures/__init__.py": "", "figures/one.py": "X = 1\n"})
    code = """
import json, os
from pathlib import Path
from figpress.freshness.trace import Recorder
root = Path.cwd()
recorder = Recorder(root, (root / "figures",))
found = []
for value in "12":
    Path("figures/one.py").write_text(f"X = {value}\\n")
    os.utime("figures/one.py", (1, 1))
    with recorder.recording():
        import figures.one
        found.append(figures.one.X)
print(json.dumps(found))
"""
    assert run_python(code, tmp_path) == [1, 2]
    assert not list(tmp_path.rglob("*.pyc"))


def depends(ran: list[tuple[str, str]] = (), **sources: str) -> set[str]:
    modules = {name: cut(source.encode(), name) for name, source in sources.items()}
    return {key for key in dependencies(modules, ran) if not key.startswith("frame ")}


A_MODULE = "ONE = 1\nTWO = 2\ndef f(x=ONE):\n    return x\ndef g():\n    return TWO\n"


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ("from a import f", set()),
        ("from a import no_such", {"existence user no_such"}),
        ("try:\n    from a import f\nexcept ImportError: ...", {"existence a f"}),
        ("from a import f\nf", {"name a f", "name a ONE"}),
        ("from a import f as h\nh", {"name a f", "name a ONE"}),
        ("import a\na.TWO", {"name a TWO"}),
        ("import a as b\nb.TWO", {"name a TWO"}),
        ("import a\nprint(a)", {"source a", "source user"}),
        ("import a as b\nc = b\nc", {"source a", "source user"}),
        ("from a import *", {"source a", "source user"}),
        ("import a\ngetattr(a, 'T' + 'WO')", {"source a", "source user"}),
        ("import importlib\nimportlib.import_module('a').TWO", {"source a", "source user"}),
        ("import sys\nsys.modules['a']", {"source a", "source user"}),
        ("eval('TWO')", {"source a", "source user"}),
        ("e = eval\ne('TWO')", {"source a", "source user"}),
        ("import builtins as b\nb.eval('TWO')", {"source a", "source user"}),
        ("from builtins import eval as e\ne('TWO')", {"source a", "source user"}),
        ("import re\nre.compile(ONE)", {"name a ONE"}),
        ("def h(x: 'TWO'): ...\nh", {"name a TWO"}),
        ("locate('a.TWO')", {"name a TWO"}),
        ("class C:\n    x = ONE\n    def m(self):\n        return TWO", {"name a ONE"}),
        ("match x:\n    case P(TWO=1): pass", {"name a TWO"}),
    ],
    ids=range(22),
)
def test_constants_and_signatures_count_where_code_can_reach_them(user, expected):
    found = depends(a=A_MODULE, user=user)
    assert {key for key in found if not key.startswith("name user")} == expected


@pytest.mark.parametrize(
    "statement",
    [
        "X = g()",
        "X = 1 / 0",
        "X = 10 ** 10",
        "X = [1, *y]",
        "X = not_yet",
        "X: int | None.x = 3",
        "X = Y = 1",
        "X, Y = 1, 2",
        "X = 1\nX = 2",
        "if True:\n    X = 1",
        "X = 1\ndel X",
        "__getattr__ = 1",
        "X = {[]: 1}",
        "X = -'a'",
        "X = 1\nimport b as X",
        "X = {f: 1}",
        "X = 1\ndef f():\n    global X",
        "Y = [n for n in ()]\nX = n",
        "X = (Y,)\nY = 1",
    ],
)
def test_a_constant_that_may_do_something_always_counts(statement):
    assert "X" not in cut(statement.encode(), "a").bindings


@pytest.mark.parametrize(
    "statement",
    [
        "X = 1",
        "X = -1.5",
        "X = 1 / 2",
        "X: float = 2",
        "X = ('a', [1, None], {'k': 1})",
        "Y = f()\nX = (Y, 2)",
        "from b import c\nX = (c,)",
        "def f(): ...\nX = [f]",
        "__all__ = ['a']\nX = 1",
    ],
)
def test_a_constant_that_can_do_nothing_counts_only_where_it_is_named(statement):
    assert "X" in cut(statement.encode(), "a").bindings


def test_only_the_shape_of_a_pure_call_always_counts():
    module = "from m import pure, other\n{}\ndef f(x, *, y={}): ...\n"

    def parts(decorator: str, default: str = "1"):
        return cut(module.format(decorator, default).encode(), "a", pure=frozenset({"m.pure"}))

    before = parts("@pure(x=1)")
    assert parts("@pure(x=pure(2))").bindings["f"] != before.bindings["f"] == parts("@pure(x=1)").bindings["f"]
    assert parts("@pure(x=2)", "2").frame == before.frame
    for shape in ("@pure(z=1)", "@pure(1)", "@pure(x=pure(2))", "@pure", ""):
        assert parts(shape).frame != before.frame
    for anything in (
        "@other(x=1)",
        "@pure(x=other())",
        "@pure(**other)",
        "@pure(*other)",
        "@pure(x=1)\n@other",
        "@pure(x=1).x",
    ):
        assert "f" not in parts(anything).bindings


def test_a_name_moved_before_or_behind_other_code_counts_as_changed():
    before, after = (
        dependencies({"a": cut(text.encode(), "a")}, []) for text in ("X = 1\nprint(X)", "print(X)\nX = 1")
    )
    assert before != after


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        ("vars()", True),
        ("dir()", True),
        ("f = vars; f()", True),
        ("map(vars, x)", True),
        ("eval('TWO')", True),
        ("vars(x)", False),
        ("dir(x)", False),
        ("dir = x; return dir", False),
        ("return lambda: globals", True),
        ("global dir; dir = x; return dir", True),
        ("return [dir for dir in x], dir()", True),
        ("def g():\n        dir = 1\n    return dir()", True),
        ("return vars(a)", True),
        ("help(f)", True),
        ("return help", True),
        ("import dis; dis.dis(f)", True),
        ("return getattr(f, '__doc__')", True),
        ("return a.__getattribute__('TWO')", True),
        ("return x.help", False),
        ("return exec(x)", True),
    ],
)
def test_what_looks_into_one_object_or_has_but_the_name_is_no_reflection(body, whole):
    user = f"import a\nfrom a import f\ndef use(x):\n    {body}"
    assert ("source a" in depends([("user", "use")], a=A_MODULE, user=user)) == whole
    # A parameter is a variable as well.
    user = "def use(exec):\n    return exec(1)"
    assert "source a" not in depends([("user", "use")], a=A_MODULE, user=user)


def test_a_generator_that_was_never_started_counts_as_one():
    before, after = (
        dependencies({"a": cut(text.encode(), "a")}, [])
        for text in ("def f():\n    yield 1\nx = f()", "def f():\n    return 1\nx = f()")
    )
    assert before != after


PACKAGE = {
    "p": "from p.a import f, ONE\nfrom p.b import g",
    "p.a": A_MODULE,
    "p.b": "from p.a import f as g\nclass C: ...",
    "user": "from p import f\nfrom p import g as h\ndef use():\n    return f()",
}


def found_in(ran: list[tuple[str, str]] = (), **changed: str) -> dict[str, object]:
    sources = PACKAGE | {name.replace("_", "."): text for name, text in changed.items()}
    return dependencies({name: cut(text.encode(), name, is_package=name == "p") for name, text in sources.items()}, ran)


@pytest.mark.parametrize(
    ("changed", "alike"),
    [
        ({"p": "from p.a import f, g as more, ONE\nfrom p.b import g, C"}, True),
        ({"p": "from p.a import ONE, f\nfrom p.b import g"}, True),
        ({"p": "from p.a import f, ONE\nfrom p.b import g, C"}, True),
        # It comes from elsewhere, is another thing, hides another, or is not there.
        ({"p": "from p.a import ONE\nfrom p.b import g, g as f"}, False),
        ({"p": "from p.a import g as f, ONE\nfrom p.b import g"}, False),
        ({"p": "from p.a import f, ONE, f as use\nfrom p.b import g"}, False),
        ({"p": "from p.a import f, ONE, absent\nfrom p.b import g"}, False),
        ({"p": "from p.a import f, ONE"}, False),
        ({"p_a": A_MODULE.replace("ONE", "FIRST")}, False),
        # Another module is imported, or at another time.
        ({"p": "from p.a import f, ONE\nfrom p.b import g\nfrom decimal import Decimal"}, False),
        ({"p": "from p.b import g\nfrom p.a import f, ONE"}, False),
        ({"p": "from p.a import f, ONE\nfrom p.b import g\nfrom p import b"}, False),
        ({"p": "from p.a import f, ONE\nfrom p.b import g\nfrom p.a import *"}, False),
        # What is imported may itself have begun, and not have come to the name.
        ({"p_b": "from user import use\nfrom p.a import f as g\nclass C: ..."}, False),
    ],
    ids=range(14),
)
def test_a_name_fetched_from_a_module_counts_where_it_is_used_or_may_fail(changed, alike):
    ran = [("user", "use"), ("p.a", "f")]
    assert (found_in(ran, **changed) == found_in(ran)) == alike


@pytest.mark.parametrize("name", ["early", "late"])
def test_a_name_fetched_in_a_circle_of_imports_always_counts(name):
    def frames(text: str) -> list:
        sources = {"a": "early = 1\nimport b\nlate = 1", "b": text}
        return dependencies({module: cut(source.encode(), module) for module, source in sources.items()}, [])

    assert frames(f"from a import {name}") != frames("from a import early as it")
    assert ("existence a late" in frames(f"from a import {name}")) == (name == "late")

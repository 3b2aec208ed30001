"""Worker processes: each thing is answered for by its own, and none outlives the build."""

import os
import subprocess
import sys
import textwrap
import time

import pytest

from figpress.making.processes import Workers, run_in_subprocess, submit
from figpress.project import find_project
from tests.figpress.conftest import replace


@pytest.fixture
def workers(drawn):
    made = Workers(find_project(drawn), 1)
    yield made
    made.close()


def test_a_process_that_dies_fails_what_it_was_at_and_the_next_one_goes_on(drawn, workers):
    replace(drawn, "figures/bars.py", "axes = figure.subplots()", "import os\n    os._exit(7)")
    futures = [workers.make("figure", name) for name in ("given", "bars", "given")]
    assert futures[0].result(60)[0] == "done"
    assert futures[1].result(60) == ("failed", "bars: its process died while making it (exit status 7)")
    assert futures[2].result(60)[0] == "done"
    assert len(workers._processes) == 1


def test_closing_ends_what_is_made_and_makes_nothing_of_what_waits(drawn, workers):
    replace(drawn, "figures/bars.py", "axes = figure.subplots()", "import time\n    time.sleep(600)")
    first, second = workers.make("figure", "bars"), workers.make("figure", "given")
    while not workers._processes:
        time.sleep(0.01)
    workers.close()
    assert first.result(60)[0] == "failed"
    with pytest.raises(ChildProcessError):
        second.result(60)
    assert [process.poll() is None for process in workers._processes] == [False]


def test_what_a_figure_prints_or_reads_is_no_answer(drawn, workers):
    replace(
        drawn,
        "figures/bars.py",
        "axes = figure.subplots()",
        "import sys\n    print('a word')\n    assert sys.stdin.read() == ''\n    axes = figure.subplots()",
    )
    assert workers.make("figure", "bars").result(60)[0] == "done"


def test_no_more_processes_are_started_than_asked_for(drawn):
    workers = Workers(find_project(drawn), 2)
    futures = [workers.make("figure", "given") for _ in range(5)]
    assert [future.result(60)[0] for future in futures] == ["done"] * 5
    assert len(workers._processes) <= 2
    workers.close()


def test_a_function_elsewhere_gives_what_it_gives_here_and_raises_what_it_raises_here():
    assert run_in_subprocess(textwrap.dedent, " a\n b") == "a\nb"
    assert run_in_subprocess(os.getpid) != os.getpid()
    with pytest.raises(FileNotFoundError, match="nothing-here"):
        run_in_subprocess(os.listdir, "nothing-here")
    with pytest.raises(ChildProcessError, match=r"_exit died \(exit status 3\)"):
        run_in_subprocess(os._exit, 3)


def test_a_function_elsewhere_ends_with_the_process_that_asked_for_it(tmp_path):
    noted = tmp_path / "number"
    inner = f"import os, time; open({str(noted)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    outer = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"from figpress.making.processes import run_in_subprocess; run_in_subprocess(exec, {inner!r})",
        ]
    )
    give_up = time.monotonic() + 60
    while not (noted.is_file() and noted.read_text()) and time.monotonic() < give_up:
        time.sleep(0.01)
    outer.kill()
    outer.wait()
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < give_up:
            os.kill(int(noted.read_text()), 0)
            time.sleep(0.01)


def test_a_function_in_the_background_hands_on_what_it_raises():
    assert submit(lambda x: x + 1, 2).result(60) == 3
    with pytest.raises(ZeroDivisionError):
        submit(lambda: 1 / 0).result(60)


def test_a_worker_has_all_that_drawing_needs_before_it_draws():
    """What the process of one figure imports, that of every other imports once more."""
    # In a process of its own, since this one has all of it already.
    script = """
        import sys
        from pathlib import Path
        from figpress.drawing import render, style, tricks
        tricks.import_matplotlib()
        drawn_with = style.load_style(Path(style.__file__).with_name("style.toml"))
        before = set(sys.modules)
        from matplotlib.figure import Figure
        with style.applied(drawn_with):
            figure = Figure()
            figure.subplots().set_title("a word")
            for file_format in ("svg", "png", "pdf"):
                assert render.save(render.recorded(figure), file_format)
        print(*set(sys.modules) - before)
    """
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    late = [name for name in run.stdout.split() if name.startswith(("fontTools.subset", "matplotlib"))]
    assert late == []

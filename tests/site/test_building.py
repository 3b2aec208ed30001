"""Building as maintainers do: an error stops the build with its place, a killed build harms nothing, serving shows an edit once."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from figpress.making.result import Build, FigureError
from figpress.mkdocs_plugin import FigpressPlugin
from figpress.mkdocs_plugin.serving import watch
from figpress.pages.site import Site
from figpress.project import find_project
from tests.benchmark import generated_project
from tests.site.test_built_site import TIMED, tree

ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1"}


@pytest.fixture(scope="session")
def built_once(tmp_path_factory) -> Path:
    project = generated_project(tmp_path_factory.mktemp("drawn") / "project", 3)
    # What editors leave, which is no source of anything: Emacs' locks lead to no file.
    for folder in ("docs", "figures", "src/waves"):
        for name in (".#index.md", ".#wave_1.py"):
            (project / folder / name).symlink_to("somebody@somewhere.1")
        (project / folder / "._index.md").write_bytes(b"\0\5\x16\7")
        (project / folder / ".ipynb_checkpoints").mkdir()
        (project / folder / ".ipynb_checkpoints/index-checkpoint.ipynb").write_text("{")
        (project / folder / ".ipynb_checkpoints/wave_1-checkpoint.py").write_text("def")
    assert build(project).returncode == 0
    return project


@pytest.fixture
def project(built_once, tmp_path) -> Path:
    """A project that is drawn already."""
    return shutil.copytree(built_once, tmp_path / "project", symlinks=True, ignore=shutil.ignore_patterns("site"))


def command(project: Path, *arguments: str) -> dict:
    environment = os.environ | ENVIRONMENT | {"PYTHONPATH": os.pathsep.join([str(project / "src"), str(project)])}
    return {"args": [sys.executable, "-m", "mkdocs", *arguments], "cwd": project, "env": environment}


def build(project: Path, target: str = "site") -> subprocess.CompletedProcess:
    return subprocess.run(
        **command(project, "build", "--strict", "--site-dir", target), capture_output=True, text=True, timeout=300
    )


def quoted(page: str) -> list[str]:
    return re.findall(r'<data[^>]*data-fact="wave_\d\.highest"[^>]*>([^<]+)<', page)


def test_a_figure_that_fails_stops_the_build_with_name_line_and_message(project):
    script = project / "figures/wave_2.py"
    script.write_text(script.read_text().replace("    axes = figure.subplots()", "    raise RuntimeError('no paper')"))
    line = script.read_text().split("\n").index("    raise RuntimeError('no paper')") + 1
    page = project / "docs/index.md"
    page.write_text(page.read_text() + "\nIn 7 steps.\n")
    run = build(project)
    assert run.returncode != 0 and not (project / "site" / "index.html").exists()
    assert f"wave_2: figures/wave_2.py:{line}: RuntimeError: no paper" in run.stdout + run.stderr
    # With all else that is seen without it.
    assert "'7' is typed, not quoted" in run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr


@pytest.mark.nightly
def test_a_site_with_directory_urls_has_its_links_figures_and_ways_back(project):
    configuration = project / "mkdocs.yml"
    configuration.write_text(configuration.read_text().replace("use_directory_urls: false", "use_directory_urls: true"))
    (project / "docs/more.md").write_text(
        "# More\n\n/// figure | wave_2\nSee [the first](index.md#fig-wave_1).\n///\n\n/// gallery\n///\n"
    )
    run = build(project)
    assert run.returncode == 0, run.stderr
    pages = sorted((project / "site").rglob("*.html"))
    for page in pages:
        for address in re.findall(r'(?:href|src)="([^"#:]+)[^":]*"', page.read_text()):
            if not address.startswith("/") and page.name != "404.html":
                target = (page.parent / address).resolve()
                assert (target / "index.html").is_file() if address.endswith(("/", ".")) else target.is_file(), (
                    page,
                    address,
                )
    shown = {
        figure["name"]: figure["pages"]
        for figure in json.loads((project / "site/figpress.json").read_text())["figures"]
    }
    assert shown == {"wave_1": [""], "wave_2": ["", "more/"], "wave_3": [""]}


def test_serving_watches_settings_and_data_and_needs_no_folder_of_tests(project):
    shutil.rmtree(project / "tests")
    (project / "data").mkdir()
    (project / "data/a.csv").touch()
    watched = []
    server = SimpleNamespace(watch=lambda place, recursive: watched.append(Path(place).relative_to(project).as_posix()))
    looked_at = ["data", "data/a.csv", "docs/none.csv", "figures/b.csv", "gone/c.csv", ".figpress/entries", "docs/.d/e"]
    watch(server, find_project(project), looked_at)
    # A file that is not there is waited for in its folder.
    assert watched == ["src/waves", "figures", "pyproject.toml", "data", "data/a.csv", "docs"]


@pytest.mark.nightly
def test_the_collector_is_spared_what_the_first_build_imports_and_no_later_one_but_at_the_end(project):
    # The first thing registered is the last to be called.
    code = (
        "import atexit, gc\natexit.register(lambda: print(gc.get_freeze_count()))\nfrom mkdocs.__main__ import cli\n"
        "for _ in range(2):\n    cli(['build', '--quiet'], standalone_mode=False)\n    print(gc.get_freeze_count())\n"
    )
    run = subprocess.run(
        **command(project) | {"args": [sys.executable, "-c", code]}, capture_output=True, text=True, check=True
    )
    first, second, last = map(int, run.stdout.split())
    assert 10_000 < first and second <= first < last


@pytest.mark.nightly
def test_a_figure_that_fails_stops_the_build_where_no_page_shows_it(project):
    (project / "figures/unseen.py").write_text(
        (project / "figures/wave_2.py").read_text().replace("figure.subplots()", "figure.subplot()")
    )
    run = build(project)
    assert run.returncode != 0 and not (project / "site" / "index.html").exists()
    assert "unseen: figures/unseen.py" in run.stdout + run.stderr and "Traceback" not in run.stdout + run.stderr


def test_pages_that_ask_for_what_is_not_there_stop_the_build_all_together_each_with_its_line(project):
    page = project / "docs/index.md"
    text = page.read_text()
    line = text.count("\n") + 2
    page.write_text(f"{text}\n[[wave_1.hghest]]\n\n/// figure | wave_9\n///\n\nIn 7 steps.\n")
    (project / "docs/more.md").write_text(
        '# More\n\n<claim id="it-sings">It sings.</claim>\n\n/// equation | 1\n    reason: none\n\na = b\n///\n'
    )
    run = build(project)
    said = run.stdout + run.stderr
    assert run.returncode != 0 and "Traceback" not in said
    for words in (
        f"docs/index.md:{line}: no fact 'wave_1.hghest'",
        f"docs/index.md:{line + 2}: no figure 'wave_9'",
        f"docs/index.md:{line + 5}: '7' is typed, not quoted",
        "docs/more.md:3: claim 'it-sings' has no test; expected a test function test_it_sings",
        "docs/more.md:5: equation 1 needs a function",
    ):
        assert said.count(words) == 1


def test_a_build_of_some_pages_alone_is_refused_in_a_line(project):
    run = subprocess.run(**command(project, "build", "--dirty"), capture_output=True, text=True, timeout=300)
    assert run.returncode != 0 and "leave out --dirty" in run.stderr and "Traceback" not in run.stderr


def test_a_figure_that_fails_while_a_site_is_served_ends_the_build_as_mkdocs_prints_in_a_line():
    plugin = FigpressPlugin()
    plugin.site = Site(mistakes=["docs/index.md:3: no fact"])
    # Of these MkDocs prints the words; of any other error a traceback.
    with pytest.raises(SystemExit, match="docs/index.md:3: no fact\nwalk: figures/walk.py:3: no paper"):
        plugin.on_build_error(FigureError("walk: figures/walk.py:3: no paper", Build()))
    with pytest.raises(SystemExit, match="cannot be written: .*No space left"):
        plugin.on_build_error(OSError(28, "No space left on device", "site/index.html"))


def test_a_page_in_another_encoding_is_named(tmp_path):
    (tmp_path / "index.md").write_text("\xe9", encoding="latin-1")
    with pytest.raises(PluginError, match="index.md: save it in UTF-8"):
        FigpressPlugin()._note_pages(Files([File("index.md", str(tmp_path), str(tmp_path / "site"), True)]))


def test_what_another_plugin_refuses_before_pages_are_checked_is_left_to_mkdocs_to_say():
    plugin, waited = FigpressPlugin(), []
    plugin.running = SimpleNamespace(finish=lambda: waited.append("drawn"))
    assert plugin.on_build_error(PluginError("another plugin lacks a setting")) is None and waited == ["drawn"]


def test_a_strict_build_names_all_mistakes_of_its_pages_and_any_other_shows_what_is_not_checked(project):
    page, tests = project / "docs/index.md", project / "tests/claims"
    tests.mkdir()
    for package in (project / "tests", tests):
        (package / "__init__.py").write_text("")
    (tests / "test_waves.py").write_text(
        "from waves.rare import wave\n\n\ndef test_it_waves():\n    assert wave(0.0, 1.0) == 7\n"
    )
    lines = page.read_text().count("\n")
    page.write_text(
        page.read_text()
        + '\n<claim id="it-waves">It *waves*.</claim>\n\nIn 7 steps.\n\n/// equation\n    function: waves.rare.wave\n\nv = 2 x + \\phi\n///\n'
    )
    run = build(project)
    said = run.stdout + run.stderr
    assert run.returncode != 0 and "Traceback" not in said and not (project / "site" / "index.html").exists()
    assert (
        f"docs/index.md:{lines + 2}: claim 'it-waves': tests/claims/test_waves.py:5: test_it_waves: AssertionError"
        in said
    )
    assert f"docs/index.md:{lines + 4}: '7' is typed, not quoted" in said
    assert f"docs/index.md:{lines + 6}: equation (unnumbered): equation" in said
    run = subprocess.run(**command(project, "build"), capture_output=True, text=True, timeout=300)
    text = (project / "site/index.html").read_text()
    assert run.returncode == 0 and "2 equations and claims are not checked since the last change" in run.stderr
    assert re.search(r'title="not checked since the last change: “It waves”"[^>]*>\?</a>', text)
    assert "1 equation and 1 marked statement (1 not checked yet), checked " in text
    # Mended, it is built, and says what was checked.
    text = page.read_text().replace("In 7 steps.\n", "").partition("/// equation")[0]
    page.write_text(text)
    source = tests / "test_waves.py"
    source.write_text(source.read_text().replace(" == 7", " is not None"))
    assert build(project).returncode == 0
    text = (project / "site/index.html").read_text()
    assert re.search(r'title="checked, by a test: “It waves”"[^>]*>✓</a>', text)
    assert "3 numbers and 1 marked statement (1 checked), checked when this site was built." in text


@pytest.mark.nightly
def test_a_build_killed_half_way_leaves_nothing_wrong(project, built_once):
    shutil.rmtree(project / ".figpress")
    process = subprocess.Popen(
        **command(project, "build"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < deadline and not list(project.glob(".figpress/**/*.entry")):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert build(project, "after").returncode == 0
    first, second = tree(project / "after"), tree(built_once / "site")
    assert {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)} <= TIMED


@pytest.mark.nightly
def test_pages_of_notebooks_and_functions_are_kept_and_show_each_edit(project):
    def importing(target: str) -> subprocess.CompletedProcess:
        arguments = command(project, "build", "--strict", "--site-dir", target)
        arguments["args"][1:1] = ["-X", "importtime"]
        return subprocess.run(**arguments, capture_output=True, text=True, timeout=300)

    def edit(name: str, old: str, new: str) -> None:
        assert old in (project / name).read_text()
        (project / name).write_text((project / name).read_text().replace(old, new))

    edit(
        "mkdocs.yml",
        "plugins: [figpress]",
        "plugins: [figpress, {mkdocstrings: {handlers: {python: {paths: [src]}}}}, "
        "{mkdocs-jupyter: {include: ['*.ipynb'], ignore: ['*.md'], cache: false}}]",
    )
    edit("mkdocs.yml", "name: material", "name: material, custom_dir: theme")
    (project / "theme").mkdir()
    (project / "theme/main.html").write_text(
        '{% extends "base.html" %}{% block content %}Ours. {{ super() }}{% endblock %}'
    )
    (project / "docs/waves.md").write_text("# API\n\n::: waves.common\n")
    cell = {"id": "first", "cell_type": "markdown", "metadata": {}, "source": "# A notebook\n\nEarly."}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (project / "docs/notebook.ipynb").write_text(json.dumps(notebook))
    first, second = importing("first"), importing("second")
    assert first.returncode == second.returncode == 0, first.stdout + second.stdout
    assert "nbconvert" in first.stderr and "nbconvert" not in second.stderr and "jupytext" not in second.stderr
    cold, warm = tree(project / "first"), tree(project / "second")
    assert {name for name in cold.keys() | warm.keys() if cold.get(name) != warm.get(name)} <= TIMED
    assert "Early." in (project / "second/notebook.html").read_text()
    assert "A wave of amplitude one" in (project / "second/waves.html").read_text()
    edit("docs/notebook.ipynb", "Early.", "Late.")
    edit("src/waves/common.py", "amplitude one", "amplitude unity")
    edit("theme/main.html", "Ours.", "Yours.")
    assert build(project).returncode == 0
    for page, text in {
        "notebook": "Late.",
        "waves": "A wave of amplitude unity",
        "source/src/waves/common": "Yours.",
    }.items():
        assert text in (project / f"site/{page}.html").read_text()
    edit("docs/waves.md", "# API", "# [API](nowhere.md)")
    for _ in range(2):
        run = build(project)
        assert run.returncode != 0 and "waves.md' contains a link 'nowhere.md'" in run.stderr


def test_serving_shows_an_edit_after_exactly_one_rebuild(project):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (project.parent / "log").open("w+")
    process = subprocess.Popen(
        **command(project, "serve", "--dev-addr", f"127.0.0.1:{port}"), stdout=log, stderr=subprocess.STDOUT
    )

    def page() -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/index.html", timeout=20) as answer:
                return answer.read().decode()
        except OSError:
            return ""

    def wait_for(condition, seconds: float = 120.0) -> str:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if process.poll() is not None:
                break
            text = page()
            if condition(text):
                return text
            time.sleep(0.3)
        log.seek(0)
        raise AssertionError(log.read()[-3000:])

    def builds() -> int:
        log.seek(0)
        return log.read().count("Documentation built")

    try:
        before = quoted(wait_for(quoted))
        count = builds()
        source = project / "src/waves/rare.py"
        source.write_text(source.read_text().replace("sin(frequency * x)", "sin(frequency * x) / 4"))
        after = quoted(wait_for(lambda text: quoted(text) not in ([], before)))
        assert float(after[0]) == pytest.approx(float(before[0]) / 4, abs=1e-3) and after[1:] == before[1:]
        script = project / "figures/wave_2.py"
        script.write_text(script.read_text().replace('max(data["y"])', "7.0"))
        final = quoted(wait_for(lambda text: quoted(text) not in ([], after)))
        assert final[1] == "7.000" and [final[0], final[2]] == [after[0], after[2]]
        time.sleep(3)
        assert builds() == count + 2, "an edit led to another number of rebuilds than one"
    finally:
        process.terminate()
        process.wait(20)
        log.close()

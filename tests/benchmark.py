"""How long a build takes, side by side: ``python -m tests.benchmark [--sizes 16 100 1000] [--runs 3] [--skip-site]``.

Against two others in the same run: (a) plain MkDocs on the same pages with finished pictures; (b) sphinx-gallery on the same
figures with two workers. Times are wall clock of whole processes, medians of the runs, printed as ratios. Needs sphinx and
sphinx-gallery besides the test requirements: ``pip install sphinx sphinx-gallery``.
"""

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORKERS = 2


def environment(project: Path) -> dict[str, str]:
    """With the code of ``project``, whichever is installed."""
    found = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONPATH": os.pathsep.join([str(project / "src"), str(project)]),
    }
    # What pip installs has its bytecode; without this, some machines would compile the press anew in every process.
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def run(*command: str | Path, cwd: Path) -> tuple[float, float, float]:
    """Run a command in ``cwd``: its seconds, the megabytes of its largest process, and its processor time; its failure is ours."""
    with tempfile.TemporaryFile("w+") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *map(str, command)], cwd=cwd, env=environment(cwd), stdout=output, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise SystemExit(f"{' '.join(map(str, command))} failed:\n{output.read()[-4000:]}")
    return seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def empty(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def mkdocs(project: Path, *options: str) -> tuple[float, float, float]:
    # Nobody's time is that of removing what was built before.
    empty(project / "site")
    return run("-m", "mkdocs", "build", *options, cwd=project)


def copy_of_project(target: Path) -> Path:
    """What is under version control, so that no cache comes along."""
    for name in subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target / name)
    return target


FIGURE = '''"""The wave number {n} of many."""

from typing import Annotated

from figpress import Range, run_script
from waves.{module} import wave


def data(frequency: Annotated[float, Range(0.1, 1000)] = {n}.0) -> dict:
    """A wave."""
    x = [k / 100 for k in range(101)]
    return {{"x": x, "y": [wave(value, frequency) for value in x]}}


def facts(data: dict) -> dict:
    """Its extremes."""
    return {{"highest": max(data["y"]), "lowest": min(data["y"])}}


def draw(figure, data: dict) -> None:
    """One line."""
    axes = figure.subplots()
    axes.plot(data["x"], data["y"], color="l1")
    axes.set(xlabel="x", ylabel="wave", title="wave {n}")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    return f"A wave between {{facts['lowest']:.3f}} and {{facts['highest']:.3f}}."


run_script(__name__)
'''
SOURCE = '''"""Waves."""

from math import sin


def wave(x, frequency):
    """A wave of amplitude one."""
    return sin(frequency * x)
'''
PER_PAGE = 10
LARGE = 500
"""From so many figures on, one run of what draws them will do, and none of sphinx-gallery with one worker: it takes minutes."""


def generated_project(target: Path, number: int) -> Path:
    """A project of ``number`` figures, ten to a page; one figure in ten uses a module of its own."""
    for folder in ("figures", "src/waves", "docs", "tests"):
        (target / folder).mkdir(parents=True)
    for package in ("figures", "src/waves"):
        (target / package / "__init__.py").write_text("")
    (target / "src/waves/common.py").write_text(SOURCE)
    (target / "src/waves/rare.py").write_text(SOURCE)
    shutil.copyfile(ROOT / "figures" / "style.toml", target / "figures" / "style.toml")
    for n in range(1, number + 1):
        # One figure alone uses the module that is edited, so that one must be drawn again.
        (target / f"figures/wave_{n}.py").write_text(FIGURE.format(n=n, module="rare" if n == 1 else "common"))
    for page in range((number + PER_PAGE - 1) // PER_PAGE):
        numbers = range(page * PER_PAGE + 1, min(number, page * PER_PAGE + PER_PAGE) + 1)
        blocks = [f"## Wave {n}\n\n/// figure | wave_{n}\nUp to [[wave_{n}.highest:.3f]].\n///\n" for n in numbers]
        (target / f"docs/{'index' if page == 0 else f'page_{page}'}.md").write_text(
            f"# Waves {page}\n\n" + "\n".join(blocks)
        )
    (target / "docs/structural.toml").write_text(
        "[structural]\n'waves?\\s+(?:number\\s+)?\\d+' = 'the number of a figure or page'\n"
    )
    (target / "pyproject.toml").write_text(
        '[tool.figpress]\nfigures = "figures"\nsources = ["src/waves"]\nstyle = "figures/style.toml"\ntests = "tests"\n'
    )
    (target / "mkdocs.yml").write_text(
        "site_name: waves\nuse_directory_urls: false\ntheme: {name: material, font: false}\nplugins: [figpress]\n"
        "markdown_extensions: [attr_list]\n"
    )
    return target


LISTINGS = '''"""Source pages are finished as well; parsed as Markdown they would take longer than all the rest."""
import pathlib


def on_page_content(html, page, config, files):
    listing = pathlib.Path(page.file.abs_src_path).with_suffix(".listing") if page.file.abs_src_path else None
    return html + listing.read_text() if listing and listing.is_file() else html
'''


def plain_copy(project: Path, target: Path) -> Path:
    """The same pages as a site without the press would keep them: pictures finished, numbers typed, everything else alike."""
    script = textwrap.dedent("""
        import json, pathlib, re, sys
        from figpress.pages import sources
        from figpress.figure.facts import shown
        from figpress.pages.syntax import FACT
        from figpress.pages.site import Site
        from figpress.pages.markdown import TableRows
        from figpress.pages.source_pages import listings, source_page
        from figpress.making.press import Press
        from figpress.project import find_project
        from figpress.pages.assets import assets
        from figpress.pages.fonts import text_fonts
        from figpress.drawing.style import load_style
        project, target = find_project(pathlib.Path.cwd()), pathlib.Path(sys.argv[1])
        build = Press(project).build()
        site = Site(figures=build.results)
        docs = target / "docs"
        (docs / "figures").mkdir(parents=True)
        for result in build.results.values():
            for ending, content in result.files.items():
                if ending in ("svg", "png", "pdf", "csv", "json"):
                    (docs / "figures" / f"{result.name}.{ending}").write_bytes(content)
        for uri, content in assets(load_style(project.style), text_fonts(project.cache, load_style(project.style).fonts)).items():
            path = docs / uri
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        for path, content in build.notebooks.items():
            (docs / path).write_bytes(content)
        for name, listing in listings(project, sources.contents(project)).items():
            path = (docs / "source" / name).with_suffix(".md")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source_page(name))
            path.with_suffix(".listing").write_bytes(listing)
        definitions = sources.index(project)
        gallery = "\\n\\n".join(f"![{r.title}](figures/{n}.svg)" for n, r in build.results.items() if r.files)
        for page in project.docs.rglob("*.md"):
            text = page.read_text()
            up = "../" * (len(page.relative_to(project.docs).parts) - 1)
            class Rows(TableRows):
                def __init__(self): self.site = site
            text = "\\n".join(Rows().run(text.split("\\n")))
            text = re.sub(r"\\[\\[eq:([^\\]]+)\\]\\]", r"(\\1)", text)
            text = re.sub(r"^/// equation(?: \\| (\\S+))?\\n(?:[ ]+\\w+:.*\\n)*(.*?)^///$", lambda m: f'<div id="eq-{m[1]}"></div>\\n\\n$${m[2]}$$', text, flags=re.S | re.M)
            text = re.sub(FACT, lambda m: shown(site.fact_named(m[1]), m[2] or ""), text)
            text = re.sub(r"^/// figure \\| (\\w+)\\n(.*?)^///$", lambda m: f"![{m[1]}]({up}figures/{m[1]}.svg){{ #fig-{m[1]} }}\\n\\n{m[2]}", text, flags=re.S | re.M)
            text = re.sub(r"^/// listing \\| (\\S+)\\n///$", lambda m: "```python\\n" + sources.resolve(definitions, m[1]).bare + "\\n```", text, flags=re.M)
            text = re.sub(r"^/// gallery\\n///$", lambda m: gallery, text, flags=re.M)
            text = re.sub(r'<claim id="[^"]+">(.*?)</claim>', r"\\1", text, flags=re.S)
            path = docs / page.relative_to(project.docs)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    """)
    target.mkdir()
    run("-c", script, target, cwd=project)
    configuration = (project / "mkdocs.yml").read_text()
    configuration = re.sub(r"^  - figpress:\n(?:      ?.*\n|    .*\n)*", "", configuration, flags=re.M).replace(
        "plugins: [figpress]", "plugins: []"
    )
    configuration = re.sub(r"^strict:.*\n", "", configuration, flags=re.M)
    (target / "listings.py").write_text(LISTINGS)
    if (project / "theme").is_dir():
        shutil.copytree(project / "theme", target / "theme")
    # Where nothing says what the navigation holds, source pages are left out of it as well: a thousand links on each of a
    # thousand pages take longer than all the rest.
    configuration += "hooks: [listings.py]\nnot_in_nav: source/\n"
    configuration += "exclude_docs: '*.listing'\n" if "exclude_docs" not in configuration else ""
    (target / "mkdocs.yml").write_text(configuration.replace("paths: [src]", f"paths: [{project / 'src'}]"))
    return target


# What sphinx-gallery makes of a figure by itself is one PNG and a thumbnail; with these lines it has the other files as well.
SAME_FILES = """
figure = plt.gcf()
for name, fonttype in (("page.svg", "none"), ("download.svg", "path"), ("download.pdf", "path")):
    with plt.rc_context({"svg.fonttype": fonttype}):
        figure.savefig(f"{FILES}/{NAME}-{name}")
"""


def sphinx_project(project: Path, target: Path, workers: int | bool, same_files: bool) -> Path:
    """sphinx-gallery on the same figures: one example a figure, pictures by Matplotlib."""
    (target / "examples").mkdir(parents=True)
    (target / "files").mkdir()
    (target / "examples" / "GALLERY_HEADER.rst").write_text("Figures\n=======\n")
    for script in sorted((project / "figures").glob("*.py")):
        if script.stem.startswith("_") or "\ndef draw(" not in script.read_text():
            continue
        title = f"The figure {script.stem}"
        (target / "examples" / f"plot_{script.stem}.py").write_text(
            textwrap.dedent(f'''\
            """
            {title}
            {"=" * len(title)}
            """
            import sys
            sys.path[:0] = [{str(project)!r}, {str(project / "src")!r}]
            from pathlib import Path
            import matplotlib.pyplot as plt
            from figpress.drawing.style import applied, load_style
            import figures.{script.stem} as module
            style = load_style(Path({str(project / "figures" / "style.toml")!r}))
            scope = applied(style)
            scope.__enter__()
            module.draw(plt.figure(figsize=getattr(module, "SIZE", style.size)), module.data())
        ''')
            + (f"FILES, NAME = {str(target / 'files')!r}, {script.stem!r}" + SAME_FILES if same_files else "")
        )
    (target / "conf.py").write_text(
        textwrap.dedent(f"""\
        project = "figures"
        extensions = ["sphinx_gallery.gen_gallery"]
        html_theme = "basic"
        sphinx_gallery_conf = {{"examples_dirs": "examples", "gallery_dirs": "gallery", "parallel": {workers},
                                "abort_on_example_error": True, "show_memory": False, "reset_modules": ()}}
    """)
    )
    (target / "index.rst").write_text("Figures\n=======\n\n.. toctree::\n\n   gallery/index\n")
    return target


def sphinx(project: Path) -> float:
    return run("-m", "sphinx", "-q", "-j", str(WORKERS), "-b", "html", ".", "build", cwd=project)[0]


def sphinx_anew(project: Path) -> float:
    empty(project / "build", project / "gallery")
    return sphinx(project)


def edited(file: Path, old: str, new: str):
    """Change a source file for the time of a ``with`` block."""
    import contextlib

    @contextlib.contextmanager
    def change():
        text = file.read_text()
        assert text.count(old) == 1, (file, old)
        file.write_text(text.replace(old, new))
        try:
            yield
        finally:
            file.write_text(text)

    return change()


def pictures(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*.png"))}


def parts(project: Path) -> tuple[float, float]:
    """Seconds to import what drawing needs, and seconds of drawing alone, one figure or notebook after another in one process.

    Of a large project a tenth is drawn.
    """
    imports = "import matplotlib.figure, matplotlib.backends.backend_svg, matplotlib.backends.backend_agg, matplotlib.backends.backend_pdf, numpy"
    script = f"""
import importlib, json, pathlib, time
{imports}
from figpress.figure import computing
from figpress.drawing import render
from figpress.making import worker
from figpress.making.isolation import WorkerProcess
from figpress.making.press import Press
from figpress.project import find_project
from figpress.drawing.style import applied, load_style
project = find_project(pathlib.Path.cwd())
style = load_style(project.style)
paths = sorted(project.figures.glob("*.py"))
part = 10 if len(paths) > {LARGE} else 1
start = time.perf_counter()
for path in paths[::part]:
    if path.stem[0] != "_":
        module = importlib.import_module("figures." + path.stem)
        if hasattr(module, "draw"):
            figure = computing.figure_module(module)
            computed = computing.compute(figure)
            with applied(style):
                canvas = render.recorded(render.drawn(figure, computed.data, style))
                render.save(canvas, "svg", text_as_paths=False)
                for file_format in ("svg", "png", "pdf"):
                    render.save(canvas, file_format)
process = WorkerProcess(project, worker.recorder_of(project), True)
for name in Press(project).notebooks():
    assert worker.work(process, "notebook", name)[0] == "done"
pathlib.Path("drawing-seconds").write_text(str(part * (time.perf_counter() - start)))
"""
    run("-c", script, cwd=project)
    drawing = float((project / "drawing-seconds").read_text())
    (project / "drawing-seconds").unlink()
    return run("-c", imports, cwd=project)[0], drawing


def figures_alone(project: Path) -> tuple[float, float, float]:
    """Draw all figures from nothing, without notebooks and pages: what sphinx-gallery has to do as well."""
    empty(project / ".figpress")
    script = """
import pathlib
from figpress.making.press import Press
from figpress.project import find_project
Press.notebooks = lambda press: []
Press(find_project(pathlib.Path.cwd())).build()
"""
    return run("-c", script, cwd=project)


def press_alone(project: Path) -> float:
    """Seconds of a warm run of the press in a process that is there already."""
    script = """
import json, pathlib, time
from figpress.making.press import Press
from figpress.project import find_project
project = find_project(pathlib.Path.cwd())
Press(project).build()
times = []
for _ in range(5):
    start = time.perf_counter()
    build = Press(project).build()
    times.append(time.perf_counter() - start)
assert build.drawn == []
pathlib.Path("press-seconds").write_text(str(sorted(times)[2]))
"""
    run("-c", script, cwd=project)
    seconds = float((project / "press-seconds").read_text())
    (project / "press-seconds").unlink()
    return seconds


def stale_figures(project: Path) -> list[str]:
    """What an edit has made stale."""
    listed = subprocess.run(
        [sys.executable, "-m", "figpress.cli", "list"], cwd=project, capture_output=True, text=True, check=True
    )
    return [line for line in listed.stdout.splitlines() if line.split()[1] == "stale"]


RATIOS = (
    ("from nothing / sphinx-gallery, same files", "from nothing", "sphinx-gallery, same files", 0.50),
    ("from nothing / sphinx-gallery, one PNG", "from nothing", "sphinx-gallery from nothing", 0.50),
    ("the same, its default of one worker", "from nothing", "sphinx-gallery, one worker", 0.50),
    # sphinx-gallery builds none of the site's pages and notebooks, which by themselves may take longer than half of its time.
    ("figures alone / sphinx-gallery, same files", "figures alone", "sphinx-gallery, same files", 0.50),
    ("figures alone / sphinx-gallery, one PNG", "figures alone", "sphinx-gallery from nothing", 0.50),
    ("from nothing / sum of its parts", "from nothing", "its parts", 1.25),
    ("warm / plain MkDocs", "warm", "plain MkDocs", 0.50),
)


def measure(name: str, project: Path, file: Path, old: str, new: str, runs: int, room: Path) -> None:
    """Time one workload and print its table: medians and extremes, and ratios within each run.

    In ``file``, ``old`` becomes ``new``, which has a place for a number.
    """

    def from_nothing() -> tuple[float, float, float]:
        empty(project / ".figpress")
        return mkdocs(project, "--strict")

    # The first of them, so that the plain copy finds everything drawn.
    first = from_nothing()
    plain, gallery = (
        plain_copy(project, room / f"{name}-plain"),
        sphinx_project(project, room / f"{name}-sphinx", WORKERS, False),
    )
    one_worker = sphinx_project(project, room / f"{name}-sphinx-1", False, False)
    same_files = sphinx_project(project, room / f"{name}-sphinx-files", WORKERS, True)
    times: dict[str, list[float]] = {}
    memory: dict[str, float] = {}

    def note(what: str, seconds: float, megabytes: float = 0.0, _processor: float = 0.0) -> None:
        times.setdefault(what, []).append(seconds)
        memory[what] = max(memory.get(what, 0.0), megabytes)

    figures = len(list((gallery / "examples").glob("plot_*.py")))
    large = figures >= LARGE
    stale = redrawn = None
    # Builds that draw little are quick, and their ratios are close to one: they are repeated more often.
    for number in range(runs if large else 3 * runs):
        draws = number == 0 if large else number < runs
        if draws:
            note("from nothing", *(from_nothing() if number else first))
        note("warm", *mkdocs(project, "--strict"))
        # Something else each time, since the press keeps what it drew before.
        with edited(file, old, new.format(number + 2)):
            redrawn = len(stale_figures(project))
            note("one function edited", *mkdocs(project, "--strict"))
        mkdocs(project, "--strict")
        note("plain MkDocs", *mkdocs(plain))
        if not draws:
            continue
        note("sphinx-gallery from nothing", sphinx_anew(gallery))
        if not large:
            note("sphinx-gallery, one worker", sphinx_anew(one_worker))
        note("sphinx-gallery, same files", sphinx_anew(same_files))
        note("sphinx-gallery warm", sphinx(gallery))
        before = pictures(gallery / "gallery")
        with edited(file, old, new.format(number + 2)):
            note("sphinx-gallery, one function edited", sphinx(gallery))
        stale = pictures(gallery / "gallery") == before
        imports, drawing = parts(project)
        note("imports", imports)
        note("drawing on one core", drawing)
        note("its parts", imports + drawing / WORKERS + times["plain MkDocs"][-1])
        note("figures alone", *figures_alone(project))
        # Pages and notebooks are to be warm again.
        mkdocs(project, "--strict")
    alone = press_alone(project)
    print(
        f"\n{name}: {figures} figures, median of {len(times['warm'])} runs, {len(times['from nothing'])} of what draws all (seconds)"
    )
    for what, values in times.items():
        print(f"  {what:42s} {statistics.median(values):8.2f}   {min(values):.2f} to {max(values):.2f}")
    # Within each run, since the machine's speed drifts; what draws all is there in the first runs only.
    for what, whole, part, reach in RATIOS:
        if part in times:
            ratios = [a / b for a, b in zip(times[whole], times[part], strict=False)]
            print(
                f"  {what:42s} {statistics.median(ratios):8.2f}   reach {reach}   {min(ratios):.2f} to {max(ratios):.2f}"
            )
    more = [edit - warm for edit, warm in zip(times["one function edited"], times["warm"], strict=True)]
    print(
        f"  one function edited - warm                 {statistics.median(more):8.2f}   reach 1.00 s ({redrawn} redrawn)   {min(more):.2f} to {max(more):.2f}"
    )
    print(
        f"  largest process of ours (MB)               {memory['from nothing']:8.0f}   from nothing, {memory['warm']:.0f} warm, {memory['plain MkDocs']:.0f} plain MkDocs"
    )
    print(f"  press per fresh figure (ms)                {alone * 1000 / figures:8.2f}   reach 1.00")
    print(
        f"  sphinx-gallery after the edit: {'no picture changed, all that depend on it are stale' if stale else 'pictures changed'}"
    )


def main() -> None:
    """Measure the site, then generated projects of several sizes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[16, 100, 1000])
    parser.add_argument(
        "--runs", type=int, default=3, help="how often all is drawn, but for a large project (default: 3)"
    )
    parser.add_argument("--skip-site", action="store_true")
    parser.add_argument("--solvers", action="store_true", help="the solvers beside scikit-learn's, and nothing else")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error(f"--runs must be at least 1, got {options.runs}")
    if options.solvers:
        # In a process of its own, whose NumPy has one thread: how many share the work is not the question.
        alone = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        raise SystemExit(
            subprocess.run([sys.executable, "-m", "tests.solver_times"], env=os.environ | alone).returncode
        )
    for package in ("sphinx", "sphinx_gallery"):
        if not importlib.util.find_spec(package):
            parser.exit(2, f"benchmark: needs {package}; pip install sphinx sphinx-gallery\n")
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        if not options.skip_site:
            project = copy_of_project(room / "site")
            (project / ".git").mkdir()
            measure(
                "site",
                project,
                project / "src/shrinkage/closed_forms.py",
                "return soft_threshold(z, lam / 2)",
                "return soft_threshold(z, lam / 2.{})",
                options.runs,
                room,
            )
        for size in options.sizes:
            project = generated_project(room / f"generated-{size}", size)
            measure(
                f"generated-{size}",
                project,
                project / "src/waves/rare.py",
                "sin(frequency * x)",
                "sin({} * frequency * x)",
                options.runs,
                room,
            )


if __name__ == "__main__":
    main()

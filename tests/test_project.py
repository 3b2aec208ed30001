"""The project as a whole: its commands, its promises in words, and that every item of the sources stands on its page."""

import ast
import contextlib
import doctest
import email
import importlib
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import pytest
import yaml
from bs4 import BeautifulSoup
from matplotlib.figure import Figure
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

import figpress
import shrinkage
from figpress.cli import argument_parser
from figpress.drawing.render import render
from figpress.drawing.style import load_style
from figpress.drawing.typefaces import brought
from figpress.figure.computing import figure_module
from figpress.pages.equations import OPTIONS
from figpress.pages.syntax import KINDS
from figpress.project import DEFAULT_STYLE
from tests import generators
from tests.conftest import left_out

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
README = (ROOT / "README.md").read_text(encoding="utf-8")

SERVE = 'python -m pip install -c constraints.txt -e ".[site]" && python -m mkdocs serve'
TEST = 'python -m pip install -c constraints.txt -e ".[test]" && python -m pytest -n 3 --dist loadgroup --no-loadscope-reorder'


def _text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def _blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def _tracked():
    """The files of the repository; where there is none, as in an unpacked archive, the files that would be in it."""
    git = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True
    )
    if git.returncode == 0:
        return [ROOT / name for name in git.stdout.split("\0") if name and (ROOT / name).is_file()]
    ignored = {".git", ".venv", ".figpress", "site", "build", "__pycache__"}
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not ignored & set(path.relative_to(ROOT).parts) and ".egg-info" not in path.parent.name
    ]


# Commands.


def test_the_readme_has_both_commands():
    commands = [line for block in _blocks(README, "shell") for line in block.splitlines()]
    assert commands[:2] == [SERVE, TEST]


def test_the_readme_leads_from_nothing_to_a_published_site():
    parts = dict(
        zip(["", *re.findall(r"^## (.+)$", README, re.MULTILINE)], re.split(r"^## .+$", README, flags=re.MULTILINE))
    )
    [posix] = _blocks(README, "sh")
    [windows] = _blocks(README, "powershell")
    for block, activates in ((posix, ".venv/bin/activate"), (windows, r".venv\Scripts\Activate.ps1")):
        assert "git clone ADDRESS shrinkage" in block and "-m venv .venv" in block and activates in block
    # How large it gets, and how long it takes.
    assert re.search(r"[\d.]+ GB", parts["Read it, run it"]) and re.search(r"\bminutes?\b", parts["Read it, run it"])
    for word in ("`site/`", "any web server", "*Settings, Pages*", "*GitHub Actions*", "`.github/workflows/site.yml`"):
        assert word in parts["Publish it"], word
    assert "Something is wrong" in README and "Open an issue" in README


def test_ci_reads_its_test_command_from_the_readme():
    script = _text(".ci/run")
    assert "pip install" not in script.replace("pip install .*", "")
    (pattern,) = re.findall(r"grep -E '([^']+)' README\.md", script)
    assert [line for line in README.splitlines() if re.search(pattern, line)] == [TEST]
    assert "set -euo pipefail" in script and "mkdocs build --strict" in script
    if os.name == "posix":
        assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_long_tests_run_where_they_are_asked_for(monkeypatch):
    short, long = (SimpleNamespace(get_closest_marker={"nightly": mark}.get) for mark in (None, "mark"))
    for asked, left in (("1", []), ("0", [long]), ("", [long]), (None, [long])):
        monkeypatch.delenv("NIGHTLY", raising=False) if asked is None else monkeypatch.setenv("NIGHTLY", asked)
        assert left_out([short, long]) == left
    assert "`NIGHTLY=1 .ci/run`" in _text("CONTRIBUTING.md") and "NIGHTLY" in _text(".ci/run")


def test_tests_try_the_code_that_lies_beside_them_though_another_copy_is_installed():
    options = tomllib.loads(_text("pyproject.toml"))["tool"]["pytest"]["ini_options"]
    assert options["pythonpath"] == [".", "src"]
    for package in (shrinkage, figpress, importlib.import_module("figures"), importlib.import_module("measurements")):
        places = [Path(place).resolve() for place in package.__path__]
        assert all(place.is_relative_to(ROOT) for place in places), places


def test_contributors_are_told_of_all_commands_of_all_that_is_written_on_pages_and_of_what_figures_need():
    text = _text("CONTRIBUTING.md")
    [commands] = [action.choices for action in argument_parser()._actions if isinstance(action.choices, dict)]
    needed = ("run_script", "Annotated", "Range", "Choice", "Live", "plot", "fill", "label", "SIZE")
    assert [name for name in commands if f"`figpress {name}" not in text] == []
    assert [kind for kind in KINDS.split("|") if f"`/// {kind}" not in text] == []
    assert [option for option in OPTIONS if f"`{option}:" not in text] == []
    assert [word for word in (*needed, "[[eq:", "<claim id=", "$\\lambda$") if word not in text] == []


def test_the_hosting_runs_the_same_script_on_every_python_and_publishes_what_it_checked():
    workflow = yaml.safe_load(_text(".github/workflows/site.yml"))
    check, deploy = (workflow["jobs"][job] for job in ("check", "deploy"))
    pythons = check["strategy"]["matrix"]["python"]
    assert pythons[0] == PROJECT["requires-python"].removeprefix(">=")
    assert [int(python.removeprefix("3.")) for python in pythons] == list(range(11, 15))
    assert f"Python {pythons[0]} to {pythons[-1]} " in README
    [run] = [step for step in check["steps"] if step.get("run") == ".ci/run"]
    # Where it will be read is known before it is built.
    names = [step.get("uses", "").partition("@")[0] for step in check["steps"]]
    assert (
        names.index("actions/configure-pages")
        < check["steps"].index(run)
        < names.index("actions/upload-pages-artifact")
    )
    assert "actions/cache" in names
    assert run["env"]["SITE_URL"] == "${{ steps.pages.outputs.base_url }}"
    for name in run["env"]:
        assert f"!ENV [{name}," in _text("mkdocs.yml") and f"`{name}`" in README
    assert deploy["needs"] == "check"
    assert check["concurrency"]["cancel-in-progress"] and not deploy["concurrency"]["cancel-in-progress"]
    assert all(job["timeout-minutes"] <= 30 for job in workflow["jobs"].values())
    actions = [step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in actions)


def test_the_picture_of_the_readme_is_what_its_script_draws():
    [name] = re.findall(r"^!\[.+\]\(\.github/(\w+)\.svg\)$", README, re.MULTILINE)
    figure = figure_module(importlib.import_module(f"figures.{name}"))
    drawn = render(figure, load_style(ROOT / "figures/style.toml"), "svg")
    command = f"python figures/{name}.py --output .github/{name}.svg"
    assert (ROOT / f".github/{name}.svg").read_bytes() == drawn, f"draw it anew: {command}"


def test_what_the_comparison_of_generators_edits_is_there_and_its_page_quotes_what_follows():
    for edit in generators.EDITS:
        assert _text(edit.file).count(edit.old) == 1, edit
    assert f"[[{generators.FIGURE}.{generators.FACT}" in (DOCS / generators.PAGE).with_suffix(".md").read_text("utf-8")


# Dependencies.


def _constraints():
    lines = [line for line in _text("constraints.txt").splitlines() if line and not line.startswith("#")]
    for line in lines:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][\w.+!]*", line), line
    return {canonicalize_name(name): Version(version) for name, version in (line.split("==") for line in lines)}


def test_the_constraints_satisfy_the_bounds():
    constraints = _constraints()
    extras = PROJECT["optional-dependencies"]
    for text in (*PROJECT["dependencies"], *extras["site"], *extras["test"]):
        requirement = Requirement(text)
        if requirement.name == PROJECT["name"]:
            continue
        version = constraints[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{text}: {version}"
        assert any(bound.operator in ("<", "==") for bound in requirement.specifier), f"{text} has no upper bound"


def test_the_constraints_can_be_installed_by_the_first_of_the_oldest_pythons():
    """A renewal on a later 3.11 takes versions that Debian's, which is 3.11.2, cannot install."""
    oldest, looked_at = Version(PROJECT["requires-python"].removeprefix(">=") + ".0"), 0
    for name, version in _constraints().items():
        with contextlib.suppress(PackageNotFoundError):
            told = metadata(name)
            if Version(told["Version"]) == version:
                assert oldest in SpecifierSet(told["Requires-Python"] or ""), f"{name} {version} is for later Pythons"
                looked_at += 1
    assert looked_at > 60


@pytest.mark.parametrize("name", ["shrinkage", "figpress"])
def test_a_part_published_by_itself_agrees_with_the_site(name):
    folder = ROOT / "src" / name
    part = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    project, whole = part["project"], tomllib.loads(_text("pyproject.toml"))
    assert project["name"] == name and project["version"] == PROJECT["version"]
    listed = part["tool"]["setuptools"]["packages"]
    assert [
        package for package in whole["tool"]["setuptools"]["packages"] if package.partition(".")[0] == name
    ] == listed
    # And the versions that it takes are those that are tested.
    extras = [text for texts in project.get("optional-dependencies", {}).values() for text in texts]
    for text in (*project["dependencies"], *extras):
        requirement = Requirement(text)
        assert requirement.specifier.contains(_constraints()[canonicalize_name(requirement.name)]), text
    for group in ("scripts", "entry-points"):
        assert name == "shrinkage" or project[group] == PROJECT[group]
    assert (folder / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A copy of what is published, as what makes a distribution writes among the sources."""
    folder = tmp_path_factory.mktemp("clone")
    for path in _tracked():
        place = path.relative_to(ROOT)
        if len(place.parts) == 1 or place.parts[0] in ("src", "figures"):
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / place)
    return folder


def _made(project, kind):
    """The file of a project's distribution: a wheel, an editable one, or an sdist."""
    target = project / "made" / kind
    target.mkdir(parents=True)
    code = f"from setuptools.build_meta import *; build_{kind}({str(target)!r})"
    run = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    [file] = target.iterdir()
    return file


def _wheel(project):
    """The files in its wheel, those of its packages, and what it says of itself."""
    with zipfile.ZipFile(_made(project, "wheel")) as wheel:
        files = set(wheel.namelist())
        [told] = [file for file in files if file.endswith(".dist-info/METADATA")]
        packages = {file for file in files if ".dist-info/" not in file}
        return files, packages, email.message_from_string(wheel.read(told).decode())


BESIDE_PACKAGES = ("pyproject.toml", "LICENSE", "README.md", "GUIDE.md", "links.md")
"""What lies in the folders of the two parts, and is none of their packages."""


def _of_packages(*names):
    return {
        path.relative_to(ROOT / "src").as_posix()
        for name in names
        for path in _tracked()
        if path.is_relative_to(ROOT / "src" / name) and path.name not in BESIDE_PACKAGES
    }


def test_a_wheel_of_the_site_has_no_package_of_a_name_that_other_projects_use(clone):
    _, packages, told = _wheel(clone)
    assert packages == _of_packages("shrinkage", "figpress") and "figpress/cli.py" in packages
    # And it is nobody else's package.
    assert "Private :: Do Not Upload" in told.get_all("Classifier")


def test_who_works_on_the_site_can_import_its_figures_from_any_folder(clone, tmp_path):
    with zipfile.ZipFile(_made(clone, "editable")) as wheel:
        wheel.extractall(tmp_path)
    # Without what is installed here.
    code = (
        "import importlib.util, site, sys; site.addsitedir(sys.argv[1]); "
        "print(*(importlib.util.find_spec(name).origin for name in ('figures', 'figpress', 'shrinkage')), sep='\\n')"
    )
    command = [sys.executable, "-I", "-S", "-c", code, tmp_path]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert [Path(line) for line in run.stdout.splitlines()] == [
        clone / folder / "__init__.py" for folder in ("figures", "src/figpress", "src/shrinkage")
    ]


@pytest.mark.parametrize("name", ["shrinkage", "figpress"])
def test_a_part_published_by_itself_has_all_its_files_its_licence_and_a_description_without_dead_links(clone, name):
    project = clone / "src" / name
    files, packages, told = _wheel(project)
    assert packages == _of_packages(name)
    assert any(file.endswith(".dist-info/licenses/LICENSE") for file in files)
    with tarfile.open(_made(project, "sdist")) as archive:
        source = {file.partition("/")[2] for file in archive.getnames()}
    wanted = {file.partition("/")[2] for file in packages}
    assert wanted | {file for file in BESIDE_PACKAGES if (project / file).is_file()} <= source
    text = told.get_payload()
    assert told["Description-Content-Type"] == "text/markdown" and re.search(rf"^# {name}$", text, re.MULTILINE)
    # There an address within the repository leads nowhere; of two for one word the first holds.
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    headings = {title.lower().replace(" ", "-") for title in re.findall(r"^#+ (.+)$", prose, re.MULTILINE)}
    words = dict(reversed(re.findall(r"^\[(\w+)\]: (.+)$", prose, re.MULTILINE)))
    links = [*re.findall(r"\]\((.*?)\)", prose), *(words[word] for word in re.findall(r"\]\[(\w+)\]", prose))]
    assert [link for link in links if not re.match("https?://", link) and link.lstrip("#") not in headings] == []
    assert name == "shrinkage" or "#the-guide-to-figpress" in links


GERMAN = {
    "reset": "Zurücksetzen",
    "copy_link": "Link hierher kopieren",
    "number_words": "null, eins, zwei, drei",
    "record": "Auf dieser Seite: {things}, geprüft {state}.",
}


def test_the_readme_of_the_press_is_one_of_a_screen_and_leads_to_its_guide():
    text = _text("src/figpress/README.md")
    assert len(text.splitlines()) <= 70
    assert re.findall(r"^#+ (.+)$", re.sub("```.*?```", "", text, flags=re.DOTALL), re.MULTILINE) == [
        "figpress",
        "Install",
        "A first figure",
    ]
    assert "[The guide][guide]" in text and re.findall(r"^\[guide\]: (.+)$", text, re.MULTILINE) == ["GUIDE.md"]


def _write_what_it_says(text, folder):
    """Write each file that a text shows below a paragraph whose last file it is."""
    for introduction, kind, content in re.findall(
        r"((?:^[^\n]+\n)+)\n```(\w+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL
    ):
        if kind != "shell":
            address = re.findall(r"`([\w/]+\.\w+)`", introduction)[-1]
            (folder / address).parent.mkdir(exist_ok=True, parents=True)
            (folder / address).write_text(content, encoding="utf-8")


def _run_in(folder, *command):
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.run([sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.nightly
def test_a_project_made_by_the_presss_readme_and_guide_stands_on_its_pages(tmp_path):
    """Each file of them, and its words, colours and fonts."""
    readme, guide = _text("src/figpress/README.md"), _text("src/figpress/GUIDE.md")
    (tmp_path / "pyproject.toml").write_text(re.search("`pyproject.toml` has one line, `(.*?)`", readme)[1] + "\n")
    _write_what_it_says(readme, tmp_path)
    [command] = re.findall(r"`python (figures/.*?)`", readme)
    _run_in(tmp_path, *command.split())
    assert (tmp_path / command.split()[-1]).read_bytes().startswith(b"%PDF")
    _run_in(tmp_path, "-m", "mkdocs", "build", "--strict")
    page = BeautifulSoup((tmp_path / "site/index.html").read_text(encoding="utf-8"), "html.parser")
    assert page.select_one("figure#fig-halving svg title").text == "Halving: what is left after each step"
    assert "After 3 steps 0.625 is left." in page.find("figcaption").text
    assert page.select_one("input[type=range][name=start]")["value"] == "5"

    before, _, after = guide.partition("## Your words, colours and fonts")
    _write_what_it_says(before, tmp_path)
    (tmp_path / "tests/__init__.py").touch()
    # What is in a module of its own is found by the script as well.
    _run_in(tmp_path, "figures/doubling.py", "--output", "doubling.json")
    labels, fonts = _blocks(after, "toml")
    assert tomllib.loads(labels)["tool"]["figpress"]["labels"] == GERMAN
    with (tmp_path / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(labels)
    [theme] = _blocks(after, "yaml")
    settings, count = re.subn("^theme: .*\n", theme, (tmp_path / "mkdocs.yml").read_text(), flags=re.MULTILINE)
    assert count == 1
    (tmp_path / "mkdocs.yml").write_text(settings)
    # Other files than those named there, which nobody has installed.
    folder = Path(matplotlib.get_data_path(), "fonts/ttf").as_posix()
    for own, ours in (("FiraSans-Regular", "DejaVuSans"), ("FiraSans-SemiBold", "DejaVuSans-Bold")):
        fonts = fonts.replace(own, f"{folder}/{ours}")
    fonts = fonts.replace("FiraSans-Italic", f"{folder}/DejaVuSans-Oblique").replace("Fira Sans", "DejaVu Sans")
    fonts = fonts.replace("FiraMath-Regular.otf", brought().maths.as_posix())
    style = re.sub('"font.family" = .*', "", DEFAULT_STYLE.read_text(encoding="utf-8"))
    (tmp_path / "figures/style.toml").write_text(f"{style}\n{fonts}", encoding="utf-8")

    for _ in ("from nothing", "warm"):
        _run_in(tmp_path, "-m", "mkdocs", "build", "--strict")
    first, second = (
        BeautifulSoup((tmp_path / "site" / page).read_text(encoding="utf-8"), "html.parser")
        for page in ("index.html", "growth/index.html")
    )
    assert first.select_one("button[data-do=reset]").text == GERMAN["reset"]
    # Its words for numbers go as far as three.
    assert "After 5 steps one thing has become 32." in " ".join(second.text.split())
    assert "source/src/growth/#line-1" in second.select_one("a.fp-function")["href"]
    assert second.select_one("[data-claim] a.claim-mark")["title"].startswith("checked, by a test")
    assert second.select_one(".fp-record").text.startswith("Auf dieser Seite: 2 numbers, 1 equation")
    assert "DejaVu Sans" in str(first.select_one("figure svg text"))
    assert (tmp_path / "site/figures/halving.pdf").read_bytes().startswith(b"%PDF")
    sheet = (tmp_path / "site/assets/figpress.css").read_text()
    assert ".term-first { color: var(--fig-first); }" in sheet and '--fp-maths-font: "Fira Math"' in sheet
    assert not [page for page in (tmp_path / "site").rglob("*.html") if "fonts.g" in page.read_text(encoding="utf-8")]


def test_matplotlib_is_exact_because_drawings_depend_on_it():
    (matplotlib,) = [text for text in PROJECT["optional-dependencies"]["site"] if text.startswith("matplotlib==")]
    assert Requirement(matplotlib).specifier.contains(_constraints()["matplotlib"])


def test_the_mathematics_needs_numpy_alone():
    assert [Requirement(text).name for text in PROJECT["dependencies"]] == ["numpy"]

    def loaded(names):
        code = f"import {names}; print(*{{name.split('.')[0] for name in sys.modules}})"
        run = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "src", capture_output=True, text=True, check=True)
        return set(run.stdout.split()) - sys.stdlib_module_names

    # What an environment loads at every start of Python, such as the hook of an editable install, is not of our asking.
    assert loaded("sys, shrinkage") - loaded("sys") == {"shrinkage", "numpy"}


# Words.


def _nav(entries):
    for entry in entries:
        target = next(iter(entry.values())) if isinstance(entry, dict) else entry
        if isinstance(target, list):
            yield from _nav(target)
        else:
            yield target


def test_every_page_is_in_the_navigation_and_every_entry_is_a_page():
    class Loader(yaml.SafeLoader):
        """MkDocs' file may hold tags of Python objects, which do not matter here."""

    Loader.add_multi_constructor("", lambda loader, suffix, node: None)
    nav = list(_nav(yaml.load(_text("mkdocs.yml"), Loader)["nav"]))
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*") if path.suffix in (".md", ".ipynb")}
    assert len(nav) == len(set(nav))
    assert set(nav) == pages


# What L2 alone may stand for: the norm itself, and the name of the method.
BARE_L2 = re.compile(r"(?<!quared )(?<!quared-)\bL2\b(?! norm| regularis)")


def test_l2_alone_never_means_the_squared_norm_in_titles_and_labels():
    titles = r"^(?:#+ |title: |description: |[?!]{3}).*|^\|.*(?=\n\|[-:])"
    found = [
        f"{path.name}: {title}"
        for path in DOCS.glob("*.md")
        for title in re.findall(titles, path.read_text(encoding="utf-8"), re.MULTILINE)
        if BARE_L2.search(title)
    ]
    figures = list((ROOT / "figures").glob("*.py"))
    for path in figures:
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        found += [f"{path.name}: {text}" for text in texts if BARE_L2.search(text)]
    assert len(figures) > 20 and found == []


def test_the_citation_is_the_package():
    citation = yaml.safe_load(_text("CITATION.cff"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == PROJECT["version"]
    assert citation["license"] == PROJECT["license"] == "MIT"
    (quoted,) = _blocks(_text("docs/about.md"), "text")
    year = citation["date-released"].year
    assert (
        " ".join(quoted.split())
        == f"{citation['authors'][0]['name']} ({year}). {citation['title']}. Version {citation['version']}."
    )
    for reference in citation["references"]:
        for page in ("docs/about.md", "README.md", "LICENSE-TEXT"):
            assert reference["url"] in _text(page)


def test_licences_are_there():
    assert _text("LICENSE").startswith("MIT License") and "WITHOUT WARRANTY" in _text("LICENSE")
    assert "https://creativecommons.org/licenses/by-sa/4.0/legalcode" in _text("LICENSE-TEXT")


def test_nothing_tracked_names_a_machine_or_a_registry():
    machine = re.compile(rb"/(?:root|work|opt)/\w|/home/\w|[A-Z]:\\Users")
    registry = re.compile(rb"pypi[.]org|pythonhosted[.]org|index[-]url|npmjs[.]|conda[.]anaconda")
    found = []
    for path in _tracked():
        content = path.read_bytes()
        found += [
            f"{path.relative_to(ROOT).as_posix()}: {hit[0]!r}"
            for hit in (*machine.finditer(content), *registry.finditer(content))
        ]
    assert found == []


def test_generated_files_are_not_tracked():
    if not (ROOT / ".git").exists():
        pytest.skip("no repository: an unpacked archive tracks nothing")
    generated = re.compile(r"^(?:site|build|\.figpress)/|\.egg-info/|__pycache__/")
    tracked = [path.relative_to(ROOT).as_posix() for path in _tracked()]
    assert [path for path in tracked if generated.search(path)] == []
    # The README's picture is the only one that code has drawn.
    pictures = {path for path in tracked if re.search(r"\.(?:svg|png|pdf|gif|jpe?g|webp|mp4)$", path)}
    assert pictures == {".github/walk.svg", "docs/assets/favicon.svg"}


# Printed samples run.


def test_the_example_of_the_readme_prints_what_it_says(capsys):
    (code,) = _blocks(README, "python")
    exec(compile(code, "README.md", "exec"), {})
    promised = re.findall(r"^print\(.*\)\s+# (.+)$", code, re.MULTILINE)
    assert capsys.readouterr().out.splitlines() == promised
    assert len(promised) == code.count("print(") == 4


@pytest.mark.parametrize("page", sorted(path.name for path in (DOCS / "api").glob("*.md")))
def test_the_examples_of_the_api_pages_run(page):
    blocks = _blocks(_text(f"docs/api/{page}"), "pycon")
    assert blocks
    namespace = {}
    for block in blocks:
        # Elsewhere a fence would be taken for output.
        example = doctest.DocTestParser().get_doctest(block, namespace, page, None, None)
        runner = doctest.DocTestRunner(verbose=False)
        report = []
        runner.run(example, out=report.append, clear_globs=False)
        assert runner.summarize(verbose=False).failed == 0, "".join(report)


def test_every_public_name_is_on_an_api_page():
    documented = set(
        re.findall(
            r"^::: (\S+)$", "\n".join(path.read_text("utf-8") for path in (DOCS / "api").glob("*.md")), re.MULTILINE
        )
    )
    for name in shrinkage.__all__:
        thing = getattr(shrinkage, name)
        module = thing.__module__ if inspect.isfunction(thing) or inspect.isclass(thing) else "shrinkage.penalties"
        assert module in documented, name
        assert inspect.getdoc(thing) or not callable(thing)


def _figure_commands():
    """The commands of each block that draw figures: a later one may read what an earlier one has written."""
    for page in ("README.md", "docs/gallery.md"):
        for block in _blocks(_text(page), "shell"):
            if commands := [line for line in block.splitlines() if line.startswith("python figures/")]:
                # A moving picture has many of them.
                marks = [pytest.mark.nightly] if "--sweep" in block else []
                yield pytest.param(commands, marks=marks, id=commands[-1])


@pytest.mark.parametrize("commands", list(_figure_commands()))
def test_the_figure_commands_draw(commands, tmp_path):
    for command in commands:
        _, script, *options = command.split()
        subprocess.run([sys.executable, ROOT / script, *options], cwd=tmp_path, check=True, capture_output=True)
    drawing = tmp_path / options[options.index("--output") + 1]
    assert drawing.read_bytes()[:4] in (b"%PDF", b"\x89PNG", b"GIF8")


def test_the_proof_that_is_shown_to_contributors_proves(tmp_path, monkeypatch):
    [code] = [block for block in _blocks(_text("CONTRIBUTING.md"), "python") if "@proved" in block]
    imports = "from shrinkage import data_pull, minimiser_l1\nfrom tests.claims.exact import assume, proved\n"
    (tmp_path / "shown_to_contributors.py").write_text(f"{imports}\n\n{code}", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("shown_to_contributors").test_zero_is_best_where_the_pull_fits()


def test_the_drawing_example_of_the_gallery_draws(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (code,) = _blocks(_text("docs/gallery.md"), "python")
    names = {}
    exec(compile(code, "gallery.md", "exec"), names)
    assert (tmp_path / "walk.svg").read_text(encoding="utf-8").count("<svg") == 1
    assert isinstance(names["figure"], Figure) and names["figure"].axes


def test_the_notebook_is_committed_without_outputs_and_its_cells_run(monkeypatch, capsys):
    import matplotlib.pyplot as plt

    monkeypatch.setattr(plt, "show", lambda: plt.close("all"))
    notebook = json.loads(_text("docs/notebook.ipynb"))
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    # MkDocs does not look at a notebook's links: they must be the addresses of the built pages.
    text = "".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    links = [target for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
    assert links and all((DOCS / target).with_suffix(".md").is_file() and target.endswith(".html") for target in links)
    # Whoever takes it away is told what it needs: what the README's first command installs.
    assert re.findall(r"`(python .*?)`", text) == [SERVE.partition(" && ")[0]]
    names = {}
    for cell in cells:
        assert cell["outputs"] == [] and cell["execution_count"] is None
        exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
    assert "arrives after 10 steps" in capsys.readouterr().out


# The sources: every item on its page.

# Item of the sources -> page -> what must stand on it: a figure, an equation, a claim, or words.
ITEMS = {
    "overfitting; added information; by gradient descent": {
        "index": ["**overfitting**", "**regularisation**", "**gradient descent**"]
    },
    "norms with absolute values": {
        "norms": [r"\|w\|_1 = |w_1|", r"\|w\|_2 = \left(|w_1|^2", r"\|w\|_p = \left(|w_1|^p", "figure norm_balls"]
    },
    "one linear model for lasso and ridge": {
        "model": [r"\hat{y} = w_1 x_1 + w_2 x_2 + \dots + w_N x_N + b", "lasso", "ridge"]
    },
    "three losses, ridge with the square": {
        "model": [r"\lambda \sum_{i=1}^{N} |w_i|", r"\lambda \sum_{i=1}^{N} w_i^2"]
    },
    "the model with one variable, and why it stands for many": {
        "model": [
            "equation M.1",
            "figure model",
            "claim each-weight-is-pulled-by-its-own-term",
            "claim the-penalty-moves-alike-beside-any-error",
        ]
    },
    "the losses of one variable; no derivative at zero": {
        "model": [
            "equation M.2",
            "equation M.3",
            "equation M.4",
            "figure losses",
            "figure absolute_value",
            "claim abs-has-no-derivative-at-zero",
        ],
    },
    "the update and its gradients, by cases": {
        "descent": ["equation D.1", "equation D.2", "equation D.3", "equation D.4", "equation D.5"]
    },
    "the article's equations": {
        "descent": ["equation 0", "equation 1.1", "equation 1.2", "equation 2", "figure update", "H"]
    },
    "intuitions": {
        "overfitting": ["## Intuition A", "## Intuition B", "## Intuition C", "## Intuition D", "figure overfitting"]
    },
    "regrouped equations, three influences": {"l1-l2": ["equation 3.1", "equation 3.2", "equation 4", "figure pull"]},
    "pushing to zero, the six-variable example, dropping": {
        "zero": ["figure six_variables", "given.six_weights", "claim each-lasso-weight-has-its-own-threshold"]
    },
    "L2 comes close to zero as well": {
        "zero": ["## Squared L2 comes close", "claim squared-l2-comes-as-close-as-you-like"]
    },
    "the answer's penalties and their slopes": {"walkthrough": ["claim slope-of-half-the-square-is-the-weight"]},
    "the answer's pictures": {"walkthrough": ["figure penalty_l1", "figure penalty_l2"]},
    "the walkthrough": {
        "walkthrough": [
            "figure walk_l1",
            "figure walk_l2",
            "claim l1-arrives-after-ten-steps-and-stays",
            "claim half-squared-l2-leaves-half-at-every-step",
        ],
    },
    "L2 can reach zero, in a step or with an objective": {
        "walkthrough": [
            "claim half-squared-l2-arrives-at-one-step-size-only",
            "claim with-data-l2-is-zero-only-without-a-pull",
        ],
    },
}

# What holds -> its section of the corrections page -> the page concerned and what must stand there.
CORRECTIONS = {
    "l2-pulls-too": (
        "l1-l2",
        [
            "claim both-penalties-push-towards-zero",
            "claim squared-l2-pulls-harder-beyond-one-half",
            "claim half-squared-l2-and-l1-pull-alike-at-one",
        ],
    ),
    "slope-at-zero": (
        "descent",
        [
            "claim any-subgradient-may-serve-at-zero",
            "claim a-subgradient-step-may-raise-the-loss",
        ],
    ),
    "literal-sign": ("walkthrough", ["claim the-literal-sign-breaks-one-step-after-arrival"]),
    "l1-arrival": (
        "walkthrough",
        [
            "claim l1-arrives-only-where-the-step-divides-the-start",
            "claim otherwise-a-two-cycle-as-wide-as-a-step",
            "claim a-tenth-does-not-add-up",
            "claim the-proximal-walk-always-arrives",
            "figure two_cycle",
        ],
    ),
    "l2-arrival": (
        "walkthrough",
        [
            "claim the-product-underflows-to-zero",
            "claim the-difference-stops-at-the-smallest-number",
            "figure underflow",
        ],
    ),
    "l2-step": (
        "walkthrough",
        [
            "claim half-squared-l2-arrives-at-one-step-size-only",
            "claim at-two-it-cycles-above-it-diverges",
            "figure l2_step_sizes",
        ],
    ),
    "unit-step": (
        "descent",
        [
            "claim step-size-one-is-stable-only-below-the-arc",
            "claim step-size-one-with-a-bias-diverges",
            "figure stability",
        ],
    ),
    "one-sample": (
        "model",
        [
            "claim one-sample-with-a-free-bias-is-fitted-perfectly-by-nothing",
            "claim squared-l2-divides-the-minimiser",
            "claim the-threshold-is-half-lambda",
        ],
    ),
    "doubling": ("l1-l2", ["claim doubling-comes-from-writing-lambda-w-squared"]),
    "constraints": (
        "model",
        ["claim a-penalty-matches-a-bound-on-the-norm", "claim the-matching-bound-depends-on-the-data"],
    ),
    "direction": (
        "overfitting",
        [
            "claim the-pull-is-towards-zero-whatever-the-data",
            "claim shrinking-hurts-a-weight-that-was-too-small",
            "claim the-error-answers-back",
        ],
    ),
    "choice-of-lambda": ("overfitting", ["claim the-chosen-strength-depends-on-held-out-data"]),
    "small-coefficients": (
        "zero",
        ["claim a-unit-can-make-any-weight-small", "claim subgradient-descent-leaves-small-numbers"],
    ),
    "complexity": ("overfitting", ["claim a-linear-model-with-many-features-fits-pure-noise"]),
    "norms": ("norms", ["claim triangle-inequality-fails-below-one", "claim p-norm-is-a-norm-from-one-on"]),
    "one-variable": ("zero", ["claim the-threshold-is-one-dimensional"]),
    "bias": ("model", ["claim the-bias-feels-the-error-alone", "claim a-free-bias-makes-weights-ignore-the-origin"]),
    "force-and-minimiser": (
        "zero",
        [
            "claim l1-minimiser-is-zero-iff-the-pull-fits",
            "claim squared-l2-minimiser-is-zero-iff-no-pull",
            "figure dead_zone",
        ],
    ),
    "conventions": (
        "notation",
        [
            "claim every-convention-translates-there-and-back",
            "| Ours |",
            "| The answer’s |",
            "| `Ridge` |",
            "| `Lasso` |",
        ],
    ),
}


# The corrections that change what a reader does first.
FIRST = ["force-and-minimiser", "l1-arrival", "conventions", "small-coefficients", "constraints"]


def _stands(page, marker):
    kind, _, name = marker.partition(" ")
    wanted = {
        "figure": f"/// figure | {name}\n",
        "equation": f"/// equation | {name}\n",
        "claim": f'<claim id="{name}">',
    }.get(kind, marker)
    assert wanted in _text(f"docs/{page}.md"), f"{page}: {marker}"


@pytest.mark.parametrize("item", ITEMS)
def test_every_item_of_the_sources_is_on_its_page(item):
    for page, markers in ITEMS[item].items():
        for marker in markers:
            _stands(page, marker)


def _sections():
    """The corrections page by section: under a heading, or in a fold whose first paragraph has the id."""
    page = re.sub(
        r'^\?\?\? note "(.*)"\n\n((?:    .*\n)+?)    \{ #([\w-]+) \}$',
        r"### \1 { #\3 }\n\n\2",
        _text("docs/corrections.md"),
        flags=re.M,
    )
    found = re.split(r"^### .*? \{ #([\w-]+) \}$", page, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


def test_the_corrections_page_has_every_correction_and_an_overview_of_all():
    assert set(_sections()) == set(CORRECTIONS)
    overview = re.findall(r"^\| \[[^\n]*\]\(#([\w-]+)\)", _text("docs/corrections.md"), re.MULTILINE)
    assert sorted(overview) == sorted(CORRECTIONS)


def test_what_changes_what_one_does_comes_first_and_open_and_the_finer_points_are_folded():
    first, finer = _text("docs/corrections.md").split("\n## Finer points")
    assert re.findall(r"^### .*? \{ #([\w-]+) \}$", first, re.MULTILINE) == FIRST
    assert first.count("**What to do.**") == len(FIRST) and "???" not in first
    folds = finer.split('??? note "')[1:]
    assert len(folds) == len(CORRECTIONS) - len(FIRST)
    assert all(fold.count("**Said.**") == 1 for fold in folds)


@pytest.mark.parametrize("section", CORRECTIONS)
def test_every_correction_is_tested_and_stands_on_the_page_concerned(section):
    text = _sections()[section]
    page, markers = CORRECTIONS[section]
    assert re.findall(r'<claim id="([\w-]+)">', text)
    assert f"]({page}.md" in text
    for part in ("**Said.**", "**What holds.**", "**Explained on**"):
        assert part in text
    for marker in markers:
        _stands(page, marker)

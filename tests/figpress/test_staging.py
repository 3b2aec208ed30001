"""What is staged for a generator without plugins: read back through the extension by its name, as such a generator does."""

import json
import shutil

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files, set_exclusions

from figpress import cli
from figpress.drawing.style import load_style
from figpress.pages.notebook_page import as_markdown
from figpress.project import find_project
from figpress.publishing.staging import SETTINGS, _Settings, address_of, stage
from tests.figpress.conftest import NOTEBOOK, replace, write

ADDRESS = "https://host.example/toy/"
PAGES = {
    "mkdocs.yml": (
        "site_name: Toy\nsite_url: !ENV [SITE_URL, '']\nuse_directory_urls: false\nexclude_docs: '*.toml'\n"
        "nav: [index.md, more/walk.md]\nmarkdown_extensions: [toc: {permalink: true}]\nplugins: [search, figpress: {terms: {Halving: one}}]\n"
    ),
    "docs/index.md": "---\ntitle: It ends at [[walk.last]]\nhide: [toc]\n---\n\n# Halving $w$\n\nIt ends at [[walk.last]], as in [[eq:1.1]].\n",
    "docs/more/walk.md": (
        '/// figure | walk\nIt ends.\n///\n\n<claim id="it-ends">It ends at [[walk.last]].</claim>\n\n'
        "/// equation | 1.1\n    function: toy.core.unused\n\nv = x + k\n///\n"
    ),
    "docs/picture.svg": "<svg/>",
    "tests/__init__.py": "",
    "tests/claims/__init__.py": "",
    "tests/claims/test_walk.py": "from toy.core import halve\n\n\ndef test_it_ends():\n    assert halve(5.0, 3)[-1] == 0.625\n",
}


@pytest.fixture(scope="module")
def staged_once(drawn_once, tmp_path_factory):
    """A project with pages, staged and checked: fonts take a second, and checks several."""
    root = shutil.copytree(drawn_once[0], tmp_path_factory.mktemp("staged") / "project")
    write(root, PAGES)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SITE_URL", ADDRESS)
        return root, staged(root, strict=True)


@pytest.fixture
def project(staged_once, tmp_path):
    """A copy where nothing is staged yet."""
    return shutil.copytree(staged_once[0], tmp_path / "project", ignore=shutil.ignore_patterns("build", SETTINGS))


def test_pages_are_left_out_as_mkdocs_leaves_them_out(tmp_path):
    names = "index.md a.toml keep.toml drafts/a.md more/drafts/b.md only.md more/only.md later.md templates/a.md more/templates/b.md"
    (tmp_path / "docs").mkdir()
    write(
        tmp_path,
        {
            "pyproject.toml": "[tool.figpress]\n",
            "mkdocs.yml": "site_name: Toy\nexclude_docs: |\n  # not these\n  drafts/\n  *.toml\n  !keep.toml\n  /only.md\n"
            "draft_docs: later.md\n",
        },
    )
    files = Files([File(name, str(tmp_path / "docs"), str(tmp_path / "site"), True) for name in names.split()])
    set_exclusions(files, load_config(str(tmp_path / "mkdocs.yml")))
    wanted = {file.src_uri for file in files if file.inclusion.is_excluded()}
    excluded = _Settings(find_project(tmp_path)).excluded
    assert {name for name in names.split() if excluded.match_file(name)} == wanted and len(wanted) == 6


def staged(root, **options):
    return stage(find_project(root), root / "build/docs", jobs=1, **options)


def shown(root, page):
    """A staged page as Python-Markdown sets it, given the folder and nothing else."""
    text = (root / "build/docs" / page).read_text(encoding="utf-8").partition("\n---\n")
    reader = markdown.Markdown(
        extensions=["toc", "figpress"],
        extension_configs={"figpress": {"staged": str(root / "build/docs")}, "toc": {"permalink": True}},
    )
    return BeautifulSoup(reader.convert(text[2] or text[0]), "html.parser")


def states(root):
    pages = [path for path in (root / "build/docs").rglob("*.md")]
    return {json.loads(page.read_text().partition("<!-- figpress ")[2].partition(" -->")[0])["state"] for page in pages}


def test_a_page_shows_its_figures_numbers_and_checks_by_the_folder_alone(staged_once):
    project, (changed, notices) = staged_once
    assert changed > 10 and notices == []
    home, page = shown(project, "index.md"), shown(project, "more/walk.md")
    assert home.select_one('data[data-fact="walk.last"]')["value"] == "0.625" and home.find("math")
    assert home.select_one(".fp-reference")["href"] == "more/walk.html#eq-1.1"
    assert home.select_one("h1 .term.term-one").get_text() == "Halving"
    assert page.select_one('[data-figure="walk"] svg title').get_text() == "A walk that halves"
    mark = page.select_one('[data-claim="it-ends"] .claim-mark')
    assert mark.get_text() == "✓" and mark["href"] == "../source/tests/claims/test_walk.html#line-4"
    assert (
        page.select(".fp-record")[-1].get_text().startswith("On this page: 1 number, 1 equation and 1 marked statement")
    )
    assert home.select_one(".fp-record").get_text().startswith("On this page: 2 numbers,"), "one in the title"
    # Only at a page's end, not in the headings that the table of contents looks at.
    assert len(home.select(".fp-record")) == 1 and home.h1["id"] == "halving-w"
    folder = project / "build/docs"
    assert folder.joinpath("index.md").read_text().startswith("---\ntitle: It ends at 0.625\nhide: [toc]\n---\n")
    assert "def halve" in shown(project, "source/src/toy/core.md").select_one(".fp-source #line-11").parent.get_text()
    for name in (
        "picture.svg",
        "figures/walk.pdf",
        "figures/walk.bib",
        "figures/walk-dark.svg",
        "assets/figpress.css",
        "figpress.json",
    ):
        assert (folder / name).is_file(), name
    assert f"{ADDRESS}more/walk.html#fig-walk" in (folder / "figures/walk.bib").read_text()
    assert not (folder / "structural.toml").exists() and (folder / "assets/fonts/maths.woff2").stat().st_size


def test_after_an_edit_every_page_has_another_text_and_the_new_number(project):
    staged(project)
    before = states(project)
    assert staged(project) == (0, [])
    assert states(project) == before and len(before) == 1
    replace(project, "src/toy/core.py", "walk = [w]", "walk = [w + 1]")
    staged(project)
    assert len(states(project)) == 1 and states(project) != before
    assert shown(project, "index.md").select_one("data")["value"] == "0.75"
    assert shown(project, "more/walk.md").select_one(".claim-mark").get_text() == "?"
    # A comment changes nothing but its listing; a page of text alone is made anew as well, which costs little.
    before = states(project)
    replace(project, "src/toy/core.py", "NOWHERE_USED = 3", "NOWHERE_USED = 3  # Nowhere")
    staged(project)
    assert states(project) != before and "# Nowhere" in shown(project, "source/src/toy/core.md").get_text()


def test_pages_that_are_wrong_are_refused_all_together_and_nothing_is_staged(project, capsys):
    write(project, {"docs/index.md": "It ends at [[walk.lost]].\n\nSee [[eq:9.9]].\n"})
    replace(project, "tests/claims/test_walk.py", "== 0.625", "== 0.5")
    assert cli.main(["--project", str(project), "stage", str(project / "build/docs"), "--jobs", "1", "--strict"]) == 1
    told = capsys.readouterr().err
    assert "docs/index.md:1: " in told and "docs/index.md:3: " in told and "it-ends" in told
    assert not (project / "build").exists() and not (project / SETTINGS).exists()


def test_what_is_gone_is_gone_and_what_was_not_staged_is_safe(project, tmp_path):
    staged(project)
    (project / "docs/picture.svg").unlink()
    staged(project)
    assert not (project / "build/docs/picture.svg").exists()
    for folder, message in (
        (project / "docs", "were not staged"),
        (project, "not lie below"),
        (tmp_path / "x", "not lie below"),
    ):
        with pytest.raises(ValueError, match=message):
            stage(find_project(project), folder)
    assert (project / "docs/index.md").is_file()
    with pytest.raises(ValueError, match="figpress stage"):
        markdown.markdown("x", extensions=["figpress"], extension_configs={"figpress": {"staged": str(tmp_path)}})


def test_settings_are_those_of_mkdocs_with_tags_and_paths_as_they_are(staged_once):
    project, _ = staged_once
    written = (project / SETTINGS).read_text()
    assert "site_url: !ENV [SITE_URL, '']" in written
    table = yaml.safe_load(written.replace("!ENV ", ""))
    assert table["docs_dir"] == "build/docs" and table["nav"] == ["index.md", "more/walk.md"]
    assert table["markdown_extensions"][-1] == {"figpress": {"staged": str(project / "build/docs")}}
    assert table["extra_css"] == ["assets/figpress.css"]


@pytest.mark.parametrize(
    ("written", "extensions"),
    [
        ("", [{"figpress": {"staged": "F"}}]),
        ("markdown_extensions: {toc: {permalink: true}}", {"toc": {"permalink": True}, "figpress": {"staged": "F"}}),
    ],
    ids=["none", "a table"],
)
def test_settings_may_list_things_in_any_of_their_ways(project, written, extensions):
    pages = [line for line in PAGES["mkdocs.yml"].splitlines() if line.startswith(("site_name", "use_"))]
    table = "\n".join([*pages, written, "plugins: {figpress: {terms: {Halving: one}}}"])
    write(project, {"mkdocs.yml": table})
    staged(project)
    text = (project / SETTINGS).read_text().replace(str(project / "build/docs"), "F")
    assert yaml.safe_load(text)["markdown_extensions"] == extensions
    assert shown(project, "index.md").select_one("h1 .term-one")
    # Nothing is left out then, and a file that cannot be read is one line.
    assert (project / "build/docs/structural.toml").exists()
    write(project, {"mkdocs.yml": "site_name: [\n"})
    with pytest.raises(ValueError, match=r"mkdocs\.yml: "):
        staged(project)


def test_a_notebook_is_markdown_with_its_code_outputs_and_drawings(project):
    style = load_style(find_project(project).style)
    notebook = json.loads(json.dumps(NOTEBOOK))
    svg = '<svg width="9pt" viewBox="0 0 9 9"><path style="stroke: #c2410c" d="M 0.12345 0"/></svg>'
    notebook["cells"][1]["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": ["[5.0,\n", " <b>]"]}}]
    notebook["cells"][2]["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": ["seen\n\nand $more$\n"]},
        {"output_type": "display_data", "data": {"image/svg+xml": [svg], "text/plain": ["<Figure>"]}},
    ]
    text = as_markdown(notebook, style)
    page = BeautifulSoup(
        markdown.markdown(text, extensions=["md_in_html", "pymdownx.superfences", "figpress"]), "html.parser"
    )
    assert page.h1.get_text() == "A walk" and len(page.select(".fp-cell")) == 2
    assert page.select_one(".fp-cell code").get_text() == "from toy.core import halve\nhalve(5.0, 2)\n"
    assert [pre.get_text() for pre in page.select(".fp-output > pre")] == ["[5.0,\n <b>]", "seen\n\nand $more$"]
    assert page.select_one(".fp-drawing svg title").get_text() == "A walk" and "var(--fig-one" in str(page)
    assert "<Figure>" not in str(page)


@pytest.mark.parametrize(
    ("file", "plain", "folders"),
    [("index.md", "index.html", ""), ("a/README.md", "a/index.html", "a/"), ("a/b.md", "a/b.html", "a/b/")],
)
def test_addresses_are_those_of_the_generators(file, plain, folders):
    assert address_of(file, False) == plain and address_of(file, True) == folders

"""Stage a site for a generator that runs Markdown extensions and no plugins: all that it cannot make, as files among its pages.

What pages show lies beside them, for ``figpress`` in the generator's list of Markdown extensions; ``figpress.pages.staged``
says how a page finds it. Nothing is written that has not changed, so that a generator that watches the folder rests.
"""

import dataclasses
import hashlib
import json
import pickle
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import markdown
import yaml
from pathspec import GitIgnoreSpec
from yaml_env_tag import add_env_tag

from figpress.checking.checking import Checking
from figpress.checking.report import Report
from figpress.live import markup
from figpress.pages import assets, fonts, insight, sources
from figpress.pages.markdown import FigpressExtension
from figpress.pages.maths import copying
from figpress.pages.notebook_page import as_markdown, notebook_link
from figpress.pages.site import PageError, Site
from figpress.pages.site_content import SiteContent
from figpress.pages.source_pages import linked_files, listings, page_file, source_page
from figpress.pages.staged import KEPT, first_line
from figpress.project import Project, files_in, text_of_page
from figpress.publishing.files import drawn, written_files
from figpress.publishing.preparing import Prepared, note_pages, prepare
from figpress.publishing.summary import summary
from figpress.store import version_of_room

SETTINGS = "zensical.yml"
"""The settings for the generator, written beside ``mkdocs.yml``: the paths in both mean the same."""

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclasses.dataclass(frozen=True)
class StagedContent(SiteContent):
    """What pages show, drawings, ticks and listings included."""

    marks: Mapping[str, str] = dataclasses.field(default_factory=dict)
    listings: Mapping[str, bytes] = dataclasses.field(default_factory=dict)
    """The listing of each page that shows a source file, by the page's address."""
    report: Report | None = None

    def mark_of(self, site: Site, claim: str) -> str:
        return self.marks.get(claim, ">")

    def completed(self, site: Site, page: str) -> str:
        if site.page in self.listings:
            return page + self.listings[site.page].decode()
        if site.page in site.api_pages.values():
            page = insight.with_ways_back(site, page, site.figures.values(), self.tests, self.definitions)
        claims = [thing["claim"] for thing in site.claims]
        line = self.report.line(len(site.shown_facts), len(site.equations), claims) if self.report else ""
        return page + copying(page) + markup.scripts(site, site.page) + line


class _Loader(yaml.SafeLoader):
    """Reads what comes from the environment, as MkDocs does; all other tags are for the generator alone."""


_Loader.add_multi_constructor("", lambda loader, tag, node: None)
add_env_tag(_Loader)


class _Settings:
    """What stands in ``mkdocs.yml``; ValueError where it cannot be read."""

    def __init__(self, project: Project):
        self.path = project.root / "mkdocs.yml"
        self.text = self.path.read_text(encoding="utf-8")
        try:
            table = yaml.load(self.text, _Loader)
        except yaml.YAMLError as error:
            raise ValueError(f"{self.path}: {error}") from None
        self.terms = _entries(table.get("plugins")).get("figpress", {}).get("terms", {})
        self.name = table.get("site_name") or ""
        self.address = table.get("site_url") or ""
        self.directory_urls = table.get("use_directory_urls", True)
        # As MkDocs reads them, after its own; drafts are left out of what is built.
        patterns = (".*", "/templates/", table.get("exclude_docs") or "", table.get("draft_docs") or "")
        self.excluded = GitIgnoreSpec.from_lines("\n".join(patterns).splitlines())
        self.extensions = _entries(table.get("markdown_extensions"))
        self.extensions.pop("figpress", None)

    def staged(self, folder: Path, notebooks: Iterable[str]) -> str:
        """The same settings for pages in another folder, where notebooks are Markdown. Tags stay as they are."""
        root = yaml.compose(self.text, yaml.SafeLoader)
        for node in _scalars(root):
            if node.value in notebooks:
                node.value = _as_page(node.value)
        parts = {key.value: value for key, value in root.value}
        extension = {"figpress": {"staged": str(folder)}}
        added = {
            "markdown_extensions": extension
            if isinstance(parts.get("markdown_extensions"), yaml.MappingNode)
            else [extension],
            "extra_css": [assets.STYLESHEET],
            "docs_dir": folder.relative_to(self.path.parent).as_posix(),
        }
        for (key, value), node in zip(added.items(), map(_node, added.values())):
            if isinstance(value, list | dict) and key in parts:
                parts[key].value += node.value
            else:
                parts[key] = node
        root.value = [(_node(key), value) for key, value in parts.items()]
        written = yaml.serialize(root, Dumper=yaml.SafeDumper, allow_unicode=True)
        return f"# Written by figpress stage, from {self.path.name}.\n{written}"


def _entries(listed: list | dict | None) -> dict[str, dict]:
    """Plugins or extensions with their options, however they are written: a table, or a list of names and tables."""
    entries = [listed] if isinstance(listed, dict) else listed or []
    tables = [entry if isinstance(entry, dict) else {entry: None} for entry in entries]
    return {name: options or {} for table in tables for name, options in table.items()}


def _node(value: object) -> yaml.Node:
    return yaml.compose(yaml.safe_dump(value), yaml.SafeLoader)


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    match node:
        case yaml.ScalarNode():
            yield node
        case yaml.SequenceNode():
            for item in node.value:
                yield from _scalars(item)
        case yaml.MappingNode():
            for _, value in node.value:
                yield from _scalars(value)


def _as_page(notebook: str) -> str:
    return notebook.removesuffix(".ipynb") + ".md"


def address_of(file: str, directory_urls: bool) -> str:
    """The address of a page, given its Markdown file below the folder of pages."""
    folder, _, name = file.removesuffix(".md").rpartition("/")
    above = f"{folder}/" if folder else ""
    if name in ("index", "README"):
        return above if directory_urls else f"{above}index.html"
    return f"{above}{name}/" if directory_urls else f"{above}{name}.html"


def stage(project: Project, folder: Path, *, strict: bool = False, jobs: int | None = None) -> tuple[int, list[str]]:
    """Stage a project's site in a folder of its own within the project, and write the settings for it.

    Args:
        project: where everything is.
        folder: where pages are staged.
        strict: check all claims, equations and typed numbers, and refuse pages that are wrong; otherwise a tick says where a claim
            is not checked since the last change, as it does where MkDocs is not strict.
        jobs: worker processes.

    Returns:
        How many files changed, and what is wrong or was not checked, one line each.

    Raises:
        FigureError: a figure or notebook cannot be made.
        PageError: pages are wrong; the message has a line for each mistake.
        ValueError: the folder has other files, or lies outside the project.
    """
    folder = folder.resolve()
    if not folder.is_relative_to(project.root) or folder == project.root:
        raise ValueError(f"{folder} does not lie below {project.root}, where generators look for pages")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / KEPT).is_file():
        raise ValueError(f"{folder} has files that were not staged; name a folder of its own")
    settings, prepared = _Settings(project), prepare(project, jobs)
    build = prepared.running.finish()
    checked = Checking(project, jobs).check(build.results, run=strict)
    content = StagedContent(prepared.definitions, prepared.claims, prepared.tests)
    site = prepared.site(content, settings.terms, settings.directory_urls)
    # What is there, instead of what is waited for.
    site.figures = build.results

    pages, files = _read(project, settings, prepared, build.notebooks)
    sentences = note_pages(site, {page.address: (page.source, page.text) for page in pages})
    shown = _rehearsed(site, settings, pages)
    if problems := [*site.mistakes, *(checked.problems if strict else ())]:
        raise PageError("\n".join(["the pages are wrong:", *problems]))
    report = prepared.report(checked)
    marks = {claim: report.mark(claim, site.quoted_in(sentence)) for claim, sentence in sentences.items()}
    files |= _made(prepared, site, settings, shown)
    files["figpress.json"] = json.dumps(
        summary(build.results.values(), site, report), ensure_ascii=False, sort_keys=True
    )
    files = {name: part.encode() if isinstance(part, str) else part for name, part in files.items()}

    # What the generator documents is not set yet.
    linked = linked_files(shown) | insight.files_behind(site.api_pages, prepared.definitions, prepared.tests)
    highlighted = listings(project, {path: part for path, part in prepared.files.items() if path in linked})
    listed = [_page(page_file(path), path, source_page(path), settings) for path in highlighted]
    state = _state(
        project, [*files.values(), *(text.encode() for text in (*(page.text for page in pages), *marks.values()))]
    )
    # What pages show is noted anew when they are set; what their heads show is not.
    site = dataclasses.replace(site, shown_facts=[], equations=[], claims=[])
    for page in (*pages, *listed):
        head, body = _parted(page, site)
        files[page.file] = f"{head}\n{first_line(page.address, page.source, state)}\n{body}".encode()
    shown_files = {page.address: highlighted[page.source] for page in listed}
    content = dataclasses.replace(content, marks=marks, listings=shown_files, report=report)
    files[KEPT] = pickle.dumps(dataclasses.replace(site, content=content, mistakes=None))
    changed = _write(folder, files)
    _remove_others(folder, files)
    changed += _write(project.root, {SETTINGS: settings.staged(folder, build.notebooks).encode()})
    unchecked = (
        [f"{len(checked.open)} equations and claims are not checked since the last change"] if checked.open else []
    )
    return changed, [*checked.problems, *unchecked]


@dataclasses.dataclass(frozen=True)
class _Page:
    """A page: its file below the folder of pages, its address in the site, the file it is written in, and its Markdown."""

    file: str
    address: str
    source: str
    text: str


def _page(file: str, source: str, text: str, settings: _Settings) -> _Page:
    return _Page(file, address_of(file, settings.directory_urls), source, text)


def _read(
    project: Project, settings: _Settings, prepared: Prepared, notebooks: Mapping[str, bytes]
) -> tuple[list[_Page], dict[str, bytes]]:
    """The pages of a project, notebooks among them, and the files that lie beside them."""
    texts, files = {}, dict(notebooks)
    for path in files_in(project.docs, "*"):
        name = path.relative_to(project.docs).as_posix()
        if path.is_file() and not settings.excluded.match_file(name):
            if name.endswith(".md"):
                texts[name] = text_of_page(path)
            else:
                files.setdefault(name, path.read_bytes())
    written_in = {name: name for name in texts} | {_as_page(name): name for name in notebooks}
    for name, executed in notebooks.items():
        link = notebook_link(Path(name).name, project.labels)
        texts = {file: text.replace(f"]({name}", f"]({_as_page(name)}") for file, text in texts.items()}
        texts[_as_page(name)] = f"{as_markdown(json.loads(executed), prepared.style, project.labels)}\n{link}"
    docs = project.docs.relative_to(project.root).as_posix()
    return [_page(name, f"{docs}/{written_in[name]}", text, settings) for name, text in texts.items()], files


def _rehearsed(site: Site, settings: _Settings, pages: Iterable[_Page]) -> list[str]:
    """Pages as HTML, without what a generator adds: so the site notes what they show, and all that is wrong."""
    shown = []
    for page in pages:
        _, body = _parted(page, site)
        reader = markdown.Markdown(
            extensions=[*settings.extensions, FigpressExtension(site=site)], extension_configs=settings.extensions
        )
        shown.append(reader.convert(body))
    return shown


def _made(prepared: Prepared, site: Site, settings: _Settings, shown: Iterable[str]) -> dict[str, str | bytes]:
    """The files of figures, the styles, fonts and scripts."""
    formulas = set().union(*map(fonts.in_formulas, shown))
    maths = fonts.maths_font(prepared.project.cache, prepared.style.fonts, formulas)
    return {
        **assets.assets(prepared.style, prepared.fonts),
        **{assets.font_address(name): font for name, font in maths.items()},
        **written_files(site, prepared.style, prepared.project, settings.name, settings.address),
        **dict(assets.figure_files(prepared.style, drawn(site.figures))),
    }


def _state(project: Project, parts: Iterable[bytes]) -> str:
    """What tells the state of all that pages may show, the press's own code and listings of code included."""
    state = hashlib.sha256("".join(map(version_of_room, ("live", "pages", "publishing"))).encode())
    for part in (*parts, *sources.contents(project).values()):
        state.update(hashlib.sha256(part).digest())
    return state.hexdigest()[:16]


def _parted(page: _Page, site: Site) -> tuple[str, str]:
    """The head of a page, with its facts filled in, since no Markdown is understood there; and the rest."""
    site.page, site.source = page.address, f"{page.source}\n{page.text}"

    def filled(line: re.Match) -> str:
        try:
            return site.plain(line[0])
        except PageError as error:
            site.report(error)
            return ""

    head = _FRONT_MATTER.match(page.text)
    if not head:
        return "", page.text
    return re.sub(r"^(?:title|description):.*$", filled, head[0], flags=re.MULTILINE), page.text[head.end() :]


def _write(folder: Path, files: Mapping[str, bytes]) -> int:
    """Write files that are not so already: how many."""
    changed = 0
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            changed += 1
    return changed


def _remove_others(folder: Path, files: Iterable[str]) -> None:
    """Remove what was staged once and is no longer part of the site."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.relative_to(folder).as_posix() not in files:
            path.unlink()

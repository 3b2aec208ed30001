"""All that the pages of a site are built from, made while whoever builds them has time for the rest."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass

from figpress.checking.checking import Checked
from figpress.checking.report import Report, state_of
from figpress.drawing.style import Style, load_style
from figpress.making.press import Press
from figpress.making.processes import submit
from figpress.making.running import Running
from figpress.pages import fonts, insight, sources
from figpress.pages.equations import equations_in
from figpress.pages.site import PageError, Site
from figpress.pages.site_content import SiteContent
from figpress.pages.syntax import claims_in, figures_in, has_gallery
from figpress.project import Project


@dataclass(frozen=True)
class Prepared:
    """All that pages are built from."""

    project: Project
    style: Style
    running: Running
    definitions: dict[str, sources.Definition]
    claims: dict[str, sources.Definition]
    tests: dict[str, list[sources.Definition]]
    fonts: dict[str, bytes]
    files: dict[str, bytes]
    """Every source file by its path in the project."""
    state: Future[str]

    def site(
        self, content: SiteContent, terms: Mapping[str, str], directory_urls: bool, kind: type[Site] = Site
    ) -> Site:
        """What pages may show, where mistakes are collected."""
        return kind(
            figures=self.running.results,
            roles=frozenset(self.style.colours),
            terms=terms,
            content=content,
            labels=self.project.labels,
            directory_urls=directory_urls,
            mistakes=[],
        )

    def linked(self, figures: Iterable[str], claims: Iterable[str]) -> set[str]:
        """The source files that pages lead to where they show these figures and make these claims: scripts and tests."""
        scripts = self.project.figures.relative_to(self.project.root)
        return {(scripts / f"{name}.py").as_posix() for name in figures} | {
            self.claims[claim].path for claim in claims if claim in self.claims
        }

    def report(self, checked: Checked) -> Report:
        """What pages say of their checks."""
        verdicts = {
            name.removeprefix("claim-"): verdict
            for name, verdict in checked.verdicts.items()
            if name.startswith("claim-") and not verdict.problem
        }
        return Report(self.project.ticks, verdicts, self.state.result(), self.project.labels)


def prepare(
    project: Project, jobs: int | None, progress: Callable[[str, int, int], None] = lambda name, done, number: None
) -> Prepared:
    """Begin to draw, which ``progress`` is told of, and gather the rest.

    Raises:
        OSError, SyntaxError, ValueError: a file of the project cannot be read.
    """
    style = load_style(project.style)
    # While worker processes draw, this one has time for the rest.
    running = Press(project, jobs).begin(progress)
    files = sources.contents(project)
    state = submit(state_of, project)
    definitions = sources.index(project)
    return Prepared(
        project=project,
        style=style,
        running=running,
        definitions=definitions,
        claims=sources.claim_tests(project, definitions),
        tests=sources.tests_by_name(definitions.values()),
        fonts=fonts.text_fonts(project.cache, style.fonts),
        files=files,
        state=state,
    )


def note_pages(site: Site, texts: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Tell a site what its pages have, since they refer to figures, equations and functions of one another.

    Args:
        site: what is told.
        texts: of each page's address its file and its Markdown.

    Returns:
        The sentence of each claim by its id.

    Raises:
        PageError: an equation's number stands on two pages.
    """
    numbered, sentences = {}, {}
    for page, (file, text) in texts.items():
        sentences |= claims_in(text)
        for name in figures_in(text):
            site.shown_figures.setdefault(name, []).append(page)
            site.first_figures.setdefault(page, name)
        if has_gallery(text):
            site.gallery = page
        for equation in equations_in(text, file):
            if equation.number in numbered:
                raise PageError(f"{file}: equation {equation.number} stands on {numbered[equation.number]} already")
            if equation.number:
                numbered[equation.number] = page
    site.equation_pages = numbered
    site.api_pages = insight.api_pages({page: text for page, (_, text) in texts.items()})
    return sentences

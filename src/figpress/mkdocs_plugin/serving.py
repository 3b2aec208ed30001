"""What is particular to a site that is served while it is written."""

import re
from collections.abc import Iterable

import click
from mkdocs.livereload import LiveReloadServer

from figpress.project import Project


def watch(server: LiveReloadServer, project: Project, looked_at: Iterable[str]) -> None:
    """Have the site built anew when the mathematics, a figure, a test, the style or the project's settings change, or what
    figures and notebooks have read, listed or looked for."""
    folders = [folder for folder in (*project.sources, project.figures, project.tests) if folder.is_dir()]
    for folder in folders:
        server.watch(str(folder), recursive=True)
    # What is hidden is the press's own cache, or an editor's.
    others = (project.root / path for path in sorted(looked_at) if not re.search(r"(^|/)\.", path))
    for path in (project.root / "pyproject.toml", project.style, *others):
        # Where there is nothing yet, something may come.
        place = path if path.exists() else path.parent
        if place.exists() and not any(place.is_relative_to(folder) for folder in folders):
            server.watch(str(place), recursive=False)


def is_dirty() -> bool:
    """Whether only pages are to be built whose text has changed."""
    context = click.get_current_context(silent=True)
    return context is not None and (context.params.get("clean") is False or context.params.get("build_type") == "dirty")


def is_serving() -> bool:
    """Whether the site is served."""
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name == "serve"

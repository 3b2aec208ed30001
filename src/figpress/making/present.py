"""What of a figure's or notebook's record no longer holds: style and notebook as well."""

from figpress.drawing.style import load_style
from figpress.drawing.style_use import StyleUse
from figpress.freshness.changes import Present
from figpress.freshness.record import Record
from figpress.making.environment import DRAWN_BY, environment
from figpress.making.notebook_file import code_hash
from figpress.project import Project


class PresentFigures(Present):
    """A project's figures and notebooks as they are now."""

    def __init__(self, project: Project):
        super().__init__(project, project.source_dirs, environment(DRAWN_BY), environment().keys())
        self._style = load_style(project.style)
        self._styles: dict[str, dict[str, object]] = {}

    def changes_beside_code(self, record: Record) -> list[str]:
        lines = super().changes_beside_code(record)
        if record.style_use:
            lines += self._changes_of_style(StyleUse(**record.style_use))
        notebook = record.notebook
        if notebook and code_hash(self.project.root / notebook["path"]) != notebook["code"]:
            lines.append(f"code of {notebook['path']} changed")
        return lines

    def _changes_of_style(self, use: StyleUse) -> list[str]:
        used = repr((use.names, use.hexes, use.settings, use.own_size))
        if used not in self._styles:
            # Nearly all figures use the same of it.
            self._styles[used] = use.values_in(self._style)
        before, after = use.values, self._styles[used]
        style = self.project.style
        inside = style.is_relative_to(self.project.root)
        path = style.relative_to(self.project.root).as_posix() if inside else style.name
        return [
            f"{path}: {name} changed"
            for name in sorted(before.keys() | after.keys())
            if before.get(name) != after.get(name)
        ]

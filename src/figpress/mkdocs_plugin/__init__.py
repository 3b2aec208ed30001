"""The plugin of MkDocs, which connects all the rest to it."""

from figpress.mkdocs_plugin.plugin import FigpressPlugin

__all__ = ["FigpressPlugin"]

"""What lets the site be read without a network: a search that works from a folder, and archives to take away."""

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

ARCHIVES = {"figures": "all-figures.zip", "site": "site.zip"}
"""Written where ``extra.archives`` is set: they take longer than a build that draws nothing. ``main.html`` links to them."""

_DRAWINGS = (".svg", ".png", ".pdf", ".csv", ".json")
# The map is for search engines, and says when it was made.
_LEFT_OUT = (*ARCHIVES.values(), "sitemap.xml", "sitemap.xml.gz")
_LINKS = re.compile(rb'\s*<p class="archives .*?</p>', re.DOTALL)
# Pictures and fonts are packed already.
_PACKED = (".png", ".pdf", ".woff2", ".gz")


def on_post_build(config):
    """Add them to the built site, after its search is written."""
    site = Path(config.site_dir)
    index = site / "search/search_index.json"
    if index.is_file():
        # A page in a folder may load a script, and nothing else.
        content = index.read_text(encoding="utf-8")
        index.with_suffix(".js").write_text(f"var __index = {content}", encoding="utf-8")
    if config.extra.get("archives"):
        files = [path for path in sorted(site.rglob("*")) if path.is_file() and path.name not in _LEFT_OUT]
        drawings = [path for path in files if path.parent == site / "figures" and path.suffix in _DRAWINGS]
        write_archive(site / ARCHIVES["figures"], drawings, site)
        write_archive(site / ARCHIVES["site"], files, site)


def write_archive(target: Path, files: Iterable[Path], root: Path) -> None:
    """Pack files, in a folder named as the site's, with the same bytes each time: no file has a date."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in files:
            entry = zipfile.ZipInfo(f"shrinkage/{path.relative_to(root).as_posix()}")
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if path.suffix in _PACKED else zipfile.ZIP_DEFLATED
            # No archive has archives to offer.
            archive.writestr(
                entry, _LINKS.sub(b"", path.read_bytes()) if path.name == "gallery.html" else path.read_bytes()
            )

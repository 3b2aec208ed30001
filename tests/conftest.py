"""How tests are shared out between workers: by file, but for files that would keep one worker busy after the other is done."""

from collections.abc import Generator
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def _group(item: pytest.Item) -> str:
    path = item.path.relative_to(HERE).as_posix()
    if path == "site/test_building.py":
        return f"{path}::{item.originalname}"
    if path in ("site/test_built_site.py", "site/test_freshness.py", "site/test_pages.py"):
        # They need all figures drawn, which nothing else should do at the same time.
        return "site"
    # One live figure after another.
    figure = item.callspec.params.get("name") if path == "browser/test_pages.py" and hasattr(item, "callspec") else None
    return f"{path}::{figure}" if figure else path


# Around the other hooks: xdist's, which reads the marks, would otherwise come before this one.
@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    # The longest tests first, so that no worker is left with one of them at the end.
    items.sort(key=lambda item: not item.path.is_relative_to(HERE / "site"))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    return (yield)

"""Which tests run, and how they are shared out between workers: by file, but for files that would keep one worker busy after the other is done."""

import os
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


def left_out(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests that are long and rarely fail, but where the environment asks for them."""
    if os.environ.get("NIGHTLY", "0") not in ("", "0"):
        return []
    return [item for item in items if item.get_closest_marker("nightly")]


# Around the other hooks: xdist's, which reads the marks, would otherwise come before this one.
@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None, None, None]:
    left = left_out(items)
    items[:] = [item for item in items if item not in left]
    config.hook.pytest_deselected(items=left)
    # The longest tests first, so that no worker is left with one of them at the end.
    items.sort(key=lambda item: not item.path.is_relative_to(HERE / "site"))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    return (yield)

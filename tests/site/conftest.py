"""The whole site, built once for all tests that read it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import BUILT_SITE

ROOT = Path(__file__).parents[2]
# Where the site is published, below the root of a host, and where its files are kept: what the hosting says in the environment.
ADDRESS = "https://host.example/path/"
REPOSITORY = "https://forge.example/me/shrinkage"


def build_site(target: Path, root: Path = ROOT, *options: str, address: str = ADDRESS) -> subprocess.CompletedProcess:
    """Run ``mkdocs build --strict`` as a maintainer does."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target), *options]
    environment = os.environ | {
        "NO_MKDOCS_2_WARNING": "1",
        "SITE_URL": address,
        "REPOSITORY_URL": REPOSITORY,
        "ARCHIVES": "true",
    }
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The folder of the built site."""
    if built := os.environ.get(BUILT_SITE):
        failure = Path(built).with_name("failure.txt")
        assert not failure.exists(), failure.read_text(encoding="utf-8")
        return Path(built)
    target = tmp_path_factory.mktemp("site")
    run = build_site(target)
    assert run.returncode == 0, run.stdout + run.stderr
    return target

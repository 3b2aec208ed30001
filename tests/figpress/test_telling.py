"""Who waits for a long build hears how far it is; who does not wait hears nothing."""

import logging
from pathlib import Path
from types import SimpleNamespace

import pytest

from figpress.mkdocs_plugin import plugin, telling


@pytest.mark.parametrize(
    ("patience", "told"), [(0.0, ["1 of 3 things are done", "2 of 3 things are done"]), (60.0, [])]
)
def test_a_word_comes_after_a_silence_and_none_at_the_end(monkeypatch, caplog, patience, told):
    monkeypatch.setattr(telling, "PATIENCE", patience)
    caplog.set_level(logging.INFO)
    tell = telling.now_and_then(logging.getLogger("of_a_build"), "things are done")
    for done in (1, 2, 3):
        tell("a name", done, 3)
    assert caplog.messages == told


def test_a_build_tells_of_its_drawings_and_of_its_checks(monkeypatch, caplog):
    monkeypatch.setattr(telling, "PATIENCE", 0.0)
    caplog.set_level(logging.INFO)
    root = Path(__file__).parents[2]
    monkeypatch.setattr(plugin, "prepare", lambda project, jobs, tell: tell("walk", 1, 3))
    plugin._prepare(str(root), None)
    checking = SimpleNamespace(check=lambda facts, tell, run: tell("it-is", 1, 2))
    monkeypatch.setattr(plugin, "Checking", lambda project, jobs: checking)
    building = SimpleNamespace(finish=lambda: SimpleNamespace(results={}))
    plugin.FigpressPlugin._check(
        SimpleNamespace(running=building, refuses=True, project=None, config=SimpleNamespace(jobs=1))
    )
    assert caplog.messages == ["1 of 3 figures and notebooks are drawn", "1 of 2 equations and claims are checked"]

"""Who waits for a long build hears how far it is; who does not wait hears nothing."""

import logging

import pytest

from figpress.mkdocs_plugin import telling


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

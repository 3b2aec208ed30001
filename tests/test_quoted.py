"""The command that changes quoted facts: it catches a test that does not look at what its sentence quotes."""

import pytest

from tests.quoted import Change, facts_quoted, others, unnoticed

SENTENCE = '<claim id="a-b">From $[[given.w0]]$ it takes\n[[walk_l1.steps:words]] steps, as [[eq:1.1]] says.</claim> [[given.eta]]'


def test_the_facts_of_a_claim_are_those_in_its_sentence():
    assert facts_quoted(SENTENCE) == {"a-b": ["given.w0", "walk_l1.steps"]}


def test_every_kind_of_fact_is_changed():
    assert others(10) == [9, 11] and others(0) == [-1, 1]
    assert others(5.0) == [4.95, 5.05, 4.0, 6.0] and others(0.0) == [-1.0, 1.0]
    assert others(True) == [False] and others("sparse") == ["not sparse"]
    with pytest.raises(TypeError, match="a number or a word, got None"):
        others(None)


@pytest.mark.nightly
def test_a_test_that_does_not_look_is_caught(tmp_path):
    file = tmp_path / "test_sentences.py"
    file.write_text(
        "from figures import given\nfrom tests.claims.pages import quoted\n"
        "def test_looks():\n    assert quoted('given.w0') == given.W0\n"
        "def test_looks_away():\n    assert given.W0 == given.W0\n"
        "def test_is_wrong():\n    assert given.W0 < 0\n",
        encoding="utf-8",
    )

    def change(test, *fact):
        return Change("page.md", test, f"{file}::test_{test}", *fact)

    looked, away = change("looks", "given.w0", 6.0), change("looks_away", "given.w0", 6.0)
    assert unnoticed([change("looks"), looked, change("looks_away"), away]) == [away]
    with pytest.raises(ValueError, match="test_is_wrong fails without any change"):
        unnoticed([change("is_wrong")])

"""How long the pages take to read: what counts as a word, and what the home page says of its routes."""

import re

import pytest

from figures import reading


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One step, then another.", 4),
        ("The weight $w = 5 - x$ goes to [[walk.end:.2f]].", 6),
        ("---\ntitle: A title\n---\n\n# A title\n", 2),
        ("/// figure | walk\nA caption.\n///\n\nafter", 3),
        ("/// equation | D.1\n    function: f\n\nH = 2x\n///\n\nafter it", 2),
        ('<claim id="a-b">It [arrives](walk.md#there).</claim>\n{ .claim-lead }', 2),
        ("```python\nw = 5\n```\n\nafter", 1),
        ('before\n\n??? note "Folded words"\n\n    Not read.\n\n    Nor this.\n\nafter it', 3),
    ],
)
def test_words_are_those_that_one_reads(text, words):
    assert reading.n_words(text) == words


def test_a_section_ends_at_the_next_heading_of_its_level():
    text = "# Top\n\n## Two forces\n\none\n\n### Below\n\ntwo\n\n## Named { #other }\n\nthree\n"
    assert reading.n_words(reading.section(text, "two-forces")) == 3
    assert reading.section(text, "other").split() == ["three"]
    with pytest.raises(ValueError, match="'nowhere'"):
        reading.section(text, "nowhere")


def test_minutes_are_words_at_the_pace_and_no_finer_than_the_pace_is_known():
    pace = reading.WORDS_PER_MINUTE
    assert [reading.minutes(n * pace) for n in (0, 7.4, 14.4, 17.6, 88)] == [0, 7, 14, 20, 90]


def test_the_home_page_says_how_long_its_routes_are():
    home, facts = reading.page("index"), reading.facts()
    rows = re.findall(r"^\| \[[^\]]+\]\(([\w-]+)\.md\) .* \| \[\[reading\.minutes\.(\w+)\]\] \|$", home, re.MULTILINE)
    assert [name.replace("-", "_") for name, _ in rows] == [key for _, key in rows] == list(facts["minutes"])
    both = facts["route_minutes"] + facts["practice_minutes"]
    assert len(rows) >= 15 and sum(facts["minutes"].values()) == pytest.approx(both, abs=len(rows) / 2 + 6)
    assert facts["practice_minutes"] == pytest.approx(
        sum(facts["minutes"][name.replace("-", "_")] for name in reading.listed(reading.section(home, "in-practice"))),
        abs=6,
    )
    # The way for experts promises to be short.
    assert facts["expert_minutes"] <= 11

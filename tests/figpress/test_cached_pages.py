"""Pages are kept, and never instead of what would be rendered now."""

import logging
import zlib

import pytest

from figpress.mkdocs_plugin.cached_pages import WatchedSite
from tests.figpress.caching import EVERYTHING, Press, Small

ASKING = """# What the press is asked

[[walk.steps]] steps, $x = [[walk.steps]]$, in a table

/// table | walk.rows
|step|
|---|
|[[row.n]]|
///

/// figure | walk
///

/// equation | 1
    function: waves.half

x / 2
///

See [[eq:2]]. <claim id="it-halves">It halves.</claim>

/// listing | waves.half
///
"""
GALLERY = """# Gallery

/// gallery
///

/// equation | 2
    function: waves.half

x / 2
///
"""


@pytest.fixture
def small(tmp_path, monkeypatch, caplog):
    return Small(tmp_path, monkeypatch, caplog)


def test_a_second_build_renders_nothing(small):
    assert small.build() == EVERYTHING
    assert small.build() == []
    assert b'href="api/#waves.half"' in small.tree()["index.html"]
    assert b"py:function" in zlib.decompress(small.tree()["objects.inv"].split(b"\n", 4)[4])
    small.assert_is_as_from_nothing()


@pytest.mark.parametrize(
    ("name", "old", "new", "rendered"),
    [
        ("src/waves/__init__.py", "Half of", "A half of", {"api.md"}),
        ("src/waves/__init__.py", "def half", "def third", {"api.md"}),
        ("docs/more.md", "x^2", "x^3", {"more.md"}),
        ("docs/more.md", "further", "later", {"more.md"}),
        ("docs/more.md", "index.md", "nowhere.md", {"more.md"}),
        ("docs/more.md", "# More", "---\ntitle: Less\n---\n", {"more.md"}),
        ("docs/api.md", "API", "The API", {"api.md"}),
        ("docs/more.md", "# More", "# More\n\n::: waves\n", {"api.md", "more.md"}),
        ("hook.py", "= 1", "= 2", set(EVERYTHING)),
        ("hook.py", "config.extra", "1; config.extra", set(EVERYTHING)),
        ("mkdocs.yml", "paths: [src]", "paths: [src], options: {heading_level: 3}", set(EVERYTHING)),
        ("mkdocs.yml", "attr_list", "attr_list, admonition", set(EVERYTHING)),
        ("mkdocs.yml", "locale: en", "locale: de", set(EVERYTHING)),
    ],
    ids=range(13),
)
def test_an_edit_is_seen_as_from_nothing(small, name, old, new, rendered):
    small.build()
    small.edit(name, old, new)
    assert set(small.build()) == rendered
    small.assert_is_as_from_nothing()


ANSWERED_OTHERWISE = {
    "a number": (lambda press: press.facts.update(steps=4), {"asking.md"}),
    "a number of another type": (lambda press: press.facts.update(steps=3.0), {"asking.md"}),
    "a number that is gone": (lambda press: press.facts.pop("steps"), {"asking.md"}),
    "a number that nobody quotes": (lambda press: press.facts.update(further=1), set()),
    "a row of a table": (lambda press: press.facts["rows"][1].update(n=5), {"asking.md"}),
    "one row more": (lambda press: press.facts["rows"].append({"n": 3}), {"asking.md"}),
    "a figure's title": (lambda press: setattr(press, "title", "A run"), {"gallery.md"}),
    "a figure's alternative text": (lambda press: setattr(press, "description", "Ten steps"), {"gallery.md"}),
    "a figure's size": (lambda press: setattr(press, "size", [6, 3]), {"gallery.md"}),
    "a figure's script": (lambda press: setattr(press, "script", "figures/run.py"), {"asking.md", "gallery.md"}),
    "a figure that can be moved now": (lambda press: setattr(press, "live", {"ask": "?"}), {"asking.md", "gallery.md"}),
    **{
        f"what is {part} a figure": (lambda press, part=part: press.parts.update({part: "<i>new</i>"}), {"asking.md"})
        for part in Press().parts
    },
    "the place of a claim's test": (lambda press: press.lines.update({"it-halves": 8}), {"asking.md"}),
    "the tick of a claim": (lambda press: setattr(press, "tick", "title='?'>"), {"asking.md"}),
    "the place of a function": (lambda press: press.lines.update({"waves.half": 5}), {"asking.md", "gallery.md"}),
    "a function that is gone": (lambda press: press.lines.pop("waves.half"), {"asking.md", "gallery.md"}),
}


@pytest.fixture
def asking(small):
    """A site that asks the press for everything, and mkdocstrings, which takes most of a build's time, for nothing."""
    small.edit("mkdocs.yml", "  - mkdocstrings: {handlers: {python: {paths: [src]}}}\n", "  []\n")
    (small.folder / "docs/api.md").unlink()
    small.write("docs/asking.md", ASKING)
    small.write("docs/gallery.md", GALLERY)
    small.build()
    return small


@pytest.mark.parametrize("what", ANSWERED_OTHERWISE)
def test_a_page_is_rendered_anew_where_the_press_answers_otherwise(asking, what):
    small, (change, rendered) = asking, ANSWERED_OTHERWISE[what]
    assert small.build() == [] and not small.site.mistakes
    change(small.press)
    # A figure as a whole is one answer.
    assert rendered <= set(small.build()) <= (rendered and {"asking.md", "gallery.md"})
    assert bool(small.site.mistakes) == ("gone" in what)
    small.assert_is_as_from_nothing()


@pytest.mark.parametrize(
    ("name", "old", "new", "rendered"),
    [
        ("docs/gallery.md", "equation | 2", "equation | 3", {"asking.md", "gallery.md"}),
        ("docs/gallery.md", "/// equation | 2", "[[eq:1]]\n\n/// equation | 2", {"gallery.md"}),
        ("docs/more.md", "# More", "# More\n\n/// figure | walk\n///\n", {"more.md"}),
        ("docs/asking.md", "/// figure | walk\n///", "", {"asking.md", "gallery.md"}),
    ],
    ids=range(4),
)
def test_what_another_page_has_is_asked_for_as_well(asking, name, old, new, rendered):
    asking.edit(name, old, new)
    assert set(asking.build()) == rendered
    asking.assert_is_as_from_nothing()


def test_a_page_with_a_mistake_says_so_each_time(asking):
    asking.edit("docs/asking.md", "walk.steps", "walk.stpes")
    asking.build()
    assert (mistakes := asking.site.mistakes) and "no fact 'walk.stpes'" in mistakes[0]
    assert asking.build() == ["asking.md"] and asking.site.mistakes == mistakes


@pytest.mark.parametrize("name", ["figures", "content", "shown_facts", "api_pages", "mistakes"])
def test_a_page_that_has_more_of_the_press_than_answers_is_not_kept(name):
    site = WatchedSite(figures=Press().figures())
    with site.listening() as answers:
        site.fact("walk.steps", None)
    assert not site.went_further() and [(name, given) for name, given, _ in answers] == [
        ("fact_named", ("walk.steps",))
    ]
    with site.listening():
        getattr(site, name)
    assert site.went_further()
    with site.listening(), pytest.raises(KeyError):
        site.fact_named("walk.none")
    assert site.went_further()
    # What an answer is made from is in the answer.
    with site.listening():
        site.is_live("walk")
    assert not site.went_further()


def test_other_code_renders_anew(small):
    small.build()
    small.code = "that code"
    assert small.build() == EVERYTHING


def test_a_page_that_is_gone_is_missed_by_all_that_link_to_it(small):
    small.build()
    assert not small.warnings()
    (small.folder / "docs/index.md").rename(small.folder / "docs/home.md")
    assert small.build() == ["api.md", "home.md", "more.md"]
    assert "a link 'index.md', but the target is not found" in "".join(small.warnings())


def test_a_warning_is_given_in_each_build(small):
    small.edit("docs/more.md", "index.md", "nowhere.md")
    small.build()
    first = small.warnings()
    assert "nowhere.md" in "".join(first)
    assert small.build() == ["more.md"] and small.warnings() == first


def test_a_kept_page_warns_when_the_anchor_that_it_leads_to_is_gone(small):
    small.edit("docs/more.md", "index.md", "api.md#waves.half")
    small.edit("docs/api.md", "::: waves", "<a id='waves.half'></a>")
    small.edit("docs/index.md", "[half][waves.half]", "half")
    small.build()
    assert not small.warnings()
    small.edit("docs/api.md", "waves.half", "waves.third")
    assert small.build() == ["api.md"]
    assert "does not contain an anchor '#waves.half'" in "".join(small.warnings())


def test_what_is_not_known_to_look_at_the_text_alone_is_rendered_each_time(small):
    small.edit("mkdocs.yml", "attr_list", "wikilinks")
    assert small.build() == small.build() == EVERYTHING
    small.edit("mkdocs.yml", "wikilinks", "attr_list")
    small.edit("mkdocs.yml", "paths: [src]", "paths: [src], options: {preload_modules: [json]}")
    assert small.build() == EVERYTHING and small.build() == ["api.md"]


def test_where_nobody_would_hear_of_a_mistake_nothing_is_kept(small):
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    assert small.build() == small.build() == EVERYTHING


def test_what_is_damaged_is_rendered_anew(small):
    small.build()
    [entry] = (small.folder / "cache").rglob("*.entry")
    content = bytearray(entry.read_bytes())
    content[-20] ^= 1
    entry.write_bytes(content)
    assert small.build() == EVERYTHING
    assert small.build() == []

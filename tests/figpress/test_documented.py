"""A page that documents a module is kept until something changes that enters into it: as from nothing, and not more than needed."""

import zlib

import pytest

from tests.figpress.caching import Small

SOURCES = {
    "__init__": '"""Waves."""\n\nfrom waves.low import half\n\n__all__ = ["half"]\n',
    "low": '"""Low waves."""\n\n\nclass Wave:\n    """A wave."""\n\n\ndef half(x: Wave):\n    """Half of x."""\n    return x / 2\n',
    "high": '"""High waves."""\n\nfrom .low import Wave, half\n\n\nclass Tall(Wave):\n    """A tall wave."""\n\n    rise = half\n',
    "other": '"""Something else."""\n\nimport math\n\n\ndef root(x):\n    """Its root."""\n    return math.sqrt(x)\n',
    "deep/__init__": '"""Deep down."""\n',
    "deep/bottom": '"""The bottom."""\n\nfrom ..other import root\n\n\ndef ground():\n    """Nothing below."""\n    return root(4)\n',
}
MODULES = ("low", "high", "other", "deep.bottom")


@pytest.fixture
def small(tmp_path, monkeypatch, caplog):
    site = Small(tmp_path, monkeypatch, caplog)
    for name, text in SOURCES.items():
        site.write(f"src/waves/{name}.py", text)
    for module in MODULES:
        site.write(f"docs/{module}.md", f"# Of {module}\n\n::: waves.{module}\n")
    (tmp_path / "docs/api.md").unlink()
    site.edit("docs/index.md", "[half][waves.half]", "[half][waves.low.half]")
    return site


def inventory(small):
    return zlib.decompress(small.tree()["objects.inv"].split(b"\n", 4)[4]).decode()


ALL = {f"{module}.md" for module in MODULES}


@pytest.mark.parametrize(
    ("name", "old", "new", "rendered"),
    [
        ("other", "Its root", "The root", {"other.md", "deep.bottom.md"}),
        ("other", "math.sqrt(x)", "x**0.5", {"other.md", "deep.bottom.md"}),
        ("low", "Half of", "A half of", {"low.md", "high.md"}),
        ("low", "class Wave", "class Swell", {"low.md", "high.md"}),
        ("high", "A tall wave", "A very tall wave", {"high.md"}),
        ("deep/bottom", "Nothing", "All", {"deep.bottom.md"}),
        ("deep/__init__", "Deep", "Deeper", {"deep.bottom.md"}),
        ("__init__", "Waves.", "All waves.", ALL),
        # Who imports what gives it one more name.
        ("other", "import math", "import math\nfrom waves.low import half as part", ALL),
        ("__init__", '["half"]', "[]", ALL),
    ],
    ids=range(10),
)
def test_pages_are_rendered_where_what_they_reach_changes_and_are_as_from_nothing(small, name, old, new, rendered):
    small.build()
    assert small.build() == []
    small.edit(f"src/waves/{name}.py", old, new)
    assert set(small.build()) == rendered
    small.assert_is_as_from_nothing()


def test_names_do_not_depend_on_which_page_is_rendered(small):
    small.build()
    assert all(name in inventory(small) for name in ("waves.half", "waves.high.half", "waves.low.half"))
    small.edit("docs/low.md", "Of low", "Of what is low")
    assert small.build() == ["low.md"]
    small.assert_is_as_from_nothing()


@pytest.mark.parametrize("option", ["inherited_members: true", "docstring_style: numpy", "allow_inspection: false"])
def test_where_pages_depend_on_those_before_them_none_is_kept(small, option):
    small.edit("docs/low.md", "::: waves.low\n", f"::: waves.low\n    options:\n      {option}\n")
    small.build()
    assert ALL <= set(small.build())


def test_what_no_python_can_read_is_no_reason_to_fail_here(small):
    small.build()
    small.write("src/waves/broken.py", "def (:\n")
    small.build()
    assert ALL <= set(small.build())

"""Where libraries are not taken as they come."""

import sys

from fontTools import subset

from figpress.drawing.tricks import fonts_cut_quickly, import_when_used
from figpress.drawing.typefaces import brought


def test_a_module_is_imported_when_it_is_used(tmp_path, monkeypatch):
    (tmp_path / "outer_package").mkdir()
    (tmp_path / "outer_package/__init__.py").touch()
    (tmp_path / "outer_package/inner.py").write_text("loaded = True\n")
    monkeypatch.syspath_prepend(tmp_path)
    import_when_used("outer_package.inner", "outer_package.other", "no_such_package.inner")
    assert not {"outer_package.other", "no_such_package.inner"} & sys.modules.keys()
    from outer_package import inner

    placeholder = sys.modules["outer_package.inner"]
    assert "loaded" not in vars(placeholder) and not hasattr(inner, "__file__")
    assert inner.loaded and sys.modules["outer_package.inner"] is not placeholder
    import outer_package.inner as again

    assert vars(again)["loaded"]


def test_fonts_are_cut_without_tables_for_placing_letters_and_only_within_the_block():
    def tables():
        with subset.load_font(str(brought().regular), subset.Options()) as font:
            return set(font.keys())

    before = tables()
    with fonts_cut_quickly():
        assert before - tables() == {"GSUB", "GPOS", "GDEF"}
    assert tables() == before

"""Fonts: subsets that can be read, made once, the same each time, with no file left open."""

import io

from fontTools.ttLib import TTFont

from figpress import runtime


def test_fonts_are_cut_down_kept_and_readable(tmp_path, monkeypatch):
    made = runtime.fonts(tmp_path)
    assert set(made) == {"source-sans-regular", "source-sans-semibold", "source-sans-italic", "stix-two-math"}
    for name, content in made.items():
        with TTFont(io.BytesIO(content)) as font:
            characters = font.getBestCmap()
            assert font.flavor == "woff" and {ord(c) for c in "Lw0=+\u2212"} <= set(characters), name
            assert ("MATH" in font) == (name == "stix-two-math")
    monkeypatch.setattr(runtime, "subset", lambda *_: 1 / 0)
    assert runtime.fonts(tmp_path) == made


def test_a_font_is_the_same_each_time():
    source = runtime._font_sources()["source-sans-italic"]
    assert runtime.subset(*source) == runtime.subset(*source)

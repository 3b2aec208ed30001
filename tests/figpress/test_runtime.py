"""Fonts: subsets that can be read, made once, the same each time, with no file left open. Figures' files, as they are kept."""

import io

import pytest
from fontTools.ttLib import TTFont

from figpress.drawing.style import Style
from figpress.making.processes import run_in_subprocess
from figpress.pages import assets as runtime
from figpress.pages.assets import write_figures
from figpress.store import Damaged, Parts, Store, pack, unpack


def test_fonts_are_cut_down_kept_and_readable(tmp_path, monkeypatch):
    made = runtime.fonts(tmp_path)
    assert set(made) == {"source-sans-regular", "source-sans-semibold", "source-sans-italic", "stix-two-math"}
    for name, content in made.items():
        with TTFont(io.BytesIO(content)) as font:
            characters = font.getBestCmap()
            assert font.flavor == "woff" and {ord(c) for c in "Lw0=+\u2212"} <= set(characters), name
            assert ("MATH" in font) == (name == "stix-two-math")
    # The same each time it is made, and made once.
    assert runtime.subset(*runtime._font_sources()["source-sans-italic"]) == made["source-sans-italic"]
    monkeypatch.setattr(runtime, "subset", lambda *_: 1 / 0)
    assert runtime.fonts(tmp_path) == made


@pytest.mark.parametrize(
    "where", [lambda function, *arguments: function(*arguments), run_in_subprocess], ids=["here", "elsewhere"]
)
def test_files_of_figures_are_written_as_they_are_kept(tmp_path, where):
    style = Style({"l1": ("#aa0000", "#ff8888"), "ink": ("#000000", "#ffffff")}, (4.0, 3.0), {})
    files = {"svg": b'<svg fill="#AA0000" stroke="#123456"/>', "csv": b"x\n"}
    kept = Store(tmp_path / "entries").save("walk", "key", pack({"name": "walk"}, {"inline": b"<svg/>", **files}))
    in_memory = unpack(pack({}, {"svg": b"<svg/>"}))
    where(
        write_figures,
        tmp_path / "site/figures",
        style,
        {"walk": Parts(kept, ("svg", "png", "csv")), "new": Parts(in_memory, ("svg",))},
    )
    assert {path.name: path.read_bytes() for path in (tmp_path / "site/figures").iterdir()} == {
        "walk.svg": files["svg"],
        "walk.csv": files["csv"],
        "walk-dark.svg": b'<svg fill="#ff8888" stroke="#123456"/>',
        "new.svg": b"<svg/>",
        "new-dark.svg": b"<svg/>",
    }
    kept.path.unlink()
    with pytest.raises(Damaged, match="key.entry"):
        where(write_figures, tmp_path / "site/figures", style, {"walk": Parts(kept, ("svg",))})

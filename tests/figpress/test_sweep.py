"""A parameter swept: at which values, and what is in the moving picture."""

import io
import shutil
import subprocess
import sys
import types
from typing import Annotated

import pytest
from PIL import Image, ImageSequence

from figpress.drawing.script import main
from figpress.drawing.sweep import MOST, moving, sweep
from figpress.figure.computing import figure_module
from figpress.figure.parameters import Choice, Range, Text
from figures import absolute_value


def _figure():
    module = types.ModuleType("toy", "A toy.")

    def data(
        w0: Annotated[float, Range(-1, 1, 0.25)] = 0.5,
        lam: Annotated[float, Range(0.01, 100, 0.5, scale="log")] = 1.0,
        n: Annotated[int, Range(0, 1000, 1)] = 3,
        kind: Annotated[str, Choice(("L1", "L2"))] = "L1",
        words: Annotated[str, Text()] = "",
        tens: Annotated[int, Range(0, 30, 10)] = 30,
        rate: Annotated[float, Range(0, 2, 0.5, open_low=True)] = 1.0,
    ) -> dict: ...

    module.data, module.facts, module.draw, module.describe = (
        data,
        lambda data: {},
        lambda figure, data: None,
        lambda *_: "",
    )
    return figure_module(module)


def test_a_sweep_stops_where_the_slider_does():
    figure = _figure()
    assert sweep(figure, "w0") == ("w0", [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1])
    assert sweep(figure, "lam") == ("lam", [0.01, 0.03162, 0.1, 0.3162, 1, 3.162, 10, 31.62, 100])
    # Ends between two stops are shown as well, and the way may lead down.
    assert sweep(figure, "w0=0.6:-0.1") == ("w0", [0.6, 0.5, 0.25, 0, -0.1])
    assert sweep(figure, "n=2:4") == ("n", [2, 3, 4]) and sweep(figure, "w0=0.5:0.5") == ("w0", [0.5])
    assert sweep(figure, "kind") == ("kind", ["L1", "L2"])
    # A whole number by its own steps, and an end that is not admitted is none.
    assert sweep(figure, "tens") == ("tens", [0, 10, 20, 30]) and sweep(figure, "rate") == ("rate", [0.5, 1, 1.5, 2])
    name, values = sweep(figure, "n")
    assert values[0] == 0 and values[-1] == 1000 and MOST / 2 < len(values) <= MOST


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("q", "sweep must name one of w0, lam, n, kind, tens, rate, got 'q'"),
        ("words", "sweep must name one of w0, lam, n, kind, tens, rate, got 'words'"),
        ("n=3", "sweep must look like n=FROM:TO, got 'n=3'"),
        ("n=0.5:3", "n must be a whole number"),
        ("w0=0:2", r"w0 must be in \[-1, 1\], got 2"),
        ("kind=L1:L2", "takes kind through all its options"),
    ],
)
def test_what_cannot_be_swept_is_said(text, said):
    with pytest.raises(ValueError, match=said):
        sweep(_figure(), text)


def _pictures():
    """Odd sides, and one colour a picture."""
    for colour in ("red", "lime", "blue", "white"):
        file = io.BytesIO()
        Image.new("RGB", (41, 31), colour).save(file, "png")
        yield file.getvalue()


def test_a_gif_has_all_pictures_and_rests_on_the_last():
    image = Image.open(io.BytesIO(moving(_pictures(), "gif", 4)))
    frames = [
        (frame.convert("RGB").getpixel((20, 15)), frame.info["duration"]) for frame in ImageSequence.Iterator(image)
    ]
    assert image.info["loop"] == 0 and image.size == (41, 31)
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]
    assert frames == list(zip(colours, [250, 250, 250, 1500]))


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
def test_an_mp4_has_all_pictures_and_even_sides(tmp_path):
    file = tmp_path / "sweep.mp4"
    file.write_bytes(moving(_pictures(), "mp4", 4))
    asked = "-count_frames -select_streams v -show_entries stream=nb_read_frames,width,height,pix_fmt,r_frame_rate -of csv=p=0"
    found = subprocess.run(["ffprobe", "-v", "error", *asked.split(), file], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "42,32,yuv420p,4/1,4"


def test_who_watches_a_sweep_sees_how_far_it_is(monkeypatch, tmp_path):
    class Terminal(io.StringIO):
        def isatty(self):
            return watched

    for watched in (True, False):
        monkeypatch.setattr(sys, "stderr", Terminal())
        options = ["--sweep", "g=0.95:1", "--size", "2x2", "--dpi", "30", "-o", str(tmp_path / "moving.gif")]
        main(figure_module(absolute_value), options)
        assert ("2/2" in sys.stderr.getvalue()) == watched


def test_where_there_is_no_ffmpeg_an_mp4_is_refused_in_words(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ValueError, match="ffmpeg, which is not installed; a GIF needs nothing more"):
        moving(_pictures(), "mp4", 4)
    with pytest.raises(ValueError, match=r"fps must be in \[0.5, 50\]"):
        moving(_pictures(), "gif", 0)

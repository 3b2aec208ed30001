"""A parameter swept from one end to the other, as a moving picture: for slides, and for pages that run no script."""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from figpress.figure.computing import FigureModule
from figpress.figure.parameters import Choice, Parameter, Range, slider_position

MOVING = ("gif", "mp4")
"""What a sweep can be written as; mp4 where ffmpeg is installed."""

MOST = 240
"""As many pictures at most: a finer grain is passed over."""

PALETTE_FROM = 8
"""From how many pictures of a GIF its colours are taken."""

LAST_SECONDS = 1.5
"""How long a GIF stands still before it begins again."""


def sweepable(figure: FigureModule) -> dict[str, Parameter]:
    """The parameters that can be swept, by what they are called in a command: not texts."""
    return {p.name.replace("_", "-"): p for p in figure.parameters if isinstance(p.domain, Range | Choice)}


def sweep(figure: FigureModule, text: str) -> tuple[str, list]:
    """Read ``n``, ``n=0:12`` or ``n=12:0``: a parameter, and the values at which its slider stops between two ends.

    Without ends it is swept over its whole range; a choice shows each of its options.

    Raises:
        ValueError: no such parameter, none that can be swept, or ends outside its range.
    """
    name, _, ends = text.partition("=")
    parameters = sweepable(figure)
    parameter = parameters.get(name.strip().replace("_", "-"))
    if parameter is None:
        raise ValueError(f"sweep must name one of {', '.join(parameters) or 'no parameters'}, got {name!r}")
    if isinstance(parameter.domain, Choice):
        if ends:
            raise ValueError(f"sweep takes {name} through all its options, and no ends, got {ends!r}")
        return parameter.name, list(parameter.domain.options)
    first, colon, last = ends.partition(":")
    if ends and not colon:
        raise ValueError(f"sweep must look like {name}=FROM:TO, got {text!r}")
    return parameter.name, between(parameter, *map(parameter.parse, (first, last) if ends else ()))


def _stops(parameter: Parameter) -> list:
    """Where the slider of a parameter stops; of one without a slider the whole numbers."""
    domain = parameter.domain
    if domain.step is None and parameter.type is int:
        domain = replace(domain, step=1)
    if domain.step is None:
        raise ValueError(f"{parameter.name} has no slider whose stops could be shown; sweep another parameter")
    whole = slider_position(domain.high, domain.scale) - slider_position(domain.low, domain.scale)
    return [parameter.type(domain.stop(k)) for k in range(domain.open_low, round(whole / domain.step) + 1)]


def between(parameter: Parameter, first: float | None = None, last: float | None = None) -> list:
    """Two values, by default the ends of the range, and between them the stops of the slider; every second, third ... where they
    are too many."""
    stops = _stops(parameter)
    first, last = stops[0] if first is None else first, parameter.domain.high if last is None else last
    low, high = sorted((first, last))
    inner = [stop for stop in stops if low < stop < high]
    inner = inner[:: -(-len(inner) // (MOST - 2)) or 1]
    values = [low, *inner, high] if low < high else [low]
    return values if first <= last else values[::-1]


def moving(pictures: Iterable[bytes], file_format: str, pictures_a_second: float) -> bytes:
    """PNG files of one size, one after another, as an animated GIF or an MP4 (H.264)."""
    if not 0.5 <= pictures_a_second <= 50:
        raise ValueError(f"fps must be in [0.5, 50], got {pictures_a_second:g}")
    return _WRITERS[file_format](pictures, pictures_a_second)


def _gif(pictures: Iterable[bytes], pictures_a_second: float) -> bytes:
    from PIL import Image

    files = list(pictures)
    images = (Image.open(io.BytesIO(file)).convert("RGB") for file in files)
    # One palette for all, so that no colour flickers: that of some pictures side by side.
    seen = [Image.open(io.BytesIO(file)).convert("RGB") for file in files[:: -(-len(files) // PALETTE_FROM)]]
    strip = Image.new("RGB", (seen[0].width, seen[0].height * len(seen)))
    for row, image in enumerate(seen):
        strip.paste(image, (0, row * image.height))
    palette = strip.quantize(255)
    first, *others = (image.quantize(palette=palette) for image in images)
    durations = [round(1000 / pictures_a_second)] * len(files)
    durations[-1] = max(durations[-1], round(1000 * LAST_SECONDS))
    file = io.BytesIO()
    first.save(file, "gif", save_all=True, append_images=others, duration=durations, loop=0, optimize=False)
    return file.getvalue()


def _mp4(pictures: Iterable[bytes], pictures_a_second: float) -> bytes:
    if not (ffmpeg := shutil.which("ffmpeg")):
        raise ValueError("an MP4 is made by ffmpeg, which is not installed; a GIF needs nothing more")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "sweep.mp4")
        source = ["-f", "image2pipe", "-c:v", "png", "-framerate", f"{pictures_a_second:g}", "-i", "-"]
        # Players ask for these colours, and these for even sides.
        colours = ["-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p", "-movflags", "+faststart"]
        run = subprocess.run(
            [ffmpeg, "-loglevel", "error", *source, *colours, "-fflags", "+bitexact", str(target)],
            input=b"".join(pictures),
            capture_output=True,
        )
        if run.returncode:
            raise ValueError(f"ffmpeg could not make the MP4: {run.stderr.decode(errors='replace').strip()}")
        return target.read_bytes()


_WRITERS: dict[str, Callable[[Iterable[bytes], float], bytes]] = {"gif": _gif, "mp4": _mp4}

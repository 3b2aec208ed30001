"""Run one figure script from the command line: its parameters are its options."""

import argparse
import functools
import re
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

from figpress.drawing.render import FORMATS, MAX_INCHES, PNG_DPI, checked_size, render
from figpress.drawing.style import SCHEMES, Style, load_style
from figpress.drawing.sweep import MOVING, moving, sweep, sweepable
from figpress.drawing.texts import Texts, load_texts, written
from figpress.drawing.texts_of import check_known, said_by
from figpress.figure.computing import FigureModule
from figpress.project import find_project
from figpress.store import write_whole


def _joined(arguments: list[str]) -> list[str]:
    """Options with a negative number as ``--option=-1e-3``: argparse takes some of them for options."""
    joined: list[str] = []
    for argument in arguments:
        if (
            joined
            and re.fullmatch(r"--[a-z][\w-]*", joined[-1])
            and re.match(r"-(\.?\d|inf\b)", argument, re.IGNORECASE)
        ):
            joined[-1] += f"={argument}"
        else:
            joined.append(argument)
    return joined


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{name} must be a number, got {text!r}") from None


def parse_size(text: str) -> tuple[float, float]:
    """Read "8x4" as inches."""
    try:
        width, height = (float(side) for side in text.lower().split("x"))
    except ValueError:
        raise ValueError(f"size must look like 8x4 (inches), got {text!r}") from None
    return width, height


def in_proportion(figure: FigureModule, style: Style, size: tuple[float, float] | None) -> float:
    """How much larger lettering is to be on a sheet of another size, so that all of it has the room that it has on the figure's own."""
    if size is None:
        return 1.0
    ratio = min(side / own for side, own in zip(checked_size(size), figure.size or style.size))
    return min(max(ratio, 0.25), 4.0)


class _OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line; the whole usage is a ``--help`` away."""

    def error(self, message):
        self.exit(2, f"{self.prog}: {message}; see --help\n")


def argument_parser(figure: FigureModule) -> argparse.ArgumentParser:
    """The options of a figure script: one for each parameter, then those that all scripts share."""
    parser = _OneLineParser(prog=f"{figure.name}.py", description=figure.title + ".", allow_abbrev=False)
    own = parser.add_argument_group("parameters")
    for parameter in figure.parameters:
        words = " ".join(
            filter(None, (parameter.domain.label, f"({parameter.domain.symbol})" if parameter.domain.symbol else ""))
        )
        help_text = (
            f"{words or parameter.name}: {parameter.type.__name__}, {parameter.domain}; "
            f"default {textwrap.shorten(str(parameter.default), 60, placeholder=' ...')}"
        )
        own.add_argument(
            f"--{parameter.name.replace('_', '-')}",
            dest=f"parameter_{parameter.name}",
            metavar="VALUE",
            help=help_text.replace("%", "%%"),
        )
    shared = parser.add_argument_group("output")
    shared.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path(f"{figure.name}.svg"),
        help=f"file to write; its ending is the format, one of {', '.join(FORMATS)}, or with --sweep {' and '.join(MOVING)}; default %(default)s",
    )
    shared.add_argument("--scheme", default="light", help=f"one of {', '.join(SCHEMES)}; default %(default)s")
    shared.add_argument(
        "--size", help=f"width x height in inches, each in [0.5, {MAX_INCHES:g}], as in 8x4; default: the figure's own"
    )
    shared.add_argument("--dpi", default=PNG_DPI, help="resolution of a PNG, in [10, 1200]; default %(default)s")
    shared.add_argument(
        "--text-scale",
        help="all lettering and lines larger by this factor, in [0.25, 4]; default: as much as the figure is with --size",
    )
    shared.add_argument("--transparent", action="store_true", help="no paper behind the drawing")
    shared.add_argument(
        "--editable-text",
        action="store_true",
        help="letters of an SVG as texts, which bring their font, and not as outlines; those of a PDF always are",
    )
    shared.add_argument(
        "--texts",
        type=Path,
        metavar="FILE",
        help="a table (TOML) of what the drawing says instead of its own texts, as in another language",
    )
    shared.add_argument(
        "--write-texts",
        type=Path,
        metavar="FILE",
        help="draw nothing; write a table of all texts of the figure, to be filled in and used with --texts",
    )
    shared.add_argument(
        "--sweep",
        metavar="PARAMETER[=FROM:TO]",
        help="for a GIF or an MP4 (where ffmpeg is installed): the parameter that moves, from one end of its range to the other if none are given",
    )
    shared.add_argument(
        "--fps", default=8, help="pictures a second of a GIF or an MP4, in [0.5, 50]; default %(default)s"
    )
    return parser


def _style(figure: FigureModule) -> Style:
    return load_style(find_project(Path(sys.modules[figure.data.__module__].__file__)).style)


def _watched(values: Iterable, **named) -> Iterable:
    """Shown where somebody watches."""
    return tqdm(values, leave=False, disable=None, **named)


def _table_of_texts(figure: FigureModule, file: Path, given: dict[str, str]) -> bytes:
    if file.exists():
        raise ValueError(f"{file} is there already, perhaps with translations: name another file")
    *_, said = _watched(said_by(figure, _style(figure), given), desc="looking at its texts")
    return written(f"{figure.name}.py", said.seen).encode()


def _written(figure: FigureModule, options: argparse.Namespace, given: dict[str, str]) -> bytes:
    """The drawing; with a table of texts, a notice of what it lacks goes to stderr."""
    style = _style(figure)
    if options.texts is None:
        return _drawing(figure, style, options, given, None)
    if options.output.suffix.lower() == ".csv":
        raise ValueError("a csv file has the figure's data, in which no text is replaced: leave out --texts")
    table = load_texts(options.texts)
    content = _drawing(figure, style, options, given, table)
    check_known(table, said_by(figure, style, given), options.texts, figure.name)
    missing = [text for text in table.seen if text not in table.instead]
    if missing:
        print(f"{figure.name}.py: {options.texts} has nothing for {', '.join(map(repr, missing))}", file=sys.stderr)
    return content


def _drawing(
    figure: FigureModule, style: Style, options: argparse.Namespace, given: dict[str, str], table: Texts | None
) -> bytes:
    file_format = options.output.suffix.removeprefix(".").lower()
    size = parse_size(options.size) if options.size is not None else None
    drawing = functools.partial(
        render,
        figure,
        style,
        scheme=options.scheme,
        size=size,
        dpi=_number("dpi", options.dpi),
        text_scale=in_proportion(figure, style, size)
        if options.text_scale is None
        else _number("text-scale", options.text_scale),
        transparent=options.transparent,
        text_as_paths=not options.editable_text,
        texts=table,
    )
    if file_format not in MOVING:
        if options.sweep is not None:
            raise ValueError(f"a sweep is written as {' or '.join(MOVING)}, got {options.output.name!r}")
        return drawing(file_format, given)
    if options.sweep is None:
        names = list(sweepable(figure))
        said = f"say which parameter does, as in --sweep {names[-1]}" if names else "no parameter of this figure does"
        raise ValueError(f"{file_format} files move: {said}")
    if options.transparent:
        raise ValueError(f"{file_format} files have no paper that is half seen through: leave out --transparent")
    name, values = sweep(figure, options.sweep)
    pictures = (drawing("png", given | {name: value}) for value in _watched(values, desc=name, unit="picture"))
    return moving(pictures, file_format, _number("fps", options.fps))


def main(figure: FigureModule, arguments: list[str] | None = None) -> None:
    """Draw ``figure`` as the command line says; on bad input one line on stderr and exit status 2."""
    parser = argument_parser(figure)
    options = parser.parse_args(_joined(sys.argv[1:] if arguments is None else arguments))
    prefix = "parameter_"
    given = {
        name.removeprefix(prefix): value
        for name, value in vars(options).items()
        if name.startswith(prefix) and value is not None
    }
    output: Path = options.write_texts or options.output
    try:
        if options.write_texts:
            content = _table_of_texts(figure, options.write_texts, given)
        else:
            content = _written(figure, options, given)
    except (OSError, ValueError) as error:
        parser.exit(2, f"{parser.prog}: {error}\n")
    try:
        write_whole(output, content)
    except OSError as error:
        parser.exit(2, f"{parser.prog}: cannot write {output}: {error.strerror or error}\n")
    print(output)

"""All that a figure says, whatever its parameters: what a table of its texts has, and may have."""

import contextlib
import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from figpress.drawing.render import not_laid_out
from figpress.drawing.style import Style, applied
from figpress.drawing.sweep import between
from figpress.drawing.texts import Texts
from figpress.figure.computing import FigureModule, compute
from figpress.figure.parameters import Choice, Parameter, Range

STOPS = 4
"""How many values of a parameter are tried, besides its first two, to see what a figure says."""


def said_by(figure: FigureModule, style: Style, given: Mapping[str, object]) -> Iterator[Texts]:
    """All that a figure says: with the given parameters, and as each of them by itself goes over its range. In one object, which
    has seen more after each step."""
    texts, known = Texts(), []
    bases = [dict(given), {}] if given else [{}]
    settings = (base | moved for base in bases for moved in ({}, *_moved(figure.parameters)))
    with applied(style):
        for setting in settings:
            if setting in known:
                continue
            known.append(setting)
            # Some values do not go together.
            with contextlib.suppress(ValueError):
                computed = compute(figure, setting)
                texts.put_on(not_laid_out(figure, computed.data, style))
                texts.of_sentences(computed.description)
            yield texts


def _moved(parameters: Iterable[Parameter]) -> Iterator[dict[str, object]]:
    for parameter in parameters:
        if isinstance(parameter.domain, Choice):
            stops = parameter.domain.options
        elif isinstance(parameter.domain, Range) and (parameter.type is int or parameter.domain.step):
            stops = between(parameter)
            # The first two are often words of their own: nothing, and one of a thing.
            stops = [*stops[:2], *(stops[k * (len(stops) - 1) // STOPS] for k in range(1, STOPS + 1))]
        else:
            continue
        yield from ({parameter.name: stop} for stop in stops)


def check_known(texts: Texts, said: Iterable[Texts], file: Path, name: str) -> None:
    """Refuse a table with a text that the figure does not have.

    Args:
        texts: the table, which has been put on the drawing.
        said: what else the figure says, looked at as far as is needed.
        file: the table's file.
        name: the figure's name.

    Raises:
        ValueError: a key of the table is said neither by the drawing nor by the rest.
    """
    missing, all_said = set(texts.instead) - texts.seen.keys(), dict(texts.seen)
    for more in said if missing else ():
        all_said |= more.seen
        missing -= more.seen.keys()
        if not missing:
            return
    for key in texts.instead:
        if key in missing:
            near = difflib.get_close_matches(key, all_said, 1, 0.5)
            hint = f"; it says {near[0]!r}" if near else "; --write-texts writes what it says"
            raise ValueError(f"{file}: {name} does not say {key!r}{hint}")

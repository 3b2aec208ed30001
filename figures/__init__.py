"""The figures of the site, one module each, and the style that they are drawn in."""

from pathlib import Path

from figpress.drawing.style import applied, load_style


def house_style(scheme="light"):
    """A ``with`` block in which a figure's ``draw`` finds its colours and fonts, on any Matplotlib figure.

    ``with house_style(): draw(figure, data())``; the names of its colours stay known, so that the figure can be shown later.
    """
    return applied(load_style(Path(__file__).with_name("style.toml")), scheme, keep_names=True)

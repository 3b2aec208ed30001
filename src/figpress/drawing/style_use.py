"""What of the style a drawing used."""

from dataclasses import dataclass, field

from figpress.drawing.style import Style

_KEPT_BY_MATPLOTLIB = ("font", "mathtext", "text")
"""Settings that Matplotlib reads while it makes fonts and formulas, which it keeps for as long as the process lives."""


@dataclass(frozen=True)
class StyleUse:
    """The colours that were looked up by name, those whose light value stands in the drawing, the settings that were read (None
    for all), and whether the figure has a size of its own; and the values that all these had."""

    names: list[str]
    hexes: list[str]
    settings: list[str] | None
    own_size: bool
    values: dict[str, object] = field(default_factory=dict)

    def values_in(self, style: Style) -> dict[str, object]:
        """What of a style can have mattered.

        A colour does where its name was looked up; or where its light value, however it got there, stands in the drawing,
        because the page's copy names it. A setting does where it was read, or may have been read for an earlier figure and the
        result kept.
        """
        values: dict[str, object] = {}
        read = None if self.settings is None else set(self.settings)
        for name, value in style.palette("light").items():
            if name in self.names or value in self.hexes:
                values[f"colours.{name}"] = value
        for name, value in style.rc.items():
            if read is None or name in read or name.partition(".")[0] in _KEPT_BY_MATPLOTLIB:
                values[f"rc.{name}"] = value
        if not self.own_size:
            values["size"] = list(style.size)
        values["fonts"] = style.fonts.state
        return values

    def fields(self, style: Style) -> dict[str, object]:
        """All of it as plain values, with those that the style has now."""
        return vars(self) | {"values": self.values_in(style)}

"""The parameters of a figure: read from the signature of its ``data``, checked the same way everywhere.

One annotation is the whole declaration; the command line, the controls on the page and the checks follow from it::

    def data(w0: Annotated[float, Range(-10, 10, symbol="w₀", label="starting weight")] = 5.0): ...
"""

import inspect
import math
import typing
from dataclasses import dataclass
from math import inf, log10

_KINDS = {float: "a number", int: "a whole number", str: "a text"}
SCALES = ("linear", "log", "reciprocal")


def slider_position(value: float, scale: str) -> float:
    """Where a value stands on its slider: at itself, at its logarithm to base 10, or at 1 − 1/value. Pages use it as well, compiled."""
    if scale == "log":
        return log10(value)
    return 1 - 1 / value if scale == "reciprocal" else value


def slider_value(position: float, scale: str) -> float:
    """The value at a position of a slider; to four digits where the scale is not even in the value. Pages use it as well, compiled."""
    if scale == "log":
        return float(f"{10**position:.4g}")
    if scale == "reciprocal":
        return inf if position >= 1 else float(f"{1 / (1 - position):.4g}")
    return position


@dataclass(frozen=True)
class Range:
    """An interval of admissible numbers, ends included unless ``open_low`` says otherwise.

    ``step`` is the grain of a slider, ``symbol`` the sign used in mathematics, ``label`` the name in words, ``unit`` is
    shown after the value. ``scale`` says in what the slider is even: in the quantity (linear), in its logarithm (log; the
    step counts in powers of ten), or in 1 − 1/quantity (reciprocal, which has room for all numbers from some positive
    one up to infinity). The parameter is the quantity itself in each case.

    Raises:
        ValueError: no such scale, or one that ``low`` has no place on; a step that leads nowhere.
    """

    low: float
    high: float
    step: float | None = None
    symbol: str = ""
    label: str = ""
    unit: str = ""
    open_low: bool = False
    scale: str = "linear"

    def __post_init__(self):
        if self.scale not in SCALES:
            raise ValueError(f"scale must be one of {', '.join(SCALES)}, got {self.scale!r}")
        if self.step is not None and not self.step > 0:
            raise ValueError(f"the step of a range must be above 0, got {self.step!r}")
        if self.scale != "linear" and (self.low <= 0 or self.open_low):
            raise ValueError(f"a range with the scale {self.scale} must start at a positive number, got {self}")

    def __str__(self) -> str:
        return f"{'(' if self.open_low else '['}{self.low:g}, {self.high:g}]"

    def check(self, name: str, value: float) -> float:
        """Return ``value``, or raise ``ValueError`` naming the parameter, the value and the range."""
        inside = (self.low < value if self.open_low else self.low <= value) and value <= self.high
        if math.isnan(value) or not inside:
            raise ValueError(f"{name} must be in {self}, got {value:g}")
        return value

    def stop(self, k: int) -> float:
        """Where a slider stands after ``k`` steps from its low end: the value there, without the rounding of the sum."""
        # Without a sign before 0.
        position = round(slider_position(self.low, self.scale) + k * self.step, 10) + 0.0
        return min(slider_value(position, self.scale), self.high)


@dataclass(frozen=True)
class Choice:
    """One of a few named options."""

    options: tuple[str, ...]
    symbol: str = ""
    label: str = ""
    unit: str = ""

    def __str__(self) -> str:
        return "one of " + ", ".join(self.options)

    def check(self, name: str, value: str) -> str:
        """Return ``value``, or raise ``ValueError`` naming the parameter, the value and the options."""
        if value not in self.options:
            raise ValueError(f"{name} must be {self}, got {value!r}")
        return value


@dataclass(frozen=True)
class Text:
    """Any text, such as numbers that are pasted; ``lines`` is the height of its field.

    It may be a reader's own, so a page writes it into no address and no link: nothing of it leaves the page.
    """

    lines: int = 3
    symbol: str = ""
    label: str = ""
    unit: str = ""

    def __str__(self) -> str:
        return "a text"

    def check(self, name: str, value: str) -> str:
        """Return ``value``."""
        return value


@dataclass(frozen=True)
class Parameter:
    """One parameter of a figure: its name, type (float, int or str), default and domain."""

    name: str
    type: type
    default: float | int | str
    domain: Range | Choice | Text

    def parse(self, value: object) -> float | int | str:
        """Convert ``value`` (a number or its text) to the parameter's type and check it.

        Raises:
            ValueError: the text is no number of that type, or the value lies outside the domain.
        """
        if isinstance(value, bool):
            raise ValueError(f"{self.name} must be {_KINDS[self.type]}, got {value!r}")
        try:
            converted = self.type(value)
        except (TypeError, ValueError, OverflowError):
            raise ValueError(f"{self.name} must be {_KINDS[self.type]}, got {value!r}") from None
        if self.type is int and isinstance(value, float) and converted != value:
            raise ValueError(f"{self.name} must be a whole number, got {value!r}")
        return self.domain.check(self.name, converted)

    def check_slider(self) -> None:
        """Raise ``ValueError`` where a slider would stop at values that are no whole numbers, as the parameter's are."""
        if self.type is int and self.domain.step is not None:
            grain = (self.domain.low, self.domain.high, self.domain.step)
            if self.domain.scale != "linear" or not all(float(number).is_integer() for number in grain):
                raise ValueError(
                    f"{self.name} is a whole number, so its Range must be linear, with whole ends and step"
                )


def parameters_of(function: typing.Callable) -> tuple[Parameter, ...]:
    """Read the parameters from the annotations of a figure's ``data``.

    Raises:
        TypeError: a parameter has no default, or no annotation of a type with a domain of that type.
        ValueError: a default is not in its domain, or a slider would stop at what its parameter cannot be.
    """
    found = []
    hints = typing.get_type_hints(function, include_extras=True)
    for name, parameter in inspect.signature(function).parameters.items():
        hint = hints.get(name)
        domains = [item for item in getattr(hint, "__metadata__", ()) if isinstance(item, Range | Choice | Text)]
        kinds = [(typing.get_args(hint)[0], isinstance(domain, Range)) for domain in domains]
        if kinds not in ([(float, True)], [(int, True)], [(str, False)]) or parameter.default is parameter.empty:
            raise TypeError(
                f"parameter {name!r} of {function.__module__}.{function.__qualname__} needs a default and an annotation "
                "Annotated[float, Range(...)], Annotated[int, Range(...)], Annotated[str, Choice(...)] or Annotated[str, Text()]"
            )
        candidate = Parameter(name, kinds[0][0], parameter.default, domains[0])
        candidate.parse(parameter.default)
        candidate.check_slider()
        found.append(candidate)
    return tuple(found)


def complete(parameters: tuple[Parameter, ...], given: dict[str, object]) -> dict[str, float | int | str]:
    """Fill ``given`` up with defaults and check every value.

    Raises:
        ValueError: an unknown name or an inadmissible value.
    """
    unknown = sorted(set(given) - {parameter.name for parameter in parameters})
    if unknown:
        known = ", ".join(parameter.name for parameter in parameters) or "none"
        raise ValueError(f"unknown parameter {unknown[0]!r}; known: {known}")
    return {p.name: p.parse(given[p.name]) if p.name in given else p.default for p in parameters}

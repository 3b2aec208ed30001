"""What is compiled of a live figure."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class CompiledFigure:
    """A live figure as its page has it; all of it plain, so that it can be kept.

    Attributes:
        script: the compiled functions, and what the page's script has to know.
        functions: those that are compiled, as [module, qualified name]; all of their bodies are in the script.
        exact: whether results must agree with Python's to the last bit.
        fixed: the parameters without a control that the script relies on.
        controls, play, ask, verdict: as in ``Live``.
        elsewhere: the parameter that is called otherwise elsewhere, and how; empty where none is.
        extras: the scripts that its page needs beside what all pages have.
        artists, axes: which artists move, and the scales that they move along.
        drag: of each point that is dragged, the parameters that it sets.
        windows: as ``half_told`` has them.
    """

    script: str = ""
    functions: list[list[str]] = field(default_factory=list)
    exact: bool = False
    fixed: list[str] = field(default_factory=list)
    controls: list[str] = field(default_factory=list)
    play: str = ""
    ask: str = ""
    verdict: str = ""
    elsewhere: list = field(default_factory=list)
    extras: list[str] = field(default_factory=list)
    artists: dict[str, dict] = field(default_factory=dict)
    axes: list[dict | None] = field(default_factory=list)
    drag: dict[str, list] = field(default_factory=dict)
    windows: dict[str, list[float]] = field(default_factory=dict)

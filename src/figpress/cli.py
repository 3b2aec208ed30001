"""The command line: figpress build | check | why | list | stage | clean."""

import argparse
import ast
import contextlib
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from figpress.checking.checking import Checking
from figpress.making.press import Press
from figpress.making.result import FigureError
from figpress.project import find_project


@contextlib.contextmanager
def _progress(unit: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr; nothing where stderr is no terminal."""
    from tqdm import tqdm

    with tqdm(total=0, unit=unit, disable=None, leave=False, file=sys.stderr) as bar:

        def show(name: str, done: int, total: int) -> None:
            bar.total = total
            bar.set_postfix_str(name, refresh=False)
            bar.update(done - bar.n)

        yield show


def _build(press: Press, options: argparse.Namespace) -> int:
    with _progress("figure") as progress:
        build = press.build(progress)
    count = len(build.results) + len(build.notebooks)
    print(
        f"{len(build.drawn)} of {count} made anew in {build.seconds:.1f} s{': ' if build.drawn else ''}{', '.join(build.drawn)}"
    )
    return 0


def _check(press: Press, options: argparse.Namespace) -> int:
    stale = _by_reason(press.check())
    for line in stale:
        # At once: checks can take minutes where all are made anew.
        print(line, flush=True)
    if stale:
        print("figpress build makes what is stale", file=sys.stderr, flush=True)
    with _progress("check") as progress:
        checked = Checking(press.project, options.jobs).check(press.fresh(), progress)
    for problem in checked.problems:
        print(problem)
    print(f"{len(checked.made)} of {len(checked.verdicts)} checks made anew", file=sys.stderr)
    return 1 if stale or checked.problems else 0


def _by_reason(lines: list[str]) -> list[str]:
    """One line for all names that have the same reason: after an update of the press that is every figure."""
    names: dict[str, list[str]] = {}
    for line in lines:
        name, _, reason = line.partition(": ")
        names.setdefault(reason, []).append(name)
    return [f"{', '.join(those)}: {reason}" for reason, those in names.items()]


def _why(press: Press, options: argparse.Namespace) -> int:
    for reason in press.why(options.name) or ["fresh"]:
        print(reason)
    return 0


def title_of(script: Path) -> str:
    """The first line of a script's docstring; "" where it has none or cannot be read."""
    try:
        return (ast.get_docstring(ast.parse(script.read_bytes())) or "").split("\n")[0].rstrip(".")
    except (OSError, SyntaxError, ValueError):
        return ""


def _list(press: Press, options: argparse.Namespace) -> int:
    states = press.states()
    width = max((len(item.name) for item in states), default=0)
    for item, reasons in states.items():
        title = title_of(press.project.figures / f"{item.name}.py") if item.kind == "figure" else item.kind
        print(f"{item.name:<{width}}  {'stale' if reasons else 'fresh'}  {title}".rstrip())
    return 0


def _stage(press: Press, options: argparse.Namespace) -> int:
    # Few commands need what this one imports, and it takes half a second.
    from figpress.pages.site import PageError
    from figpress.publishing.staging import SETTINGS, stage

    try:
        changed, notices = stage(press.project, options.folder, strict=options.strict, jobs=options.jobs)
    except PageError as error:
        print(error, file=sys.stderr)
        return 1
    for notice in notices:
        print(notice, file=sys.stderr)
    print(f"{changed} files changed in {options.folder} and {SETTINGS}")
    return 0


def _clean(press: Press, options: argparse.Namespace) -> int:
    press.clean()
    return 0


def argument_parser() -> argparse.ArgumentParser:
    """The command and its options."""
    parser = argparse.ArgumentParser(
        prog="figpress", description="Keep the figures of a project fresh.", allow_abbrev=False
    )
    parser.add_argument(
        "--project", type=Path, default=Path.cwd(), help="a folder of the project; default: the current one"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, action: Callable[[Press, argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        added.set_defaults(action=action, jobs=None)
        return added

    build = command("build", _build, "draw what is stale, run stale notebooks")
    build.add_argument("--jobs", type=int, help="worker processes; default: as many as there are processors")
    check = command("check", _check, "list what is stale or wrong; exit status 1 where anything is")
    check.add_argument("--jobs", type=int, help="worker processes; default: as many as there are processors")
    command("why", _why, "say what made a figure stale").add_argument("name", help="a figure or notebook")
    command("list", _list, "list figures and notebooks, fresh or stale")
    staged = command("stage", _stage, "stage the site for a generator that runs Markdown extensions and no plugins")
    staged.add_argument("folder", type=Path, help="a folder for it within the project, such as build/docs")
    staged.add_argument("--strict", action="store_true", help="check all pages, and refuse those that are wrong")
    staged.add_argument("--jobs", type=int, help="worker processes; default: as many as there are processors")
    command("clean", _clean, "remove all that is kept")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run a command; the exit status is 1 where something is wrong with the figures, 2 where it is with the command."""
    parser = argument_parser()
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # Titles have Greek letters, which not every terminal or pipe can take.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        return options.action(Press(find_project(options.project), options.jobs), options)
    except FigureError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, SyntaxError, ValueError) as error:
        parser.exit(2, f"{parser.prog}: {error}\n")
    except KeyboardInterrupt:
        print(f"{parser.prog}: interrupted; what is finished is kept", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())

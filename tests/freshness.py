"""Does a warm build ever differ from one from nothing, and does it redraw only what depended on the edit?

    python -m tests.freshness                      every edit (an hour of two processors)
    python -m tests.freshness --sample 7           one of each kind, twice as many with 14
    python -m tests.freshness --sample 7 --together   the same in one build, which a sample of every run can afford
    python -m tests.freshness --stale              every edit, but only what would be redrawn (a third of that)

In a copy of the project each function, default, decorator and constant of src/shrinkage and figures/given.py, each statement
that fetches names from a module, each entry of the style and each data file is changed in turn, to see what is stale then.
That may be: for a function, the figures in which it ran; for a constant, a default or a decorator, those that ran code which
names it, or all that import its module where more than plain values makes it; for one more name that is fetched, none;
for a colour, those that name it; for a data file, those that read it. Then what code can depend on beside code (tests/ways.py: whether
a file is there, how large it is, what a folder lists, environment variables...) is changed in a small project, to see the same.

Then the copy is built warm, once more from nothing, and all that came out (or the errors) is compared. Edits that make the
same figures stale are made together: should one of them reach a figure beyond these, that figure is not drawn again by the
warm build, whatever the others do, and differs. Where a build with several edits differs, each is tried alone. Exit status 1
where anything differs or more is redrawn.
"""

import argparse
import ast
import copy
import functools
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from figpress.drawing.style import load_style
from figpress.freshness.cutting import cut
from figpress.freshness.pieces import outer_functions
from figpress.making.press import Press
from figpress.making.result import Build, FigureError
from figpress.project import Project, find_project
from tests import ways
from tests.figpress import conftest as small_project

ROOT = Path(__file__).resolve().parents[1]
SWAPPED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}


LOOSER = {
    "nonnegative": "finite",
    "positive": "finite",
    "nonnegative_number": "number",
    "positive_number": "number",
    "finite": "nonnegative",
    "number": "nonnegative_number",
    "MATRIX": "WEIGHTS",
}


@dataclass(frozen=True)
class Mutant:
    """One change: of what in which file, and how it makes a new text of the old one."""

    path: str
    module: str
    kind: str
    name: str
    edit: Callable[[str], str]

    def __str__(self) -> str:
        return f"{self.kind} {'.'.join(filter(None, (self.module, self.name)))}"


class _Change(ast.NodeTransformer):
    """Changes the first operator, comparison or number it meets."""

    def __init__(self) -> None:
        self.done = False

    def visit(self, node: ast.AST) -> ast.AST:
        if self.done:
            return node
        operator = getattr(node, "op", None) or (node.ops[0] if isinstance(node, ast.Compare) else None)
        if type(operator) in SWAPPED:
            self.done = True
            if isinstance(node, ast.Compare):
                node.ops[0] = SWAPPED[type(operator)]()
            else:
                node.op = SWAPPED[type(operator)]()
            return node
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            self.done = True
            return ast.Constant(not node.value if isinstance(node.value, bool) else node.value + 1)
        return self.generic_visit(node)


def changed_body(function: ast.AST) -> bool:
    """Change a function's body; where nothing in it can be swapped, let it fail."""
    change = _Change()
    function.body = [change.visit(statement) for statement in function.body]
    if not change.done:
        function.body = [*ast.parse(f"raise RuntimeError('{function.name} was changed')").body, *function.body]
    return True


def changed_default(function: ast.AST) -> bool:
    """Change a function's first default; False where it has none that is a number."""
    change = _Change()
    function.args.defaults = [change.visit(default) for default in function.args.defaults]
    return change.done


def changed_decorator(function: ast.AST) -> bool:
    """Let a decorator check the first argument for less, or for more; False where it cannot be done."""
    for decorator in function.decorator_list:
        for keyword in getattr(decorator, "keywords", []):
            if isinstance(keyword.value, ast.Name) and keyword.value.id in LOOSER:
                keyword.value.id = LOOSER[keyword.value.id]
                return True
    return False


def changed_value(statement: ast.Assign | ast.AnnAssign) -> bool:
    """Change a constant: its number, or its text, or its last item; False where none of this applies."""
    change = _Change()
    statement.value = change.visit(statement.value)
    if change.done:
        return True
    for node in ast.walk(statement.value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value += " changed"
            return True
        if isinstance(node, ast.Tuple | ast.List) and len(node.elts) > 1:
            del node.elts[-1]
            return True
    return False


def functions(tree: ast.Module) -> list[tuple[str, ast.AST]]:
    """The module's functions, by name."""
    return list(outer_functions(tree.body))


def constants(tree: ast.Module) -> list[tuple[str, ast.Assign | ast.AnnAssign]]:
    """The module's constants, by name."""
    found = []
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
                if name != "__all__":
                    found.append((name, statement))
    return found


def fetched(tree: ast.Module) -> list[tuple[str, ast.ImportFrom]]:
    """The module's statements that fetch names from modules of its package, by these modules."""
    return [
        (statement.module, statement)
        for statement in tree.body
        if isinstance(statement, ast.ImportFrom) and statement.level and statement.module
    ]


def changed_import(statement: ast.ImportFrom) -> bool:
    """Fetch one more name, as a package does that exports one more."""
    # Under a name of its own: changes that are made together would otherwise bind one name twice.
    statement.names.append(ast.alias(statement.names[0].name, f"one_more_of_{statement.module.replace('.', '_')}"))
    return True


CHANGES = (
    ("import", fetched, changed_import),
    ("function", functions, changed_body),
    ("default", functions, changed_default),
    ("decorator", functions, changed_decorator),
    ("constant", constants, changed_value),
)


def mutants(root: Path) -> Iterator[Mutant]:
    """All changes, file by file."""
    for file in [*sorted((root / "src/shrinkage").glob("*.py")), root / "figures/given.py"]:
        yield from _changes_of_code(file, file.relative_to(root).as_posix())
    yield from _changes_of_style(root / "figures/style.toml", "figures/style.toml")
    for file in sorted((root / "figures").glob("*.csv")):
        yield Mutant(file.relative_to(root).as_posix(), "", "data", file.name, _with_another_last_digit)


def _changes_of_code(file: Path, path: str) -> Iterator[Mutant]:
    module = path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    tree = ast.parse(file.read_bytes())
    for kind, parts, change in CHANGES:
        for index, (name, part) in enumerate(parts(tree)):
            # Whether it can be changed shows on a copy.
            if change(copy.deepcopy(part)):
                yield Mutant(path, module, kind, name, functools.partial(_with_changed_part, parts, index, change))


def _with_changed_part(parts: Callable, index: int, change: Callable, text: str) -> str:
    tree = ast.parse(text)
    change(parts(tree)[index][1])
    return ast.unparse(ast.fix_missing_locations(tree))


def _changes_of_style(file: Path, path: str) -> Iterator[Mutant]:
    for line in re.findall(r"^[^#\n]+ = .+$", file.read_text(encoding="utf-8"), re.MULTILINE):
        name, value = line.partition(" = ")[::2]
        other = (
            re.sub(r"#(.)", lambda m: "#" + ("2" if m[1] == "1" else "1"), value, count=1)
            if "#" in value.partition("]")[0]
            else re.sub(r"[\d.]+", lambda m: str(float(m[0]) + 0.5), value, count=1)
        )
        other = {"true": "false", "false": "true", '"ink"': '"third"', '"muted"': '"third"'}.get(value, other)
        if other != value:
            yield Mutant(
                path, "", "style", name.strip('"'), functools.partial(_with_other_line, line, f"{name} = {other}")
            )


def _with_other_line(line: str, other: str, text: str) -> str:
    return text.replace(line, other)


def _with_another_last_digit(text: str) -> str:
    last = re.search(r"\d(?=\D*$)", text)
    return f"{text[: last.start()]}{(int(last[0]) + 1) % 10}{text[last.end() :]}"


@contextmanager
def made(mutants: Iterable[Mutant], root: Path) -> Iterator[None]:
    """Make changes, one after another, for the time of a ``with`` block."""
    mutants = list(mutants)
    files = {mutant.path: (root / mutant.path).read_text(encoding="utf-8") for mutant in mutants}
    texts = dict(files)
    for mutant in mutants:
        texts[mutant.path] = mutant.edit(texts[mutant.path])
    try:
        for path, text in texts.items():
            (root / path).write_text(text, encoding="utf-8")
        yield
    finally:
        for path, text in files.items():
            (root / path).write_text(text, encoding="utf-8")


def built(press: Press) -> tuple[Build, str]:
    """What a build gives, with the errors of what fails."""
    try:
        return press.build(), ""
    except FigureError as error:
        return error.build, str(error)


def outcome(build: Build, errors: str) -> dict[str, object]:
    """All that came out, by figure."""
    found: dict[str, object] = {"errors": errors}
    for name, result in build.results.items():
        found[name] = (
            result.title,
            result.facts,
            result.data,
            result.description,
            result.inline,
            result.transforms,
            dict(result.files),
            result.functions,
            result.live,
            result.key,
        )
    return found


def admissible(mutant: Mutant, before: Build, root: Path) -> set[str]:
    """The figures that may be redrawn."""
    if mutant.kind == "data":
        return {name for name, result in before.results.items() if mutant.path in result.dependencies.files}
    if mutant.kind == "style":
        return {"style.toml"} | {
            name for name, result in before.results.items() if result.files and uses_style(result, mutant.name)
        }
    if mutant.kind == "import":
        return set()
    importers = {name for name, result in before.results.items() if mutant.module in result.dependencies.sources}
    if mutant.kind == "function":
        wanted = f"{mutant.module}.{mutant.name}"
        return {name for name in importers if wanted in before.results[name].functions}
    if mutant.name not in cut((root / mutant.path).read_bytes(), mutant.module, pure=find_project(root).pure).bindings:
        return importers
    return {
        name
        for name in importers
        if name == mutant.module.rpartition(".")[2] or mentions(before.results[name], mutant.name, root)
    }


def uses_style(result, name: str) -> bool:
    """Whether a colour stands in a drawing, or in a setting that it read; whether it read a setting, or has the common size."""
    if name in ("width", "height"):
        return "SIZE" not in (ROOT / result.script).read_text(encoding="utf-8")
    read = result.dependencies.style_use["settings"]
    settings = load_style(find_project(ROOT).style).rc
    by_setting = any(setting in read for setting, value in settings.items() if value == name)
    return name in read or by_setting or f"--fig-{name.replace('_', '-')}" in result.inline


def mentions(result, name: str, root: Path) -> bool:
    """Whether a name stands in code that ran for a figure: in a function that did, or outside of functions."""
    for module, path in result.dependencies.paths.items():
        text = (root / path).read_bytes()
        if name.encode() not in text:
            continue
        tree = ast.parse(text)
        for qualified, function in outer_functions(tree.body):
            if [module, qualified] not in result.dependencies.ran:
                function.body = [ast.Pass()]
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
                and ast.get_docstring(node, clean=False) is not None
            ):
                node.body = node.body[1:] or [ast.Pass()]
        own = [constant for constant_name, constant in constants(tree) if constant_name in (name, "__all__")]
        # Where it is defined, or only fetched, it is not yet used.
        tree.body = [
            node
            for node in tree.body
            if node not in own and not isinstance(node, ast.ImportFrom) and getattr(node, "name", None) != name
        ]
        if re.search(rf"\b{name}\b", ast.unparse(tree)) or [module, name] in result.dependencies.ran:
            return True
    return False


def beside_code(jobs: int | None, stale_only: bool) -> int:
    """Change what code can depend on beside code, in a small project; how many changes go wrong."""
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "project"
        small_project.write(root, small_project.FILES)
        ways.write_seen(root)
        project = find_project(root)
        with ways.ready(root):
            Press(project, jobs).build()
            for edit in ways.EDITS:
                may = ways.stale_after(edit)
                with ways.edited(root, edit):
                    stale = stale_names(project)
                bad += stale != may
                wrong = "" if stale == may else f"  WRONG: {', '.join(sorted(stale ^ may))}"
                print(f"{'beside code: ' + edit:<58} {len(stale):>6} {len(may):>7}{wrong}", flush=True)
            if not stale_only:
                shutil.copytree(project.cache, root.parent / "drawn")
                with ways.edited(root, *ways.EDITS):
                    wrong = differences(project, jobs, root.parent / "drawn")
                bad += bool(wrong)
                print(
                    f"{'beside code: all together':<58} {len(wrong):>14} differ{'  WRONG: ' + ', '.join(wrong) if wrong else ''}"
                )
    return bad


def sample(every: list[Mutant], number: int) -> list[Mutant]:
    """So many changes, of all kinds alike, and of each kind spread evenly."""
    kinds: dict[str, list[Mutant]] = {}
    for mutant in every:
        kinds.setdefault(mutant.kind, []).append(mutant)
    shares = [number // len(kinds) + (place < number % len(kinds)) for place in range(len(kinds))]
    return [
        mutants[(2 * n + 1) * len(mutants) // (2 * share)]
        for mutants, share in zip(kinds.values(), shares, strict=True)
        for n in range(share)
    ]


def stale_names(project: Project) -> frozenset[str]:
    """What a build would draw."""
    return frozenset(item.name for item, reasons in Press(project).states().items() if reasons)


def differences(project: Project, jobs: int | None, drawn: Path) -> list[str]:
    """The names of all that differs between a warm build and one from nothing; the cache is as it was afterwards."""
    warm = outcome(*built(Press(project, jobs)))
    shutil.rmtree(project.cache)
    anew = outcome(*built(Press(project, jobs)))
    shutil.rmtree(project.cache)
    shutil.copytree(drawn, project.cache)
    return sorted(name for name in warm.keys() | anew.keys() if warm.get(name) != anew.get(name))


def examined(chosen: list[Mutant], before: Build, project: Project) -> tuple[dict[frozenset[str], list[Mutant]], int]:
    """Make each change alone and print what is stale: the changes by that, and how many make too much stale."""
    groups: dict[frozenset[str], list[Mutant]] = {}
    bad = 0
    print(f"{'changed':<58} {'stale':>6} {'may be':>7}")
    for mutant in chosen:
        may = admissible(mutant, before, project.root)
        with made([mutant], project.root):
            stale = stale_names(project)
        groups.setdefault(stale, []).append(mutant)
        bad += not stale <= may
        print(
            f"{mutant!s:<58} {len(stale):>6} {len(may):>7}{'' if stale <= may else '  WRONG: ' + ', '.join(sorted(stale - may))}",
            flush=True,
        )
    return groups, bad


def compared(groups: dict[frozenset[str], list[Mutant]], project: Project, jobs: int | None, drawn: Path) -> int:
    """Build with the changes of each group, warm and from nothing; how many changes make a difference."""
    bad = 0
    todo = list(groups.items())
    print(f"\n{'changed together':<58} {'stale':>6} {'differ':>7} {'seconds':>8}")
    for number, (stale, group) in enumerate(todo, 1):
        start = time.perf_counter()
        with made(group, project.root):
            wrong = differences(project, jobs, drawn) or sorted(stale_names(project) ^ stale)
        title = str(group[0]) + (f" and {len(group) - 1} more" if len(group) > 1 else "")
        print(
            f"{title:<58} {len(stale):>6} {len(wrong):>7} {time.perf_counter() - start:>8.1f}  {number}/{len(todo)}"
            f"{'  WRONG: ' + ', '.join(wrong) if wrong else ''}",
            flush=True,
        )
        if wrong and len(group) > 1:
            todo += [(stale, [mutant]) for mutant in group]
        bad += bool(wrong)
    return bad


def main() -> int:
    """Run; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], allow_abbrev=False)
    parser.add_argument("--sample", type=int, help="how many changes to try, of all kinds alike; default: all")
    parser.add_argument(
        "--together", action="store_true", help="make all changes in one build; should it differ, each is tried alone"
    )
    parser.add_argument("--jobs", type=int, help="worker processes; default: as many as there are processors")
    parser.add_argument(
        "--stale", action="store_true", help="build nothing after an edit, look only at what it makes stale"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "project"
        # The pages and the measurements are files that modules of numbers read.
        for name in ("figures", "src/shrinkage", "docs", "measurements"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.ipynb"))
        shutil.copy(ROOT / "pyproject.toml", root)
        project = find_project(root)
        # What is drawn already need not be drawn to begin with.
        if (cache := find_project(ROOT).cache).is_dir():
            shutil.copytree(cache, project.cache)
        before = Press(project, options.jobs).build()
        shutil.copytree(project.cache, root / "drawn")
        every = list(mutants(root))
        chosen = sample(every, options.sample) if options.sample else every
        print(f"{len(chosen)} of {len(every)} changes, {len(before.results)} figures and modules of numbers")
        groups, bad = examined(chosen, before, project)
        bad += beside_code(options.jobs, options.stale)
        if options.together:
            groups = {frozenset().union(*groups): chosen}
        if not options.stale:
            bad += compared(groups, project, options.jobs, root / "drawn")
    verdict = "nothing was built" if options.stale else f"no build of {len(groups)} differed"
    print(f"{bad} went wrong" if bad else f"{len(chosen)} changes: {verdict}, and only dependents were stale")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

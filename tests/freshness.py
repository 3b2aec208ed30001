"""Does a warm build ever differ from one from nothing, and does it redraw only what depended on the edit?

    python -m tests.freshness                every edit (more than an hour)
    python -m tests.freshness --sample 3     a few of them, spread evenly
    python -m tests.freshness --stale        every edit, but only what would be redrawn (minutes)

In a copy of the project each function, default, decorator and constant of src/shrinkage and figures/given.py, each entry of
the style and each data file is changed in turn. The copy is built warm, then once more from nothing, and all that came out
(or the errors) is compared. Redrawn may be: for a function, the figures in which it ran; for a constant, a default or a
decorator, those that ran code which names it, or all that import its module where more than plain values makes it; for a
colour, those that name it; for a data file, those that read it. Exit status 1 where anything differs or more is redrawn.
"""

import argparse
import ast
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from figpress.code import cut, outer_functions
from figpress.press import Build, FigureError, Press
from figpress.project import Project, find_project
from figpress.style import load_style

ROOT = Path(__file__).resolve().parents[1]
SWAPPED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.Pow: ast.Mult, ast.MatMult: ast.Mult,
           ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}


LOOSER = {"nonnegative": "finite", "positive": "finite", "nonnegative_number": "number", "positive_number": "number",
          "finite": "nonnegative", "number": "nonnegative_number", "MATRIX": "WEIGHTS"}


@dataclass(frozen=True)
class Mutant:
    """One change: of what in which file, and the file's new text."""

    path: str
    module: str
    kind: str
    name: str
    text: str


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


def changed_body(function: ast.AST) -> None:
    """Change a function's body; where nothing in it can be swapped, let it fail."""
    change = _Change()
    function.body = [change.visit(statement) for statement in function.body]
    if not change.done:
        function.body = [*ast.parse(f"raise RuntimeError('{function.name} was changed')").body, *function.body]


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


def constants(tree: ast.Module) -> Iterator[tuple[str, ast.Assign | ast.AnnAssign]]:
    """The module's constants, by name."""
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
                if name != "__all__":
                    yield name, statement


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


def mutants(root: Path) -> Iterator[Mutant]:
    """All changes, file by file."""
    yield from _changes_of_code(root)
    yield from _changes_of_style(root)
    for file in sorted((root / "figures").glob("*.csv")):
        text = file.read_text(encoding="utf-8")
        last = re.search(r"\d(?=\D*$)", text)
        yield Mutant(file.relative_to(root).as_posix(), "", "data", file.name, f"{text[:last.start()]}{(int(last[0]) + 1) % 10}{text[last.end():]}")


def _changes_of_style(root: Path) -> Iterator[Mutant]:
    file = root / "figures/style.toml"
    text = file.read_text(encoding="utf-8")
    for line in re.findall(r"^[^#\n]+ = .+$", text, re.MULTILINE):
        name, value = line.partition(" = ")[::2]
        other = re.sub(r"#(.)", lambda m: "#" + ("2" if m[1] == "1" else "1"), value, count=1) if "#" in value.partition("]")[0] else \
            re.sub(r"[\d.]+", lambda m: str(float(m[0]) + 0.5), value, count=1)
        other = {"true": "false", "false": "true", '"ink"': '"third"', '"muted"': '"third"'}.get(value, other)
        if other != value:
            yield Mutant("figures/style.toml", "", "style", name.strip('"'), text.replace(line, f"{name} = {other}"))


def _changes_of_code(root: Path) -> Iterator[Mutant]:
    files = [*sorted((root / "src/shrinkage").glob("*.py")), root / "figures/given.py"]
    for file in files:
        path = file.relative_to(root).as_posix()
        module = path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        source = file.read_text(encoding="utf-8")
        for index, (name, _) in enumerate(outer_functions(ast.parse(source).body)):
            tree = ast.parse(source)
            changed_body([function for _, function in outer_functions(tree.body)][index])
            yield Mutant(path, module, "function", name, ast.unparse(ast.fix_missing_locations(tree)))
            for kind, change in (("default", changed_default), ("decorator", changed_decorator)):
                tree = ast.parse(source)
                if change([function for _, function in outer_functions(tree.body)][index]):
                    yield Mutant(path, module, kind, name, ast.unparse(ast.fix_missing_locations(tree)))
        for index, (name, _) in enumerate(constants(ast.parse(source))):
            tree = ast.parse(source)
            if changed_value([statement for _, statement in constants(tree)][index]):
                yield Mutant(path, module, "constant", name, ast.unparse(ast.fix_missing_locations(tree)))


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
        found[name] = (result.title, result.facts, result.data, result.description, result.inline, result.transforms,
                       dict(result.files), result.functions, result.live, result.key)
    return found


def admissible(mutant: Mutant, before: Build, root: Path) -> set[str]:
    """The figures that may be redrawn."""
    if mutant.kind == "data":
        return {name for name, result in before.results.items() if mutant.path in result.dependencies["files"]}
    if mutant.kind == "style":
        return {"style.toml"} | {name for name, result in before.results.items() if result.files and uses_style(result, mutant.name)}
    importers = {name for name, result in before.results.items() if mutant.module in result.dependencies["sources"]}
    if mutant.kind == "function":
        wanted = f"{mutant.module}.{mutant.name}"
        return {name for name in importers if wanted in before.results[name].functions}
    if mutant.name not in cut((root / mutant.path).read_bytes(), mutant.module, pure=find_project(root).pure).bindings:
        return importers
    return {name for name in importers if name == mutant.module.rpartition(".")[2] or mentions(before.results[name], mutant.name, root)}


def uses_style(result, name: str) -> bool:
    """Whether a colour stands in a drawing, or in a setting that it read; whether it read a setting, or has the common size."""
    if name in ("width", "height"):
        return "SIZE" not in (ROOT / result.script).read_text(encoding="utf-8")
    read = result.dependencies["looks"]["settings"].split()
    settings = load_style(find_project(ROOT).style).rc
    by_setting = any(setting in read for setting, value in settings.items() if value == name)
    return name in read or by_setting or f"--fig-{name.replace('_', '-')}" in result.inline


def mentions(result, name: str, root: Path) -> bool:
    """Whether a name stands in code that ran for a figure: in a function that did, or outside of functions."""
    for module, path in result.dependencies["paths"].items():
        tree = ast.parse((root / path).read_bytes())
        for qualified, function in outer_functions(tree.body):
            if [module, qualified] not in result.dependencies["ran"]:
                function.body = [ast.Pass()]
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None:
                node.body = node.body[1:] or [ast.Pass()]
        own = [constant for constant_name, constant in constants(tree) if constant_name in (name, "__all__")]
        # Where it is defined, or only fetched, it is not yet used.
        tree.body = [node for node in tree.body if node not in own and not isinstance(node, ast.ImportFrom)
                     and getattr(node, "name", None) != name]
        if re.search(rf"\b{name}\b", ast.unparse(tree)) or [module, name] in result.dependencies["ran"]:
            return True
    return False


def warm_and_anew(project: Project, jobs: int | None, drawn: Path) -> list[str]:
    """The names of all that differs between a warm build and one from nothing; the cache is as it was afterwards."""
    warm = outcome(*built(Press(project, jobs)))
    shutil.rmtree(project.cache)
    anew = outcome(*built(Press(project, jobs)))
    shutil.rmtree(project.cache)
    shutil.copytree(drawn, project.cache)
    return sorted(name for name in warm.keys() | anew.keys() if warm.get(name) != anew.get(name))


def main() -> int:
    """Run; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], allow_abbrev=False)
    parser.add_argument("--sample", type=int, help="how many changes to try, spread evenly; default: all")
    parser.add_argument("--jobs", type=int, help="worker processes; default: as many as there are processors")
    parser.add_argument("--stale", action="store_true", help="build nothing after an edit, look only at what it makes stale")
    options = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "project"
        for name in ("figures", "src/shrinkage"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", root)
        project = find_project(root)
        before = Press(project, options.jobs).build()
        shutil.copytree(project.cache, root / "drawn")
        every = list(mutants(root))
        chosen = every if not options.sample else [every[(2 * n + 1) * len(every) // (2 * options.sample)] for n in range(options.sample)]
        print(f"{len(chosen)} of {len(every)} changes, {len(before.results)} figures and modules of numbers")
        print(f"{'changed':<58} {'redrawn':>8} {'may be':>7} {'differ':>7} {'seconds':>8}")
        for mutant in chosen:
            start = time.perf_counter()
            file = root / mutant.path
            original = file.read_text(encoding="utf-8")
            may = admissible(mutant, before, root)
            file.write_text(mutant.text, encoding="utf-8")
            redrawn = {item.name for item, reasons in Press(project).states().items() if reasons}
            differ = [] if options.stale else warm_and_anew(project, options.jobs, root / "drawn")
            file.write_text(original, encoding="utf-8")
            wrong = differ or redrawn - may
            bad += bool(wrong)
            print(f"{mutant.kind + ' ' + mutant.module + '.' + mutant.name:<58} {len(redrawn):>8} {len(may):>7} {len(differ):>7} "
                  f"{time.perf_counter() - start:>8.1f}{'  WRONG: ' + ', '.join([*differ, *sorted(redrawn - may)]) if wrong else ''}",
                  flush=True)
    compared = "nothing was built" if options.stale else "no build differed"
    print(f"{bad} of {len(chosen)} changes went wrong" if bad else f"{compared}, and only dependents were redrawn")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

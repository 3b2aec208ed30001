"""How much of src/shrinkage do its tests hold fast? Change one small thing at a time and see whether a test fails.

    python -m tests.mutation                      all mutants of all modules (an hour on two slow cores)
    python -m tests.mutation --module penalties   those of one module
    python -m tests.mutation --every 10           a sample: every tenth
    python -m tests.mutation --claims             those that the claims' own tests should notice: see mutation_claims

Prints the share of mutants that were killed and every survivor with the reason why it cannot be killed. Exit code 1
where fewer than 95 % were killed or a survivor has no reason. Each mutant lives in a forked process that has the large
libraries loaded already, so this needs a system with fork (Linux, macOS).
"""

import argparse
import ast
import copy
import gc
import importlib.abc
import importlib.util
import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "shrinkage"
TESTS = ROOT / "tests" / "shrinkage"
# Of processor time; a mutant that runs longer counts as killed. The slowest module's own tests take four, all tests twenty.
OWN_SECONDS, SECONDS = 15, 60
WANTED = 0.95

# Survivors that no test can kill, by what was changed: they compute the same, or what is not promised.
NO_REASON = "NO REASON KNOWN"
REASONS = {
    "_checks.checked.decorate.declared: @functools.cache -> no decorator": "found anew at each call, and the same",
    "_checks.checked.decorate.wrapper: if kwargs or len(args) != len(ordered) -> if True": (
        "a short cut: to bind gives the same arguments"
    ),
    "_checks._floats: if type(value) is float -> if False": "a short cut: a float is a plain number",
    "_checks._floats: 'iuf' -> 'iuf?'": "no type of number has this letter",
    "_checks._floats: array.astype(float, copy=False) -> array.astype(float)": "a copy has the same numbers",
    "_checks._floats: False -> True": "a copy has the same numbers",
    "_checks._require_broadcast: if len(shapes) < 2 -> if False": "a short cut: one shape always broadcasts",
    "closed_forms.lam_that_zeroes: @checked(x=finite, y=finite, b=finite) -> no decorator": "data_pull checks the same",
    "descent.subgradient_descent: positive_number -> nonnegative_number": "gradient_descent checks the same",
    "descent.walk_literal_sign: eta * lam * (walk[k] / abs(walk[k])) -> eta * lam / (walk[k] / abs(walk[k]))": (
        "the divisor is 1, -1 or NaN"
    ),
    **{
        f"losses.{name}: {change}": "what it calls checks the same"
        for name in ("loss_l1", "loss_l1_slope", "loss_squared_l2", "loss_squared_l2_slope")
        for change in (
            "nonnegative -> finite",
            "@checked(w=finite, x=finite, y=finite, b=finite, lam=nonnegative) -> no decorator",
        )
    },
    "losses.objective: number -> finite": "what it calls checks the same",
    "norms.p_norm_pair: if 1 / p == 0 -> if False": "for browsers: in Python the formula below holds for p = inf too",
    "norms.p_norm_pair: 1 / p -> 1 * p": "for browsers: in Python the formula below holds for p = inf too",
    "norms.p_norm_pair: 1 -> 2": "2 / p is 0 for p = inf alone, as 1 / p",
    "norms.p_norm_pair: largest + (largest == 0) -> largest - (largest == 0)": "0 / -1 is 0 as well",
    "paths.lasso_knots: 1e-09 -> 1.5000000000000002e-09": "how much rounding the check of a knot forgives",
    "paths.lasso_knots: np.max -> np.min": "how much rounding the check of a knot forgives",
    "paths.lasso_knots: 1 -> 2": "any number that is no feature's",
    "paths.between_knots: lam >= lams[0] -> lam > lams[0]": "at the first knot the line begins with the same weights",
    "paths.ridge_directions: s > max(X.shape) * np.finfo(float).eps * np.max(np.abs(X)) -> "
    "s >= max(X.shape) * np.finfo(float).eps * np.max(np.abs(X))": "no number is exactly as large as rounding may be",
    "paths.ridge_directions: max -> min": "how much rounding may be; what does vary lies far above",
    "paths.lasso_knots: event[0] > allowed -> event[0] >= allowed": "no number is exactly as large as rounding may be",
    "paths.lasso_knots: lasso_kkt_violation(w, y.mean() - X.mean(axis=0) @ w, X, y, lam) > allowed -> "
    "lasso_kkt_violation(w, y.mean() - X.mean(axis=0) @ w, X, y, lam) >= allowed": "no number is exactly as large as rounding may be",
    "paths.lasso_knots: 0.0 -> 1.0": "a sign that is not read: no weight has left yet, or the path ends here",
    "paths.lasso_knots: 0 -> 1": "a slope of 0 leads to infinity, which is no event either",
    **{
        f"penalties.equal_pull_weight_{name}: 1.0 -> 2.0": "lam cancels, and L1 pulls as hard from anywhere"
        for name in ("squared_l2", "half_squared_l2")
    },
    "penalties.sign: (w > 0) * 1.0 -> (w > 0) / 1.0": "the same number",
    "penalties.sign: (w < 0) * 1.0 -> (w < 0) / 1.0": "the same number",
    "penalties.soft_threshold: v < -threshold -> v <= -threshold": "at the threshold itself the factor is 0",
    "penalties.soft_threshold: v > threshold -> v >= threshold": "at the threshold itself the factor is 0",
    **{
        f"penalties.{name}: {change}": "the slope whose size it takes checks the same"
        for name in ("pull_l1", "pull_squared_l2", "pull_half_squared_l2")
        for change in ("nonnegative -> finite", "@checked(w=finite, lam=nonnegative) -> no decorator")
    },
    "preprocessing._require_variation: X.std -> X.var": "one is 0 exactly where the other is",
    "solvers.least_squares: @checked(X=MATRIX, y=TARGETS) -> no decorator": "ridge checks the same",
    "solvers.lasso: positive_number -> nonnegative_number": "elastic_net checks the same",
    "solvers.lasso: 100000 -> 100001": "a default: any large number serves",
    "solvers.lasso: 1e-10 -> 1.5e-10": "a default: any small number serves",
    "solvers.elastic_net: 100000 -> 100001": "a default: any large number serves",
    "solvers.elastic_net: 1e-10 -> 1.5e-10": "a default: any small number serves",
    "solvers._require_positive_definite: a11 + lam_l2 > 0 -> a11 + lam_l2 >= 0": "where it is 0 the determinant is not positive",
    **{
        f"solvers.elastic_net_pair: {change}": "a sign is 1 or -1 here"
        for change in (
            "half * sign1 -> half / sign1",
            "half * sign2 -> half / sign2",
            "w1 * sign1 -> w1 / sign1",
            "w2 * sign2 -> w2 / sign2",
        )
    },
    **{
        f"solvers.elastic_net_pair: {w} * {sign} > 0 -> {w} * {sign} >= 0": "0 times either is 0"
        for w, sign in (("w1", "sign1"), ("w2", "sign2"))
    },
    "solvers.lasso_path: 100000 -> 100001": "a default: any large number serves",
    "solvers.lasso_path: 1e-10 -> 1.5e-10": "a default: any small number serves",
}

OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.Mod: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
NAMES = {
    "finite": "nonnegative",
    "nonnegative": "finite",
    "positive": "nonnegative",
    "nonzero": "finite",
    "number": "finite",
    "nonnegative_number": "number",
    "positive_number": "nonnegative_number",
    "max": "min",
    "min": "max",
    "all": "any",
    "any": "all",
    "maximum": "minimum",
    "sum": "mean",
    "mean": "sum",
    "std": "var",
    "zeros": "ones",
}


@dataclass(frozen=True)
class Mutant:
    module: str
    place: str
    line: int
    text: str
    code: CodeType


def variants(node):
    """Each way to change one node, as its replacement."""

    def changed(**fields):
        other = copy.copy(node)
        for name, value in fields.items():
            setattr(other, name, value)
        return other

    match node:
        case ast.BinOp() | ast.AugAssign() | ast.BoolOp():
            yield changed(op=OPERATORS[type(node.op)]())
        case ast.Compare():
            for k, op in enumerate(node.ops):
                yield changed(ops=[*node.ops[:k], OPERATORS[type(op)](), *node.ops[k + 1 :]])
        case ast.UnaryOp():
            yield node.operand
        case ast.Constant(value=bool()):
            yield changed(value=not node.value)
        case ast.Constant(value=int() | float()):
            yield changed(value=node.value + 1)
            if node.value not in (0, 1):
                yield changed(value=node.value * 1.5)
        case ast.Constant(value=str()):
            yield changed(value=node.value + "?")
        case ast.Name(id=name) if name in NAMES:
            yield changed(id=NAMES[name])
        case ast.Attribute(attr=name) if name in NAMES:
            yield changed(attr=NAMES[name])
        case ast.Attribute(attr="T"):
            yield node.value
        case ast.Call(func=ast.Name(id="abs"), args=[argument]):
            yield argument
        case ast.Call(func=ast.Attribute(attr="abs"), args=[argument]):
            yield argument
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
            yield changed(value=ast.Constant(None))
        case ast.If() | ast.IfExp():
            yield changed(test=ast.Constant(True))
            yield changed(test=ast.Constant(False))
        case ast.Raise() | ast.Expr(value=ast.Call()):
            yield ast.Pass()
    if isinstance(node, ast.Call):
        for k in range(len(node.keywords)):
            yield changed(keywords=node.keywords[:k] + node.keywords[k + 1 :])
    if isinstance(node, ast.AugAssign):
        yield ast.Pass()
    if isinstance(node, ast.FunctionDef) and node.decorator_list:
        yield changed(decorator_list=[])


def is_text(node):
    """A docstring, or an annotation's place: nothing that runs."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def shown(node):
    if isinstance(node, ast.FunctionDef):
        return ", ".join("@" + ast.unparse(decorator) for decorator in node.decorator_list) or "no decorator"
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}"
    return ast.unparse(node)


def mutants(path, left_out=lambda field, node: False):
    """Every mutant of one file, but in what is left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))

    def visit(parent, place):
        for field, value in ast.iter_fields(parent):
            if field in ("annotation", "returns"):
                continue
            for k, node in enumerate(value if isinstance(value, list) else [value]):
                if not isinstance(node, ast.AST) or is_text(node) or left_out(field, node):
                    continue
                named = isinstance(node, ast.FunctionDef | ast.ClassDef)
                inner = f"{place}.{node.name}" if named else place
                for other in variants(node):
                    put(parent, field, k, ast.fix_missing_locations(ast.copy_location(other, node)))
                    text = f"{inner}: {shown(node)} -> {shown(other)}"
                    # Code, because a copy of the tree takes ten times as long and as much room.
                    yield Mutant(path.stem, inner, getattr(node, "lineno", 0), text, compile(tree, str(path), "exec"))
                    put(parent, field, k, node)
                yield from visit(node, inner)

    yield from visit(tree, path.stem)


def put(parent, field, k, node):
    value = getattr(parent, field)
    if isinstance(value, list):
        value[k] = node
    else:
        setattr(parent, field, node)


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module of the package from a changed tree."""

    def __init__(self, mutant):
        self.name = f"shrinkage.{mutant.module}".removesuffix(".__init__")
        self.code = mutant.code

    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def exec_module(self, module):
        exec(self.code, module.__dict__)


def run_tests(mutant):
    """In a forked child: the module's own tests first, then all the others. Exit code 0 where all pass."""
    resource.setrlimit(resource.RLIMIT_CPU, (OWN_SECONDS, SECONDS))
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    if mutant is not None:
        sys.meta_path.insert(0, Changed(mutant))
    import pytest

    options = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist"]
    options.append("--hypothesis-profile=first-failure")
    own = [str(path) for path in TESTS.glob("test_*.py") if mutant and path.stem == f"test_{mutant.module.strip('_')}"]
    others = sorted(str(path) for path in TESTS.glob("test_*.py") if str(path) not in own)
    # Two runs, because collecting all the tests takes longer than most mutants live.
    failed = own and pytest.main([*options, *own])
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os._exit(int(failed or pytest.main([*options, *others])))


def survivors_of(found):
    """Try all mutants, as many at a time as there are cores."""
    running, survivors, waiting = {}, [], list(reversed(found))
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            mutant = waiting.pop()
            pid = os.fork()
            if pid == 0:
                try:
                    run_tests(mutant)
                finally:
                    os._exit(1)
            running[pid] = mutant
        pid, status = os.wait()
        mutant = running.pop(pid)
        if status == 0:
            survivors.append(mutant)
            if mutant is not None:
                print(
                    f"survived: {mutant.text} (line {mutant.line}): {REASONS.get(mutant.text, NO_REASON)}", flush=True
                )
        done = len(found) - len(waiting) - len(running)
        print(f"\r{done}/{len(found)} tried, {len(survivors)} survived", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return survivors


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--module", nargs="+", default=["*"], help="modules of src/shrinkage, by name")
    parser.add_argument("--every", type=int, default=1, help="try every n-th mutant only (default: 1)")
    parser.add_argument("--claims", action="store_true", help="try the tests of claims alone, module by module")
    options = parser.parse_args()
    # Not __init__: it is a list of names.
    paths = sorted({path for name in options.module for path in SOURCES.glob(f"{name}.py") if path.stem != "__init__"})
    if not paths:
        parser.error(f"no module {' or '.join(options.module)} in src/shrinkage")

    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # the cores are busy with one mutant each
    # Loaded once, here, for all the children; shrinkage itself must not be.
    import hypothesis.strategies  # noqa: F401
    import numpy  # noqa: F401
    import pytest  # noqa: F401
    import sklearn.linear_model  # noqa: F401
    import sympy  # noqa: F401

    os.chdir(ROOT)
    if options.claims:
        import z3  # noqa: F401

        from tests import mutation_claims

        # No sentence speaks of how a solver scales its columns: what its tests hold is for the other command.
        mutation_claims.main([path for path in paths if not path.stem.startswith("_")], options.every)
    found = [mutant for path in paths for mutant in mutants(path)][:: options.every]
    # Pytest collects garbage again and again; to go through all of these trees each time takes ten times as long as the tests.
    gc.freeze()
    if survivors_of([None]) != [None]:
        sys.exit("the tests fail without any mutation")
    survivors = survivors_of(found)
    killed = len(found) - len(survivors)
    unexplained = sum(mutant.text not in REASONS for mutant in survivors)
    print(f"killed: {killed} of {len(found)} mutants, {killed / len(found):.1%}; without a reason: {unexplained}")
    sys.exit(killed < WANTED * len(found) or unexplained > 0)


if __name__ == "__main__":
    main()

"""Do the tests of claims notice every change of the functions that they speak of? `python -m tests.mutation --claims`.

First each claim's test runs once under watch, to see which functions of src/shrinkage it runs. Then each change of such a
function is tried with just these tests, quickest first. The checks of arguments are left out: no sentence speaks of them.
"""

import ast
import gc
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.forked import exit_codes, run_pytest, show_progress
from tests.mutation import REASONS, Changed, Mutant, mutants
from tests.noting import noting

ROOT = Path(__file__).resolve().parents[1]
CLAIMS = ROOT / "tests" / "claims"
# Of processor time; a change that makes its tests run this much longer counts as noticed.
MORE, AT_LEAST = 4, 20
WATCHED_SECONDS = 600
WANTED = 0.9

# Changes that no test can notice, by what is changed: they compute the same.
SAME: dict[str, str] = {
    **REASONS,
    "solvers._minimise: gap > allowed -> gap >= allowed": "both say the same unless they are equal to the last digit",
    "solvers._minimise: 0 -> 1": "one round more at the minimiser stays there",
    "solvers._minimise: 2 -> 3": "when to stop trying, not where it ends",
    "solvers._minimise: min -> max": "when to stop trying, not where it ends",
    "solvers._duality_gap: if bounds[0][0] > 1e-12 * (data.target @ data.target) -> if True": (
        "one more bound, of which the smallest counts"
    ),
    "solvers.lasso_path: -lams -> lams": "from which neighbour a fit starts, not where it ends",
    "paths._line: np.max(np.abs(wanted), axis=0) -> np.max(np.abs(wanted))": "a looser check before the slower way",
    "paths._line: np.max -> np.min": "a stricter check before the slower way",
    "paths._line: np.linalg.cond(gram, 1) < 100000000.0 -> np.linalg.cond(gram, 1) <= 100000000.0": (
        "both say the same unless they are equal to the last digit"
    ),
    "paths._line: np.abs(gram @ found - wanted) <= 1e-12 * np.max(np.abs(wanted), axis=0) -> "
    "np.abs(gram @ found - wanted) < 1e-12 * np.max(np.abs(wanted), axis=0)": (
        "both say the same unless they are equal to the last digit"
    ),
    "solvers._least_squares: 0.0 -> 1.0": "a strength of L1 that nobody reads",
    "solvers._minimise: np.abs(pull) - problem.l1 -> np.abs(pull) + problem.l1": "which weights join first, not where it ends",
    "solvers._minimise: 0.0 -> 1.0": "how much rounding is forgiven before a weight joins",
    "solvers._minimise: best_gap / 2 -> best_gap * 2": "when to stop trying, not where it ends",
    "solvers._minimise: 1e-12 -> 1.5e-12": "when to stop trying, not where it ends",
    "solvers._duality_gap: 0 -> 1": "whether one more bound is asked for",
    "solvers.elastic_net: np.zeros -> np.ones": "where it starts, not where it ends",
    "solvers._minimise: if np.all(np.abs(problem.pull(v)) <= problem.l1) -> if False": "a short cut",
    "solvers._minimise: gap > allowed and len(joining) == 0 -> gap > allowed or len(joining) == 0": (
        "the sharper bound more often than it is needed"
    ),
    "solvers._minimise: gap <= allowed -> gap < allowed": "both say the same unless they are equal to the last digit",
    "solvers._minimise: if gap > best_gap / 2 and value > (1 - 1e-12) * before -> if False": (
        "when to stop trying, not where it ends"
    ),
    "solvers._minimise: 1 - 1e-12 -> 1 + 1e-12": "when to stop trying, not where it ends",
    "solvers._minimise: n_sweeps += made -> n_sweeps -= made": "how soon it gives up, which no sentence speaks of",
    "descent._trajectory: np.errstate(over='ignore', invalid='ignore') -> np.errstate(invalid='ignore')": (
        "whether NumPy warns of what is told anyway"
    ),
    "resampling.bootstrap_elastic_net: np.max -> np.min": "sweeps more before it stops",
    "resampling.bootstrap_elastic_net: X - X.mean(axis=0) -> X + X.mean(axis=0)": "each resample is centred again",
    "resampling.bootstrap_elastic_net: y - y.mean() -> y + y.mean()": "centred columns do not see it",
    "resampling.bootstrap_elastic_net: 0 -> 1": "columns are standardised: none has so small a square but a constant one",
    "resampling.bootstrap_elastic_net: np.zeros -> np.ones": "where it starts, not where it ends",
    "resampling.bootstrap_elastic_net: np.abs(pull) -> pull": "sweeps more before it stops",
    "resampling.bootstrap_elastic_net: np.abs(slope) -> slope": "one side of a check that the other side makes as well",
    "resampling.bootstrap_elastic_net: np.max(off) <= allowed -> np.max(off) < allowed": (
        "both say the same unless they are equal to the last digit"
    ),
}


@dataclass(frozen=True)
class Use:
    """One claim's test: its name for pytest, how long it takes, and the functions that it runs, as "module.function"."""

    node: str
    seconds: float
    functions: frozenset[str]


class _Watch:
    """A plugin of pytest that notes which functions of src/shrinkage each test runs."""

    def __init__(self) -> None:
        self.uses: dict[str, list] = {}
        self._found: set[str] = set()
        noting(self._found.add)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        self._found.clear()
        begin = time.process_time()
        try:
            return (yield)
        finally:
            # Parameters are tried together.
            node = item.nodeid.partition("[")[0]
            seconds, functions = self.uses.get(node, (0.0, []))
            found = {name.replace(":", ".") for name in self._found}
            self.uses[node] = [seconds + time.process_time() - begin, sorted({*functions, *found})]


def uses() -> list[Use]:
    """Which functions each claim's test runs."""
    with tempfile.TemporaryDirectory() as folder:

        def watch(path: Path) -> int:
            plugin = _Watch()
            code = run_pytest([str(path)], plugin)
            Path(folder, path.stem).write_text(json.dumps(plugin.uses), encoding="utf-8")
            return code

        files = sorted(CLAIMS.glob("test_*.py"))
        for path, code in exit_codes(files, watch, WATCHED_SECONDS):
            if code:
                raise SystemExit(f"{path.name} fails without any change")
        found = [json.loads(Path(folder, path.stem).read_text(encoding="utf-8")) for path in files]
    return [Use(node, seconds, frozenset(functions)) for uses in found for node, (seconds, functions) in uses.items()]


def _refuses(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) or (isinstance(node, ast.If) and all(map(_refuses, node.body)))


def left_out(field: str, node: ast.AST) -> bool:
    """Whether this is the checking of arguments, a decorator or a refusal, or the wording of an answer."""
    checks = isinstance(node, ast.FunctionDef) and node.name.startswith("_require")
    words = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return field == "decorator_list" or _refuses(node) or checks or words


def spoken_of(path: Path) -> Iterator[Mutant]:
    """The changes of a module's functions, but for those that only check arguments."""
    for mutant in mutants(path, left_out):
        if mutant.place.count(".") and not mutant.text.endswith("no decorator"):
            yield mutant


def survives(task: tuple[Mutant, list[Use]]) -> int:
    """In a child: 0 where no claim's test fails."""
    mutant, tests = task
    sys.meta_path.insert(0, Changed(mutant))
    return run_pytest(test.node for test in tests)


def limit(task: tuple[Mutant, list[Use]]) -> int:
    """How many seconds of processor time the tests of one change may take."""
    return int(AT_LEAST + MORE * sum(test.seconds for test in task[1]))


def report(tried: list[Mutant], survivors: list[Mutant]) -> bool:
    """Print each module's share; whether all are high enough."""
    enough = True
    for module in sorted({mutant.module for mutant in tried}):
        counted = [mutant for mutant in tried if mutant.module == module and mutant.text not in SAME]
        left = sum(mutant.module == module and mutant.text not in SAME for mutant in survivors)
        share = 1 - left / len(counted) if counted else 1.0
        print(f"{module}: killed {len(counted) - left} of {len(counted)}, {share:.1%}")
        enough &= share >= WANTED
    return enough


def main(paths: list[Path], every: int) -> None:
    """Try every n-th change in these modules, and exit with 1 where too many of a module's go unnoticed."""
    using = defaultdict(list)
    for use in sorted(uses(), key=lambda use: use.seconds):
        for function in use.functions:
            using[function].append(use)
    found = [mutant for path in paths for mutant in spoken_of(path)]
    unused = sorted({mutant.place for mutant in found if mutant.place not in using})
    tried = [mutant for mutant in found if mutant.place in using][::every]
    gc.freeze()
    survivors = []
    tasks = [(mutant, using[mutant.place]) for mutant in tried]
    for done, ((mutant, tests), code) in enumerate(exit_codes(tasks, survives, limit), 1):
        if code == 0:
            survivors.append(mutant)
            reason = SAME.get(mutant.text) or f"of {len(tests)} tests, such as {tests[0].node}"
            print(f"survived: {mutant.text} (line {mutant.line}): {reason}", flush=True)
        show_progress(f"{done}/{len(tasks)} tried, {len(survivors)} survived ")
    print(f"\nfunctions that no claim uses: {', '.join(unused) or 'none'}")
    sys.exit(not report(tried, survivors))

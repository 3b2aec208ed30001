"""L1 and L2 of an online learner."""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from measurements.measuring import Finding, Row, problem

LIBRARY = "Vowpal Wabbit"
REQUIREMENTS = ["vowpalwabbit==9.11.9", "numpy"]

PROGRAM = """
import sys
import vowpalwabbit
model = vowpalwabbit.Workspace(sys.argv[2] + " --quiet -d " + sys.argv[1])
names = ["x%d" % j for j in range(6)]
constant = model.predict("|f ")
print(repr(constant))
for name in names:
    print(repr(model.predict("|f %s:1" % name) - constant))
"""


def as_text(X, y):
    """One line for each sample."""
    return "".join(
        f"{t!r} |f " + " ".join(f"x{j}:{value!r}" for j, value in enumerate(row)) + "\n"
        for row, t in zip(X.tolist(), y.tolist())
    )


def fitted(options):
    """Weights are read off predictions, so that what is printed elsewhere does not matter."""

    def fit(X, y, **strengths):
        with tempfile.TemporaryDirectory() as folder:
            data, script = Path(folder) / "data.vw", Path(folder) / "fit.py"
            data.write_text(as_text(X, y))
            script.write_text(PROGRAM)
            given = options.format(cache=Path(folder) / "cache", **strengths)
            done = subprocess.run([sys.executable, script, data, given], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError((done.stderr.strip() or "no message").splitlines()[-1])
        numbers = [float(line) for line in done.stdout.split()]
        return np.array(numbers[1:]), numbers[0]

    return fit


ROWS = [
    Row(
        "vw-bfgs-l2",
        "--bfgs --l2 l2",
        fitted("--bfgs --passes 200 --cache_file {cache} -k --holdout_off --termination 1e-14 --l2 {l2}"),
        ({"l2": 20.0}, {"l2": 5.0}),
        "vw.bfgs",
        near=2e-2,
        default="--l2 0",
        depends="float32 throughout",
    ),
]


def readable():
    """The weights that predict, and those that --readable_model writes, with the l1_state that stands beside them."""
    import vowpalwabbit

    with tempfile.TemporaryDirectory() as folder:
        data, model = Path(folder) / "data.vw", Path(folder) / "model.txt"
        data.write_text(as_text(*problem(100)))
        passes = f"-d {data} --passes 200 --cache_file {folder}/cache -k --holdout_off"
        trained = vowpalwabbit.Workspace(f"--quiet {passes} --l1 1e-4 --readable_model {model}")
        constant = trained.predict("|f ")
        used = np.array([trained.predict(f"|f x{j}:1") - constant for j in range(6)])
        trained.finish()
        lines = model.read_text().splitlines()
    state = next(float(line.split()[1]) for line in lines if line.startswith("l1_state"))
    # The lines of weights: where it is kept, a colon, the weight. Which is whose, its size with the state taken off tells.
    found = [float(line.split(":")[1].split()[0]) for line in lines if line.split(":")[0].isdigit()]
    written = np.array([min(found, key=lambda one: abs(np.sign(one) * max(abs(one) - state, 0) - w)) for w in used])
    return {
        "l1": 1e-4,
        "state": state,
        "zeros_used": np.sum(used == 0),
        "zeros_written": np.sum(np.array(found) == 0),
        "used": used[0],
        "written": written[0],
        "off": np.max(np.abs(np.sign(written) * np.maximum(np.abs(written) - state, 0) - used)),
    }


FINDINGS = [
    Finding(
        "vw-readable",
        "--readable_model writes weights from which the shrinking of --l1 is still to be taken: {written:.4g} for a weight that predicts as "
        "{used:.4g}, with l1_state {state:.4g} beside it, and no zeros where {zeros_used:.0f} weight predicts as 0.",
        readable,
        lambda n: n["off"] < 1e-4 and n["zeros_written"] == 0 < n["zeros_used"] and n["state"] > 0.5,
    ),
]

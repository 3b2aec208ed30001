"""L1 and L2 of an online learner."""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from measurements.measuring import Row

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


def fitted(options):
    """Weights are read off predictions, so that what is printed elsewhere does not matter."""

    def fit(X, y, **strengths):
        with tempfile.TemporaryDirectory() as folder:
            data, script = Path(folder) / "data.vw", Path(folder) / "fit.py"
            data.write_text(
                "".join(
                    f"{t!r} |f " + " ".join(f"x{j}:{value!r}" for j, value in enumerate(row)) + "\n"
                    for row, t in zip(X.tolist(), y.tolist())
                )
            )
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

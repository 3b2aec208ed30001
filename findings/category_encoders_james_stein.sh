#!/bin/sh
# category_encoders: James and Stein's shrinkage does not count rows, and a mean of two rows that agree is not shrunk at all.
#
# Guess, before running: JamesSteinEncoder pulls a category's mean towards the overall mean the more, the fewer rows it has. The documentation
# says so of its default, model="independent": variances are replaced by squared standard errors, var(y) / count(y), "which
# penalize small observation counts". Two categories of one mean and one variance, with 1000 and with 4 rows, get codes far apart.
# Seen: they get the same code, to the last digits. The pull is made of the variances themselves, without the counts. A category of two rows
# with the same target has variance 0 and keeps its own mean, 3. With standard errors the same formula would give the 1000 rows 2.44 and
# the 4 rows 1.94, where both get 2.62; the overall mean is 1.50. MEstimateEncoder beside it counts rows, and shrinks the two.
# Where it matters: rare categories are what one shrinks for, and the rarest, whose rows agree by chance, stay as they are.
#
# category_encoders 2.11.2, pandas 3.1.1, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --no-compile --disable-pip-version-check \
    category_encoders==2.11.2 numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 pandas==3.1.1 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
import category_encoders
import numpy as np
import pandas as pd


def rows(mean, count, variance=4.0):
    """Targets of that mean and, with divisor count - 1, that variance."""
    return mean + np.sqrt(variance * (count - 1) / count) * np.tile([-1.0, 1.0], count // 2)


targets = {f"other {mean}": rows(mean, 200) for mean in (-2.0, -1.0, 0.0, 1.0, 2.0)}
targets |= {"1000 rows": rows(3.0, 1000), "4 rows": rows(3.0, 4), "2 rows": np.array([3.0, 3.0])}
name = pd.Series([key for key, y in targets.items() for _ in y], name="name")
y = pd.Series(np.concatenate(list(targets.values())))
few = ["1000 rows", "4 rows", "2 rows"]
mean, count = (np.array([how(targets[key]) for key in few]) for how in (np.mean, len))
variance = np.array([targets[key].var(ddof=1) for key in few])


def codes(encoder):
    encoded = encoder.fit_transform(name.to_frame(), y)["name"]
    return np.array([encoded[name == key].iloc[0] for key in few])


def shrunk(own, overall):
    """James and Stein's mean, with the pull  own / (own + overall) * (k - 3) / (k - 1)  of k categories."""
    k = len(targets)
    return mean + own / (own + overall) * (k - 3) / (k - 1) * (y.mean() - mean)


seen = codes(category_encoders.JamesSteinEncoder())
by_errors = shrunk(variance / count, y.var(ddof=1) / len(y))
by_m = codes(category_encoders.MEstimateEncoder(m=4.0))
print("category_encoders", category_encoders.__version__, "overall mean", round(y.mean(), 3))
print(few, "own means", mean)
print("James and Stein's codes  ", seen.round(3))
print("with standard errors     ", by_errors.round(3))
print("MEstimateEncoder, m = 4  ", by_m.round(3))
still = (
    category_encoders.__version__ == "2.11.2"
    and np.allclose(seen, shrunk(variance, y.var(ddof=1)), rtol=1e-12)
    and np.isclose(seen[0], seen[1], rtol=1e-12)
    and seen[2] == 3
    and np.allclose(by_m, (mean * count + 4 * y.mean()) / (count + 4))
)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

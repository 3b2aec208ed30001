#!/bin/sh
# lifelines: to cut a follow-up into more rows makes the penalty of a Cox model stronger, where the data say the same.
#
# Guess, before running: CoxTimeVaryingFitter takes a row for each stretch of time over which a subject's covariates stay as they are. To cut a
# stretch in two, with the same values in both rows, changes nothing in the partial likelihood, so it changes no fit, penalised or not.
# Seen: without a penalty it is so. With penalizer=0.1 the two coefficients of 300 subjects are 0.61 and -0.45 with a row each,
# 0.40 and -0.31 cut at every half unit of time, 0.17 and -0.13 at every tenth. The strength read off them, the pull of the likelihood over the
# coefficient, grows as the number of rows: that multiplies the penalty, as the number of subjects does in CoxPHFitter, so that
# it stands beside a mean. Here the likelihood has as many terms as there are events, however many rows. Columns are standardised by rows, too.
# The documentation says "the coefficient of an L2 penalizer in the regression".
# Where it matters: hand over monthly or daily rows, or cut finer with to_episodic_format, and the same penalizer is another model; it
# cannot be carried over from CoxPHFitter, nor from one table to the next.
#
# lifelines 0.30.3, pandas 2.3.3, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --no-compile --disable-pip-version-check \
    lifelines==0.30.3 numpy==2.4.6 scipy==1.17.1 pandas==2.3.3 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter, CoxTimeVaryingFitter
from lifelines.utils import to_episodic_format

PENALIZER = 0.1
rng = np.random.default_rng(0)
n = 300
X = rng.normal(size=(n, 2))
T = rng.exponential(1 / np.exp(X @ [0.7, -0.5]))
died = rng.uniform(size=n) < 0.8
subjects = pd.DataFrame({"a": X[:, 0], "b": X[:, 1], "T": T, "died": died.astype(int)})


def pull(beta):
    """The slope of the log partial likelihood, summed over the deaths; no two of them are at the same time."""
    at_risk = T[None, :] >= T[died][:, None]
    share = at_risk * np.exp(X @ beta)
    return np.sum(X[died] - share @ X / share.sum(axis=1, keepdims=True), axis=0)


def fit(gap, penalizer):
    """Rows and coefficients, with each follow-up cut at every multiple of the gap."""
    rows = to_episodic_format(subjects, "T", "died", time_gaps=gap)
    model = CoxTimeVaryingFitter(penalizer=penalizer)
    beta = model.fit(rows, id_col="id", event_col="died", start_col="start", stop_col="stop").params_[["a", "b"]].to_numpy()
    return len(rows), beta, rows[["a", "b"]].std().to_numpy()


print("lifelines", version("lifelines"))
flat = CoxPHFitter(penalizer=PENALIZER).fit(subjects, "T", "died").params_.to_numpy()
free = CoxPHFitter().fit(subjects, "T", "died").params_.to_numpy()
still = version("lifelines") == "0.30.3"
seen = []
for gap in (100.0, 0.5, 0.1):
    count, beta, scale = fit(gap, PENALIZER)
    # The penalty is on the standardised columns.
    shown = pull(beta) / (beta * scale**2)
    seen.append((count, *beta))
    print(f"{count} rows of {n} subjects: coefficients {beta.round(3)}, strength {shown.round(2)}, {count} * penalizer = {PENALIZER * count:.1f}")
    still &= np.allclose(shown, PENALIZER * count, rtol=1e-3) and np.allclose(fit(gap, 0.0)[1], free, atol=1e-4)
print("CoxPHFitter, a row each:", flat.round(3), "and without a penalty", free.round(3))
still = still and seen[0][0] == n and np.allclose(seen[0][1:], flat, atol=1e-4) and seen[2][0] > 8 * n and seen[2][1] < seen[0][1] / 3
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

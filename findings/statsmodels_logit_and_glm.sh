#!/bin/sh
# statsmodels: one model, one method name, one alpha, and two strengths that differ by the factor n.
#
# Guess, before running: Logit(y, X) and GLM(y, X, family=Binomial()) are one model and give one maximum-likelihood fit, so that
# fit_regularized(alpha=5) with the L1 penalty, which both have, gives one fit as well. The names and the meaning of alpha ("the weight
# multiplying the l1 penalty term", "the penalty weight") are the same.
# Seen: on 200 rows Logit keeps three of four weights and GLM sets all four to 0. GLM gives Logit's fit at alpha = 5 / 200: it divides
# the log-likelihood by n before it adds the penalty, as the formula in its notes says, and Logit does not.
# Where it matters: a strength that was chosen for one and handed to the other is off by the number of rows.
#
# statsmodels 0.15.0, NumPy 2.4.6, SciPy 1.17.1. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --disable-pip-version-check \
    statsmodels==0.15.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
import statsmodels
import statsmodels.api as sm

rng = np.random.default_rng(0)
n, alpha = 200, 5.0
X = rng.normal(size=(n, 4))
y = (rng.uniform(size=n) < 1 / (1 + np.exp(-X @ [1.0, -0.8, 0.5, 0.1]))).astype(float)
binomial = sm.families.Binomial()

plain = sm.Logit(y, X).fit(disp=0).params, sm.GLM(y, X, family=binomial).fit().params
logit = sm.Logit(y, X).fit_regularized(alpha=alpha, disp=0, trim_mode="off", acc=1e-12, maxiter=1000).params
glm, glm_over_n = (
    sm.GLM(y, X, family=binomial).fit_regularized(alpha=one, L1_wt=1.0, cnvrg_tol=1e-12, maxiter=1000).params
    for one in (alpha, alpha / n)
)
print("statsmodels", statsmodels.__version__)
print("no penalty, Logit and GLM  ", plain[0].round(4), plain[1].round(4))
print("Logit, alpha = 5           ", logit.round(4) + 0.0)
print("GLM, alpha = 5, L1_wt = 1  ", glm.round(4))
print("GLM, alpha = 5 / n         ", glm_over_n.round(4))
still = (
    statsmodels.__version__ == "0.15.0"
    and np.allclose(*plain, atol=1e-6)
    and not glm.any()
    and np.sum(np.abs(logit) > 0.1) == 3
    and np.allclose(logit, glm_over_n, atol=1e-4)
)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

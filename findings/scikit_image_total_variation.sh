#!/bin/sh
# scikit-image: total variation with a weight of 1000 smooths less than with 10, and the middle of a flat stretch does not move at all.
#
# Guess, before running: denoise_tv_chambolle gives the minimiser of  |x - f|^2 / 2 + weight * sum of |x[i+1] - x[i]|, an L1 norm of the
# steps, up to its tolerance. For f = 50 zeros, then 50 ones, that is known: one level is weight / 50, the other 1 - weight / 50, until
# they meet at 1/2 with a weight of 25, and stay there. "The greater the weight, the more denoising", the documentation says.
# Seen: with default settings the levels are not flat. The ends stay within 0.001 of where they were at any weight, only samples near
# the step move, and the step left over is 0.04 with a weight of 10, 0.12 with 25 and 0.37 with 1000, where none should be.
# It stops when a step changes the objective by less than eps = 2e-4 of its first value, which grows with the weight. With 25 and 1000 that is
# before the 50th step, as the ends, which a change reaches at one sample a step, are 0 exactly. With eps = 1e-12 and up
# to 20,000 steps the known levels come out.
# Where it matters: a search over weights compares how early each one stopped, not how strong the penalty is.
#
# scikit-image 0.26.0, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
# Without the packages that it reads and writes images with.
"$folder/venv/bin/python" -m pip install -q --no-compile --disable-pip-version-check --no-deps \
    scikit-image==0.26.0 numpy==2.4.6 scipy==1.17.1 lazy-loader==0.6 packaging==26.4 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
import skimage
from skimage.restoration import denoise_tv_chambolle

f = np.repeat([0.0, 1.0], 50)


def exact(weight):
    """The minimiser: each flat half is shifted towards the other by weight over its length, until they meet."""
    return np.abs(f - min(weight / 50, 0.5))


def objective(x, weight):
    return np.sum((x - f) ** 2) / 2 + weight * np.sum(np.abs(np.diff(x)))


print("scikit-image", skimage.__version__)
still, left = skimage.__version__ == "0.26.0", {}
for weight in (1.0, 10.0, 25.0, 1000.0):
    x, known = denoise_tv_chambolle(f, weight=weight), exact(weight)
    left[weight] = x[50] - x[49]
    print(
        f"weight {weight:6}: end {x[0]:.4f}, should be {known[0]:.4f}; step {left[weight]:.4f}, should be {known[50] - known[49]:.4f};",
        f"objective {objective(x, weight):.3g}, possible {objective(known, weight):.3g}",
    )
    still &= abs(x[0]) < 0.001 and known[0] >= 0.02 and (weight < 25 or x[0] == 0)
for weight in (1.0, 10.0):
    still &= np.allclose(denoise_tv_chambolle(f, weight=weight, eps=1e-12, max_num_iter=20_000), exact(weight), atol=1e-3)
still &= left[10.0] < 0.05 < 0.1 < left[25.0] < 0.3 < left[1000.0]
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

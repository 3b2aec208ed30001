#!/bin/sh
# OpenCV: logistic regression with the L1 norm is logistic regression with the squared L2 norm.
#
# Guess, before running: setRegularization takes REG_L1, by the documentation "L1 norm", and REG_L2, "L2 norm". With REG_L1 the weights of
# columns that say nothing are 0, or go to and fro around it by a step; with REG_L2 none is 0. Another setter says how strong either is.
# Seen: both give the same weights, to the last bit, and they are those of the squared L2 norm: the pull of the data on each weight is the weight
# itself. With L1 it would be of one size on all that are not 0. There is no setter for the strength: it is that of C=1 in
# scikit-learn, half the squared norm beside the summed loss, the bias free.
# The kind of norm is looked at where the cost is computed, of which only is asked whether it is a number; the gradient has the weight itself.
# Where it matters: who asks for L1 so as to have fewer columns gets all of them, shrunk.
#
# OpenCV 5.0.0 (opencv-contrib-python-headless 5.0.0.93; 4.14.0.94 has it without contrib), NumPy 2.4.6.
# Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --no-compile --disable-pip-version-check \
    opencv-contrib-python-headless==5.0.0.93 numpy==2.4.6 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
import cv2
import numpy as np

rng = np.random.default_rng(0)
n = 60
X = rng.normal(size=(n, 6)).astype("f4")
y = (X @ np.array([1.5, -1, 0.5, 0, 0, 0], "f4") + rng.logistic(size=n) > 0).astype("f4")
STEPS = 20_000


def fit(kind):
    """Bias and weights by gradient descent on all rows; the step is divided by the number of rows."""
    model = cv2.ml.LogisticRegression.create()
    model.setRegularization(kind)
    model.setTrainMethod(cv2.ml.LOGISTIC_REGRESSION_BATCH)
    model.setLearningRate(0.5 * n)
    model.setIterations(STEPS)
    model.setTermCriteria((cv2.TERM_CRITERIA_MAX_ITER, STEPS, 0.0))
    model.train(X, cv2.ml.ROW_SAMPLE, y[:, None])
    theta = model.get_learnt_thetas().ravel().astype(float)
    return theta[0], theta[1:]


def pull(b, w):
    """Of the data on the bias and on each weight."""
    rest = y - 1 / (1 + np.exp(-(X @ w + b)))
    return rest.sum(), X.T.astype(float) @ rest


print("OpenCV", cv2.__version__)
found = {name: fit(getattr(cv2.ml, "LOGISTIC_REGRESSION_" + name)) for name in ("REG_DISABLE", "REG_L1", "REG_L2")}
for name, (b, w) in found.items():
    print(f"{name}: weights {w.round(4)}, pull {pull(b, w)[1].round(4)}, on the bias {pull(b, w)[0]:.4f}")
b, w = found["REG_L1"]
still = (
    cv2.__version__ == "5.0.0"
    and b == found["REG_L2"][0]
    and np.array_equal(w, found["REG_L2"][1])
    and np.allclose(pull(b, w)[1], w, atol=1e-4)
    and abs(pull(b, w)[0]) < 1e-3
    and np.abs(w).min() > 0.01
    and not np.allclose(np.abs(pull(b, w)[1]), 1, atol=0.1)
    and np.abs(pull(*found["REG_DISABLE"])[1]).max() < 1e-3
)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON

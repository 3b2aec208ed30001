"""Packages of R: glmnet, MASS, nnet, rms; from Debian's r-cran-... packages."""

import functools
import subprocess
import tempfile
from pathlib import Path

import numpy as np

import shrinkage
from measurements.measuring import Finding, Row, problem

LIBRARY = "R"
REQUIREMENTS = ["numpy"]
NEEDS = ["Rscript"]

# R is started once: its packages take seconds to load. For each line on its input, the path of a script, it runs the script
# and prints `result`, then a line "end".
SERVER = """
options(digits = 17)
suppressMessages({library(glmnet); library(MASS); library(nnet)})
input <- file("stdin", "r")
while (length(path <- readLines(input, n = 1)) > 0) {
    outcome <- try(source(path, local = TRUE), silent = TRUE)
    if (inherits(outcome, "try-error")) cat("error", gsub("\\n", " ", outcome), "\n")
    else cat(sprintf("%.17g\n", result))
    cat("end\n")
    flush(stdout())
}
"""
READ = """
data <- as.matrix(read.csv("{data}", header = FALSE))
X <- data[, -ncol(data)]; y <- data[, ncol(data)]
colnames(X) <- paste0("x", seq_len(ncol(X)))
"""


@functools.cache
def server():
    folder = Path(tempfile.mkdtemp())
    (folder / "server.R").write_text(SERVER)
    command = ["Rscript", "--vanilla", folder / "server.R"]
    return folder, subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)


@functools.cache
def version(package):
    command = ["Rscript", "--vanilla", "-e", f"cat(as.character(packageVersion('{package}')))"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def r(fit):
    """A fit by lines of R that set `result` to the bias and the weights; strengths fill their {places}."""

    def run(X, y, **strengths):
        folder, process = server()
        np.savetxt(folder / "data.csv", np.column_stack([X, y]), delimiter=",", fmt="%.17g")
        code = (READ + fit).replace("{data}", str(folder / "data.csv"))
        for name, value in strengths.items():
            code = code.replace("{" + name + "}", repr(float(value)))
        (folder / "fit.R").write_text(code)
        print(folder / "fit.R", file=process.stdin, flush=True)
        lines = list(iter(process.stdout.readline, "end\n"))
        if lines[0].startswith("error"):
            raise RuntimeError(lines[0])
        numbers = [float(line) for line in lines]
        return np.array(numbers[1:]), numbers[0]

    return run


GLMNET = (
    "fit <- glmnet(X, y, family = %s, alpha = {alpha}, lambda = {lambda_} * c(4, 2, 1), thresh = %s, maxit = 1e6)\n"
    "result <- as.numeric(coef(fit)[, 3])"
)
A = ({"lambda_": 0.3, "alpha": 1.0}, {"lambda_": 0.1, "alpha": 1.0})
MIXED = ({"lambda_": 0.3, "alpha": 0.5}, {"lambda_": 0.1, "alpha": 0.0})
PATH = "a path of strengths chosen from the data"
ROWS = [
    Row(
        "glmnet-lasso",
        'glmnet(X, y, family = "gaussian", alpha = 1, lambda)',
        r(GLMNET % ('"gaussian"', 1e-20)),
        A,
        "glmnet.string",
        default=PATH,
        library="glmnet",
    ),
    Row(
        "glmnet-string",
        'glmnet(X, y, family = "gaussian", alpha, lambda)',
        r(GLMNET % ('"gaussian"', 1e-20)),
        MIXED,
        "glmnet.string",
        default=PATH,
        depends="y is divided by its standard deviation inside, and lambda of squared L2 is not put back",
        library="glmnet",
    ),
    Row(
        "glmnet-function",
        "glmnet(X, y, family = gaussian(), alpha, lambda)",
        r(GLMNET % ("gaussian()", 1e-14)),
        MIXED,
        "glmnet.function",
        near=1e-4,
        default=PATH,
        depends="not on the standard deviation of y, unlike the family in quotation marks",
        library="glmnet",
    ),
    Row(
        "glmnet-binomial",
        'glmnet(X, y, family = "binomial", alpha, lambda)',
        r(GLMNET % ('"binomial"', 1e-14)),
        ({"lambda_": 0.05, "alpha": 0.5}, {"lambda_": 0.1, "alpha": 0.0}),
        "glmnet.binomial",
        loss="logistic",
        near=1e-4,
        default=PATH,
        library="glmnet",
    ),
    Row(
        "glmnet-poisson",
        'glmnet(X, y, family = "poisson", alpha, lambda)',
        r(GLMNET % ('"poisson"', 1e-14)),
        ({"lambda_": 0.1, "alpha": 0.5}, {"lambda_": 0.1, "alpha": 0.0}),
        "glmnet.poisson",
        loss="poisson",
        near=1e-4,
        default=PATH,
        library="glmnet",
    ),
    Row(
        "mass-lm-ridge",
        "lm.ridge(y ~ X, lambda)",
        r("result <- as.numeric(coef(lm.ridge(y ~ X, lambda = {lambda_})))"),
        ({"lambda_": 10.0}, {"lambda_": 3.0}),
        "MASS.lm.ridge",
        default="lambda=0",
        library="MASS",
    ),
    Row(
        "nnet-decay",
        "nnet(X, y, size = 0, skip = TRUE, linout = TRUE, decay)",
        r(
            "set.seed(1); fit <- nnet(X, y, size = 0, skip = TRUE, linout = TRUE, decay = {decay}, maxit = 1e5, reltol = 1e-15, abstol = 1e-15, trace = FALSE)\n"
            "result <- fit$wts",
        ),
        ({"decay": 10.0}, {"decay": 3.0}),
        "nnet.decay",
        near=1e-4,
        default="decay=0",
        library="nnet",
    ),
    Row(
        "nnet-decay-logistic",
        "nnet(X, y, size = 0, skip = TRUE, entropy = TRUE, decay)",
        r(
            "set.seed(1); fit <- nnet(X, y, size = 0, skip = TRUE, entropy = TRUE, decay = {decay}, maxit = 1e5, reltol = 1e-15, abstol = 1e-15, trace = FALSE)\n"
            "result <- fit$wts",
        ),
        ({"decay": 3.0}, {"decay": 1.0}),
        "nnet.decay-logistic",
        loss="logistic",
        near=1e-4,
        default="decay=0",
        library="nnet",
    ),
]


def quotation_marks():
    X, y = problem(40)
    fits = [r(GLMNET % (family, 1e-14))(X, y, lambda_=0.3, alpha=0.0) for family in ('"gaussian"', "gaussian()")]
    found = [shrinkage.implied_penalty(X, y, w, b).lam_l2 for w, b in fits]
    return {"string": found[0], "function": found[1], "ratio": found[1] / found[0], "sd_y": np.std(y)}


FINDINGS = [
    Finding(
        "glmnet-quotation-marks",
        'Ridge with family = "gaussian" has strength {string:.4g}, with family = gaussian() {function:.4g}: the ratio is the standard deviation of y, {sd_y:.4g}.',
        quotation_marks,
        lambda n: abs(n["ratio"] / n["sd_y"] - 1) < 1e-3,
        library="glmnet",
    )
]

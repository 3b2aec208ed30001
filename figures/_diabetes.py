"""The diabetes data of Efron, Hastie, Johnstone and Tibshirani (2004), carried beside this file with their origin."""

from pathlib import Path

import numpy as np

NAMES = ("age", "sex", "bmi", "bp", "tc", "ldl", "hdl", "tch", "ltg", "glu")
FILE = Path(__file__).with_name("diabetes.csv")


def diabetes() -> dict:
    """Names of the ten features, the features, shape (442, 10), and the targets, shape (442,)."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    *names, _ = lines[0].split(",")
    if tuple(names) != NAMES:
        raise ValueError(f"{FILE.name} must have the columns {', '.join(NAMES)}, got {', '.join(names)}")
    table = np.array([[float(number) for number in line.split(",")] for line in lines[1:]])
    return {"names": names, "X": table[:, :-1], "y": table[:, -1]}

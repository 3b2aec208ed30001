"""Print which penalty a fit minimised:  python -m shrinkage.implied X.csv weights.csv

X.csv holds one row for each sample, the target in its last column. weights.csv holds the fitted weights in the order of
the features, and one number more for the bias where the model has one. A first row of names is skipped in both. Instead of
the two a file.npz will do, with arrays X, y, w and, where there is one, b.
"""

import argparse
import contextlib
import sys
import zipfile
from pathlib import Path

import numpy as np

from .reading import LOSSES, implied_penalty


def _table(path):
    """The numbers of a CSV file as a matrix; a first row that holds no number at all is taken for names."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{path} must be text in UTF-8, got other bytes") from None
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise ValueError(f"{path} must hold numbers, got an empty file")
    rows = []
    for number, line in enumerate(lines):
        cells = line.split(",")
        try:
            rows.append([float(cell) for cell in cells])
        except ValueError:
            if number == 0 and not any(_is_number(cell) for cell in cells):
                continue
            raise ValueError(
                f"{path} must hold numbers separated by commas, got {line[:60]!r} in row {number + 1}"
            ) from None
    if not rows or len({len(row) for row in rows}) != 1:
        raise ValueError(f"{path} must hold rows of one length, got lengths {sorted({len(row) for row in rows})}")
    return np.array(rows)


def _is_number(cell):
    with contextlib.suppress(ValueError):
        float(cell)
        return True
    return False


def _from_csv(data_path, weights_path):
    table = _table(data_path)
    if table.shape[1] < 2:
        raise ValueError(f"{data_path} must hold features and, last, the target, got one column")
    X, y = table[:, :-1], table[:, -1]
    weights = _table(weights_path).ravel()
    extra = len(weights) - X.shape[1]
    if extra not in (0, 1):
        raise ValueError(
            f"{weights_path} must hold {X.shape[1]} weights, or {X.shape[1] + 1} numbers with the bias last, got {len(weights)}"
        )
    return X, y, weights[: X.shape[1]], float(weights[-1]) if extra else None


def _from_npz(path):
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
    except (zipfile.BadZipFile, EOFError, ValueError, AttributeError):
        raise ValueError(f"{path} must be an archive of arrays, as numpy.savez writes it") from None
    missing = {"X", "y", "w"} - set(arrays)
    if missing:
        raise ValueError(f"{path} must hold arrays X, y and w, got no {', '.join(sorted(missing))}")
    b = float(arrays["b"].reshape(())) if "b" in arrays else None
    return arrays["X"], arrays["y"], arrays["w"], b


def main(arguments=None):
    """Print the sentence and return 0; one line on stderr and 2 where that cannot be."""
    details = __doc__.partition("\n\n")[2]
    parser = argparse.ArgumentParser(
        prog="python -m shrinkage.implied", description="Print which penalty a fit minimised.", epilog=details
    )
    parser.add_argument("data", help="X.csv with the target last, or one .npz with X, y, w and b")
    parser.add_argument("weights", nargs="?", help="weights.csv; not with .npz")
    parser.add_argument("--loss", choices=list(LOSSES), default="squared_error", help="the error that was minimised")
    options = parser.parse_args(arguments)
    try:
        if options.data.endswith(".npz"):
            if options.weights is not None:
                raise ValueError(f"weights must be in {options.data} itself, got a second file")
            X, y, w, b = _from_npz(options.data)
        elif options.weights is None:
            raise ValueError("weights must be given as a second file, got none")
        else:
            X, y, w, b = _from_csv(options.data, options.weights)
        print(implied_penalty(X, y, w, b, options.loss))
    except (OSError, ValueError) as error:
        message = (
            f"cannot read {error.filename}: {error.strerror}"
            if isinstance(error, OSError) and error.filename
            else error
        )
        print(f"python -m shrinkage.implied: {message}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

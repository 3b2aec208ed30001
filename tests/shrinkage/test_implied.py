"""The command that prints which penalty a fit minimised."""

import re
import subprocess
import sys

import numpy as np
import pytest

from shrinkage import implied, implied_penalty
from tests.shrinkage.test_reading import exact


@pytest.fixture
def files(tmp_path):
    X, y, w, b = exact(0, 0.0, 30.0, 0)
    np.savetxt(tmp_path / "X.csv", np.column_stack([X, y]), delimiter=",", fmt="%.17g")
    np.savetxt(tmp_path / "weights.csv", np.append(w, b), fmt="%.17g")
    np.savez(tmp_path / "fit.npz", X=X, y=y, w=w, b=b)
    return tmp_path


def test_it_prints_the_sentence(files, capsys):
    X, y, w, b = exact(0, 0.0, 30.0, 0)
    for arguments in ([files / "X.csv", files / "weights.csv"], [files / "fit.npz"]):
        assert implied.main(list(map(str, arguments))) == 0
        out, err = capsys.readouterr()
        assert (
            out.startswith("This is ridge with lambda = 30 in our convention")
            and "Ridge(alpha=30)" in out
            and err == ""
        )
    assert out.strip() == str(implied_penalty(X, y, w, b))


def test_names_a_mark_and_a_single_row_of_weights_are_let_in(files, capsys):
    rows = (files / "X.csv").read_text()
    (files / "named.csv").write_text(
        "\ufeff" + ",".join(f"x{j}" for j in range(8)) + ",y\n" + rows + "\n", encoding="utf-8"
    )
    numbers = (files / "weights.csv").read_text().split()
    (files / "row.csv").write_text(",".join(numbers))
    assert implied.main([str(files / "named.csv"), str(files / "row.csv")]) == 0
    assert "Ridge(alpha=30)" in capsys.readouterr().out
    # Without the last number there is no bias.
    (files / "no_bias.csv").write_text(",".join(numbers[:-1]))
    assert implied.main([str(files / "X.csv"), str(files / "no_bias.csv")]) == 0
    assert "bias" not in capsys.readouterr().out


def test_the_loss_is_an_option(files, capsys):
    assert implied.main([str(files / "X.csv"), str(files / "weights.csv"), "--loss", "logistic"]) == 2
    assert "y must be 0 or 1 for the logistic loss" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("contents", "arguments", "message"),
    [
        ({}, ["no.csv", "weights.csv"], "cannot read .*no.csv: No such file"),
        ({}, ["X.csv"], "weights must be given as a second file, got none"),
        ({}, ["fit.npz", "weights.csv"], "weights must be in .*fit.npz itself, got a second file"),
        ({"w.csv": "1,2"}, ["X.csv", "w.csv"], "w.csv must hold 8 weights, or 9 numbers with the bias last, got 2"),
        ({"w.csv": ""}, ["X.csv", "w.csv"], "w.csv must hold numbers, got an empty file"),
        ({"w.csv": "a,b\n"}, ["X.csv", "w.csv"], "w.csv must hold rows of one length"),
        ({"w.csv": "1,b\n2,3"}, ["X.csv", "w.csv"], "w.csv must hold numbers separated by commas, got '1,b' in row 1"),
        ({"w.csv": "1\n2,3"}, ["X.csv", "w.csv"], r"w.csv must hold rows of one length, got lengths \[1, 2\]"),
        ({"w.csv": ",".join(["nan"] * 8)}, ["X.csv", "w.csv"], "w must be an array of finite numbers"),
        ({"X.csv": "1\n2"}, ["X.csv", "weights.csv"], "X.csv must hold features and, last, the target, got one column"),
        ({"bad.npz": "no archive"}, ["bad.npz"], "bad.npz"),
        ({"w.csv": b"\xff\xfe1"}, ["X.csv", "w.csv"], "w.csv"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(files, capsys, contents, arguments, message):
    for name, text in contents.items():
        (files / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    assert implied.main([str(files / name) for name in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and err.startswith("python -m shrinkage.implied: ")
    assert re.search(message, err), err


def test_an_archive_without_weights_is_refused(files, capsys):
    np.savez(files / "half.npz", X=np.eye(2), y=np.ones(2))
    assert implied.main([str(files / "half.npz")]) == 2
    assert "must hold arrays X, y and w, got no w" in capsys.readouterr().err


def test_as_a_command_it_warns_of_nothing(files):
    command = [sys.executable, "-W", "error", "-m", "shrinkage.implied", "X.csv", "weights.csv"]
    run = subprocess.run(command, cwd=files, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "") and run.stdout.startswith("This is ridge")
    run = subprocess.run([*command[:-2], "X.csv"], cwd=files, capture_output=True, text=True)
    assert run.returncode == 2 and run.stdout == "" and run.stderr.count("\n") == 1
    assert "usage" in subprocess.run([*command[:-2], "--help"], cwd=files, capture_output=True, text=True).stdout

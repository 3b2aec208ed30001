"""Measure what libraries minimise:  python -m measurements.run [NAME...]

Each library gets an environment of its own at the versions that its module pins, in a temporary folder that is removed
afterwards. What it minimises is written to measurements/results.json; rows of libraries that were not asked for stay.
R and Java must be installed for the libraries that run on them; without them these are skipped, with the reason.
"""

import argparse
import ast
import datetime
import json
import os
import pkgutil
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "measurements" / "results.json"
LIBRARIES = sorted(
    module.name for module in pkgutil.iter_modules([str(ROOT / "measurements" / "libraries")]) if module.name[0] != "_"
)
# What a library's module may say: its name, its pinned packages, commands that it needs, why it cannot be measured.
DECLARED = {"LIBRARY", "REQUIREMENTS", "NEEDS", "SKIPPED"}
SECONDS_TO_INSTALL, SECONDS_TO_MEASURE = 900, 900


def declared(name):
    """What a library's module says of itself, read without running it: what it imports is not here."""
    tree = ast.parse((ROOT / "measurements" / "libraries" / f"{name}.py").read_text(encoding="utf-8"))
    return {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in DECLARED
    }


def environment(folder, requirements):
    """The interpreter of a new environment in `folder` that has the requirements."""
    # The pip that runs this installs there: one more for each library would take longer than some libraries.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True, capture_output=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    options = ["-q", "--no-compile", "--disable-pip-version-check"]
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", *options, *requirements]
    run = subprocess.run(install, capture_output=True, text=True, timeout=SECONDS_TO_INSTALL)
    if run.returncode:
        lines = [line for line in run.stderr.splitlines() if line.strip()]
        raise RuntimeError(f"cannot be installed: {lines[-1] if lines else run.returncode}"[:200])
    return python


def measured(name, bar):
    """The entry of one library for results.json."""
    about = declared(name)
    entry = {
        "name": name,
        "library": about["LIBRARY"],
        "requirements": about["REQUIREMENTS"],
        "date": datetime.date.today().isoformat(),
        "python": ".".join(map(str, sys.version_info[:3])),
    }
    missing = [command for command in about.get("NEEDS", []) if shutil.which(command) is None]
    if about.get("SKIPPED") or missing:
        return entry | {"skipped": about.get("SKIPPED") or f"needs {' and '.join(missing)}, which is not installed"}
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="measurements-") as folder:
        bar.set_description(f"{name}: installing")
        try:
            python = environment(Path(folder) / "venv", about["REQUIREMENTS"])
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            return entry | {"skipped": str(error)}
        entry["seconds_to_install"] = round(time.monotonic() - start)
        bar.set_description(f"{name}: measuring")
        start = time.monotonic()
        variables = os.environ | {
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
            "OMP_NUM_THREADS": "1",
            "TMPDIR": folder,
        }
        log = Path(folder) / "log"
        with log.open("w") as stderr:
            worker = subprocess.Popen(
                [python, "-m", "measurements.measuring", name],
                cwd=folder,
                env=variables,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )
            results = {"row": [], "finding": []}
            for line in worker.stdout:
                if line.startswith("{"):
                    result = json.loads(line)
                    results[result["kind"]].append(result["result"])
                    bar.set_postfix_str(result["result"]["id"])
            worker.wait(timeout=SECONDS_TO_MEASURE)
        if worker.returncode:
            return entry | {"skipped": f"failed: {log.read_text().strip().splitlines()[-1]}"[:200]}
        if os.environ.get("MEASUREMENTS_LOG"):
            sys.stderr.write(log.read_text())
        freeze = subprocess.run(
            [sys.executable, "-m", "pip", "--python", str(python), "freeze"], capture_output=True, text=True
        ).stdout.splitlines()
        entry["numpy"] = next((line.split("==")[1] for line in freeze if line.startswith("numpy==")), None)
    entry["seconds_to_measure"] = round(time.monotonic() - start)
    own = about["REQUIREMENTS"][0].split("==")
    entry["version"] = own[1] if len(own) > 1 else None
    return entry | {"rows": results["row"], "findings": results["finding"]}


def recorded():
    """What results.json holds, by name, of libraries that there are."""
    entries = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else []
    return {entry["name"]: entry for entry in entries if entry["name"] in LIBRARIES}


def confirmed(entry):
    """The entry with the rows and findings that hold, and the names of those that do not: nobody should quote them."""
    rows = [row for row in entry.get("rows", []) if "error" not in row and (row["confirmed"] or not row["convention"])]
    findings = [finding for finding in entry.get("findings", []) if finding.get("holds")]
    kept = {item["id"] for item in (*rows, *findings)}
    others = [item["id"] for item in (*entry.get("rows", []), *entry.get("findings", [])) if item["id"] not in kept]
    others = sorted({*entry.get("unconfirmed", []), *others} - kept)
    return entry | ({"rows": rows, "findings": findings, "unconfirmed": others} if "rows" in entry else {})


def record(entry):
    """Put one library's entry into results.json, sorted by name, whole or not at all."""
    entries = recorded() | {entry["name"]: confirmed(entry)}
    text = json.dumps([entries[name] for name in sorted(entries)], indent=1, sort_keys=True) + "\n"
    temporary = RESULTS.with_suffix(".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(RESULTS)


def main(arguments=None):
    """Measure what is asked for; 2 where a name is not known, 1 where a row is not confirmed."""
    parser = argparse.ArgumentParser(prog="python -m measurements.run", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(LIBRARIES)}; all without any")
    parser.add_argument("--jobs", type=int, default=1, help="how many libraries at once (default 1)")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in LIBRARIES]
    if unknown:
        print(
            f"python -m measurements.run: no library {unknown[0]!r}; there are {', '.join(LIBRARIES)}", file=sys.stderr
        )
        return 2
    start, wrong, names = time.monotonic(), 0, options.names or LIBRARIES
    with tqdm(total=len(names), unit="library") as bar, ThreadPoolExecutor(max(1, options.jobs)) as pool:
        # What is measured is another process; here is nothing but waiting, and one thread that records.
        for entry in (done.result() for done in as_completed([pool.submit(measured, name, bar) for name in names])):
            record(entry)
            bar.update()
            problems = [r for r in entry.get("rows", []) if "error" in r or (r["convention"] and not r["confirmed"])]
            problems += [f for f in entry.get("findings", []) if not f.get("holds")]
            wrong += len(problems)
            if "skipped" in entry:
                bar.write(f"{entry['name']}: skipped, {entry['skipped']}")
            for row in problems:
                bar.write(f"{entry['name']}: {row['id']} {row.get('error') or 'is not confirmed'}")
    rows = sum(len(entry.get("rows", [])) for entry in recorded().values())
    print(f"{rows} rows in {RESULTS.relative_to(ROOT)}; this run took {time.monotonic() - start:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

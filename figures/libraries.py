"""What libraries were seen to minimise: the measurements as rows of a table."""

import datetime
import json
import re
from pathlib import Path

FILE = Path(__file__).parents[1] / "measurements" / "results.json"
# From this age on a row says so.
DAYS = 365

KINDS = {
    "none": "no penalty",
    "l1": "L1",
    "squared_l2": "squared L2",
    "elastic_net": "elastic net",
    "box": "a box",
    "unexplained": "neither",
    "undetermined": "not to be told",
}
BIAS = {"free": "free", "same": "penalised", "own": "penalised otherwise", "absent": "none", "unexplained": "pulled at"}


def facts() -> dict:
    """All rows, findings and libraries that were skipped, as they were measured."""
    entries = json.loads(FILE.read_text(encoding="utf-8"))
    measured = [entry for entry in entries if entry.get("rows") or entry.get("findings")]
    today = datetime.date.today()
    rows = [row_of(entry, row, today) for entry in measured for row in entry["rows"] if "error" not in row]
    seconds = sum(entry["seconds_to_install"] + entry["seconds_to_measure"] for entry in measured)
    findings = [finding_of(entry, finding) for entry in measured for finding in entry["findings"]]
    return {
        "rows": rows,
        "findings": findings,
        # What the page on weight decay shows of them.
        "decays": [row for row in rows if "decay" in row["call"]],
        "decay_findings": [
            finding for finding in findings if any(word in finding["id"] for word in ("adam", "clipped", "precision"))
        ],
        "seen": {
            finding["id"].replace("-", "_"): finding["numbers"]
            | {"version": finding_of(entry, finding)["version"], "packages": packages(entry)}
            for entry in measured
            for finding in entry["findings"]
        },
        "skipped": [{"library": e["library"], "why": e["skipped"]} for e in entries if "skipped" in e],
        "n_rows": len(rows),
        "n_libraries": len({row["library"] for row in rows}),
        "n_penalised_bias": sum(row["bias"] == BIAS["same"] for row in rows),
        "n_half": sum(row["twice"] == HALF for row in rows),
        "n_unit": sum(row["unit"] not in ("no", "–") for row in rows),
        "minutes": seconds / 60,
        "first": min(entry["date"] for entry in measured),
        "last": max(entry["date"] for entry in measured),
    }


HALF, SAME = "half as strong", "the same fit"


def _as_written(formula: str) -> str:
    """R and Spark call a parameter lambda, which Python keeps for itself; and signs as in a text."""
    formula = re.sub(r"\blambda_\b", "lambda", formula)
    return "–" if formula == "-" else formula.replace(" - ", " − ").replace("^2", "²").replace("^0.5", "^½")


def row_of(entry: dict, row: dict, today: datetime.date) -> dict:
    """One line of the table, in words."""
    kinds = [KINDS[kind] for kind in row["kinds"]]
    formula = row["convention"] is not None
    units = "of standardised features" if "standardised" in row["units"] else "as given"
    age = today - datetime.date.fromisoformat(entry["date"])
    return {
        "library": row.get("library", entry["library"]),
        "version": row.get("version", entry["version"]),
        "call": row["call"],
        "id": row["id"],
        "l1": _as_written(row["l1"]) if formula else "–" if row["l1"] == "?" else row["l1"],
        "l2": _as_written(row["l2"]) if formula else " or ".join(kinds),
        "loss": {"squared_error": "squared error", "logistic": "logistic loss", "poisson": "Poisson loss"}[row["loss"]],
        "units": units,
        "bias": " or ".join(dict.fromkeys(BIAS[kind] for kind in row["bias"])),
        "zeros": "yes" if row["zeros"] else "no",
        "twice": twice(row["rows_twice"]),
        "unit": unit_of_y(row["unit_of_y"], row["kinds"]),
        "default": row["default"],
        "depends": row["depends"] or "–",
        "deviation": row["deviation"] if row["deviation"] is not None else "–",
        "measured": entry["date"] + (", more than a year ago" if age.days >= DAYS else ""),
    }


def twice(ratios: dict) -> str:
    """What entering every row a second time does to the penalty against the error."""
    known = [ratio for ratio in ratios.values() if ratio is not None]
    if not known:
        return "–"
    if all(abs(ratio - 2) < 0.1 for ratio in known):
        return SAME
    if all(abs(ratio - 1) < 0.05 for ratio in known):
        return HALF
    return f"{known[0] / 2:.2g} times as strong"


def unit_of_y(ratios: dict | None, kinds: list) -> str:
    """For which of the strengths the fit changes when y is given in another unit."""
    if "box" in kinds:
        return "yes"
    if ratios is None or all(ratio is None for ratio in ratios.values()):
        return "–"
    # In our convention lam_l1 has the unit of y, lam_l2 none: another unit, the same fit.
    changed = [
        name
        for name, key, power in (("L1", "lam_l1", 1), ("squared L2", "lam_l2", 0))
        if ratios[key] is not None and abs(ratios[key] / 10**power - 1) > 0.05
    ]
    return " and ".join(changed) or "no"


def packages(entry: dict) -> dict:
    """The versions of all that was pinned for a library's measurements, and of NumPy."""
    pinned = dict(each.split("==") for each in entry["requirements"] if "==" in each)
    return {name: version for name, version in ({"numpy": entry["numpy"]} | pinned).items() if version}


def finding_of(entry: dict, finding: dict) -> dict:
    """One behaviour that no factor describes, in words."""
    return {
        "library": finding.get("library", entry["library"]),
        "version": finding.get("version", entry["version"]),
        "id": finding["id"],
        "says": finding["says"].format(**finding["numbers"]),
    }

"""What is drawn, as text: its data as CSV, its facts as JSON."""

import csv
import io
import json
from collections.abc import Mapping

from figpress.figure.computing import Computed, plain


def table(data: Mapping[str, object]) -> str:
    """The drawn data as CSV: one column a number or list, pairs and grids as several columns, shorter ones left blank."""
    columns: dict[str, list] = {}

    def collect(name: str, value: object) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                collect(f"{name}.{key}", item)
        elif isinstance(value, list) and value and isinstance(value[0], list | dict):
            for index, item in enumerate(value):
                collect(f"{name}.{index}", item)
        else:
            columns[name] = value if isinstance(value, list) else [value]

    for name, value in data.items():
        collect(name, plain(value))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in range(max(map(len, columns.values()), default=0)):
        writer.writerow(
            [
                repr(c[row]) if row < len(c) and isinstance(c[row], float) else c[row] if row < len(c) else ""
                for c in columns.values()
            ]
        )
    return text.getvalue()


def numbers(computed: Computed) -> bytes:
    """Parameters, facts and description as JSON."""
    content = {"parameters": computed.parameters, "facts": computed.facts, "description": computed.description}
    return (json.dumps(plain(content), indent=2, ensure_ascii=False) + "\n").encode()

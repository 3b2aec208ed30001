"""What is drawn, as text: its data as CSV, its facts as JSON."""

import csv
import io
import json
import math
from collections.abc import Mapping

from figpress.figure.computing import Computed, plain


def _cell(value: object) -> object:
    if not isinstance(value, float):
        return value
    return "" if math.isnan(value) else repr(value)


def table_file(data: Mapping[str, object]) -> bytes:
    """The file of the table; where letters are not only those of ASCII, a mark before them tells spreadsheets their encoding."""
    text = table(data)
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def table(data: Mapping[str, object]) -> str:
    """The drawn data as CSV: one column a number or list, pairs and grids as several columns.

    Shorter columns are left blank, and so is what is no number: a spreadsheet would take ``nan`` for a word.
    """
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
        writer.writerow([_cell(column[row]) if row < len(column) else "" for column in columns.values()])
    return text.getvalue()


def numbers(computed: Computed) -> bytes:
    """Parameters, facts and description as JSON."""
    content = {"parameters": computed.parameters, "facts": computed.facts, "description": computed.description}
    return (json.dumps(plain(content), indent=2, ensure_ascii=False) + "\n").encode()

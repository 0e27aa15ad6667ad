"""Records as tables that a spreadsheet opens (CSV, RFC 4180, UTF-8 with a byte order mark).

What somebody typed is never run: a text that a spreadsheet would take for a formula gets an
apostrophe in front. So these tables are for reading; `record.json` says what was typed.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - wide ones count too

PATIENT_COLUMNS = (
    "id",
    "name",
    "date_of_birth",
    "sex",
    "record_number",
    "entered_at",
    "sample",
    "needs.large_print",
    "needs.interpreter",
    "needs.language",
)
VISIT_COLUMNS = (
    "id",
    "patient_id",
    "follows",
    "state",
    "sample",
    "visit_date",
    "started_at",
    "signed_at",
    "patient.name",
    "patient.date_of_birth",
    "patient.sex",
    "patient.record_number",
    "practitioner.name",
    "practitioner.role",
    "practitioner.registration",
    "clinic.name",
    "allergy_state",
    "allergies",
    "goals.first",
    "plan.primary_concern",
    "plan.targets",
    "plan.device_kind",
    "plan.depth_mm",
    "plan.sessions",
    "plan.interval_weeks",
    "plan.first_session",
    "agreement.decision",
    "agreement.treat_today",
    "agreement.signed_on_paper",
    "agreement.signed_at",
    "findings",
    "content_id",
    "content_version",
    "handout.pages",
    "handout.sha256",
)

Row = Sequence[object]


class Table:
    """A table that grows row by row.

    Args:
        header: What stands in the first row.
    """

    def __init__(self, header: Sequence[str]) -> None:
        self._text = io.StringIO()
        self._writer = csv.writer(self._text, lineterminator="\r\n")
        self._writer.writerow(header)

    def add(self, row: Row) -> None:
        """Add a row."""
        self._writer.writerow([write_cell(value) for value in row])

    def add_all(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        self._writer.writerows([write_cell(value) for value in row] for row in rows)

    def encode(self) -> bytes:
        """Return the table as a file's content."""
        return self._text.getvalue().encode("utf-8-sig", "replace")


def write_cell(value: object) -> str:
    """Return a value as a cell shows it; a text that begins like a formula is kept from running."""
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" ").startswith(_BEGINS_FORMULA) else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | float) else write_cell(_join(value))


def _join(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_join(inner)}" for key, inner in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(" ".join(map(_word, _parts(item))) for item in value)
    return _word(value)


def _parts(item: object) -> Iterable[object]:
    return item.values() if isinstance(item, Mapping) else (item,)


def _word(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def look(document: Mapping[str, object], place: str) -> object:
    """Return what stands at a place such as `patient.name`, None when nothing does."""
    value: object = document
    for name in place.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def spread(value: object, place: str = "") -> Iterator[tuple[str, object]]:
    """Yield place and value of every single value in a document of plain JSON values."""
    if isinstance(value, dict):
        inside = [(f"{place}.{name}" if place else str(name), item) for name, item in value.items()]
    elif isinstance(value, list):
        inside = [(f"{place}[{number}]", item) for number, item in enumerate(value)]
    else:
        yield place, value
        return
    for inner, item in inside:
        if isinstance(item, dict | list):
            yield from spread(item, inner)
        else:
            yield inner, item


def write_visit(document: Mapping[str, object]) -> bytes:
    """Return one visit as a table of fields and values; what was left empty has no row."""
    table = Table(("field", "value"))
    table.add_all(row for row in spread(dict(document)) if row[1] is not None and row[1] != "")
    return table.encode()

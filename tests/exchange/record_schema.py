"""The JSON Schema of a record, worked out from the dataclasses that read it.

`python tests/exchange/record_schema.py` writes the files of `resources/schema/` anew, after a field
was added; a test sees to it that they are the same.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, it describes the program beside it

from consult_app.domain import consultation, patient_record  # noqa: E402 - after the line above

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE: dict[Any, dict[str, object]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d"},
}


def describe_records() -> dict[str, dict[str, Any]]:
    """Return the schemas by the name of their file."""
    kinds: tuple[tuple[str, type, int], ...] = (
        ("record", consultation.Consultation, consultation.SCHEMA),
        ("patient", patient_record.PatientRecord, patient_record.SCHEMA),
    )
    return {
        f"consult-{name}-{version}.schema.json": _describe_whole(name, kind, version)
        for name, kind, version in kinds
    }


def _describe_whole(name: str, kind: type, version: int) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    _describe(kind, parts)
    whole = parts.pop(kind.__name__)
    whole["properties"]["schema"] = {"const": version}
    title = f"A {name} as consult-app keeps and exports it, schema {version}"
    return {"$schema": DIALECT, "title": title, **whole, "$defs": dict(sorted(parts.items()))}


def _describe(kind: Any, parts: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - any type
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind in _SIMPLE:
        return dict(_SIMPLE[kind])
    if origin in (typing.Union, types.UnionType):
        return {
            "anyOf": [
                {"type": "null"} if one is types.NoneType else _describe(one, parts)
                for one in arguments
            ]
        }
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _describe(arguments[0], parts)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _describe(arguments[1], parts)}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [str(each) for each in kind]}
    if hasattr(kind, "parse"):
        return {"type": "string"}  # a date as it is remembered: 2026, 2026-03 or 2026-03-20
    return _describe_fields(kind, parts)


def _describe_fields(kind: type, parts: dict[str, Any]) -> dict[str, Any]:
    if kind.__name__ not in parts:
        parts[kind.__name__] = {}  # so that a class may hold values of its own kind
        hints = typing.get_type_hints(kind)
        names = [field.name for field in dataclasses.fields(kind)]
        parts[kind.__name__] = {
            "type": "object",
            "additionalProperties": False,
            "required": names,
            "properties": {name: _describe(hints[name], parts) for name in names},
        }
    return {"$ref": f"#/$defs/{kind.__name__}"}


def main() -> None:
    """Write the schemas."""
    for name, schema in describe_records().items():
        path = ROOT / "resources" / "schema" / name
        path.write_text(json.dumps(schema, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

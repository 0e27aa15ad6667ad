"""The record format is documented as it is, and what is exported keeps to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.exchange.record_schema import describe_records

SAVED = Path(__file__).parents[1] / "saved"


@pytest.mark.parametrize("name", describe_records())
def test_the_schema_that_is_shipped_is_that_of_the_program(name: str, resources: Path) -> None:
    """After a field was added: `python tests/exchange/record_schema.py`."""
    shipped = json.loads((resources / "schema" / name).read_text(encoding="utf-8"))
    assert shipped == describe_records()[name]


@pytest.mark.parametrize("name", describe_records())
def test_records_as_they_are_kept_keep_to_it_and_others_do_not(name: str) -> None:
    kind, version = name.removesuffix(".schema.json").split("-")[1:]
    saved = {"record": "consultation"}.get(kind, kind)
    text = (SAVED / f"{saved}-{version}.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    schema = describe_records()[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    for wrong in ({**document, "nick": "x"}, {**document, "schema": 99}, {**document, "id": 7}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)

"""The facts travel inside the PDF only when asked for, and the file stays as good as without."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from consult_app import cli
from consult_app.paths import find_resources
from tests.handout.validators import find_faults

EXAMPLE = find_resources() / "examples" / "first-visit.json"


def _make(folder: Path, *options: str) -> bytes:
    target = folder / "sheet.pdf"
    assert cli.main(["handout", str(EXAMPLE), "-o", str(target), *options]) == 0
    return target.read_bytes()


def _read(pdf: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert list(opened.attachments) == ["consultation.fhir.json"]
        (held,) = opened.Root.AF
        assert held.AFRelationship == "/Data"
        read: dict[str, Any] = json.loads(
            opened.attachments["consultation.fhir.json"].get_file().read_bytes()
        )
    return read


def test_nothing_travels_along_unless_asked_for(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(_make(tmp_path))) as opened:
        assert list(opened.attachments) == []
        assert "/AF" not in opened.Root


@pytest.mark.parametrize("size", ["standard", "large"])
def test_a_sheet_with_facts_is_pdf_a_3a_and_pdf_ua_at_once(tmp_path: Path, size: str) -> None:
    pdf = _make(tmp_path, "--attach-facts", "--print", size)

    assert b"<pdfaid:part>3</pdfaid:part>" in pdf
    assert find_faults(pdf) == []


def test_the_facts_are_a_bundle_whose_references_lead_somewhere(tmp_path: Path) -> None:
    bundle = _read(_make(tmp_path, "--attach-facts"))
    held = {entry["resource"]["resourceType"]: entry for entry in bundle["entry"]}
    plan = held["CarePlan"]["resource"]
    urls = {entry["fullUrl"] for entry in bundle["entry"]}

    assert bundle["resourceType"] == "Bundle"
    assert set(held) == {"Patient", "Practitioner", "Organization", "CarePlan"}
    assert {plan["subject"]["reference"], plan["author"]["reference"]} <= urls
    assert held["Patient"]["resource"]["birthDate"] == "1994-05-17"
    starts = [one["detail"]["scheduledPeriod"]["start"] for one in plan["activity"]]
    assert starts == ["2027-09-06", "2027-10-04", "2027-11-01", "2027-11-29", "2028-02-21"]


def test_the_same_case_gives_the_same_file(tmp_path: Path) -> None:
    assert _make(tmp_path, "--attach-facts") == _make(tmp_path, "--attach-facts")

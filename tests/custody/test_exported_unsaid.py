"""A case file in an export denies nothing that nobody denied in the visit."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from consult_app import record
from consult_app.custody.exporting import Shipped, export_records
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Condition, Facts
from consult_app.knowledge.pack.pack import Pack
from consult_app.store.memory import MemoryStore

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("said", "named"), [(None, True), (False, False), (True, False)])
def test_what_nobody_chose_is_named_as_not_answered(
    pack: Pack, *, said: bool | None, named: bool
) -> None:
    visit = Consultation(
        id="v1",
        patient_id="p1",
        visit_date=date(2026, 6, 15),
        started_at=datetime.fromisoformat("2026-06-15T09:00"),
        answers={"blood_borne_virus": Answer(state="yes")},
        facts=Facts(conditions=(Condition(code="hiv", uncontrolled=said),)),
    )
    store, out = MemoryStore(), BytesIO()
    store.drafts.save("v1", record.write(visit, full=True), AT)

    export_records(store, out, Shipped(pack=pack), at=AT)

    with zipfile.ZipFile(out) as archive:
        (name,) = (it for it in archive.namelist() if it.endswith("/case.json"))
        case = json.loads(archive.read(name))
    assert ("blood_borne_virus" in case["facts"]["unanswered"]) is named

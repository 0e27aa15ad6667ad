"""What stays of an anonymised visit tells nobody whose it was."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from consult_app import record
from consult_app.custody.anonymous import anonymise
from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Condition, Facts, Medication
from consult_app.domain.partial_date import PartialDate

SAVED = Path(__file__).parents[1] / "saved" / "consultation-2.json"
MARKER = "Zq Marker"


def read() -> dict[str, Any]:
    """Return a full visit as kept."""
    found: dict[str, Any] = json.loads(SAVED.read_text(encoding="utf-8"))
    return found


def mark(value: Any) -> Any:  # noqa: ANN401 - any part of a visit
    """Return a value with the marker wherever a person's words may stand."""
    if not dataclasses.is_dataclass(value):
        return value
    changes = {}
    for field in dataclasses.fields(value):
        item = getattr(value, field.name)
        personal = type(item) is str and not field.repr
        changes[field.name] = MARKER if personal else mark(item)
    return dataclasses.replace(value, **changes)  # type: ignore[type-var] # it is one, see above


def texts(value: object) -> Iterator[str]:
    """Yield every text in plain JSON values."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


def test_no_word_name_id_or_day_stays() -> None:
    visit = record.read(Consultation, read())
    marked: Consultation = mark(visit)
    assert any(MARKER in text for text in texts(record.write(marked)))
    stays = record.write(anonymise(marked, "new"), full=True)
    found = list(texts(stays))
    assert not any(MARKER in text for text in found)
    for secret in (visit.id, visit.patient_id, visit.practitioner.name, str(visit.visit_date)):
        assert secret
        assert secret not in found
    assert stays["handout"] is None
    assert stays["agreement"]["signature"] == []
    assert stays["body_image"] == {}
    assert not any(text.count("-") == 2 and text[8:10] not in ("01", "") for text in found)


def test_what_the_figures_need_stays() -> None:
    visit = record.read(Consultation, read())
    stays = anonymise(visit, "new")
    assert stays.plan.targets == visit.plan.targets
    assert stays.findings == visit.findings
    assert stays.skin.phototype_seen == visit.skin.phototype_seen
    assert (stays.id, stays.patient_id, stays.visit_date.day) == ("new", "", 1)


def test_days_become_months_and_typed_words_go_with_what_they_stood_in() -> None:
    visit = record.read(Consultation, read())
    facts = Facts(
        date_of_birth=date(1990, 5, 1),
        conditions=(
            Condition(code="hsv", date_healed=PartialDate(2026, 3, 20)),
            Condition(code="Something Rare She Told"),
        ),
        medications=(Medication(code="isotretinoin", last_dose=PartialDate(2025)),),
    )
    stays = anonymise(dataclasses.replace(visit, facts=facts), "new").facts
    assert stays.date_of_birth is None
    assert stays.conditions == (Condition(code="hsv", date_healed=PartialDate(2026, 3, 1)),)
    assert stays.medications == facts.medications

"""What may stay of a visit when nobody is to know any more whose it was.

What is kept is listed here; whatever a later version adds to a visit is left out until somebody
adds it here. Words that were typed, names, days and ids go; codes, grades and months stay. That
makes it hard to tell whose visit it was, not impossible: something rare may still give it away.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time
from typing import Any, TypeVar

from consult_app import record
from consult_app.domain.consultation import (
    Agreement,
    Consultation,
    Goals,
    MapFinding,
    SkinAssessment,
)
from consult_app.domain.people import Locale

T = TypeVar("T")

_CODE = re.compile(r"[a-z0-9_.]+", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d)-\d\d(T.*)?", re.ASCII)


def anonymise(visit: Consultation, visit_id: str) -> Consultation:
    """Return what may stay of a visit.

    Args:
        visit: The visit.
        visit_id: A new id, which nothing else has.
    """
    month = visit.visit_date.replace(day=1)
    return Consultation(
        id=visit_id,
        patient_id="",
        state="signed",
        sample=visit.sample,
        visit_date=month,
        started_at=datetime.combine(month, time()),
        panel="finish",
        locale=Locale(country=visit.locale.country),
        allergy_state=visit.allergy_state,
        goals=_clear(Goals(concerns=visit.goals.concerns, first=visit.goals.first)),
        skin=_clear(_leave_notes(visit.skin)),
        answers=visit.answers,
        facts=_clear(
            replace(visit.facts, date_of_birth=None, consult_date=None, treatment_date=None)
        ),
        plan=_clear(replace(visit.plan, event_date=None)),
        plan_accepted=visit.plan_accepted,
        agreement=Agreement(
            decision=visit.agreement.decision, treat_today=visit.agreement.treat_today
        ),
        content_id=visit.content_id,
        content_version=visit.content_version,
        findings=visit.findings,
    )


def _leave_notes(skin: SkinAssessment) -> SkinAssessment:
    """Return what was seen, without what was written about it."""
    findings = tuple(
        MapFinding(area=seen.area, side=seen.side, concern=seen.concern, grade=seen.grade)
        for seen in skin.findings
    )
    return replace(skin, findings=findings, photos=(), pictures=())


def _clear(value: T) -> T:
    """Return a part of a visit with months for days, and without texts that are no codes."""
    return record.read(type(value), _clear_json(record.write(value)))


def _clear_json(value: Any) -> Any:  # noqa: ANN401 - plain JSON has no narrower type
    """Return plain JSON values likewise; None for a text that has to go.

    An object in a list that loses a text goes as a whole: it would say something else without it.
    """
    if isinstance(value, dict):
        cleared = {key: _clear_json(item) for key, item in value.items()}
        return {key: item for key, item in cleared.items() if item is not None}
    if isinstance(value, list):
        pairs = [(item, _clear_json(item)) for item in value]
        return [kept for item, kept in pairs if kept is not None and _count(kept) == _count(item)]
    return _clear_text(value) if isinstance(value, str) else value


def _count(value: object) -> int:
    """Return how many fields an object has; anything else has one."""
    return len(value) if isinstance(value, dict) else 1


def _clear_text(text: str) -> str | None:
    day = _DAY.fullmatch(text)
    if day:
        return f"{day[1]}-01T00:00" if day[2] else f"{day[1]}-01"
    return text if _CODE.fullmatch(text) else None

"""A visit of somebody healthy, from which tests begin."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Facts
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.knowledge.pack.pack import Pack

NO = Answer(state="no")


def plan_for(area: str, concern: str, day: str = "2026-07-06") -> PlanRequest:
    """Return a plan for one concern, with its first visit on a day."""
    return PlanRequest(
        primary_concern=concern,
        targets=(Target(area=area, concern=concern),),
        device_label_max_mm=2.5,
        first_session=datetime.fromisoformat(f"{day}T09:15"),
    )


def make_denied(pack: Pack, plan: PlanRequest, *, phototype: Literal[2, 5] = 2) -> Consultation:
    """Return a visit of 15 June 2026 in which everything was asked and denied."""
    asked = [question.id for question in pack.questions if question.step in {"safety", "skin"}]
    return Consultation(
        id="v1",
        patient_id="p1",
        visit_date=date(2026, 6, 15),
        started_at=datetime.fromisoformat("2026-06-15T10:00"),
        patient=Patient(name="Ada Berg", date_of_birth=date(1990, 5, 1)),
        facts=Facts(phototype=phototype, jurisdiction="UK"),
        answers=dict.fromkeys(asked, NO),
        plan=plan,
        allergy_state="none_known",
    )

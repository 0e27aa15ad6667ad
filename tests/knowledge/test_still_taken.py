"""A medicine of which nobody said whether it is still taken is asked about, and judged as taken."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Facts, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.exchange.casefile import read_case
from consult_app.gui.start.beginning import continue_case
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.asked_also import list_also
from consult_app.settings import Settings
from consult_app.store.upgrade import CONSULTATION

TODAY = date(2026, 11, 30)
NOW = datetime.fromisoformat("2026-11-30T10:00")
YES = Answer(state="yes")
VISIT = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=TODAY,
    started_at=NOW,
    patient=Patient(name="Ada Berg", date_of_birth=date(1990, 5, 1)),
    plan=PlanRequest(
        primary_concern="acne_rolling",
        targets=(Target(area="cheeks", concern="acne_rolling"),),
        device_kind="automated_pen",
        device_label_max_mm=2.5,
        first_session=datetime.fromisoformat("2026-12-14T09:15"),
    ),
)
CASES = (
    ("anticoagulants", "apixaban", "anticoagulant_current"),
    ("isotretinoin", "isotretinoin", "isotretinoin_current"),
    ("immunosuppression", "methotrexate", "immunosuppression"),
    ("antiplatelets", "aspirin", "antiplatelet_single"),
    ("photosensitiser", "doxycycline", "photosensitiser_current"),
)
DAYS = (None, PartialDate.of(TODAY), PartialDate(2025, 3))


def look(pack: Pack, item: str, medicine: Medication, **changes: Any) -> Judgement:  # noqa: ANN401 - fields of a visit
    """Return what is said where everything else was asked and denied."""
    answers = {question.id: Answer(state="no") for question in pack.questions} | {item: YES}
    facts = Facts(phototype=2, medications=(medicine,))
    visit = replace(VISIT, answers=answers, facts=facts, **changes)
    return judge(pack, visit, today=TODAY)


@pytest.mark.parametrize("day", DAYS, ids=["no day", "today", "long ago"])
@pytest.mark.parametrize(("item", "code", "rule"), CASES)
def test_its_state_stays_asked_and_it_counts_as_taken(
    pack: Pack, item: str, code: str, rule: str, day: PartialDate | None
) -> None:
    """A last dose today, and no state, made the finding fall away once the visit was later."""
    blank = look(pack, item, Medication(code=code, last_dose=day))
    taken = look(pack, item, Medication(code=code, last_dose=day, status="current"))

    assert rule in {it.id for it in blank.decision.findings}
    assert blank.decision.findings == taken.decision.findings
    assert item in {it.item for it in blank.decision.needed}
    assert item not in {it.item for it in taken.decision.needed}
    assert blank.decision.blocks_treatment
    assert blank.screening is not None
    assert not blank.screening.complete


def test_once_it_is_said_to_be_stopped_its_day_counts(pack: Pack) -> None:
    day = PartialDate.of(TODAY)

    told = look(
        pack, "anticoagulants", Medication(code="apixaban", last_dose=day, status="stopped")
    )

    assert told.decision.findings == ()
    assert told.screening is not None
    assert told.screening.complete


def test_a_cream_that_is_judged_by_its_last_use_alone_is_asked_for_no_state(pack: Pack) -> None:
    cream = Medication(code="adapalene", zones=("cheeks",), last_dose=PartialDate(2026, 11, 1))

    told = look(pack, "topical_actives", cream)

    assert "topical_actives" not in {it.item for it in told.decision.needed}


def test_a_treatment_asks_for_it_where_the_consultation_was_signed_without(pack: Pack) -> None:
    """It may be, as no question that stops asks for it; with New medicines alone nobody could."""
    blank = Medication(code="apixaban", last_dose=PartialDate.of(TODAY))
    signed = replace(VISIT, answers={"anticoagulants": YES}, facts=Facts(medications=(blank,)))

    told = look(pack, "anticoagulants", blank, kind="treatment")

    assert told.decision.blocks_treatment
    assert "anticoagulants" in {it.item for it in told.decision.needed}
    assert list_also(pack, signed, TODAY) == ("anticoagulants",)


def test_a_case_file_says_it_by_its_format(pack: Pack) -> None:
    """There a last dose without a state is one of a medicine that was stopped."""
    told = [{"code": "isotretinoin", "last_dose": "2026-11-01"}, {"code": "aspirin"}]
    data = {"format": "consult-case/1", "facts": {"phototype": 2, "medications": told}}
    case = read_case(json.dumps(data), "screen")

    visit = continue_case(case, pack, Settings(), patient_id="p1", visit_id="v1", now=NOW)

    assert [it.status for it in visit.facts.medications] == ["stopped", "current"]


@pytest.mark.parametrize(
    ("state", "kind", "read"),
    [
        ("signed", "consultation", ["stopped", "current"]),
        ("draft", "treatment", ["stopped", "current"]),
        ("draft", "consultation", [None, None]),
        ("put_away", "consultation", [None, None]),
    ],
)
def test_what_was_signed_before_stays_as_it_was_read(
    state: str, kind: str, read: list[str | None]
) -> None:
    """What nobody signed yet is asked; a treatment stands on what was signed."""
    told = [
        {"code": "apixaban", "status": None, "last_dose": "2026-11-01"},
        {"code": "aspirin", "status": None, "last_dose": None},
    ]
    old = {"schema": 6, "state": state, "kind": kind, "facts": {"medications": told}}

    brought: Any = CONSULTATION.bring(old)

    assert [it["status"] for it in brought["facts"]["medications"]] == read

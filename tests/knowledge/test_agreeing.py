"""A signature is known to be for the plan as it was, or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.consultation import Agreement, Consultation
from consult_app.domain.finding import Finding, Severity
from consult_app.domain.history import Numbing
from consult_app.domain.plan import (
    Plan,
    PlanOutcome,
    PlanRequest,
    SessionDepth,
    SessionPlan,
    Target,
)
from consult_app.knowledge.visits.agreeing import OTHERWISE, name_course, sign_for, tell_change

STROKES = (((0.1, 0.1), (0.9, 0.9)),)
PLAN = PlanRequest(
    targets=(Target(area="cheeks", concern="acne_rolling"), Target(area="chin", concern="pores")),
    first_session=datetime.fromisoformat("2026-07-06T09:15"),
    sessions=4,
)


def come_to(depth: float, visits: int = 4) -> Plan:
    """Return what the plan comes to."""
    one = SessionDepth(area="cheeks", concern="acne_rolling", planned_mm=depth, ceiling_mm=2.0)
    return Plan(
        content_id="microneedling",
        content_version="1.0",
        outcome=PlanOutcome.PROCEED,
        session_plan=tuple(
            SessionPlan(session=number, intensity_band="H", depths=(one,))
            for number in range(1, visits + 1)
        ),
    )


def sign(**agreed: object) -> Consultation:
    """Return a visit that was signed for `PLAN`."""
    agreement = replace(Agreement(decision="go_ahead"), **agreed)  # type: ignore[arg-type] # its own
    return Consultation(
        id="v1",
        patient_id="p1",
        visit_date=date(2026, 6, 15),
        started_at=datetime.fromisoformat("2026-06-15T10:00"),
        plan=PLAN,
        agreement=sign_for(agreement, PLAN, come_to(1.5), ()),
    )


@pytest.mark.parametrize("how", [{"signature": STROKES}, {"signed_on_paper": True}])
@pytest.mark.parametrize(
    "changed",
    [
        {"targets": PLAN.targets[:1]},
        {"targets": (*PLAN.targets, Target(area="neck", concern="fine_lines"))},
        {"targets": tuple(replace(it, severity="severe") for it in PLAN.targets)},
        {"depth_mm": 2.0},
        {"sessions": 6},
        {"device_kind": "roller"},
        {"numbing": Numbing(product="emla")},
        {"addons": ("prp",)},
    ],
)
def test_what_is_done_to_the_patient_is_what_was_signed_for(
    how: dict[str, object], changed: dict[str, object]
) -> None:
    signed = sign(**how)
    assert not tell_change(signed, come_to(1.5), ())

    other = replace(signed, plan=replace(PLAN, **changed))  # type: ignore[arg-type] # its own

    assert tell_change(other, come_to(1.5), ())
    assert not tell_change(replace(other, plan=PLAN), come_to(1.5), ()), "changed back"


@pytest.mark.parametrize(
    "changed",
    [
        {"first_session": datetime.fromisoformat("2026-08-03T09:15")},
        {"event_date": date(2026, 12, 1)},
        {"targets": PLAN.targets[::-1]},
        {"device_label_max_mm": 1.5},
    ],
)
def test_another_day_is_no_other_plan(changed: dict[str, object]) -> None:
    signed = sign(signature=STROKES)

    assert not tell_change(replace(signed, plan=replace(PLAN, **changed)), come_to(1.5), ())  # type: ignore[arg-type] # its own


def test_where_nobody_signed_or_it_is_not_known_nothing_has_changed() -> None:
    for agreement in (sign().agreement, replace(sign(signature=STROKES).agreement, signed_for="")):
        other = replace(sign(), agreement=agreement, plan=replace(PLAN, sessions=6))
        assert not tell_change(other, come_to(1.5), ())


@pytest.mark.parametrize("plan", [come_to(1.0), come_to(1.5, visits=3)])
def test_what_the_plan_comes_to_is_what_was_signed_for(plan: Plan) -> None:
    """The clinic's numbers, the limit of the device or the skin can change it alone."""
    signed = sign(signature=STROKES)

    assert tell_change(signed, come_to(1.5), ()) == ""
    assert tell_change(signed, plan, ()) == OTHERWISE
    assert tell_change(signed, None, ()) == "", "what is missing is told elsewhere"


def test_what_was_found_is_what_was_signed_for() -> None:
    """A blood thinner told after the signature left no trace: the risks were other ones."""
    thinner = Finding(id="anticoagulant", item="anticoagulants", severity=Severity.RELATIVE)
    aspirin = replace(thinner, id="antiplatelet_single", severity=Severity.PRECAUTION)
    told = sign(signature=STROKES)
    signed = replace(
        told, agreement=sign_for(told.agreement, PLAN, come_to(1.5), (thinner, aspirin))
    )

    assert tell_change(signed, come_to(1.5), (aspirin, thinner)) == ""
    milder = replace(thinner, severity=Severity.PRECAUTION)
    for found in ((), (thinner,), (milder, aspirin)):
        assert tell_change(signed, come_to(1.5), found) == OTHERWISE


def test_a_record_locked_stays_as_it_was_whatever_its_plan_would_come_to_later() -> None:
    locked = replace(sign(signature=STROKES), state="signed", course=name_course(come_to(1.5), ()))

    assert tell_change(locked, come_to(1.0), ()) == ""
    assert tell_change(replace(locked, course=name_course(come_to(1.0), ())), None, ()) == OTHERWISE
    assert tell_change(replace(locked, course=""), come_to(1.0), ()) == "", (
        "older records do not tell"
    )

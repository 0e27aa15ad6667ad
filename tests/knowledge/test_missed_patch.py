"""Where a required test patch has no time left, the reason is decided and recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.consultation import Answer, Consultation, Override
from consult_app.domain.decision import DecisionState
from consult_app.domain.finding import Finding
from consult_app.domain.history import Exposure, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import MISSED_PATCH, Target
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.missed_patch import tell_waiting_patch
from consult_app.knowledge.screening.decision import find_undecided
from consult_app.knowledge.visits.locking import find_cause, find_obstacles, may_treat_today
from consult_app.knowledge.visits.treating import take_patch_reason
from tests.knowledge.visits import make_denied, plan_for

TODAY = date(2026, 6, 15)
REASON = "Patched elsewhere on 2 May, no dark marks on 30 May"
SOON, LATE = (datetime.fromisoformat(f"{day}T09:15") for day in ("2026-06-15", "2026-07-20"))


@pytest.fixture
def visit(pack: Pack) -> Consultation:
    """A visit of skin type V in which all was denied, planned for today."""
    return make_denied(pack, plan_for("cheeks", "acne_rolling", "2026-06-15"), phototype=5)


def look(pack: Pack, visit: Consultation) -> Judgement:
    return judge(pack, visit, today=TODAY)


def find(judgement: Judgement) -> Finding | None:
    return next((it for it in judgement.decision.findings if it.id == MISSED_PATCH), None)


def at(visit: Consultation, first: datetime) -> Consultation:
    return replace(visit, plan=replace(visit.plan, first_session=first))


def record(visit: Consultation, found: Finding) -> Consultation:
    kept = Override(id=found.id, reason=REASON, digest=found.digest)
    return replace(visit, overrides=(kept,))


def test_treating_today_is_refused_until_the_reason_is_recorded(
    pack: Pack, visit: Consultation
) -> None:
    judgement = look(pack, visit)
    found = find(judgement)
    assert found is not None
    assert pack.name_finding(found) == "No test patch"
    assert "due on 18 May 2026" in found.action
    assert judgement.decision.state is DecisionState.RELATIVE
    assert [it.id for it in find_undecided(judgement.decision)] == [MISSED_PATCH]
    assert find_cause(judgement) == f"record:{MISSED_PATCH}"
    assert not may_treat_today(judgement)

    decided = look(pack, record(visit, found))
    assert decided.decision.recorded == {MISSED_PATCH: REASON}
    assert may_treat_today(decided)
    assert decided.screening is not None
    assert MISSED_PATCH not in {it.id for it in decided.screening.findings}
    later = datetime.fromisoformat("2026-06-22T09:15")
    assert may_treat_today(look(pack, record(at(visit, later), found))), "whatever the day"


def test_nothing_is_asked_where_there_is_time_or_where_it_is_only_advised(
    pack: Pack, visit: Consultation
) -> None:
    assert find(look(pack, at(visit, LATE))) is None
    advised = replace(visit, facts=replace(visit.facts, phototype=4))
    assert find(look(pack, advised)) is None
    plan = look(pack, advised).plan
    assert plan is not None
    (told,) = (it.text for it in plan.warnings if it.id == MISSED_PATCH)
    assert "due on 18 May 2026" in told
    assert "record" not in told, "there is nothing to record"
    assert plan.coming_patch is None


def test_a_treatment_does_not_ask_because_nobody_knows_whether_one_was_done(
    pack: Pack, visit: Consultation
) -> None:
    assert find(look(pack, replace(visit, kind="treatment"))) is None


def test_treating_today_instead_of_after_the_patch_leads_to_the_day_of_the_first_visit(
    pack: Pack, visit: Consultation
) -> None:
    later = at(visit, LATE)
    today = replace(later, agreement=replace(later.agreement, treat_today=True))
    (told,) = (it for it in find_obstacles(today, look(pack, today), pack) if "today" in it.text)
    assert told.place == "panel:plan:first_session"
    assert "due on 18 May 2026" in told.text


def begin_return(pack: Pack, visit: Consultation, *records: Consultation) -> Consultation:
    """Return a return visit with the same plan, after records of which the first is the latest."""
    empty = replace(visit, id="v9", follows=visit.id, overrides=())
    return take_patch_reason(pack, empty, records)


def is_asked(pack: Pack, visit: Consultation) -> bool:
    return MISSED_PATCH in {it.id for it in find_undecided(look(pack, visit).decision)}


@pytest.mark.parametrize("alone", [True, False])
def test_a_return_visit_asks_again_only_for_a_plan_that_goes_further(
    pack: Pack, visit: Consultation, *, alone: bool
) -> None:
    """It asked for the same reason at every return. A record may name the warning alone."""
    found = find(look(pack, visit))
    assert found is not None
    digest = found.digest.partition(":")[0] if alone else found.digest
    signed = replace(record(visit, replace(found, digest=digest)), state="signed")
    again = begin_return(pack, visit, signed)
    assert not is_asked(pack, again)
    plan = again.plan
    chin = Target(area="chin", concern="acne_rolling")
    more = replace(again, plan=replace(plan, targets=(*plan.targets, chin)))
    assert is_asked(pack, more)
    assert is_asked(pack, replace(again, facts=replace(again.facts, phototype=6)))
    assert not is_asked(pack, replace(again, plan=replace(plan, depth_mm=1.0)))

    nothing = replace(signed, overrides=())
    assert is_asked(pack, begin_return(pack, visit, nothing))
    assert not is_asked(pack, begin_return(pack, visit, nothing, signed))


def test_a_reason_of_which_nobody_knows_the_plan_is_asked_for_again(
    pack: Pack, visit: Consultation
) -> None:
    found = find(look(pack, visit))
    assert found is not None
    rule = replace(found, digest=found.digest.partition(":")[0])
    later = replace(record(visit, rule), kind="treatment", state="signed")
    assert is_asked(pack, begin_return(pack, visit, later, record(visit, found)))


def test_a_patch_that_would_fall_within_a_wait_has_no_day(pack: Pack, visit: Consultation) -> None:
    """It is needling too: on strong acne tablets until 1 May, six months have to be over."""
    taken = Medication(
        code="isotretinoin", status="stopped", last_dose=PartialDate.of(date(2026, 5, 1))
    )
    told = replace(
        at(visit, datetime.fromisoformat("2026-11-02T09:15")),
        facts=replace(visit.facts, medications=(taken,)),
        answers={**visit.answers, "isotretinoin": Answer(state="yes")},
    )
    judgement = look(pack, told)
    plan = judgement.plan
    assert plan is not None
    assert plan.test_patch_date == date(2026, 10, 5)
    assert plan.patch_waits_until == date(2026, 11, 1)
    assert plan.coming_patch is None
    found = find(judgement)
    assert found is not None
    assert "fall on 5 October 2026" in found.action
    assert "from 1 November 2026" in found.action
    assert "first visit to 29 November 2026 or later" in found.action, "it did not say to when"
    assert find_undecided(judgement.decision)

    later = look(pack, at(told, datetime.fromisoformat("2026-11-29T09:15")))
    assert later.plan is not None
    assert later.plan.coming_patch == date(2026, 11, 1)
    assert find(later) is None


def test_a_patch_before_the_eighteenth_birthday_has_no_day(pack: Pack, visit: Consultation) -> None:
    """Nobody under 18 is needled, and a patch is needling too."""
    told = at(visit, datetime.fromisoformat("2026-11-02T09:15"))
    young = replace(told, patient=replace(told.patient, date_of_birth=date(2008, 10, 20)))
    judgement = look(pack, young)
    plan = judgement.plan
    assert plan is not None
    assert plan.test_patch_date == date(2026, 10, 5)
    assert plan.patch_waits_until == date(2026, 10, 20)
    assert find_undecided(judgement.decision)

    of_age = replace(told, patient=replace(told.patient, date_of_birth=date(2008, 10, 5)))
    assert find(look(pack, of_age)) is None


def test_what_is_decided_at_the_visit_too_makes_no_patch_wait(
    pack: Pack, visit: Consultation
) -> None:
    """Other vitamin A tablets are to be decided on for six months; the patch may fall within."""

    def stop(day: date) -> Consultation:
        taken = Medication(code="acitretin", status="stopped", last_dose=PartialDate.of(day))
        return replace(
            at(visit, datetime.fromisoformat("2026-11-02T09:15")),
            facts=replace(visit.facts, medications=(taken,)),
            answers={**visit.answers, "isotretinoin": Answer(state="yes")},
        )

    over_by_then = look(pack, stop(date(2026, 4, 20))).plan
    assert over_by_then is not None
    assert over_by_then.test_patch_date == date(2026, 10, 5)
    assert over_by_then.patch_waits_until == date(2026, 10, 20)

    decided_there = look(pack, stop(date(2026, 5, 20))).plan
    assert decided_there is not None
    assert decided_there.patch_waits_until is None


def test_an_advised_patch_within_a_wait_is_told_and_asks_for_nothing(
    pack: Pack, visit: Consultation
) -> None:
    sunbed = Exposure(code="sunbed", zones=("face",), date=PartialDate.of(date(2026, 6, 14)))
    told = replace(
        at(visit, datetime.fromisoformat("2026-07-14T09:15")),
        facts=replace(visit.facts, exposures=(sunbed,), phototype=4),
        answers={**visit.answers, "tan": Answer(state="yes")},
    )
    judgement = look(pack, told)
    plan = judgement.plan
    assert plan is not None
    assert plan.coming_patch is None
    assert find(judgement) is None
    words = tell_waiting_patch(pack.protocol, 4, plan)
    assert "fall on 16 June 2026" in words
    assert "record" not in words

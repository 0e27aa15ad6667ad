"""What was there a few days ago was there lately: a *No* of the day leaves its wait out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition, Exposure, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.asked_also import list_also
from consult_app.knowledge.visits.later_said import LastSaid, lay_later
from consult_app.knowledge.visits.locking import find_obstacles, judge_today, may_treat_today
from consult_app.knowledge.visits.over_since import find_too_soon, judge_over_since
from consult_app.knowledge.visits.recall import reconfirm
from consult_app.knowledge.visits.still_there import say_over_before
from consult_app.knowledge.visits.supervising import can_allow
from consult_app.knowledge.visits.treating import answer_again, answer_medicines, begin_treatment
from tests.knowledge.visits import make_denied, plan_for

TOLD = date(2026, 6, 15)
FEVER = Condition(code="acute_illness", status="active")
SORE = Condition(code="herpes_simplex", status="active", zones=("upper_lip",))
BOIL = Condition(code="skin_infection", status="active", zones=("cheeks",))
WAITS = pytest.mark.parametrize(("entry", "days"), [(FEVER, 7), (SORE, 14), (BOIL, 14)])


def tell(pack: Pack, entry: Condition) -> LastSaid:
    """Return a signed consultation of 15 June in which that was told."""
    visit = make_denied(pack, plan_for("cheeks", "pores"))
    answers = {**visit.answers, entry.code: Answer(state="yes")}
    facts = replace(visit.facts, conditions=(entry,))
    return LastSaid(visit=replace(visit, answers=answers, facts=facts, state="signed"))


def treat(pack: Pack, said: LastSaid, day: date) -> Consultation:
    """Return a treatment in which all that is asked on the day was denied."""
    last = said.visit
    now = datetime.combine(day, datetime.min.time())
    empty = replace(last, id="t1", state="draft", visit_date=day, answers={})
    visit = begin_treatment(pack, empty, last, None, steps=0, now=now)
    (item,) = (it.code for it in last.facts.conditions)
    for it in {*pack.recheck.items, item}:
        visit = answer_again(pack, visit, last, it, "no")
    return answer_medicines(pack, visit, last, "no")


def look(pack: Pack, said: LastSaid, visit: Consultation) -> Judgement:
    day = visit.visit_date
    return judge_over_since(pack, said, lambda it: judge(pack, it, today=day))(visit)


@WAITS
def test_a_no_counts_from_the_day_on_which_the_wait_may_be_over(
    pack: Pack, entry: Condition, days: int
) -> None:
    said = tell(pack, entry)
    early = look(pack, said, treat(pack, said, TOLD + timedelta(days=days - 1)))
    assert early.decision.blocks_treatment
    assert early.decision.state is DecisionState.INCOMPLETE
    ((item, against),) = ((it.item, it.against) for it in early.decision.needed)
    assert item == entry.code
    assert "15 June 2026" in against
    assert not can_allow(early)

    late = look(pack, said, treat(pack, said, TOLD + timedelta(days=days)))
    assert not late.decision.blocks_treatment
    assert not late.decision.needed


@WAITS
def test_a_yes_with_its_end_and_what_was_over_by_then_leave_nothing_open(
    pack: Pack, entry: Condition, days: int
) -> None:
    day = TOLD + timedelta(days=days - 1)
    said = tell(pack, entry)
    ill = answer_again(pack, treat(pack, said, day), said.visit, entry.code, "yes")
    assert not any(it.against for it in look(pack, said, ill).decision.needed)
    ended = PartialDate(2026, 5)
    healed = tell(pack, replace(entry, status="healed", date_healed=ended, date_cleared=ended))
    assert not look(pack, healed, treat(pack, healed, day)).decision.needed


def test_what_is_not_where_it_is_treated_asks_for_nothing(pack: Pack) -> None:
    said = tell(pack, replace(BOIL, zones=("knees",)))
    judged = look(pack, said, treat(pack, said, TOLD + timedelta(days=3)))
    assert not judged.decision.blocks_treatment


def test_a_supervisor_does_not_set_it_aside_with_something_else(pack: Pack) -> None:
    said = tell(pack, SORE)
    visit = treat(pack, said, TOLD + timedelta(days=3))
    other = replace(visit, answers={**visit.answers, "healing": Answer(state="yes")})
    thin = replace(
        visit.facts, conditions=(*visit.facts.conditions, Condition(code="poor_healing"))
    )
    judged = look(pack, said, replace(other, facts=thin))
    assert judged.decision.state is DecisionState.RELATIVE
    assert not can_allow(judged)


def test_it_counts_from_the_treatment_that_told_of_it_last(pack: Pack) -> None:
    said = tell(pack, SORE)
    day = TOLD + timedelta(days=10)
    again = answer_again(pack, treat(pack, said, day), said.visit, SORE.code, "yes")
    told = replace(again, facts=replace(again.facts, conditions=(SORE,)), state="signed")
    since = lay_later(pack, said.visit, [replace(told, kind="treatment")])
    later = treat(pack, since, TOLD + timedelta(days=20))
    assert [it.item for it in look(pack, since, later).decision.needed] == [SORE.code]


SUN = Exposure(code="sunburn", date=PartialDate(2026, 6, 10), zones=("face",))
RED = replace(SUN, still_inflamed=True)
BED = Exposure(code="sunbed", date=PartialDate(2026, 6, 10), zones=("face",))


def tell_sun(pack: Pack, entry: Exposure, item: str) -> LastSaid:
    """Return a signed consultation of 15 June in which that was told of darker skin."""
    visit = make_denied(pack, plan_for("cheeks", "pores"))
    answers = {**visit.answers, item: Answer(state="yes")}
    facts = replace(visit.facts, exposures=(entry,), phototype=4)
    return LastSaid(visit=replace(visit, answers=answers, facts=facts, state="signed"))


def deny(pack: Pack, said: LastSaid, item: str, day: date) -> Consultation:
    """Return a treatment in which that was denied, with all that is asked on the day."""
    last = said.visit
    empty = replace(last, id="t1", state="draft", visit_date=day, answers={})
    now = datetime.combine(day, datetime.min.time())
    visit = begin_treatment(pack, empty, last, None, steps=0, now=now)
    for it in {*pack.recheck.items, item}:
        visit = answer_again(pack, visit, last, it, "no")
    return answer_medicines(pack, visit, last, "no")


@pytest.mark.parametrize(
    ("entry", "item", "days"), [(SUN, "sunburn", 14), (RED, "sunburn", 14), (BED, "tan", 28)]
)
@pytest.mark.parametrize("dated", [True, False])
def test_not_since_does_not_end_the_wait_of_a_day_that_was_told(
    pack: Pack, entry: Exposure, item: str, days: int, *, dated: bool
) -> None:
    """One No to what had not been since took the wait of what had been a few days before."""
    said = tell_sun(pack, entry if dated else replace(entry, date=None), item)
    begins = date(2026, 6, 10) if dated else TOLD
    early = look(pack, said, deny(pack, said, item, begins + timedelta(days=days - 1)))
    ((asked, against),) = ((it.item, it.against) for it in early.decision.needed)
    assert asked == item
    assert "told on 15 June 2026" in against
    assert early.decision.blocks_treatment
    assert not can_allow(early)

    late = look(pack, said, deny(pack, said, item, begins + timedelta(days=days)))
    assert not late.decision.needed


def test_a_sun_holiday_that_was_to_come_may_have_been_given_up(pack: Pack) -> None:
    ahead = Exposure(code="planned_sun_exposure_after", date=PartialDate(2026, 6, 25))
    said = tell_sun(pack, ahead, "tan")
    judged = look(pack, said, deny(pack, said, "tan", TOLD + timedelta(days=7)))
    assert not judged.decision.needed


@WAITS
@pytest.mark.parametrize("kind", ["treatment", "consultation"])
def test_what_was_still_there_was_not_over_before(
    pack: Pack, entry: Condition, days: int, kind: str
) -> None:
    """The day of its end, a slip of the finger before the consultation, was taken."""
    said = tell(pack, entry)
    visit = answer_again(
        pack, treat(pack, said, TOLD + timedelta(days=days + 1)), said.visit, entry.code, "yes"
    )
    end = "date_healed" if entry.code == "herpes_simplex" else "date_cleared"

    def end_on(day: date) -> Judgement:
        ended = replace(entry, status="healed", **{end: PartialDate.of(day)})  # type: ignore[arg-type] # one of its dates
        facts = replace(visit.facts, conditions=(ended,))
        return look(pack, said, replace(visit, kind=kind, facts=facts))  # type: ignore[arg-type] # of both

    slip = end_on(TOLD - timedelta(days=14))
    assert any("still there on 15 June 2026" in it.against for it in slip.decision.needed)
    assert slip.decision.blocks_treatment
    asks_again = any("choose Yes again" in it.against for it in slip.decision.needed)
    assert asks_again == (kind == "consultation")
    assert not any(it.against for it in end_on(TOLD).decision.needed)


RETINOL = Medication(
    code="retinol", status="current", last_dose=PartialDate(2026, 6, 14), zones=("face",)
)
CREAMS = "topical_actives"


def use(pack: Pack, entry: Medication) -> LastSaid:
    """Return a signed consultation of 15 June in which that cream was told of."""
    visit = make_denied(pack, plan_for("cheeks", "pores"))
    answers = {**visit.answers, CREAMS: Answer(state="yes")}
    facts = replace(visit.facts, medications=(entry,))
    return LastSaid(visit=replace(visit, answers=answers, facts=facts, state="signed"))


def begin_on(pack: Pack, said: LastSaid, day: date) -> Consultation:
    """Return a treatment in which no new medicine was told of, and all else was denied."""
    visit = deny(pack, said, "sunburn", day)
    return answer_medicines(pack, visit, said.visit, "no")


@pytest.mark.parametrize("entry", [RETINOL, replace(RETINOL, status=None)])
def test_a_cream_that_was_still_used_is_asked_about_on_the_day(
    pack: Pack, entry: Medication
) -> None:
    """The last use told a week before let it be clear, though nobody knew whether it went on.

    The window asks no state of a cream.
    """
    said, day = use(pack, entry), TOLD + timedelta(days=7)
    assert list_also(pack, said.visit, day) == (CREAMS,)
    open_now = look(pack, said, begin_on(pack, said, day))
    assert [it.item for it in open_now.decision.needed] == [CREAMS]
    assert open_now.decision.blocks_treatment

    told = answer_again(pack, begin_on(pack, said, day), said.visit, CREAMS, "yes")

    def stop(on: date) -> Judgement:
        stopped = replace(RETINOL, status="stopped", last_dose=PartialDate.of(on))
        return look(pack, said, replace(told, facts=replace(told.facts, medications=(stopped,))))

    assert stop(TOLD).decision.state is DecisionState.CLEAR
    assert stop(day - timedelta(days=1)).decision.state is DecisionState.DEFER
    same = reconfirm(pack, begin_on(pack, said, day), said.visit, (CREAMS,))
    assert look(pack, said, same).decision.blocks_treatment


def test_one_of_which_no_last_use_is_known_is_asked_about_too(pack: Pack) -> None:
    """Only a whole return visit ended its wait, weeks after it was left off."""
    said, day = use(pack, replace(RETINOL, last_dose=None)), TOLD + timedelta(days=28)
    assert list_also(pack, said.visit, day) == (CREAMS,)
    denied = answer_again(pack, begin_on(pack, said, day), said.visit, CREAMS, "no")
    assert look(pack, said, denied).decision.state is DecisionState.CLEAR


@pytest.mark.parametrize("entry", [RETINOL, replace(RETINOL, last_dose=None)])
def test_a_no_to_a_cream_counts_from_its_last_use_as_it_was_known(
    pack: Pack, entry: Medication
) -> None:
    said = use(pack, entry)
    last_use = TOLD if entry.last_dose is None else date(2026, 6, 14)

    def deny_on(day: date) -> str:
        visit = answer_again(pack, begin_on(pack, said, day), said.visit, CREAMS, "no")
        return "; ".join(it.against for it in look(pack, said, visit).decision.needed)

    assert "15 June 2026" in deny_on(last_use + timedelta(days=2))
    assert not deny_on(last_use + timedelta(days=30))


@pytest.mark.parametrize(
    ("entry", "day"),
    [
        (RETINOL, TOLD),
        (replace(RETINOL, status="stopped"), TOLD + timedelta(days=7)),
        (replace(RETINOL, zones=("knees",)), TOLD + timedelta(days=7)),
    ],
)
def test_what_need_not_wait_is_not_asked(pack: Pack, entry: Medication, day: date) -> None:
    assert list_also(pack, use(pack, entry).visit, day) == ()


def test_what_was_still_there_keeps_a_return_visit_open_and_refuses_today(pack: Pack) -> None:
    """The box asked, and the visit was signed and its slip gone for good."""
    said, day = tell(pack, SORE), TOLD + timedelta(days=7)
    healed = replace(SORE, status=None, date_healed=PartialDate.of(TOLD - timedelta(days=14)))
    empty = make_denied(pack, plan_for("cheeks", "pores", "2026-07-20"))
    visit = replace(
        empty,
        visit_date=day,
        answers={**empty.answers, SORE.code: Answer(state="yes")},
        facts=replace(empty.facts, conditions=(healed,)),
    )
    judged = look(pack, said, visit)
    assert any(it.against for it in judged.decision.needed)
    assert not may_treat_today(judge_today(pack, visit, judged))
    assert any(
        "still there on 15 June 2026" in it.text for it in find_obstacles(visit, judged, pack)
    )

    again = say_over_before(pack, (said,), visit, SORE.code)
    judged = look(pack, said, again)
    assert not any(it.against for it in judged.decision.needed)
    assert not any("still there" in it.text for it in find_obstacles(again, judged, pack))
    sooner = replace(healed, date_healed=PartialDate.of(TOLD - timedelta(days=15)))
    moved = replace(again, facts=replace(again.facts, conditions=(sooner,)))
    assert any(it.against for it in look(pack, said, moved).decision.needed)

    late = replace(SORE, status=None, date_healed=PartialDate.of(TOLD))
    right = replace(visit, facts=replace(visit.facts, conditions=(late,)))
    judged = look(pack, said, right)
    assert not any("still there" in it.text for it in find_obstacles(right, judged, pack))


FLARE = Condition(code="rosacea", status="flare", zones=("cheeks",))
CAPSULES = Medication(code="isotretinoin", status="current", last_dose=PartialDate(2026, 6, 13))


def come_back(
    pack: Pack, entry: Condition | Medication, item: str
) -> tuple[LastSaid, Consultation]:
    """Return a consultation of 15 June in which that was told, and a return visit two days later.

    There it is told too, as it is.
    """
    visit = make_denied(pack, plan_for("cheeks", "pores"))
    said = {**visit.answers, item: Answer(state="yes")}
    name = "conditions" if isinstance(entry, Condition) else "medications"
    told = replace(visit, answers=said, facts=replace(visit.facts, **{name: (entry,)}))  # type: ignore[arg-type] # one of its lists
    now = replace(told, visit_date=TOLD + timedelta(days=2))
    return LastSaid(visit=replace(told, state="signed")), now


@pytest.mark.parametrize(
    ("entry", "item", "until"),
    [
        (FLARE, "rosacea", "13 July 2026"),
        (CAPSULES, "isotretinoin", "15 December 2026"),
        (replace(CAPSULES, last_dose=None), "isotretinoin", "15 December 2026"),
        (Medication(code="warfarin", status="current"), "anticoagulants", "22 June 2026"),
    ],
)
def test_a_flare_and_what_was_taken_still_wait_at_a_return_visit(
    pack: Pack, entry: Condition | Medication, item: str, until: str
) -> None:
    """One No two days later ended four weeks, six months, or the week of a blood thinner."""
    said, visit = come_back(pack, entry, item)
    denied = replace(make_denied(pack, visit.plan), visit_date=visit.visit_date)
    facts = judge(pack, denied, today=visit.visit_date).facts
    assert facts is not None
    wait = find_too_soon(pack, said, denied, facts, pack.question_by_id[item])
    assert wait is not None
    assert until in wait.words


@pytest.mark.parametrize(
    ("entry", "item", "ended"),
    [
        (FLARE, "rosacea", {"status": "controlled", "flare_ended": PartialDate(2026, 5, 1)}),
        (CAPSULES, "isotretinoin", {"status": "stopped", "last_dose": PartialDate(2025, 6, 13)}),
    ],
)
def test_neither_was_over_before_the_day_on_which_it_was_there(
    pack: Pack, entry: Condition | Medication, item: str, ended: dict[str, object]
) -> None:
    """The year of the last capsule was a slip, and nothing was found."""
    said, visit = come_back(pack, entry, item)
    name = "conditions" if isinstance(entry, Condition) else "medications"

    def end(**told: object) -> list[str]:
        facts = replace(visit.facts, **{name: (replace(entry, **told),)})  # type: ignore[arg-type] # some of its fields
        asked = look(pack, said, replace(visit, facts=facts)).decision.needed
        return [it.against for it in asked if it.item == item]

    assert any("June 2026" in it for it in end(**ended))
    day = next(name for name, value in ended.items() if isinstance(value, PartialDate))
    assert not any(end(**{**ended, day: PartialDate.of(TOLD)}))


def test_at_a_return_visit_a_cream_is_as_last_time_but_for_its_last_use(pack: Pack) -> None:
    """The same as last visit took the last use of then for that of now."""
    said = use(pack, replace(RETINOL, status=None))
    empty = replace(make_denied(pack, plan_for("cheeks", "pores")), answers={})
    visit = replace(empty, visit_date=TOLD + timedelta(days=28))
    (cream,) = reconfirm(pack, visit, said.visit, (CREAMS,)).facts.medications
    assert cream == replace(RETINOL, status=None, last_dose=None)


def test_what_was_used_last_before_it_was_told_may_have_been_the_last(pack: Pack) -> None:
    """Taken now and then, it was never taken again: the only true day was refused."""
    used = PartialDate.of(TOLD - timedelta(days=4))
    visit = make_denied(pack, plan_for("cheeks", "pores"))
    (item,) = pack.vocabulary.asked_by("medications", ("isotretinoin",))
    told = Medication(code="isotretinoin", status="current", last_dose=used)
    facts = replace(visit.facts, medications=(told,))
    answers = {**visit.answers, item: Answer(state="yes")}
    last = replace(visit, answers=answers, facts=facts, visit_date=TOLD, state="signed")
    for days, asked in ((4, False), (5, True)):
        over = replace(told, status="stopped", last_dose=PartialDate.of(TOLD - timedelta(days)))
        again = replace(last, state="draft", visit_date=TOLD + timedelta(days=60))
        again = replace(again, facts=replace(facts, medications=(over,)))
        needed = look(pack, LastSaid(visit=last), again).decision.needed
        assert (item in {it.item for it in needed if it.against}) is asked

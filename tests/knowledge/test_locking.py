"""When a record may be signed and locked, and when a patient may sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Literal

import pytest

from consult_app.domain import change
from consult_app.domain.consultation import (
    Agreement,
    Answer,
    Consultation,
    Discussion,
)
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Practitioner
from consult_app.domain.plan import PlanRequest
from consult_app.knowledge.judgement import Judgement, checking, could_not_judge, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.locking import (
    find_obstacles,
    find_signature_obstacles,
    judge_today,
    may_treat_today,
    sign_off,
)
from consult_app.knowledge.visits.obstacle import read_texts
from tests.knowledge.visits import make_denied, plan_for

TODAY = date(2026, 6, 15)
AT = datetime.fromisoformat("2026-06-15T10:30")
COLD_SORE = Condition(code="herpes_simplex", status="active", zones=("upper_lip",))


@pytest.fixture
def ready(pack: Pack) -> Consultation:
    """A visit that may be locked."""
    return replace(
        make_denied(pack, plan_for("cheeks", "acne_rolling")),
        practitioner=Practitioner(name="Dr Lena Hart"),
        discussion=Discussion(risks_shown=True, discussed=True),
        agreement=Agreement(
            decision="go_ahead", wording_version="1", signature=(((0.1, 0.1), (0.9, 0.9)),)
        ),
    )


def look(pack: Pack, visit: Consultation) -> Judgement:
    return judge(pack, visit, today=TODAY)


def obstacles(pack: Pack, visit: Consultation) -> tuple[str, ...]:
    return read_texts(find_obstacles(visit, look(pack, visit), pack))


def test_a_complete_visit_may_be_locked(pack: Pack, ready: Consultation) -> None:
    assert obstacles(pack, ready) == ()


@pytest.mark.parametrize(
    ("path", "value", "word"),
    [
        ("patient.name", " ", "name and date of birth"),
        ("patient.date_of_birth", None, "name and date of birth"),
        ("allergy_state", None, "allergies"),
        ("practitioner.name", "", "practitioner"),
        ("agreement.decision", None, "what was decided"),
    ],
)
def test_each_missing_part_stands_in_the_way(
    pack: Pack, ready: Consultation, path: str, value: object, word: str
) -> None:
    found = obstacles(pack, change.put(ready, path, value))

    assert any(word in line for line in found)


def test_a_reason_stands_in_for_a_missing_name(pack: Pack, ready: Consultation) -> None:
    nameless = replace(ready, patient=replace(ready.patient, name=""))

    found = obstacles(pack, replace(nameless, identity_reason="Found without papers"))

    assert not any("name" in line for line in found)


def test_a_reason_stands_in_for_a_birth_date_that_cannot_be_had(
    pack: Pack, ready: Consultation
) -> None:
    """The age is a stop question too, and kept such a visit open for ever."""
    unsigned = replace(ready, agreement=replace(ready.agreement, signature=()))
    unborn = replace(unsigned, patient=replace(ready.patient, date_of_birth=None))
    assert "Not answered yet: Date of birth." in obstacles(pack, unborn)

    told = replace(unborn, identity_reason="Found without papers")

    assert obstacles(pack, told) == ()
    judgement = look(pack, told)
    assert judgement.decision.state == "incomplete"
    assert not may_treat_today(judge_today(pack, told, judgement))


def test_every_unanswered_stop_question_stands_in_the_way(pack: Pack, ready: Consultation) -> None:
    asked = [q for q in pack.questions if q.step == "safety" and q.id in pack.stop_items]
    open_ones = {
        question.id: obstacles(
            pack,
            replace(ready, answers={k: v for k, v in ready.answers.items() if k != question.id}),
        )
        for question in asked
        if not question.only_with
    }

    assert asked
    assert {item for item, found in open_ones.items() if not found} == set()
    left = {item: told for item, told in ready.answers.items() if item != "prp"}
    plasma = replace(ready, answers=left, plan=replace(ready.plan, addons=("prp",)))
    assert "Not answered yet: Before PRP." in obstacles(pack, plasma)


@pytest.mark.parametrize("decision", ["think", "no", "not_suitable"])
def test_a_visit_that_ends_without_a_plan_may_be_locked(
    pack: Pack, ready: Consultation, decision: Literal["think", "no", "not_suitable"]
) -> None:
    unplanned = replace(ready, plan=PlanRequest(), agreement=Agreement(decision=decision))

    assert obstacles(pack, unplanned) == ()


def test_going_ahead_needs_the_plan(pack: Pack, ready: Consultation) -> None:
    unplanned = replace(ready, plan=PlanRequest(), agreement=Agreement(decision="go_ahead"))

    found = obstacles(pack, unplanned)

    assert "Add at least one area with its concern." in found
    assert any(line.startswith("Not answered yet:") for line in found)


def test_an_unanswered_question_that_cannot_stop_does_not(pack: Pack, ready: Consultation) -> None:
    items = {q.id for q in pack.questions if q.step == "safety"} - pack.stop_items
    item = next(iter(sorted(items)))
    answers = {key: value for key, value in ready.answers.items() if key != item}
    unsigned = replace(ready, agreement=replace(ready.agreement, signature=()))

    assert obstacles(pack, replace(unsigned, answers=answers)) == ()


@pytest.mark.parametrize("judgement", [checking(), could_not_judge(KeyError("x"))])
def test_what_was_not_judged_blocks_locking_signing_and_treating(
    pack: Pack, ready: Consultation, judgement: Judgement
) -> None:
    assert find_obstacles(ready, judgement, pack)
    assert find_signature_obstacles(ready, judgement, pack)
    assert not may_treat_today(judgement)


def test_treat_today_stands_in_the_way_while_a_stop_is_active(
    pack: Pack, ready: Consultation
) -> None:
    today = replace(ready, agreement=replace(ready.agreement, treat_today=True))
    ill = replace(
        today,
        facts=replace(ready.facts, conditions=(COLD_SORE,)),
        answers={**ready.answers, "herpes_simplex": Answer(state="yes")},
    )

    assert obstacles(pack, today) == ()
    assert any("Treat today" in line for line in obstacles(pack, ill))
    assert not may_treat_today(look(pack, ill))


def test_a_later_first_visit_does_not_let_today_through(pack: Pack, ready: Consultation) -> None:
    """By the day asked for the wait is over; today it is not."""
    taken = Medication(
        code="isotretinoin", status="stopped", last_dose=PartialDate.of(ready.visit_date)
    )
    later = replace(
        ready,
        facts=replace(ready.facts, medications=(taken,)),
        answers={**ready.answers, "isotretinoin": Answer(state="yes")},
        plan=replace(ready.plan, first_session=datetime.fromisoformat("2028-07-03T09:15")),
    )
    judgement = look(pack, later)
    assert may_treat_today(judgement)

    today = judge_today(pack, later, judgement)

    assert today.decision.headline.startswith("Not before ")
    assert not may_treat_today(today)
    assert may_treat_today(judge_today(pack, ready, look(pack, ready)))
    marked = replace(later, agreement=replace(later.agreement, treat_today=True))
    assert any("Treat today is refused: Not before" in line for line in obstacles(pack, marked))


@pytest.mark.parametrize(
    ("path", "value", "word"),
    [
        ("discussion.risks_shown", False, "harms"),
        ("agreement.decision", "think", "Go ahead"),
        ("agreement.wording_version", "", "wording"),
        ("patient.date_of_birth", date(2012, 1, 1), "under the age"),
    ],
)
def test_the_patient_signs_after_the_risks_the_wording_and_a_yes_only(
    pack: Pack, ready: Consultation, path: str, value: object, word: str
) -> None:
    visit = change.put(ready, path, value)

    found = read_texts(find_signature_obstacles(visit, look(pack, visit), pack))

    assert any(word in line for line in found)
    assert any(word in line for line in obstacles(pack, visit)), "nor may it be locked signed"


@pytest.mark.parametrize(
    ("born", "stopped"), [(date(2008, 6, 15), False), (date(2008, 6, 16), True)]
)
def test_who_is_of_age_by_the_first_visit_consents_once_of_age(
    pack: Pack, ready: Consultation, born: date, *, stopped: bool
) -> None:
    """Nothing is found on the day of the treatment, and yet a minor would sign today."""
    visit = replace(ready, patient=replace(ready.patient, date_of_birth=born))
    judgement = look(pack, visit)
    assert not judgement.decision.blocks_treatment

    signing = read_texts(find_signature_obstacles(visit, judgement, pack))

    told = ("The patient is under the age for consent.",) if stopped else ()
    assert (tuple(signing), tuple(obstacles(pack, visit))) == (told, told)


def test_a_signature_on_paper_needs_as_much_as_one_on_the_screen(
    pack: Pack, ready: Consultation
) -> None:
    """Ticked first and decided otherwise after, it used to lock."""
    agreement = replace(ready.agreement, signature=(), signed_on_paper=True, decision="no")

    found = obstacles(pack, replace(ready, agreement=agreement))

    assert any("Go ahead" in line for line in found)


def test_signing_off_fixes_findings_content_and_time(pack: Pack, ready: Consultation) -> None:
    ill = replace(
        ready,
        facts=replace(ready.facts, conditions=(COLD_SORE,)),
        answers={**ready.answers, "herpes_simplex": Answer(state="yes")},
        unread={"goals:EventDate": "31.2.2026"},
    )
    judgement = look(pack, ill)

    signed = sign_off(ill, judgement, pack, at=AT)

    assert (signed.state, signed.signed_at) == ("signed", AT)
    assert (signed.content_id, signed.content_version) == (pack.id, pack.version)
    assert signed.findings == {it.id: str(it.severity) for it in judgement.decision.findings}
    assert signed.findings
    assert signed.unread == {}, "what nobody could read is no part of the record"
    assert ill.state == "draft"


def test_a_plan_that_had_to_move_is_signed_with_the_day_it_moved_to(
    pack: Pack, ready: Consultation
) -> None:
    wedding = replace(ready.plan, event_date=date(2026, 7, 8))
    moved = replace(ready, plan=wedding)
    judgement = look(pack, moved)
    assert judgement.plan is not None
    first = judgement.plan.session_dates[0].date()
    assert first > date(2026, 7, 6), "the day that was asked for is too near to the event"

    assert sign_off(moved, judgement, pack, at=AT).expected_on == first
    assert sign_off(ready, look(pack, ready), pack, at=AT).expected_on == date(2026, 7, 6)


@pytest.mark.parametrize(("event", "first"), [(None, 22), (24, 25)])
def test_nobody_is_expected_before_what_is_going_on_now_can_be_over(
    pack: Pack, ready: Consultation, event: int | None, first: int
) -> None:
    """The sheet of the same signature said that the first visit cannot be before the 22nd."""
    plan = replace(
        ready.plan,
        first_session=datetime.fromisoformat("2026-06-18T09:15"),
        event_date=None if event is None else date(2026, 6, event),
    )
    ill = replace(
        ready,
        answers={**ready.answers, "acute_illness": Answer(state="yes")},
        facts=replace(ready.facts, conditions=(Condition(code="acute_illness", status="active"),)),
        plan=plan,
    )

    assert sign_off(ill, look(pack, ill), pack, at=AT).expected_on == date(2026, 6, first)


def test_who_has_a_test_patch_is_expected_for_that_first(pack: Pack, ready: Consultation) -> None:
    late = datetime.fromisoformat("2026-09-07T09:15")
    dark = replace(
        ready,
        facts=replace(ready.facts, phototype=6),
        plan=replace(ready.plan, first_session=late),
    )
    judgement = look(pack, dark)
    assert judgement.plan is not None
    assert judgement.plan.coming_patch is not None

    assert sign_off(dark, judgement, pack, at=AT).expected_on == judgement.plan.coming_patch


@pytest.mark.parametrize(
    "ended",
    [
        {"agreement": Agreement(decision="no")},
        {"agreement": Agreement(decision="go_ahead"), "plan": PlanRequest()},
        {"agreement": Agreement(decision="think"), "plan": PlanRequest()},
        {"kind": "treatment"},
    ],
)
def test_nobody_is_expected_without_a_plan_to_go_ahead_with(
    pack: Pack, ready: Consultation, ended: dict[str, object]
) -> None:
    visit = replace(ready, **ended)  # type: ignore[arg-type]  # fields of several types by name

    assert sign_off(visit, look(pack, visit), pack, at=AT).expected_on is None


def test_a_complete_visit_is_the_one_that_is_green(pack: Pack, ready: Consultation) -> None:
    """The fixture of this file is what it claims to be."""
    assert look(pack, ready).decision.state is DecisionState.CLEAR


def test_a_yes_without_its_details_is_not_called_unanswered(
    pack: Pack, ready: Consultation
) -> None:
    answers = {**ready.answers, "herpes_simplex": Answer(state="yes")}
    visit = replace(ready, answers=answers)

    found = read_texts(find_obstacles(visit, look(pack, visit), pack))

    assert "Answered Yes, its details are needed: Cold sores." in found


def test_a_signed_visit_that_must_not_be_treated_says_how_it_is_closed(
    pack: Pack, ready: Consultation
) -> None:
    """The one way led to the answer, and a right answer cannot be corrected."""
    ill = replace(
        ready,
        answers={**ready.answers, "pregnancy": Answer(state="yes")},
        facts=replace(ready.facts, pregnancy="yes"),
    )
    found = find_obstacles(ill, look(pack, ill), pack)
    told = {obstacle.place: obstacle.text for obstacle in found}
    assert told["item:pregnancy"] == "The decision box says: Do not treat."
    assert told["panel:agree:decision"] == (
        "Where it must not be treated, choose Not suitable and clear the signature."
    )
    closed = replace(ill, agreement=Agreement(decision="not_suitable", wording_version="1"))
    assert find_obstacles(closed, look(pack, closed), pack) == ()


@pytest.mark.parametrize("signed", [True, False])
def test_what_was_not_understood_is_not_locked_as_agreed(
    pack: Pack, ready: Consultation, *, signed: bool
) -> None:
    """A yes to what nobody could follow is none; who thinks about it may be locked as that."""
    visit = change.put(ready, "agreement.teach_back.outcome", "needs_interpreter")
    visit = visit if signed else change.put(visit, "agreement.signature", ())

    found = find_obstacles(visit, look(pack, visit), pack)
    assert [it.place for it in found] == ["panel:agree:teach_back"]
    assert "interpreter" in found[0].text
    signing = find_signature_obstacles(visit, look(pack, visit), pack)
    assert [it.place for it in signing] == ["panel:agree:teach_back"]

    later = change.put(change.put(visit, "agreement.decision", "think"), "agreement.signature", ())
    assert obstacles(pack, later) == ()
    with_one = change.put(visit, "agreement.teach_back.outcome", "explained_again")
    assert obstacles(pack, with_one) == ()

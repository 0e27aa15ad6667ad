"""What the last visit said counts only once somebody says that it still holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from consult_app.domain.consultation import (
    Answer,
    ConcernWish,
    Consultation,
    Goals,
    MapFinding,
    SkinAssessment,
)
from consult_app.domain.history import Condition, Facts, Numbing
from consult_app.domain.plan import PlanRequest, Target
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.recall import Recalled, recall, reconfirm
from consult_app.knowledge.visits.since_last import compare

LAST = Consultation(
    id="v1",
    patient_id="p1",
    state="signed",
    visit_date=date(2026, 3, 12),
    started_at=datetime.fromisoformat("2026-03-12T10:00"),
    allergy_state="known",
    allergies="Nickel",
    goals=Goals(
        own_words="Dents",
        concerns=(ConcernWish(concern="acne_rolling", areas=("cheeks",), bother=7),),
        first="acne_rolling",
    ),
    skin=SkinAssessment(
        phototype_seen=2,
        findings=(MapFinding(area="cheeks", side="left", concern="acne_rolling", grade=3),),
        scores={"goodman_baron": {"grade": 3.0}},
    ),
    answers={
        "herpes_simplex": Answer(state="yes"),
        "pregnancy": Answer(state="no", bulk=True),
        "acne": Answer(state="unsure"),
    },
    facts=Facts(phototype=2, conditions=(Condition(code="herpes_simplex", status="active"),)),
    plan=PlanRequest(
        primary_concern="acne_rolling",
        targets=(Target(area="cheeks", concern="acne_rolling"),),
        sessions=3,
    ),
)
TODAY = Consultation(
    id="v2",
    patient_id="p1",
    follows="v1",
    visit_date=date(2026, 6, 15),
    started_at=datetime.fromisoformat("2026-06-15T10:00"),
)


def test_every_part_of_a_panel_is_told_and_is_open_until_it_is_taken(pack: Pack) -> None:
    for step in ("goals", "skin", "safety", "plan"):
        # The plan's side comes from the map, which is looked at anew before.
        seen = LAST.skin.findings if step == "plan" else ()
        visit = replace(TODAY, skin=replace(TODAY.skin, findings=seen))
        parts = recall(pack, step, visit, LAST)
        assert parts
        assert all(part.open for part in parts)
        for part in parts:
            visit = part.part.take(pack, visit, LAST)
        assert all(part.same for part in recall(pack, step, visit, LAST))


def test_the_numbing_cream_of_the_last_visit_stands_there_by_its_name(pack: Pack) -> None:
    cream = Numbing(product="lidocaine4", grams=10.0, area_cm2=150.0, minutes=30.0)
    last = replace(LAST, plan=replace(LAST.plan, numbing=cream))

    (told,) = [it.before for it in recall(pack, "plan", TODAY, last) if it.part.id == "numbing"]

    assert told == "Lidocaine 4% cream, 10 g, 150 cm², 30 minutes"


def test_the_label_of_the_device_is_taken_with_the_plan_it_belongs_to(pack: Pack) -> None:
    """It had to be read and written again at every visit, though the last plan says it."""
    plan = replace(LAST.plan, device_kind="motorised_pen", device_label_max_mm=2.5)
    last = replace(LAST, plan=plan)
    today = replace(TODAY, plan=replace(TODAY.plan, device_label_max_mm=None))
    (told,) = [it for it in recall(pack, "plan", today, last) if it.part.id == "device"]

    assert told.before.endswith("deepest setting on its label 2.5 mm")
    assert told.open
    taken = told.part.take(pack, today, last).plan
    assert (taken.device_kind, taken.device_label_max_mm) == ("motorised_pen", 2.5)
    bare = replace(last, plan=replace(plan, device_label_max_mm=None))
    assert not [it for it in recall(pack, "plan", today, bare) if it.part.id == "device"]


def test_what_went_on_the_skin_at_the_last_visit_is_told_and_taken(pack: Pack) -> None:
    """The same plan was taken over, and its plasma was left behind without a word."""
    last = replace(LAST, plan=replace(LAST.plan, addons=("prp", "their_own_serum")))
    (told,) = [it for it in recall(pack, "plan", TODAY, last) if it.part.id == "addons"]
    assert told.before == "PRP (own plasma), their_own_serum"
    assert told.part.take(pack, TODAY, last).plan.addons == ("prp", "their_own_serum")


def test_bother_scores_and_the_map_are_seen_anew(pack: Pack) -> None:
    visit = TODAY
    for step in ("goals", "skin", "safety", "plan"):
        for part in recall(pack, step, visit, LAST):
            visit = part.part.take(pack, visit, LAST)

    assert [wish.bother for wish in visit.goals.concerns] == [None]
    assert visit.skin.findings == ()
    assert visit.skin.scores == {}
    assert visit.plan.first_session is None


def test_a_re_confirmed_answer_brings_its_details_and_says_so(pack: Pack) -> None:
    visit = reconfirm(pack, TODAY, LAST, ["herpes_simplex", "pregnancy", "breastfeeding"])

    assert visit.answers == {
        "herpes_simplex": Answer(state="yes", reconfirmed=True),
        "pregnancy": Answer(state="no", reconfirmed=True),
    }
    assert visit.facts.conditions == LAST.facts.conditions


def test_what_was_noted_today_gives_way_to_what_is_re_confirmed(pack: Pack) -> None:
    other = Condition(code="herpes_simplex", status="healed")
    today = replace(TODAY, facts=Facts(conditions=(other, Condition(code="acne"))))

    visit = reconfirm(pack, today, LAST, ["herpes_simplex"])

    assert [(it.code, it.status) for it in visit.facts.conditions] == [
        ("acne", None),
        ("herpes_simplex", "active"),
    ]


def test_only_what_was_asked_again_can_differ(pack: Pack) -> None:
    assert compare(pack, LAST, TODAY) == ()
    changed = reconfirm(pack, TODAY, LAST, ["herpes_simplex"])
    changed = replace(
        changed,
        goals=replace(LAST.goals, concerns=(replace(LAST.goals.concerns[0], bother=4),)),
        answers={**changed.answers, "pregnancy": Answer(state="yes")},
        skin=SkinAssessment(scores={"goodman_baron": {"grade": 2.0}}),
    )

    told = {(it.step, it.label): (it.before, it.today) for it in compare(pack, LAST, changed)}

    assert told.pop(("goals", "Bother: Acne scars - rolling")) == ("7 of 10", "4 of 10")
    assert told.pop(("safety", "Pregnancy")) == ("No", "Yes")
    ((step, _), (before, today)) = told.popitem()
    assert (step, before[0], today[0]) == ("skin", "3", "2")
    assert told == {}


def test_a_plan_taken_over_is_another_until_the_map_shows_its_side(pack: Pack) -> None:
    """The right cheek of the last plan became both, and it was said to be the same."""
    seen = MapFinding(area="cheeks", side="right", concern="acne_rolling", grade=3)
    planned = replace(
        LAST,
        skin=replace(LAST.skin, findings=(seen,)),
        plan=replace(LAST.plan, targets=(Target(area="cheeks", concern="acne_rolling"),)),
    )

    def look(visit: Consultation) -> Recalled:
        return next(it for it in recall(pack, "plan", visit, planned) if it.part.id == "lines")

    taken = look(TODAY).part.take(pack, TODAY, planned)
    assert look(taken).before.startswith("Cheeks, right: ")
    assert not look(taken).same
    shown = replace(taken, skin=replace(taken.skin, findings=(seen,)))
    assert look(shown).same


def test_an_event_still_to_come_is_recalled_and_one_that_is_over_is_not(pack: Pack) -> None:
    day = date(2027, 6, 20)
    named = replace(LAST.goals, event="Wedding", event_date=day)
    last = replace(LAST, goals=named, plan=replace(LAST.plan, event_date=day))

    (event,) = [it for it in recall(pack, "goals", TODAY, last) if it.part.id == "event"]
    assert event.before == "Wedding, 20 Jun 2027"
    assert event.open
    visit = event.part.take(pack, TODAY, last)
    assert (visit.goals.event, visit.goals.event_date, visit.plan.event_date) == (
        "Wedding",
        day,
        day,
    )

    later = replace(TODAY, visit_date=date(2027, 6, 21))
    assert "event" not in {it.part.id for it in recall(pack, "goals", later, last)}

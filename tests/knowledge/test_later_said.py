"""The last answer is that of a later treatment record, where one was signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Condition, Facts
from consult_app.domain.treatment import Review, Treatment
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.later_said import NEW_MEDICINE, forget_overtaken, lay_later
from consult_app.knowledge.visits.recall import reconfirm, tell_answer
from consult_app.knowledge.visits.since_last import compare

NO, YES = Answer(state="no"), Answer(state="yes")
LAST = Consultation(
    id="v1",
    patient_id="p1",
    state="signed",
    visit_date=date(2026, 3, 12),
    started_at=datetime.fromisoformat("2026-03-12T10:00"),
    signed_at=datetime.fromisoformat("2026-03-12T10:15"),
    answers={"herpes_simplex": NO, "pregnancy": NO, "keloid": NO, "anticoagulants": NO},
)
SORE = Condition(code="herpes_simplex", status="active", zones=("upper_lip",))
TREATED = replace(
    LAST,
    id="t1",
    kind="treatment",
    follows="v1",
    signed_at=datetime.fromisoformat("2026-03-12T11:00"),
    answers={"herpes_simplex": YES, "pregnancy": YES, "keloid": YES},
    facts=Facts(pregnancy="yes", conditions=(SORE,)),
    treatment=Treatment(treated=False, new_medicines="no"),
)
TODAY = replace(LAST, id="v2", state="draft", follows="v1", answers={}, signed_at=None)


def test_the_last_answer_is_what_a_treatment_asked_again(pack: Pack) -> None:
    said = lay_later(pack, LAST, [TREATED])
    assert tell_answer(pack, said.visit, "pregnancy") == "Yes: Pregnant"
    assert "active" in tell_answer(pack, said.visit, "herpes_simplex")
    assert {item: it.id for item, it in said.since.items()} == {
        "herpes_simplex": "t1",
        "pregnancy": "t1",
    }
    assert said.visit.answers["keloid"] == NO, "it was not asked again, only carried along"


def test_the_same_as_last_time_is_never_an_older_answer(pack: Pack) -> None:
    said = lay_later(pack, LAST, [TREATED])
    visit = reconfirm(pack, TODAY, said.visit, ("pregnancy", "herpes_simplex"))
    assert visit.facts.pregnancy == "yes"
    assert visit.facts.conditions == (SORE,)
    assert [visit.answers[it].state for it in ("pregnancy", "herpes_simplex")] == ["yes", "yes"]


def test_of_several_treatments_the_latest_counts_in_whatever_order_they_come(pack: Pack) -> None:
    at = TREATED.signed_at
    assert at is not None
    later = replace(
        TREATED,
        id="t2",
        signed_at=at + timedelta(hours=1),
        answers={"pregnancy": NO},
        facts=Facts(),
    )
    for order in ([TREATED, later], [later, TREATED]):
        said = lay_later(pack, LAST, order)
        assert tell_answer(pack, said.visit, "pregnancy") == "No"
        assert said.since["pregnancy"].id == "t2"
        assert said.since["herpes_simplex"].id == "t1"
        assert [it.id for it, _ in said.treatments] == ["t1", "t2"]


def test_of_two_places_on_one_day_what_was_told_counts_and_a_no_takes_nothing_back(
    pack: Pack,
) -> None:
    """By the clocks a Yes was from before the No, or a No from after the Yes: nobody knows it."""

    def says(last: Consultation, *records: Consultation, came: str = "") -> str:
        said = lay_later(pack, last, records, came={came})
        return said.visit.answers["pregnancy"].state

    apart = replace(TREATED, follows="c0")
    early = replace(apart, signed_at=datetime.fromisoformat("2026-03-12T09:00"))
    assert says(LAST, early) == "no", "of one place"
    assert says(LAST, early, came="t1") == "yes"
    assert says(LAST, replace(early, visit_date=date(2026, 3, 11)), came="t1") == "no"

    pregnant = replace(LAST, answers={**LAST.answers, "pregnancy": YES})
    denied = replace(apart, answers={"pregnancy": NO}, facts=Facts())
    assert says(pregnant, denied) == "no", "of one place"
    assert [says(pregnant, denied, came=it) for it in ("t1", "v1")] == ["yes", "yes"]
    assert says(pregnant, replace(denied, follows="v1"), came="t1") == "no", "begun from it"

    at = TREATED.signed_at
    assert at is not None
    here = replace(denied, id="t2", follows="v1", signed_at=at + timedelta(hours=1))
    assert says(LAST, TREATED, here) == "no", "of one place"
    assert says(LAST, TREATED, here, came="t1") == "yes"


def test_a_new_medicine_that_nobody_named_leaves_no_answer_to_confirm(pack: Pack) -> None:
    unnamed = replace(TREATED, treatment=Treatment(treated=False, new_medicines="yes"))
    said = lay_later(pack, LAST, [unnamed])
    assert not said.visit.answers.keys() & {*pack.medicine_items}
    assert said.since["anticoagulants"].id == "t1"
    assert NEW_MEDICINE in said.treatments[0][1]
    visit = reconfirm(pack, TODAY, said.visit, pack.medicine_items)
    assert not visit.answers


def test_what_was_signed_before_does_not_count(pack: Pack) -> None:
    before = replace(TREATED, follows="v0", visit_date=date(2026, 2, 1))
    said = lay_later(pack, LAST, [before])
    assert said.visit == LAST
    assert not said.since
    assert not said.treatments


def test_what_a_review_or_an_addendum_says_in_words_is_told(pack: Pack) -> None:
    seen = replace(
        LAST,
        id="r1",
        kind="review",
        follows="v1",
        visit_date=date(2026, 4, 12),
        review=Review(changes="Started apixaban 10 days ago"),
    )
    added = replace(
        LAST, id="a1", kind="addendum", follows="v1", addendum="Rang: now breast-feeding"
    )
    said = lay_later(pack, LAST, [seen, added])
    assert [(it.id, words) for it, words in said.words] == [
        ("a1", "Rang: now breast-feeding"),
        ("r1", "Started apixaban 10 days ago"),
    ]


def test_the_comparison_holds_today_against_the_last_answer(pack: Pack) -> None:
    said = lay_later(pack, LAST, [TREATED])
    visit = replace(TODAY, answers={"pregnancy": NO, "keloid": NO})
    (found,) = compare(pack, said.visit, visit, said.since)
    assert (found.label, found.before, found.today) == (
        "Pregnancy",
        "Yes: Pregnant (treatment record)",
        "No",
    )


def test_of_a_medicine_not_named_the_comparison_tells_where_it_turns_up(pack: Pack) -> None:
    unnamed = replace(TREATED, treatment=Treatment(treated=False, new_medicines="yes"), answers={})
    said = lay_later(pack, LAST, [unnamed])
    visit = replace(TODAY, answers={"anticoagulants": YES, "isotretinoin": NO})
    (found,) = compare(pack, said.visit, visit, said.since)
    assert found.before == f"{NEW_MEDICINE} (treatment record)"


def test_what_the_prescriber_decided_by_a_treatment_holds_at_the_next(pack: Pack) -> None:
    assert lay_later(pack, LAST, [replace(TREATED, antiviral="yes")]).visit.antiviral == "yes"
    decided = replace(LAST, antiviral="not_needed")
    assert lay_later(pack, decided, [TREATED]).visit.antiviral == "not_needed"


def test_what_was_only_said_to_be_as_before_is_asked_again_once_it_is_overtaken(pack: Pack) -> None:
    """An unfinished visit may have taken a No over before the treatment record said Yes."""
    unnamed = replace(TREATED, treatment=Treatment(treated=False, new_medicines="yes"))
    said = lay_later(pack, LAST, [unnamed])
    same = Answer(state="no", reconfirmed=True)
    answers = {
        "pregnancy": same,
        "herpes_simplex": NO,
        "keloid": same,
        "anticoagulants": same,
        "isotretinoin": NO,
    }
    visit = forget_overtaken(pack, replace(TODAY, answers=answers), said)
    assert visit.answers.keys() == {"herpes_simplex", "keloid", "isotretinoin"}
    again = forget_overtaken(pack, visit, said)
    assert again is visit


def test_a_treatment_carries_no_answer_about_medicines_past_a_new_one(pack: Pack) -> None:
    unnamed = replace(TREATED, treatment=Treatment(treated=False, new_medicines="yes"))
    said = lay_later(pack, LAST, [unnamed])
    other = replace(TREATED, id="t2", state="draft", answers={"anticoagulants": NO, "keloid": NO})
    assert forget_overtaken(pack, other, said).answers.keys() == {"keloid"}


SINCE, KNOWN = {"t1"}, set[str]()
"""That record was not known to the visit when it was saved last; or was."""


def forget(pack: Pack, since: set[str], **now: Any) -> set[str]:  # noqa: ANN401 - as a visit has it
    """Return which questions of a visit with a No to each are asked again."""
    visit = replace(TODAY, **{"answers": dict.fromkeys(LAST.answers, NO), **now})
    said = lay_later(pack, LAST, [TREATED])
    left = forget_overtaken(pack, visit, said, since).answers
    return {*visit.answers} - {*left}


def test_a_no_from_before_a_record_that_says_otherwise_is_asked_again_once(pack: Pack) -> None:
    assert forget(pack, SINCE) == {"pregnancy", "herpes_simplex"}
    assert forget(pack, KNOWN) == set(), "it was said after the record, or the visit begins"


def test_a_no_to_medicines_from_before_a_new_one_was_told_is_asked_again(pack: Pack) -> None:
    unnamed = replace(TREATED, answers={}, treatment=Treatment(new_medicines="yes"))
    said = lay_later(pack, LAST, [unnamed])
    visit = replace(TODAY, answers=dict.fromkeys(LAST.answers, NO))
    left = forget_overtaken(pack, visit, said, SINCE)
    assert left.answers.keys() == {"herpes_simplex", "pregnancy", "keloid"}


def test_of_what_was_needled_and_of_a_review_nothing_is_asked_again(pack: Pack) -> None:
    needled = Treatment(treated=True, new_medicines="no")
    assert "pregnancy" not in forget(pack, SINCE, kind="treatment", treatment=needled)
    assert forget(pack, SINCE, kind="review", review=Review()) == set()


def test_against_what_it_follows_the_same_holds_where_that_was_signed_later(pack: Pack) -> None:
    """Two return visits were begun, and the other one was signed first."""
    said = lay_later(pack, replace(LAST, answers={**LAST.answers, "keloid": YES}), [])
    same = Answer(state="no", reconfirmed=True)
    visit = replace(TODAY, answers={"keloid": NO, "pregnancy": NO, "herpes_simplex": same})
    assert forget_overtaken(pack, visit, said, {"v1"}).answers.keys() == {
        "pregnancy",
        "herpes_simplex",
    }
    assert forget_overtaken(pack, visit, said, KNOWN) == visit

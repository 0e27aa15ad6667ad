"""A supervisor's reason sets aside what waits or is decided, as it stood when it was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.finding import Severity
from consult_app.domain.history import Condition, Exposure
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.treatment import Supervision, TreatedArea
from consult_app.knowledge.judgement import Judgement, could_not_judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.elsewhere import Stops, lay_stops
from consult_app.knowledge.visits.supervising import (
    SUPERVISED,
    allow,
    can_allow,
    find_former,
    find_new,
)
from consult_app.knowledge.visits.treating import answer_again, answer_medicines, is_blocked
from tests.knowledge.test_treating import ask_all, begun, last, look

__all__ = ["begun", "last"]
WHO = "Dr Okoro"
REASON = Supervision(name=WHO, reason="Seen together; once, and the skin is pale")
BURN = Exposure(
    code="sunburn", zones=("cheeks",), date=PartialDate(2026, 7, 1), still_inflamed=False
)
SORE = Condition(code="herpes_simplex", status="active", zones=("upper_lip",))


@pytest.fixture
def waiting(pack: Pack, begun: Consultation, last: Consultation) -> Consultation:
    """A treatment in which all was asked, and a sunburn has to settle first."""
    return burn(answer_again(pack, ask_all(pack, begun, last), None, "sunburn", "yes"), BURN)


def burn(visit: Consultation, exposure: Exposure) -> Consultation:
    return replace(visit, facts=replace(visit.facts, exposures=(exposure,)))


def permit(pack: Pack, visit: Consultation, supervision: Supervision = REASON) -> Consultation:
    return allow(pack, visit, look(pack, visit), supervision)


def blocked(pack: Pack, visit: Consultation, supervisor: str = WHO) -> bool:
    return is_blocked(visit, look(pack, visit), supervisor)


def add_sore(pack: Pack, visit: Consultation) -> Consultation:
    visit = answer_again(pack, visit, None, "herpes_simplex", "yes")
    return replace(visit, facts=replace(visit.facts, conditions=(SORE,)))


def list_new(pack: Pack, visit: Consultation) -> list[str]:
    return [it.id for it in find_new(visit, look(pack, visit))]


def test_what_waits_is_set_aside_where_the_clinic_names_a_supervisor(
    pack: Pack, waiting: Consultation
) -> None:
    assert look(pack, waiting).decision.state is DecisionState.DEFER
    assert blocked(pack, waiting)
    allowed = permit(pack, waiting)
    assert not blocked(pack, allowed)
    assert blocked(pack, allowed, ""), "the clinic has not enabled it"
    taken_back = permit(pack, allowed, Supervision(name=WHO, reason=" "))
    assert blocked(pack, taken_back)
    assert taken_back.overrides == waiting.overrides


def test_what_is_absolute_or_was_not_judged_is_not(pack: Pack, waiting: Consultation) -> None:
    pregnant = answer_again(pack, waiting, None, "pregnancy", "yes")
    pregnant = permit(pack, replace(pregnant, facts=replace(pregnant.facts, pregnancy="yes")))
    assert look(pack, pregnant).decision.state is DecisionState.ABSOLUTE
    assert blocked(pack, pregnant)
    assert not can_allow(look(pack, pregnant))
    kept = [it.id for it in pregnant.overrides]
    assert kept == [f"{SUPERVISED}sunburn"], "nothing absolute is kept as allowed"
    assert is_blocked(permit(pack, waiting), could_not_judge(ValueError()), WHO)


@pytest.mark.parametrize("item", ["consent", "pregnancy", "herpes_simplex", "sunburn"])
@pytest.mark.parametrize("state", ["unsure", None])
def test_nor_is_what_nobody_knows_yet(
    pack: Pack, begun: Consultation, last: Consultation, item: str, state: str | None
) -> None:
    """Not for a sunburn either: looked at, it is none or a Yes that can be set aside."""
    visit = answer_again(pack, ask_all(pack, begun, last), None, item, state)
    visit = permit(pack, visit)
    assert look(pack, visit).decision.state is DecisionState.INCOMPLETE
    assert blocked(pack, visit)


def test_nor_is_a_question_that_is_open_beside_what_waits(
    pack: Pack, waiting: Consultation, last: Consultation
) -> None:
    for visit in (
        answer_again(pack, waiting, None, "pregnancy", "unsure"),
        answer_medicines(pack, waiting, last, "yes"),
        replace(waiting, answers={**waiting.answers, "keloid": Answer(state="yes")}),
    ):
        allowed = permit(pack, visit)
        assert look(pack, allowed).decision.state is DecisionState.DEFER
        assert blocked(pack, allowed)


def test_nor_is_a_treatment_in_which_nothing_was_asked(pack: Pack, begun: Consultation) -> None:
    assert blocked(pack, permit(pack, begun))


@pytest.mark.parametrize("severity", [None, Severity.DEFER, Severity.RELATIVE])
def test_what_another_visit_says_is_settled_there(
    pack: Pack, waiting: Consultation, severity: Severity | None
) -> None:
    """None: what it says may be absolute, as a keloid of which nobody said where it is."""
    stops = Stops(severity=severity, labels=("Keloid or raised scars",))
    other = replace(waiting, id="v3", kind="consultation", treatment=None)
    judged: Judgement = lay_stops(look(pack, waiting), other, stops)
    assert is_blocked(allow(pack, waiting, judged, REASON), judged, WHO)


def test_what_is_told_after_the_reason_opens_it_again(pack: Pack, waiting: Consultation) -> None:
    sore = add_sore(pack, permit(pack, waiting))
    assert look(pack, sore).decision.state is DecisionState.DEFER
    assert blocked(pack, sore)
    assert list_new(pack, sore) == ["hsv_active"], "and not the sunburn once more"

    again = replace(REASON, reason=f"{REASON.reason}; the sore is dry")
    assert not blocked(pack, permit(pack, sore, again))


def test_the_reason_still_counts_for_what_is_left(pack: Pack, waiting: Consultation) -> None:
    both = permit(pack, add_sore(pack, waiting))
    assert not blocked(pack, both)
    left = answer_again(pack, both, None, "herpes_simplex", "no")
    assert look(pack, left).decision.state is DecisionState.DEFER
    assert not blocked(pack, left)


@pytest.mark.parametrize(
    "told",
    [
        replace(BURN, date=PartialDate(2026, 7, 5)),
        replace(BURN, date=None),
        replace(BURN, zones=("cheeks", "nose")),
        replace(BURN, still_inflamed=True),
    ],
)
def test_the_same_finding_told_otherwise_is_another(
    pack: Pack, waiting: Consultation, told: Exposure
) -> None:
    visit = burn(permit(pack, waiting), told)
    assert list_new(pack, visit) == ["sunburn"]
    assert blocked(pack, visit)


def test_what_is_told_elsewhere_in_the_list_changes_nothing(
    pack: Pack, waiting: Consultation
) -> None:
    visit = permit(pack, waiting)
    legs = Exposure(code="self_tan", zones=("calves",))
    visit = replace(visit, facts=replace(visit.facts, exposures=(legs, BURN)))
    assert list_new(pack, visit) == []


def test_it_is_given_for_one_day(pack: Pack, waiting: Consultation) -> None:
    visit = permit(pack, waiting)
    assert blocked(pack, replace(visit, visit_date=date(2026, 7, 6) + timedelta(days=1)))


def test_a_signed_record_takes_nothing_back(pack: Pack, waiting: Consultation) -> None:
    """One that was signed before the findings were kept with the reason tells what was done."""
    assert waiting.treatment is not None
    signed = replace(
        waiting, state="signed", treatment=replace(waiting.treatment, supervision=REASON)
    )
    assert not blocked(pack, signed)
    assert blocked(pack, replace(signed, state="draft")), "unfinished, it is asked for once more"


def test_what_goes_further_than_the_reason_said_opens_it_again(
    pack: Pack, waiting: Consultation
) -> None:
    allowed = permit(pack, waiting)
    assert not blocked(pack, allowed)
    treatment = waiting.treatment
    assert treatment is not None
    lines = treatment.areas

    def go(*areas: TreatedArea) -> Consultation:
        done = allowed.treatment
        assert done is not None
        return replace(allowed, treatment=replace(done, areas=areas))

    (line,) = lines
    depth = line.depth_mm or 0.0
    assert not blocked(pack, go(replace(line, depth_mm=depth - 0.25)))
    assert blocked(pack, go(replace(line, depth_mm=depth + 0.25)))
    assert blocked(pack, go(line, replace(line, area="forehead", depth_mm=0.25)))
    darker = replace(allowed, facts=replace(allowed.facts, phototype=6))
    assert blocked(pack, darker)


def test_a_reason_is_that_of_the_supervisor_who_gave_it(pack: Pack, waiting: Consultation) -> None:
    """It counted for whoever the settings named next."""
    allowed = permit(pack, waiting)
    assert not blocked(pack, allowed, " dr  okoro")
    assert blocked(pack, allowed, "Dr Vance")
    assert find_former(allowed, "Dr Vance") == WHO
    assert not find_former(allowed, WHO)

    again = permit(pack, allowed, Supervision(name="Dr Vance", reason="Seen by me too"))
    assert not blocked(pack, again, "Dr Vance")

    treatment = allowed.treatment
    assert treatment is not None
    done = replace(allowed, treatment=replace(treatment, treated=True))
    assert not blocked(pack, done, "Dr Vance"), "it was allowed when it was done"

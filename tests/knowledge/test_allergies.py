"""An allergy is told once, wherever it was said, and none is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Facts
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.allergies import (
    find_contradicted,
    list_allergies,
    tidy_allergies,
    write_allergies,
)
from consult_app.knowledge.visits.locking import find_obstacles

VISIT = Consultation(
    id="v",
    patient_id="p",
    visit_date=date(2026, 6, 15),
    started_at=datetime.fromisoformat("2026-06-15T10:30"),
    allergy_state="known",
)


AMIDE = "Lidocaine, prilocaine or another amide anaesthetic"


def test_what_is_written_twice_is_kept_once() -> None:
    assert tidy_allergies("Latex, penicillin;latex,, LATEX\nnuts") == "Latex, penicillin, nuts"


def test_what_is_answered_is_not_repeated_where_it_is_written(pack: Pack) -> None:
    """EMLA is another name of the amides; nickel was not written."""
    visit = replace(
        VISIT, allergies="emla, latex", facts=Facts(allergies=("amide_la", "latex", "nickel"))
    )

    assert list_allergies(pack, visit) == ("emla", "latex", "Nickel")


@pytest.mark.parametrize(
    ("written", "codes", "read"),
    [
        ("lidocain, penicillin", ("amide_la",), (f"{AMIDE} (lidocain)", "penicillin")),
        ("penicillin, lidocaine", ("amide_la",), ("penicillin", "lidocaine")),
        ("procain", ("amide_la",), ("procain", AMIDE)),
        ("lidocain", (), ("lidocain",)),
        ("latx", ("amide_la", "latex"), (AMIDE, "Latex (latx)")),
        ("articaine", ("amide_la",), ("articaine", AMIDE)),
    ],
)
def test_what_was_typed_with_a_slip_stands_beside_its_name_and_nothing_is_left_out(
    pack: Pack, written: str, codes: tuple[str, ...], read: tuple[str, ...]
) -> None:
    """The banner told one allergy twice; of what is another one nothing may go."""
    visit = replace(VISIT, allergies=written, facts=Facts(allergies=codes))

    assert sorted(write_allergies(pack, visit)) == sorted(read)


def test_an_answer_tells_of_an_allergy_whatever_else_was_said(pack: Pack) -> None:
    visit = replace(VISIT, allergy_state="none_known", facts=Facts(allergies=("latex",)))
    denied = replace(visit, answers={"other_allergy": Answer(state="no")})

    assert list_allergies(pack, visit) == ("Latex",)
    assert list_allergies(pack, denied) == ()


@pytest.mark.parametrize(
    ("written", "item"),
    [
        ("Lidocaine", "la_allergy"),
        ("penicillin, rash from lidocaine in 2019", "la_allergy"),
        ("novocaine", "la_allergy"),
        ("local anaesthetics", "la_allergy"),
        ("Latex gloves", "other_allergy"),
        ("nickel", "metal"),
        ("Surgical steel", "metal"),
    ],
)
def test_what_is_written_against_a_no_is_found_by_any_name(
    pack: Pack, written: str, item: str
) -> None:
    denied = {item: Answer(state="no")}
    visit = replace(VISIT, allergies=written, answers=denied)

    assert list(find_contradicted(pack, visit)) == [item]
    assert not find_contradicted(pack, replace(visit, allergy_state="none_known"))
    assert not find_contradicted(pack, replace(visit, answers={item: Answer(state="yes")}))


@pytest.mark.parametrize("written", ["penicillin", "nuts", "steelhead", "collateral", ""])
def test_other_words_contradict_nothing(pack: Pack, written: str) -> None:
    denied = {question.id: Answer(state="no") for question in pack.questions}

    assert not find_contradicted(pack, replace(VISIT, allergies=written, answers=denied))


def test_a_no_against_what_is_written_is_open_and_fires_no_rule(pack: Pack) -> None:
    """Nobody can tell which of the two is wrong, so nothing is called clear."""
    denied = {question.id: Answer(state="no") for question in pack.questions}
    visit = replace(VISIT, allergies="Lidocaine", answers=denied)

    decision = judge(pack, visit, today=VISIT.visit_date).decision

    assert "la_allergy" in {question.item for question in decision.needed}
    assert not [it for it in decision.findings if it.item == "la_allergy"]
    assert decision.blocks_treatment
    silent = judge(pack, replace(visit, allergies="nuts"), today=VISIT.visit_date).decision
    assert "la_allergy" not in {question.item for question in silent.needed}


def test_an_open_stop_question_says_that_it_was_written(pack: Pack) -> None:
    denied = {question.id: Answer(state="no") for question in pack.questions}
    visit = replace(VISIT, allergies="steel", answers=denied)

    found = find_obstacles(visit, judge(pack, visit, today=VISIT.visit_date), pack)

    told = [it for it in found if it.place == "item:metal"]
    assert [it.text for it in told] == [
        f"Written among the allergies, but answered No: {pack.question_by_id['metal'].label}."
    ]

"""Allergies that an unfinished visit tells and the visit shown does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.app import Program
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Facts
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.allergies_elsewhere import find_cream_words, tell_more_allergies

SHOWN = Consultation(
    id="t1",
    patient_id="p1",
    kind="treatment",
    follows="v1",
    visit_date=date(2026, 11, 30),
    started_at=datetime.fromisoformat("2026-11-30T10:30"),
    allergy_state="none_known",
)
OTHER = replace(
    SHOWN, id="v2", kind="consultation", allergy_state="known", allergies="Lidocaine, latex"
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Program().pack


def test_they_are_told_with_the_visit_they_stand_in(pack: Pack) -> None:
    first = replace(OTHER, follows=None, allergies="Nuts", visit_date=date(2026, 11, 2))
    assert tell_more_allergies(pack, SHOWN, (OTHER, first)) == (
        "Lidocaine, latex: return visit of 30 November 2026, not finished",
        "Nuts: consultation of 2 November 2026, not finished",
    )


def test_those_that_are_shown_already_are_not_told_again(pack: Pack) -> None:
    shown = replace(SHOWN, allergy_state="known", allergies="LATEX")
    (told,) = tell_more_allergies(pack, shown, (OTHER,))
    assert told.startswith("Lidocaine: ")
    assert tell_more_allergies(pack, replace(shown, allergies=OTHER.allergies), (OTHER,)) == ()


def test_a_visit_that_tells_of_none_adds_nothing(pack: Pack) -> None:
    others = (replace(OTHER, allergy_state=state) for state in (None, "none_known"))
    assert tell_more_allergies(pack, SHOWN, others) == ()


def test_allergies_that_are_not_listed_yet_are_no_none(pack: Pack) -> None:
    other = replace(OTHER, allergies="")
    (told,) = tell_more_allergies(pack, SHOWN, (other,))
    assert told.startswith("Yes, not listed yet: ")
    assert tell_more_allergies(pack, replace(SHOWN, allergy_state="known"), (other,)) == ()


def test_what_an_answer_tells_counts_as_what_is_written(pack: Pack) -> None:
    other = replace(OTHER, allergy_state="none_known", facts=Facts(allergies=("latex",)))
    (told,) = tell_more_allergies(pack, SHOWN, (other,))
    assert told.casefold().startswith("latex: ")


def test_what_a_cream_may_hold_is_found_in_each_visit_once(pack: Pack) -> None:
    assert find_cream_words(pack, SHOWN, (OTHER,)) == ("Lidocaine",)
    own = replace(SHOWN, allergy_state="known", allergies="lidocaine")
    assert find_cream_words(pack, own, (OTHER,)) == ("Lidocaine",)
    settled = replace(OTHER, answers={"la_allergy": Answer(state="yes")})
    assert find_cream_words(pack, SHOWN, (settled,)) == ("Lidocaine",), "not settled in this visit"
    own = replace(own, answers=settled.answers)
    assert find_cream_words(pack, own, ()) == ()

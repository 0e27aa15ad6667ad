"""An allergy is told once, wherever it was said, and none is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Facts
from consult_app.knowledge.allergies import list_allergies, tidy_allergies
from consult_app.knowledge.loader import load_pack
from consult_app.knowledge.pack import Pack


@pytest.fixture(scope="module")
def pack(resources: Path) -> Pack:
    """The treatment that ships."""
    return load_pack(resources / "content" / "microneedling")


VISIT = Consultation(
    id="v",
    patient_id="p",
    visit_date=date(2026, 6, 15),
    started_at=datetime.fromisoformat("2026-06-15T10:30"),
    allergy_state="known",
)


def test_what_is_written_twice_is_kept_once() -> None:
    assert tidy_allergies("Latex, penicillin;latex,, LATEX\nnuts") == "Latex, penicillin, nuts"


def test_what_is_answered_is_not_repeated_where_it_is_written(pack: Pack) -> None:
    """EMLA is another name of the amides; nickel was not written."""
    visit = replace(
        VISIT, allergies="emla, latex", facts=Facts(allergies=("amide_la", "latex", "nickel"))
    )

    assert list_allergies(pack, visit) == ("emla", "latex", "Nickel")


def test_an_answer_tells_of_an_allergy_whatever_else_was_said(pack: Pack) -> None:
    visit = replace(VISIT, allergy_state="none_known", facts=Facts(allergies=("latex",)))
    denied = replace(visit, answers={"other_allergy": Answer(state="no")})

    assert list_allergies(pack, visit) == ("Latex",)
    assert list_allergies(pack, denied) == ()

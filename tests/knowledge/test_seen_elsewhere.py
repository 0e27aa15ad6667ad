"""What another visit of the patient saw, ticked or was told counts beside a treatment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consult_app.domain.history import Exposure, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.answers import settle_facts
from consult_app.knowledge.visits.elsewhere import lay_plan
from tests.knowledge.test_elsewhere import NO, OTHER, TREATMENT, YES, find, pack

__all__ = ["pack"]
LATER = date(2026, 7, 15)


@pytest.mark.parametrize(
    ("there", "here", "told"),
    [(5, 3, True), (3, 3, False), (2, 3, False), (2, 1, False), (6, 5, False)],
)
def test_darker_skin_seen_in_another_visit_counts(
    pack: Pack, there: int, here: int, *, told: bool
) -> None:
    """It holds depth, gaps and the test patch; the treatment went by the lighter one."""
    other = replace(OTHER, skin=replace(OTHER.skin, phototype_seen=there))
    own = replace(TREATMENT, skin=replace(TREATMENT.skin, phototype_seen=here))

    named = find(pack, other=other, treatment=own)

    assert named == (("Skin type V, here III",) if told else ())


@pytest.mark.parametrize(
    ("scored", "label"),
    [
        ({"glogau": {"grade": 4.0}}, "Scaly sun patches"),
        ({"pigment": {"past_pih": 1.0}}, "Dark marks after injury"),
    ],
)
def test_a_tick_of_another_visit_counts_against_a_no(
    pack: Pack, scored: dict[str, dict[str, float]], label: str
) -> None:
    """The same tick in the treatment's own consultation opens the question."""
    skin = replace(OTHER.skin, scores=scored)
    other, denied = replace(OTHER, skin=skin), dict.fromkeys(pack.question_by_id, NO)
    own = replace(TREATMENT, answers=denied)

    assert any(it.startswith(label) for it in find(pack, other=other, treatment=own))
    told = replace(own, skin=skin)
    assert find(pack, other=other, treatment=told) == (), "it is open, or settled, there"
    assert find(pack, other=other, treatment=replace(own, answers={})) == ()


def test_what_was_to_come_there_and_is_past_counts(pack: Pack) -> None:
    """Nobody knows what came of it; told in the treatment's own consultation it is asked again."""
    sun = Exposure(code="planned_sun_after", date=PartialDate(2026, 6, 20))
    facts = replace(OTHER.facts, exposures=(sun,))
    other = replace(OTHER, facts=facts, answers={"tan": YES})
    label = pack.question_by_id["tan"].label

    assert label in find(pack, other=other, treatment=replace(TREATMENT, visit_date=LATER))
    assert label not in find(pack, other=other)


def test_tablets_told_there_are_taken_for_longer_by_then(pack: Pack) -> None:
    taken = Medication(code="prednisolone", status="current", mg_per_day=30.0, days=8)
    other = replace(OTHER, facts=replace(OTHER.facts, medications=(taken,)))

    laid = lay_plan(other, replace(TREATMENT, visit_date=LATER))

    (counted,) = settle_facts(pack, laid, today=laid.visit_date).medications
    assert counted.days == 38


def test_allergies_that_nobody_listed_count(pack: Pack) -> None:
    other = replace(OTHER, allergy_state="known")

    assert find(pack, other=other) == ("Has allergies, not yet which",)
    assert find(pack, other=replace(other, allergies="grass")) == ()


def test_fragile_skin_of_another_visit_counts(pack: Pack) -> None:
    """It lowers the depths; the treatment was offered those of other skin."""
    other = replace(OTHER, skin=replace(OTHER.skin, fragile=True))

    assert find(pack, other=other) == ("Thin or fragile skin",)
    assert find(pack, other=other, treatment=replace(TREATMENT, skin=other.skin)) == ()


def test_a_body_image_screen_that_was_begun_there_counts(pack: Pack) -> None:
    """Nobody knows yet what it comes to; in the same visit its question is open again."""
    other = replace(OTHER, body_image={"B1": 2})

    assert find(pack, other=other) == (pack.question_by_id["bdd"].label,)

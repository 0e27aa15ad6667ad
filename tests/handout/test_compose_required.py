"""What the reference wants every patient told stays on the sheet, however short it has to be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult_app.domain.history import Facts, Numbing
from consult_app.domain.plan import PlanRequest, Target
from tests.handout import compose_cases
from tests.handout.compose_cases import REQUEST, locale, make_composed, make_versions, spaced

LAST = compose_cases.layout().budget.cuts
CREAM = Numbing(product="lidocaine4", contains=("lidocaine",), grams=5, area_cm2=100)
DARK = Facts(phototype=5)
LIGHT = Facts(phototype=2)
every_cut = pytest.mark.parametrize("cut", range(LAST + 1))
but_the_last = pytest.mark.parametrize("cut", range(LAST))


def _treat(*targets: tuple[str, str]) -> PlanRequest:
    return replace(
        REQUEST,
        primary_concern=targets[0][1],
        targets=tuple(Target(area=area, concern=concern) for area, concern in targets),
    )


STRETCH_MARKS = _treat(("abdomen", "striae_white"))


@every_cut
def test_who_is_burnt_or_tanned_is_told_to_call(cut: int) -> None:
    """Planning reference 3.2: the visit is moved, and the clinic learns of it only from them."""
    assert "burnt or tanned" in spaced(make_composed(cut=cut)).lower()
    american = make_composed(cut=cut, recipient=locale("US", "en-US"))
    assert "burned or tanned" in spaced(american).lower()


@every_cut
def test_who_gets_numbing_tells_if_it_ever_made_them_ill(cut: int) -> None:
    """Planning reference 5.7."""
    numbed = make_composed(
        replace(REQUEST, numbing=CREAM), facts=replace(LIGHT, anaesthetic=CREAM), cut=cut
    )

    assert "ever made you ill" in spaced(numbed)
    assert "ever made you ill" not in spaced(make_composed(cut=cut))


@every_cut
def test_lasers_leave_more_marks_in_brown_skin(cut: int) -> None:
    """Planning reference 5.7: beside what they do better for scars."""
    choices = spaced(make_composed(facts=DARK, cut=cut)).partition("Other choices")[2]
    told = choices.partition("Possible harms")[0]

    assert "laser" in told.lower()
    assert "mark" in told
    assert "brown skin" in told
    assert "brown skin" not in spaced(make_composed(facts=LIGHT, cut=cut))


@but_the_last
@pytest.mark.parametrize("facts", [LIGHT, DARK])
def test_other_choices_help_deep_scars_more_but_heal_slower(facts: Facts, cut: int) -> None:
    text = spaced(make_composed(facts=facts, cut=cut))

    assert any(words in text for words in ("better for deep scars", "help deep scars more"))
    assert any(words in text for words in ("longer to heal", "more time to heal", "heal slower"))


@every_cut
def test_minoxidil_alone_is_a_choice_beside_whatever_else_is_treated(cut: int) -> None:
    beside = _treat(("cheeks", "fine_lines"), ("scalp", "hair_aga"))

    assert "minoxidil on its own" in spaced(make_composed(beside, cut=cut))
    assert "minoxidil" not in spaced(make_composed(cut=cut))


@but_the_last
@pytest.mark.parametrize("request_", [REQUEST, STRETCH_MARKS])
def test_dark_patches_mostly_fade_and_the_sun_makes_them_worse(
    request_: PlanRequest, cut: int
) -> None:
    """The number alone frightens (planning reference 2.5)."""
    text = spaced(make_composed(request_, facts=DARK, cut=cut))
    told = text.partition("Dark patches:")[2].partition("\n")[0]

    assert "Most fade" in told
    assert "Sun makes them worse." in told


@every_cut
def test_narrow_deep_scars_change_least(cut: int) -> None:
    assert "narrow, deep" in spaced(make_composed(cut=cut)).lower()


@every_cut
def test_a_test_patch_shows_how_the_skin_heals(cut: int) -> None:
    text = spaced(make_composed(facts=DARK, cut=cut))

    assert any(words in text for words in ("how your skin heals", "how a small spot of skin heals"))


@but_the_last
def test_plasma_is_for_this_patient_alone_and_once(cut: int) -> None:
    """Blood was mixed up and used again elsewhere (planning reference 1.12)."""
    plasma = replace(REQUEST, addons=("prp",))

    assert "only for you and only once" in spaced(make_composed(plasma, cut=cut))


@every_cut
def test_patients_may_ask_anything_and_bring_the_sheet(cut: int) -> None:
    text = spaced(make_composed(cut=cut))

    assert "Ask us anything" in text
    assert ("and this sheet" in text) is (cut < LAST)


@every_cut
def test_wrinkles_are_not_taken_away_nor_skin_lifted_nor_ageing_stopped(cut: int) -> None:
    text = spaced(make_composed(_treat(("forehead", "wrinkles")), cut=cut))

    assert "lines away" in text
    assert "lift loose skin" in text
    assert "stop your skin from ageing" in text


@pytest.mark.parametrize("cut", range(7, LAST + 1))
def test_how_needling_works_comes_back_where_there_is_room(cut: int) -> None:
    """What will be done belongs to consent (planning reference 5.4)."""
    versions = make_versions()
    fuller = versions.refill(cut, ["what"])

    assert "collagen" not in spaced(versions[cut])
    assert fuller is not None
    assert "As it heals, it makes new collagen." in spaced(fuller)


@every_cut
def test_puffy_lids_are_told_where_needles_go_deep_beside_the_eyes(cut: int) -> None:
    """Else they could be taken for a face that swells (planning reference 2.4 and 2.6)."""
    beside = _treat(("cheeks", "acne_rolling"), ("crows_feet", "fine_lines"))

    assert "Your lids may be puffy on day 1." in spaced(make_composed(beside, cut=cut))
    assert "lids" not in spaced(make_composed(cut=cut))

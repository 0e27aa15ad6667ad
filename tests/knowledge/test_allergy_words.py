"""An allergy in words opens the question it belongs to; what belongs to none is not lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Facts
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.loading.loader import load_pack
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.allergies import (
    WHICH_ALLERGIES,
    find_contradicted,
    find_mistyped,
    find_unjudged,
)
from consult_app.knowledge.visits.locking import find_obstacles


@pytest.fixture(scope="module")
def pack(resources: Path) -> Pack:
    """The treatment that ships."""
    return load_pack(resources / "content" / "microneedling")


def said(pack: Pack, written: str) -> Consultation:
    """Return a visit with allergies in words and every question answered No."""
    return Consultation(
        id="v",
        patient_id="p",
        visit_date=date(2026, 6, 15),
        started_at=datetime.fromisoformat("2026-06-15T10:30"),
        allergy_state="known",
        allergies=written,
        answers={question.id: Answer(state="no") for question in pack.questions},
    )


WORDS = {
    "la_allergy": (
        "sulphonamides; Sulfonamide; Septrin; co-trimoxazole; cotrimoxazole; Co Trimoxazole; "
        "sulphamethoxazole; Bactrim; sulpha drugs; Sunscreen; sun-screens; sun cream; SPF 50; "
        "suncream; anesthetic cream; anaesthetic creams; anæsthetic cream; local anesthesia; "
        "dentist injection; dentist's injections; dental injections; injection at the dentist; "
        "Novocain; Xylocaine; Lidocain; Lidocaïne; numbing spray; Ametop; hair dyes; henna; "
        "paraphenylenediamine; para-phenylenediamine"
    ),
    "other_allergy": (
        "anaphylactic shock; Anaphylaxis; anaphylactic reactions; EpiPen; epi-pen; Epi pens; "
        "Jext; mast cell; mast-cell disease; mastocytosis; MCAS; Hibiscrub; hibi-scrub; "
        "Elastoplast; plasters; Band-Aid; bandaids; perfume; perfumes; skincare; skin-care; "
        "make up; latex; rubber gloves; hereditary angioedema; angio-oedema; HAE; povidone"
    ),
    "metal": (
        "jewellery; jewelry; cheap earrings; nickel; belt buckles; metals; stainless; steel; gold"
    ),
}
UNKNOWN = ["penicillin", "nuts", "he had a rash", "sulphates", "sulphites", "marigold", "plastic"]


@pytest.mark.parametrize(("item", "words"), WORDS.items())
def test_a_no_against_it_is_open_however_it_is_spelt(pack: Pack, item: str, words: str) -> None:
    for written in words.split("; "):
        visit = said(pack, written)
        assert item in find_contradicted(pack, visit), written
        assert not find_unjudged(pack, visit), written


MISTYPED = {
    "lidocane": ("la_allergy", "Lidocaine"),
    "Lidociane": ("la_allergy", "Lidocaine"),
    "nickle": ("metal", "Nickel"),
    "nikel": ("metal", "Nickel"),
    "latx": ("other_allergy", "Latex"),
    "clorhexadine": ("other_allergy", "Chlorhexidine"),
    "clorhexidene": ("other_allergy", "Chlorhexidine"),
    "idoine": ("other_allergy", "Iodine"),
    "sulphonimide": ("la_allergy", "Sulfonamide"),
    "elastoplat": ("other_allergy", "Elasto-plast"),
    "anaphlaxis": ("other_allergy", "Anaphylaxis"),
}
OTHER_WORDS = (
    "penicillin; amoxicillin; codeine; aspirin; ibuprofen; peanuts; shellfish; eggs; pollen; "
    "hay fever; gluten; pepper; plastic; sesame; cats; dust mites; morphine; erythromycin; "
    "strawberries; kiwi; bee stings; wasps; grass; cortisone; gold fish"
)


@pytest.mark.parametrize(("written", "meant"), MISTYPED.items())
def test_a_slip_of_the_fingers_hides_no_allergy(
    pack: Pack, written: str, meant: tuple[str, str]
) -> None:
    """Lidocane was told as judged by nothing, beside a *No* to numbing creams."""
    item, name = meant
    visit = said(pack, written)

    assert find_contradicted(pack, visit)[item] == (f"{written} ({name}?)",)
    assert find_mistyped(pack, visit) == {written: name}
    assert not find_unjudged(pack, visit)
    yes = {**visit.answers, item: Answer(state="yes")}
    assert find_unjudged(pack, replace(visit, answers=yes)) == (written,), "a Yes to another"


@pytest.mark.parametrize(
    "written", ["latex and nickle", "latex/nickle", "Nickle + latex", "latex with nickle (rash)"]
)
def test_what_is_known_hides_no_slip_beside_it(pack: Pack, written: str) -> None:
    """Latex was asked about, and nickle, which stands beside it, nowhere."""
    latex = Answer(state="yes")
    visit = replace(said(pack, written), facts=Facts(allergies=("latex",)))
    visit = replace(visit, answers={**visit.answers, "other_allergy": latex})
    slip = "Nickle" if "Nickle" in written else "nickle"

    assert find_contradicted(pack, visit) == {"metal": (f"{slip} (Nickel?)",)}
    assert find_mistyped(pack, visit) == {slip: "Nickel"}, "the latex stays as it is written"
    assert judge(pack, visit, today=visit.visit_date).decision.blocks_treatment
    steel = Facts(allergies=("latex", "stainless_steel"))
    visit = replace(visit, answers={**visit.answers, "metal": Answer(state="yes")}, facts=steel)
    assert any(slip in it for it in find_unjudged(pack, visit)), "a Yes to another metal"


def test_no_word_of_a_name_is_taken_for_another_one(pack: Pack) -> None:
    for words in WORDS.values():
        for written in words.split("; "):
            assert not find_mistyped(pack, said(pack, f"latex, {written} and swelling")), written


@pytest.mark.parametrize("written", OTHER_WORDS.split("; "))
def test_no_other_word_is_taken_for_a_mistyped_one(pack: Pack, written: str) -> None:
    assert not find_mistyped(pack, said(pack, written))


@pytest.mark.parametrize("written", UNKNOWN)
def test_what_no_question_asks_for_is_left_to_who_treats(pack: Pack, written: str) -> None:
    """It fires no rule and refuses nothing, and it is told."""
    visit = said(pack, written)

    assert not find_contradicted(pack, visit)
    assert find_unjudged(pack, visit) == (written,)
    decision = judge(pack, visit, today=visit.visit_date).decision
    assert decision.unjudged == (written,)
    assert not decision.findings


def test_what_is_known_hides_nothing_that_is_not(pack: Pack) -> None:
    visit = said(pack, "latex and penicillin, nickel / nuts; eggs & perfume")

    assert find_unjudged(pack, visit) == ("penicillin", "nuts", "eggs")
    assert not find_unjudged(pack, replace(visit, allergy_state="none_known"))


def test_a_yes_to_another_one_does_not_judge_it(pack: Pack) -> None:
    """Steel rules the needles out, nickel asks for a decision: one does not stand for the other."""
    yes = {"metal": Answer(state="yes")}
    visit = replace(said(pack, "steel, jewellery"), answers=yes)
    nickel = replace(visit, facts=Facts(allergies=("nickel",)))
    steel = replace(visit, facts=Facts(allergies=("nickel", "stainless_steel")))

    assert find_unjudged(pack, nickel) == ("steel",)
    assert find_unjudged(pack, steel) == ()


def test_allergies_without_a_list_are_asked_for(pack: Pack) -> None:
    """A banner that says *Yes, not listed yet* tells nobody what to leave out."""
    visit = said(pack, "")
    judgement = judge(pack, visit, today=visit.visit_date)

    assert judgement.decision.needed[0] == WHICH_ALLERGIES
    assert judgement.decision.blocks_treatment
    place = {it.place: it.text for it in find_obstacles(visit, judgement, pack)}
    assert place["item:allergies"] == "Safety: which allergies?"


@pytest.mark.parametrize("how", ["written", "answered", "none_known", "treatment"])
def test_allergies_that_are_told_are_not_asked_for(pack: Pack, how: str) -> None:
    visit = said(pack, "nuts" if how == "written" else "")
    if how == "answered":
        answers = {**visit.answers, "other_allergy": Answer(state="yes")}
        visit = replace(visit, answers=answers, facts=Facts(allergies=("latex",)))
    elif how == "none_known":
        visit = replace(visit, allergy_state="none_known")
    elif how == "treatment":
        visit = replace(visit, kind="treatment")  # it has no field for them

    judgement = judge(pack, visit, today=visit.visit_date)

    assert WHICH_ALLERGIES not in judgement.decision.needed
    if how != "treatment":
        assert "item:allergies" not in {it.place for it in find_obstacles(visit, judgement, pack)}

"""Where a doctor answers first, the sheet says about what."""

from __future__ import annotations

import pytest

from consult_app.domain.finding import Severity
from consult_app.domain.history import Condition, Facts, Medication
from consult_app.domain.plan import Note
from consult_app.handout.document import Handout
from consult_app.values import replace
from tests.handout.compose_cases import layout, make_composed, make_versions, pack, spaced

LONG, SHORT = 0, 11


def _compose(*codes: str, cut: int = LONG) -> Handout:
    """Return the sheet of a plan with these conditions, of which only the ids matter here."""
    notes = tuple(Note(id=code, text="") for code in codes)
    return make_composed(alter=lambda plan: replace(plan, conditions=notes), cut=cut)


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (
            ("unexplained_bruising",),
            "from your doctor before your first visit. It is about your bruises.",
        ),
        (
            ("diabetes_unverified", "unexplained_bruising", "antiplatelet_dual"),
            "It is about your blood sugar and your bruises and your blood thinner.",
        ),
        # Said once, though two rules ask about it.
        (("anticoagulant_prescriber_view", "antiplatelet_dual"), "It is about your blood thinner."),
        # What nobody else has to read of is not named.
        (("bloodborne_virus",), "We need an answer from your doctor before your first visit."),
        (("bloodborne_virus", "epilepsy"), "It is about your fits and one thing more."),
        (
            ("skin_cancer_history_in_area",),
            "from a skin doctor before your first visit. It is about the skin cancer you had.",
        ),
    ],
)
def test_it_says_about_what(codes: tuple[str, ...], told: str) -> None:
    text = spaced(_compose(*codes))

    assert told in text
    assert text.count("We need an answer from") == 1


def test_a_short_sheet_says_it_where_it_has_room() -> None:
    notes = tuple(Note(id=code, text="") for code in ("antiviral_decision", "epilepsy"))
    versions = make_versions(alter=lambda plan: replace(plan, conditions=notes))
    fuller = versions.refill(SHORT, ("asks",))

    assert "Your doctor must answer us first. " in spaced(versions[SHORT])
    assert fuller
    told = "Your doctor must answer us first about your cold sores and your fits."
    assert told in spaced(fuller)
    assert spaced(fuller).count("must answer us first") == 1


def test_who_is_asked_by_name_stands_on_a_short_sheet_too() -> None:
    text = spaced(_compose("skin_cancer_history_in_area", cut=SHORT))

    assert "A skin doctor must answer us first." in text


def test_a_patient_on_a_thinner_reads_what_the_doctor_is_asked() -> None:
    facts = Facts(
        phototype=2,
        medications=(Medication(code="apixaban", status="current"),),
        conditions=(Condition(code="epilepsy", uncontrolled=False),),
    )

    assert "It is about your blood thinner." in spaced(make_composed(facts=facts))


def test_whatever_is_asked_of_the_patients_doctor_has_its_words() -> None:
    """But for what a sheet that lies about at home does not tell."""
    texts, settling = pack().texts, layout().settling
    named = {*texts["asks_about"], *texts["asks"], *settling.talk}
    asked = {
        rule.id
        for rule in pack().rules
        if rule.resolves_by == "clearance" or rule.id in settling.doctor
    }
    relative = {
        rule.id for rule in pack().rules if rule.severity is Severity.RELATIVE and rule.id in asked
    }

    assert {*relative, *settling.doctor} - named == {"bdd_screen_positive", "anticoagulant_current"}

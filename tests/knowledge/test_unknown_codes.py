"""Codes of a case file that the content does not know are found, wherever they stand in a list."""

from __future__ import annotations

from consult_app.domain.history import Condition, Facts, Medication, Numbing
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.unknown_codes import UnknownCode, find_unknown_codes


def test_each_is_named_with_its_place(pack: Pack) -> None:
    facts = Facts(
        conditions=(Condition(code="keloid"), Condition(code="stroke_xyz")),
        medications=(Medication(code="Warfarin"),),
        allergies=("latex", "kiwi"),
        anaesthetic=Numbing(contains=("lidocaine", "moonstone")),
    )

    assert find_unknown_codes(pack, facts) == (
        UnknownCode(list="conditions", place="facts.conditions[1]", code="stroke_xyz"),
        UnknownCode(list="medications", place="facts.medications[0]", code="Warfarin"),
        UnknownCode(list="allergies", place="facts.allergies[1]", code="kiwi"),
        UnknownCode(
            list="anaesthetic.contains", place="facts.anaesthetic.contains[1]", code="moonstone"
        ),
    )


def test_a_known_code_without_a_rule_is_no_unknown_one(pack: Pack) -> None:
    """Thyroid tablets are asked often and must raise nothing (screening reference 0.7)."""
    facts = Facts(
        medications=(Medication(code="levothyroxine"),),
        addons=("prp", "vitamin_c_serum"),
        topicals_planned=("sterile_ha", "vitamin_c"),
    )

    assert find_unknown_codes(pack, facts) == ()

"""Whom to call in an emergency: the number of the country the patient is in."""

from __future__ import annotations

import pytest

from consult_app.domain.history import Facts, Jurisdiction
from consult_app.handout.compose_length import list_blocks
from consult_app.handout.document import CallBox
from tests.handout.compose_cases import locale, make_composed, section


@pytest.mark.parametrize(
    ("country", "language", "number"),
    [("GB", "en-GB", "999"), ("US", "en-US", "911"), ("CA", "en-CA", "911"), ("IE", "en-IE", "112"),
     ("AU", "en-AU", "000"), ("NZ", "en-NZ", "111"), ("CH", "en-GB", "144"), ("IN", "en-GB", "112"),
     ("NO", "en-GB", "113"), ("IS", "en-GB", "112"), ("JP", "en-GB", "your emergency number"),
     ("UK", "en-GB", "999")],
)  # fmt: skip
def test_the_emergency_number_is_that_of_the_country(
    country: str, language: str, number: str
) -> None:
    handout = make_composed(recipient=locale(country, language))

    assert section(handout, "emergency").heading == f"Call {number} now if"
    boxes = [block for block in list_blocks(handout) if isinstance(block, CallBox)]
    assert [box.urgency for box in boxes] == ["clinic", "emergency"]
    assert "**020\u00a07946\u00a00123**" in boxes[0].number_line
    assert "**020\u00a07946\u00a00199**" in boxes[0].number_line
    assert boxes[1].number_line == ""


@pytest.mark.parametrize(
    ("country", "jurisdiction", "number"),
    [
        ("DE", "US", "112"),
        ("JP", "US", "your emergency number"),
        ("JP", "EU", "your emergency number"),
    ],
)
def test_whose_rules_hold_makes_no_emergency_number(
    country: str, jurisdiction: Jurisdiction, number: str
) -> None:
    facts = Facts(phototype=2, jurisdiction=jurisdiction)

    handout = make_composed(facts=facts, recipient=locale(country, "en-GB"))

    assert section(handout, "emergency").heading == f"Call {number} now if"

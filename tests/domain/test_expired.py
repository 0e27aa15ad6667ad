"""The reason for something past its date is for that, and for nothing entered later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.expired import explain_expired, find_unreasoned
from consult_app.domain.treatment import Consumable, Treatment

DAY = date(2026, 6, 15)
CARTRIDGE = Consumable(name="16 needles", lot="C-1", expiry=date(2026, 6, 14))
GEL = Consumable(name="Sterile gel", lot="G-2", expiry=date(2020, 1, 1))
VISIT = Consultation(
    id="v2",
    kind="treatment",
    patient_id="p1",
    visit_date=DAY,
    started_at=datetime.fromisoformat("2026-06-15T09:00"),
    treatment=Treatment(cartridge=CARTRIDGE),
)


def use(visit: Consultation, **used: object) -> Consultation:
    treatment = replace(visit.treatment or Treatment(), **used)  # type: ignore[arg-type] # its fields
    return replace(visit, treatment=treatment)


def test_what_is_entered_after_the_reason_asks_for_its_own() -> None:
    assert find_unreasoned(VISIT) == (CARTRIDGE,)
    reasoned = explain_expired(VISIT, "The only one left")
    assert find_unreasoned(reasoned) == ()

    later = use(reasoned, products=(GEL,))
    assert find_unreasoned(later) == (GEL,)
    assert find_unreasoned(explain_expired(later, "Nothing else in the house")) == ()


@pytest.mark.parametrize(
    ("changed", "covered"),
    [
        ({"name": "16  Needles "}, True),
        ({"expiry": date(2026, 6, 13)}, False),
        ({"expiry": date(2026, 6, 15)}, True),
        ({"lot": "C-2"}, False),
        ({"name": "36 needles"}, False),
    ],
)
def test_another_lot_or_an_earlier_date_is_another(
    changed: dict[str, object], *, covered: bool
) -> None:
    reasoned = explain_expired(VISIT, "The only one left")
    other = replace(CARTRIDGE, **changed)  # type: ignore[arg-type] # its fields
    assert (find_unreasoned(use(reasoned, cartridge=other)) == ()) is covered


def test_a_reason_taken_back_covers_nothing_and_what_is_signed_is_explained() -> None:
    reasoned = explain_expired(VISIT, "The only one left")
    assert find_unreasoned(explain_expired(reasoned, "  ")) == (CARTRIDGE,)
    assert explain_expired(reasoned, "").overrides == ()
    signed = use(replace(VISIT, state="signed"), expired_reason="An older program")
    assert find_unreasoned(signed) == ()
    assert find_unreasoned(use(signed, expired_reason="")) == (CARTRIDGE,)


def test_what_gets_its_lot_after_the_reason_is_no_other_product() -> None:
    """The date was typed first, then the reason, then the lot: the reason counted for nothing."""
    bare = replace(CARTRIDGE, lot="", name="")
    reasoned = explain_expired(use(VISIT, cartridge=bare), "The only one left")
    assert find_unreasoned(use(reasoned, cartridge=CARTRIDGE)) == ()

    two = use(reasoned, cartridge=CARTRIDGE, products=(replace(GEL, expiry=CARTRIDGE.expiry),))
    assert len(find_unreasoned(two)) == 1, "it was one thing, and names one"
    other = replace(CARTRIDGE, expiry=date(2026, 6, 13))
    assert find_unreasoned(use(reasoned, cartridge=other)) == (other,)

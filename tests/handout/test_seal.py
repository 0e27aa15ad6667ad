"""A sealed copy is as accessible as the sheet, and shows every change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consult_app.errors import ConsultError
from consult_app.handout.clinic_look import ClinicLook
from consult_app.handout.document import Handout
from consult_app.handout.pdf import draw
from consult_app.handout.seal import ROOM, seal
from consult_app.store.certificate import Certificate, read_certificate
from tests.handout.compose_cases import RECIPIENT, RESOURCES, make_composed
from tests.handout.sealing_cases import NOW, WORDS, is_true, make_certificate
from tests.handout.validators import find_faults

LOOK = ClinicLook(page="https://harbour.example/care")


@pytest.fixture(scope="module")
def certificate() -> Certificate:
    """The clinic's certificate."""
    return read_certificate(make_certificate(), WORDS, now=NOW)


def _draw(handout: Handout) -> bytes:
    return draw(handout, paper="A4", resources=RESOURCES).pdf


def _seal(pdf: bytes, certificate: Certificate) -> bytes:
    return seal(pdf, certificate.sign, name=certificate.name, at=NOW)


@pytest.mark.parametrize("look", [ClinicLook(), LOOK], ids=["plain", "with a link"])
def test_a_sealed_sheet_is_pdf_ua_and_pdf_a_at_once(
    certificate: Certificate, look: ClinicLook
) -> None:
    pdf = _draw(make_composed(recipient=replace(RECIPIENT, look=look), cut=6))
    sealed = _seal(pdf, certificate)

    assert find_faults(sealed) == []
    assert sealed.startswith(pdf), "what was handed over stands in front, byte for byte"
    assert is_true(sealed)


def test_every_change_is_seen(certificate: Certificate, full_sheet: Handout) -> None:
    """In the sheet, in the seal's own parts, at the end of the file, and of its date."""
    sealed = _seal(_draw(full_sheet), certificate)
    own = sealed.index(b"/SubFilter")
    for place in (5000, own, len(sealed) - 3):
        assert not is_true(sealed[:place] + b"#" + sealed[place + 1 :])
    assert not is_true(sealed.replace(b"D:20270816", b"D:20270817"))


def test_what_this_program_did_not_draw_is_not_sealed(certificate: Certificate) -> None:
    with pytest.raises(ConsultError, match="cannot be sealed"):
        _seal(b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n", certificate)


def test_a_signature_without_room_is_not_cut_off(full_sheet: Handout) -> None:
    with pytest.raises(ConsultError, match="cannot be sealed"):
        seal(_draw(full_sheet), lambda _: b"0" * (ROOM + 1), name="", at=NOW)


@pytest.mark.parametrize(
    ("data", "passphrase", "late", "problem"),
    [
        (make_certificate(), "another", 0, "does not open"),
        (b"no certificate", WORDS, 0, "does not open"),
        (make_certificate(own=False), WORDS, 0, "Nothing can be sealed"),
        (make_certificate(), WORDS, 400, "not valid today"),
        (make_certificate(), WORDS, -60, "not valid today"),
    ],
)
def test_a_certificate_that_cannot_be_used_says_why(
    data: bytes, passphrase: str, late: int, problem: str
) -> None:
    with pytest.raises(ConsultError, match=problem) as caught:
        read_certificate(data, passphrase, now=NOW + timedelta(days=late))
    assert "was not saved" in caught.value.advice


def test_a_certificate_shows_neither_key_nor_passphrase(certificate: Certificate) -> None:
    assert repr(certificate) == "Certificate(name='Harbour Skin Clinic')"

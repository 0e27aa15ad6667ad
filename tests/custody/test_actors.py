"""Who acts, as the audit tells it: the practitioner of the settings, and never by a name."""

from __future__ import annotations

import platform

import pytest

from consult_app.custody.actors import find_actor
from consult_app.settings import Practice
from consult_app.store.audit import check_actor


@pytest.mark.parametrize(
    ("practice", "who", "role"),
    [
        (Practice(), "", ""),
        (
            Practice(
                practitioner_name="Dr Lena Hart",
                practitioner_role="Nurse prescriber",
                practitioner_registration="NMC 12A3456E",
            ),
            "NMC-12A3456E",
            "nurse-prescriber",
        ),
        (Practice(practitioner_name="Zoë van den Øyen"), "ZVDY", ""),
        (Practice(practitioner_registration="№ 17 / ж"), "No-17", ""),
        (Practice(practitioner_registration="9" * 200), "9" * 64, ""),
    ],
)
def test_the_practitioner_is_told_by_codes(practice: Practice, who: str, role: str) -> None:
    actor = find_actor(practice)

    assert (actor.who, actor.role) == (who, role)
    check_actor(actor)  # what the audit refuses would keep the records from opening


def test_a_computer_is_told_from_another_without_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("Lenas-MacBook", "FRONT-DESK", "")
    codes = []
    for name in names:
        monkeypatch.setattr(platform, "node", lambda name=name: name)
        codes.append(find_actor(Practice()).workstation)

    assert len(set(codes)) == 3
    assert codes[2] == ""
    assert not any("lena" in code.lower() for code in codes)

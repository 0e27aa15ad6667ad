"""One line tells who somebody is, and two entries of one person are noticed."""

from __future__ import annotations

from datetime import date

import pytest

from consult_app.domain.people import Patient
from consult_app.gui.start.namesakes import may_be_same
from consult_app.gui.start.patient_line import (
    describe_line,
    describe_patient,
    read_patient,
    write_search,
)

AMARA = Patient(name="Amara Okafor", date_of_birth=date(1992, 4, 30))


@pytest.mark.parametrize(
    "text",
    [
        "Amara Okafor 30/4/1992",
        "30/4/1992 Amara Okafor",
        "Amara 30.4.1992 Okafor",
        "Amara Okafor, 1992-04-30",
        "Amara Okafor 30 4 1992",
        "Amara Okafor 30-04-1992",
        "Amara Okafor 30 Apr 1992",
        "April 30, 1992 Amara Okafor",
        "Amara Okafor 4/30/1992",
        "  Amara   Okafor  30/04/1992 ",
    ],
)
def test_name_and_birth_date_are_told_in_any_usual_order(text: str) -> None:
    assert read_patient(text) == AMARA


@pytest.mark.parametrize(
    ("text", "patient"),
    [
        ("", Patient()),
        ("Ada", Patient(name="Ada")),
        ("Ada K-17", Patient(name="Ada", record_number="K-17")),
        (
            "K-17 Ada 3/4/1992",
            Patient(name="Ada", date_of_birth=date(1992, 4, 3), record_number="K-17"),
        ),
        ("Ada 30/4/92", Patient(name="Ada")),
        ("Ada 31/4/1992", Patient(name="Ada")),
        ("May Berg", Patient(name="May Berg")),
    ],
)
def test_what_is_no_date_is_a_name_or_a_number_and_never_a_guess(
    text: str, patient: Patient
) -> None:
    assert read_patient(text) == patient


def test_what_was_understood_is_told_so_that_nobody_can_misread_it() -> None:
    told = describe_patient(read_patient("K-17 Amara Okafor 3/4/1992"))

    assert told == "Amara Okafor · born 3 Apr 1992 · No. K-17"
    assert describe_patient(Patient()) == ""


@pytest.mark.parametrize("left_out", ["30/4/92", "31.4.1992", "30-04-92"])
def test_a_date_that_is_left_out_is_said_before_the_record_begins(left_out: str) -> None:
    assert describe_line(f"Ada Berg {left_out}") == (
        f"Ada Berg. {left_out} is not understood as a date; the year needs four figures, as in "
        "30/4/1992."
    )
    assert describe_line(left_out) == "", "alone it is looked for"
    assert describe_line("Ada Berg 30/4/1992") == "Ada Berg · born 30 Apr 1992"


@pytest.mark.parametrize("born", ["1/1/2030", "1 January 2030"])
def test_nobody_was_born_on_a_day_still_to_come(born: str) -> None:
    """A slip of the year began the record of somebody of minus three years."""
    today = date(2026, 6, 15)
    assert read_patient(f"Tom Reed {born}", today) == Patient(name="Tom Reed")
    told = "Tom Reed. 1 Jan 2030 is still to come, so it is no date of birth."
    assert describe_line(f"Tom Reed {born}", today) == told
    assert read_patient("Tom Reed 15/6/2026", today).date_of_birth == today


@pytest.mark.parametrize(
    ("year", "told"), [("1880", ". 146 years old: is the year right?"), ("1917", "")]
)
def test_an_age_that_nobody_reaches_is_asked_about_and_taken(year: str, told: str) -> None:
    text, today = f"Tom Reed 1/1/{year}", date(2026, 6, 15)
    assert describe_line(text, today) == f"Tom Reed · born 1 Jan {year}{told}"
    assert read_patient(text, today).date_of_birth == date(int(year), 1, 1)


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("4 Apr 1990", "1990-04-04"),
        ("April 4, 1990 petra", "1990-04-04 petra"),
        ("petra 4/4/1990", "petra 4/4/1990"),
        ("4.4.90", "4.4.90"),
        ("petra som", "petra som"),
    ],
)
def test_a_birth_date_with_its_month_by_name_is_looked_for_as_it_is_kept(
    text: str, searched: str
) -> None:
    assert write_search(text) == searched


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Amara Okafor", "amara okafor", True),
        ("Amara Okafor", "Okafor, Amara", True),
        ("Amara Okafor", "Amara Smith", True),
        ("Zoë Łukasz", "Zoe Lukas", True),
        ("Amarra Okafer", "Amara Okafor", True),
        ("", "Amara Okafor", True),
        ("Amara Okafor", "Bo Lund", False),
        ("A B", "A C", False),
    ],
)
def test_names_of_one_birth_date_are_alike_or_not(name: str, other: str, *, same: bool) -> None:
    assert may_be_same(name, other) is same

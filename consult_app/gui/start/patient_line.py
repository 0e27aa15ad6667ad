"""One line that tells who somebody is: name, birth date and record number in any order."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from consult_app.domain.people import Patient
from consult_app.gui.phrases import write_day
from consult_app.gui.widgets.written_dates import ORDER, read_date
from consult_app.wording import t

LONGEST_DATE = 3
"""Words a date is written in at most, as in `30 April 1992`."""


def read_patient(text: str) -> Patient:
    """Return who a line such as `Amara Okafor 30/4/1992` tells of.

    The first date that is complete is the birth date, day first or month first as the practice
    writes it; where that order makes no sense, as in `4/30/1992`, the other one is understood. A
    word with a figure in it is the record number, unless it is made like a date: a date that was
    not understood is no number.
    """
    words = text.replace(",", " ").split()
    names: list[str] = []
    born, number = None, ""
    while words:
        taken = 1
        if born is None and (found := _find_date(words)) is not None:
            taken, born = found
        elif not any(sign.isdigit() for sign in words[0]):
            names.append(words[0])
        elif not _looks_like_a_date(words[0]):
            number = number or words[0]
        del words[:taken]
    return Patient(name=" ".join(names), date_of_birth=born, record_number=number)


def describe_patient(patient: Patient) -> str:
    """Return what was understood, in words that nobody can misread; empty for nothing."""
    parts = [patient.name]
    if patient.date_of_birth is not None:
        parts.append(t("born {day}", day=write_day(patient.date_of_birth)))
    if patient.record_number:
        parts.append(t("No. {number}", number=patient.record_number))
    return " · ".join(part for part in parts if part)


def _find_date(words: list[str]) -> tuple[int, date] | None:
    usual = ORDER.month_first
    for taken in range(min(LONGEST_DATE, len(words)), 0, -1):
        text = " ".join(words[:taken])
        for order in (usual, not usual):
            with suppress(ValueError):
                day = read_date(text, month_first=order)
                if day.whole:
                    return taken, day.first_day()
    return None


def _looks_like_a_date(word: str) -> bool:
    parts = word.replace("-", "/").replace(".", "/").split("/")
    return len(parts) == LONGEST_DATE and all(part.isdigit() for part in parts)

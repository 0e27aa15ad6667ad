"""One line that tells who somebody is: name, birth date and record number in any order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.gui.phrases import ask_age, write_day
from consult_app.gui.widgets.written_dates import ORDER, read_date, write_figures
from consult_app.wording import t

EXAMPLE = PartialDate(1992, 4, 30)
TO_COME = t("{told}. {day} is still to come, so it is no date of birth.")
LONGEST_DATE = 3
"""Words a date is written in at most, as in `30 April 1992`."""


def read_patient(text: str, today: date = date.max) -> Patient:
    """Return who a line such as `Amara Okafor 30/4/1992` tells of.

    The first date that is complete is the birth date, day first or month first as the practice
    writes it; where that order makes no sense, as in `4/30/1992`, the other one is understood. A
    word with a figure in it is the record number, unless it is made like a date: a date that was
    not understood is no number. Nobody was born on a day after `today`.
    """
    names: list[str] = []
    born, number = None, ""
    for words, day in _split(text):
        if day is not None:
            born = day if day <= today else None
        elif not any(sign.isdigit() for sign in words):
            names.append(words)
        elif not _looks_like_a_date(words):
            number = number or words
    return Patient(name=" ".join(names), date_of_birth=born, record_number=number)


def describe_line(text: str, today: date = date.max) -> str:
    """Return what a new record begins with, and what of the line it leaves out."""
    patient = read_patient(text, today)
    told = describe_patient(patient)
    asked = ask_age(patient.date_of_birth, today) if today < date.max else ""
    if told and asked:
        return f"{told}. {asked}"
    late = next((day for _, day in _split(text) if day is not None and day > today), None)
    if told and late is not None:
        return TO_COME.format(told=told, day=write_day(late))
    left = (words for words, day in _split(text) if day is None and _looks_like_a_date(words))
    unread = next(left, "")
    if not told or not unread:
        return told
    return t(
        "{told}. {date} is not understood as a date; the year needs four figures, as in {example}.",
        told=told,
        date=unread,
        example=write_figures(EXAMPLE, month_first=ORDER.month_first),
    )


def write_search(text: str) -> str:
    """Return what to look for: a birth date with its month by name as the records have it."""
    parts = _split(text)
    return " ".join(words if day is None or " " not in words else str(day) for words, day in parts)


def describe_patient(patient: Patient) -> str:
    """Return what was understood, in words that nobody can misread; empty for nothing."""
    parts = [patient.name]
    if patient.date_of_birth is not None:
        parts.append(t("born {day}", day=write_day(patient.date_of_birth)))
    if patient.record_number:
        parts.append(t("No. {number}", number=patient.record_number))
    return " · ".join(part for part in parts if part)


def _split(text: str) -> Iterator[tuple[str, date | None]]:
    """Yield the words of a line, those of the birth date together and with it."""
    words, born = text.replace(",", " ").split(), None
    while words:
        taken, day = 1, None
        if born is None and (found := _find_date(words)) is not None:
            taken, day = found
            born = day
        yield " ".join(words[:taken]), day
        del words[:taken]


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

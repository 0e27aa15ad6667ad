"""How the window writes dates, spans, sentences and lists."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from consult_app.gui.phrases import (
    initials_of,
    write_birth,
    write_choice,
    write_day,
    write_elapsed,
    write_sentence,
    write_weekday,
)


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("like sunburn", "Like sunburn."),
        ("Call us!", "Call us!"),
        (" rare ", "Rare."),
        ("0 to 3 in 100.", "0 to 3 in 100."),
        ("", ""),
    ],
)
def test_a_note_becomes_a_sentence(note: str, sentence: str) -> None:
    assert write_sentence(note) == sentence


@pytest.mark.parametrize(
    ("parts", "choice"),
    [
        ("cure melasma", "cure melasma"),
        ("remove scars; match a deep laser", "remove scars or match a deep laser"),
        ("lift jowls, neck bands, eyelids", "lift jowls, neck bands or eyelids"),
    ],
)
def test_a_list_ends_in_or(parts: str, choice: str) -> None:
    assert write_choice(parts) == choice


def test_a_date_names_its_month() -> None:
    assert write_day(date(1992, 4, 3)) == "3 Apr 1992"
    assert write_weekday(date(2027, 9, 6)) == "Mon 6 Sep 2027"


def test_a_birth_is_told_with_the_age_on_a_day() -> None:
    assert write_birth(date(2000, 6, 16), date(2026, 6, 15)) == ["16 Jun 2000", "25 years"]
    assert write_birth(None, date(2026, 6, 15)) == ["Date of birth not given"]


def test_time_never_runs_backwards() -> None:
    assert write_elapsed(timedelta(seconds=425)) == "7:05"
    assert write_elapsed(timedelta(seconds=-5)) == "0:00"


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Ada Berg", "AB"), ("Ada", "A"), ("", ""), ("Ada van den Berg", "AB"), ("(none)", "")],
)
def test_initials_are_at_most_two(name: str, initials: str) -> None:
    assert initials_of(name) == initials

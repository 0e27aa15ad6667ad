# ruff: noqa: RUF001 - digits of other scripts are meant
"""Dates are read and written in the order in which the practice writes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QTest

from consult_app.domain.partial_date import PartialDate
from consult_app.gui.start.patient_line import read_patient
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.written_dates import ORDER, read_date, write_figures


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026", "2026"),
        ("2026-03", "2026-03"),
        ("2026-3", "2026-03"),
        ("2026-03-20", "2026-03-20"),
        ("20/3/2026", "2026-03-20"),
        ("20.03.2026", "2026-03-20"),
        ("20 3 2026", "2026-03-20"),
        (" 3/2026 ", "2026-03"),
        ("1/2/2026", "2026-02-01"),
        ("29/2/2024", "2024-02-29"),
        ("20-3-2026", "2026-03-20"),
        ("20 Mar 2026", "2026-03-20"),
        ("march 20, 2026", "2026-03-20"),
        ("20-March-2026", "2026-03-20"),
        ("Mar 2026", "2026-03"),
        ("9 Sept 2026", "2026-09-09"),
    ],
)
def test_a_date_is_read_day_first_whole_or_in_part(text: str, written: str) -> None:
    assert str(read_date(text)) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20/3/26",
        "3/20/2026",
        "31/4/2026",
        "29/2/2025",
        "0000",
        "2026-13",
        "soon",
        "２０２６",
        "20 Ma 2026",
        "20 Mai 2026",
        "3 Mar 4 2026",
        "31 Jun 2026",
    ],
)
def test_what_is_not_a_date_is_refused_and_no_century_is_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_date(text)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_back_in_every_notation(day: date) -> None:
    whole = PartialDate.of(day)
    for month_first in (False, True):
        assert read_date(str(whole), month_first=month_first) == whole
        figures = write_figures(whole, month_first=month_first)
        assert read_date(figures, month_first=month_first) == whole


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("4/5/1988", "1988-04-05"),
        ("12/20/2026", "2026-12-20"),
        ("12-20-2026", "2026-12-20"),
        ("3/2026", "2026-03"),
        ("2026-03-20", "2026-03-20"),
        ("20 Mar 2026", "2026-03-20"),
    ],
)
def test_where_the_month_is_first_a_date_is_read_so(text: str, written: str) -> None:
    assert str(read_date(text, month_first=True)) == written


def test_a_day_that_is_no_month_is_refused_there() -> None:
    with pytest.raises(ValueError, match=r"."):
        read_date("20/12/2026", month_first=True)


@pytest.mark.parametrize(
    ("day", "usual", "month_first"),
    [
        (PartialDate(1988, 4, 5), "5/4/1988", "4/5/1988"),
        (PartialDate(1988, 4), "4/1988", "4/1988"),
        (PartialDate(988), "0988", "0988"),
    ],
)
def test_a_date_is_written_as_its_hint_says(day: PartialDate, usual: str, month_first: str) -> None:
    assert write_figures(day) == usual
    assert write_figures(day, month_first=True) == month_first


def test_a_new_patient_is_born_on_the_day_that_the_practice_wrote() -> None:
    """A practice in the United States got the fourth of May for its fifth of April."""
    ORDER.use(month_first=True)

    assert read_patient("Rosa Delgado 4/5/1988").date_of_birth == date(1988, 4, 5)
    assert read_patient("Rosa Delgado 30/4/1988").date_of_birth == date(1988, 4, 30)


def test_a_field_says_and_takes_the_order_of_the_practice(theme: Theme) -> None:
    ORDER.use(month_first=True)
    field, born = DateField(theme, "Since"), DateField(theme, "Date of birth", whole=True)
    assert field.help().startswith("Month first")
    field.line.setText("20/12/2026")
    field.line.editingFinished.emit()
    assert field.error == "Write a date such as 3/20/2026, 2026-03 or 2026"

    born.line.setText("4/5/1988")
    assert born.value() == PartialDate(1988, 4, 5)
    assert born.words() == "5 April 1988"


def test_a_day_that_is_shown_stays_that_day_when_the_order_changes(theme: Theme) -> None:
    field, faulty = DateField(theme, "Since"), DateField(theme, "Until")
    field.set_value(PartialDate(1988, 4, 5))
    assert field.line.text() == "5/4/1988"
    faulty.line.setText("soon")
    faulty.line.editingFinished.emit()

    ORDER.use(month_first=True)

    assert (field.line.text(), field.value()) == ("4/5/1988", PartialDate(1988, 4, 5))
    assert field.help() == "5 April 1988"
    assert (faulty.line.text(), faulty.error) == ("soon", faulty._fault)
    assert "3/20/2026" in faulty.error


@pytest.mark.parametrize(
    ("word", "day"),
    [("today", 1), (" Yesterday", 30), ("TOMORROW", 2)],
)
def test_a_word_for_a_near_day_is_written_as_that_day(theme: Theme, word: str, day: int) -> None:
    """A cream used yesterday had to be counted back to a date."""
    field = DateField(theme, "Last dose or use", today=lambda: date(2026, 7, 1))
    told: list[object] = []
    field.edited.connect(told.append)

    QTest.keyClicks(field.line, word)

    month = 6 if day == 30 else 7
    assert field.value() == PartialDate(2026, month, day)
    assert told[-1] == field.value()
    assert field.line.text() == f"{day}/{month}/2026"
    assert not field.error


def test_a_field_that_takes_such_words_says_so(theme: Theme) -> None:
    near = DateField(theme, "Last dose or use", today=lambda: date(2026, 7, 1))
    born = DateField(theme, "Date of birth", whole=True)
    for field in (near, born):
        QTest.keyClicks(field.line, "yesterda")
        field.line.editingFinished.emit()
        assert field.value() is None

    assert near.error.endswith(", or today, yesterday or tomorrow")
    QTest.keyClicks(born.line, "y")
    assert born.value() is None
    assert born.error == "Write day, month and year, such as 20/3/2026"

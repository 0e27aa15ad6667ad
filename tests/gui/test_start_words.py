"""What the lists of the start page say of a visit, and what the search line keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from consult_app.gui.finding.finder import Finder
from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.lines import tell_draft
from consult_app.gui.start.listed import ListedVisit
from tests.gui.test_needled_before import treat
from tests.gui.touring import make_last

JUNE = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("visit_date", "saved", "told"),
    [
        (JUNE, "2026-06-15T10:20", ("Consultation of 15 Jun 2026", "saved 10:20")),
        (JUNE, "2026-07-06T10:20", ("Consultation of 15 Jun 2026", "saved 6 Jul 2026")),
        (None, "2026-07-06T10:20", ("Consultation", "saved 6 Jul 2026")),
    ],
)
def test_what_is_unfinished_tells_the_day_of_the_visit(
    visit_date: date | None, saved: str, told: tuple[str, str]
) -> None:
    """The day it was saved stood there alone, which is another once a visit is gone on with."""
    at = datetime.fromisoformat(saved)
    visit = ListedVisit(
        id="v1", patient_id="p1", born="1994-05-17", visit_date=visit_date, changed_at=at
    )

    assert tell_draft(visit) == (told[0], "17 May 1994", told[1])


@pytest.mark.parametrize(
    ("treated", "named"), [(True, "Treatment"), (False, "Treatment record: not treated")]
)
def test_a_treatment_record_of_who_was_not_treated_says_so_on_the_page_of_the_patient(
    window: MainWindow, *, treated: bool, named: str
) -> None:
    """It stood there as a treatment, signed, as if the first needling were done."""
    last = make_last(window.desk)
    treat(window.desk, last, treated=treated)

    window.reception.show_patient(last.patient_id)

    titles = [row.button.accessibleName() for row in window.reception.person.visits.rows]
    assert titles[0] == f"Open 15 Jun 2026: {named}"


def test_nothing_stays_in_the_search_line_once_what_was_looked_for_is_open(
    window: MainWindow,
) -> None:
    """The next patient was looked for among those of the last search."""
    visit = replace(window.desk.sample_visit(), sample=False)
    window.show_visit(visit)
    window.run("finder")
    finder = next(it for it in window.findChildren(Finder) if it.isVisible())
    QTest.keyClicks(finder.search.control, "ellison")
    QTest.keyClick(finder.search.control, Qt.Key.Key_Down)
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)
    search = window.start.search
    assert (window.workspace, search.text()) == (None, "ellison")
    assert window.start.unfinished.rows

    window.start.unfinished.rows[0].button.click()
    assert window.workspace is not None
    window.show_start()

    assert search.text() == ""
    assert window.start.unfinished.rows, "all that is unfinished is listed again"

"""What is told with an age, or of who the patient is, follows the clock and the details."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from consult_app.gui.frame import Frame
from consult_app.gui.last_card import LastCard
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from tests.gui.conftest import Clock
from tests.gui.touring import make_last, workspace_of

HOURS_TO_MIDNIGHT = 14 * 3600


def read(page: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(it.text() for it in page.findChildren(QLabel) if it.isVisibleTo(page))


def pass_midnight(window: MainWindow, clock: Clock) -> None:
    clock.move(HOURS_TO_MIDNIGHT)
    assert window.reception.visit is not None
    window.reception.visit.show_elapsed()


def test_ages_beside_the_questions_follow_midnight(window: MainWindow, clock: Clock) -> None:
    last = make_last(window.desk, visit_date=date(2026, 6, 14))
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    before = read(panel)
    assert "14 Jun 2026, yesterday" in before

    pass_midnight(window, clock)

    after = read(panel)
    assert "14 Jun 2026, yesterday" not in after
    assert "14 Jun 2026, 2 days ago" in panel.age.text()
    assert after.count("14 Jun 2026, 2 days ago") == before.count("14 Jun 2026, yesterday")


def test_a_return_visit_tells_the_age_of_the_last_after_midnight(
    window: MainWindow, clock: Clock
) -> None:
    last = make_last(window.desk, visit_date=date(2026, 6, 14))
    window.reception.show_patient(last.patient_id)
    window.run("return")
    workspace = workspace_of(window)
    workspace.show_panel("safety")
    workspace.show_panel("goals")

    pass_midnight(window, clock)

    for step in ("goals", "safety"):
        workspace.show_panel(step)
        assert "14 Jun 2026 (yesterday)" not in read(workspace.panel), step
        assert "14 Jun 2026 (2 days ago)" in read(workspace.panel)


def test_the_age_of_a_patient_follows_a_birthday(window: MainWindow, clock: Clock) -> None:
    visit = window.desk.sample_visit()
    born = replace(visit.patient, date_of_birth=date(1994, 6, 16))
    window.show_visit(replace(visit, patient=born))
    banner = workspace_of(window).banner
    assert "31 years" in read(banner)

    pass_midnight(window, clock)

    assert "32 years" in read(banner)


def test_a_new_day_is_no_change_to_save(frame: Frame, clock: Clock) -> None:
    window = frame.room
    assert window is not None
    window.show_visit(window.desk.sample_visit())
    opened = window.reception.visit
    assert opened is not None
    window.desk.records.finish_writing()
    saved: list[object] = []
    opened.journal.saving.connect(lambda *_: saved.append(1))

    pass_midnight(window, clock)

    assert saved == []


def test_another_visit_is_judged_for_who_the_patient_is_by_now(window: MainWindow) -> None:
    last = make_last(window.desk)
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    workspace_of(window).session.set("treatment.reaction", "Pink")
    window.reception.show_patient(last.patient_id)
    window.run("return")
    workspace = workspace_of(window)
    workspace.show_panel("safety")
    card = workspace.panel.findChild(LastCard)
    assert card is not None
    unmarked = "nobody said whether the patient was treated"
    assert read(card).endswith(unmarked)

    session = workspace.session
    session.set("patient.date_of_birth", date(2010, 5, 17))

    young = "Treatment record of 15 Jun 2026, not finished: Date of birth"
    assert young in read(card)
    workspace.show_panel("goals")
    assert young in read(workspace.panel)

    session.set("patient.date_of_birth", date(1994, 5, 17))
    assert young not in read(workspace.panel)

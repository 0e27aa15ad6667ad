"""A numbing cream may be put on before midnight and taken off after it."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtTest import QTest

from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.treated import TreatedPanel
from consult_app.gui.widgets.fields import TextField
from consult_app.knowledge.visits.treating import answer_medicines
from tests.gui.touring import make_last, workspace_of


def begin(window: MainWindow, desk: Desk) -> TreatedPanel:
    """Open a treatment with EMLA on its second panel."""
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_after("treatment", desk.settings, person, last, 0))
    workspace_of(window).show_panel("treated")
    panel = workspace_of(window).panel
    assert isinstance(panel, TreatedPanel)
    panel.numbing.name.edited.emit("EMLA")
    return panel


def write(field: TextField, text: str) -> None:
    field.set_text(text)
    field.finished.emit()


def read_times(panel: TreatedPanel) -> tuple[str, str]:
    """Return what is recorded: days after the visit, and times of day."""
    visit, treatment = panel.session.visit, panel.session.visit.treatment
    assert treatment is not None

    def tell(moment: datetime | None) -> str:
        return f"{(moment.date() - visit.visit_date).days} {moment:%H:%M}" if moment else ""

    return tell(treatment.numbing_on), tell(treatment.numbing_off)


@pytest.mark.parametrize(
    ("on", "off", "days", "told"),
    [
        ("22:00", "22:50", 0, ""),
        ("23:30", "00:20", 1, ""),
        ("18:00", "00:30", 1, "EMLA: On for 390 minutes, which is longer than 300"),
        ("12:01", "00:00", 1, "EMLA: On for 719 minutes, which is longer than 300"),
        ("10:00", "09:30", 0, "EMLA: Taken off before it was put on"),
        ("23:30", "23:10", 0, "EMLA: Taken off before it was put on"),
        # Written by halves of the day: 13:50 to 2:20 in the afternoon.
        ("13:50", "02:20", 0, "EMLA: Taken off before it was put on"),
        ("12:00", "00:00", 0, "EMLA: Taken off before it was put on"),
    ],
)
def test_a_cream_taken_off_past_midnight_is_of_the_next_day_and_a_slip_is_told(
    window: MainWindow, desk: Desk, on: str, off: str, days: int, told: str
) -> None:
    """Both had the day of the visit, so that no limit held; a slip is never most of a day."""
    panel = begin(window, desk)
    write(panel.off, off)
    assert read_times(panel) == ("", f"0 {off}"), "it is of its own day where it stands alone"
    write(panel.on, on)

    assert read_times(panel) == (f"0 {on}", f"{days} {off}")
    assert panel.off.help() == ("On the next day" if days else "")
    assert panel.over.text() == told
    assert panel.beyond.isHidden() is ("longer" not in told), "the reason that is asked for"

    write(panel.on, "")
    assert read_times(panel) == ("", f"0 {off}")
    write(panel.on, on)
    write(panel.off, off)
    assert read_times(panel) == (f"0 {on}", f"{days} {off}"), "whichever is written first"


def resume(window: MainWindow) -> TreatedPanel:
    """Leave the visit, and open it again as it was kept."""
    workspace = workspace_of(window)
    window.show_start()
    window.show_visit(window.desk.records.open_visit(workspace.session.visit.id))
    panel = workspace_of(window).panel
    assert isinstance(panel, TreatedPanel)
    return panel


def open_treated(window: MainWindow, desk: Desk) -> TreatedPanel:
    """Open a treatment that nothing stands against, so that its fields take the keyboard."""
    panel = begin(window, desk)
    session = panel.session
    session.take(answer_medicines(desk.pack, session.visit, session.last, "no"), "answers")
    session.answer_rest(desk.pack.recheck.items)
    assert panel.off.control.isEnabled()
    return panel


def type_into(field: TextField, text: str) -> None:
    """Type and stay in the field."""
    field.control.setFocus()
    QTest.keyClicks(field.control, text)


def test_a_time_counts_as_it_is_typed(window: MainWindow, desk: Desk) -> None:
    """It counted once the field was left, so that a lock or a crash before that lost it."""
    panel = open_treated(window, desk)
    type_into(panel.off, "9:4")
    assert read_times(panel) == ("", ""), "9 may be the begin of 9:40, and 9:4 is none"

    type_into(panel.off, "0")
    assert read_times(panel) == ("", "0 09:40")
    assert panel.off.text() == "9:40", "and nobody writes into what is being typed"
    workspace_of(window).bookmark.note()
    assert workspace_of(window).session.visit.unread == {}

    assert resume(window).off.text() == "09:40"


def test_what_is_no_whole_time_yet_is_kept(window: MainWindow, desk: Desk) -> None:
    panel = open_treated(window, desk)
    type_into(panel.on, "9")
    type_into(panel.off, "9:4x")

    workspace_of(window).bookmark.note()

    assert [*workspace_of(window).session.visit.unread.values()] == ["9:4x"], "9 was left: 9:00"
    again = resume(window)
    assert (again.on.text(), again.off.text()) == ("09:00", "9:4x")
    assert again.off.error
    assert read_times(again) == ("0 09:00", "")

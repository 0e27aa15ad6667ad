"""The window keeps work: closing, locking, failing disks, and what belongs to which visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.domain.people import Patient
from consult_app.domain.steps import STEPS
from consult_app.errors import FileError
from consult_app.gui.desk import Desk
from consult_app.gui.dialogs import MessageDialog
from consult_app.gui.handout import work as handout_work
from consult_app.gui.main_window import MainWindow
from consult_app.gui.workspace.identity import IdentitySheet
from consult_app.gui.workspace.workspace import Workspace
from consult_app.store.faults import StoreError

FULL = StoreError("The disk is full.", "Free some space; everything is still in the window.")
OpenWindow = Callable[..., MainWindow]


class FullDisk:
    """Records on a disk that takes nothing more."""

    def __init__(self, desk: Desk) -> None:
        self._real = desk.records
        self.full = True

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the records offer
        return getattr(self._real, name)

    def keep_draft(self, visit: Consultation, done: Any, failed: Any) -> None:  # noqa: ANN401 - handed on
        """Fail, or keep."""
        if self.full:
            failed(FULL)
        else:
            self._real.keep_draft(visit, done, failed)

    def finish_writing(self) -> None:
        """Fail, or wait."""
        if self.full:
            raise FULL
        self._real.finish_writing()

    def sign(self, visit: Consultation, pdf: bytes | None, pages: int) -> Consultation:
        """Fail, or sign."""
        if self.full:
            raise FULL
        return self._real.sign(visit, pdf, pages)


@pytest.fixture
def disk(desk: Desk) -> FullDisk:
    return FullDisk(desk)


def dialogs(window: MainWindow) -> list[QDialog]:
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def words_of(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    lines = [line.text() for line in widget.findChildren(QLineEdit) if line.isVisible()]
    return " ".join([*labels, *lines])


def choose(monkeypatch: pytest.MonkeyPatch, target: Path) -> list[str]:
    """Choose a file in the system's dialog, and return the names that were suggested."""
    suggested: list[str] = []

    def answer(
        _parent: object, _title: str, name: str, _kinds: str, then: Callable[[Path], None]
    ) -> None:
        suggested.append(name)
        then(target)

    monkeypatch.setattr(handout_work, "choose_target", answer)
    return suggested


def begin(window: MainWindow, name: str = "Ada Berg") -> Workspace:
    window.begin_visit(Patient(name=name))
    assert window.workspace is not None
    return window.workspace


def test_an_empty_store_offers_the_sample_patient(window: MainWindow) -> None:
    assert window.start.sample.isVisible()

    begin(window)
    window.show_start()

    assert not window.start.sample.isVisible(), "there is a record now"


def test_going_back_to_the_start_page_keeps_everything(window: MainWindow) -> None:
    workspace = begin(window)
    workspace.session.set("goals.own_words", "Scars")
    visit = workspace.session.visit

    window.show_start()

    assert window.desk.records.open_visit(visit.id) == visit


def test_closing_keeps_everything_without_asking(window: MainWindow) -> None:
    workspace = begin(window)
    workspace.session.set("goals.own_words", "Scars")
    visit = workspace.session.visit

    window.close()

    assert not window.isVisible()
    assert window.desk.records.open_visit(visit.id) == visit


def test_a_window_whose_draft_cannot_be_kept_stays_open_and_says_why(
    open_window: OpenWindow, desk: Desk, disk: FullDisk
) -> None:
    window = open_window(at=replace(desk, records=disk))
    workspace = begin(window)
    workspace.session.set("goals.own_words", "Scars")

    window.close()

    assert window.isVisible()
    assert workspace.session.visit.goals.own_words == "Scars"
    (dialog,) = dialogs(window)
    assert "The disk is full" in words_of(dialog)
    assert "Free some space" in words_of(dialog)
    dialog.accept()

    disk.full = False
    window.close()
    assert not window.isVisible()
    assert desk.records.open_visit(workspace.session.visit.id).goals.own_words == "Scars"


def test_a_window_can_be_closed_without_saving_when_that_is_asked_for(
    open_window: OpenWindow, desk: Desk, disk: FullDisk, qtbot: QtBot
) -> None:
    window = open_window(at=replace(desk, records=disk))
    begin(window)
    window.close()
    (dialog,) = dialogs(window)
    assert isinstance(dialog, MessageDialog)
    assert dialog.ok.isDefault(), "Enter keeps the window open"

    anyway = next(
        child for child in dialog.findChildren(type(dialog.ok)) if "without" in child.text()
    )
    anyway.click()

    qtbot.waitUntil(lambda: not window.isVisible())


def test_a_failed_save_shows_in_the_footer_and_is_tried_again(
    open_window: OpenWindow, desk: Desk, disk: FullDisk, qtbot: QtBot
) -> None:
    window = open_window(at=replace(desk, records=disk))
    workspace = begin(window)
    footer = workspace.footer
    qtbot.waitUntil(footer.retry.isVisible)
    assert "Not saved" in footer.saved.text()

    disk.full = False
    footer.retry.click()

    qtbot.waitUntil(lambda: footer.saved.text().startswith("Saved"))
    assert not footer.retry.isVisible()


def test_a_failed_signing_leaves_a_draft_that_can_be_changed(
    open_window: OpenWindow, desk: Desk, disk: FullDisk, qtbot: QtBot
) -> None:
    disk.full = False
    window = open_window(at=replace(desk, records=disk))
    window.show_visit(desk.sample_visit())
    assert window.workspace is not None
    session = window.workspace.session
    session.set("agreement.decision", "think")
    disk.full = True

    window.sign()
    assert session.held
    session.set("goals.own_words", "while it is being signed")
    window.tasks.wait()  # the sheet is made first, which takes a busy machine as long as it takes
    qtbot.waitUntil(lambda: bool(dialogs(window)))

    assert "The disk is full" in words_of(dialogs(window)[0])
    assert not session.locked
    assert session.visit.goals.own_words == "", "nothing slipped in behind the sheet"
    session.set("goals.own_words", "Scars")
    assert session.visit.goals.own_words == "Scars"
    disk.full = False


def test_a_pdf_that_cannot_be_written_is_told_and_nothing_half_written_stays(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "away"
    choose(monkeypatch, folder / "sheet.pdf")
    window.show_visit(window.desk.sample_visit())

    window.handout.save()
    qtbot.waitUntil(lambda: bool(dialogs(window)))

    assert "sheet.pdf" in words_of(dialogs(window)[0])
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_while_saving_the_pdf_leaves_the_earlier_file(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    target = tmp_path / "sheet.pdf"
    target.write_bytes(b"earlier")
    choose(monkeypatch, target)

    def refuse(path: Path, _data: bytes) -> None:
        raise FileError(f"{path}: No space left on device", "Free some space, then save again.")

    monkeypatch.setattr(handout_work, "write_file", refuse)
    window.show_visit(window.desk.sample_visit())

    window.handout.save()
    qtbot.waitUntil(lambda: bool(dialogs(window)))

    assert "Free some space" in words_of(dialogs(window)[0])
    assert target.read_bytes() == b"earlier"


def test_saving_writes_the_handout(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    target = tmp_path / "sheet.pdf"
    suggested = choose(monkeypatch, target)
    window.show_visit(window.desk.sample_visit())

    window.handout.save()

    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: target.read_bytes().startswith(b"%PDF"))
    assert suggested == ["handout-2026-06-15.pdf"], "the name says nothing about the patient"


def test_a_handout_of_a_visit_closed_meanwhile_is_not_shown(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_visit(window.desk.sample_visit())
    with qtbot.assertNotEmitted(window.handout.rendered):
        window.run("handout")
        begin(window, "Bo Lund")
        window.tasks.wait()
        QApplication.processEvents()

    assert not window.preview.isVisible()


def test_a_handout_that_goes_out_while_its_visit_is_closed_ends_no_work(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    """A printer takes a while, and nobody waits for it before the next patient."""
    window.show_visit(desk.sample_visit())
    assert window.workspace is not None
    sheet, printed = desk.make_sheet(window.workspace.session.visit), Event()

    def work() -> None:
        assert printed.wait(30)

    window.handout._give_out(sheet, "handout.printed", work, "Printed.")
    gone = window.workspace
    with qtbot.waitSignal(gone.destroyed):
        window.show_start()
    printed.set()

    window.tasks.wait()
    qtbot.waitUntil(lambda: not window.tasks.untold)  # what goes wrong is heard by the test
    assert window.start.isVisible()


def test_details_belong_to_one_visit(window: MainWindow) -> None:
    begin(window)
    window.run("identity")
    window.run("identity")
    assert len(window.findChildren(IdentitySheet)) == 1

    begin(window, "Bo Lund")
    assert dialogs(window) == []
    window.run("identity")

    (sheet,) = dialogs(window)
    assert "Bo Lund" in words_of(sheet)


def test_moving_between_panels_keeps_what_was_typed(window: MainWindow) -> None:
    workspace = begin(window)
    for step in ("goals", "skin", "safety", "plan", "expectations", "agree", "finish"):
        window.run(f"panel:{step}")
        assert workspace.panel.step == step, "every panel can be reached at any time"
    window.run("panel:goals")
    QApplication.processEvents()
    (words,) = (area for area in workspace.panel.findChildren(QPlainTextEdit) if area.hasFocus())
    QTest.keyClicks(words, "Scars")
    for command in ("next_panel", "next_panel", "previous_panel", "previous_panel"):
        window.run(command)

    assert workspace.panel.step == "goals"
    assert words.toPlainText() == "Scars"


def test_only_the_window_opens_while_panels_are_shown(
    window: MainWindow, qapp: QApplication
) -> None:
    """A part without an owner would flash as a window of its own and take the keyboard away."""
    opened: list[QObject] = []

    class Watching(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
                opened.extend([watched] if watched.isWindow() else [])
            return False

    watching = Watching()
    qapp.installEventFilter(watching)
    try:
        for visit in (begin(window).session.visit, window.desk.sample_visit()):
            window.show_visit(visit)
            for step in STEPS:
                window.run(f"panel:{step.id}")
    finally:
        qapp.removeEventFilter(watching)

    assert opened == []


def test_risks_count_as_shown_where_work_resumes_on_them(window: MainWindow, qtbot: QtBot) -> None:
    window.show_visit(replace(window.desk.sample_visit(), panel="expectations"))
    workspace = window.workspace
    assert workspace is not None

    pane = workspace.panel.pane
    qtbot.waitUntil(lambda: pane.verticalScrollBar().maximum() > 0)

    while pane.scroll_page(1):
        QApplication.processEvents()
        QApplication.processEvents()
    qtbot.waitUntil(lambda: workspace.session.visit.discussion.risks_shown)


def test_work_resumes_on_the_panel_where_it_stopped(window: MainWindow) -> None:
    workspace = begin(window)
    window.run("panel:safety")
    visit_id = workspace.session.visit.id
    window.show_start()

    window.open_visit(visit_id)

    assert window.workspace is not None
    assert window.workspace.panel.step == "safety"

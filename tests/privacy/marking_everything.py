"""Types a marker into every field, then lets things go wrong; run by the tests of privacy.

`marking_everything.py MARKER END` opens the real program with no screen, writes MARKER into every
field of every panel and dialog, makes the handout, breaks the disk, raises exceptions that quote
the marker in a slot and in a thread, and ends: with END `close` as people do, with `abort` by a
signal. It prints the number of fields it wrote and the report that the crash dialog shows.
"""

from __future__ import annotations

import os
import resource
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from consult_app.cli import main
from consult_app.domain.consultation import Answer, Consultation, MapFinding, Override
from consult_app.domain.entries import LISTS, add_entry
from consult_app.domain.people import Patient
from consult_app.domain.steps import STEPS
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.safety.questions import GROUPS

MARKER, END = sys.argv[1], sys.argv[2]
LATER = ("treatment", "review", "addendum")
HAPPENED = {"treatment": "described", "review": "new"}
"""What makes a panel ask what happened."""

PATIENCE = 1_000
FINDING = MapFinding(area="cheeks", side="right", concern="acne_rolling", grade=2)


def say(line: str) -> None:
    """Print at once, whatever happens next."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


class Marking:
    """Does one thing after the other, each in the event loop."""

    def __init__(self) -> None:
        self.written = 0
        self.doing = False
        self.base: Consultation | None = None
        self.timer = QTimer()
        self.timer.setInterval(5)
        self.timer.timeout.connect(self.wait_for_window)
        self.timer.start()

    def wait_for_window(self) -> None:
        """Begin once the window stands there."""
        QApplication.clipboard().setText(MARKER)
        for window in QApplication.allWidgets():
            if isinstance(window, MainWindow) and window.isVisible():
                self.timer.stop()
                self.steps = iter(self.plan(window))
                self.step()
                return

    def step(self) -> None:
        """Do the next thing; an exception in it goes to the program's own hook."""
        if self.doing:  # it lets events through while it waits
            QTimer.singleShot(20, self.step)
            return
        todo = next(self.steps, None)
        if todo is not None:
            QTimer.singleShot(20, self.step)
            self.doing = True
            try:
                todo()
            finally:
                self.doing = False

    def plan(self, window: MainWindow) -> list[Callable[[], None]]:
        """Return everything that is done."""
        panels = [lambda step=step: self.fill_panel(window, step.id) for step in STEPS]
        later = [lambda kind=kind: self.fill_later(window, kind) for kind in LATER]
        return [
            lambda: self.write(window.start),
            lambda: window.begin_visit(Patient(name=MARKER, record_number=MARKER)),
            *panels,
            lambda: self.fill_box(window),
            lambda: self.fill_identity(window),
            lambda: window.run("finder"),
            lambda: self.fill_dialogs(window),
            lambda: self.complete(window),
            lambda: window.run("handout"),
            lambda: self.wait_for_pages(window),
            *later,
            lambda: self.break_the_disk(window),
            self.raise_in_a_slot,
            lambda: threading.Thread(target=self.raise_in_a_slot).start(),
            lambda: self.report(window),
            lambda: self.end(window),
        ]

    def write(self, root: QWidget) -> None:
        """Put the marker into every field seen in `root`."""
        fields: list[QLineEdit | QPlainTextEdit] = [*root.findChildren(QLineEdit)]
        fields += root.findChildren(QPlainTextEdit)
        for field in fields:
            if field.isVisible() and field.isEnabled() and not field.isReadOnly():
                field.paste()  # one change for the whole word
                self.written += 1

    def fill_panel(self, window: MainWindow, step: str) -> None:
        """Open what can be opened on a panel, and write everywhere."""
        workspace = window.workspace
        assert workspace is not None
        workspace.show_panel(step)
        session = workspace.session
        if isinstance(workspace.panel, SafetyPanel):
            self.say_yes(window)
            for group, _ in GROUPS:
                workspace.panel.show_group(group)
                self.write(workspace.panel)
        else:
            session.set("overrides", (Override(id="soft_cap:cheeks", reason=MARKER),))
            session.set("skin.findings", (FINDING,))
            self.write(workspace.panel)

    def fill_later(self, window: MainWindow, kind: str) -> None:
        """Begin what follows the consultation, as if that were signed, and write everywhere."""
        assert window.workspace is not None
        if self.base is None:
            self.base = window.workspace.session.visit
        window.reception.keep_draft()
        window.desk.records.finish_writing()
        desk, agreed = window.desk, replace(self.base.agreement, decision="go_ahead")
        signed = replace(self.base, state="signed", agreement=agreed)
        patient = desk.patients.open(signed.patient_id)
        window.show_visit(desk.begin_after(kind, desk.settings, patient, signed, 0))
        workspace = window.workspace
        if kind in HAPPENED:
            workspace.session.set(f"{kind}.adverse", HAPPENED[kind])
        if kind == "treatment":
            self.allow(window)
        written = self.written
        for step in workspace.steps:
            workspace.show_panel(step.id)
            for button in workspace.panel.findChildren(QPushButton):
                if button.text() == "Add a product":
                    button.click()
            self.write(workspace.panel)
        say(f"{kind} {self.written - written}")

    def allow(self, window: MainWindow) -> None:
        """Answer what is asked again, so that nothing stands in the way of treating."""
        assert window.workspace is not None
        session = window.workspace.session
        asked = window.desk.pack.recheck.items
        answers = dict(window.desk.sample_visit().answers)
        session.set("answers", {**answers, **{it: Answer(state="no") for it in asked}})
        session.set("treatment.new_medicines", "no")
        for _ in range(PATIENCE):
            if not session.judgement.decision.blocks_treatment:
                return
            QTest.qWait(10)
        say(f"blocked {session.judgement.decision.headline!r}")

    def say_yes(self, window: MainWindow) -> None:
        """Answer Yes with everything that can be named, so that every detail is asked."""
        assert window.workspace is not None
        session, pack = window.workspace.session, window.desk.pack
        facts = session.visit.facts
        for code in pack.vocabulary.code:
            if code.list in LISTS:
                facts = add_entry(facts, code.list, code.id)
        session.set("facts", facts)
        session.set("allergy_state", "known")
        session.set("answers", {item.id: Answer(state="yes") for item in pack.questions})

    def fill_box(self, window: MainWindow) -> None:
        """Write into the reasons for setting findings aside."""
        assert window.workspace is not None
        box = window.workspace.box
        for button in box.findChildren(QPushButton):
            if button.text() == "Why":
                button.click()
        self.write(box)

    def fill_identity(self, window: MainWindow) -> None:
        """Write into the patient's details."""
        window.run("identity")
        self.fill_dialogs(window)

    def fill_dialogs(self, window: MainWindow) -> None:
        """Write into the dialogs that are open, and close them."""
        for dialog in window.window().findChildren(QDialog):
            if dialog.isVisible():
                self.write(dialog)
                dialog.accept()

    def complete(self, window: MainWindow) -> None:
        """Continue with a plan, so that there is a handout of this person."""
        assert window.workspace is not None
        session = window.workspace.session
        sample = window.desk.sample_visit()
        session.set("plan", sample.plan)
        session.set("facts", sample.facts)
        session.set("answers", sample.answers)
        session.set("patient.date_of_birth", sample.patient.date_of_birth)

    def wait_for_pages(self, window: MainWindow) -> None:
        """Let the handout be made and shown."""
        QTest.qWait(10)
        window.tasks.wait()
        QApplication.processEvents()
        window.tasks.wait()

    def break_the_disk(self, window: MainWindow) -> None:
        """Let every save fail with words that quote the patient."""
        store: Any = window.desk.records
        # What was typed last is kept before, or the abort may come before it is tried again.
        window.reception.keep_draft()
        store.finish_writing()
        real = store._store.save_draft

        def fail(*_: object) -> None:
            store._store.save_draft = real
            raise OSError(f"cannot write {MARKER}")

        store._store.save_draft = fail
        assert window.workspace is not None
        window.workspace.session.set("goals.worth_it", MARKER)
        window.reception.keep_draft()

    def raise_in_a_slot(self) -> None:
        """Fail the way programs do: with a message that quotes what was typed."""
        quoted = {MARKER: MARKER}
        quoted[f"no such {MARKER}"]

    def report(self, window: MainWindow) -> None:
        """Print every word of every dialog that is open."""
        for dialog in window.window().findChildren(QDialog):
            if dialog.isVisible():
                for area in dialog.findChildren(QPlainTextEdit):
                    say(f"report {area.toPlainText()!r}")
                for button in dialog.findChildren(QPushButton):
                    if button.text() == "OK":
                        button.click()
        say(f"fields {self.written}")
        say(f"title {window.window().windowTitle()!r}")

    def end(self, window: MainWindow) -> None:
        """End as people do, or by a signal."""
        if END == "abort":
            os.abort()
        window.window().close()


def ask_for_core() -> None:
    """Have the system keep the memory of a program that crashes, where it would."""
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


if __name__ == "__main__":
    ask_for_core()
    application = QApplication(sys.argv[:1])
    marking = Marking()
    sys.exit(main([]))

"""Takes a picture of every page of the work; run by the test that compares them.

`taking_pictures.py LOOK FOLDER` writes PNGs to FOLDER; LOOK is one of `LOOKS`. To take the
reference pictures anew, run it with `tests/gui/pictures/LOOK` for each look, and look at them.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.app import Program
from consult_app.domain.steps import REVIEW_STEPS, STEPS, TREATMENT_STEPS
from consult_app.gui.building import build_desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.safety.questions import GROUPS
from consult_app.gui.patient_view.harms import HARMS
from consult_app.gui.patient_view.slide import Slide
from consult_app.gui.theme import Theme
from consult_app.settings import Practice, Settings
from consult_app.store.repositories import open_store
from tests.gui.touring import make_last, workspace_of

LATER = (*TREATMENT_STEPS, *REVIEW_STEPS)
LOOKS = {
    "light": (1366, 768, 1),
    "dark": (1366, 768, 1),
    "large": (960, 540, 2),
    "mirrored": (1366, 768, 1),
}
"""Width and height in logical pixels, and the scale of the screen."""

PRACTICE = Practice(
    clinic_name="Lumen Skin Clinic",
    clinic_phone="020 7946 0123",
    clinic_out_of_hours="111",
    practitioner_name="Dr Lena Hart",
    practitioner_role="Doctor",
)
OTHER_GROUPS = tuple(group for group, _ in GROUPS[1:])
"""The first is the one that *Safety* opens with."""
NAMES = (
    "start",
    *(it.id for it in STEPS),
    *(f"safety_{group}" for group in OTHER_GROUPS),
    "patient_harms",
    "patient_choice",
    "patient",
    *(it.id for it in LATER),
    "addendum",
    "signed",
)
Keep = Callable[..., None]
"""Keeps a picture under a name, of the window or of a part of it."""
NOW = datetime.fromisoformat("2026-06-15T10:00:00")
PATIENCE = 30.0


def settle(application: QApplication, window: MainWindow) -> None:
    """Let everything be laid out and saved."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for _ in range(5):
            application.processEvents()
        workspace = window.workspace
        if workspace is None or workspace.session.locked:
            return  # nothing is saved
        if workspace.footer.saved.text().startswith("Saved"):
            return
        time.sleep(0.01)  # the disk is written to by another thread
    raise TimeoutError


def take(application: QApplication, look: str, folder: Path, home: Path) -> None:
    """Take the pictures of one look."""
    theme = Theme("dark" if look == "dark" else "light")
    theme.apply(application)
    application.setCursorFlashTime(0)
    if look == "mirrored":
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    store = open_store(home / "records")
    settings = Settings(practice=PRACTICE)
    desk, visits = build_desk(Program(clock=lambda: NOW), home, settings, store)
    window = MainWindow(theme, desk)
    window.resize(*LOOKS[look][:2])
    window.show()
    settle(application, window)
    folder.mkdir(parents=True, exist_ok=True)

    def keep(name: str, part: QWidget = window) -> None:
        settle(application, window)
        window.setFocus()  # no cursor stands in a field
        settle(application, window)
        part.grab().save(str(folder / f"{name}.png"))

    keep("start")
    window.show_visit(replace(desk.sample_visit(), panel="goals"))
    for step in STEPS:
        window.run(f"panel:{step.id}")
        keep(step.id)
    keep_groups(window, keep)
    keep_patient_view(application, window, keep)
    last = make_last(desk)
    window.reception.show_patient(last.patient_id)
    keep("patient")
    patient = desk.patients.open(last.patient_id)
    for kind in ("treatment", "review"):
        window.show_visit(desk.begin_after(kind, settings, patient, last, 0))
        for step in workspace_of(window).steps:
            window.run(f"panel:{step.id}")
            keep(step.id)
    window.show_visit(desk.begin_after("addendum", settings, patient, last, 0))
    keep("addendum")
    window.show_visit(last)
    keep("signed")
    visits.close()


def keep_groups(window: MainWindow, keep: Keep) -> None:
    """Keep the other questions of *Safety*; what stands around them is on other pictures."""
    window.run("panel:safety")
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)
    for group in OTHER_GROUPS:
        panel.show_group(group)
        keep(f"safety_{group}", panel)


def keep_patient_view(application: QApplication, window: MainWindow, keep: Keep) -> None:
    """Keep the first of the patient's pages about harms, and the one on which they choose."""
    window.run("patient_view")
    view = window.patient.view
    assert view is not None
    end = time.monotonic() + PATIENCE
    while not view.is_told and time.monotonic() < end:
        application.processEvents()
        time.sleep(0.01)  # the sheet is made by another thread
    while not (isinstance(view.slide, Slide) and HARMS in view.slide.sections):
        view.turn(1)
    keep("patient_harms")
    while not isinstance(view.slide, AgreePanel):
        view.turn(1)
    keep("patient_choice")
    window.run("patient_view")


def main(look: str, folder: Path) -> None:
    """Take the pictures of one look in a fresh home."""
    scale = str(LOOKS[look][2])
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
    with tempfile.TemporaryDirectory() as kept:
        take(QApplication(sys.argv[:1]), look, folder, Path(kept))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

"""Shows the real window with a sample patient's consultation until it is ended by a signal.

`showing_window.py HOME PANEL` keeps its records in HOME and begins on PANEL. Another visit of
such a patient, signed three months ago, waits on the start page. Without PANEL there are no
records yet, and it begins on the first page.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from consult_app.app import Program
from consult_app.gui.frame import Frame
from consult_app.gui.opening import make_access
from consult_app.gui.theme import Theme
from consult_app.settings import Practice, Settings, save_settings
from consult_app.store.passphrase import FLOOR
from tests.gui.touring import make_last

HOME, PANEL = Path(sys.argv[1]), "".join(sys.argv[2:])


def show() -> int:
    """Show the window and return its exit code."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("consult-app")
    theme = Theme("light")
    theme.apply(application)
    access = make_access(Program(), HOME, FLOOR)
    frame = Frame(theme, access)
    frame.resize(1366, 768)
    frame.show()
    frame.gate.begin()
    if not PANEL:
        return application.exec()
    practice = Practice(clinic_phone="020 7946 0123", practitioner_name="Dr Lena Hart")
    save_settings(HOME, Settings(practice=practice))
    opened, _ = access.create("seven dull green lamps")
    frame.enter(opened)
    make_last(opened.desk)
    if frame.room is not None:
        frame.room.show_visit(opened.desk.sample_visit())
        frame.room.run(f"panel:{PANEL}")
    code = application.exec()
    opened.close()
    return code


sys.exit(show())

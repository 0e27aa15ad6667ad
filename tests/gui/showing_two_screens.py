"""Shows the patient view on a second screen, unplugs that, and prints what was seen as JSON.

`showing_two_screens.py HOME` keeps its records in HOME; run where Qt knows of two screens.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.app import Program
from consult_app.gui.frame import Frame
from consult_app.gui.main_window import MainWindow
from consult_app.gui.opening import make_access
from consult_app.gui.theme import Theme
from consult_app.settings import Practice, Settings, save_settings
from consult_app.store.passphrase import FLOOR

HOME = Path(sys.argv[1])
PATIENCE = 600


def wait(look: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    for _ in range(PATIENCE):
        if look():
            return
        QTest.qWait(20)
    sys.exit("it never came")


def tell_places(room: MainWindow) -> dict[str, Any]:
    """Return on which screens patient view and work stand, and whether the work is shown."""
    view, workspace = room.patient.view, room.workspace
    return {
        "view": view.window().screen().name() if view is not None else None,
        "work": room.window().screen().name(),
        "work_shown": workspace is not None and workspace.isVisible(),
    }


def step_of(room: MainWindow) -> str:
    """Return the panel that the work shows."""
    workspace = room.workspace
    assert workspace is not None
    return workspace.panel.step


def tell_grounds(room: MainWindow) -> list[str]:
    """Return the colours at the edge of the patient view and of the work."""
    view, workspace = room.patient.view, room.workspace
    assert view is not None
    assert workspace is not None
    shown = (view.window(), workspace)
    return [it.grab().toImage().pixelColor(2, 300).name() for it in shown]


def count_windows() -> int:
    """Return how many windows and sheets are shown."""
    return sum(it.isVisible() for it in QApplication.topLevelWidgets())


def show_view(room: MainWindow) -> None:
    """Show the patient view and wait for its words."""
    room.run("patient_view")
    wait(lambda: room.patient.view is not None and room.patient.view.is_told)


def look(frame: Frame, room: MainWindow) -> dict[str, Any]:
    """Work with two screens and return what was seen."""
    screens = QGuiApplication.screens()
    seen: dict[str, Any] = {"screens": [screen.name() for screen in screens]}
    room.show_visit(room.desk.sample_visit())
    show_view(room)
    view = room.patient.view
    assert view is not None
    view.turn(1)
    view.turn(1)
    wait(view.window().isActiveWindow)
    QTest.keyClick(view.window(), Qt.Key.Key_F6)
    wait(frame.isActiveWindow)
    seen["keyboard"] = tell_places(room)
    view.window().activateWindow()
    wait(view.window().isActiveWindow)
    at = view.at

    def read_on() -> bool:
        QTest.keyClick(view.window(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        return view.at != at

    wait(read_on)
    seen["turned"] = (view.at, view.window().isActiveWindow())
    view.turn(-1)
    QTest.keyClick(view.window(), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    wait(frame.isActiveWindow)
    seen["commanded"] = (tell_places(room), step_of(room))
    room.run("identity")
    seen["before"] = count_windows()
    seen["apart"], seen["title"] = tell_places(room), view.window().windowTitle()
    seen["place"], seen["grounds"] = [view.at], tell_grounds(room)
    QApplication.instance().screenRemoved.emit(screens[1])  # type: ignore[union-attr] # there is one
    QTest.qWait(20)
    seen["after"] = tell_places(room)
    seen["grounds"] += tell_grounds(room)
    seen["place"].append(view.at)
    seen["while"] = count_windows()
    room.run("patient_view")
    seen["ended"], seen["again"] = tell_places(room), count_windows()
    room.run("patient_view")
    room.run("lock")
    seen["locked"] = tell_places(room)
    frame.close()
    return seen


def main() -> None:
    """Open a window on empty records and print what was seen."""
    application = QApplication(sys.argv[:1])
    theme = Theme("dark")
    theme.apply(application)
    practice = Practice(
        clinic_name="Lumen", clinic_phone="020 7946 0123", practitioner_name="Dr Lena Hart"
    )
    save_settings(HOME, Settings(practice=practice))
    access = make_access(Program(), HOME, FLOOR)
    frame = Frame(theme, access)
    frame.resize(1200, 700)
    frame.show()
    frame.gate.begin()
    opened, _ = access.create("seven dull green lamps")
    frame.enter(opened)
    assert frame.room is not None
    seen = look(frame, frame.room)
    opened.close()
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    main()

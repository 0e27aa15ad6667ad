"""Where the patient view stands: on a second screen when there is one, else in the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QDialog, QMainWindow, QWidget

from consult_app.gui.commands import COMMANDS, find_keys, make_shortcut
from consult_app.gui.desk import Desk
from consult_app.gui.patient_view.places import Place, find_place
from consult_app.gui.patient_view.view import PatientView
from consult_app.gui.session import Session
from consult_app.gui.tasks import Tasks
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.focus_ring import FocusRing
from consult_app.values import replace
from consult_app.wording import t

TITLE = t("For the patient")
TURNS = {"next_panel": 1, "previous_panel": -1}
STAYS = frozenset({"patient_view", "lock"})
"""The commands that see to the view themselves."""


def find_second_screen(screens: Sequence[QScreen], own: QScreen | None) -> QScreen | None:
    """Return a screen that shows nothing of the practitioner's, None when there is none.

    One that mirrors theirs is none.
    """
    if own is None:
        return None
    taken = own.geometry()
    return next((it for it in screens if not it.geometry().intersects(taken)), None)


class PatientScreen(QObject):
    """Opens and ends the patient view of the consultation that is open.

    Attributes:
        opened: It is to be shown in the practitioner's window; carries the view.
        ended: The practitioner's window is to show the workspace again.
    """

    opened = Signal(object)
    ended = Signal()

    def __init__(
        self, window: QWidget, theme: Theme, tasks: Tasks, run: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._run = run
        self._theme = theme
        self._tasks = tasks
        self._apart: QMainWindow | None = None
        self._screens: tuple[QScreen | None, ...] = ()
        self._left = self._begun = Place()
        self.view: PatientView | None = None
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)  # noqa: S101 - there are windows
        application.screenRemoved.connect(self._lose)

    def open(self, session: Session, desk: Desk, panel: str) -> None:
        """Show the patient view of a consultation, from one of its panels."""
        self.end()
        second = find_second_screen(QGuiApplication.screens(), self._window.screen())
        size = second.availableGeometry().size() if second else self._window.size()
        visit, left = session.visit, self._left
        self._begun = Place(visit.id, panel)
        self.view = PatientView(
            self._theme,
            session,
            desk,
            self._tasks,
            lambda parts, asks: find_place(session.visit, panel, left, parts, asks=asks),
            size,
        )
        self.view.close_wanted.connect(self.end)
        if second is None:
            self.opened.emit(self.view)
        else:
            self._open_apart(self.view, second)

    def use(self, desk: Desk) -> None:
        """Show it as the settings have it by now."""
        if self.view is not None:
            self.view.use(desk)

    def end(self) -> None:
        """Take the patient view away; nothing of it stays."""
        view, self.view = self.view, None
        if view is None:
            return
        self._left = replace(self._begun, at=view.at)
        apart, self._apart = self._apart, None
        if apart is not None:
            apart.removeEventFilter(self)
            apart.close()
            apart.deleteLater()
        else:
            self.ended.emit()
            view.setParent(None)
        view.deleteLater()

    def take(self, command: str) -> bool:
        """Read on by the keys of the panels where it hides the practitioner's window.

        Any other command leads back to the work there; the return tells whether there is more to
        do than was done here.
        """
        if self.view is None or self._apart is not None:
            return False
        if command in TURNS:
            self.view.read_on(TURNS[command])
            return True
        if command not in STAYS:
            self.end()
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """End the view when its own window is closed by other means."""
        if watched is self._apart and event.type() == QEvent.Type.Close:
            self.end()
        return super().eventFilter(watched, event)

    def _lose(self, screen: QScreen) -> None:
        """Go on in the practitioner's window when either screen is unplugged.

        The patient may be looking at what is left: it goes on showing them what it showed, and
        nothing of the record. Sheets that stood open come back with the work.
        """
        if self._apart is None or self.view is None or screen not in self._screens:
            return
        apart, self._apart = self._apart, None
        apart.removeEventFilter(self)
        apart.takeCentralWidget()
        for sheet in self._window.window().findChildren(QDialog):
            if sheet.isVisible():
                sheet.hide()
                self.ended.connect(sheet.show, Qt.ConnectionType.SingleShotConnection)
        self.opened.emit(self.view)
        apart.close()
        apart.deleteLater()

    def _open_apart(self, view: PatientView, screen: QScreen) -> None:
        self._screens = (self._window.screen(), screen)
        self._apart = QMainWindow()
        self._apart.setPalette(view.theme.palette())
        self._apart.setWindowTitle(TITLE)  # never a name: titles show in the task switcher
        self._apart.setCentralWidget(view)
        self._apart.installEventFilter(self)
        FocusRing(self._apart, view.theme)
        self._take_keys(self._apart)
        self._apart.setGeometry(screen.availableGeometry())
        self._apart.showFullScreen()

    def _take_keys(self, apart: QWidget) -> None:
        """Serve the keys of the window's commands on the second screen too; the view stays there.

        Those of *lock* are seen to.

        Whoever pressed one there meant the work, and sees the view stand beside it.
        """
        for command in (it.id for it in COMMANDS if it.id != "lock" and not it.place):
            if not (pressed := find_keys(command)).isEmpty():
                keys = make_shortcut(pressed.toString(), apart)
                keys.activated.connect(lambda chosen=command: self._lead_back(chosen))

    def _lead_back(self, command: str) -> None:
        if command in TURNS and self.view is not None:
            self.view.read_on(TURNS[command])
            return
        if command != "patient_view":
            self._window.window().activateWindow()
        if command != "cycle":
            self._run(command)

"""Where the work stood when the screen was locked; it says nothing about a patient."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A field of a visit.

    Attributes:
        visit: The visit's id.
        group: The group of questions shown on the Safety panel, else empty.
        kind: What kind of control had the keyboard; empty for none.
        number: Which of its kind on the panel.
    """

    visit: str
    group: str = ""
    kind: str = ""
    number: int = 0


def note_place(room: MainWindow) -> Place | None:
    """Return where the work stands; None when no visit is open."""
    workspace = room.workspace
    if workspace is None:
        return None
    panel = workspace.panel
    group = panel.groups.value() if isinstance(panel, SafetyPanel) else ""
    focused = QApplication.focusWidget()
    visit = workspace.session.visit.id
    if focused is None or not panel.isAncestorOf(focused):
        return Place(visit=visit, group=group)
    kind = type(focused).__name__
    number = _list_kind(panel, kind).index(focused)
    return Place(visit=visit, group=group, kind=kind, number=number)


def go_back(room: MainWindow, place: Place) -> None:
    """Open the visit again and give the keyboard to the same field."""
    room.open_visit(place.visit)
    workspace = room.workspace
    if workspace is not None:
        # After the panel has given it to its first field, which it does when Qt comes to it.
        QTimer.singleShot(0, workspace, lambda: _find_field(workspace, place))


def _find_field(workspace: Workspace, place: Place) -> None:
    panel = workspace.panel
    if place.group and isinstance(panel, SafetyPanel):
        panel.show_group(place.group)
    fields = _list_kind(panel, place.kind)
    if place.number < len(fields):
        fields[place.number].setFocus()


def _list_kind(panel: QWidget, kind: str) -> list[QWidget]:
    return [part for part in panel.findChildren(QWidget) if type(part).__name__ == kind]

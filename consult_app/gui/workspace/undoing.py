"""What Undo and Redo mean where the keyboard is."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from consult_app.gui.commands import fill_keys
from consult_app.gui.denied_once import DeniedOnce
from consult_app.gui.widgets.fields import Field
from consult_app.gui.widgets.passing_word import say_beside
from consult_app.gui.widgets.writing import Area, Line
from consult_app.gui.workspace.workspace import Workspace
from consult_app.wording import t

UNSIGNED = t("The patient's signature was taken back. {redo} brings it back.")


def take_back(workspace: Workspace | None, *, redo: bool = False) -> None:
    """Undo, or redo: letters of a field while they are no value yet, else a step of the visit.

    Half a date is known to its field alone, so it is taken back there. Everything else is a step of
    the visit, in the order in which it was done, whichever field has the keyboard; so is a first No
    that left its question open.
    """
    focused = QApplication.focusWidget()
    if focused is not None and _takes_back(focused, workspace, redo=redo):
        return
    if workspace is not None and workspace.isVisible():
        once = getattr(workspace.panel, "once", None)  # few panels ask what ever was
        if not redo and isinstance(once, DeniedOnce) and (item := once.let_go()):
            workspace.go_to(item)
            return
        session = workspace.session
        signed = bool(session.visit.agreement.signature)
        (session.redo if redo else session.undo)()
        if signed and not session.visit.agreement.signature:
            say_beside(
                workspace.panel.theme, QApplication.focusWidget() or workspace, fill_keys(UNSIGNED)
            )


def _takes_back(focused: QWidget, workspace: Workspace | None, *, redo: bool) -> bool:
    """Let a field take back its own letters where that is meant; return whether it did."""
    if not isinstance(focused, (Line, Area)):
        return False
    field = focused.parentWidget()
    in_visit = workspace is not None and workspace.isAncestorOf(focused)
    if in_visit and not (isinstance(field, Field) and field.pending()):
        return False
    document = focused if isinstance(focused, Line) else focused.document()
    there = document.isRedoAvailable() if redo else document.isUndoAvailable()
    if there:
        (focused.redo if redo else focused.undo)()
    return there

"""Dialogs that say what happened and what to do, and windows that fit the screen.

A dialog is put up over what it belongs to. Where that is hidden by then, because the screen was
locked meanwhile, it waits with it: nothing stands over the page that asks for the passphrase.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from consult_app.errors import ConsultError
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.wording import t

_WAITS = "waits"
"""Property of a dialog that is to be shown with what it belongs to."""
TITLE_BAR = 40
"""Room that a window manager takes above a dialog."""


class MessageDialog(QDialog):
    """One message: a title, advice, details to read or copy, and buttons."""

    def __init__(
        self, theme: Theme, title: str, advice: str, details: str = "", *, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(t("Consultation"))
        self.setMinimumWidth(theme.px(480))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        column.setSpacing(theme.px(12))
        head = QHBoxLayout()
        head.addWidget(IconLabel(theme, "octagon-alert", "stop", 24), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Label(theme, title, "section", wrap=True), 1)
        column.addLayout(head)
        column.addWidget(Label(theme, advice, "body", "text2", wrap=True))
        # The keyboard begins on OK, where nothing else is heard of the message.
        self.setAccessibleDescription(" ".join(filter(None, (f"{title.rstrip('.')}.", advice))))
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(t("Details"))
        self.details.setVisible(bool(details))
        column.addWidget(self.details)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)
        self.ok = Button(theme, "OK", "primary")
        self.ok.clicked.connect(self.accept)
        self.ok.setDefault(True)
        self.buttons.addWidget(self.ok)
        self.ok.setFocus()


def put_up(dialog: QDialog) -> None:
    """Open a dialog, at once or with what it belongs to; once it is closed it is forgotten."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    over = dialog.parentWidget()
    if over is None or over.isVisible():
        dialog.show()
    else:
        dialog.setProperty(_WAITS, True)


def show_waiting(window: QWidget) -> None:
    """Open what waited for a window to be shown again."""
    for dialog in window.findChildren(QDialog):
        if dialog.property(_WAITS):
            dialog.setProperty(_WAITS, False)
            dialog.show()


def fit_screen(dialog: QDialog, width: int, height: int) -> None:
    """Make a dialog this large, or as large as the screen has room for.

    What stood below the edge of a small or an enlarged screen could never be pressed.
    """
    room = dialog.screen().availableGeometry()
    dialog.resize(min(width, room.width()), min(height, room.height() - TITLE_BAR))


def scroll_by_page(dialog: QDialog, pane: ScrollPane) -> None:
    """Let keys scroll what can only be read, whichever button has the keyboard."""
    keys = Qt.Key
    for key in (keys.Key_PageUp, keys.Key_PageDown, keys.Key_Home, keys.Key_End):
        QShortcut(QKeySequence(key), dialog, lambda key=key: pane.scroll_by_key(key))


def show_on_screen(window: QWidget, width: int, height: int) -> None:
    """Show a window this large; where the screen has no room for that, let it fill the screen."""
    room = window.screen().availableGeometry()
    high = room.height() - TITLE_BAR
    # At twice the size a small screen has less room than any window wants, and shows all of one.
    window.setMinimumSize(window.minimumSize().boundedTo(QSize(room.width(), high)))
    window.resize(min(width, room.width()), min(height, high))
    if width <= room.width() and height <= high:
        window.show()
    else:
        window.showMaximized()


def show_error(theme: Theme, error: Exception, parent: QWidget | None) -> MessageDialog:
    """Show an error without stopping the program's other work, and return the dialog."""
    if isinstance(error, ConsultError):
        details = "\n".join(error.details)
        dialog = MessageDialog(theme, error.title, error.advice, details, parent=parent)
    else:
        dialog = MessageDialog(
            theme,
            t("This should not have happened"),
            t("The draft is kept. Please close and open the program before you go on."),
            type(error).__name__,
            parent=parent,
        )
    put_up(dialog)
    return dialog

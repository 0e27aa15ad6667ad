"""A field for a passphrase: dots instead of letters, unless somebody wants to see them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.fields import Field
from consult_app.wording import t

_HINTS = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)


class SecretField(Field):
    """One line that is not shown while it is typed, with a button that shows it.

    Attributes:
        line: The line itself.
        eye: Shows and hides what was typed.
        edited: Emitted with the text while a person types.
    """

    edited = Signal(str)

    def __init__(self, theme: Theme, label: str, *, help_text: str = "") -> None:
        self.line = QLineEdit()
        super().__init__(theme, label, self.line, help_text=help_text)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(_HINTS)
        self.line.textEdited.connect(self.edited)
        self._name = label[0].lower() + label[1:]
        self.eye = Button(theme, t("Show {name}", name=self._name), "quiet", "eye")
        self.eye.set_compact(on=True)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show)
        self.put_beside(self.eye, 4)

    def text(self) -> str:
        """Return what was typed."""
        return self.line.text()

    def clear(self) -> None:
        """Forget what was typed, and how to take it back."""
        self.line.setText("")  # Qt's clear can be undone, and the eye shows what comes back
        self.set_error("")
        self.eye.setChecked(False)

    def _show(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self.eye.set_icon("eye-off" if on else "eye")
        words = t("Hide {name}", name=self._name) if on else t("Show {name}", name=self._name)
        self.eye.set_text(words)
        self.eye.setToolTip(self.eye.words)

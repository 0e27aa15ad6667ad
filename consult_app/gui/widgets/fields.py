"""Fields to write in: label above, help or fault beneath."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from consult_app.gui.stylesheet import dress
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.gui.widgets.speaking import speak
from consult_app.gui.widgets.writing import Area, Line


class Field(QWidget):
    """A control with its visible label above and help or a fault beneath.

    Args:
        theme: The look.
        label: Visible label; also the control's accessible name.
        control: What is written in or pressed.
        help_text: Shown beneath while there is no fault.
        parent: Qt owner.

    Attributes:
        control: The control.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        control: QWidget,
        *,
        help_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._help, self._tone, self._error = help_text, "text3", ""
        self._label = Label(theme, label, "label", "text2")
        self._label.setBuddy(control)
        control.setAccessibleName(label)
        self._sign = IconLabel(theme, "circle-alert", "stop", 16)
        self._note = Label(theme, help_text, "caption", "text3", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._label)
        column.addWidget(control)
        beneath = QHBoxLayout()
        beneath.setSpacing(6)
        beneath.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        beneath.addWidget(self._note, 1)
        column.addLayout(beneath)
        # Beside a taller neighbour the label and control stay together at the top.
        column.addStretch(1)
        self.setFocusProxy(control)
        self._show_note()

    @property
    def label(self) -> str:
        """What stands above the control."""
        return self._label.text()

    @property
    def error(self) -> str:
        """The fault shown, or an empty text."""
        return self._error

    def set_error(self, text: str) -> None:
        """Show a fault, or take it away with an empty text; what was typed stays."""
        if text == self._error:
            return
        self._error = text
        self._show_note()
        self.control.setProperty("faulty", bool(text))
        dress(self.control)
        if text and self.isVisible():  # the keyboard stays there, or has gone on by now
            speak(self.control, f"{self.control.accessibleName()}: {text}")

    def help(self) -> str:
        """Return what stands beneath while there is no fault."""
        return self._help

    def pending(self) -> bool:
        """Whether something is written that nobody took over yet, such as half a date."""
        return False

    def unread(self) -> str:
        """Return what is written but is no value yet; empty where there is nothing of that kind."""
        return ""

    def write_unread(self, text: str) -> None:
        """Write what `unread` returned, and say again what is wrong with it."""

    def set_help(self, text: str, tone: str = "text3") -> None:
        """Show another help line, in another tone where it warns."""
        self._help, self._tone = text, tone
        self._show_note()

    def put_beside(self, button: QWidget, spacing: int) -> None:
        """Let a button stand beside the control itself, level with it; the help runs under both."""
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        Gaps(self._label.theme, both, row, spacing)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - every field is one
        column.insertWidget(column.indexOf(self.control), both)
        row.addWidget(self.control, 1)
        row.addWidget(button)

    def set_label(self, text: str) -> None:
        """Say another label."""
        self._label.setText(text)
        self.set_spoken(text)

    def set_spoken(self, text: str) -> None:
        """Let screen readers say more than the label does, where several fields have the same."""
        self.control.setAccessibleName(text)
        self._label.setAccessibleName(text)  # which is read before what a list has chosen

    def _show_note(self) -> None:
        text = self._error or self._help
        self._note.setText(text)
        self._note.set_tone("stop" if self._error else self._tone)
        self._note.setVisible(bool(text))
        self._sign.setVisible(bool(self._error))
        self.control.setAccessibleDescription(text)


class TextField(Field):
    """One line of text.

    Args:
        theme: The look.
        label: Visible label.
        help_text: Shown beneath.
        placeholder: Shown while nothing is written.
        whole: Whether a click into it chooses all of it, so that typing replaces it.
        parent: Qt owner.

    Attributes:
        edited: Emitted with the text while a person types.
        finished: Emitted when the field is left or Enter is pressed.
    """

    edited = Signal(str)
    finished = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        help_text: str = "",
        placeholder: str = "",
        whole: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.line = Line(whole=whole)
        self._told = ""
        super().__init__(theme, label, self.line, help_text=help_text, parent=parent)
        self.line.setPlaceholderText(placeholder)
        self.line.typed.connect(self.edited)
        self.line.editingFinished.connect(self.finished)

    def take_where_shown(self, _chosen: str = "") -> None:
        """Give it the keyboard where it is shown, as what is chosen beside it shows it."""
        if not self.isHidden():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def text(self) -> str:
        """Return what is written."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Write something, without a signal; the cursor goes where the text changed."""
        self._told = text
        if text != self.line.text():
            self.line.setText(text)

    def pending(self) -> bool:
        """Whether something is written that nobody took over yet."""
        return self.line.text() != self._told

    def unread(self) -> str:
        """Return a text that is at fault, such as no time of day."""
        return self.line.text() if self.error else ""

    def write_unread(self, text: str) -> None:
        """Write it again, and have it looked at as when the field is left."""
        self.line.setText(text)
        self.finished.emit()


class TextArea(Field):
    """Several lines of text; it grows with them, so that it never scrolls itself. Tab leaves it.

    Attributes:
        edited: Emitted with the text while a person types.
        finished: Emitted when the area is left.
    """

    edited = Signal(str)
    finished = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        rows: int = 3,
        help_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.area = Area()
        self._told = ""
        super().__init__(theme, label, self.area, help_text=help_text, parent=parent)
        self._theme, self._rows, self._quiet = theme, rows, False
        self.area.setTabChangesFocus(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self.area.textChanged.connect(self._tell)
        self.area.installEventFilter(self)
        self.area.document().documentLayout().documentSizeChanged.connect(self._measure)
        theme.changed.connect(self._restyle)
        self._restyle()

    def text(self) -> str:
        """Return what is written."""
        return self.area.toPlainText()

    def set_text(self, text: str) -> None:
        """Write something, without a signal; the cursor goes where the text changed."""
        self._told = text
        if text != self.text():
            self._quiet = True
            self.area.set_text(text)
            self._quiet = False

    def pending(self) -> bool:
        """Whether something is written that nobody took over yet."""
        return self.text() != self._told

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tell when the area is left."""
        if watched is self.area and event.type() == QEvent.Type.FocusOut:
            self.finished.emit()
        return False

    def _tell(self) -> None:
        if not self._quiet:
            self.edited.emit(self.text())

    def _restyle(self) -> None:
        """Take the type of this theme: the patient's view has larger type than the window."""
        self.area.setFont(self._theme.font("body"))
        self._measure()

    def _measure(self) -> None:
        height = self._theme.px(self._rows * 19 + 24)
        self.area.setFixedHeight(max(self._theme.px(TARGET), height, self.area.measure()))

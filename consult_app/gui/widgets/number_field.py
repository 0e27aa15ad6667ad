"""A field for a number that may be missing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.fields import Field
from consult_app.gui.widgets.stray_text import is_text
from consult_app.gui.widgets.words import ENGLISH, Words
from consult_app.gui.widgets.writing import Line
from consult_app.wording import t

NUMBER_ONLY = t("Only a number is written here.")
_HUGE = 1e9


class NumberField(Field):
    """A number that may be missing; what is not written is not zero.

    Args:
        theme: The look.
        label: Visible label, without the unit.
        unit: Shown after the label, such as "g" or "minutes".
        lowest: Smallest number accepted, or None.
        highest: Largest number accepted, or None.
        decimals: How many places are kept.
        step: What the Up and Down keys add.
        help_text: Shown beneath.
        words: Words for faults.
        parent: Qt owner.

    Attributes:
        edited: Emitted with a float, or None for an empty or faulty text.
    """

    edited = Signal(object)

    def __init__(  # noqa: PLR0913 - every one is a plain property of a number field
        self,
        theme: Theme,
        label: str,
        *,
        unit: str = "",
        lowest: float | None = None,
        highest: float | None = None,
        decimals: int = 0,
        step: float = 1.0,
        help_text: str = "",
        words: Words = ENGLISH,
        parent: QWidget | None = None,
    ) -> None:
        self.line = Line()
        self._unit = unit
        shown = self._with_unit(label)
        super().__init__(theme, shown, self.line, help_text=help_text, parent=parent)
        self._theme, self._words, self._decimals, self._step = theme, words, decimals, step
        self._lowest, self._highest = lowest, highest
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.line.typed.connect(self._tell)
        self.line.editingFinished.connect(self._judge)
        self.line.installEventFilter(self)

    def set_label(self, text: str) -> None:
        """Say another label, with the same unit."""
        super().set_label(self._with_unit(text))

    def _with_unit(self, label: str) -> str:
        return f"{label} ({self._unit})" if self._unit else label

    def value(self) -> float | None:
        """Return the number, or None when nothing usable is written."""
        number = self._read()
        return number if number is not None and not self._fault(number) else None

    def suggest(self, text: str) -> None:
        """Show faintly in the empty field what counts while nothing is written."""
        self.line.setPlaceholderText(text)

    def set_value(self, value: float | None) -> None:
        """Write a number, or nothing for None, without a signal.

        A faulty text has the value None, so telling None again leaves it for correction.
        """
        if value == self.value():
            return
        self.line.setText("" if value is None else f"{value:.{self._decimals}f}")
        self.set_error("")

    def pending(self) -> bool:
        """Whether something is written that is no value yet."""
        return self.value() is None and bool(self.line.text().strip())

    def unread(self) -> str:
        """Return what is written while it is no value."""
        return self.line.text() if self.pending() else ""

    def write_unread(self, text: str) -> None:
        """Write it again, and judge it as when the field is left."""
        self.line.setText(text)
        self._judge()

    def forget(self) -> None:
        """Empty the field and its fault, for showing another record."""
        self.line.clear()
        self.set_error("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Step with the Up and Down keys, and take no letters: they may be meant for a question."""
        pressed = event.type() == QEvent.Type.KeyPress
        if watched is self.line and pressed and isinstance(event, QKeyEvent):
            if is_text(self._theme, self, event, answers=False, said=NUMBER_ONLY):
                return True
            steps = {Qt.Key.Key_Up: self._step, Qt.Key.Key_Down: -self._step}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self._add(step)
                return True
        return False

    def _add(self, step: float) -> None:
        number = self._read()
        number = (self._lowest or 0.0) if number is None else number + step
        if self._lowest is not None:
            number = max(self._lowest, number)
        if self._highest is not None:
            number = min(self._highest, number)
        self.line.setText(f"{number:.{self._decimals}f}")
        self._tell()

    def _read(self) -> float | None:
        text = self.line.text().strip().replace(",", ".")
        try:
            number = round(float(text), self._decimals) if text.isascii() else None
        except ValueError:
            return None
        return number if number is not None and abs(number) < _HUGE else None

    def _fault(self, number: float) -> bool:
        low, high = self._lowest, self._highest
        return (low is not None and number < low) or (high is not None and number > high)

    def _tell(self) -> None:
        if self.value() is not None or not self.line.text().strip():
            self.set_error("")
        self.edited.emit(self.value())

    def _judge(self) -> None:
        number, text = self._read(), self.line.text().strip()
        if not text:
            self.set_error("")
        elif number is None:
            self.set_error(self._words.number_fault)
        elif self._fault(number):
            low = "" if self._lowest is None else f"{self._lowest:.{self._decimals}f}"
            high = "" if self._highest is None else f"{self._highest:.{self._decimals}f}"
            between = self._words.number_range.format(low=low or "…", high=high or "…")
            # What is beneath, such as the unit, is hidden by the fault that it explains.
            self.set_error(f"{between}. {self.help()}" if self.help() else between)

"""Name, lot and date of something used up, in one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from consult_app.domain.partial_date import PartialDate
from consult_app.domain.treatment import Consumable
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.fields import TextField
from consult_app.wording import t

EXPIRED = t("Past its date")


class ConsumableRow(QWidget):
    """Edits one consumable.

    Attributes:
        edited: Carries the `Consumable`.
    """

    edited = Signal(object)

    def __init__(self, theme: Theme, label: str, *, long: bool = False) -> None:
        """Make the row; a long name takes as much room as lot and date together."""
        super().__init__()
        self._value = Consumable()
        self._used_on: date | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        self.name = TextField(theme, label)
        self.lot = TextField(theme, t("Lot"))
        self.lot.set_spoken(t("Lot: {label}", label=label))
        self.expiry = DateField(theme, t("Use before"))
        self.expiry.set_spoken(t("Use before: {label}", label=label))
        for field, share in ((self.name, 2 if long else 1), (self.lot, 1), (self.expiry, 1)):
            row.addWidget(field, share)
        self.name.edited.connect(lambda text: self._tell(replace(self._value, name=text)))
        self.lot.edited.connect(lambda text: self._tell(replace(self._value, lot=text)))
        self.expiry.edited.connect(
            lambda day: self._tell(replace(self._value, expiry=_last_day(day)))
        )

    def show_consumable(self, value: Consumable, used_on: date) -> None:
        """Show what is recorded, and whether it was past its date on the day it was used."""
        self._value = value
        self.name.set_text(value.name)
        self.lot.set_text(value.lot)
        if _last_day(self.expiry.value()) != value.expiry:
            self.expiry.set_value(PartialDate.of(value.expiry) if value.expiry else None)
        self._used_on = used_on
        self._mark()

    def _tell(self, value: Consumable) -> None:
        self._value = value
        self.edited.emit(value)
        self._mark()

    def _mark(self) -> None:
        """Mark what is past its date, however often the same date is written; a fault stays."""
        day, used_on = self._value.expiry, self._used_on
        if day is not None and used_on is not None and day < used_on:
            self.expiry.set_error(EXPIRED)
        elif self.expiry.error == EXPIRED:
            self.expiry.set_error("")


def _last_day(day: PartialDate | None) -> date | None:
    """Return the last day of what is printed on a package: a month means to its end."""
    return day.last_day() if day is not None else None

"""What else touched the skin: a line for each product, and the way to those of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from consult_app.domain.treatment import Consumable
from consult_app.gui.panels.treatment.consumable_row import ConsumableRow
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.notice import Notice
from consult_app.wording import t

MOST = 6
"""As many products fit a visit; a seventh would be a mistake."""


class ProductsCard(Card):
    """Edits the products; what the plan names is written only when somebody says it was used.

    Attributes:
        edited: Carries all products.
        add_planned: Adds the first of the plan that is not written yet.
        unfit: Says what must not touch needled skin.
    """

    edited = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, t("What else touched the skin"))
        self._rows: list[ConsumableRow] = []
        self._products: tuple[Consumable, ...] = ()
        self._planned: Sequence[str] = ()
        self._used_on = date.min
        self._lines = QVBoxLayout()
        self.add(self._lines)
        self.unfit = Notice(theme, "", "warn", parent=self)
        self.unfit.set_dismissible(on=False)
        self.add(self.unfit)
        self.add_planned = Button(theme, "", "secondary", "plus")
        self.add_planned.clicked.connect(lambda: self._add(self._find_planned()))
        self.add(self.add_planned)
        self.add_other = Button(theme, t("Add a product"), "secondary", "plus")
        self.add_other.clicked.connect(lambda: self._add(""))
        self.add(self.add_other)

    def show_products(self, products: tuple[Consumable, ...], used_on: date) -> None:
        """Show what is recorded."""
        self._products, self._used_on = products, used_on
        for number, product in enumerate(products):
            if number == len(self._rows):
                row = ConsumableRow(self.theme, t("Product {n}", n=number + 1))
                row.edited.connect(lambda value, at=number: self._set_at(at, value))
                self._rows.append(row)
                self._lines.addWidget(row)
            self._rows[number].show_consumable(product, used_on)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(products))
        self._show_ways()

    def offer(self, planned: Sequence[str]) -> None:
        """Offer what the plan names, by the names it has there."""
        self._planned = planned
        self._show_ways()

    def _show_ways(self) -> None:
        room, planned = len(self._products) < MOST, self._find_planned()
        self.add_other.setEnabled(room)
        self.add_planned.setVisible(bool(planned) and room)
        self.add_planned.set_text(t("As planned: {product}", product=planned))

    def _find_planned(self) -> str:
        written = {it.name.strip().casefold() for it in self._products}
        return next((it for it in self._planned if it.casefold() not in written), "")

    def _add(self, name: str) -> None:
        products = (*self._products, Consumable(name=name))
        self.edited.emit(products)
        self.show_products(products, self._used_on)
        row = self._rows[len(self._products) - 1]
        (row.lot if name else row.name).control.setFocus()

    def _set_at(self, at: int, value: Consumable) -> None:
        self.edited.emit((*self._products[:at], value, *self._products[at + 1 :]))

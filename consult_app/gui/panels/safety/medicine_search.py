"""The way from a medicine's name or brand to the question that asks about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from consult_app.gui.commands import with_keys
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.wording import t


def make_search(theme: Theme, wanted: Callable[[], None]) -> QHBoxLayout:
    """Return the row with the button that asks for the finder."""
    search = Button(theme, t("Find a medicine by name or brand"), "ghost", "search")
    search.set_flush()
    search.setToolTip(with_keys(t("Leads to the question that asks about it"), "finder"))
    search.clicked.connect(wanted)
    row = QHBoxLayout()
    row.addWidget(search)
    row.addStretch(1)
    return row

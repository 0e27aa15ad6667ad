"""Beneath the question for new medicines: where one is asked for by its name, and the way there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice
from consult_app.wording import t

BY_NAME = t("A new medicine is asked for by its name in a return visit. Treat after that one.")
BEGIN = t("Begin a return visit")
SHOWN_FOR = ("yes", "unsure")


class NewMedicine(Notice):
    """Says it and begins that visit, or opens the one of today; this record waits unfinished."""

    def __init__(self, theme: Theme, run: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(theme, BY_NAME, "info", parent=parent)
        self.set_dismissible(on=False)
        self.set_action(BEGIN)
        self.acted.connect(lambda: run("return"))

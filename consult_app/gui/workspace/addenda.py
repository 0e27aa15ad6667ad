"""The addenda of a signed record, shown above it: who added what, and when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent

from consult_app.domain.consultation import Consultation
from consult_app.gui.phrases import write_day, write_time
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.wording import t

HIGHEST = 132


class Addenda(ScrollPane):
    """One paragraph for each, oldest first."""

    def __init__(self, theme: Theme, addenda: Sequence[Consultation]) -> None:
        super().__init__(theme)
        self.setAccessibleName(t("Addenda"))
        self._highest = theme.px(HIGHEST)
        self.setMaximumHeight(self._highest)
        for it in addenda:
            at = it.signed_at or it.started_at
            head = t("Addendum {day} {clock}", day=write_day(at.date()), clock=write_time(at))
            head += f", {it.practitioner.name}" if it.practitioner.name else ""
            self.body.addWidget(Label(theme, head, "label_strong", "warn"))
            self.body.addWidget(Label(theme, it.addendum, "body", wrap=True))
        self.body.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take no more room than they need at this width."""
        super().resizeEvent(event)
        needed = self.body.heightForWidth(self.viewport().width())
        self.setMaximumHeight(min(needed, self._highest))

"""Today beside the last visit: what changed, by panel (Ctrl+D)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from consult_app.gui.dialogs import fit_screen
from consult_app.gui.phrases import write_day
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.since_last import TITLES, Difference, compare
from consult_app.wording import t

NO_VISIT = t("This visit follows no earlier one, so there is nothing to compare with.")
NO_CHANGE = t("Nothing said so far differs from the last visit.")


class ComparisonSheet(QDialog):
    """Lists what differs; what was not asked again is left out."""

    def __init__(self, theme: Theme, pack: Pack, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(t("Compare with the last visit"))
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(14), theme.px(20))
        column.setSpacing(theme.px(12))
        card = Card(theme, t("What changed since the last visit"))
        pane = ScrollPane(theme)
        pane.body.addWidget(card)
        pane.setAccessibleName(t("Differences"))
        column.addWidget(pane, 1)
        last, visit = session.last, session.visit
        found = compare(pack, last, visit) if last is not None else ()
        fit_screen(self, theme.px(760), theme.px(560 if found else 240))
        if last is None or not found:
            text = NO_CHANGE if last else NO_VISIT
            card.add(Label(theme, text, "body", "text2", wrap=True))
        else:
            days = write_day(last.visit_date), write_day(visit.visit_date)
            card.add(self._make_table(found, days))
        pane.body.addStretch(1)
        close = Button(theme, t("Done"), "primary")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()

    def _make_table(self, found: tuple[Difference, ...], days: tuple[str, str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(16))
        grid.setVerticalSpacing(self._theme.px(8))
        for column, text in enumerate(("", *days)):
            grid.addWidget(Label(self._theme, text, "label_strong"), 0, column)
            grid.setColumnStretch(column, 1)
        step, line = "", 1
        for it in found:
            if it.step != step:
                step = it.step
                grid.addWidget(Label(self._theme, TITLES[step], "strong"), line, 0, 1, 3)
                line += 1
            for column, (text, tone) in enumerate(
                ((it.label, "text2"), (it.before, "text"), (it.today, "warn"))
            ):
                grid.addWidget(Label(self._theme, text, "body", tone, wrap=True), line, column)
            line += 1
        return grid

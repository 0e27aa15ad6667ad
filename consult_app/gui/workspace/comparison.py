"""Today beside the last visit: what changed, by panel, and what was done since (Ctrl+D)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.dialogs import fit_screen, scroll_by_page
from consult_app.gui.photo_set import Picture
from consult_app.gui.phrases import write_day
from consult_app.gui.session import Session
from consult_app.gui.start.listed import KINDS
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.done_before import tell_done
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.knowledge.visits.photographs import ANGLES, Pair, pair_photographs
from consult_app.knowledge.visits.since_last import TITLES, Difference, compare
from consult_app.wording import t

EDGES = 120
"""Room beside two photographs: margins, padding of the card and the scroll bar."""
ALONE = t("No second photograph from this angle yet.")
NO_VISIT = t("This visit follows no earlier one, so there is nothing to compare with.")
NO_CHANGE = t("Nothing said so far differs from the last visit.")


class ComparisonSheet(QDialog):
    """Lists what differs, then treatments and reviews with the present one, the latest first.

    What was not asked again is left out: a treatment or review tells of itself what it has seen.
    """

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        session: Session,
        earlier: Sequence[Consultation],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(t("Compare with the last visit"))
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(14), theme.px(20))
        column.setSpacing(theme.px(12))
        pane = ScrollPane(theme)
        pane.setAccessibleName(t("Differences"))
        column.addWidget(pane, 1)
        scroll_by_page(self, pane)
        said, visit = session.said, session.visit
        last = said.visit if said is not None else None
        pairs = pair_photographs([visit, *earlier, *([last] if last else [])])
        found = compare(desk.pack, said.visit, visit, said.since) if said is not None else ()
        width, height = 1040 if pairs else 760, 720 if pairs else 560 if found or earlier else 240
        fit_screen(self, theme.px(width), theme.px(height))
        if pairs:
            pane.body.addWidget(self._make_photographs(desk, pairs))
        done = [visit] if tell_done(desk.pack, visit) else []
        if found or not done:
            pane.body.addWidget(self._make_changes(last, visit, found))
        for card in self._make_cards(desk.pack, said, (*done, *earlier)):
            pane.body.addWidget(card)
        pane.body.addStretch(1)
        close = Button(theme, t("Done"), "primary")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()

    def _make_changes(
        self, last: Consultation | None, visit: Consultation, found: tuple[Difference, ...]
    ) -> Card:
        card = Card(self._theme, t("What changed since the last visit"))
        if last is None or not found:
            text = NO_CHANGE if last else NO_VISIT
            card.add(Label(self._theme, text, "body", "text2", wrap=True))
        else:
            days = write_day(last.visit_date), write_day(visit.visit_date)
            card.add(self._make_table(found, days))
        return card

    def _make_photographs(self, desk: Desk, pairs: Sequence[Pair]) -> Card:
        """Return the earliest photograph of each angle beside the latest."""
        card = Card(self._theme, t("Photographs"))
        grid = QGridLayout()
        grid.setSpacing(self._theme.px(12))
        half = (self.width() - self._theme.px(EDGES)) // 2
        names = dict(ANGLES)
        for number, pair in enumerate(pairs):
            for column, shot in enumerate((pair.before, pair.after)):
                if shot is None:
                    alone = Label(self._theme, ALONE, "body", "text2", wrap=True)
                    grid.addWidget(alone, number * 2, column)
                    continue
                words = t("{angle}, {day}", angle=names[pair.angle], day=write_day(shot.day))
                seen = Picture(desk, shot.attachment, words, QSize(half, half))
                grid.addWidget(seen, number * 2, column)
                grid.addWidget(Label(self._theme, words, "label"), number * 2 + 1, column)
        card.add(grid)
        return card

    def _make_cards(
        self, pack: Pack, said: LastSaid | None, visits: Sequence[Consultation]
    ) -> list[Card]:
        """Return a card for each visit: what it said otherwise than before, and what was done."""
        otherwise = {it.id: lines for it, lines in said.treatments} if said is not None else {}
        return [
            self._make_done(it, (*otherwise.get(it.id, ()), *tell_done(pack, it))) for it in visits
        ]

    def _make_done(self, visit: Consultation, lines: Sequence[str]) -> Card:
        title = t("{kind}, {day}", kind=KINDS[visit.kind], day=write_day(visit.visit_date))
        card = Card(self._theme, title)
        for line in lines:
            card.add(Label(self._theme, line, "body", wrap=True))
        return card

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

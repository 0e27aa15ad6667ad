"""The decision box: may this go ahead, why, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.decision import Decision, DecisionState
from consult_app.domain.finding import Finding
from consult_app.gui.tasks import attempt
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.passing_word import say_beside
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.widgets.status import StatusBlock
from consult_app.gui.widgets.themed import is_mirrored
from consult_app.gui.workspace.finding_card import FindingCard
from consult_app.gui.workspace.needed_list import NeededList
from consult_app.gui.workspace.noted_list import NotedList
from consult_app.gui.workspace.visit_summary import VisitSummary
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.decision import find_undecided
from consult_app.wording import t, tn

NOT_COMPLETE = t("Not complete")
NOT_JUDGED = t("In the case file, not known and not judged: {list}")
YOU_DECIDE = t("Not judged by Consult, you decide: {list}")
NOTHING_ASKED = t("Nothing here asks for a decision or clearance.")
OPEN_VISIT = t("Open that visit")
SPARE = 4
"""How many cards wait for findings to come: to make one takes longer than to show it."""
PAUSE_MS = 20
"""How long nothing new is found before one of them is made."""


class DecisionBox(QFrame):
    """Shows a `Decision` value and nothing it worked out itself.

    Args:
        theme: The look.
        pack: The content that its findings name.
        speaks: Whether a screen reader is told of every change.

    Attributes:
        floating: Whether it lies over the panel.
        begun: What is written as reasons and not recorded, by finding.
        noted: What somebody dismissed, beneath what is asked.
        summary: What the visit has come to, beneath what is found and asked.
        go_wanted: Jump to the field of a screening item; carries the item id.
        override_given: A finding is set aside; carries id, reason and digest.
        typed: A reason is being written.
        addendum_wanted: A decision is to be added to a signed record.
        visit_wanted: Open the other visit that the headline names; carries the command.
        close_wanted: It lies over the panel and is to go again.
    """

    close_wanted = Signal()
    go_wanted = Signal(str)
    override_given = Signal(str, str, str)
    typed = Signal()
    addendum_wanted = Signal()
    visit_wanted = Signal(str)

    def __init__(self, theme: Theme, pack: Pack, *, speaks: bool = True) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(t("Decision"))
        self._theme = theme
        self._pack = pack
        self._shown: tuple[Decision, bool] | None = None
        self.floating = False
        self.begun: dict[str, str] = {}
        self._outer = column = QVBoxLayout(self)
        Gaps(theme, self, column, 12)
        column.addLayout(self._make_head())
        theme.changed.connect(self._leave_room)
        self._leave_room()
        self.block = StatusBlock(theme, announces=speaks)
        column.addWidget(self.block)
        self._add_way(column)
        self._pane = ScrollPane(theme, ground="surface")
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 0)
        Gaps(theme, self, self._column, 10)
        self._cards: list[FindingCard] = []
        self._spare: list[FindingCard] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._make_spare)
        self._needed = NeededList(theme)
        self._needed.go_wanted.connect(self.go_wanted)
        self._column.addWidget(self._needed)
        self.noted = NotedList(theme, pack)
        self._column.addWidget(self.noted)
        self.summary = VisitSummary(theme, pack)
        self._column.addWidget(self.summary)
        self._column.addStretch(1)
        self._pane.body.addWidget(self._content)
        column.addWidget(self._pane, 1)
        self.show_decision(Decision())

    def _make_head(self) -> QHBoxLayout:
        """Return the heading; the way to close the box stands beside it while that is needed."""
        head = QHBoxLayout()
        head.addWidget(Label(self._theme, t("Decision"), "section"), 1)
        self.close_box = Button(self._theme, t("Close"), "quiet", "x")
        self.close_box.set_compact(on=True)
        self.close_box.clicked.connect(self.close_wanted)
        self.close_box.hide()
        head.addWidget(self.close_box)
        return head

    def set_floating(self, *, on: bool) -> None:
        """Lie over the panel, with an edge of its own and a way to close it, or stand beside it."""
        self.floating = on
        self.close_box.setVisible(on)
        self._leave_room()
        self.update()

    def _leave_room(self) -> None:
        """Keep a margin; the way to close it has its own, and a low window needs the rest."""
        edges = (20, 6, 20, 6) if self.floating else (20, 20, 20, 12)
        self._outer.setContentsMargins(*map(self._theme.px, edges))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the edge; the ground alone could not be told from the cards beneath."""
        super().paintEvent(event)
        if self.floating:
            x = self.width() - 1 if is_mirrored(self) else 0
            with QPainter(self) as painter:
                painter.fillRect(x, 0, 1, self.height(), self._theme.color("control"))

    def show_decision(self, decision: Decision, *, locked: bool = False) -> None:
        """Show the decision, of a signed record too; an unchanged one is left as it is.

        When it cannot be shown, the box says so: what stood here before may hold no longer.
        """
        if (decision, locked) != self._shown:
            self._shown = attempt(lambda: self._draw(decision, locked=locked), self._draw_failure)

    def open_recording(self, finding_id: str) -> None:
        """Lead to where the decision on a finding is recorded.

        Args:
            finding_id: Of the finding; where the box does not show it, the first that waits for a
                decision is meant, else the first that was decided.
        """
        asking = {card.finding.id: card for card in self._cards if card.finding and card.recording}
        waiting = find_undecided(self._shown[0]) if self._shown else ()
        wanted = [finding_id, *(it.id for it in waiting), *asking]
        card = next((asking[it] for it in wanted if it in asking), None)
        if card is None or card.recording is None:
            say_beside(self._theme, self.block, NOTHING_ASKED)
            return
        card.recording.open()
        self._pane.show_widget(card)

    def _draw_failure(self, _error: Exception) -> None:
        self.block.show_state("could_not_check")
        self._content.hide()
        self.read.hide()

    def _draw(self, decision: Decision, *, locked: bool) -> tuple[Decision, bool]:
        new = self._leads_anew(decision)
        cards = list[FindingCard]()
        for finding in decision.findings:
            cards.append(self._find_card(finding, cards))
        for card in self._cards:
            if card not in cards:
                self._column.removeWidget(card)
                card.hide()
                card.deleteLater()
        for place, card in enumerate(cards):
            card.show_recorded(decision, locked=locked)
            card.show_eased(decision.eased)
            if self._column.indexOf(card) != place:
                self._column.insertWidget(place, card)
                card.show()
        self._cards = cards
        self._pause.start()
        self._needed.show_needed(decision.needed)
        self._needed.setVisible(bool(decision.needed))
        self.block.show_state(
            _block_state(decision),
            _block_title(decision),
            _block_lines(decision),
            _count_open(decision),
        )
        self.read.setVisible(bool(decision.visit))
        self._content.show()
        held = QApplication.focusWidget()
        if new and not (held is not None and self._pane.isAncestorOf(held)):
            self._pane.show_share(0)  # whoever reads or writes in it by key is left there
        return decision, locked

    def _add_way(self, column: QVBoxLayout) -> None:
        self.read = Button(self._theme, OPEN_VISIT, "ghost", "arrow-right")
        self.read.clicked.connect(self._want_visit)
        self.read.hide()
        column.addWidget(self.read, 0, Qt.AlignmentFlag.AlignLeft)

    def _want_visit(self) -> None:
        """Lead to the visit that the headline names."""
        if self._shown and self._shown[0].visit:
            self.visit_wanted.emit(f"visit:{self._shown[0].visit}")

    def _leads_anew(self, decision: Decision) -> bool:
        """Whether the strongest finding was not there before, or not as strong."""
        before = self._shown[0].findings if self._shown else ()
        known = {(finding.id, finding.severity) for finding in before}
        return any((it.id, it.severity) not in known for it in decision.findings[:1])

    def _find_card(self, finding: Finding, taken: Sequence[FindingCard]) -> FindingCard:
        """Return the card of a finding: the one there is, so that a reason begun in it stays."""
        for card in self._cards:
            if card not in taken and card.keep(finding):
                return card
        card = self._spare.pop() if self._spare else self._make_card()
        card.show_finding(finding)
        if card.recording is not None and finding.id in self.begun:
            card.recording.write_begun(self.begun[finding.id])
        return card

    def _note_begun(self, finding_id: str, text: str) -> None:
        self.begun.pop(finding_id, None)
        if text.strip():
            self.begun[finding_id] = text
        self.typed.emit()

    def _make_card(self) -> FindingCard:
        card = FindingCard(self._theme, self._pack, self._content)
        card.hide()
        card.go_wanted.connect(self.go_wanted)
        card.reason_begun.connect(self._note_begun)
        card.override_given.connect(self.override_given)
        card.addendum_wanted.connect(self.addendum_wanted)
        return card

    def _make_spare(self) -> None:
        """Make a card ahead and dress it; the next one follows after another pause."""
        if len(self._spare) < SPARE and self.isVisible():
            card = self._make_card()
            for part in (card, *card.findChildren(QWidget)):
                part.ensurePolished()
            self._spare.append(card)
            self._pause.start()


def _block_state(decision: Decision) -> str:
    if decision.state is DecisionState.INCOMPLETE:
        return "not_checked"
    open_ends = (decision.unknown, decision.unjudged, decision.needed)
    if decision.state is DecisionState.CLEAR and any(open_ends):
        return "not_checked"  # no rule fired, and nobody knows whether one should have
    return str(decision.state)


def _block_title(decision: Decision) -> str:
    """Return the headline, without what the line beneath says with its number."""
    if decision.state is DecisionState.INCOMPLETE and decision.needed:
        return NOT_COMPLETE
    return decision.headline


def _count_open(decision: Decision) -> str:
    count = len(decision.needed)
    return tn("{n} question still open", "{n} questions still open", count) if count else ""


def _block_lines(decision: Decision) -> tuple[str, ...]:
    lines = []
    if decision.unknown:
        lines.append(NOT_JUDGED.format(list=", ".join(decision.unknown)))
    if decision.unjudged:
        lines.append(YOU_DECIDE.format(list=", ".join(decision.unjudged)))
    return tuple(lines)
